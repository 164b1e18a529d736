"""The career calculator: its sum by hand and by interval arithmetic, its laws, where its figures are from."""

from __future__ import annotations

import math
import re
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
from course.labor.career_words import whole

#: Sums that are easily done by hand: 3,000 dollars before the first day of work, 1,000 more a month after it.
POINT: dict[str, Any] = {
    **{"training_usd": 2_000, "books_usd": 300, "exam_fee_usd": 400, "further_sitting_usd": 400, "membership_usd": 300},
    **{"renewal_usd": 0, "ceu_usd": 0, "pass_percent": 100, "study_hours": 260, "study_hours_a_week": 10},
    **{"seat_months": 1, "retake_months": 2, "search_months": 3, "first_wage_usd": 42_300, "present_wage_usd": 30_000},
    **{"hour_value_usd": 0, "tax_percent": 0, "find_percent": 100},
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
        "With these assumptions the CPC is paid back about 13 months after you begin in every run. No run takes more "
        "than 10 years."
    )


def test_by_hand_fewer_hours_of_work_and_paid_time():
    half = payback(**{**POINT, "work_hours": 20, "first_wage_usd": 54_600, "hour_value_usd": 10})
    assert half.middle == pytest.approx(10 + 5_600 / 1_000)


def test_by_hand_taxes_are_on_the_extra_pay_alone():
    """12,300 more a year are 9,840 after a fifth; less 300: 795 a month."""
    assert payback(**{**POINT, "tax_percent": 20}).middle == pytest.approx(10 + 3_000 / 795)


def test_who_finds_no_job_is_never_paid_back():
    found = payback(**{**POINT, "find_percent": (60, 90)})
    assert found.reasons["no job"] == pytest.approx(25, abs=1.5) and found.never_percent == found.reasons["no job"]
    assert found.high is None and found.low == found.middle == pytest.approx(13)
    assert payback(**{**POINT, "find_percent": 0}).sentence.endswith("in any run: no job in coding is found.")
    both = payback(**{**POINT, "find_percent": 50, "pass_percent": 50, "sittings": 1}).reasons
    assert both["not passed"] == pytest.approx(50, abs=1.5) and both["no job"] == pytest.approx(25, abs=1.5)


def test_a_ledger_of_days_gives_nearly_the_same():
    """Membership is due each year from the first sitting on, renewal each second year and education each year after
    passing: paid on the day, not by the month. The runs are the model's, the sum is not."""
    case = inputs(renewal_usd=(109.0, 124.5), find_percent=(100, 100), pass_percent=(100, 100))
    drawn = model._drawn(case)
    months = []
    for n in range(0, model.RUNS, 20):
        one = {key: float(values[n]) for key, values in drawn.items()}
        first = one["study_hours"] / case.study_hours_a_week * 12 / 52 + one["seat_months"]
        work = first + one["search_months"]
        due = [(first + 12 * year, one["membership_usd"]) for year in range(40)]
        due += [(first + 24 * cycle, 2 * one["renewal_usd"]) for cycle in range(1, 20)]
        due += [(first + 12 * year, one["ceu_usd"]) for year in range(1, 40)]
        monthly = (one["first_wage_usd"] - case.present_wage_usd) * (1 - one["tax_percent"] / 100) / 12
        owed = (
            one["training_usd"] + one["books_usd"] + one["exam_fee_usd"] + sum(usd for day, usd in due if day <= work)
        )
        day = work
        for then, usd in sorted(pair for pair in due if pair[0] > work):
            if owed <= monthly * (then - day):
                break
            owed, day = owed - monthly * (then - day) + usd, then
        months.append(day + owed / monthly if monthly > 0 else math.inf)
    months.sort()
    ordered = sorted(model.run(case).months[::20])
    for percent, most in ((10, 0.4), (25, 0.4), (50, 0.5), (75, 1.2)):  # the model is never the sooner one
        place = len(months) * percent // 100
        assert 0 <= ordered[place] - months[place] < most, percent


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
        raised = (wage - case.present_wage_usd) * case.work_hours / 40 * (1 - cost["tax_percent"] / 100)
        gain = (raised - sum(cost[key] for key in upkeep)) / 12
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
    if worst <= case.horizon_years * 12 and low["pass_percent"] >= 100 and low["find_percent"] >= 100:
        assert len(finite) == model.RUNS


@SETTINGS
@given(any_inputs(), st.sampled_from(model.RANGES), st.floats(0, 2_000))
def test_what_is_worse_is_never_sooner(case: model.Inputs, key: str, more: float):
    """Higher cost, or longer wait: not earlier in any run. Higher first wage or chance of passing: not later."""
    ends = case.ranges[key]
    most = 100 if key.endswith("_percent") else math.inf
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
IDLE = ("pass_percent", "find_percent", "further_sitting_usd", "retake_months")


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
    assert "not paid back within 10 years in any run: after taxes and what the credential costs" in equal.sentence
    assert equal.reasons == {"no gain": 100.0, "not passed": 0.0, "no job": 0.0, "too slow": 0.0}
    slow = payback(**{**POINT, "horizon_years": 1})
    assert slow.reasons["too slow"] == 100 and "it takes longer" in slow.sentence and slow.worst == pytest.approx(13)


def test_each_shape_of_the_answer_has_its_sentence():
    """By what is open: the upper end, the middle, and the lower end too."""
    years = "within 10 years"
    for changed, said in (
        (
            {},
            r"is paid back within \d+ months after you begin in half of the runs, within \d+ in the quickest tenth\. "
            rf"In \d+ of 100 runs it is not paid back {years}\.",
        ),
        (
            {"find_percent": 100, "present_wage_usd": 34_000},
            r"is paid back \d+ to \d+ months after you begin in 8 of 10 runs\. In \d of 100 runs it is not paid back "
            rf"{years}\.",
        ),
        (
            {"present_wage_usd": 44_000},
            rf"is not paid back {years} in \d+ of 100 runs\. In the quickest tenth of the runs it is paid back within "
            r"\d+ months after you begin\.",
        ),
        ({"present_wage_usd": 49_000}, rf"is hardly ever paid back: in 9\d of 100 runs not {years}\."),
    ):
        found = payback("OH", **changed)  # type: ignore[arg-type]
        assert re.fullmatch("With these assumptions the CPC " + said, found.sentence), found.sentence
        known = [found.low, found.middle, found.high]
        shown = known[:2] if found.high is None else [found.low, found.high]
        numbers = [int(one) for one in re.findall(r"\d+", found.sentence)]
        assert set(numbers) - {8, 100} == {*(whole(one) for one in shown if one), whole(found.never_percent), 10}
        assert known == sorted(one for one in known if one) + [None] * known.count(None)


def test_the_band_counts_runs_that_never_pay_back_as_the_latest():
    found = payback("OH", present_wage_usd=39_000)
    late = [month for month in found.quantiles if month is None]
    assert len(found.quantiles) == 100 and len(late) == pytest.approx(found.never_percent, abs=1)
    known = [month for month in found.quantiles if month is not None]
    assert known == sorted(known) and found.quantiles[: len(known)] == tuple(known)
    assert found.quantiles[9] <= found.low <= found.quantiles[10]  # type: ignore[operator]


def test_swings_are_sorted_and_each_is_what_its_ends_give():
    found = payback(present_wage_usd=36_000)
    center = {key: sum(ends) / 2 for key, ends in inputs().ranges.items()}
    widths = [abs(one.at_low - one.at_high) for one in found.swings if one.at_low and one.at_high]
    assert widths == sorted(widths, reverse=True) and found.swings[0].label == "First wage in coding"
    sure = {**center, "pass_percent": 100, "find_percent": 100, "present_wage_usd": 36_000}
    moved = payback(**{**sure, "search_months": 1}).middle, payback(**{**sure, "search_months": 8}).middle
    assert moved[1] - moved[0] == pytest.approx(7)  # type: ignore[operator]
    search = next(one for one in found.swings if one.label == "Search for the first job")
    assert search.at_high - search.at_low == pytest.approx(7)  # type: ignore[operator]
    assert (search.low, search.high, search.unit) == (1, 8, "months")


def test_a_present_wage_that_was_assumed_is_among_the_swings():
    found = payback("OH")
    move = next(one for one in found.swings if "assumed" in one.label)
    assert (move.low, move.high) == (36_400, 44_500) and found.present_wage_usd == 40_450
    assert move.at_low == pytest.approx(payback("OH", present_wage_usd=36_400).center)
    told = payback("OH", present_wage_usd=40_450)
    assert found.present_assumed and not told.present_assumed and told.sentence == found.sentence
    assert not [one for one in told.swings if "assumed" in one.label] and not payback(moves=False).swings


def test_where_the_middle_never_pays_back_swings_are_runs():
    found = payback("OH", present_wage_usd=46_000)
    assert found.center is None and found.swings[0].label == "First wage in coding"
    for move in found.swings:
        key = next(one.key for one in found.assumptions if one.label == move.label)
        for end, share in ((move.low, move.at_low), (move.high, move.at_high)):
            changed = payback("OH", present_wage_usd=46_000, moves=False, **{key: end})
            assert changed.never_percent == pytest.approx(share)
    assert found.swings[0].at_low == 100


# -- where the figures are from


def test_wages_are_those_of_the_tables():
    wages = table("wages_states").query("soc_code == '29-2072' and year == 2023 and state_abbr == 'OH'").iloc[0]
    first = {one.key: one for one in payback("OH", wages="published").assumptions}["first_wage_usd"]
    assert (first.low, first.high) == (wages["annual_p10_wage_usd"], wages["annual_median_wage_usd"])
    assert first.source == "BLS OEWS, medical records specialists, Ohio, May 2023"
    national = table("wages_national").query("soc_code == '29-2072'").sort_values("year").iloc[-1]
    first = {one.key: one for one in payback().assumptions}["first_wage_usd"]
    assert (first.low, first.high) == (national["annual_p10_wage_usd"], national["annual_median_wage_usd"])
    assert str(national["year"]) in first.source and len(data.states()) == 52


def test_the_present_wage_that_is_assumed_is_the_median_of_medical_secretaries():
    """A lower one would flatter the exam."""
    wages = table("wages_national").query("soc_code == '43-6013'").set_index("year")["annual_median_wage_usd"]
    assert payback(moves=False).present_wage_usd == wages[wages.index.max()]
    ohio = table("wages_states").query("soc_code == '43-6013' and year == 2023 and state_abbr == 'OH'").iloc[0]
    assert payback("OH", moves=False, wages="published").present_wage_usd == ohio["annual_median_wage_usd"]


def test_taxes_are_lower_where_the_state_takes_none_on_wages():
    """Their names as the sources of the exam data list them."""
    text = " ".join((data.paths.data_dir() / "exams" / "SOURCES.md").read_text(encoding="utf-8").split())
    named = re.findall(r"where the state taxes no wages \((.*?)\)", text)[0].split(", ")
    low = set()
    for state, where in data.states().items():
        tax = {one.key: one for one in payback(state, moves=False).assumptions}["tax_percent"]
        assert tax.source == data.ASSUMPTION and (tax.low, tax.high) in ((15, 25), (20, 30))
        low |= {where.name} if tax.high == 25 else set()
    assert low == set(named) & {one.name for one in data.states().values()} and {"Texas", "Florida"} <= low
    assert len(named) == 9 == len(data.NO_TAX_ON_WAGES)


def test_hours_of_study_told_for_the_cpc_are_an_assumption_elsewhere():
    for exam, body in data.BODIES.items():
        one = data.figure("study_hours", exam, data.CHOICES[body][0])
        assert (one.low, one.high) == (80, 390) and (one.source == data.ASSUMPTION) == (exam != "CPC")


def test_wages_are_carried_to_the_newest_dollars_unless_one_asks_for_the_published():
    cpi = table("cpi").set_index("year")["cpi_u_may_1982_84_100"]
    plain, carried = (
        {one.key: one for one in payback("TX", wages=wages).assumptions}["first_wage_usd"]
        for wages in ("published", "latest")
    )
    assert carried.low == pytest.approx(plain.low * cpi.iloc[-1] / cpi[2023], abs=5)
    assert f"in dollars of May {cpi.index[-1]} (CPI-U)" in carried.source and "CPI" not in plain.source
    assert payback("TX").sentence == payback("TX", wages="latest").sentence
    assert "dollars" not in payback("US").wage_source  # published in the newest dollars


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
    low = "medicalcodingwithconfidence.com (about 2023 to 2024), open-exam-prep.com, another page (2026-02-21)"
    assert fee.source == f"425: open-exam-prep.com (2026); 399: {low}"
    renewal = data.figure("renewal", "CCA", "non-member")
    assert (renewal.low * 2, renewal.high * 2) == (218, 249) and "AHIMA" in renewal.source
    text = (data.paths.data_dir() / "exams" / "SOURCES.md").read_text(encoding="utf-8")
    for row in data.costs():
        assert row.source == data.ASSUMPTION or row.as_of
        if not row.used and row.item != "reinstatement" and row.note and "student" not in row.note:
            assert f"{row.low:,g}" in text and f"{row.high:,g}" in text, row
    with pytest.raises(KeyError, match="costs.csv has no parking for CPC"):
        data.figure("parking", "CPC", "one")


def test_what_each_body_says_about_experience_is_told():
    said = {exam: data.experience(exam) for exam in data.BODIES}
    assert "CPC-A" in said["CPC"] and "recommends" in said["CCS"] and len(set(said.values())) == 4
