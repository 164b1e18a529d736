"""Days of work, without guilt: how many of the last 28, and the present run, in which a rest day is no break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.learner.memory import day_of

if TYPE_CHECKING:
    from course.learner.records import Attempt

#: How many days are shown.
WINDOW = 28
#: Rest days in a row that do not end a run.
REST = 1


@dataclass(frozen=True, slots=True)
class Streak:
    """``days``: days with an answer among the last 28; ``run``: days of work in the present run (single rest days
    between them are allowed and not counted); ``today``: something was answered today; ``worked``: 28 times, oldest
    first, True for a day of work; ``words``: a sentence or two."""

    days: int
    run: int
    today: bool
    worked: tuple[bool, ...]
    words: str


def streak(attempts: Iterable[Attempt], today: dt.date, *, zone: dt.tzinfo | None = None) -> Streak:
    """The streak as of a day. Answers of later days do not count; ``zone`` None is the clock of this computer."""
    days = {day for one in attempts if (day := day_of(one.at, zone)) <= today}
    worked = tuple(today - dt.timedelta(days=back) in days for back in reversed(range(WINDOW)))
    run = _run(days, today)
    return Streak(sum(worked), run, today in days, worked, _words(sum(worked), run, today in days))


def _run(days: set[dt.date], today: dt.date) -> int:
    """Days of work back from today until more than :data:`REST` days in a row are free. Today is not over: a day
    without an answer so far is no rest day yet."""
    found = 0
    free = 0 if today in days else -1
    day = today
    while free <= REST:
        if day in days:
            found, free = found + 1, 0
        else:
            free += 1
        if day == dt.date.min:
            break
        day -= dt.timedelta(days=1)
    return found


def _words(days: int, run: int, today: bool) -> str:
    if not days:
        return "Each day on which you answer something is counted here. Any day is a good one to begin."
    counted = f"You worked on {days} of the last {WINDOW} days."
    if run > 1:
        now = "today included" if today else "and today can add one"
        return f"{counted} Your present run: {run} days of work, {now}. A rest day in between does not end it."
    if run == 1:
        return f"{counted} A run begins with two days; a rest day in between does not end it."
    return f"{counted} What you learned then is kept, and the review knows what to bring back first."
