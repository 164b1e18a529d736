"""Small fixed tables, and a plot of each kind made from them: no new figure of a publisher changes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from course.labor.drawing import Drawing
from course.labor.plots import draw
from course.labor.tables import table

T = {"title": "A title that asks?", "source": "Invented for a test, May 2025."}
NAMES = ["Medical records specialists", "Health information technologists and registrars", "Clerks", "Assistants"]

WAGES = pd.DataFrame(
    {
        "name": NAMES,
        "annual_p10_wage_usd": [37_000, 39_830, 37_290, 36_050],
        "annual_p25_wage_usd": [43_490, 48_940, 42_840, 38_470],
        "annual_median_wage_usd": [51_140, 68_020, 48_500, 45_690],
        "annual_p75_wage_usd": [64_820, 95_630, 58_290, 49_180],
        "annual_p90_wage_usd": [81_150, float("nan"), 67_710, 59_310],
        "adjusted_usd": [52_000, 61_500, 47_900, 45_700],
        "change_percent": [7.8, 12.4, -5.8, -25.6],
    }
)
YEARS = pd.DataFrame(
    {
        "year": [2018, 2019, 2020, *range(2021, 2026), *range(2021, 2026)],
        "series": ["old code", "wide code", "wide code", *["new code"] * 5, *["other"] * 5],
        "jobs": [208_650, 331_790, 318_010, 180_570, 187_720, 185_690, 187_910, 194_720, 150_000, 181_000, 190_000]
        + [192_000, 190_500],
    }
)
SHARES = pd.DataFrame(
    {
        "year": ["May 2022", "May 2025"],
        "low": [55.4, 46.3],
        "tiny": [0.9, 1.5],
        "middle": [28.3, 31.9],
        "high": [15.4, 20.3],
    }
)
EDITIONS = pd.DataFrame(
    {
        "projection_period": ["2014-24", "2019-29", "2022-32", "2024-34"],
        "soc_code": ["29-2071", "29-2098", "29-2072", "29-2072"],
        "base_year": [2014, 2019, 2022, 2024],
        "target_year": [2024, 2029, 2032, 2034],
        "base_employment_thousand_jobs": [188.6, 341.6, 194.3, 194.8],
        "projected_employment_thousand_jobs": [217.6, 370.6, 210.9, 208.6],
    }
)
COUNTED = pd.DataFrame(
    {
        "year": [2018, 2019, 2021, 2023, 2025],
        "soc_code": ["29-2071", "29-2098", "29-2072", "29-2072", "29-2072"],
        "employment_jobs": [208_650, 331_790, 180_570, 185_690, 194_720],
    }
)


def states() -> pd.DataFrame:
    """A number for each state but one, with some far apart."""
    frame = table("states").filter(["state_abbr"]).query("state_abbr != 'WY'")
    return frame.assign(value=[round(0.4 + 0.03 * n + (2 if n == 49 else 0), 2) for n in range(len(frame))])


def sample(kind: str, frame: Any, **options: Any) -> Callable[[], Drawing]:
    """A plot to be drawn later; `frame` may be a function."""
    return partial(_drawn, kind, frame, options)


def _drawn(kind: str, frame: Any, options: dict[str, Any]) -> Drawing:
    return draw(kind, frame() if callable(frame) else frame, **{**T, **options})


#: Name of the picture -> how it is drawn; the first word is the kind.
SAMPLES: dict[str, Callable[[], Drawing]] = {
    "dots": sample("dots", WAGES, label="name", value="annual_median_wage_usd", unit="dollars a year", mark="Clerks"),
    "dots pairs": sample(
        *("dots", WAGES),
        **{"label": "name", "value": "annual_median_wage_usd", "other": "adjusted_usd", "unit": "dollars a year"},
        names=("as paid", "at the prices of the nation"),
    ),
    "dots range": sample(
        *("dots", WAGES),
        **{"label": "name", "value": "annual_median_wage_usd", "low": "annual_p25_wage_usd", "unit": "dollars a year"},
        high="annual_p75_wage_usd",
    ),
    "ladder": sample("ladder", WAGES, label="name", band=(50_000, 70_000), mark=NAMES[:1]),
    "lines": sample("lines", YEARS, y="jobs", series="series", unit="jobs", zero=True),
    "lines marked": sample("lines", YEARS, y="jobs", series="series", unit="jobs", mark="new code"),
    "slope": sample(
        *("slope", WAGES),
        **{"label": "name", "start": "annual_p25_wage_usd", "end": "annual_median_wage_usd", "unit": "dollars a year"},
        names=("25th", "median"),
    ),
    "fan": sample("fan", EDITIONS, actual=COUNTED),
    "tile-map": sample("tile-map", states, value="value", unit="jobs per 1,000 jobs", decimals=2, mark=["OH"]),
    "tile-map diverging": sample("tile-map", states, value="value", unit="ratio", decimals=1, diverging=1.2),
    "shares": sample("shares", SHARES, label="year", parts=["low", "tiny", "middle", "high"]),
    "bars": sample("bars", WAGES, label="name", value="change_percent", unit="percent", mark="Clerks"),
}
