"""Review, error log, dashboard and adaptive practice in a real JupyterLab: by keyboard alone, axe, narrow, dark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course.language import flashcards
from course.learner import cards, log
from course.learner.records import Attempt, now
from course.learner.store import open_store
from course.questions import bank
from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe
from tests.browser.drive import tab_to_button

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

REVIEW, ERRORS, DASHBOARD, PRACTICE = range(4)
CELLS = (
    "# Review\nimport os; os.environ['COURSE_USER_DIR'] = {folder!r}\nimport course; course.review(minutes=3)",
    "# Errors\ncourse.errors()",
    "# Dashboard\ncourse.dashboard()",
    "# Practice\ncourse.practice(minutes=20)",
)
ITEM = next(one for one in bank.sound_items(lesson="03") if one.kind == "single_choice" and not one.note)
FLASH = flashcards.deck("word-parts")[0]
#: What stands out of a card to its right.
WIDE = """n => [...n.querySelectorAll("*")]
  .filter((e) => !e.closest(".cc-sr") && e.getBoundingClientRect().right > 1 + n.getBoundingClientRect().right)
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner of its own who missed a question and knew a flash card three weeks ago."""
    one = tmp_path_factory.mktemp("review")
    at = now() - dt.timedelta(days=21)
    wrong = Attempt(
        question_id=ITEM.id, content_version=ITEM.content_version, kind=ITEM.kind, response="a", outcome="incorrect",
        lesson=ITEM.lesson, objective=ITEM.objective, domains=ITEM.domains, at=at,
    )  # fmt: skip
    assert open_store(one).add([wrong, cards.rated(cards.card_id(FLASH), 3, 5.0, at=at)])
    return one


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab, folder: Path) -> Iterator[Page]:
    cells = [cell.format(folder=str(folder)) if "{folder" in cell else cell for cell in CELLS]
    (lab.folder / "review.ipynb").write_text(labs.notebook(cells), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "review.ipynb")
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cc-card").nth(PRACTICE).wait_for()
    yield one
    one.close()
    assert not faults, faults


def card(page: Page, place: int) -> Locator:
    one = page.locator(".cc-card").nth(place)
    one.scroll_into_view_if_needed()
    return one


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.textContent"))


def answer(page: Page, one: Locator) -> None:
    """The single choice that was missed, right, with keys alone; the focus is on its title or above it."""
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    for _ in range(ITEM.key):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("(node) => node.dataset.outcome === 'correct'", arg=one.element_handle())


def test_a_review_by_keyboard_alone(page: Page, folder: Path, axe: Axe):
    one = card(page, REVIEW)
    assert "2due today" in one.locator(".cc-numbers").inner_text().replace("\n", "")
    assert axe(page, one) == ""
    labs.screenshot(page, "review-start", one)
    one.get_by_role("combobox", name="Time").focus()
    tab_to_button(page, ("Begin",))
    page.keyboard.press("Enter")
    cells, seen, place = labs.cells(page), set[str](), one.locator(".cc-place")
    for n in range(20):
        one.locator(".cf-front:visible, form:visible, .rn-facts:visible").first.wait_for()
        if one.locator(".rn-facts").count():
            break
        told = place.inner_text()
        if one.locator(".cf-front").count():
            assert focused(page) == "Show the answer"
            if not n or "card" not in seen:
                for key in ("x", "b", "m", "2"):
                    page.keyboard.press(key)
            front = one.locator(".cf-front").inner_text()
            page.keyboard.press("Space")
            assert one.get_by_role("status").first.inner_text() and one.locator(".rn-rate").last.is_visible()
            if front == FLASH.front:
                assert axe(page, one) == ""
                labs.screenshot(page, "review-card", one)
                one.locator(".cf-front").click()  # the keys stay with the card
                assert page.evaluate("() => document.activeElement.className") == "rn-card"
            seen.add("card")
            page.keyboard.press("3")
        elif one.locator(".cc-title").inner_text() == ITEM.title:
            assert page.evaluate("() => document.activeElement.className") == "cc-title"
            answer(page, one)
            one.get_by_text("You will see it again").wait_for()
            labs.screenshot(page, "review-item", one)
            seen.add("item")
            tab_to_button(page, ("Next",))
            page.keyboard.press("Enter")
        else:
            tab_to_button(page, ("Skip",))
            page.keyboard.press("Enter")
        page.wait_for_function(
            "([node, told]) => !node.querySelector('.cc-place').offsetParent"
            " || node.querySelector('.cc-place').textContent !== told",
            arg=[one.element_handle(), told],
        )
    assert seen == {"card", "item"} and labs.cells(page) == cells, "no key reaches the notebook"
    assert page.evaluate("() => document.activeElement.className") == "cc-title" and focused(page).startswith("Done")
    labs.screenshot(page, "review-end", one)
    store = open_store(folder)
    known = [one_.question_id for one_ in store.attempts() if one_.outcome == "correct"]
    assert ITEM.id in known and known.count(cards.card_id(FLASH)) == 2


def test_a_rating_is_taken_back(page: Page, folder: Path):
    one = card(page, REVIEW)
    one.get_by_role("button", name="Undo").click()
    one.locator(".cf-front").wait_for()
    assert focused(page) == "Show the answer"
    page.keyboard.press("Space")
    page.keyboard.press("1")
    one.locator(".rn-facts").wait_for()
    told = open_store(folder)
    last, before = told.attempts()[-1], told.attempts()[-2]
    assert last.question_id == before.question_id and last.response == {"rating": 1}
    assert log.taken_back(told) == {before.uid}


def test_the_error_log_by_keyboard(page: Page):
    labs.run_all(page)
    page.locator(".cc-card").nth(PRACTICE).wait_for()
    one = card(page, ERRORS)
    one.get_by_role("combobox", name="Show").select_option("all")
    row = one.locator(".er-row", has_text=ITEM.title)
    assert "Mended" in row.inner_text(), "it was answered right in the review"
    row.get_by_role("button", name="Do it again").focus()
    page.keyboard.press("Enter")
    one.locator("form").wait_for()
    assert focused(page) == ITEM.title
    answer(page, one)
    one.get_by_role("button", name="Back to the list").focus()
    page.keyboard.press("Enter")
    row.wait_for()
    assert focused(page) == "Do it again", "the reader is where they were"
    labs.screenshot(page, "errors", one)
    one.get_by_role("combobox", name="Kind").select_option("Single choice")
    assert one.locator(".er-row").count() == 1
    one.get_by_role("combobox", name="Show").select_option("still")
    assert one.locator(".er-count").inner_text() == "Nothing fits these filters."


def test_the_dashboard_takes_exam_and_day(page: Page):
    one = card(page, DASHBOARD)
    one.get_by_role("combobox", name="Exam").focus()
    page.keyboard.press("ArrowDown")
    one.get_by_role("list", name="Domains of the CCA").wait_for()
    assert page.evaluate("() => document.activeElement.dataset.keep") == "exam"
    one.get_by_label("Day of the exam").fill("2026-12-20")
    one.get_by_role("button", name="Set the day").press("Enter")
    one.locator(".db-words", has_text="on December 20, 2026").wait_for()
    assert one.locator(".db-bar", has_text="December 20").count() == 1
    one.get_by_role("button", name="Bring up to date").press("Enter")
    page.wait_for_function("(node) => !node.hasAttribute('data-busy')", arg=one.locator("xpath=.").element_handle())
    assert "December 20" in one.locator(".db-words").inner_text() and focused(page) == "Bring up to date"
    labs.screenshot(page, "dashboard", one)


def test_practice_says_why_and_ends_with_a_result(page: Page):
    one = card(page, PRACTICE)
    one.get_by_role("combobox", name="Exam").select_option("CPC")
    one.get_by_role("button", name="Begin").press("Enter")
    one.locator("form").wait_for()
    assert page.evaluate("() => document.activeElement.className") == "cc-title"
    assert "of 100 items on the CPC" in one.locator(".rn-top").inner_text()
    labs.screenshot(page, "practice-item", one)
    one.get_by_role("button", name="Skip").press("Enter")
    one.locator(".cc-place", has_text="Exercise 2").wait_for()
    one.get_by_role("button", name="Stop here").press("Enter")
    one.get_by_role("heading", name="Practice done").wait_for()
    assert focused(page) == "Practice done"


def test_a_review_is_stopped_and_gone_on_with(page: Page):
    one = card(page, REVIEW)
    for name in ("Review some more", "Look again"):
        if one.get_by_role("button", name=name).count():
            one.get_by_role("button", name=name).press("Enter")
    one.get_by_role("button", name="Begin").press("Enter")
    one.locator(".rn-top .cc-place:visible").wait_for()
    place = one.locator(".cc-place").inner_text()
    one.get_by_role("button", name="Stop here").press("Enter")
    one.get_by_role("heading", name="Stopped here").wait_for()
    assert focused(page) == "Stopped here"
    labs.screenshot(page, "review-stopped", one)
    one.get_by_role("button", name="Go on").press("Enter")
    one.locator(".rn-top .cc-place:visible").wait_for()
    assert one.locator(".cc-place").inner_text() == place


def test_axe_narrow_and_dark(page: Page, axe: Axe):
    assert axe(page, ".cc-card") == ""
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".cc-card", COLORS) == ""
        labs.screenshot(page, "dashboard-dark", card(page, DASHBOARD))
    finally:
        labs.theme(page, "JupyterLab Light")
    page.evaluate("() => document.querySelectorAll('.cc-host').forEach((n) => { n.style.width = '320px'; })")
    for n in range(4):
        one = card(page, n)
        assert one.evaluate(WIDE) == [], n
        labs.screenshot(page, f"review-320-{n}", one)
    bare = "nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').map((n) => n.outerHTML)"
    assert page.locator(".cc-card :is(button, input, select, summary, [tabindex])").evaluate_all(bare) == []
