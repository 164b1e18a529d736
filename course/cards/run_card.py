"""A card that goes through questions one after another: a screen before, one after, flash cards between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from course.cards.frame_card import FrameCard, load
from course.cards.run import PAUSE, RunStore, minutes_of, resume
from course.learner.exercise import Exercise

if TYPE_CHECKING:
    from course.learner.store import Store


class RunCard(FrameCard):
    """What review and practice share. A subclass names itself and says what its screens show."""

    #: Under which name the run is kept.
    NAME = ""

    def __init__(
        self, store: Store, *, minutes: int, label: str, static_form: str, on_check: Callable[[], None] | None = None
    ) -> None:
        self.store = store
        self.run = resume(store, self.NAME, minutes)
        self.sitting = RunStore(store, self.run)
        self.shown = time.monotonic()
        self.turn()
        super().__init__(label=label, static_form=static_form, on_check=on_check)

    def is_card(self, unit_id: str) -> bool:
        """Whether it is turned over and not answered."""
        return False

    def move(self, verb: str, content: Mapping[str, Any]) -> None:
        """One of the moves."""
        raise NotImplementedError

    @property
    def stage(self) -> str:
        """Which screen is shown."""
        here = self.run.here
        return self.run.stage if not here else "card" if self.is_card(here) else "item"

    def turn(self) -> None:
        """Take up the question of this place. One that cannot be shown (it was taken out of the bank) is passed by."""
        while self.stage == "item":
            if self.asked is not None and self.asked.item.id == self.run.here:
                return
            item, fault = self.guarded("show this exercise", lambda: load(self.run.here))
            if not fault:
                self.ask(Exercise(item, self.sitting))  # type: ignore[arg-type]
                return
            del self.run.ids[self.run.at]
            if self.run.at >= len(self.run.ids):
                self.run.stage = "end"
        self.ask(None)

    def moved(self, verb: str, content: Mapping[str, Any]) -> None:
        """Move, keep the place, take up what is there."""
        if self.run.stage == "run":
            self.run.used += self.spent()
        self.move(verb, content)
        self.shown = time.monotonic()
        self.turn()
        self.sitting.save()

    def spent(self) -> float:
        """Seconds since this screen was shown, or the longest that count."""
        return round(min(max(0.0, time.monotonic() - self.shown), PAUSE), 1)

    def set_minutes(self, value: Any) -> None:
        """As many minutes as was chosen, within bounds."""
        self.run.minutes = minutes_of(value, self.run.minutes)
