"""The rules that a plan follows: which books, how long a window or a wait is, what keeps a credential. Each carries who
says so and when (:mod:`course.exams.facts`); what nobody says is marked as the course's own assumption.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from course.exams import facts

ASSUMED = "this course's own assumption"
#: Body -> month and day on which the next year's books become the ones of the exam. AAPC: the calendar year. AHIMA:
#: told for 2026 only; for other years the plan takes the same day.
NEW_BOOKS = {"AAPC": (1, 1), "AHIMA": (5, 1)}
#: New ICD-10-CM and ICD-10-PCS codes are in force at work.
NEW_ICD = (10, 1)
#: Days before the exam on which one applies or books where nothing is in a hurry, and the fewest days from that to a
#: seat (AAPC: a seat must be free; AHIMA: approval, then a seat). No source tells how long it takes: own assumptions.
BOOKING_DAYS = {"AAPC": 28, "AHIMA": 42}
WAIT_DAYS = {"AAPC": 14, "AHIMA": 28}
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
#: Exam -> what it tests and the course teaches in a lesson of that number, once that lesson is there.
SUBJECTS = {
    "CPC": (),
    "CCA": (("10", "ICD-10-PCS"),),
    "CCS": (("10", "ICD-10-PCS"),),
    "CIC": (("10", "ICD-10-PCS"), ("12", "MS-DRG")),
}


class Books(NamedTuple):
    """The books of an exam on a day: of ``year``, the right ones from ``since`` to ``until``. ``assumed``: no source
    tells one of the two days."""

    year: int
    since: dt.date
    until: dt.date
    assumed: bool
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
    assumed = body(exam) == "AHIMA"  # its day is told for 2026, and for no other year
    if assumed:
        sources = (*sources, f"May 1 of other years than 2026: {ASSUMED}")
    return Books(year, dt.date(year, month, first), until, assumed, sources)


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


def missing(exam: str, known: Collection[str] | None) -> list[str]:
    """What the exam tests and no lesson in ``known`` teaches; None: every lesson is there."""
    return [] if known is None else [subject for lesson, subject in SUBJECTS[exam] if lesson not in known]


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
