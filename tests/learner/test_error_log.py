"""The error log: what was missed, put right or not, and a fresh draw of the same skill."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from course.learner import cards, error_log
from course.learner.error_log import error_log as log_of
from course.learner.error_log import generator_for, redraw, select
from course.paths import data_dir
from course.questions import bank
from course.questions.generators import GENERATORS, from_id

from .conftest import START, attempt


def described(name: str, **changes: Any) -> cards.Unit:
    values: dict[str, Any] = dict(kind="item", title=f"About {name}", lesson="03", domains=("CPC: ICD-10-CM",))
    return cards.Unit(**{"id": name, "seconds": 60.0, "objective": "", **values, **changes})


def tried(minute: int, question: str, outcome: str, **changes: Any) -> Any:
    return attempt(minute, question_id=question, outcome=outcome, **changes)


LOG = [
    tried(1, "a", "incorrect"),
    tried(2, "b", "partly"),
    tried(3, "b", "correct"),
    tried(4, "c", "correct"),
    tried(5, "a", "incorrect"),
    tried(6, "gone", "incorrect"),
    tried(7, "gen/laterality/2/5", "incorrect", kind="number"),
    tried(8, "gen/laterality/2/6", "correct", kind="number"),
    tried(9, "d", "incorrect"),
    tried(10, "d", "correct", solution_seen=True),
    cards.rated("card/rules/law-01", 1, at=START),
]
ITEMS = {
    name: described(name) for name in ("a", "b", "c", "d")
} | {
    "gen/laterality/2": described("gen/laterality/2", kind="drawn", domains=(), lesson="03"),
    "card/rules/law-01": described("card/rules/law-01", kind="card", lesson="11b", domains=("CCA: Compliance",)),
}  # fmt: skip


def test_a_hard_card_was_known() -> None:
    name = "card/rules/law-01"
    early = attempt(question_id=name, kind="flashcard", response={"rating": 2}, outcome="partly", score=0.5)
    assert log_of([cards.rated(name, 2), early], ITEMS) == []
    again = [cards.rated(name, rating, at=START.replace(minute=rating)) for rating in (1, 2)]
    (missed,) = log_of(again, ITEMS)
    assert missed.times_missed == 1 and missed.mended
    (missed,) = log_of([*again, cards.rated(name, 1, at=START.replace(minute=9))], ITEMS)
    assert missed.times_missed == 2 and not missed.mended


def test_what_was_missed_the_latest_first() -> None:
    found = log_of(reversed(LOG), ITEMS)
    assert [one.id for one in found] == ["d", "gen/laterality/2", "a", "b", "card/rules/law-01"]
    by_id = {one.id: one for one in found}
    assert [by_id[name].times_missed for name in ("a", "b", "d")] == [2, 1, 1]
    assert by_id["a"].last_missed == LOG[4].at and by_id["a"].title == "About a"
    assert by_id["gen/laterality/2"].question_id == "gen/laterality/2/5", "the draw that was missed"
    assert {name: one.mended for name, one in by_id.items()} == {
        "a": False, "b": True, "gen/laterality/2": True, "d": False, "card/rules/law-01": False,
    }, "right after a look at the solution mends nothing"  # fmt: skip
    assert by_id["gen/laterality/2"].domains == ("CPC: ICD-10-CM",), "a drawn exercise has its attempt's domains"


def test_filters() -> None:
    found = log_of(LOG, ITEMS)

    def chosen(**wanted: Any) -> list[str]:
        return [one.id for one in select(found, **wanted)]

    assert chosen() == [one.id for one in found]
    assert chosen(lesson="11b") == ["card/rules/law-01"] == chosen(kind="flashcard") == chosen(domain="CCA: Compliance")
    assert chosen(mended=True) == ["gen/laterality/2", "b"] and chosen(mended=False, lesson="03") == ["d", "a"]
    assert chosen(kind="number", mended=False) == []


def test_the_table_of_fresh_draws_fits_bank_and_generators() -> None:
    objectives = {(item.lesson, item.objective) for item in bank.sound_items()}
    with (data_dir() / "flashcards" / "redraw.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        assert row["generator"] in GENERATORS, row
        assert (row["lesson"], row["objective"]) in objectives, f"no question has this objective: {row}"
    assert len({(row["lesson"], row["objective"]) for row in rows}) == len(rows)
    assert {row["generator"] for row in rows} == set(GENERATORS), "each practice serves some question"


def test_a_missed_question_brings_the_practice_of_its_skill() -> None:
    item = next(one for one in bank.sound_items(lesson="03") if one.objective == "tell a heading from a billable code")
    (missed,) = log_of([tried(1, item.id, "incorrect")], {item.id: item})
    assert missed.generator == ("billable-or-header", item.difficulty)
    drawn = redraw(missed, START)
    assert drawn is not None and from_id(drawn).lesson == "03"
    assert redraw(missed, START, {drawn}) not in (None, drawn)
    other = next(
        one for one in bank.sound_items(lesson="03") if one.objective == "follow a cross-reference in the Index"
    )
    (missed,) = log_of([tried(1, other.id, "incorrect")], {other.id: other})
    assert missed.generator is None and redraw(missed, START) is None


def test_a_drawn_exercise_brings_its_own_generator_at_a_level_that_exists() -> None:
    assert generator_for("gen/laterality/2", described("x")) == ("laterality", 2)
    levels = GENERATORS["laterality"].levels
    assert generator_for("gen/laterality/9", described("x")) == ("laterality", max(levels))
    assert generator_for("gen/no-such/1", described("x")) is None and generator_for("gen/", described("x")) is None


def test_without_its_table_the_log_still_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(error_log, "data_dir", lambda: tmp_path)
    error_log._table.cache_clear()
    try:
        assert [one.generator for one in log_of(LOG, ITEMS) if one.id == "a"] == [None]
    finally:
        error_log._table.cache_clear()
