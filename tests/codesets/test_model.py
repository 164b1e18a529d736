"""References on their own: what a range covers, what a condition demands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets.icd10cm.model import Ref, bare, dotted
from course.codesets.icd10cm.spelling import listed, normalise


@pytest.mark.parametrize(
    ("ref", "covered", "not_covered"),
    [
        (Ref("E11.A", "E11.A"), ["E11.A"], ["E11", "E11.9", "E12.A"]),
        (Ref("C82", "C83"), ["C82", "C82.0", "C83.39"], ["C81.99", "C84", "C8"]),
        (Ref("N18.1", "N18.4"), ["N18.1", "N18.30", "N18.4"], ["N18", "N18.5", "N18.9", "N19"]),
        (Ref("I50", "I50"), ["I50", "I50.22"], ["I5A", "I51.0", "I5"]),
        (Ref("S06.0X1", "S06.0X9", "A"), ["S06.0X1A", "S06.0X9A"], ["S06.0X1D", "S06.0X1", "S06.0X0A", "S06.1X1A"]),
        (
            Ref("T36", "T50", pattern="^.{4}(?:.[5]|[5]X)"),
            ["T36.0X5A", "T36.95XA"],
            ["T36.0X1A", "T45.511A", "T51.0X5A"],
        ),
        (Ref("E08", "E13", pattern="^...(?:52)"), ["E11.52", "E08.52"], ["E11.51", "E11", "E14.52"]),
        (Ref("M05", "M14", inside=("M1A",)), ["M1A.0", "M10.9", "M05"], ["M15", "M04"]),
        (Ref("C76", "C80", outside=("C7A", "C7B")), ["C76", "C80.1"], ["C7A.0", "C7B.1", "C81"]),
        (Ref("O62", "O62", outside=("O62.3",)), ["O62.0", "O62.4"], ["O62.3"]),
    ],
)
def test_covers(ref: Ref, covered: list[str], not_covered: list[str]):
    assert [code for code in covered if not ref.covers(code)] == []
    assert [code for code in not_covered if ref.covers(code)] == []


def test_a_poisoning_is_told_from_an_adverse_effect_of_the_same_drug():
    """T45.515A: the 5th character is a 1 and means a substance; the 6th is the intent."""
    adverse = Ref("T36", "T50", pattern="^.{4}(?:.[5]|[5]X)")
    poisoning = Ref("T36", "T65", pattern="^.{4}(?:.[1234]|[1234]X)")
    assert adverse.covers("T45.515A")
    assert not poisoning.covers("T45.515A")
    assert poisoning.covers("T45.511A")


def test_touches_is_never_narrower_than_covers():
    ref = Ref("S06.81", "S06.89", inside=("S06.8A",))
    for code in ("S06", "S06.8", "S06.81", "S06.8A", "S06.8A1A", "S06.89"):
        assert ref.touches(code)
    assert not ref.touches("S07")


def test_family_reads_as_in_the_book():
    assert Ref("C82", "C83").family == "C82-C83"
    assert Ref("E11.A", "E11.A").family == "E11.A"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (" s52521a ", "S52.521A"),
        ("S52.521A", "S52.521A"),
        ("s 52 . 521 a", "S52.521A"),
        ("I11.-", "I11"),
        ("i50.2-", "I50.2"),
        ("e119", "E11.9"),
        ("A00", "A00"),
        ("19", "19"),
        ("chapter 19", "19"),
        ("Chapter 04", "4"),
        ("s50-s59", "S50-S59"),
        ("S50 – S59", "S50-S59"),
        ("QA0.0101", "QA0.0101"),
        ("", ""),
        ("-", "-"),
        ("W08.XXXA", "W08.XXXA"),
        ("\uff33\uff15\uff12.521A", "S52.521A"),
    ],
)
def test_normalise(typed: str, written: str):
    assert normalise(typed) == written


@given(st.one_of(st.text(), st.integers(), st.none(), st.binary(), st.floats()))
def test_normalise_takes_anything_and_settles(typed: object):
    once = normalise(typed)
    assert normalise(once) == once or not once.isascii()


@given(st.from_regex(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}", fullmatch=True))
def test_dot_and_no_dot_are_inverse(text: str):
    assert bare(dotted(text)) == text


def test_listed():
    assert listed(["A"]) == "A"
    assert listed(["A", "D", "S"]) == "A, D or S"
