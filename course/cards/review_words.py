"""What the review says of its size: how many of what there are, what is counted, what waits tomorrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from course import paths
from course.cards.amounts import about, many

if TYPE_CHECKING:
    from course.learner.cards import Unit
    from course.learner.memory import Memory

#: What the figures of the start screen count.
COUNTED = (
    "An exercise is a question of a lesson, or a drawn one that you met before. Each counts once, for the first reason "
    "it comes."
)
ANEW = "Counted anew, as answers were added since"


def is_card(unit_id: str) -> bool:
    """Whether it is turned over and not answered."""
    return unit_id.startswith("card/")


def size(ids: Sequence[str]) -> str:
    """ "9 exercises and 8 flash cards"."""
    flash = sum(map(is_card, ids))
    both = [many(len(ids) - flash, "exercise")] if flash < len(ids) else []
    return " and ".join([*both, *([many(flash, "flash card")] if flash else [])])


def tomorrow(units: Mapping[str, Unit], memory: Memory, minutes: int) -> str:
    """What waits tomorrow, as far as it is known today. ``minutes``: of a review."""
    end = dt.datetime.combine(paths.today() + dt.timedelta(days=2), dt.time()).astimezone(dt.UTC)
    waiting = []
    for unit_id in memory.unit_ids & units.keys():
        state = memory.state(unit_id)
        if state is not None and state.due < end:
            waiting.append(units[unit_id])
    seconds = sum(one.seconds for one in waiting)
    if not waiting:
        return "Tomorrow nothing is due."
    if seconds > 2 * 60 * minutes:
        return "Tomorrow more is due than fits in a review. Those most at risk of being forgotten come first."
    return f"Tomorrow {many(len(waiting), 'is', 'are')} due, {about(seconds)}."
