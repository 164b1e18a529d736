"""Where the write-ahead log is not used."""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from course.learner import places
from course.learner.database import uri_of
from course.learner.records import Kept
from course.learner.store import open_store

from .conftest import attempt


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        (PureWindowsPath(r"C:\Users\Ann\OneDrive\course"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Ann\OneDrive - City College\course"), "OneDrive"),
        (PureWindowsPath(r"\\server\home\ann\course"), "a network folder"),
        (PureWindowsPath(r"C:\Users\Ann\iCloudDrive\course"), "iCloud"),
        (PurePosixPath("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/course"), "iCloud"),
        (PurePosixPath("/Users/ann/Library/CloudStorage/Dropbox/course"), "a cloud folder"),
        (PurePosixPath("/home/ann/Dropbox (Personal)/course"), "Dropbox"),
        (PurePosixPath("/home/ann/Nextcloud/course"), "Nextcloud"),
        (PureWindowsPath(r"\\?\C:\Users\Ann\course"), None),
        (PureWindowsPath(r"C:\Users\Ann\AppData\Local\medical-coding-course"), None),
        (PurePosixPath("/home/ann/.local/share/medical-coding-course"), None),
        (PurePosixPath("/home/dropper/box/course"), None),
    ],
)
def test_by_name(path: PurePath, owner: str | None) -> None:
    assert places._by_name(path) == owner


def test_by_the_variable_of_the_client(tmp_path: Path) -> None:
    env = {"OneDriveCommercial": str(tmp_path / "Files")}
    assert places.unsafe_for_wal(tmp_path / "Files" / "course", env) == "OneDrive"
    assert places.unsafe_for_wal(tmp_path / "Other", {**env, "OneDrive": ""}) is None


def test_by_the_kind_of_file_system(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    home = tmp_path.resolve() / "my home"
    home.mkdir()
    escaped = str(home).replace(" ", "\\040")
    table.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/h {escaped} nfs4 rw 0 0\nodd\n", encoding="utf-8")
    assert places._by_mount(home / "course", table) == "a network folder"
    assert places._by_mount(tmp_path, table) is None
    assert places._by_mount(tmp_path, tmp_path / "missing") is None


@pytest.mark.skipif(os.name == "nt", reason="makes a folder that only looks like OneDrive")
def test_the_database_follows(tmp_path: Path) -> None:
    for folder, mode in ((tmp_path / "plain", 2), (tmp_path / "OneDrive - School" / "course", 1)):
        store = open_store(folder)
        assert store.record(attempt()) is Kept.SAVED
        # Bytes 18 and 19 of the header are the file format versions: 2 is the write-ahead log, 1 the rollback journal.
        assert store.path.read_bytes()[18:20] == bytes([mode, mode])
    moved = tmp_path / "Dropbox"
    (tmp_path / "plain").rename(moved)  # a folder that is moved into a cloud folder later
    store = open_store(moved)
    assert store.path.read_bytes()[18:20] == b"\1\1" and len(store.attempts()) == 1


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/ann b/50%#?/p.sqlite3"), "file:///home/ann%20b/50%25%23%3F/p.sqlite3?mode=rw"),
        (PureWindowsPath(r"C:\Users\Ann\p.sqlite3"), "file:///C:/Users/Ann/p.sqlite3?mode=rw"),
        (PureWindowsPath(r"\\server\share\p.sqlite3"), "file:////server/share/p.sqlite3?mode=rw"),
    ],
)
def test_the_address_for_sqlite(path: PurePath, uri: str) -> None:
    assert uri_of(path, "rw") == uri


@pytest.mark.skipif(os.name == "nt", reason="no such names on Windows")
@pytest.mark.parametrize("name", ["a b", "50%", "a#b", "a?mode=memory", "d\u00e9j\u00e0", "a'b\"c"])
def test_folders_with_odd_names(tmp_path: Path, name: str) -> None:
    store = open_store(tmp_path / name)
    assert store.record(attempt()) is Kept.SAVED
    assert len(open_store(tmp_path / name).attempts()) == 1 and (tmp_path / name / "progress.sqlite3").is_file()


def test_full_flush(tmp_path: Path) -> None:
    """An acknowledged answer is flushed to the disk, not only handed to the operating system."""
    store = open_store(tmp_path)
    with store.vault.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 1_500
