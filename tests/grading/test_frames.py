"""Two results side by side: the laws of the comparison, and the sentence for each difference."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.frame_words import listed, named, shown
from course.grading.frames import Ask, alike, differences, extra_columns, near

Data = dict[str, Any]
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6), st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: float(f"{x:.9g}"))
)
CELLS = st.one_of(NUMBERS, st.sampled_from(["OH", "IA", "", "∞"]), st.booleans(), st.none())


@st.composite
def tables(draw: st.DrawFn) -> Data:
    width = draw(st.integers(1, 4))
    kinds = [draw(st.sampled_from([NUMBERS, CELLS, st.sampled_from(["OH", "IA", "UT"])])) for _ in range(width)]
    rows = draw(st.lists(st.tuples(*kinds), max_size=7))
    names = draw(st.permutations(["year", "state_abbr", "wage_usd", "jobs", "share"]))[:width]
    return table(list(names), [list(row) for row in rows])


def table(columns: list[str], rows: list[list[Any]], **more: Any) -> Data:
    return {"is": "table", "columns": columns, "rows": rows, "count": len(rows), **more}


def rearranged(data: Data, rng: random.Random, *, rows: bool) -> Data:
    """The same with its columns in another order, one column and an index more, and its rows shuffled."""
    columns = list(range(len(data["columns"])))
    rng.shuffle(columns)
    order = list(range(len(data["rows"])))
    if rows:
        rng.shuffle(order)
    return table(
        ["more", *(data["columns"][n] for n in columns)],
        [[rng.random(), *(data["rows"][m][n] for n in columns)] for m in order],
        index=["i"],
    )


@given(tables(), st.booleans(), st.floats(0, 5))
def test_a_table_is_like_itself(data: Data, order: bool, within: float):
    assert differences(data, data, Ask((), within, order)) == []


@given(tables(), st.randoms(use_true_random=False))
def test_order_of_columns_index_and_more_columns_make_no_difference(data: Data, rng: random.Random):
    assert differences(rearranged(data, rng, rows=False), data, Ask(order=True)) == []
    assert differences(rearranged(data, rng, rows=True), data, Ask(order=False)) == []


@given(tables(), st.data())
def test_one_changed_cell_is_found(data: Data, draw: st.DataObject):
    if not data["rows"]:
        return
    at, to = draw.draw(st.integers(0, len(data["rows"]) - 1)), draw.draw(st.integers(0, len(data["columns"]) - 1))
    old = data["rows"][at][to]
    new = draw.draw(CELLS.filter(lambda new: not near(new, old, 1)))
    rows = [list(row) for row in data["rows"]]
    rows[at][to] = new
    found = differences(table(data["columns"], rows), data, Ask(within=0.1, order=True))
    assert found and all(part.message for part in found)


@given(NUMBERS, NUMBERS, st.floats(0, 25))
def test_nearness_is_symmetric_and_grows_with_the_tolerance(one: float, two: float, within: float):
    assert near(one, two, within) == near(two, one, within) and near(one, one, 0)
    if near(one, two, within):
        assert near(one, two, within + 1) and near(-one, -two, within)


@given(st.floats(1, 1e9), st.floats(0.01, 20))
def test_the_tolerance_is_a_percent_of_the_larger(value: float, within: float):
    assert near(value, value * (1 - within * 0.99 / 100), within)
    assert not near(value, value * (1 - within * 1.01 / 100 - 1e-8), within)


def test_missing_is_missing_and_kinds_differ():
    assert near(None, None, 0) and not near(None, 0, 25) and not near("", None, 0)
    assert not near(True, 1, 0) and near(1, 1.0, 0) and not near("1", 1, 0) and near("∞", "∞", 0)


STATES = table(["state_name", "state_abbr", "jobs"], [["Ohio", "OH", 7250], ["Iowa", "IA", 2100], ["Utah", "UT", 1500]])
MANY = table(STATES["columns"], [*STATES["rows"], *([f"State {n}", f"S{n}", n] for n in range(48))])
YEARS = table(["year", "real_usd"], [[2021, 55_123.4], [2022, 51_007.8], [2023, 50_211.0]])


def told(mine: Data, key: Data, ask: Ask | None = None) -> str:
    return " | ".join(part.message for part in differences(mine, key, ask or Ask()))


def rows_of(data: Data, *rows: list[Any]) -> Data:
    return table(data["columns"], list(rows))


@pytest.mark.parametrize(
    ("mine", "key", "said"),
    [
        (table(["year", "median_usd"], []), YEARS, "The column `real_usd` is missing; you have `median_usd`."),
        (table(["real_usd"], [], index=["year"]), YEARS, "`year` is the index of your table. `.reset_index()` makes"),
        (table([], []), YEARS, "The column `year` is missing; your table has none."),
        (rows_of(MANY, *MANY["rows"][1:]), MANY, "51 rows are asked for, yours has 50: is Ohio (OH) missing?"),
        (rows_of(MANY, *MANY["rows"][9:]), MANY, "51 rows are asked for, yours has 42."),
        (rows_of(STATES, *STATES["rows"][1:]), STATES, "3 rows are asked for, yours has 2."),
        (rows_of(YEARS, *YEARS["rows"][1:]), YEARS, "3 rows are asked for, yours has 2: is 2021 missing?"),
        (rows_of(YEARS, [2012, 1], *YEARS["rows"][1:]), YEARS,
         "2012 is not among the rows that are asked for: is 2021 missing?"),
        (rows_of(YEARS, *YEARS["rows"][1:], YEARS["rows"][2]), YEARS, "2023 stands there 2 times: is 2021 missing?"),
        (rows_of(STATES, *STATES["rows"], STATES["rows"][1]), STATES, "yours has 4: Iowa (IA) stands there 2 times."),
        (rows_of(STATES, *STATES["rows"], ["Guam", "GU", 5]), STATES, "yours has 4: Guam (GU) is not asked for."),
        (rows_of(STATES, *STATES["rows"][:2], ["Guam", "GU", 5]), STATES,
         "Guam (GU) is not among the rows that are asked for."),
        (table(["high", "jobs"], [[False, 1], [True, 2]]), table(["high", "jobs"], [[False, 50], [True, 2]]),
         "Row high False, column `jobs`: yours is 1; the right value is about 50 times as large."),
        (rows_of(YEARS, [2021, 47_500], *YEARS["rows"][1:]), YEARS,
         "Row 2021, column `real_usd`: yours is 47,500; the right value is larger by about 16 %."),
        (rows_of(YEARS, [2021, None], *YEARS["rows"][1:]), YEARS, "Row 2021, column `real_usd`: yours is empty (NaN)"),
        (rows_of(YEARS, [2021, "55,123"], *YEARS["rows"][1:]), YEARS, "yours is “55,123”; a number is asked for."),
        (rows_of(YEARS, *([year, usd / 100] for year, usd in YEARS["rows"])), YEARS,
         "that is 100 times too small (a share against a percent?). | In all 3 rows something differs"),
        (table(["real_usd", "year"], [[usd, str(year)] for year, usd in YEARS["rows"]]), YEARS,
         "Row 2021, column `year`: yours is “2021”; a number is asked for."),
        ({"is": "number", "value": 7}, YEARS, "A table (DataFrame) is asked for; yours is a number."),
        (rows_of(YEARS, [2021, 1.0]), {"is": "number", "value": 1.0}, "`.item()` behind the column takes it out."),
        ({"is": "series", "values": [1], "count": 1}, YEARS, "`.reset_index()` makes a table of it"),
        (YEARS, {"is": "list", "values": [1, 2], "count": 2}, "A list is asked for; yours is a table"),
        ({"is": "number", "value": 3.7}, {"is": "number", "value": 3.73}, "Yours is 3.7; it looks rounded."),
        ({"is": "number", "value": -5}, {"is": "number", "value": 5}, "look at the sign"),
        ({"is": "number", "value": 5}, {"is": "number", "value": 0}, "the right value is smaller"),
        ({"is": "number", "value": 2}, {"is": "number", "value": 999}, "about 500 times as large"),
        ({"is": "number", "value": 999}, {"is": "number", "value": 2}, "less than a tenth of it"),
        ({"is": "number", "value": 100}, {"is": "number", "value": 103}, "larger by about 3 %"),
        ({"is": "number", "value": "∞"}, {"is": "number", "value": 5}, "Yours is ∞; a number is asked for."),
        ({"is": "text", "value": "Ohio"}, {"is": "text", "value": "Iowa"}, "“Ohio”; it should be another text."),
        ({"is": "text", "value": "5"}, {"is": "number", "value": 5}, "Take the quotation marks away."),
        ({"is": "truth", "value": True}, {"is": "truth", "value": False}, "True or False is asked for."),
        ({"is": "list", "values": [1], "count": 1}, {"is": "list", "values": [1, 2], "count": 2}, "2 values are asked"),
    ],
)  # fmt: skip
def test_the_difference_is_named(mine: Data, key: Data, said: str):
    assert said in told(mine, key)


def test_the_right_value_is_not_told():
    found = told(rows_of(YEARS, [2021, 47_500], *YEARS["rows"][1:]), YEARS)
    assert "55" not in found


def test_order_counts_where_it_is_asked_for():
    back = rows_of(STATES, *reversed(STATES["rows"]))
    assert told(back, STATES) == "" and "their order is not" in told(back, STATES, Ask(order=True))
    nothing_to_name = table(["jobs"], [[1], [1], [2]])
    turned = table(["jobs"], [[2], [1], [1]])
    assert told(turned, nothing_to_name) == "" and "their order" in told(turned, nothing_to_name, Ask(order=True))
    assert "In a row, column `jobs`: yours is 3" in told(table(["jobs"], [[1], [1], [3]]), nothing_to_name)


def test_rows_without_names_find_their_partners_within_the_tolerance():
    key = table(["jobs", "usd"], [[1000.0, 5], [1000.5, 3], [7.0, 3], [7.0, 3]])
    mine = table(["jobs", "usd"], [[7.0, 3], [1000.6, 5], [7.0, 3], [1000.1, 3]])
    assert told(mine, key) == "", "the sizes lie the other way round, each within the tolerance"
    assert "column `usd`: yours is 4" in told(table(["jobs", "usd"], [*mine["rows"][:3], [1000.1, 4]]), key)


def test_a_column_may_be_a_list_and_its_labels_name_its_values():
    key = {"is": "series", "values": [5, 7], "count": 2, "labels": ["OH", "UT"]}
    assert told({"is": "list", "values": [7, 5], "count": 2}, key) == ""
    assert "their order" in told({"is": "list", "values": [7, 5], "count": 2}, key, Ask(order=True))
    assert "Value UT: yours is 9" in told(key | {"values": [5, 9]}, key)
    assert "too many values" in told(key | {"cut": True}, key)


def test_a_table_that_was_cut_is_not_called_right():
    assert "too large" in told(YEARS | {"cut": True}, YEARS)
    assert "yours has 9,000." in told(YEARS | {"cut": True, "count": 9_000}, YEARS)


def test_only_the_columns_that_are_asked_for_count():
    mine = table(["year", "real_usd", "x"], [[*row, "a"] for row in YEARS["rows"]])
    assert told(mine, YEARS) == "" and extra_columns(mine, YEARS, Ask()) == ["x"]
    wide = table(["year", "real_usd", "x"], [[*row, "b"] for row in YEARS["rows"]])
    assert told(mine, wide, Ask(("year", "real_usd"))) == "" and told(mine, wide) != ""


def test_another_piece_of_code_is_known_by_its_result():
    ask = Ask(("year", "real_usd"))
    slip = table(["year", "median_usd"], [[2021, 1], [2022, 2]])
    assert alike(slip, slip, ask) and not alike(table(["year"], [[2021], [2022]]), slip, ask)
    assert alike(table(["median_usd", "year"], [[2, 2022], [1, 2021]]), slip, ask)
    assert not alike(YEARS, slip, ask) and not alike({"is": "number", "value": 1}, slip, ask)


def test_words():
    assert [shown(one) for one in (47_500, 0.1234, 12.5, None, True, "a", 1e15)] == [
        "47,500", "0.123", "12.5", "empty", "True", "“a”", "1e+15",
    ]  # fmt: skip
    assert shown(2021, "year") == "2021" and shown(2021) == "2,021"
    assert named(["state_abbr", "state_name"], ["OH", "Ohio"]) == "Ohio (OH)" and named(["year"], [2021]) == "2021"
    assert (
        listed(["a"], 2) == "a" and listed(["a", "b"], 2) == "a and b" and listed(list("abcd"), 2) == "a, b and 2 more"
    )
