"""The commands about content and progress: progress, check, bench."""

from __future__ import annotations

import importlib.util
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

from course.bootstrap.errors import UserError, command


def progress_bar(done: float, what: str) -> None:
    """A progress line on standard output, rewritten in place on a terminal and left out elsewhere."""
    if sys.stdout.isatty():
        line = f"  {what[:50]}: {done:4.0%}"
        print("\r" + line.ljust(64), end="\n" if done >= 1 else "", flush=True)


def _readable(file: Path) -> Path:
    """`file`, or a message that says why it cannot be read."""
    if not file.exists():
        raise UserError(f"There is no file {file}.", "Check the name; in a folder with spaces put it in quotes.")
    if not file.is_file():
        raise UserError(f"{file} is a folder.", "Name a file in it.")
    return file


def progress_show() -> int:
    """A summary of what was answered."""
    from course.learner import transfer

    print(transfer.summary_text())
    return 0


def progress_export(file: Path) -> int:
    """Write everything to one file."""
    from course.learner import transfer

    return _say(lambda: transfer.export_to(file), "Nothing was written")


def progress_import(file: Path, dry: bool = False) -> int:
    """Add what a file holds to the learner's progress; with `dry` only say what it holds."""
    _readable(file)
    from course.learner import transfer

    return _say(lambda: transfer.import_from(file, dry=dry), "Nothing was taken in")


def progress_reset(sure: bool, undo: bool = False) -> int:
    """Start afresh, after asking; or bring back what the latest reset set aside."""
    if not (sure or undo):
        if not sys.stdin.isatty():
            raise UserError(
                "This would set all your progress aside, and there is nobody here to ask.",
                f"To do it without the question: {command('progress reset --yes')}",
            )
        try:
            answer = input("Set all your progress aside and start afresh? Type yes: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            print("Nothing was changed.")
            return 1
    from course.learner import transfer

    return _say(transfer.undo_reset if undo else transfer.reset, "Nothing was changed")


def _say(act: Callable[[], str], failed: str) -> int:
    """Print what `act` reports; what it refuses becomes a message that begins with `failed`."""
    try:
        print(act())
    except ValueError as problem:
        raise UserError(f"{failed}: {problem}.") from None
    except OSError as problem:
        raise UserError(f"{failed}: {problem.strerror or problem}.", "Choose another folder or disk.") from None
    return 0


def check() -> int:
    """Check questions, flash cards, diagrams and labor tables. Returns 1 when something needs work."""
    from course.codesets import icd10cm
    from course.labor import schema
    from course.language import diagram_check, flashcards
    from course.questions import bank

    problems = [
        *bank.check_bank(codes=lambda edition: icd10cm.open_edition(edition, on_progress=progress_bar)),
        *flashcards.faults(),
        *diagram_check.faults(),
        *(problem for problem in schema.problems() if problem.fault),
    ]
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s)")
    else:
        count = len(bank.all_items())
        print(f"{count} question{'' if count == 1 else 's'}, no problem found")
    return 1 if problems else 0


def sources_before(day: str) -> int:
    """List what was last looked at before `day`: each source with its questions and cards. Laws and manuals change
    without an edition; this is the list to go through. Returns 1 when there is something on it."""
    import datetime as dt

    from course.language import flashcards
    from course.questions import bank

    try:
        limit = dt.date.fromisoformat(day)
    except ValueError:
        raise UserError(f"{day} is not a day.", "Write it as 2026-06-30.") from None
    old: dict[tuple[dt.date, str], list[str]] = {}
    for item in bank.all_items():
        for source in item.sources:
            if source.checked < limit:
                old.setdefault((source.checked, source.ref), []).append(item.id)
    for card in flashcards.deck("rules"):
        if dt.date.fromisoformat(card.checked) < limit:
            old.setdefault((dt.date.fromisoformat(card.checked), card.source), []).append(f"flash card {card.id}")
    for (checked, ref), users in sorted(old.items()):
        print(f"{checked} {ref}: {', '.join(users)}")
    print(
        f"{len(old)} source(s) last looked at before {limit}"
        if old
        else f"Every source was looked at on {limit} or later"
    )
    return 1 if old else 0


def bench(arguments: list[str]) -> int:
    """Run ``benchmarks`` (the package in the clone) with `arguments`."""
    from course.bootstrap.layout import ROOT

    if not (ROOT / "benchmarks").is_dir():
        raise UserError("The benchmarks are in the clone of the project, and this is an installed copy.")
    sys.path.insert(0, str(ROOT))
    if importlib.util.find_spec("benchmarks.__main__") is None:
        raise UserError("benchmarks/__main__.py is missing.", "Check the clone: git status")
    sys.argv = ["benchmarks", *arguments]
    try:
        runpy.run_module("benchmarks", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else (0 if end.code is None else 1)
    return 0
