"""Events: kept as attempts are, on disk, in the safety copy, in memory, in an export; and files of version 1."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learner import lines
from course.learner.records import BadRecord, Event, Kept, checked, from_line, from_record, to_line, to_record
from course.learner.rows import from_row, to_row
from course.learner.store import Store, open_store
from course.learner.transfer import TransferError, export_to, import_from, reset, take_in, undo_reset
from course.learner.vault import DATABASE, TWIN

from .conftest import START, attempt, event
from .test_records import anything, names, texts

VERSION_1 = Path(__file__).parent / "data"

events = st.builds(
    Event,
    stream=names,
    body=anything,
    at=st.datetimes(timezones=st.just(START.tzinfo)),
    course_version=texts,
    uid=names,
)


@given(events)
def test_line_and_row_give_back_what_went_in(one: Event) -> None:
    line = to_line(one)
    assert line.endswith(b"\n") and line.count(b"\n") == 1 and line.isascii()
    assert from_line(line) == one == checked(one) == from_row({"n": 1, **to_row(one)})


@pytest.mark.parametrize(
    "changes",
    [{"stream": ""}, {"stream": 7}, {"body": "x" * 20_001}, {"body": {1, 2}}, {"at": "2026-11-22"}, {"uid": None}],
)
def test_a_faulty_one_is_told(changes: dict[str, Any]) -> None:
    with pytest.raises(BadRecord):
        from_record({**to_record(event()), **changes})
    with pytest.raises(BadRecord, match="check sum"):
        from_line(to_line(event()).replace(b'"place":0', b'"place":1'))


def test_what_is_appended_is_there_in_another_session(store: Store, user_dir: Path) -> None:
    for number in (3, 1, 2):
        assert store.append(event(number)) is Kept.SAVED
    store.append(event(9, stream="sitting/b"))
    store.append(event(9, stream="plan"))
    store.record(attempt(1))
    for one in (store, open_store()):
        assert one.events("sitting/a") == [event(1), event(2), event(3)] and one.events("nothing") == []
        assert one.streams() == ["plan", "sitting/a", "sitting/b"] and one.streams("sitting/") == [
            "sitting/a",
            "sitting/b",
        ]
        assert len(one.events()) == 5 and len(one.attempts()) == 1 and one.durable
    assert store.append(event(1)) is Kept.SAVED and len(store.events("sitting/a")) == 3


def test_two_sessions_see_what_the_other_appends(store: Store) -> None:
    other = open_store(store.folder)
    for number in range(6):
        (store, other)[number % 2].append(event(number))
        assert len(store.events("sitting/a")) == len(other.events("sitting/a")) == number + 1


def test_many_streams(store: Store) -> None:
    """More than are kept in memory, read in turn."""
    assert store.add(event(number, stream=f"s{number % 7}") for number in range(21))
    for _ in range(2):
        assert [len(store.events(f"s{n}")) for n in range(7)] == [3] * 7
    store.append(event(50, stream="s0"))
    assert len(store.events("s0")) == 4


def test_events_are_only_added(store: Store) -> None:
    store.append(event())
    for statement in ("DELETE FROM event", "UPDATE event SET body = '1'"):
        with (
            closing(sqlite3.connect(store.path)) as connection,
            pytest.raises(sqlite3.DatabaseError, match="only added"),
        ):
            connection.execute(statement)


def test_a_faulty_event_does_not_raise(store: Store) -> None:
    assert store.append(event(1, body={1, 2})) is Kept.MEMORY and "could not be written" in str(store.warning)
    assert store.append(event(2, at=None)) is Kept.MEMORY
    assert store.append(event(3)) is Kept.SAVED and len(store.events("sitting/a")) == 3
    assert len(open_store(store.folder).events("sitting/a")) == 1


def test_in_memory_while_the_disk_refuses(tmp_path: Path) -> None:
    obstacle = tmp_path / "obstacle"
    obstacle.write_text("", encoding="utf-8")
    store = open_store(obstacle / "below")
    assert store.append(event(1)) is Kept.MEMORY and store.events("sitting/a") == [event(1)]
    assert store.streams() == ["sitting/a"] and store.pending == 1 and "cannot be written" in str(store.warning)
    obstacle.unlink()
    assert store.append(event(2)) is Kept.SAVED and store.durable
    assert open_store(store.folder).events("sitting/a") == [event(1), event(2)]


def test_what_was_read_is_known_when_the_disk_goes_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append(event(1))
    assert store.events("sitting/a") == [event(1)]

    def broken(*_: Any, **__: Any) -> Any:
        raise KeyError("unthought of")

    for name in ("save", "events", "streams"):
        monkeypatch.setattr(f"course.learner.vault.Vault.{name}", broken)
    assert store.append(event(2)) is Kept.MEMORY
    assert store.events("sitting/a") == [event(1), event(2)] and store.streams() == ["sitting/a"]


def test_a_changed_letter_is_noticed_and_mended(store: Store) -> None:
    store.append(event(1, body="was here"))
    store.path.write_bytes(store.path.read_bytes().replace(b'"was here"', b'"was hers"'))
    for one in (store, open_store(store.folder)):
        assert [e.body for e in one.events("sitting/a")] == ["was here"]
    assert "was damaged" in str(store.warning)


def test_read_back_without_the_safety_copy(store: Store) -> None:
    """The row of an attempt is damaged and the safety copy is gone: the events are read back from the database."""
    assert store.add([*(event(number) for number in range(9)), attempt(1, response="was here")])
    store.vault.twin.path.unlink()
    store.path.write_bytes(store.path.read_bytes().replace(b'"was here"', b'"was hers"'))
    assert store.attempts() == [] and "was damaged" in str(store.warning)
    assert [one.uid for one in store.events("sitting/a")] == [event(number).uid for number in range(9)]


@pytest.mark.parametrize("name", [DATABASE, TWIN])
def test_either_file_alone_is_enough(store: Store, name: str) -> None:
    found = [event(number) for number in range(30)]
    assert store.add([*found, attempt(1)])
    (store.folder / name).unlink()
    later = open_store(store.folder)
    assert later.events("sitting/a") == found and len(later.attempts()) == 1 and later.append(event(99)) is Kept.SAVED
    assert len(later.vault.twin.read().records) == 32 and len(store.events("sitting/a")) == 31


def test_from_the_safety_copy_while_the_database_is_newer(store: Store) -> None:
    store.append(event(1))
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99, '', '')")
        connection.commit()
    later = open_store(store.folder)
    assert later.events("sitting/a") == [event(1)] and later.streams() == ["sitting/a"]


# -- a progress of version 1, written by the course as it was before there were events --------------------------------


@pytest.fixture
def old(user_dir: Path) -> Path:
    user_dir.mkdir()
    shutil.copy(VERSION_1 / "version-1.sqlite3", user_dir / DATABASE)
    shutil.copy(VERSION_1 / "version-1.jsonl", user_dir / TWIN)
    return user_dir


def versions(folder: Path) -> tuple[list[int], int]:
    """Of the database, and of the safety copy."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        steps = [row[0] for row in connection.execute("SELECT version FROM schema_version ORDER BY 1")]
    return steps, json.loads((folder / TWIN).read_bytes().split(b"\n")[0])["version"]


def test_a_database_of_version_1_is_brought_forward(old: Path) -> None:
    assert versions(old) == ([1], 1)
    store = open_store(old)
    assert store.warning is None and len(store.attempts()) == 3 and versions(old) == ([1, 2], 2)
    draft = store.draft("03-structure/q1")
    assert draft is not None and draft.response == "S5"
    assert store.append(event(1)) is Kept.SAVED and open_store(old).events("sitting/a") == [event(1)]
    assert len(store.vault.twin.read().records) == 4 and list(old.glob("*damaged*")) == []
    (old / DATABASE).unlink()
    assert len(open_store(old).attempts()) == 3


@pytest.mark.parametrize("name", [DATABASE, TWIN])
def test_half_of_version_1(old: Path, name: str) -> None:
    (old / name).unlink()
    store = open_store(old)
    assert store.warning is None and len(store.attempts()) == 3 and versions(old)[1] == 2
    assert store.append(event(1)) is Kept.SAVED and len(store.vault.twin.read().records) == 4


def test_a_damaged_database_of_version_1_is_mended(old: Path) -> None:
    data = (old / DATABASE).read_bytes()
    (old / DATABASE).write_bytes(data[:8_000] + bytes(8_000) + data[16_000:])
    store = open_store(old)
    assert len(store.attempts()) == 3 and store.append(event(1)) is Kept.SAVED and "was damaged" in str(store.warning)


def test_a_safety_copy_alone_stays_readable_to_nobody_older(store: Store) -> None:
    """An older course must not take events for damaged lines: the first line tells it that the file is too new."""
    store.record(attempt(1))
    assert json.loads((store.folder / TWIN).read_bytes().split(b"\n")[0])["version"] == 2


# -- carried in a file ------------------------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path: Path) -> Store:
    return open_store(tmp_path / "other machine")


def test_export_and_import_carry_events(store: Store, other: Store, tmp_path: Path) -> None:
    store.record(attempt(1))
    path = tmp_path / "mine.jsonl"
    assert export_to(path, store) == f"1 answer written to {path}."
    assert json.loads(path.read_bytes().split(b"\n")[0])["version"] == 1  # an older course reads it
    store.append(event(1))
    assert export_to(path, store) == f"1 answer and 1 entry of mock exams and plans written to {path}."
    assert json.loads(path.read_bytes().split(b"\n")[0])["version"] == 2
    assert import_from(path, dry=True, store=other).startswith("1 answer and 1 entry of mock exams and plans would be")
    assert other.events() == []
    assert import_from(path, store=other) == "1 answer and 1 entry of mock exams and plans were added from mine.jsonl."
    assert other.events("sitting/a") == [event(1)] and len(other.attempts()) == 1
    report = take_in(path, store=other)
    assert (report.added, report.entries, report.known, report.differing) == (0, 0, 1, 0)
    with pytest.raises(TransferError, match="holds something else"):
        export_to(path, open_store(tmp_path / "empty"))


def test_an_export_of_version_1_is_read(store: Store) -> None:
    assert import_from(VERSION_1 / "version-1.jsonl", store=store) == "3 answers were added from version-1.jsonl."


def test_an_older_course_says_that_the_file_is_too_new(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(event(1))
    path = tmp_path / "mine.jsonl"
    export_to(path, store)
    monkeypatch.setattr(lines, "FORMAT_VERSION", 1)
    with pytest.raises(lines.NewerProgress, match="newer version of the course .*update the course"):
        list(lines.read(path.open("rb")))


def test_reset_and_undo(store: Store) -> None:
    store.append(event(1))
    store.record(attempt(1))
    assert store.events("sitting/a") == [event(1)]
    assert "1 answer and 1 entry of mock exams and plans set aside" in reset()
    assert open_store().events() == [] and store.events("sitting/a") == [] and store.streams() == []
    store.append(event(2))
    assert undo_reset() == "1 answer and 1 entry of mock exams and plans brought back."
    assert store.events("sitting/a") == [event(1), event(2)] == open_store().events("sitting/a")


def test_an_event_that_differs_is_kept(store: Store, tmp_path: Path) -> None:
    store.append(event(1))
    path = tmp_path / "odd.jsonl"
    path.write_bytes(lines.to_bytes([replace(event(1), body=7)]))
    assert "differs from what is here" in import_from(path, store=store) and store.events("sitting/a") == [event(1)]
