"""How many earn less than an amount, when only five percentiles are published.

BLS publishes the 10th, 25th, 50th, 75th and 90th percentile of a wage, not its distribution. Of an amount between two
of them one thing is certain: the share below it lies between their ranks. A straight line between the two points gives
an estimate; how far such a line is off can be measured where the truth is known (:func:`left_out`): leave the median
out, draw the line from the 25th to the 75th percentile, and see what share it puts below the median.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

#: Rank in percent -> name of its column (annual wage in US dollars).
PERCENTILES = {
    10: "annual_p10_wage_usd",
    25: "annual_p25_wage_usd",
    50: "annual_median_wage_usd",
    75: "annual_p75_wage_usd",
    90: "annual_p90_wage_usd",
}


def per_1000(jobs: Any, all_jobs: Any) -> Any:
    """Jobs of an occupation in a thousand jobs of a place; numbers or columns of a table."""
    return 1000 * jobs / all_jobs


class Share(NamedTuple):
    """A share in percent: the estimate, and the two ends between which it lies for certain."""

    percent: float
    at_least: float
    at_most: float


def points(row: Mapping[str, Any] | Any) -> list[tuple[float, float]]:
    """(wage in USD, rank in percent) of the percentiles that are published, from a row with the five columns.

    ValueError when fewer than two are published, or when they do not rise.
    """
    found = []
    for rank, column in PERCENTILES.items():
        value = row[column]
        if value is not None and not math.isnan(float(value)):
            found.append((float(value), float(rank)))
    if len(found) < 2:
        raise ValueError("fewer than two percentiles are published for this row")
    if any(low[0] > high[0] for low, high in zip(found, found[1:], strict=False)):
        raise ValueError("the percentiles of this row do not rise")
    return found


def share_below(row: Mapping[str, Any] | Any, usd: float) -> Share:
    """Share of jobs that pay less than `usd` a year: a line between the two percentiles around it.

    Beyond the outermost published percentile there is nothing to draw a line to: the estimate is NaN there and only
    the ends are told. ValueError as in :func:`points`.
    """
    known = points(row)
    below = [rank for wage, rank in known if wage <= usd]
    above = [rank for wage, rank in known if wage >= usd]
    low, high = max(below, default=0.0), min(above, default=100.0)
    if low > high:  # two percentiles share this wage
        low, high = high, low
    if not below or not above:
        return Share(math.nan, low, high)
    left = max((point for point in known if point[0] <= usd), key=lambda point: point[1])
    right = min((point for point in known if point[0] >= usd), key=lambda point: point[1])
    if right[0] <= left[0]:
        return Share(left[1], low, high)
    return Share(left[1] + (right[1] - left[1]) * (usd - left[0]) / (right[0] - left[0]), low, high)


def share_between(row: Mapping[str, Any] | Any, low_usd: float, high_usd: float) -> Share:
    """Share of jobs that pay from `low_usd` to less than `high_usd`. ValueError as in :func:`points`, and when the
    amounts are the wrong way round."""
    if low_usd > high_usd:
        raise ValueError(f"{low_usd:,.0f} is more than {high_usd:,.0f}")
    low, high = share_below(row, low_usd), share_below(row, high_usd)
    return Share(
        high.percent - low.percent, max(0.0, high.at_least - low.at_most), max(0.0, high.at_most - low.at_least)
    )


def left_out(row: Mapping[str, Any] | Any) -> float:
    """The share (percent) that a line from the 25th to the 75th percentile puts below the true median: 50 where the
    line is right, and the error of the method on a gap twice as wide as those it is used on."""
    wages = {rank: float(row[column]) for rank, column in PERCENTILES.items()}
    return 25 + 50 * (wages[50] - wages[25]) / (wages[75] - wages[25])
