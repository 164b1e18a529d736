"""The store on a healthy disk: what goes in comes out, in order, in another session too; and versions of the tables."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from course.learner import tables
from course.learner.records import Draft, Kept
from course.learner.store import Store, open_store, shared_store
from course.learner.vault import DATABASE, TWIN

from .conftest import START, attempt


def test_everything_asked_for_is_kept(store: Store, user_dir: Path) -> None:
    one = attempt(generator="header-or-code", seed=10**30, level=2, solution_seen=True, domains=("CPC: a", "CCA: b"))
    assert store.record(one) is Kept.SAVED and store.durable and store.warning is None
    assert open_store().attempts() == [one] and store.path.parent == user_dir


def test_questions_to_the_store(store: Store) -> None:
    for number in (5, 3, 4):
        store.record(attempt(number, lesson="03" if number % 2 else "01"))
    assert [one.at for one in store.attempts()] == [START + dt.timedelta(minutes=n) for n in (3, 4, 5)]
    assert [one.question_id for one in store.attempts(lesson="01")] == ["03-structure/q4"]
    assert len(store.attempts(since=START + dt.timedelta(minutes=4))) == 2
    assert store.last("03-structure/q5") == store.attempts()[-1] and store.last("nothing") is None
    again = attempt(5 + 7, response="a")
    store.record(again)
    assert store.last("03-structure/q5") == again


def test_the_same_attempt_is_kept_once(store: Store) -> None:
    one = attempt()
    assert store.record(one) is store.record(one) is Kept.SAVED
    assert store.attempts() == [one]


def test_drafts_replace_one_another(store: Store) -> None:
    for text in ("S", "S5", "S52"):
        draft = Draft(question_id="q", content_version="v", response={"text": text}, hints=1)
        assert store.save_draft(draft) is Kept.SAVED
    kept = open_store().draft("q")
    assert kept is not None and kept.response == {"text": "S52"} and kept.hints == 1 and store.draft("other") is None
    assert store.save_draft(Draft(question_id="q", content_version="v", response=object())) is Kept.MEMORY
    assert store.durable


@pytest.mark.parametrize(
    "changes", [{"score": 7}, {"response": {1, 2}}, {"at": START.replace(tzinfo=None)}, {"at": None}]
)
def test_a_faulty_attempt_does_not_raise(store: Store, changes: dict[str, Any]) -> None:
    store.record(attempt(1))
    kept = store.record(attempt(2, **changes))
    assert len(store.attempts()) == 2
    assert kept is Kept.SAVED or "could not be written down" in str(store.warning)
    assert store.record(attempt(3)) is Kept.SAVED


def test_no_fault_at_all_raises(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a fault that nobody thought of leaves the lesson running, and is told."""

    def broken(*_: Any, **__: Any) -> Any:
        raise KeyError("unthought of")

    store.record(attempt(1))
    for name in ("open", "save", "attempts", "draft"):
        monkeypatch.setattr(f"course.learner.vault.Vault.{name}", broken)
    for one in (store, open_store()):
        assert one.record(attempt(2)) is Kept.MEMORY and one.draft("q") is None
        assert attempt(2).question_id in {kept.question_id for kept in one.attempts()}
        assert "unthought of" in str(one.warning)
    monkeypatch.undo()
    assert store.flush() and len(open_store(store.folder).attempts()) == 2


def test_attempts_are_only_added(store: Store) -> None:
    store.record(attempt())
    for statement in ("DELETE FROM attempt", "UPDATE attempt SET score = 0"):
        with closing(sqlite3.connect(store.path)) as connection:
            with pytest.raises(sqlite3.DatabaseError, match="only added"):
                connection.execute(statement)


def test_one_store_for_a_session(user_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared_store() is shared_store()
    first = shared_store()
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "elsewhere"))
    assert shared_store() is not first


def test_nothing_is_held_open(store: Store) -> None:
    """So that the file can be replaced between two answers, on Windows too."""
    store.record(attempt())
    store.attempts()
    assert not list(store.folder.glob("*-wal")) and not list(store.folder.glob("*-shm"))


def _forward(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    monkeypatch.setattr(tables, "STEPS", {**tables.STEPS, tables.newest() + 1: step})


def test_an_older_database_is_brought_forward(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(attempt())
    _forward(monkeypatch, lambda connection: connection.exec_driver_sql("CREATE TABLE extra (x)"))
    later = open_store()
    assert later.warning is None and len(later.attempts()) == 1 and later.record(attempt(1)) is Kept.SAVED
    with closing(sqlite3.connect(store.path)) as connection:
        assert [row[0] for row in connection.execute("SELECT version FROM schema_version ORDER BY 1")] == [1, 2, 3]
        connection.execute("SELECT * FROM extra")


def test_a_step_that_fails_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = attempt()
    store.record(one)
    before = store.path.read_bytes()

    def fails(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE half (x)")
        raise ValueError("half-way")

    _forward(monkeypatch, fails)
    later = open_store()
    assert not later.durable and later.warning is not None and later.attempts() == [one]
    assert store.path.read_bytes() == before


def test_a_newer_database_is_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = attempt()
    store.record(one)
    with monkeypatch.context() as later_version:
        _forward(later_version, lambda connection: connection.exec_driver_sql("ALTER TABLE attempt ADD COLUMN mood"))
        open_store()
    before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    old = open_store()
    assert not old.durable and "newer version of this course" in str(old.warning)
    two = attempt(1)
    assert old.record(two) is Kept.MEMORY and old.attempts() == [one, two] and old.last(two.question_id) == two
    assert store.record(attempt(2)) is Kept.MEMORY  # a notebook that was open while the course was updated elsewhere
    assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before


def test_a_newer_safety_copy_is_left_alone(store: Store) -> None:
    store.record(attempt())
    twin = store.folder / TWIN
    twin.write_bytes(twin.read_bytes().replace(b'"version":2', b'"version":9') + b'{"new": "form"}\n')
    before = twin.read_bytes()
    old = open_store()
    assert "newer version" in str(old.warning) and old.record(attempt(1)) is Kept.MEMORY
    assert twin.read_bytes() == before and len(old.attempts()) == 2


def test_importing_the_course_stays_light(root: Path) -> None:
    heavy = ("sqlalchemy", "pydantic", "filelock")
    code = f"import sys, course, course.learner; print([m for m in {heavy} if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\n"


def test_the_names_of_the_files_suit_windows(store: Store) -> None:
    store.record(attempt())
    assert {path.name for path in store.folder.iterdir()} == {DATABASE, TWIN, "progress.lock"}
    assert not set(':?*<>|"') & set(DATABASE + TWIN)
