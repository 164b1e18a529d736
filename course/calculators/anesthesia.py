"""Anesthesia: base units + time units + what the payer adds, times money per unit."""

from __future__ import annotations

import re
from decimal import Decimal

from course.calculators.model import Field, Option, Reader, Result, Row, Spec, added, many
from course.codesets import cpt
from course.codesets.rules import anesthesia as rule
from course.codesets.rules.common import plain

_STATUS = {
    "P1": "P1, a healthy patient",
    "P2": "P2, a mild illness",
    "P3": "P3, a severe illness",
    "P4": "P4, an illness that threatens life",
    "P5": "P5, not expected to live without the operation",
    "P6": "P6, an organ donor, brain-dead",
}
_CIRCUMSTANCES = {
    "99100": "Under 1 year or over 70 (99100)",
    "99116": "Body cooled down on purpose (99116)",
    "99135": "Blood pressure kept low on purpose (99135)",
    "99140": "Emergency (99140)",
}
_PAYERS = {
    "medicare": "Medicare: time alone, to a tenth",
    "commercial": "A payer that counts status and circumstances",
}
_ROUNDING = {
    "tenths": "Keep tenths of a unit",
    "exact": "Keep every part of a unit",
    "up": "A started unit counts whole",
    "down": "Only full units count",
    "nearest": "Round to the nearest unit",
}
_BETWEEN = re.compile(r"[\s,;]+")


def _options(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in words.items())


def _suggestions() -> tuple[Option, ...]:
    return tuple(
        Option(one.code, one.words.removeprefix("anesthesia, ").capitalize())
        for one in cpt.numbers()
        if one.base_units is not None and one.words
    )


def _fields() -> tuple[Field, ...]:
    other = ("payer", ("commercial",))
    return (
        Field(
            "text",
            "codes",
            "Anesthesia number",
            name="the anesthesia number",
            help="Several procedures under one anesthetic: all numbers, with commas between.",
            suggest=_suggestions(),
        ),
        Field("number", "minutes", "Anesthesia time", name="the time", unit="minutes", help="Start to end of care."),
        Field("choice", "payer", "Payer", options=_options(_PAYERS), wide=True),
        Field("choice", "status", "Physical status", options=_options(_STATUS), wide=True),
        Field("ticks", "circumstances", "Circumstances", options=_options(_CIRCUMSTANCES)),
        Field(
            "choice",
            "per",
            "One time unit is",
            options=tuple(Option(str(n), f"{n} minutes") for n in (15, 12, 10)),
            when=other,
        ),
        Field("choice", "rounding", "Parts of a unit", options=_options(_ROUNDING), when=other),
        Field(
            "number",
            "factor",
            "Conversion factor",
            name="the conversion factor",
            unit="dollars per unit",
            help="From the payer's contract. The one in the example is made up.",
            optional=True,
        ),
    )


def spec() -> Spec:
    return Spec(
        name="anesthesia",
        title="Anesthesia units",
        intro="Base units of the number, time units, and what the payer adds.",
        fields=_fields(),
        example={
            "codes": "00790",
            "minutes": "97",
            "payer": "commercial",
            "status": "P3",
            "circumstances": ["99140"],
            "per": "15",
            "rounding": "tenths",
            "factor": "20",
        },
        compute=compute,
        source="42 CFR 414.46; Medicare Claims Processing Manual, chapter 12, section 50; Medicare base units.",
        units_head="Minutes or units",
    )


def _bases(reader: Reader) -> dict[str, int]:
    """Number -> base units, in the order that was typed."""
    bases: dict[str, int] = {}
    for code in _BETWEEN.split(reader.text("codes")):
        if not code:
            continue
        found = cpt.get(code)
        if found is None or found.base_units is None:
            reader.fault("codes", f"{code} is no anesthesia number of this course. They begin with 00 or 01.")
        else:
            bases[found.code] = found.base_units
    return bases


def compute(reader: Reader) -> Result:
    """Units and money of one anesthetic."""
    bases = _bases(reader)
    minutes = reader.number("minutes", whole=True, positive=True, most=2880)
    payer, status, named = reader.choice("payer"), reader.choice("status"), reader.ticks("circumstances")
    factor = reader.number("factor", most=1000)
    reader.done()
    assert minutes is not None and bases
    commercial = payer == "commercial"
    per = int(reader.choice("per")) if commercial else 15
    rounding = reader.choice("rounding") if commercial else ""
    base = rule.highest_base(bases.values())
    sums = rule.units(base, minutes, status, named, payer, per=per, rounding=rounding)
    total = _short(sums.total)
    code = max(bases, key=lambda one: bases[one])
    steps = [_base_step(bases, code)]
    exact = minutes / per
    rounded = "" if exact == sums.time else f" {_short(exact)}, by this payer's rule"
    steps.append(f"{plain(minutes)} minutes \u00f7 {per} ={rounded} {_short(sums.time)} time units.")
    if commercial:
        steps.append(f"Physical status {status}: {many(sums.status, 'unit')}.")
        parts = [f"{one} adds {rule.CIRCUMSTANCE_UNITS[one]}" for one in named]
        steps += [f"Circumstances: {', '.join(parts)}."] if parts else []
    else:
        steps.append("Medicare adds nothing for the physical status or the circumstances.")
    sum_words = added([Decimal(base), Decimal(_short(sums.time)), Decimal(sums.status), Decimal(sums.circumstances)])
    steps.append(f"{sum_words} = {total} units.")
    sentence = f"{total} units"
    if factor is not None:
        money = f"{rule.charge(sums.total, factor):,}"
        steps.append(f"{total} units \u00d7 {plain(factor)} dollars = {money} dollars.")
        sentence += f", {money} dollars"
    lines = [Row(code, (status,), plain(minutes), _words(code))]
    lines += [Row(one, (), "1", _words(one)) for one in named] if commercial else []
    notes = ["The claim shows the minutes; the payer makes units of them."]
    if not commercial and named:
        notes.append("Medicare bundles the four circumstance numbers: they are not paid on top.")
    return Result(tuple(lines), tuple(steps), f"{sentence}.", tuple(notes))


def _base_step(bases: dict[str, int], code: str) -> str:
    if len(bases) == 1:
        return f"{code} has {bases[code]} base units."
    shown = ", ".join(f"{one} has {units}" for one, units in bases.items())
    return f"Base units: {shown}. The highest counts alone: {bases[code]}, with the time of all."


def _short(number: Decimal) -> str:
    """At most three decimals: 6.467."""
    return plain(round(number, 3))


def _words(code: str) -> str:
    found = cpt.get(code)
    return found.words if found else ""
