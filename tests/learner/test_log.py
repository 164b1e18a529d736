"""The log read once in a session: the same as the store's, whatever happens to the store meanwhile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from course.learner import cards, log
from course.learner.memory import Memory
from course.learner.records import Attempt, now
from course.learner.store import Store, open_store
from course.learner.transfer import reset


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "user")


def answer(question: str = "q/one", days: float = 0, outcome: str = "correct") -> Attempt:
    at = now() - dt.timedelta(days=days)
    return Attempt(question_id=question, content_version="1", kind="number", response="1", outcome=outcome, at=at)


def test_what_is_read_is_what_the_store_has(store: Store, monkeypatch: pytest.MonkeyPatch):
    assert log.attempts(store) == []
    for n in range(3):
        store.record(answer(f"q/{n}"))
        assert log.attempts(store) == store.attempts()
    whole = store.attempts()
    monkeypatch.setattr(store, "attempts", lambda: pytest.fail("read as a whole once more"))
    assert log.attempts(store) == whole
    store.record(late := answer("q/late", days=9))
    assert log.attempts(store) == [late, *whole], "by time, as the store sorts them"


def test_another_notebook_writes_too(store: Store):
    store.record(answer())
    log.attempts(store)
    other = open_store(store.folder)
    other.record(answer("q/two"))
    assert [one.question_id for one in log.attempts(store)] == ["q/one", "q/two"]


def test_a_file_that_was_set_aside_is_noticed(store: Store):
    store.record(answer())
    assert len(log.attempts(store)) == 1
    reset(store.folder)
    assert log.attempts(store) == []
    store.record(answer("q/two"))
    assert [one.question_id for one in log.attempts(store)] == ["q/two"]


def test_what_is_not_on_disk_counts_too(tmp_path: Path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = open_store(tmp_path / "file" / "user")
    store.record(answer())
    assert len(log.attempts(store)) == 1 and log.memory(store).state("q/one") is not None


def test_a_rating_that_was_taken_back_does_not_count(store: Store):
    card = "card/word-parts/x"
    first, second = (cards.rated(card, rating, 3.0) for rating in (1, 4))
    store.record(first)
    worse = log.memory(store).state(card)
    log.take_back(store, first.uid)
    assert log.attempts(store) == []
    store.record(second)  # before anybody asked for the memory: as many answers as there were
    better = log.memory(store).state(card)
    assert worse and better and better.due > worse.due
    assert len(store.attempts()) == 2, "the log itself is only added to"


def test_the_memory_grows_with_the_log(store: Store):
    for days in (9, 4, 0):
        store.record(answer(days=days))
        assert log.memory(store).state("q/one") == Memory(store.attempts()).state("q/one")
    assert log.memory(store) is log.memory(store)
