"""The rows of claims.csv on "$50,000 to $70,000+": each is computed anew from the tables of wages and surveys."""

from __future__ import annotations

import re
from typing import Any

import pytest

from course import labor

CLAIM = "certified_50_to_70_thousand"
RANKS = {"10th": 10, "25th": 25, "median": 50, "75th": 75, "90th": 90}
#: Words of a survey row of the claim -> (dimension, category) of surveys.csv.
SURVEYED = {
    "any AAPC credential": ("certification status", "Any AAPC credential"),
    "certified": ("certification status", "Certified"),
    "not certified": ("certification status", "Not certified"),
    "3 or more credentials": ("number of credentials", "3 or more credentials"),
}


def rows() -> list[dict[str, Any]]:
    return labor.table("claims").query("claim_id == @CLAIM", local_dict={"CLAIM": CLAIM}).to_dict("records")


def specialists(period: str) -> Any:
    wages = labor.table("wages_national").query("soc_code == @code", local_dict={"code": labor.SPECIALISTS})
    return wages.set_index("year").loc[int(period.removeprefix("May "))]


def computed(row: dict[str, Any]) -> float:
    """The value that stands in a row, from the tables. ValueError when nothing here knows how."""
    figure, period = row["figure"], str(row["reference_period"])
    if "annual wage" in figure:
        rank = next(rank for word, rank in RANKS.items() if word in figure)
        return float(specialists(period)[labor.PERCENTILES[rank]])
    if figure.startswith("Share of"):
        low, high = 50_000, 70_000
        one = specialists(period)
        if "under 50,000" in figure:
            return labor.share_below(one, low).percent
        if "50,000 to 70,000" in figure:
            return labor.share_between(one, low, high).percent
        if "over 70,000" in figure:
            return 100 - labor.share_below(one, high).percent
    if figure.startswith("States and DC"):
        amount = float(re.search(r"[\d,]{6}", figure)[0].replace(",", ""))  # type: ignore[index]
        states = labor.table("wages_states").query("year == 2023 and soc_code == @c", local_dict={"c": "29-2072"})
        medians = states["annual_median_wage_usd"].dropna()
        assert f"of {len(medians)}" in figure
        return float((medians >= amount).sum())
    if figure.startswith("AAPC survey"):
        words = re.sub(r"\s*\(secondary source\)$", "", figure.split("salary, ")[1])
        dimension, category = SURVEYED[words]
        found = labor.table("surveys").query(
            "organization == 'AAPC' and survey_year == @y and dimension == @d and category == @c",
            local_dict={"y": float(period), "d": dimension, "c": category},
        )
        assert len(found) == 1 and found.iloc[0]["measure"] == "mean"
        assert ("secondary" in figure) == (found.iloc[0]["how_read"] == "secondary source")
        return float(found.iloc[0]["value"])
    raise ValueError(f"nothing computes: {figure}")


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['reference_period']}: {row['figure'][:60]}")
def test_the_figure_follows_from_the_tables(row: dict[str, Any]):
    rounded = 0.05 if row["unit"] == "percent" else 0
    assert abs(computed(row) - row["value"]) <= rounded + 1e-9


def test_every_may_since_the_series_began_to_be_claimed_is_there():
    """Four years, and of each the five percentiles and the three shares, which add to one hundred."""
    shares: dict[str, list[float]] = {}
    percentiles: dict[str, int] = {}
    for row in rows():
        if row["figure"].startswith("Share of"):
            shares.setdefault(row["reference_period"], []).append(row["value"])
        if "annual wage" in row["figure"]:
            percentiles[row["reference_period"]] = percentiles.get(row["reference_period"], 0) + 1
    years = {f"May {year}" for year in range(2022, 2026)}
    assert set(shares) == years and set(percentiles.values()) == {5} and set(percentiles) == years
    assert all(len(three) == 3 and abs(sum(three) - 100) < 0.051 for three in shares.values())


def test_a_share_is_certain_on_one_side_where_the_median_says_so():
    """Whatever the shape between percentiles: until May 2023 more than half earned less than 50,000 dollars."""
    below = {year: labor.share_below(specialists(f"May {year}"), 50_000) for year in range(2022, 2026)}
    assert [below[year].at_least for year in (2022, 2023)] == [50, 50]
    assert [below[year].at_most for year in (2024, 2025)] == [50, 50]
