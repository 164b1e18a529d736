"""Attempts, items and a fake kind for the tests of what is remembered."""

from __future__ import annotations

import datetime as dt
import os
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from course.grading.verdict import Part, scored
from course.learner.records import Attempt, Event
from course.learner.store import Store, open_store
from course.questions.answers import Answer, Blank, Invalid

#: A folder in memory where there is one: tests with many examples need no real flushes. None: the usual place.
FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None

START = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def attempt(number: int = 0, **changes: Any) -> Attempt:
    """An attempt like those of lesson 03; ``number`` makes it one of many."""
    values: dict[str, Any] = dict(
        question_id=f"03-structure/q{number % 7}",
        content_version="0123456789",
        kind="single_choice",
        response="b",
        outcome="correct",
        score=1.0,
        lesson="03",
        objective="tell a billable code from a header",
        domains=("CPC: ICD-10-CM",),
        edition=2027,
        hints_used=1,
        seconds=12.5,
        at=START + dt.timedelta(minutes=number),
    )
    return Attempt(**{**values, **changes})


def event(number: int = 0, **changes: Any) -> Event:
    """An event of a mock exam; the same ``number`` gives the same event."""
    values: dict[str, Any] = dict(
        stream="sitting/a",
        body={"do": "go", "place": number},
        at=START + dt.timedelta(minutes=number),
        uid=f"event-{changes.get('stream', 'sitting/a')}-{number}",
    )
    return Event(**{**values, **changes})


class FakeItem(SimpleNamespace):
    """What Exercise needs of an item."""

    def edition_for(self, in_force: int) -> int:
        return in_force


def item(version: str = "v1", key: str = "a", item_id: str = "03-structure/fake", kind: str = "fake") -> FakeItem:
    source = {"ref": "I.A.4", "edition": "FY2025", "checked": "2026-11-22", "url": None}
    return FakeItem(
        id=item_id,
        kind=kind,
        content_version=version,
        key=key,
        hints=("First **hint**", "Second"),
        rationale="Because.",
        sources=(SimpleNamespace(model_dump=lambda mode: source),),
        lesson="03",
        objective="an objective",
        domains=("CPC: ICD-10-CM",),
    )


def _parse(item: Any, raw: Any) -> Any:
    if raw in (None, ""):
        return Blank("Pick one.")
    return Answer(raw.strip().lower()) if isinstance(raw, str) and raw.strip().isalpha() else Invalid("letters only")


def _grade(item: Any, answer: Answer, codes: Any) -> Any:
    if answer.value == "boom":
        raise RuntimeError("boom")
    right = answer.value == item.key
    return scored(int(right), "Yes." if right else "No.", [Part(answer.value, "right" if right else "wrong", "why")])


@pytest.fixture
def kinds() -> dict[str, ModuleType]:
    fake: Any = SimpleNamespace(
        parse=_parse,
        grade=_grade,
        view=lambda item: {"id": item.id},
        solution=lambda item: {"response": item.key, "html": "<p>k</p>"},
    )
    needs: Any = SimpleNamespace(**vars(fake), NEEDS_CODES=True)
    return {"fake": fake, "coded": needs}


@pytest.fixture
def store(user_dir: Any) -> Store:
    return open_store()
