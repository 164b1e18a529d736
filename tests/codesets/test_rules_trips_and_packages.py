"""Ambulance letters and the surgical package."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import modifiers
from course.codesets.rules import ambulance
from course.codesets.rules import global_package as package
from course.codesets.rules.common import RuleError

DAY = datetime.date(2026, 3, 2)


def test_two_letters_make_a_trip():
    assert ambulance.modifier("R", "H") == "RH" and ambulance.modifier("S", "H") == "SH"
    assert [place.letter for place in ambulance.read(" nx ")] == ["N", "X"]
    assert "".join(sorted(ambulance.PLACES)) == "DEGHIJNPRSX"
    assert set(ambulance.ORIGINS) ^ set(ambulance.DESTINATIONS) == {"S", "X"}


@pytest.mark.parametrize(("first", "second"), [("H", "S"), ("X", "H"), ("Q", "H"), ("H", "Q"), ("", "H")])
def test_letters_that_may_not_stand_there(first: str, second: str):
    with pytest.raises(RuleError):
        ambulance.modifier(first, second)
    with pytest.raises(RuleError):
        ambulance.read(first + second)


@pytest.mark.parametrize(
    ("days", "start", "end"), [("000", "03-02", "03-02"), ("010", "03-02", "03-12"), ("090", "03-01", "05-31")]
)
def test_first_and_last_day_of_a_package(days: str, start: str, end: str):
    assert package.global_start(DAY, days).isoformat() == f"2026-{start}"
    assert package.global_end(DAY, days).isoformat() == f"2026-{end}"


@pytest.mark.parametrize("indicator", ["XXX", "ZZZ", "MMM", "YYY", ""])
def test_indicators_without_days_are_refused(indicator: str):
    with pytest.raises(RuleError):
        package.global_end(DAY, indicator)


@pytest.mark.parametrize(
    ("days", "day", "relation", "billable", "modifier"),
    [
        ("090", -1, "decision", True, "57"),
        ("090", 0, "decision", True, "57"),
        ("090", -2, "decision", True, ""),
        ("090", -1, "routine", False, ""),
        ("090", -1, "unrelated", True, ""),
        ("090", 0, "routine", False, ""),
        ("090", 0, "unrelated", True, "25"),
        ("010", -1, "routine", True, ""),
        ("010", 0, "separate", True, "25"),
        ("010", 0, "decision", False, ""),
        ("000", 0, "routine", False, ""),
        ("000", 0, "unrelated", True, "25"),
        ("000", 1, "routine", True, ""),
        ("010", 10, "routine", False, ""),
        ("010", 11, "routine", True, ""),
        ("010", 10, "unrelated", True, "24"),
        ("010", 11, "unrelated", True, ""),
        ("090", 90, "complication", False, ""),
        ("090", 90, "unrelated", True, "24"),
        ("090", 91, "routine", True, ""),
    ],
)
def test_visits_around_an_operation(days: str, day: int, relation: str, billable: bool, modifier: str):
    found = package.visit(days, day, relation)
    assert (found.billable, found.modifier) == (billable, modifier) and found.why
    assert package.visit(days, day, relation, same_provider=False)[:2] == (True, "")


@pytest.mark.parametrize(
    ("days", "day", "relation", "billable", "modifier", "anew"),
    [
        ("090", 30, "staged", True, "58", True),
        ("090", 30, "unrelated", True, "79", True),
        ("090", 0, "complication-or", True, "78", False),
        ("090", 30, "complication-or", True, "78", False),
        ("090", 30, "complication-no-or", False, "", False),
        ("090", 12, "routine", False, "", False),
        ("090", 91, "staged", True, "", True),
        ("010", 10, "unrelated", True, "79", True),
        ("010", 11, "unrelated", True, "", True),
        ("000", 1, "unrelated", True, "", True),
    ],
)
def test_a_second_procedure(days: str, day: int, relation: str, billable: bool, modifier: str, anew: bool):
    found = package.procedure(days, day, relation)
    assert (found.billable, found.modifier, found.new_global) == (billable, modifier, anew) and found.why


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: package.visit("090", 1, "decision"),
        lambda: package.visit("090", -1, "complication"),
        lambda: package.visit("090", 5, "separate"),
        lambda: package.visit("090", 5, "staged"),
        lambda: package.visit("XXX", 0, "routine"),
        lambda: package.procedure("090", -1, "staged"),
        lambda: package.procedure("090", 0, "unrelated"),
        lambda: package.procedure("090", 5, "decision"),
        lambda: package.split_care("tea"),
        lambda: package.split_care(),
    ],
)
def test_what_cannot_be_is_refused(wrong: object):
    with pytest.raises(RuleError):
        wrong()  # type: ignore[operator]


def test_split_care():
    assert package.split_care("operation") == ("54",)
    assert package.split_care("after", "operation") == ("54", "55")
    assert package.split_care("before") == ("56",)
    assert package.split_care("before", "operation", "after") == ()


@given(st.sampled_from(["000", "010", "090"]), st.integers(0, 120), st.sampled_from(package.PROCEDURES))
@settings(max_examples=60)
def test_modifiers_of_the_package_end_with_it(days: str, day: int, relation: str):
    if day == 0 and relation in ("staged", "unrelated"):
        return
    found = package.procedure(days, day, relation)
    inside = DAY + datetime.timedelta(days=day) <= package.global_end(DAY, days)
    assert bool(found.modifier) <= inside and (found.billable or inside)


def test_modifiers_of_the_rules_are_real():
    for code in (
        "24",
        "25",
        "57",
        "58",
        "78",
        "79",
        "54",
        "55",
        "56",
        "JW",
        "JZ",
        "59",
        "XS",
        *(f"P{n}" for n in range(1, 7)),
    ):
        assert modifiers.get(code) is not None, code
