"""The browser of CPT, HCPCS Level II and modifiers in a real JupyterLab: search, keys, links, tabs, accessibility.

One page and one kernel for the whole file; each test begins on the page of 29881 (``fresh``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from course.cards import browser, esm
from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe
from tests.browser.test_code_browser import DRAW_AGAIN, FOCUSABLE, LATER, LOOKS, OUTSIDE, RESIZE, at, hits, said

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CELLS = ['# Look it up\nimport course\ncourse.browse("29881")', 'course.browse("cpt knee")']


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "procedures.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "procedures.ipynb", width=1500, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cp-card").nth(len(CELLS) - 1).wait_for()
    yield one
    one.close()
    assert not faults, faults


def search(one: Locator) -> Locator:
    return one.get_by_role("combobox", name="Search CPT, HCPCS Level II and modifiers")


def go(one: Locator, code: str) -> None:
    """By the search, as a learner does."""
    search(one).fill(code)
    hits(one).filter(has=one.page.locator(".cb-code", has_text=code)).first.click()
    at(one, code)
    one.get_by_role("button", name="Clear the search").click()


@pytest.fixture
def fresh(page: Page) -> Locator:
    one = page.locator(".cp-card").first
    one.scroll_into_view_if_needed()
    if search(one).input_value():
        one.get_by_role("button", name="Clear the search").click()
    go(one, "29881")
    return one


def test_the_live_card_is_shown_and_words_open_as_a_search(page: Page):
    assert page.locator(".cp-card").count() == len(CELLS) and page.locator(".course-static").count() == 0
    other = page.locator(".cp-card").nth(1)
    assert search(other).input_value() == "knee" and hits(other).first.is_visible()


def test_typing_finds_and_enter_opens(fresh: Locator, page: Page):
    search(fresh).press_sequentially("wheelchair", delay=15)
    hits(fresh).filter(has_text="wheelchair").first.wait_for()
    page.wait_for_timeout(200)  # until the last letter is answered
    page.keyboard.press("ArrowDown")
    chosen = fresh.locator(f"#{search(fresh).get_attribute('aria-activedescendant')}").locator(".cb-code").inner_text()
    page.keyboard.press("Enter")
    at(fresh, chosen)
    assert page.evaluate("() => document.activeElement.classList.contains('cb-title')")
    assert fresh.get_by_role("tab", name="HCPCS Level II").get_attribute("aria-selected") == "true"
    assert "HCPCS Level II" in fresh.locator(".cb-edition").inner_text()


def test_links_open_and_back_returns(fresh: Locator, page: Page):
    fresh.get_by_role("button", name="RT", exact=True).click()
    at(fresh, "RT")
    page.keyboard.press("Alt+ArrowLeft")
    at(fresh, "29881")
    fresh.get_by_role("button", name="29870", exact=True).click()
    at(fresh, "29870")
    fresh.get_by_role("button", name="Back", exact=True).click()
    at(fresh, "29881")
    fresh.get_by_role("button", name="Musculoskeletal system").click()
    at(fresh, "20100-29999")
    rows = fresh.get_by_role("list", name="Numbers that the course uses").get_by_role("button")
    second = rows.nth(1).locator(".cb-code").inner_text()
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    at(fresh, second)
    assert "procedures.ipynb" in page.url, "Alt and an arrow must not leave the notebook"


def test_the_books_are_tabs(fresh: Locator, page: Page):
    tab = fresh.get_by_role("tab", name="CPT", exact=True)
    tab.focus()
    for key, name, title in (
        ("ArrowRight", "HCPCS Level II", "by letter"),
        ("End", "Modifiers", "what they are about"),
        ("Home", "CPT", "by its numbers"),
    ):
        page.keyboard.press(key)
        fresh.locator(".cb-title", has_text=title).wait_for()
        assert fresh.get_by_role("tab", name=name, exact=True).evaluate("n => n === document.activeElement")
        assert fresh.locator("[role=tab][aria-selected=true]").inner_text() == name
        assert fresh.locator(".cb-edition").inner_text()
    said(fresh, "to choose from")


def test_a_number_that_the_course_does_not_use(fresh: Locator):
    go(fresh, "12345")
    assert "holds no more about it than its place" in fresh.locator(".cb-lead").inner_text()
    assert "AMA's" in fresh.locator(".cb-foot").inner_text()


def test_keys_leave_the_cells_as_they_were(fresh: Locator, page: Page):
    before = labs.cells(page)
    tried = set()
    for control in fresh.locator(FOCUSABLE).all():
        if not control.is_visible():
            continue
        kind = control.evaluate("n => n.className + n.tagName")
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true", kind
        if kind in tried:
            continue
        tried.add(kind)
        control.focus()
        for key in ("x", "b", "m", "d", "d"):
            page.keyboard.press(key)
    assert len(tried) >= 6 and labs.cells(page) == before


def test_a_page_drawn_again_opens_where_the_reader_was(fresh: Locator, page: Page):
    go(fresh, "J1885")
    page.evaluate(DRAW_AGAIN)
    one = page.locator(".cp-card").first
    one.scroll_into_view_if_needed()
    at(one, "J1885")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing(fresh: Locator, page: Page, axe: Axe, theme: str):
    """Every rule in one theme, the rules about colors in the other: it changes nothing else."""
    labs.theme(page, theme)
    rules = COLORS if theme == "JupyterLab Dark" else ()
    assert axe(page, ".cp-card", rules) == ""
    labs.screenshot(page, f"procedures-{theme.split()[-1].lower()}", fresh)
    for code in ("25", "12345", "J1885"):
        go(fresh, code)
        assert axe(page, fresh, rules) == "", code


def test_it_fits_a_narrow_screen_and_double_size(fresh: Locator, page: Page, axe: Axe):
    host = fresh.locator("xpath=..")
    try:
        for width, zoom in ((320, 1), (640, 2), (1000, 1)):
            host.evaluate(RESIZE, [width, zoom])
            for code in ("29881", "25", "11721"):
                go(fresh, code)
                assert fresh.evaluate(OUTSIDE) == [], (width, zoom, code)
            fresh.get_by_role("tab", name="CPT", exact=True).click()
            fresh.locator(".cb-title", has_text="by its numbers").wait_for()
            assert fresh.evaluate(OUTSIDE) == [], (width, zoom)
            if width == 320:
                search(fresh).fill("knee")
                hits(fresh).first.wait_for()
                assert fresh.get_by_role("button", name="Results").get_attribute("aria-expanded") == "true"
                assert fresh.evaluate(OUTSIDE) == [] and axe(page, fresh) == ""
                labs.screenshot(page, "procedures-320", fresh)
    finally:
        host.evaluate("n => { n.style.width = ''; n.style.removeProperty('--jp-content-font-size1'); }")


def test_the_sheet_of_another_card_leaves_it_as_it_was(fresh: Locator, page: Page):
    """The ICD-10-CM browser brings browser.css again, after this card's own sheet."""
    fresh.get_by_role("tab", name="CPT", exact=True).click()
    row = fresh.locator(".cb-row").first
    row.wait_for()
    page.wait_for_timeout(200)
    columns = "n => getComputedStyle(n).gridTemplateColumns"
    before = [*fresh.evaluate(LOOKS), row.evaluate(columns)]
    page.evaluate(LATER, esm.styles(*browser.STYLES))
    try:
        assert [*fresh.evaluate(LOOKS), row.evaluate(columns)] == before
    finally:
        page.evaluate("() => document.getElementById('later').remove()")
