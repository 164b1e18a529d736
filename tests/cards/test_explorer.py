"""Explorers as widgets, without a page: the drop-downs follow each other, the answer follows them, faults are told."""

from __future__ import annotations

import html as html_module
import re
from typing import Any

import pytest

import course
from course.cards import explorer
from course.cards.explorer import Explorer
from course.cards.panels import NoticeCard
from course.labor import explore


@pytest.fixture(scope="module")
def opened() -> dict[str, Any]:
    return {name: course.explore(name) for name in explore.names()}


@pytest.fixture
def wages(opened: dict[str, Any]) -> Any:
    """The wages explorer, back at its start."""
    return back(opened["wages"])


@pytest.fixture
def employment(opened: dict[str, Any]) -> Any:
    return back(opened["employment"])


def back(one: Any) -> Any:
    one.kept = ""
    for name, key in one.model.start().items():
        one.fields[name].value = key
    assert one.pick == one.model.start()
    return one


def offered(one: Any, field: str) -> list[str]:
    return [key for _, key in one.fields[field].options]


@pytest.mark.parametrize("name", explore.names())
def test_it_opens_with_its_start_and_stays_the_same_text(name: str, opened: dict[str, Any]):
    one = opened[name]
    assert isinstance(one, Explorer) and repr(one) == f"<Explorer {name}>"
    data, _ = one._repr_mimebundle_()
    assert data["text/plain"] == f"<Explorer {name}>" and data["text/html"] == one.static_form
    assert "application/vnd.jupyter.widget-view+json" in data
    assert course.explore(name.upper()).static_form == one.static_form  # type: ignore[attr-defined]
    assert [field.description for field in one.fields.values()] == list(one.model.fields.values())


@pytest.mark.parametrize("name", explore.names())
def test_on_paper_it_is_the_sentence_and_the_picture(name: str, opened: dict[str, Any]):
    form = opened[name].static_form
    words = " ".join(html_module.unescape(re.sub(r"<[^>]+>", "", form)).split())
    answer = opened[name].model.answer(opened[name].model.start())
    assert " ".join(answer.sentence.split()) in words and answer.source in words and words.endswith("press Run All.")
    assert form.count("<img ") == 1 and 'alt="' in form and "data:image/png;base64," in form
    assert "None" not in words and len(form) < 60_000


def test_a_choice_changes_sentence_chart_and_the_other_fields(wages: Any):
    before = wages.answer.view
    wages.fields["place"].value = "OH"
    view = wages.answer.view
    assert offered(wages, "year") == ["2023", "2021"] and wages.fields["year"].value == "2023"
    assert offered(wages, "adjustment") == ["paid", "real", "parity", "both"]
    assert view["told"] and "The year is now May 2023." in view["told"][0]
    assert view["sentence"].startswith("Medical records specialists in Ohio, May 2023")
    assert view["chart"]["svg"] != before["chart"]["svg"] and view["chart"]["title"].endswith("in Ohio?")
    wages.fields["adjustment"].value = "both"
    assert wages.answer.view["told"] == [] and "at average US prices of 2023" in wages.answer.view["sentence"]
    wages.fields["place"].value = "US"
    assert wages.fields["adjustment"].value == "real" and offered(wages, "adjustment") == ["paid", "real"]


def test_one_change_is_one_answer(wages: Any, monkeypatch: pytest.MonkeyPatch):
    """The fields that give way do not each ask for a drawing of their own."""
    drawn: list[str] = []
    real = explorer.draw
    monkeypatch.setattr(explorer, "draw", lambda answer: drawn.append(answer.title) or real(answer))
    wages._ready.clear()
    wages.fields["place"].value = "CA"
    wages.fields["place"].value = "US"
    wages.fields["place"].value = "CA"  # kept ready
    assert len(drawn) == 2


def test_views_kept_ready_are_few(wages: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(explorer, "KEPT", 2)
    for place in ("CA", "TX", "OH"):
        wages.fields["place"].value = place
    assert len(wages._ready) == 2 and wages.answer.view["sentence"].startswith("Medical records specialists in Ohio")


def test_a_state_opens_the_map_and_is_found_again(employment: Any):
    employment.fields["place"].value = "OH"
    assert (
        employment.fields["view"].value == "states" and "one view, jobs per 1,000" in employment.answer.view["told"][0]
    )
    employment.fields["view"].value = "jobs"
    assert employment.fields["place"].value == "US"
    employment.fields["view"].value = "states"
    assert employment.fields["place"].value == "OH" and "rank" in employment.answer.view["sentence"]
    employment.fields["occupation"].value = "29-2071"
    assert offered(employment, "view") == ["jobs", "projection"] and offered(employment, "place") == ["US"]
    assert len(employment.answer.view["told"]) == 2


def test_the_pandas_shown_runs_as_it_stands(employment: Any, wages: Any):
    for one in (employment, wages):
        code = one.answer.view["code"]
        assert code.startswith("import pandas as pd\nimport course\n")
        exec(code, {})


def test_presets(opened: dict[str, Any]):
    one: Any = course.explore("wages", state="OH", occupation="29-2072", year=2023)
    assert [field.value for field in one.fields.values()] == ["29-2072", "OH", "2023", "paid"]
    assert one.answer.view["told"] == [] and "in Ohio" in one.static_form
    bad: Any = course.explore("wages", sate="OH", year=1999)
    told = " ".join(bad.answer.view["told"])
    assert "\u201cstate\u201d" in told and "\u201c1999\u201d is not in the data" in told
    assert bad.pick == bad.model.start() and "1999" in bad.static_form


@pytest.mark.parametrize("name", ["nonsense", "", None, 7, "wage"])
def test_another_name_lists_those_there_are(name: object):
    found: Any = course.explore(name)  # type: ignore[arg-type]
    assert isinstance(found, NoticeCard) and found.view["list"] == ["employment", "wages"]
    assert ("Did you mean wages?" in found.view["lines"][0]) == (name == "wage")


def test_a_fault_is_one_sentence_and_heals(wages: Any, monkeypatch: pytest.MonkeyPatch):
    def broken(answer: object) -> None:
        raise KeyError("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(explorer, "draw", broken)
        wages._ready.clear()
        wages.fields["place"].value = "NV"  # an observer that raised would raise here
        trouble = wages.answer.view["trouble"]
        assert "could not show this" in trouble and "KeyError" in trouble and "answer is still here" not in trouble
    wages.fields["place"].value = "UT"
    assert wages.answer.view["trouble"] == "" and "Utah" in wages.answer.view["sentence"]


def test_an_explorer_that_cannot_open_is_a_notice(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(explorer, "draw", lambda answer: 1 / 0)
    found: Any = course.explore("wages")
    assert isinstance(found, NoticeCard) and "ZeroDivisionError" in found.view["lines"][0]


@pytest.mark.parametrize("name", explore.names())
def test_every_shape_of_view_can_be_drawn(name: str):
    """One pick of each kind of chart for the occupations that differ: all, one May, two Mays, missing states."""
    one = explore.get(name)
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for code in ("00-0000", "29-2071", "29-2098", "11-9111"):
        for other in ({}, {"place": "ID"}, {"view": "projection"}):
            wish = {**one.start(), "occupation": code, **other}
            pick, _ = one.settle(wish, ())
            seen.setdefault((code, one.answer(pick).kind), pick)
    for pick in seen.values():
        answer = one.answer(pick)
        view = explorer.shown(answer, explorer.draw(answer))
        assert view["chart"]["svg"].startswith("<svg") and view["chart"]["rows"]
