"""The facts about the exams: sound rows, both values where sources disagree, prices in one place, dates in words."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from course import paths
from course.exams import facts as f

FOLDER = paths.data_dir() / "exams"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the two files, to break."""
    for name in ("facts.csv", "costs.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    yield tmp_path
    f.rows.cache_clear()


def edit(folder: Path, exam: str, fact: str, column: str, new: str) -> list[str]:
    """Faults after one field of the last row of a fact was changed."""
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    next(row for row in reversed(rows) if (row["exam"], row["fact"]) == (exam, fact))[column] = new
    with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    f.rows.cache_clear()
    return f.faults(folder)


def test_the_file_is_sound():
    assert f.faults() == []


@pytest.mark.parametrize(
    ("place", "column", "new", "words"),
    [
        ("CPC full_name", "exam", "CPX", ":2: there is no exam 'CPX'"),
        ("CPC pass_line", "fact", "pass_mark", "'pass_mark' has no label"),
        ("CPC pass_line", "value", " ", "a fact needs words"),
        ("CPC pass_line", "number", "", "a number needs its unit"),
        ("CPC pass_line", "number", "70 %", "a number needs its unit"),
        ("CPC pass_line", "status", "new", "status is now, conflict or old"),
        ("CPC pass_line", "trust", "D", "trust is A, B, C or empty"),
        ("CPC pass_line", "source", "", "a fact needs a source"),
        ("CPC pass_line", "as_of", "lately", "'lately' is no date"),
        ("RHIT retake", "value", "wait 90 days", "a conflict needs two rows with different words"),
        ("CPC items", "status", "now", "items of CPC is in force twice"),
    ],
)
def test_a_fault_is_named_with_its_line(folder: Path, place: str, column: str, new: str, words: str):
    (told,) = edit(folder, *place.split(), column, new)
    assert told.startswith("facts.csv:") and words in told


def test_a_conflict_of_one_row_is_told(folder: Path):
    assert any("a conflict needs two rows" in one for one in edit(folder, "RHIT", "retake", "status", "now"))


def test_every_exam_has_what_a_reader_asks_first():
    for exam in f.EXAMS:
        assert f.value(exam, "full_name") and f.value(exam, "body") in ("AAPC", "AHIMA")
    for exam in f.MAIN:
        for fact in f.COMPARED:
            if fact not in ("window", "holders", "membership_fee"):
                assert f.facts(exam, fact), f"{exam} has no {fact}"
        assert f.number(exam, "minutes") in (120, 240) and f.number(exam, "renewal") in (20, 36)


def test_both_values_stand_where_sources_disagree():
    assert [one.value for one in f.conflicts("CCA")["pass_rate_2020"]] == [
        "85 percent of 1,627 first sittings in 2020",
        "80 percent of 1,727 first sittings in 2020",
    ]
    told = {(one.value, one.told) for one in f.conflicts("CPC")["fee"]}
    assert ("$425 for one sitting", "open-exam-prep.com, 2026") in told
    assert ("$399 for one sitting", "open-exam-prep.com, another page, February 21, 2026") in told
    assert not any("two sittings" in value for value, _ in told), "all sources say 499"
    outlier = [one for one in f.facts("CCA", "fee") if one.status == "other"]
    assert [one.value for one in outlier] == ["$299 for members", "$399 for others"]
    assert {one["sources agree"] for one in f.table("CPC") if one["fact"] == "Time"} == {"no"}


def test_neighbors_of_aapc_have_what_is_asked_before_and_their_code_sets():
    for exam in ("COC", "CRC", "CPB", "CPMA"):
        assert f.value(exam, "prerequisite") == f.value("CPC", "prerequisite")
        assert f.first(exam, "code_sets").trust, f"the code sets of {exam} need a source"


def test_prices_stand_in_one_file():
    assert not set(f._PRICES.values()) & {row.fact for row in f.rows()[: len(f.rows()) - len(list(f._prices(FOLDER)))]}
    with (FOLDER / "costs.csv").open(encoding="utf-8", newline="") as lines:
        fees = [row for row in csv.DictReader(lines) if row["item"] == "exam_fee"]
    assert len(fees) == len([one for one in f.rows() if one.fact == "fee"])
    assert not any("$" in row.value for row in f.rows() if row.fact not in f._PRICES.values())


def test_an_old_value_is_told_only_when_asked():
    assert [one["value"] for one in f.table("CPC") if one["fact"] == "Questions"] == ["100 questions"]
    assert "150 questions" in {one["value"] for one in f.table("CPC", fact="items", old=True)}
    assert f.value("CCA", "holders") == "7,753"


def test_what_is_not_known_is_a_key_error():
    assert f.facts("CPC", "window") == [] and f.facts("XYZ") == []
    for call in (
        lambda: f.value("CPC", "window"),
        lambda: f.number("CPC", "full_name"),
        lambda: f.value("RHIT", "pass_rate"),
    ):
        with pytest.raises(KeyError, match="facts.csv has no"):
            call()


def test_a_comparison_goes_fact_by_fact():
    rows = dict(f.compare("CPC", "CCS"))
    assert [[one.value for one in cell] for cell in rows["To pass"]] == [
        ["70 percent"],
        ["300 on a scale from 100 to 400"],
    ]
    assert rows["After you apply"][0] == [] and "120 days" in rows["After you apply"][1][0].value
    assert all(one.status != "old" for cells in rows.values() for cell in cells for one in cell)
    assert "After you apply" not in dict(f.compare("CPC", "CIC")) and len(f.compare()[0][1]) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [("2026-04-21", "April 21, 2026"), ("2025-12", "December 2025"), ("2026", "2026"), ("undated", "undated")],
)
def test_dates_in_words(text: str, words: str):
    assert f.said_date(text) == words


def test_the_tables_can_be_read_from_a_notebook() -> None:
    from pathlib import Path

    import course

    assert {"costs", "facts"} <= set(course.exams.names())
    assert Path(course.exams.file("costs.csv")).is_file()
    with pytest.raises(KeyError, match="there are: costs"):
        course.exams.file("cost")
