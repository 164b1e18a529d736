"""Pairs of the NCCI edits: which code is reported, and may a modifier separate the two?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "decide whether two codes of an NCCI pair may both be billed"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    raise NotImplementedError


def law(item: Any, codes: CodeSet) -> bool:
    raise NotImplementedError
