"""HCPCS or CPT: the payer decides which code stands for a service."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "choose between a HCPCS and a CPT code by payer"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    raise NotImplementedError


def law(item: Any, codes: CodeSet) -> bool:
    raise NotImplementedError
