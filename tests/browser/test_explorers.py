"""Explorers in a real JupyterLab: choosing by mouse and by keys, what is announced, axe, dark, narrow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course.labor import explore
from tests.browser import lab as labs
from tests.browser.conftest import COLORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAMES = ("wages", "employment")
CELLS = [f'# Explore\nimport course\ncourse.explore("{name}")' for name in NAMES]
#: What sticks out of an explorer; a picture and a table scroll in their own frames.
OUTSIDE = """n => [...n.querySelectorAll('*')]
  .filter((e) => e.checkVisibility() && !e.closest('.cc-sr') && !e.matches('.ct-picture *, .ct-scroll *')
  && e.getBoundingClientRect().right > n.getBoundingClientRect().right + 1).map((e) => e.className)"""


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "explorers.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "explorers.ipynb", width=1400, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".xp-chart svg").nth(1).wait_for()
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def open_at(page: Page) -> Callable[..., Locator]:
    """The region of an explorer, brought to a pick: ``open_at("wages", place="OH")``."""

    def find(name: str, **pick: str) -> Locator:
        model = explore.get(name)
        one = page.get_by_role("group", name=model.title)
        one.scroll_into_view_if_needed()
        now, _ = model.settle({**model.start(), **pick}, frozenset(pick))
        for field, key in now.items():
            choose(one, name, field, key)
        says(one, model.answer(now).sentence)
        return one

    return find


def choose(one: Locator, name: str, field: str, key: str) -> None:
    """Choose in a drop-down, found by its label; the words of an option are those of the model."""
    model = explore.get(name)
    found = one.get_by_role("combobox", name=model.fields[field], exact=True)
    label = next(label for label, k in model.every()[field] if k == key)
    option = found.locator("option").filter(has_text=label).first
    option.wait_for(state="attached")
    found.select_option(index=int(option.evaluate("n => n.index")))


def says(one: Locator, sentence: str) -> None:
    """Until the live region holds the sentence."""
    one.page.wait_for_function(
        "([node, text]) => node.querySelector('[role=status] .xp-sentence').textContent === text",
        arg=[one.element_handle(), sentence],
        polling=10,
    )


def options(found: Locator) -> list[str]:
    """The words of a drop-down (ipywidgets writes them with hard spaces)."""
    return [text.replace("\u00a0", " ") for text in found.locator("option").all_inner_texts()]


def shown(found: Locator) -> str:
    """What stands in a drop-down."""
    return str(found.evaluate("n => n.selectedOptions[0].text")).replace("\u00a0", " ")


def sentence(name: str, **pick: str) -> str:
    model = explore.get(name)
    return model.answer(model.settle({**model.start(), **pick}, frozenset(pick))[0]).sentence


def test_each_opens_with_labelled_choices_and_its_sentence(page: Page):
    assert page.locator(".course-explorer").count() == 2 and page.locator(".course-static").count() == 0
    for name in NAMES:
        model = explore.get(name)
        one = page.get_by_role("group", name=model.title)
        says(one, sentence(name))
        for field, label in model.fields.items():
            found = one.get_by_role("combobox", name=label, exact=True)
            assert options(found) == [text for text, _ in model.choices(model.start())[field]]
        assert one.locator(".cp-svg").get_attribute("aria-label")


def test_a_choice_is_answered_in_the_same_live_region(open_at: Callable[..., Locator], page: Page):
    one = open_at("wages")
    region = one.get_by_role("status").element_handle()
    one.get_by_text("The figures of this chart").click()
    start = time.perf_counter()
    choose(one, "wages", "place", "OH")
    says(one, sentence("wages", place="OH", year="2023"))
    assert time.perf_counter() - start < 2
    assert region.evaluate("(n) => n.isConnected"), "a live region that is replaced says nothing"
    assert "The year is now May 2023." in one.get_by_role("status").inner_text()
    year = one.get_by_role("combobox", name="Year")
    assert options(year) == ["May 2023", "May 2021 (mean only)"]
    assert shown(year) == "May 2023"
    assert one.locator("details[open] td").first.is_visible(), "what was opened stays open"
    assert "Ohio" in one.locator(".cp-svg").get_attribute("aria-label")
    choose(one, "wages", "adjustment", "both")
    says(one, sentence("wages", place="OH", year="2023", adjustment="both"))
    assert one.locator(".xp-told").is_hidden()
    one.get_by_text("The pandas that gives this figure").click()
    assert 'course.labor.at_national_prices(wage, "OH", 2023)' in one.locator(".xp-code pre").inner_text()


def test_the_keyboard_alone(open_at: Callable[..., Locator], page: Page):
    """In JupyterLab a bare x would cut the cell, b insert one, ArrowDown leave it."""
    one = open_at("wages")
    before = labs.cells(page)
    dollars = one.get_by_role("combobox", name="Wages in")
    dollars.focus()
    for key in ("x", "b", "m", "d", "d"):
        page.keyboard.press(key)
    assert dollars.evaluate("n => n === document.activeElement") and labs.cells(page) == before
    one.get_by_role("combobox", name="Place").focus()
    page.keyboard.press("o")
    says(one, sentence("wages", place="OH", year="2023"))
    page.keyboard.press("ArrowDown")
    says(one, sentence("wages", place="OK", year="2023"))
    page.keyboard.press("Tab")
    assert one.get_by_role("combobox", name="Year").evaluate("n => n === document.activeElement")
    assert labs.cells(page) == before and page.locator(".course-explorer").count() == 2


def test_a_state_opens_the_map(open_at: Callable[..., Locator]):
    one = open_at("employment")
    choose(one, "employment", "place", "OH")
    says(one, sentence("employment", place="OH"))
    assert shown(one.get_by_role("combobox", name="Show")).startswith("Jobs per 1,000")
    choose(one, "employment", "view", "projection")
    says(one, sentence("employment", view="projection"))
    assert "The place is now the United States." in one.get_by_role("status").inner_text()


def test_no_barriers(open_at: Callable[..., Locator], page: Page, axe: Any):
    open_at("wages", place="OH")
    open_at("employment", view="states", place="OH")
    page.locator(".course-explorer details:not([open]) > summary").evaluate_all(
        "nodes => nodes.forEach((n) => n.click())"
    )
    assert axe(page, ".course-explorer") == ""
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".course-explorer", COLORS) == ""
    finally:
        labs.theme(page, "JupyterLab Light")


def test_on_a_phone_nothing_sticks_out_and_a_wide_picture_is_reached_by_keys(page: Page, axe: Any):
    for name in NAMES:
        one = page.get_by_role("group", name=explore.get(name).title)
        picture = one.locator(".ct-picture")
        assert picture.get_attribute("tabindex") is None
        one.evaluate("n => { n.style.width = '320px'; }")
        assert one.evaluate(OUTSIDE) == [], name
        one.locator(".ct-picture[tabindex='0']").wait_for()
        assert axe(page, one, ("scrollable-region-focusable",)) == ""
        labs.screenshot(page, f"explorer-{name}-320", one)
        one.evaluate("n => { n.style.width = ''; }")
        one.locator(".ct-picture:not([tabindex])").wait_for()
