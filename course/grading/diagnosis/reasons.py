"""The item's own sentences for expected slips: an exact code, or a family with a star ("S52.5*")."""

from __future__ import annotations

from collections.abc import Mapping

from course.grading.diagnosis.shape import clean, undot
from course.grading.diagnosis.titles import words


def pick(reasons: Mapping[str, str], compact: str) -> str:
    """The sentence for a code, "" when there is none. The exact code wins, then the longest family."""
    best, best_size = "", -1
    for pattern, text in reasons.items():
        name = "".join(undot(clean(pattern)).split()).upper()
        if name == compact:
            return text.strip()
        if name.endswith("*") and compact.startswith(name[:-1]) and len(name) > best_size:
            best, best_size = text.strip(), len(name)
    return best


def adds(extra: str, reason: str) -> bool:
    """Does the official fact say something new beside the author's sentence? (More than half of its words are.)"""
    mine, theirs = {*words(extra)}, {*words(reason)}
    return bool(mine) and len(mine - theirs) > len(mine) / 2
