"""The career calculator in a real JupyterLab: the answer follows each change, faults, keys alone, axe, a phone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course.labor import career_form as forms
from tests.browser import lab as labs
from tests.browser.conftest import COLORS
from tests.browser.test_calculators import FOCUSABLE, OUTSIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CELL = '# Try it: when does the exam pay for itself?\nimport course\ncourse.calculator("career")'
OVER = "Back to the course\u2019s figures"


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "career.ipynb").write_text(labs.notebook([CELL]), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "career.ipynb", width=1400, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cr-card").wait_for()
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def card(page: Page) -> Locator:
    """The card with the course's figures in it."""
    one = page.locator(".cr-card")
    one.get_by_role("button", name=OVER).click()
    says(one)
    return one


def says(one: Locator, **values: Any) -> dict[str, Any]:
    """Until the card shows the answer to these values, which is returned."""
    answer = forms.answer({**forms.EXAMPLE, **values})
    one.page.wait_for_function(
        "([node, text]) => node.querySelector('.ck-sentence').textContent === text",
        arg=[one.element_handle(), answer["sentence"]],
        polling=10,
    )
    return answer


def box(one: Locator, name: str) -> Locator:
    return one.get_by_role("textbox", name=name, exact=True)


def test_it_opens_with_an_answer_and_its_picture(card: Locator, page: Page):
    answer = says(card)
    assert page.locator(".course-static").count() == 0
    assert card.get_by_role("status").inner_text() in ("", answer["sentence"])
    assert card.locator("figcaption").inner_text() == answer["caption"]
    never = answer["quantiles"].count(None)
    assert card.locator(".cr-in, .cr-out").count() == 100 - never and card.locator(".cr-cross").count() == never
    assert card.locator(".ck-steps li").all_inner_texts() == answer["steps"]
    assert [one for one in card.locator(".cr-ends-text").all_inner_texts()] == [s["text"] for s in answer["swings"]]


def test_the_answer_follows_and_only_the_sentence_is_spoken(card: Locator):
    box(card, "Present wage").fill("20")
    started = time.perf_counter()
    says(card, present_wage_usd="20")
    assert time.perf_counter() - started < 2
    card.get_by_label("State", exact=True).select_option("OH")
    answer = says(card, present_wage_usd="20", state="OH")
    assert box(card, "First wage in coding from").input_value() == "37,440"  # 35,420 of May 2023
    card.page.wait_for_function(
        "([node, text]) => node.textContent === text",
        arg=[card.get_by_role("status").element_handle(), answer["sentence"]],
    )
    assert card.locator("[aria-live], [role=status], [role=alert]").count() == 2


def test_a_figure_of_ones_own_stays_when_the_exam_changes(card: Locator):
    box(card, "Exam fee to").fill("999")
    says(card, own={"exam_fee_usd": {"low": "399", "high": "999"}})
    fee = card.locator("[data-key=exam_fee_usd] .ck-help")
    assert fee.inner_text() == "Your figure. The course: 399 to 425."
    card.get_by_label("Exam", exact=True).select_option("CCA")
    says(card, exam="CCA", own={"exam_fee_usd": {"low": "399", "high": "999"}})
    assert box(card, "Exam fee to").input_value() == "999" and box(card, "Renewal fee to").input_value() == "124.5"
    assert card.get_by_label("AHIMA price for").is_visible() and not card.get_by_label("Bought as").is_visible()
    card.get_by_role("button", name=OVER).click()
    says(card)
    assert box(card, "Exam fee to").input_value() == "425"


def test_what_makes_no_sense_is_told_at_its_field_and_heals(card: Locator):
    hours, books = box(card, "Study hours a week"), box(card, "Books from")
    said = card.locator(".cr-experience").inner_text()
    assert "CPC-A" in said
    hours.fill("0")
    books.fill("900")
    says(card, study_hours_a_week="0", own={"books_usd": {"low": "900", "high": "450"}})
    for one, text in (
        (hours, "With 0 hours a week the studying never ends. Enter at least 1 hour."),
        (books, "Books: the lowest figure is more than the highest one. Change one of them."),
    ):
        assert one.get_attribute("aria-invalid") == "true"
        assert card.locator(f"#{(one.get_attribute('aria-describedby') or '').split()[-1]}").inner_text() == text
    assert card.locator(".cr-svg").count() == 0
    hours.fill("20")
    books.fill("200")
    says(card, study_hours_a_week="20")
    assert hours.get_attribute("aria-invalid") is None and card.locator(".cr-svg").count() == 1


def test_the_keyboard_alone(card: Locator, page: Page):
    box(card, "Present wage").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("15x")
    page.keyboard.press("Backspace")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("6")
    says(card, present_wage_usd="15", study_hours_a_week="6")
    summary = card.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert not box(card, "Books from").is_visible()
    page.keyboard.press("Enter")
    books = box(card, "Books from")
    books.fill("")
    summary.focus()
    page.keyboard.press("Enter")
    box(card, "Present wage").fill("16")  # the next answer opens what hides a fault
    books.wait_for(state="visible")
    books.fill("200")
    says(card, present_wage_usd="16", study_hours_a_week="6")
    bare = card.locator(f"{FOCUSABLE}, summary").evaluate_all(
        "nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').length"
    )
    assert bare == 0


def test_a_page_drawn_again_shows_the_same(card: Locator, page: Page):
    box(card, "Books to").fill("800")
    says(card, own={"books_usd": {"low": "200", "high": "800"}})
    page.evaluate("""() => {
      const { outputs } = jupyterapp.shell.currentWidget.content.widgets[0].model;
      const kept = outputs.toJSON();
      outputs.clear();
      outputs.fromJSON(kept);
    }""")
    page.locator(".cr-card").wait_for()
    says(page.locator(".cr-card"), own={"books_usd": {"low": "200", "high": "800"}})
    assert box(page.locator(".cr-card"), "Books to").input_value() == "800"


def test_no_barriers(card: Locator, page: Page, axe: Callable[..., str]):
    box(card, "Present wage").fill("21")
    says(card, present_wage_usd="21")
    assert axe(page, ".cr-card") == ""
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".cr-card", COLORS) == ""
        box(card, "Books from").fill("many")
        says(card, present_wage_usd="21", own={"books_usd": {"low": "many", "high": "450"}})
        assert axe(page, ".cr-card [data-key=books_usd]") == ""
    finally:
        labs.theme(page, "JupyterLab Light")


def test_nothing_sticks_out_on_a_phone(card: Locator, page: Page):
    card.get_by_label("State", exact=True).select_option("MS")
    says(card, state="MS")
    host = card.locator("xpath=..")
    host.evaluate("n => { n.style.width = '320px'; }")
    assert card.evaluate(OUTSIDE) == []
    labs.screenshot(page, "career-320", card)
    host.evaluate("n => { n.style.width = ''; }")
