"""One exam being taken. A sitting is a fold over the events of the stream ``sitting/<id>`` of the learner's store.

    sitting = Sitting.begin(store, form, timed=True, now=now)       sitting = Sitting.open(store, sitting_id)
    sitting.go(4, now); sitting.change(4, "response", "b", now)     # places count from 0; each change is on disk
    sitting.state(now)                                              # JSON for the page
    report = sitting.submit(now)                                    # course.exams.report

Each verb first takes in what another page wrote, so two pages open on one sitting lose nothing: of two values for the
same field of the same place the later one stands. A verb returns ``Kept.SAVED`` (on disk), ``Kept.MEMORY`` (this
session only, see ``saved_message``) or ``Kept.REFUSED`` (nothing was changed: the sitting is closed, or the value makes
no sense; ``saved_message`` says why). No verb raises for what a learner does.

The state is JSON::

    id, exam, title, label ("CPC, full length, timed"), begun (ISO), place (the item shown, from 0), total
    timed, confidence (is it asked?), deadline (ISO or None), remaining (seconds, or None when untimed)
    paused, submitted (closed, by the learner or by the clock), closed_by ("you", "clock", "abandoned" or None)
    items: [{id, domain, scored, answered, response, struck, flag, note, confidence, seconds}] by place
    saved ("saved", "memory", "refused" or ""), saved_message
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from course.learner.records import Kept

if TYPE_CHECKING:
    from course.learner.store import Store
    from course.questions.base import ItemBase


class Entry(Protocol):
    """One item of a form."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def domain(self) -> str: ...
    @property
    def scored(self) -> bool: ...


class Form(Protocol):
    """What :mod:`course.exams.assemble` draws."""

    @property
    def exam(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def part(self) -> float: ...
    @property
    def minutes(self) -> float: ...
    @property
    def entries(self) -> tuple[Entry, ...]: ...


@dataclass(frozen=True, slots=True)
class Summary:
    """A line of the list of sittings. ``state``: "open", "paused", "submitted" (also by the clock) or "abandoned";
    ``score``: share right of the scored items, 0 to 1, None while it is not graded."""

    id: str
    exam: str
    label: str
    begun: dt.datetime
    state: str
    answered: int
    total: int
    score: float | None
    timed: bool = True
    part: float = 1.0


class Sitting:
    """One exam being taken; see the module."""

    id: str

    @classmethod
    def begin(
        cls, store: Store, form: Form, *, timed: bool = True, confidence: bool = False, now: dt.datetime
    ) -> Sitting:
        """Start the clock and keep the form."""
        raise NotImplementedError

    @classmethod
    def open(cls, store: Store, sitting_id: str, *, load: Callable[[str], ItemBase] | None = None) -> Sitting:
        """An earlier one. Raises ``KeyError`` with a sentence when there is none or it is damaged."""
        raise NotImplementedError

    def change(self, place: int, field: str, value: Any, now: dt.datetime) -> Kept:
        """Keep one change. ``field``: "response" (what the card of the kind sends), "struck" (list of option ids), "flag"
        (bool), "note" (str, at most 2,000 characters), "confidence" (1 guess, 2 unsure, 3 sure, None)."""
        raise NotImplementedError

    def go(self, place: int, now: dt.datetime) -> Kept:
        """Show another item; the time of the one before ends."""
        raise NotImplementedError

    def pause(self, now: dt.datetime) -> Kept:
        """Stop the clock."""
        raise NotImplementedError

    def resume(self, now: dt.datetime) -> Kept:
        """Let the clock run on: the deadline moves by the time that was paused."""
        raise NotImplementedError

    def submit(self, now: dt.datetime) -> dict[str, Any]:
        """Close, keep the attempts, and return the report. A second time: the report alone."""
        raise NotImplementedError

    def abandon(self, now: dt.datetime) -> Kept:
        """Close without a score; no attempt is kept."""
        raise NotImplementedError

    def remaining(self, now: dt.datetime) -> float | None:
        """Seconds left, never below 0; None when untimed. It stands still while paused."""
        raise NotImplementedError

    def state(self, now: dt.datetime) -> dict[str, Any]:
        """See the module."""
        raise NotImplementedError


def sittings(store: Store, *, now: dt.datetime | None = None) -> list[Summary]:
    """All sittings, newest first. A damaged one is left out."""
    raise NotImplementedError
