"""The readiness card in Python: early, with answers, another exam, a learner-free static form; nothing raises."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import course
from course import paths
from course.cards import readiness_card
from course.cards.panels import NoticeCard
from course.cards.readiness_card import ReadinessCard, static_form
from course.exams import blueprint
from course.learner.records import Attempt
from course.learner.store import Store


@pytest.fixture
def answered(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with 12 answers in each domain of the CPC and the CCA, three of four right, and their bank."""
    items: dict[str, Any] = {}
    said = []
    for exam in ("CPC", "CCA"):
        plan = blueprint.load(exam)
        for place, domain in enumerate(plan.domains):
            for number in range(12):
                name = f"{exam}/{place}-{number}"
                items[name] = SimpleNamespace(
                    id=name,
                    domains=(plan.names_item(domain.name),),
                    difficulty=2,
                    kind="single_choice",
                    options=(1, 2, 3, 4),
                )
                said.append(
                    Attempt(
                        question_id=name,
                        content_version="",
                        kind="single_choice",
                        response="a",
                        outcome="correct" if number % 4 else "incorrect",
                        domains=items[name].domains,
                        at=paths.now() - dt.timedelta(hours=number),
                    )
                )
    monkeypatch.setattr(readiness_card.log, "attempts", lambda _: said)
    monkeypatch.setattr(readiness_card.bank, "sound_items", lambda: list(items.values()))
    return store


def test_too_early(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readiness_card.bank, "sound_items", list)
    card = ReadinessCard(store, "CCA")
    state = card.state
    assert (state["headline"], state["enough"], state["trouble"]) == ("Too early to say.", False, "")
    assert state["missing"][0].endswith("You have answered none yet; 60 more to go.")
    assert state["chance"] is None and state["best"] == [] and state["counted"] == state["expected"] == ""
    assert [one["words"] for one in state["domains"]] == [""] * 6 and not any(one["ends"] for one in state["domains"])
    assert (
        state["domains"][0]["about"] == "0 answers; 34 of 105 questions in the exam; of these, 29 of the 90 that count"
    )
    assert repr(card) == "<ReadinessCard CCA>"


def test_with_answers(answered: Store):
    card = ReadinessCard(answered, "CPC")
    state = card.state
    assert state["headline"].startswith("If you sat CPC exams like those of this course today, you would pass about ")
    chance = state["chance"]
    assert 0 < chance["low"] < chance["middle"] < chance["high"] < 100 and " of 10" in state["chance_words"]
    assert "The pass line is 70 percent." in state["range"] and "of the 100 questions that count" in state["expected"]
    assert (
        state["counted"].startswith("From 216 answers to 216 different questions. A question of two")
        and state["missing"] == []
    )
    domain = state["domains"][-1]
    assert domain["name"] == "Cases" and domain["about"] == "12 answers; 10 of 100 questions in the exam"
    low, middle, high = (round(domain["ends"][end]) for end in ("low", "middle", "high"))
    assert domain["words"] == f"{middle} percent ({low} to {high})"
    best = state["best"]
    assert len(best) == 3 and best[0]["name"] == "Cases" and best[0]["words"].startswith("about ")
    assert all(one["lessons"] and all(each["file"] for each in one["lessons"]) for one in best)
    assert len(json.dumps(state)) < 8_000


def test_another_exam_and_a_line_that_is_not_public(answered: Store):
    card = ReadinessCard(answered, "CPC")
    card.handle({"verb": "exam", "exam": "CCA", "seq": "a.1"})
    state = card.state
    assert (state["exam"], state["seq"]) == ("CCA", "a.1") and "likely pass" in state["headline"]
    assert state["chance"]["middle"] is None and "own assumption" in state["range"]
    before = dict(state)
    for content in (None, 3, {}, {"verb": "sum"}, {"exam": "CPC"}):
        card.handle(content)
        assert card.state == before
    card.handle({"verb": "exam", "exam": "XYZ", "seq": "a.2"})
    assert (card.state["exam"], card.state["seq"]) == ("CCA", "a.2")


def test_new_answers_show_when_it_is_brought_up_to_date(answered: Store, monkeypatch: pytest.MonkeyPatch):
    card = ReadinessCard(answered, "CPC")
    monkeypatch.setattr(readiness_card.log, "attempts", lambda _: [])
    card.handle({"verb": "exam", "exam": "CPC", "seq": "a.3"})
    assert card.state["headline"] == "Too early to say."


def test_a_fault_is_a_sentence_and_the_last_figures_stay(answered: Store, monkeypatch: pytest.MonkeyPatch):
    card = ReadinessCard(answered, "CPC")
    said = card.state["headline"]

    def broken(*_: Any) -> Any:
        raise RuntimeError("boom")

    monkeypatch.setattr(readiness_card, "estimate", broken)
    card.handle({"verb": "exam", "exam": "CPC", "seq": "a.4"})
    assert card.state["headline"] == said and card.state["seq"] == "a.4"
    assert "could not work out how ready you are" in card.state["trouble"] and "boom" not in card.state["trouble"]
    monkeypatch.setattr(readiness_card, "ReadinessCard", broken)
    assert isinstance(course.readiness("CPC"), NoticeCard)


def test_names(user_dir: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readiness_card.bank, "sound_items", list)
    assert repr(course.readiness(" cca ")) == "<ReadinessCard CCA>"
    assert repr(course.readiness()) == "<ReadinessCard CPC>"
    for odd in ("CPD", 7, [], "x" * 500):
        card = course.readiness(odd)
        assert isinstance(card, NoticeCard) and "CIC" in card.view["list"]


def test_the_static_form_is_no_learners(answered: Store):
    html = ReadinessCard(answered, "CPC").static_form
    assert html == static_form("CPC") and "Press Run All" not in html and "press Run All" in html
    assert "How hard the real exam is" in html and "216" not in html
