"""Drugs out of vials: what was given, what was opened, what was left, and how a chart says it.

Doses, vials and diseases come from ``drug_doses.csv``. Amounts are in the measure of the code: mg, mcg or unit.
"""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from course.codesets.rules import drug_units
from course.codesets.rules.drug_units import Billed
from course.questions.generators import drug_facts, drug_reading, scenes
from course.questions.generators.drug_facts import Drug, Given, Reason, measured

#: Drugs that come in single-dose vials (no syringes, implants or pens), of which a part is often left.
_SINGLE = """J0129 J0585 J0586 J0588 J0640 J0775 J0878 J0894 J1439 J1459 J1561 J1569 J1602 J1745 J1756 J1885 J2357 J2919
J3241 J3262 J3300 J3373 J9000 J9017 J9022 J9025 J9033 J9035 J9041 J9047 J9050 J9055 J9075 J9130 J9145 J9171 J9173 J9178
J9179 J9201 J9206 J9208 J9228 J9263 J9264 J9271 J9299 J9303 J9305 J9306 J9308 J9312 J9354 J9355 J9390 J2350 Q2050
Q5103 Q5104 Q5107 Q5114 Q5115 Q5117 Q5118 Q5119 J1720 J0696 J2550 J3410 J1580 J9040 J9395 J2405 J3489""".split()
#: Drugs from multi-dose vials.
_MULTI = ("J0702", "J1071", "J2680", "J3121", "J3301", "J3303")
_SITES = {"IM": ("IM", "IM, gluteal"), "SC": ("SC", "SC, abdomen")}
#: No more vials than this for a dose.
MOST = 9
_PLAIN = random.Random(0)


class Case(NamedTuple):
    """One drug of a visit. ``vials``: what was opened, () out of a multi-dose vial of the size ``stock``."""

    given: Given
    vials: tuple[Decimal, ...]
    stock: Decimal = Decimal(0)

    @property
    def drug(self) -> Drug:
        return self.given.drug

    @property
    def billed(self) -> Billed:
        drug = self.drug
        return drug_units.bill(drug.code, self.given.dose, drug.amount, self.vials, single_dose=bool(self.vials))

    @property
    def sort(self) -> str:
        """``multi``, ``waste`` (a whole unit was left), ``covered`` (the last unit pays for the rest), ``exact``."""
        if not self.vials:
            return "multi"
        if self.billed.waste_units:
            return "waste"
        return "covered" if self.billed.discarded else "exact"


@cache
def _by_code() -> dict[str, Drug]:
    return {one.code: one for one in drug_facts.drugs()}


@cache
def named_alone(drug: Drug) -> bool:
    """Whether the name leads to this code and no other."""
    return drug_reading.named(drug.brand, drug.route == "IV") == (drug.code,)


@cache
def singles() -> tuple[Drug, ...]:
    return tuple(one for code in _SINGLE if (one := _by_code()[code]).pack == "single" and one.vials and one.office)


def single(
    rng: random.Random, drug: Drug, weighed: bool | None = None, some: tuple[Reason, ...] | None = None
) -> Case | None:
    """A dose out of single-dose vials; None when it cannot be, or when what is left is no matter of whole units."""
    given = drug_facts.given(rng, drug, weighed, some)
    if given is None or not given.plausible:
        return None
    vials = drug_units.choose_vials(given.dose, drug.vials)
    content = sum(vials)
    whole = content % drug.amount == 0 or given.units * drug.amount >= content
    return Case(given, vials) if whole and len(vials) <= MOST else None


def multi(rng: random.Random, drug: Drug, some: tuple[Reason, ...] | None = None) -> Case | None:
    given = drug_facts.given(rng, drug, None, some)
    if given is None or drug.pack != "multi" or not given.plausible or max(drug.vials) <= given.dose:
        return None
    return Case(given, (), rng.choice([one for one in drug.vials if one > given.dose]))


def case(rng: random.Random, sort: str, weighed: bool | None = None, named: bool = False) -> Case | None:
    """A drug of a sort (see ``Case.sort``); ``named``: one that can be found by its name."""
    if sort == "multi":
        drug = _by_code()[rng.choice(_MULTI)]
        return multi(rng, drug) if named_alone(drug) else None
    drug = rng.choice(singles())
    if named and not named_alone(drug):
        return None
    found = single(rng, drug, weighed)
    return found if found and found.sort == sort else None


def beside(rng: random.Random, main: Case) -> Case | None:
    """A second drug of the same visit."""
    found = drug_facts.company(rng, main.given)
    if found is None or not named_alone(found[0]) or not found[0].vials:
        return None
    drug, some = found
    return multi(rng, drug, some) if drug.pack == "multi" else single(rng, drug, None, some)


# -- words ----------------------------------------------------------------------------------------------------------


def name(one: Case) -> str:
    return scenes.capital(one.drug.name)


def dose(rng: random.Random, one: Case) -> str:
    """The dose with its route: ``385 mg IV``; by weight where it was worked out so: ``5 mg/kg, wt 77 kg, IV``."""
    drug, given = one.drug, one.given
    route = rng.choice(_SITES.get(drug.route, (drug.route,)))
    if given.rate:
        return f"{measured(given.rate, drug.unit)}/kg, wt {given.weight} kg, {route}"
    return f"{drug_facts.charted(rng, given.dose, drug.unit)} {route}"


def opened(one: Case) -> str:
    """``2 vials of 100 mg and 1 vial of 50 mg``"""
    counts = Counter(one.vials)
    return scenes.listed(
        [
            f"{count} {'vial' if count == 1 else 'vials'} of {amount(one, size)}"
            for size, count in sorted(counts.items(), reverse=True)
        ]
    )


def logged(one: Case) -> str:
    """``1 x 100 mg + 1 x 50 mg``, as a pharmacy log has it."""
    counts = Counter(one.vials)
    return " + ".join(f"{count} x {amount(one, size)}" for size, count in sorted(counts.items(), reverse=True))


def left(one: Case) -> str:
    return amount(one, one.billed.discarded)


def amount(one: Case, size: Decimal) -> str:
    """As a chart writes it: 20 g rather than 20,000 mg."""
    return drug_facts.charted(_PLAIN, size, one.drug.unit)
