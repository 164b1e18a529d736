"""The four steps to a credential as a dated plan: choose it, get trained, study and practice, pass. Pure.

``make(wish)`` counts days: a day that is not off gives a seventh of the hours of a week. Training comes first, then
study. One books while one studies, after the second whole mock exam, and sits as soon as the study is done and the
wait for a seat (:data:`~course.exams.plan_rules.WAIT_DAYS`) is over, or on the day that was wished. What cannot be is
a :class:`Fault` with a sentence that says what would be possible. Rules with their sources:
:mod:`course.exams.plan_rules`; words of the steps: :mod:`course.exams.plan_steps`.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple

from course.exams import plan_rules as rules
from course.exams import workdays

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
#: A plan of more days than this is none.
LONGEST = 5 * 366
#: More hours a week than this are no side of a job, and mostly no plan.
MOST_HOURS = 60


class Wish(NamedTuple):
    """What a plan is made of. Hours are hours; ``exam_date`` None: as soon as ready; ``off``: (first, last) days
    without study; ``experience``: proved years of coding work."""

    exam: str
    start: dt.date
    hours_a_week: float = 10
    training_hours: float = 80
    study_hours: float = 120
    exam_date: dt.date | None = None
    off: tuple[tuple[dt.date, dt.date], ...] = ()
    experience: float = 0


class Fault(ValueError):
    """A wish that cannot be: ``field`` of :class:`Wish`, and a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


class Week(NamedTuple):
    """Seven days from ``start`` (fewer before the exam) with their ``hours``, and what they are for."""

    number: int
    start: dt.date
    end: dt.date
    hours: float
    lessons: tuple[str, ...]
    task: str


class Plan(NamedTuple):
    """The dates. ``trained``, ``ready``: the last days of training and study (None: there is none). ``booked``: the day
    to book or to apply. ``hurried``: the exam was set earlier than the wait asks, for the sake of the books."""

    wish: Wish
    trained: dt.date | None
    ready: dt.date | None
    exam_date: dt.date
    booked: dt.date
    hurried: bool
    mocks: tuple[tuple[dt.date, str], ...]
    weeks: tuple[Week, ...]

    @property
    def slack(self) -> int:
        """Days from being ready to the exam; 0 where no hours are planned."""
        return (self.exam_date - self.ready).days if self.ready else 0

    @property
    def tested(self) -> dt.date | None:
        """The day of the second whole mock exam, or None where there is no room for it."""
        whole = [day for day, size in self.mocks if size == "whole"]
        return whole[1] if len(whole) > 1 else None


def is_off(wish: Wish, day: dt.date) -> bool:
    """Whether nothing is planned on a day."""
    return any(first <= day <= last for first, last in wish.off)


def reach(wish: Wish, hours: float) -> dt.date:
    """The day on which so many hours from the start are done. Raises :class:`Fault` when that takes too long."""
    need = math.ceil(round(7 * hours / wish.hours_a_week, 6))
    day, done = wish.start - DAY, 0
    while done < need:
        day += DAY
        done += not is_off(wish, day)
        if (day - wish.start).days > LONGEST:
            raise Fault(
                "hours_a_week",
                f"With {number(wish.hours_a_week)} hours a week {number(hours)} hours take more than five years. "
                "Plan more hours a week, or fewer weeks off.",
            )
    return day


def free_days(wish: Wish, until: dt.date) -> int:
    """Days that are not off, from the start to the day before ``until``."""
    return sum(not is_off(wish, wish.start + n * DAY) for n in range((until - wish.start).days))


def make(wish: Wish) -> Plan:
    """The plan, or :class:`Fault`."""
    total = wish.training_hours + wish.study_hours
    _check_date(wish, total)
    trained = reach(wish, wish.training_hours) if wish.training_hours else None
    ready = reach(wish, total) if total else None
    begin = trained + DAY if trained else wish.start
    wait = rules.WAIT_DAYS[rules.body(wish.exam)] * DAY
    studied = ready if ready and ready >= begin else None
    mocks = _mocks(wish, begin, studied) if studied else ()
    exam, hurried = (wish.exam_date, False) if wish.exam_date else _soonest(wish, ready, mocks, wait)
    if not studied:
        mocks = _mocks(wish, begin, exam - DAY)
    after = mocks[-1][0] + DAY if mocks else wish.start
    latest = max(wish.start, exam - wait)
    booked = max(after, exam - rules.BOOKING_DAYS[rules.body(wish.exam)] * DAY) if after <= latest else latest
    mocks = _kept_fresh(wish, exam, mocks)
    return Plan(wish, trained, ready, exam, booked, hurried, mocks, _weeks(wish, exam, mocks))


def _soonest(
    wish: Wish, ready: dt.date | None, mocks: tuple[tuple[dt.date, str], ...], wait: dt.timedelta
) -> tuple[dt.date, bool]:
    """The first day for the exam. Where AAPC's books would change while one waits for a seat, the last day before the
    change, booked earlier; AHIMA's day is not told well enough for that."""
    first = ready + DAY if ready else wish.start
    after = mocks[-1][0] + DAY if mocks else first
    exam = _open_day(wish, max(first, after + wait))
    last = rules.books(wish.exam, first).until
    if rules.body(wish.exam) == "AAPC" and exam > last:
        day = _open_day(wish, last, -DAY)
        if day >= first and day - wait >= wish.start:
            return day, True
    return exam, False


def _check_date(wish: Wish, total: float) -> None:
    """The wished date must leave room for the hours."""
    if wish.exam_date is None:
        return
    if wish.exam_date <= wish.start:
        raise Fault("exam_date", f"The exam must come after the start, {said(wish.start)}. Choose a later date.")
    if (wish.exam_date - wish.start).days > LONGEST:
        raise Fault("exam_date", "The exam is more than five years away. Choose an earlier date.")
    days = free_days(wish, wish.exam_date)
    if days * wish.hours_a_week >= 7 * total - 1e-6:
        return
    possible = math.floor(days * wish.hours_a_week / 7)
    need = math.ceil(round(7 * total / days, 6)) if days else math.inf
    by = said(wish.exam_date)
    sentence = f"By {by} there is time for {count(possible, 'hour')}, and {number(total)} hours are planned. "
    ready = reach(wish, total)
    later = f"{said(ready + DAY)} or later"
    if need > MOST_HOURS:
        raise Fault("exam_date", f"{sentence}Choose {later}, or plan fewer hours.")
    raise Fault("exam_date", f"{sentence}It would take {need} hours a week. Or choose {later}.")


def _open_day(wish: Wish, day: dt.date, step: dt.timedelta = DAY) -> dt.date:
    """The next day, from ``day`` on (or back), that is no Sunday, no federal holiday and not off."""
    while day.weekday() == 6 or day in workdays.holidays(day.year) or is_off(wish, day):
        day += step
    return day


def _mocks(wish: Wish, begin: dt.date, end: dt.date) -> tuple[tuple[dt.date, str], ...]:
    """Three mock exams from ``begin`` to ``end``: half the length in the middle, whole at two thirds and at five
    sixths. On a day off they come later; those for which there is no room are left out."""
    length = (end - begin).days
    found: list[tuple[dt.date, str]] = []
    for share, size in ((3, "half"), (4, "whole"), (5, "whole")):
        day = begin + length * share // 6 * DAY
        while is_off(wish, day):
            day += DAY
        if begin <= day <= end and (not found or day > found[-1][0]):
            found.append((day, size))
    return tuple(found)


def _kept_fresh(wish: Wish, exam: dt.date, mocks: tuple[tuple[dt.date, str], ...]) -> tuple[tuple[dt.date, str], ...]:
    """The mock exams, and one of half the length a week before an exam that comes four weeks or more after them."""
    day = exam - WEEK
    late = day - mocks[-1][0] >= 3 * WEEK and not is_off(wish, day) if mocks else False
    return (*mocks, (day, "half")) if late else mocks


def _weeks(wish: Wish, exam: dt.date, mocks: tuple[tuple[dt.date, str], ...]) -> tuple[Week, ...]:
    found: list[Week] = []
    done = 0.0
    total = wish.training_hours + wish.study_hours
    start = wish.start
    while start < exam:
        end = min(start + WEEK, exam) - DAY
        days = sum(not is_off(wish, start + n * DAY) for n in range((end - start).days + 1))
        hours = min(days * wish.hours_a_week / 7, total - done)
        task, lessons = _task(wish, done, done + hours, days, [one for one in mocks if start <= one[0] <= end])
        found.append(Week(len(found) + 1, start, end, round(hours, 1), lessons, task))
        done += hours
        start += WEEK
    return tuple(found)


def _task(
    wish: Wish, begin: float, end: float, days: int, mocks: list[tuple[dt.date, str]]
) -> tuple[str, tuple[str, ...]]:
    """What the hours from ``begin`` to ``end`` of the plan are for: a kind of week, and the lessons it is about."""
    if not days:
        return "off", ()
    training, study = wish.training_hours, wish.study_hours
    if begin < training:
        return "train", _lessons(wish.exam, begin / training, min(end / training, 1))
    if end - begin < 1e-6:
        return "mock" if mocks else "keep", ()
    part = (begin - training) / study, (end - training) / study
    if part[0] < 2 / 3:  # the last third belongs to mock exams and what they show
        return "practice", _lessons(wish.exam, part[0] * 1.5, min(part[1] * 1.5, 1))
    return "mock", ()


def _lessons(exam: str, begin: float, end: float) -> tuple[str, ...]:
    """The lessons of a share of all their hours."""
    weights = rules.LESSONS[exam]
    whole, past = sum(weight for _, weight in weights), 0.0
    found = []
    for name, weight in weights:
        first, past = past / whole, past + weight
        if first < end - 1e-9 and past / whole > begin + 1e-9:
            found.append(name)
    return tuple(found)


def said(day: dt.date) -> str:
    """ "November 22, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


def number(value: float) -> str:
    """ "80" or "7.5"."""
    return f"{value:,.1f}".removesuffix(".0")


def count(value: float, noun: str) -> str:
    """ "1 hour", "80 hours"."""
    return f"{number(value)} {noun}{'' if value == 1 else 's'}"
