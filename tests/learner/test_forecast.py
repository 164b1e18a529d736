"""The forecast to the exam: more minutes and more time know more, the words promise nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from course.learner.cards import Unit
from course.learner.forecast import FARTHEST, Forecast, forecast
from course.learner.memory import Memory

from .conftest import attempt

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
UNITS = [Unit(f"t/{n}", "item", "T", "03", (f"CPC: {'ab'[n % 2]}",), 60.0, "", "number") for n in range(60)]
MEMORY = Memory([attempt(n, question_id=f"t/{n}", at=NOW - dt.timedelta(days=4)) for n in range(20)], zone=dt.UTC)


def ahead(days: int = 40, minutes: float = 10, week: float = 7, units: list[Unit] = UNITS) -> Forecast:
    exam = NOW.date() + dt.timedelta(days=days)
    return forecast(units, MEMORY, now=NOW, exam=exam, minutes=minutes, days_a_week=week)


def test_more_minutes_more_days_and_more_days_a_week_know_more() -> None:
    base = ahead(minutes=4)
    assert ahead(minutes=15).known > base.known > ahead(minutes=0).known
    assert ahead(minutes=4, week=7).known > ahead(minutes=4, week=3).known
    assert ahead(days=90, minutes=4).met_by_exam > base.met_by_exam > base.met == 20


def test_without_work_what_is_known_fades() -> None:
    still = ahead(minutes=0)
    assert still.known < still.known_now and still.met_by_exam == 20
    expected = [MEMORY.state(f"t/{n}") for n in range(20)]
    later = NOW + dt.timedelta(days=40)
    share = sum(state.retrievability(later) for state in expected if state) / 60
    assert still.known == pytest.approx(share, abs=1e-9), "FSRS's chance on that day, nothing for what was never met"
    assert ahead(week=0).known == still.known


def test_a_unit_longer_than_a_day_has_minutes_does_not_hold_up_the_others() -> None:
    long = Unit("t/long", "item", "T", "03", (), 1_200.0, "", "audit_bench")
    found = ahead(minutes=10, units=[long, *UNITS])
    assert found.met_by_exam == 60


def test_enough_work_keeps_what_was_met() -> None:
    plenty = ahead(minutes=120)
    assert plenty.met_by_exam == 60 and 0.85 < plenty.known <= 1


def test_it_is_the_same_each_time_and_changes_nothing() -> None:
    before = [MEMORY.state(unit.id) for unit in UNITS]
    assert ahead() == ahead() and before == [MEMORY.state(unit.id) for unit in UNITS]


def test_domains() -> None:
    found = ahead(minutes=15)
    assert [one.domain for one in found.domains] == ["CPC: a", "CPC: b"]
    assert [(one.units, one.met) for one in found.domains] == [(30, 10), (30, 10)]
    assert sum(one.known for one in found.domains) / 2 == pytest.approx(found.known)
    assert sum(one.met_by_exam for one in found.domains) == found.met_by_exam
    two = ahead(units=[replace(UNITS[0], domains=("CPC: a", "CCA: c"))])
    assert [one.domain for one in two.domains] == ["CCA: c", "CPC: a"] and two.units == 1


@pytest.mark.parametrize("days", [0, -5])
def test_an_exam_that_is_today_or_past_gives_the_present(days: int) -> None:
    found = ahead(days=days)
    assert found.days == days and found.known == found.known_now
    assert found.words == f"Today you would likely know about {found.known_now:.0%} of these 60 cards and questions."


def test_words() -> None:
    words = ahead().words
    assert "With 10 minutes a day it would be about" in words and "on January 1, 2027, in 40 days" in words
    assert words.endswith("This is an estimate of memory. It is no forecast of your exam result.")
    assert ahead(units=[]).words == "There is nothing to forecast yet."
    far = ahead(days=FARTHEST + 300, units=UNITS[:3])
    assert f"Only the first {FARTHEST} days were played through." in far.words


def test_what_other_minutes_would_bring_is_told() -> None:
    base = ahead(days=12, minutes=3)
    assert [one for one, _ in base.other] == [15, 30, 45]
    assert [share for _, share in base.other] == [ahead(days=12, minutes=one).known for one in (15, 30, 45)]
    assert base.known < base.other[0][1]
    said = [f"{share:.0%} with {one:g} minutes" for one, share in base.other]
    assert f"For comparison, about {said[0]}, {said[1]} and {said[2]} a day." in base.words
    asked = ahead(days=12, minutes=30)
    assert asked.other[1] == (30, asked.known) and "with 30 minutes" not in asked.words
    assert ahead(days=0).other == ahead(units=[]).other == ()


@pytest.mark.parametrize(("days", "own"), [(1, False), (4, False), (5, True)])
def test_seconds_of_a_few_days_are_no_pace(days: int, own: bool) -> None:
    def log(seconds: float) -> Memory:
        past = [NOW - dt.timedelta(days=n % days) for n in range(25)]
        return Memory(
            [
                attempt(n, question_id=f"x/{n}", kind="number", seconds=seconds, at=at, uid=f"n{n}")
                for n, at in enumerate(past)
            ],
            zone=dt.UTC,
        )

    exam = NOW.date() + dt.timedelta(days=4)
    quick, usual = (forecast(UNITS, log(one), now=NOW, exam=exam, minutes=5) for one in (5.0, 60.0))
    assert (quick.met_by_exam > usual.met_by_exam) is own


def test_the_learners_own_first_answers_count() -> None:
    wrong = Memory([attempt(n, question_id=f"x/{n}", outcome="incorrect", at=NOW) for n in range(25)], zone=dt.UTC)
    right = Memory([attempt(n, question_id=f"x/{n}", hints_used=0, at=NOW) for n in range(25)], zone=dt.UTC)
    exam = NOW.date() + dt.timedelta(days=30)
    weak, strong = (forecast(UNITS, one, now=NOW, exam=exam, minutes=10) for one in (wrong, right))
    assert strong.met_by_exam > weak.met_by_exam and strong.known > weak.known
