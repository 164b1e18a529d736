"""The drugs of drawn exercises: usual doses and containers (``data/codesets/drug_doses.csv``) beside the amounts of the
HCPCS codes, and how a chart writes a dose.

Doses, strengths and vials are in the measure of the code throughout: mg, mcg, g, unit, ml or mEq.
"""

from __future__ import annotations

import csv
import random
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from course.codesets import hcpcs
from course.codesets.rules import drug_units
from course.paths import data_dir
from course.questions.generators import scenes
from course.questions.generators.figures import grouped

INJECTED = ("IV", "IM", "SC")
#: Measure of the code -> (another measure, how many of it are one of the code's).
OTHER = {"mg": (("g", Decimal("0.001")), ("mcg", Decimal(1000))), "mcg": (("mg", Decimal("0.001")),)}
OTHER |= {"g": (("mg", Decimal(1000)),)}


class Drug(NamedTuple):
    """``rates``: per kg. ``strengths``: per mL. ``pack``: "single" or "multi" dose, "" where it is not told. ``who``
    gets it: ages, behind "f" or "m" ("f20-42"); "" for anybody."""

    code: str
    name: str
    route: str
    doses: tuple[Decimal, ...]
    rates: tuple[Decimal, ...]
    strengths: tuple[Decimal, ...]
    vials: tuple[Decimal, ...]
    pack: str
    amount: Decimal
    unit: str
    up_to: bool
    most: int
    who: str

    @property
    def one_unit(self) -> str:
        """``250 mg``, ``up to 50 mg``"""
        return f"{'up to ' if self.up_to else ''}{measured(self.amount, self.unit)}"

    def units(self, dose: Decimal) -> int:
        return drug_units.units(dose, self.amount)

    @property
    def brand(self) -> str:
        """The name in parentheses, or the first word."""
        return self.name.split("(")[1].rstrip(")") if "(" in self.name else self.name.split(",")[0]


@cache
def drugs() -> tuple[Drug, ...]:
    """All drugs of the file whose code counts an amount today."""
    path = data_dir() / "codesets" / "drug_doses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(one for row in rows if (one := _drug(row)) is not None)


def _drug(row: dict[str, str]) -> Drug | None:
    entry = hcpcs.get(row["code"])
    if entry is None or entry.ended or not entry.amount:
        return None

    def figures(field: str) -> tuple[Decimal, ...]:
        return tuple(Decimal(one.removesuffix("/kg")) for one in row[field].split())

    return Drug(
        row["code"],
        row["name"],
        row["route"],
        figures("doses"),
        figures("rate"),
        figures("strength"),
        figures("vials"),
        row["pack"],
        Decimal(entry.amount),
        entry.unit,
        entry.per == "up to",
        entry.mue or 0,
        row["who"],
    )


class Given(NamedTuple):
    """A dose. ``rate`` and ``weight`` where it was worked out by the kilogram."""

    drug: Drug
    dose: Decimal
    rate: Decimal = Decimal(0)
    weight: int = 0

    @property
    def units(self) -> int:
        return self.drug.units(self.dose)

    @property
    def plausible(self) -> bool:
        """Whether it stays below the medically unlikely edit, where there is one."""
        return not self.drug.most or self.units <= self.drug.most


def given(rng: random.Random, drug: Drug, weighed: bool | None = None) -> Given | None:
    """A usual dose; by weight where the drug has no other, or where `weighed` asks for it. None when it cannot be."""
    by_weight = bool(drug.rates) and (not drug.doses or weighed is True)
    if weighed and not drug.rates:
        return None
    if not by_weight:
        return Given(drug, rng.choice(drug.doses)) if drug.doses else None
    rate, weight = rng.choice(drug.rates), rng.randint(48, 112)
    one = Given(drug, rate * weight, rate, weight)
    return one if one.plausible else None


def patient(rng: random.Random, drug: Drug, level: int) -> str:
    """Somebody who may need the drug, as the head of a note."""
    low, high = re.findall(r"\d+", drug.who or "24-84")
    male = {"f": False, "m": True}.get(drug.who[:1], rng.random() < 0.5)
    return scenes.who(rng, scenes.Person(rng.randint(int(low), int(high)), male), level).rstrip(",")


def measured(amount: Decimal, unit: str) -> str:
    """``250 mg``, ``1,200,000 units``, ``0.4 mL``"""
    shown = {"unit": "units", "ml": "mL"}.get(unit, unit)
    shown = "unit" if unit == "unit" and amount == 1 else shown
    return f"{grouped(amount)} {shown}"


def charted(rng: random.Random, amount: Decimal, unit: str, other: bool = False) -> str:
    """An amount as a chart may write it; ``other``: in another measure where one is natural."""
    if unit == "unit" and amount >= 1000000 and (other or rng.random() < 0.5):
        return f"{grouped(amount / 1000000)} million units"
    for name, times in OTHER.get(unit, ()):
        turned = amount * times
        if other and _natural(turned, name) or not _natural(amount, unit) and _natural(turned, name):
            return measured(turned, name)
    return measured(amount, unit)


def convertible(amount: Decimal, unit: str) -> bool:
    """Whether a chart may write the amount in another measure than the code."""
    if unit == "unit":
        return amount >= 1000000
    return any(_natural(amount * times, name) for name, times in OTHER.get(unit, ()))


def _natural(amount: Decimal, unit: str) -> bool:
    limits = {
        "g": (Decimal(1), Decimal(100)),
        "mcg": (Decimal(1), Decimal(900)),
        "mg": (Decimal("0.25"), Decimal(4000)),
    }
    low, high = limits.get(unit, (Decimal(0), Decimal("Infinity")))
    return low <= amount <= high and len(grouped(amount).replace(",", "").replace(".", "").strip("0")) <= 3
