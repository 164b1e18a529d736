"""Damaged files: bytes flipped, cut off, emptied, replaced. Whatever was acknowledged is still there afterwards."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.learner.records import Draft, Kept
from course.learner.salvage import salvage
from course.learner.store import Store, open_store
from course.learner.vault import DATABASE, TWIN

from .conftest import FAST, attempt, event

COUNT = 150

#: ``--hypothesis-profile=explore`` asks for more than the suite has time for.
EXPLORING = settings.default is not None and settings.default.max_examples > 100
MANY, FEW = (500, 300) if EXPLORING else (25, 15)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 150 acknowledged attempts, 60 events and a draft (some 30 pages)."""
    folder = tmp_path_factory.mktemp("whole")
    store = open_store(folder)
    assert store.add(attempt(number, response=f"S52.52{number}") for number in range(COUNT))
    assert store.add(event(number, course_version="1", body=f"entry {number}") for number in range(60))
    assert store.save_draft(Draft(question_id="03-structure/q1", content_version="v", response="S5")) is Kept.SAVED
    assert not list(folder.glob("*-wal"))
    return folder


def uids(store: Store) -> set[str]:
    return {one.uid for one in (*store.attempts(), *store.events())}


def asides(folder: Path) -> list[Path]:
    return sorted(folder.glob("progress*-damaged-*"))


def pages(folder: Path) -> dict[str, int]:
    """The page of the database that holds each attempt, by uid (the response of each is found nowhere else)."""
    data = (folder / DATABASE).read_bytes()
    return {one.uid: data.index(f'"{one.response}"'.encode()) // 4096 for one in open_store(folder).attempts()}


def usable(folder: Path, store: Store) -> None:
    """Damage or not: the next answer is saved, and a later session finds it and nothing to complain of."""
    one = attempt(999)
    assert store.record(one) is Kept.SAVED and store.last(one.question_id) is not None
    later = open_store(folder)
    assert later.warning is None and later.durable and one.uid in uids(later)


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[str, float, int, bytes]]:
    """Up to four times: what is done, where (a share of the file), to how many bytes, with what."""
    one = st.tuples(
        st.sampled_from(["flip", "zero", "write", "cut"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 5_000),
        st.binary(min_size=1, max_size=64),
    )
    return draw(st.lists(one, min_size=1, max_size=4))


def apply(path: Path, damage: list[tuple[str, float, int, bytes]]) -> set[int]:
    """Do it. Returns the offsets that differ from before."""
    before = path.read_bytes()
    data = bytearray(before)
    for what, share, length, content in damage:
        at = int(share * len(data))
        if what == "flip" and data:
            data[at] ^= content[0] or 1
        elif what == "zero":
            data[at : at + length] = bytes(len(data[at : at + length]))
        elif what == "write":
            data[at : at + len(content)] = content
        elif what == "cut":
            del data[at:]
    path.write_bytes(data)
    return {n for n in range(len(before)) if n >= len(data) or data[n] != before[n]}


@given(damages())
@settings(max_examples=MANY)
def test_a_damaged_database_loses_nothing(whole: Path, damage: list[tuple[str, float, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        folder = Path(shutil.copytree(whole, Path(place) / "user"))
        known = uids(open_store(whole))
        touched = apply(folder / DATABASE, damage)
        spoilt = (folder / DATABASE).read_bytes()
        store = open_store(folder)
        assert known <= uids(store)
        kept = asides(folder)
        if kept:  # named, and kept as it was found
            assert [path.read_bytes() for path in kept] == [spoilt]
            assert store.warning is not None and kept[0].name in store.warning
        else:  # the damage touched nothing that matters: free space, a draft
            assert store.warning is None or not touched
        usable(folder, store)


@given(damages())
@settings(max_examples=MANY)
def test_without_the_safety_copy_rows_outside_the_damage_are_read_back(
    whole: Path, damage: list[tuple[str, float, int, bytes]]
) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        folder = Path(shutil.copytree(whole, Path(place) / "user"))
        (folder / TWIN).unlink()
        intact = (folder / DATABASE).read_bytes()
        touched_pages = {offset // 4096 for offset in apply(folder / DATABASE, damage)}
        store = open_store(folder)
        left = uids(store)
        raw = b"".join(path.read_bytes() for path in asides(folder))
        where = pages(whole)
        for uid in where.keys() - left:
            # Its page was hit, or the way to it was (then its bytes are in the file that was set aside).
            assert where[uid] in touched_pages or uid.encode() in raw
        if not touched_pages - {(len(intact) - 1) // 4096} and (folder / DATABASE).stat().st_size == len(intact):
            assert len(left) > COUNT / 2
        usable(folder, store)


@given(damages())
@settings(max_examples=FEW)
def test_a_damaged_safety_copy_is_written_anew(whole: Path, damage: list[tuple[str, float, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        folder = Path(shutil.copytree(whole, Path(place) / "user"))
        known = uids(open_store(whole))
        apply(folder / TWIN, damage)
        store = open_store(folder)
        assert known <= uids(store) and known <= store.vault.twin.read().records.keys()
        usable(folder, store)


@given(damages(), damages())
@settings(max_examples=FEW)
def test_with_both_damaged_only_what_both_lost_is_lost(
    whole: Path, first: list[tuple[str, float, int, bytes]], second: list[tuple[str, float, int, bytes]]
) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        folder = Path(shutil.copytree(whole, Path(place) / "user"))
        apply(folder / DATABASE, first)
        apply(folder / TWIN, second)
        readable = open_store(folder).vault.twin.read().records.keys()
        store = open_store(folder)
        assert readable <= uids(store)
        usable(folder, store)


def cases() -> list[tuple[str, bytes | None]]:
    return [
        ("zero length", b""),
        ("text", b"my answers\n" * 50),
        ("one byte", b"S"),
        ("header only", b"SQLite format 3\x00"),
        ("random", bytes(range(256)) * 40),
        ("a folder", None),
    ]


@pytest.mark.parametrize(("name", "content"), cases())
def test_something_else_in_the_place_of_the_database(
    whole: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "user"))
    (folder / DATABASE).unlink()
    if content is None:
        (folder / DATABASE).mkdir()
        (folder / DATABASE / "inside").write_text("precious", encoding="utf-8")
    else:
        (folder / DATABASE).write_bytes(content)
    store = open_store(folder)
    assert uids(store) == uids(open_store(whole))
    (aside,) = asides(folder)
    assert store.warning is not None and aside.name in store.warning and "150 answers were read back" in store.warning
    if content is None:
        assert (aside / "inside").read_text(encoding="utf-8") == "precious"
    else:
        assert aside.read_bytes() == content
    assert ":" not in aside.name
    usable(folder, store)


@pytest.mark.parametrize(("name", "content"), cases())
def test_something_else_in_the_place_of_the_safety_copy(
    whole: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "user"))
    (folder / TWIN).unlink()
    if content is None:
        (folder / TWIN).mkdir()
    else:
        (folder / TWIN).write_bytes(content)
    store = open_store(folder)
    assert uids(store) == uids(open_store(whole)) == set(store.vault.twin.read().records)
    usable(folder, store)


def test_a_database_of_another_program_is_set_aside(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.execute("CREATE TABLE recipes (title)")
        connection.execute("INSERT INTO recipes VALUES ('soup')")
        connection.commit()
    store = open_store(tmp_path)
    (aside,) = asides(tmp_path)
    assert "of another program" in str(store.warning)
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT title FROM recipes").fetchall() == [("soup",)]
    usable(tmp_path, store)


def test_a_changed_letter_in_an_answer_is_noticed(whole: Path, tmp_path: Path) -> None:
    """SQLite's own check does not see this one: the page is well formed, the text is not what was written."""
    folder = Path(shutil.copytree(whole, tmp_path / "user"))
    data = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(data.replace(b'"S52.5277"', b'"S52.5278"'))
    store = open_store(folder)
    assert [one.response for one in store.attempts() if one.response == "S52.5277"] == ["S52.5277"]
    assert len(store.attempts()) == COUNT and "was damaged" in str(store.warning)
    usable(folder, store)


def test_damage_while_a_notebook_is_open(whole: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "user"))
    store = open_store(folder)
    (folder / DATABASE).write_bytes(b"not a database any more" * 100)
    one = attempt(999)
    assert store.record(one) is Kept.SAVED
    assert len(store.attempts()) == COUNT + 1 and asides(folder)[0].name in str(store.warning)
    (folder / DATABASE).write_bytes(b"again" * 1000)
    assert len(store.attempts()) == COUNT + 1  # found by reading, this time
    assert len(asides(folder)) == 2


def test_killed_while_mending(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The swap is two renames; a kill between them leaves no database, and the safety copy has it all."""
    from course.learner import files

    folder = Path(shutil.copytree(whole, tmp_path / "user"))
    (folder / TWIN).unlink()  # what is read back must reach the safety copy before the swap
    data = bytearray((folder / DATABASE).read_bytes())
    data[-4096:] = bytes(4096)
    (folder / DATABASE).write_bytes(data)

    class Killed(BaseException):
        pass

    def killed(source: Path, target: Path) -> None:
        if source.name == "progress-new.sqlite3":
            raise Killed
        original(source, target)

    original = files.replace
    monkeypatch.setattr(files, "replace", killed)
    with pytest.raises(Killed):
        open_store(folder)
    monkeypatch.undo()
    assert not (folder / DATABASE).exists()
    assert len(uids(open_store(folder))) > COUNT - 25


@pytest.mark.parametrize("column", ["hints_used", "digest", "content_version", "body TEXT"])
def test_a_damaged_definition_of_a_table_is_noticed(whole: Path, tmp_path: Path, column: str) -> None:
    """SQLite's own check does not see this one either: the table now has a column of another name."""
    folder = Path(shutil.copytree(whole, tmp_path / "user"))
    data = (folder / DATABASE).read_bytes()
    at = data.index(column.encode())
    (folder / DATABASE).write_bytes(data[:at] + b"x" + data[at + 1 :])
    store = open_store(folder)
    assert len(store.attempts()) == COUNT and "was damaged" in str(store.warning)
    usable(folder, store)


@pytest.mark.parametrize("page", [0, 1, 5, 6, -1])
def test_salvage_reads_around_a_lost_page(whole: Path, tmp_path: Path, page: int) -> None:
    """One page of the table is gone: all rows of the other pages are read, before it and after it."""
    path = Path(shutil.copy(whole / DATABASE, tmp_path))
    data = path.read_bytes()
    where = pages(whole)
    lost = sorted(set(where.values()))[page]
    hit = {uid for uid, place in where.items() if place == lost}
    path.write_bytes(data[: lost * 4096] + b"\xff" * 4096 + data[(lost + 1) * 4096 :])
    found = salvage(path).attempts.keys()
    assert found == where.keys() - hit and 0 < len(hit) < 20


def test_salvage_of_a_large_table_takes_seconds_at_most(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store.add(attempt(number) for number in range(4_000))
    data = bytearray(store.path.read_bytes())
    data[100 * 4096 : 104 * 4096] = bytes(4 * 4096)
    store.path.write_bytes(data)
    began = time.perf_counter()
    assert len(salvage(store.path).attempts) > 3_900
    data[:200] = bytes(200)
    store.path.write_bytes(data)
    assert salvage(store.path).attempts == {}
    assert time.perf_counter() - began < 20


def test_a_left_over_log_is_not_lost(tmp_path: Path) -> None:
    """A machine that lost power leaves answers in the log alone. Then the database itself is damaged, too, and the
    safety copy is gone: what the log holds is read back all the same."""
    live = open_store(tmp_path / "live")
    assert live.add(attempt(number, response=f"S52.52{number}") for number in range(COUNT))
    # A second connection keeps the log from being folded into the database when the first one closes.
    with closing(sqlite3.connect(live.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("SELECT count(*) FROM attempt").fetchone()
        late = [attempt(number, response=f"late {number}") for number in range(1000, 1003)]
        for one in late:
            assert live.record(one) is Kept.SAVED
        folder = tmp_path / "crashed"
        folder.mkdir()
        for name in (DATABASE, f"{DATABASE}-wal"):
            shutil.copy(tmp_path / "live" / name, folder)
    data = bytearray((folder / DATABASE).read_bytes())
    log = (folder / f"{DATABASE}-wal").read_bytes()
    assert b"late 1002" in log and b"late 1002" not in data
    first = data.index(b'"S52.520"') // 4096
    data[first * 4096 : first * 4096 + 4096] = b"\xff" * 4096
    (folder / DATABASE).write_bytes(data)
    store = open_store(folder)
    assert {one.uid for one in late} <= uids(store) and len(uids(store)) > COUNT - 20
    (aside,) = asides(folder)
    assert b"late 1002" in aside.read_bytes() and aside.name in str(store.warning)
    usable(folder, store)
