"""The sum of the career calculator, without words: ranges in, months out.

One run takes one value out of each range, every value as likely as any other (uniform), each range for itself. With
the day the studying begins as month 0:

    sittings  k = the first sitting that is passed; more than ``sittings`` failed: the run never pays back
    job         found with a chance of its own; not found: the run never pays back
    start       = study hours / hours a week / (52/12) + wait for a seat + (k - 1) x wait between sittings + job search
    outlay      = training + books + membership + exam fee + further sittings x their fee + study hours x their value
    gain        = (first wage - present wage) x hours of work / 40 x (1 - tax) / 12
                  - (membership + renewal + education) / 12
    month       = start + outlay / gain; never, when the gain is 0 or less

The outlay holds the first year of membership, and the gain pays for it again from the first day of work on: some months
count twice, on the careful side. A ledger of the days on which membership, renewal and education fall due brings the
middle of the runs a third of a month forward, the slowest quarter one month (the tests keep such a ledger).

The same random numbers serve every question (common random numbers), so that of two sets of assumptions the worse one
is worse in every single run, and the answer does not flicker. They come from a seed and are the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
    *("hour_value_usd", "tax_percent", "find_percent"),
)
#: Ranges of which more is better for the learner.
GOOD = frozenset({"pass_percent", "first_wage_usd", "find_percent"})
#: Why a run never pays back.
NO_GAIN, NOT_PASSED, NO_JOB, TOO_SLOW = "no gain", "not passed", "no job", "too slow"
#: The key of the present wage among the swings, and how far it is moved: a wage that was assumed may be another.
PRESENT, SHIFT = "present_wage_usd", 0.1


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
    """One assumption at its two ends, ``low`` and ``high``: month of payback there (infinite: not within the horizon),
    or runs of 100 that never pay back."""

    key: str
    at_low: float
    at_high: float
    low: float
    high: float


@cache
def _numbers() -> np.ndarray:
    """A row of random numbers from 0 up to 1 for each range, one for finding a job, and one for the sittings."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(SEED)).random((len(RANGES) + 2, RUNS))


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
    more = (value["first_wage_usd"] - inputs.present_wage_usd) * inputs.work_hours / FULL_TIME
    gain = (more * (1 - value["tax_percent"] / 100) - upkeep) / 12
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
    left = np.ones(RUNS, dtype=bool)
    share = {}
    for why, which in (
        (NO_GAIN, gain <= 0),
        (NOT_PASSED, needed > inputs.sittings),
        (NO_JOB, _numbers()[-2] * 100 >= value["find_percent"]),
        (TOO_SLOW, months > horizon),
    ):
        share[why] = float((left & which).mean() * 100)
        left &= ~which
    return Outcome(np.where(left, months, np.inf), outlay, share)


def extreme(inputs: Inputs, *, best: bool) -> tuple[float, float, float, float]:
    """(outlay, first month of work, gain a month, month of payback) with every assumption at its better, or worse, end.

    At the worse end every sitting that was planned is needed, the last one is passed, and a job is found.
    """
    value = {key: inputs.ranges[key][(key in GOOD) == best] for key in RANGES}
    sittings = 1 if best or inputs.ranges["pass_percent"][0] >= 100 else inputs.sittings
    outlay, start, gain = (float(one) for one in month_of(inputs, value, sittings))
    return outlay, start, gain, start + outlay / gain if gain > 0 else math.inf


def swings(inputs: Inputs, *, present: bool = False) -> list[Swing]:
    """How far each assumption alone moves the month, the widest first; only those that have a range and move it.

    The others stand in the middle of their ranges; for sittings that is the number to be expected, a fraction.
    ``present``: the present wage was assumed too, and is tried a little lower and higher. Where that middle never pays
    back, no month tells anything: see :func:`shares`.
    """
    middle = _middle(inputs)
    horizon = inputs.horizon_years * 12
    found = _swings(inputs, present, lambda case, end: _central(case, {**middle, **end}, horizon))
    found = [one for one in found if one.at_low != one.at_high]
    return sorted(found, key=lambda one: (-_width(one, horizon), -max(_finite(one), default=0)))


def shares(inputs: Inputs, *, present: bool = False) -> list[Swing]:
    """How far each assumption alone moves the runs of 100 that never pay back, the others drawn as ever."""
    value = _drawn(inputs)
    needed = _sitting_passed(value["pass_percent"])

    def never(case: Inputs, end: Mapping[str, float]) -> float:
        sitting = _sitting_passed(end["pass_percent"]) if "pass_percent" in end else needed
        return sum(_outcome(case, {**value, **end}, sitting).reasons.values())

    found = _swings(inputs, present, never)
    return sorted((one for one in found if one.at_low != one.at_high), key=lambda one: -abs(one.at_high - one.at_low))


def _swings(inputs: Inputs, present: bool, result: Callable[[Inputs, Mapping[str, float]], float]) -> list[Swing]:
    """What comes out at both ends of each range; ``result`` takes the inputs, and the value that is changed."""
    found = [
        Swing(key, result(inputs, {key: low}), result(inputs, {key: high}), low, high)
        for key, (low, high) in inputs.ranges.items()
        if low < high
    ]
    if present:
        ends = [round(inputs.present_wage_usd * (1 + part), -1) for part in (-SHIFT, SHIFT)]
        first, last = (result(replace(inputs, present_wage_usd=end), {}) for end in ends)
        found.append(Swing(PRESENT, first, last, *ends))
    return found


def _middle(inputs: Inputs) -> dict[str, float]:
    return {key: sum(ends) / 2 for key, ends in inputs.ranges.items()}


def central(inputs: Inputs) -> float:
    """The month with every assumption in the middle of its range; infinite beyond the horizon."""
    return _central(inputs, _middle(inputs), inputs.horizon_years * 12)


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
