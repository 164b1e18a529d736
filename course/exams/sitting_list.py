"""The list of all sittings of a learner, one line each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from course import paths
from course.exams import sitting_grade as grading
from course.exams.sitting_fold import Damaged, fold
from course.learner.records import Event, Kept, Record

PREFIX = "sitting/"


class EventStore(Protocol):
    """What a sitting needs of :class:`course.learner.store.Store`."""

    @property
    def warning(self) -> str | None: ...
    def append(self, event: Event) -> Kept: ...
    def events(self, stream: str) -> list[Event]: ...
    def streams(self, prefix: str = ...) -> list[str]: ...
    def add(self, records: Iterable[Record]) -> bool: ...
    def flush(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Summary:
    """A line of the list of sittings. ``state``: "open", "paused", "submitted" (also by the clock) or "abandoned";
    ``score``: share ``right`` ``of`` the scored items, 0 to 1, None while it is not graded; ``closed``: when it was
    handed in, or its time was over."""

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
    right: int = 0
    of: int = 0
    closed: dt.datetime | None = None


#: Lines of sittings that are graded, by stream: these do not change any more, and each has some 1,500 events to read.
_GRADED: dict[str, Summary] = {}


def sittings(store: EventStore, *, now: dt.datetime | None = None) -> list[Summary]:
    """All sittings, newest first. A damaged one is left out."""
    found = []
    for stream in store.streams(PREFIX):
        if stream in _GRADED:
            found.append(_GRADED[stream])
            continue
        try:
            it = fold(store.events(stream), now or paths.now())
        except Damaged:
            continue
        right, of = grading.share(it.head.items, it.outcomes) if it.outcomes else (0, 0)
        one = Summary(
            id=stream.removeprefix(PREFIX),
            exam=it.head.exam,
            label=it.head.label,
            begun=it.head.begun,
            state=it.state,
            answered=it.answered,
            total=len(it.places),
            score=right / of if of else None,
            timed=it.head.timed,
            part=it.head.part,
            right=right,
            of=of,
            closed=it.closed,
        )
        found.append(one)
        if it.outcomes is not None:
            _GRADED[stream] = one
    return sorted(found, key=lambda one: one.begun, reverse=True)
