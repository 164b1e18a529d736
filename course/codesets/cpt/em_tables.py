"""The tables behind the E/M rules: codes by category, elements of medical decision making, prolonged time.

Read from ``data/codesets/em_codes.csv``, ``em_elements.csv`` and ``em_prolonged.csv``; each row names its source. All
words are the course's own. What the tables mean is told in :mod:`course.codesets.cpt.em`.
"""

from __future__ import annotations

import csv
import functools
from enum import IntEnum
from typing import NamedTuple

from course.paths import data_dir

PARTS = ("problems", "data", "risk")


class Level(IntEnum):
    """A level of medical decision making, or of one of its three parts; ``NONE`` is below the lowest."""

    NONE = 0
    STRAIGHTFORWARD = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def word(self) -> str:
        """ "moderate"."""
        return self.name.lower()


#: The four levels that a code can have.
LEVELS = (Level.STRAIGHTFORWARD, Level.LOW, Level.MODERATE, Level.HIGH)


class EmCode(NamedTuple):
    """One code of an E/M category."""

    code: str
    category: str
    #: What the category is called on a card: "Office, new patient".
    words: str
    #: Levels of decision making that lead to it; () where none does (99211, discharge, preventive, …).
    levels: tuple[Level, ...]
    #: Minutes from which time leads to it; None where time does not.
    minutes: int | None
    #: Last minute that leads to it, where there is one by itself.
    most: int | None
    #: "at least", "more than", "between", "each 30" or "none".
    rule: str
    #: First and last age in completed years; None where age does not matter, last None for "and older".
    ages: tuple[int, int | None] | None
    note: str

    @property
    def first(self) -> int | None:
        """The first whole minute that leads to the code: one past the figure where it must be exceeded."""
        return self.minutes if self.minutes is None or self.rule != "more than" else self.minutes + 1


class Element(NamedTuple):
    """Something that a note may hold and that counts for one part of medical decision making."""

    id: str
    part: str
    #: Level that one of it gives; ``NONE`` for data, whose level comes from counting.
    level: Level
    #: Level that two of it give, where that is more.
    level_of_two: Level
    #: Data: "1" notes and tests, "historian", "2" own reading, "3" discussion; otherwise "".
    category: str
    #: Whether it matters how many there are.
    counted: bool
    words: str
    #: What it takes, to somebody who ticked it without need.
    why: str


class Prolonged(NamedTuple):
    """Prolonged time beside one code: ``first`` minutes give one unit, each ``each`` minutes more another."""

    payer: str
    base: str
    code: str
    first: int
    each: int
    #: Days whose minutes count.
    days: str


def _rows(name: str) -> list[dict[str, str]]:
    with (data_dir() / "codesets" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _level(word: str) -> Level:
    return Level[word.upper()] if word else Level.NONE


def _number(text: str) -> int | None:
    return int(text) if text else None


def _ages(text: str) -> tuple[int, int | None] | None:
    first, _, last = text.partition("-")
    return (int(first), _number(last)) if text else None


@functools.cache
def codes() -> tuple[EmCode, ...]:
    """All rows of ``em_codes.csv``, in its order."""
    return tuple(
        EmCode(
            row["code"],
            row["category"],
            row["category_words"],
            tuple(_level(word) for word in row["mdm_level"].split("|") if word),
            _number(row["minimum_minutes"]),
            _number(row["maximum_minutes"]),
            row["time_rule"],
            _ages(row["ages"]),
            row["note"],
        )
        for row in _rows("em_codes.csv")
    )


@functools.cache
def elements() -> dict[str, Element]:
    """Element id -> element, in the order of the card."""
    return {
        row["id"]: Element(
            row["id"],
            row["part"],
            _level(row["level"]),
            _level(row["level_of_two"]) or _level(row["level"]),
            row["data_category"],
            row["counted"] == "yes",
            row["words"],
            row["why"],
        )
        for row in _rows("em_elements.csv")
    }


@functools.cache
def prolonged() -> dict[tuple[str, str], Prolonged]:
    """(payer, base code) -> the code of prolonged time beside it."""
    return {
        (row["payer"], row["base"]): Prolonged(
            row["payer"], row["base"], row["code"], int(row["first_minutes"]), int(row["each"]), row["days"]
        )
        for row in _rows("em_prolonged.csv")
    }


def in_category(category: str) -> tuple[EmCode, ...]:
    """The codes of a category, lowest first. Raises ``KeyError`` for an unknown one."""
    found = tuple(row for row in codes() if row.category == category)
    if not found:
        raise KeyError(f"no E/M category {category!r}; there are {', '.join(categories())}")
    return found


@functools.cache
def categories() -> dict[str, str]:
    """Category -> what it is called: "office-new" -> "Office, new patient"."""
    return {row.category: row.words for row in codes()}


@functools.cache
def leveled() -> tuple[str, ...]:
    """The categories whose codes go by medical decision making."""
    return tuple(dict.fromkeys(row.category for row in codes() if row.levels))
