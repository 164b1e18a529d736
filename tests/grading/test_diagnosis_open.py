"""While codes of the key are still open: partners of one place, and a wrong pick that is not one too many."""

from __future__ import annotations

import pytest

from course.grading.diagnosis import CodeKey, Kind, diagnose


@pytest.mark.parametrize(
    ("entered", "key"), [(["I63.9"], ("I63.9", "R29.705", "Z92.82")), (["E11.9"], ("E11.9", "Z79.4", "Z79.84"))]
)
def test_two_partners_that_one_place_asks_for_are_told_once(codes, entered, key):
    found = diagnose(entered, CodeKey(key), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.PARTNER_MISSING)
    assert "asks for two more codes" in found.findings[1].message and found.findings[1].basis.count("“") > 2


@pytest.mark.parametrize(
    ("pick", "key", "section"),
    [
        ("Z21", ("S82.852A", "B20"), "I.C.1.a"),
        ("K63.5", ("Z12.11", "D12.5"), "I.C.2"),
        ("I20.9", ("R06.02", "R07.9"), "IV.H"),
        ("F17.210", ("Z51.11", "Z87.891"), "I.C.21.c.4"),
    ],
)
def test_a_wrong_pick_of_the_same_condition_is_no_surplus(codes, pick, key, section):
    found = diagnose([key[0], pick], CodeKey(key), codes)
    assert found.score == 0.5 and section in found.findings[1].basis
    assert not {Kind.EXTRA, Kind.MISSING} & {*found.kinds()}


def test_a_code_beside_an_open_one_is_not_called_one_too_many(codes):
    key = CodeKey(("J02.0", "L40.0"))
    plain = diagnose(["J02.0", "H60.331"], key, codes)
    assert plain.kinds() == (Kind.RIGHT, Kind.EXTRA, Kind.MISSING)
    assert plain.findings[1].headline == "This one is not reported here."
    assert "perhaps for something you have coded in another way" in plain.findings[2].message
    assert diagnose(["J02.0", "L40.0", "H60.331"], key, codes).findings[2].headline == "One code more than is needed."
    own = diagnose(["J02.0", "L40.0", "H60.331"], key, codes, {"H60*": "The ear is well."}).findings[2]
    assert (own.headline, own.message, own.basis) == ("This one is not reported here.", "The ear is well.", None)
