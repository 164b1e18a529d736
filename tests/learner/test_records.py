"""An attempt survives every form it is kept in, and a changed one is told from it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learner.records import (
    OUTCOMES,
    Attempt,
    BadRecord,
    checked,
    fits,
    from_line,
    from_record,
    origin,
    stamp,
    to_line,
    to_record,
    unstamp,
)
from course.learner.rows import from_row, to_row

from .conftest import attempt

numbers = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = texts.filter(str.strip)
attempts = st.builds(
    Attempt,
    question_id=names,
    content_version=texts,
    kind=names,
    response=anything,
    outcome=st.sampled_from(OUTCOMES),
    score=st.floats(0, 1),
    lesson=texts,
    objective=texts,
    domains=st.lists(texts, max_size=4).map(tuple),
    edition=st.none() | st.integers(2000, 2100),
    hints_used=st.integers(0, 9),
    solution_seen=st.booleans(),
    seconds=st.none() | st.floats(0, 1e6),
    generator=st.none() | texts,
    seed=st.none() | st.integers(-(2**200), 2**200),
    level=st.none() | st.integers(0, 9),
    at=st.datetimes(timezones=st.just(dt.UTC)),
    course_version=texts,
    uid=names,
)


@given(attempts)
def test_line_and_row_give_back_what_went_in(one: Attempt) -> None:
    line = to_line(one)
    assert line.endswith(b"\n") and line.count(b"\n") == 1 and line.isascii()
    assert from_line(line) == one == checked(one) == from_row({"n": 1, **to_row(one)})


@given(attempts, st.data())
def test_a_changed_byte_is_noticed_or_harmless(one: Attempt, data: st.DataObject) -> None:
    line = bytearray(to_line(one))
    at = data.draw(st.integers(0, len(line) - 2))
    line[at] = data.draw(st.integers(0, 255))
    try:
        read = from_line(bytes(line))
    except BadRecord:
        return
    assert read == one  # a space where a space may be, the same byte again, and so on


@given(st.binary(max_size=80) | st.text(max_size=80) | anything.map(json.dumps))
def test_no_line_raises_anything_else(line: bytes | str) -> None:
    try:
        from_line(line)
    except BadRecord as error:
        assert str(error)


@given(st.dictionaries(st.sampled_from([*to_record(attempt()), "digest", "other"]), anything))
def test_no_record_raises_anything_else(record: dict[str, Any]) -> None:
    try:
        from_record({**to_record(attempt()), **record})
    except BadRecord as error:
        assert str(error)


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("score", 1.5, "0 to 1"),
        ("score", True, "0 to 1"),
        ("at", "2026-11-22T12:00:00", "zone"),
        ("at", "0001-01-01T00:00:00+23:00", "zone"),
        ("at", "soon", "zone"),
        ("outcome", "not_attempted", "correct, partly, incorrect"),
        ("question_id", " ", "id of a question"),
        ("hints_used", -1, "0 or more"),
        ("hints_used", 2**70, "0 or more"),
        ("seconds", float("inf"), "seconds"),
        ("domains", "CPC", "list"),
        ("response", "x" * 30_000, "20,000"),
        ("lesson", "\ud800", "short text"),
        ("uid", None, "missing"),
    ],
)
def test_a_faulty_field_is_named(field: str, value: Any, wanted: str) -> None:
    with pytest.raises(BadRecord, match=field) as caught:
        from_record({**to_record(attempt()), field: value})
    assert wanted in str(caught.value)


def test_fields_of_a_later_version_are_ignored() -> None:
    assert from_record({**to_record(attempt()), "mood": "good"}).question_id == "03-structure/q0"


def test_deeply_nested_json_is_a_bad_line() -> None:
    with pytest.raises(BadRecord):
        from_line("[" * 100_000)
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert not fits(deep)


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))


@given(st.datetimes(timezones=zones))
def test_stamps_sort_like_times(at: dt.datetime) -> None:
    try:
        text = stamp(at)
    except OverflowError:
        return
    assert len(text) == 27 and unstamp(text) == at
    later = at + dt.timedelta(microseconds=1) if at.year < 9999 else at
    assert stamp(later) >= text


def test_checked_refuses_what_would_not_read_back() -> None:
    wrongs = ({"score": 2.0}, {"response": object()}, {"response": float("nan")}, {"at": None}, {"outcome": "great"})
    for wrong in wrongs:
        with pytest.raises(BadRecord):
            checked(replace(attempt(), **wrong))


def test_origin_of_a_drawn_question() -> None:
    assert origin("gen/complete-the-code/2/77") == ("complete-the-code", 2, 77)
    assert origin("gen/odd/x/y") == ("odd", None, None)
    assert origin("03-structure/buckle") == (None, None, None)
