"""One question bank for all tests of this folder: one or two questions of every kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from course.questions.bank import load_item
from course.questions.base import ItemBase

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def fixtures() -> Path:
    """Folder with the bank of the tests."""
    return FIXTURES


@pytest.fixture
def item() -> Callable[[str], ItemBase]:
    """``item("buckle")``: a question of that bank."""
    return lambda slug: load_item(f"90-kinds/{slug}", FIXTURES)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """``write(text)``: a bank of one topic file, 50-test.yaml; returns the folder."""

    def written(content: str | bytes) -> Path:
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        (tmp_path / "50-test.yaml").write_bytes(raw)
        return tmp_path

    return written
