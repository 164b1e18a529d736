"""ruff, mypy and codespell are content with the whole project, as configured in pyproject.toml."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest


def tool(root: Path, name: str, *arguments: str) -> None:
    """Run a tool; fail with what it says. Skipped where it is not installed."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{name} says:\n{done.stdout[-6000:]}{done.stderr[-2000:]}"


def test_ruff(root: Path):
    tool(root, "ruff", "check", "--quiet", "--output-format", "concise", ".")


@pytest.mark.slow
def test_mypy(root: Path):
    tool(root, "mypy")


def test_ordinary_words_are_spelled(root: Path):
    """Only what people read: code is full of stems and abbreviations."""
    names = ("data/questions", "notebooks", "course/cards", "README.md", "CONTRIBUTING.md", "NOTICE", "LICENSE-CONTENT")
    tool(root, "codespell_lib", *[name for name in names if (root / name).exists()])


def test_no_path_or_host_of_one_machine(root: Path):
    """What is committed must not name the machine it was written on."""
    names = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, encoding="utf-8")
    if names.returncode:
        pytest.skip("not a git clone")
    places = {str(Path.home()), str(root)} - {"/"}
    found = []
    for name in names.stdout.splitlines():
        path = root / name
        if path.suffix in {".png", ".gz", ".zip"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {place}" for place in places if f"{place}/" in text]
    assert not found
