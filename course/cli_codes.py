"""The commands about the code sets: which editions there are, load another year, what changed between two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course.bootstrap.errors import UserError, command
from course.cli_content import progress_bar

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.codesets.icd10cm.diff import Diff
    from course.questions.stale import Touched


def info() -> int:
    """List the editions and what is loaded for each."""
    from course import paths
    from course.codesets import icd10cm
    from course.codesets.icd10cm import alphabetic

    current = icd10cm.edition_on(paths.today())
    for edition in icd10cm.editions():
        codes = icd10cm.open_edition(edition, on_progress=progress_bar)
        mark = "in force today" if edition == current else ""
        print(f"{codes.label}: {codes.count():,} billable codes  {mark}".rstrip())
        print(f"  {codes.basis}")
    print(f"Official indexes: {alphabetic.summary() or 'none loaded (the search works without)'}")
    print(f"Another year: {command('codes use FILE')} (the official tabular or index XML)")
    _info_procedures()
    return 0


def _info_procedures() -> None:
    from course.codesets import cpt, hcpcs, modifiers
    from course.codesets.cpt import licensed
    from course.codesets.hcpcs import loaded

    own = len(licensed.descriptors())
    texts = f"{own:,} from your licensed file" if own else f"none ({command('codes load-cpt FILE')})"
    release = loaded.edition() or f"none loaded ({command('codes use FILE')}, the quarterly zip of CMS)"
    print(f"CPT: {len(cpt.numbers()):,} teaching numbers ({cpt.EDITION})")
    print(f"  descriptors: {texts}")
    print(f"HCPCS Level II: {len(hcpcs.codes()):,} codes ({hcpcs.EDITION})")
    print(f"  official release: {release}")
    print(f"Modifiers: {len(modifiers.all_modifiers())}")


def use(file: Path) -> int:
    """Load an official file (or a folder of them) for the learner's own use."""
    from course.codesets import hcpcs
    from course.codesets.hcpcs import loaded, official
    from course.codesets.icd10cm import use as taking

    try:
        if file.exists() and official.recognises(file):
            print(loaded.use(file))
            hcpcs.forget()
        else:
            print(taking.use(file))
    except ValueError as problem:
        raise UserError(str(problem), "Nothing was changed.") from None
    except OSError as problem:
        raise UserError(f"{file} could not be taken in: {problem}", "Nothing was changed.") from None
    return 0


def load_cpt(file: Path | None, forget: bool) -> int:
    """Show the descriptors of a licensed CPT data file in the code browser, or take them away."""
    from course.codesets import cpt
    from course.codesets.cpt import licensed

    if forget:
        print(licensed.forget())
        cpt.forget()
        return 0
    if file is None:
        raise UserError("Which file?", f"Try: {command('codes load-cpt FILE')}")
    try:
        print(licensed.load(file))
        cpt.forget()
    except ValueError as problem:
        raise UserError(str(problem), "Nothing was changed.") from None
    except OSError as problem:
        raise UserError(f"{file} could not be taken in: {problem}", "Nothing was changed.") from None
    print(f"To take them away: {command('codes load-cpt --forget')}")
    return 0


def changes(before: int, after: int, brief: bool = False) -> int:
    """Print what changed from one edition to another, and every question, lesson and table it touches.

    Returns 1 when a question is wrong in the new edition as it stands, so that a script or CI can stop there.
    """
    from course.codesets import icd10cm
    from course.codesets.icd10cm import diff

    if before == after:
        raise UserError(f"FY{before} and FY{after} are the same edition.", f"Try: {command('codes diff 2026 2027')}")
    try:
        old, new = (icd10cm.open_edition(year, on_progress=progress_bar) for year in (before, after))
    except icd10cm.UnknownEdition as problem:
        raise UserError(str(problem)) from None
    found = diff.compare(old, new)
    _print_codes(found, old, new, brief)
    return _print_touched(found, new)


def _print_codes(found: Diff, old: CodeSet, new: CodeSet, brief: bool) -> None:
    print(f"From {old.label}\nto   {new.label}:")
    print(f"{old.count():,} billable codes before, {new.count():,} now")
    if found.empty:
        print("\nNothing differs.")
        return
    sections: list[tuple[str, list[str]]] = [
        ("added", [_named(new, code) for code in found.added]),
        ("deleted", [_named(old, code) + _since(new, code) for code in found.deleted]),
        ("divided further (billable before, a heading now)", [_named(old, code) for code in found.expanded]),
        ("billable now (a heading before)", [_named(new, code) for code in found.merged]),
        ("with another title", [f"{code}: {was} -> {now}" for code, (was, now) in found.retitled.items()]),
        ("with other notes or 7th characters", list(found.noted)),
    ]
    for title, lines in sections:
        if lines:
            print(f"\n{len(lines):,} {title}" + ("" if brief else ":"))
        for line in () if brief else lines:
            print(f"  {line}")
    if not found.noted and "FY2026" in new.basis and found.after > 2026:
        print(f"\nNotes could not be compared. {new.basis}")


def _named(codes: CodeSet, code: str) -> str:
    entry = codes.get(code)
    return f"{code} {entry.title}" if entry and entry.title_known else code


def _since(codes: CodeSet, code: str) -> str:
    """What replaced a deleted code, where a source says so."""
    told = [change for change in codes.history(code) if change.replaced_by]
    return f" -> {', '.join(told[-1].replaced_by)}" if told else ""


def _print_touched(found: Diff, new: CodeSet) -> int:
    from course import paths
    from course.questions import bank, stale

    questions = stale.items(found, bank.all_items(), new)
    must = [one for one in questions if one.weight == "must"]
    look = [one for one in questions if one.weight == "look"]
    pages = stale.lessons(found, paths.notebooks_dir())
    tables = stale.tables(found, paths.data_dir() / "codesets")
    print(f"\nIn the course ({len(bank.all_items())} questions):")
    _list("question", f"wrong in FY{found.after} as written", must)
    _list("question", "to read once more", look)
    _list("lesson cell", "with a changed code", pages)
    _list("table", "of the course with a changed code", tables)
    if must:
        print("\nMend the questions that are wrong, or take the edition out of their `editions`.")
    return 1 if must else 0


def _list(what: str, why: str, touched: list[Touched]) -> None:
    """A count of places, then a line for each code in them."""
    places = len({one.where for one in touched})
    print(f"\n{places} {what}{'' if places == 1 else 's'} {why}" + (":" if touched else ""))
    for one in touched:
        print(f"  {one}")
