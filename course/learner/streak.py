"""Days of work, without guilt: how many of the last 28, and the present run, in which a rest day is no break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.learner.records import Attempt


@dataclass(frozen=True, slots=True)
class Streak:
    """``days``: days with an answer among the last 28; ``run``: days of work in the present run (single rest days
    between them are allowed and not counted); ``today``: something was answered today; ``worked``: 28 times, oldest
    first, True for a day of work; ``words``: a sentence."""

    days: int
    run: int
    today: bool
    worked: tuple[bool, ...]
    words: str


def streak(attempts: Iterable[Attempt], today: dt.date, *, zone: dt.tzinfo | None = None) -> Streak:
    """The streak as of a day. Answers of later days do not count."""
    raise NotImplementedError
