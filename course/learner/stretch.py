"""How long one answer took. Run All shows all cards of a page at once, yet they are answered one after another."""

from __future__ import annotations

from collections.abc import Callable

#: Longest time (seconds) that counts as spent on one answer: a card that stayed open over lunch says nothing.
LONGEST = 1_800.0
#: Seconds of reading before a card is first touched that count for it: the rest was the lesson's.
READING = 20.0

#: The clock of the last recorded answer of any exercise, and what it showed.
_last: tuple[Callable[[], float], float] | None = None


class Stretch:
    """The seconds from the latest of these to the check: the card was first shown; any exercise of this process was
    answered; a little before the learner first touched this card (a choice, a letter, a hint)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._shown: float | None = None
        self._touched: float | None = None

    def shown(self) -> None:
        """The card is shown; the first time counts."""
        if self._shown is None:
            self._shown = self._clock()

    def touched(self) -> None:
        """The learner does something on the card; the first time counts."""
        if self._touched is None:
            self._touched = self._clock()

    def anew(self) -> None:
        """A new try begins now."""
        self._shown, self._touched = self._clock(), None

    def end(self) -> float | None:
        """An answer is recorded: its seconds (0 to :data:`LONGEST`), None for a card that was never shown. The next
        try of this card, and the stretch of every other, begins now at the earliest."""
        global _last
        now = self._clock()
        begun = [self._shown] if self._shown is not None else []
        if begun and _last is not None and _last[0] is self._clock:
            begun.append(_last[1])
        if begun and self._touched is not None:
            begun.append(self._touched - READING)
        _last = (self._clock, now)
        self.anew()
        return round(min(max(0.0, now - max(begun)), LONGEST), 1) if begun else None
