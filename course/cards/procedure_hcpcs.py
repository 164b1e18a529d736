"""HCPCS Level II in the procedure browser: the letters, a shelf of a letter, a code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from course import paths
from course.bootstrap.errors import command
from course.cards import procedure_parts as parts
from course.codesets import hcpcs, indicators
from course.codesets.hcpcs import Entry

#: A letter with more codes than this is cut into shelves of a thousand numbers.
LONG_LIST = 60
NOTICE = "Short wordings are our own. The official texts of CMS are public; load them to see all codes:"


def page(where: str) -> dict[str, Any]:
    """The start of the book, a letter, a shelf, or a code."""
    if where == "hcpcs":
        return _start()
    if len(where) == 1 or where.endswith("xxx"):
        return _shelf(where)
    entry = hcpcs.get(where)
    return _code(entry) if entry is not None else _outside(where)


def row(entry: Entry) -> dict[str, Any]:
    """A line of a list."""
    ended = not entry.in_force(paths.today().isoformat())
    return {"code": entry.code, "title": entry.words, "mark": "item", "word": "Ended" if ended else "In force"}


def edition(entry: Entry | None = None) -> str:
    """What stands on the screen; for a code of a loaded release its own edition."""
    if entry is None or not entry.edition or entry.edition in hcpcs.EDITION:
        return hcpcs.EDITION
    return f"HCPCS Level II, {entry.edition}"


def how_to_load() -> str:
    """The notice below each page."""
    return f"{NOTICE} {command('codes use FILE')}"


def letter_row(letter: str, topic: str) -> dict[str, Any]:
    """A letter as a line of a list."""
    return {"code": letter, "title": topic, "mark": "block", "word": _count(_under(letter))}


def _count(entries: list[Entry]) -> str:
    return f"{len(entries):,} code{'' if len(entries) == 1 else 's'}"


def _under(stem: str) -> list[Entry]:
    return [one for one in hcpcs.codes() if one.code.startswith(stem)]


def _start() -> dict[str, Any]:
    rows = [letter_row(letter, topic) for letter, topic in hcpcs.letters().items()]
    return {
        "is": "start",
        "title": "HCPCS Level II by letter",
        "edition": hcpcs.EDITION,
        "lead": "Supplies, drugs, equipment and services that CPT does not name.",
        "next": {"head": "Choose a letter", "rows": rows},
        "notice": how_to_load(),
    }


def _shelf(where: str) -> dict[str, Any]:
    stem = where.removesuffix("xxx")
    topic = hcpcs.letters().get(stem[0], "")
    found = _under(stem)
    rows = [row(one) for one in found]
    if len(stem) == 1 and len(found) > LONG_LIST:
        shelves = sorted({one.code[:2] for one in found})
        rows = [
            {"code": f"{shelf}xxx", "title": _span(_under(shelf)), "mark": "block", "word": _count(_under(shelf))}
            for shelf in shelves
        ]
    head = "Choose a shelf" if rows and rows[0]["mark"] == "block" else "Codes that the course holds"
    return {
        "is": "page",
        "code": where,
        "title": topic,
        "edition": hcpcs.EDITION,
        "path": [{"code": stem[0], "name": f"{stem[0]} codes"}] if len(stem) > 1 else [],
        "next": {"head": head, "rows": rows} if rows else None,
        "lead": "" if rows else "The course holds no code here.",
        "notice": how_to_load(),
    }


def _span(found: list[Entry]) -> str:
    """ "J1100 dexamethasone … to J1956 levofloxacin …": what a shelf begins and ends with."""
    first, last = found[0], found[-1]
    return f"{first.code} {first.words}" if first == last else f"{first.code} {first.words} … {last.code} {last.words}"


def _way(code: str) -> list[dict[str, str]]:
    letter = [{"code": code[0], "name": f"{code[0]} codes"}]
    if len(_under(code[0])) <= LONG_LIST:
        return letter
    return [*letter, {"code": f"{code[:2]}xxx", "name": f"{code[:2]}xxx"}]


def _outside(where: str) -> dict[str, Any]:
    topic = hcpcs.letters().get(where[0])
    lead = (
        "The course does not hold this code. Load the official file to see whether it is in force and what it is for."
        if topic
        else f"There is no letter {where[0]} in HCPCS Level II."
    )
    return {
        "is": "missing",
        "code": where,
        "title": "Not among the codes at hand",
        "edition": hcpcs.EDITION,
        "path": _way(where) if topic else [],
        "lead": lead,
        "facts": [parts.fact("Letter", value=where[0], words=topic)] if topic else [],
        "notice": how_to_load(),
    }


def _code(entry: Entry) -> dict[str, Any]:
    alive = entry.in_force(paths.today().isoformat())
    status = {"mark": "item", "word": "In force"} if alive else {"mark": "calendar", "word": _not_in_force(entry)}
    return {
        "is": "page",
        "code": entry.code,
        "title": entry.words,
        "edition": edition(entry),
        "path": _way(entry.code),
        "status": status,
        "official": {"head": "Official text of CMS, from the file you loaded", "text": entry.long}
        if entry.long
        else None,
        "facts": _facts(entry),
        "fits": parts.fits(entry.code) if alive else [],
        "pairs": parts.pairs(entry.code),
        "notice": how_to_load(),
        "copy": True,
    }


def _not_in_force(entry: Entry) -> str:
    return f"Ended on {day(entry.ended)}" if entry.ended else f"Begins on {day(entry.added)}"


def _facts(entry: Entry) -> list[dict[str, Any]]:
    rows = [parts.fact("Letter", value=entry.letter, words=hcpcs.letters().get(entry.letter, ""))]
    if entry.amount:
        per = f"{entry.per} " if entry.per == "up to" else ""
        rows.append(parts.fact("One unit", words=f"{per}{entry.amount} {entry.unit}"))
    if entry.added:
        rows.append(parts.fact("In force since", words=day(entry.added)))
    if entry.ended:
        rows.append(parts.fact("Last day", words=day(entry.ended)))
    if entry.replaced_by:
        rows.append(parts.fact("Replaced by", links=[[one, one] for one in entry.replaced_by]))
    most = indicators.most_units(entry.mue, entry.mai)
    return [*rows, parts.told(most)] if most is not None else rows


def day(iso: str) -> str:
    """ "2024-12-31" -> "31 December 2024"; anything else as it stands."""
    try:
        found = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B} {found.year}"
