"""How much is likely to be known on the day of the exam, if the days go on as planned. Pure; an estimate, and says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.learner.cards import Unit
    from course.learner.memory import Memory


@dataclass(frozen=True, slots=True)
class DomainForecast:
    """Units of a domain: all, met until now, likely met by the exam, share known now and at the exam (0 to 1)."""

    domain: str
    units: int
    met: int
    met_by_exam: int
    known_now: float
    known: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """``days`` to the exam; ``known``: expected share of all units known that day; ``known_now``: today;
    ``domains``: the same for each; ``words``: sentences for the learner."""

    days: int
    known_now: float
    known: float
    met: int
    met_by_exam: int
    units: int
    domains: tuple[DomainForecast, ...]
    words: str


def forecast(
    units: Sequence[Unit], memory: Memory, *, now: dt.datetime, exam: dt.date, minutes: float, days_a_week: float = 7.0
) -> Forecast:
    """The share of units known on the day of the exam with ``minutes`` of review a day."""
    raise NotImplementedError
