"""A small bank, a form of it and a store, for the tests of sittings and reports."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.exams.assemble import Entry, Form
from course.learner.store import Store, open_store
from course.questions.base import ItemBase, Option, Source
from course.questions.kinds.number import Model as Number
from course.questions.kinds.single_choice import SingleChoice

#: A folder in memory where there is one: tests with many examples need no real flushes. None: the usual place.
FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None

START = dt.datetime(2026, 11, 22, 15, 0, tzinfo=dt.UTC)


def after(seconds: float = 0.0, *, minutes: float = 0.0) -> dt.datetime:
    """A moment of the sitting."""
    return START + dt.timedelta(seconds=seconds, minutes=minutes)


def frame(number: int, stem: str = "") -> dict[str, Any]:
    """What every question has."""
    slug = f"q{number}"
    return dict(
        id=f"05-tests/{slug}",
        lesson=f"0{3 + number % 3}",
        slug=slug,
        title=f"Question {number}",
        stem=stem or f"What is {number}?",
        hints=("Look again.",),
        rationale=f"Because of {number}.",
        sources=(Source(ref="I.A.4", checked=dt.date(2026, 11, 22)),),
        objective="count",
        difficulty=2,
        domains=("CPC: Anatomy",),
        editions=(2027,),
    )


def choice(number: int, stem: str = "") -> SingleChoice:
    """A question whose key is b."""
    options = [
        Option(text=f"{name} {number}", why=f"why {name}", correct=name == "two") for name in ("one", "two", "three")
    ]
    return SingleChoice(kind="single_choice", options=tuple(options), **frame(number, stem))


def amount(number: int) -> ItemBase:
    """A question whose key is its number."""
    return Number(kind="number", answer={"value": number, "unit": "codes"}, **frame(number))


class Bank(dict[str, ItemBase]):
    """Questions by id; called, it loads one."""

    def __call__(self, item_id: str) -> ItemBase:
        return self[item_id]


def bank_of(total: int = 8) -> Bank:
    """Single choices, and a number at place 2."""
    items = [amount(n) if n == 2 else choice(n) for n in range(total)]
    return Bank({one.id: one for one in items})


def form_of(bank: Bank, *, exam: str = "CPC", minutes: int = 60, unscored: int = 2, part: float = 1.0) -> Form:
    """All of the bank in order, two domains in turn; the last ``unscored`` do not count."""
    last = len(bank) - unscored
    entries = (
        Entry(one.id, one.content_version, ("Anatomy", "Medicine")[n % 2], n < last)
        for n, one in enumerate(bank.values())
    )
    return Form(exam, 1, part, minutes, tuple(entries))


@pytest.fixture
def bank() -> Bank:
    return bank_of()


@pytest.fixture
def form(bank: Bank) -> Form:
    return form_of(bank)


@pytest.fixture
def store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        yield open_store(Path(place) / "user")
