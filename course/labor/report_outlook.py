"""The nation's projections, how earlier ones fared, and the two claims of brochures: figures for a career sheet."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from course.labor.measures import Share, share_below, share_between
from course.labor.report_facts import ALL_JOBS, national, of_state
from course.labor.report_places import NATION, Place
from course.labor.tables import SPECIALISTS, remembered, table


class Outlook(NamedTuple):
    """One edition of the projections, jobs in single jobs."""

    period: str
    base: float
    target: float
    percent: float
    percent_all: float
    new_a_year: float
    openings: float
    leavers: float


class Earlier(NamedTuple):
    """What an edition expected over ten years, and what the survey counted since, in percent."""

    period: str
    expected: float
    start: int
    end: int
    counted: float
    straight: float


class Claim(NamedTuple):
    """Shares of the jobs of one place and May below, between and above the two amounts of the claim."""

    place: Place
    year: int
    below: Share
    between: Share
    above: Share


@remembered
def outlook() -> Outlook:
    """The newest edition of the projections that names the occupation."""
    rows = table("projections").query("soc_code == @SPECIALISTS").sort_values("base_year")
    one = rows.iloc[-1]
    period = str(one["projection_period"])
    every = table("projections").query("soc_code == @ALL_JOBS and projection_period == @period").iloc[0]
    parts = table("openings").query("soc_code == @SPECIALISTS and projection_period == @period")
    years = int(one["target_year"]) - int(one["base_year"])
    return Outlook(
        period,
        float(one["base_employment_thousand_jobs"]) * 1000,
        float(one["projected_employment_thousand_jobs"]) * 1000,
        float(one["employment_change_percent"]),
        float(every["employment_change_percent"]),
        float(one["employment_change_thousand_jobs"]) * 1000 / years,
        float(one["openings_annual_average_thousand_jobs"]) * 1000,
        math.nan if parts.empty else float(parts.iloc[0]["separations_thousand_jobs"]) * 1000,
    )


@remembered
def earlier() -> list[Earlier]:
    """Editions before the newest that counted the same occupation, against the survey's counts since their base."""
    rows = table("projections").query("soc_code == @SPECIALISTS").sort_values("base_year")
    newest = national()
    assert newest is not None
    found = []
    for _, one in rows.iloc[:-1].iterrows():
        start, end = int(one["base_year"]), int(newest["year"])
        first = national(start)
        if first is None:
            continue
        counted = (float(newest["employment_jobs"]) / float(first["employment_jobs"]) - 1) * 100
        percent = float(one["employment_change_percent"])
        straight = percent * (end - start) / (int(one["target_year"]) - start)
        found.append(Earlier(str(one["projection_period"]), percent, start, end, counted, straight))
    return found


@remembered
def claimed() -> tuple[int, str, float, float]:
    """The two claims under test: growth in percent, its years ("2022-32"), and the two ends of the pay in dollars."""
    ids = table("claims")["claim_id"].unique()
    growth = next(re.search(r"growth_(\d+)_percent_(\d+)_(\d+)", one) for one in ids if one.startswith("growth"))
    pay = next(re.search(r"(\d+)_to_(\d+)_thousand", one) for one in ids if "thousand" in one)
    assert growth and pay
    return int(growth[1]), f"{growth[2]}-{growth[3]}", float(pay[1]) * 1000, float(pay[2]) * 1000


@remembered
def growth_of(period: str) -> tuple[float, float]:
    """Percent that an edition printed: for the occupation, and for all occupations."""
    rows = table("projections").query("projection_period == @period").set_index("soc_code")
    column = rows["employment_change_percent"]
    return float(column[SPECIALISTS]), float(column[ALL_JOBS])


@remembered
def pay_claim(place: Place) -> Claim | None:
    """The claim about pay, tried on a place; None where fewer than two percentiles are published."""
    row = national() if place == NATION else of_state(place)
    _, _, low, high = claimed()
    if row is None:
        return None
    try:
        below, top = share_below(row, low), share_below(row, high)
        between = share_between(row, low, high)
    except ValueError:
        return None
    above = Share(100 - top.percent, 100 - top.at_most, 100 - top.at_least)
    return Claim(place, int(row["year"]), below, between, above)
