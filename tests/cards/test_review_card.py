"""The review card: what is due, ratings and when a card comes next, undo, the place that is kept for a day."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import course
from course.cards import standing
from course.cards.panels import update_all
from course.cards.review_card import BACK_IN, ReviewCard
from course.cards.review_words import size
from course.language import flashcards
from course.learner import cards, log
from course.learner.records import Attempt, now
from course.learner.store import shared_store
from course.questions import bank

pytestmark = pytest.mark.usefixtures("user_dir")

DECK = flashcards.deck("word-parts")[:12]


def send(card: Any, verb: str, **more: Any) -> None:
    card.handle({"verb": verb, "seq": "1", **more})
    assert card.state["trouble"] == ""
    json.dumps([card.view, card.state, card.deck])


def learned(count: int = 6, days: int = 40) -> None:
    """So many flash cards were known some time ago, and one question."""
    at = now() - dt.timedelta(days=days)
    store = shared_store()
    store.add(cards.rated(cards.card_id(one), 3, 5.0, at=at) for one in DECK[:count])
    item = next(one for one in bank.sound_items(lesson="01") if one.kind == "single_choice")
    store.record(
        Attempt(
            question_id=item.id, content_version=item.content_version, kind=item.kind, response="a",
            outcome="incorrect", lesson="01", domains=item.domains, seconds=20.0, at=at,
        )
    )  # fmt: skip


def to_card(card: ReviewCard) -> dict[str, Any]:
    """Skip to the next flash card."""
    for _ in range(40):
        if card.deck["stage"] == "card":
            return dict(card.deck["card"])
        send(card, "next")
    raise AssertionError("no flash card came")


def test_the_start_says_how_much_there_is_and_follows_the_minutes():
    learned()
    card = course.review(minutes=3)
    assert isinstance(card, ReviewCard) and repr(card) == "<ReviewCard review>"
    start = card.deck
    assert start["stage"] == "start" and start["minutes"] == 3 and card.view == {}
    assert start["counts"]["due"] >= 6 and "flash card" in start["told"] and "about" in start["told"]
    send(card, "plan", minutes=60)
    assert card.deck["size"] > start["size"] and card.deck["minutes"] == 60


def test_somebody_new_begins_with_the_first_lesson():
    card = course.review()
    assert card.deck["counts"]["new"] and not card.deck["backlog"]
    send(card, "begin", minutes=15)
    lessons = {unit.lesson for unit in card.units.values() if unit.id in card.run.ids}
    assert lessons == {"01"}


def test_a_question_is_answered_and_comes_again():
    learned(0)
    card = course.review()
    send(card, "begin", minutes=15)
    while card.run.why.get(card.run.here) != "due":
        send(card, "next")
    assert card.deck["stage"] == "item" and card.deck["why"] == "Due today" and not card.deck["tried"]
    assert card.state["verdict"] is None, "what was answered before is fresh here"
    item = bank.load_item(card.run.here)
    send(card, "check", response="abcdefgh"[item.key])
    assert card.deck["tried"] and card.deck["later"].startswith("You will see it again in")
    last = shared_store().attempts()[-1]
    assert (last.question_id, last.outcome) == (item.id, "correct"), "recorded at once"
    assert course.review().state["verdict"]["outcome"] == "correct", "the same day one goes on where one was"


def test_ratings_say_when_the_card_comes_next_and_are_recorded_at_once():
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    shown = to_card(card)
    ratings = card.deck["ratings"]
    assert [one["word"] for one in ratings] == ["Again", "Hard", "Good", "Easy"]
    assert ratings[0]["when"] == "in a few minutes"
    before, at = len(shared_store().attempts()), card.deck["at"]
    send(card, "rate", rating=3, id=shown["id"])
    assert card.deck["at"] == at + 1 and card.deck["undo"] == "Good"
    told = shared_store().attempts()[before:]
    assert [(one.question_id, one.response) for one in told] == [(shown["id"], {"rating": 3})]
    state = log.memory(shared_store()).state(shown["id"])
    assert state and state.due > now() + dt.timedelta(days=20)


def test_a_second_click_rates_nothing():
    learned(12)
    card = course.review(30)
    send(card, "begin", minutes=30)
    card.run.ids = [cards.card_id(one) for one in DECK[:3]]
    before = len(shared_store().attempts())
    for _ in range(2):
        send(card, "rate", rating=3, id=card.run.ids[0])
    assert len(shared_store().attempts()) == before + 1 and card.deck["card"]["id"] == card.run.ids[1]


def test_undo_takes_the_last_rating_back():
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    shown = to_card(card)
    ids, at, before = list(card.run.ids), card.run.at, log.memory(shared_store()).state(shown["id"])
    send(card, "rate", rating=1, id=shown["id"])
    assert card.run.ids.count(shown["id"]) == 2 and card.run.ids[at + 1 + BACK_IN] == shown["id"]
    send(card, "undo")
    assert card.deck["card"]["id"] == shown["id"] and (card.run.ids, card.run.at) == (ids, at)
    assert log.memory(shared_store()).state(shown["id"]) == before and card.deck["undo"] == ""
    send(card, "undo")
    assert card.run.at == at, "there is nothing more to take back"


def test_what_was_not_known_comes_again_with_two_ratings():
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    shown = to_card(card)
    send(card, "rate", rating=1, id=shown["id"])
    while card.run.here != shown["id"]:
        send(card, "next")
    assert [one["word"] for one in card.deck["ratings"]] == ["Not yet", "I know it now"]
    assert card.deck["ratings"][1]["when"] == "tomorrow", "the first rating of the day moved its day"


def test_the_end_tells_what_was_done_and_what_comes():
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    send(card, "rate", rating=3, id=to_card(card)["id"])
    while card.deck["stage"] != "end":
        send(card, "next")
    assert "1 flash card" in card.deck["done"] and "1 of 1" in card.deck["done"]
    assert card.deck["tomorrow"].startswith("Tomorrow") and "days" in card.deck["streak"]
    send(card, "anew")
    assert card.deck["stage"] == "start"


def test_another_day_begins_anew(monkeypatch: pytest.MonkeyPatch):
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    send(card, "rate", rating=3, id=to_card(card)["id"])
    assert course.review().deck == card.deck
    monkeypatch.setenv("COURSE_TODAY", "2026-11-23")
    assert course.review().deck["stage"] == "start"


def test_what_was_typed_in_another_run_is_not_there():
    learned(0)
    card = course.review()
    send(card, "begin", minutes=15)
    while card.deck["stage"] != "item":
        send(card, "next")
    card.handle({"verb": "draft", "response": "b", "seq": "2"})
    assert course.review().state["response"] == "b"
    here = card.run.here
    send(card, "anew")
    send(card, "begin", minutes=15)
    while card.run.here != here:
        send(card, "next")
    assert card.state["response"] is None


def test_a_question_that_is_gone_is_passed_by():
    card = course.review(60)
    send(card, "begin", minutes=60)
    card.run.ids[1] = "01-gone/nowhere"
    left = card.run.ids[2]
    send(card, "next")
    assert card.run.here == left and "01-gone/nowhere" not in card.run.ids


@pytest.mark.parametrize(
    "content",
    [
        {"verb": "rate"}, {"verb": "rate", "rating": 9, "id": ""}, {"verb": "undo"}, {"verb": "next"},
        {"verb": "check"}, {"verb": "begin", "minutes": "x"}, {"verb": "plan", "minutes": -4},
        {"verb": "plan", "minutes": float("inf")},
        {"verb": "nonsense"}, {}, None, [1],
    ],
)  # fmt: skip
def test_nonsense_changes_nothing(content: Any):
    card = course.review()
    card.handle(content)
    assert card.state["trouble"] == "" and 1 <= card.run.minutes <= 180
    assert not shared_store().attempts()


def test_a_damaged_place_begins_anew():
    from course.learner.records import Draft

    for kept in (None, 7, {}, {"ids": ["x"]}, {"ids": ["x"], "day": "no"}, {"ids": 3, "seed": "x"}):
        shared_store().save_draft(Draft(question_id="review", content_version="deck", response=kept))
        assert course.review().deck["stage"] == "start"


def test_the_stored_output_is_the_same_for_everybody():
    before = course.review().static_form
    learned()
    assert course.review(60).static_form == before and "due today" in before


def answers(domain: str, right: int, wrong: int) -> list[Attempt]:
    """So many different questions of a domain."""
    told = ["correct"] * right + ["incorrect"] * wrong
    return [
        Attempt(
            question_id=f"x/{n}",
            content_version="1",
            kind="single_choice",
            response="a",
            outcome=outcome,
            domains=(domain,),
        )
        for n, outcome in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        (0, 0, "New"),
        (0, 1, "Little answered yet"),
        (2, 2, "Little answered yet"),
        (3, 2, "Weak"),
        (4, 1, ""),
        (15, 3, ""),
    ],
)
def test_a_domain_is_weak_from_five_answers_on_and_below_seventy_percent(right: int, wrong: int, word: str):
    name = "CPC: Anatomy"
    known = standing.standings(answers(name, right, wrong), [name, "CPC: Cases"])
    assert known[name].word() == word and known["CPC: Cases"].word() == "New"
    assert standing.why_new([name], known) == f"{word or 'New question'}: Anatomy"
    assert standing.why_new([], known) == "New"
    told = f"Weak: Anatomy, {right} of {right + wrong} right" if word == "Weak" else "From a weak area"
    assert standing.why_weak([name], known) == told


def test_one_may_stop_and_go_on_where_one_was():
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    send(card, "rate", rating=3, id=to_card(card)["id"])
    at, here = card.run.at, card.run.here
    send(card, "stop")
    assert card.deck["stage"] == "end" and "1 flash card" in card.deck["done"] and "still to come" in card.deck["left"]
    later = course.review()
    assert later.deck["stage"] == "end" and later.deck["left"] == card.deck["left"]
    send(later, "resume")
    assert (later.run.at, later.run.here) == (at, here) and later.deck["stage"] in ("item", "card")
    while later.deck["stage"] != "end":
        send(later, "next")
    assert later.deck["left"] == ""
    send(later, "resume")
    assert later.deck["stage"] == "end"


def test_hard_counts_as_known():
    learned()
    card = course.review(30)
    send(card, "begin", minutes=30)
    send(card, "rate", rating=2, id=to_card(card)["id"])
    send(card, "stop")
    assert "you knew 1 of 1" in card.deck["done"]


def test_the_announced_size_is_the_real_one_or_said_to_be_another():
    learned()
    card = course.review(30)
    due = card.deck["counts"]["due"]
    shared_store().record(cards.rated(cards.card_id(DECK[0]), 3, 5.0))
    assert card.deck["counts"]["due"] == due
    update_all()
    assert card.deck["counts"]["due"] == due - 1, "the start screen follows"
    announced = card.deck["size"]
    send(card, "begin", minutes=30)
    assert card.deck["total"] == announced and "Counted anew" not in card.deck["why"]
    send(card, "anew")
    shared_store().record(cards.rated(cards.card_id(DECK[1]), 3, 5.0))
    send(card, "begin", minutes=30)
    assert f"Counted anew, as answers were added since: {size(card.run.ids)}." in card.deck["why"]
    send(card, "next")
    assert "Counted anew" not in card.deck["why"]
