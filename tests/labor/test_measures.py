"""Shares from percentiles, and dollars at other prices: laws that hold for any wages, and sums worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import labor
from course.labor import measures, prices

COLUMNS = tuple(labor.PERCENTILES.values())
RANKS = tuple(labor.PERCENTILES)
QUICK = settings(max_examples=60, deadline=None)

wages = st.lists(st.integers(15_000, 250_000), min_size=5, max_size=5).map(sorted)
amounts = st.integers(1, 300_000)
#: Which of the five percentiles are published; at least two.
published = st.lists(st.booleans(), min_size=5, max_size=5).filter(lambda kept: sum(kept) >= 2)


def row(values: list[int], kept: list[bool] | None = None) -> dict[str, float]:
    kept = kept or [True] * 5
    return {c: float(v) if k else math.nan for c, v, k in zip(COLUMNS, values, kept, strict=True)}


def same(a: float, b: float) -> bool:
    return math.isclose(a, b, abs_tol=1e-9) or math.isnan(a) and math.isnan(b)


BY_HAND = row([30_000, 40_000, 50_000, 70_000, 90_000])


@pytest.mark.parametrize(
    ("usd", "percent", "at_least", "at_most"),
    [
        (30_000, 10, 10, 10),
        (35_000, 17.5, 10, 25),
        (42_000, 30, 25, 50),
        (50_000, 50, 50, 50),
        (65_000, 68.75, 50, 75),
        (90_000, 90, 90, 90),
        (29_999, math.nan, 0, 10),
        (90_001, math.nan, 90, 100),
    ],
)
def test_shares_worked_out_by_hand(usd: float, percent: float, at_least: float, at_most: float):
    share = labor.share_below(BY_HAND, usd)
    assert same(share.percent, percent) and (share.at_least, share.at_most) == (at_least, at_most)


def test_between_two_amounts_by_hand():
    share = labor.share_between(BY_HAND, 42_000, 65_000)
    assert same(share.percent, 38.75) and (share.at_least, share.at_most) == (0, 50)


def test_a_missing_percentile_is_bridged_and_widens_what_is_certain():
    gap = {**BY_HAND, "annual_median_wage_usd": math.nan}
    assert labor.share_below(gap, 50_000) == (25 + 50 * 10 / 30, 25, 75)


@QUICK
@given(wages, published, amounts)
def test_the_estimate_lies_within_what_is_certain(values: list[int], kept: list[bool], usd: int):
    one = row(values, kept)
    share = labor.share_below(one, usd)
    assert 0 <= share.at_least <= share.at_most <= 100
    known = [value for value, is_known in zip(values, kept, strict=True) if is_known]
    if known[0] <= usd <= known[-1]:
        assert share.at_least <= share.percent <= share.at_most
    else:
        assert math.isnan(share.percent)
        assert (share.at_least, share.at_most)[usd > known[-1]] == (0, 100)[usd > known[-1]]


@QUICK
@given(wages, published, amounts, amounts)
def test_more_money_never_means_fewer_below(values: list[int], kept: list[bool], a: int, b: int):
    low, high = sorted((a, b))
    one, other = (labor.share_below(row(values, kept), usd) for usd in (low, high))
    assert one.percent <= other.percent + 1e-9 or math.isnan(one.percent) or math.isnan(other.percent)
    if low < high:
        assert one.at_least <= other.at_least and one.at_most <= other.at_most


@QUICK
@given(wages, amounts, amounts)
def test_the_three_shares_add_to_one_hundred(values: list[int], a: int, b: int):
    low, high = sorted((a, b))
    below, between = labor.share_below(row(values), low), labor.share_between(row(values), low, high)
    above = 100 - labor.share_below(row(values), high).percent
    total = below.percent + between.percent + above
    assert math.isnan(total) or same(total, 100)
    assert 0 <= between.at_least <= between.at_most <= 100
    if not math.isnan(between.percent):
        assert between.at_least - 1e-9 <= between.percent <= between.at_most + 1e-9


@QUICK
@given(wages.filter(lambda values: len(set(values)) == 5))
def test_at_a_published_percentile_the_share_is_its_rank(values: list[int]):
    for rank, column in labor.PERCENTILES.items():
        assert labor.share_below(row(values), row(values)[column]) == (rank, rank, rank)


@QUICK
@given(wages.filter(lambda values: len(set(values)) == 5))
def test_what_the_line_says_of_a_median_that_was_left_out(values: list[int]):
    without = {**row(values), "annual_median_wage_usd": math.nan}
    assert same(measures.left_out(row(values)), labor.share_below(without, values[2]).percent)


def test_left_out_by_hand():
    assert measures.left_out(BY_HAND) == 25 + 50 * 10 / 30
    assert measures.left_out(row([1, 2, 3, 4, 5])) == 50


@pytest.mark.parametrize("kept", [[False] * 5, [True] + [False] * 4])
def test_too_few_percentiles_are_told(kept: list[bool]):
    with pytest.raises(ValueError, match="fewer than two"):
        labor.share_below(row([1, 2, 3, 4, 5], kept), 3)


def test_percentiles_that_fall_are_told():
    with pytest.raises(ValueError, match="do not rise"):
        labor.share_below(row([30_000, 50_000, 40_000, 60_000, 70_000]), 45_000)


def test_amounts_the_wrong_way_round_are_told():
    with pytest.raises(ValueError, match="70,000 is more than 50,000"):
        labor.share_between(BY_HAND, 70_000, 50_000)


years = st.sampled_from(sorted(prices.may_index()))


@QUICK
@given(amounts, years, years, years)
def test_there_and_back_again(usd: int, year: int, to: int, by: int):
    assert math.isclose(labor.real(labor.real(usd, year, to), to, year), usd)
    assert math.isclose(labor.real(labor.real(usd, year, by), by, to), labor.real(usd, year, to))
    assert math.isclose(labor.real(usd, year, year), usd)


def test_dollars_of_another_may_are_those_of_the_index():
    index = labor.table("cpi").set_index("year")["cpi_u_may_1982_84_100"]
    assert math.isclose(labor.real(1000, 2021, 2025), 1000 * index[2025] / index[2021])
    assert labor.real(1000, 2021, 2025) > 1000, "prices rose"


@pytest.mark.parametrize("years", [(1999, 2025), (2025, 1999)])
def test_a_year_without_an_index_is_named(years: tuple[int, int]):
    with pytest.raises(KeyError, match="no May 1999"):
        labor.real(1000, *years)


def test_at_the_prices_of_the_nation():
    assert labor.at_national_prices(50_000, "US") == pytest.approx(50_000)
    parity = prices.parities()
    newest = prices.latest_parity_year()
    for state in ("MS", "CA"):
        assert labor.at_national_prices(50_000, state) * parity[newest, state] / 100 == pytest.approx(50_000)
        assert labor.at_national_prices(50_000, state, 2010) == pytest.approx(50_000 * 100 / parity[2010, state])
    assert labor.at_national_prices(50_000, "MS") > 50_000 > labor.at_national_prices(50_000, "CA")


def test_a_state_that_is_none_is_told():
    with pytest.raises(KeyError):
        labor.at_national_prices(50_000, "XX")
