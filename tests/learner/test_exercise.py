"""The verbs of an exercise and what a reopened one shows."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from course.learner.exercise import Exercise
from course.learner.records import RESPONSE_LIMIT
from course.learner.store import Store, open_store
from course.learner.stretch import LONGEST, READING

from .conftest import item


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(store: Store, kinds: Any, clock: Clock) -> Any:
    def build(one: Any = None, **options: Any) -> Exercise:
        return Exercise(one or item(), options.pop("store", store), clock=clock, kinds=kinds, **options)

    return build


def test_a_fresh_exercise_shows_nothing_of_the_key(make: Any) -> None:
    state = make().state()
    assert state["response"] is None and state["verdict"] is None and state["solution"] is None
    assert state["hints"] == [] and state["hints_left"] == 2 and state["saved"] == "" and state["attempt_no"] == 0
    json.dumps(state)


def test_wrong_then_right(make: Any, store: Store, clock: Clock) -> None:
    exercise = make()
    exercise.state()
    clock.now += 10
    wrong = exercise.check("b")
    assert wrong["verdict"]["outcome"] == "incorrect"
    assert wrong["verdict"]["rationale_html"] is None and wrong["verdict"]["sources"] == []
    assert wrong["saved"] == "saved" and wrong["attempt_no"] == 1
    exercise.hint()
    clock.now += 5
    right = exercise.check("a")
    assert right["verdict"]["outcome"] == "correct"
    assert right["verdict"]["rationale_html"] == "<p>Because.</p>" and right["verdict"]["sources"][0]["ref"] == "I.A.4"
    assert right["history"] == "2 tries: not yet correct, correct."
    first, second = store.attempts()
    assert (first.response, first.hints_used, first.seconds, first.edition) == ("b", 0, 10.0, 2027)
    assert (second.response, second.hints_used, second.seconds, second.outcome) == ("a", 1, 5.0, "correct")


@pytest.mark.parametrize("raw", [None, "", "12", 7, {"x": 1}, "x" * (RESPONSE_LIMIT + 1), float("nan"), object()])
def test_blank_and_unreadable_are_not_attempts(make: Any, store: Store, raw: Any) -> None:
    state = make().check(raw)
    assert state["verdict"]["outcome"] == "not_attempted" and state["saved"] == "" and store.attempts() == []


def test_the_same_answer_again_does_not_pile_up(make: Any, store: Store) -> None:
    exercise = make()
    for raw in ("b", "b", " B ", "b"):
        exercise.check(raw)
    assert len(store.attempts()) == 1
    make().check("b")  # reopened: still the same answer
    assert len(store.attempts()) == 1
    exercise.again()
    assert exercise.check("b")["attempt_no"] == 2


def test_reopening_shows_answer_verdict_and_hints(make: Any, user_dir: Any) -> None:
    exercise = make()
    exercise.hint()
    exercise.check("b")
    state = make(store=open_store()).state()
    assert state["response"] == "b" and state["verdict"]["outcome"] == "incorrect"
    assert state["hints"] == ["<p>First <strong>hint</strong></p>"] and state["attempt_no"] == 1
    assert "You answered this on" in state["saved_message"]


def test_reopening_shows_a_later_draft_without_verdict(make: Any) -> None:
    exercise = make()
    exercise.check("b")
    assert exercise.draft("c")["verdict"] is None
    assert make().state()["response"] == "c" and make().state()["verdict"] is None


def test_hint_after_an_answer_keeps_its_verdict(make: Any) -> None:
    exercise = make()
    exercise.check("b")
    exercise.hint()
    assert make().state()["verdict"]["outcome"] == "incorrect" and len(make().state()["hints"]) == 1


def test_again_clears_and_stays_clear(make: Any) -> None:
    exercise = make()
    exercise.check("a")
    state = exercise.again()
    assert state["response"] is None and state["verdict"] is None and state["attempt_no"] == 1
    assert make().state()["response"] is None


def test_a_changed_question_starts_fresh_and_says_so(make: Any) -> None:
    make(item("v1")).check("b")
    state = make(item("v2")).state()
    assert state["response"] is None and state["verdict"] is None and state["attempt_no"] == 0
    assert "changed since you answered it" in state["notice"] and "your answer was b" in state["notice"]
    assert make(item("v2")).check("a")["notice"] == ""


def test_solution_is_remembered_as_seen(make: Any, store: Store) -> None:
    exercise = make()
    state = exercise.solution()
    assert state["solution"]["response"] == "a" and state["solution"]["rationale_html"] == "<p>Because.</p>"
    assert make().state()["solution"] is None
    make().check("a")
    assert [one.solution_seen for one in store.attempts()] == [True]


def test_rationale_with_a_wrong_answer_only_after_the_solution(make: Any) -> None:
    exercise = make()
    exercise.check("b")
    assert exercise.solution()["verdict"]["rationale_html"] == "<p>Because.</p>"


def test_seconds_are_capped(make: Any, store: Store, clock: Clock) -> None:
    exercise = make()
    exercise.state()
    clock.now += 10 * LONGEST
    exercise.check("a")
    assert store.attempts()[0].seconds == LONGEST


def test_cards_shown_together_are_timed_one_after_another(make: Any, store: Store, clock: Clock) -> None:
    cards = [make(item(item_id=f"03-structure/{name}")) for name in "abc"]
    for card in cards:
        card.state()  # Run All
    for card in cards:
        clock.now += 6
        card.check("a")
    assert [one.seconds for one in store.attempts()] == [6.0, 6.0, 6.0]


@pytest.mark.parametrize("touch", [lambda card: card.draft("b"), lambda card: card.hint()])
def test_reading_the_lesson_before_a_card_is_touched_is_not_answering(
    make: Any, store: Store, clock: Clock, touch: Any
) -> None:
    card = make()
    card.state()
    clock.now += 600
    touch(card)
    clock.now += 4
    touch(card)
    card.check("a")
    assert store.attempts()[0].seconds == READING + 4


def test_a_card_left_for_another_is_timed_from_the_other_answer(make: Any, store: Store, clock: Clock) -> None:
    first, second = make(), make(item(item_id="03-structure/other"))
    first.state()
    second.state()
    first.draft("b")
    clock.now += 50
    second.check("a")
    clock.now += 7
    first.check("b")
    clock.now += 3
    first.check("a")
    assert [one.seconds for one in store.attempts()] == [50.0, 7.0, 3.0]


def test_another_clock_does_not_count(make: Any, store: Store, kinds: Any) -> None:
    make().check("b")
    other = Clock()
    other.now = 50.0
    card = Exercise(item(item_id="03-structure/other"), store, clock=other, kinds=kinds)
    card.state()
    other.now += 9
    card.check("a")
    assert store.attempts()[-1].seconds == 9.0


def test_another_draws_a_fresh_variant(make: Any, store: Store) -> None:
    seeds = iter(range(5, 10))

    def fresh() -> Any:
        seed = next(seeds)
        return item(f"v{seed}", item_id=f"gen/fake/2/{seed}")

    exercise = make(item(item_id="gen/fake/2/4"), again=fresh)
    exercise.check("b")
    exercise.hint()
    state = exercise.another()
    assert state["can_another"] and state["response"] is None and state["hints"] == []
    assert exercise.view()["id"] == "gen/fake/2/5"
    exercise.check("a")
    assert [(one.generator, one.level, one.seed) for one in store.attempts()] == [("fake", 2, 4), ("fake", 2, 5)]


def test_another_without_generator_changes_nothing(make: Any) -> None:
    exercise = make()
    before = exercise.check("b")
    assert exercise.another() == before and not before["can_another"]


def test_a_fault_of_ours_is_a_sentence(make: Any, store: Store) -> None:
    def broken() -> Any:
        raise ValueError("no more")

    exercise = make(again=broken)
    state = exercise.check("boom")
    assert "could not grade" in state["notice"] and state["verdict"] is None and store.attempts() == []
    assert "could not draw" in exercise.another()["notice"]
    assert exercise.check("a")["notice"] == ""


def test_the_code_set_is_opened_only_when_a_kind_needs_it(make: Any) -> None:
    opened: list[int] = []

    def codes(edition: int) -> Any:
        opened.append(edition)
        return SimpleNamespace()

    make(codes=codes).check("a")
    assert opened == []
    make(item(kind="coded", item_id="03-structure/coded"), codes=codes).check("a")
    assert opened == [2027]


def test_memory_is_said_plainly(make: Any, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    state = make(store=open_store(tmp_path / "file" / "below")).check("a")
    assert state["saved"] == "memory" and state["saved_message"].startswith("Not saved yet. The folder")
    assert state["verdict"]["outcome"] == "correct"
