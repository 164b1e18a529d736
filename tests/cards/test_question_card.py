"""The question card in Python: messages in, state out; faults become sentences; what a page without a kernel shows."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from course.cards import face
from course.cards.question_card import QuestionCard
from course.cards.widget import WIDGET
from course.learner.exercise import Exercise
from course.learner.store import Store
from course.questions.bank import load_item
from tests.cards.conftest import FIXTURES, NAMES

Make = Callable[[str], QuestionCard]


def bundle(card: QuestionCard) -> dict[str, Any]:
    return card._repr_mimebundle_()[0]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_in_a_notebook_never_changes(make: Make, name: str):
    """repr and static form are the reference of nbval: the same for every learner and after every answer."""
    first = make(name)
    before = bundle(first)
    first.handle({"verb": "check", "response": "a", "seq": "1"})
    first.handle({"verb": "hint", "seq": "2"})
    after = bundle(make(name))
    assert repr(first) == f"<QuestionCard gallery/{name}>" == before["text/plain"]
    assert "text/html" in before and WIDGET in before
    assert {k: v for k, v in before.items() if k != WIDGET} == {k: v for k, v in after.items() if k != WIDGET}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_the_view_or_the_fresh_state_is_the_key(make: Make, name: str):
    card = make(name)
    text = json.dumps([card.view, card.state])
    for secret in ("correct", "why", "answer_key", "rationale_html"):
        assert f'"{secret}":' not in text
    assert card.state["verdict"] is None and card.state["solution"] is None


def test_the_edition_is_the_one_it_is_graded_in(make: Make):
    assert make("code").view["edition_label"] == "ICD-10-CM FY2027"


def test_every_answer_names_the_request(make: Make):
    card = make("single")
    for n, verb in enumerate(("check", "hint", "solution", "again", "another")):
        card.handle({"verb": verb, "response": "a", "seq": f"s{n}"})
        assert card.state["seq"] == f"s{n}" and card.state["trouble"] == ""


def test_check_records_and_a_new_card_shows_it(make: Make, store: Store):
    card = make("single")
    card.handle({"verb": "check", "response": "a", "seq": "1"})
    assert card.state["verdict"]["outcome"] == "incorrect" and card.state["saved"] == "saved"
    assert [one.response for one in store.attempts()] == ["a"]
    again = make("single")
    assert again.state["response"] == "a" and again.state["verdict"]["outcome"] == "incorrect"
    assert again.state["restored"] is True and again.state["saved_message"].startswith("You answered this on")


def test_try_again_clears_the_card_and_keeps_the_history(make: Make, store: Store):
    card = make("number")
    card.handle({"verb": "check", "response": "6", "seq": "1"})
    card.handle({"verb": "again", "seq": "2"})
    assert card.state["verdict"] is None and card.state["response"] is None
    assert card.state["attempt_no"] == 1 and len(store.attempts()) == 1


def test_a_draft_comes_back_unchecked(make: Make, store: Store):
    card = make("code")
    sent: list[dict[str, Any]] = []
    card.send = sent.append  # type: ignore[method-assign]
    card.handle({"verb": "draft", "response": ["I10"], "seq": "d1"})
    assert sent == [{"seq": "d1", "trouble": ""}] and store.attempts() == []
    again = make("code")
    assert again.state["response"] == ["I10"] and again.state["verdict"] is None


def test_search_answers_with_its_number(make: Make):
    card = make("code")
    sent: list[dict[str, Any]] = []
    card.send = sent.append  # type: ignore[method-assign]
    card.handle({"verb": "search", "q": "heart failure", "seq": "q7"})
    (answer,) = sent
    assert answer["seq"] == "q7" and 0 < len(answer["hits"]) <= 8
    assert set(answer["hits"][0]) == {"code", "title", "billable", "matched"}
    json.dumps(answer)


def test_an_item_may_switch_the_look_up_off(make: Make):
    card = make("code")
    card.view = {**card.view, "lookup": False}
    assert card.search("heart failure") == []


@pytest.mark.parametrize(
    "content",
    [
        None,
        "check",
        7,
        [],
        {},
        {"verb": None},
        {"verb": "nonsense"},
        {"verb": ["check"]},
        {"verb": "search"},
        {"verb": "search", "q": 5},
        {"verb": "search", "q": "x" * 9_999},
        {"verb": "draft"},
        {"verb": "check"},
        {"verb": "check", "response": {"a": {"b": []}}},
        {"verb": "check", "response": "x" * 99_999, "seq": 5},
        {"verb": "draft", "response": "\ud800"},
        {"verb": "hint", "seq": {"no": "text"}},
    ],
)
@pytest.mark.parametrize("name", ["single", "code", "matching"])
def test_no_message_of_the_browser_breaks_a_card(make: Make, caplog: pytest.LogCaptureFixture, name: str, content: Any):
    card = make(name)
    with caplog.at_level(logging.DEBUG, logger="course.cards"):
        card.handle(content)
    assert not caplog.records, "a fault was swallowed: it should not happen at all"
    json.dumps(card.state)


class Faulty(Exercise):
    """Every verb is broken."""

    def check(self, raw: Any = None) -> dict[str, Any]:
        raise RuntimeError("on purpose")

    hint = solution = another = again = check  # type: ignore[assignment]
    draft = check


@pytest.mark.parametrize("verb", ["check", "hint", "solution", "another", "again"])
def test_a_fault_is_one_plain_sentence_and_the_answer_stays(
    store: Store, capsys: pytest.CaptureFixture[str], verb: str
):
    card = QuestionCard(Faulty(load_item("gallery/number", FIXTURES), store))
    before = {key: card.state[key] for key in ("response", "verdict", "hints")}
    card.handle({"verb": verb, "response": "7", "seq": "1"})
    trouble = card.state["trouble"]
    assert trouble.startswith("The course could not") and "your answer is still here" in trouble
    assert "RuntimeError in test_question_card.py" in trouble and "Traceback" not in trouble
    assert {key: card.state[key] for key in before} == before
    assert capsys.readouterr() == ("", "")


def test_a_check_tells_who_listens_even_when_that_fails(store: Store):
    called = []
    item = load_item("gallery/number", FIXTURES)
    card = QuestionCard(Exercise(item, store), on_check=lambda: called.append(1) or 1 / 0)
    card.handle({"verb": "check", "response": "7", "seq": "1"})
    assert called and card.state["verdict"]["outcome"] == "correct" and card.state["trouble"] == ""


def test_a_chart_that_stands_above_is_folded_in_the_card():
    shown, folded = (face.ask("15-employment/three-lines", chart_above=above) for above in (False, True))
    assert "<img" in shown.static_form and "<img" not in folded.static_form
    assert shown.view["plot"] == {**folded.view["plot"], "folded": False} and folded.view["plot"]["folded"] is True
    assert "plot" not in face.ask("03-structure/buckle-fracture").view
