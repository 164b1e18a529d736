"""The career calculator as a card: opens by its name with an answer, follows messages, reads without a page."""

from __future__ import annotations

import json
from typing import Any

import pytest

import course
from course.cards import career_card
from course.cards.career_card import GROUPS, CareerCard
from course.labor import career_form as forms
from course.labor import career_words as words
from course.labor.career_model import RANGES


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> CareerCard:
    """The card, and what it sends in ``card.sent``."""
    one = CareerCard()
    one.sent = []
    monkeypatch.setattr(one, "send", one.sent.append)
    return one


def test_it_opens_by_its_name_with_an_answer():
    found: Any = course.calculator("Career")
    assert isinstance(found, CareerCard) and repr(found) == "<CareerCard career>"
    assert found.view["answer"]["state"] == "done" and len(json.dumps(found.view)) < 20_000


def test_every_assumption_can_be_changed():
    shown = ["training_usd", *(key for keys in GROUPS.values() for key in keys)]
    assert sorted(shown) == sorted(RANGES)
    fields = {one.key for part in (career_card.you(), career_card.exam(), career_card.plan()) for one in part}
    assert {"present_wage_usd", *career_card.start()} <= fields
    assert {one[0] for one in CareerCard().view["answer"]["ranges"]} == set(RANGES)


def test_it_answers_and_keeps_what_was_entered(card: CareerCard):
    values = {"state": "OH", "exam": "CCS", "present_wage_usd": "18"}
    card.handle({"verb": "sum", "values": values, "seq": "a.1"})
    assert card.sent == [{"seq": "a.1", "answer": forms.answer(values), "trouble": ""}]
    assert card.state == {"values": values, "answer": forms.answer(values)}


def test_other_messages_are_left(card: CareerCard):
    for content in (None, "sum", {"verb": "save"}):
        card.handle(content)
    card.handle({"verb": "sum", "seq": 1})
    assert len(card.sent) == 1 and card.sent[0]["answer"]["state"] == "done"


def test_a_fault_of_the_course_is_one_sentence(card: CareerCard, monkeypatch: pytest.MonkeyPatch):
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(forms, "answer", broken)
    card.handle({"verb": "sum", "values": {}, "seq": 2})
    assert card.sent[0]["answer"] is None and card.sent[0]["trouble"].startswith("The course could not work this out.")


def test_the_static_form_holds_answer_steps_and_sources():
    page = CareerCard().static_form
    answer = forms.answer(forms.EXAMPLE)
    assert answer["sentence"] in page and page.count("<li>") == 5 + 7 + len(RANGES)
    assert words.RUN in page and "CPC-A" in page
    assert "Books: 200 to 450 dollars (assumption)" in page and "May 2025" in page
    assert "<script" not in page and "style=" not in page and page.count("<div") == page.count("</div>") == 1
