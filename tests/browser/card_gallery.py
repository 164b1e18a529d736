"""What the gallery notebook of the browser tests imports: a card of every kind, made from ``fixtures/gallery.yaml``."""

from __future__ import annotations

from pathlib import Path

from course.cards.question_card import QuestionCard
from course.learner.exercise import Exercise
from course.learner.store import shared_store
from course.questions.bank import load_item

FIXTURES = Path(__file__).resolve().parent / "fixtures"
KINDS = ("single", "multiple", "number", "code", "matching", "ordering", "sorting")


def show(name: str) -> QuestionCard:
    """The card of ``gallery/<name>``."""
    return QuestionCard(Exercise(load_item(f"gallery/{name}", FIXTURES), shared_store()))
