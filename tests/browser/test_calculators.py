"""Calculators in a real JupyterLab: typing, rows, errors at their field, clearing, the keyboard alone, axe, narrow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course import calculators
from tests.browser import lab as labs
from tests.browser.conftest import COLORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAMES = calculators.names()
CELLS = [f'# Try it: {name}\nimport course\ncourse.calculator("{name}")' for name in NAMES]
OUTSIDE = """n => [...n.querySelectorAll('*')].filter((e) => e.checkVisibility() && !e.closest('.cc-sr')
  && e.getBoundingClientRect().right > n.getBoundingClientRect().right + 1).map((e) => e.className)"""
FOCUSABLE = "button, input, select"


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "calculators.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "calculators.ipynb", width=1400, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".ck-card").nth(len(CELLS) - 1).wait_for()
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def card(page: Page) -> Callable[[str], Locator]:
    """The card of a calculator, with its example in it."""

    def find(name: str) -> Locator:
        one = page.locator(".ck-card").nth(NAMES.index(name))
        one.scroll_into_view_if_needed()
        one.get_by_role("button", name="Show the example").click()
        says(one, calculators_sentence(name))
        return one

    return find


def calculators_sentence(name: str) -> str:
    from course.calculators.model import run

    spec = calculators.get(name)
    return str(run(spec, spec.example)["sentence"])


def says(one: Locator, sentence: str) -> None:
    """Until the live region holds the sentence."""
    one.page.wait_for_function(
        "([node, text]) => node.querySelector('[role=status]').textContent === text",
        arg=[one.element_handle(), sentence],
        polling=10,
    )


def codes(one: Locator) -> list[str]:
    return one.locator(".ck-code").all_inner_texts()


def test_each_opens_with_its_example(page: Page):
    assert page.locator(".ck-card").count() == len(NAMES) and page.locator(".course-static").count() == 0
    for place, name in enumerate(NAMES):
        one = page.locator(".ck-card").nth(place)
        says(one, calculators_sentence(name))
        assert one.locator(".ck-steps li").count() >= 2 and codes(one)


def test_the_sum_follows_what_is_typed(card: Callable[[str], Locator]):
    one = card("anesthesia")
    minutes = one.get_by_role("textbox", name="Anesthesia time")
    minutes.fill("112")
    start = time.perf_counter()
    minutes.press("End")
    says(one, "17.5 units, 350.00 dollars.")
    assert time.perf_counter() - start < 2
    one.get_by_role("combobox", name="Payer").select_option("medicare")
    says(one, "14.5 units, 290.00 dollars.")
    assert not one.get_by_label("One time unit is").is_visible(), "Medicare leaves no choice"
    one.get_by_role("checkbox", name="Emergency (99140)").uncheck()
    one.get_by_text("Medicare bundles").wait_for(state="detached")


def test_a_wrong_entry_is_told_at_its_field_and_heals(card: Callable[[str], Locator]):
    one = card("repair")
    length = one.get_by_role("group", name="Wound 2").get_by_role("textbox", name="Length")
    length.fill("long")
    says(one, "One entry needs another look.")
    assert length.get_attribute("aria-invalid") == "true" and not codes(one)
    fault = one.locator(f"#{length.get_attribute('aria-describedby').split()[-1]}")
    assert fault.inner_text() == "Length: not a number."
    length.fill("5")
    says(one, calculators_sentence("repair"))
    assert length.get_attribute("aria-invalid") is None and fault.inner_text() == ""


def test_rows_come_and_go_and_the_focus_stays_near(card: Callable[[str], Locator], page: Page):
    one = card("excision")
    one.get_by_role("button", name="Add a lesion").click()
    third = one.get_by_role("group", name="Lesion 3")
    assert third.get_by_role("combobox", name="Pathology says").evaluate("n => n === document.activeElement")
    third.get_by_role("textbox", name="Longest side").fill("3")
    says(one, "Still needed: the margin of lesion 3.")
    one.get_by_role("button", name="Remove lesion 3").click()
    says(one, calculators_sentence("excision"))
    one.get_by_role("button", name="Remove lesion 1").click()
    says(one, "1 line: 11401.")
    assert page.evaluate("() => document.activeElement.closest('.ck-row').textContent").startswith("Lesion 1")
    assert not one.get_by_role("button", name="Remove lesion 1").is_visible(), "the last row stays"


def test_clear_empties_and_asks(card: Callable[[str], Locator]):
    one = card("drug-units")
    one.get_by_role("button", name="Clear").click()
    says(one, "Still needed: the dose and the vial sizes.")
    assert one.get_by_role("textbox", name="Dose given").input_value() == "" and not codes(one)


def test_a_measure_follows_the_drug_and_hidden_fields_appear(card: Callable[[str], Locator]):
    one = card("drug-units")
    one.get_by_role("combobox", name="Drug").select_option("J0585")
    assert one.locator(".cc-unit:visible").all_inner_texts() == ["units", "units"]
    one.get_by_role("combobox", name="Drug").select_option("own")
    one.get_by_role("textbox", name="One billing unit is").fill("25")
    says(one, "its code × 15 and its code-JW × 1.")
    one.get_by_role("combobox", name="Container").select_option("multi")
    says(one, "its code × 15.")
    assert not one.get_by_label("Vial sizes in stock").is_visible()


def test_the_keyboard_alone(card: Callable[[str], Locator], page: Page):
    """Fill a whole row by keys, in JupyterLab where a bare x would cut the cell."""
    one = card("therapy")
    one.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Enter")
    says(one, "Still needed: at least one service.")
    page.keyboard.press("Tab")  # from the rule, where clearing leads, into the first row
    page.keyboard.type("97140")
    page.keyboard.press("Tab")
    page.keyboard.type("8x")
    page.keyboard.press("Backspace")
    says(one, "97140 × 1.")
    for _ in range(3):
        if page.evaluate("() => document.activeElement.textContent").startswith("Add a service"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.type("97161")
    says(one, "97140 × 1 and 97161 × 1.")
    assert page.locator(".ck-card").count() == len(NAMES)
    bare = (
        page.locator(".ck-card")
        .locator(FOCUSABLE)
        .evaluate_all("nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').length")
    )
    assert bare == 0


def test_a_page_drawn_again_shows_the_same(card: Callable[[str], Locator], page: Page):
    one = card("anesthesia")
    one.get_by_role("textbox", name="Anesthesia time").fill("30")
    says(one, "12 units, 240.00 dollars.")
    page.evaluate("""() => {
      const { outputs } = jupyterapp.shell.currentWidget.content.widgets[0].model;
      const kept = outputs.toJSON();
      outputs.clear();
      outputs.fromJSON(kept);
    }""")
    again = page.get_by_role("article", name="Anesthesia units")  # by its name: for a moment another card is the first
    again.wait_for()
    says(again, "12 units, 240.00 dollars.")
    assert again.get_by_role("textbox", name="Anesthesia time").input_value() == "30"


def test_no_barriers(card: Callable[[str], Locator], page: Page, axe: Any):
    wrong = card("repair")
    wrong.get_by_role("textbox", name="Length").first.fill("long")
    says(wrong, "One entry needs another look.")
    assert axe(page, ".ck-card") == ""
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".ck-card", COLORS) == ""
    finally:
        labs.theme(page, "JupyterLab Light")


def test_nothing_sticks_out_on_a_phone(page: Page):
    for place, name in enumerate(NAMES):
        one = page.locator(".ck-card").nth(place)
        one.locator("xpath=..").evaluate("n => { n.style.width = '320px'; }")
        assert one.evaluate(OUTSIDE) == [], name
        labs.screenshot(page, f"calculator-{name}-320", one)
        one.locator("xpath=..").evaluate("n => { n.style.width = ''; }")
