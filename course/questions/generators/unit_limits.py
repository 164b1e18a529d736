"""Medically unlikely edits: are these units plausible, and what happens when they are not?"""

from __future__ import annotations

import csv
import random
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from course.codesets import cpt, hcpcs
from course.paths import data_dir
from course.questions.generators import common, drug_facts, figures, services

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.base import Source

OBJECTIVE = "judge units of service against a medically unlikely edit"
DOMAINS = ("CPC: Coding guidelines", "CPC: HCPCS Level II")
#: The verdicts, by what decides them.
WITHIN = "Plausible: the day's units are within the limit"
FIRM = "Too many for the day: denied, and firm, since the limit rests on policy or anatomy"
OPEN = "Too many for the day: denied, but the record may carry an appeal"
SPLIT = "Too many on one line: two lines with a fitting modifier would each pass"
#: What Medicare's patients, nearly all of them old, do not have.
_CHILD = re.compile(
    r"newborn|child|below six|under five|18 years|chickenpox|rubella|birth|pregnan|miscarriage|semen|sperm"
)
#: Drugs that patients inject themselves or swallow.
_AT_HOME = ("J1438", "J3030", "J8540", "J8610", "J8700")
_HINTS = (
    "Add up the day. Then look the code up: how many units does its edit allow, and of which kind is the edit?",
    "Kind 2 rests on policy or on anatomy. Kind 3 rests on what is usual, and what is usual has exceptions.",
)
_VISITS = ("Professional claim", "Claim of the practice", "Claim of the group")
_NOISE = (
    "Copay collected.",
    "The patient has secondary insurance.",
    "Claim typed by a temp.",
    "Diagnosis linked, accepted.",
    "Last year's claim had one unit.",
    "NPI and taxonomy on file.",
    "Claim sent the same day.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the limit is told. Level 2: it is to be looked up, and the units may stand on two lines. Level 3: a
    claim with lines of no matter, or a dose that was typed as units."""

    def one() -> Any:
        if level == 3 and rng.random() < 0.5:
            return _dose(rng, codes)
        return _verdict(rng, codes, level)

    return services.again(one)


@cache
def _pool() -> tuple[tuple[str, int, str, str], ...]:
    """(code, limit, kind, our words) of what the course has words for."""
    grown = (one for one in cpt.numbers() if one.words and not one.addon and not _CHILD.search(one.words))
    numbers = [(one.code, one.mue, one.mai, one.words) for one in grown]
    return tuple((code, most, kind, words) for code, most, kind, words in numbers if most and kind in "23")


@cache
def _drugs() -> tuple[tuple[hcpcs.Entry, drug_facts.Drug], ...]:
    """Drugs of an office counted by milligrams or micrograms, with their usual doses, of which a dose typed as units
    would break the edit; none that patients give themselves."""
    found = []
    for drug in drug_facts.drugs():
        entry = hcpcs.get(drug.code)
        ages = [int(age) for age in re.findall(r"\d+", drug.who)]
        if entry and drug.unit in ("mg", "mcg") and drug.amount > 1 and 0 < drug.most < 60 and drug.code[0] == "J":
            if drug.office and drug.doses and drug.code not in _AT_HOME and (not ages or ages[1] >= 65):
                found.append((entry, drug))
    return tuple(found)


def _twice(code: str) -> str:
    """The modifier of a second line on one date, as a claim would have it; "" for visits, which have none."""
    if code.startswith("99"):
        return ""
    return "91" if code.startswith("8") else "76" if code.startswith("7") else "59"


def _verdict(rng: random.Random, codes: CodeSet, level: int) -> Any:
    code, most, kind, words = rng.choice(_pool())
    if most > 12:
        return None
    over = rng.random() < 0.7
    total = most + rng.randint(1, max(1, min(3, most))) if over else rng.randint(max(1, most - 2), most)
    mark = _twice(code)
    two = level > 1 and total > 1 and bool(mark) and rng.random() < 0.6
    first = rng.randint(1, total - 1) if two else total
    lines = [f"{code} x{first}"] + ([f"{code}-{mark} x{total - first}"] if two else [])
    key = WITHIN if total <= most else OPEN if kind == "3" else FIRM
    sums = f"{first} + {total - first} = {total}" if two else f"{total}"
    compare = f"{sums} against {most}"
    whys = {
        WITHIN: f"The edit allows {most} for a patient, provider and date; the claim has {compare}.",
        FIRM: f"Kind {kind}, and {compare}. Kind 2 is firm; kind 3 follows what is usual.",
        OPEN: f"Kind {kind}, and {compare}. Kind 3 leaves room for a record; kind 2 does not.",
        SPLIT: f"Only kind 1 looks at each line. This is kind {kind}: the day is added up, {compare}.",
    }
    if key == WITHIN:
        whys |= {FIRM: f"Kind {kind}, and {compare}: that is not over the limit.",
                 OPEN: f"Kind {kind}, and {compare}: there is nothing to appeal."}  # fmt: skip
    told = f" Its edit allows **{most}**, kind **{kind}**." if level == 1 else " Look its limit and kind up."
    note = services.chart(
        rng, [f"{rng.choice(_VISITS)}, one date, one provider.", *lines], _NOISE, 2 if level == 3 else 0, 3
    )
    return services.choice(
        rng, codes, level, DOMAINS,
        (key, whys[key]),
        [(text, whys[text]) for text in (WITHIN, OPEN, FIRM, SPLIT)],
        slug="mue-plausible",
        title="Units and their limit",
        stem=f"Medicare, unit edits of July 2024. In our words **{code}** is: {words}.{told} What do you say to the "
        "units of this claim?",
        note=note,
        rationale=_why(code, most, kind, total, two),
        hints=_HINTS if level > 1 else _HINTS[1:],
        objective=OBJECTIVE,
        sources=_sources(code),
    )  # fmt: skip


def _why(code: str, most: int, kind: str, total: int, two: bool) -> str:
    said = (
        f"The edit of {code} allows **{most}** for one patient, one provider and one date, and it is of kind {kind}. "
    )
    added = f"Both lines together have {total}" if two else f"The claim has {total}"
    if total <= most:
        return f"{said}{added}: within the limit. That makes the units plausible, not right; the record decides."
    number = cpt.get(code)
    sides = " If it was both sides, Medicare takes one line with 50 and one unit."
    said += f"{added}. Kind {kind} adds up the day and "
    if kind == "2":
        said += "is **firm**: policy or anatomy leaves no exception. Look for a slip."
    else:
        said += "rests on what is usual: a **record** that shows the need can carry an appeal."
    return said + (sides if most == 1 and total == 2 and number is not None and number.bilateral == "1" else "")


def _dose(rng: random.Random, codes: CodeSet) -> Any:
    drug, usual = rng.choice(_drugs())
    amount = Decimal(drug.amount)
    one = drug_facts.given(rng, usual, False)
    if one is None:
        return None
    dose, typed, units = one.dose, int(one.dose), one.units
    if dose != typed or typed <= (drug.mue or 0) or units > (drug.mue or 0) or typed < 2:
        return None
    lines = [
        f"{rng.choice(_VISITS)}, {drug_facts.day(rng)}, for {one.reason}.",
        f"Given: {drug.words.split(',')[0]}, {figures.grouped(dose)} {drug.unit}.",
        f"Claim line: {drug.code} x{typed}. Stopped by the unit edit ({drug.mue} allowed).",
    ]
    slips = [
        (typed, f"That is the dose in {drug.unit}. How much does one unit stand for?"),
        (drug.mue or 0, "That is the limit. A limit is not a target."),
        (int(dose // amount), "A part of a unit counts as a whole one."),
        (units + 1, f"{units} units already hold the dose."),
        (1, f"One unit is {figures.grouped(amount)} {drug.unit}. The dose was more."),
    ]
    return figures.number(
        codes, 3, DOMAINS, units, "units", slips,
        slug="mue-plausible",
        title="A dose typed as units",
        stem="Medicare, unit edits of July 2024. The line was stopped. How many **units** should it have had? Look up "
        f"what one unit of {drug.code} is.",
        note=services.chart(rng, lines, _NOISE, 2, 3),
        rationale=f"One unit of {drug.code} is {figures.grouped(amount)} {drug.unit}. {figures.grouped(dose)} ÷ "
        f"{figures.grouped(amount)}, rounded up, makes **{units}**. The edit caught a dose that was typed as "
        "units, the commonest slip of all.",
        hints=("Open the code: what does one unit stand for?", "Dose divided by the amount of one unit, rounded up."),
        objective=OBJECTIVE,
        sources=_sources(drug.code),
    )  # fmt: skip


def _sources(code: str) -> tuple[Source, ...]:
    from course.questions.base import Source

    edits = Source(
        ref=f"Medicare medically unlikely edits, practitioner, {code}", edition="July 2024", checked=common.CHECKED
    )
    return (edits, services.ncci(1))


@cache
def _table() -> dict[str, dict[str, str]]:
    found = {}
    for name in ("cpt.csv", "hcpcs.csv"):
        with (data_dir() / "codesets" / name).open(encoding="utf-8", newline="") as lines:
            found.update({row["code"]: row for row in csv.DictReader(lines)})
    return found


def law(item: Any, codes: CodeSet) -> bool:
    """The lines of the note, read back and counted one by one against the table itself."""
    note = item.note or ""
    if item.kind == "number":
        line = re.search(r"Claim line: (\w{5}) x(\d+)", note)
        given = re.search(r", ([\d,]+) m", note)
        if line is None or given is None:
            return False
        row = _table()[line[1]]
        left, units = Decimal(given[1].replace(",", "")), 0
        while left > 0:
            left, units = left - Decimal(row["amount"]), units + 1
        return bool(item.answer.value == units <= int(row["mue"]) < int(line[2]))
    lines = re.findall(r"^(\w{5})(?:-(?:59|76|91))? x(\d+)$", note, re.M)
    row = _table()[lines[0][0]]
    day = sum(int(units) for _, units in lines)
    verdict = {"2": "firm", "3": "appeal"}[row["mai"]] if day > int(row["mue"]) else "Plausible"
    right = services.marked(item)
    return right is not None and verdict in right and sum(verdict in one.text for one in item.options) == 1
