"""Days of work, and words that never scold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learner.streak import WINDOW, Streak, streak

from .conftest import attempt

TODAY = dt.date(2026, 11, 22)
SCOLDING = ("lost", "broke", "fail", "miss", "only", "should", "must", "lazy", "sorry", "again from zero", "!")


def of(*days_ago: int, twice: bool = False) -> Streak:
    days = [dt.datetime.combine(TODAY - dt.timedelta(days=one), dt.time(12), tzinfo=dt.UTC) for one in days_ago]
    return streak([attempt(n, at=at) for n, at in enumerate(days * (2 if twice else 1))], TODAY, zone=dt.UTC)


@pytest.mark.parametrize(
    ("days_ago", "run"),
    [
        ((), 0),
        ((0,), 1),
        ((1,), 1),
        ((2,), 1),  # yesterday was a rest day, today is not over
        ((3,), 0),
        ((0, 1, 2), 3),
        ((0, 2, 4, 6), 4),  # a rest day in between is none of the run and no end of it
        ((1, 2, 4), 3),
        ((2, 3), 2),
        ((0, 3, 4), 1),  # two rest days end it
    ],
)
def test_a_rest_day_ends_no_run(days_ago: tuple[int, ...], run: int) -> None:
    assert of(*days_ago).run == run


def test_what_it_says() -> None:
    assert of(0, 1, 3).words.startswith("You worked on 3 of the last 28 days. Your present run: 3 days of work, today")
    assert "and today can add one" in of(1, 2).words
    assert of(9, 10).words.startswith("You worked on 2 of the last 28 days. What you learned then is kept")
    assert of(40).words == of().words and of(40).days == 0
    shown = of(0, 27, 28)
    assert shown.days == 2 and shown.worked[0] and shown.worked[-1] and sum(shown.worked) == 2


@given(st.sets(st.integers(-3, 60)))
def test_laws(days_ago: set[int]) -> None:
    found = of(*days_ago)
    assert len(found.worked) == WINDOW and found.days == sum(found.worked) == len(days_ago & set(range(WINDOW)))
    assert found.today == (0 in days_ago) == found.worked[-1]
    past = {one for one in days_ago if one >= 0}
    assert 0 <= found.run <= len(past) and (found.run > 0) == bool(past & {0, 1, 2})
    assert found == of(*days_ago, twice=True), "a day is a day, however much was answered"
    assert of(*days_ago, 0).run >= found.run, "an answer today never shortens a run"
    assert not any(word in found.words.lower() for word in SCOLDING), found.words
