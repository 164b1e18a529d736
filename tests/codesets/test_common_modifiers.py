"""Which modifiers commonly go on a code: laws over all codes of the course, and cases that a coder would know."""

from __future__ import annotations

import pytest

from course.codesets import common_modifiers, cpt, hcpcs, indicators, modifiers

NUMBERS = cpt.numbers()


def codes(code: str) -> set[str]:
    return {one.modifier for one in common_modifiers.usual(code)}


def fits(code: str, modifier: str) -> bool | None:
    found = common_modifiers.judge(code, modifier)
    return None if found is None else found.fits


@pytest.mark.parametrize(
    ("code", "some", "never"),
    [
        ("29881", "50 RT LT 22 54 55 78 79", "25 57 26 TC 90 P1 GP"),  # knee, both sides possible, 90 days
        ("99213", "24 25 57 95", "50 51 59 22 76 26 XE"),  # office visit
        ("71046", "26 TC 76 77", "50 25 91 P1"),  # chest film
        ("00400", "P1 P5 AA QK QX QZ 23", "50 26 47 25 F1"),  # anesthesia
        ("80053", "90 91", "26 50 GP 57"),  # panel
        ("11721", "Q7 Q8 Q9", "50 25"),  # nails, six or more
        ("17003", "", "51"),  # add-on
        ("J1885", "JW JZ", "NU 25 50 P1"),  # drug
        ("E0143", "NU RR UE KX", "JW 25 P1"),  # walker
        ("A0429", "QN QM QL", ""),  # ambulance
    ],
)
def test_what_a_coder_knows(code: str, some: str, never: str) -> None:
    assert set(some.split()) <= codes(code)
    assert [one for one in never.split() if fits(code, one) is not False] == []


def test_laws_of_the_indicators() -> None:
    """50 fits exactly with a bilateral indicator of 1 or 3; TC exactly with PC/TC 1; never 51 on an add-on."""
    ended = {one.code for one in modifiers.all_modifiers() if one.ended}
    for number in NUMBERS:
        found = codes(number.code)
        assert ("50" in found) == (number.bilateral in ("1", "3")) == ({"LT", "RT"} <= found), number
        assert ("TC" in found) == (number.pctc == "1"), number
        assert not (number.addon and "51" in found), number
        assert ("P3" in found) == (number.section.key == "anesthesia" and not number.code.startswith("991")), number
        assert not ({"24", "25", "57"} & found and {"51", "59", "78", "22"} & found), "a visit or a procedure"
        assert not found & ended, number


def test_every_sentence_is_whole() -> None:
    held = [*(one.code for one in NUMBERS), *(one.code for one in hcpcs.codes()[::9])]
    every = {
        (one.why, one.basis)
        for code in held
        for known in modifiers.all_modifiers()
        if (one := common_modifiers.judge(code, known.code)) is not None
    }
    assert all(why[0].isupper() or why[0].isdigit() for why, _ in every)
    assert all(why.endswith(".") and len(why) < 120 and basis for why, basis in every)


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert common_modifiers.judge("29881", "ZZ") is None and common_modifiers.usual("12345") == ()
    assert common_modifiers.judge("", "") is None


@pytest.mark.parametrize(
    ("picked", "count"),
    [("50 RT", 1), ("26 TC", 1), ("59 XS", 1), ("F1 F2", 1), ("F1 LT", 1), ("25", 0), ("RT 59 51", 0), ("", 0),
     ("AA P3", 0), ("JW JZ", 1), ("LT RT", 1), ("50 LT RT", 2), ("KX NU RT", 0)],
)  # fmt: skip
def test_modifiers_that_contradict_each_other(picked: str, count: int) -> None:
    assert len(common_modifiers.clashes(picked.split())) == count


def test_two_sides_are_no_hint_at_the_modifier_for_both() -> None:
    (told,) = common_modifiers.clashes(["LT", "RT"])
    assert "one way only" in told and "50" not in told


def test_what_pays_stands_first_and_the_side_last() -> None:
    assert common_modifiers.in_claim_order(["LT", "79", "50", "22"]) == ["22", "50", "79", "LT"]
    assert common_modifiers.in_claim_order(["P3", "QS", "AA"]) == ["AA", "QS", "P3"]


def test_every_figure_has_words() -> None:
    for number in NUMBERS:
        told = indicators.indicators(number)
        assert all(one.words and one.value != "9" for one in told)
        period = indicators.global_period(number)
        assert (period is None) == (not number.global_days) and (not period or "not explained" not in period.words)
    assert [one.name for one in indicators.indicators(cpt.get("99213"))] == ["Reading, equipment (26, TC)"]
    assert (
        "fixed by policy" in indicators.most_units(1, "2").words and "unit a day" in indicators.most_units(1, "2").words
    )
    assert indicators.most_units(None, "") is None and "none" in indicators.most_units(0, "3").words
