"""Billing units, vials and waste: worked examples at the edges of rounding, and laws."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets.rules import drug_units as rule
from course.codesets.rules.common import RuleError

AMOUNT = st.sampled_from([Decimal(text) for text in ("0.1", "0.5", "1", "10", "15", "62.5", "250")])


@pytest.mark.parametrize(
    ("dose", "amount", "units"),
    [(10, 6, 2), (200, 50, 4), ("0.3", "0.1", 3), (1, 15, 1), (15, 15, 1), ("15.1", 15, 2), (100000, 1000, 100)],
)
def test_units_round_up(dose: object, amount: object, units: int):
    assert rule.units(dose, amount) == units


@pytest.mark.parametrize(
    ("dose", "amount", "vials", "lines"),
    [
        (80, 10, [100], ["J9999 × 8", "J9999-JW × 2"]),
        (82, 10, [100], ["J9999 × 9", "J9999-JW"]),
        (305, 10, [100, 100, 100, 100], ["J9999 × 31", "J9999-JW × 9"]),
        (75, 100, [100], ["J9999-JZ"]),
        (100, 10, [100], ["J9999-JZ × 10"]),
        (95, 10, [100], ["J9999-JZ × 10"]),
        ("0.25", "0.1", ["0.5"], ["J9999 × 3", "J9999-JW × 2"]),
    ],
)
def test_waste_is_billed_once(dose: object, amount: object, vials: list[object], lines: list[str]):
    assert [str(line) for line in rule.bill("J9999", dose, amount, vials).lines] == lines


def test_a_multi_dose_vial_has_neither_modifier():
    assert [str(line) for line in rule.bill("J9999", 82, 10, single_dose=False).lines] == ["J9999 × 9"]


@pytest.mark.parametrize(
    ("dose", "sizes", "vials"),
    [
        (300, [100, 400], [100, 100, 100]),
        (365, [100, 400], [400]),
        (400, [100, 400], [400]),
        (500, [100, 400], [400, 100]),
        (1, [100, 400], [100]),
        ("0.6", ["0.5", "0.2"], ["0.2", "0.2", "0.2"]),
    ],
)
def test_the_vials_that_waste_least(dose: object, sizes: list[object], vials: list[object]):
    assert rule.choose_vials(dose, sizes) == tuple(Decimal(str(vial)) for vial in vials)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: rule.units(0, 10),
        lambda: rule.units(10, 0),
        lambda: rule.units("ten", 10),
        lambda: rule.choose_vials(10, []),
        lambda: rule.choose_vials(10, [0]),
        lambda: rule.choose_vials(10_000, [1]),
        lambda: rule.choose_vials(10, [1, 2, 3, 4, 5]),
        lambda: rule.bill("J9999", 120, 10, [100]),
    ],
)
def test_what_is_no_dose_is_refused(wrong: object):
    with pytest.raises(RuleError):
        wrong()  # type: ignore[operator]


@given(st.integers(1, 4000), AMOUNT, st.sets(st.sampled_from([50, 100, 200, 240, 400]), min_size=1, max_size=3))
@settings(max_examples=60)
def test_dose_and_waste_are_the_vials(dose: int, amount: Decimal, sizes: set[int]):
    if dose / min(sizes) > rule.MOST_VIALS:
        return
    billed = rule.bill("J9999", dose, amount, rule.choose_vials(dose, sizes))
    assert dose + billed.discarded == billed.content == sum(billed.vials)
    assert (billed.dose_units - 1) * amount < dose <= billed.dose_units * amount
    assert (billed.waste_units > 0) == (len(billed.lines) == 2)
    if billed.waste_units:
        assert (billed.dose_units + billed.waste_units) * amount <= billed.content
        assert billed.waste_units * amount <= billed.discarded


@given(st.integers(1, 900), st.sets(st.sampled_from([70, 100, 150, 400]), min_size=1, max_size=3))
@settings(max_examples=40)
def test_no_other_combination_wastes_less_or_needs_fewer_vials(dose: int, sizes: set[int]):
    ways = []
    for counts in product(*(range(dose // size + 2) for size in sizes)):
        content = sum(count * size for count, size in zip(counts, sizes, strict=True))
        if content >= dose:
            ways.append((content, sum(counts)))
    vials = rule.choose_vials(dose, sizes)
    assert (sum(vials), len(vials)) == min(ways)
