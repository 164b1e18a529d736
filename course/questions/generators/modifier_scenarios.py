"""Which modifier does the scene ask for: one, two, or none?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell from a scene which modifiers a line needs"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    raise NotImplementedError


def law(item: Any, codes: CodeSet) -> bool:
    raise NotImplementedError
