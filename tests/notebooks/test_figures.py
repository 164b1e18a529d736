"""The data lessons type no figure: each number in their text was produced by a cell of the same page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.testing.run import lessons_in
from tests.notebooks.figures import numbers, typed

LESSONS = lessons_in(Path(__file__).resolve().parents[2])
DATA_LESSONS = [path for path in LESSONS if path.name.startswith(("15-", "16-"))]


def markdown(*lines: str) -> dict:
    return {"cell_type": "markdown", "source": list(lines)}


def code(**data: str) -> dict:
    output = {"output_type": "execute_result", "data": {key.replace("_", "/"): [text] for key, text in data.items()}}
    return {"cell_type": "code", "source": ["1"], "outputs": [output]}


@pytest.mark.parametrize("path", DATA_LESSONS, ids=lambda path: path.stem)
def test_no_figure_is_typed(path: Path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert {place: sorted(found) for place, found in typed(cells).items()} == {}


def test_a_typed_figure_is_found():
    page = [markdown("Half earn less than 51,140 dollars, and 8.5 percent is not 8.4 percent."), code(text_plain="8.5")]
    assert typed(page) == {1: {"51140", "8.4"}}
    assert typed([*page, code(text_html='<p>51,140</p><img alt="8.4 percent" src="data:image/png;base64,QUJD">')]) == {}


def test_pixels_and_code_produce_nothing():
    page = [markdown("Wage: 77"), code(text_html='<img alt="" src="data:image/png;base64,77 /77+77=">')]
    assert typed([page[0], code(text_html='<img alt="" src="data:image/png;base64,77">')]) == {1: {"77"}}
    assert typed([page[0], {"cell_type": "code", "source": ["77"], "outputs": []}]) == {1: {"77"}}


def test_what_is_no_figure_is_left_alone():
    text = "1. First\n2. Second\n\nSee [16 Salaries](16-salaries.ipynb).\n| **Time** | 40 minutes |\n`x = 3`"
    assert typed([markdown(text.replace("`x = 3`", ""))]) == {}
    assert numbers("2024-34, 29-2072 and 1,234.5 in B12 and v2.0") == {"2024", "34", "29", "2072", "1234.5"}
