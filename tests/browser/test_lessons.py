"""Each real lesson in a real JupyterLab: Run All, no error, every card alive and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import lab as labs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: What each code cell shows: kinds of outputs, and whether it has a widget.
OUTPUTS = """() => [...jupyterapp.shell.currentWidget.content.model.cells].filter((cell) => cell.type === 'code')
  .map((cell) => ({
    source: cell.sharedModel.source.split('\\n')[0],
    ran: cell.executionCount !== null,
    types: [...Array(cell.outputs.length).keys()].map((n) => cell.outputs.get(n).type),
    widget: [...Array(cell.outputs.length).keys()].some((n) =>
      'application/vnd.jupyter.widget-view+json' in cell.outputs.get(n).data),
  }))"""
#: First lines of the cells whose widget is not drawn.
DEAD = """() => [...document.querySelectorAll('.jp-CodeCell')]
  .filter((cell) => [...cell.querySelectorAll('.jp-OutputArea-output')].some((out) =>
    out.dataset.mimeType === 'application/vnd.jupyter.widget-view+json' && !out.querySelector('article, [role]')))
  .map((cell) => cell.textContent.slice(0, 120))"""


@pytest.mark.parametrize("name", sorted(labs.lessons()))
def test_a_lesson_comes_alive(chromium: Browser, lab: labs.Lab, axe: Any, name: str):
    page = labs.open_notebook(chromium, lab, name)
    try:
        cells = page.evaluate(OUTPUTS)
        assert all(cell["ran"] for cell in cells)
        assert [cell for cell in cells if {"error", "stream"} & set(cell["types"])] == []
        for one in page.locator(".jp-OutputArea-output[data-mime-type*=widget-view]").all():
            one.scroll_into_view_if_needed()
        page.wait_for_function(f"() => ({DEAD})().length === 0")
        questions = page.locator(".cc-card", has=page.get_by_role("button", name="Check", exact=True))
        asked = [cell for cell in cells if any(f"course.{call}(" in cell["source"] for call in ("ask", "practice"))]
        assert questions.count() >= len(asked)
        if questions.count():
            first = questions.first
            first.scroll_into_view_if_needed()
            first.get_by_role("button", name="Check", exact=True).click()
            first.get_by_role("status", name="Feedback").locator("strong").first.wait_for()
        assert axe(page, ".cc-card") == ""
        labs.screenshot(page, f"lesson-{name.removesuffix('.ipynb')}")
    finally:
        page.close()
