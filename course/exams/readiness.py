"""How ready a learner is for an exam: skeleton, the numbers follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.learner.records import Attempt


@dataclass(frozen=True, slots=True)
class DomainEstimate:
    """``share``: items of this domain that would be right in an exam, 0 to 1; ``low`` to ``high`` holds it in 9 of 10
    cases; ``answers``: how many answers say so."""

    name: str
    share: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """``enough`` False: too early to say; ``words`` then tells what is missing, and the numbers are not to be shown.
    ``chance`` (0 to 1) to pass an exam taken now, ``chance_low`` to ``chance_high``: with a pass line that is harder or
    easier to reach; ``expected``: share of the scored items right."""

    exam: str
    domains: tuple[DomainEstimate, ...]
    chance: float
    chance_low: float
    chance_high: float
    expected: float
    words: str
    enough: bool


def estimate(
    attempts: Sequence[Attempt], blueprint: Any, items_by_id: Mapping[str, Any], now: dt.datetime
) -> Readiness:
    """Of one learner, for one exam. Deterministic."""
    raise NotImplementedError
