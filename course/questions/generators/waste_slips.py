"""Drugs out of vials in words: notes, rationales, and what learners slip on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import ROUND_CEILING
from typing import Any

from course.questions.generators import figures, waste_facts
from course.questions.generators.drug_facts import measured
from course.questions.generators.figures import grouped
from course.questions.generators.waste_facts import Case

#: Code, modifiers, units.
Lines = list[tuple[str, tuple[str, ...], int]]


def told(lines: Any) -> str:
    """``J9035 × 39 and J9035-JW × 1``"""
    return " and ".join(f"{'-'.join([code, *marks])} × {grouped(units)}" for code, marks, units in lines)


def key(one: Case) -> Lines:
    return [(line.code, line.modifiers, line.units) for line in one.billed.lines]


def why(one: Case) -> str:
    drug, given, billed = one.drug, one.given, one.billed
    dose = measured(given.dose, drug.unit)
    said = f"The dose was {dose}. "
    if given.rate:
        said = f"{measured(given.rate, drug.unit)}/kg × {given.weight} kg = {dose}. "
    up = "" if given.dose / drug.amount == billed.dose_units else ", rounded up"
    said += f"One billing unit is {drug.one_unit}, so the dose makes {grouped(billed.dose_units)}{up}. "
    result = f"**{told(key(one))}**"
    if one.sort == "multi":
        return f"{said}The vial serves many patients: {result}, no JW, no JZ."
    held = measured(billed.content, drug.unit)
    if one.sort == "waste":
        hold, left = int(billed.content / drug.amount), figures.counted(billed.waste_units, "whole unit")
        return f"{said}The vials held {held}, which is {grouped(hold)}, so {left} went away: {result}."
    if one.sort == "covered":
        paid = measured(billed.dose_units * drug.amount, drug.unit)
        return (
            f"{said}The vials held {held}, and the units of the dose pay for {paid}. The {waste_facts.left(one)} that "
            "went away lie inside the last unit, which is billed whole. JW is for whole units alone, so none is due, "
            f"and JZ tells that no waste is billed: {result}. The chart still shows what was left."
        )
    return f"{said}The vials held {held}, so nothing was left: {result}."


def line(rng: random.Random, one: Case, level: int) -> str:
    """What the chart says of one drug."""
    text = f"{waste_facts.name(one)} {waste_facts.dose(rng, one)}"
    mark = "; " if level == 3 else ". "
    if one.sort == "multi":
        vial = f"multi-dose vial of {waste_facts.amount(one, one.stock)}"
        return f"{text}{mark}{vial}, {rng.choice(('rest kept', 'dated and kept', 'back to the cabinet'))}"
    if level == 3 and rng.random() < 0.6:
        text += f"{mark}pharmacy used {waste_facts.logged(one)}, single dose"
        text += f"; {waste_facts.left(one)} wasted, witnessed" if one.billed.discarded else "; none left"
        return text
    text += f"{mark}{'SDV' if level == 3 else 'Single-dose'}, {waste_facts.opened(one)} opened"
    if not one.billed.discarded:
        return text + rng.choice((f"{mark}nothing left", "")) if level == 3 else f"{text}."
    amount = waste_facts.left(one)
    said = rng.choice((f"{amount} wasted", f"{amount} discarded, two initials", "rest discarded"))
    return f"{text}{mark}{said[0].upper() + said[1:] if level == 2 else said}{'.' if level == 2 else ''}"


def slips(one: Case) -> Iterator[tuple[Lines, str]]:
    """Wrong claims, the likeliest first."""
    billed, code, amount = one.billed, one.drug.code, one.drug.amount
    own, waste = billed.dose_units, billed.waste_units
    hold = int((billed.content / amount).to_integral_value(ROUND_CEILING))
    over = int((billed.discarded / amount).to_integral_value(ROUND_CEILING))
    down = int(one.given.dose / amount)
    if waste:
        yield (
            [(code, ("JZ",), own)],
            "JZ says that nothing was left to bill. Whole units of this vial were thrown away.",
        )
        if over != waste:
            yield [(code, (), own), (code, ("JW",), over)], "Together that is more than the vials hold."
        yield [(code, ("JW",), hold)], "JW is for the part that was thrown away. The dose has a line without it."
        yield (
            [(code, ("JZ",), own), (code, ("JW",), waste)],
            "One claim cannot say that nothing and that something was left.",
        )
        yield [(code, ("JZ",), hold)], "That bills the vials as if the patient had got it all."
        return
    if over:
        yield (
            [(code, (), own), (code, ("JW",), over)],
            "What was left lies inside the last unit of the dose, billed whole. JW is for whole units beyond.",
        )
    if 0 < down < own:
        yield (
            [(code, (), down), (code, ("JW",), 1)],
            "The last part of the dose is a unit of the dose, not of the waste.",
        )
    yield (
        [(code, (), own)],
        "Medicare wants a sign on every line out of a single-dose vial, also when no waste is billed: JZ.",
    )
    yield [(code, ("JW",), own)], "JW is for drug that was thrown away. This was given."
    yield [(code, (), own), (code, ("JW",), 1)], "There is no whole unit left for a second line."
    if hold != own:
        yield [(code, ("JZ",), hold)], "Count the dose, not the vials."
    yield [(code, ("JZ",), own + 1)], "One unit too many. Divide again."


def reasons(one: Case) -> dict[str, str]:
    """Slips of modifiers and units on the lines of one drug."""
    code, billed, amount = one.drug.code, one.billed, one.drug.amount
    own, waste = billed.dose_units, billed.waste_units
    hold = int((billed.content / amount).to_integral_value(ROUND_CEILING))
    over = int((billed.discarded / amount).to_integral_value(ROUND_CEILING))
    out: dict[str, str] = {}
    if one.sort == "multi":
        for mark in ("JW", "JZ"):
            out[f"{code}-{mark}"] = "JW and JZ are for containers meant for one patient. Read the kind of vial."
    elif waste:
        out[f"{code}-JZ"] = "Compare what the vials hold with the dose. Is a whole unit left?"
        out[f"{code}+JW"] = "What was thrown away has a line of its own, and a sign that says so."
        out[f"{code} x{hold}"] = "All that the vials hold. What was given and what was not have a line each."
        out[f"{code} x{over}"] = "With the units of the dose that is more than the vials hold."
    else:
        out[f"{code}-JW"] = (
            "The rest is smaller than a unit. Look at what the last unit of the dose, billed whole, already pays for."
            if one.sort == "covered"
            else "Dose and vials come to the same. What would be left?"
        )
        out[f"{code}+JZ"] = "Single-dose vials and Medicare: the line has to say that no rest is billed."
        out[f"{code} x{hold}"] = "Count the dose, not the vials."
    out.setdefault(f"{code} x{int(one.given.dose / amount) or 1}", "Any part of a unit is a whole unit.")
    if one.given.dose == int(one.given.dose):
        out.setdefault(f"{code} x{int(one.given.dose)}", "That is the dose as charted. How much is one billing unit?")
    out.setdefault(f"{code} x{max(1, len(one.vials))}", "That counts vials. The code counts drug.")
    right = {f"{code} x{units}" for units in (own, waste)}
    return {slip: why for slip, why in out.items() if slip not in right and int(slip.partition(" x")[2] or 1) <= 9999}
