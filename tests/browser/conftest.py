"""One JupyterLab and one browser for all browser tests; skipped, with the reason, where there is no browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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


#: The rules about colors: two thirds of the time that axe takes.
COLORS = ("color-contrast", "link-in-text-block")
#: JupyterLab does not draw cells that are far away, and its panels hide what is scrolled out: axe takes such text for
#: unseen and measures no color. This sheet holds while axe looks.
SEEN = """.jp-Cell { content-visibility: visible !important; } body { height: 100vh !important; }
:has(.jp-Cell) { overflow: visible !important; contain: none !important; }"""
#: How many rules are broken; quick, as it leaves out what only a report needs.
COUNT = """async ([part, rules, without, css]) => {
  const panel = document.querySelector('.jp-WindowedPanel-outer') || document.body;
  const { scrollTop } = panel;
  const sheet = document.head.appendChild(document.createElement('style'));
  sheet.textContent = css;
  const options = { resultTypes: ['violations'], selectors: false, preload: false };
  if (rules.length) options.runOnly = { type: 'rule', values: rules };
  options.rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  try {
    return (await axe.run(part, options)).violations.length;
  } finally {
    sheet.remove();
    panel.scrollTop = scrollTop;
  }
}"""


#: ``axe(page, part, rules, without)``, see the fixture.
Axe = Callable[..., str]


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Runs axe-core on one part of a page: ``axe(page, ".cc-card")`` returns a readable report, "" when all is well.

    A part is a selector or one locator. ``rules`` names the only rules to look for: ``COLORS`` where a page that was
    looked at has got other colors and nothing else. ``without`` names rules to leave out.
    """
    tool = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def check(page: Any, part: Any, rules: Sequence[str] = (), without: Sequence[str] = ()) -> str:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(tool.axe_script)
        node = part if isinstance(part, str) else part.element_handle()
        assert not isinstance(part, str) or page.locator(part).count(), f"nothing to look at: {part}"
        if not page.evaluate(COUNT, [node, list(rules), list(without), SEEN]):
            return ""
        sheet = page.add_style_tag(content=SEEN)
        parts = page.locator(part) if isinstance(part, str) else part
        parts.evaluate_all("nodes => nodes.forEach((n) => { n.dataset.axe = ''; })")
        try:
            result = tool.run(page, context="[data-axe]")
        finally:
            sheet.evaluate("n => n.remove()")
            page.evaluate("() => document.querySelectorAll('[data-axe]').forEach((n) => { delete n.dataset.axe; })")
        return str(result.generate_report()) or "axe counted a violation that its report does not hold"

    return check
