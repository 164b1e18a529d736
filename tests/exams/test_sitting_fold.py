"""Laws of the fold: the order in which events come in does not matter, nor how often; the later value stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course.exams.sitting_begin import beginning
from course.exams.sitting_fold import FIELDS, GRACE, LONGEST, Damaged, Folded, fold, is_blank, readable
from course.learner.records import Event

from .conftest import START, after, bank_of, form_of

PLACES = 4
FORM = form_of(bank_of(PLACES), minutes=60)


def begin(timed: bool = True) -> Event:
    return event(beginning(FORM, timed=timed, confidence=True, now=START), 0, "begin")


def event(body: Any, seconds: float, uid: str = "") -> Event:
    return Event(stream="sitting/x", body=body, at=after(seconds), **({"uid": uid} if uid else {}))


def put(place: int, value: Any, seconds: float, field: str = "response") -> Event:
    return event({"do": "set", "place": place, "field": field, "value": value}, seconds)


def do(what: str, seconds: float, **more: Any) -> Event:
    return event({"do": what, **more}, seconds)


def at_end(*events: Event, now: float | None = None, timed: bool = True) -> Folded:
    return fold([begin(timed), *events], None if now is None else after(now))


responses = st.sampled_from(["a", "b", "c", None, "", ["a", "c"], {"l1": "r1"}])
values = {
    "response": responses,
    "struck": st.lists(st.sampled_from("abc"), max_size=3),
    "flag": st.booleans(),
    "note": st.text(max_size=5),
    "confidence": st.sampled_from([None, 1, 2, 3]),
}
sets = st.sampled_from(FIELDS).flatmap(
    lambda field: st.fixed_dictionaries(
        {"do": st.just("set"), "place": st.integers(0, PLACES - 1), "field": st.just(field), "value": values[field]}
    )
)
others = st.one_of(
    st.fixed_dictionaries({"do": st.just("go"), "place": st.integers(0, PLACES - 1)}),
    st.sampled_from([{"do": "pause"}, {"do": "resume"}, {"do": "submit"}, {"do": "abandon"}, {"do": "new"}, 7, None]),
)
moments = st.integers(1, 5_000)
events = st.lists(st.builds(event, st.one_of(sets, sets, others), moments), max_size=25)


@given(events, st.randoms(use_true_random=False), moments)
def test_any_order_and_any_number_of_times(found: list[Event], rng: Any, now: int) -> None:
    once = [begin(), *found]
    again = [*once, *rng.sample(once, len(once) // 2)]
    rng.shuffle(again)
    assert fold(again, after(now)) == fold(once, after(now))


in_time = st.integers(1, 3_600)


@given(st.lists(st.builds(event, sets, in_time), max_size=20), sets, sets, in_time, in_time)
def test_changes_of_different_things_may_change_places(
    found: list[Event], one: dict[str, Any], other: dict[str, Any], first: int, second: int
) -> None:
    """Two pages: who was first makes no difference, unless both change the same thing."""
    own = [(body["place"], body["field"]) for body in (one, other)]
    assume(own[0] != own[1])
    rest = [e for e in found if (e.body["place"], e.body["field"]) not in own]
    here = at_end(*rest, event(one, first), event(other, second))
    there = at_end(*rest, event(one, second), event(other, first))
    assert here.places == there.places


@given(st.lists(st.tuples(sets, moments), max_size=25, unique_by=lambda one: one[1]))
def test_the_later_value_stands(found: list[tuple[dict[str, Any], int]]) -> None:
    """Against a plain model: a dictionary written in the order of time."""
    model: dict[tuple[int, str], Any] = {}
    for body, seconds in sorted(found, key=lambda one: one[1]):
        if seconds <= 3_600 + GRACE:
            model[body["place"], body["field"]] = body["value"]
    it = at_end(*(event(body, seconds) for body, seconds in found))
    for (place, field), value in model.items():
        assert getattr(it.places[place], field) == value
    assert it.answered == sum(not is_blank(value) for (_, field), value in model.items() if field == "response")


@given(events)
@settings(max_examples=40)
def test_time_is_never_made(found: list[Event]) -> None:
    """The items together were shown no longer than the sitting lasted, and the clock never shows more than it has."""
    it = at_end(*found, now=6_000)
    lasted = ((it.closed or after(6_000)) - START).total_seconds()
    assert sum(place.seconds for place in it.places) <= lasted + 1e-6
    remaining = it.remaining(after(6_000))
    assert remaining is not None and 0 <= remaining <= 3_600


def test_time_by_item() -> None:
    it = at_end(
        do("go", 100, place=2), do("go", 160, place=0), do("pause", 200), do("go", 500, place=1), do("submit", 530)
    )
    assert [place.seconds for place in it.places] == [140, 30, 60, 0]
    long = at_end(do("go", 3_000, place=1), timed=False)
    assert long.places[0].seconds == LONGEST and long.remaining(after(9_999)) is None


def test_a_pause_stops_the_clock_and_a_change_ends_it() -> None:
    paused = at_end(do("pause", 600), now=90_000)
    assert paused.state == "paused" and paused.remaining(after(90_000)) == 3_000
    for ends in (do("resume", 10_600), put(1, "a", 10_600), do("go", 10_600, place=3)):
        it = at_end(do("pause", 600), ends, now=10_700)
        assert it.state == "open" and it.remaining(after(10_700)) == 2_900
    twice = at_end(do("pause", 600), do("pause", 700), do("resume", 800), do("resume", 900), now=900)
    assert twice.remaining(after(900)) == 3_600 - 900 + 200


def test_it_closes_at_the_deadline() -> None:
    late = [put(0, "a", 3_000), put(1, "b", 3_605), put(2, "c", 3_611)]
    it = at_end(*late, now=9_000)
    assert (it.closed, it.closed_by, it.state) == (after(3_600), "clock", "submitted")
    assert [place.response for place in it.places] == ["a", "b", None, None]
    assert it.places[0].seconds == LONGEST
    assert at_end(now=3_610).closed is None and at_end(now=3_611).closed == after(3_600)
    assert at_end(do("submit", 3_605)).closed_by == "you" and at_end(do("submit", 3_605)).closed == after(3_600)
    assert at_end(do("submit", 3_700)).closed_by == "clock"


def test_nothing_counts_after_the_end() -> None:
    it = at_end(put(0, "a", 10), do("submit", 20), put(0, "b", 30), do("abandon", 40), do("go", 50, place=2))
    assert it.places[0].response == "a" and it.closed == after(20) and it.closed_by == "you" and it.shown == 0


def test_answers_that_were_left_are_remembered() -> None:
    it = at_end(
        put(0, "a", 1), put(0, "b", 2), do("go", 3, place=1), do("go", 4, place=0), put(0, "b", 5),
        do("go", 6, place=1), do("go", 7, place=0), put(0, None, 8), put(0, "c", 9), put(3, "a", 10), do("submit", 11),
    )  # fmt: skip
    assert [place.settled for place in it.places] == [["b", "c"], [], [], ["a"]]


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"do": "set"},
        {"do": "set", "place": 9, "field": "flag", "value": True},
        {"do": "set", "place": True, "field": "flag", "value": True},
        {"do": "set", "place": 0, "field": ["flag"], "value": True},
        {"do": "set", "place": 0, "field": "confidence", "value": [1]},
        {"do": "set", "place": 0, "field": "confidence", "value": True},
        {"do": "set", "place": 0, "field": "seconds", "value": 1.0},
        {"do": "go", "place": -1},
        {"do": "graded", "outcomes": ["correct"]},
        {"do": "graded"},
    ],
)
def test_what_makes_no_sense_is_passed_over(body: Any) -> None:
    it = at_end(event(body, 5))
    assert it.places == at_end().places and it.shown == 0 and it.outcomes is None


@pytest.mark.parametrize("spoil", [{"items": 7}, {"deadline": "soon"}, {"domains": []}, {"part": None}])
def test_a_damaged_beginning_is_told(spoil: dict[str, Any]) -> None:
    whole = begin()
    with pytest.raises(Damaged, match="cannot be opened"):
        fold([replace(whole, body={**whole.body, **spoil})])
    with pytest.raises(Damaged, match="not there"):
        fold([put(0, "a", 1)])


def test_blank_and_readable() -> None:
    assert all(map(is_blank, (None, "", " \n", [], [""], {}, {"a": ""}, {"code": "", "rows": [None]})))
    assert not any(map(is_blank, ("0", 0, ["a"], {"a": "b"}, [{"code": "99213", "units": ""}])))
    assert readable("note", "x" * 2_000) and not readable("note", "x" * 2_001)
    assert not readable("flag", 1) and not readable("struck", "ab") and not readable("other", None)


def test_a_clock_set_back_gives_no_time() -> None:
    it = at_end(put(0, "a", 1_000))
    assert it.remaining(START - dt.timedelta(days=1)) == 2_600
