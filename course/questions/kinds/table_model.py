"""What a table look-up question is: an excerpt of a table, the cell that is right, and why each other is not.

The excerpt stands in the order of the book, whatever the order in the file. What the cells hold comes from
``course.codesets.icd10cm.tables``, never from the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from course.codesets.icd10cm import tables
from course.questions.base import Fault, ItemBase, Line, Strict, duplicates
from course.questions.kinds.code_entry import Code
from course.questions.problems import did_you_mean


class ShownRow(Strict):
    """A row of the excerpt, by its path, and why it is not the one."""

    row: Line
    why: Line | None = None


class ColumnReason(Strict):
    """Why a column is not the one, in place of the general sentence of the table."""

    column: str
    why: Line


class Cell(Strict):
    """The cell that is right, or ``outside: true`` where no cell is."""

    row: Line | None = None
    column: str | None = None
    outside: bool = False


class Complete(Strict):
    """The full code after the look into the Tabular List."""

    code: Code
    reasons: Annotated[
        dict[str, Line],
        Field(description='A sentence of your own for a wrong code; "S52.5*" is for all codes that begin so.'),
    ] = {}


class TableLookup(ItemBase):
    kind: Literal["table_lookup"] = "table_lookup"
    table: Literal["neoplasm", "drugs"]
    rows: Annotated[
        tuple[ShownRow, ...],
        Field(min_length=5, max_length=10, description="Rows of data/codesets/…_table.csv by their path."),
    ]
    columns: tuple[ColumnReason, ...] = ()
    answer: Cell
    outside: Annotated[Line | None, Field(description="Why the table is the way after all.")] = None
    complete: Complete | None = None

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        table = tables.table(self.table)
        names = [one.row for one in self.rows]
        yield from duplicates(names, "rows", "row")
        unknown = [n for n, name in enumerate(names) if name not in table.rows]
        for n in unknown:
            near = did_you_mean(names[n], table.rows) or "See data/codesets for the rows there are."
            yield Fault(("rows", n, "row"), f"is {names[n]!r}, which is no row of the table", near)
        if unknown:
            return
        for n, name in enumerate(names):
            for above in table.above(name):
                if above.path not in names:
                    advice = f"Add `- row: {above.path}`: the indent needs it."
                    yield Fault(("rows", n, "row"), f"stands below {above.path!r}, which is not shown", advice)
        yield from self._columns(table)
        yield from self._answer(table, names)
        yield from self._code(table)

    def _columns(self, table: tables.Table) -> Iterator[Fault]:
        known = [one.id for one in table.columns]
        yield from duplicates([one.column for one in self.columns], "columns", "column")
        for n, one in enumerate(self.columns):
            if one.column not in known:
                yield Fault(("columns", n, "column"), f"is {one.column!r}", f"Columns: {', '.join(known)}.")
            elif one.column == self.answer.column:
                yield Fault(("columns", n, "column"), "is the right one", "Reasons are for wrong columns.")

    def _answer(self, table: tables.Table, names: list[str]) -> Iterator[Fault]:
        row, column = self.answer.row, self.answer.column
        if self.answer.outside:
            if row or column:
                yield Fault(("answer", "outside"), "is given together with a cell", "Write the one or the other.")
            if self.table != "neoplasm" or self.outside:
                yield Fault(("answer", "outside"), "cannot be the answer here", "It is offered with neoplasms alone.")
        elif row not in names:
            yield Fault(("answer", "row"), f"is {row!r}, which is not among the rows", "Show the row, or mend it.")
        elif column not in table.rows[row].cells:
            offered = ", ".join(table.rows[row].cells) or "nothing"
            yield Fault(("answer", "column"), f"is {column!r}: no code stands there", f"The row offers {offered}.")
        for n, one in enumerate(self.rows):
            if table.rows[one.row].cells and one.row != row and not one.why:
                yield Fault(("rows", n), "has no `why`", "Say what a careful person would have seen.")

    def _code(self, table: tables.Table) -> Iterator[Fault]:
        if self.complete is None:
            return
        code = compact(self.complete.code)
        cell = printed(self)
        if cell and not code.startswith(compact(cell)):
            yield Fault(("complete", "code"), f"does not begin as the cell does ({cell})", "Mend the one or the other.")
        elif cell and table.dashed and cell.endswith("-") == (code == compact(cell)):
            yield Fault(
                ("complete", "code"), f"does not fit the cell ({cell})", "A dash asks for more, no dash does not."
            )
        for pattern in self.complete.reasons:
            bare = pattern.upper().replace(".", "").strip()
            if not re.fullmatch(r"[A-Z0-9]{1,12}\*?", bare, re.ASCII):
                yield Fault(("complete", "reasons", pattern), "is not a code, nor a family such as S52.5*", "")
            elif bare == code:
                yield Fault(("complete", "reasons", pattern), "is the right code", "Reasons are for wrong codes.")

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        for n, one in enumerate(self.rows):
            if one.row != self.answer.row and fits(self, one.row, self.answer.column or ""):
                message = f"prints the same code as {self.answer.row!r}, so that either row is right"
                if not _related(tables.table(self.table), one.row, self.answer.row or ""):
                    yield Fault(("rows", n, "row"), message, "Show another row.")

    def key_codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        if self.complete is not None:
            yield ("complete", "code"), self.complete.code


def shown(item: TableLookup) -> list[tables.Row]:
    """The rows of the excerpt in the order of the book."""
    table = tables.table(item.table)
    return [table.rows[path] for path in table.sort(one.row for one in item.rows)]


def fits(item: TableLookup, row: str, column: str) -> bool:
    """Whether a cell is right: the key, or one in its column that prints the very same code."""
    if item.answer.outside or column != item.answer.column:
        return False
    return tables.table(item.table).rows[row].cells.get(column) == printed(item)


def _related(table: tables.Table, one: str, other: str) -> bool:
    """Whether one of two rows is indented under the other."""
    return any(two in [row.path for row in table.above(three)] for two, three in ((one, other), (other, one)))


def printed(item: TableLookup) -> str:
    """The code in the right cell, as printed; "" where no cell is right."""
    row = tables.table(item.table).rows.get(item.answer.row or "")
    return row.cells.get(item.answer.column or "", "") if row else ""


def compact(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())
