"""The claim "8 percent growth 2022 to 2032": each figure that bears on it follows from the tables."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from course import labor

CLAIM = "growth_8_percent_2022_32"
ALL = "00-0000"
TECHNOLOGISTS = "29-9021"
WIDER = "29-2098"


def edition(period: str, code: str) -> dict[str, float]:
    """Base and target (thousand jobs), openings a year (thousand) of an occupation in one edition."""
    row = labor.table("projections").query("projection_period == @period and soc_code == @code").iloc[0]
    columns = ("base_employment_thousand_jobs", "projected_employment_thousand_jobs")
    base, target = (float(row[column]) for column in columns)
    return {"base": base, "target": target, "openings": float(row["openings_annual_average_thousand_jobs"])}


def growth(period: str, *codes: str) -> float:
    """Growth in percent of occupations taken together, from their bases and targets."""
    rows = [edition(period, code) for code in codes]
    return (sum(row["target"] for row in rows) / sum(row["base"] for row in rows) - 1) * 100


def handbook(period: str, code: str) -> float:
    """Growth in percent as the Handbook of an edition prints it, for the code it is about."""
    row = labor.table("handbook").query("edition == @period and soc_code == @code").iloc[0]
    return float(row["job_outlook_percent"])


def release() -> float:
    """Growth of all jobs from the two totals of the news release, in millions with one decimal."""
    row = edition("2022-32", ALL)
    return (round(row["target"] / 1000, 1) / round(row["base"] / 1000, 1) - 1) * 100


CODERS = labor.SPECIALISTS
#: (words of the figure, period) -> the same figure computed from the tables.
COMPUTED: dict[tuple[str, str], Callable[[], float]] = {
    ("Projected employment change, Medical Records", "2021-31"): lambda: growth("2021-31", CODERS),
    ("Projected employment change, all", "2021-31"): lambda: growth("2021-31", ALL),
    ("Projected employment change, Medical Records", "2022-32"): lambda: growth("2022-32", CODERS),
    ("Projected employment change, all", "2022-32"): lambda: growth("2022-32", ALL),
    ("Projected employment change, Medical Records", "2024-34"): lambda: growth("2024-34", CODERS),
    ("Projected employment change, all", "2024-34"): lambda: growth("2024-34", ALL),
    ("All-occupation employment", "2022-32"): release,
    ("Base employment", "2022"): lambda: edition("2022-32", CODERS)["base"],
    ("Projected employment 29-2072", "2032"): lambda: edition("2022-32", CODERS)["target"],
    ("Annual average openings", "2022-32"): lambda: edition("2022-32", CODERS)["openings"],
    ("29-2072 and 29-9021", "2022-32"): lambda: growth("2022-32", CODERS, TECHNOLOGISTS),
    ("OOH title", "2019-29"): lambda: handbook("2019-29", WIDER),
    ("Projected employment change quoted", "2023-33"): lambda: handbook("2023-33", CODERS),
}
ROWS = labor.table("claims").query("claim_id == @CLAIM").to_dict("records")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['figure'][:40]} {row['reference_period']}")
def test_the_figure_follows_from_the_tables(row: dict):
    found = [
        compute
        for (words, period), compute in COMPUTED.items()
        if row["figure"].startswith(words) and str(row["reference_period"]) == period
    ]
    assert len(found) == 1, "no way, or two ways, to compute this figure"
    assert found[0]() == pytest.approx(row["value"], abs=0.0501)


def test_each_computed_figure_has_its_row():
    assert len(ROWS) == len(COMPUTED)


def test_the_title_of_the_claim_is_that_of_another_edition():
    titles = labor.table("handbook").set_index("edition")["occupation_title"]
    named = titles[titles == "Medical Records and Health Information Specialists"]
    assert list(named.index) == ["2019-29"] and titles["2024-34"] == "Medical Records Specialists"


def test_what_employment_did_since_then():
    """May 2022 to May 2025: up 3.7 percent, a little less than two standard errors of the difference; all jobs rose
    by more. The lesson says no more than this."""
    table = labor.table("wages_national").query("soc_code == @CODERS and year in (2022, 2025)").set_index("year")
    jobs = table["employment_jobs"]
    errors = jobs * table["employment_rse_percent"] / 100
    every = labor.table("wages_national").query("soc_code == @ALL").set_index("year")["employment_jobs"]
    assert round((jobs[2025] / jobs[2022] - 1) * 100, 1) == 3.7
    assert 1.9 < (jobs[2025] - jobs[2022]) / math.hypot(errors[2022], errors[2025]) < 2.0
    assert round((every[2025] / every[2022] - 1) * 100, 1) == 5.1
