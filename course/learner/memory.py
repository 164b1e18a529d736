"""How well each unit is remembered (FSRS), folded from the log of attempts: there is no second truth.

    memory = Memory(store.attempts())
    memory.state("03-structure/buckle-fracture")    State or None (never answered)
    memory.add(attempt)                             the next answer; the same as folding all anew

All answers to a unit on one day of the learner are one review, rated by the first. See :func:`rating_of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.learner.records import Attempt

#: The chance to still know a unit at which it is due.
RETENTION = 0.9


@dataclass(frozen=True, slots=True)
class State:
    """``stability``: days until the chance to know it has fallen to 90 %. ``difficulty`` 1 to 10. ``due``: the start
    of the day on which it is due; ``last``: the latest review (both UTC). ``reps``: days on which it was reviewed;
    ``lapses``: on how many of those after the first it was not known. ``seconds``: of the latest answer."""

    stability: float
    difficulty: float
    due: dt.datetime
    last: dt.datetime
    reps: int
    lapses: int

    def retrievability(self, now: dt.datetime) -> float:
        """The chance (0 to 1) that it is known at a time, by FSRS; falls with time, 1.0 up to the last review."""
        raise NotImplementedError


class Memory:
    """The states of all units that were ever answered."""

    def __init__(
        self, attempts: Iterable[Attempt] = (), *, retention: float = RETENTION, zone: dt.tzinfo | None = None
    ) -> None:
        """``zone``: whose days they are; None is the clock of this computer."""
        raise NotImplementedError

    def add(self, attempt: Attempt) -> None:
        """One more answer, in any order; one that is known already (by its uid) changes nothing."""
        raise NotImplementedError

    def state(self, unit_id: str) -> State | None:
        """The state of a unit, or None when it was never answered."""
        raise NotImplementedError

    def seconds(self, kind: str) -> float | None:
        """The learner's own median of seconds for a kind of question ("flashcard", "single_choice" …), or None."""
        raise NotImplementedError
