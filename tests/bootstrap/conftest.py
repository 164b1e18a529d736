"""A small clone to set up, and a console whose lines can be read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.bootstrap import layout, start


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a clone, with a space and a letter outside ASCII in its name."""
    folder = tmp_path / "Kurs für Anna"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(
        '[project]\ndependencies = ["alpha>=1,<2"]\n[project.optional-dependencies]\ntest = ["beta>=1"]\n',
        encoding="utf-8",
    )
    (folder / layout.LOCK).write_text("alpha==1.0 \\\n    --hash=sha256:00\n", encoding="utf-8")
    (folder / layout.LOCK_TEST).write_text("alpha==1.0 \\\n    --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    monkeypatch.setattr(start, "active_has", lambda level, root: False)
    return folder
