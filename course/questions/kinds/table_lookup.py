"""Table look-up: one cell of the Neoplasm Table or of the Table of Drugs and Chemicals, and then the full code.

Raw response: ``{"cell": "r3c2", "code": "C50.411"}``: third row and second column of the excerpt; ``"outside"`` is no
cell of it. ``code`` is asked only where the item has ``complete``. What is left out is open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from course.codesets.icd10cm import tables
from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.kinds import common
from course.questions.kinds.code_entry import verdict_of
from course.questions.kinds.table_model import TableLookup, compact, fits, printed, shown
from course.questions.typed import split_codes

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

Model = TableLookup
#: The full code is diagnosed over the code set.
NEEDS_CODES = True

OUTSIDE = "outside"
#: Offered below every excerpt of the Neoplasm Table: Guidelines I.C.2, the histologic term is looked up first.
OUTSIDE_LABEL = "No cell of this table: the Index sends this finding to a code elsewhere"
OUTSIDE_WHY = "Nothing in the record has an entry of its own that leads past the table. Site and behavior find a cell."
PROMPT = "Choose a cell of the table, then check."
_CELL = re.compile(r"r([1-9]\d?)c([1-9])", re.ASCII)


class Response(NamedTuple):
    """What was answered: a cell's row and column (both "" for no cell, ``outside`` alone), and a code ("" for none)."""

    row: str = ""
    column: str = ""
    outside: bool = False
    code: str = ""

    @property
    def chosen(self) -> bool:
        """Whether there is a choice in the table."""
        return self.outside or bool(self.row)


def _instruction(item: TableLookup) -> str:
    return "Choose one cell of the table." + (" Then write the full code." if item.complete else "")


def view(item: TableLookup) -> dict[str, Any]:
    """``caption``, ``columns`` [{id, label}], ``rows`` [{id, level, term, path, nonessential, see, cells}], a cell
    being {id, code} or None; ``outside`` (its label, or ""), ``ask_code``."""
    table = tables.table(item.table)
    rows = [
        {
            "id": f"r{n}",
            "level": row.level,
            "term": row.term,
            "path": row.path,
            "nonessential": row.nonessential,
            "see": row.see,
            "cells": [
                {"id": f"r{n}c{m}", "code": row.cells[one.id]} if one.id in row.cells else None
                for m, one in enumerate(table.columns, 1)
            ],
        }
        for n, row in enumerate(shown(item), 1)
    ]
    return common.frame(
        item,
        _instruction(item),
        caption=f"{table.name}, excerpt",
        columns=[{"id": f"c{m}", "label": one.label} for m, one in enumerate(table.columns, 1)],
        rows=rows,
        outside=OUTSIDE_LABEL if item.table == "neoplasm" else "",
        ask_code=item.complete is not None,
        system_label="ICD-10-CM",
    )


def parse(item: TableLookup, raw: Any) -> Parsed:
    """A map of ``cell`` and ``code``; ``Answer.value`` is a ``Response``."""
    if raw is None or raw in ("", []):
        return Blank(PROMPT)
    if not isinstance(raw, dict) or not all(isinstance(name, str) and name in ("cell", "code") for name in raw):
        return Invalid("I could not make out which cell was meant. Choose it on the card.")
    response = _cell(item, raw.get("cell"))
    if response is None:
        return Invalid("There is no code in that cell. Choose one that the card shows.")
    typed = raw.get("code") if item.complete else None
    if typed not in (None, "", []):
        found = _code(typed)
        if isinstance(found, Invalid):
            return found
        response = response._replace(code=found)
    return Answer(response) if response.chosen or response.code else Blank(PROMPT)


def _cell(item: TableLookup, raw: Any) -> Response | None:
    """The chosen place, without a code; None where there is no such place."""
    if raw in (None, "", []):
        return Response()
    if not isinstance(raw, str):
        return None
    if raw == OUTSIDE:
        return Response(outside=True) if item.table == "neoplasm" else None
    match = _CELL.fullmatch(raw)
    rows, columns = shown(item), tables.table(item.table).columns
    if match is None or int(match[1]) > len(rows) or int(match[2]) > len(columns):
        return None
    row, column = rows[int(match[1]) - 1], columns[int(match[2]) - 1]
    return Response(row.path, column.id) if column.id in row.cells else None


def _code(raw: Any) -> str | Invalid:
    """One typed code, "" for none."""
    typed = raw[0] if isinstance(raw, list | tuple) and len(raw) == 1 else raw
    if not isinstance(typed, str):
        return Invalid("Write the full code, such as S52.521A.")
    codes, words = split_codes(typed)
    if words:
        return Invalid("I can grade a code, not words. Write the full code alone; the search finds it by its name.")
    if len(codes) > 1:
        return Invalid(f"One code is asked for; I read {len(codes)}.")
    return codes[0] if codes else ""


def grade(item: TableLookup, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Row and column each with a reason of its own; the code diagnosed over the code set.

    Row and column are worth half a cell each; where a code is asked, cell and code are worth half each. Without
    ``codes`` the edition in force is opened.
    """
    response: Response = answer.value
    parts, worth = _judge(item, response)
    if item.complete is None:
        return scored(worth, _headline(response, worth), parts)
    if not response.code:
        parts.append(Part("code", "missing", "Still open: verify it in the Tabular List and write the full code."))
        return scored(worth / 2, _headline(response, worth, asked=True), parts)
    found = _diagnosed(item, response.code, codes)
    parts += _code_parts(item, response, found, worth)
    headline = _headline(response, worth, asked=True, right=found.score == 1)
    return scored((worth + found.score) / 2, headline, parts)


def _code_parts(item: TableLookup, response: Response, found: Verdict, worth: float) -> list[Part]:
    """What is said of the code. After a wrong cell a code that lies where it led is no slip of its own."""
    if worth == 1 or not response.chosen:
        return list(found.parts)
    if found.score == 1:
        return [Part(one.target, one.mark, "The right code, but not by this cell.") for one in found.parts]
    if not response.outside and _follows(item, response):
        said = "**Follows from the cell.** It lies where that cell led. Mend the cell first."
        return [Part(one.target, "note", said) for one in found.parts[:1]]
    return list(found.parts)


def _judge(item: TableLookup, response: Response) -> tuple[list[Part], float]:
    """What is said of the choice in the table, and what it is worth: 0, a half or 1."""
    table = tables.table(item.table)
    if not response.chosen:
        return [Part("cell", "missing", "Still open: choose the cell.")], 0.0
    if response.outside:
        if item.answer.outside:
            return [Part("cell", "right", "The way leads past the table.")], 1.0
        return [Part("cell", "wrong", f"**Past the table.** {item.outside or OUTSIDE_WHY}")], 0.0
    if fits(item, response.row, response.column):
        said = f"**{table.column(response.column).label}: {response.row}.** {_ending(item)}"
        if response.row != item.answer.row:
            said += f" The row *{item.answer.row}* prints the same code."
        return [Part("cell", "right", said)], 1.0
    reasons = {one.row: one.why for one in item.rows}
    columns = {one.column: one.why for one in item.columns}
    column = table.column(response.column)
    row_fits, column_fits = response.row == item.answer.row, response.column == item.answer.column
    row_why, column_why = reasons[response.row] or "", columns.get(column.id, column.meaning)
    return [
        Part("row", "right", "The row fits.")
        if row_fits
        else Part("row", "wrong", f"**Row: {response.row}.** {row_why}"),
        Part("column", "right", "The column fits.")
        if column_fits
        else Part("column", "wrong", f"**Column: {column.label}.** {column_why}"),
    ], (row_fits + column_fits) / 2


def _ending(item: TableLookup) -> str:
    """What the print of the right cell asks for next."""
    if not tables.table(item.table).dashed:
        return "The table prints no 7th character; the Tabular List asks for one."
    if printed(item).endswith("-"):
        return "The dash says more characters are needed; the Tabular List has them."
    return "No dash: the whole code stands here, and the Tabular List has to confirm it."


def _follows(item: TableLookup, response: Response) -> bool:
    """Whether the typed code lies where the chosen cell leads."""
    cell = tables.table(item.table).rows[response.row].cells[response.column]
    return compact(response.code).startswith(compact(cell))


def _diagnosed(item: TableLookup, typed: str, codes: CodeSet | None) -> Verdict:
    """The typed code over the code set, as ``code_entry`` does it."""
    from course.grading.diagnosis import CodeKey, diagnose

    assert item.complete is not None
    key = CodeKey((item.complete.code,))
    return verdict_of(diagnose([typed], key, codes or _edition(item), item.complete.reasons), 1)


def _edition(item: TableLookup) -> CodeSet:
    """The edition in force, or the item's latest."""
    from course.codesets import icd10cm
    from course.paths import today

    return icd10cm.open_edition(item.edition_for(icd10cm.edition_on(today())))


def _headline(response: Response, worth: float, *, asked: bool = False, right: bool = False) -> str:
    if not response.chosen:
        return "The right code. Which cell leads to it?" if right else "Begin with the cell."
    if worth == 1:
        if not asked:
            return "Yes, that is the place."
        if not response.code:
            return "The right place. Now verify it in the Tabular List."
        return "Yes: the right place and the right code." if right else "The right place; the code is not there yet."
    if response.outside:
        return "The table does have a cell for this."
    return "Not this cell yet." if worth == 0 else "Half right: look at what is said of row and column."


def solution(item: TableLookup) -> dict[str, Any]:
    """The cell, the full code with its title, and why not the other rows and columns."""
    table = tables.table(item.table)
    response: dict[str, str] = {"cell": OUTSIDE}
    lines = "<p>No cell of the table.</p>"
    if not item.answer.outside:
        row = [one.path for one in shown(item)].index(item.answer.row or "") + 1
        column = [one.id for one in table.columns].index(item.answer.column or "") + 1
        response["cell"] = f"r{row}c{column}"
        lines = (
            f"<p>Row <strong>{text.escape(item.answer.row or '')}</strong>, column "
            f"<strong>{table.columns[column - 1].label}</strong>: <strong>{printed(item)}</strong>. {_ending(item)}</p>"
            + "".join(f"<p>{text.inline(one.why)}</p>" for one in item.rows if one.why and one.row == item.answer.row)
        )
    if item.complete is not None:
        response["code"] = item.complete.code
        lines += f"<p><strong>{item.complete.code}</strong> {text.escape(_title(item))}</p>"
    columns = {one.column: one.why for one in item.columns}
    others = [
        f"Row <em>{text.escape(one.row)}</em>: {text.inline(one.why)}"
        for one in item.rows
        if one.why and one.row != item.answer.row
    ]
    others += [
        f"Column <em>{one.label}</em>: {text.inline(columns.get(one.id, one.meaning))}"
        for one in table.columns
        if one.id != item.answer.column
    ]
    others += [f"Past the table: {text.inline(item.outside)}"] if item.outside else []
    return {
        "response": response,
        "html": f"{lines}<p>Why not the others:</p><ul>{''.join(f'<li>{one}</li>' for one in others)}</ul>",
    }


def _title(item: TableLookup) -> str:
    """Official title of the full code; "" where no edition can be opened."""
    assert item.complete is not None
    try:
        found = _edition(item).get(item.complete.code)
    except Exception:  # whatever is wrong with the code set was told when it was opened
        return ""
    return found.title if found is not None and found.title_known else ""


def static_html(item: TableLookup) -> str:
    """Title, stem, note, the excerpt as a table, and blank lines for what is asked."""
    table = tables.table(item.table)
    head = "".join(f"<th>{one.label}</th>" for one in table.columns)
    lines = [f"<tr><th>{table.name}</th>{head}</tr>"]
    for row in shown(item):
        name = "– " * row.level + text.escape(f"{row.term} {row.nonessential}".strip())
        cells = "".join(f"<td>{row.cells.get(one.id, '–')}</td>" for one in table.columns)
        if row.see:
            cells = f"<td>see {text.escape(row.see)}</td>" + "<td></td>" * (len(table.columns) - 1)
        lines.append(f"<tr><th>{name}</th>{cells}</tr>")
    body = "<table>\n" + "\n".join(lines) + "\n</table>"
    body += f"\n<p>Or: {OUTSIDE_LABEL}.</p>" if item.table == "neoplasm" else ""
    body += "\n<p>Full code: ______________</p>" if item.complete else ""
    return common.static_frame(item, _instruction(item), body)
