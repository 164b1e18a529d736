"""The error log: what was missed, done again in the same card, mended when it is right."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import course
from course.cards.errors_card import ErrorsCard
from course.cards.panels import update_all
from course.language import flashcards
from course.learner import cards
from course.learner.error_log import generator_for
from course.learner.records import Attempt, now
from course.learner.store import shared_store
from course.questions import bank, generators

pytestmark = pytest.mark.usefixtures("user_dir")

ITEM = next(one for one in bank.sound_items(lesson="03") if one.kind == "single_choice")


def send(card: Any, verb: str, **more: Any) -> None:
    card.handle({"verb": verb, "seq": "1", **more})
    assert card.state["trouble"] == ""
    json.dumps([card.view, card.state, card.deck])


def missed(item: Any, outcome: str = "incorrect", days: float = 1.0) -> None:
    origin = item.id.split("/") if item.id.startswith("gen/") else None
    shared_store().record(
        Attempt(
            question_id=item.id, content_version=item.content_version, kind=item.kind, response="z", outcome=outcome,
            lesson=item.lesson, objective=item.objective, domains=item.domains, at=now() - dt.timedelta(days=days),
            **({"generator": origin[1], "level": int(origin[2]), "seed": int(origin[3])} if origin else {}),
        )
    )  # fmt: skip


def test_nothing_missed_is_said():
    card = course.errors()
    assert isinstance(card, ErrorsCard) and card.deck["rows"] == [] and card.deck["stage"] == "list" and card.view == {}
    assert repr(card) == "<ErrorsCard errors>"


def test_a_row_has_what_it_can_be_filtered_by():
    missed(ITEM, days=2)
    missed(ITEM, "partly")
    (row,) = course.errors().deck["rows"]
    assert row["title"] == ITEM.title and row["lesson"] == "03" and row["domains"] == list(ITEM.domains)
    assert (row["kind"], row["times"]) == ("Single choice", "missed 2 times, last yesterday") and not row["mended"]
    assert course.errors().deck["lessons"]["03"]


def test_a_row_opens_the_question_fresh_and_a_right_answer_mends_it():
    missed(ITEM)
    card = course.errors()
    send(card, "open", id=ITEM.id)
    assert card.deck["stage"] == "item" and card.view["id"] == ITEM.id and card.deck["opened"] == ITEM.id
    assert card.state["response"] is None and card.state["verdict"] is None and card.state["attempt_no"] == 0
    send(card, "check", response="abcdefgh"[(ITEM.key + 1) % len(ITEM.options)])
    assert card.deck["later"] == "" and card.deck["told"] == "0 of 1 mended"
    send(card, "check", response="abcdefgh"[ITEM.key])
    assert card.deck["later"].startswith("Mended") and card.deck["told"] == "1 of 1 mended"
    send(card, "again")
    assert card.deck["later"].startswith("Mended"), "the answer given here is right, whatever is on the card"
    assert [one.outcome for one in shared_store().attempts()] == ["incorrect", "incorrect", "correct"]
    send(card, "list")
    assert card.deck["stage"] == "list" and card.deck["rows"][0]["mended"]


def test_a_fresh_one_like_it_is_another_each_time():
    drawn = generators.from_id("gen/laterality/1/5")
    missed(drawn)
    card = course.errors()
    (row,) = card.deck["rows"]
    assert row["id"] == "gen/laterality/1" and row["fresh"]
    send(card, "open", id=row["id"])
    assert card.view["id"] == drawn.id and card.deck["tools"]
    seen = {drawn.id}
    for _ in range(3):
        send(card, "fresh")
        assert card.view["id"].startswith("gen/laterality/1/") and card.view["id"] not in seen
        seen.add(card.view["id"])


def test_a_flash_card_is_read_here():
    front = flashcards.deck("word-parts")[0]
    shared_store().record(cards.rated(cards.card_id(front), 1, 4.0))
    card = course.errors()
    (row,) = card.deck["rows"]
    assert row["title"] == front.front and row["card"]["back"] == front.back and row["kind"] == "Flash card"
    send(card, "open", id=row["id"])
    assert card.deck["stage"] == "list"


@pytest.mark.parametrize(
    "content", [{"verb": "open", "id": "x"}, {"verb": "fresh"}, {"verb": "list"}, {"verb": "check"}, 7]
)
def test_nonsense_changes_nothing(content: Any):
    missed(ITEM)
    card = course.errors()
    card.handle(content)
    assert card.deck["stage"] == "list" and card.state["trouble"] == "" and len(shared_store().attempts()) == 1


def test_the_stored_output_is_the_same_for_everybody():
    before = course.errors().static_form
    missed(ITEM)
    assert course.errors().static_form == before


def test_a_right_fresh_answer_says_what_it_did():
    origin = next(
        one
        for one in bank.sound_items(lesson="03")
        if generator_for(one.id, one) == ("placeholder-x", 1) or generator_for(one.id, one) == ("which-chapter", 1)
    )
    missed(origin)
    card = course.errors()
    assert card.deck["rows"][0]["fresh"] and card.deck["rows"][0]["practices"]
    send(card, "fresh", id=origin.id)
    assert card.deck["later"] == "" and card.view["id"].startswith("gen/")
    card.run.note(card.asked.item.id, "correct")
    assert f"\u201c{origin.title}\u201d, which stays to mend" in card.later(card.missed()[0])
    send(card, "fresh")
    assert card.deck["later"] == "", "nothing is said above the next one"


def test_a_mended_drawn_exercise_says_nothing_above_the_next():
    drawn = generators.from_id("gen/laterality/1/5")
    missed(drawn)
    shared_store().record(
        Attempt(
            question_id="gen/laterality/1/6", content_version="1", kind=drawn.kind, response="z", outcome="correct",
            generator="laterality", level=1, seed=6,
        )
    )  # fmt: skip
    card = course.errors()
    assert card.deck["rows"][0]["mended"] and card.deck["rows"][0]["practices"] == ""
    send(card, "fresh", id="gen/laterality/1")
    assert card.deck["later"] == ""


def test_no_fresh_one_where_only_another_rule_would_be_drawn():
    item = bank.load_item("03-structure/both-knees-hurt")
    missed(item)
    assert not course.errors().deck["rows"][0]["fresh"]


def test_the_list_follows_the_page():
    card = course.errors()
    missed(ITEM)
    assert card.deck["rows"] == []
    update_all()
    assert len(card.deck["rows"]) == 1 and card.deck["counted"]
