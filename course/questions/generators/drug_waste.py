"""Single-dose vials: the dose, what was thrown away, and the lines with JW or JZ."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "bill what was given and what was left in the vial"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    raise NotImplementedError


def law(item: Any, codes: CodeSet) -> bool:
    raise NotImplementedError
