"""FY2026 and FY2027: which is in force when, what changed between them, and what the course knows of older codes."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from pathlib import Path

import pytest

from course.codesets import icd10cm
from course.codesets.icd10cm import CodeSet
from course.codesets.icd10cm.changes import headings_of, read_changes
from course.codesets.icd10cm.history import read_successors
from course.codesets.icd10cm.model import bare


def test_the_editions_of_the_course():
    assert icd10cm.editions() == (2026, 2027)


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (dt.date(2026, 9, 30), 2026),
        (dt.date(2026, 10, 1), 2027),
        (dt.date(2025, 10, 1), 2026),
        (dt.date(2027, 9, 30), 2027),
        (dt.date(2019, 5, 1), 2026),  # before the first edition held: the nearest
        (dt.date(2031, 5, 1), 2027),  # after the last one: the nearest
    ],
)
def test_the_fiscal_year_begins_on_1_october(day: dt.date, edition: int):
    assert icd10cm.edition_on(day) == edition


def test_the_learners_date_decides(monkeypatch: pytest.MonkeyPatch, codes: CodeSet, codes_2026: CodeSet):
    assert icd10cm.open_edition() is codes
    monkeypatch.setenv("COURSE_TODAY", "2026-09-30")
    assert icd10cm.edition_on() == 2026
    assert icd10cm.open_edition() is codes_2026


def test_an_edition_is_opened_once(codes: CodeSet):
    assert icd10cm.open_edition(2027) is codes


def test_labels_say_years_and_basis(codes: CodeSet, codes_2026: CodeSet):
    assert codes.label == "ICD-10-CM FY2027 (1 Oct 2026 to 30 Sep 2027)"
    assert codes_2026.label == "ICD-10-CM FY2026 with the April 2026 update (1 Oct 2025 to 30 Sep 2026)"
    assert "Notes" in codes.basis and "FY2026 (April 2026 update)" in codes.basis
    assert repr(codes) == f"<{codes.label}>"


@pytest.mark.parametrize("edition", [2025, 0, -1, 99999])
def test_an_edition_the_course_does_not_hold(edition: int):
    with pytest.raises(icd10cm.UnknownEdition, match=rf"does not hold ICD-10-CM FY{edition}.*FY2026, FY2027"):
        icd10cm.open_edition(edition)


# -- FY2027 = FY2026 + the published changes --------------------


def rows_of(edition: int, action: str) -> list:
    return [row for row in read_changes() if row.edition == edition and row.action == action]


def test_counts(codes: CodeSet, codes_2026: CodeSet):
    assert (codes_2026.count(), codes.count()) == (74_719, 74_879)
    assert codes.count() == sum(1 for _ in codes.billable_codes())
    assert codes.count(billable=False) > 98_000
    counted = {(e, a): len(rows_of(e, a)) for e in (2025, 2026, 2027) for a in ("added", "deleted", "revised")}
    assert list(counted.values()) == [252, 36, 13, 487, 28, 0, 190, 30, 4]


def test_fy2027_is_fy2026_with_its_changes_and_nothing_else(codes: CodeSet, codes_2026: CodeSet):
    before, after = set(codes_2026.billable_codes()), set(codes.billable_codes())
    assert after - before == {row.code for row in rows_of(2027, "added")}
    assert before - after == {row.code for row in rows_of(2027, "deleted")}
    revised = {row.code: (row.previous_title, row.title) for row in rows_of(2027, "revised")}
    sql = "SELECT code, title FROM code WHERE billable"
    old, new = dict(codes_2026.connection.execute(sql)), dict(codes.connection.execute(sql))
    for code in before & after:
        assert (old[code], new[code]) == revised.get(code, (old[code], old[code])), code


def test_added_codes_have_their_titles_and_say_that_notes_are_not_known(codes: CodeSet, codes_2026: CodeSet):
    for row in rows_of(2027, "added"):
        code = codes.get(row.code)
        assert code is not None and code.title == row.title and code.billable and code.title_known
        assert not code.notes_known and codes.notes(code.code, inherited=False) == []
        assert row.code not in codes_2026
    assert all(code.notes_known for code in map(codes.get, ["I42.0", "E11.9", "S52.52"]) if code)


def test_inherited_notes_of_new_codes_are_shown(codes: CodeSet):
    assert {note.owner for note in codes.notes("I42.01")} >= {"I42", "9"}


@pytest.mark.parametrize(
    "heading", ["K6A", "K6A.0", "M67.A", "M67.A0", "J34.83", "QA1", "QA1.7", "QA1.79", "T65.85", "Z77.4"]
)
def test_headings_that_the_changes_imply_exist_without_an_invented_title(
    codes: CodeSet, codes_2026: CodeSet, heading: str
):
    found = codes.get(heading)
    assert found is not None and not found.billable and not found.title_known and not found.notes_known
    assert "not in the published changes" in found.title
    assert heading not in codes_2026
    assert codes.children(heading)


def test_every_heading_above_every_code_exists(each: CodeSet):
    entries = dict(each.connection.execute("SELECT code, parent FROM code"))
    for code in each.billable_codes():
        stem = bare(entries[code])
        extension = len(bare(code)) == 7 and (len(stem) < 6 or bool(code[-1].isalpha()))
        for heading in headings_of(code, extension):
            assert heading in entries, (code, heading)


def test_the_title_of_a_new_stem_follows_from_its_codes(codes: CodeSet):
    stem = codes.get("T65.851")
    assert stem is not None and stem.title_known
    assert stem.title == "Toxic effect of medetomidine, accidental (unintentional)"


def test_where_new_categories_stand(codes: CodeSet):
    """K6A fits no block that is known, so it stands straight under its chapter, after K68; J4B and QA1 likewise."""
    for code, chapter in (("K6A", "11"), ("QA1", "17"), ("J4B", "10")):
        assert codes.get(code).parent == chapter  # type: ignore[union-attr]
    order = [code for (code,) in codes.connection.execute("SELECT code FROM code WHERE level != 'block' ORDER BY n")]
    assert order.index("K68.9") < order.index("K6A") < order.index("K70")
    assert order.index("J4A.9") < order.index("J4B") < order.index("J60")


def test_new_codes_stand_among_their_neighbours(codes: CodeSet):
    assert [code.code for code in codes.children("C78.3")] == ["C78.30", "C78.31", "C78.32", "C78.39"]
    for row in rows_of(2027, "added"):
        siblings = [code.code for code in codes.children(codes.get(row.code).parent)]  # type: ignore[union-attr]
        assert siblings == sorted(siblings), row.code


def test_a_deleted_code_with_children_became_a_heading(codes: CodeSet, codes_2026: CodeSet):
    assert codes_2026.is_billable("I42.0") and not codes.is_billable("I42.0")
    heading = codes.get("I42.0")
    assert heading is not None and heading.title == "Dilated cardiomyopathy" and heading.title_known
    (change,) = codes.history("I42.0")
    assert (change.edition, change.action, change.replaced_by) == (2027, "expanded", ("I42.00", "I42.01", "I42.09"))
    assert change.source == "ICD-10-CM addenda FY2027"


def test_a_deleted_code_without_children_is_gone_and_nothing_is_guessed(codes: CodeSet, codes_2026: CodeSet):
    for code in ("S23.420A", "S23.420", "T52.8X1A", "T52.8X1", "T52.8X"):
        assert code in codes_2026 and code not in codes
        (change,) = codes.history(code)
        assert (change.edition, change.action, change.replaced_by) == (2027, "deleted", ())
    assert set(codes.history("T52.8X1A")[0].added_nearby) >= {"T52.811A", "T52.891A"}
    assert all(near in codes for near in codes.history("T52.8X1A")[0].added_nearby)
    assert codes.history("S23.420A")[0].added_nearby == ()


def test_no_heading_is_left_with_nothing_below(codes: CodeSet):
    sql = "SELECT count(*) FROM code a WHERE NOT billable AND NOT EXISTS (SELECT 1 FROM code b WHERE b.parent = a.code)"
    assert codes.connection.execute(sql).fetchone() == (0,)


def test_changes_agree_with_the_official_tables(reference_dir: Path):
    for edition in (2026, 2027):
        with gzip.open(
            reference_dir / f"icd10cm_fy{edition}_changes.csv.gz", "rt", encoding="utf-8", newline=""
        ) as lines:
            official = {(row["action"][:3], row["code_dotted"], row["description"]) for row in csv.DictReader(lines)}
        assert official == {(r.action[:3], r.code, r.title) for r in read_changes() if r.edition == edition}
    with gzip.open(reference_dir / "icd10cm_fy2025_changes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        official = {(r["action"][:3], r["code"]) for r in csv.DictReader(lines) if r["action"] != "revise from"}
    assert official == {(r.action[:3], bare(r.code)) for r in read_changes() if r.edition == 2025}


# -- history --------------------


@pytest.mark.parametrize(
    ("code", "edition", "action", "replaced_by"),
    [
        ("J4B", 2027, "added", ()),
        ("E78.01", 2026, "expanded", ("E78.010", "E78.011", "E78.019")),
        ("E66.8", 2025, "expanded", ("E66.811", "E66.812", "E66.813", "E66.89")),
        ("T81.32XA", 2025, "deleted", ("T81.320A", "T81.321A", "T81.328A", "T81.329A")),
        ("M54.5", 2022, "expanded", ("M54.50", "M54.51", "M54.59")),
        ("T84.040A", 2017, "deleted", ("M97.01XA",)),
        ("Z68.1", 2027, "expanded", ("Z68.18", "Z68.19")),
    ],
)
def test_history(each: CodeSet, code: str, edition: int, action: str, replaced_by: tuple[str, ...]):
    """Both editions tell the same story: FY2026 too knows what FY2027 will bring."""
    (change,) = each.history(code.lower())
    assert (change.edition, change.action, change.replaced_by) == (edition, action, replaced_by)
    assert change.source


def test_revised_titles_are_told_with_the_old_one(codes: CodeSet):
    (change,) = codes.history("Z29.14")
    assert change.action == "revised" and change.previous_title.endswith("globin") and change.title.endswith("globulin")


def test_a_code_nobody_changed_has_no_history(codes: CodeSet):
    assert codes.history("I10") == [] == codes.history("nonsense")


def test_what_replaced_a_code_was_a_code_itself(codes_2026: CodeSet):
    """Old code -> successors that exist today or have a history of their own: the trail never breaks."""
    for code, (edition, successors) in read_successors().items():
        assert 2016 < edition <= 2025 and successors
        assert not codes_2026.is_billable(code)
        for successor in successors:
            assert successor in codes_2026 or codes_2026.history(successor), (code, successor)


def test_codes_that_became_headings_are_headings(each: CodeSet):
    sql = "SELECT code, edition FROM history WHERE action = 'expanded'"
    for code, edition in each.connection.execute(sql).fetchall():
        if edition <= each.edition:
            found = each.get(code)
            assert found is None or not found.billable, code
