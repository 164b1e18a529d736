"""The checkpoint card: ten questions one after another, then a result by objective.

It is a question card whose exercise changes; ``deck`` tells the browser where the learner stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from course.cards import esm, lessons
from course.cards.question_card import QuestionCard
from course.cards.widget import STYLES
from course.learner.deck import Card, Deck, SittingStore, draw
from course.learner.exercise import Exercise
from course.questions import text

if TYPE_CHECKING:
    from course.learner.store import Store
    from course.questions.base import ItemBase

SIZE = 10


class DeckCard(QuestionCard):
    """``candidates(seed)``: the questions that the sitting of that number draws from; ``load(id)``: the item of one."""

    _esm = esm.bundle("deck.js", *STYLES)

    deck = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        lesson: str,
        candidates: Callable[[int], Sequence[Card]],
        load: Callable[[str], ItemBase],
        store: Store,
        *,
        on_check: Callable[[], None] | None = None,
        size: int = SIZE,
    ) -> None:
        self.candidates = candidates
        self.load = load
        self.size = size
        self.exercises: dict[str, Exercise] = {}
        first, cards = self._deal(lesson, 1)
        self.sitting, self.cards = SittingStore(store, first), cards
        self._resume()
        super().__init__(
            self._exercise(),
            label=f"checkpoint {lesson}",
            static_form=static_form(first, cards),
            on_check=on_check,
        )

    def _deal(self, lesson: str, seed: int) -> tuple[Deck, dict[str, Card]]:
        """A new deck, and what there is to know about the questions it was drawn from."""
        cards = {card.id: card for card in self.candidates(seed)}
        return Deck(lesson, seed, draw(list(cards.values()), self.size, seed, lessons.asked(lesson))), cards

    def _resume(self) -> None:
        """Go on where the learner left off, if that deck can still be used."""
        kept = self.sitting.kept()
        seed = kept.get("seed") if isinstance(kept, dict) else None
        if not isinstance(seed, int):
            return
        fresh, cards = self._deal(self.sitting.deck.lesson, seed)
        deck = Deck.from_json(fresh.lesson, kept, cards)
        if deck is not None:
            self.sitting.deck, self.cards = deck, cards

    def _exercise(self) -> Exercise:
        """The exercise of the place where the deck stands (the last one while the result is shown)."""
        deck = self.sitting.deck
        question_id = deck.ids[min(deck.at, len(deck.ids) - 1)]
        if question_id not in self.exercises:
            self.exercises[question_id] = Exercise(self.load(question_id), self.sitting)  # type: ignore[arg-type]
        return self.exercises[question_id]

    def refresh(self, seq: str = "", trouble: str = "", *, redraw: bool = False) -> None:
        """The question's state, and the deck's with it, in one message."""
        with self.hold_sync():
            super().refresh(seq, trouble, redraw=redraw)
            self.deck = self.look_at_deck()

    def look_at_deck(self) -> dict[str, Any]:
        """What the browser shows around the question."""
        deck = self.sitting.deck
        return {
            "at": deck.at,
            "title": "Checkpoint",
            "marks": [deck.standing(one) for one in deck.ids],
            "summary": deck.summary(self.cards) if deck.finished else None,
        }

    def handle(self, content: Any) -> None:
        """``go`` moves, ``deal`` draws ten new questions; the rest is the question card's."""
        verb = content.get("verb") if isinstance(content, Mapping) else None
        if verb not in ("go", "deal"):
            super().handle(content)
            return
        what = "turn the page" if verb == "go" else "draw new questions"
        _, trouble = self.guarded(what, lambda: self.move(verb, content.get("to")))
        self.refresh(str(content.get("seq", "")), trouble, redraw=True)

    def move(self, verb: str, to: Any) -> None:
        """Turn to a question or the result, or begin anew."""
        if verb == "deal":
            self.sitting.deck, self.cards = self._deal(self.sitting.deck.lesson, self.sitting.deck.seed + 1)
            self.exercises.clear()
        else:
            self.sitting.deck.go(to)
        self.exercise = self._exercise()
        self.sitting.save()


def static_form(deck: Deck, cards: Mapping[str, Card]) -> str:
    """The checkpoint without a kernel: what it will ask for. Independent of the learner."""
    lines = "\n".join(f"<li>{text.inline(cards[one].objective)}</li>" for one in deck.ids)
    return (
        '<div class="course-static course-static-deck">\n'
        f"<p><strong>Checkpoint: {len(deck.ids)} questions across this lesson</strong></p>\n"
        f"<ol>\n{lines}\n</ol>\n"
        "<p><em>To answer, open this lesson in JupyterLab and press Run All.</em></p>\n</div>"
    )
