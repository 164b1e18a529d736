"""CPT: the numbers that the course teaches, their places and the figures that CMS publishes for them.

from course.codesets import cpt
cpt.get("29881").global_days        # "090"
cpt.section_of("29881").title       # "Musculoskeletal system"
cpt.pair("29881", "29870")          # an NCCI edit, or None

CPT is copyright of the American Medical Association; no descriptor of it is part of the course.
"""

from __future__ import annotations

from course.codesets.cpt.model import Number, Pair, Range
from course.codesets.cpt.numbers import (
    EDITION,
    forget,
    get,
    is_shape,
    normalise,
    numbers,
    pair,
    pairs,
    range_of,
    section_of,
    sections,
    subsections,
    terms,
)

__all__ = [
    "EDITION",
    "Number",
    "Pair",
    "Range",
    "forget",
    "get",
    "is_shape",
    "normalise",
    "numbers",
    "pair",
    "pairs",
    "range_of",
    "section_of",
    "sections",
    "subsections",
    "terms",
]
