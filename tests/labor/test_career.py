"""The career calculator: its sum by hand and by interval arithmetic, its laws, where its figures are from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.labor import career_data as data
from course.labor import career_model as model
from course.labor import table
from course.labor.career import payback
from course.labor.career_limits import ITEMS, LIMITS, POINTS

#: Sums that are easily done by hand: 3,000 dollars before the first day of work, 1,000 more a month after it.
POINT: dict[str, Any] = {
    **{"training_usd": 2_000, "books_usd": 300, "exam_fee_usd": 400, "further_sitting_usd": 400, "membership_usd": 300},
    **{"renewal_usd": 0, "ceu_usd": 0, "pass_percent": 100, "study_hours": 260, "study_hours_a_week": 10},
    **{"seat_months": 1, "retake_months": 2, "search_months": 3, "first_wage_usd": 42_300, "present_wage_usd": 30_000},
    "hour_value_usd": 0,
}
SETTINGS = settings(max_examples=40, deadline=None)


def inputs(**changed: Any) -> model.Inputs:
    """The course's ranges for the CPC in the nation, some of them changed."""
    ranges = {one.key: (one.low, one.high) for one in payback().assumptions}
    points = {"present_wage_usd": 36_000.0, "included": 1, **POINTS, "sittings": 3}
    for key, value in changed.items():
        (ranges if key in ranges else points)[key] = value
    return model.Inputs(ranges=ranges, **points)  # type: ignore[arg-type]


@st.composite
def any_inputs(draw: Callable[[Any], Any]) -> model.Inputs:
    """Ranges of every width, also of none."""
    ranges = {}
    for key in model.RANGES:
        _, least, most = LIMITS[key]
        most = {"first_wage_usd": 90_000, "study_hours": 1_000, "training_usd": 9_000}.get(key, min(most, 900))
        ends = draw(st.tuples(*(st.floats(least, most, allow_subnormal=False),) * 2))
        ranges[key] = (min(ends), max(ends))
    wage, work, study, years = (draw(st.floats(low, most)) for low, most in ((0, 80_000), (1, 60), (1, 40), (1, 40)))
    return model.Inputs(ranges, wage, work, study, draw(st.sampled_from((1, 2))), draw(st.integers(1, 5)), years)


# -- the sum


def test_by_hand():
    """260 hours at 10 a week are 26 weeks, 6 months; a month of waiting and three of search: work begins in month 10.
    42,300 less 30,000 less 300 for membership are 1,000 a month; the outlay of 3,000 is back three months later."""
    found = payback(**POINT)
    assert (found.low, found.middle, found.high) == pytest.approx((13, 13, 13))
    assert (found.best, found.worst, found.center, found.never_percent) == pytest.approx((13, 13, 13, 0))
    assert (found.outlay_low, found.outlay_high) == (3_000, 3_000) and not found.swings
    assert found.sentence == (
        "With these assumptions the CPC is paid back about 13 months after you begin; no run takes more than 10 years."
    )


def test_by_hand_fewer_hours_of_work_and_paid_time():
    half = payback(**{**POINT, "work_hours": 20, "first_wage_usd": 54_600, "hour_value_usd": 10})
    assert half.middle == pytest.approx(10 + 5_600 / 1_000)


def test_sittings_come_as_often_as_their_chance_says():
    found = payback(**{**POINT, "pass_percent": 50})
    assert found.reasons["not passed"] == pytest.approx(12.5, abs=1)
    point = {key: (value, value) for key, value in POINT.items() if key in model.RANGES}
    months = model.run(inputs(**{**point, "pass_percent": (50, 50), "present_wage_usd": 30_000})).months
    later = 2 + 400 / 1_000
    for month, share in ((13, 0.5), (13 + later, 0.25), (13 + 2 * later, 0.125)):
        assert (abs(months - month) < 1e-9).mean() == pytest.approx(share, abs=0.015)


def test_two_sittings_bought_together_pay_the_second():
    one, two = (payback(**{**POINT, "pass_percent": 1, "sittings": 3, "choice": choice}) for choice in ("one", "two"))
    assert one.outlay_high - one.outlay_low == 0 and one.outlay_high - two.outlay_high == 400


@SETTINGS
@given(any_inputs())
def test_every_run_lies_between_the_best_and_the_worst_case(case: model.Inputs):
    """Interval arithmetic of our own: every bound is made of the ends of the ranges, written out once more."""
    low, high = ({key: ends[n] for key, ends in case.ranges.items()} for n in (0, 1))
    fixed = ("training_usd", "books_usd", "membership_usd", "exam_fee_usd")
    upkeep = ("membership_usd", "renewal_usd", "ceu_usd")
    sittings = 1 if low["pass_percent"] >= 100 else case.sittings

    def month(cost: dict[str, float], wage: float, needed: int) -> float:
        outlay = sum(cost[key] for key in fixed) + cost["study_hours"] * cost["hour_value_usd"]
        outlay += max(0, needed - case.included) * cost["further_sitting_usd"]
        gain = ((wage - case.present_wage_usd) * case.work_hours / 40 - sum(cost[key] for key in upkeep)) / 12
        weeks = cost["study_hours"] / case.study_hours_a_week
        start = weeks * 12 / 52 + cost["seat_months"] + (needed - 1) * cost["retake_months"] + cost["search_months"]
        return start + outlay / gain if gain > 0 else math.inf

    best, worst = month(low, high["first_wage_usd"], 1), month(high, low["first_wage_usd"], sittings)
    for which, month_by_hand in ((True, best), (False, worst)):
        assert model.extreme(case, best=which)[3] == pytest.approx(month_by_hand, rel=1e-6)
    found = model.run(case)
    finite = found.months[found.months < math.inf]
    slack = 1e-6 * (1 + best)
    assert not len(finite) or (finite.min() >= best - slack and finite.max() <= worst * (1 + 1e-6))
    assert sum(found.reasons.values()) == pytest.approx((found.months == math.inf).mean() * 100)
    if worst <= case.horizon_years * 12 and low["pass_percent"] >= 100:
        assert len(finite) == model.RUNS


@SETTINGS
@given(any_inputs(), st.sampled_from(model.RANGES), st.floats(0, 2_000))
def test_what_is_worse_is_never_sooner(case: model.Inputs, key: str, more: float):
    """Higher cost, or longer wait: not earlier in any run. Higher first wage or chance of passing: not later."""
    ends = case.ranges[key]
    most = 100 if key == "pass_percent" else math.inf
    raised = replace(case, ranges={**case.ranges, key: tuple(min(most, end + more) for end in ends)})  # type: ignore[dict-item]
    before, after = model.run(case).months, model.run(raised).months
    if key in model.GOOD:
        before, after = after, before
    assert (after >= before * (1 - 1e-9)).all()


@SETTINGS
@given(any_inputs(), st.floats(1, 20))
def test_more_hours_of_study_a_week_are_never_later(case: model.Inputs, more: float):
    faster = replace(case, study_hours_a_week=case.study_hours_a_week + more)
    assert (model.run(faster).months <= model.run(case).months * (1 + 1e-9)).all()


#: With a sure first sitting these do nothing.
IDLE = ("pass_percent", "further_sitting_usd", "retake_months")


@SETTINGS
@given(st.sampled_from([key for key in model.RANGES if key not in IDLE]), st.floats(0, 0.45), st.floats(0.5, 1))
def test_a_wider_range_gives_no_narrower_band(key: str, narrow: float, wide: float):
    """Around the same middle, all else being one figure."""

    def band(part: float) -> float:
        middle = POINT[key] or 10
        found = payback(**{**POINT, key: (middle * (1 - part * 0.2), middle * (1 + part * 0.2))})
        return (math.inf if found.high is None else found.high) - (found.low or 0)

    assert band(wide) >= band(narrow) - 1e-9


def test_the_runs_are_the_same_everywhere_and_every_time():
    first = model._numbers()[:, 0]
    assert first[:3].tolist() == pytest.approx(
        [0.28729801780387354, 0.9225076274106708, 0.10608615177505432], abs=1e-15
    )
    assert payback() == payback() and payback("OH", "CCS") == payback("OH", "CCS")


def test_never_is_an_outcome():
    equal = payback(**{**POINT, "present_wage_usd": POINT["first_wage_usd"]})
    assert equal.never_percent == 100 and (equal.low, equal.middle, equal.high, equal.worst) == (None,) * 4
    assert "not paid back within 10 years in any run: the first wage" in equal.sentence
    assert equal.reasons == {"no gain": 100.0, "not passed": 0.0, "too slow": 0.0}
    slow = payback(**{**POINT, "horizon_years": 1})
    assert (
        slow.reasons["too slow"] == 100 and "the gain is too small" in slow.sentence and slow.worst == pytest.approx(13)
    )
    some = payback("OH", present_wage_usd=41_600)
    assert (
        some.high is None
        and some.low
        and 10 < some.never_percent < 90
        and "may be paid back from month" in some.sentence
    )
    rare = payback("OH", present_wage_usd=46_500)
    assert rare.low is None and 90 < rare.never_percent < 100 and "hardly ever" in rare.sentence


def test_the_band_counts_runs_that_never_pay_back_as_the_latest():
    found = payback("OH", present_wage_usd=39_000)
    late = [month for month in found.quantiles if month is None]
    assert len(found.quantiles) == 100 and len(late) == pytest.approx(found.never_percent, abs=1)
    known = [month for month in found.quantiles if month is not None]
    assert known == sorted(known) and found.quantiles[: len(known)] == tuple(known)
    assert found.quantiles[9] <= found.low <= found.quantiles[10]  # type: ignore[operator]


def test_swings_are_sorted_and_each_is_what_its_ends_give():
    found = payback()
    center = {key: sum(ends) / 2 for key, ends in inputs().ranges.items()}
    widths = [abs(low - high) for _, low, high in found.swings if low is not None and high is not None]
    assert widths == sorted(widths, reverse=True) and found.swings[0][0] == "First wage in coding"
    sure = {**center, "pass_percent": 100, "search_months": 1}
    moved = payback(**{**sure, "search_months": 1}).middle, payback(**{**sure, "search_months": 8}).middle
    assert moved[1] - moved[0] == pytest.approx(7)  # type: ignore[operator]
    search = next(one for one in found.swings if one[0] == "Search for the first job")
    assert search[2] - search[1] == pytest.approx(7)  # type: ignore[operator]


def test_where_the_middle_never_pays_back_swings_are_runs():
    found = payback("OH", present_wage_usd=43_000)
    assert found.center is None and found.swings[0][:1] == ("First wage in coding",)
    for label, *never in found.swings:
        one = next(one for one in found.assumptions if one.label == label)
        for end, share in zip((one.low, one.high), never, strict=True):
            assert payback("OH", present_wage_usd=43_000, **{one.key: end}).never_percent == pytest.approx(share)
    assert found.swings[0][1] == 100


# -- where the figures are from


def test_wages_are_those_of_the_tables():
    wages = table("wages_states").query("soc_code == '29-2072' and year == 2023 and state_abbr == 'OH'").iloc[0]
    first = {one.key: one for one in payback("OH").assumptions}["first_wage_usd"]
    assert (first.low, first.high) == (wages["annual_p10_wage_usd"], wages["annual_median_wage_usd"])
    assert first.source == "BLS OEWS, medical records specialists, Ohio, May 2023"
    national = table("wages_national").query("soc_code == '29-2072'").sort_values("year").iloc[-1]
    first = {one.key: one for one in payback().assumptions}["first_wage_usd"]
    assert (first.low, first.high) == (national["annual_p10_wage_usd"], national["annual_median_wage_usd"])
    assert str(national["year"]) in first.source and len(data.states()) == 52


def test_wages_are_carried_to_other_dollars_only_when_asked():
    cpi = table("cpi").set_index("year")["cpi_u_may_1982_84_100"]
    plain, carried = (
        {one.key: one for one in payback("TX", wages=wages).assumptions}["first_wage_usd"]
        for wages in ("published", "latest")
    )
    assert carried.low == pytest.approx(plain.low * cpi.iloc[-1] / cpi[2023], abs=5)
    assert f"in dollars of May {cpi.index[-1]} (CPI-U)" in carried.source and "CPI" not in plain.source


def test_every_range_of_every_exam_has_a_source_or_is_called_an_assumption():
    for exam, body in data.BODIES.items():
        for choice in data.CHOICES[body]:
            for key, item in ITEMS.items():
                one = data.figure(item, exam, choice)
                assert 0 <= one.low <= one.high <= LIMITS[key][2] and one.unit and one.note
                assert one.source == data.ASSUMPTION or "(" in one.source


def test_where_sources_disagree_both_stand_there():
    fee = data.figure("exam_fee", "CPC", "one")
    assert (fee.low, fee.high) == (399, 425)
    assert fee.source == "425: open-exam-prep.com (2026); 399: medicalcodingwithconfidence.com (about 2023 to 2024)"
    text = (data.paths.data_dir() / "exams" / "SOURCES.md").read_text(encoding="utf-8")
    for row in data.costs():
        assert row.source == data.ASSUMPTION or row.as_of
        if not row.used and row.item != "reinstatement" and row.note and "student" not in row.note:
            assert f"{row.low:g}" in text or row.item == "training", row
    with pytest.raises(KeyError, match="costs.csv has no parking for CPC"):
        data.figure("parking", "CPC", "one")
