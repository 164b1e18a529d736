"""Flash cards in a real JupyterLab: turned by mouse and by keyboard, a part of the deck, undo, axe, narrow, dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from course.language import flashcards
from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CELL = '# Flash cards: parts of words\nimport course\ncourse.flashcards("word-parts", "suffixes")'
SUFFIXES = {card.front: card for card in flashcards.deck("word-parts") if card.group == "Suffixes"}


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "flash.ipynb").write_text(labs.notebook([CELL]), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "flash.ipynb", width=1000)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cf-card").wait_for()
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def card(page: Page) -> Locator:
    """The deck, from its start."""
    one = page.locator(".cf-card")
    one.get_by_role("combobox", name="Cards").select_option(label=f"Suffixes ({len(SUFFIXES)})")
    return one


def front(one: Locator) -> str:
    return one.locator(".cf-front").inner_text()


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.textContent"))


def test_by_mouse(card: Locator, page: Page):
    first = front(card)
    assert card.get_by_role("status").inner_text() == "" and card.locator(".cc-place").inner_text().startswith("0 of")
    card.get_by_role("button", name="Show the answer").click()
    assert card.get_by_role("status").inner_text().startswith(SUFFIXES[first].back)
    card.get_by_role("button", name="Not yet").click()
    seen = [first]
    for _ in range(3):
        seen.append(front(card))
        card.get_by_role("button", name="Show the answer").click()
        card.get_by_role("button", name="I knew it").click()
    assert card.locator(".cc-place").inner_text() == f"3 of {len(SUFFIXES)} known"
    seen.append(front(card))
    assert len(set(seen)) == 5, "not the same card at once"
    card.get_by_role("button", name="Show the answer").click()
    card.get_by_role("button", name="I knew it").click()
    assert front(card) == first, "what was not known comes back after four others"
    card.get_by_role("button", name="Undo").click()
    assert front(card) == seen[-1] and "3 of" in card.locator(".cc-place").inner_text()


def test_by_keyboard_to_the_end(card: Locator, page: Page):
    card.get_by_role("combobox", name="Cards").focus()
    page.keyboard.press("Tab")
    before = page.locator(".jp-Cell").count()
    for done in range(len(SUFFIXES)):
        assert focused(page) == "Show the answer", done
        page.keyboard.press("Enter")
        assert focused(page) == "I knew it"
        page.keyboard.press("Space")
    assert "known. Well done." in card.locator(".cc-place").inner_text()
    assert focused(page) == "Go through them again"
    page.keyboard.press("x")
    assert page.locator(".jp-Cell").count() == before, "no key reaches the notebook"
    page.keyboard.press("Enter")
    assert card.locator(".cc-place").inner_text().startswith("0 of")


def test_axe_narrow_and_dark(card: Locator, page: Page, axe: Axe):
    card.get_by_role("button", name="Show the answer").click()
    assert axe(page, ".cf-card") == ""
    labs.screenshot(page, "flash-cards-light", card)
    labs.theme(page, "JupyterLab Dark")
    assert axe(page, ".cf-card", COLORS) == ""
    labs.screenshot(page, "flash-cards-dark", card)
    labs.theme(page, "JupyterLab Light")
    page.evaluate("() => { document.querySelector('.cf-card').parentElement.style.width = '320px'; }")
    wide = """n => [...n.querySelectorAll("*")]
      .filter((e) => e.getBoundingClientRect().right > 1 + n.getBoundingClientRect().right).length"""
    assert card.evaluate(wide) == 0
    labs.screenshot(page, "flash-cards-320", card)
