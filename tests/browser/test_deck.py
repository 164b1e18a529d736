"""The checkpoint, the header of a lesson, progress and notices in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import lab as labs
from tests.browser.conftest import COLORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

HEADER, DECK, PROGRESS, NOTICE, PRACTICE = range(5)


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    one = labs.open_notebook(chromium, lab, "deck.ipynb")
    one.locator(".cc-card").nth(PRACTICE).wait_for()
    yield one
    one.close()


def card(page: Page, place: int) -> Locator:
    one = page.locator(".cc-card").nth(place)
    one.scroll_into_view_if_needed()
    return one


def fill(deck: Locator) -> None:
    """Some answer, whatever the kind."""
    if deck.get_by_role("radio").count():
        for group in deck.get_by_role("radiogroup").all() or [deck.locator("fieldset")]:
            group.get_by_role("radio").first.check()
    elif deck.get_by_role("checkbox").count():
        deck.get_by_role("checkbox").first.check()
    elif deck.locator("select").count():
        deck.locator("select").first.select_option(index=1)
    elif deck.locator("input[type=text]").count():
        deck.locator("input[type=text]").first.fill("5")
    else:
        deck.get_by_role("button", name="Move down").first.click()


def test_ten_questions_and_a_result(page: Page):
    deck = card(page, DECK)
    place = deck.locator(".cc-place")
    assert place.inner_text() == "Checkpoint: question 1 of 10"
    labs.screenshot(page, "deck-first", deck)
    for n in range(1, 11):
        place.get_by_text(f"question {n} of 10").wait_for()
        if n > 1:
            assert page.evaluate("() => document.activeElement.className") == "cc-title", (
                "the reader starts at the title"
            )
        if n % 2:
            fill(deck)
            deck.get_by_role("button", name="Check", exact=True).click()
            deck.locator(".cc-verdict strong").first.wait_for()
            chip = deck.get_by_role("button", name=f"Question {n},")
            assert (
                chip.get_attribute("data-mark") in ("first", "tried") and chip.get_attribute("aria-current") == "step"
            )
        deck.get_by_role("button", name="See the result" if n == 10 else "Next", exact=True).click()
    deck.locator(".cc-result").wait_for()
    assert "of 10 right at the first try" in deck.get_by_role("heading", level=3).inner_text()
    assert "5 not answered yet" in deck.locator(".cc-result-lead").inner_text()
    labs.screenshot(page, "deck-result", deck)


def test_a_link_of_the_result_opens_its_question_and_back_returns(page: Page):
    deck = card(page, DECK)
    link = deck.locator(".cc-linklike").first
    number = link.inner_text().split(":")[0].removeprefix("Question ")
    link.click()
    deck.locator(".cc-place", has_text=f"question {number} of 10").wait_for()
    deck.get_by_role("button", name="Question 10,").click()
    deck.locator(".cc-place", has_text="question 10 of 10").wait_for()
    deck.get_by_role("button", name="See the result").click()
    deck.locator(".cc-result").wait_for()
    deck.get_by_role("button", name="Back").click()
    deck.locator(".cc-place", has_text="question 10 of 10").wait_for()


def test_the_header_of_the_lesson_moves_with_the_answers(page: Page):
    deck = card(page, DECK)
    right = deck.locator(".cc-chip[data-mark=first]").count()
    meter = card(page, HEADER).get_by_role("meter", name="Your progress in this lesson")
    assert int(meter.get_attribute("aria-valuenow") or "") == right
    assert f"{right} of " in (meter.get_attribute("aria-valuetext") or "")


def test_another_draws_anew_and_the_reader_starts_at_its_title(page: Page):
    practice = card(page, PRACTICE)
    before = practice.locator(".cc-ask").inner_text()
    practice.get_by_role("button", name="Another").click()
    page.wait_for_function(
        "([card, old]) => card.querySelector('.cc-ask').innerText !== old", arg=[practice.element_handle(), before]
    )
    page.wait_for_function("() => document.activeElement.className === 'cc-title'")
    assert practice.locator(".cc-verdict").inner_text() == ""


def test_axe_finds_nothing(page: Page, axe: Any):
    assert "There is no exercise called" in card(page, NOTICE).inner_text()
    assert axe(page, ".cc-card") == ""
    card(page, DECK).get_by_role("button", name="Question 10,").click()
    assert axe(page, card(page, DECK)) == ""
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".cc-card", COLORS) == ""
        labs.screenshot(page, "deck-dark")
    finally:
        labs.theme(page, "JupyterLab Light")


def test_the_place_comes_back_with_a_new_kernel(page: Page):
    place = card(page, DECK).locator(".cc-place").inner_text()
    marks = card(page, DECK).locator(".cc-chip").evaluate_all("(chips) => chips.map((chip) => chip.dataset.mark)")
    labs.restart(page)
    labs.run_all(page)
    page.locator(".cc-card").nth(PRACTICE).wait_for()
    deck = card(page, DECK)
    assert deck.locator(".cc-place").inner_text() == place
    assert deck.locator(".cc-chip").evaluate_all("(chips) => chips.map((chip) => chip.dataset.mark)") == marks
