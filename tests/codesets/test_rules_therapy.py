"""Therapy minutes to units: Medicare's table, its published kinds of example, and service by service."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import cpt
from course.codesets.rules import therapy as rule
from course.codesets.rules.common import RuleError


def lines(*services: tuple[str, int], policy: str = "medicare") -> list[str]:
    return [f"{line.code} × {line.units}" for line in rule.allot(services, policy).lines]


@pytest.mark.parametrize(
    ("minutes", "units"),
    [(0, 0), (7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (67, 4), (68, 5), (82, 5), (83, 6)],
)
def test_the_table_of_minutes(minutes: int, units: int):
    assert rule.units_for(minutes) == units
    if units:
        first, last = rule.span_of(units)
        assert first <= minutes <= last


def test_units_left_go_to_the_most_minutes_left():
    assert lines(("97110", 33), ("97140", 7)) == ["97110 × 2", "97140 × 1"]
    assert lines(("97110", 18), ("97140", 13), ("97116", 10), ("97035", 8)) == ["97110 × 1", "97140 × 1", "97116 × 1"]
    assert lines(("97110", 24), ("97112", 23)) == ["97110 × 2", "97112 × 1"]
    assert lines(("97140", 5), ("97110", 3)) == ["97140 × 1"]
    assert lines(("97140", 4), ("97110", 3)) == []


def test_equal_minutes_tie_for_the_last_unit():
    found = rule.allot([("97112", 20), ("97110", 20)])
    assert found.units == 3 and found.tie == ("97112", "97110")
    assert rule.allot([("97112", 7), ("97110", 7), ("97140", 7)]).tie == ("97112", "97110", "97140")
    assert rule.allot([("97112", 15), ("97110", 15)]).tie == ()
    assert rule.allot([("97110", 33), ("97140", 7)]).tie == ()


def test_each_service_alone_needs_eight_minutes():
    assert lines(("97110", 33), ("97140", 7), policy="midpoint") == ["97110 × 2"]
    assert lines(("97110", 8), ("97140", 8), policy="midpoint") == ["97110 × 1", "97140 × 1"]
    assert lines(("97110", 8), ("97140", 8)) == ["97110 × 1"]


def test_untimed_services_are_one_unit_and_bring_no_minutes():
    assert lines(("97161", 45), ("97110", 15)) == ["97110 × 1", "97161 × 1"]
    assert lines(("97014", 20)) == ["G0283 × 1"]
    assert lines(("97014", 20), ("G0283", 20)) == ["G0283 × 1"]
    assert lines(("97014", 20), policy="midpoint") == ["97014 × 1"]


def test_the_same_number_twice_is_one_service():
    assert lines(("97110", 10), ("97110", 13)) == ["97110 × 2"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: rule.allot([("97999", 10)]),
        lambda: rule.allot([("97110", 10)], "generous"),
        lambda: rule.allot([("97110", -1)]),
        lambda: rule.units_for("7.5"),
        lambda: rule.span_of(0),
    ],
)
def test_what_is_no_therapy_is_refused(wrong: object):
    with pytest.raises(RuleError):
        wrong()  # type: ignore[operator]


DAY = st.lists(st.tuples(st.sampled_from(rule.TIMED), st.integers(0, 60)), max_size=5)


@given(DAY)
@settings(max_examples=80)
def test_medicare_pays_the_units_of_the_total(day: list[tuple[str, int]]):
    found = rule.allot(day)
    assert found.units == rule.units_for(sum(minutes for _, minutes in day)) == sum(line.units for line in found.lines)
    for share in found.shares:
        assert share.full <= share.units <= share.full + 1
    left = {share.code: share.left for share in found.shares}
    got = [left[one.code] for one in found.shares if one.units > one.full]
    not_got = [left[one.code] for one in found.shares if one.units == one.full]
    assert not got or not not_got or min(got) >= max(not_got)


@given(DAY, st.sampled_from(rule.TIMED), st.integers(1, 30), st.sampled_from(rule.POLICIES))
@settings(max_examples=60)
def test_more_minutes_are_never_fewer_units(day: list[tuple[str, int]], code: str, more: int, policy: str):
    assert rule.allot([*day, (code, more)], policy).units >= rule.allot(day, policy).units


def test_every_number_of_the_rules_is_on_the_list():
    for code in (*rule.TIMED, *rule.UNTIMED):
        if code != "G0283":
            number = cpt.get(code)
            assert number is not None and number.words, code
            assert ("per quarter hour" in number.words) == rule.is_timed(code), code
