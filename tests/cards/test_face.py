"""What a notebook calls: something to look at for every argument, the same stored output for every learner."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import course
from course.cards import face
from course.cards.deck_card import DeckCard
from course.cards.panels import NoticeCard
from course.cards.question_card import QuestionCard
from course.cards.widget import WIDGET
from course.questions import bank
from course.questions.generators import GENERATORS

pytestmark = pytest.mark.usefixtures("user_dir")

SOME = bank.sound_items()[0].id


def stored(card: Any) -> dict[str, str]:
    """What a notebook file keeps of an output and nbval compares."""
    return {key: value for key, value in card._repr_mimebundle_()[0].items() if key != WIDGET}


def test_the_names_of_the_package_are_those_of_the_face():
    assert course.ask is face.ask and course.checkpoint is face.checkpoint


def test_an_exercise_by_its_id():
    assert isinstance(course.ask(SOME), QuestionCard)


@pytest.mark.parametrize(
    "wrong", [SOME + "x", SOME[:-3], "nothing like it", "", None, 7, "../../etc/passwd", "a/b/c", "/"]
)
def test_an_unknown_id_is_told_and_not_raised(wrong: Any):
    card = course.ask(wrong)
    assert isinstance(card, NoticeCard) and "There is no exercise called" in card.view["title"]


def test_a_near_miss_names_what_was_meant():
    assert course.ask(SOME + "x").view["list"][0] == SOME


@pytest.mark.parametrize("name", GENERATORS)
def test_practice_of_every_generator(name: str):
    card = course.practice(name)
    assert isinstance(card, QuestionCard) and card.state["can_another"] is True
    first = card.view["id"]
    card.handle({"verb": "another", "seq": "1"})
    assert card.view["id"] != first and card.state["trouble"] == ""


@pytest.mark.parametrize(("name", "level"), [("no such thing", 1), (None, 1), (next(iter(GENERATORS)), 99)])
def test_practice_that_does_not_exist(name: Any, level: int):
    assert isinstance(course.practice(name, level), NoticeCard)


def test_practice_goes_on_where_one_was_and_its_stored_output_does_not_change():
    name = next(iter(GENERATORS))
    card = course.practice(name)
    before = stored(card)
    for n in range(3):
        card.handle({"verb": "another", "seq": str(n)})
    card.handle({"verb": "check", "response": "a", "seq": "9"})
    assert card.state["verdict"] is not None
    again = course.practice(name)
    assert again.view["id"] == card.view["id"] and again.state["response"] == "a"
    assert stored(again) == before
    again.handle({"verb": "another", "seq": "1"})
    assert again.view["id"] == f"gen/{name}/1/5", "a variant came twice"


@pytest.mark.parametrize("lesson", sorted({item.lesson for item in bank.sound_items()}))
def test_the_checkpoint_of_every_lesson(lesson: str):
    card = course.checkpoint(lesson)
    assert isinstance(card, DeckCard)
    assert 1 <= len(card.deck["marks"]) <= 10
    assert course.checkpoint(lesson.lstrip("0").upper() or 0).label == card.label


@pytest.mark.parametrize("lesson", ["77", "", None, "three", -1])
def test_a_lesson_without_questions(lesson: Any):
    for notice in (course.checkpoint(lesson), course.lesson(lesson)):
        assert isinstance(notice, NoticeCard) and "01" in notice.view["list"]


def test_stored_outputs_do_not_depend_on_progress():
    calls = {
        "ask": lambda: course.ask(SOME),
        "unknown": lambda: course.ask("nothing like it"),
        "checkpoint": lambda: course.checkpoint("01"),
        "progress": course.progress,
    }
    before = {name: stored(call()) for name, call in calls.items()}
    deck = course.checkpoint("01")
    deck.handle({"verb": "check", "response": "a", "seq": "1"})
    deck.handle({"verb": "go", "to": 4, "seq": "2"})
    deck.handle({"verb": "deal", "seq": "3"})
    assert {name: stored(call()) for name, call in calls.items()} == before
    assert all(" at 0x" not in value for output in before.values() for value in output.values())


def test_a_lesson_shows_itself_and_says_what_is_in_force(monkeypatch: pytest.MonkeyPatch):
    shown: list[Any] = []
    monkeypatch.setattr(face, "_display", shown.append)
    assert course.lesson("03") is None
    (card,) = shown
    assert "FY2027" in card.state["edition"] and "74,879 billable codes" in card.state["edition"]
    assert card.state["saving"] and not card.state["warning"] and repr(card) == "<LessonCard 03>"


def test_a_lesson_on_procedures_names_its_books(monkeypatch: pytest.MonkeyPatch):
    shown: list[Any] = []
    monkeypatch.setattr(face, "_display", shown.append)
    course.lesson("07")
    (card,) = shown
    assert "CPT 2026" in card.state["edition"] and "HCPCS Level II" in card.state["edition"]
    assert "ICD-10-CM" not in card.state["edition"]


def test_a_lesson_counts_what_is_answered_below_it(monkeypatch: pytest.MonkeyPatch):
    shown: list[Any] = []
    monkeypatch.setattr(face, "_display", shown.append)
    item = next(one for one in bank.sound_items() if one.kind == "single_choice")
    course.lesson(item.lesson)
    (header,) = shown
    assert header.state["meter"]["right"] == 0
    key = "abcdefgh"[item.key]
    course.ask(item.id).handle({"verb": "check", "response": key, "seq": "1"})
    assert header.state["meter"]["right"] == 1
    assert course.progress().state["numbers"][0] == ["1", "exercise right"]


def test_a_folder_that_cannot_be_written_is_said_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "file" / "user"))
    card = course.ask(SOME)
    card.handle({"verb": "check", "response": "a", "seq": "1"})
    assert card.state["verdict"] is not None
    assert card.state["saved"] == "memory" and card.state["saved_message"].startswith("Not saved")
    assert course.progress().state["warning"]


def test_whatever_fails_becomes_a_card(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(face, "shared_store", lambda: 1 / 0)
    for card in (course.ask(SOME), course.practice(next(iter(GENERATORS))), course.checkpoint("01"), course.progress()):
        assert isinstance(card, NoticeCard) and "ZeroDivisionError in" in card.view["lines"][0]


def test_the_face_is_loaded_when_it_is_used():
    code = "import course, sys; assert 'ipywidgets' not in sys.modules; course.ask; assert 'ipywidgets' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(course.__file__).parents[1])
