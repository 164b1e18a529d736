"""Name the axis on which two titles part: the side, the stage, the displacement, and so on.

An axis names what to look at in the note and never the value that is right. The axes are in ``axes.toml``.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from course.grading.diagnosis.titles import words

#: Said when no axis is known.
ANY = "that detail"


@lru_cache(maxsize=1)
def load() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """The axes in their order: what to look at, its words, and words of which one must be there too."""
    with Path(__file__).with_name("axes.toml").open("rb") as file:
        rows = tomllib.load(file)["axis"]
    return tuple(
        (row["look"], frozenset(row["words"].split()), frozenset(row.get("needs", "").split())) for row in rows
    )


def axis(title: str, other: str) -> str:
    """What to look at in the note, given the title of an entered code and that of the key (`ANY` when no axis is
    known).

    An axis on which both say something wins, then one on which the key does.
    """
    mine, theirs = {*words(title)}, {*words(other)}
    best, best_rank = ANY, 0
    for look, vocabulary, needs in load():
        if needs and not (mine | theirs) & needs:
            continue
        rank = bool((mine - theirs) & vocabulary) + 2 * bool((theirs - mine) & vocabulary)
        if rank > best_rank:
            best, best_rank = look, rank
    return best
