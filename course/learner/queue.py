"""What to review today: a list that fits the minutes there are. The same all day, as long as nothing is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from course.learner.cards import Unit
    from course.learner.memory import Memory

Why = Literal["due", "weak", "new"]


@dataclass(frozen=True, slots=True)
class Queued:
    """One unit of the queue, why it is there, and the seconds it will likely take."""

    id: str
    why: Why
    seconds: float


@dataclass(frozen=True, slots=True)
class Backlog:
    """``due``: how many units are due; ``today``: how many of them the minutes hold; ``words``: a sentence or two."""

    due: int
    today: int
    words: str


def queue(
    units: Sequence[Unit],
    memory: Memory,
    *,
    now: dt.datetime,
    minutes: float,
    weights: Mapping[str, float] | None = None,
    mastery: Mapping[str, float] | None = None,
    new_share: float = 0.2,
    new_from: Container[str] | None = None,
) -> list[Queued]:
    """Due units (most at risk first), units of weak domains and new ones, mixed, within ``minutes``.

    ``weights``: domain -> its share of the exam; ``mastery``: domain -> 0 to 1. ``new_from``: lessons whose unmet units
    may come (:func:`course.learner.cards.begun`); None is all.
    """
    raise NotImplementedError


def backlog(units: Sequence[Unit], memory: Memory, queued: Sequence[Queued], *, now: dt.datetime) -> Backlog:
    """How much waits, and words for it that ask nothing."""
    raise NotImplementedError
