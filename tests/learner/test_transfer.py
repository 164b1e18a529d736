"""Progress carried in a file: out, in, again, damaged, foreign; reset and its undoing."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.learner import lines, transfer
from course.learner.records import Attempt, Draft, Kept, to_line
from course.learner.store import Store, open_store
from course.learner.transfer import TransferError, export_to, import_from, reset, take_in, undo_reset

from .conftest import FAST, attempt
from .test_records import attempts as any_attempts


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(12):
        store.record(attempt(number))
    return store


@pytest.fixture
def other(tmp_path: Path) -> Store:
    return open_store(tmp_path / "other machine")


def uids(store: Store) -> set[str]:
    return {one.uid for one in store.attempts()}


@given(st.lists(any_attempts, max_size=8, unique_by=lambda one: one.uid), st.data())
@settings(max_examples=40)
def test_round_trip(found: list[Attempt], data: st.DataObject) -> None:
    """What one machine exports and another imports, in whatever pieces and however often, is what was there."""
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        here, there = open_store(Path(place) / "here"), open_store(Path(place) / "there")
        cut = data.draw(st.integers(0, len(found)))
        assert here.add(found[:cut])
        export_to(Path(place) / "first.jsonl", here)
        assert here.add(found[cut:])
        export_to(Path(place) / "second.jsonl", here)
        for name in data.draw(st.permutations(["first", "second", "second"])):
            import_from(Path(place) / f"{name}.jsonl", store=there)
        assert sorted(there.attempts(), key=lambda one: one.uid) == sorted(found, key=lambda one: one.uid)
        assert uids(open_store(there.folder)) == {one.uid for one in found}


def test_messages(filled: Store, other: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    assert export_to(path, filled) == f"12 answers written to {path}."
    assert import_from(path, dry=True, store=other) == "12 answers would be added from mine.jsonl."
    assert other.attempts() == []
    assert import_from(path, store=other) == "12 answers were added from mine.jsonl."
    assert import_from(path, store=other) == "0 answers were added from mine.jsonl. 12 answers were here already."


def test_the_format_is_the_documented_one(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    export_to(path, filled)
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["format"] == "medical-coding-course-progress" and json.loads(first)["version"] == 1
    assert json.loads(rest[0])["question_id"] == "03-structure/q0" and len(rest) == 12


def test_bad_lines_are_named_and_the_rest_is_taken(filled: Store, other: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    export_to(path, filled)
    data = path.read_bytes().split(b"\n")
    data[2] = data[2].replace(b'"score":1.0', b'"score":0.0')  # line 3: changed by hand
    data[4] = data[4][:50]  # line 5: cut off
    data[6] = b"\xff\xfe\x00"  # line 7: no text
    data.insert(8, b"")  # an empty line harms nobody
    data.append(json.dumps({"uid": "u", "question_id": "q"}).encode())
    path.write_bytes(b"\n".join(data))
    report = take_in(path, store=other)
    assert report.added == 9 == len(other.attempts())
    assert [one.number for one in report.bad] == [3, 5, 7, 16]
    told = report.message
    assert "4 lines could not be read and were left out:\n  line 3: its check sum does not fit" in told
    assert "line 5: this is not a whole JSON object" in told
    assert "line 16: the field 'content_version' is missing" in told


def test_many_bad_lines_are_not_all_listed(other: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(lines.header() + b"odd\n" * 100)
    assert import_from(path, store=other).endswith("and 92 more")


def test_a_known_answer_with_another_content_is_kept(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    mine = filled.attempts()[0]
    path.write_bytes(lines.header() + to_line(replace(mine, outcome="incorrect", score=0.0)))
    assert "differs from what is here" in import_from(path, store=filled)
    assert filled.attempts()[0] == mine


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5_000), "not a progress file"),
        (b"SQLite format 3\x00" + bytes(500), "not a progress file"),
        (b'{"question": 1}\n', "not a progress file"),
        (b"[1, 2]\n", "not a progress file"),
        (b'{"format":"medical-coding-course-progress"}\n', "not a progress file"),
        (b'{"format":"medical-coding-course-progress","version":"1"}\n', "not a progress file"),
        (b'{"format":"medical-coding-course-progress","version":3}\n{"a":1}\n', "newer version of the course"),
        (b"{" * 100_000 + b"\n", "not a progress file"),
        (b"x" * 3_000_000, "not a progress file"),
    ],
)
def test_a_file_of_no_use_changes_nothing(filled: Store, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(content)
    before = uids(filled)
    with pytest.raises(TransferError, match=said):
        import_from(path, store=filled)
    assert uids(filled) == before and filled.durable and path.read_bytes() == content


def test_a_line_without_end_stops_the_reading(other: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(lines.header() + to_line(attempt()) + b"x" * 1_000_000)
    assert "line 3: the line is far too long" in import_from(path, store=other) and len(other.attempts()) == 1


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=50)
def test_no_file_raises_anything_else(content: bytes, headed: bool) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        path = Path(place) / "odd.jsonl"
        path.write_bytes(lines.header() * headed + content)
        try:
            assert import_from(path, store=open_store(Path(place) / "user"), dry=True)
        except TransferError as error:
            assert str(error)


def test_missing_huge_or_a_folder(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TransferError, match="no such file"):
        import_from(tmp_path / "nowhere.jsonl", store=filled)
    with pytest.raises(TransferError, match="it is a folder"):
        import_from(tmp_path, store=filled)
    export_to(tmp_path / "big.jsonl", filled)
    monkeypatch.setattr(transfer, "SIZE_LIMIT", 1_000)
    with pytest.raises(TransferError, match="far more than any progress file"):
        import_from(tmp_path / "big.jsonl", store=filled)


def test_nothing_is_imported_that_cannot_be_saved(filled: Store, tmp_path: Path) -> None:
    export_to(tmp_path / "mine.jsonl", filled)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TransferError, match="nothing can be saved at the moment. The folder"):
        import_from(tmp_path / "mine.jsonl", store=open_store(tmp_path / "file" / "below"))


def test_an_export_does_not_cover_something_else(filled: Store, other: Store, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ann", encoding="utf-8")
    with pytest.raises(TransferError, match="exists already and holds something else"):
        export_to(letter, filled)
    assert letter.read_text(encoding="utf-8") == "Dear Ann"
    mine = tmp_path / "mine.jsonl"
    export_to(mine, filled)
    with pytest.raises(TransferError):
        export_to(mine, other)  # an empty progress would cover a full one
    filled.record(attempt(50))
    assert export_to(mine, filled).startswith("13 answers")  # the same, and more
    with pytest.raises(TransferError, match="there is no folder"):
        export_to(tmp_path / "no" / "where.jsonl", filled)
    assert list(tmp_path.glob(".new-*")) == []


def test_an_export_into_a_folder_names_itself(filled: Store, tmp_path: Path) -> None:
    export_to(tmp_path, filled)
    assert len(list(tmp_path.glob("medical-coding-progress-20*.jsonl"))) == 1


def test_a_cut_export_leaves_the_old_file(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.jsonl"
    export_to(path, filled)
    before = path.read_bytes()
    filled.record(attempt(50))
    monkeypatch.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space left"):
        export_to(path, filled)
    assert path.read_bytes() == before and list(tmp_path.glob(".new-*")) == []


def test_reset_and_undo(filled: Store, user_dir: Path) -> None:
    before = uids(filled)
    filled.save_draft(Draft(question_id="q", content_version="v", response="S52"))
    told = reset()
    assert told.startswith("You start afresh. 12 answers set aside")
    fresh = open_store()
    assert fresh.attempts() == [] and fresh.warning is None and fresh.draft("q") is None
    since = attempt(99)
    assert filled.record(since) is Kept.SAVED  # a notebook that was open all the while
    assert uids(filled) == {since.uid}
    assert undo_reset() == "12 answers brought back."
    assert uids(open_store()) == before | {since.uid}
    kept = open_store().draft("q")
    assert kept is not None and kept.response == "S52"
    with pytest.raises(TransferError, match="no reset to undo"):
        undo_reset()


def test_two_resets_are_undone_one_by_one(filled: Store, user_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = uids(filled)
    reset()
    later = attempt(77)
    open_store().record(later)
    reset()
    assert undo_reset() == "1 answer brought back."
    assert uids(open_store()) == {later.uid}
    assert undo_reset() == "12 answers brought back."
    assert uids(open_store()) == before | {later.uid}


def test_a_reset_of_nothing(user_dir: Path) -> None:
    assert reset() == "There is no progress to reset."


def test_a_damaged_reset_file_still_comes_back(filled: Store, user_dir: Path) -> None:
    before = uids(filled)
    reset()
    (database,) = user_dir.glob("progress-reset-*.sqlite3")
    database.write_bytes(b"damaged" * 100)
    undo_reset()
    assert uids(open_store()) == before
