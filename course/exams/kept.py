"""A form that is kept in the learner's store, change by change, so that the last changes can be undone.

A stream holds ``{"values": …}`` for a change and ``{"undo": true}`` for taking the newest one back; what stands is the
fold of them. Nothing is ever deleted. An event that does not read as one of the two is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from course.learner.records import Event, Kept


class EventStore(Protocol):
    """The part of the learner's store that is used here."""

    def append(self, event: Event) -> Kept: ...
    def events(self, stream: str | None = None) -> list[Event]: ...


def stack(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The values that stand, oldest first; the last ones are what the form shows."""
    found: list[dict[str, Any]] = []
    for event in events:
        body = event.body if isinstance(event.body, Mapping) else {}
        if body.get("undo") is True:
            del found[-1:]
        elif isinstance(body.get("values"), Mapping):
            found.append(dict(body["values"]))
    return found


def latest(store: EventStore, stream: str) -> dict[str, Any] | None:
    """What the form shows, or None where nothing was entered yet."""
    found = stack(store.events(stream))
    return found[-1] if found else None


def keep(store: EventStore, stream: str, values: Mapping[str, Any]) -> Kept | None:
    """Keep a change. None when it is what stands already."""
    if latest(store, stream) == dict(values):
        return None
    return store.append(Event(stream=stream, body={"values": dict(values)}))


def undo(store: EventStore, stream: str) -> Kept | None:
    """Take the newest change back. None when there is none."""
    if not stack(store.events(stream)):
        return None
    return store.append(Event(stream=stream, body={"undo": True}))
