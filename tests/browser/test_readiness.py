"""The readiness card in a real JupyterLab: words and bars, another exam by keyboard, axe, a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe
from tests.browser.test_calculators import FOCUSABLE, OUTSIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

#: Answers that are in no store: three of four right in each domain of two exams.
LEARNER = """# A learner with answers
import datetime as dt, types
from course import paths
from course.cards import readiness_card as card
from course.exams import blueprint
from course.learner.records import Attempt
items = {}
for exam in ("CPC", "CCA"):
    for place, domain in enumerate(blueprint.load(exam).domains):
        for n in range(12):
            name = f"{exam}/{place}-{n}"
            items[name] = types.SimpleNamespace(id=name, domains=(f"{exam}: {domain.name}",), difficulty=2,
                                                kind="single_choice", options=(1, 2, 3, 4))
said = [Attempt(question_id=name, content_version="", kind="single_choice", response="a", domains=one.domains,
                outcome="incorrect" if name.endswith(("1", "2", "3")) else "correct", at=paths.now())
        for name, one in items.items()]
card.bank = types.SimpleNamespace(sound_items=lambda: list(items.values()))
card.log = types.SimpleNamespace(attempts=lambda store: said)"""
CELLS = [LEARNER, "# Are you ready?\nimport course\ncourse.readiness('CPC')"]


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "readiness.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "readiness.ipynb", width=1400, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".rd-card").wait_for()
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def card(page: Page) -> Locator:
    return page.locator(".rd-card")


def says(one: Locator, text: str) -> None:
    """Until the headline says this."""
    one.page.wait_for_function(
        "([node, text]) => node.querySelector('.rd-headline').textContent.includes(text)",
        arg=[one.element_handle(), text],
        polling=10,
    )


def test_words_first_and_bars_that_repeat_them(card: Locator):
    says(card, "If you sat CPC exams like those of this course today, you would pass about ")
    assert card.get_by_role("status").count() == 1
    assert "The pass line is 70 percent." in card.inner_text()
    assert card.locator(".rd-domain").count() == 18 == card.locator(".rd-domain .rd-mark").count()
    first = card.locator(".rd-domain").first
    words = first.locator(".rd-words").inner_text()
    style = first.locator(".rd-band").get_attribute("style") or ""
    low = float(style.split("left:")[1].split("%")[0])
    assert f"({low:.0f} to " in words and first.locator("[aria-hidden=true]").count() == 1
    assert card.locator(".rd-best li").count() == 3


def test_another_exam_by_keyboard_changes_no_cell(card: Locator, page: Page):
    cells = labs.cells(page)
    summary = card.locator("summary").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    known = card.get_by_text("How hard the real exam is.")
    known.wait_for(state="visible")
    choice = card.get_by_role("combobox", name="Exam")
    choice.focus()
    page.keyboard.press("End")  # CIC
    says(card, "Too early to say.")
    assert card.locator(".rd-chance").count() == 0 and "60 more to go" in card.inner_text()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    says(card, "CCA exams like those of this course today, you would likely pass ")
    assert "own assumption" in card.inner_text() and card.locator(".rd-chance .rd-mark").count() == 0
    assert card.locator(".rd-domain").count() == 6
    known.wait_for(state="visible")  # what was unfolded stays so
    again = card.get_by_role("button", name="Bring up to date")
    again.focus()
    for key in ("x", "b", "m", "Enter"):
        page.keyboard.press(key)
    assert labs.cells(page) == cells, "a key on the card changed the notebook"
    bare = card.locator(f"{FOCUSABLE}, summary").evaluate_all(
        "nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').length"
    )
    assert bare == 0


def test_axe_and_a_phone(card: Locator, page: Page, axe: Axe):
    assert axe(page, ".rd-card") == ""
    page.evaluate(labs.THEME, "JupyterLab Dark")
    page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
    assert axe(page, ".rd-card", COLORS) == ""
    page.evaluate(labs.THEME, "JupyterLab Light")
    page.evaluate("() => { document.querySelector('.rd-card').closest('.cc-host').style.width = '290px'; }")
    assert card.evaluate(OUTSIDE) == []
