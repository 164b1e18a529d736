"""Anesthesia units: worked sums, rounding at its edges, and laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import cpt
from course.codesets.rules import anesthesia as rule
from course.codesets.rules.common import RuleError

MINUTES = st.integers(0, 1440)


@pytest.mark.parametrize(
    ("minutes", "rounding", "units"),
    [
        (90, "tenths", "6"),
        (97, "tenths", "6.5"),
        (96, "tenths", "6.4"),
        (1, "tenths", "0.1"),
        (0, "up", "0"),
        (1, "up", "1"),
        (15, "up", "1"),
        (16, "up", "2"),
        (29, "down", "1"),
        (22, "nearest", "1"),
        (23, "nearest", "2"),
        (96, "exact", "6.4"),
    ],
)
def test_time_units(minutes: int, rounding: str, units: str):
    assert rule.time_units(minutes, rounding=rounding) == Decimal(units)


def test_another_length_of_a_unit():
    assert rule.time_units(100, per=10) == 10 and rule.time_units(90, per=12, rounding="up") == 8


def test_the_sum_for_a_payer_that_counts_all_and_for_medicare():
    parts = rule.units(5, 90, "P3", ["99140"], "commercial")
    assert (parts.base, parts.time, parts.status, parts.circumstances, parts.total) == (5, 6, 1, 2, 14)
    assert rule.units(5, 90, "P3", ["99140"], "medicare").total == 11


def test_extra_units_are_those_of_the_table():
    status = [rule.units(0, 0, f"P{n}", (), "commercial").total for n in range(1, 7)]
    assert status == [0, 0, 1, 2, 3, 0]
    assert rule.units(0, 0, "P1", list(rule.CIRCUMSTANCE_UNITS), "commercial").total == 1 + 5 + 5 + 2


def test_several_procedures_take_the_highest_base():
    bases = [cpt.get(code).base_units for code in ("00790", "00840")]
    assert rule.highest_base(bases) == 7
    with pytest.raises(RuleError):
        rule.highest_base([])


def test_money_is_to_the_cent():
    assert str(rule.charge("11.5", "20.33")) == "233.80"  # 233.795
    assert str(rule.charge(12, 20)) == "240.00"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: rule.units(5, 90, "P7"),
        lambda: rule.units(5, 90, "P1", ["99150"]),
        lambda: rule.units(5, 90, "P1", ["99100", "99100"]),
        lambda: rule.units(5, 90, payer="mine"),
        lambda: rule.units(-1, 90),
        lambda: rule.time_units(-1),
        lambda: rule.time_units("soon"),
        lambda: rule.time_units("NaN"),
        lambda: rule.time_units(15, per=0),
        lambda: rule.time_units(15, rounding="somehow"),
    ],
)
def test_what_is_no_anesthetic_is_refused(wrong: object):
    with pytest.raises(RuleError):
        wrong()  # type: ignore[operator]


@given(MINUTES, MINUTES, st.sampled_from(rule.ROUNDING), st.sampled_from([10, 12, 15]))
@settings(max_examples=60)
def test_more_minutes_are_never_fewer_units(first: int, second: int, rounding: str, per: int):
    low, high = sorted((first, second))
    assert rule.time_units(low, per, rounding) <= rule.time_units(high, per, rounding)


@given(MINUTES)
@settings(max_examples=40)
def test_roundings_lie_around_the_exact_value(minutes: int):
    exact, down, up = (rule.time_units(minutes, rounding=how) for how in ("exact", "down", "up"))
    assert down <= exact <= up <= down + 1
    assert abs(rule.time_units(minutes) - exact) <= Decimal("0.05")
