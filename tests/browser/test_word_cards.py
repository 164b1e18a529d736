"""Words built and taken apart in a real JupyterLab: by mouse, by keyboard alone, narrow, dark, axe, coming back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from course.cards import esm
from course.language import word_parts, words
from tests.browser import drive
from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe
from tests.browser.test_cards import FOCUSABLE, OVERFLOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CELLS = [f"# Exercise: {name}\nimport card_gallery as gallery; gallery.show({name!r})" for name in ("build", "apart")]
KEY = ["poly-", "arthr", "-algia"]


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "words.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "words.ipynb", width=1000)
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".cc-card").nth(1).wait_for()
    yield one
    one.close()
    assert not faults, faults


def fresh(page: Page, n: int) -> Locator:
    """The card, blank."""
    one = page.locator(".cc-card").nth(n)
    one.scroll_into_view_if_needed()
    if one.get_by_role("button", name="Try again").is_visible():
        one.get_by_role("button", name="Try again").click()
        drive.wait_for_blank(one)
    if n == 0 and one.locator(".cc-piece").count():
        one.get_by_role("button", name="Start over").click()
    return one


@pytest.fixture
def build(page: Page) -> Locator:
    return fresh(page, 0)


@pytest.fixture
def apart(page: Page) -> Locator:
    return fresh(page, 1)


def press(one: Locator, *tokens: str) -> None:
    for token in tokens:
        one.get_by_role("button", name=f"Add {token}", exact=True).click()


def row(one: Locator) -> list[str]:
    return [text.strip() for text in one.locator(".cc-piece-text").all_inner_texts()]


def word(one: Locator) -> str:
    return one.locator(".cc-word-live").inner_text()


def spoken(one: Locator) -> str:
    """What a screen reader has just been told."""
    return one.locator(".cc-sr[role=status]").text_content() or ""


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.ariaLabel || document.activeElement.textContent"))


def messages(one: Locator) -> str:
    return " ".join(one.locator(".cc-msg").all_inner_texts())


def test_the_card_spells_as_the_course_does(page: Page):
    source = esm.read("kinds/spell.js").replace("export ", "")
    found = page.evaluate(
        f"(rows) => {{ {source} return rows.map(spell); }}", [list(one.tokens) for one in words.words()]
    )
    assert found == [one.word for one in words.words()]
    assert page.evaluate(f"(row) => {{ {source} return spell(row); }}", ["fasci", "-itis"]) == "fasciitis"
    rows = [["fasci", "-itis"], [], *(list(one.tokens) for one in words.words())]
    told = page.evaluate(f"(rows) => {{ {source} return rows.map(met); }}", rows)
    assert told == [word_parts.met(row) for row in rows]


def test_a_word_grows_by_mouse(build: Locator):
    assert word(build) == "Press a part above to begin." and not build.locator(".cc-word-tools").is_visible()
    press(build, "peri-", "arthr", "o", "-algia")
    assert word(build) == "periarthroalgia" and spoken(build) == "Added -algia. Your word: periarthroalgia"
    drive.check(build).click()
    assert drive.wait_for(build, "incorrect", "partly") == "incorrect"
    assert "peri- means around. Find the prefix that says many." in messages(build)
    assert "Before -algia the o falls" in messages(build)
    assert [one.get_attribute("data-mark") for one in build.locator(".cc-piece").all()] == [
        "wrong", "right", "extra", "right",
    ]  # fmt: skip
    build.get_by_role("button", name="Take out: o, part 3 of 4").click()
    assert row(build) == ["peri-", "arthr", "-algia"] and spoken(build) == "Took out o. Your word: periarthralgia"
    assert build.locator("[data-stale]").count() == 1
    build.get_by_role("button", name="Undo").click()
    assert word(build) == "periarthroalgia" and spoken(build).startswith("Undone")
    for name in ("Take out: o, part 3 of 4", "Take out: peri-, part 1 of 3"):
        build.get_by_role("button", name=name).click()
    press(build, "poly-")
    assert word(build) == "arthralgiapoly"
    for place in (3, 2):
        build.get_by_role("button", name=f"Move left: poly-, part {place} of 3").click()
    assert row(build) == KEY
    drive.check(build).click()
    drive.wait_for(build, "correct")
    assert build.locator(".cc-headline").inner_text().startswith("Yes: polyarthralgia.")
    for name in ("Add o", "Take out: poly-, part 1 of 3", "Start over"):
        build.get_by_role("button", name=name, exact=True).dispatch_event("click")
    assert row(build) == KEY, "a right answer stays"


def test_a_word_grows_by_keyboard_alone(build: Locator, page: Page):
    cells = labs.cells(page)
    build.locator(".cc-token").first.focus()
    bare = "nodes => nodes.filter((n) => n.checkVisibility() && n.dataset.lmSuppressShortcuts !== 'true').length"
    for token in ("-algia", "arthr", "poly-"):
        while focused(page).removeprefix("Add ") != token:
            page.keyboard.press("Tab" if token == "-algia" else "Shift+Tab")
        page.keyboard.press("Enter" if token == "arthr" else "Space")
        assert focused(page).endswith(token), "the focus stays where it was"
    assert word(build) == "algiaarthrpoly" and build.locator(FOCUSABLE).evaluate_all(bare) == 0
    build.get_by_role("button", name="Move left: poly-, part 3 of 3").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert focused(page) == "Move left: poly-, part 1 of 3" and row(build) == ["poly-", "-algia", "arthr"]
    page.keyboard.press("ArrowLeft")  # at the end nothing moves
    build.get_by_role("button", name="Take out: -algia, part 2 of 3").focus()
    page.keyboard.press("Delete")
    assert focused(page) == "Take out: arthr, part 2 of 2" and spoken(build) == "Took out -algia. Your word: polyarthr"
    build.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    build.get_by_role("button", name="Take out: -algia, part 2 of 3").focus()
    page.keyboard.press("ArrowRight")
    assert row(build) == KEY
    for key in ("x", "b", "d", "d"):
        page.keyboard.press(key)
    assert labs.cells(page) == cells
    drive.check(build).focus()
    page.keyboard.press("Enter")
    drive.wait_for(build, "correct")


def test_no_more_parts_than_a_word_has(build: Locator):
    press(build, *["o"] * 12)
    assert build.get_by_role("button", name="Add o", exact=True).get_attribute("aria-disabled") == "true"
    build.get_by_role("button", name="Take out: o, part 12 of 12").click()
    assert len(row(build)) == 11 and build.get_by_role("button", name="Take out: o, part 11 of 11").is_visible()
    build.get_by_role("button", name="Start over").click()
    assert row(build) == [] and word(build).startswith("Press a part")
    build.get_by_role("button", name="Undo").click()
    assert len(row(build)) == 11
    build.get_by_role("button", name="Start over").click()


def test_two_i_that_meet_are_one_and_the_card_says_so(build: Locator):
    press(build, "peri-", "cardi")
    assert not build.locator(".cc-word-seam").is_visible()
    press(build, "-itis")
    assert word(build) == "pericarditis"
    assert build.locator(".cc-word-seam").inner_text() == "Two i meet here, and one is written."
    assert spoken(build) == "Added -itis. Your word: pericarditis. Two i meet here, and one is written."
    build.get_by_role("button", name="Start over").click()
    assert not build.locator(".cc-word-seam").is_visible()


def parts(one: Locator) -> list[str]:
    return one.locator(".cc-cut-piece").all_inner_texts()


def test_a_word_is_taken_apart_by_mouse(apart: Locator):
    assert apart.get_by_text("No cut yet.").is_visible() and apart.get_by_role("combobox").count() == 0
    for name in ("e and o", "o and a", "t and h, letters 8 and 9", "o and p"):
        apart.get_by_role("button", name=f"Cut between {name}", exact=True).click()
    assert parts(apart) == ["oste", "o", "art", "hro", "pathy"]
    assert spoken(apart) == "Cut. Your parts: oste, o, art, hro, pathy"
    assert apart.get_by_role("combobox").count() == 4, "a vowel between two parts has no meaning to choose"
    apart.get_by_role("combobox", name="oste").select_option(label="artery")
    drive.check(apart).click()
    assert drive.wait_for(apart, "partly", "incorrect") == "partly"
    assert "Between t and h you cut inside a root that means joint." in messages(apart)
    assert "begins with the same three letters" in messages(apart) and "hro is more than one part." in messages(apart)
    apart.get_by_role("combobox", name="oste").select_option(label="bone")
    apart.get_by_role("button", name="Cut between t and h, letters 8 and 9").click()
    assert spoken(apart).startswith("Joined.") and parts(apart) == ["oste", "o", "arthro", "pathy"]
    assert apart.get_by_role("combobox", name="oste").input_value(), "what was chosen stays with its part"
    apart.get_by_role("button", name="Cut between r and o").click()
    apart.get_by_role("combobox", name="arthr").select_option(label="joint")
    apart.get_by_role("combobox", name="pathy").select_option(label="disease")
    drive.check(apart).click()
    drive.wait_for(apart, "correct")
    apart.get_by_role("button", name="Cut between s and t").dispatch_event("click")
    assert len(parts(apart)) == 5, "a right answer stays"


def test_a_word_is_taken_apart_by_keyboard_alone(apart: Locator, page: Page):
    cells = labs.cells(page)
    apart.locator(".cc-cut").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Cut between o and s" and apart.locator(".cc-cut[tabindex='0']").count() == 1
    for steps, key in ((3, "Space"), (1, "Enter"), (5, "Space"), (1, "Space")):
        for _ in range(steps):
            page.keyboard.press("ArrowRight")
        page.keyboard.press(key)
    assert parts(apart) == ["oste", "o", "arthr", "o", "pathy"]
    assert apart.locator(".cc-cut[aria-pressed='true']").count() == 4
    for key in ("End", "Space", "Space", "x", "b"):
        page.keyboard.press(key)
    for meaning in ("bone", "joint", "disease"):
        page.keyboard.press("Tab")
        page.keyboard.type(meaning)
    assert labs.cells(page) == cells
    page.keyboard.press("Tab")
    assert focused(page) == "Check"
    page.keyboard.press("Enter")
    drive.wait_for(apart, "correct")
    assert apart.locator(".cc-headline").inner_text().startswith("Yes: every cut, and every meaning.")


def test_axe_dark_and_narrow(build: Locator, apart: Locator, page: Page, axe: Axe):
    press(build, "peri-", "arthr", "o", "-itis")
    for name in ("e and o", "t and h, letters 8 and 9"):
        apart.get_by_role("button", name=f"Cut between {name}", exact=True).click()
    apart.get_by_role("combobox").first.select_option(label="muscle")
    for one in (build, apart):
        drive.check(one).click()
        drive.wait_for(one, "incorrect", "partly")
    assert axe(page, ".cc-card") == ""
    for name, one in (("build", build), ("apart", apart)):
        labs.screenshot(page, f"card-{name}-light", one)
    labs.theme(page, "JupyterLab Dark")
    try:
        assert axe(page, ".cc-card", COLORS) == ""
        for name, one in (("build", build), ("apart", apart)):
            labs.screenshot(page, f"card-{name}-dark", one)
    finally:
        labs.theme(page, "JupyterLab Light")
    page.set_viewport_size({"width": 410, "height": 1000})
    page.wait_for_timeout(150)
    for name, one in (("build", build), ("apart", apart)):
        assert one.bounding_box()["width"] <= 320 and one.evaluate(OVERFLOW) == []
        labs.screenshot(page, f"card-{name}-320", one)
    page.set_viewport_size({"width": 1000, "height": 1000})


def test_what_was_built_and_cut_stands_there_again(page: Page):
    """Run all once more: the answers of the test before, with their marks."""
    before = [row(page.locator(".cc-card").nth(0)), parts(page.locator(".cc-card").nth(1))]
    assert all(before)
    labs.run_all(page)
    again = page.locator(".cc-card")
    again.nth(1).wait_for()
    assert [row(again.nth(0)), parts(again.nth(1))] == before
    assert again.nth(0).locator(".cc-piece[data-mark='wrong']").count() == 2
    assert again.nth(1).locator(".cc-cut[data-mark='wrong'][aria-pressed='true']").count() == 1
