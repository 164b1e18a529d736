"""The score report: what is counted, against what, and in which words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest

from course.exams import report_words as words
from course.exams.blueprint import load as blueprint_of
from course.exams.report import score
from course.exams.report_answers import answer_html
from course.exams.sitting import Sitting
from course.learner.store import Store
from course.questions import bank as real_bank
from course.questions import kinds

from .conftest import START, Bank, after, bank_of, form_of


def sat(store: Store, bank: Bank, answers: dict[int, Any], now: dt.datetime = START, **form: Any) -> dict[str, Any]:
    """The report of an exam in which some places were answered, one a minute."""
    sitting = Sitting.begin(store, form_of(bank, **form), confidence=True, now=now, load=bank)
    for place, value in answers.items():
        sitting.go(place, now + dt.timedelta(minutes=place))
        sitting.change(place, "response", value, now + dt.timedelta(minutes=place, seconds=5))
    return sitting.submit(now + dt.timedelta(minutes=len(bank)))


def test_against_a_pass_line_in_percent(store: Store) -> None:
    bank = bank_of(10)
    report = sat(store, bank, {n: "2" if n == 2 else "b" for n in range(7)}, unscored=0)
    overall = report["overall"]
    assert (overall["right"], overall["of"], overall["percent"], overall["line"]) == (7, 10, 70.0, 70.0)
    assert overall["passed"] is True and overall["blank"] == 3 and report["unscored"] is None
    assert overall["words"] == (
        "You answered 7 of 10 questions right: 70 percent. 3 questions had no answer and count as wrong. "
        "70 of 100 is the pass line of the CPC. This result reaches it. "
        "So few questions (10) say little about passing; a longer exam tells more."
    )
    assert (overall["stands"], overall["tells"]) == ("On the pass line", False)
    json.dumps(report)


def test_just_below_the_line_is_below_it() -> None:
    cpc = blueprint_of("CPC")
    assert words.passed(70, 100, cpc) is True and words.passed(69, 100, cpc) is False
    assert words.passed(699, 1_000, cpc) is False and words.percent(6_996, 10_000) == 70.0  # rounding passes nobody
    assert words.passed(6_996, 10_000, cpc) is False
    assert "This result is below it." in words.overall("CPC", 69, 100, 0, 0, cpc)
    stands = [words.stands(right, 1_000, cpc).split()[0] for right in (699, 700, 701)]
    assert stands == ["Below", "On", "Above"] and words.stands(1, 2, blueprint_of("CCS")) == ""
    assert "say little" in words.overall("CPC", 39, 39, 0, 0, cpc)
    assert "say little" not in words.overall("CPC", 40, 40, 0, 0, cpc)


@pytest.mark.parametrize("exam", ["CCA", "CCS"])
def test_a_scale_is_explained_and_never_computed(store: Store, bank: Bank, exam: str) -> None:
    report = sat(store, bank, {0: "b"}, exam=exam)
    overall = report["overall"]
    assert overall["passed"] is None and overall["line"] is None
    assert f"The {exam} is passed with 300 points on a scale" in overall["words"] and "no points" in overall["words"]


def test_a_line_that_is_not_confirmed_is_told_so() -> None:
    assert "not confirmed" in words.overall("CIC", 30, 40, 0, 0, blueprint_of("CIC"))
    assert "not confirmed" not in words.overall("CPC", 30, 40, 0, 0, blueprint_of("CPC"))


def test_an_exam_without_a_blueprint_has_a_share(store: Store, bank: Bank) -> None:
    report = sat(store, bank, {0: "b"}, exam="XYZ")
    assert report["overall"]["words"].startswith("You answered 1 of 6") and report["overall"]["passed"] is None
    missed = [row for row in report["domains"] if row["domain"] == "Medicine"]
    assert missed[0]["lessons"] == ["03", "04", "05"]  # those of the missed items


def test_tried_items_are_told_apart(store: Store, bank: Bank) -> None:
    report = sat(store, bank, {6: "b", 7: "a"})
    assert (report["overall"]["right"], report["overall"]["of"]) == (0, 6)
    assert (report["unscored"]["right"], report["unscored"]["of"]) == (1, 2)
    assert report["unscored"]["words"].startswith("2 more questions did not count")
    assert [item["scored"] for item in report["items"]] == [True] * 6 + [False] * 2
    assert sum(row["of"] for row in report["domains"]) == 6 and sum(row["unscored"] for row in report["domains"]) == 2


def test_domains_weakest_first_with_the_lessons_that_mend_them(store: Store, bank: Bank) -> None:
    report = sat(store, bank, {0: "b", 2: "2", 4: "b", 6: "b", 1: "b", 3: "a"})
    first, second = report["domains"]
    assert (first["domain"], first["right"], first["of"], first["blank"]) == ("Medicine", 1, 3, 1)
    assert (second["domain"], second["percent"], second["lessons"]) == ("Anatomy", 100.0, [])
    own = ["03", "04", "05"]  # those of what was missed come first
    assert first["lessons"] == own + [one for one in blueprint_of("CPC").domain("Medicine").lessons if one not in own]
    assert first["seconds"] + second["seconds"] == report["time"]["total"]


def test_time(store: Store, bank: Bank) -> None:
    sitting = Sitting.begin(store, form_of(bank, minutes=8), now=START, load=bank)
    for place, at in ((1, 30), (2, 130), (3, 150)):
        sitting.go(place, after(at))
    report = sitting.submit(after(170))
    time = report["time"]
    assert (time["total"], time["median"], time["budget"], time["over"], time["left"]) == (170, 25, 144, 0, 310)
    assert time["longest"][0] == {"place": 1, "seconds": 100.0}
    assert time["words"] == (
        "Half of your questions took 25 seconds or less; the real exam gives 2 minutes 24 seconds for each. "
        "None took longer than that. You had 5 minutes 10 seconds left."
    )


@pytest.mark.parametrize(("exam", "pace"), [("CCS", 14_400 / 107), ("CIC", 14_400 / 47), ("XYZ", 60)])
def test_the_pace_is_that_of_the_real_exam(store: Store, bank: Bank, exam: str, pace: float) -> None:
    report = sat(store, bank, {0: "b"}, exam=exam, minutes=8)
    assert report["time"]["budget"] == pytest.approx(pace, abs=0.1)


def test_what_the_real_exam_has_and_this_one_had_not(store: Store, bank: Bank) -> None:
    form = dataclasses.replace(form_of(bank, exam="CIC"), short={"Multiple choice": 1})
    report = Sitting.begin(store, form, now=START, load=bank).submit(after(60))
    assert report["missing"][0] == "1 question of the real exam is missing: Multiple choice."
    assert "diagnoses only until the ICD-10-PCS lesson is there" in report["missing"][1]
    assert report["untouched"] == ["Multiple choice", "Inpatient cases"]
    assert sat(store, bank, {0: "b"}, now=after(minutes=9))["missing"] == []


def test_calibration_speaks_of_classes_of_five_and_more(store: Store) -> None:
    bank = bank_of(12)
    sitting = Sitting.begin(store, form_of(bank), confidence=True, now=START, load=bank)
    for place in range(12):
        sitting.change(place, "response", "b" if place != 2 else "2", after(place))
        sitting.change(place, "confidence", 3 if place < 5 else 1, after(place))
    for place in (0, 1):
        sitting.change(place, "response", "a", after(30))
    for place in range(9, 12):
        sitting.change(place, "response", None, after(31))
    calibration = sitting.submit(after(60))["calibration"]
    assert [(one["name"], one["n"], one["right"]) for one in calibration["classes"]] == [
        ("guess", 4, 4),
        ("unsure", 0, 0),
        ("sure", 5, 3),
    ]
    rest = calibration["rest"]
    assert rest == [{"name": "left blank", "n": 3, "right": 0}]
    assert sum(one["n"] for one in [*calibration["classes"], *rest]) == 12, "the table adds up"
    assert calibration["words"] == (
        "Of 5 answers you were sure of, 3 were right. Being sure was not a safe sign: look at those you missed first."
    )
    assert "Your guesses did as well" in words.calibration(
        [{"name": "guess", "n": 5, "right": 5}, {"name": "sure", "n": 5, "right": 5}]
    )


def test_without_confidence_there_is_no_calibration(store: Store, bank: Bank) -> None:
    assert sat(store, bank, {0: "b"})["calibration"] is None


def test_changed_answers(store: Store, bank: Bank) -> None:
    sitting = Sitting.begin(store, form_of(bank), now=START, load=bank)
    at = 0
    for place, given in ((0, ["a", "b"]), (1, ["b", "c"]), (3, ["a", "c", "b"]), (4, ["b"])):
        for response in given:
            at += 10
            sitting.go(place, after(at))
            sitting.change(place, "response", response, after(at + 1))
            sitting.go(7, after(at + 2))
    report = sitting.submit(after(600))
    changes = report["changes"]
    assert (changes["wrong_to_right"], changes["right_to_wrong"], changes["wrong_to_wrong"]) == (2, 1, 1)
    assert changes["words"] == (
        "You changed 4 answers: 2 from wrong to right, 1 from right to wrong, 1 from one wrong answer to another."
    )
    assert report["items"][3]["changes"] == {"wrong_to_right": 1, "right_to_wrong": 0, "wrong_to_wrong": 1}


def test_an_item_in_full(store: Store, bank: Bank) -> None:
    report = sat(store, bank, {0: "a", 2: "about two"})
    item = report["items"][0]
    assert item["yours_html"] == "<strong>A.</strong> one 0" and item["key_html"] == "<strong>B.</strong> two 0"
    assert [(one["target"], one["mark"], one["picked"]) for one in item["reasons"]] == [
        ("a", "wrong", True),
        ("b", "right", False),
        ("c", "note", False),
    ]
    assert item["reasons"][1]["message_html"] == "why two" and item["rationale_html"] == "<p>Because of 0.</p>"
    assert item["sources"][0]["ref"] == "I.A.4" and item["stem_html"] == "<p>What is 0?</p>" and item["lesson"] == "03"
    unread = report["items"][2]
    assert unread["outcome"] == "incorrect" and unread["yours_html"] == "about two"
    assert unread["invalid_html"].startswith("Your answer could not be read, so it counts as wrong. ")
    blank = report["items"][1]
    assert blank["outcome"] == "blank" and blank["yours_html"] == "" and blank["key_html"]


def test_beside_the_sittings_before(store: Store, bank: Bank) -> None:
    first = sat(store, bank, {0: "b"})
    assert first["compared"]["words"] == "This is your first result in the CPC."
    sat(store, bank, {0: "b"}, exam="CCA", now=after(minutes=100))
    second = sat(store, bank, {0: "b", 1: "b", 3: "b"}, now=after(minutes=2_000))
    assert [one["percent"] for one in second["compared"]["sittings"]] == [16.7, 50.0]
    assert second["compared"]["words"] == (
        "Your result before this one, of November 22, 2026, was 16.7 percent (CPC, full length, timed)."
    )


def test_results_stand_in_the_order_in_which_they_were_handed_in(store: Store, bank: Bank) -> None:
    slow = Sitting.begin(store, form_of(bank, minutes=10_000), now=START, load=bank)
    sat(store, bank, {0: "b"}, now=after(minutes=100))
    slow.change(0, "response", "b", after(minutes=150))
    slow.change(1, "response", "b", after(minutes=150))
    last = slow.submit(after(minutes=200))["compared"]
    assert [one["right"] for one in last["sittings"]] == [1, 2] and last["sittings"][-1]["id"] == slow.id
    assert "16.7 percent" in last["words"]


def test_no_feedback_before_the_end(store: Store, bank: Bank) -> None:
    sitting = Sitting.begin(store, form_of(bank), now=START, load=bank)
    sitting.change(0, "response", "b", after(1))
    with pytest.raises(ValueError, match="not handed in yet"):
        score(sitting, bank)
    told = json.dumps(sitting.state(after(2)))
    assert not any(word in told for word in ("correct", "why two", "Because", "key"))


def test_words_of_time_and_number() -> None:
    assert [words.span(n) for n in (0, 1, 59.6, 72, 3_600, 7_500)] == [
        *("0 seconds", "1 second", "1 minute", "1 minute 12 seconds", "1 hour", "2 hours 5 minutes"),
    ]
    assert words.overall("CPC", 0, 0, 0, 2, None).startswith("No question of this exam could be counted")
    assert words.changes(0, 0, 0) == ""


@pytest.mark.parametrize("kind", [name for name in kinds.KINDS if name != "your_turn"])
def test_answers_of_every_kind_are_shown_in_words(kind: str) -> None:
    """The key of a question of the bank, in the words of its own card; odd input is shown as it is."""
    item = next(one for topic in _TOPICS[kind] for one in real_bank.load_topic(topic).items if one.kind == kind)
    shown = answer_html(item, kinds.solution(item)["response"])
    assert shown and "None" not in shown and "&#x27;id&#x27;" not in shown and "{" not in shown
    for odd in (7, ["?"], {"x": {"y": [1]}}, "<b>", [{"code": 5, "modifiers": None}], {"cuts": "x"}, {"cuts": ["?"]}):
        assert "<b>" not in answer_html(item, odd)
    assert answer_html(item, None) == "" == answer_html(item, " ")


#: Where a question of each kind stands: one small topic file each, because reading the bank as a whole takes seconds.
_TOPICS = {
    "single_choice": ["00-try-out"],
    "multiple_choice": ["00-try-out"],
    "code_entry": ["00-try-out"],
    "ordering": ["00-try-out"],
    "number": ["01-checkpoint"],
    "matching": ["01-checkpoint"],
    "sorting": ["01-checkpoint"],
    "highlight": ["02-abbreviations-laboratory"],
    "diagram": ["02-body-a"],
    "word_builder": ["02-words"],
    "take_apart": ["02-words"],
    "lookup_path": ["04-conventions"],
    "table_lookup": ["05-tables"],
    "modifier_choice": ["06-modifiers"],
    "service_lines": ["06-modifiers"],
    "em_leveling": ["07-em"],
    "audit_bench": ["11-audit"],
    "query_workshop": ["11-queries"],
}
