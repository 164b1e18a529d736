"""The checkpoint card: turning pages, keeping the place, the result."""

from __future__ import annotations

import json

import pytest

import course
from course.cards.deck_card import DeckCard
from course.learner.store import shared_store

pytestmark = pytest.mark.usefixtures("user_dir")


def go(card: DeckCard, to: object) -> None:
    card.handle({"verb": "go", "to": to, "seq": "g"})


def test_turning_the_page_changes_question_and_place():
    card = course.checkpoint("03")
    first = card.view["id"]
    go(card, 1)
    assert card.deck["at"] == 1 and card.view["id"] != first and card.state["seq"] == "g"
    go(card, 0)
    assert card.view["id"] == first


def test_what_was_answered_in_the_lesson_starts_fresh_here_and_the_other_way_round_is_kept():
    card = course.checkpoint("01")
    question = card.view["id"]
    single = course.ask(question)
    single.handle({"verb": "check", "response": "a", "seq": "1"})
    fresh = course.checkpoint("01")
    assert fresh.view["id"] == question and fresh.state["verdict"] is None and fresh.deck["marks"][0] == "open"
    assert course.ask(question).state["response"] == single.state["response"]


def test_the_place_and_the_answers_come_back():
    card = course.checkpoint("01")
    go(card, 2)
    kind = card.view["kind"]
    response = {"single_choice": "a", "multiple_choice": ["a"], "number": "5", "code_entry": ["I10"]}.get(kind)
    if response is None:
        response = (
            {"l1": "r1"}
            if kind == "matching"
            else {"e1": "g1"}
            if kind == "sorting"
            else sorted(step["id"] for step in card.view["steps"])
        )
    card.handle({"verb": "check", "response": response, "seq": "1"})
    assert card.deck["marks"][2] != "open"
    again = course.checkpoint("01")
    assert again.deck == card.deck and again.view == card.view
    assert again.state["response"] == response and again.state["verdict"] == card.state["verdict"]
    assert shared_store().attempts()[-1].question_id == card.view["id"]


def test_the_result_comes_after_the_last_and_new_questions_after_that():
    card = course.checkpoint("03")
    total = len(card.deck["marks"])
    go(card, total)
    result = card.deck["summary"]
    assert result["total"] == result["open"] == total
    ids = list(card.sitting.deck.ids)
    card.handle({"verb": "deal", "seq": "2"})
    assert card.deck["at"] == 0 and card.deck["summary"] is None and card.sitting.deck.ids != ids
    again = course.checkpoint("03")
    assert again.sitting.deck.ids == card.sitting.deck.ids


@pytest.mark.parametrize("to", ["x", None, -9, 10**9, {"a": 1}])
def test_nonsense_turns_no_page(to: object):
    card = course.checkpoint("03")
    go(card, to)
    assert 0 <= card.deck["at"] <= len(card.deck["marks"]) and card.state["trouble"] == ""
    json.dumps([card.view, card.state, card.deck])
