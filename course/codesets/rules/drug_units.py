"""Billing units of a drug, and what was thrown away.

Units = dose / amount of one billing unit, rounded up to a whole unit; never by the size of the package (Medicare Claims
Processing Manual, chapter 17, sections 10 and 40). Single-dose containers under Medicare Part B: what is left in the
vial is thrown away and goes on a line of its own with JW; when nothing is thrown away, or when rounding up already pays
for the rest, there is one line with JZ. Multi-dose vials: no JW, no JZ, no pay for the rest. Dose, amount and vials are
all in the same measure (mg, mcg, unit …).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from course.codesets.rules.common import Line, RuleError, decimal, plain

#: The most vials and sizes that are tried; more is a slip of the pen, not a dose.
MOST_VIALS, MOST_SIZES = 50, 4


class Billed(NamedTuple):
    """Vials opened, amount thrown away, and the lines (drug line first, JW line second)."""

    vials: tuple[Decimal, ...]
    content: Decimal
    discarded: Decimal
    dose_units: int
    waste_units: int
    lines: tuple[Line, ...]


def _positive(value: object, what: str) -> Decimal:
    number = decimal(value, what)
    if not number:
        raise RuleError(f"{what} must be more than 0.")
    return number


def units(dose: object, amount: object) -> int:
    """Billing units of a dose: dose / amount, rounded up."""
    quotient = _positive(dose, "The dose") / _positive(amount, "The amount of one unit")
    return int(quotient.to_integral_value(ROUND_CEILING))


def choose_vials(dose: object, sizes: Iterable[object]) -> tuple[Decimal, ...]:
    """Vials to open, largest first: the combination that holds the dose with least waste, then with fewest vials."""
    need = _positive(dose, "The dose")
    offered = sorted({_positive(size, "The vial") for size in sizes}, reverse=True)
    if not offered:
        raise RuleError("At least one vial size is needed.")
    if len(offered) > MOST_SIZES:
        raise RuleError(f"No more than {MOST_SIZES} vial sizes.")
    if need / offered[-1] > MOST_VIALS:
        raise RuleError(
            f"This dose would need more than {MOST_VIALS} vials of {plain(offered[-1])}. Check the measure."
        )
    # Contents below the dose that n vials can reach, each with one way to reach it; then n + 1 vials, and so on. The
    # first way to the smallest waste is the one with the fewest vials.
    reached: dict[Decimal, tuple[Decimal, ...]] = {Decimal(0): ()}
    known = set(reached)
    best: tuple[Decimal, ...] = ()
    while reached:
        grown: dict[Decimal, tuple[Decimal, ...]] = {}
        for content, vials in reached.items():
            for size in offered:
                total = content + size
                if total < need and total not in known:
                    known.add(total)
                    grown[total] = (*vials, size)
                elif total >= need and (not best or total < sum(best)):
                    best = (*vials, size)
        if best and sum(best) == need:
            break
        reached = grown
    return tuple(sorted(best, reverse=True))


def bill(code: str, dose: object, amount: object, vials: Iterable[object] = (), *, single_dose: bool = True) -> Billed:
    """Lines for one dose out of the vials that were opened (see :func:`choose_vials`).

    RuleError when the vials hold less than the dose. Without single-dose containers `vials` may be empty.
    """
    given = _positive(dose, "The dose")
    per = _positive(amount, "The amount of one unit")
    own = units(given, per)
    if not single_dose:
        return Billed((), given, Decimal(0), own, 0, (Line(code, own),))
    opened = tuple(_positive(vial, "The vial") for vial in vials)
    content = sum(opened, Decimal(0))
    if content < given:
        raise RuleError(f"The vials hold {plain(content)}, less than the dose of {plain(given)}.")
    # Both lines together never claim more whole units than the vials hold: waste is not counted twice.
    waste = max(0, int(content / per) - own)
    if waste:
        lines: tuple[Line, ...] = (Line(code, own), Line(code, waste, ("JW",)))
    else:
        lines = (Line(code, own, ("JZ",)),)
    return Billed(opened, content, content - given, own, waste, lines)
