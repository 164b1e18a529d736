"""Every kind of card in a real JupyterLab: keys, mouse, keyboard, reading order, accessibility, widths, coming back.

One page and one kernel for the whole file; the tests follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course.cards.widget import STYLES
from course.codesets.cpt import em
from tests.browser import drive
from tests.browser import lab as labs
from tests.browser.conftest import COLORS
from tests.browser.drive import card, feedback
from tests.browser.lab import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOCUSABLE = "button, input, select, a[href], [tabindex]:not([tabindex='-1'])"


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    one = labs.open_notebook(chromium, lab, "gallery.ipynb")
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cc-card").nth(len(KINDS)).wait_for()
    yield one
    one.close()
    assert not faults, faults


def test_the_live_card_is_shown_and_not_its_static_form(page: Page):
    assert page.locator(".cc-card").count() == len(KINDS) + 1
    assert page.locator(".course-static").count() == 0
    sheets = page.locator("style[id^=course-]").evaluate_all("nodes => nodes.map((n) => n.id)")
    assert sheets == [f"course-{name}" for name in STYLES], "each once, in this order"


@pytest.mark.parametrize("kind", KINDS)
def test_keys_leave_the_cells_as_they_were(page: Page, kind: str):
    one = card(page, kind)
    before = labs.cells(page)
    bare = "nodes => nodes.filter((n) => n.checkVisibility() && n.dataset.lmSuppressShortcuts !== 'true')"
    assert one.locator(FOCUSABLE).evaluate_all(f"{bare}.map((n) => n.outerHTML)") == []
    tried = set()
    for control in one.locator(FOCUSABLE).all():
        make = control.evaluate("n => n.checkVisibility() ? n.tagName + n.type + n.className : ''")
        if not make or make in tried:  # keys are sent to one control of each make
            continue
        tried.add(make)
        control.focus()
        for key in ("x", "b", "m", "d", "d", "ArrowDown"):
            page.keyboard.press(key)
        assert one.evaluate("node => node.contains(document.activeElement)")
    assert labs.cells(page) == before
    page.keyboard.press("Escape")


@pytest.mark.parametrize("kind", KINDS)
def test_roles_and_names(page: Page, kind: str):
    one = card(page, kind)
    group = one.locator("fieldset").first
    assert one.locator("fieldset").count() == {"path": 5, "table": 2}.get(kind, 1), "one for each step"
    assert all((legend.text_content() or "").strip() for legend in one.locator("legend").all())
    assert one.get_by_role("group", name=group.locator(".cc-ask").first.text_content()).count() == 1
    assert one.get_by_role("heading", level=3).count() == 1
    unnamed = one.evaluate(
        "(node, what) => [...node.querySelectorAll(what)].filter((n) => n.checkVisibility() && !("
        "n.getAttribute('aria-label') || (n.labels && n.labels.length) || n.getAttribute('aria-labelledby') "
        "|| n.textContent.trim())).map((n) => n.outerHTML)",
        FOCUSABLE,
    )
    assert unnamed == []
    if kind == "single":
        assert len({radio.get_attribute("name") for radio in one.get_by_role("radio").all()}) == 1
    if kind in ("code", "matching"):
        assert one.get_by_role("combobox").first.is_visible()
    regions = one.get_by_role("status").all()
    assert len(regions) == 2 and feedback(one).count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_answered_by_mouse_then_right_by_keyboard(page: Page, kind: str):
    one = card(page, kind)
    feedback(one).evaluate("node => { node.sameNode = true; }")
    outcome = drive.answer_wrong(one, kind)
    assert one.locator(".cc-msg").first.is_visible()
    assert "Saved" in one.locator(".cc-saved").inner_text()
    labs.screenshot(page, f"card-{kind}-{outcome}", one)

    one.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Enter")
    drive.wait_for_blank(one)
    drive.answer_right(page, one, kind)
    drive.wait_for(one, "correct")
    assert feedback(one).evaluate("node => node.sameNode"), "the live region was replaced"
    assert one.locator(".cc-explain").first.inner_text().startswith("Why")
    assert "checked 22 Nov 2026" in one.locator(".cc-sources").first.inner_text()
    assert one.evaluate("node => node.contains(document.activeElement)"), "the focus was lost"
    labs.screenshot(page, f"card-{kind}-correct", one)


def test_a_path_unfolds_and_shows_where_it_left_the_road(page: Page):
    one = card(page, "path")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    steps = one.locator(".cc-path-step")
    assert [steps.nth(n).locator("input").first.is_visible() for n in range(4)] == [True, False, False, False]
    one.get_by_role("radio", name="Wrist").click()
    assert steps.nth(1).locator("input").first.is_visible() and not steps.nth(2).locator("input").first.is_visible()
    one.get_by_role("radio", name="wrist", exact=True).nth(-1).click()
    one.get_by_role("radio", name="S62.10-").click()
    one.get_by_role("combobox").fill("S62.101A")
    drive.check(one).click()
    drive.wait_for(one, "incorrect")
    assert [step.get_attribute("data-mark") for step in steps.all()] == ["wrong", "note", "note", "note"]
    assert one.get_by_text("Here the path leaves the road.").filter(visible=True).count() >= 1
    labs.screenshot(page, "card-path-off-the-road", one)
    one.get_by_role("radio", name="Fracture, traumatic").click()
    assert one.get_by_role("combobox").input_value() == "S62.101A", "mending a step must not lose the later answers"
    drive.check(one).click()
    drive.wait_for(one, "partly")
    assert [step.get_attribute("data-mark") for step in steps.all()] == ["right", "wrong", "note", "note"]
    heard = feedback(one).text_content() or ""
    assert "Here the path leaves the road." in heard and "Fits." not in heard, (
        "a bare word is not read out without its step"
    )
    one.get_by_role("combobox").fill("buckle wrist")
    assert "BUCKLE" not in one.locator(".cc-trail").inner_text(), "words that are searched for are no step of the path"
    one.get_by_role("combobox").fill("S62.101A")
    assert "S62.101A" in one.locator(".cc-trail").inner_text()
    drive.check(one).click()
    drive.wait_for(one, "partly")


def test_the_chart_stays_in_sight_beside_a_long_answer(page: Page):
    one = card(page, "path")
    chart = one.locator(".cc-chart")
    page.set_viewport_size({"width": 1280, "height": 600})
    try:
        one.get_by_role("combobox").scroll_into_view_if_needed()
        one.get_by_role("combobox").evaluate("node => node.scrollIntoView({ block: 'end' })")
        page.wait_for_timeout(100)
        assert chart.evaluate(
            "n => { const b = n.getBoundingClientRect();"
            " return n.contains(document.elementFromPoint(b.x + 9, b.y + 9)); }"
        )
        labs.screenshot(page, "card-path-chart-in-sight")
    finally:
        page.set_viewport_size({"width": 1280, "height": 1000})


def chosen_cell(page: Page) -> str | None:
    """Label of the cell that has the focus and is chosen."""
    return page.evaluate(
        "() => { const n = document.activeElement; return n.checked && n.type === 'radio' ? n.ariaLabel : null; }"
    )


def test_arrow_keys_go_through_a_table_as_the_eye_does(page: Page):
    one = card(page, "table")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    page.keyboard.press("Space")
    walk = {
        "ArrowDown": "C50.0-, breast, nipple, Malignant primary",
        "ArrowRight": "C79.81, breast, nipple, Malignant secondary",
        "End": "D49.3, breast, nipple, Unspecified behavior",
        "ArrowUp": "D49.3, breast, Unspecified behavior",
        "Home": "C50.9-, breast, Malignant primary",
    }
    for key, label in walk.items():
        page.keyboard.press(key)
        assert chosen_cell(page) == label, key
    for key in ("ArrowUp", "ArrowLeft"):  # at the edge nothing moves
        page.keyboard.press(key)
        assert chosen_cell(page) == walk["Home"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # past the row that offers nothing in this column
    assert chosen_cell(page) == "C79.2, breast, skin, Malignant secondary"
    for _ in range(4):  # past the last row to the offer below the table, and back into the same column
        page.keyboard.press("ArrowDown")
    assert (chosen_cell(page) or "").startswith("No cell of this table")
    page.keyboard.press("ArrowUp")
    assert chosen_cell(page) == "C78.0-, lung, Malignant secondary"
    assert one.locator("table").get_by_role("rowheader").count() == 8
    assert one.locator("table").get_by_role("columnheader").count() == 6
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "combobox", "the grid is one tab stop"


def test_a_wrong_cell_is_marked_at_its_row_and_its_column(page: Page):
    one = card(page, "table")
    one.get_by_label("C79.81, breast, upper-outer quadrant, Malignant secondary").click()
    drive.check(one).click()
    drive.wait_for(one, "partly")
    marked = one.locator(".cc-head-mark:not(:empty)")
    assert sorted(mark.get_attribute("data-mark") or "" for mark in marked.all()) == ["right", "wrong"]
    assert one.locator("th", has=page.locator("[data-mark='wrong']")).inner_text().startswith("Malignant")
    assert one.locator(".cc-msg", has_text="Nothing has spread here.").count() == 1
    one.get_by_label("C50.4-, breast, upper-outer quadrant, Malignant primary").click()
    assert one.locator(".cc-head-mark:not(:empty)").count() == 0, "marks of an older answer must not stay"


def test_a_table_wider_than_the_card_scrolls_by_keyboard_and_keeps_its_rows_in_sight(page: Page, axe: Any):
    one = card(page, "table")
    region = one.get_by_role("group", name="Neoplasm Table, excerpt")
    assert region.get_attribute("tabindex") is None
    page.set_viewport_size({"width": 410, "height": 1000})
    try:
        one.locator(".cc-table-region[tabindex='0'][data-lm-suppress-shortcuts]").wait_for()
        one.get_by_label("C50.9-, breast, Malignant primary").focus()
        page.keyboard.press("End")
        cell = one.get_by_label("D49.3, breast, Unspecified behavior").bounding_box()
        head = one.locator(".cc-row").first.bounding_box()
        edge = region.bounding_box()
        assert cell["x"] >= head["x"] + head["width"] - 1 and cell["x"] + cell["width"] <= edge["x"] + edge["width"] + 1
        assert abs(head["x"] - edge["x"]) <= 2, "the terms stay at the left edge"
        page.keyboard.press("Home")
        cell = one.get_by_label("C50.9-, breast, Malignant primary").bounding_box()
        assert cell["x"] >= head["x"] + head["width"] - 1, "a chosen cell is not hidden below the terms"
        labs.screenshot(page, "card-table-320", one)
        assert axe(page, one) == ""
        drive.check(one).click()
        drive.wait_for(one, "partly")
    finally:
        page.set_viewport_size({"width": 1280, "height": 1000})


def test_a_locked_card_keeps_its_answer(page: Page):
    one = card(page, "single")
    before = drive.values(one)
    one.get_by_role("radio").first.click(force=True)
    one.get_by_role("radio").nth(1).focus()
    page.keyboard.press("ArrowDown")
    assert drive.values(one) == before


def test_words_are_marked_by_mouse_and_finger(page: Page):
    one = card(page, "highlight")
    assert "Clear" not in one.locator(".cc-marked-line").inner_text(), "a right answer is locked"
    drive.word(one, "fell").click(force=True)
    assert "fell" not in drive.marked(one)
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    drive.drag(one, "XR", "distal")
    assert drive.marked(one) == ["XR", "Right", "wrist:", "buckle", "fracture", "of", "the", "distal"]
    drive.drag(one, "fracture", "wrist")
    assert drive.marked(one) == ["XR", "Right", "of", "the", "distal"], "dragging from a marked word takes marks away"
    drive.word(one, "XR").click()
    drive.word(one, "CC").click()
    assert drive.marked(one) == ["CC:", "Right", "of", "the", "distal"]
    assert "5 words marked" in one.inner_text()
    one.get_by_role("button", name="Clear marks").click()
    assert drive.marked(one) == [] and "No words marked" in one.inner_text()
    one.get_by_role("button", name="Undo clear").click()
    assert len(drive.marked(one)) == 5
    assert page.evaluate("() => String(getSelection())") == ""

    for end, marks in (("pointercancel", 5), ("pointerup", 6)):  # a finger that scrolls, a finger that marks
        for kind, text in (("pointerdown", "PLAN"), ("pointermove", "PLAN"), (end, "PLAN")):
            box = drive.word(one, text).bounding_box()
            at = {"clientX": box["x"] + 4, "clientY": box["y"] + 4}
            drive.word(one, text).dispatch_event(
                kind, {"pointerType": "touch", "pointerId": 7, "isPrimary": True, "bubbles": True, **at}
            )
        assert len(drive.marked(one)) == marks
    drive.word(one, "splint").evaluate("node => node.click()")  # as a screen reader does
    assert len(drive.marked(one)) == 7


def test_words_are_marked_with_keys(page: Page):
    one = card(page, "highlight")
    one.get_by_role("button", name="Clear marks").click()
    words = one.locator(".cc-word")
    assert one.locator(".cc-word[tabindex='0']").count() == 1, "the note is one stop of the Tab key"
    drive.word(one, "XR").focus()
    for key, at in (
        ("ArrowRight", "Right"), ("End", "radius."), ("ArrowDown", "week"), ("Home", "PLAN"), ("ArrowUp", "XR"),
        ("ArrowUp", "CC:"), ("ArrowLeft", "CC:"), ("Control+End", "week"), ("ArrowDown", "week"),
        ("Control+Home", "CC:"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate("() => document.activeElement.textContent") == at, key
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert drive.marked(one) == ["CC:", "fell"] and drive.values(one)[:3] == ["true", "true", "false"]
    for key, count in (("Shift+ArrowRight", 3), ("Shift+ArrowRight", 4), ("Shift+ArrowLeft", 3), ("ArrowLeft", 3)):
        page.keyboard.press(key)
        assert len(drive.marked(one)) == count, "Shift with an arrow marks on the way, and back takes away"
    page.keyboard.press("Shift+End")
    assert len(drive.marked(one)) == 15
    assert words.evaluate_all("nodes => nodes.every((n) => n.dataset.lmSuppressShortcuts === 'true')")
    assert "15 words marked" in one.get_by_role("status").last.inner_text()


def test_each_judged_word_says_so_without_color(page: Page):
    one = card(page, "highlight")
    one.get_by_role("button", name="Clear marks").click()
    for text in ("fell", "Right", "wrist", "buckle", "splint"):
        drive.word(one, text).click()
    drive.check(one).click()
    drive.wait_for(one, "partly", "incorrect")
    told = {
        text: drive.word(one, text).evaluate(
            "n => [n.dataset.mark, getComputedStyle(n).textDecorationStyle,"
            " document.getElementById(n.getAttribute('aria-describedby')).textContent]"
        )
        for text in ("fell", "wrist", "buckle", "splint")
    }
    assert [mark for mark, *_ in told.values()] == ["wrong", "right", "missing", "extra"]
    assert len({style for _, style, _ in told.values()}) == 4
    said = {"fell": "How it happened", "wrist": "which arm", "buckle": "longer", "splint": "not change the code"}
    assert all(sentence in told[text][2] for text, sentence in said.items())
    assert one.locator(".cc-word .cc-icon").count() == 4, "one for each run of words"
    assert "One more phrase decides." in feedback(one).inner_text()
    drive.word(one, "fell").click()
    assert drive.word(one, "fell").get_attribute("data-mark") is None and one.locator(".cc-stale-word").is_visible()
    drive.check(one).click()
    one.locator(".cc-stale-word").wait_for(state="hidden")
    drive.wait_for(one, "partly")


def test_the_claim_line_fills_as_modifiers_are_ticked(page: Page):
    one = card(page, "modifier")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    short, boxes = one.locator(".cc-claim-short"), one.locator(".cc-claim-places .cc-claim-box")
    tick = {
        name: one.get_by_role("checkbox", name=re.compile(f"^{name}\\b"))
        for name in ("LT", "26", "76", "50", "91", "No modifier")
    }
    assert short.inner_text() == "71046" and boxes.count() == 4
    for name in ("LT", "76", "26"):
        tick[name].check()
    assert short.inner_text() == "71046-26-76-LT", "what changes the payment first, the side last"
    assert one.get_by_role("status").last.inner_text() == "The line is 71046 26 76 LT."
    tick["50"].check()
    assert not one.locator(".cc-claim-full").is_visible()
    tick["91"].check()
    assert "4 places for modifiers; 5 are ticked" in one.locator(".cc-claim-full").inner_text()
    tick["No modifier"].check()
    assert short.inner_text() == "71046" and [tick[name].is_checked() for name in tick] == [False] * 5 + [True]
    assert "taken away" in one.get_by_role("status").last.inner_text()
    drive.check(one).click()
    drive.wait_for(one, "incorrect")
    assert "look at who owns the machine" in feedback(one).inner_text()
    tick["26"].check()
    assert not tick["No modifier"].is_checked() and short.inner_text() == "71046-26"
    tick["50"].check()
    drive.check(one).click()
    judged = one.locator(".cc-mod[data-mark='wrong']")  # another box may still carry its mark
    judged.filter(has=page.get_by_role("checkbox", name=re.compile("^50"))).wait_for()
    told = tick["50"].evaluate(
        "n => n.getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id)?.textContent).join(' ')"
    )
    assert "shows both sides anyway" in told and "bilateral indicator 0" in told
    assert one.locator(".cc-mod .cc-icon").count() == 2, "each judged box says so without color"
    labs.screenshot(page, "card-modifier-told", one)


def test_the_table_of_levels_fills_as_boxes_are_ticked(page: Page, axe: Any):
    one = card(page, "em")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    rows = {name: one.get_by_role("row", name=name) for name in ("High", "Moderate", "Low", "Straight")}
    result = one.locator(".cc-em-result")
    tick = {
        name: one.get_by_role("checkbox", name=drive.element(name))
        for name in (
            "stable-chronic",
            "independent-interpretation",
            "external-discussion",
            "prescription-drug",
            "threat-to-life",
        )
    }
    assert one.locator("tr[data-here]").count() == 0 and "needed for a level" in result.inner_text()
    how_many = one.get_by_label(f"How many: {drive.element('stable-chronic')}")
    assert not how_many.is_visible()
    tick["stable-chronic"].check()
    tick["prescription-drug"].check()
    assert "reach low: 99213." in result.inner_text() and one.locator("tr[data-here]").inner_text().startswith("Low")
    how_many.select_option("2")
    assert "reach moderate: 99214." in result.inner_text()
    assert rows["Moderate"].locator(".cc-em-count").inner_text() == "2" and rows["Moderate"].locator("svg").count() == 1
    assert rows["Moderate"].locator("[data-full]").count() == 2 and rows["High"].locator("[data-full]").count() == 0
    one.locator(".cc-sr[role=status]", has_text="Two of three reach moderate").wait_for(state="attached")
    one.get_by_label("Minutes that count").fill("45 min")
    assert "45 minutes lead to 99215. The provider may choose; the higher one is 99215." in result.inner_text()
    one.get_by_label("Minutes that count").fill("")
    for name in ("independent-interpretation", "external-discussion", "threat-to-life"):
        tick[name].check()
    assert "reach high: 99215." in result.inner_text() and rows["High"].locator(".cc-em-count").inner_text() == "2"
    one.get_by_role("combobox", name="Code").select_option("99215")
    drive.check(one).click()
    drive.wait_for(one, "partly", "incorrect")
    assert one.locator(".cc-em-row[data-mark='wrong']").count() == 3
    told = tick["external-discussion"].evaluate(
        "n => document.getElementById(n.getAttribute('aria-describedby')).textContent"
    )
    assert (
        em.elements()["external-discussion"].why in told
        and "It follows from your ticks" in feedback(one).text_content() + one.inner_text()
    )
    tick["external-discussion"].uncheck()
    assert one.locator(".cc-em-row[data-mark='wrong']").count() == 2, "what was said of an older answer must not stay"
    page.set_viewport_size({"width": 410, "height": 1000})
    try:
        page.wait_for_timeout(150)
        labs.screenshot(page, "card-em-320", one)
        assert axe(page, one) == ""
        drive.check(one).click()
        one.locator(".cc-stale-word").wait_for(state="hidden")
    finally:
        page.set_viewport_size({"width": 1280, "height": 1000})


def test_service_lines_are_added_and_taken_away(page: Page, axe: Any):
    one = card(page, "service")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    code = one.get_by_role("combobox", name="Code")
    assert code.count() == 1 and one.get_by_role("button", name=re.compile("^Remove")).count() == 0
    code.press_sequentially("shoulder joint")
    one.locator(".cc-hits-none, .cc-hit").first.wait_for()
    code.fill("")
    code.press_sequentially("j3301")
    one.get_by_role("option", name=re.compile("Kenalog")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert code.input_value() == "J3301" and feedback(one).inner_text() == "", "picking a code must not check"
    assert "triamcinolone" in one.locator(".cc-code-title").inner_text()
    one.get_by_role("button", name="Add another line").click()
    assert page.evaluate("() => document.activeElement.ariaLabel") == "Code, line 2 of 2"
    page.keyboard.type("99214-25")
    one.get_by_label("Units, line 1 of 2").fill("1")
    one.get_by_role("button", name="Add another line").click()
    page.keyboard.type("20610-50")
    drive.check(one).click()
    drive.wait_for(one, "partly")
    rows = one.locator(".cc-line")
    told = [row.locator(".cc-msg").all_inner_texts() for row in rows.all()]
    assert "One unit is 10 mg" in " ".join(told[0]) and "low" in " ".join(told[1]) and "history" in " ".join(told[2])
    assert not one.get_by_text("99213").count(), "what is right is not named"
    described = (
        rows.nth(1)
        .locator("input")
        .first.evaluate("n => document.getElementById(n.getAttribute('aria-describedby')).textContent")
    )
    assert "The note calls the decision making low." in described
    labs.screenshot(page, "card-service-told", one)
    page.set_viewport_size({"width": 410, "height": 1000})
    try:
        labs.screenshot(page, "card-service-320", one)
        assert axe(page, one) == ""
    finally:
        page.set_viewport_size({"width": 1280, "height": 1000})
    labs.theme(page, "JupyterLab Dark")
    labs.screenshot(page, "card-service-dark", one)
    labs.theme(page, "JupyterLab Light")
    one.get_by_role("button", name="Remove line 2, 99214-25").click()
    assert page.evaluate("() => document.activeElement.ariaLabel") == "Code, line 2 of 2"
    assert one.get_by_label("Code, line 2 of 2").input_value() == "20610-50"
    assert one.get_by_role("status").last.inner_text() == "Line 2 removed"
    assert one.locator(".cc-stale-word").is_visible()
    drive.check(one).click()
    one.locator(".cc-stale-word").wait_for(state="hidden")
    drive.wait_for(one, "partly")


def test_hints_grow_and_the_solution_is_shown_once(page: Page):
    one = card(page, "matching")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    for n in (1, 2):
        one.get_by_role("button", name=f"Hint {n} of 2").click()
        one.locator(".cc-hint").nth(n - 1).wait_for()
    assert one.get_by_role("button", name="No more hints").get_attribute("aria-disabled") == "true"
    solution = one.get_by_role("button", name="Solution")
    solution.click()
    one.locator(".cc-solution").get_by_text("the episode of care").wait_for()
    assert solution.get_attribute("aria-disabled") == "true"
    labs.screenshot(page, "card-matching-solution", one)


def test_looking_up_a_code(page: Page):
    one = card(page, "code")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    field = one.get_by_role("combobox").first
    field.press_sequentially("heart failure")
    options = one.get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert options.first.get_attribute("id") == active and options.first.get_attribute("aria-selected") == "true"
    labs.screenshot(page, "card-code-lookup")
    first = one.locator(".cc-hit-code").first.inner_text()
    page.keyboard.press("Enter")
    assert field.input_value() == first and field.get_attribute("aria-expanded") == "false"
    assert feedback(one).inner_text() == "", "picking a code must not check"
    field.fill("")
    field.press_sequentially("fracture")
    options.first.wait_for()
    page.keyboard.press("Escape")
    options.first.wait_for(state="hidden")
    assert field.input_value() == "fracture"
    field.press_sequentially("zzzzqq")
    one.locator(".cc-hits-none", has_text="Nothing found").wait_for()
    page.keyboard.press("Escape")


def test_blank_is_never_wrong(page: Page):
    one = card(page, "number")
    one.get_by_role("button", name="Try again").click()
    drive.wait_for_blank(one)
    drive.check(one).click()
    drive.wait_for(one, "not_attempted")
    one.get_by_label("Your answer").fill("many")
    page.keyboard.press("Enter")
    one.locator(".cc-invalid").wait_for()
    one.get_by_label("Your answer").fill("6")
    drive.check(one).click()
    drive.wait_for(one, "incorrect")


def test_a_fault_of_ours_is_told_in_plain_words(page: Page):
    one = page.locator(".cc-card").nth(len(KINDS))
    one.scroll_into_view_if_needed()
    one.get_by_label("Your answer").fill("7")
    drive.check(one).click()
    trouble = one.get_by_role("alert")
    trouble.get_by_text("The course could not check this answer").wait_for()
    assert "Traceback" not in trouble.inner_text()
    assert one.get_by_label("Your answer").input_value() == "7"


def test_axe_finds_nothing(page: Page, axe: Any):
    assert axe(page, ".cc-card") == ""
    labs.screenshot(page, "gallery-light")
    labs.theme(page, "JupyterLab Dark")
    try:
        report = axe(page, ".cc-card", COLORS)
        labs.screenshot(page, "gallery-dark")
    finally:
        labs.theme(page, "JupyterLab Light")
    assert report == ""


OVERFLOW = """(card) => {
  const edge = card.getBoundingClientRect();
  const out = (r) => r.width && (r.right > edge.right + 1 || r.left < edge.left - 1);
  return [...card.querySelectorAll('*')]
    .filter((n) => n.checkVisibility() && !n.closest('.cc-sr, [popover], svg, .cc-table'))
    .filter((n) => out(n.getBoundingClientRect()))
    .map((n) => n.className + ' ' + n.textContent.slice(0, 40));
}"""
MEASURE = """(card) => {
  const pen = document.createElement('canvas').getContext('2d');
  const zeros = (n) => {
    const { fontSize, fontFamily } = getComputedStyle(n);
    pen.font = `${fontSize} ${fontFamily}`;
    return n.getBoundingClientRect().width / pen.measureText('0').width;
  };
  const prose = '.cc-prose > *, .cc-ask, .cc-option-text, .cc-msg p, .cc-objective, .cc-chart-text, .cc-sources li';
  return Math.max(0, ...[...card.querySelectorAll(prose)].map(zeros));
}"""


WIDTHS = {"320 px": (410, 1), "200 % zoom": (640, 1), "very wide": (2600, 1), "large text": (640, 2)}


@pytest.mark.parametrize(("width", "scale"), WIDTHS.values(), ids=WIDTHS)
def test_nothing_overflows_at_any_width(page: Page, width: int, scale: int):
    """A viewport of 410 px leaves a card less than 320; one of 640 is what 1,280 at 200 % zoom leaves."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.evaluate("(px) => document.body.style.setProperty('--jp-content-font-size1', px)", f"{14 * scale}px")
    page.wait_for_timeout(150)
    try:
        if width == 410:
            assert page.locator(".cc-card").first.bounding_box()["width"] <= 320
        labs.screenshot(page, f"gallery-{width}-{scale}")
        for one in page.locator(".cc-card").all():
            one.scroll_into_view_if_needed()
            assert one.evaluate(OVERFLOW) == []
            assert one.evaluate(MEASURE) <= 75
    finally:
        page.evaluate("() => document.body.style.removeProperty('--jp-content-font-size1')")
        page.set_viewport_size({"width": 1280, "height": 1000})


def test_high_contrast_and_print_keep_what_matters(page: Page):
    one = card(page, "sorting")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    labs.screenshot(page, "card-sorting-forced-colors", one)
    assert one.locator(".cc-msg .cc-icon svg").first.is_visible()
    page.emulate_media(forced_colors="none", reduced_motion="no-preference", media="print")
    assert not one.locator(".cc-actions").is_visible() and one.locator(".cc-ask").is_visible()
    page.emulate_media(media="screen")


def test_a_new_kernel_shows_what_was_answered(page: Page):
    """Close, come back, run all: the answers, checked or not, stand there again.

    A verdict comes back with the answer it judged; one that was changed after its check comes back unjudged.
    """
    field = card(page, "code").get_by_role("combobox").first
    field.fill("I10")
    card(page, "modifier").get_by_role("checkbox", name=re.compile(r"^59\b")).check()
    page.wait_for_timeout(900)  # a draft is sent 600 ms after the last key
    changed = {kind for kind in KINDS if card(page, kind).locator("[data-stale]").count()}
    assert "modifier" in changed and "service" not in changed
    outcomes = {kind: card(page, kind).get_attribute("data-outcome") for kind in KINDS}
    answers = {kind: drive.values(card(page, kind)) for kind in KINDS}
    page.evaluate("() => sessionStorage.clear()")
    page.reload()
    page.wait_for_function(labs.READY)
    labs.restart(page)
    labs.run_all(page)
    page.locator(".cc-card").nth(len(KINDS)).wait_for()
    assert {kind: drive.values(card(page, kind)) for kind in KINDS} == answers
    assert {kind: card(page, kind).get_attribute("data-outcome") for kind in KINDS} == {
        kind: "" if kind in changed else outcome for kind, outcome in outcomes.items()
    }
    assert outcomes["single"] == "correct" and outcomes["number"] == "incorrect"


def test_a_busy_kernel_is_shown_and_then_answers(page: Page):
    one = card(page, "number")
    one.get_by_label("Your answer").fill("5")
    page.evaluate(
        "() => { jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({ code: 'import time; time.sleep(2.5)' }); }"
    )
    drive.check(one).click()
    page.locator(".cc-card[data-busy]").wait_for()
    assert one.get_attribute("aria-busy") == "true"
    page.locator(".cc-card[data-busy]").wait_for(state="detached")
    drive.wait_for(one, "incorrect")
    assert one.get_by_role("alert").inner_text() == ""


def test_a_dead_kernel_is_named_and_the_answer_stays(page: Page):
    one = card(page, "number")
    one.get_by_label("Your answer").fill("7")
    labs.restart(page)
    drive.check(one).click()
    one.get_by_role("alert").get_by_text("The kernel is not answering").wait_for(timeout=12_000)
    assert one.get_by_label("Your answer").input_value() == "7"
    labs.run_all(page)
    again = card(page, "number")
    again.wait_for()
    assert again.get_by_label("Your answer").input_value() == "7", "what was typed is lost"
