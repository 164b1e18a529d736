"""Adaptive practice: the exam, why each item came, the minutes, the result; the old practice by name stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

import course
from course.cards import lessons, practice_card
from course.cards.goal import goal, weights
from course.cards.panels import NoticeCard
from course.cards.practice_card import PracticeCard
from course.cards.question_card import QuestionCard
from course.exams import adaptive
from course.exams.pool import HALL_LESSON, is_hall
from course.learner.records import Attempt
from course.learner.store import shared_store
from course.questions import bank
from course.questions.generators import GENERATORS

pytestmark = pytest.mark.usefixtures("user_dir")


def send(card: Any, verb: str, **more: Any) -> None:
    card.handle({"verb": verb, "seq": "1", **more})
    assert card.state["trouble"] == ""
    json.dumps([card.view, card.state, card.deck])


def test_a_name_is_practice_of_one_sort_and_no_name_is_for_the_exam():
    name = next(iter(GENERATORS))
    old = course.practice(name, level=1)
    assert isinstance(old, QuestionCard) and not isinstance(old, PracticeCard)
    assert isinstance(course.practice("nonsense"), NoticeCard) and isinstance(course.practice(True), NoticeCard)
    for card, minutes in (
        (course.practice(), 20),
        (course.practice(minutes=35), 35),
        (course.practice(10), 10),
        (course.practice(minutes=1e9), 180),
    ):
        assert isinstance(card, PracticeCard) and card.deck["minutes"] == minutes
        assert repr(card) == "<PracticeCard practice>"


def test_the_exam_is_chosen_and_remembered():
    card = course.practice(minutes=20)
    assert card.deck["exam"] == "CPC" and [name for name, _ in card.deck["exams"]] == ["CPC", "CCA", "CCS", "CIC"]
    before = card.deck["ready"]
    send(card, "plan", exam="CCA", minutes=10)
    assert card.deck["exam"] == "CCA" and card.deck["ready"] != before and card.deck["minutes"] == 10
    assert goal(shared_store()).exam == "CCA" == course.practice().deck["exam"]
    send(card, "plan", exam="XYZ")
    assert card.deck["exam"] == "CCA"


def test_what_is_kept_for_the_exam_hall_does_not_come_before_it_was_met_there():
    hall = [item for item in bank.sound_items() if is_hall(item)]
    assert not {item.id for item in hall} & set(course.practice().items)
    met = hall[0]
    shared_store().record(
        Attempt(question_id=met.id, content_version="1", kind=met.kind, response="a", outcome="incorrect", lesson="17")
    )
    assert {item.id for item in hall} & set(course.practice().items) == {met.id}


def test_the_exam_hall_s_own_are_counted_in_no_lesson():
    hall = [item for item in bank.sound_items(lesson=HALL_LESSON) if is_hall(item)]
    assert hall and not {item.id for item in hall} & {item.id for item in lessons.items_of(HALL_LESSON)}
    done = lessons.done(HALL_LESSON, shared_store())
    assert done.total == len(bank.sound_items(lesson=HALL_LESSON)) - len(hall)


def test_each_item_says_why_it_came_and_none_comes_twice(monkeypatch: pytest.MonkeyPatch):
    choose, asked = adaptive.choose, list[set[str]]()
    monkeypatch.setattr(adaptive, "choose", lambda *args, done: (asked.append(set(done)), choose(*args, done=done))[1])
    card = course.practice(minutes=20)
    send(card, "begin", exam="CPC", minutes=20)
    shares = {name.removeprefix("CPC: "): count for name, count in weights("CPC").items()}
    seen = []
    for _ in range(4):
        assert card.deck["stage"] == "item" and card.view["id"] == card.run.here
        seen.append(card.run.here)
        why, rest = card.deck["why"].split(": ", 1)
        name, count = rest.rsplit(", ", 1)
        assert why == "New" and count == f"{shares[name]} of 100 items on the CPC"
        send(card, "next")
    assert asked[:3] == [set(), {seen[0]}, {*seen[:2]}] and len(set(seen)) == 4 and card.deck["place"] == "Exercise 5"


def test_the_minutes_end_it_after_the_item_with_a_result_by_domain(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(practice_card.RunCard, "spent", lambda self: 70.0)
    card = course.practice(minutes=3)
    card.__dict__["items"] = {key: item for key, item in card.items.items() if item.kind == "single_choice"}
    card._candidates.clear()
    send(card, "begin", minutes=3)
    for n in range(3):  # 70 seconds each
        key = card.exercise.item.key
        send(card, "check", response="abcdefgh"[key if n else key - 1 if key else 1])
        assert card.deck["tried"] and card.deck["later"].startswith("The review brings it back")
        send(card, "next")
    assert card.deck["stage"] == "end" and card.deck["done"] == "2 of 3 right at the first try, in 4 min."
    rows = card.deck["rows"]
    assert (sum(row["right"] for row in rows), sum(row["total"] for row in rows)) == (2, 3)
    assert rows[0]["right"] < rows[0]["total"], "what to work on comes first"
    assert all("on the CPC" in row["share"] for row in rows)
    send(card, "anew")
    assert card.deck["stage"] == "start"


def test_one_may_stop_and_come_back_the_same_day(monkeypatch: pytest.MonkeyPatch):
    card = course.practice(minutes=20)
    send(card, "begin", minutes=20)
    again = course.practice(minutes=5)
    assert again.deck == card.deck and again.view == card.view and again.deck["minutes"] == 20
    send(again, "stop")
    assert again.deck["stage"] == "end" and again.deck["done"] == "Nothing was answered this time."
    monkeypatch.setenv("COURSE_TODAY", "2026-11-23")
    assert course.practice(minutes=5).deck["stage"] == "start"


@pytest.mark.parametrize(
    "content", [{"verb": "next"}, {"verb": "begin", "minutes": None, "exam": 7}, {"verb": "x"}, None]
)
def test_nonsense_shows_no_fault(content: Any):
    card = course.practice()
    card.handle(content)
    assert card.state["trouble"] == "" and not shared_store().attempts()
