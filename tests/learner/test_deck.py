"""The checkpoint's sequencing: which questions, where one stands, what the result says, what is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learner.deck import FIRST, LATER, OPEN, TRIED, Card, Deck, SittingStore, draw
from course.learner.records import Attempt, Draft
from course.learner.store import open_store

cards = st.lists(
    st.builds(Card, st.text(min_size=1), st.sampled_from("abcdef"), st.just("t")),
    unique_by=lambda card: card.id,
    max_size=30,
)


@given(cards, st.integers(0, 12), st.integers(1, 99))
def test_a_draw_is_repeatable_without_repeats_and_spread_over_the_objectives(found: list[Card], size: int, seed: int):
    ids = draw(found, size, seed)
    assert ids == draw(found, size, seed)
    assert len(ids) == len(set(ids)) == min(size, len(found)) and set(ids) <= {card.id for card in found}
    objective = {card.id: card.objective for card in found}
    counts = [sum(objective[one] == name for one in ids) for name in set(objective.values())]
    left = {card.objective for card in found if card.id not in ids}
    fewest = min((sum(objective[one] == name for one in ids) for name in left), default=None)
    assert fewest is None or max(counts, default=0) <= fewest + 1


def test_another_seed_draws_another_deck():
    found = [Card(str(n), f"o{n}", "") for n in range(30)]
    assert len({tuple(draw(found, 10, seed)) for seed in range(1, 6)}) == 5


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ([], OPEN),
        (["correct"], FIRST),
        (["incorrect", "correct"], LATER),
        (["partly"], TRIED),
        (["correct", "incorrect"], FIRST),
    ],
)
def test_how_a_question_stands(told: list[str], standing: str):
    deck = Deck("03", 1, ["a"])
    for outcome in told:
        deck.note("a", outcome)
    assert deck.standing("a") == standing


@pytest.mark.parametrize(("to", "at"), [(1, 1), (3, 3), (99, 3), (-5, 0), ("2", 0), (None, 0), (True, 0), (1.5, 0)])
def test_going_stays_within_the_deck(to: Any, at: int):
    deck = Deck("03", 1, ["a", "b", "c"])
    deck.go(to)
    assert deck.at == at and deck.finished == (at == 3)


def test_the_result_is_by_objective_with_what_to_look_at_again_first():
    known = {one.id: one for one in (Card("a", "x", "A"), Card("b", "y", "B"), Card("c", "x", "C"))}
    deck = Deck("03", 1, ["b", "a", "c"])
    for question, outcome in (("b", "correct"), ("a", "incorrect"), ("a", "correct")):
        deck.note(question, outcome)
    result = deck.summary(known)
    assert [result[key] for key in ("total", "first", "later", "tried", "open")] == [3, 1, 1, 0, 1]
    assert [row["objective"] for row in result["rows"]] == ["x", "y"]
    assert [(one["at"], one["standing"]) for one in result["rows"][0]["again"]] == [(1, LATER), (2, OPEN)]
    json.dumps(result)


def test_a_kept_deck_comes_back():
    deck = Deck("03", 4, ["a", "b"], at=1, outcomes={"a": ["partly"]}, uids=["u"])
    assert Deck.from_json("03", json.loads(json.dumps(deck.to_json())), ["a", "b", "c"]) == deck


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        [],
        {},
        {"ids": 3},
        {"ids": [], "seed": 1, "at": 0, "uids": [], "outcomes": {}},
        {"ids": ["gone"], "seed": 1, "at": 0, "uids": [], "outcomes": {}},
        {"ids": ["a"], "seed": "x", "at": 0, "uids": [], "outcomes": {}},
        {"ids": ["a"], "seed": 1, "at": 0, "uids": [], "outcomes": []},
    ],
)
def test_a_deck_that_cannot_be_used_is_left_alone(data: Any):
    assert Deck.from_json("03", data, ["a"]) is None


def test_a_sitting_starts_fresh_and_its_drafts_are_its_own(tmp_path: Path):
    store = open_store(tmp_path)
    store.record(Attempt(question_id="q", content_version="1", kind="number", response="7", outcome="correct"))
    store.save_draft(Draft(question_id="q", content_version="1", response="77"))
    sitting = SittingStore(store, Deck("03", 1, ["q"]))
    assert sitting.attempts(question_id="q") == [] and sitting.draft("q") is None
    sitting.record(Attempt(question_id="q", content_version="1", kind="number", response="8", outcome="incorrect"))
    sitting.save_draft(Draft(question_id="q", content_version="1", response="88"))
    assert [one.response for one in sitting.attempts(question_id="q")] == ["8"] and sitting.draft("q").response == "88"
    assert [one.response for one in store.attempts(question_id="q")] == ["7", "8"]
    assert store.draft("q").response == "77", "the card of the lesson lost its draft"
    assert sitting.deck.standing("q") == TRIED
    assert Deck.from_json("03", SittingStore(open_store(tmp_path), Deck("03", 1, [])).kept(), ["q"]) == sitting.deck


def test_questions_of_the_page_come_only_where_others_are_lacking():
    cards = [Card(f"03-x/q{n}", f"objective {n % 4}", f"title {n}") for n in range(16)]
    on_page = {card.id for card in cards[:12]}
    drawn = draw(cards, 10, 1, on_page)
    assert {card.id for card in cards[12:]} == set(drawn[:4]) and len(set(drawn)) == 10
    assert draw(cards, 10, 1) == draw(cards, 10, 1, ())
