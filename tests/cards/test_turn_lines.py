"""Slips that the lines of a cell tell: no row, a comma in a number, missing parentheses, a variable as a column."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import course
from course.cards import turn_errors, turn_lines


def told(code: str) -> dict[str, Any]:
    """What is said about lines that fail below two tables and a name of a column."""
    cpi = course.labor.table("cpi")
    names = {"pd": pd, "cpi": cpi, "since": cpi.query("year >= 2020"), "may": "cpi_u_may_1982_84_100"}
    names["__name__"] = "__main__"
    with pytest.raises(Exception) as caught:
        exec(compile(code, "<cell>", "exec"), names)
    return turn_errors.explained(caught.value, code, names)


@pytest.mark.parametrize(
    ("code", "what", "tip"),
    [
        ("mine = cpi.query(\"year == 'x y'\")['year'].item()", "No row fits this query, so", "between the quotes"),
        ("mine = cpi.query('year == 29-2072')['year'].item()", "No row fits this query", "marks: `'29-2072'`"),
        ("mine = cpi.query('year > 2020')['year'].item()", "rows fit this query; `.item()` takes", "one row"),
        ("mine = cpi[cpi['year'] < 0]['year'].item()", "No row is left here", "between the quotes"),
        ("mine = cpi.query('year > 2,000')", "The comma in `2,000`", "Write `2000` or `2_000`"),
        ("mine = cpi.query('year > 2,050')", "The comma in `2,050`", "Write `2050` or `2_050`"),
        ("mine = cpi.query('year == 2020 and year > 2,000')", "The comma in `2,000`", "Write `2000` or `2_000`"),
        ("mine = (cpi\n .query('year > 2,5 or year == 3'))", "Line 2: The comma in `2,5`", "as a point: `2.5`"),
        ("x = 1\nmine = cpi.query('year == billing clerks')", "Line 2: The text inside", "single quotation marks"),
        ("x = 1\nmine = cpi.query('year == 43-3021x')", "Line 2: The text inside", "single quotation marks"),
        ("mine = since['year'].sum + 1", "`sum` needs its parentheses: `.sum()`.", turn_errors.UNDO),
        ("mine = since.assign(\n x=1,\n y=1 - since.year.max)", "Line 3: `max` needs its", turn_errors.UNDO),
        ("mine = since['year'].max - cpi.year.astype(str).str.len()", "`max` needs its", turn_errors.UNDO),
        ("mine = since.head.sum()", "`head` needs its parentheses: `.head()`.", turn_errors.UNDO),
        (
            "n = 5\nmine = since.assign(\n  x=pd.col('year') / pd.col('n'))",
            "Line 3: `n` is no column of this table, but a plain number.",
            "without `pd.col` and quotation marks: `n`.",
        ),
        ("mine = since[since['year'] > since['cpi']]", "but a table of its own.", "without the quotation marks: `cpi`"),
        ("mine = since.assign(x=pd.col('may'))", "a variable that holds a text", "marks: `pd.col(may)`"),
        (
            "mine = since.assign(\n x=pd.col('year'),\n y=pd.col('yeer'))",
            "Line 3: There is no column `yeer`",
            "`year`?",
        ),
        ("mine = since[since['year'] > 2,000]", "The comma in `2,000`", "Write `2000` or `2_000`"),
        ("mine = since[since['year'] > 2,050]", "The comma in `2,050`", "Write `2050` or `2_050`"),
    ],
)
def test_a_slip_is_told_from_the_lines(code: str, what: str, tip: str):
    said = told(code)
    assert what in said["headline"] and any(tip in one for one in said["tips"]), said
    assert said["code"] == code.splitlines()[said["line"] - 1].strip()


@pytest.mark.parametrize(
    "code",
    [
        "mine = cpi.query('year in [2020,2021] and 5')",
        "mine = cpi.query('year in (2020,2021) and 5')",
        "mine = {since['year']: 1}",
        "mine = since['year'] + 'a'",
        "mine = None.year",
        "mine = float('a')",
    ],
)
def test_other_errors_are_told_by_their_type(code: str):
    names = {"pd": pd, "cpi": course.labor.table("cpi"), "since": course.labor.table("cpi"), "__name__": "__main__"}
    with pytest.raises(Exception) as caught:
        exec(compile(code, "<cell>", "exec"), names)
    assert turn_lines.seen(caught.value, turn_errors.Around(code, code, names)) is None
