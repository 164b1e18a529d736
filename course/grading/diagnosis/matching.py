"""Which code of the key was each entered code meant for?

Right codes first. Then the closest pairs, by the distance in the tree: the greedy choice is the best assignment here,
because among any three codes the two smallest values of closeness are equal (an ultrametric). Last, pairs that only a
rule connects, such as a high blood-pressure reading for hypertension.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis import rules
from course.grading.diagnosis.shape import dot
from course.grading.diagnosis.tree import closeness

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet


def assign(codes: CodeSet, entered: Sequence[str], keys: Sequence[str], *, lone: bool = False) -> dict[int, int]:
    """Pairs (index in `entered`, index in `keys`), all compact codes. "" in `entered` is unreadable and left alone.

    ``lone``: one entry for a key of one code, always a pair.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    ranked = sorted(
        ((-near, i, k) for i, mine in enumerate(entered) if mine for k, key in enumerate(keys)
         if (near := closeness(codes, mine, key)) > 0),
    )  # fmt: skip
    for _, i, k in ranked:
        if i not in pairs and k not in taken:
            pairs[i] = k
            taken.add(k)
    for i, mine in enumerate(entered):
        for k, key in enumerate(keys):
            if mine and i not in pairs and k not in taken and _ruled(codes, mine, key):
                pairs[i] = k
                taken.add(k)
    return {0: 0} if lone and entered[0] else pairs


def _ruled(codes: CodeSet, mine: str, key: str) -> bool:
    a, b = codes.get(dot(mine)), codes.get(dot(key))
    rule = rules.match(a, b) if a is not None and b is not None else None
    return rule is not None and rule.pairs
