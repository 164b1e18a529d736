"""What there is to remember: one unit for each question of a lesson, each flash card, each drawn exercise once met.

    units(now)                      all of them; questions kept for the exam hall only once the learner met them there
    unit_of("gen/laterality/2/17")  "gen/laterality/2": all draws of a generator at a level are one unit
    draw("gen/laterality/2", now)   which question to ask for a unit today
    rated("card/rules/law-01", 3)   the attempt that a learner's own rating of a flash card is kept as

Ids: a question has its id of the bank, a flash card ``card/DECK/ID``, drawn exercises ``gen/NAME/LEVEL``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.learner.records import Attempt, now, origin

if TYPE_CHECKING:
    from course.language.flashcards import Card

#: Items of this lesson belong to the exam hall: no review asks one that was not met there.
HALL_LESSON = "17"
#: What a learner says of a flash card, and how the log of attempts keeps it: (outcome, score). Hard was known, with
#: effort: only "again" is a miss. The memory goes by the rating itself.
RATINGS = {1: ("incorrect", 0.0), 2: ("correct", 1.0), 3: ("correct", 1.0), 4: ("correct", 1.0)}
#: Seconds for one unit before the learner's own median is known.
SECONDS = {"card": 12.0, "item": 75.0, "drawn": 60.0}
#: Kinds of questions that take longer than most, in seconds.
LONG = {
    "service_lines": 180.0, "em_leveling": 240.0, "query_workshop": 300.0, "audit_bench": 1_200.0,
    "code_entry": 120.0, "lookup_path": 120.0, "table_lookup": 120.0,
}  # fmt: skip

#: Lesson with try-outs of the cards, and a kind that is a small program: neither is reviewed.
_NEVER_LESSON, _NEVER_KIND = "00", "your_turn"
#: The lessons that teach to code, one on the other; those after it stand each for itself.
_LAST_OF_THE_PATH = "13z"

_CODING = ("CPC: Coding guidelines", "CCA: Clinical classification systems", "CCS: Coding knowledge and skills")
_ICD = ("CPC: ICD-10-CM", *_CODING)
_LAW = ("CPC: Compliance/regulatory", "CCA: Compliance", "CCS: Regulatory compliance")
#: Deck, or deck and group -> the lesson that teaches it, and the exam domains it helps in.
DECKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "word-parts": ("02a", ("CPC: Medical terminology",)),
    "abbreviations": ("02a", ("CPC: Medical terminology",)),
    "rules": ("11b", _LAW),
    "rules/The record": ("11a", ("CCA: Health records and data content", "CCS: Coding documentation")),
    "modifiers": ("06", _CODING),
    "place-of-service": ("06", ("CPC: Coding guidelines", "CCA: Reimbursement methodologies")),
    "conventions": ("04", _ICD),
    "cpt-ranges": ("06", _CODING),
    "hcpcs-letters": ("09", ("CPC: HCPCS Level II", "CCA: Clinical classification systems")),
    "root-operations": ("10", ("CCS: Coding knowledge and skills", "CIC: Multiple choice")),
}


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
    """Every unit: questions, flash cards, drawn exercises. ``met``: ids of questions answered before (the
    ``question_id`` of attempts): it lets in drawn exercises, and questions of the exam hall."""
    met = frozenset(met)
    return [*_items(now, met), *_flashcards(), *_drawn(met)]


def _items(now: dt.datetime, met: frozenset[str]) -> Iterator[Unit]:
    from course.questions import bank

    for item in bank.sound_items():
        if item.lesson == _NEVER_LESSON or item.kind == _NEVER_KIND:
            continue
        if item.lesson == HALL_LESSON and item.domains and item.id not in met:
            continue
        seconds = LONG.get(item.kind, SECONDS["item"])
        yield Unit(item.id, "item", item.title, item.lesson, item.domains, seconds, item.objective, item.kind)


def _flashcards() -> Iterator[Unit]:
    from course.language import flashcards

    for name in flashcards.DECKS:
        for card in flashcards.deck(name):
            lesson, domains = DECKS.get(f"{name}/{card.group}") or DECKS.get(name, ("", ()))
            yield Unit(card_id(card), "card", card.front, lesson, domains, SECONDS["card"], "", "flashcard")


def _drawn(met: frozenset[str]) -> Iterator[Unit]:
    from course.questions.generators import GENERATORS

    for unit_id in sorted({unit_of(one) for one in met if one.startswith("gen/")}):
        name, level, _ = origin(f"{unit_id}/0")
        generator = GENERATORS.get(name or "")
        if generator is not None and level in generator.levels:
            title = f"{generator.title} (level {level})"
            seconds = SECONDS["drawn"]
            yield Unit(unit_id, "drawn", title, generator.lesson, (), seconds, generator.objective, "drawn")


def begun(attempts: Iterable[Attempt]) -> frozenset[str]:
    """Lessons from which new units may come: those in which something was answered, and those before them. Somebody
    who has answered nothing begins with the first; somebody who was in the exam hall has all."""
    from course.questions import bank

    lessons = {item.lesson for item in bank.sound_items()} | {lesson for lesson, _ in DECKS.values()}
    answered = {one.lesson for one in attempts if one.lesson}
    path = [one for one in answered if one <= _LAST_OF_THE_PATH]
    latest = _LAST_OF_THE_PATH if HALL_LESSON in answered else max(path, default="01")
    return frozenset(one for one in lessons if one in answered or (_NEVER_LESSON < one <= latest))


def card_id(card: Card) -> str:
    """The unit of a flash card."""
    return f"card/{card.deck}/{card.id}"


def card_of(unit_id: str) -> Card | None:
    """The flash card of a unit, or None."""
    from course.language import flashcards

    head, _, rest = unit_id.partition("/")
    name, _, card = rest.partition("/")
    if head != "card" or name not in flashcards.DECKS:
        return None
    return next((one for one in flashcards.deck(name) if one.id == card), None)


def draw(unit_id: str, now: dt.datetime, met: Container[str] = ()) -> str:
    """Id of the question to ask for a unit: itself, or for drawn exercises ``gen/NAME/LEVEL/SEED`` with a seed that is
    not in ``met``; the same all day. Load it with ``bank.load_item`` or ``generators.from_id``."""
    if not unit_id.startswith("gen/"):
        return unit_id
    seed = zlib.crc32(f"{unit_id} {now.astimezone().date()}".encode())
    while f"{unit_id}/{seed}" in met:
        seed += 1
    return f"{unit_id}/{seed}"


def rated(card_id: str, rating: int, seconds: float | None = None, *, at: dt.datetime | None = None) -> Attempt:
    """The attempt for a flash card rated 1 (again), 2 (hard), 3 (good) or 4 (easy). ValueError for another number.

    It names no lesson and no exam domain: how many questions of a lesson were right is counted from questions alone.
    """
    if rating not in RATINGS:
        raise ValueError(f"A rating is 1 (again), 2 (hard), 3 (good) or 4 (easy), not {rating!r}.")
    outcome, score = RATINGS[rating]
    card = card_of(card_id)
    sides = f"{card.front}\n{card.back}" if card else ""
    return Attempt(
        question_id=card_id,
        content_version=hashlib.sha256(sides.encode("utf-8", "replace")).hexdigest()[:10],
        kind="flashcard",
        response={"rating": rating},
        outcome=outcome,
        score=score,
        seconds=seconds,
        at=at or now(),
    )
