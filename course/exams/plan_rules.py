"""The rules that a plan follows: which books, how long a window or a wait is, what keeps a credential. Each carries who
says so and when (:mod:`course.exams.facts`); what nobody says is marked as the course's own assumption.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from course.exams import facts

ASSUMED = "this course's own assumption"
#: Body -> month and day on which the next year's books become the ones of the exam. AAPC: the calendar year. AHIMA:
#: told for 2026 only; for other years the plan takes the same day.
NEW_BOOKS = {"AAPC": (1, 1), "AHIMA": (5, 1)}
#: New ICD-10-CM and ICD-10-PCS codes are in force at work.
NEW_ICD = (10, 1)
#: Days before the exam on which one applies or books, as long as no source tells how long that takes.
BOOKING_DAYS = {"AAPC": 28, "AHIMA": 42}
#: Days from the last hour of study to the exam: a seat must be free (costs.csv: seat_months from 0.5).
SEAT_DAYS = 14
#: Wait after a fail where no source names one: time to study again (costs.csv: retake_months from 1).
STUDY_AGAIN_DAYS = 30
#: Lessons of the course by exam, in reading order: number and weight (a share of the training hours). Lessons that are
#: not there yet are left out by who shows the plan.
_COMMON = (("01", 2), ("02a", 6), ("02b", 6), ("03", 6), ("04", 8), ("05a", 8), ("05b", 8))
_CPT = (("06", 5), ("07", 8), ("08a", 6), ("08b", 6), ("08c", 6), ("09", 4))
_PCS = (("10", 10),)
_LAST = (("11a", 4), ("11b", 4), ("12", 4), ("13", 8))
LESSONS = {
    "CPC": (*_COMMON, *_CPT, *_LAST),
    "CCA": (*_COMMON, *_CPT, *_PCS, *_LAST),
    "CCS": (*_COMMON, *_CPT, *_PCS, *_LAST),
    "CIC": (*_COMMON, *_PCS, *_LAST),
}


class Books(NamedTuple):
    """The books of an exam on a day: of ``year``, the right ones from ``since`` to ``until``."""

    year: int
    since: dt.date
    until: dt.date
    sources: tuple[str, ...]


def body(exam: str) -> str:
    """AAPC or AHIMA."""
    return facts.value(exam, "body")


def told(exam: str, *names: str) -> tuple[str, ...]:
    """Who tells these facts of an exam, and when."""
    return tuple(dict.fromkeys(facts.first(exam, name).told for name in names))


def books(exam: str, day: dt.date) -> Books:
    """Which books an exam on that day asks for."""
    month, first = NEW_BOOKS[body(exam)]
    year = day.year if day >= dt.date(day.year, month, first) else day.year - 1
    until = dt.date(year + 1, month, first) - dt.timedelta(days=1)
    sources = told(exam, "book_year")
    if body(exam) == "AHIMA" and year != 2026:
        sources = (*sources, f"for {year} {ASSUMED}")
    return Books(year, dt.date(year, month, first), until, sources)


def new_codes(since: dt.date, until: dt.date) -> list[dt.date]:
    """Each October 1 after ``since``, up to ``until``."""
    days = (dt.date(year, *NEW_ICD) for year in range(since.year, until.year + 1))
    return [day for day in days if since < day <= until]


def wait(exam: str) -> tuple[int, tuple[str, ...]]:
    """Days between a failed sitting and the next one, and who says so."""
    try:
        return int(facts.number(exam, "retake")), told(exam, "retake")
    except KeyError:
        return STUDY_AGAIN_DAYS, (*told(exam, "retake"), ASSUMED)


def business_days_before(day: dt.date, count: int) -> dt.date:
    """The day that lies so many days of Monday to Friday before; holidays are not known here."""
    while count:
        day -= dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def years_after(day: dt.date, years: int) -> dt.date:
    """The same date years later; February 29 becomes February 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def roads(experience: float) -> list[tuple[str, tuple[str, ...]]]:
    """How a CPC-A becomes a CPC, with so many proved years of coding work: (sentence, sources), the nearest first."""
    letter = told("CPC-A", "letter")
    if experience >= 2:
        sent = (
            "Send the proof of your two years of work with your application: then you are a CPC from the day you pass."
        )
        return [(sent, (*told("CPC-A", "way_work"), *letter))]
    year, two, course = (told("CPC-A", one) for one in ("way_work_and_course", "way_work", "way_course_and_practice"))
    if experience >= 1:
        found = [
            ("You have a year of work. An 80-hour course, or all of Practicode, stands for the second year.", year),
            ("Or work a second year.", two),
        ]
    else:
        found = [
            ("Without work: an 80-hour course and all of Practicode, a year each.", course),
            ("With a year of work: an 80-hour course or all of Practicode stands for the other year.", year),
            ("With two years of work nothing else is needed.", two),
        ]
    proof = f"Work is proved by {facts.value('CPC-A', 'letter')}."
    return [*found, (proof, letter)]
