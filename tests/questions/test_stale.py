"""Which questions, lessons and tables a new edition touches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from course.codesets import icd10cm
from course.codesets.icd10cm import diff
from course.questions import stale
from course.questions.kinds import code_entry


def entry(*codes: str, stem: str = "Enter the code.", editions: tuple[int, ...] = (2026, 2027)) -> Any:
    return code_entry.Model(
        id="90-new/one", slug="one", title="One", stem=stem, system="icd10cm", answer={"codes": list(codes)},
        hints=["Look."], rationale="So it is.", sources=[{"ref": "Tabular List", "checked": "2026-11-22"}],
        objective="find a code", difficulty=1, domains=["CPC: ICD-10-CM"], editions=editions,
    )  # fmt: skip


@pytest.fixture(scope="module")
def found() -> diff.Diff:
    return diff.compare(icd10cm.open_edition(2026), icd10cm.open_edition(2027))


def touched(found: diff.Diff, item: Any) -> list[tuple[str, str, str]]:
    return [(one.code, one.weight, one.what) for one in stale.items(found, [item], icd10cm.open_edition(2027))]


def test_a_key_that_is_billable_no_more_must_be_mended(found: diff.Diff) -> None:
    assert touched(found, entry("I42.0")) == [("I42.0", "must", "in the key is divided further now")]
    assert touched(found, entry("S23.420A"))[0][1:] == ("must", "in the key was deleted")


def test_a_question_bound_to_the_old_year_is_only_to_look_at(found: diff.Diff) -> None:
    assert touched(found, entry("I42.0", editions=(2026,))) == [
        ("I42.0", "look", "in the key is divided further now; the question names FY2026 only")
    ]


def test_codes_in_texts_and_new_codes_beside_a_key(found: diff.Diff) -> None:
    assert touched(found, entry("I10", stem="Not M72.2. Enter the code.")) == [
        ("M72.2", "look", "in a text is divided further now")
    ]
    assert touched(found, entry("J34.89"))[0] == (
        "J34.89", "look", "has new codes beside it in J34.8: J34.830, J34.831, J34.832, J34.833 and 1 more"
    )  # fmt: skip


def test_a_question_about_something_else_is_not_named(found: diff.Diff) -> None:
    assert touched(found, entry("I10", "E11.9")) == []


def test_other_notes_above_a_key(found: diff.Diff) -> None:
    """FY2027 has no notes of its own, so a difference is invented here."""
    noted = diff.Diff(2026, 2027, noted=("I10-I1A", "I13"))
    assert [one[0] for one in touched(noted, entry("I13.0", "E11.9"))] == ["I13.0", "I13.0"]


def test_lessons_and_tables(found: diff.Diff, tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["Nothing."]},
        {"cell_type": "markdown", "source": ["See I42.0, I10."]},
    ]
    (tmp_path / "09-x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (tmp_path / "10-broken.ipynb").write_text("{", encoding="utf-8")
    (tmp_path / "terms.csv").write_text("word,code\nplantar,M72.2\nearly,I42.0-\nhigh,I10\n", encoding="utf-8")
    (tmp_path / "icd10cm_changes.csv").write_text("code\nI42.0\n", encoding="utf-8")
    assert [str(one) for one in stale.lessons(found, tmp_path)] == ["09-x.ipynb, cell 2: I42.0 is divided further now"]
    assert [one.code for one in stale.tables(found, tmp_path)] == ["M72.2", "I42.0"]
