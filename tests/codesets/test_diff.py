"""What changed between two editions: against the published changes, and on invented notes."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from course.codesets import icd10cm
from course.codesets.icd10cm import diff


@pytest.fixture(scope="module")
def found() -> diff.Diff:
    return diff.compare(icd10cm.open_edition(2026), icd10cm.open_edition(2027))


def test_the_published_changes_are_found(found: diff.Diff, reference_dir: Path) -> None:
    with gzip.open(reference_dir / "icd10cm_fy2027_changes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    told = {name: {row["code_dotted"] for row in rows if row["action"].startswith(name)} for name in ("add", "delete")}
    assert set(found.added) == told["add"]
    assert set(found.deleted) | set(found.expanded) == told["delete"]
    assert set(found.retitled) == {row["code_dotted"] for row in rows if row["action"].startswith("revis")}


def test_counts_add_up(found: diff.Diff) -> None:
    before, after = icd10cm.open_edition(2026), icd10cm.open_edition(2027)
    change = len(found.added) + len(found.merged) - len(found.deleted) - len(found.expanded)
    assert before.count() + change == after.count() and not found.empty


def test_there_and_back_again(found: diff.Diff) -> None:
    """The way back adds what the way there took, and makes billable again what it divided."""
    back = diff.compare(icd10cm.open_edition(2027), icd10cm.open_edition(2026))
    assert (back.added, back.deleted) == (found.deleted, found.added)
    assert back.merged == found.expanded
    assert back.retitled == {code: (now, was) for code, (was, now) in found.retitled.items()}


def test_an_edition_does_not_differ_from_itself() -> None:
    codes = icd10cm.open_edition(2026)
    assert diff.compare(codes, codes).empty


def test_fates_and_new_families(found: diff.Diff) -> None:
    assert found.fate("I42.0") == "expanded" and found.fate("I42.01") == "added" and found.fate("I10") is None
    assert found.added_below("I42") == ("I42.00", "I42.01", "I42.09", "I42.81", "I42.89")
    assert found.added_below("I42.01") == ()


def test_notes_that_read_differently_are_told(found: diff.Diff, monkeypatch: pytest.MonkeyPatch) -> None:
    real = diff._notes

    def revised(codes: icd10cm.CodeSet) -> dict:
        notes = real(codes)
        if codes.edition == 2027:
            notes = {**notes, "I13": [*notes["I13"], ("code_first", "something new")]}
        return notes

    assert not found.noted
    monkeypatch.setattr(diff, "_notes", revised)
    assert diff.compare(icd10cm.open_edition(2026), icd10cm.open_edition(2027)).noted == ("I13",)
