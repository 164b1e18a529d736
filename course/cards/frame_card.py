"""A question card with screens of its own around the questions: a start, a list, a result, a flash card.

``deck`` tells the browser what is shown: with ``stage`` "item" it is the question, with any other a screen of that name
(static/run.js). The exercise changes, or there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from course.cards.question_card import QuestionCard
from course.cards.widget import Card
from course.questions import bank, generators

if TYPE_CHECKING:
    from course.learner.exercise import Exercise
    from course.questions.base import ItemBase


def load(question_id: str) -> ItemBase:
    """A question of the bank, or a drawn one. Raises ``BankError`` or ``ValueError``."""
    return generators.from_id(question_id) if question_id.startswith("gen/") else bank.load_item(question_id)


class FrameCard(QuestionCard):
    """What a subclass says: its moves, and what its screens show. ``asked``: the exercise that is shown, or None."""

    #: Verb -> what the course could not do, for the sentence after a fault.
    MOVES: Mapping[str, str] = {}

    deck = traitlets.Dict().tag(sync=True)
    asked: Exercise | None = None

    def __init__(self, *, label: str, static_form: str, on_check: Callable[[], None] | None = None) -> None:
        self.chart_above, self.on_check = False, on_check
        self.label, self.static_form = label, static_form
        Card.__init__(self)
        with self.hold_sync():
            self.view = self.look()
            self.refresh()
        self.on_msg(lambda _, content, __: self.handle(content))

    def screen(self) -> dict[str, Any]:
        """JSON of ``deck``."""
        raise NotImplementedError

    def moved(self, verb: str, content: Mapping[str, Any]) -> None:
        """One of :attr:`MOVES`."""
        raise NotImplementedError

    def ask(self, exercise: Exercise | None) -> None:
        """Show another exercise, or none."""
        self.asked = exercise
        if exercise is not None:
            self.exercise = exercise

    def look(self) -> dict[str, Any]:
        return super().look() if self.asked is not None else {}

    def refresh(self, seq: str = "", trouble: str = "", *, redraw: bool = False) -> None:
        """The question's state and the screen around it, in one message."""
        with self.hold_sync():
            screen, fault = self.guarded("show this", self.screen)
            trouble = trouble or fault
            if self.asked is not None:
                super().refresh(seq, trouble, redraw=redraw)
            else:
                self.state = {"seq": seq, "trouble": trouble}
            if screen is not None:
                self.deck = screen

    def handle(self, content: Any) -> None:
        """A move is the card's own; the rest is the question card's."""
        verb = content.get("verb") if isinstance(content, Mapping) else None
        if verb in self.MOVES:
            _, trouble = self.guarded(self.MOVES[str(verb)], lambda: self.moved(str(verb), content))
            self.refresh(str(content.get("seq", "")), trouble, redraw=True)
            if self.on_check is not None:
                self.guarded("bring the progress up to date", self.on_check)
        elif self.asked is not None:
            super().handle(content)
