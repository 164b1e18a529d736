"""Modifiers in the procedure browser: the groups, a group, a modifier."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

from course.cards import procedure_cpt, procedure_hcpcs
from course.cards import procedure_parts as parts
from course.codesets import common_modifiers, cpt, hcpcs, modifiers
from course.codesets.modifiers import Modifier

EDITION = "CPT 2026 and HCPCS Level II, January 2026"
NOTICE = "Meanings are our own words. The wording of CPT's modifiers is the AMA's and stands in the CPT book."
_COUNTED = ("visit", "procedure", "facility visit", "facility procedure")
#: Codes that are shown as examples of a modifier.
EXAMPLES = 6


def page(where: str) -> dict[str, Any]:
    """The groups, one group, or one modifier."""
    if where == "modifiers":
        return _start()
    if where.startswith("group "):
        return _group(where.removeprefix("group "))
    found = modifiers.get(where)
    return _modifier(found) if found is not None else _outside(where)


def row(one: Modifier) -> dict[str, Any]:
    """A line of a list."""
    word = "Ended" if one.ended else one.system.removesuffix(" Level II")
    return {"code": f"-{one.code}", "face": one.code, "title": one.words, "mark": "modifier", "word": word}


def _of(group: str) -> list[Modifier]:
    return [one for one in modifiers.all_modifiers() if one.group == group]


def name_of(group: str) -> str:
    """A group as a heading."""
    return group[:1].upper() + group[1:]


def _start() -> dict[str, Any]:
    groups = dict.fromkeys(one.group for one in modifiers.all_modifiers())
    rows = []
    for group in groups:
        members = _of(group)
        face = " ".join(one.code for one in members[:3])
        count = f"{len(members)} modifier{'' if len(members) == 1 else 's'}"
        rows.append({"code": f"group {group}", "face": face, "title": name_of(group), "mark": "block", "word": count})
    return {
        "is": "start",
        "title": "Modifiers by what they are about",
        "edition": EDITION,
        "lead": "Two characters that say how a service differed, without changing its code.",
        "next": {"head": "Choose a group", "rows": rows},
        "notice": NOTICE,
    }


def _group(group: str) -> dict[str, Any]:
    members = _of(group)
    return {
        "is": "page",
        "title": name_of(group),
        "edition": EDITION,
        "lead": "" if members else "There is no such group.",
        "next": {"head": "Choose a modifier", "rows": [row(one) for one in members]} if members else None,
        "notice": NOTICE,
    }


def _outside(where: str) -> dict[str, Any]:
    return {
        "is": "missing",
        "code": where.lstrip("-"),
        "title": "Not among the modifiers of the course",
        "edition": EDITION,
        "lead": "It may be one that a single payer uses, or two letters for origin and destination of an ambulance.",
        "notice": NOTICE,
    }


def _modifier(one: Modifier) -> dict[str, Any]:
    facts = [
        parts.fact("Code set", words=one.system),
        parts.fact("Group", links=[[name_of(one.group), f"group {one.group}"]]),
        parts.fact("Goes on", words=_line(one.goes_on)),
    ]
    if one.ended:
        facts.append(parts.fact("Last day", words=procedure_hcpcs.day(one.ended)))
    examples = _examples(one.code)
    return {
        "is": "page",
        "code": one.code,
        "title": one.words,
        "edition": EDITION,
        "path": [{"code": f"group {one.group}", "name": name_of(one.group)}],
        "status": {"mark": "calendar", "word": "Ended"} if one.ended else None,
        "facts": facts,
        "next": {"head": "It commonly goes on, for example", "rows": examples} if examples else None,
        "notice": NOTICE,
        "copy": True,
    }


def _line(goes_on: str) -> str:
    """ "visit" -> "the line of a visit"."""
    if goes_on == "any":
        return "any line that it fits"
    article = "an" if goes_on[:1] in "aeiou" else "a"
    return f"the line of {article} {goes_on}" if goes_on in _COUNTED else f"lines for {goes_on}"


@cache
def _examples(modifier: str) -> list[dict[str, Any]]:
    """Codes on which the modifier commonly goes, those with words of ours first, from different ranges."""
    fitting = [one for one in cpt.numbers() if _fits(one.code, modifier)]
    fitting = [one for one in fitting if one.words] or fitting
    places = {one.subsection.key: procedure_cpt.row(one) for one in reversed(fitting)}
    rows = list(reversed(places.values()))[:EXAMPLES]
    rows += [procedure_cpt.row(one) for one in fitting if one.code not in {row["code"] for row in rows}]
    items = (procedure_hcpcs.row(one) for one in hcpcs.codes() if not one.ended and _fits(one.code, modifier))
    rows = [*rows, *islice(items, max(0, EXAMPLES - len(rows)))]
    return sorted(rows[:EXAMPLES], key=lambda row: row["code"])


def _fits(code: str, modifier: str) -> bool:
    found = common_modifiers.judge(code, modifier)
    return found is not None and found.fits
