"""Laws that each question of the course must keep. One test a topic: thousands of tests cost more than what they do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.questions.bank import sound_items
from course.questions.base import ItemBase

ITEMS = sound_items()
TOPICS: dict[str, list[ItemBase]] = {}
for _item in ITEMS:
    TOPICS.setdefault(_item.id.partition("/")[0], []).append(_item)


def faults(law: Callable[[ItemBase], None], items: list[ItemBase]) -> list[str]:
    """What is wrong, behind the id of each question that breaks the law."""
    found = []
    for one in items:
        try:
            law(one)
        except Exception as error:  # an error is a fault of this question, and the others are looked at all the same
            found.append(f"{one.id}: {type(error).__name__}: {error}")
    return found


def of_each_question(law: Callable[[ItemBase], None]) -> Callable[[str], None]:
    """Makes ``law(question)`` a test of every topic, that names all questions which break it."""

    @pytest.mark.parametrize("topic", TOPICS)
    def test(topic: str) -> None:
        found = faults(law, TOPICS[topic])
        assert not found, "\n".join(found)

    test.__name__, test.__doc__, test.__module__ = law.__name__, law.__doc__, law.__module__
    return test
