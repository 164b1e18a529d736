"""Every lesson as it is stored: run in order, clean, readable without a kernel."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course import notebooks_tool as tool
from course.testing.run import lessons_in

LESSONS = lessons_in(Path(__file__).resolve().parents[2])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_notebook_is_in_order(path: Path):
    found = [str(finding) for finding in tool.findings(path, tool.load(path)) if not finding.warning]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_file_is_stored_as_the_tool_stores_it(path: Path):
    """So that a run on another machine changes outputs only where they changed."""
    same = path.read_text(encoding="utf-8") == tool.dump(tool.normalise(tool.load(path), path))
    assert same, "Store it again: python3 -m course notebooks run " + path.stem


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_nothing_stored_is_taken_for_a_formula(path: Path):
    """Two dollars in one text, on a page as it is stored, would be typeset as mathematics."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        shown = ["".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", ())]
        if cell["cell_type"] == "markdown":
            shown = [re.sub(r"`[^`]*`", "", "".join(cell["source"])).replace("\\$", "")]
        for html in shown:
            for text in re.split(r"<[^>]*>", html):
                assert text.count("$") < 2, text[:200]
