"""Proofs that need more than the file itself: codes that must exist, dates that must have passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from course.paths import today
from course.questions.base import Fault, ItemBase

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet


def lints(item: ItemBase, codes: Callable[[int], CodeSet] | None = None) -> Iterator[Fault]:
    """What ``check_bank`` tells of a loadable item. ``codes`` opens an edition; without it codes are not looked at."""
    yield from item.lints()
    yield from _dates(item)


def _dates(item: ItemBase) -> Iterator[Fault]:
    latest = today() + dt.timedelta(days=1)  # somewhere it is tomorrow already
    for n, source in enumerate(item.sources):
        if source.checked > latest:
            yield Fault(
                ("sources", n, "checked"),
                f"is {source.checked}, which is in the future",
                "Write the day it was checked.",
            )
