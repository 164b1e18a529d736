"""What there is to remember: one unit for each question of a lesson, each flash card, each drawn exercise once met.

    units(now)                      all of them; questions kept for the exam hall only once the learner met them there
    unit_of("gen/laterality/2/17")  "gen/laterality/2": all draws of a generator at a level are one unit
    draw("gen/laterality/2", …)     which seed to draw today
    rated("card/rules/law-01", 3)   the attempt that a learner's own rating of a flash card is kept as

Ids: a question has its id of the bank, a flash card ``card/DECK/ID``, drawn exercises ``gen/NAME/LEVEL``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.language.flashcards import Card
    from course.learner.records import Attempt

#: Items of this lesson belong to the exam hall: no review asks one that was not met there.
HALL_LESSON = "17"
#: What a learner says of a flash card, and how the log of attempts keeps it: (outcome, score).
RATINGS = {1: ("incorrect", 0.0), 2: ("partly", 0.5), 3: ("correct", 1.0), 4: ("correct", 1.0)}
#: Seconds for one unit before the learner's own median is known.
SECONDS = {"card": 12.0, "item": 75.0, "drawn": 60.0}


@dataclass(frozen=True, slots=True)
class Unit:
    """``kind``: "item" (a question of the bank), "card" (a flash card), "drawn" (a generator at a level; ask it with
    :func:`draw`). ``title``: of a card its front. ``seconds``: how long one takes before we know better."""

    id: str
    kind: str
    title: str
    lesson: str
    domains: tuple[str, ...]
    seconds: float
    objective: str = ""
    question_kind: str = ""


def unit_of(question_id: str) -> str:
    """The unit that a question counts for."""
    if question_id.startswith("gen/"):
        return "/".join(question_id.split("/")[:3])
    return question_id


def units(now: dt.datetime, met: Iterable[str] = ()) -> list[Unit]:
    """Every unit, lesson by lesson. ``met``: ids of questions answered before (attempts' ``question_id``)."""
    raise NotImplementedError


def begun(attempts: Iterable[Attempt]) -> frozenset[str]:
    """Lessons in which something was answered: the queue takes what is new from these."""
    raise NotImplementedError


def card_of(unit_id: str) -> Card | None:
    """The flash card of a unit, or None."""
    raise NotImplementedError


def draw(unit_id: str, now: dt.datetime, met: Container[str] = ()) -> str:
    """Id of the question to ask for a unit: itself, or for drawn exercises ``gen/NAME/LEVEL/SEED`` with a seed that is
    not in ``met``; the same all day. Load it with ``bank.load_item`` or ``generators.from_id``."""
    raise NotImplementedError


def rated(card_id: str, rating: int, seconds: float | None = None, *, at: dt.datetime | None = None) -> Attempt:
    """The attempt for a flash card rated 1 (again), 2 (hard), 3 (good) or 4 (easy). ValueError for another number."""
    raise NotImplementedError
