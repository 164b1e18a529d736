"""Table look-up: each wrong cell is met with reasons of its own, row and column apart; the code is diagnosed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.codesets import icd10cm
from course.codesets.icd10cm import tables
from course.grading.verdict import Outcome, Verdict
from course.questions.bank import load_item
from course.questions.base import ItemBase
from course.questions.kinds import check, solution, static_html, table_lookup, view
from tests.questions.conftest import FIXTURES

BREAST = load_item("90-kinds/which-quadrant", FIXTURES)
RASH = load_item("90-kinds/rash-from-a-drug", FIXTURES)
#: In the order of the book: breast, nipple, overlapping lesion, skin, upper-outer quadrant, connective tissue, breast.
RIGHT = {"cell": "r5c1", "code": "C50.411"}


def checked(raw: Any, one: ItemBase = BREAST) -> Verdict:
    return check(one, raw, icd10cm.open_edition(2027))


def said(verdict: Verdict) -> dict[str, tuple[str, str]]:
    return {part.target: (part.mark, part.message) for part in verdict.parts}


def cells(one: ItemBase) -> dict[str, tuple[str, str]]:
    """Cell id -> (row, column) of every cell that holds a code."""
    columns = [column.id for column in tables.table(one.table).columns]
    return {
        cell["id"]: (row["path"], columns[n])
        for row in view(one)["rows"]
        for n, cell in enumerate(row["cells"])
        if cell
    }


def test_the_excerpt_stands_in_the_order_of_the_book() -> None:
    rows = view(BREAST)["rows"]
    assert [row["term"] for row in rows] == [
        "breast", "nipple", "overlapping lesion", "skin", "upper-outer quadrant", "connective tissue NEC", "breast",
    ]  # fmt: skip
    assert [row["level"] for row in rows] == [0, 1, 1, 1, 1, 0, 1]
    assert [cell and cell["code"] for cell in rows[2]["cells"]] == ["C50.8-", None, None, None, None, None]
    assert rows[6]["see"] == "Neoplasm, breast" and not any(rows[6]["cells"])
    assert view(BREAST)["outside"] and not view(RASH)["outside"]


def test_the_right_cell_and_code() -> None:
    assert solution(BREAST)["response"] == RIGHT and solution(RASH)["response"] == {"cell": "r1c5"}
    verdict = checked(RIGHT)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline.startswith("Yes")
    told = said(verdict)
    assert "the dash says more characters are needed" in told["cell"][1].lower()
    assert "upper-outer quadrant of right female breast" in told["C50.411"][1]
    assert said(checked({"cell": "r1c5"}, RASH))["cell"][1].endswith("the Tabular List asks for one.")


@pytest.mark.parametrize("one", [BREAST, RASH], ids=lambda one: one.slug)
def test_every_other_cell_gets_its_reason(one: ItemBase) -> None:
    rows = {entry.row: entry.why for entry in one.rows}
    columns = {entry.column: entry.why for entry in one.columns}
    table = tables.table(one.table)
    right = 0
    for cell, (row, column) in cells(one).items():
        verdict = checked({**solution(one)["response"], "cell": cell}, one)
        told = said(verdict)
        if (row, column) == (one.answer.row, one.answer.column):
            assert verdict.score == 1
            right += 1
            continue
        assert verdict.outcome is not Outcome.CORRECT and verdict.score < 1
        if row == one.answer.row:
            assert told["row"] == ("right", "The row fits.")
        else:
            assert told["row"] == ("wrong", f"**Row: {row}.** {rows[row]}")
        if column == one.answer.column:
            assert told["column"] == ("right", "The column fits.")
        else:
            why = columns.get(column) or table.column(column).meaning
            assert told["column"] == ("wrong", f"**Column: {table.column(column).label}.** {why}")
        worth = ((row == one.answer.row) + (column == one.answer.column)) / 2
        assert verdict.score == ((1 + worth) / 2 if one.complete else worth)
    assert right == 1


def test_the_offer_past_the_table() -> None:
    verdict = checked({"cell": "outside"})
    assert verdict.score == 0 and BREAST.outside in said(verdict)["cell"][1]
    assert checked({"cell": "outside"}, RASH).invalid, "the drug table has no such offer"
    data = BREAST.model_dump(mode="json") | {"answer": {"outside": True}, "outside": None}
    data["complete"] = {"code": "D17.1"}
    data["rows"][1]["why"] = "A lipoma has entries of its own."
    lipoma = type(BREAST).model_validate(data)
    assert checked({"cell": "outside", "code": "D17.1"}, lipoma).outcome is Outcome.CORRECT
    for cell, (row, _) in cells(lipoma).items():
        told = said(checked({"cell": cell, "code": "D17.1"}, lipoma))
        assert told["row"][0] == told["column"][0] == "wrong" and row in told["row"][1]
    assert "No cell of the table" in solution(lipoma)["html"]


def test_a_row_that_prints_the_same_code_is_as_right() -> None:
    data = RASH.model_dump(mode="json")
    data["rows"][1] = {"row": "Ampicillin", "why": "Another penicillin."}
    twin = type(RASH).model_validate(data)
    verdict = checked({"cell": "r2c5"}, twin)
    assert verdict.score == 1 and "prints the same code" in said(verdict)["cell"][1]
    assert any("either row is right" in fault.message for fault in twin.lints()), "and the author hears of it"
    assert not list(RASH.lints()) and not list(BREAST.lints())


def test_the_code_is_diagnosed_and_a_wrong_cell_explains_its_own() -> None:
    told = said(checked({**RIGHT, "code": "C50.412"}))
    assert "The biopsy names the other side." in told["C50.412"][1] and told["cell"][0] == "right"
    assert "more characters are needed" in said(checked({**RIGHT, "code": "C50.4-"}))["C50.4"][1]
    verdict = checked({"cell": "r2c1", "code": "C50.011"})
    assert said(verdict)["C50.011"] == (
        "note",
        "**Follows from the cell.** It lies where that cell led. Mend the cell first.",
    )
    verdict = checked({"cell": "r2c1", "code": "C50.411"})
    assert said(verdict)["C50.411"] == ("right", "The right code, but not by this cell.") and verdict.score == 0.75


def test_what_is_left_open() -> None:
    verdict = checked({"cell": "r5c1"})
    assert verdict.outcome is Outcome.PARTLY and said(verdict)["code"][0] == "missing"
    verdict = checked({"code": "C50.411"})
    assert verdict.outcome is Outcome.PARTLY and said(verdict)["cell"][0] == "missing"
    for blank in (None, "", [], {}, {"cell": ""}, {"cell": None, "code": " "}, {"code": []}):
        verdict = checked(blank)
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None
    assert checked({"cell": "r1c5", "code": "I10"}, RASH).score == 1, "no code is asked there"


@pytest.mark.parametrize(
    "raw",
    [
        "r5c1", ["r5c1"], {"cell": "r9c1"}, {"cell": "r5c7"}, {"cell": "r3c2"}, {"cell": "r7c1"}, {"cell": 3},
        {"row": "r1"}, {"cell": "r5c1", "code": "C50.411, C77.3"}, {"cell": "r5c1", "code": "breast"}, {"code": 7},
        {"cell": "r\u0665c1"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_never_wrong(raw: Any) -> None:
    verdict = checked(raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid and len(verdict.invalid) > 20


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NEAR = st.fixed_dictionaries(
    {},
    optional={
        "cell": st.sampled_from(["outside", "", None, "r0c1"]) | st.from_regex(r"r[1-9]c[1-7]", fullmatch=True) | ANY,
        "code": st.from_regex(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?-?", fullmatch=True) | st.text(max_size=12) | ANY,
    },
)  # fmt: skip


@given(raw=NEAR | ANY, item=st.sampled_from([BREAST, RASH]))
def test_no_response_raises(raw: Any, item: ItemBase) -> None:
    verdict = checked(raw, item)
    json.dumps(verdict.to_dict())
    assert verdict.headline
    if verdict.score == 1:
        where = cells(item).get(raw["cell"])
        assert where == (item.answer.row, item.answer.column)
        assert item.complete is None or raw["code"].replace(".", "").strip().upper().startswith("C50411")


WRONG = {
    "unknown row": ({"rows": [{"row": "left toe", "why": "x"}] * 5}, "which is no row of the table"),
    "no parent": ({"answer": {"row": "lip", "column": "primary"}, "rows": ["lip, skin"]}, "which is not shown"),
    "no code there": ({"answer": {"row": "breast, overlapping lesion", "column": "benign"}}, "no code stands there"),
    "not shown": ({"answer": {"row": "lung", "column": "primary"}}, "not among the rows"),
    "code elsewhere": ({"complete": {"code": "C34.11"}}, "does not begin as the cell does"),
    "code too short": ({"complete": {"code": "C50.4"}}, "does not fit the cell"),
    "key among reasons": ({"complete": {"code": "C50.411", "reasons": {"C50.411": "x"}}}, "is the right code"),
    "outside and a cell": ({"answer": {"row": "breast", "column": "primary", "outside": True}}, "together with a cell"),
    "no such column": ({"columns": [{"column": "adverse_effect", "why": "x"}]}, "is 'adverse_effect'"),
    "right column": ({"columns": [{"column": "primary", "why": "x"}]}, "is the right one"),
    "no why": ({"rows": "bare"}, "has no `why`"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_an_author_can_get_wrong(name: str) -> None:
    change, message = WRONG[name]
    data = BREAST.model_dump(mode="json")
    rows = change.get("rows")
    if rows == "bare":
        change = {"rows": [{"row": row["row"]} for row in data["rows"]]}
    elif rows and isinstance(rows[0], str):
        change = change | {"rows": data["rows"] + [{"row": row, "why": "x"} for row in rows]}
    with pytest.raises(ValidationError, match=message):
        type(BREAST).model_validate(data | change)


def test_the_static_form_is_the_excerpt() -> None:
    page = static_html(BREAST)
    assert page.count("<tr>") == 8 and "– upper-outer quadrant" in page and "C50.4-" in page
    assert "C50.411" not in page and page.count("______") and table_lookup.OUTSIDE_LABEL in page
    assert "see Neoplasm, breast" in page and table_lookup.OUTSIDE_LABEL not in static_html(RASH)
