"""What the two table generators share: choosing the rows of an excerpt, and a reason for each of them."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from course.questions.base import Source
from course.questions.generators import common
from course.questions.kinds.table_model import ShownRow

if TYPE_CHECKING:
    from course.codesets.icd10cm.tables import Table

MOST = 9


def rows(
    rng: random.Random, table: Table, path: str, column: str, *, near: bool, known: Collection[str], also: str = ""
) -> list[str]:
    """Five to nine rows around `path`, in the order of the book, with the lines they are indented under; [] when no
    excerpt shows the right code once.

    `near`: rows of the same main line first. `also`: a row that has to be among them.
    """
    key = table.rows[path].cells[column]
    main = table.above(path)[0].path if table.above(path) else path
    wanted = {path, *(row.path for row in table.above(path))}
    if also:
        wanted |= {also, *(row.path for row in table.above(also))}
    others = [one for one in known if one not in wanted]
    rng.shuffle(others)
    if near:
        others.sort(key=lambda one: not one.startswith(f"{main}, "))
    size = rng.randint(6, 8)
    for one in others:
        with_parents = wanted | {one, *(row.path for row in table.above(one))}
        if len(wanted) >= size:
            break
        if len(with_parents) <= MOST and _once(table, with_parents, column, key):
            wanted = with_parents
    return list(table.sort(wanted)) if len(wanted) >= 5 and _once(table, wanted, column, key) else []


def _once(table: Table, paths: Collection[str], column: str, key: str) -> bool:
    """Whether only one of the rows prints the code in the column."""
    return [table.rows[one].cells.get(column) for one in paths].count(key) == 1


def row(path: str, why: str | None = None) -> ShownRow:
    """One row of an excerpt."""
    return ShownRow(row=path, why=why)


def shown(
    table: Table,
    paths: Sequence[str],
    key: str,
    phrases: Mapping[str, str],
    named: str,
    reasons: Mapping[str, str] | None = None,
    *,
    near_only: bool = False,
) -> tuple[ShownRow, ...]:
    """The rows with a reason for each wrong one. `phrases`: what a row is for; `named`: what the record names;
    `reasons`: sentences for some of the rows. `near_only`: a line under another main term than the key's, which nobody
    confuses with it, gets no more than what the record names."""
    above = {one.path for one in table.above(key)}
    out = []
    for path in paths:
        if path == key or not table.rows[path].cells:
            out.append(row(path))
        elif reasons and path in reasons:
            out.append(row(path, reasons[path]))
        elif path in above:
            out.append(row(path, f"The record names {named}. A closer line is indented below this one."))
        elif near_only and _main(path) != _main(key):
            out.append(row(path, f"The record names {named}."))
        else:
            what = phrases.get(path, f"*{path}*")
            out.append(row(path, f"This line is for {what}. The record names {named}."))
    return tuple(out)


def _main(path: str) -> str:
    return path.split(",")[0]


def source(name: str) -> Source:
    """A table of the Alphabetic Index, in the edition that was read."""
    return Source(ref=f"ICD-10-CM Index, {name}", edition="FY2025", checked=common.CHECKED)
