"""One finding, an excerpt of the Neoplasm Table: which cell is it, or does the Index lead past the table?"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from course.codesets.icd10cm import tables
from course.questions.generators import common, table_excerpt
from course.questions.generators.neoplasm_words import FINDINGS, IN_SITU, PAST, PLACES, SITES, SPREAD
from course.questions.kinds.table_lookup import TableLookup
from course.questions.kinds.table_model import Cell, Complete

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "choose row and column of the Neoplasm Table"

#: Where cancers begin that do not spread to other organs, or that are called by other names.
_STAYS = ("brain", "meninges", "pituitary", "lymph", "bone", "peritoneum")
_SKIN = ("back", "neck", "scalp", "face NOS", "trunk")


def draw(rng: random.Random, codes: CodeSet, level: int) -> TableLookup:
    """Level 1: plain words, sites far apart. Level 2: words of a chart, neighboring rows, the full code where a side
    completes it. Level 3: two sites in one record, or a word that leads past the table."""
    if level == 3 and rng.random() < 0.25:
        return _past(rng, codes)
    table = tables.neoplasms()
    columns = ("primary", "secondary") if level == 3 else tuple(FINDINGS)
    column = rng.choice(columns)  # before the row, so that no column comes up more often than another
    pool = IN_SITU if column == "in_situ" else SPREAD if level == 3 and column == "secondary" else tuple(SITES)
    for _ in range(common.TRIES):
        path = rng.choice(pool)
        if column not in table.rows[path].cells or (level == 3 and column == "primary" and path.startswith(_STAYS)):
            continue
        other = _other(rng, path, column) if level == 3 else ""
        rows = table_excerpt.rows(rng, table, path, column, near=level > 1, also=other, known=SITES)
        if rows:
            return _item(rng, codes, level, path, column, rows, other)
    raise RuntimeError("no excerpt found")


def _other(rng: random.Random, path: str, column: str) -> str:
    """A second site, in another organ, that can be the other end of a metastasis."""
    needs = "secondary" if column == "primary" else "primary"
    pool = SPREAD if column == "primary" else [one for one in SITES if not one.startswith(_STAYS)]
    sites = [one for one in pool if one.split(",")[0] != path.split(",")[0]]
    apart = [one for one in sites if _plain(path) not in SITES[one] and _plain(one) not in SITES[path]]
    return rng.choice([one for one in apart if needs in tables.neoplasms().rows[one].cells])


def _bare(site: str) -> str:
    return re.sub(r"^(the|an?) ", "", site)


def _plain(path: str) -> str:
    return SITES[path].replace("the ", "").replace("{side} ", "")


def _item(
    rng: random.Random, codes: CodeSet, level: int, path: str, column: str, rows: list[str], other: str
) -> TableLookup:
    table = tables.neoplasms()
    side = rng.choice(("right", "left"))
    site = SITES[path].format(side=side)
    if other:
        where = SITES[other].format(side=rng.choice(("right", "left")))
        first, second = (site, where) if column == "primary" else (where, site)
        story = rng.choice(
            (
                f"cancer of {first}, metastatic to {second}",
                f"metastatic cancer from {first} to {second}",
                f"primary cancer of {first} with a metastasis in {second}",
            )
        )
        finding = f"{story}. Only the {_bare(site)} is treated today"
        asked = "Find the cell for the site that is treated today."
    else:
        finding = rng.choice(FINDINGS[column][level]).format(site=site)
        asked = "Find the cell for this finding."
    cell = table.rows[path].cells[column]
    code = _complete(codes, cell, side if "{side}" in SITES[path] else "") if level > 1 else None
    key = table.column(column)
    sides = "" if code is None else f" The Tabular List completes it by the side: **{code.code}** {code.title}."
    return TableLookup(
        slug="neoplasm-table",
        title="Where in the Neoplasm Table?",
        stem=f"The record says: **{finding}.**\n\n{asked}",
        table="neoplasm",
        rows=table_excerpt.shown(table, rows, path, PLACES, site),
        answer=Cell(row=path, column=column),
        complete=None if code is None else Complete(code=code.code),
        hints=(
            "Find the row first: the closest line for the place that is named.",
            "Then the column. Did it begin here, or come from elsewhere? Did a pathologist name its behavior?",
        ),
        rationale=f"The place is {site}: row *{path}*. {key.meaning} That cell prints **{cell}**.{sides}",
        sources=common.tabular(codes, tables.bare(cell), common.guideline("I.C.2"), SOURCE),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


SOURCE = table_excerpt.source("Neoplasm Table")


def _complete(codes: CodeSet, cell: str, side: str) -> Code | None:
    """The one billable code below a dashed cell whose title has the side (and the sex, where titles have it)."""
    if not side or not cell.endswith("-"):
        return None
    found = [code for code in codes.billable_below(tables.bare(cell)) if re.search(rf"\b{side}\b", code.title)]
    found = [code for code in found if not re.search(r"\bmale\b", code.title)]
    return found[0] if len(found) == 1 and found[0].title_known else None


def _past(rng: random.Random, codes: CodeSet) -> TableLookup:
    """A record whose word has codes of its own in the Index."""
    table = tables.neoplasms()
    word = rng.choice(list(PAST))
    place = rng.choice(_SKIN)
    rows = table.sort({"skin NOS", *(f"skin NOS, {one}" for one in rng.sample(_SKIN, 3)), f"skin NOS, {place}"})
    rows = table.sort({*rows, "connective tissue NEC", "connective tissue NEC, back", "connective tissue NEC, neck"})
    said = {"mass": "palpable mass under the skin of the {}, no tissue taken"}.get(
        word, f"{word} of the skin of the {{}}"
    )
    finding = said.format(place.removesuffix(" NOS"))
    return TableLookup(
        slug="neoplasm-table",
        title="Where in the Neoplasm Table?",
        stem=f"The record says: **{finding}.**\n\nFind the cell for this finding.",
        table="neoplasm",
        rows=tuple(
            table_excerpt.row(one, f"The place may fit, the word does not: {PAST[word]}")
            if table.rows[one].cells
            else table_excerpt.row(one)
            for one in rows
        ),
        answer=Cell(outside=True),
        hints=("Look at the word for the finding before you look for its place.",),
        rationale=f"The histologic term, or the word for the finding, is looked up first. {PAST[word]} The table is "
        "for terms that the Index sends to it.",
        sources=(common.guideline("I.C.2"), SOURCE),
        objective=OBJECTIVE,
        **common.common_fields(codes, 3),
    )


#: What a record says -> the range of codes that chapter 2 keeps for it. The law reads nothing else.
_BEHAVIOR = (
    (r"uncertain|cannot say", "D37", "D48"),
    (r"in situ|noninvasive", "D00", "D09"),
    (r"(?<!cannot say whether it is )\bbenign\b(?! or)", "D10", "D36"),
    (r"not stated|to follow|no tissue taken so far", "D49", "D49"),
)


def law(item: TableLookup, codes: CodeSet) -> bool:
    """By the words of the record, by the blocks of chapter 2 and by the words of the rows, exactly one cell fits, or
    none where the word has an entry of its own; and the full code is the only one with the side."""
    finding = item.stem.split("**")[1]
    past = any(re.search(rf"\b{word}\b", finding) for word in PAST)
    low, high, place = _asked(finding)
    fitting = [
        (row.path, column)
        for row in (tables.neoplasms().rows[one.row] for one in item.rows)
        for column, cell in row.cells.items()
        if not past and low <= cell[:3] <= high and row.path == _closest(item, place)
    ]
    wanted = [] if item.answer.outside else [(item.answer.row, item.answer.column)]
    printed = [tables.neoplasms().rows[one.row].cells.get(item.answer.column or "") for one in item.rows]
    if fitting != wanted or (
        wanted and printed.count(tables.neoplasms().rows[wanted[0][0] or ""].cells[wanted[0][1] or ""]) > 1
    ):
        return False
    return item.complete is None or _only_side(item, codes, place)


def _asked(finding: str) -> tuple[str, str, str]:
    """First and last category of the behavior that a record tells, and its words for the place."""
    if "Only " in finding:
        story, _, place = finding.partition(". Only ")
        place = _bare(place.removesuffix(" is treated today."))
        spread = re.split(r" metastatic to | to | with a metastasis in ", story)[-1]
        return ("C77", "C79", place) if place in spread else ("C00", "C76", place)
    for words, low, high in _BEHAVIOR:
        if re.search(words, finding):
            return low, high, finding
    return ("C77", "C79", finding) if re.search(r"metasta|has spread to", finding) else ("C00", "C76", finding)


def _closest(item: TableLookup, place: str) -> str:
    """The deepest row of the excerpt of which a name stands in the words for the place; "" if there are two."""
    words = set(re.findall(r"[\w-]+", place.lower()))
    rows = [tables.neoplasms().rows[one.row] for one in item.rows]
    named = [row for row in rows if any(_has(words, name) for name in row.term.split(", "))]
    related = [row for row in named if all(_has_any(words, above) for above in tables.neoplasms().above(row.path)[:1])]
    pool = related or named
    deepest = [row for row in pool if row.level == max(one.level for one in pool)]
    return deepest[0].path if len(deepest) == 1 else ""


def _has(words: set[str], name: str) -> bool:
    return {word for word in name.lower().split() if word not in ("nec", "nos")} <= words


def _has_any(words: set[str], row: tables.Row) -> bool:
    return any(_has(words, name) for name in row.term.split(", "))


def _only_side(item: TableLookup, codes: CodeSet, place: str) -> bool:
    assert item.complete is not None
    side = "right" if re.search(r"\bright\b", place) else "left"
    cell = tables.neoplasms().rows[item.answer.row or ""].cells[item.answer.column or ""]
    sides = [
        code.code
        for code in codes.billable_below(tables.bare(cell))
        if side in code.title.split() and not ("female" in place and "male" in code.title.split())
    ]
    return sides == [item.complete.code]
