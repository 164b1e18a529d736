"""The drugs of drawn exercises: usual doses, containers and diseases (``data/codesets/drug_doses.csv``) beside the
amounts of the HCPCS codes, and how a chart writes a dose.

Doses, strengths and vials are in the measure of the code throughout: mg, mcg, g, unit, ml or mEq. Column ``for``: what
the drug is given for, apart by ``|``; ``=`` names the doses (or rates) of that disease where not all are; ``+`` before
a disease marks what is given beside another drug, too. Column ``where``: ``hospital`` for what no office gives.
"""

from __future__ import annotations

import csv
import datetime as dt
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


#: Main drug -> what is given before or beside it.
_NAUSEA, _WORSE = ("J2405", "J1100", "J2469"), ("J2405", "J1100", "J2469", "J1453")
_REACTIONS = ("J1200", "J2919")
BESIDE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("J9000", "J9050", "J9075", "J9130", "J9178"), _WORSE),
    **dict.fromkeys(("J9025", "J0894", "J9033", "J9354", "Q2050"), _NAUSEA),
    **dict.fromkeys(("J9312", "Q5115", "Q5119", "J9145", "J1745", "Q5103", "Q5104", "J9055", "J2350"), _REACTIONS),
    **dict.fromkeys(("J1459", "J1561", "J1569"), ("J1200",)),
    **dict.fromkeys(("J9190", "J9206"), ("J0640", "J2405", "J1100")),
    **dict.fromkeys(("J9201", "J9305", "J9390", "J9271", "J9264", "J9035", "Q5107"), ("J9045", "J9060", "J2405")),
    **dict.fromkeys(("J9308", "J9355", "Q5114", "Q5117"), ("J9267",)),
    **dict.fromkeys(("J1885", "J3030", "J1110"), ("J2550",)),
    "J9263": (*_WORSE, "J0640"),
    "J9045": _WORSE,
    "J9060": _WORSE,
    "J9171": ("J1100",),
    "J9267": ("J1100", "J1200", "J1308"),
}
#: Words of a disease -> who has it: sex ("" for both) and ages.
_HAVE = (
    (r"labor|preeclampsia|after birth|pregnant|no period", ("f", 20, 42)),
    (r"birth control|endometriosis|fibroids", ("f", 20, 47)),
    (r"breast|ovarian|ovaries", ("f", 36, 84)),
    (r"prostate", ("m", 56, 88)),
    (r"testicular|hemophilia", ("m", 20, 42)),
    (r"gonorrhea|syphilis|strep throat|cystic fibrosis|opioid", ("", 20, 45)),
    (r"migraine|sclerosis|Crohn|ulcerative|endocarditis", ("", 22, 64)),
    (r"frail age|giant cell|Paget|macular degeneration|nursing home", ("", 70, 88)),
    (r"osteoporosis|new (?:hip|knee)|broken hip|Parkinson", ("", 60, 88)),
    (r"cancer|myeloma|heart attack|stroke|leukemia|myelodysplastic|osteoarthritis", ("", 45, 86)),
)


class Reason(NamedTuple):
    """A disease. ``only``: the doses or rates for it, () for all; ``beside``: whether the drug is company, too."""

    text: str
    only: tuple[Decimal, ...]
    beside: bool

    def fits(self, dose: Decimal) -> bool:
        return not self.only or dose in self.only


class Drug(NamedTuple):
    """``rates``: per kg. ``strengths``: per mL. ``pack``: "single" or "multi" dose, "" where it is not told. ``who``
    gets it: ages, behind "f" or "m" ("f20-42"); "" for anybody. ``office``: whether a physician's office gives it."""

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
    reasons: tuple[Reason, ...] = ()
    office: bool = True

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
        tuple(_reason(text) for text in row["for"].split("|")),
        row["where"] == "office",
    )


def _reason(text: str) -> Reason:
    words, _, only = text.partition("=")
    return Reason(words.removeprefix("+"), tuple(Decimal(one) for one in only.split()), words.startswith("+"))


class Given(NamedTuple):
    """A dose. ``rate`` and ``weight`` where it was worked out by the kilogram; ``reason``: the disease."""

    drug: Drug
    dose: Decimal
    rate: Decimal = Decimal(0)
    weight: int = 0
    reason: str = ""

    @property
    def units(self) -> int:
        return self.drug.units(self.dose)

    @property
    def plausible(self) -> bool:
        """Whether it stays below the medically unlikely edit, where there is one."""
        return not self.drug.most or self.units <= self.drug.most


def given(
    rng: random.Random, drug: Drug, weighed: bool | None = None, some: tuple[Reason, ...] | None = None
) -> Given | None:
    """A usual dose for one of its diseases (of those in `some`); by weight where the drug has no other, or where
    `weighed` asks for it. None when it cannot be."""
    by_weight = bool(drug.rates) and (not drug.doses or weighed is True)
    reasons = drug.reasons if some is None else some
    usual = [one for one in (drug.rates if by_weight else drug.doses) if any(why.fits(one) for why in reasons)]
    if not usual or (weighed and not drug.rates):
        return None
    chosen = rng.choice(usual)
    reason = rng.choice([why.text for why in reasons if why.fits(chosen)])
    if not by_weight:
        return Given(drug, chosen, reason=reason)
    weight = rng.randint(48, 112)
    one = Given(drug, chosen * weight, chosen, weight, reason)
    return one if one.plausible else None


def company(rng: random.Random, main: Given) -> tuple[Drug, tuple[Reason, ...]] | None:
    """A drug that is given beside the main one, with the diseases that its dose may be for: the same, or what the main
    drug brings along. None where nothing is."""
    codes = BESIDE.get(main.drug.code, ())
    found = []
    for one in drugs():
        if one.code in codes:
            same = tuple(why for why in one.reasons if why.text == main.reason)
            some = same or tuple(why for why in one.reasons if why.beside)
            if some and (one.code != "J2550" or "migraine" in main.reason):
                found.append((one, some))
    return rng.choice(found) if found else None


def patient(rng: random.Random, one: Given, level: int, payer: str = "") -> str:
    """Somebody who may need the drug, with the disease, as the head of a note. Medicare's patients are 65 and older, or
    the note says why they have it; those of a commercial payer are younger."""
    sexes, low, high = {one.drug.who[:1]} & {"f", "m"}, 24, 84
    if ages := re.findall(r"\d+", one.drug.who):
        low, high = int(ages[0]), int(ages[1])
    for words, (sex, least, most) in _HAVE:
        if re.search(words, one.reason):
            sexes |= {sex} - {""}
            low, high = (max(low, least), min(high, most)) if max(low, least) < min(high, most) else (low, high)
            break
    early = payer == "medicare" and high < 66
    if payer == "medicare" and not early:
        low = max(low, 65)
    person = scenes.Person(rng.randint(low, high), "m" in sexes or (not sexes and rng.random() < 0.5))
    told = f"{scenes.who(rng, person, level).rstrip(',')}, {one.reason}"
    return f"{told}; Medicare by disability" if early else told


def day(rng: random.Random) -> str:
    """A date of service in 2026 on a weekday: ``03/12/2026``."""
    date = dt.date(2026, 1, 5) + dt.timedelta(days=7 * rng.randint(0, 44) + rng.randint(0, 4))
    return f"{date:%m/%d/%Y}"


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
