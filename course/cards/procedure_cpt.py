"""CPT in the procedure browser: sections, ranges, numbers. The AMA's words only from the learner's licensed file."""

from __future__ import annotations

from functools import cache
from typing import Any

from course.cards import procedure_parts as parts
from course.codesets import cpt, indicators
from course.codesets.cpt import Number, Range

CATEGORIES = {
    "I": "Category I: established services",
    "II": "Category II: tracks performance, carries no payment",
    "III": "Category III: new technology, temporary",
}
NOTICE = "The official wording is the AMA's and stands in the CPT book. Here you read our own words and figures of CMS."
NO_WORDS = "The course has no words of its own for this number. Look it up in the CPT book."
IN_THE_BOOK = "(wording in the CPT book)"
#: So many primary codes at most are held of an add-on code; then there may be others.
PRIMARIES = 12


@cache
def ranges() -> tuple[Range, ...]:
    """Sections, each followed by its parts."""
    return tuple(one for section in cpt.sections() for one in (section, *cpt.subsections(section.key)))


def page(where: str) -> dict[str, Any]:
    """The start of the book, a range, or a number."""
    if where == "cpt":
        return _start()
    number = cpt.get(where)
    if number is not None:
        return _number(number)
    found = next((one for one in ranges() if one.numbers == where), None)
    return _range(found) if found is not None and not cpt.is_shape(where) else _outside(where)


def row(number: Number) -> dict[str, Any]:
    """A line of a list."""
    word = "Add-on" if number.addon else "Stand-alone"
    return {"code": number.code, "title": number.words or IN_THE_BOOK, "mark": "procedure", "word": word}


def range_row(one: Range) -> dict[str, Any]:
    """A section or part as a line of a list."""
    count = len(taught(one))
    return {
        "code": one.numbers,
        "title": one.title,
        "mark": "block",
        "word": f"{count} taught" if count else "none taught",
    }


def taught(one: Range) -> list[Number]:
    """The numbers of the course in a section or part."""
    return [number for number in cpt.numbers() if one in (number.section, number.subsection)]


def step(one: Range) -> dict[str, str]:
    """A range in the way from the start of the book."""
    return {"code": one.numbers, "name": one.title}


def _start() -> dict[str, Any]:
    return {
        "is": "start",
        "title": "CPT by its numbers",
        "edition": cpt.EDITION,
        "lead": f"{len(cpt.numbers()):,} numbers that the course uses, in the sections of the book.",
        "next": {"head": "Choose a section", "rows": [range_row(one) for one in cpt.sections()]},
        "notice": NOTICE,
    }


def _range(one: Range) -> dict[str, Any]:
    below = cpt.subsections(one.key)
    rows = [range_row(part) for part in below] if below else [row(number) for number in taught(one)]
    head = "Choose a part" if below else "Numbers that the course uses"
    series = [parts.fact("In the CPC exam", words=f"counted in the {one.series}")] if one.series else []
    return {
        "is": "page",
        "code": one.numbers,
        "title": one.title,
        "edition": cpt.EDITION,
        "path": [step(cpt.range_of(one.parent))] if one.parent else [],
        "status": {"mark": "block", "word": CATEGORIES[one.category]},
        "facts": series,
        "next": {"head": head, "rows": rows} if rows else None,
        "lead": "" if rows else "The course uses no number of this range.",
        "notice": NOTICE,
    }


def _outside(where: str) -> dict[str, Any]:
    """A number that the course does not teach, or that lies in no range."""
    found = cpt.section_of(where)
    base = {"is": "missing", "code": where, "edition": cpt.EDITION, "notice": NOTICE}
    if found is None:
        lead = f"No section or range of CPT holds {where}. Look at the digits once more."
        return {**base, "title": "No such place in CPT", "lead": lead}
    section = cpt.range_of(found.parent) if found.parent else found
    near = [row(number) for number in taught(found)][:8]
    return {
        **base,
        "title": "not among the numbers of the course",
        "path": _way(section, found),
        "status": {"mark": "block", "word": CATEGORIES[found.category]},
        "lead": "The course does not use this number and holds no more about it than its place. Whether it is in "
        "force, and what it stands for, is in the CPT book.",
        "facts": _place(section, found),
        "next": {"head": "Numbers of this range that the course uses", "rows": near} if near else None,
    }


def _number(number: Number) -> dict[str, Any]:
    kind = "Add-on code: never alone" if number.addon else "Stand-alone code"
    licensed = {"head": "From your licensed file", "text": number.descriptor} if number.descriptor else None
    return {
        "is": "page",
        "code": number.code,
        "title": number.words or IN_THE_BOOK,
        "edition": cpt.EDITION,
        "path": _way(number.section, number.subsection),
        "status": {"mark": "procedure", "word": f"{CATEGORIES[number.category].partition(':')[0]}. {kind}"},
        "lead": "" if number.words else NO_WORDS,
        "official": licensed,
        "facts": [*_place(number.section, number.subsection), *_facts(number)],
        "fits": parts.fits(number.code),
        "pairs": parts.pairs(number.code),
        "notice": NOTICE,
        "copy": True,
    }


def _way(section: Range, part: Range) -> list[dict[str, str]]:
    return [step(section)] if section == part else [step(section), step(part)]


def _place(section: Range, part: Range) -> list[dict[str, Any]]:
    rows = [parts.fact("Section", words=section.title, links=[[section.numbers, section.numbers]])]
    if part != section:
        series = f", {part.series}" if part.series else ""
        rows.append(parts.fact("Range", words=part.title + series, links=[[part.numbers, part.numbers]]))
    return [*rows, parts.fact("Category", words=CATEGORIES[part.category].partition(": ")[2], value=part.category)]


def _facts(number: Number) -> list[dict[str, Any]]:
    rows = []
    if number.base_units is not None:
        rows.append(parts.fact("Base units", value=str(number.base_units), words="before time and modifying units"))
    rows += [parts.told(one) for one in (indicators.global_period(number),) if one is not None]
    rows.append(_addon(number))
    shown = [*indicators.indicators(number), indicators.most_units(number.mue, number.mai)]
    return [*rows, *(parts.told(one) for one in shown if one is not None)]


def _addon(number: Number) -> dict[str, Any]:
    if not number.addon:
        return parts.fact("Add-on code", value="no", words="it can stand alone")
    if not number.primaries:
        return parts.fact("Add-on code", value="yes", words="added to a primary code; CMS lists none by number")
    more = " and others" if len(number.primaries) >= PRIMARIES else ""
    return parts.fact(
        "Add-on code", value="yes", words=f"only beside one of these{more}:", links=[[c, c] for c in number.primaries]
    )
