"""How the laws of drug exercises read a dose: figures and measures of a text, exact fractions, and names to codes."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from course.codesets import hcpcs

#: Measure written -> (measure of a code, how many of that one is).
MEASURES = {
    "g": {"mg": Fraction(1000), "g": Fraction(1)},
    "mg": {"mg": Fraction(1), "mcg": Fraction(1000), "g": Fraction(1, 1000)},
    "mcg": {"mg": Fraction(1, 1000), "mcg": Fraction(1)},
    "unit": {"unit": Fraction(1)},
    "units": {"unit": Fraction(1)},
    "mL": {"ml": Fraction(1)},
    "mEq": {"mEq": Fraction(1)},
}
FIGURE = r"(\d[\d,]*(?:\.\d+)?) (million )?(units?|mcg|mg|mEq|mL|g)"


def dose(text: str, unit: str) -> Fraction:
    """The dose that a text tells, in the measure `unit`: by weight, by volume, or outright."""
    weight = re.search(r"(\d+) kg\b", text)
    rate = re.search(rf"{FIGURE}/kg", text)
    strength = re.search(rf"{FIGURE}/mL\b", text)
    volume = re.search(r"(\d[\d.]*) mL (?:given|drawn)", text)
    if rate and weight:
        return _amount(rate, unit) * int(weight[1])
    if strength and volume:
        return _amount(strength, unit) * Fraction(volume[1])
    plain = re.search(rf"{FIGURE}(?!/)(?= (?:IV|IM|SC|into|inhaled|by mouth))", text)
    assert plain is not None, text
    return _amount(plain, unit)


def _amount(found: re.Match[str], unit: str) -> Fraction:
    return Fraction(found[1].replace(",", "")) * (1000000 if found[2] else 1) * MEASURES[found[3]][unit]


def count(dose: Fraction, amount: Fraction) -> int:
    units, held = 0, Fraction(0)
    while held < dose:
        units, held = units + 1, held + amount
    return units


@cache
def named(brand: str, vein: bool) -> tuple[str, ...]:
    """The codes in force whose words have a name, for a drug that is injected."""
    found = [
        entry
        for entry in hcpcs.codes()
        if not entry.ended and entry.letter in "JQ" and entry.amount and brand.lower() in entry.words.lower()
        if not re.search("tablet|capsule|by mouth|nebulizer|flush|pump", entry.words)
    ]
    if len(found) > 1:
        found = [one for one in found if ("by vein" in one.words) is vein]
    return tuple(one.code for one in found)
