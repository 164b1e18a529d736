"""Each real lesson in a real JupyterLab: Run All, no error, every card alive and answering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import lab as labs
from tests.browser.conftest import COLORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LESSONS = sorted(labs.lessons())

#: What each code cell shows: kinds of outputs, and whether it has a widget.
OUTPUTS = """() => [...jupyterapp.shell.currentWidget.content.model.cells].filter((cell) => cell.type === 'code')
  .map((cell) => ({
    source: cell.sharedModel.source.split('\\n')[0],
    ran: cell.executionCount !== null,
    types: [...Array(cell.outputs.length).keys()].map((n) => cell.outputs.get(n).type),
    widget: [...Array(cell.outputs.length).keys()].some((n) =>
      'application/vnd.jupyter.widget-view+json' in cell.outputs.get(n).data),
  }))"""
#: First lines of the cells whose widget is not drawn. (The outputs are told by the model: the page marks only some.)
DEAD = """() => [...jupyterapp.shell.currentWidget.content.widgets]
  .filter(({ model, node }) => model.type === 'code' && [...Array(model.outputs.length).keys()].some((n) =>
    'application/vnd.jupyter.widget-view+json' in model.outputs.get(n).data)
    && !node.querySelector('.jp-OutputArea-output :is(article, [role])'))
  .map(({ model }) => model.sharedModel.source.split('\\n')[0])"""


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    """One JupyterLab for all lessons; each is opened in it with a kernel of its own."""
    one = labs.new_page(chromium)
    one.set_viewport_size({"width": 1280, "height": 1000})
    one.goto(lab.address(LESSONS[0]))
    one.wait_for_function(labs.READY)
    one.evaluate("() => jupyterapp.shell.collapseLeft()")
    yield one
    one.close()


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_comes_alive(page: Page, axe: Any, name: str):
    labs.turn_to(page, name)
    cells = page.evaluate(OUTPUTS)
    assert cells and page.evaluate("() => jupyterapp.shell.currentWidget.context.path") == name
    assert all(cell["ran"] for cell in cells)
    assert [cell for cell in cells if {"error", "stream"} & set(cell["types"])] == []
    page.wait_for_function(f"() => ({DEAD})().length === 0")
    questions = page.locator(".cc-card", has=page.get_by_role("button", name="Check", exact=True))
    asked = [cell for cell in cells if any(f"course.{call}(" in cell["source"] for call in ("ask", "practice"))]
    assert questions.count() >= len(asked)
    if questions.count():
        first = questions.first
        first.scroll_into_view_if_needed()
        first.get_by_role("button", name="Check", exact=True).click()
        first.get_by_role("status", name="Feedback").locator("strong").first.wait_for()
    # What a lesson says can break the structure of a card; its colors are the kind's, and measured in the gallery.
    assert axe(page, ".cc-card", without=COLORS) == ""
    labs.screenshot(page, f"lesson-{name.removesuffix('.ipynb')}")
