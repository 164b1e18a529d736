"""The Neoplasm Table and the Table of Drugs and Chemicals: a teaching selection of both, as rows and columns.

The files are ``data/codesets/neoplasm_table.csv`` and ``drug_table.csv`` (where they come from: ``SOURCES.md`` there).
A cell is printed as in the table: ``C50.4-`` with a dash where the Tabular List asks for more characters. The cells of
the drug table have no dash, and still all of them lack their 7th character.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from course.paths import data_dir

#: What the files write where a row offers nothing in a column.
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``id`` in files and questions, ``label`` above the column, ``meaning`` a sentence of our own."""

    id: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    ``path``: the terms from the main line down, joined by commas, unlike those of all other rows. ``level``: 0 for a
    main line, 1 for the line indented below it, and so on. ``term``: what this line adds. ``nonessential``: words in
    parentheses, which do not change the code. ``see``: where the line sends the reader instead of offering codes.
    ``cells``: column id -> code as printed; columns that offer nothing are left out.
    """

    path: str
    level: int
    term: str
    nonessential: str
    see: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """``id``: neoplasm or drugs. ``dashed``: the cells tell with a dash that characters are lacking."""

    id: str
    name: str
    dashed: bool
    columns: tuple[Column, ...]
    rows: dict[str, Row]

    def column(self, name: str) -> Column:
        """Raises KeyError for a column that the table does not have."""
        return next((one for one in self.columns if one.id == name), None) or _missing(name)

    def above(self, path: str) -> tuple[Row, ...]:
        """The lines that `path` is indented under, the main line first. Raises KeyError for an unknown row."""
        found: list[Row] = []
        wanted = self.rows[path].level
        for row in reversed(list(self.rows.values())[: list(self.rows).index(path)]):
            if row.level < wanted:
                found.insert(0, row)
                wanted = row.level
        return tuple(found)

    def sort(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Rows in the order of the book. Raises KeyError for an unknown row."""
        order = {path: n for n, path in enumerate(self.rows)}
        return tuple(sorted(paths, key=order.__getitem__))


def _missing(name: str) -> Column:
    raise KeyError(name)


#: The columns in the order of the book. Guidelines I.C.2 (FY2025) and the heads of chapter 2 in the Tabular List.
_NEOPLASM = (
    Column("primary", "Malignant primary", "Malignant primary is for a cancer at the place where it began."),
    Column("secondary", "Malignant secondary", "Malignant secondary is for a place to which a cancer has spread."),
    Column(
        "in_situ", "Ca in situ", "Ca in situ is for a carcinoma that has not yet grown out of the layer it began in."
    ),
    Column("benign", "Benign", "Benign is for a tumor that neither invades nor spreads."),
    Column(
        "uncertain",
        "Uncertain behavior",
        "Uncertain behavior is for a tumor that the pathologist has seen and cannot call benign or malignant.",
    ),
    Column(
        "unspecified",
        "Unspecified behavior",
        "Unspecified behavior is for a tumor of which the record does not say what kind it is.",
    ),
)

#: Guidelines I.C.19.e.5 (FY2025).
_DRUGS = (
    Column(
        "accidental",
        "Poisoning, accidental",
        "Poisoning, accidental is for a drug taken or given in a wrong way by mistake, and for one whose intent "
        "the record does not tell.",
    ),
    Column(
        "self_harm",
        "Poisoning, intentional self-harm",
        "Poisoning, intentional self-harm is for a substance that somebody took to harm themselves.",
    ),
    Column(
        "assault", "Poisoning, assault", "Poisoning, assault is for a substance that somebody gave to harm another."
    ),
    Column(
        "undetermined",
        "Poisoning, undetermined",
        "Poisoning, undetermined is only for a record which says that the intent cannot be determined.",
    ),
    Column(
        "adverse_effect",
        "Adverse effect",
        "Adverse effect is for a drug that was correctly prescribed and properly taken, and did harm all the same.",
    ),
    Column(
        "underdosing", "Underdosing", "Underdosing is for taking less of a drug than was prescribed, or none at all."
    ),
)


@cache
def neoplasms() -> Table:
    """The Neoplasm Table. Raises OSError when its file cannot be read."""
    return _read("neoplasm", "Neoplasm Table", True, _NEOPLASM, "neoplasm_table.csv")


@cache
def drugs() -> Table:
    """The Table of Drugs and Chemicals. Raises OSError when its file cannot be read."""
    return _read("drugs", "Table of Drugs and Chemicals", False, _DRUGS, "drug_table.csv")


def table(name: str) -> Table:
    """``neoplasm`` or ``drugs``. Raises KeyError for anything else."""
    return {"neoplasm": neoplasms, "drugs": drugs}[name]()


def bare(cell: str) -> str:
    """The code that a cell names, without dash: ``C50.4-`` -> ``C50.4``, ``C56.-`` -> ``C56``."""
    return cell.rstrip("-").rstrip(".")


def _read(name: str, title: str, dashed: bool, columns: tuple[Column, ...], file: str) -> Table:
    rows: dict[str, Row] = {}
    trail: list[str] = []
    with (data_dir() / "codesets" / file).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            level, path = int(line["level"]), line["path"]
            del trail[level:]
            term = path.removeprefix(f"{trail[-1]}, ") if trail else path
            trail.append(path)
            cells = {one.id: line[one.id] for one in columns if line[one.id] not in ("", NOTHING)}
            rows[path] = Row(path, level, term, line["nonessential"], line["see"], cells)
    return Table(name, title, dashed, columns, rows)
