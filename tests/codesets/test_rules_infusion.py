"""Infusions, pushes and injections: the hierarchy, the minutes, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import cpt
from course.codesets.rules import infusion as rule
from course.codesets.rules.common import RuleError
from course.codesets.rules.infusion import Given

CHEMO, DRUG, FLUID = rule.KINDS


def lines(*services: Given, setting: str = "facility", reason: int = 0) -> list[str]:
    return [str(line) for line in rule.code(services, setting, reason).lines]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (15, ["96374"]),
        (16, ["96365"]),
        (60, ["96365"]),
        (90, ["96365"]),
        (91, ["96365", "96366"]),
        (150, ["96365", "96366"]),
        (151, ["96365", "96366 × 2"]),
    ],
)
def test_minutes_of_a_drug(minutes: int, expected: list[str]):
    assert lines(Given("a", DRUG, "infusion", minutes)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (30, []),
        (31, ["96360"]),
        (90, ["96360"]),
        (91, ["96360", "96361"]),
        (150, ["96360", "96361"]),
        (151, ["96360", "96361 × 2"]),
    ],
)
def test_minutes_of_fluid(minutes: int, expected: list[str]):
    assert lines(Given("saline", FLUID, "infusion", minutes)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(15, ["96409"]), (16, ["96413"]), (91, ["96413", "96415"]), (185, ["96413", "96415 × 2"])]
)
def test_minutes_of_chemotherapy(minutes: int, expected: list[str]):
    assert lines(Given("a", CHEMO, "infusion", minutes)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(30, ["96365"]), (31, ["96365", "96361"]), (91, ["96365", "96361 × 2"])]
)
def test_fluid_behind_a_drug(minutes: int, expected: list[str]):
    assert lines(Given("saline", FLUID, "infusion", minutes), Given("a", DRUG, "infusion", 30)) == expected


def test_the_facility_goes_by_rank_and_not_by_order():
    fluid, push, drip = (
        Given("saline", FLUID, "infusion", 60),
        Given("p", DRUG, "push"),
        Given("d", DRUG, "infusion", 45),
    )
    chemo = Given("c", CHEMO, "push")
    assert lines(fluid, push) == ["96374", "96361"]
    assert lines(push, drip) == ["96365", "96375"]
    assert lines(fluid, push, drip) == ["96365", "96375", "96361"]
    assert lines(drip, chemo) == ["96409", "96367"]
    assert lines(chemo, Given("c2", CHEMO, "infusion", 100)) == ["96413", "96415", "96411"]
    two = Given("c1", CHEMO, "infusion", 60), Given("c2", CHEMO, "infusion", 91)
    assert lines(*two) == ["96413", "96415", "96417"]


def test_the_office_goes_by_the_reason_for_the_visit():
    fluid, push = Given("saline", FLUID, "infusion", 60), Given("p", DRUG, "push")
    assert lines(fluid, push, setting="office", reason=0) == ["96360", "96375"]
    assert lines(fluid, push, setting="office", reason=1) == ["96374", "96361"]


def test_a_second_drug_has_its_own_hours():
    found = lines(Given("a", DRUG, "infusion", 60), Given("b", DRUG, "infusion", 95))
    assert found == ["96365", "96366", "96367"]


def test_concurrent_counts_once_a_day():
    a, b, c = (Given(x, DRUG, "infusion", 60, concurrent=x != "a") for x in "abc")
    assert lines(a, b, c) == ["96365", "96368"]
    assert lines(a, Given("saline", FLUID, "infusion", 120, concurrent=True)) == ["96365"]


def test_the_same_drug_pushed_again():
    twice = Given("m", DRUG, "push", times=3)
    assert lines(twice) == ["96374", "96376 × 2"]
    assert lines(twice, setting="office") == ["96374"]


def test_injections_stand_alone():
    assert lines(Given("t", DRUG, "injection", times=2)) == ["96372 × 2"]
    assert lines(Given("m", CHEMO, "injection")) == ["96401"]
    assert lines(Given("t", DRUG, "injection"), Given("p", DRUG, "push")) == ["96374", "96372"]


def test_each_vein_access_has_an_initial():
    found = lines(
        Given("a", DRUG, "infusion", 60), Given("b", DRUG, "infusion", 60, access=2), Given("c", DRUG, "push")
    )
    assert found == ["96365", "96375", "96365-59"]


@pytest.mark.parametrize(
    ("services", "extra", "word"),
    [
        ([], {}, "Nothing"),
        ([Given("a", DRUG, "infusion", 0)], {}, "minutes"),
        ([Given("a", FLUID, "push")], {}, "Hydration"),
        ([Given("a", "vitamin", "push")], {}, "kind"),
        ([Given("a", DRUG, "infusion", 60), Given("A ", DRUG, "infusion", 60)], {}, "twice"),
        ([Given("a", DRUG, "infusion", 60, concurrent=True)], {}, "another drug"),
        ([Given("s", FLUID, "infusion", 60), Given("a", DRUG, "infusion", 60, concurrent=True)], {}, "another drug"),
        ([Given("a", DRUG, "infusion", 60), Given("b", CHEMO, "infusion", 60, concurrent=True)], {}, "concurrent"),
        ([Given("a", DRUG, "infusion", 60), Given("b", DRUG, "infusion", 10, concurrent=True)], {}, "push"),
        ([Given("a", DRUG, "push", times=0)], {}, "count"),
        ([Given("a", CHEMO, "push", times=2)], {}, "repeated"),
        ([Given("a", DRUG, "push")], {"setting": "home"}, "setting"),
        ([Given("a", DRUG, "push")], {"setting": "office", "reason": 4}, "reason"),
        ([Given("a", DRUG, "push"), Given("b", CHEMO, "push")], {"setting": "office", "reason": 0}, "Chemotherapy"),
        ([Given("a", FLUID, "infusion", 60), Given("b", FLUID, "infusion", 60)], {}, "one row"),
    ],
)
def test_what_the_rules_do_not_cover_is_refused_in_words(services: list[Given], extra: dict[str, Any], word: str):
    with pytest.raises(RuleError, match=word):
        rule.code(services, **extra)


@st.composite
def encounter(draw: st.DrawFn) -> list[Given]:
    """Different drugs through one access, in any order."""
    made = []
    for n in range(draw(st.integers(1, 5))):
        kind, route = draw(st.sampled_from(list(rule.NUMBERS)))
        if kind == FLUID and any(one.kind == FLUID for one in made):
            continue
        minutes = draw(st.integers(1, 300)) if route == "infusion" else 0
        made.append(Given(f"drug {n}", kind, route, minutes))
    return made


@given(encounter(), st.randoms())
@settings(max_examples=80)
def test_one_initial_and_add_ons_that_may_stand_behind_it(services: list[Given], rng: Any):
    found = rule.code(services)
    mixed = list(services)
    rng.shuffle(mixed)
    assert rule.code(mixed).lines == found.lines, "the facility's answer does not depend on the order"
    initial = {first for first, _ in rule.NUMBERS.values()}
    first = [line for line in found.lines if line.code in initial]
    assert len(first) <= 1 and (first or not found.lines)
    codes = {line.code for line in found.lines}
    for code in codes - initial:
        number = cpt.get(code)
        assert number is not None and number.addon
        assert codes & set(number.primaries), f"{code} stands behind none of {number.primaries}"


@given(st.integers(1, 600), st.integers(1, 600))
@settings(max_examples=60)
def test_more_minutes_are_never_fewer_hours(first: int, second: int):
    low, high = sorted((first, second))
    assert rule.more_hours(low) <= rule.more_hours(high)
    assert rule.hydration_hours(low) <= rule.hydration_hours(high)
    assert rule.hydration_hours(low) in (rule.more_hours(low), rule.more_hours(low) + 1)


def test_every_number_of_the_rules_is_on_the_list():
    for code in rule.ORDER:
        number = cpt.get(code)
        assert number is not None and number.words, code
    assert len(set(rule.ORDER)) == len(rule.ORDER)
