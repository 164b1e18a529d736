"""One JupyterLab and one browser for all browser tests; skipped, with the reason, where there is no browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course.codesets import icd10cm
from tests.browser import lab as labs

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, or a skip."""
    manager = labs.browser()
    try:
        found = manager.__enter__()
    except LookupError as error:
        pytest.skip(str(error))
    try:
        yield found
    finally:
        manager.__exit__(None, None, None)


@pytest.fixture(scope="session")
def lab(chromium: Browser) -> Iterator[labs.Lab]:
    """A JupyterLab with the lessons, the gallery of cards and a learner's folder of its own."""
    icd10cm.open_edition()  # make the code set ready here, once, and not while a card waits for it
    files = {"gallery.ipynb": labs.notebook(labs.GALLERY), "deck.ipynb": labs.notebook(labs.DECK)}
    with labs.server({**labs.lessons(), **files}) as running:
        yield running


@pytest.fixture(scope="session")
def axe() -> Any:
    """Runs axe-core on one part of a page: ``axe(page, ".cc-card")`` returns a readable report, "" when all is well.

    JupyterLab's body has no height and hides what overflows, so that axe would take all text for unseen and measure no
    color: it gets a height for as long as axe looks.
    """
    tool = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def check(page: Any, selector: str) -> str:
        page.evaluate("() => { document.body.style.height = '100vh'; }")
        try:
            result = tool.run(page, context=selector)
        finally:
            page.evaluate("() => { document.body.style.height = ''; }")
        return "" if not result.violations_count else str(result.generate_report())

    return check
