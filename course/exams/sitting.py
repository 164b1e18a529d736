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
    answered (how many)
    items: [{id, domain, scored, answered, response, struck, flag, note, confidence, seconds}] by place
    saved ("saved", "memory", "refused" or ""), saved_message

The clock of a sitting never runs backward: an event is at least a microsecond later than the one before, whatever the
computer's clock says. The deadline is kept with the form; a pause moves it. When it passes while nobody looks, the
sitting closes with the answers as they stood. What was begun at the end (grading, keeping the attempts) is completed
by whoever opens the sitting next.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course import paths
from course.exams import sitting_grade as grading
from course.exams.sitting_begin import beginning
from course.exams.sitting_fold import (
    CONFIDENCE,
    FIELDS,
    GRACE,
    NOTE_LIMIT,
    Damaged,
    Folded,
    Item,
    Place,
    fold,
    readable,
)
from course.exams.sitting_list import PREFIX, EventStore, Summary, sittings
from course.learner.phrases import in_memory
from course.learner.records import RESPONSE_LIMIT, Event, Kept, stamp, to_json

if TYPE_CHECKING:
    from course.exams.assemble import Form
    from course.questions.base import ItemBase

__all__ = ["CONFIDENCE", "GRACE", "PREFIX", "Sitting", "Summary", "sittings"]

#: Room in the body of an event for what stands around a response (characters).
_AROUND = 200

_CLOSED = {
    "you": "This exam is handed in, so nothing in it can be changed any more.",
    "clock": "The time was up, so this change does not count. What you had answered before is kept.",
    "abandoned": "This exam was given up, so nothing in it can be changed any more.",
}


class Sitting:
    """One exam being taken; see the module. Made by :meth:`begin` and :meth:`open`."""

    def __init__(self, store: EventStore, sitting_id: str, load: Callable[[str], ItemBase] | None = None) -> None:
        self.id = sitting_id
        self.store = store
        self._load = load
        self._kept: Kept | None = None
        self._why = ""
        self._folded: Folded

    @classmethod
    def begin(
        cls,
        store: EventStore,
        form: Form,
        *,
        timed: bool = True,
        confidence: bool = False,
        now: dt.datetime,
        load: Callable[[str], ItemBase] | None = None,
    ) -> Sitting:
        """Keep the form and start the clock. ``ValueError`` for a form without items or far too long to keep."""
        body = beginning(form, timed=timed, confidence=confidence, now=now)
        if not form.entries or len(to_json(body)) > RESPONSE_LIMIT:
            raise ValueError("There are no questions in this exam." if not form.entries else "This exam is too long.")
        sitting = cls(store, f"{form.exam.lower()}-{now:%Y%m%d}-{uuid.uuid4().hex[:12]}", load)
        sitting._kept = store.append(Event(stream=sitting.stream, body=body, at=now))
        sitting._look(None)
        return sitting

    @classmethod
    def open(
        cls,
        store: EventStore,
        sitting_id: str,
        *,
        load: Callable[[str], ItemBase] | None = None,
        now: dt.datetime | None = None,
    ) -> Sitting:
        """An earlier one; completes what a killed program left half done. Raises ``KeyError`` with a sentence when
        there is none or it is damaged. ``load``: gives the item of an id (default: :func:`course.exams.pool.load`)."""
        sitting = cls(store, str(sitting_id), load)
        sitting._look(now or paths.now())
        sitting._complete()
        return sitting

    @property
    def stream(self) -> str:
        """The stream of its events."""
        return PREFIX + self.id

    def folded(self, now: dt.datetime | None = None) -> Folded:
        """Where it stands, as data."""
        self._look(now)
        return self._folded

    def _look(self, now: dt.datetime | None) -> None:
        events = self.store.events(self.stream)
        if not events:
            raise KeyError(f"There is no exam sitting {self.id!r} in your progress.")
        try:
            self._folded = fold(events, now)
        except Damaged as error:
            raise KeyError(f"This exam sitting is damaged. {error} Your other answers are not touched.") from None

    # -- what the learner does ----------------------------------------------------------------------------------------

    def change(self, place: int, field: str, value: Any, now: dt.datetime) -> Kept:
        """Keep one change. ``field``: "response" (what the card of the kind sends), "struck" (list of option ids),
        "flag" (bool), "note" (str, at most 2,000 characters), "confidence" (1 guess, 2 unsure, 3 sure, None)."""
        self._look(now)
        if field not in FIELDS or not self._has(place):
            return self._refuse("That is not part of this exam, so nothing was changed.")
        if not readable(field, value):
            long = field == "note" and isinstance(value, str)
            return self._refuse(
                f"A note can have up to {NOTE_LIMIT:,} characters. Make it shorter, and it will be saved."
                if long
                else "That could not be read, so nothing was changed."
            )
        body = {"do": "set", "place": place, "field": field, "value": value}
        try:
            short = len(to_json(body)) <= RESPONSE_LIMIT - _AROUND
        except (ValueError, TypeError, RecursionError):
            return self._refuse("That could not be read, so nothing was changed.")
        if not short:
            return self._refuse("That is far too long for an answer. Make it shorter, and it will be saved.")
        return self._append(body, now)

    def go(self, place: int, now: dt.datetime) -> Kept:
        """Show another item; the time of the one before ends."""
        self._look(now)
        if not self._has(place):
            return self._refuse("There is no such question in this exam.")
        return self._append({"do": "go", "place": place}, now)

    def pause(self, now: dt.datetime) -> Kept:
        """Stop the clock."""
        self._look(now)
        return Kept.SAVED if self._folded.state == "paused" else self._append({"do": "pause"}, now)

    def resume(self, now: dt.datetime) -> Kept:
        """Let the clock run on: the deadline moves by the time that was paused."""
        self._look(now)
        return Kept.SAVED if self._folded.state == "open" else self._append({"do": "resume"}, now)

    def submit(self, now: dt.datetime) -> dict[str, Any]:
        """Close, keep the attempts, and return the report (:mod:`course.exams.report`). A second time: the report."""
        from course.exams.report import score

        self._look(now)
        if self._folded.closed is None:
            self._append({"do": "submit"}, now)
        self._complete()
        return score(self, self.load)

    def abandon(self, now: dt.datetime) -> Kept:
        """Close without a score; no attempt is kept."""
        self._look(now)
        return self._append({"do": "abandon"}, now)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def remaining(self, now: dt.datetime) -> float | None:
        """Seconds left, never below 0; None when untimed. It stands still while paused."""
        return self.folded(now).remaining(now)

    def state(self, now: dt.datetime) -> dict[str, Any]:
        """See the module. Closes the sitting when its time has passed."""
        it = self.folded(now)
        self._complete()
        saved, message = self._saved()
        return {
            "id": self.id,
            "exam": it.head.exam,
            "title": it.head.title,
            "label": it.head.label,
            "begun": stamp(it.head.begun),
            "place": it.shown,
            "total": len(it.places),
            "answered": it.answered,
            "timed": it.head.timed,
            "confidence": it.head.confidence,
            "deadline": stamp(it.deadline) if it.deadline else None,
            "remaining": it.remaining(now),
            "paused": it.state == "paused",
            "submitted": it.closed is not None,
            "closed_by": it.closed_by,
            "items": [_shown(*both) for both in zip(it.head.items, it.places, strict=True)],
            "saved": saved,
            "saved_message": message,
        }

    @property
    def load(self) -> Callable[[str], ItemBase]:
        """Gives the item of an id."""
        if self._load is None:
            self._load = grading.default_load()
        return self._load

    # -- keeping ------------------------------------------------------------------------------------------------------

    def _has(self, place: Any) -> bool:
        return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(self._folded.places)

    def _refuse(self, why: str) -> Kept:
        self._kept, self._why = Kept.REFUSED, why
        return Kept.REFUSED

    def _append(self, body: dict[str, Any], now: dt.datetime) -> Kept:
        """Keep an event, later than all before. Refused when the sitting is closed, also by another page meanwhile."""
        closing = body["do"] in ("submit", "abandon")
        if self._folded.state in ("open", "paused"):
            at = max(now, self._folded.last + dt.timedelta(microseconds=1))
            self._kept, self._why = self.store.append(Event(stream=self.stream, body=body, at=at)), ""
            self._look(now)
            if closing or self._folded.state in ("open", "paused"):
                return self._kept
        return self._refuse(_CLOSED[self._folded.closed_by or "you"])

    def _complete(self) -> None:
        """Grade what is closed and not graded yet. Interrupted and done again, it gives the same records."""
        it = self._folded
        if it.closed is None or it.closed_by == "abandoned" or it.outcomes is not None:
            return
        found = grading.marks(it, self.load)
        self.store.add(grading.attempts(self.id, it, found, self.load))
        outcomes = [one.outcome for one in found]
        right, of = grading.share(it.head.items, outcomes)
        body = {"do": "graded", "outcomes": outcomes, "right": right, "of": of}
        at = max(it.closed, it.last) + dt.timedelta(microseconds=1)
        self.store.append(Event(stream=self.stream, body=body, at=at, uid=grading.uid_of(self.id, "graded")))
        it.outcomes = outcomes

    def _saved(self) -> tuple[str, str]:
        if self._kept is Kept.MEMORY and self.store.flush():
            self._kept = Kept.SAVED
        if self._kept is Kept.MEMORY:
            return "memory", in_memory(self.store.warning)
        if self._kept is Kept.REFUSED:
            return "refused", self._why
        return ("saved", "Saved.") if self._kept else ("", "")


def _shown(entry: Item, place: Place) -> dict[str, Any]:
    return {
        "id": entry.id,
        "domain": entry.domain,
        "scored": entry.scored,
        "answered": place.answered,
        "response": place.response,
        "struck": place.struck,
        "flag": place.flag,
        "note": place.note,
        "confidence": place.confidence,
        "seconds": round(place.seconds, 1),
    }
