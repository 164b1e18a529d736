"""What a sitting is, computed from its events. Pure: the same events, in any order and however often, give the same.

Bodies of events (JSON objects; ``do`` says what happened):

    {"do": "begin", "exam", "title", "label", "seed", "part", "minutes", "timed", "confidence", "deadline" (ISO, None),
     "short": {what the course could not fill: how many}, "domains": [names],
     "items": [[id, version, number of the domain, scored], …]}
    {"do": "go", "place"}       {"do": "set", "place", "field", "value"}      {"do": "pause"}     {"do": "resume"}
    {"do": "submit"}            {"do": "abandon"}
    {"do": "graded", "outcomes": [one a place], "right", "of"}               written once, when it is closed

Events count in the order of their time. What makes no sense (a later version of the course may write more) is passed
over; so is everything after the end, which is the first of: submitted, abandoned, :data:`GRACE` after the deadline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course.learner.records import Event, to_json, unstamp

#: How long (seconds) after the deadline a change still counts that was under way when it passed.
GRACE = 10.0

#: A stretch in which one item was shown counts at most so long (seconds): a lid that was closed says nothing.
LONGEST = 1_800.0

NOTE_LIMIT = 2_000
CONFIDENCE = {1: "guess", 2: "unsure", 3: "sure"}
FIELDS = ("response", "struck", "flag", "note", "confidence")


class Damaged(ValueError):
    """The events do not make a sitting. ``str(error)`` is a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place of the form."""

    id: str
    version: str
    domain: str
    scored: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What was settled at the beginning. ``deadline``: without pauses; None when untimed."""

    exam: str
    title: str
    label: str
    part: float
    seed: int
    minutes: float
    timed: bool
    confidence: bool
    begun: dt.datetime
    deadline: dt.datetime | None
    items: tuple[Item, ...]
    short: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Place:
    """One item as it stands. ``settled``: the different answers with which it was left, in order; ``seconds``: how long
    it was shown."""

    response: Any = None
    struck: list[str] = field(default_factory=list)
    flag: bool = False
    note: str = ""
    confidence: int | None = None
    seconds: float = 0.0
    settled: list[Any] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Is there anything in the response?"""
        return not is_blank(self.response)


@dataclass(slots=True)
class Folded:
    """The sitting. ``deadline`` with the pauses so far; ``last``: time of the newest event; ``closed_by``: "you",
    "clock", "abandoned" or None; ``outcomes``: by place, once graded."""

    head: Head
    places: list[Place]
    deadline: dt.datetime | None
    last: dt.datetime
    shown: int = 0
    since: dt.datetime | None = None
    paused: dt.datetime | None = None
    closed: dt.datetime | None = None
    closed_by: str | None = None
    outcomes: list[str] | None = None

    @property
    def answered(self) -> int:
        """How many places have an answer."""
        return sum(place.answered for place in self.places)

    @property
    def state(self) -> str:
        """ "open", "paused", "submitted" (also by the clock) or "abandoned"."""
        if self.closed is not None:
            return "abandoned" if self.closed_by == "abandoned" else "submitted"
        return "paused" if self.paused else "open"

    def remaining(self, now: dt.datetime) -> float | None:
        """Seconds left at ``now`` (or at the newest event, if the clock was set back); None when untimed."""
        if self.deadline is None:
            return None
        at = self.closed or self.paused or max(now, self.last)
        return max(0.0, (self.deadline - at).total_seconds())


def is_blank(value: Any) -> bool:
    """Is a response as good as none: None, white space, or a list or object of such?"""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(map(is_blank, value.values()))
    return value is None or (isinstance(value, list | tuple) and all(map(is_blank, value)))


def readable(field: str, value: Any) -> bool:
    """May a field have this value?"""
    if field == "struck":
        return isinstance(value, list) and len(value) <= 50 and all(isinstance(one, str) for one in value)
    if field == "flag":
        return isinstance(value, bool)
    if field == "note":
        return isinstance(value, str) and len(value) <= NOTE_LIMIT
    if field == "confidence":
        return value is None or (isinstance(value, int) and not isinstance(value, bool) and value in CONFIDENCE)
    return field == "response"


def fold(events: Iterable[Event], now: dt.datetime | None = None) -> Folded:
    """The sitting at ``now`` (None: at its newest event). Raises :class:`Damaged`."""
    order = sorted(events, key=lambda one: (one.at, one.uid))  # twice the same stands side by side and does no more
    begin = next((one for one in order if _do(one) == "begin"), None)
    if begin is None:
        raise Damaged("Its beginning is not there, so it cannot be opened.")
    head = _head(begin)
    it = Folded(head, [Place() for _ in head.items], head.deadline, begin.at, since=begin.at)
    for one in order:
        if one.uid != begin.uid:
            _take(it, one)
    if now is not None:
        _tick(it, now)
    return it


def _do(event: Event) -> str:
    return str(event.body.get("do")) if isinstance(event.body, dict) else ""


def _head(event: Event) -> Head:
    body = event.body
    try:
        domains = [str(one) for one in body["domains"]]
        items = tuple(Item(str(i), str(v), domains[int(d)], bool(s)) for i, v, d, s in body["items"])
        deadline = unstamp(body["deadline"]) if body["timed"] else None
        return Head(
            exam=str(body["exam"]),
            title=str(body["title"]),
            label=str(body["label"]),
            part=float(body["part"]),
            seed=int(body["seed"]),
            minutes=float(body["minutes"]),
            timed=bool(body["timed"]),
            confidence=bool(body["confidence"]),
            begun=event.at,
            deadline=deadline,
            items=items,
            short=_short(body.get("short")),
        )
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise Damaged("Its beginning cannot be read, so it cannot be opened.") from error


def _short(value: Any) -> dict[str, int]:
    """What the form lacked; sittings of an earlier version of the course do not say."""
    rows = value.items() if isinstance(value, Mapping) else ()
    return {str(name): count for name, count in rows if isinstance(count, int)}


def _tick(it: Folded, at: dt.datetime) -> None:
    """Close at the deadline when ``at`` is past it."""
    if it.closed is None and it.paused is None and it.deadline and at > it.deadline + dt.timedelta(seconds=GRACE):
        _close(it, it.deadline, "clock")


def _take(it: Folded, event: Event) -> None:
    do, body, at = _do(event), event.body, event.at
    if do == "graded":
        outcomes = body.get("outcomes")
        if isinstance(outcomes, list) and len(outcomes) == len(it.places):
            it.outcomes = [str(one) for one in outcomes]
            if it.closed is None:  # the clock closed it, as somebody saw: so it stays, even if that clock is set back
                _close(it, it.deadline or at, "clock")
        return
    _tick(it, at)
    it.last = max(it.last, at)
    if it.closed is not None:
        return
    if do == "set":
        _set(it, body, at)
    elif do == "go" and (place := _place(it, body)) is not None:
        _resume(it, at)
        _leave(it, at)
        it.shown, it.since = place, at
    elif do == "pause" and it.paused is None:
        _leave(it, at)
        it.paused = at
    elif do == "resume":
        _resume(it, at)
    elif do in ("submit", "abandon"):
        _close(it, at, "you" if do == "submit" else "abandoned")


def _place(it: Folded, body: Mapping[str, Any]) -> int | None:
    place = body.get("place")
    fits = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(it.places)
    return place if fits else None


def _set(it: Folded, body: Mapping[str, Any], at: dt.datetime) -> None:
    place, name = _place(it, body), body.get("field")
    if place is None or name not in FIELDS or not readable(name, body.get("value")):
        return
    _resume(it, at)  # who works does not pause: another page did
    setattr(it.places[place], name, body.get("value"))


def _resume(it: Folded, at: dt.datetime) -> None:
    if it.paused is not None:
        if it.deadline is not None:
            it.deadline += at - it.paused
        it.paused, it.since = None, at


def _leave(it: Folded, at: dt.datetime) -> None:
    """The item that is shown goes out of sight."""
    if it.since is not None and it.shown < len(it.places):
        it.places[it.shown].seconds += min(max(0.0, (at - it.since).total_seconds()), LONGEST)
        _settle(it.places[it.shown])
    it.since = None


def _settle(place: Place) -> None:
    if place.answered and (not place.settled or to_json(place.settled[-1]) != to_json(place.response)):
        place.settled.append(place.response)


def _close(it: Folded, at: dt.datetime, by: str) -> None:
    """``at``: the moment from which nothing counts; no later than the deadline."""
    if it.paused is not None:
        _resume(it, at)
    end = min(at, it.deadline) if it.deadline else at
    _leave(it, end)
    for place in it.places:
        _settle(place)
    it.closed, it.closed_by = end, by
