"""The sum of the career calculator, without words: ranges in, months out.

One run takes one value out of each range, every value as likely as any other (uniform), each range for itself. With
the day the studying begins as month 0:

    sittings  k = the first sitting that is passed; more than ``sittings`` failed: the run never pays back
    start       = study hours / hours a week / (52/12) + wait for a seat + (k - 1) x wait between sittings + job search
    outlay      = training + books + membership + exam fee + further sittings x their fee + study hours x their value
    gain        = (first wage - present wage) x hours of work / 40 / 12 - (membership + renewal + education) / 12
    month       = start + outlay / gain; never, when the gain is 0 or less

The same random numbers serve every question (common random numbers), so that of two sets of assumptions the worse one
is worse in every single run, and the answer does not flicker. They come from a seed and are the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

RUNS = 10_000
SEED = 2072
WEEKS_A_MONTH = 52 / 12
#: A year of pay is 2,080 hours: 40 a week.
FULL_TIME = 40
#: Ranges in the order of their random numbers: a new one goes to the end, so that the others keep theirs.
RANGES = (
    *("training_usd", "books_usd", "exam_fee_usd", "further_sitting_usd", "membership_usd", "renewal_usd", "ceu_usd"),
    *("pass_percent", "study_hours", "seat_months", "retake_months", "search_months", "first_wage_usd"),
    "hour_value_usd",
)
#: Ranges of which more is better for the learner.
GOOD = frozenset({"pass_percent", "first_wage_usd"})
#: Why a run never pays back.
NO_GAIN, NOT_PASSED, TOO_SLOW = "no gain", "not passed", "too slow"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that goes in. ``ranges``: key -> (low, high); keys as in RANGES, their units in their names (wages,
    membership, renewal and education are dollars a year)."""

    ranges: Mapping[str, tuple[float, float]]
    present_wage_usd: float
    work_hours: float
    study_hours_a_week: float
    included: int
    sittings: int
    horizon_years: float


class Outcome(NamedTuple):
    """Of all runs: month of payback (infinite: never), outlay in dollars; runs of 100 that never pay back, by why."""

    months: np.ndarray
    outlay: np.ndarray
    reasons: dict[str, float]


class Swing(NamedTuple):
    """One assumption at its two ends: month of payback (infinite: not within the horizon), or runs of 100 that never
    pay back."""

    key: str
    at_low: float
    at_high: float


@cache
def _numbers() -> np.ndarray:
    """A row of random numbers from 0 up to 1 for each range, and one for the sittings."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(SEED)).random((len(RANGES) + 1, RUNS))


def month_of(inputs: Inputs, value: Mapping[str, Any], sittings: Any) -> tuple[Any, Any, Any]:
    """(outlay in dollars, first month of work, gain in dollars a month) for one value, or one array, of each range."""
    upkeep = value["membership_usd"] + value["renewal_usd"] + value["ceu_usd"]
    further = _at_least_zero(sittings - inputs.included)
    outlay = (
        *(value["training_usd"], value["books_usd"], value["membership_usd"], value["exam_fee_usd"]),
        *(further * value["further_sitting_usd"], value["study_hours"] * value["hour_value_usd"]),
    )
    start = (
        value["study_hours"] / inputs.study_hours_a_week / WEEKS_A_MONTH
        + value["seat_months"]
        + (sittings - 1) * value["retake_months"]
        + value["search_months"]
    )
    gain = ((value["first_wage_usd"] - inputs.present_wage_usd) * inputs.work_hours / FULL_TIME - upkeep) / 12
    return sum(outlay), start, gain


def run(inputs: Inputs) -> Outcome:
    """All runs."""
    value = _drawn(inputs)
    return _outcome(inputs, value, _sitting_passed(value["pass_percent"]))


def _drawn(inputs: Inputs) -> dict[str, Any]:
    """The value of each range in each run."""
    return {key: _between(*inputs.ranges[key], numbers) for key, numbers in zip(RANGES, _numbers(), strict=False)}


def _sitting_passed(percent: Any) -> np.ndarray:
    """The sitting that is passed: an evenly spread number says 1 with the chance p, 2 with (1 - p) p, and so on."""
    import numpy as np

    chance = np.minimum(percent, 100.0) / 100
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance < 1, np.floor(np.log1p(-_numbers()[-1]) / np.log1p(-chance)) + 1, 1)


def _outcome(inputs: Inputs, value: Mapping[str, Any], needed: np.ndarray) -> Outcome:
    import numpy as np

    outlay, start, gain = month_of(inputs, value, np.minimum(needed, inputs.sittings))
    with np.errstate(divide="ignore", invalid="ignore"):
        months = np.where(gain > 0, start + outlay / gain, np.inf)
    horizon = inputs.horizon_years * 12
    no_gain = gain <= 0
    not_passed = ~no_gain & (needed > inputs.sittings)
    too_slow = ~no_gain & ~not_passed & (months > horizon)
    months = np.where(no_gain | not_passed | too_slow, np.inf, months)
    share = {why: float(which.mean() * 100) for why, which in
             ((NO_GAIN, no_gain), (NOT_PASSED, not_passed), (TOO_SLOW, too_slow))}  # fmt: skip
    return Outcome(months, outlay, share)


def extreme(inputs: Inputs, *, best: bool) -> tuple[float, float, float, float]:
    """(outlay, first month of work, gain a month, month of payback) with every assumption at its better, or worse, end.

    At the worse end every sitting that was planned is needed, and the last one is passed.
    """
    value = {key: inputs.ranges[key][(key in GOOD) == best] for key in RANGES}
    sittings = 1 if best or inputs.ranges["pass_percent"][0] >= 100 else inputs.sittings
    outlay, start, gain = (float(one) for one in month_of(inputs, value, sittings))
    return outlay, start, gain, start + outlay / gain if gain > 0 else math.inf


def swings(inputs: Inputs) -> list[Swing]:
    """How far each assumption alone moves the month, the widest first; only those that have a range and move it.

    The others stand in the middle of their ranges; for sittings that is the number to be expected, a fraction.
    Where that middle never pays back, no month tells anything: see :func:`shares`.
    """
    middle = {key: sum(ends) / 2 for key, ends in inputs.ranges.items()}
    horizon = inputs.horizon_years * 12
    found = []
    for key in RANGES:
        low, high = (_central(inputs, {**middle, key: end}, horizon) for end in inputs.ranges[key])
        if low != high:
            found.append(Swing(key, low, high))
    return sorted(found, key=lambda one: (-_width(one, horizon), -max(_finite(one), default=0)))


def shares(inputs: Inputs) -> list[Swing]:
    """How far each assumption alone moves the runs of 100 that never pay back, the others drawn as ever."""
    value = _drawn(inputs)
    needed = _sitting_passed(value["pass_percent"])

    def never(key: str, end: float) -> float:
        sitting = _sitting_passed(end) if key == "pass_percent" else needed
        return sum(_outcome(inputs, {**value, key: end}, sitting).reasons.values())

    found = [Swing(key, never(key, low), never(key, high)) for key, (low, high) in inputs.ranges.items() if low < high]
    return sorted((one for one in found if one.at_low != one.at_high), key=lambda one: -abs(one.at_high - one.at_low))


def central(inputs: Inputs) -> float:
    """The month with every assumption in the middle of its range; infinite beyond the horizon."""
    return _central(inputs, {key: sum(ends) / 2 for key, ends in inputs.ranges.items()}, inputs.horizon_years * 12)


def _central(inputs: Inputs, value: Mapping[str, float], horizon: float) -> float:
    chance = min(value["pass_percent"], 100) / 100
    expected = (1 - (1 - chance) ** inputs.sittings) / chance
    outlay, start, gain = month_of(inputs, value, expected)
    month = start + outlay / gain if gain > 0 else math.inf
    return month if month <= horizon else math.inf


def _finite(one: Swing) -> list[float]:
    return [month for month in (one.at_low, one.at_high) if month < math.inf]


def _width(one: Swing, horizon: float) -> float:
    """ "Never" counts as a little later than the horizon, so that it is wider than every swing before it."""
    low, high = (min(month, horizon * 1.01) for month in (one.at_low, one.at_high))
    return abs(high - low)


def _between(low: float, high: float, share: Any) -> Any:
    return low + (high - low) * share


def _at_least_zero(value: Any) -> Any:
    return value * (value > 0)
