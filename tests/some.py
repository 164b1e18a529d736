"""A law that holds for each of many rows is proved on some of them in every run, and on all when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def some(rows: Sequence[T], step: int) -> Sequence[T]:
    """One row in ``step``; all of them when COURSE_EVERY_CODE is set, as it should be after a change to the rules.

    Steps are primes: 7th characters come in groups of 3, 6 and 16, and a step that divides those would always hit the
    same character.
    """
    return rows if os.environ.get("COURSE_EVERY_CODE") else rows[::step]
