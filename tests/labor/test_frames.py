"""Results of pandas as plain data: every dtype a learner meets, what fits into an answer, the code of questions."""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course import labor
from course.labor import frames, tables
from course.learner import records


def cells(values: Any) -> list[Any]:
    return list(frames.plain(values)["values"])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (7, 7), (True, True), (np.int64(7), 7), (np.bool_(True), True), (np.float32(0.5), 0.5), (1 / 3, 0.333333333333),
        (float("nan"), None), (float("inf"), "∞"), (np.float64("-inf"), "-∞"), (decimal.Decimal("1.5"), 1.5),
        (fractions.Fraction(1, 4), 0.25), (10**400, "∞"), (10**16, 1e16),
        ("Ohio", "Ohio"), ("x" * 999, "x" * 200), (pd.Timestamp("2025-05-01"), "2025-05-01"),
        (dt.date(2025, 5, 1), "2025-05-01"), (np.datetime64("2025-05-01"), "2025-05-01"),
    ],
)  # fmt: skip
def test_one_value(value: Any, cell: Any):
    data = frames.plain(value)
    is_what = "truth" if isinstance(cell, bool) else "text" if cell in ("Ohio", "x" * 200, "2025-05-01") else "number"
    assert data == {"is": is_what, "value": cell}
    assert frames.plain(pd.Series([value], dtype=object))["values"] == [cell]


@pytest.mark.parametrize("value", [None, ..., pd.NA, pd.NaT])
def test_nothing(value: Any):
    assert frames.plain(value) == {"is": "nothing"}


@pytest.mark.parametrize(
    ("series", "values"),
    [
        (pd.Series(["a", None], dtype="str"), ["a", None]),
        (pd.Series(["a", pd.NA], dtype="string"), ["a", None]),
        (pd.Series([1, pd.NA], dtype="Int64"), [1, None]),
        (pd.Series([1.5, pd.NA], dtype="Float64"), [1.5, None]),
        (pd.Series([True, pd.NA], dtype="boolean"), [True, None]),
        (pd.Series(["b", "a"], dtype="category"), ["b", "a"]),
        (pd.Series(pd.to_datetime(["2025-05-01", None])), ["2025-05-01", None]),
        (pd.Series(pd.period_range("2025", periods=1, freq="Y")), ["2025"]),
        (pd.Series([1.0, np.inf, np.nan]), [1.0, "∞", None]),
        (pd.Series([{"a": 1}, [2]]), ["{'a': 1}", "[2]"]),
        (pd.Index([2, 1]), [2, 1]), (np.array([2, 1]), [2, 1]), ((2, "x"), [2, "x"]), ({"b", "a"}, ["a", "b"]),
        (range(2), [0, 1]), ({"a": 2}.values(), [2]), (pd.array([1, None], dtype="Int64"), [1, None]),
    ],
)  # fmt: skip
def test_columns_of_every_dtype(series: Any, values: list[Any]):
    data = frames.plain(series)
    assert data["values"] == values and data["count"] == len(values)
    assert json.loads(json.dumps(data)) == data


def test_a_table_keeps_names_rows_and_named_index():
    frame = pd.DataFrame({"year": [2024, 2025], ("a", 1): [0.5, None]}).set_index("year")
    assert frames.plain(frame) == {
        "is": "table", "columns": ["a / 1"], "rows": [[0.5], [None]], "count": 2, "index": ["year"],
    }  # fmt: skip
    assert frames.plain(frame.reset_index()[["year"]])["rows"] == [[2024], [2025]]
    assert frames.plain(pd.DataFrame()) == {"is": "table", "columns": [], "rows": [], "count": 0}
    twice = pd.concat([frame, frame], axis=1)
    assert frames.plain(twice)["columns"] == ["a / 1", "a / 1"]


def test_labels_of_a_series_name_its_values():
    series = pd.Series([1.0], index=pd.MultiIndex.from_tuples([(2025, "OH")]), name="jobs")
    assert frames.plain(series) == {
        "is": "series", "values": [1.0], "count": 1, "name": "jobs", "labels": ["2025 / OH"],
    }  # fmt: skip


class Odd:
    """An object that does not want to be looked at."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError


def test_what_is_no_result_is_named():
    frame = pd.DataFrame({"a": [1]})
    assert frames.plain(frame.median) == {"is": "other", "type": "method", "call": True}
    assert frames.plain(frame.groupby("a"))["type"] == "DataFrameGroupBy"
    assert frames.plain({"a": 1})["type"] == "dict" and frames.plain(Odd())["type"] == "Odd"
    assert frames.plain(pd.col("a") + 1)["type"] == "Expression"
    assert frames.plain(np.zeros((2, 2)))["type"] == "ndarray"


def test_a_large_result_is_cut_and_says_so():
    wide = pd.DataFrame({f"column_{n}": range(500) for n in range(40)})
    data = frames.fitted(frames.plain(wide), ("column_7", "column_3"))
    assert data["columns"] == ["column_3", "column_7"] and len(data["more"]) == 38 and data["count"] == 500
    assert len(data["rows"]) == 500 and "cut" not in data
    long = frames.plain(pd.DataFrame({"a": range(100_000)}))
    assert long["count"] == 100_000 and len(long["rows"]) == frames.ROWS and long["cut"] is True
    texts = pd.DataFrame({"a": ["word " * 30] * 2_000})
    for value in (wide, long, texts, texts["a"], list(range(9_000)), wide.astype("str")):
        data = frames.fitted(value if isinstance(value, dict) else frames.plain(value), ("a", "column_1"))
        assert records.fits(data), len(json.dumps(data))
    cut = frames.fitted(frames.plain(texts), ("a",))
    other = frames.fitted(frames.plain(texts.assign(a=texts["a"].where(texts.index != 1_999, "b"))), ("a",))
    assert cut["cut"] and cut["rows"] == other["rows"] and cut["digest"] != other["digest"]
    small = frames.plain(wide.head(2)[["column_1"]])
    assert frames.fitted(small) is small


def test_the_code_of_a_question_runs_beside_fresh_tables():
    first = frames.run("mine = cpi.pop('year')", {"cpi": "cpi"})
    again = frames.run("mine = top(cpi)", {"cpi": "cpi"}, "def top(frame):\n    return int(frame['year'].max())")
    assert len(first) > 10 and again == first.max()
    assert frames.run("mine = labor.SPECIALISTS == course.labor.SPECIALISTS and pd.Series([1]).item()", {}) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1", "assigns no `mine`"),
        ("mine = 1 / 0", "ZeroDivisionError: division by zero"),
        ("mine = (", "SyntaxErr"),
    ],
)
def test_code_that_fails_says_how(code: str, said: str):
    with pytest.raises(frames.CodeError, match=said):
        frames.run(code, {"cpi": "cpi"})


def test_code_is_run_once():
    tables.forget()
    code = "mine = cpi['year'].max()"
    one = frames.computed(code, (("cpi", "cpi"),))
    assert frames.computed(code, (("cpi", "cpi"),)) is one
    tables.forget()
    assert frames.computed(code, (("cpi", "cpi"),)) is not one


def test_whose_number_it_is_only_where_that_is_certain():
    wages = labor.table("wages_national").set_index(["soc_code", "year"])
    jobs, errors = wages["employment_jobs"], wages["employment_rse_percent"]
    right = jobs["29-2072", 2025]
    for mine, said in (
        (jobs["31-9092", 2025], "Medical Assistants, 31-9092, 2025"),
        (jobs["29-2072", 2024], "Medical Records Specialists, 29-2072, 2024"),
        (wages["annual_median_wage_usd"]["29-2072", 2025], ""),  # of another column
        (right, ""),
        (right + 1, ""),
        (True, ""),
    ):
        plain = frames.plain(mine)["value"]
        assert frames.owner(["wages_national"], plain, frames.plain(right)["value"]) == said
    assert frames.owner(["wages_national"], float(errors.max()), float(errors.min())) == "", "few digits"
