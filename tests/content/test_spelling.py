"""Ordinary words in questions and lessons are spelled, and in the American way, as the code books and the exams are.

A word that is right all the same goes into the list in ``pyproject.toml``, in small letters.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("codespell_lib")

SETTINGS = Path(__file__).resolve().parents[2] / "pyproject.toml"
DICTIONARIES = "clear,rare,en-GB_to_en-US"


def misspelled(folder: Path) -> str:
    """codespell's findings in the files of a folder, one a line ("" for none)."""
    command = [sys.executable, "-m", "codespell_lib", "--builtin", DICTIONARIES, "--toml", str(SETTINGS), "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 65), done.stderr  # 65: words were found
    return done.stdout.strip()


def test_questions(tmp_path: Path, root: Path) -> None:
    for path in (root / "data" / "questions").glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert misspelled(tmp_path) == ""


def test_lessons(tmp_path: Path, root: Path) -> None:
    """Markdown cells, one file a notebook; the line in a finding is a line of the notebook's prose."""
    for path in (root / "notebooks").rglob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        (tmp_path / f"{path.stem}.md").write_text("\n\n".join(prose), encoding="utf-8")
    assert misspelled(tmp_path) == ""


def test_the_check_finds_something(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Teh colour of the anaesthesia recieved.", encoding="utf-8")
    found = misspelled(tmp_path)
    assert all(word in found for word in ("Teh", "colour", "recieved"))
