"""Single-dose vials: the dose, what was thrown away, and the lines with JW or JZ."""

from __future__ import annotations

import random
import re
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from course.codesets import hcpcs
from course.questions.base import Source
from course.questions.generators import common, drug_facts, drug_reading, figures, services, waste_facts, waste_slips
from course.questions.generators.waste_facts import Case
from course.questions.kinds.number import NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "bill what was given and what was left in the vial"
DOMAINS = ("CPC: HCPCS Level II",)
_HINTS = (
    "First the dose: divide by the amount of one unit and round up. Then the vials: how many whole units do they hold?",
    "A whole unit left over has a line of its own. A rest inside the last unit, rounded up, is paid with it; then, as "
    "when nothing is left, the one line says so. A vial for many patients takes neither.",
)
_NOISE = (
    "Allergies: NKDA.",
    "Tolerated well, watched for 30 minutes.",
    "Lot and expiration on file.",
    "Consent on file.",
    "Two nurses checked the label.",
    "Labs of this morning reviewed.",
)
#: What is drawn, by how often (see ``waste_facts.Case.sort``).
_SORTS = ("waste",) * 5 + ("covered",) * 3 + ("exact",) * 2
_SORTS_3 = ("waste",) * 8 + ("covered",) * 5 + ("exact",) * 2 + ("multi",) * 3
_NOISE_VEIN = (
    "Overfill beyond the label went out with the vial.",
    "Port flushed, good return.",
    "Next visit made at the desk.",
)
_PLACES = ("Office, treatment room", "Physician office", "Office visit for treatment")
_PAYER = "Physician office, Medicare Part B; the drug is paid on its own."


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one drug, the amount of its unit told. Level 2: the lines of one drug; the amount is to be looked up.
    Level 3: a note with drugs by name, the pharmacy's log, doses by weight, and vials for many patients."""

    sort = rng.choice(_SORTS if level < 3 else _SORTS_3)

    def one() -> Any:
        if level == 1:
            found = waste_facts.case(rng, sort)
            return found and _first(rng, codes, found)
        if level == 2:
            found = waste_facts.case(rng, sort, rng.random() < 0.4 or None)
            return found and _lines(rng, codes, 2, [found])
        found = waste_facts.case(rng, sort, rng.random() < 0.7 or None, named=True)
        second = waste_facts.beside(rng, found) if found and rng.random() < 0.8 else None
        if not second and rng.random() < 0.4:
            return None
        return found and _lines(rng, codes, 3, [found, second] if second else [found])

    return services.again(one)


# -- law ------------------------------------------------------------------------------------------------------------

_VIALS = re.compile(rf"(\d+) (?:vials? of|x) {drug_reading.FIGURE}")


def law(item: Any, codes: CodeSet) -> bool:
    """Units of the dose counted one by one, then further ones as long as the vials hold a whole one more. What is told
    as thrown away must be what the vials held beyond the dose."""
    due: list[tuple[str, tuple[str, ...], int]] = []
    told = re.search(r"\b[JQ]\d{4}\b", item.stem)
    if told:
        due = _due(told[0], item.note)
    else:
        names = sorted({one.name for one in drug_facts.drugs()}, key=len, reverse=True)
        for line in item.note.split("\n"):
            name = next((one for one in names if line.lower().startswith(one.lower() + " ")), "")
            if name:
                brand = next(one.brand for one in drug_facts.drugs() if one.name == name)
                found = drug_reading.named(brand, " IV" in line)
                if len(found) != 1:
                    return False
                due += _due(found[0], line)
    if not due:
        return False
    if item.kind == "number":
        own = next(units for _, marks, units in due if marks != ("JW",))
        waste = sum(units for _, marks, units in due if marks == ("JW",))
        right = waste if "thrown away" in item.stem else own
        return isinstance(item.answer, NumberKey) and item.answer.value == right > 0
    if item.kind == "single_choice":
        return services.marked(item) == waste_slips.told(due)
    return item.kind == "service_lines" and sorted(services.claimed(item)) == sorted(due)


def _due(code: str, text: str) -> list[tuple[str, tuple[str, ...], int]]:
    """The lines of one drug, from the text that tells of it."""
    entry = hcpcs.get(code)
    assert entry is not None
    amount = Fraction(entry.amount)
    dose = drug_reading.dose(text, entry.unit)
    own = drug_reading.count(dose, amount)
    if "multi-dose" in text:
        return [(code, (), own)]
    content = sum((int(n) * _amount(one, entry.unit) for n, *one in _VIALS.findall(text)), Fraction(0))
    thrown = re.search(rf"{drug_reading.FIGURE} (?:thrown away|discarded|wasted)", text)
    if content < dose or (thrown and _amount(thrown.groups(), entry.unit) != content - dose):
        return []
    waste = 0
    while (own + waste + 1) * amount <= content:
        waste += 1
    return [(code, (), own), (code, ("JW",), waste)] if waste else [(code, ("JZ",), own)]


def _amount(found: Any, unit: str) -> Fraction:
    """An amount as written, in the measure of the code."""
    figure, million, measure = found
    return Fraction(figure.replace(",", "")) * (1000000 if million else 1) * drug_reading.MEASURES[measure][unit]


# -- items ----------------------------------------------------------------------------------------------------------


def _shared(*found: Case) -> dict[str, Any]:
    return {
        "slug": "jw-jz",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "rationale": " ".join(waste_slips.why(one) for one in found),
        "sources": (
            services.hcpcs_codes(f"{', '.join(sorted(one.drug.code for one in found))}, modifiers JW and JZ"),
            services.claims_manual(17, "40"),
            Source(
                ref="CMS, discarded drugs and biologicals: JW and JZ policy, frequently asked questions",
                edition="2023",
                checked=common.CHECKED,
            ),
        ),
    }


def _first(rng: random.Random, codes: CodeSet, one: Case) -> Any:
    one = one._replace(given=one.given._replace(rate=Decimal(0)))  # the dose is told worked out
    drug, billed = one.drug, one.billed
    unit = f"One billing unit of {drug.code} is {drug.one_unit}."
    note = f"{drug_facts.patient(rng, one.given, 1, 'medicare')}. "
    note += f"{waste_facts.name(one)} {waste_facts.dose(rng, one)}. "
    note += f"Opened: {waste_facts.opened(one)}, single-dose. "
    thrown = rng.choice(("thrown away", "discarded", "wasted"))
    note += f"{waste_facts.left(one)} {thrown}." if billed.discarded else "All of it was given."
    rest: dict[str, Any] = {"title": "Given and thrown away", "note": note, **_shared(one)}
    if billed.waste_units and rng.random() < 0.4:
        hold = int(billed.content / drug.amount)
        over = int((billed.discarded / drug.amount).to_integral_value(ROUND_CEILING))
        slips = [
            (over, "With the units of the dose that would be more than the vials hold."),
            (billed.dose_units, "Those are the units of the dose."),
            (hold, "Those are all units of the vials."),
            (int(billed.discarded), "That is what was thrown away, as charted. How much is one billing unit?"),
            (len(one.vials), "That counts vials. The code counts drug."),
            (billed.waste_units + 1, "One more than the vials hold beside the dose."),
        ]
        stem = f"{_PAYER} {unit} How many **units** stand on the line for what was thrown away?"
        return figures.number(codes, 1, DOMAINS, billed.waste_units, "units", slips, stem=stem, **rest)
    wrong = [(waste_slips.told(lines), why) for lines, why in waste_slips.slips(one)]
    right = {
        "waste": "The dose on one line, the whole units that were left on another.",
        "covered": "The rest lies inside the last unit, which is rounded up and billed whole: no JW, but JZ.",
        "exact": "The vials were emptied, and the line says so.",
    }[one.sort]
    return services.choice(
        rng,
        codes,
        1,
        DOMAINS,
        (waste_slips.told(waste_slips.key(one)), right),
        wrong,
        stem=f"{_PAYER} {unit} Which lines are right?",
        **rest,
    )


def _lines(rng: random.Random, codes: CodeSet, level: int, some: list[Case]) -> Any:
    main = some[0]
    weight = main.given.weight
    if any(one.given.weight not in (0, weight) for one in some[1:]):
        return None
    vein = main.drug.route == "IV"
    place = rng.choice((*_PLACES, "Infusion room of the practice") if vein else _PLACES)
    noise = (*_NOISE, *_NOISE_VEIN) if vein else _NOISE
    head = f"{place}, {drug_facts.day(rng)}. {drug_facts.patient(rng, main.given, level, 'medicare')}."
    told = [waste_slips.line(rng, one, level) for one in reversed(some)]
    note = services.chart(rng, [head, *told], noise, 1 if level == 2 else 3, level)
    lines = [services.line(code, *marks, units=units) for one in some for code, marks, units in waste_slips.key(one)]
    reasons: dict[str, str] = {}
    for one in some:
        reasons |= waste_slips.reasons(one)
    if level == 2:
        stem = f"{_PAYER} Look **{main.drug.code}** up and enter its lines with **modifiers** and **units**."
    else:
        drugs = "the drug" if len(some) == 1 else "each drug"
        stem = (
            f"Physician office, Medicare Part B; drugs are paid on their own. Enter the lines for {drugs}, with "
            "**modifiers** and **units**. The giving is billed already."
        )
        reasons["J3490"] = "That is for a drug without a code of its own. Look the name up."
        reasons |= {family: "The giving is billed already." for family in ("963*", "964*")}
    return services.claim(
        codes, level, DOMAINS, lines,
        asks=("modifiers", "units"),
        title="The rest of the vial" if level == 2 else "Drugs of a visit, and what was left of them",
        stem=stem,
        note=note,
        reasons=reasons,
        **_shared(*some),
    )  # fmt: skip
