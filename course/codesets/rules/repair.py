"""Closure of wounds: add lengths within one class and one site group, then read the number.

Rule (CPT, repair): simple, intermediate and complex are three classes; each class has its own site groups. Lengths (cm,
of the closed wound) are added up within the same class and the same group, never across. The most complex class is
listed first; the later lines carry modifier 59 by CPT's rule, 51 or nothing by some payers' (not part of these lines).
Complex closures have no number for a sum up to 1.0 cm: those belong to simple or intermediate.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from course.codesets.rules.common import Line, RuleError, decimal

CLASSES = ("simple", "intermediate", "complex")
#: Class -> site group -> sites in it. Forehead, cheek and chin are parts of the face.
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "simple": {
        "body": ("scalp", "neck", "axilla", "genitalia", "trunk", "arm", "leg", "hand", "foot"),
        "face": ("forehead", "cheek", "chin", "ear", "eyelid", "nose", "lip"),
    },
    "intermediate": {
        "body": ("scalp", "axilla", "trunk", "arm", "leg"),
        "hands": ("neck", "hand", "foot", "genitalia"),
        "face": ("forehead", "cheek", "chin", "ear", "eyelid", "nose", "lip"),
    },
    "complex": {
        "trunk": ("trunk",),
        "limbs": ("scalp", "arm", "leg"),
        "hands": ("forehead", "cheek", "chin", "neck", "axilla", "genitalia", "hand", "foot"),
        "face": ("eyelid", "nose", "ear", "lip"),
    },
}
SITES = GROUPS["simple"]["body"] + GROUPS["simple"]["face"]

_SIX = ("2.5", "7.5", "12.5", "20", "30")
_SEVEN = ("2.5", "5", "7.5", "12.5", "20", "30")
#: Class and group -> (upper ends in cm, numbers; one number more than ends). Complex: (first, second, add-on).
_SCALES: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("simple", "body"): (_SIX, ("12001", "12002", "12004", "12005", "12006", "12007")),
    ("simple", "face"): (_SEVEN, ("12011", "12013", "12014", "12015", "12016", "12017", "12018")),
    ("intermediate", "body"): (_SIX, ("12031", "12032", "12034", "12035", "12036", "12037")),
    ("intermediate", "hands"): (_SIX, ("12041", "12042", "12044", "12045", "12046", "12047")),
    ("intermediate", "face"): (_SEVEN, ("12051", "12052", "12053", "12054", "12055", "12056", "12057")),
}
_COMPLEX = {
    "trunk": ("13100", "13101", "13102"),
    "limbs": ("13120", "13121", "13122"),
    "hands": ("13131", "13132", "13133"),
    "face": ("13151", "13152", "13153"),
}
#: Complex closures, cm: smallest sum with a number (more than this), end of the first, end of the second, add-on step.
COMPLEX_FLOOR, COMPLEX_FIRST, COMPLEX_SECOND, COMPLEX_STEP = map(Decimal, ("1.0", "2.5", "7.5", "5"))


class Wound(NamedTuple):
    """One closed wound: length in cm, class, site."""

    length: Decimal
    kind: str
    site: str


class Sum(NamedTuple):
    """The wounds that are added up together, and the lines they make."""

    kind: str
    group: str
    wounds: tuple[Wound, ...]
    total: Decimal
    lines: tuple[Line, ...]


def wound(length: object, kind: str, site: str) -> Wound:
    """A checked wound. RuleError for a length of 0, an unknown class or an unknown site."""
    size = decimal(length, "The length")
    if not size:
        raise RuleError("The length must be more than 0 cm.")
    group_of(kind, site)
    return Wound(size, kind, site)


def group_of(kind: str, site: str) -> str:
    """Group of a site in a class: "neck" is body when simple, hands when intermediate."""
    if kind not in GROUPS:
        raise RuleError("A closure is simple, intermediate or complex.")
    for group, sites in GROUPS[kind].items():
        if site in sites:
            return group
    raise RuleError(f"The site {site!r} is not known; there are {', '.join(SITES)}.")


def lines_for(kind: str, group: str, total: object) -> tuple[Line, ...]:
    """Lines for a sum of `total` cm in one class and group: one line, or two where an add-on counts the rest."""
    length = decimal(total, "The length")
    if not length:
        raise RuleError("The length must be more than 0 cm.")
    if kind == "complex" and group in _COMPLEX:
        first, second, add_on = _COMPLEX[group]
        if length <= COMPLEX_FLOOR:
            raise RuleError(
                f"A complex closure of {COMPLEX_FLOOR} cm or less has no number of its own: "
                "it is coded as simple or intermediate."
            )
        if length <= COMPLEX_SECOND:
            return (Line(first if length <= COMPLEX_FIRST else second),)
        rest = ((length - COMPLEX_SECOND) / COMPLEX_STEP).to_integral_value(ROUND_CEILING)
        return Line(second), Line(add_on, int(rest))
    if (kind, group) not in _SCALES:
        raise RuleError(f"There is no group {group!r} in the class {kind!r}.")
    ends, codes = _SCALES[kind, group]
    return (Line(codes[sum(length > Decimal(end) for end in ends)]),)


def sums(wounds: Iterable[Wound]) -> list[Sum]:
    """Wounds added up by class and group: most complex class first, then the longest sum (CPT names no order there)."""
    parts: dict[tuple[str, str], list[Wound]] = {}
    for one in wounds:
        parts.setdefault((one.kind, group_of(one.kind, one.site)), []).append(one)
    made = []
    for (kind, group), members in parts.items():
        total = sum((one.length for one in members), Decimal(0))
        made.append(Sum(kind, group, tuple(members), total, lines_for(kind, group, total)))
    return sorted(made, key=lambda one: (-CLASSES.index(one.kind), -one.total, one.lines[0].code))


def repair(wounds: Iterable[Wound]) -> list[Line]:
    """All lines of one patient's closures on one day, in order."""
    return [line for one in sums(wounds) for line in one.lines]
