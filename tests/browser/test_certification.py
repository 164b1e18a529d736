"""Chooser, step planner and the table of exams in a real JupyterLab: keys, kept over a reload, file, axe, phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course.cards import chooser_card, planner_card
from course.cards.kept_form import page as sheet
from course.exams import plan, plan_form
from tests.browser import lab as labs
from tests.browser.conftest import COLORS
from tests.browser.test_calculators import FOCUSABLE, OUTSIDE
from tests.exams.test_calendar_file import parse

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CELLS = [
    "# Which exam?\nimport course\ncourse.choose()",
    "# Your plan\nimport course\ncourse.plan()",
    "# The exams\nimport course\ncourse.credentials('CCA', 'CPC', 'CIC', 'CCS')",
]
FORMS = ".ce-form"


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "certification.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "certification.ipynb", width=1400, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(FORMS).nth(1).wait_for()
    yield one
    one.close()
    assert not faults, faults


def form(page: Page, place: int) -> Locator:
    one = page.locator(FORMS).nth(place)
    one.scroll_into_view_if_needed()
    return one


def says(one: Locator, text: str, part: str = ".ck-sentence") -> None:
    """Until a part of the card shows this."""
    one.page.wait_for_function(
        "([node, part, text]) => node.querySelector(part) && node.querySelector(part).textContent.includes(text)",
        arg=[one.element_handle(), part, text],
        polling=10,
    )


def choose_by_keys(page: Page, first: str, *keys: str) -> None:
    """Type the beginning of an option in the focused list, then go on to the next field."""
    page.keyboard.type(first)
    for key in keys or ("Tab",):
        page.keyboard.press(key)


def test_chooser_by_keyboard(page: Page):
    card = form(page, 0)
    says(card, chooser_card.EMPTY)
    card.get_by_label("Where would you like to work?").focus()
    cells = labs.cells(page)
    choose_by_keys(page, "A physician")
    choose_by_keys(page, "Not")
    choose_by_keys(page, "Visits")
    answer = chooser_card.answer({"place": "office", "experience": "none", "records": "outpatient"})
    says(card, answer["sentence"])
    says(card, answer["sure"], ".ce-sure")
    says(card, "Saved on this computer.", ".cc-saved")
    summary = card.locator("summary").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    card.get_by_text("AHIMA asks for a high school diploma").wait_for(state="visible")
    assert card.locator(".ce-points").all_inner_texts()[:3] == ["+3", "+1", "+2"]
    card.get_by_role("button", name="Undo").focus()
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    says(card, "2 of 6 questions", ".ce-sure")
    assert card.get_by_label("Which records interest you more?").input_value() == ""
    assert labs.cells(page) == cells, "a key on a card changed the notebook"
    card.get_by_label("Which records interest you more?").select_option("outpatient")
    says(card, answer["sure"], ".ce-sure")


def test_planner_by_keyboard_and_its_calendar_file(page: Page, tmp_path: Path):
    card = form(page, 1)
    start = card.get_by_label("Start", exact=True)
    start.focus()
    page.keyboard.type("01042027")
    assert start.input_value() == "2027-01-04"
    card.get_by_label("Exam", exact=True).focus()
    page.keyboard.type("CCS")
    made = plan.make(plan.Wish("CCS", dt.date(2027, 1, 4)))
    says(card, plan_form.sentence(made))
    hours = card.get_by_label("Hours a week")
    hours.fill("many")
    says(card, "Hours a week: write a number in figures, such as 10 or 7.5.", ".ck-fault:not(:empty)")
    assert hours.get_attribute("aria-invalid") == "true"
    assert not card.get_by_role("button", name="Save calendar file").is_visible()
    says(card, "Your entries are saved. A marked field", ".cc-saved")
    hours.fill("20")
    page.keyboard.press("Tab")
    made = plan.make(plan.Wish("CCS", dt.date(2027, 1, 4), 20))
    says(card, plan_form.sentence(made))
    card.get_by_role("button", name="Add a break").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "date"
    card.get_by_role("button", name="Remove break 1").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Add a break"
    assert card.locator(".ck-row").count() == 0
    card.get_by_role("button", name="Save calendar file").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "plan.ics")
    assert waiting.value.suggested_filename == "plan-ccs.ics"
    _, events = parse((tmp_path / "plan.ics").read_bytes().decode("utf-8"))
    exam = next(one for one in events if one["SUMMARY"] == "Sit the CCS")
    assert exam["DTSTART;VALUE=DATE"] == f"{made.exam_date:%Y%m%d}" and len(events) > 12
    says(card, "its dates replace the old ones", ".ce-told")
    bare = card.locator(f"{FOCUSABLE}, summary").evaluate_all(
        "nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').length"
    )
    assert bare == 0


def test_a_plan_prints_on_two_sides_and_a_choice_on_one(page: Page, chromium: Browser):
    card = form(page, 1)
    card.get_by_role("button", name="Print").click()
    frame = card.locator("iframe")
    frame.wait_for(state="attached")
    values = plan_form.clean({"exam": "CCS", "start": "2027-01-04", "hours_a_week": "20"}, dt.date(2027, 1, 4))
    assert str(frame.get_attribute("srcdoc")).startswith("<!doctype html>")
    paper = labs.new_page(chromium)
    try:
        long = bodies({**values, "hours_a_week": "10", "exam": "CPC"})
        for body, sides in ((bodies(values), 2), (long, 2), (choice(), 1)):
            paper.set_content(sheet(body))
            for size in ("Letter", "A4"):
                assert paper.pdf(format=size).count(b"/Type /Page\n") <= sides
    finally:
        paper.close()


def bodies(values: dict[str, Any]) -> str:
    answer = plan_form.answer(values, dt.date(2027, 1, 4), planner_card.known())
    refs = planner_card.References()
    entered = "".join(f"<p>{one}</p>" for one in plan_form.entered(values))
    return f"<h1>x</h1>{entered}{planner_card.html(answer, refs.mark)}{planner_card.weeks(answer)}{refs.listing()}"


def choice() -> str:
    every = {"place": "inpatient", "experience": "two", "records": "inpatient", "budget": "300", "site": "home"}
    return f"<h1>x</h1>{chooser_card.said(every)}{chooser_card.html(chooser_card.answer(every))}"


def test_no_barriers(page: Page, axe: Callable[..., str]):
    for place in (0, 1):
        form(page, place).locator("details").evaluate_all("nodes => nodes.forEach((n) => { n.open = true; })")
    parts = f"{FORMS}, .ce-card"
    assert axe(page, parts) == ""
    labs.theme(page, "JupyterLab Dark")
    try:
        form(page, 1).get_by_label("Hours a week").fill("0")
        says(form(page, 1), "enter 0.5 to 60", ".ck-fault:not(:empty)")
        assert axe(page, parts, COLORS) == ""
    finally:
        labs.theme(page, "JupyterLab Light")
        form(page, 1).get_by_label("Hours a week").fill("20")
        page.keyboard.press("Tab")
        says(form(page, 1), plan_form.sentence(plan.make(plan.Wish("CCS", dt.date(2027, 1, 4), 20))))


def test_the_table_fits_and_says_where_it_does_not(page: Page):
    card = page.locator(".ce-card")
    table, hint, host = card.locator(".ce-table").first, card.locator(".ce-hint").first, card.locator("xpath=..")
    assert table.locator("thead th").all_inner_texts() == ["CCA", "CPC", "CIC", "CCS"]
    host.evaluate("n => { n.style.width = '780px'; }")
    page.wait_for_function("n => n.textContent === ''", arg=hint.element_handle())
    box = table.evaluate("n => [n.scrollWidth - n.clientWidth, n.scrollHeight - n.clientHeight, n.clientHeight]")
    assert box[0] <= 0 and box[1] <= 0 and box[2] < 1100
    host.evaluate("n => { n.style.width = '320px'; }")
    page.wait_for_function("n => n.textContent.includes('scroll it sideways')", arg=hint.element_handle())
    left = "n => n.querySelector('tbody th').getBoundingClientRect().left"
    before = table.evaluate(left)
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("n => n.scrollLeft > 0", arg=table.element_handle())
    assert abs(table.evaluate(left) - before) < 1, "the label of a row stays in view"
    host.evaluate("n => { n.style.width = ''; }")


def test_nothing_sticks_out_on_a_phone(page: Page):
    for part in (form(page, 0), form(page, 1), page.locator(".ce-card")):
        host = part.locator("xpath=..")
        host.evaluate("n => { n.style.width = '320px'; }")
        boxes = part.locator(".ce-table").evaluate_all("nodes => nodes.every((n) => n.scrollWidth > n.clientWidth)")
        assert boxes
        part.locator(".ce-table").evaluate_all("nodes => nodes.forEach((n) => { n.hidden = true; })")
        assert part.evaluate(OUTSIDE) == []
        part.locator(".ce-table").evaluate_all("nodes => nodes.forEach((n) => { n.hidden = false; })")
        host.evaluate("n => { n.style.width = ''; }")


def test_both_are_there_after_a_reload(page: Page):
    labs.restart(page)
    labs.run_all(page)
    page.locator(FORMS).nth(1).wait_for()
    says(form(page, 0), "What you said speaks most for the CPC.")
    assert form(page, 0).get_by_label("Which records interest you more?").input_value() == "outpatient"
    made = plan.make(plan.Wish("CCS", dt.date(2027, 1, 4), 20))
    says(form(page, 1), plan_form.sentence(made))
    assert form(page, 1).get_by_label("Start", exact=True).input_value() == "2027-01-04"
