"""Therapy minutes to units, by two policies.

Medicare ("8-minute rule", Medicare Claims Processing Manual, chapter 5, section 20.2): all timed minutes of one
discipline on one day are added up; 8 to 22 minutes are one unit, 23 to 37 two, and so on by 15. Each service keeps its
full quarter hours; units that are left go to the services with the most minutes left over.

Midpoint ("rule of eights", CPT's rule for time): each service is counted alone; a unit is earned when more than half of
its 15 minutes has passed, that is from the 8th minute on.

Untimed services are one unit a day, however long they last. Minutes are whole minutes of one-on-one care.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from course.codesets.rules.common import Line, RuleError, whole_minutes

POLICIES = ("medicare", "midpoint")
TIMED = ("97032", "97035", "97110", "97112", "97116", "97124", "97140", "97530", "97535")
UNTIMED = ("97014", "97150", "97161", "97162", "97163", "97164", "G0283")
#: Medicare does not take the first number; it wants the second in its place.
MEDICARE_SWAP = {"97014": "G0283"}
QUARTER, FIRST = 15, 8


class Service(NamedTuple):
    """A number and its minutes (the minutes of an untimed one do not count)."""

    code: str
    minutes: int = 0


class Share(NamedTuple):
    """What one timed service gets: full quarter hours, minutes left over, units in the end."""

    code: str
    minutes: int
    full: int
    left: int
    units: int


class Allotment(NamedTuple):
    """The whole answer. `tie`: the numbers among which the last unit may go to either (the first named got it)."""

    total: int
    units: int
    shares: tuple[Share, ...]
    untimed: tuple[str, ...]
    lines: tuple[Line, ...]
    tie: tuple[str, ...] = ()


def units_for(minutes: object) -> int:
    """Units of a number of timed minutes: 0 up to 7, 1 from 8 to 22, 2 from 23 to 37, …"""
    return (whole_minutes(minutes) + QUARTER - FIRST) // QUARTER


def span_of(units: int) -> tuple[int, int]:
    """First and last minute of a number of units: 1 -> (8, 22)."""
    if units < 1:
        raise RuleError("Units begin with 1.")
    return FIRST + QUARTER * (units - 1), FIRST + QUARTER * units - 1


def is_timed(code: str) -> bool:
    """Whether minutes decide the units. RuleError for a number that is not in these tables."""
    if code not in TIMED and code not in UNTIMED:
        raise RuleError(f"{code} is not among the therapy numbers here: {', '.join(TIMED + UNTIMED)}.")
    return code in TIMED


def allot(services: Iterable[Service | tuple[str, int]], policy: str = "medicare") -> Allotment:
    """Units of one discipline's day. The same number named twice is one service with the minutes of both."""
    if policy not in POLICIES:
        raise RuleError(f"The policy is one of {', '.join(POLICIES)}.")
    minutes: dict[str, int] = {}
    untimed: list[str] = []
    for code, time in services:
        if is_timed(code):
            minutes[code] = minutes.get(code, 0) + whole_minutes(time)
            continue
        billed = MEDICARE_SWAP.get(code, code) if policy == "medicare" else code
        if billed not in untimed:
            untimed.append(billed)
    total = sum(minutes.values())
    tie: tuple[str, ...] = ()
    if policy == "midpoint":
        given = {code: units_for(time) for code, time in minutes.items()}
    else:
        given, tie = _by_total(minutes)
    shares = tuple(
        Share(code, time, time // QUARTER, time % QUARTER, given[code]) for code, time in minutes.items() if time
    )
    lines = [Line(one.code, one.units) for one in shares if one.units] + [Line(code) for code in untimed]
    return Allotment(total, sum(given.values()), shares, tuple(untimed), tuple(lines), tie)


def _by_total(minutes: dict[str, int]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Units by the total of all minutes, and the numbers that tie for the last one."""
    given = {code: time // QUARTER for code, time in minutes.items()}
    left = {code: time % QUARTER for code, time in minutes.items()}
    more = units_for(sum(minutes.values())) - sum(given.values())
    # Sorting is stable: among equals the service that was named first comes first.
    ranked = sorted(minutes, key=lambda code: -left[code])
    for code in ranked[:more]:
        given[code] += 1
    if 0 < more < len(ranked) and left[ranked[more]] == left[ranked[more - 1]]:
        return given, tuple(code for code in ranked if left[code] == left[ranked[more]])
    return given, ()
