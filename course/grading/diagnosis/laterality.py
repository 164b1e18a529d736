"""Left, right, both or not said: read from the words of titles, never from the digit alone.

In most categories 1 is right, 2 left, 3 bilateral and 9 unspecified, but not in all, so the titles of siblings decide.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import lru_cache

from course.grading.diagnosis.titles import words


class Side(StrEnum):
    RIGHT = "right"
    LEFT = "left"
    BOTH = "bilateral"
    UNSAID = "unspecified"


_SIDES = {"right": Side.RIGHT, "left": Side.LEFT, "bilateral": Side.BOTH}
_OTHER = {"right": "left", "left": "right"}
#: Words that come and go with the side and say nothing else.
_RIDERS = frozenset("unilateral side sides sided the of in and a an eye ear limb lung breast both".split())


@lru_cache(maxsize=4096)
def side_of(title: str) -> Side | None:
    """The side a title names, or None. A title that names two sides ("right … left …") names none.

    "Both" is a side in "both eyes", but not in "both ulcer and inflammation".
    """
    said = words(title)
    found = {_SIDES[word] for word in said if word in _SIDES}
    if not found and "both" in said and "and" not in said[said.index("both") :]:
        return Side.BOTH
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _rest(title: str) -> Counter[str]:
    """The words of a title without its side."""
    return Counter(
        word[:-1] if word.endswith("s") and len(word) > 3 else word
        for word in words(title)
        if word not in _SIDES and word not in _RIDERS and word != "unspecified"
    )


def _turned(title: str) -> tuple[str, ...]:
    """The words of a title with left and right exchanged, () when it has neither."""
    said = words(title)
    return tuple(_OTHER.get(word, word) for word in said) if {*said} & {*_OTHER} else ()


def _unsaid(title: str) -> int:
    return words(title).count("unspecified")


def sides(title: str, other: str) -> tuple[Side, Side] | None:
    """The sides of two titles that say the same but for the side, else None.

    >>> sides("Torus fracture of lower end of right radius", "Torus fracture of lower end of unspecified radius")
    (<Side.RIGHT: 'right'>, <Side.UNSAID: 'unspecified'>)
    """
    if (turned := _turned(title)) and turned == words(other):
        named = next(_SIDES[word] for word in words(title) if word in _OTHER)
        return named, Side.LEFT if named is Side.RIGHT else Side.RIGHT
    mine, theirs = side_of(title), side_of(other)
    if mine is None and theirs is None:
        return None
    gap = _unsaid(title) - _unsaid(other)
    if gap != (mine is None) - (theirs is None):
        return None
    mine, theirs = mine or Side.UNSAID, theirs or Side.UNSAID
    if mine is theirs or not _same(_rest(title), _rest(other), loose=Side.BOTH in (mine, theirs)):
        return None
    return mine, theirs


def _same(mine: Counter[str], theirs: Counter[str], *, loose: bool) -> bool:
    """The same words; a bilateral title may leave out up to two (the organ: "cataract, bilateral" and "cataract, right
    eye").
    """
    if mine == theirs:
        return True
    more, less = mine - theirs, theirs - mine
    return loose and not (more and less) and sum((more + less).values()) <= 2
