"""Excised diameters and sums of closures: every threshold from both sides, and laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import cpt
from course.codesets.rules import excision, repair
from course.codesets.rules.common import Line, RuleError

TENTHS = st.integers(1, 500).map(lambda n: Decimal(n) / 10)


def test_the_diameter_is_the_lesion_and_both_margins():
    assert excision.diameter("1.2", "0.3") == Decimal("1.8")
    assert excision.diameter("1.2", "0.3", "0.1") == Decimal("1.6")
    assert excision.diameter("0.1", "0.2") == Decimal("0.5")  # exactly at the threshold, not 0.50000000000000004


@pytest.mark.parametrize(
    ("size", "place"),
    [
        ("0.1", 0),
        ("0.5", 0),
        ("0.6", 1),
        ("1.0", 1),
        ("1.1", 2),
        ("2", 2),
        ("2.1", 3),
        ("3.0", 3),
        ("3.1", 4),
        ("4.0", 4),
        ("4.1", 5),
        ("12", 5),
    ],
)
def test_sizes_of_lesions(size: str, place: int):
    assert excision.size_of(size) == place


@pytest.mark.parametrize(
    ("kind", "site", "size", "code"),
    [
        ("benign", "arm", "0.5", "11400"),
        ("benign", "trunk", "4.1", "11406"),
        ("benign", "scalp", "1.5", "11422"),
        ("benign", "lip", "3.5", "11444"),
        ("benign", "mucous membrane", "0.6", "11441"),
        ("malignant", "leg", "2.5", "11603"),
        ("malignant", "hand", "1", "11621"),
        ("malignant", "nose", "1.8", "11642"),
        ("malignant", "eyelid", "5", "11646"),
    ],
)
def test_lesions_to_numbers(kind: str, site: str, size: str, code: str):
    assert excision.code_for(kind, site, size) == code


@given(st.sampled_from(excision.KINDS), st.sampled_from(("arm", "scalp", "ear")), TENTHS, TENTHS)
@settings(max_examples=60)
def test_a_larger_lesion_never_has_a_lower_number(kind: str, site: str, first: Decimal, second: Decimal):
    low, high = sorted((first, second))
    assert excision.code_for(kind, site, low) <= excision.code_for(kind, site, high)


def test_work_of_each_family_grows_with_the_number():
    """All numbers of the six families exist, in order, with ten days after."""
    for kind in excision.KINDS:
        for sites in excision.GROUPS.values():
            family = excision.family(kind, sites[0])
            assert sorted(family) == list(family) and len(set(family)) == 6
            assert {cpt.get(code).global_days for code in family} == {"010"}


@pytest.mark.parametrize(
    ("kind", "group", "edges"),
    [
        (
            "simple",
            "body",
            "2.5 12001 2.6 12002 7.5 12002 7.6 12004 12.5 12004 12.6 12005 20 12005 20.1 12006 30 12006 30.1 12007",
        ),
        (
            "simple",
            "face",
            "2.5 12011 2.6 12013 5 12013 5.1 12014 7.5 12014 7.6 12015 12.6 12016 20.1 12017 30.1 12018",
        ),
        ("intermediate", "body", "2.5 12031 2.6 12032 7.5 12032 7.6 12034 12.6 12035 20.1 12036 30.1 12037"),
        ("intermediate", "hands", "2.5 12041 2.6 12042 7.5 12042 7.6 12044 12.6 12045 20.1 12046 30.1 12047"),
        ("intermediate", "face", "2.5 12051 2.6 12052 5.1 12053 7.6 12054 12.6 12055 20.1 12056 30.1 12057"),
        ("complex", "trunk", "1.1 13100 2.5 13100 2.6 13101 7.5 13101"),
        ("complex", "limbs", "1.1 13120 2.6 13121"),
        ("complex", "hands", "1.1 13131 2.6 13132"),
        ("complex", "face", "1.1 13151 2.6 13152"),
    ],
)
def test_lengths_to_numbers(kind: str, group: str, edges: str):
    parts = edges.split()
    for length, code in zip(parts[::2], parts[1::2], strict=True):
        assert repair.lines_for(kind, group, length) == (Line(code),), length


@pytest.mark.parametrize(("length", "more"), [("7.6", 1), ("12.5", 1), ("12.6", 2), ("17.5", 2), ("27.5", 4)])
def test_add_ons_count_each_five_centimeters_begun(length: str, more: int):
    assert repair.lines_for("complex", "limbs", length) == (Line("13121"), Line("13122", more))


def test_the_group_of_a_site_depends_on_the_class():
    assert [repair.group_of(kind, "neck") for kind in repair.CLASSES] == ["body", "hands", "hands"]
    assert [repair.group_of(kind, "cheek") for kind in repair.CLASSES] == ["face", "face", "hands"]
    assert [repair.group_of(kind, "axilla") for kind in repair.CLASSES] == ["body", "body", "hands"]
    for kind, groups in repair.GROUPS.items():
        assert sorted(site for sites in groups.values() for site in sites) == sorted(repair.SITES), kind


def test_sums_stay_within_class_and_group_and_the_complex_one_leads():
    wounds = [
        repair.wound("3.2", "simple", "scalp"),
        repair.wound("2", "intermediate", "cheek"),
        repair.wound("5", "simple", "arm"),
        repair.wound("8", "complex", "leg"),
        repair.wound("1", "simple", "chin"),
    ]
    assert [str(line) for line in repair.repair(wounds)] == ["13121", "13122", "12051", "12004", "12011"]


def test_a_short_complex_closure_counts_only_beside_others():
    with pytest.raises(RuleError, match="simple or intermediate"):
        repair.repair([repair.wound("1.0", "complex", "nose")])
    both = [repair.wound("1.0", "complex", "nose"), repair.wound("0.8", "complex", "lip")]
    assert repair.repair(both) == [Line("13151")]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: repair.wound(0, "simple", "arm"),
        lambda: repair.wound("-1", "simple", "arm"),
        lambda: repair.wound(1, "layered", "arm"),
        lambda: repair.wound(1, "simple", "shin"),
        lambda: repair.lines_for("simple", "hands", 1),
        lambda: repair.lines_for("complex", "body", 3),
        lambda: excision.diameter(0, 1),
        lambda: excision.diameter("1.2 cm", 1),
        lambda: excision.code_for("odd", "arm", 1),
        lambda: excision.code_for("benign", "shin", 1),
        lambda: excision.code_for("malignant", "mucous membrane", 1),
        lambda: excision.size_of(0),
    ],
)
def test_what_is_no_wound_and_no_lesion_is_refused(wrong: object):
    with pytest.raises(RuleError):
        wrong()  # type: ignore[operator]


WOUND = st.builds(
    repair.wound,
    st.integers(11, 200).map(lambda n: Decimal(n) / 10),
    st.sampled_from(repair.CLASSES),
    st.sampled_from(repair.SITES),
)


@given(st.lists(WOUND, min_size=1, max_size=6), st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_wounds_does_not_matter(wounds: list[repair.Wound], rng: object):
    mixed = list(wounds)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert repair.repair(wounds) == repair.repair(mixed)
    sums = repair.sums(wounds)
    assert sum(one.total for one in sums) == sum(one.length for one in wounds)
    ranks = [repair.CLASSES.index(one.kind) for one in sums]
    assert ranks == sorted(ranks, reverse=True)


def test_every_number_of_the_rules_is_on_the_list():
    codes = [code for _, numbers in repair._SCALES.values() for code in numbers]
    codes += [code for numbers in repair._COMPLEX.values() for code in numbers]
    for code in codes:
        number = cpt.get(code)
        assert number is not None and number.words, code
        assert number.addon == (code[-1] in "23" and code in ("13102", "13122", "13133", "13153")), code
