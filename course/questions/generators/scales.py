"""Two scales that nurses and crews take and coders code: the stage of a pressure ulcer, and the Glasgow coma scale."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from course.questions.generators import coma, pressure

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "code ulcer stages and coma scores"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one ulcer or one total. Level 2: an ulcer that changes, or the parts of a score. Level 3: several
    ulcers with healed and hidden ones; injury and score in sequence."""
    shared: dict[str, Any] = {
        "slug": "ulcer-and-coma-scales",
        "objective": OBJECTIVE,
        "hints": (
            "Take each ulcer by itself: site, side, stage, and what became of it.",
            "Healed before, healing, deeper than before, laid bare: the guidelines have a sentence for each.",
        ),
    }
    module = pressure if rng.random() < 0.55 else coma
    return module.choice(rng, codes, shared) if level == 1 else module.several(rng, codes, level, shared)


def law(item: Any, codes: CodeSet) -> bool:
    """The law of the scale that the note is about."""
    about_coma = "coma scale" in item.stem
    return coma.law(item, codes) if about_coma else pressure.law(item, codes)
