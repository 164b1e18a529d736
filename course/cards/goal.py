"""Which exam a learner works for, and when: from the plan they saved, or from what they chose on a card.

The later of the two stands: a plan is kept by the step planner (course.exams.plan_form), a choice is a draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from course import paths
from course.exams import blueprint, kept, plan_form
from course.learner.records import Draft, Kept

if TYPE_CHECKING:
    from course.learner.store import Store

#: Name under which a choice is kept.
GOAL = "goal"
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


@cache
def in_exam(exam: str, domain: str) -> str:
    """How much of a full exam is from a domain ("Anatomy"), in the same words on every card: "6 of 100 questions in the
    exam", "34 of 105 questions in the exam; of these, 29 of the 90 that count"."""
    plan = blueprint.load(exam)
    one = next(one for one in plan.domains if one.name == domain)
    words = f"{one.count} of {plan.items} questions in the exam"
    return words if plan.scored == plan.items else f"{words}; of these, {one.scored} of the {plan.scored} that count"


def goal(store: Store) -> Goal:
    """What the learner works for. Whatever is damaged is left out."""
    found = Goal()
    draft, events = store.draft(GOAL), store.events(plan_form.STREAM)
    chosen = draft.response if draft is not None and isinstance(draft.response, Mapping) else None
    if events and (chosen is None or draft is None or events[-1].at > draft.at):
        found = _planned(store)
    if chosen is not None and found == Goal():
        exam = str(chosen.get("exam", ""))
        found = Goal(exam if exam in exams() else FIRST, day_of(chosen.get("exam_date")), _planned(store).hours)
    return found


def _planned(store: Store) -> Goal:
    """What the step planner keeps."""
    try:
        told = plan_form.planned(store, paths.today())
        values = kept.latest(store, plan_form.STREAM) or {}
        hours = float(values.get("hours_a_week", "nan"))
    except Exception:  # a damaged plan is no plan
        return Goal()
    if told is None or told[0] not in exams():
        return Goal()
    return Goal(told[0], day_of(told[1]), hours if 0 < hours <= 100 else None)


def choose(store: Store, *, exam: Any = None, day: Any = None) -> Kept:
    """Keep what was chosen on a card; the rest stays. ``day``: an ISO date, or "" for none."""
    now = goal(store)
    exam = str(exam) if str(exam) in exams() else now.exam
    date = now.day if day is None else day_of(day)
    body = {"exam": exam, "exam_date": date.isoformat() if date else ""}
    return store.save_draft(Draft(question_id=GOAL, content_version="goal", response=body))


def day_of(value: Any) -> dt.date | None:
    """The day of an exam; None when there is none, or none that makes sense."""
    try:
        day = dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return day if abs((day - paths.today()).days) <= FAR else None
