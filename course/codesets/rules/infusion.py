"""Infusions, pushes and injections: who is initial, and minutes to codes.

Rules (CPT, guidelines of 96360 to 96379 and 96401 to 96549):
- One initial number for each vein access; everything else there is an add-on. A second access has its own initial, with
  modifier 59 (or XS).
- Facility: the initial is chosen by rank, not by order: chemotherapy before therapy before hydration, infusion before
  push before injection. Office: the initial is the service that was the reason for the visit.
- 15 minutes or less is a push. An hour more counts from its 31st minute. Hydration begins with its 31st minute.
- An infusion at the same time as another through the same access: 96368 once a day, without time.
- The same drug pushed again: 96376, facility only, more than 30 minutes after the last.
- Hydration while another infusion runs through the same access is not counted.

Minutes are whole minutes that the drug ran. Supplies, flushes and starting the line are part of the service. Hormonal
chemotherapy by injection (96402) is not drawn here; two infusions of the same drug are refused, because the answer
depends on the payer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from course.codesets.rules.common import Line, RuleError, whole_minutes

KINDS = ("chemotherapy", "therapeutic", "hydration")
ROUTES = ("infusion", "push", "injection")
SETTINGS = ("facility", "office")
PUSH_LIMIT, HOUR, PART = 15, 60, 31

#: Kind and route -> (number when initial, number when it follows).
NUMBERS = {
    ("chemotherapy", "infusion"): ("96413", "96417"),
    ("chemotherapy", "push"): ("96409", "96411"),
    ("therapeutic", "infusion"): ("96365", "96367"),
    ("therapeutic", "push"): ("96374", "96375"),
    ("hydration", "infusion"): ("96360", "96361"),
}
#: More hours of the same infusion.
HOURS = {"chemotherapy": "96415", "therapeutic": "96366", "hydration": "96361"}
#: Into muscle or under the skin: stands alone, neither initial nor add-on.
INJECTION = {"chemotherapy": "96401", "therapeutic": "96372"}
CONCURRENT, REPEAT_PUSH = "96368", "96376"
#: Order of the lines: initial numbers, chemotherapy, therapy, hydration, injections.
ORDER = (
    *("96413", "96415", "96417", "96409", "96411", "96365", "96366", "96367", "96368", "96374", "96375", "96376"),
    *("96360", "96361", "96401", "96372"),
)


class Given(NamedTuple):
    """One thing given. `minutes` for infusions; `times` for pushes and injections of the same drug (pushes more than 30
    minutes apart); `concurrent`: it ran while another infusion ran through the same access; `access`: 1, 2, …"""

    drug: str
    kind: str = "therapeutic"
    route: str = "infusion"
    minutes: int = 0
    times: int = 1
    concurrent: bool = False
    access: int = 1


class Coded(NamedTuple):
    """What one thing given became: its lines, and one sentence why."""

    given: Given
    lines: tuple[Line, ...]
    why: str
    initial: bool = False


class Result(NamedTuple):
    lines: tuple[Line, ...]
    coded: tuple[Coded, ...]


def more_hours(minutes: int) -> int:
    """Hours beyond the first that count: one for each that reached its 31st minute (91 minutes -> 1, 151 -> 2)."""
    return max(0, minutes - HOUR + HOUR - PART) // HOUR


def hydration_hours(minutes: int) -> int:
    """Hours of hydration that count, the first from its 31st minute on (30 -> 0, 31 -> 1, 91 -> 2)."""
    return (minutes + HOUR - PART) // HOUR


def route_of(one: Given) -> str:
    """How it is coded: an infusion of 15 minutes or less is a push (hydration stays an infusion, too short to code)."""
    if one.route == "infusion" and one.kind != "hydration" and one.minutes <= PUSH_LIMIT:
        return "push"
    return one.route


def rank(one: Given) -> tuple[int, int]:
    """Place in the facility's hierarchy; the lowest is the initial service."""
    return KINDS.index(one.kind), ROUTES.index(route_of(one))


def code(services: Sequence[Given], setting: str = "facility", reason: int = 0) -> Result:
    """Lines for one encounter. `reason`: in the office, the place in `services` of what the patient came for.

    RuleError, a sentence, for what cannot be coded by these rules.
    """
    if setting not in SETTINGS:
        raise RuleError("The setting is facility or office.")
    if not services:
        raise RuleError("Nothing was given yet.")
    for one in services:
        _check(one)
    _check_together(services)
    if setting == "office" and not 0 <= reason < len(services):
        raise RuleError("Say which service was the reason for the visit.")
    coded: list[Coded | None] = [None] * len(services)
    concurrent_done = False
    for number, access in enumerate(sorted({one.access for one in services})):
        here = [place for place, one in enumerate(services) if one.access == access]
        first = _initial(services, here, setting, reason)
        chemo = any(services[p].kind == "chemotherapy" and _can_be_initial(services[p]) for p in here)
        if first is not None and chemo and services[first].kind != "chemotherapy":
            raise RuleError(
                "Chemotherapy into a vein has add-on numbers only behind a chemotherapy initial: make it the reason."
            )
        for place in here:
            one = services[place]
            extra = ("59",) if number and place == first else ()
            if one.concurrent:
                coded[place] = _concurrent(one, concurrent_done)
                concurrent_done = concurrent_done or bool(_lines_of(coded[place]))
            else:
                coded[place] = _coded(one, place == first, setting, extra)
    done = tuple(one for one in coded if one is not None)
    return Result(_merged(done), done)


def _lines_of(coded: Coded | None) -> tuple[Line, ...]:
    return coded.lines if coded else ()


def _check(one: Given) -> None:
    if one.kind not in KINDS or one.route not in ROUTES:
        raise RuleError(f"A kind is one of {', '.join(KINDS)}; a route one of {', '.join(ROUTES)}.")
    if one.kind == "hydration" and one.route != "infusion":
        raise RuleError("Hydration runs as an infusion.")
    if one.route == "infusion" and whole_minutes(one.minutes) < 1:
        raise RuleError(f"{one.drug}: an infusion needs its minutes.")
    if one.times < 1 or (one.route == "infusion" and one.times != 1):
        raise RuleError(f"{one.drug}: count pushes and injections; an infusion stands on a row of its own.")
    if one.concurrent and one.route != "infusion":
        raise RuleError(f"{one.drug}: concurrent is a word for infusions.")
    if one.concurrent and one.kind == "chemotherapy":
        raise RuleError(f"{one.drug}: there is no number for a concurrent chemotherapy infusion.")


def _check_together(services: Sequence[Given]) -> None:
    seen: set[tuple[str, str, int]] = set()
    for one in services:
        if (key := (one.drug.strip().casefold(), route_of(one), one.access)) in seen:
            raise RuleError(f"{one.drug} stands there twice: one row for each drug and route.")
        seen.add(key)
        if one.concurrent and not any(
            other.access == one.access and not other.concurrent and _runs(other, one) for other in services
        ):
            raise RuleError(f"{one.drug}: concurrent needs another drug that runs through the same access.")
    for access in {one.access for one in services}:
        if sum(one.kind == "hydration" and not one.concurrent for one in services if one.access == access) > 1:
            raise RuleError("Hydration stands there twice: enter its minutes on one row.")


def _runs(other: Given, one: Given) -> bool:
    """Whether `other` is an infusion that `one` can run beside: fluid alone is no such infusion for a drug."""
    return route_of(other) == "infusion" and (other.kind != "hydration" or one.kind == "hydration")


def _can_be_initial(one: Given) -> bool:
    """Into a vein, not beside another infusion, and long enough to be coded at all."""
    if one.concurrent or route_of(one) == "injection":
        return False
    return one.kind != "hydration" or hydration_hours(one.minutes) > 0


def _initial(services: Sequence[Given], here: list[int], setting: str, reason: int) -> int | None:
    able = [place for place in here if _can_be_initial(services[place])]
    if setting == "office" and reason in here and reason in able:
        return reason
    # The office names one reason; at another access, or when the reason is an injection, rank decides there too.
    return min(able, key=lambda place: (rank(services[place]), -services[place].minutes), default=None)


def _concurrent(one: Given, done: bool) -> Coded:
    if one.kind == "hydration":
        return Coded(one, (), "Hydration beside another infusion in the same line is not counted.")
    if route_of(one) == "push":
        raise RuleError(f"{one.drug}: 15 minutes or less is a push, so it is not concurrent.")
    if done:
        return Coded(one, (), "96368 stands once a day, however many infusions run beside the first.")
    return Coded(one, (Line(CONCURRENT),), "It ran beside another infusion in the same line: once, without time.")


def _coded(one: Given, initial: bool, setting: str, extra: tuple[str, ...]) -> Coded:
    route = route_of(one)
    if route == "injection":
        return Coded(one, (Line(INJECTION[one.kind], one.times),), "An injection stands alone: no initial, no minutes.")
    if one.kind == "hydration":
        hours = hydration_hours(one.minutes)
        if not hours:
            return Coded(one, (), "Hydration of 30 minutes or less is not coded.")
        first, more = NUMBERS["hydration", "infusion"]
        if not initial:
            return Coded(one, (Line(more, hours),), _hours(hours, "it follows another service"))
        lines = [Line(first, 1, extra)] + ([Line(more, hours - 1)] if hours > 1 else [])
        return Coded(one, tuple(lines), _hours(hours, "it is the initial service"), True)
    number = NUMBERS[one.kind, route][0 if initial else 1]
    place = "the initial service" if initial else "a new drug after the initial service"
    if route == "push":
        short = "15 minutes or less is a push; " if one.route == "infusion" else ""
        lines = [Line(number, 1, extra if initial else ())]
        why = f"{short}{place}"
        if one.times > 1 and one.kind == "chemotherapy":
            raise RuleError(f"{one.drug}: enter a repeated chemotherapy push by the payer's rule; none is drawn here.")
        if one.times > 1 and setting == "facility":
            lines.append(Line(REPEAT_PUSH, one.times - 1))
            why += "; the same drug again is 96376"
        elif one.times > 1:
            why += "; the same drug again is not coded in the office"
        return Coded(one, tuple(lines), why[0].upper() + why[1:] + ".", initial)
    lines = [Line(number, 1, extra if initial else ())]
    hours = more_hours(one.minutes)
    if hours:
        lines.append(Line(HOURS[one.kind], hours))
    return Coded(one, tuple(lines), _hours(hours + 1, f"it is {place}"), initial)


def _hours(hours: int, place: str) -> str:
    return f"{hours} hour{'s' if hours > 1 else ''} count{'' if hours > 1 else 's'}, and {place}."


def _merged(coded: Sequence[Coded]) -> tuple[Line, ...]:
    """Lines with the same number and modifiers added up; initial numbers first, then by the hierarchy."""
    units: dict[tuple[str, tuple[str, ...]], int] = {}
    initial: set[str] = set()
    for one in coded:
        for place, line in enumerate(one.lines):
            key = (line.code, line.modifiers)
            units[key] = units.get(key, 0) + line.units
            if one.initial and not place:
                initial.add(line.code)
    ordered = sorted(units, key=lambda key: (bool(key[1]), key[0] not in initial, ORDER.index(key[0])))
    return tuple(Line(code, units[code, modifiers], modifiers) for code, modifiers in ordered)
