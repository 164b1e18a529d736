"""The calculator card without a page: messages, faults, the static form, names that do not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import course
from course import calculators
from course.cards.calculator import Calculator
from course.cards.panels import NoticeCard


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Calculator:
    """The repair calculator, with what it sends kept in ``sent``."""
    made: Any = course.calculator("repair")
    made.sent = []
    monkeypatch.setattr(type(made), "send", lambda self, content, buffers=None: self.sent.append(content))
    return made


def test_a_name_opens_its_calculator():
    for name in calculators.names():
        found: Any = course.calculator(name)
        assert isinstance(found, Calculator) and repr(found) == f"<Calculator {name}>"
    assert repr(course.calculator("Drug units")) == "<Calculator drug-units>"


@pytest.mark.parametrize("name", ["nonsense", "", None, 7, "repare"])
def test_another_name_lists_those_there_are(name: object):
    found: Any = course.calculator(name)
    assert isinstance(found, NoticeCard) and found.view["list"] == ["em-level", "career", *calculators.names()]
    assert ("Did you mean repair?" in found.view["lines"][0]) == (name == "repare")


def test_a_sum_is_answered_with_its_number(card: Any):
    wounds = [{"length": "2", "kind": "simple", "site": "arm"}]
    card.handle({"verb": "sum", "seq": "x.1", "values": {"wounds": wounds}})
    (sent,) = card.sent
    assert sent["seq"] == "x.1" and sent["trouble"] == "" and sent["answer"]["lines"][0][0] == "12001"
    assert card.state["values"] == {"wounds": wounds}, "a page that is drawn again shows the same"


def test_what_it_does_not_understand_it_leaves(card: Any):
    for content in (None, "sum", {}, {"verb": "store"}):
        card.handle(content)
    assert not card.sent


def test_a_fault_of_ours_is_one_sentence(card: Any):
    card.spec = replace(card.spec, compute=lambda reader: {}["a fault on purpose"])
    card.handle({"verb": "sum", "seq": "x.2", "values": {}})
    (sent,) = card.sent
    assert sent["answer"] is None and "could not work this out" in sent["trouble"]
    assert "answer is still here" not in sent["trouble"] and "KeyError" in sent["trouble"]


@pytest.mark.parametrize("name", calculators.names())
def test_on_paper_it_shows_its_example(name: str):
    found: Any = course.calculator(name)
    html = found.static_form
    assert html.count("<ul>") == 2 and found.view["answer"]["lines"][0][0] in html
    assert "None" not in html and "[" not in html
    assert html == course.calculator(name).static_form  # type: ignore[attr-defined]
