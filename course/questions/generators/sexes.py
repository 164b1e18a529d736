"""Whose organs a code is about. The choice is the course's own; it keeps a prostate out of a woman's record."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code

#: Organs of one sex, from category to category.
_PLACED = (
    *(("F", "C51", "C58"), ("F", "D25", "D28"), ("F", "N70", "N98"), ("F", "O00", "O9A")),
    *(("M", "C60", "C63"), ("M", "D29", "D29"), ("M", "N40", "N53")),
)
_FEMALE = re.compile(r"\b(ovar|uter|vagin|vulv|menstr|premenstr|menopaus|postmenopaus|female|pregnan)", re.IGNORECASE)
_MALE = re.compile(r"\b(prostat|testi|penis|penile|scrot|hematosperm|male\b)", re.IGNORECASE)


def concerned(code: Code) -> str:
    """``F``, ``M`` or nothing, by the place in the book or the title."""
    return _concerned(code.code[:3], code.title)


@lru_cache(maxsize=16384)
def _concerned(head: str, title: str) -> str:
    placed = next((sex for sex, first, last in _PLACED if first <= head <= last), "")
    return placed or ("F" if _FEMALE.search(title) else "M" if _MALE.search(title) else "")
