"""The first event of a sitting: the form that was drawn, as ids and content versions, and when the time is up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from course.learner.records import stamp

if TYPE_CHECKING:
    from course.exams.assemble import Form

_SIZES = {1.0: "full length", 0.5: "half length", 0.25: "a quarter", 0.1: "a tenth"}


def beginning(form: Form, *, timed: bool, confidence: bool, now: dt.datetime) -> dict[str, Any]:
    """See :mod:`course.exams.sitting_fold`."""
    domains = list(dict.fromkeys(entry.domain for entry in form.entries))
    size = _SIZES.get(float(form.part), "in part")
    return {
        "do": "begin",
        "exam": form.exam,
        "title": _title(form.exam),
        "label": f"{form.exam}, {size}, {'timed' if timed else 'untimed'}",
        "seed": form.seed,
        "part": float(form.part),
        "minutes": form.minutes,
        "timed": timed,
        "confidence": confidence,
        "deadline": stamp(now + dt.timedelta(minutes=form.minutes)) if timed else None,
        "short": dict(form.short),
        "domains": domains,
        "items": [[one.id, one.version, domains.index(one.domain), int(one.scored)] for one in form.entries],
    }


def _title(exam: str) -> str:
    from course.exams import blueprint

    try:
        return blueprint.load(exam).title
    except Exception:  # a form of an exam that has no blueprint (any more) can be sat all the same
        return exam
