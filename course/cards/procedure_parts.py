"""What the books of the procedure browser share: facts, modifiers that commonly apply, NCCI pairs."""

from __future__ import annotations

from typing import Any

from course.codesets import common_modifiers, cpt, hcpcs, modifiers
from course.codesets.indicators import Indicator

SEPARABLE = {
    "0": "never paid beside it",
    "1": "may be set apart with a modifier, when the record shows why",
    "9": "edit no longer in force",
}


def fact(name: str, value: str = "", words: str = "", links: list[list[str]] | None = None) -> dict[str, Any]:
    """A line of the table of facts. ``value``: a figure or sign as printed; ``links``: [face, address]."""
    return {"name": name, "value": value, "words": words, "links": links or []}


def told(one: Indicator) -> dict[str, Any]:
    """An indicator as a fact."""
    return fact(one.name, one.value, one.words)


def fits(code: str) -> list[dict[str, Any]]:
    """The modifiers that commonly apply; those with the same reason share a line."""
    lines: dict[tuple[str, str], list[list[str]]] = {}
    for one in common_modifiers.usual(code):
        known = modifiers.get(one.modifier)
        words = known.words if known is not None else ""
        lines.setdefault((one.why, one.basis), []).append([one.modifier, f"-{one.modifier}", words])
    return [{"modifiers": found, "why": why, "basis": basis} for (why, basis), found in lines.items()]


def pairs(code: str) -> list[dict[str, Any]]:
    """The NCCI edits of the course that name a code, in two lists."""
    found = cpt.pairs().values()
    below = [(one.column2, one.indicator) for one in found if one.column1 == code]
    above = [(one.column1, one.indicator) for one in found if one.column2 == code]
    heads = ((f"Taken as part of {code}", below), (f"{code} is taken as part of", above))
    return [{"head": head, "rows": [_pair(*one) for one in sorted(rows)]} for head, rows in heads if rows]


def _pair(code: str, indicator: str) -> dict[str, Any]:
    known = cpt.get(code) or hcpcs.get(code)
    words = known.words if known is not None else ""
    told_ = SEPARABLE.get(indicator, "")
    return {"code": code, "words": words, "indicator": indicator, "told": told_}
