"""The teaching selection of the Neoplasm Table and the drug table: every cell is a code, and stands so in the official
tables."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from course.codesets import icd10cm
from course.codesets.icd10cm import tables
from course.paths import data_dir

TABLES = (tables.neoplasms(), tables.drugs())
#: Our column -> the column of the reference table.
OFFICIAL = {
    "primary": "malignant_primary",
    "secondary": "malignant_secondary",
    "in_situ": "ca_in_situ",
    "benign": "benign",
    "uncertain": "uncertain",
    "unspecified": "unspecified",
    "accidental": "poisoning_accidental",
    "self_harm": "poisoning_selfharm",
    "assault": "poisoning_assault",
    "undetermined": "poisoning_undetermined",
    "adverse_effect": "adverse_effect",
    "underdosing": "underdosing",
}
FILES = {
    "neoplasm": ("neoplasm_table.csv", "icd_neoplasm_fy2025.csv.gz", "Neoplasm, neoplastic, ", 1),
    "drugs": ("drug_table.csv", "icd_drug_fy2025.csv.gz", "", 0),
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_rows_are_indented_under_their_parents(table: tables.Table) -> None:
    assert len(table.rows) >= 150
    for path, row in table.rows.items():
        above = table.above(path)
        assert [one.level for one in above] == list(range(row.level))
        assert path == ", ".join([*([above[-1].path] if above else []), row.term])
        assert bool(row.see) != bool(row.cells) or (not row.see and path in {"Carbon", "Isopropyl"})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_cell_is_a_code_and_its_dash_is_true(table: tables.Table, each: icd10cm.CodeSet) -> None:
    """A dash stands at headings, none at billable codes; in the drug table each lacks its 7th character alone."""
    count = 0
    for path, row in table.rows.items():
        for column, cell in row.cells.items():
            code = each.get(tables.bare(cell))
            assert code is not None, (path, column, cell)
            if table.dashed:
                assert code.billable != cell.endswith("-"), (path, column, cell)
            else:
                assert not code.billable and each.valid_seventh(code.code), (path, column, cell)
            count += 1
    assert count > 700


def test_columns_lie_where_they_should() -> None:
    """Behavior and intent can be read off the codes: a column that was swapped would be seen."""
    for row in tables.neoplasms().rows.values():
        for column, cell in row.cells.items():
            head = (cell[0], int(cell[1:3]))
            low, high = {
                "primary": (("C", 0), ("C", 96)),
                "secondary": (("C", 77), ("C", 79)),
                "in_situ": (("D", 0), ("D", 9)),
                "benign": (("D", 10), ("D", 36)),
                "uncertain": (("D", 37), ("D", 48)),
                "unspecified": (("D", 49), ("D", 49)),
            }[column]
            assert low <= head <= high, (row.path, column, cell)
            assert column != "primary" or not ("C", 77) <= head <= ("C", 79)
    digits = ("accidental", "self_harm", "assault", "undetermined", "adverse_effect", "underdosing")
    for row in tables.drugs().rows.values():
        for column, cell in row.cells.items():
            assert cell[-1] == str(digits.index(column) + 1), (row.path, column, cell)


@pytest.mark.parametrize("name", FILES)
def test_every_cell_against_the_official_table(name: str, reference_dir: Path) -> None:
    """As printed in FY2025, but for the cells that ``corrected`` names with what was printed there."""
    ours, theirs, strip, base = FILES[name]
    with gzip.open(reference_dir / theirs, "rt", encoding="utf-8", newline="") as lines:
        official = {row["path"].removeprefix(strip): row for row in csv.DictReader(lines)}
    order = list(official)
    with (data_dir() / "codesets" / ours).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["path"] for row in rows] == sorted((row["path"] for row in rows), key=order.index)
    compared = 0
    for row in rows:
        reference = official[row["path"]]
        assert int(row["level"]) == int(reference["level"]) - base
        assert row["nonessential"] == reference["nonessential"] and row["see"] == (reference["see"] or "")
        corrected = dict(one.split("=") for one in row["corrected"].split(";") if one)
        for column, cell in row.items():
            if column not in OFFICIAL:
                continue
            printed = (reference[OFFICIAL[column]] or "-").replace("--", "-")
            assert (corrected.get(column) or cell or "-") == printed, (row["path"], column)
            assert column not in corrected or cell != corrected[column]
            compared += 1
    assert compared == 6 * len(rows)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        tables.table("procedures")
    with pytest.raises(KeyError):
        tables.drugs().column("primary")
    assert tables.bare("C56.-") == "C56" and tables.bare("C50.4-") == "C50.4" and tables.bare("C61") == "C61"
