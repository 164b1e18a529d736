"""Named plots about employment (see :mod:`course.labor.gallery`): counts, sectors, projections, openings, neighbors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.labor.gallery import OEWS, national, plot, short_names
from course.labor.plots import draw
from course.labor.tables import SPECIALISTS, table

if TYPE_CHECKING:
    import pandas as pd

    from course.labor.drawing import Drawing

EP = "BLS Employment Projections"
#: Codes that held the coders, one after the other.
GROUPS = ("29-2071", "29-2098", SPECIALISTS)
#: Editions whose tables were at hand when the questions were written.
EDITIONS = ("2014-24", "2016-26", "2018-28", "2019-29", "2020-30", "2021-31", "2022-32", "2024-34")
BASE = "base_employment_thousand_jobs"
GROWTH = "employment_change_percent"


@plot("specialists-by-may")
def specialists_by_may() -> Drawing:
    """Estimates of five Mays, each with a range of two standard errors."""
    frame = table("wages_national").query("soc_code == @SPECIALISTS and year <= 2025")
    jobs = frame["employment_jobs"]
    error = jobs * frame["employment_rse_percent"] / 100
    return draw(
        "dots",
        frame.assign(may="May " + frame["year"].astype("str"), low=jobs - 2 * error, high=jobs + 2 * error),
        label="may",
        value="employment_jobs",
        low="low",
        high="high",
        unit="jobs",
        sort=False,
        title="Jobs of medical records specialists, estimate and range",
        source=f"{OEWS}, May 2021 to May 2025; range: two standard errors to each side.",
    )


@plot("specialists-by-sector")
def specialists_by_sector() -> Drawing:
    """Who employs the specialists, sectors with one percent of them or more."""
    called = {
        "51": "Information",
        "52": "Finance and insurance",
        "54": "Professional, scientific and technical services",
        "55": "Management of companies",
        "56": "Administrative support, waste services",
        "61": "Educational services",
        "62": "Health care and social assistance",
        "99": "Government",
    }
    everywhere = table("wages_national").query("soc_code == @SPECIALISTS and year == 2024")["employment_jobs"].iloc[0]
    sectors = table("industries").query("soc_code == @SPECIALISTS and year == 2024 and naics_code in @called.keys()")
    return draw(
        "bars",
        sectors.assign(sector=sectors["naics_code"].map(called), percent=100 * sectors["employment_jobs"] / everywhere),
        label="sector",
        value="percent",
        unit="percent of all medical records specialists",
        decimals=1,
        title="Medical records specialists by the sector of their employer",
        source=f"{OEWS}, May 2024; shares computed. Sectors with one percent or more. Schools and hospitals of a "
        "state or a city stand with the other schools and hospitals, not under government.",
    )


@plot("projections-and-outcome")
def projections_and_outcome() -> Drawing:
    """Eight editions of the projections, and what the survey estimated."""
    frame = table("projections").query("soc_code in @GROUPS and projection_period in @EDITIONS")
    return draw(
        "fan",
        frame,
        actual=table("wages_national").query("soc_code in @GROUPS and year <= 2025"),
        title="Projections of the group that held the coders, and estimates of the survey",
        source=f"{EP}, editions 2014-24 to 2024-34; {OEWS}, May 2018 to May 2025.",
    )


@plot("decade-2014-24")
def decade_2014_24() -> Drawing:
    """Growth expected for 2014 to 2024 beside the change between the bases of two editions. A base is an estimate, and
    methods changed between the two: the later dot does not say "happened"."""
    old, new = (table("projections").query("projection_period == @period") for period in ("2014-24", "2024-34"))
    frame = old.merge(new[["soc_code", BASE]], on="soc_code", suffixes=("", "_new"), validate="one_to_one")
    frame = frame.merge(short_names(), on="soc_code", validate="one_to_one")
    return draw(
        "dots",
        frame.assign(later=100 * (frame[f"{BASE}_new"] / frame[BASE] - 1)),
        label="occupation",
        value=GROWTH,
        other="later",
        names=("expected", "estimated later"),
        unit="percent, 2014 to 2024",
        decimals=1,
        title="Growth from 2014 to 2024, expected and estimated later",
        source=f"{EP}, editions 2014-24 and 2024-34; change between the two bases computed. Two bases are not a time "
        "series: classification and method changed between them.",
    )


def coders_and_all() -> pd.DataFrame:
    """Growth of the group that held the coders and of all jobs, one row for each edition."""
    frame = table("projections").query("projection_period in @EDITIONS")
    coders = frame.query("soc_code in @GROUPS")
    every = frame.query("soc_code == '00-0000'").set_index("projection_period")[GROWTH]
    return coders.assign(
        all_jobs=coders["projection_period"].map(every),
        edition=coders["projection_period"] + ", " + coders["soc_code"],
    )


@plot("editions")
def editions() -> Drawing:
    """The group of the coders beside all jobs, edition by edition."""
    return draw(
        "dots",
        coders_and_all(),
        label="edition",
        value="all_jobs",
        other=GROWTH,
        names=("all jobs", "coders' group"),
        unit="percent in ten years",
        decimals=1,
        sort=False,
        title="Projected growth of the group that held the coders, and of all jobs",
        source=f"{EP}, editions 2014-24 to 2024-34. The code of the group stands beside the edition. All jobs: in four "
        "editions the sum of their lines.",
    )


@plot("openings")
def openings() -> Drawing:
    """Why places open: two kinds of departure and growth, occupations that are to grow."""
    frame = table("openings").query("projection_period == '2024-34'")
    frame = frame.merge(short_names(), on="soc_code", validate="one_to_one")
    whole = frame["openings_annual_average_thousand_jobs"]
    frame = frame.assign(
        leave=100 * frame["labor_force_exits_thousand_jobs"] / whole,
        change=100 * frame["occupational_transfers_thousand_jobs"] / whole,
    )
    frame = frame.assign(growth=100 - frame["leave"] - frame["change"])
    return draw(
        "shares",
        frame.query("growth > 0"),
        label="occupation",
        parts=["leave", "change", "growth"],
        names=["leave the labor force", "change occupation", "growth"],
        title="Projected openings by what makes them",
        source=f"{EP} 2024-34, table 1.10; shares computed and rounded. Billing clerks and transcriptionists are left "
        "out, because they are not expected to grow.",
    )


@plot("neighbors-change")
def neighbors_change() -> Drawing:
    """Change of jobs from May 2021 to May 2025 of specialists, their neighbors and all jobs."""
    before = national(2021).set_index("soc_code")["employment_jobs"]
    now = national(2025).query("soc_code in @before.index")
    return draw(
        "bars",
        now.assign(percent=100 * (now["employment_jobs"] / now["soc_code"].map(before) - 1)),
        label="occupation",
        value="percent",
        unit="percent, May 2021 to May 2025",
        decimals=1,
        mark="Medical records specialists",
        title="Change of the estimated number of jobs, May 2021 to May 2025",
        source=f"{OEWS}, May 2021 and May 2025; change computed.",
    )
