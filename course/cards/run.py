"""One run through questions and flash cards: what comes, where one stands, what was answered. No widget in it.

A run belongs to one day: who comes back that day goes on where they were, who comes back another day begins anew. It is
kept as a draft of the store, under its name; the answers themselves are in the log with all the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from course import paths
from course.learner.deck import Deck, SittingStore
from course.learner.records import Draft, Kept, stamp, unstamp

if TYPE_CHECKING:
    from course.learner.store import Store

Stage = Literal["start", "run", "end"]
#: Fewest and most minutes of a run.
SHORTEST, LONGEST = 1, 180
#: Seconds that one question counts at most: a card that stayed open over lunch says nothing.
PAUSE = 600.0


def minutes_of(value: Any, otherwise: int) -> int:
    """Minutes as a whole number within bounds; ``otherwise`` when it is no number."""
    try:
        return min(max(round(float(value)), SHORTEST), LONGEST)
    except (TypeError, ValueError, OverflowError):
        return otherwise


@dataclass
class Run(Deck):
    """``ids``: what comes, in order; the same flash card may come again. ``why``: id -> why it came. ``used``: seconds
    of work. ``last``: the rating that can still be taken back, as ``{"uid", "id", "at"}``, or {}."""

    day: dt.date = field(default_factory=paths.today)
    since: dt.datetime = field(default_factory=paths.now)
    stage: Stage = "start"
    minutes: int = 15
    choice: str = ""
    used: float = 0.0
    why: dict[str, str] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """Id of what is asked now, or "" before the start and after the end."""
        return self.ids[self.at] if self.stage == "run" and self.at < len(self.ids) else ""

    def begin(self, ids: Sequence[str], why: dict[str, str]) -> None:
        """A fresh run."""
        self.ids, self.why = list(ids), why
        self.at, self.used, self.stage = 0, 0.0, "run" if ids else "end"
        self.outcomes, self.uids, self.last = {}, [], {}
        self.since = paths.now()

    def step(self) -> None:
        """On to the next, or to the end."""
        self.at += 1
        if self.at >= len(self.ids):
            self.stage = "end"

    def to_json(self) -> dict[str, Any]:
        """What is kept."""
        more = {name: getattr(self, name) for name in ("stage", "minutes", "choice", "used", "why", "last")}
        return {**super().to_json(), **more, "day": self.day.isoformat(), "since": stamp(self.since)}


def kept_run(name: str, data: Any) -> Run | None:
    """The run that was kept, or None when it is damaged."""
    deck = Deck.from_json(name, data, data["ids"]) if isinstance(data, dict) and data.get("ids") else None
    try:
        run = Run(name, 0, deck.ids if deck else [])
        if deck:
            run.at, run.outcomes, run.uids = deck.at, deck.outcomes, deck.uids
        run.day, run.since = dt.date.fromisoformat(data["day"]), unstamp(data["since"])
        run.minutes = minutes_of(data["minutes"], run.minutes)
        run.choice, run.used = str(data["choice"]), float(data["used"])
        run.why = {str(one): str(why) for one, why in data["why"].items()}
        run.last = dict(data["last"])
        run.stage = data["stage"] if data["stage"] in ("run", "end") and run.ids else "start"
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return run


class RunStore(SittingStore):
    """The store as one run sees it: what was answered before is fresh here, what is answered is kept at once."""

    deck: Run

    def __init__(self, store: Store, run: Run) -> None:
        super().__init__(store, run)
        self.whole = store

    @property
    def key(self) -> str:
        return self.deck.lesson

    def draft(self, question_id: str) -> Draft | None:
        draft = super().draft(question_id)
        return draft if draft is not None and draft.at >= self.deck.since else None

    def save_draft(self, draft: Draft) -> Kept:
        return self.whole.save_draft(replace(draft, question_id=self._name(draft.question_id)))

    def _name(self, question_id: str) -> str:
        return f"{self.key}/{question_id}"  # one for each question, whatever the day


def resume(store: Store, name: str, minutes: int) -> Run:
    """The run of today, or a fresh one with the choice of the last."""
    draft = store.draft(name)
    kept = kept_run(name, draft.response) if draft is not None else None
    if kept is not None and kept.day == paths.today() and kept.stage != "start":
        return kept
    return Run(name, 0, [], minutes=minutes, choice=kept.choice if kept else "")
