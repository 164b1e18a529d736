"""Anesthesia units: (base + time + modifying units) x conversion factor.

Base units belong to the number (``course.codesets.cpt.get("00810").base_units``). Time runs from the start of the
anesthesia provider's care to its end, in minutes. Sources: 42 CFR 414.46 and Medicare Claims Processing Manual,
chapter 12, section 50 (15 minutes a unit, one decimal place, highest base and total time for several procedures); the
physical status and circumstance units are those of the ASA's relative value guide as payers publish them. Medicare
pays neither: the four circumstance numbers have status B (bundled) in its fee schedule, and P1 to P6 add no units.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import NamedTuple

from course.codesets.rules.common import RuleError, decimal

#: Extra units of each physical status modifier, where a payer counts them.
STATUS_UNITS = {"P1": 0, "P2": 0, "P3": 1, "P4": 2, "P5": 3, "P6": 0}
#: Extra units of each qualifying circumstance, where a payer counts them.
CIRCUMSTANCE_UNITS = {"99100": 1, "99116": 5, "99135": 5, "99140": 2}

#: How a part of a time unit is treated: kept to a tenth (Medicare), kept exactly, or brought to a whole unit.
ROUNDING = ("tenths", "exact", "up", "down", "nearest")
#: Payer -> (counts physical status and circumstances, rounding of time). Commercial payers each have a policy of their
#: own; the one here is the most usual, and `rounding` replaces it.
PAYERS = {"medicare": (False, "tenths"), "commercial": (True, "tenths")}


class Units(NamedTuple):
    """The parts of the sum, and the sum."""

    base: int
    time: Decimal
    status: int
    circumstances: int

    @property
    def total(self) -> Decimal:
        return self.base + self.time + self.status + self.circumstances


def time_units(minutes: object, per: int = 15, rounding: str = "tenths") -> Decimal:
    """Time units of `minutes`, one for each `per` minutes. Half a tenth goes up, half a unit (``nearest``) too."""
    if per <= 0:
        raise RuleError("The minutes of one time unit must be more than 0.")
    exact = decimal(minutes, "The time") / per
    if rounding == "exact":
        return exact
    if rounding == "tenths":
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounding == "up":
        return exact.quantize(Decimal(1), ROUND_UP)
    if rounding == "down":
        return Decimal(int(exact))
    if rounding == "nearest":
        return exact.quantize(Decimal(1), ROUND_HALF_UP)
    raise RuleError(f"Rounding is one of {', '.join(ROUNDING)}.")


def highest_base(bases: Iterable[int]) -> int:
    """Base units when several procedures share one anesthetic: the highest alone. (The times are added up.)"""
    known = list(bases)
    if not known:
        raise RuleError("At least one procedure is needed.")
    return max(known)


def units(
    base: int,
    minutes: object,
    physical_status: str = "P1",
    circumstances: Iterable[str] = (),
    payer: str = "medicare",
    *,
    per: int = 15,
    rounding: str = "",
) -> Units:
    """All parts of the sum for `payer` ("medicare" or "commercial"); `rounding` replaces the payer's own.

    RuleError for an unknown payer, status or circumstance, or a circumstance named twice.
    """
    if payer not in PAYERS:
        raise RuleError(f"The payer is one of {', '.join(PAYERS)}.")
    if physical_status not in STATUS_UNITS:
        raise RuleError("The physical status is P1 to P6.")
    named = list(circumstances)
    for code in named:
        if code not in CIRCUMSTANCE_UNITS:
            raise RuleError(f"{code} is no qualifying circumstance; there are {', '.join(CIRCUMSTANCE_UNITS)}.")
    if len(set(named)) != len(named):
        raise RuleError("Each circumstance counts once.")
    if base < 0:
        raise RuleError("Base units cannot be less than 0.")
    counts, own = PAYERS[payer]
    return Units(
        base=base,
        time=time_units(minutes, per, rounding or own),
        status=STATUS_UNITS[physical_status] if counts else 0,
        circumstances=sum(CIRCUMSTANCE_UNITS[code] for code in named) if counts else 0,
    )


def charge(total_units: object, conversion_factor: object) -> Decimal:
    """Units x money per unit, to the cent (half a cent goes up)."""
    amount = decimal(total_units, "The units") * decimal(conversion_factor, "The conversion factor")
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
