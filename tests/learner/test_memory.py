"""Units and their memory: what an answer is worth, a day as one review, the fold and its laws."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.learner import cards
from course.learner.memory import AGAIN, EASY, GOOD, HARD, Memory, fold, rating_of, reviews_of, scheduler
from course.learner.records import Attempt, checked
from course.paths import data_dir

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def tried(day: float, outcome: str = "correct", question: str = "t/a", **changes: Any) -> Attempt:
    """An answer so many days after November 2, 2026, noon."""
    return Attempt(
        question_id=question, content_version="v", kind="single_choice", response="a", outcome=outcome,
        at=NOON + dt.timedelta(days=day), **changes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("attempt", "rating"),
    [
        (tried(0), GOOD),
        (tried(0, seconds=1.0), GOOD),
        (tried(0, hints_used=1), HARD),
        (tried(0, "partly"), HARD),
        (tried(0, "incorrect"), AGAIN),
        (tried(0, solution_seen=True), AGAIN),
        (tried(0, "partly", solution_seen=True), AGAIN),
        (cards.rated("card/rules/law-01", 1), AGAIN),
        (cards.rated("card/rules/law-01", 2), HARD),
        (cards.rated("card/rules/law-01", 4), EASY),
        (replace(cards.rated("card/rules/law-01", 4), response={"rating": 9}), GOOD),
        (replace(cards.rated("card/rules/law-01", 1), response=None), AGAIN),
    ],
)
def test_what_an_answer_is_worth(attempt: Attempt, rating: int) -> None:
    assert rating_of(attempt) == rating


def ratings(*attempts: Attempt) -> list[int]:
    return [review.rating for review in reviews_of(attempts, dt.UTC)]


def test_a_day_is_one_review_rated_by_the_first_answer() -> None:
    assert ratings(tried(0, "incorrect"), tried(0.1), tried(0.2)) == [AGAIN]
    assert ratings(tried(0), tried(0.1, "incorrect")) == [GOOD]
    assert ratings(tried(0, "incorrect"), tried(1), tried(1.1, "incorrect")) == [AGAIN, GOOD]


def test_of_drawn_exercises_a_mixed_day_is_hard() -> None:
    one, two = "gen/laterality/2/1", "gen/laterality/2/2"
    assert ratings(tried(0, "incorrect", one), tried(0.1, "correct", one)) == [AGAIN], "the same draw again"
    assert ratings(tried(0, "incorrect", one), tried(0.1, "correct", two)) == [HARD]
    assert ratings(tried(0, "correct", one), tried(0.1, "incorrect", two)) == [HARD]
    assert ratings(tried(0, "correct", one), tried(0.1, "correct", two)) == [GOOD]
    memory = Memory([tried(0, "correct", one), tried(3, "correct", two)])
    state = memory.state("gen/laterality/2")
    assert state is not None and state.reps == 2 and memory.unit_ids == {"gen/laterality/2"}


def test_a_solution_seen_on_an_earlier_day_does_not_count_against_one_for_ever() -> None:
    seen = {"solution_seen": True}
    assert ratings(tried(0, **seen), tried(5, **seen), tried(9, "incorrect", **seen)) == [AGAIN, HARD, AGAIN]


def test_the_day_is_the_learners() -> None:
    late = dt.datetime(2026, 11, 3, 4, 50, tzinfo=dt.UTC)  # 23:50 in New York
    two = [replace(tried(0), at=late), replace(tried(0), at=late + dt.timedelta(minutes=20))]
    new_york = Memory(two, zone=ZoneInfo("America/New_York")).state("t/a")
    utc = Memory(two, zone=dt.UTC).state("t/a")
    assert new_york is not None and utc is not None and (new_york.reps, utc.reps) == (2, 1)
    assert new_york.due.astimezone(ZoneInfo("America/New_York")).time() == dt.time(), "due from midnight on, there"


def test_the_fold_is_fsrs() -> None:
    from fsrs import Card, Rating

    plan = [(0, GOOD), (2, HARD), (6, AGAIN), (7, GOOD), (20, EASY)]
    outcomes = {AGAIN: 1, HARD: 2, GOOD: 3, EASY: 4}
    memory = Memory(
        [cards.rated("card/rules/law-01", outcomes[r], at=NOON + dt.timedelta(days=d)) for d, r in plan], zone=dt.UTC
    )
    card = Card(card_id=1)
    for day, rating in plan:
        card, _ = scheduler().review_card(card, Rating(rating), NOON + dt.timedelta(days=day))
    state = memory.state("card/rules/law-01")
    assert state is not None
    assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
    assert state.due.date() == card.due.date() and state.due.time() == dt.time()
    assert (state.reps, state.lapses, state.last) == (5, 1, NOON + dt.timedelta(days=20))
    for days in (0, 1, 40, 400):
        now = NOON + dt.timedelta(days=20 + days)
        assert state.retrievability(now) == pytest.approx(scheduler().get_card_retrievability(card, now))
    assert state.retrievability(NOON) == 1.0
    at_due = state.retrievability(state.last + dt.timedelta(days=state.stability))
    assert at_due == pytest.approx(0.9)


def test_what_was_never_answered_has_no_state() -> None:
    assert Memory().state("t/a") is None and fold([]) is None


def test_a_higher_retention_brings_things_back_earlier() -> None:
    answers = [tried(0), tried(3), tried(14)]
    strict, lax = (Memory(answers, retention=r).state("t/a") for r in (0.95, 0.8))
    assert strict is not None and lax is not None and strict.due < lax.due


@pytest.mark.parametrize("year", [1, 9999])
def test_a_clock_that_stood_wrong_does_no_harm(year: int) -> None:
    odd = replace(tried(0), at=dt.datetime(year, 1, 1, tzinfo=dt.UTC))
    state = Memory([tried(0), odd, tried(2)]).state("t/a")
    assert state is not None and state.reps == 3 and 0 < state.retrievability(NOON) <= 1


ANSWERS = st.lists(
    st.builds(
        tried,
        st.floats(0, 60),
        st.sampled_from(["correct", "partly", "incorrect"]),
        st.sampled_from(["t/a", "t/b", "gen/laterality/1/1", "gen/laterality/1/2"]),
        hints_used=st.integers(0, 1),
        solution_seen=st.booleans(),
        seconds=st.one_of(st.none(), st.floats(0, 99)),
    ),
    max_size=14,
)


@given(ANSWERS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_one_by_one_in_any_order_is_all_at_once(answers: list[Attempt], dice: Any) -> None:
    whole = Memory(answers, zone=dt.UTC)
    single = Memory(zone=dt.UTC)
    shuffled = [*answers, *answers[:3]]  # some come twice, as after an import
    dice.shuffle(shuffled)
    for one in shuffled:
        single.add(one)
        single.state(dice.choice(answers).question_id)  # asking in between changes nothing
    units = whole.unit_ids
    assert single.unit_ids == units
    assert {unit: single.state(unit) for unit in units} == {unit: whole.state(unit) for unit in units}
    assert single.seconds("single_choice") == whole.seconds("single_choice")


@given(ANSWERS.filter(bool), st.lists(st.floats(0, 4000), min_size=2))
@settings(max_examples=40, deadline=None)
def test_the_chance_falls_with_time(answers: list[Attempt], days: list[float]) -> None:
    memory = Memory(answers, zone=dt.UTC)
    for unit in memory.unit_ids:
        state = memory.state(unit)
        assert state is not None and state.due > state.last and state.lapses < state.reps
        chances = [state.retrievability(state.last + dt.timedelta(days=one)) for one in sorted(days)]
        assert chances == sorted(chances, reverse=True) and all(0 < one <= 1 for one in chances)


def test_the_learners_own_time() -> None:
    assert Memory([tried(n, seconds=10.0 + n) for n in range(4)]).seconds("single_choice") is None
    memory = Memory([tried(n, seconds=10.0 + n) for n in range(5)])
    assert memory.seconds("single_choice") == 12.0
    memory.add(tried(9, seconds=500.0))
    assert memory.seconds("single_choice") == 12.5 and memory.seconds("number") is None
    drawn = Memory([tried(n, question=f"gen/laterality/1/{n}", seconds=30.0) for n in range(5)])
    assert drawn.seconds("drawn") == 30.0 and drawn.seconds("single_choice") is None


# -- units ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything() -> list[cards.Unit]:
    return cards.units(NOON)


def test_units_are_what_there_is_to_learn(everything: list[cards.Unit]) -> None:
    ids = [unit.id for unit in everything]
    assert len(set(ids)) == len(ids)
    kinds = {unit.kind for unit in everything}
    assert kinds == {"item", "card"}
    assert sum(unit.kind == "card" for unit in everything) >= 900
    assert not {unit.question_kind for unit in everything} & {"your_turn"}
    assert not {unit.lesson for unit in everything} & {"00", ""}
    assert not [unit.id for unit in everything if unit.lesson == cards.HALL_LESSON and unit.domains]
    assert all(unit.title and unit.seconds > 0 for unit in everything)


def test_each_deck_has_a_lesson_and_domains_that_exist(everything: list[cards.Unit]) -> None:
    with (data_dir() / "questions" / "domains.csv").open(encoding="utf-8", newline="") as lines:
        known = {f"{row['exam']}: {row['domain']}" for row in csv.DictReader(lines)}
    for unit in everything:
        if unit.kind == "card":
            assert unit.lesson and unit.domains and set(unit.domains) <= known, unit
            card = cards.card_of(unit.id)
            assert card is not None and card.front == unit.title
    from course.language import flashcards

    groups = {f"{name}/{card.group}" for name in flashcards.DECKS for card in flashcards.deck(name)}
    assert set(cards.DECKS) <= groups | set(flashcards.DECKS), "a row for a deck or group that is gone"


def test_a_question_of_the_hall_comes_once_it_was_met_there() -> None:
    from course.questions import bank

    hall = [item.id for item in bank.sound_items(lesson=cards.HALL_LESSON) if item.domains]
    first = bank.load_item(hall[0])
    met = {
        unit.id for unit in cards.units(NOON, [first.id, "gen/laterality/2/17", "gen/no-such/1/1", "gen/laterality"])
    }
    assert first.id in met and "gen/laterality/2" in met
    assert not met & set(hall[1:]) and sum(one.startswith("gen/") for one in met) == 1


def test_new_ones_come_from_lessons_begun() -> None:
    nothing = cards.begun([])
    assert nothing == {"01"}
    answered = cards.begun([tried(0, lesson="05a"), tried(0, lesson="16"), tried(0, lesson="")])
    assert {"01", "03", "04", "05a", "16"} <= answered and not answered & {"00", "05b", "06", "15"}
    assert {"06", "10", "11b"} <= cards.begun([tried(0, lesson="17")])


def test_a_drawn_exercise_is_the_same_all_day_and_another_tomorrow() -> None:
    from course.questions import generators

    unit = "gen/billable-or-header/1"
    today = cards.draw(unit, NOON)
    assert today.startswith(f"{unit}/") and today == cards.draw(unit, NOON + dt.timedelta(hours=2))
    assert cards.draw(unit, NOON, {today}) != today != cards.draw(unit, NOON + dt.timedelta(days=1))
    assert cards.unit_of(today) == unit and generators.from_id(today).id == today
    assert cards.draw("t/a", NOON) == "t/a" == cards.unit_of("t/a")


def test_hard_is_known_and_comes_sooner_than_good() -> None:
    outcomes = [cards.rated("card/rules/law-01", rating).outcome for rating in (1, 2, 3, 4)]
    assert outcomes == ["incorrect", "correct", "correct", "correct"]
    assert [rating_of(cards.rated("card/rules/law-01", rating)) for rating in (1, 2, 3, 4)] == [1, 2, 3, 4]


@pytest.mark.parametrize(("kind", "floor"), [("flashcard", 5.0), ("single_choice", 25.0)])
def test_quick_clicks_are_not_believed_until_there_are_many(kind: str, floor: float) -> None:
    quick = [replace(tried(n, seconds=2.0), kind=kind) for n in range(20)]
    assert Memory(quick[:4]).likely(kind, 75.0) == 75.0
    assert Memory(quick[:5]).likely(kind, 75.0) == floor == Memory(quick[:19]).likely(kind, 75.0)
    assert Memory(quick).likely(kind, 75.0) == 2.0
    slow = Memory([replace(tried(n, seconds=90.0), kind=kind) for n in range(5)])
    assert slow.likely(kind, 75.0) == 90.0


def test_days_of_work() -> None:
    assert Memory([tried(0), tried(0, question="t/b"), tried(2)], zone=dt.UTC).days == 2 and Memory().days == 0


def test_a_rating_is_an_attempt_like_any_other() -> None:
    attempt = checked(cards.rated("card/rules/law-01", 2, 7.5))
    assert (attempt.kind, attempt.outcome, attempt.score, attempt.seconds) == ("flashcard", "correct", 1.0, 7.5)
    assert attempt.response == {"rating": 2} and attempt.lesson == "" and attempt.domains == ()
    for wrong in (0, 5, "3", None):
        with pytest.raises(ValueError, match="A rating is 1"):
            cards.rated("card/rules/law-01", wrong)  # type: ignore[arg-type]
    for odd in ("card/rules/none", "card/none/x", "rules/law-01", "card"):
        assert cards.card_of(odd) is None


def test_the_library_is_loaded_when_it_is_needed() -> None:
    code = "import sys, course.learner.memory, course.learner.queue, course.learner.anki, course.learner.forecast\n"
    code += "print([one for one in ('fsrs', 'genanki', 'torch') if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
