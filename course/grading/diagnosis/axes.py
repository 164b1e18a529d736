"""Name the axis on which two titles part: the side, the stage, the displacement, and so on.

An axis names what to look at in the note and never the value that is right. The axes are in ``axes.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from course.grading.diagnosis.titles import words

#: Said when no axis is known, and the one for left and right.
ANY = "that detail"
SIDE = "the side"
#: Words of an axis that stand for many: any word with a digit in it, any word at all.
_NUMBERS, _ANYTHING = "#", "*"
#: Words that tell nothing, even where any word counts.
_EMPTY = frozenset("a an and as by due for from in of on or other s specified the to unspecified with without".split())


@lru_cache(maxsize=1)
def load() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """The axes in their order: what to look at, its words, and words of which one must be there too."""
    with Path(__file__).with_name("axes.toml").open("rb") as file:
        rows = tomllib.load(file)["axis"]
    return tuple(
        (row["look"], frozenset(row["words"].split()), frozenset(row.get("needs", "").split())) for row in rows
    )


def axis(title: str, other: str, without: Collection[str] = ()) -> str:
    """What to look at in the note, given the title of an entered code and that of the key (`ANY` when no axis is
    known). ``without``: axes to leave aside.

    An axis on which both say something wins, then one on which the key does.
    """
    mine, theirs = {*words(title)}, {*words(other)}
    mine, theirs, both = mine - theirs, theirs - mine, mine | theirs
    best, best_rank = ANY, 0
    for look, vocabulary, needs in load():
        if look in without or (needs and not both & needs):
            continue
        rank = _tells(mine, vocabulary) + 2 * _tells(theirs, vocabulary)
        if rank > best_rank:
            best, best_rank = look, rank
    return best


def _tells(said: set[str], vocabulary: frozenset[str]) -> bool:
    """Does one of these words belong to an axis?"""
    if _ANYTHING in vocabulary:
        return bool(said - _EMPTY)
    return bool(said & vocabulary) or (_NUMBERS in vocabulary and any(ch.isdigit() for word in said for ch in word))
