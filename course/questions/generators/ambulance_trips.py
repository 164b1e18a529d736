"""Ambulance trips: two letters for the way, a base code, and miles."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "write an ambulance trip as base code, letters and miles"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    raise NotImplementedError


def law(item: Any, codes: CodeSet) -> bool:
    raise NotImplementedError
