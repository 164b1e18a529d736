"""Which exam a learner works for, and when: from the plan they saved, or from what they chose on a card.

The later of the two stands: a plan is an event of the stream ``plan``, a choice on a card is a draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from course import paths
from course.exams import blueprint
from course.learner.records import Draft, Kept

if TYPE_CHECKING:
    from course.learner.store import Store

#: Stream of the saved plans, and the name under which a choice is kept.
PLAN, GOAL = "plan", "goal"
FIRST = "CPC"
#: Farthest day of an exam that makes sense, in days from today.
FAR = 1_500


@dataclass(frozen=True, slots=True)
class Goal:
    """``exam``: "CPC"; ``day`` of the exam, or None; ``hours``: of work a week, or None."""

    exam: str = FIRST
    day: dt.date | None = None
    hours: float | None = None


@cache
def exams() -> dict[str, str]:
    """Exam -> its title, in the order of the blueprints; without those whose file is faulty."""
    found = {}
    for name in blueprint.names():
        try:
            found[name] = blueprint.load(name).title
        except Exception:
            continue
    return found


@cache
def weights(exam: str) -> dict[str, int]:
    """Items of a full exam by domain as items name it ("CPC: Anatomy"); {} for an exam without a blueprint."""
    if exam not in exams():
        return {}
    plan = blueprint.load(exam)
    return {plan.names_item(one.name): one.count for one in plan.domains}


def goal(store: Store) -> Goal:
    """What the learner works for. Whatever is damaged is left out."""
    told = [(one.at, one.body) for one in store.events(PLAN)[-1:]]
    if (draft := store.draft(GOAL)) is not None:
        told.append((draft.at, draft.response))
    found = Goal()
    for _, body in sorted(told, key=lambda one: one[0]):
        if not isinstance(body, Mapping):
            continue
        exam = str(body.get("exam", "")).upper()
        found = Goal(
            exam if exam in exams() else found.exam,
            day_of(body["exam_date"]) if "exam_date" in body else found.day,
            _number(body["hours_week"]) if "hours_week" in body else found.hours,
        )
    return found


def choose(store: Store, *, exam: Any = None, day: Any = None) -> Kept:
    """Keep what was chosen on a card; the rest stays. ``day``: an ISO date, or "" for none."""
    now = goal(store)
    exam = str(exam) if str(exam) in exams() else now.exam
    date = now.day if day is None else day_of(day)
    body = {"exam": exam, "exam_date": date.isoformat() if date else "", "hours_week": now.hours}
    return store.save_draft(Draft(question_id=GOAL, content_version="goal", response=body))


def day_of(value: Any) -> dt.date | None:
    """The day of an exam; None when there is none, or none that makes sense."""
    try:
        day = dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return day if abs((day - paths.today()).days) <= FAR else None


def _number(value: Any) -> float | None:
    ok = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 100
    return float(value) if ok else None
