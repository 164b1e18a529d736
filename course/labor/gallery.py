"""Named plots with fixed periods, for questions that ask to read a chart (``plot: ladder-2025`` in an item).

To add one, write a function that returns a Drawing, here or in a module of ``MORE``, and give it a name:

    @plot("median-by-state-2023")
    def median_by_state_2023() -> Drawing:
        frame = labor.table("wages_states").query(f"soc_code == '{SPECIALISTS}' and year == 2023")
        return draw("tile-map", frame, value="annual_median_wage_usd", unit="dollars a year", decimals=0,
                    title="Median annual wage of medical records specialists by state", source="BLS OEWS, May 2023")

The title must not tell what the question asks, and the period is written into the function: next year's table must not
change a question. Then draw its baseline (``python -m tests.labor.baselines NAME``) and look at it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from course.labor.measures import per_1000
from course.labor.plots import draw
from course.labor.plots.frames import nearest
from course.labor.prices import real
from course.labor.tables import SPECIALISTS, remembered, table

if TYPE_CHECKING:
    import pandas as pd

    from course.labor.drawing import Drawing

#: Modules with further plots, which import :func:`plot` from here.
MORE = ("course.labor.gallery_employment", "course.labor.gallery_wages")
PLOTS: dict[str, Callable[[], Drawing]] = {}
OEWS = "U.S. Bureau of Labor Statistics (BLS), Occupational Employment and Wage Statistics (OEWS)"


def plot(name: str) -> Callable[[Callable[[], Drawing]], Callable[[], Drawing]]:
    """Put a function into the gallery."""

    def named(function: Callable[[], Drawing]) -> Callable[[], Drawing]:
        PLOTS[name] = function
        return function

    return named


def names() -> list[str]:
    """Names of all plots."""
    for module in MORE:
        importlib.import_module(module)
    return sorted(PLOTS)


@remembered
def get(name: str) -> Drawing:
    """A plot by its name, drawn once. ValueError (with the nearest names) when there is none."""
    if name not in names():
        raise ValueError(f"there is no plot called {str(name)[:40]!r}{nearest(name, names())}")
    return PLOTS[name]()


def short_names() -> pd.DataFrame:
    """SOC code and the short name of an occupation, with a capital."""
    frame = table("occupations").filter(["soc_code", "short_name"])
    return frame.assign(occupation=frame["short_name"].str[:1].str.upper() + frame["short_name"].str[1:])


def national(year: int) -> pd.DataFrame:
    """Wages and employment of one May with the short names of the occupations, the highest median first."""
    return (
        table("wages_national")
        .query(f"year == {year}")
        .merge(short_names(), on="soc_code", validate="many_to_one")
        .sort_values("annual_median_wage_usd", ascending=False)
    )


def states_2023() -> pd.DataFrame:
    """Specialists in the states, May 2023, with their number per 1,000 jobs."""
    frame = table("wages_states").query(f"soc_code == '{SPECIALISTS}' and year == 2023")
    return frame.assign(per_1000_jobs=per_1000(frame["employment_jobs"], frame["state_total_employment_jobs"]))


@plot("ladder-2025")
def ladder_2025() -> Drawing:
    """Specialists and the occupations around them."""
    around = [SPECIALISTS, "43-3021", "31-9092", "29-9021", "29-2061", "00-0000"]
    return draw(
        "ladder",
        national(2025).query(f"soc_code in {around}"),
        label="occupation",
        mark="Medical records specialists",
        title="Annual wages of five occupations and of all jobs",
        source=f"{OEWS}, May 2025.",
    )


@plot("median-by-state-2023")
def median_by_state_2023() -> Drawing:
    """The median wage of specialists in each state."""
    return draw(
        "tile-map",
        states_2023(),
        value="annual_median_wage_usd",
        unit="dollars a year",
        decimals=0,
        title="Median annual wage of medical records specialists by state",
        source=f"{OEWS}, May 2023.",
    )


@plot("jobs-per-1000-2023")
def jobs_per_1000_2023() -> Drawing:
    """How common specialists are in each state."""
    return draw(
        "tile-map",
        states_2023(),
        value="per_1000_jobs",
        unit="medical records specialists per 1,000 jobs",
        decimals=2,
        title="Medical records specialists per 1,000 jobs, by state",
        source=f"{OEWS}, May 2023; computed from the jobs of each state.",
    )


@plot("real-and-nominal-2021-2025")
def real_and_nominal() -> Drawing:
    """The median of specialists as paid, and in the dollars of one year."""
    import pandas as pd

    wages = table("wages_national").query(f"soc_code == '{SPECIALISTS}'").set_index("year")["annual_median_wage_usd"]
    first, last = float(wages[2021]), float(wages[2025])
    rows = [("As paid", first, last), ("In dollars of May 2025", real(first, 2021, 2025), last)]
    return draw(
        "slope",
        pd.DataFrame(rows, columns=["measure", "may_2021", "may_2025"]),
        label="measure",
        start="may_2021",
        end="may_2025",
        names=("May 2021", "May 2025"),
        unit="dollars a year",
        title="Median wage of medical records specialists, May 2021 and May 2025",
        source=f"{OEWS}, May 2021 and May 2025; BLS consumer price index (CPI-U) of both months.",
    )


@plot("series-break")
def series_break() -> Drawing:
    """Three codes in a row that do not count the same people."""
    called = {  # in this order each code has the color and the marks that it has among the projections
        "29-2072": "29-2072 Medical records specialists",
        "29-2071": "29-2071 Records technicians",
        "29-2098": "29-2098 Wider group of technicians",
    }
    frame = table("wages_national").query(f"soc_code in {list(called)} and 2018 <= year <= 2025")
    frame = frame.assign(series=frame["soc_code"].map(called), place=frame["soc_code"].map(list(called).index))
    return draw(
        "lines",
        frame.sort_values(["place", "year"]),
        y="employment_jobs",
        series="series",
        unit="jobs",
        zero=True,
        title="Jobs under the occupation code that includes medical coders",
        source=f"{OEWS}, May 2018 to May 2025.",
    )
