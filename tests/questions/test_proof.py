"""Codes in questions are looked up in the code set itself."""

from __future__ import annotations

import pytest

from course.codesets import icd10cm
from course.questions import proof
from course.questions.bank import check_bank


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("S52.521A and I10.", ["S52.521A", "I10"]),
        ("HbA1c, G0438, 99213, J1885, T2DM, FY2026, I.C.9.a", []),
        ("C82-C83, S06.0X1-S06.0X9", ["C82", "C83", "S06.0X1", "S06.0X9"]),
        ("S52.5219 is too short by none", ["S52.5219"]),
        ("E11.-, (E11.A) and QA1", ["E11", "E11.A", "QA1"]),
        ("s52.521a, S52.52_ and S52.52?", ["S52.52"]),
        ("`S52.52XA`", ["S52.52XA"]),
    ],
)
def test_what_looks_like_a_code(text: str, codes: list[str]) -> None:
    assert [match[0] for match in proof.CODE_LIKE.finditer(text)] == codes


def lints(one, **changes) -> str:
    return " | ".join(
        f"{path} {message} {advice}"
        for path, message, advice in proof.lints(one.model_copy(update=changes), icd10cm.open_edition)
    )


def test_the_fixtures_are_proved(fixtures) -> None:
    assert check_bank(fixtures, codes=icd10cm.open_edition) == []


def test_a_code_that_is_none_is_told(item) -> None:
    one = item("buckle")
    assert "('stem',) names S52.52XA, which is not a code" in lints(one, stem="Is S52.52XA right?")
    assert lints(one, stem="Is S52.52XA right?", not_codes=("S52.52XA",)) == ""
    assert "('reasons', 'S99.9999') names S99.9999" in lints(one, reasons={"S99.9999": "No such code."})
    assert "('not_codes', 0) S52.52 is a code" in lints(one, not_codes=("S52.52",))
    assert "is not in this question" in lints(one, not_codes=("S52.52XA",))


def test_a_key_must_be_billable_in_every_edition(item) -> None:
    one = item("buckle")
    heading = one.answer.model_copy(update={"codes": ("S52.521",)})
    told = lints(one, answer=heading)
    assert told.count("S52.521 is a heading, not billable, in FY202") == 2
    none = one.answer.model_copy(update={"codes": ("S52.521B",)})
    assert "S52.521B is not a code in FY2026" in lints(one, answer=none)
    added = next(change.code for change in changes("added"))
    told = lints(one, answer=one.answer.model_copy(update={"codes": (added,)}))
    assert f"{added} is not a code in FY2026" in told and "FY2027" not in told


def test_a_code_of_an_earlier_year_may_be_mentioned(item) -> None:
    deleted = next(change.code for change in changes("deleted"))
    assert lints(item("buckle"), editions=(2027,), stem=f"Why was {deleted} taken out?") == ""


def test_an_edition_that_is_not_there_is_told_not_raised(item) -> None:
    assert "names FY2031, which cannot be opened" in lints(item("buckle"), editions=(2026, 2031))


def changes(action: str):
    codes = icd10cm.open_edition(2027)
    rows = codes.connection.execute("SELECT DISTINCT code FROM history WHERE action = ? AND edition = 2027", (action,))
    for (code,) in rows:
        yield from (change for change in codes.history(code) if change.action == action and change.edition == 2027)
