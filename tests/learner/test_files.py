"""Renames that are patient, complete and reversible; files that are whole or not there."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from course.learner import files

NOON = dt.datetime(2026, 11, 22, 12, 0, 0)


def test_a_database_moves_with_its_companions_and_back(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite3"
    for extra in ("", "-wal", "-journal"):
        (tmp_path / f"progress.sqlite3{extra}").write_text(f"content{extra}", encoding="utf-8")
    aside = files.set_aside(path, "damaged", NOON)
    assert aside.name == "progress-damaged-2026-11-22-120000.sqlite3"
    assert sorted(one.name for one in tmp_path.iterdir()) == [aside.name, f"{aside.name}-journal", f"{aside.name}-wal"]
    files.put_back(aside, path)
    assert (tmp_path / "progress.sqlite3-wal").read_text(encoding="utf-8") == "content-wal"
    assert len(list(tmp_path.iterdir())) == 3
    aside.write_text("later", encoding="utf-8")
    with pytest.raises(FileExistsError):
        files.put_back(aside, path)


def test_names_are_free(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite3"
    names = set()
    for _ in range(3):
        path.write_text("x", encoding="utf-8")
        names.add(files.set_aside(path, "damaged", NOON).name)
    (tmp_path / "progress-damaged-2026-11-22-120000-4.sqlite3-wal").write_text("x", encoding="utf-8")
    assert len(names) == 3 and files.free_name(path, "damaged", NOON).name.endswith("-120000-5.sqlite3")


def test_a_rename_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a virus scanner holds a new file for a moment."""
    calls: list[Any] = []
    original = os.replace

    def busy(source: Any, target: Any) -> None:
        calls.append(source)
        if len(calls) < 4:
            raise PermissionError(13, "in use")
        original(source, target)

    monkeypatch.setattr(os, "replace", busy)
    files.write_whole(tmp_path / "a", b"new")
    assert len(calls) == 4 and (tmp_path / "a").read_bytes() == b"new"
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "in use")))
    with pytest.raises(PermissionError):
        files.write_whole(tmp_path / "a", b"newer")
    assert (tmp_path / "a").read_bytes() == b"new" and [one.name for one in tmp_path.iterdir()] == ["a"]
