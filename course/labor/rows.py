"""The tables as their files hold them: rows of strings with the line each stands in, read and written byte for byte.

pandas would write 23.90 as 23.9 and 1300 as 1300.0; here a cell keeps the characters it has, so that a table to which
one row was added differs from the old one in one line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


class Row(dict[str, str]):
    """Column -> characters of the cell ("" where the source has no figure). ``line`` counts from 1, the heading."""

    line: int = 0

    def number(self, column: str) -> float | None:
        """The cell as a number; None when it is empty, is not a number, or is no column of this table."""
        try:
            return float(self.get(column, ""))
        except ValueError:
            return None

    def numbers(self, *columns: str) -> tuple[float, ...] | None:
        """All of the cells as numbers, or None when one of them has none."""
        found = [self.number(column) for column in columns]
        return None if None in found else tuple(value for value in found if value is not None)


@dataclass(slots=True)
class Table:
    """One file: its columns in order, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    def by(self, *columns: str) -> dict[tuple[str, ...], Row]:
        """The first row of each key."""
        found: dict[tuple[str, ...], Row] = {}
        for row in self.rows:
            found.setdefault(tuple(row.get(column, "") for column in columns), row)
        return found

    def text(self) -> str:
        """The whole file, as it is written."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([row[column] for column in self.columns] for row in self.rows)
        return out.getvalue()

    def with_rows(self, rows: Iterable[Row], order: tuple[str, ...]) -> Table:
        """A table with other rows, sorted by the columns `order` and numbered anew."""
        made = Table(self.name, self.columns, sorted(rows, key=lambda row: tuple(row[column] for column in order)))
        for line, row in enumerate(made.rows, start=2):
            row.line = line
        return made


Tables = Mapping[str, Table]


def read(path: Path) -> Table:
    """Read one CSV file. ValueError (a sentence) when it cannot be read as a table, OSError when not at all."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            columns = tuple(next(reader, ()))
            rows = []
            for cells in reader:
                if len(cells) != len(columns):
                    raise ValueError(f"line {reader.line_num} has {len(cells)} cells, the heading {len(columns)}")
                row = Row(zip(columns, cells, strict=True))
                row.line = reader.line_num
                rows.append(row)
    except UnicodeDecodeError:
        raise ValueError("it is not in UTF-8") from None
    except csv.Error as error:
        raise ValueError(f"it is not CSV ({error})") from None
    return Table(path.stem, columns, rows)
