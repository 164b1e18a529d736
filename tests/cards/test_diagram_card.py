"""The picture to study, without a page: its view, its static form, names that do not exist."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

import course
from course.cards.diagram_card import Atlas
from course.cards.panels import NoticeCard
from course.language import diagrams


def test_each_diagram_opens_and_tells_of_each_part() -> None:
    for name in diagrams.names():
        card: Any = course.diagram(name)
        assert repr(card) == f"<DiagramCard {name}>"
        parts = card.view["parts"]
        json.dumps(card.view)
        assert [one["id"] for one in parts] == [part.id for part in diagrams.get(name).parts]
        assert all(f'data-part="{one["id"]}"' in card.view["figure"]["svg"] for one in parts)
    heart = course.diagram("heart").view["parts"][0]  # type: ignore[attr-defined]
    assert heart["series"].startswith("CPT series 30,000: ") and heart["chapter"].startswith(
        "ICD-10-CM chapter 9 (I00-"
    )


def test_the_name_may_be_written_as_people_write() -> None:
    assert repr(course.diagram(" Abdominal Regions ")) == "<DiagramCard abdominal-regions>"


@pytest.mark.parametrize("name", ["hart", "-", None, 3, "x" * 5000, "<b>", "../heart", "README"])
def test_another_name_lists_those_there_are(name: Any) -> None:
    card: Any = course.diagram(name)
    assert isinstance(card, NoticeCard) and card.view["list"] == list(diagrams.names())


def test_without_a_name_all_can_be_leafed_through(monkeypatch: pytest.MonkeyPatch) -> None:
    card: Any = course.diagram()
    assert isinstance(card, Atlas) and repr(card) == "<Atlas>"
    assert sorted(name for name, _ in card.view["atlas"]) == sorted(diagrams.names())
    assert all(escape(title) in card.static_form for _, title in card.view["atlas"])
    card.handle({"verb": "show", "name": "heart"})
    assert card.view["name"] == "heart" and card.view["parts"] == course.diagram("heart").view["parts"]  # type: ignore[attr-defined]
    for nonsense in (
        None,
        "show",
        {"verb": "show"},
        {"verb": "show", "name": "../heart"},
        {"verb": "show", "name": ["heart"]},
    ):
        card.handle(nonsense)
    assert card.view["name"] == "heart"
    monkeypatch.setattr(diagrams, "get", lambda name: {}["a fault on purpose"])
    card.handle({"verb": "show", "name": "eye"})
    assert "could not open this picture" in card.view["trouble"] and card.view["name"] == "heart"


def test_a_fault_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        raise KeyError(name)

    monkeypatch.setattr(diagrams, "get", broken)
    card: Any = course.diagram("heart")
    assert isinstance(card, NoticeCard) and "could not open this diagram" in card.view["title"]


def test_a_page_without_a_kernel_shows_the_picture_and_its_words() -> None:
    card: Any = course.diagram("quadrants")
    data, _ = card._repr_mimebundle_()
    page = data["text/html"]
    assert data["text/plain"] == "<DiagramCard quadrants>" and page == course.diagram("quadrants").static_form  # type: ignore[attr-defined]
    assert '<img src="data:image/svg+xml;base64,' in page and f'alt="{diagrams.get("quadrants").alt}"' in page
    assert "<strong>A.</strong> right upper quadrant: the area of" in page and "Chapter 18" in page
    assert "<script" not in page and "style=" not in page and len(page) < 30_000
