"""The lessons about jobs and wages show their pandas openly, a few lines at a time, and fold away what only draws."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from course.testing.run import lessons_in

LESSONS = lessons_in(Path(__file__).resolve().parents[2])
DATA_LESSONS = [path for path in LESSONS if path.name.startswith(("15-", "16-"))]
#: Lines of code in a cell that is to be read. Comments and the call that checks a turn do not count.
MOST = 7
#: Calls that show what was computed: a learner reads the result, not the call.
SHOWS = re.compile(r"(?m)^course\.(?:chart|say)\(")


def too_long(cell: dict[str, Any]) -> str:
    """What is wrong with the length of a code cell, or ""."""
    source = "".join(cell["source"])
    if cell["metadata"].get("jupyter", {}).get("source_hidden"):
        return "" if source.startswith("# ") else f"folded without a remark for people: {source[:60]}"
    lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    lines = [line for line in lines if not line.startswith("course.turn(")]
    if SHOWS.search(source):
        return f"draws or says, and is not folded: {source[:60]}"
    return f"{len(lines)} lines: {source[:60]}" if len(lines) > MOST else ""


@pytest.mark.parametrize("path", DATA_LESSONS, ids=lambda path: path.stem)
def test_each_cell_to_read_is_short(path: Path):
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert [found for found in map(too_long, cells) if found] == []


@pytest.mark.parametrize(
    ("source", "hidden", "words"),
    [
        ("\n".join("x = 1" for _ in range(8)), False, "8 lines"),
        ("# one\n" + "\n".join("x = 1" for _ in range(7)) + '\ncourse.turn("a/b", x)', False, ""),
        ('# Chart: jobs\ncourse.chart("bars", frame)', False, "not folded"),
        ('# Chart: jobs\ncourse.chart("bars", frame)', True, ""),
        ('course.ask("a/b")', True, "without a remark"),
    ],
)
def test_what_is_too_long_is_told(source: str, hidden: bool, words: str):
    found = too_long({"source": [source], "metadata": {"jupyter": {"source_hidden": hidden}}})
    assert words in found and bool(found) == bool(words)
