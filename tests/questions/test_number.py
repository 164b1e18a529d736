"""Numbers: how they are read, compared and explained."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.verdict import Outcome
from course.questions.kinds import check
from course.questions.kinds.number import read_number, same_unit


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("1250", "1250", ""),
        ("1,250", "1250", ""),
        ("$1,234.50", "1234.50", "$"),
        ("-$5", "-5", "$"),
        ("$-5", "-5", "$"),
        ("12.5 %", "12.5", "%"),
        ("12.5%", "12.5", "%"),
        ("1 234,5", "1234.5", ""),
        ("1.234,50", "1234.50", ""),
        ("1,234,567.8", "1234567.8", ""),
        ("1.234.567", "1234567", ""),
        ("12,5", "12.5", ""),
        ("12,50", "12.50", ""),
        ("0,5", "0.5", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("+7 codes", "7", "codes"),
        ("12.5 codes.", "12.5", "codes."),
        ("about 6", "6", "about"),
        ("1'250", "1250", ""),
    ],
)
def test_read(written: str, value: str, unit: str) -> None:
    assert read_number(written) == (Decimal(value), unit, "")


@pytest.mark.parametrize(
    "written",
    [
        "six",
        "1/2",
        "1e5",
        "6-7",
        "6 or 7",
        "12 34",
        "1,23,456",
        "--5",
        "1.2.3",
        "",
        "6 x 2",
        "nan",
        "inf",
        "9" * 70,
        "1,2345,6",
        "=6",
    ],
)
def test_what_is_in_doubt_is_not_guessed(written: str) -> None:
    value, _, trouble = read_number(written)
    assert value is None and len(trouble) > 10


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_every_written_number_is_read_back(units: int, decimals: int) -> None:
    number = Decimal(units).scaleb(-decimals)
    for written in (
        f"{number:f}",
        f"{number:,f}",
        f"{number:,f}".translate(str.maketrans(",.", ".,")) if decimals else "0",
    ):
        if written.count(".") == 1 and "," not in written and len(written.split(".")[1]) == 3:
            continue
        expected = Decimal(0) if written == "0" else number
        if (
            written.count(",") == 1
            and "." not in written
            and len(written.split(",")[1]) == 3
            and "," not in f"{number:,f}"
        ):
            continue  # "0,125": three digits after a comma are thousands
        assert read_number(written)[0] == expected, written


@pytest.mark.parametrize(
    ("mine", "asked", "same"),
    [
        ("$", "USD", True),
        ("dollars", "USD", True),
        ("Code", "codes", True),
        ("minutes", "min", True),
        ("percent", "%", True),
        ("mg", "codes", False),
        ("%", "USD", False),
    ],
)
def test_units(mine: str, asked: str, same: bool) -> None:
    assert same_unit(mine, asked) is same


@pytest.mark.parametrize("raw", ["6", 6, "6 characters", "6.0", " 6 Character ", "６", "٦"])
def test_right(item, raw) -> None:
    assert check(item("count-codes"), raw).outcome is Outcome.CORRECT


def test_a_known_slip_is_explained(item) -> None:
    verdict = check(item("count-codes"), "16")
    assert verdict.outcome is Outcome.INCORRECT and verdict.parts[0].message == item("count-codes").mistakes[0].why


@pytest.mark.parametrize(("raw", "said"), [("5", "more"), ("7", "less"), ("60", "decimal point"), ("-6", "sign")])
def test_an_unknown_slip_gets_a_direction_and_never_the_key(item, raw: str, said: str) -> None:
    message = check(item("count-codes"), raw).parts[0].message
    assert said in message and "6" not in message


def test_another_unit_does_not_count(item) -> None:
    verdict = check(item("count-codes"), "6 mg")
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and "characters" in verdict.invalid and "mg" in verdict.invalid


@pytest.mark.parametrize("raw", ["$246.90", "246.9", "246.899", "246,90", "246.904 dollars"])
def test_money_is_rounded_before_it_is_compared(item, raw: str) -> None:
    assert check(item("charge"), raw).outcome is Outcome.CORRECT


def test_rounding_has_an_end(item) -> None:
    assert check(item("charge"), "246.91").outcome is Outcome.INCORRECT
    assert check(item("charge"), "246.894").outcome is Outcome.INCORRECT


@pytest.mark.parametrize("raw", [True, ["6"], {"value": 6}, "six", float("nan"), float("inf"), object()])
def test_unreadable(item, raw) -> None:
    verdict = check(item("count-codes"), raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


def test_tolerance_is_inclusive(item) -> None:
    one = item("count-codes")
    wide = one.model_copy(update={"answer": one.answer.model_copy(update={"tolerance": Decimal("0.5")})})
    assert check(wide, "6.5").outcome is Outcome.CORRECT
    assert check(wide, "6.51").outcome is Outcome.INCORRECT
