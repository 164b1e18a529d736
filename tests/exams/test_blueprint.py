"""Blueprints: the four files agree with themselves, with the domains of the items and with the facts; a slip is told at
its line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from course.exams import blueprint, blueprint_file
from course.exams.blueprint import Blueprint, UnknownExam
from course.paths import data_dir
from course.questions import proof
from course.questions.problems import BankError

EXAMS = blueprint.names()


@pytest.fixture(params=EXAMS)
def plan(request: pytest.FixtureRequest) -> Blueprint:
    return blueprint.load(request.param)


def test_the_domains_of_blueprints_and_items_are_one_vocabulary(plan: Blueprint) -> None:
    front = f"{plan.exam}: "
    listed = [name for name in proof.domains() if name.startswith(front)]
    assert [plan.names_item(one.name) for one in plan.domains] == listed


def test_no_other_exam_is_in_the_vocabulary() -> None:
    assert {name.split(": ")[0] for name in proof.domains()} == set(EXAMS)


def test_the_domains_make_the_exam(plan: Blueprint) -> None:
    assert sum(one.count for one in plan.domains) == plan.items == sum(cell.count for cell in plan.cells)
    assert sum(one.scored for one in plan.domains) == plan.scored
    assert sum(cell.unscored for cell in plan.cells) == plan.items - plan.scored


def test_counts_are_those_that_were_agreed() -> None:
    counts = {name: [one.count for one in blueprint.load(name).domains] for name in EXAMS}
    assert counts["CPC"] == [6, 6, 6, 6, 6, 6, 6, 4, 6, 6, 6, 4, 4, 7, 5, 3, 3, 10]
    assert counts["CCA"] == [34, 25, 16, 14, 8, 8]
    assert [one.scored for one in blueprint.load("CCA").domains] == [29, 21, 14, 12, 7, 7]
    assert [one.scored for one in blueprint.load("CCS").domains] == [39, 19, 10, 19, 10]
    assert [one.unscored for one in blueprint.load("CCS").domains] == [4, 2, 1, 2, 1]
    assert [cell.count for cell in blueprint.load("CCS").cells] == [35, 3, 3, 2, 21, 11, 21, 11]
    assert counts["CIC"] == [40, 7]


def test_every_figure_has_a_source_or_is_an_assumption(plan: Blueprint) -> None:
    figures = [getattr(plan.figures, name) for name in type(plan.figures).model_fields]
    for one in [*figures, *plan.domains, *(scene for domain in plan.domains for scene in domain.scenarios)]:
        assert (one.source and one.url and one.as_of and one.trust) or (one.assumption and one.note)
        assert ("assumption" in one.words) == one.assumption
        assert one.assumption or ("not confirmed" in one.words) != one.confirmed


def test_the_four_counts_that_were_not_read_are_not_confirmed() -> None:
    plan = blueprint.load("CPC")
    assumed = [one.name for one in plan.domains if one.assumption]
    assert assumed == ["ICD-10-CM", "HCPCS Level II", "Compliance/regulatory", "Cases"]
    assert sum(plan.domain(name).count for name in assumed) == 21
    assert not any(plan.domain(name).confirmed for name in assumed)


def test_blueprints_agree_with_the_facts(plan: Blueprint) -> None:
    """data/exams/facts.csv is kept by hand as well; where it has a number in force, it is that of the blueprint."""
    with (data_dir() / "exams" / "facts.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["exam"] == plan.exam and row["status"] != "old"]
    ours = {"items": plan.items, "scored": plan.scored, "minutes": plan.minutes, "pass_line": plan.passing.value}
    found = [(row["fact"], float(row["number"])) for row in rows if row["fact"] in ours and row["number"]]
    assert len(found) >= 3
    assert not [(fact, number) for fact, number in found if number != ours[fact]]


def test_pass_lines() -> None:
    assert [blueprint.load(name).pass_share for name in EXAMS] == [0.7, None, None, 0.7]
    assert blueprint.load("CCS").passing.unit == "scaled"


def test_lessons_are_lessons(plan: Blueprint) -> None:
    there = {path.name.split("-")[0] for path in (data_dir().parent / "notebooks").glob("*.ipynb")}
    planned = {"10", "12"}  # being written; they mend domains all the same
    assert {lesson for one in plan.domains for lesson in one.lessons} <= there | planned


def test_names_are_forgiving_and_unknown_ones_are_told() -> None:
    assert blueprint.load(" cpc ").exam == "CPC"
    assert blueprint.load("CPC").domain("CPC: Anatomy").count == blueprint.load("CPC").domain("Anatomy").count == 4
    with pytest.raises(UnknownExam) as told:
        blueprint.load("CPX")
    assert told.value.text() == "There is no exam 'CPX' in this course.\n  - Did you mean `CPC`?"
    with pytest.raises(UnknownExam, match="no exam 'bar'") as told:
        blueprint.load("bar")
    assert "CPC, CCA, CCS, CIC" in told.value.text()


def broken(tmp_path: Path, exam: str, *changes: tuple[str, str]) -> list[str]:
    """The problems of a blueprint with some texts changed, as lines."""
    text = (blueprint_file.exams_dir() / f"{exam}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (tmp_path / f"{exam}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BankError) as told:
        blueprint.load(exam, tmp_path)
    return str(told.value).splitlines()


def line_of(exam: str, words: str) -> int:
    text = (blueprint_file.exams_dir() / f"{exam}.yaml").read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("exam", "old", "new", "where", "said"),
    [
        ("cpc", "name: Anatomy,", "name: Anatomi,", "name: Anatomy,", "'Anatomi', which is not a domain of the CPC"),
        ("cpc", "Anatomy, count: 4", "Anatomy, count: 5", "domains:", "add up to 101 items; the exam has 100"),
        ("cpc", "name: Anatomy,", "name: Anesthesia,", "name: Anatomy,", "'Anesthesia' a second time"),
        ("cpc", "name: Anatomy,", "naame: Anatomy,", "name: Anatomy,", "is not a field here. Did you mean `name`?"),
        ("cpc", "value: 240", "value: soon", "value: 240", "is 'soon'; it must be a whole number"),
        ("cpc", "unit: percent", "unit: points", "unit: percent", "is 'points'. Write percent or scaled."),
        ("cpc", "value: 70\n", "value: 170\n", "value: 70\n", "is 170. A number from 1 to 100."),
        ("cpc", 'change: "01-01"', 'change: "02-31"', "books_change", "which is no day of the year"),
        ("cpc", 'lessons: ["02b"]', 'lessons: ["body"]', 'lessons: ["02b"]', "'body', which is no lesson"),
        ("cpc", "[single_choice]", "[essay]", "kinds: [single", "is 'essay', which the course does not have"),
        ("cca", "count: 8, unscored: 1", "count: 8, unscored: 2", "domains:", "16 items unscored"),
        ("cca", "[30, 34]", "[20, 24]", "count: 34", "32.2 percent of the scored items; published are 20"),
        ("ccs", "emergency scenarios, count: 2", "emergency scenarios, count: 40", "count: 43",
         "4 unscored and 46 scenarios are more than that"),
        ("cic", "    assumption: true\n    note: No page read tells", "    note: No page read tells", "scored:",
         "lacks source and url and as_of and trust"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(tmp_path: Path, exam: str, old: str, new: str, where: str, said: str) -> None:
    problems = broken(tmp_path, exam, (old, new))
    place = f"{exam}.yaml:{line_of(exam, where)}: "
    assert any(one.startswith(place) and said in one for one in problems), problems


def test_a_blueprint_under_the_name_of_another_exam_is_told(tmp_path: Path) -> None:
    shutil.copy(blueprint_file.exams_dir() / "cca.yaml", tmp_path / "cpc.yaml")
    with pytest.raises(BankError, match=r"cpc\.yaml:2: exam is CCA in the file of the CPC\. Write `exam: CPC`\."):
        blueprint.load("CPC", tmp_path)


def test_an_assumption_is_never_confirmed(tmp_path: Path) -> None:
    text = "confirmed: false, assumption: true, note: No page read tells"
    problems = broken(tmp_path, "cpc", (text, text.replace("false", "true")))
    assert any("an assumption cannot be confirmed" in one for one in problems)


def test_several_slips_are_told_at_once_and_no_file_is_told(tmp_path: Path) -> None:
    problems = broken(tmp_path, "cpc", ("name: Anatomy,", "name: Bones,"), ("value: 240", "value: 0"))
    assert len(problems) >= 3  # the name, the one that is left out, the minutes
    assert [one.message for one in blueprint_file.problems(tmp_path / "none")][0].startswith("cannot be opened")


@pytest.mark.parametrize("raw", [b"", b"- a\n", b"exam: [", b"\xff\xfe\x00", b"\x00\x01\x02" * 50])
def test_what_is_no_blueprint_is_told(raw: bytes) -> None:
    found, problems = blueprint_file.validated(raw, "x.yaml", "CPC")
    assert found is None and problems and all(str(one).startswith("x.yaml") for one in problems)


def test_a_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    shutil.copy(blueprint_file.exams_dir() / "cpc.yaml", tmp_path / "cpc.yaml")
    first = blueprint.load("CPC", tmp_path)
    assert blueprint.load("CPC", tmp_path) is first
    text = (tmp_path / "cpc.yaml").read_text(encoding="utf-8")
    (tmp_path / "cpc.yaml").write_text(text.replace("Certified Professional Coder", "Another"), encoding="utf-8")
    assert blueprint.load("CPC", tmp_path).title == "Another"
