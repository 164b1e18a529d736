"""Evaluation and management: from what a note holds to the level and the code.

Rules since 2021 (office) and 2023 (elsewhere): CPT 2026, E/M guidelines. History and examination do not set the level;
it is medical decision making (MDM), or the time of the billing professional on the date (:mod:`.em_time`, whose
functions are offered here, too). MDM has three parts: problems, data and risk. Two of the three must reach a level, so
the level of the whole is the middle one of the three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from course.codesets.cpt.em_tables import (
    LEVELS,
    PARTS,
    Element,
    EmCode,
    Level,
    categories,
    elements,
    in_category,
    leveled,
)
from course.codesets.cpt.em_time import (
    Contact,
    Extra,
    Payer,
    code_by_time,
    critical_care,
    new_or_established,
    preventive,
    prolonged_units,
)

__all__ = [
    "LEVELS",
    "PARTS",
    "Contact",
    "Element",
    "EmCode",
    "Extra",
    "Level",
    "Mdm",
    "Payer",
    "categories",
    "code_by_time",
    "code_for",
    "critical_care",
    "data_level",
    "elements",
    "in_category",
    "level_of",
    "leveled",
    "new_or_established",
    "overall",
    "preventive",
    "problems_level",
    "prolonged_units",
    "risk_level",
    "visit_code",
]


class Mdm(NamedTuple):
    """The levels of the three parts, and of the whole."""

    problems: Level
    data: Level
    risk: Level
    overall: Level


def _counts(part: str, found: Mapping[str, int] | Iterable[str]) -> dict[str, int]:
    """Element -> how many; names alone count once each. Raises ``KeyError`` for what is no element of the part."""
    pairs = found.items() if isinstance(found, Mapping) else ((name, 1) for name in found)
    known = elements()
    counts = {name: count for name, count in pairs if count > 0}
    for name in counts:
        if name not in known or known[name].part != part:
            raise KeyError(f"{name!r} is no element of {part}")
    return counts


def problems_level(found: Mapping[str, int] | Iterable[str]) -> Level:
    """The level of the problems that were addressed: that of the gravest, where two minor ones are low and two stable
    chronic illnesses moderate. ``NONE`` when there is none. (CPT 2026, E/M guidelines, problems addressed)"""
    known = elements()
    levels = (
        known[name].level_of_two if count > 1 else known[name].level
        for name, count in _counts("problems", found).items()
    )
    return max(levels, default=Level.NONE)


def data_level(found: Mapping[str, int] | Iterable[str]) -> Level:
    """The level of the data.

    Category 1 are items: outside notes, results and orders, each source and test once; 2 is an own reading of a test; 3
    a discussion with somebody outside. Low: two items, or a story that another person must tell. Moderate: one of
    three categories, where category 1 needs three items and the other person's story is one. High: two of the three.
    Nothing at all is enough for straightforward. (CPT 2026, E/M guidelines, data to be reviewed and analyzed)
    """
    known = elements()
    counts = _counts("data", found)
    items = sum(count for name, count in counts.items() if known[name].category == "1")
    others = {known[name].category for name in counts} - {"1"}
    historian = "historian" in others
    categories_met = (items + historian >= 3) + ("2" in others) + ("3" in others)
    if categories_met:
        return Level.HIGH if categories_met > 1 else Level.MODERATE
    return Level.LOW if items >= 2 or historian else Level.STRAIGHTFORWARD


def risk_level(found: Mapping[str, int] | Iterable[str]) -> Level:
    """The highest risk among the decisions of the visit; ``NONE`` when there is none. (CPT 2026, E/M guidelines, risk
    of patient management)"""
    known = elements()
    return max((known[name].level for name in _counts("risk", found)), default=Level.NONE)


def overall(problems: int, data: int, risk: int) -> Level:
    """Two of three must reach a level: the middle one. (CPT 2026, E/M guidelines, selecting a level of MDM)"""
    return Level(sorted((problems, data, risk))[1])


def level_of(
    problems: Mapping[str, int] | Iterable[str],
    data: Mapping[str, int] | Iterable[str],
    risk: Mapping[str, int] | Iterable[str],
) -> Mdm:
    """The levels that elements lead to. Each is a map of element ids to counts, or ids alone.

    >>> level_of({"stable-chronic": 2}, {"unique-test-ordered": 1}, ["prescription-drug"]).overall.word
    'moderate'
    """
    levels = problems_level(problems), data_level(data), risk_level(risk)
    return Mdm(*levels, overall(*levels))


def code_for(category: str, level: int) -> str | None:
    """The code of a category for a level of MDM; None for ``NONE`` and for categories without levels."""
    return next((row.code for row in in_category(category) if level in row.levels), None)


def visit_code(category: str, level: int, minutes: int | None = None) -> str | None:
    """The code by MDM or by time, whichever is higher: the provider may choose. (CPT 2026, E/M guidelines, selecting a
    level of service). Emergency codes know no time."""
    found = code_for(category, level), None if minutes is None else code_by_time(category, minutes)
    order = [row.code for row in in_category(category)]
    return max((code for code in found if code), key=order.index, default=None)
