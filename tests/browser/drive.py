"""How a learner answers a card of each kind: wrong by mouse, right by keyboard alone. Items: fixtures/gallery.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.codesets.cpt import em
from tests.browser.lab import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

#: Text of the steps of the item ``ordering``, in the right order.
STEPS = ("Read the whole note", "Pick out", "Find its main term", "Check the code")


def element(name: str) -> str:
    """What an element of the E/M leveler is called on a card: its words are data and may change."""
    return em.elements()[name].words


def card(page: Page, kind: str) -> Locator:
    """The card of a kind in the gallery, on screen: JupyterLab does not lay out cells that are far away."""
    one = page.locator(".cc-card").nth(KINDS.index(kind))
    one.scroll_into_view_if_needed()
    return one


def feedback(one: Locator) -> Locator:
    """The live region of a card."""
    return one.get_by_role("status", name="Feedback")


def check(one: Locator) -> Locator:
    """The button Check."""
    return one.get_by_role("button", name="Check", exact=True)


def wait_for(one: Locator, *outcomes: str) -> str:
    """Until the card shows one of the outcomes, and its feedback has words. Returns the outcome."""
    one.page.wait_for_function(
        "([node, outcomes]) => outcomes.includes(node.dataset.outcome)", arg=[one.element_handle(), list(outcomes)]
    )
    assert feedback(one).inner_text().strip()
    return str(one.get_attribute("data-outcome"))


def wait_for_blank(one: Locator) -> None:
    """Until the card is clear again and the focus is in its first control."""
    one.page.wait_for_function(
        "(node) => !node.dataset.outcome && node.querySelector('fieldset').contains(document.activeElement)",
        arg=one.element_handle(),
    )


def answer_wrong(one: Locator, kind: str) -> str:
    """By mouse; waits for the feedback and returns the outcome."""
    if kind == "single":
        one.get_by_text("because a first visit needs none").click()
    elif kind == "multiple":
        one.get_by_text("acute suppurative").click()
    elif kind == "number":
        one.get_by_label("Your answer").fill("6")
    elif kind == "code":
        one.get_by_role("combobox").first.fill("I50.9")
    elif kind == "matching":
        for select in one.get_by_role("combobox").all():
            select.select_option(label="the payer")
    elif kind == "ordering":
        one.get_by_role("button", name="Move down: Read").click()
    elif kind == "path":
        for words in ("Fracture, traumatic", "radius → shaft", "S52.30-"):
            one.get_by_text(words).first.click()
        one.get_by_role("combobox").fill("S52.301A")
    elif kind == "table":
        one.get_by_text("C79.81").last.click()
        one.get_by_role("combobox").fill("C50.412")
    elif kind == "highlight":
        drag(one, "follow", "week")
        for text in ("mother's", "buckle", "splint"):
            word(one, text).click()
    elif kind == "service":
        for name, text in (("Code", "20610-50"), ("Modifiers", ""), ("Units", "")):
            one.get_by_label(name, exact=True).fill(text)
    elif kind == "em":
        for name in ("chronic-exacerbation", "independent-interpretation", "external-note"):
            one.get_by_text(element(name), exact=True).click()
        one.get_by_label("Minutes that count").fill("9")
        one.get_by_role("combobox", name="Code").select_option("99215")
    elif kind == "audit":
        sheet = one.locator(".cc-audit-sheet").first
        for select, label in zip(sheet.get_by_role("combobox").all(), ("Agree", "Overcoded", "Units"), strict=True):
            finding(select, label)
        sheet.get_by_text("Yes", exact=True).click()
        one.get_by_role("button", name="Go on to the rates").first.click()
        one.get_by_label("Line accuracy").fill("33.3")
    elif kind == "modifier":
        for modifier in ("26", "77"):  # a chip shows the modifier in a box of its own, and the words that may change
            one.locator(".cc-mod-code").get_by_text(modifier, exact=True).click()
    else:
        for group in one.get_by_role("radiogroup").all():
            group.get_by_text("Heading", exact=True).click()
    check(one).click()
    return wait_for(one, "incorrect", "partly")


def answer_right(page: Page, one: Locator, kind: str) -> None:
    """With keys alone; the focus is on the first control of the blank card."""
    press, write = page.keyboard.press, page.keyboard.type
    if kind == "single":
        press("Space")
        press("ArrowDown")
        press("Enter")
    elif kind == "multiple":
        for key in ("Space", "Tab", "Tab", "Space", "Enter"):
            press(key)
    elif kind == "number":
        write("7")
        press("Enter")
    elif kind == "code":
        write("I13.0")
        press("Tab")  # to "Add another code"; a single field has nothing to remove
        for code in ("i50.22", "N1832"):
            press("Enter")
            write(code)
            press("Tab")
            press("Tab")
        press("Shift+Tab")
        press("Shift+Tab")
        press("Enter")
    elif kind == "matching":
        for words in ("the c", "the s", "the e"):
            write(words)
            press("Tab")
        press("Enter")
    elif kind == "ordering":
        for place, step in enumerate(STEPS):
            one.get_by_role("button", name=f"Move up: {step}").focus()
            while not one.locator(".cc-step").nth(place).get_by_text(step).count():
                press("ArrowUp")
        check(one).focus()
        press("Space")
    elif kind == "table":
        press("Space")
        for key in ("ArrowDown",) * 5:
            press(key)
        press("Tab")
        write("c50411")
        press("Enter")
    elif kind == "path":
        for steps_down in (1, 1, 2):  # to the right option; each step opens when the one before is answered
            for _ in range(steps_down):
                press("ArrowDown")
            press("Tab")
        write("s52521a")
        press("Enter")
    elif kind == "highlight":
        for key in ("ArrowDown", "ArrowRight", *("Shift+ArrowRight",) * 7, "Tab", "Tab", "Enter"):
            press(key)
    elif kind == "service":
        for n, line in enumerate((("99213", "25", ""), ("20610-rt", "", "1"), ("j3301", "jz", "4"))):
            for _ in range(n):  # past "Remove", which a single line does not have, to "Add another line"
                press("Tab")
            if n:
                press("Enter")
            for m, text in enumerate(line):
                if m:
                    press("Tab")
                write(text)
        press("Enter")
    elif kind == "em":
        for name in ("stable-chronic", "unique-result", "unique-test-ordered", "prescription-drug"):
            tab_to(page, element(name))
            press("Space")
            if name == "stable-chronic":
                press("Tab")
                write("2")
        tab_to(page, "Minutes")
        write("24")
        tab_to(page, "Code")
        write("99214")
        press("Tab")
        press("Enter")
    elif kind == "audit":
        for findings, missed in ((("agr", "mod", "uni"), "no"), (("agr", "not"), "yes"), (("agr",), "no")):
            for words in findings:
                write(words)
                press("Tab")
            press("Space" if missed == "yes" else "ArrowDown")
            tab_to_button(page, ("Next encounter", "Go on to the rates"))
            press("Enter")
            if findings != ("agr",):
                press("Tab")  # from the heading of the next encounter to its first line
        write("50.0")
        press("Tab")
        write("33.3 %")
        press("Enter")
    elif kind == "modifier":
        press("Space")
        for _ in range(4):  # 50, 51, 59, 76
            press("Tab")
        press("Space")
        press("Enter")
    else:
        for code in one.locator(".cc-pair-left").all_inner_texts():
            press("Space")
            if code.startswith("S52.52 "):
                press("ArrowRight")
            press("Tab")
        press("Enter")


def tab_to(page: Page, words: str) -> None:
    """With the Tab key to the control whose label begins with these words."""
    for _ in range(60):
        if page.evaluate("() => document.activeElement.labels?.[0]?.textContent ?? ''").startswith(words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no control {words!r} is reached by the Tab key")


def tab_to_button(page: Page, names: tuple[str, ...]) -> None:
    """With the Tab key to the button that says one of these words."""
    for _ in range(20):
        if page.evaluate("() => document.activeElement.textContent").strip() in names:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no button {names} is reached by the Tab key")


def finding(select: Locator, label: str) -> None:
    """Choose the finding that begins with a word."""
    found = select.locator("option").filter(has_text=f"{label}:").first.get_attribute("value")
    select.select_option(found)


def word(one: Locator, text: str) -> Locator:
    """A word of the note that is marked."""
    return one.get_by_role("checkbox", name=text).first


def drag(one: Locator, start: str, end: str) -> None:
    """With the mouse held down from one word to another."""
    mouse = one.page.mouse
    for n, text in enumerate((start, end)):
        box = word(one, text).bounding_box()
        assert box
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        if n == 0:
            mouse.down()
    mouse.up()


def marked(one: Locator) -> list[str]:
    """The words that are marked."""
    return list(one.locator(".cc-word[aria-checked=true]").all_inner_texts())


def values(one: Locator) -> list[str]:
    """What stands in the controls of a card."""
    return list(
        one.evaluate(
            "node => [...node.querySelectorAll('.cc-body input, .cc-body select, .cc-step-text, .cc-word')]"
            ".map((n) => n.type === 'radio' || n.type === 'checkbox' ? String(n.checked)"
            " : n.ariaChecked ?? n.value ?? n.textContent)"
        )
    )
