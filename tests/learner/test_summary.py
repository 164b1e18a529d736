"""Counting: what was seen, what was right at the first try, what is right now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.learner.store import Store, open_store
from course.learner.summary import Row, by, summary, summary_text

from .conftest import attempt


def tried(number: int, question: str, outcome: str, **changes: Any) -> Any:
    score = {"correct": 1.0, "partly": 0.5, "incorrect": 0.0}[outcome]
    return attempt(number, question_id=question, outcome=outcome, score=score, **changes)


HISTORY = [
    tried(1, "a", "incorrect"),
    tried(3, "a", "correct"),
    tried(2, "b", "correct", lesson="01", objective="another", domains=("CPC: ICD-10-CM", "CCA: one")),
    tried(4, "b", "partly", lesson="01", objective="another", domains=("CPC: ICD-10-CM", "CCA: one")),
    tried(5, "c", "correct", solution_seen=True),
    tried(6, "d", "correct", hints_used=2),
]


def test_rows() -> None:
    assert by("lesson", reversed(HISTORY)) == [
        Row("01", seen=1, first_try=1, correct_now=0, tries=2),
        Row("03", seen=3, first_try=1, correct_now=3, tries=4),
    ]
    assert [row.name for row in by("objective", HISTORY)] == ["another", "tell a billable code from a header"]
    domains = by("domain", HISTORY)
    assert [(row.name, row.seen) for row in domains] == [("CCA: one", 1), ("CPC: ICD-10-CM", 4)]


def test_answers_to_an_earlier_form_are_left_out() -> None:
    rows = by("lesson", HISTORY, versions={"a": "changed", "d": HISTORY[-1].content_version})
    assert [(row.name, row.seen) for row in rows] == [("01", 1), ("03", 2)]


def test_of_the_store(store: Store) -> None:
    for one in HISTORY:
        store.record(one)
    data = summary(store)
    assert data["total"] == {"name": "", "seen": 4, "first_try": 2, "correct_now": 3, "tries": 6}
    assert data["lesson"][1]["correct_now"] == 3 and data["warning"] is None
    json.dumps(data)


def test_text(store: Store) -> None:
    assert summary_text().startswith("Nothing answered yet.")
    for one in HISTORY:
        store.record(one)
    store.record(tried(9, "e", "correct", objective="éa very long objective " * 9))
    text = summary_text()
    assert text.startswith("7 answers to 5 questions, on 2026-11-22.")
    table = [line for line in text.splitlines() if not line.startswith("Kept in")]
    assert all(len(line) <= 79 for line in table) and text.isascii()
    assert f"{'03':<46}{4:>11}{2:>11}{4:>11}" in table


def test_a_warning_comes_first(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = open_store(tmp_path / "file" / "below")
    assert summary_text(store).startswith("The folder") and summary(store)["warning"]
