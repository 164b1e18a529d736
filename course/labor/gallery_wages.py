"""Named plots about pay (see :mod:`course.labor.gallery`): percentiles, states, sectors, surveys, the claim
under test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.labor.gallery import OEWS, plot
from course.labor.measures import PERCENTILES, share_below
from course.labor.plots import draw
from course.labor.prices import at_national_prices, real
from course.labor.tables import SPECIALISTS, table  # noqa: F401 (queries name it)

if TYPE_CHECKING:
    import pandas as pd

    from course.labor.drawing import Drawing


def _frame(rows: Sequence[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    """A small table."""
    import pandas as pd

    return pd.DataFrame(rows, columns=columns)


@plot("real-change-by-percentile")
def real_change_by_percentile() -> Drawing:
    """How the percentiles of specialists changed from May 2021 to May 2025, prices taken out."""
    wages = table("wages_national").query("soc_code == @SPECIALISTS").set_index("year")
    called = {10: "10th percentile", 25: "25th percentile", 50: "Median", 75: "75th percentile", 90: "90th percentile"}
    rows = [
        (called[rank], 100 * (wages.loc[2025, column] / real(wages.loc[2021, column], 2021, 2025) - 1))
        for rank, column in PERCENTILES.items()
    ]
    return draw(
        "bars",
        _frame(rows, ["place", "change_percent"]),
        label="place",
        value="change_percent",
        unit="percent, after inflation",
        sort=False,
        title="Wages of medical records specialists, May 2021 to May 2025, after inflation",
        source=f"{OEWS}, May 2021 and May 2025; BLS CPI-U of each May.",
    )


@plot("state-prices-2023")
def state_prices_2023() -> Drawing:
    """Medians of some states as paid, and at the average prices of the nation."""
    shown = ["CA", "MA", "NH", "VA", "FL", "MN", "CT", "TX", "OH", "IA", "LA", "OK", "ND", "SD"]
    states = table("wages_states").query("soc_code == @SPECIALISTS and year == 2023")
    states = states[states["state_abbr"].isin(shown)]
    bought = [
        at_national_prices(wage, state, 2023)
        for wage, state in zip(states["annual_median_wage_usd"], states["state_abbr"], strict=True)
    ]
    return draw(
        "dots",
        states.assign(bought=bought),
        label="state_name",
        value="annual_median_wage_usd",
        other="bought",
        names=("as paid", "at the nation's prices"),
        unit="dollars a year",
        title="Median wage of medical records specialists in fourteen states",
        source=f"{OEWS}, May 2023; Bureau of Economic Analysis (BEA), regional price parities, 2023.",
    )


@plot("sector-ladder-2024")
def sector_ladder_2024() -> Drawing:
    """Wages of specialists in the sectors that have 5,000 of their jobs or more."""
    called = {
        "52": "Finance and insurance",
        "54": "Professional, scientific and technical services",
        "55": "Management of companies",
        "56": "Administrative and support services",
        "62": "Health care and social assistance",
        "99": "Government",
    }
    sectors = table("industries").query("soc_code == @SPECIALISTS and year == 2024 and naics_code in @called.keys()")
    return draw(
        "ladder",
        sectors.assign(sector=sectors["naics_code"].map(called)),
        label="sector",
        sort=True,
        title="Annual wages of medical records specialists in six sectors",
        source=f"{OEWS}, May 2024. Sectors with 5,000 of their jobs or more; government without its hospitals.",
    )


@plot("survey-certified")
def survey_certified() -> Drawing:
    """What members with and without a certificate reported, in the years that have both."""
    rows = table("surveys").query("dimension == 'certification status' and survey_year in [2019, 2021, 2022, 2025]")
    wide = rows.pivot(index="survey_year", columns="category", values="value").reset_index()
    second_hand = set(rows.loc[rows["how_read"] == "secondary source", "survey_year"])
    said = [f"{int(one)}{' (second hand)' if one in second_hand else ''}" for one in wide["survey_year"]]
    return draw(
        "dots",
        wide.assign(survey=said),
        label="survey",
        value="Not certified",
        other="Certified",
        names=("not certified", "certified"),
        unit="dollars a year, mean of those who answered",
        sort=False,
        title="What members of AAPC reported, with and without a certificate",
        source="AAPC salary surveys of members, 2019 to 2025. Where it says second hand, AAPC's own page was not seen.",
    )


@plot("survey-experience-2010")
def survey_experience_2010() -> Drawing:
    """Pay by experience and certificate in the survey of 2010."""
    rows = table("surveys").query("survey_year == 2010 and dimension == 'experience'")
    value = rows.set_index("category")["value"]
    years = {"1 year": "1 year of work", "more than 25 years": "more than 25 years"}
    return draw(
        "dots",
        _frame(
            [(said, value[f"Not certified, {one}"], value[f"Certified, {one}"]) for one, said in years.items()],
            ["work", "without", "certified"],
        ),
        label="work",
        value="without",
        other="certified",
        names=("not certified", "certified"),
        unit="dollars of 2010 a year, mean of those who answered",
        sort=False,
        title="Pay by experience in the AAPC survey of 2010",
        source="AAPC survey of members, 2010, read from a secondary source.",
    )


@plot("shares-50-to-70")
def shares_50_to_70() -> Drawing:
    """Shares of jobs below 50,000 dollars, up to 70,000 and above, by a line between percentiles."""
    rows = []
    for row in table("wages_national").query("soc_code == @SPECIALISTS and 2022 <= year <= 2025").to_dict("records"):
        below, above = share_below(row, 50_000).percent, 100 - share_below(row, 70_000).percent
        rows.append((f"May {row['year']}", below, 100 - below - above, above))
    return draw(
        "shares",
        _frame(rows, ["may", "below", "between", "above"]),
        label="may",
        parts=["below", "between", "above"],
        names=["below $50,000", "$50,000 to $70,000", "$70,000 and more"],
        decimals=1,
        title="Jobs of all medical records specialists, by annual wage",
        source=f"{OEWS}, May 2022 to May 2025; straight lines between the published percentiles.",
    )
