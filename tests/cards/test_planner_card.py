"""The step planner as a card: opens with a plan, is kept and restored, gives a calendar file and a page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import course
from course import paths
from course.cards import kept_form, planner_card
from course.cards.panels import NoticeCard
from course.cards.planner_card import PlannerCard
from course.exams import facts, plan_form
from course.learner.store import Store
from tests.exams.test_calendar_file import parse

CCA = {"exam": "CCA", "start": "2027-01-04", "hours_a_week": "12"}


@pytest.fixture
def card(store: Store, monkeypatch: pytest.MonkeyPatch) -> PlannerCard:
    """The card on an empty store, and what it sends in ``card.sent``."""
    one = PlannerCard(store)
    one.sent = []
    monkeypatch.setattr(one, "send", one.sent.append)
    return one


def test_it_opens_with_a_plan_from_today(card: PlannerCard):
    answer = card.state["answer"]
    assert answer["state"] == "done" and card.state["values"]["start"] == paths.today().isoformat()
    assert card.state["kept"] == {"saving": "", "warning": "", "undo": False} and repr(card) == "<PlannerCard>"
    assert len(json.dumps(card.view)) < 4_000 and len(json.dumps(card.state)) < 20_000


def test_the_form_has_every_value(card: PlannerCard):
    keys = [one["key"] for one in card.view["fields"]]
    assert sorted(keys) == sorted(card.state["values"]) and len(set(keys)) == len(keys)
    assert [value for value, _ in card.view["fields"][0]["options"]] == list(facts.MAIN)


def test_work_is_asked_for_every_exam_and_a_lone_break_can_go(card: PlannerCard):
    fields = {one["key"]: one for one in card.view["fields"]}
    assert "when" not in fields["experience"] and fields["off"]["none"] is True
    assert "this course is none" in fields["training_hours"]["help"]


def test_only_lessons_that_are_there_are_named(card: PlannerCard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(planner_card, "known", lambda: frozenset({"03"}))
    card.handle({"verb": "sum", "values": CCA, "seq": 1})
    weeks = [text for _, _, _, text in card.sent[0]["answer"]["weeks"]]
    assert "Work through lesson 03." in weeks and "Go on with your training." in weeks
    assert not any("04" in text or "lessons" in text for text in weeks)


def test_it_is_kept_restored_and_taken_back(card: PlannerCard, store: Store):
    card.handle({"verb": "keep", "values": CCA, "seq": 1})
    card.handle({"verb": "keep", "values": {**CCA, "hours_a_week": "no"}, "seq": 2})
    again = PlannerCard(store)
    assert again.state["values"]["hours_a_week"] == "no" and again.state["answer"]["state"] == "unfinished"
    assert again.state["answer"]["faults"] == {
        "hours_a_week": "Hours a week: write a number in figures, such as 10 or 7.5."
    }
    assert again.state["kept"]["saving"] == kept_form.UNFINISHED == card.sent[-1]["kept"]["saving"]
    half = {**CCA, "off": [{"first": "2027-01-11"}]}
    card.handle({"verb": "sum", "values": half, "seq": 2})
    assert card.sent[-1]["kept"]["saving"] == kept_form.UNFINISHED
    card.handle({"verb": "undo", "seq": 3})
    assert card.sent[-1]["values"]["hours_a_week"] == "12" and card.sent[-1]["answer"]["state"] == "done"
    assert PlannerCard(store).state["values"] == card.sent[-1]["values"]


def test_the_calendar_file_and_the_page(card: PlannerCard):
    card.handle({"verb": "file", "values": CCA, "seq": 1})
    file = card.sent[0]["file"]
    _, events = parse(file["text"])
    assert file["name"] == "plan-cca.ics" and "Sit the CCA" in {one["SUMMARY"] for one in events}
    card.handle({"verb": "paper", "values": CCA, "seq": 2})
    page, text = card.sent[1]["html"], card.sent[1]["text"]
    assert "<h1>CCA: your way to the exam, with dates</h1>" in page and "<table>" in page
    assert "12 hours a week for 80 hours of training" in text and "Coding work so far: none yet." in text
    numbers = {int(one) for group in re.findall(r"\[([\d, ]+)\]", text) for one in group.split(",")}
    assert numbers == set(range(1, len(numbers) + 1)) and "Sources: [1] " in text
    assert "1 | January 4 to 10, 2027 | 12 | " in text and card.sent[1]["trouble"] == ""
    card.handle({"verb": "file", "values": {"start": "never"}, "seq": 3})
    assert card.sent[2]["file"] is None and card.sent[2]["trouble"] == ""
    card.handle({"verb": "paper", "values": {"start": "never"}, "seq": 4})
    assert "write the date" in card.sent[3]["text"]


@pytest.mark.parametrize("values", [None, 7, {"off": [[]] * 99, "exam": ["CPC"]}, {"start": "9" * 99_999}])
def test_junk_is_a_form(card: PlannerCard, values: Any):
    card.handle({"verb": "keep", "values": values, "seq": 1})
    assert card.sent[0]["trouble"] == "" and card.sent[0]["answer"]["sentence"]
    assert len(json.dumps(card.sent[0]["values"])) < 2_000


def test_a_fault_of_the_course_is_one_sentence(card: PlannerCard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plan_form, "answer", lambda *_: 1 / 0)
    card.handle({"verb": "sum", "values": CCA, "seq": 1})
    assert card.sent[0]["trouble"].startswith("The course could not work this out.")
    assert isinstance(course.plan(), NoticeCard)


@pytest.mark.usefixtures("user_dir")
def test_the_static_form_is_the_same_on_every_day(monkeypatch: pytest.MonkeyPatch):
    before = course.plan()
    before.handle({"verb": "keep", "values": CCA, "seq": 1})
    monkeypatch.setenv("COURSE_TODAY", "2029-05-05")
    after = course.plan()
    assert after.state["values"]["exam"] == "CCA" and after.static_form == before.static_form
    page = after.static_form
    assert "January 4, 2027: Decide on the CPC." in page and "From CPC-A to CPC:" in page
    assert page.count("<div") == page.count("</div>") == 1 and "<script" not in page
