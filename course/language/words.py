"""Words in use with their parts and their meaning (``data/flashcards/words.csv``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from course.language import word_parts
from course.paths import data_dir


@dataclass(frozen=True, slots=True)
class Word:
    """``tokens``: the parts with their combining vowels; ``meaning``: in words that follow the parts."""

    word: str
    tokens: tuple[str, ...]
    meaning: str

    @property
    def meant(self) -> tuple[str, ...]:
        """The tokens that mean something: all but the combining vowels."""
        return tuple(token for token in self.tokens if not word_parts.is_vowel(token))

    @property
    def cuttable(self) -> bool:
        """Whether each letter belongs to one part: not so in carditis, where two parts share the i."""
        return "".join(map(word_parts.bare, self.tokens)) == self.word


@cache
def words() -> tuple[Word, ...]:
    """All words, in alphabetical order. Raises OSError without the file."""
    path = data_dir() / "flashcards" / "words.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(Word(row["word"], tuple(row["parts"].split()), row["meaning"]) for row in csv.DictReader(file))


@cache
def _by_word() -> dict[str, Word]:
    return {one.word: one for one in words()}


def get(word: str) -> Word | None:
    """The word as it is spelled, or None."""
    return _by_word().get(word)
