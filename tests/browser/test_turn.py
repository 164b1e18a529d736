"""A turn in a real JupyterLab: the line is changed, Shift+Enter, the verdict stands below; an error is a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from course.questions.bank import load_item
from course.questions.kinds import your_turn
from tests.browser import drive
from tests.browser import lab as labs
from tests.browser.card_gallery import FIXTURES
from tests.browser.conftest import COLORS, Axe
from tests.browser.test_cards import OVERFLOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ITEM = load_item("gallery/turn", FIXTURES)
LAST = 'course.turn("gallery/turn", mine)'
FIRST = f"""import functools, card_gallery, pandas as pd, course
from course.questions import bank
bank.load_item = functools.partial(bank.load_item, folder=card_gallery.FIXTURES)
course.turn("gallery/turn")
cpi = pd.read_csv(course.labor.file("cpi"))
{ITEM.setup}"""


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    book = json.loads(labs.notebook([FIRST, f"# Your turn\n{ITEM.starter}\n{LAST}", "print('the end')"]))
    book["cells"][1]["metadata"] = {}
    (lab.folder / "turns.ipynb").write_text(json.dumps(book), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "turns.ipynb", width=1000)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cc-card").wait_for()
    yield one
    one.close()
    assert not faults, faults


def take(page: Page, code: str) -> Locator:
    """Write the lines into the cell as a learner does, press Shift+Enter; the card below."""
    old = page.locator(".cc-card").element_handle()
    editor = page.locator(".jp-CodeCell .cm-content").nth(0)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f"# Your turn\n{code}\n{LAST}")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function("(old) => !old.isConnected && document.querySelector('.cc-card[data-outcome]')", arg=old)
    return page.locator(".cc-card")


def words(one: Locator) -> str:
    return " ".join(one.inner_text().split())


def test_run_all_shows_the_task_and_that_the_line_is_unchanged(page: Page):
    one = page.locator(".cc-card")
    assert drive.wait_for(one, "not_attempted") and your_turn.UNCHANGED in words(one)
    assert "Your cell gave a table: 6 rows, 2 columns; the first 5 rows." in words(one)
    table = one.get_by_role("table", name="What your cell gave")
    assert table.get_by_role("columnheader").all_inner_texts() == ["year", "cpi_u_may_1982_84_100"]
    assert table.get_by_role("row").nth(1).inner_text().split() == ["2020", "256.39"]
    for name in ("Check", "Try again", "Another"):
        assert not one.get_by_role("button", name=name, exact=True).is_visible()
    assert page.get_by_text("the end", exact=True).is_visible()


def test_a_changed_line_is_judged_at_once(page: Page):
    one = take(page, ITEM.slips[0].code)
    assert drive.wait_for(one, "incorrect") and "This is the level in percent of 2020." in words(one)
    assert "Row 2020, column rise_percent: yours is 100" in words(one)
    one = take(page, ITEM.answer)
    assert drive.wait_for(one, "correct") and "6 rows, 2 columns: each value fits." in words(one)
    assert one.locator(".cc-saved").inner_text().strip() == "Saved" and "2 tries: not yet correct, correct." in words(
        one
    )


def test_an_error_is_a_sentence_and_what_stands_below_runs(page: Page):
    one = take(page, 'mine = since.filter(["year", may])\nmine = mine["yeer"]')
    assert drive.wait_for(one, "not_attempted")
    text = words(one)
    assert "Line 3: There is no column yeer in this table." in text and "Did you mean year?" in text
    assert 'The cell stopped at line 3: mine = mine["yeer"]' in text and "Ctrl+Z" in text
    assert text.index("stopped at") < text.index("There is no") < text.index("Did you mean") < text.index("Hint 1")
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr], .jp-mod-error").count() == 0


def test_hint_solution_and_the_lines_that_were_given(page: Page):
    one = take(page, ITEM.starter)
    one.get_by_role("button", name="Hint 1 of 2").click()
    assert one.get_by_text("Hint 1 of 2").last.is_visible()
    one.get_by_role("button", name="Solution").click()
    code = one.locator(".cc-solution pre")
    code.wait_for()
    assert code.inner_text().strip() == ITEM.answer
    one.get_by_text("The lines you were given").click()
    assert one.locator(".cc-turn-starter pre").inner_text() == ITEM.starter
    assert drive.wait_for(one, "not_attempted"), "help is not an answer"


def test_axe_dark_and_narrow(page: Page, axe: Axe):
    one = take(page, 'mine = since["yeer"]')
    if not one.locator(".cc-solution pre").count():
        one.get_by_role("button", name="Solution").click()
        one.locator(".cc-solution pre").wait_for()
    assert axe(page, ".cc-card") == ""
    labs.screenshot(page, "card-turn-error-light", one)
    wide = ", ".join(f"a_long_name_{n}={n * 12345.678}" for n in range(9))
    one = take(page, f"mine = since.assign({wide}, rise_percent=5)")
    assert "16 columns; the first 5 rows; 8 of the columns, those that are asked for first." in words(one)
    heads = one.get_by_role("columnheader").all_inner_texts()
    assert len(heads) == 8 and heads[:2] == ["year", "rise_percent"], "what is asked for is not cut off at the right"
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".cc-card", COLORS) == ""
        labs.screenshot(page, "card-turn-wide-dark", one)
    finally:
        labs.theme(page, "JupyterLab Light")
    page.set_viewport_size({"width": 410, "height": 1000})
    page.wait_for_timeout(150)
    assert one.bounding_box()["width"] <= 320
    assert one.evaluate(OVERFLOW.replace(".cc-table", ".cc-table, .cc-turn-scroll")) == []
    labs.screenshot(page, "card-turn-wide-320", one)
    page.set_viewport_size({"width": 1000, "height": 1000})
    scroll = one.get_by_role("group", name="What your cell gave")
    scroll.focus()
    page.keyboard.press("ArrowRight")
    assert scroll.evaluate("n => n.scrollWidth > n.clientWidth && document.activeElement === n")
