"""What the gallery notebook of the browser tests imports: a card of every kind, made from ``fixtures/gallery.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.cards.question_card import QuestionCard
from course.learner.exercise import Exercise
from course.learner.store import shared_store
from course.questions.bank import load_item

FIXTURES = Path(__file__).resolve().parent / "fixtures"


def show(name: str) -> QuestionCard:
    """The card of ``gallery/<name>``."""
    return QuestionCard(Exercise(load_item(f"gallery/{name}", FIXTURES), shared_store()))


class Broken(Exercise):
    """An exercise with a fault of ours."""

    def check(self, raw: Any) -> dict[str, Any]:
        raise KeyError("a fault on purpose")


def broken() -> QuestionCard:
    """A card whose check fails."""
    return QuestionCard(Broken(load_item("gallery/number", FIXTURES), shared_store()), label="broken")
