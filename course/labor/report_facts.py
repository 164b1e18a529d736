"""The figures of a career sheet: everything that is computed, and nothing of how it looks. NaN: not published."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from course.labor import measures, prices
from course.labor.measures import PERCENTILES
from course.labor.report_places import NATION, Place
from course.labor.tables import SPECIALISTS, remembered, table

if TYPE_CHECKING:
    import pandas as pd

ALL_JOBS = "00-0000"


class Ladder(NamedTuple):
    """Five percentiles (rank in percent -> US dollars a year) of one place, time and kind of dollars."""

    label: str
    wages: dict[int, float]


class Rank(NamedTuple):
    """A value and its place among those published, the highest first."""

    value: float
    place: float
    of: int


class Jobs(NamedTuple):
    """How many jobs there are, told in four ways. `quotient`: share of the place's jobs / share of the nation's."""

    year: int
    number: Rank
    per_1000: Rank
    nation_per_1000: float
    quotient: float
    share_of_nation: float


@remembered
def national(year: int | None = None, soc: str = SPECIALISTS) -> pd.Series | None:
    """The row of the nation (default: of the newest May), or None."""
    rows = table("wages_national").query("soc_code == @soc").sort_values("year")
    rows = rows if year is None else rows.query("year == @year")
    return None if rows.empty else rows.iloc[-1]


@remembered
def of_state(place: Place) -> pd.Series | None:
    """The newest row of a state with a median, or with the mean alone when no year has a median; None without any."""
    rows = table("wages_states").query("soc_code == @SPECIALISTS and state_abbr == @place.abbr").sort_values("year")
    whole = rows.dropna(subset=["annual_median_wage_usd"])
    rows = rows if whole.empty else whole
    return None if rows.empty else rows.iloc[-1]


def wages(row: pd.Series | None) -> dict[int, float]:
    """Rank in percent -> US dollars a year; NaN where it is not published."""
    return {rank: math.nan if row is None else float(row[column]) for rank, column in PERCENTILES.items()}


def ladders(place: Place) -> list[Ladder]:
    """The wages that the sheet shows side by side, those it is about first."""
    newest = national()
    assert newest is not None
    end = int(newest["year"])
    last = Ladder(f"{NATION.name}, May {end}", wages(newest))
    if place == NATION:
        start = int(table("wages_national").query("soc_code == @SPECIALISTS")["year"].min())
        first = wages(national(start))
        then = Ladder(f"{NATION.name}, May {start}", first)
        return [last, Ladder(f"May {start} in dollars of May {end}", _each(first, lambda x: now(x, start, end))), then]
    row = of_state(place)
    if row is None:
        return [last]
    year, own = int(row["year"]), wages(row)
    return [
        Ladder(f"{place.name}, May {year}", own),
        Ladder(f"{NATION.name}, May {year}", wages(national(year))),
        Ladder(f"{place.name} at average US prices", _each(own, lambda x: at_us_prices(x, place, year))),
        Ladder(f"{place.name} in dollars of May {end}", _each(own, lambda x: now(x, year, end))),
        last,
    ]


def in_dollars_of(place: Place, year: int) -> dict[int, float]:
    """The newest percentiles of a place in dollars of the May of `year`, as a wage of today is."""
    row = national() if place == NATION else of_state(place)
    then = year if row is None else int(row["year"])
    own = wages(row)
    return own if then == year else _each(own, lambda usd: now(usd, then, year))


def _each(own: dict[int, float], change: Any) -> dict[int, float]:
    """Changed dollars, rounded to 10 as the published ones are."""
    return {rank: float(round(change(usd), -1)) if usd == usd else usd for rank, usd in own.items()}


def now(usd: float, year: int, to_year: int) -> float:
    """Dollars of one May in those of another; NaN when the price index is not at hand."""
    try:
        return prices.real(usd, year, to_year)
    except KeyError:
        return math.nan


def parity_year(year: int) -> int:
    """The year of the price parities for wages of `year`: the same where there is one, else the newest."""
    return min(year, prices.latest_parity_year())


def at_us_prices(usd: float, place: Place, year: int) -> float:
    """What the wage buys, in dollars at average US prices; NaN for a place without a price parity."""
    try:
        return prices.at_national_prices(usd, place.abbr, parity_year(year))
    except KeyError:
        return math.nan


@remembered
def peers(year: int) -> pd.DataFrame:
    """The states and DC of one May: jobs, jobs per 1,000, median, and the median at average US prices."""
    rows = table("wages_states").query("soc_code == @SPECIALISTS and year == @year")
    return rows.assign(
        jobs=rows["employment_jobs"],
        per_1000=measures.per_1000(rows["employment_jobs"], rows["state_total_employment_jobs"]),
        median=rows["annual_median_wage_usd"],
        buys=[
            at_us_prices(usd, Place(abbr, ""), year)
            for abbr, usd in zip(rows["state_abbr"], rows["annual_median_wage_usd"], strict=True)
        ],
    ).set_index("state_abbr")


@remembered
def year_of_states() -> int:
    """The newest May with medians by state."""
    states = table("wages_states").query("soc_code == @SPECIALISTS").dropna(subset=["annual_median_wage_usd"])
    return int(states["year"].max())


def leaders(column: str, count: int = 3) -> list[tuple[str, float]]:
    """The states with the highest values of a column of :func:`peers`, in the newest May."""
    frame = peers(year_of_states()).nlargest(count, column)
    return [(str(name), float(value)) for name, value in zip(frame["state_name"], frame[column], strict=True)]


def rank(place: Place, frame: pd.DataFrame, column: str) -> Rank:
    """Where a place stands in a column among the values that are published."""
    known = frame[column].dropna()
    if place.abbr not in known.index:
        return Rank(math.nan, math.nan, len(known))
    value = float(known[place.abbr])
    return Rank(value, float((known > value).sum() + 1), len(known))


@remembered
def jobs(place: Place) -> Jobs | None:
    """How many jobs a place has; of the nation at its newest May. None without any row."""
    row = national() if place == NATION else of_state(place)
    if row is None:
        return None
    year = int(row["year"])
    us, us_all = national(year), national(year, ALL_JOBS)
    assert us is not None and us_all is not None
    us_jobs = float(us["employment_jobs"])
    per_1000 = measures.per_1000(us_jobs, float(us_all["employment_jobs"]))
    if place == NATION:
        return Jobs(year, Rank(us_jobs, math.nan, 0), Rank(per_1000, math.nan, 0), per_1000, 1.0, 100.0)
    frame = peers(year)
    number, density = rank(place, frame, "jobs"), rank(place, frame, "per_1000")
    return Jobs(year, number, density, per_1000, density.value / per_1000, number.value / us_jobs * 100)


@remembered
def industries() -> pd.DataFrame:
    """The industries with most of the nation's jobs, the largest first, from the newest Handbook."""
    rows = table("industries_handbook").query("soc_code == @SPECIALISTS")
    return rows.query("year == year.max()").sort_values("share_of_occupation_jobs_percent", ascending=False).head(4)
