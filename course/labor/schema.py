"""Whether the tables of ``data/labor`` hold what they must: one shape a table (``checks``), and its check.

for problem in schema.problems(): print(problem)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from course import paths
from course.labor import rows, sources
from course.labor.checks import outlook, wages
from course.labor.checks.columns import Column, Shape
from course.labor.rows import Row, Table

#: Table -> what it must be.
SHAPES: Mapping[str, Shape] = {**wages.SHAPES, **outlook.SHAPES}

_WHOLE, _DECIMAL = re.compile(r"-?(0|[1-9]\d*)"), re.compile(r"-?(0|[1-9]\d*)\.\d+")
_FOLDER = "data/labor"


class Problem(NamedTuple):
    """Something to mend. ``file`` as one sees it in the project; ``line`` counts from 1, 0 is the file as a whole.
    Without ``fault`` it is advice: nothing is wrong, but something is missing that would help."""

    file: str
    line: int
    message: str
    advice: str
    fault: bool = True

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message}. {self.advice}"


def folder_of_tables() -> Path:
    """Where the tables are."""
    return paths.data_dir() / "labor"


def load(folder: Path | None = None) -> tuple[dict[str, Table], str, list[Problem]]:
    """All tables of a folder (default: the course's), the text of its SOURCES.md, and what could not be read."""
    folder = folder or folder_of_tables()
    tables: dict[str, Table] = {}
    found: list[Problem] = []
    for name in SHAPES:
        try:
            tables[name] = rows.read(folder / f"{name}.csv")
            if told := _columns(tables[name], SHAPES[name]):
                advice = "Put them back as course/labor/checks has them."
                found.append(_problem(name, None, f"the columns are not as described ({told})", advice))
        except FileNotFoundError:
            found.append(_problem(name, None, "the table is missing", "Bring it back: git checkout data/labor"))
        except (OSError, ValueError) as error:
            found.append(_problem(name, None, f"cannot be read: {error}", "Save it as CSV in UTF-8."))
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in SHAPES:
            found.append(_problem(path.stem, None, "nobody knows this table", "Describe it in course/labor/checks."))
    try:
        text = (folder / sources.NAME).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        text = ""
        found.append(Problem(f"{_FOLDER}/{sources.NAME}", 0, f"cannot be read: {error}", "Bring it back."))
    return tables, text, found


def problems(folder: Path | None = None) -> list[Problem]:
    """Everything that is wrong with the tables of a folder (default: the course's), and advice."""
    tables, text, found = load(folder)
    return found or check(tables, text)


def check(tables: Mapping[str, Table], sources_text: str) -> list[Problem]:
    """What is wrong with tables in memory. First the form; the laws are asked only of tables in good form."""
    known = {source.id for source in sources.listed(sources_text)}
    codes = {row["soc_code"] for row in tables["occupations"].rows}
    found = list(_repeated(sources_text))
    for name, table in tables.items():
        told = [_problem(name, *one) for one in _form(table, SHAPES[name], known, codes)]
        found += sorted(told, key=lambda problem: problem.line)
    if found:
        return found
    for name, table in tables.items():
        for law in SHAPES[name].laws:
            found += [_problem(name, *finding) for finding in law(tables, table)]
    return found


def _problem(name: str, row: Row | None, message: str, advice: str, fault: bool = True) -> Problem:
    return Problem(f"{_FOLDER}/{name}.csv", row.line if row is not None else 0, message, advice, fault)


def _repeated(text: str) -> Iterator[Problem]:
    """Ids that the list of sources gives twice."""
    ids = [source.id for source in sources.listed(text)]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Problem(f"{_FOLDER}/{sources.NAME}", 0, f"the source {name} is listed twice", "Give one a new id.")


def _columns(table: Table, shape: Shape) -> str:
    """What is wrong with the heading of a table, or ""."""
    if table.columns == shape.names():
        return ""
    missing = [name for name in shape.names() if name not in table.columns]
    extra = [name for name in table.columns if name not in shape.names()]
    if not missing and not extra:
        return "they stand in another order"
    return f"missing: {', '.join(missing) or 'none'}; not known: {', '.join(extra) or 'none'}"


def _form(table: Table, shape: Shape, known: set[str], codes: set[str]) -> Iterator[tuple[Row, str, str]]:
    """Cells, keys, codes and sources of one table."""
    for column in shape.columns:
        wrong = {cell: _cell(column, cell) for cell in {row[column.name] for row in table.rows}}
        if any(wrong.values()):
            for row in table.rows:
                if told := wrong[row[column.name]]:
                    yield row, f"{column.name} {told}", "Write the figure as the source prints it."
    figures = [column.name for column in shape.columns if column.kind is not str and column.name not in shape.key]
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        key = tuple(row[name] for name in shape.key)
        if (first := seen.setdefault(key, row)) is not row:
            yield row, f"{', '.join(key)} stands in line {first.line}, too", "Keep one of the two rows."
        if figures and not any(row[name] for name in figures):
            yield row, "no figure stands in this row", "Remove it: the source publishes nothing here."
        if "soc_code" in row and row["soc_code"] not in codes:
            yield row, f"soc_code {row['soc_code']} is not in occupations.csv", "Add it there, or mend the code."
        for name in row.get("source_id", "").split(";"):
            if name and name not in known:
                yield row, f"the source {name} is not in the list of SOURCES.md", "Add its line, or mend the id."


def _cell(column: Column, cell: str) -> str:
    """What is wrong with a cell, or ""."""
    if not cell:
        return "is empty" if column.needed else ""
    if cell != cell.strip():
        return f"begins or ends with a blank: {cell!r}"
    if column.kind is str:
        if column.values and cell not in column.values:
            return f"is {cell!r}, none of: {', '.join(column.values)}"
        return f"is {cell!r}, which has not the form it must have" if _unfit(column.pattern, cell) else ""
    if not (_WHOLE if column.kind is int else _DECIMAL).fullmatch(cell):
        form = "a whole number in digits alone" if column.kind is int else "a number with a decimal point (12.0)"
        return f"is {cell!r}, not {form}"
    if not column.low <= float(cell) <= column.high:
        return f"is {cell} ({column.unit}), outside of {column.low:,.0f} to {column.high:,.0f}"
    return ""


def _unfit(pattern: str, cell: str) -> bool:
    return bool(pattern) and not re.fullmatch(pattern, cell)
