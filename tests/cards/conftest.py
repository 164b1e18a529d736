"""Cards without a browser: real exercises over the gallery's questions, and a stand-in for the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from course.cards.question_card import QuestionCard
from course.learner.exercise import Exercise
from course.learner.store import Store, open_store
from course.questions.bank import load_item

FIXTURES = Path(__file__).resolve().parents[1] / "browser" / "fixtures"
NAMES = ("single", "multiple", "number", "code", "matching", "ordering", "sorting", "highlight", "modifier")


@pytest.fixture
def store(user_dir: Path) -> Store:
    """An empty store."""
    return open_store(user_dir)


@pytest.fixture
def make(store: Store) -> Callable[[str], QuestionCard]:
    """A card of ``gallery/<name>``."""
    return lambda name: QuestionCard(Exercise(load_item(f"gallery/{name}", FIXTURES), store))
