"""The queue of a day: within the minutes, nothing twice, mixed, the same all day; a pile asks for nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.learner.cards import Unit
from course.learner.memory import Memory
from course.learner.queue import MINUTES_EACH, Backlog, Queued, backlog, queue, topic_of
from course.learner.records import Attempt

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def unit(name: str, **changes: Any) -> Unit:
    topic = name.split("/")[0]
    values: dict[str, Any] = dict(
        id=name, kind="item", title=name, lesson=topic, domains=(f"CPC: {topic}",), seconds=60.0, question_kind="number"
    )
    return Unit(**{**values, **changes})


def answered(name: str, days_ago: float, outcome: str = "correct") -> Attempt:
    return Attempt(
        question_id=name, content_version="v", kind="number", response=1, outcome=outcome,
        at=NOW - dt.timedelta(days=days_ago), uid=f"{name} {days_ago}",
    )  # fmt: skip


def remembered(*attempts: Attempt) -> Memory:
    return Memory(attempts, zone=dt.UTC)


def ids(found: list[Queued], why: str | None = None) -> list[str]:
    return [one.id for one in found if why in (None, one.why)]


def threes(topics: list[str]) -> int:
    return sum(a == b == c for a, b, c in zip(topics, topics[1:], topics[2:], strict=False))


NAMES = st.tuples(st.sampled_from("abcd"), st.integers(0, 30)).map(lambda one: f"{one[0]}/{one[1]}")
UNITS = st.lists(NAMES, max_size=40).map(
    lambda names: [unit(name, seconds=float(20 + 7 * len(name) + 11 * n % 90)) for n, name in enumerate(names)]
)
LOG = st.lists(
    st.builds(answered, NAMES, st.integers(0, 60), st.sampled_from(["correct", "partly", "incorrect"])), max_size=40
)
SHARES = st.dictionaries(st.sampled_from([f"CPC: {topic}" for topic in "abcdx"]), st.floats(0, 1), max_size=4)


@given(UNITS, LOG, st.floats(0, 40), SHARES, SHARES, st.floats(0, 1))
@settings(max_examples=150)
def test_laws(units: list[Unit], log: list[Attempt], minutes: float, weights: Any, mastery: Any, share: float) -> None:
    memory = remembered(*log)
    asked = dict(now=NOW, minutes=minutes, weights=weights, mastery=mastery, new_share=share)
    found = queue(units, memory, **asked)
    assert found == queue(list(reversed(units)) if len({u.id for u in units}) == len(units) else units, memory, **asked)
    by_id = {one.id: one for one in units}
    assert len(set(ids(found))) == len(found) and set(ids(found)) <= set(by_id)
    assert sum(one.seconds for one in found) <= minutes * 60 + 1e-6
    states = {name: memory.state(name) for name in by_id}
    for one in found:
        state = states[one.id]
        assert (one.why == "due") == (state is not None and state.due <= NOW)
        assert one.why != "new" or state is None
    # Due before others: nothing else is there while something due would have fitted in its place.
    due = [name for name, state in states.items() if state is not None and state.due <= NOW]
    left = minutes * 60 - sum(one.seconds for one in found if one.why == "due")
    if len(ids(found, "due")) < len(found):
        assert all(by_id[name].seconds > left for name in set(due) - set(ids(found)))
    if found and ids(found, "due"):
        assert found[0].why == "due"
    unmet = [one for one in found if states[one.id] is None]
    assert sum(one.seconds for one in unmet) <= share * minutes * 60 + 1e-6
    assert len(unmet) <= max(1, minutes / MINUTES_EACH)
    begun = {by_id[name].lesson for name, state in states.items() if state is not None}
    assert all(by_id[name].lesson in begun for name in ids(found, "weak"))
    topics = [topic_of(by_id[one.id]) for one in found]
    most = max(Counter(topics).values(), default=0)
    if most <= 2 * (len(topics) - most):  # two of it between and after all others
        assert threes(topics) == 0
    pile = backlog(units, memory, found, now=NOW)
    assert pile.today <= pile.due and pile.words


@given(UNITS, LOG, st.lists(st.floats(0, 60), min_size=2, max_size=6), SHARES)
@settings(max_examples=150)
def test_more_minutes_never_hold_fewer_due(
    units: list[Unit], log: list[Attempt], asked: list[float], weak: Any
) -> None:
    memory = remembered(*log)
    counts = [len(ids(queue(units, memory, now=NOW, minutes=one, mastery=weak), "due")) for one in sorted(asked)]
    assert counts == sorted(counts)


def test_a_long_one_does_not_push_out_many_short_ones() -> None:
    units = [unit(f"{'abc'[n % 3]}/{n}", seconds=[10.0, 10.0, 170.0, 700.0][n % 4]) for n in range(24)]
    memory = remembered(*(answered(one.id, 60 - 2 * n) for n, one in enumerate(units)))
    counts = [len(ids(queue(units, memory, now=NOW, minutes=n / 4), "due")) for n in range(240)]
    assert counts == sorted(counts) and counts[-1] > 18
    first = ids(queue(units, memory, now=NOW, minutes=5))
    assert {"a/0", "b/1", "c/2"} <= set(first), "the most urgent, not just the shortest"


def test_all_that_is_due_comes_before_the_rest() -> None:
    due = [unit(f"a/{n}", seconds=40.0) for n in range(15)]
    early = [unit(f"b/{n}", seconds=40.0) for n in range(30)]
    fresh = [unit(f"c/{n}", seconds=10.0) for n in range(90)]
    log = [answered(one.id, 30) for one in due] + [answered(one.id, day) for one in early for day in (9, 5, 1)]
    memory, units = remembered(*log), [*due, *early, *fresh]
    asked: dict[str, Any] = dict(now=NOW, mastery={"CPC: b": 0.3, "CPC: c": 0.1})
    count = {n: Counter(one.why for one in queue(units, memory, minutes=n, **asked)) for n in (5, 10, 20)}
    assert count[5] == {"due": 7, "new": 2}
    assert count[10] == {"due": 15}
    assert count[20] == {"due": 15, "new": 10, "weak": 12}


@pytest.mark.parametrize("minutes", range(1, 12))
def test_long_and_short_ones_fit_the_minutes(minutes: int) -> None:
    units = [unit(f"{'abc'[n % 3]}/{n}", seconds=20.0 + 37 * n % 80) for n in range(30)]
    memory = remembered(*(answered(one.id, 30 + n) for n, one in enumerate(units[:20])))
    found = queue(units, memory, now=NOW, minutes=minutes)
    assert minutes * 60 - 20 < sum(one.seconds for one in found) <= minutes * 60


def test_what_is_most_at_risk_comes_first_when_not_all_fits() -> None:
    names = [f"{'abc'[n % 3]}/{n}" for n in range(9)]
    memory = remembered(*(answered(name, 10 + 3 * n) for n, name in enumerate(names)))
    found = queue([unit(name) for name in names], memory, now=NOW, minutes=4)
    assert sorted(ids(found)) == sorted(names[-4:])


def test_the_three_are_mixed() -> None:
    due = [unit(f"a/{n}") for n in range(10)]
    early = [unit(f"b/{n}") for n in range(30)]
    fresh = [unit(f"c/{n}") for n in range(30)]
    log = [answered(one.id, 30) for one in due] + [answered(one.id, day) for one in early for day in (9, 5, 1)]
    units = [*due, *early, *fresh]
    found = queue(units, remembered(*log), now=NOW, minutes=20, mastery={"CPC: b": 0.3})
    assert Counter(one.why for one in found) == {"due": 10, "weak": 6, "new": 4}
    halves = Counter(one.why for one in found[:10])
    assert halves["new"] in (1, 2, 3) and halves["weak"] in (2, 3, 4), "spread over the whole queue"
    assert found[0].why == "due"
    plain = Counter(one.why for one in queue(units, remembered(*log), now=NOW, minutes=20))
    assert plain == {"due": 10, "new": 4}, "no domain is called weak without a figure"


def test_weak_domains_go_by_mastery_and_by_their_weight_in_the_exam() -> None:
    units = [unit(f"{topic}/{n}") for topic in "ab" for n in range(5)]
    log = remembered(*(answered(one.id, day) for one in units for day in (9, 5, 1)))
    asked = dict(now=NOW, minutes=5, mastery={"CPC: a": 0.5, "CPC: b": 0.4})
    assert {one[0] for one in ids(queue(units, log, **asked), "weak")} == {"b"}  # type: ignore[arg-type]
    asked["weights"] = {"CPC: a": 0.3, "CPC: b": 0.1}
    assert {one[0] for one in ids(queue(units, log, **asked), "weak")} == {"a"}  # type: ignore[arg-type]
    asked["mastery"] = {"CPC: a": 0.9, "CPC: b": 0.8}
    assert queue(units, log, **asked) == [], "nothing is due, weak or new"  # type: ignore[arg-type]


def test_of_a_weak_domain_the_most_at_risk_comes_first() -> None:
    units = [unit(f"a/{n}") for n in range(8)]
    log = [answered(one.id, 1 + n) for n, one in enumerate(units)]
    log += [answered(one.id, 40 + n) for n, one in enumerate(units)]  # known well, so that none is due
    found = queue(units, remembered(*log), now=NOW, minutes=3, mastery={"CPC: a": 0.5})
    assert ids(found, "weak") and sorted(ids(found)) == ["a/5", "a/6", "a/7"]


def test_units_never_met_are_weak_only_in_a_lesson_begun_with_answers_enough() -> None:
    units = [unit(f"{topic}/{n}", domains=("CPC: x",)) for topic in "ab" for n in range(20)]
    asked: dict[str, Any] = dict(now=NOW, minutes=20, mastery={"CPC: x": 0.2})
    few = [answered(f"a/{n}", 0.1) for n in range(4)]
    assert {one.why for one in queue(units, remembered(*few), **asked)} == {"new"}
    found = queue(units, remembered(*few, answered("a/4", 0.1)), **asked)
    assert {one[0] for one in ids(found, "weak")} == {"a"} and len(found) == 4
    asked["mastery"] = {"CPC: x": 0.7}
    assert not ids(queue(units, remembered(*few, answered("a/4", 0.1)), **asked), "weak")


def test_what_was_answered_today_does_not_come_again_today() -> None:
    units = [unit("a/1"), unit("b/1")]
    memory = remembered(answered("a/1", 0.1, "incorrect"), answered("b/1", 0.1))
    assert queue(units, memory, now=NOW, minutes=60, mastery={"CPC: a": 0.1, "CPC: b": 0.1}) == []
    tomorrow = queue(units, memory, now=NOW + dt.timedelta(days=1), minutes=60)
    assert ids(tomorrow) == ["a/1"], "what was wrong comes the next day"


def test_a_pile_is_spread_and_nothing_new_is_put_on_it() -> None:
    units = [unit(f"{'abc'[n % 3]}/{n}") for n in range(400)] + [unit(f"d/{n}") for n in range(50)]
    memory = remembered(*(answered(one.id, 40) for one in units[:400]))
    found = queue(units, memory, now=NOW, minutes=15, mastery={"CPC: d": 0.1})
    assert Counter(one.why for one in found) == {"due": 15}
    pile = backlog(units, memory, found, now=NOW)
    assert (pile.due, pile.today) == (400, 15) and pile.words.startswith("400 cards and questions are due.")
    assert "The others wait; you do not have to catch up." in pile.words
    for word in ("should", "must", "only", "behind", "late", "missed"):
        assert word not in pile.words.split()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "Nothing is due today. What you know is still there."),
        ([9], "1 card or question is due, and today's minutes hold it."),
        ([9, 8], "2 cards and questions are due, and today's minutes hold all of them."),
    ],
)
def test_words(days: list[int], words: str) -> None:
    units = [unit(f"a/{n}") for n in range(len(days))]
    memory = remembered(*(answered(one.id, day) for one, day in zip(units, days, strict=True)))
    found = queue(units, memory, now=NOW, minutes=15)
    assert backlog(units, memory, found, now=NOW) == Backlog(len(days), len(days), words)


def test_the_minutes_are_the_learners_own() -> None:
    units = [unit(f"{'abc'[n % 3]}/{n}", seconds=60.0) for n in range(80)]
    due = [answered(one.id, 30) for one in units]
    for quick, seconds in ((0, 60.0), (19, 25.0), (20, 10.0)):
        memory = remembered(*due, *(replace(answered(f"z/{n}", 9), seconds=10.0) for n in range(quick)))
        found = queue(units, memory, now=NOW, minutes=10)
        assert len(found) == 600 / seconds and {one.seconds for one in found} == {seconds}


def test_new_units_come_lesson_by_lesson_in_turn_and_from_lessons_begun() -> None:
    deck = [unit(f"card/words/{n}", kind="card", lesson="02a", seconds=60.0) for n in range(300)]
    items = [unit(f"03-structure/{n}", lesson="03") for n in range(5)] + [unit("09/1", lesson="09")]
    found = ids(queue([*deck, *items], remembered(), now=NOW, minutes=50, new_from={"02a", "03"}))
    assert sum(one.startswith("03") for one in found) == 5 and "09/1" not in found
    assert queue([*deck, *items], remembered(), now=NOW, minutes=10, new_from=()) == []


def test_topics_and_domains_change() -> None:
    units = [unit(f"{topic}/{n}", domains=(f"CPC: {topic in 'ab'}",)) for topic in "abcd" for n in range(6)]
    found = [one.id for one in queue(units, remembered(), now=NOW, minutes=48, new_share=1)]
    assert len(found) == 24 and all(first[0] != second[0] for first, second in zip(found, found[1:], strict=False))
    same = sum((a[0] in "ab") == (b[0] in "ab") for a, b in zip(found, found[1:], strict=False))
    assert same <= 2, "another domain, too, where there is one"
