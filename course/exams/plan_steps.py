"""A plan in words: its dated steps and its weeks, each with who says so and when. What to look out for:
:mod:`course.exams.plan_remarks`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from course.exams import facts, workdays
from course.exams import plan_rules as rules
from course.exams.plan import DAY, Plan, Week, count, number, said

#: Fact -> what sources disagree about.
_DISPUTED = {"items": "the number of questions", "minutes": "the time", "delivery": "where one sits"}
PHASES = ("Choose it", "Get trained", "Study and practice", "Pass it", "Keep it")


class Step(NamedTuple):
    """Something to do from ``start`` to ``end`` (often one day). ``phase`` counts from 0 in :data:`PHASES`; ``key`` is
    the same in every plan, so that a calendar knows the step again."""

    key: str
    phase: int
    start: dt.date
    end: dt.date
    title: str
    text: str
    sources: tuple[str, ...] = ()


def steps(plan: Plan, known: Collection[str] | None = None) -> list[Step]:
    """All steps in the order of their dates; ``known``: the lessons that are there (None: all)."""
    wish = plan.wish
    exam, day, body = wish.exam, plan.exam_date, rules.body(wish.exam)
    books = rules.books(exam, day)
    bought = max(wish.start, dt.date(books.year, 1, 1))
    name = facts.value(exam, "full_name")
    found = [
        Step(
            "choose",
            0,
            wish.start,
            wish.start,
            f"Decide on the {exam}",
            f"{name}, given by {body}. Read its page: fees and rules change.",
            rules.told(exam, "full_name"),
        ),
        Step(
            "books",
            1 if plan.trained and bought <= plan.trained else 2,
            bought,
            bought,
            f"Have the books of {books.year}",
            f"{_sentence(facts.value(exam, 'books'))}. The exam on {said(day)} asks for the books of {books.year}.",
            (*rules.told(exam, "books"), *books.sources),
        ),
        *_elsewhere(plan, known),
        *_booking(plan, body),
        Step(
            "exam", 3, day, day, f"Sit the {exam}", _exam_words(exam), rules.told(exam, "items", "minutes", "delivery")
        ),
        *_after(plan, body),
    ]
    if plan.trained:
        hours = count(wish.training_hours, "hour")
        course = facts.first("all", "course_hours")
        text = f"{hours} of training with {count(wish.hours_a_week, 'hour')} a week."
        own = "This course is none of those: its lessons count as no hours for AAPC."
        extra = f" {course.value}. {own}" if exam == "CPC" else ""
        found.append(
            Step("train", 1, wish.start, plan.trained, "Get trained", text + extra, (course.told,) if extra else ())
        )
    if plan.ready and wish.study_hours:
        first = plan.trained + DAY if plan.trained else wish.start
        text = f"{count(wish.study_hours, 'hour')} of practice and review. The weeks of the plan say what to take up."
        found.append(Step("study", 2, min(first, plan.ready), plan.ready, "Study and practice", text))
    for place, (date, size) in enumerate(plan.mocks, 1):
        text = "In the exam hall of lesson 17, with a clock. Then read the report: it names the lessons to go back to."
        title = "Mock exam, half the length" if size == "half" else "Mock exam, whole"
        found.append(Step(f"mock{place}", 2, date, date, title, text))
    once = [one._replace(sources=tuple(dict.fromkeys(one.sources))) for one in found]
    return sorted(once, key=lambda one: (one.start, one.phase, one.end))


def _elsewhere(plan: Plan, known: Collection[str] | None) -> list[Step]:
    """What the exam tests and this course does not teach."""
    wish = plan.wish
    subjects = rules.missing(wish.exam, known)
    last = plan.trained or plan.ready
    if not subjects or last is None:
        return []
    it = "them" if len(subjects) > 1 else "it"
    text = f"The {wish.exam} tests {it}, and this course does not teach {it} yet. A part of your hours belongs to {it}."
    title, told = f"Learn {listed(subjects)} elsewhere", rules.told(wish.exam, "code_sets")
    return [Step("elsewhere", 1 if plan.trained else 2, wish.start, last, title, text, told)]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _exam_words(exam: str) -> str:
    rows = [facts.first(exam, one) for one in ("items", "minutes", "delivery")]
    disputed = [_DISPUTED[one.fact] for one in rows if one.status == "conflict"]
    ask = f" Sources disagree about {listed(disputed)}: ask {rules.body(exam)}." if disputed else ""
    listing = "; ".join(one.value for one in rows)
    return f"{_sentence(listing)}. To pass: {facts.value(exam, 'pass_line')}.{ask}"


def _booking(plan: Plan, body: str) -> list[Step]:
    """Applying or joining, and the last day for a change."""
    wish, day, book = plan.wish, plan.exam_date, plan.booked
    if plan.tested is None:
        when = ""
    elif book > plan.tested:
        when = " Both whole mock exams lie behind you by then: go on only if they went well."
    else:
        when = " There is no room to wait for the second whole mock exam."
    assumed = f"day: {rules.ASSUMED}"
    if body == "AAPC":
        text = f"{facts.value(wish.exam, 'membership')}. One sitting or two can be bought.{when}"
        told = rules.told(wish.exam, "membership")
        return [Step("apply", 3, book, book, "Join AAPC and book the exam", text, (*told, assumed))]
    earliest = day - int(facts.number(wish.exam, "window")) * DAY
    early = f"So do not be approved before {said(earliest)}, and leave" if earliest > wish.start else "Leave"
    text = f"{_sentence(facts.value(wish.exam, 'window'))}. {early} time to get a seat.{when}"
    change = workdays.before(day, int(facts.number(wish.exam, "refund")))
    told = rules.told(wish.exam, "window")
    found = [Step("apply", 3, book, book, "Apply to AHIMA", text, (*told, assumed))]
    if change > book:
        words = (
            f"{_sentence(facts.value(wish.exam, 'refund'))}. Business days are counted here from Monday to Friday, "
            "and federal holidays are left out. Do it some days earlier, to be safe."
        )
        told = (*rules.told(wish.exam, "refund"), "holidays: 5 U.S.C. 6103")
        found.append(Step("change", 3, change, change, "Last day to move the exam free of charge", words, told))
    return found


def _after(plan: Plan, body: str) -> list[Step]:
    """If it did not work, and what keeps the credential."""
    exam, day = plan.wish.exam, plan.exam_date
    wait, told = rules.wait(exam)
    again = day + wait * DAY
    one, two = rules.years_after(day, 1), rules.years_after(day, 2)
    units = facts.first(exam, "renewal")
    half = number((units.number or 0) / 2)
    return [
        Step("again", 3, again, again, "If you did not pass: the next sitting from here on",
             f"{_sentence(facts.value(exam, 'retake'))}. Study what the report names first.", told),
        Step("units", 4, one, one, f"A year after passing: {half} units done", f"{_sentence(units.value)}. Half of the "
             f"time is over.{' AAPC membership is due each year.' if body == 'AAPC' else ''}", (units.told,)),
        Step("renew", 4, two, two, "Two years after passing: renew", f"{_sentence(units.value)}. {body} tells you the "
             "last day of your own two years.", (units.told,)),
    ]  # fmt: skip


def week_words(week: Week, mocks: tuple[tuple[dt.date, str], ...], known: frozenset[str] | None = None) -> str:
    """What a week is for, in a sentence or two; lessons that are not in ``known`` are left out (None: all are)."""
    lessons = [one for one in week.lessons if known is None or one in known]
    named = f"lesson{'s' if len(lessons) > 1 else ''} {listed(lessons)}" if lessons else ""
    text = {
        "off": "Nothing is planned.",
        "train": f"Work through {named}." if named else "Go on with your training.",
        "practice": f"Practice with {named}, and review each day." if named else "Practice, and review each day.",
        "mock": "Take what your mock exams show as weak, and review each day.",
        "keep": "Review each day, to keep what you know.",
    }[week.task]
    for date, size in mocks:
        if week.start <= date <= week.end:
            text += f" Mock exam, {'half the length' if size == 'half' else 'whole'}, on {date:%B} {date.day}."
    return text


def listed(names: list[str]) -> str:
    """ "03", "03 and 04", "03, 04 and 05a"; "" for none."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
