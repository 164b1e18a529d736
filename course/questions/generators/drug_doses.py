"""Drug doses to billing units: measures, volumes, doses by weight, and always a whole unit more."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from course.codesets import hcpcs
from course.codesets.rules import drug_units
from course.questions.generators import drug_facts, drug_reading, figures, scenes, services
from course.questions.generators.drug_facts import Drug, Given
from course.questions.generators.figures import grouped
from course.questions.kinds.number import NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "turn a charted dose into billing units"
DOMAINS = ("CPC: HCPCS Level II",)
_HINTS = (
    "How much drug went into the patient, in the measure of the code? Containers, needles and days do not count.",
    "Divide the dose by the amount of one unit. Any rest makes one unit more.",
)
NOISE = (
    "Allergies: NKDA.",
    "Tolerated well, watched for 20 minutes.",
    "Home meds: lisinopril 10 mg by mouth.",
    "Lot and expiration on file.",
    "Five rights checked.",
    "Site clean, no redness.",
    "Consent on file.",
    "Next visit made at the desk.",
)
#: What fits a hospital, where nobody is sent home after a shot.
_WARD = ("Allergies: NKDA.", "Lot and expiration on file.", "Five rights checked.", "Second nurse checked the dose.")
_VISITS = ("Seen for treatment today", "Nurse visit, orders on file", "Treatment room")
_SITES = {"IM": ("IM", "IM, gluteal"), "SC": ("SC", "SC, abdomen", "SC, thigh")}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the dose in the measure of the code. Level 2: another measure, a volume, or a dose by weight. Level 3: a
    note that names drugs alone; code and amount have to be looked up."""

    def one() -> Any:
        if level == 3:
            return _claim(rng, codes)
        return _second(rng, codes) if level == 2 else _first(rng, codes)

    return services.again(one)


# -- law ------------------------------------------------------------------------------------------------------------


def law(item: Any, codes: CodeSet) -> bool:
    """Units counted up until they hold the dose of the text, in exact fractions; at level 3 the code is the one whose
    words have the name."""
    if item.kind == "service_lines":
        due = []
        names = sorted({one.name for one in drug_facts.drugs()}, key=len, reverse=True)
        for line in item.note.split("\n"):
            name = next((one for one in names if line.lower().startswith(one.lower() + " ")), "")
            if name:
                brand = next(one.brand for one in drug_facts.drugs() if one.name == name)
                found = drug_reading.named(brand, " IV" in line)
                if len(found) != 1:
                    return False
                entry = hcpcs.get(found[0])
                assert entry is not None
                due.append(
                    (found[0], (), drug_reading.count(drug_reading.dose(line, entry.unit), Fraction(entry.amount)))
                )
        return sorted(services.claimed(item)) == sorted(due)
    told = re.search(r"unit of \w\d{4} is (?:up to )?([\d.,]+) (\w+)", item.stem)
    assert told is not None
    unit = {"units": "unit", "mL": "ml"}.get(told[2], told[2])
    name = next(one.name for one in drug_facts.drugs() if one.code in item.stem).lower()
    told_dose = item.note[item.note.lower().index(name) :].split(". ")[0]
    if "kg" in item.note:
        told_dose = item.note
    units = drug_reading.count(drug_reading.dose(told_dose, unit), Fraction(told[1].replace(",", "")))
    if item.kind == "single_choice":
        return services.marked(item) == grouped(units)
    return isinstance(item.answer, NumberKey) and item.answer.value == units


# -- items ----------------------------------------------------------------------------------------------------------


def _route(rng: random.Random, drug: Drug) -> str:
    return rng.choice(_SITES.get(drug.route, (drug.route,)))


def _shared(*found: Drug) -> dict[str, Any]:
    return {
        "slug": "drug-units",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": (
            services.hcpcs_codes(", ".join(sorted(one.code for one in found))),
            services.claims_manual(17, "10"),
        ),
    }


def _slips(one: Given, written: Decimal, unit: str) -> list[tuple[int, str]]:
    """Wrong units, the likeliest first. ``written``: the figure in the chart, in the measure ``unit``."""
    drug, dose, units = one.drug, one.dose, one.units
    exact = dose / drug.amount
    size = drug.one_unit.removeprefix("up to ")
    out: list[tuple[int, str]] = []
    if written == int(written):
        out.append((int(written), f"That is the figure of the dose. One unit is {size}."))
    out.append((int(exact), "A part of a unit is rounded up, not cut off."))
    out.append((int(exact + Decimal("0.5")), "Not to the nearest unit: any part of one is rounded up."))
    out.append((1, f"One dose, but one *billing unit* is {size}. How often does it fit?"))
    if one.rate and one.rate == int(one.rate):
        out.append((drug.units(one.rate), "That is the dose for one kilogram."))
    for vial in drug.vials[-1:]:
        holders = drug_units.units(dose, vial)
        out.append((holders, "That counts containers. The code counts drug."))
        out.append((drug.units(holders * vial), "That is what the containers hold. Here what was given counts."))
    rest = "" if exact == units else ": the rest was rounded up already"
    out.append((units + 1, f"One too many{rest}. Divide again."))
    out.append((units * 10, "A zero too many. Write both amounts in one measure, then divide."))
    out.append((-(-units // 10), "A zero too few. Write both amounts in one measure, then divide."))
    if drug.amount == int(drug.amount):
        out.append((int(drug.amount), "That is the size of one unit. Divide the dose by it."))
    out.append((units * 2, "Twice too many. Divide the dose by the amount of one unit."))
    return [(value, why) for value, why in out if 0 < value != units and value < 10**4]


def _why(one: Given) -> str:
    """The sum of a rationale."""
    drug, exact = one.drug, one.dose / one.drug.amount
    said = ""
    if one.rate:
        said = f"{measured(one.rate, drug)}/kg × {one.weight} kg = {measured(one.dose, drug)}. "
    shown = figures.rounded(exact, 2)
    result = f"{measured(one.dose, drug)} ÷ {measured(drug.amount, drug)} = {grouped(shown)}"
    end = "" if exact == one.units else f", rounded up to **{grouped(one.units)}**"
    if exact == one.units:
        result = result.replace(f"= {grouped(shown)}", f"= **{grouped(one.units)}**")
    return f"{said}{result}{end}."


def measured(amount: Decimal, drug: Drug) -> str:
    return drug_facts.measured(amount, drug.unit)


def _asked(drug: Drug) -> str:
    return f"One unit of {drug.code} is {drug.one_unit}. How many **units** does the claim show for this dose?"


def _first(rng: random.Random, codes: CodeSet) -> Any:
    drug = rng.choice(drug_facts.drugs())
    one = drug_facts.given(rng, drug, False)
    if one is None or not one.plausible or ((one.units == 1 or drug.amount == 1) and rng.random() < 0.8):
        return None
    name = scenes.capital(drug.name)
    note = f"{drug_facts.patient(rng, one, 1)}. {name} {measured(one.dose, drug)} {_route(rng, drug)}."
    slips = _slips(one, one.dose, drug.unit)
    rest: dict[str, Any] = {
        "title": "Dose to units",
        "stem": _asked(drug),
        "note": note,
        "rationale": _why(one),
        **_shared(drug),
    }
    if rng.random() < 0.5:
        return figures.number(codes, 1, DOMAINS, one.units, "units", slips, **rest)
    wrong = [(grouped(value), why) for value, why in slips]
    return services.choice(rng, codes, 1, DOMAINS, (grouped(one.units), "Dose over amount, rounded up."), wrong, **rest)


def _second(rng: random.Random, codes: CodeSet) -> Any:
    way = rng.choice(("weight", "volume", "volume", "measure", "measure"))
    drug = rng.choice([one for one in drug_facts.drugs() if way != "weight" or one.rates])
    if way == "volume" and not drug.strengths:
        return None
    one = drug_facts.given(rng, drug, way == "weight")
    if one is None or not one.plausible or (way == "measure" and one.rate):
        return None
    name = scenes.capital(drug.name)
    if way == "weight":
        told = f"{name} {measured(one.rate, drug)}/kg {_route(rng, drug)}. Weight {one.weight} kg"
        pounds = int(one.weight * Decimal("2.2046") + Decimal("0.5"))
        told += f" ({pounds} lb)" if rng.random() < 0.5 else ""
        written = one.dose
    elif way == "volume":
        strength = rng.choice(drug.strengths)
        volume = one.dose / strength
        if volume != figures.rounded(volume, 2) or volume > 60 or volume == 1:
            return None
        told = f"{name}, {measured(strength, drug)}/mL, {grouped(volume)} mL given {_route(rng, drug)}"
        written = volume
    else:
        if not drug_facts.convertible(one.dose, drug.unit):
            return None
        text = drug_facts.charted(rng, one.dose, drug.unit, other=True)
        told, written = f"{name} {text} {_route(rng, drug)}", Decimal(text.split()[0].replace(",", ""))
        if text == measured(one.dose, drug):
            return None
    lines = [f"{drug_facts.patient(rng, one, 2)}.", f"{told}."]
    return figures.number(
        codes, 2, DOMAINS, one.units, "units", _slips(one, written, drug.unit),
        title={"weight": "A dose by the kilogram", "volume": "Milliliters to units"}.get(way, "Another measure"),
        stem=_asked(drug),
        note=f"{drug_facts.day(rng)}. {services.chart(rng, lines, NOISE if drug.office else _WARD, 1, 2)}",
        rationale=_measure_words(way, one, told) + _why(one),
        **_shared(drug),
    )  # fmt: skip


def _measure_words(way: str, one: Given, told: str) -> str:
    if way == "weight":
        return ""
    if way == "volume":
        strength, volume = re.findall(r"([\d.,]+) \w+/mL, ([\d.]+) mL", told)[0]
        return f"{volume} mL at {strength} {one.drug.unit} in each mL are {measured(one.dose, one.drug)}. "
    found = re.search(drug_reading.FIGURE, told)
    assert found is not None
    return f"{found[0]} are {measured(one.dose, one.drug)}. "


def _claim(rng: random.Random, codes: CodeSet) -> Any:
    """One or two drugs by name."""
    able = [
        one for one in drug_facts.drugs() if one.route not in ("inhaled", "by mouth") and one.office and _typed(one)
    ]
    main = rng.choice(able)
    if main.amount == 1 and not main.rates and rng.random() < 0.7:
        return None
    first = drug_facts.given(rng, main, bool(main.rates) and rng.random() < 0.7)
    if first is None:
        return None
    doses: list[Given | None] = [first]
    beside = drug_facts.company(rng, first)
    if not beside and rng.random() < 0.45:
        return None
    if beside and _typed(beside[0]) and rng.random() < 0.8:
        doses.insert(0, drug_facts.given(rng, beside[0], None, beside[1]))
    if any(one is None or not one.plausible for one in doses):
        return None
    lines = [f"{drug_facts.patient(rng, first, 3)}. {drug_facts.day(rng)}. {rng.choice(_VISITS)}."]
    reasons: dict[str, str] = {}
    weight = next((one.weight for one in doses if one and one.weight), 0)
    found: list[Given] = []
    for one in doses:
        assert one is not None
        if one.rate:
            one = one._replace(weight=weight, dose=one.rate * weight)
        drug = one.drug
        text = f"{measured(one.rate, drug)}/kg, wt {weight} kg," if one.rate else drug_facts.charted(
            rng, one.dose, drug.unit, other=rng.random() < 0.6
        )  # fmt: skip
        lines.append(f"{scenes.capital(drug.name)} {text} {_route(rng, drug)}")
        written = one.dose if one.rate else Decimal(text.split()[0].replace(",", ""))
        for value, why in _slips(one, written, drug.unit)[:5]:
            reasons.setdefault(f"{drug.code} x{value}", why)
        found.append(one)
    if any(not one.plausible for one in found):
        return None
    reasons |= {"J3490": "That is for a drug without a code of its own. This one has one."}
    reasons |= {family: "The giving is billed already." for family in ("963*", "964*")}
    return services.claim(
        codes, 3, DOMAINS, [services.line(one.drug.code, units=one.units) for one in found],
        asks=("units",),
        title="Drug lines from a note" if len(found) > 1 else "A drug line from a note",
        stem="Physician office. Look up by name what was given, with the codes of that date, and enter the drug lines "
        "with **units**. The payer takes no drug modifiers; the giving is billed already.",
        note="\n".join(_mixed(rng, lines)),
        reasons=reasons,
        rationale=" ".join(
            f"**{one.drug.code}**, one unit is {one.drug.one_unit}: {_why(one)}" for one in found
        ),
        **_shared(*(one.drug for one in found)),
    )  # fmt: skip


def _mixed(rng: random.Random, lines: list[str]) -> list[str]:
    out = list(lines)
    for extra in rng.sample(NOISE, 3):
        out.insert(rng.randint(1, len(out)), extra)
    return out


def _typed(drug: Drug) -> bool:
    """Whether the name leads to this code and no other."""
    return drug.code[0] in "JQ" and drug_reading.named(drug.brand, drug.route == "IV") == (drug.code,)
