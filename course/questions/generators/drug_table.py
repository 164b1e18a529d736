"""What happened with a drug or a chemical, and an excerpt of the Table of Drugs and Chemicals: which cell is it?"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

from course.codesets.icd10cm import tables
from course.codesets.icd10cm.model import bare
from course.questions.generators import common, table_excerpt
from course.questions.generators.drug_effects import EFFECTS, INTERACTING, Effects
from course.questions.generators.drug_words import (
    CIRCUMSTANCES,
    DULLING,
    MEDICINES,
    MISHAPS,
    OVERDOSED,
    PEOPLE,
    POISONS,
    TEMPTING,
)
from course.questions.kinds.table_lookup import TableLookup
from course.questions.kinds.table_model import Cell, ColumnReason, Complete

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "choose the column of the drug table by what happened"
SOURCE = table_excerpt.source("Table of Drugs and Chemicals")

_KNOWN = {**MEDICINES, **POISONS}

#: What the record would have to say for a column, in our words.
_NEEDS = {
    "accidental": "Poisoning, accidental needs something done wrong with the substance by mistake, or an intent that "
    "nobody wrote down. Look for what went wrong.",
    "self_harm": "Intentional self-harm needs words for it in the record. An overdose alone is not such a word.",
    "assault": "Assault needs another person who meant to harm.",
    "undetermined": "Undetermined is not for a silent record: somebody has to write that the intent cannot be told.",
    "adverse_effect": "Adverse effect needs the right drug, rightly prescribed and taken, and nothing added to it.",
    "underdosing": "Underdosing needs less of the drug than was ordered, or none.",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> TableLookup:
    """Level 1: plain words and the cell alone. Level 2: words of a chart, the full code of a first visit. Level 3:
    alcohol, a silent record, another person's pills; first or later visit."""
    table = tables.drugs()
    poison = rng.random() < 0.15
    known = {**MEDICINES, **POISONS} if poison else MEDICINES
    column = rng.choice(list(MISHAPS if poison else CIRCUMSTANCES))
    template = rng.choice(MISHAPS[column] if poison else CIRCUMSTANCES[column][level])
    pool = list(POISONS) if poison else _plausible(column, template)
    for _ in range(common.TRIES):
        path = rng.choice(pool)
        other = rng.choice([one for one in MEDICINES if one != path]) if "{other}" in template else ""
        also = other or (TEMPTING.get(path, "") if level > 1 else "")
        rows = table_excerpt.rows(rng, table, path, column, near=level > 1, known=known, also=also)
        if rows:
            return _item(rng, codes, level, Case(path, column, tuple(rows), other, template))
    raise RuntimeError("no excerpt found")


def _plausible(column: str, template: str) -> list[str]:
    """The medicines of which such a thing is told: nobody takes antibiotics in order to die, or misses what ran out."""
    if column == "assault" or "wine" in template or "drowsy" in template:
        able = DULLING
    elif "herbal" in template:
        able = INTERACTING
    else:
        able = tuple(OVERDOSED if column in ("self_harm", "undetermined") else MEDICINES)
    return [name for name in able if column != "underdosing" or EFFECTS[name].condition]


class Case(NamedTuple):
    """What was drawn: the right cell, the rows of the excerpt, a medicine that was meant, and the words."""

    path: str
    column: str
    rows: tuple[str, ...]
    other: str
    template: str


def _story(rng: random.Random, case: Case) -> str:
    """The record, with the person's pronouns."""
    person, effects = rng.choice(PEOPLE), EFFECTS.get(case.path, Effects(("",), ("",)))
    said = case.template.format(
        drug=_KNOWN[case.path],
        other=_KNOWN.get(case.other, ""),
        effect=rng.choice(effects.adverse),
        reaction=rng.choice(effects.toxic),
        condition=effects.condition,
    )
    if person == "Man":
        said = re.sub(r"\bher\b(?= (life|own)\b)", "his", said)
        said = re.sub(r"\bher\b", "him", said)
    return f"{person}, {rng.randint(19, 88)}: {said}"


def _item(rng: random.Random, codes: CodeSet, level: int, case: Case) -> TableLookup:
    table = tables.drugs()
    drug, column = _KNOWN[case.path], case.column
    finding = _story(rng, case)
    later = level == 3 and rng.random() < 0.35
    visit = (
        "Today is a follow-up: recovering, active treatment is over."
        if later
        else "First visit for this, treated today."
    )
    cell = table.rows[case.path].cells[column]
    code = codes.normalise(bare(cell).ljust(6, "X") + ("D" if later else "A")) if level > 1 else ""
    found = codes.get(code) if code else None
    tail = f" With the 7th character for this visit: **{found.code}** {found.title}." if found else ""
    # Wine and the herbal product are substances, too.
    asked = drug if re.search("wine|herbal", case.template) else "the substance"
    reasons = {case.other: f"{_KNOWN[case.other].capitalize()} is what should have been taken."} if case.other else {}
    label = table.column(column).label
    return TableLookup(
        slug="drug-table",
        title="Which cell of the drug table?",
        stem=f"The record says: **{finding}.**" + (f" {visit}" if code else "")
        + f"\n\nFind the cell for {asked}.",
        table="drugs",
        rows=table_excerpt.shown(table, case.rows, case.path, _KNOWN, drug, reasons, near_only=True),
        columns=tuple(
            ColumnReason(column=one.id, why=_NEEDS[one.id]) for one in table.columns if one.id != column
        ),
        answer=Cell(row=case.path, column=column),
        complete=Complete(code=found.code) if found else None,
        hints=(
            "Was it the right drug, in the right dose, taken in the right way, with nothing added?",
            "If not: too little, or wrong? And does the record say anything about intent?",
        ),
        rationale=f"The substance is {drug}: row *{case.path}*. {table.column(column).meaning} Column *{label}* "
        f"prints **{cell}**.{tail}",
        sources=common.tabular(codes, cell, common.guideline("I.C.19.e.5"), SOURCE),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )  # fmt: skip


#: Words of a record, in the order in which they decide, and what the official title of the code must then say.
_RULES = (
    (r"cannot be determined", "undetermined"),
    (r"to end (her|his) life|wanting to die|suicide", "intentional self-harm"),
    (r"wanted to harm|report of poisoning|out of revenge|by an attacker", "assault"),
    (r"only half|stopped|ran out|every other day instead of daily|skips", "Underdosing"),
    (
        r"by mistake|mistaken|twice|glasses of wine|nothing in the record about why|interaction|thinking it was",
        "accidental",
    ),
    (r"as prescribed|as ordered", "Adverse effect"),
)


def law(item: TableLookup, codes: CodeSet) -> bool:
    """By the official titles of the codes and the words of the record, exactly one cell fits; the full code is the only
    one below it with the 7th character of the visit."""
    finding = item.stem.split("**")[1]
    asked = next(title for words, title in _RULES if re.search(words, finding))
    words = set(re.findall(r"[a-z]+", re.sub(r"(in place of|own) [a-z ]+?( and|[,;.]|$)", " ", finding.lower())))
    fitting = []
    for one in item.rows:
        row = tables.drugs().rows[one.row]
        line = {word for above in (*tables.drugs().above(row.path), row) for word in above.term.lower().split()}
        for column, cell in row.cells.items():
            code = codes.get(cell)
            if code is not None and line <= words and asked in code.title:
                fitting.append((len(line), row.path, column, code.code))
    if not fitting or [one[0] for one in fitting].count(max(fitting)[0]) > 1:
        return False
    _, row_path, column, cell = max(fitting)
    if (row_path, column) != (item.answer.row, item.answer.column):
        return False
    if item.complete is None:
        return True
    visit = "subsequent encounter" if "follow-up" in item.stem else "initial encounter"
    return [code.code for code in codes.billable_below(cell) if visit in code.title] == [item.complete.code]
