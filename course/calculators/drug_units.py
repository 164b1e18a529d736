"""Drugs: dose to billing units, vials to open, and what is thrown away."""

from __future__ import annotations

from decimal import Decimal

from course.calculators.model import Field, Option, Reader, Result, Row, Spec, added, many
from course.codesets import hcpcs
from course.codesets.hcpcs import Entry
from course.codesets.rules import drug_units as rule
from course.codesets.rules.common import RuleError, decimal, plain

OWN = "own"
#: Amounts of these are doses of a drug; others (pieces, days, miles) are not.
_MEASURES = ("mg", "mcg", "g", "ml", "unit", "mEq", "million units")
_SINGLE, _MULTI = "single", "multi"


def _drugs() -> tuple[Entry, ...]:
    """Drugs of the teaching list with an amount in their billing unit, by name."""
    known = [one for one in hcpcs.codes() if one.letter in "JQ" and one.unit in _MEASURES and not one.ended]
    return tuple(sorted((one for one in known if _amount(one)), key=lambda one: one.words.casefold()))


def _amount(one: Entry) -> Decimal | None:
    try:
        return decimal(one.amount) or None
    except RuleError:
        return None


def _measure(one: Entry) -> str:
    """mg, mcg, … and "units", as one reads an amount of several."""
    return "units" if one.unit == "unit" else one.unit


def _fields() -> tuple[Field, ...]:
    drugs = tuple(
        Option(one.code, f"{one.words} ({one.code}, {one.per or 'per'} {one.amount} {one.unit})", _measure(one))
        for one in _drugs()
    )
    single = ("container", (_SINGLE,))
    return (
        Field("choice", "drug", "Drug", options=(*drugs, Option(OWN, "Another: type its amount")), wide=True),
        Field(
            "number", "amount", "One billing unit is", name="the amount of one unit", unit="mg", when=("drug", (OWN,))
        ),
        Field("number", "dose", "Dose given", name="the dose", unit="mg", unit_of="drug"),
        Field(
            "choice",
            "container",
            "Container",
            options=(Option(_SINGLE, "Single-dose vials"), Option(_MULTI, "Multi-dose vial")),
        ),
        Field(
            "text",
            "vials",
            "Vial sizes in stock",
            name="the vial sizes",
            unit="mg",
            unit_of="drug",
            help="Several: 100; 400. Those with the least waste are opened.",
            when=single,
        ),
    )


def spec() -> Spec:
    example = "J9035" if hcpcs.get("J9035") in _drugs() else OWN
    return Spec(
        name="drug-units",
        title="Drug units, JW and JZ",
        intro="Dose divided by the amount of one unit, rounded up. Then the rest of the vial.",
        fields=_fields(),
        example={"drug": example, "amount": "10", "dose": "365", "container": _SINGLE, "vials": "100; 400"},
        compute=compute,
        source="Medicare Claims Processing Manual, chapter 17, sections 10 and 40; HCPCS Level II, January 2026.",
    )


def compute(reader: Reader) -> Result:
    """Lines for one dose of one drug."""
    code = reader.choice("drug")
    entry = hcpcs.get(code)
    amount = _amount(entry) if entry else reader.number("amount", positive=True, most=10_000_000)
    unit = _measure(entry) if entry else "mg"
    dose = reader.number("dose", positive=True, most=10_000_000)
    single = reader.choice("container") == _SINGLE
    sizes = _sizes(reader) if single else []
    reader.done()
    assert amount is not None and dose is not None
    shown = code if entry else "its code"
    steps = [f"{plain(dose)} \u00f7 {plain(amount)} {unit} = {plain(round(dose / amount, 3))}. {_up(dose, amount)}"]
    vials = rule.choose_vials(dose, sizes) if single else ()
    billed = rule.bill(code, dose, amount, vials, single_dose=single)
    if single:
        steps += _waste(billed, dose, amount, unit)
    else:
        steps.append("A multi-dose vial serves others too: no JW, no JZ, no line for what stays in it.")
    words = [f"{'-'.join((shown, *line.modifiers))} × {line.units}" for line in billed.lines]
    notes = ["JW and JZ are for single-dose containers that Medicare Part B pays separately."] if single else []
    lines = tuple(Row(shown, line.modifiers, str(line.units), _what(line.modifiers)) for line in billed.lines)
    return Result(lines, tuple(steps), f"{' and '.join(words)}.", notes=tuple(notes))


def _sizes(reader: Reader) -> list[Decimal]:
    found = []
    for part in reader.text("vials").replace(";", " ").replace(",", " ").split():
        try:
            size = decimal(part, "A vial size")
        except RuleError as error:
            reader.fault("vials", str(error))
            continue
        if not size:
            reader.fault("vials", "A vial holds more than 0.")
        found.append(size)
    return found


def _up(dose: Decimal, amount: Decimal) -> str:
    units = rule.units(dose, amount)
    return f"{many(units, 'unit')}." if dose % amount == 0 else f"Rounded up: {many(units, 'unit')}."


def _waste(billed: rule.Billed, dose: Decimal, amount: Decimal, unit: str) -> list[str]:
    opened = added(billed.vials) + (f" = {plain(billed.content)}" if len(billed.vials) > 1 else "")
    steps = [
        f"Vials with the least waste: {opened} {unit}.",
        f"Left: {plain(billed.content)} \u2212 {plain(dose)} = {plain(billed.discarded)} {unit}.",
    ]
    if billed.waste_units:
        held = int(billed.content / amount)
        steps.append(f"The vials hold {held} units; {held} \u2212 {billed.dose_units} = {billed.waste_units} with JW.")
    elif billed.discarded:
        steps.append("The rounded-up units pay for the rest already: JZ, and no second line.")
    else:
        steps.append("Nothing is thrown away: JZ.")
    return steps


def _what(modifiers: tuple[str, ...]) -> str:
    return {"JW": "thrown away", "JZ": "given, nothing billed as thrown away"}.get("".join(modifiers), "given")
