"""The code browser in a real JupyterLab: typing, keys, links, the 7th character, copying, editions, accessibility.

One page and one kernel for the whole file. Each test begins on the start page of a browser (``fresh``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from course.bootstrap.errors import command
from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

#: An invented index of two terms, loaded for the last card only.
INDEX = """
import pathlib, tempfile
from course.codesets.icd10cm import alphabetic, alphabetic_file
folder = pathlib.Path(tempfile.mkdtemp())
alphabetic_file.file = lambda: folder / "index.sqlite"
(folder / "index.xml").write_text('''<ICD10CM.index><version>2099</version><title>INDEX TO DISEASES and INJURIES</title>
<letter><title>F</title><mainTerm><title>Fracture</title><term level="1"><title>torus</title>
<term level="2"><title>radius</title><code>S52.52-</code></term></term></mainTerm>
<mainTerm><title>Freckle</title><code>L81.2</code></mainTerm></letter></ICD10CM.index>''',
encoding="utf-8")
alphabetic.install(folder / "index.xml");
import course
course.browse()
"""
CELLS = ['# Look it up\nimport course\ncourse.browse("S52.52")', 'course.browse("torus fracture radius")', INDEX]
#: Makes writing to the clipboard fail, as it does without permission; and mends it again.
REFUSE = """() => {
  navigator.clipboard.kept = navigator.clipboard.writeText;
  navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
}"""
MEND = "() => { navigator.clipboard.writeText = navigator.clipboard.kept; delete document.execCommand; }"
DRAW_AGAIN = """() => {
  const { outputs } = jupyterapp.shell.currentWidget.content.widgets[0].model;
  const kept = outputs.toJSON();
  outputs.clear();
  outputs.fromJSON(kept);
}"""
RESIZE = """(n, [width, zoom]) => {
  n.style.width = width + 'px';
  n.style.setProperty('--jp-content-font-size1', 14 * zoom + 'px');
}"""
#: What sticks out of the card.
OUTSIDE = """n => [...n.querySelectorAll('*')].filter((e) => e.checkVisibility() && !e.closest('.cc-sr')
  && e.getBoundingClientRect().right > n.getBoundingClientRect().right + 1).map((e) => e.className)"""
FOCUSABLE = "button, input, select, summary, a[href], [tabindex]"


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "browse.ipynb").write_text(labs.notebook(CELLS), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "browse.ipynb", width=1500, height=1400)
    faults: list[str] = []
    labs.watch(one, faults)
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.locator(".cb-card").nth(len(CELLS) - 1).wait_for()
    yield one
    one.close()
    assert not faults, faults


def card(page: Page, place: int = 0) -> Locator:
    one = page.locator(".cb-card").nth(place)
    one.scroll_into_view_if_needed()
    return one


def search(one: Locator) -> Locator:
    return one.get_by_role("combobox", name="Search ICD-10-CM")


def hits(one: Locator) -> Locator:
    return one.get_by_role("listbox", name="Search results").get_by_role("option")


def edition(one: Locator) -> Locator:
    return one.get_by_role("combobox", name="Edition", exact=True)


def title(one: Locator) -> str:
    return " ".join(one.locator(".cb-title").inner_text().split())


def at(one: Locator, code: str) -> None:
    """Until the page of `code` is shown."""
    one.page.wait_for_function(
        "([node, code]) => (node.querySelector('.cb-title-code') || { textContent: '' }).textContent === code",
        arg=[one.element_handle(), code],
    )


def said(one: Locator, part: str) -> None:
    """Until the live region has said it."""
    one.page.wait_for_function(
        "([node, part]) => node.querySelector('[role=status]').textContent.includes(part)",
        arg=[one.element_handle(), part],
    )


def go(one: Locator, code: str) -> None:
    """By the search, as a learner does."""
    search(one).fill(code)
    hits(one).filter(has=one.page.locator(".cb-code", has_text=code)).first.click()
    at(one, code)
    one.get_by_role("button", name="Clear the search").click()


@pytest.fixture
def fresh(page: Page) -> Iterator[Locator]:
    """The first card, on its first page, in the edition in force."""
    one = card(page)
    edition(one).select_option("2027")
    if search(one).input_value():
        one.get_by_role("button", name="Clear the search").click()
    go(one, "S52.52")
    yield one


def test_the_live_browser_is_shown_and_not_its_static_form(page: Page):
    assert page.locator(".cb-card").count() == len(CELLS) and page.locator(".course-static").count() == 0
    assert title(card(page)) == "S52.52 Torus fracture of lower end of radius"
    labs.screenshot(page, "browser-light", card(page))


def test_typing_finds_and_enter_opens(fresh: Locator, page: Page):
    search(fresh).press_sequentially("torus fracture radius", delay=15)
    hits(fresh).filter(has_text="S52.52").first.wait_for()
    page.wait_for_timeout(300)  # until the last letter is answered
    said(fresh, "results. Use the arrow keys.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = fresh.locator(f"#{search(fresh).get_attribute('aria-activedescendant')}")
    code = chosen.locator(".cb-code").inner_text()
    page.keyboard.press("Enter")
    at(fresh, code)
    assert page.evaluate("() => document.activeElement.classList.contains('cb-title')"), (
        "the reader starts at the title"
    )
    assert chosen.get_attribute("aria-selected") == "true"


def test_enter_before_the_answer_opens_the_first_hit(fresh: Locator, page: Page):
    search(fresh).focus()
    page.keyboard.insert_text("I42.0")
    page.keyboard.press("Enter")
    at(fresh, "I42.0")


def test_answers_to_older_letters_are_dropped(fresh: Locator, page: Page):
    search(fresh).press_sequentially("S52.521Z")
    fresh.get_by_text("Z is not offered here.").wait_for()
    page.wait_for_timeout(400)
    assert fresh.locator(".cb-verdict").inner_text().startswith("Z is not offered here.")
    page.keyboard.press("Escape")
    assert search(fresh).input_value() == "" and fresh.get_by_role("tree").is_visible()


def test_nothing_found_says_what_to_do(fresh: Locator):
    search(fresh).fill("zzzzqqq")
    fresh.get_by_text("Nothing found for").wait_for()
    said(fresh, "Try fewer words")


def test_links_in_notes_open_and_back_returns(fresh: Locator, page: Page):
    fresh.get_by_role("button", name="S59.2-, opens S59.2").click()
    at(fresh, "S59.2")
    page.keyboard.press("Alt+ArrowLeft")
    at(fresh, "S52.52")
    page.keyboard.press("Alt+ArrowRight")
    at(fresh, "S59.2")
    fresh.get_by_role("button", name="Back", exact=True).click()
    at(fresh, "S52.52")
    assert "browse.ipynb" in page.url, "Alt and an arrow must not leave the notebook"


def test_notes_say_whose_they_are_and_what_they_mean(fresh: Locator):
    assert fresh.get_by_text("From category S52", exact=True).is_visible()
    kind = fresh.locator(".cb-kind[data-kind=excludes1]").first
    assert not kind.get_by_text("not reported together").is_visible()
    kind.locator("summary").press("Enter")
    assert (
        kind.get_by_text("not reported together").is_visible()
        and kind.get_by_text("Official Guidelines I.A.12.a").is_visible()
    )


def test_the_breadcrumb_and_the_children_lead_up_and_down(fresh: Locator, page: Page):
    crumbs = fresh.get_by_role("group", name="Where you are in the book")
    assert crumbs.inner_text().split() == ["All", "chapters", "Chapter", "19", "S50-S59", "S52", "S52.5", "S52.52"]
    crumbs.get_by_role("button", name="S52.5").click()
    at(fresh, "S52.5")
    rows = fresh.get_by_role("list", name="Choose the 5th character").get_by_role("button")
    rows.first.focus()
    target = rows.nth(rows.count() - 2).locator(".cb-code").inner_text()
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    at(fresh, target)


def test_the_tree_is_walked_with_arrows(fresh: Locator, page: Page):
    tree = fresh.get_by_role("tree", name="Contents")
    here = tree.locator('[aria-selected="true"]')
    assert here.get_attribute("data-code") == "S52.52" and here.get_attribute("aria-expanded") == "true"
    here.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # unfolds S52.521
    tree.locator('[data-code="S52.521A"]').wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    at(fresh, "S52.521A")
    assert page.evaluate("() => document.activeElement.dataset.code") == "S52.521A", "the focus stays in the tree"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.dataset.code") == "S52.521"
    page.keyboard.press("Home")
    assert page.evaluate("() => document.activeElement.dataset.code") == ""


def test_a_7th_character_completes_the_code(fresh: Locator, page: Page):
    go(fresh, "W08")
    group = fresh.get_by_role("group", name="Choose the 7th character")
    radios = group.get_by_role("radio")
    assert radios.count() == 3 and len({radio.get_attribute("name") for radio in radios.all()}) == 1
    radios.first.focus()
    page.keyboard.press("Space")
    said(fresh, "W08.XXXA.")
    page.keyboard.press("ArrowDown")
    said(fresh, "W08.XXXD.")
    assert "W08.XXXD" in fresh.locator(".cb-made").inner_text()
    fresh.locator(".cb-made").get_by_role("button", name="Copy W08.XXXD").click()
    said(fresh, "Copied W08.XXXD")
    assert page.evaluate("() => navigator.clipboard.readText()") == "W08.XXXD"
    fresh.get_by_role("button", name="Open W08.XXXD").click()
    at(fresh, "W08.XXXD")
    assert fresh.get_by_role("radio", name="D").is_checked()


def test_copying_without_permission(fresh: Locator, page: Page):
    page.evaluate(REFUSE)
    try:
        fresh.get_by_role("button", name="Copy S52.52").click()
        said(fresh, "Copied S52.52")
        assert page.evaluate("() => navigator.clipboard.readText()") == "S52.52"
        page.evaluate("() => { document.execCommand = () => false; }")
        fresh.get_by_role("button", name="Copied S52.52").click()
        said(fresh, "does not let the course copy")
    finally:
        page.evaluate(MEND)


def test_the_edition_decides(fresh: Locator, page: Page):
    go(fresh, "I42.0")
    status = fresh.locator(".cb-status")
    assert (
        "Heading, not billable" in status.inner_text() and "Divided in FY2027" in fresh.locator(".cb-body").inner_text()
    )
    edition(fresh).focus()
    edition(fresh).select_option("2026")
    fresh.get_by_text("Changes in FY2027").wait_for()
    assert "Billable code" in status.inner_text()
    assert page.evaluate("() => document.activeElement.tagName") == "SELECT"
    fresh.get_by_role("button", name="See I42.0 in FY2027").click()
    fresh.get_by_text("Divided in FY2027").wait_for()
    assert edition(fresh).input_value() == "2027"
    go(fresh, "I42.00")
    edition(fresh).select_option("2026")
    fresh.get_by_text("Not in FY2026", exact=True).wait_for()
    assert fresh.get_by_role("button", name="See I42.00 in FY2027").is_visible()
    assert fresh.get_by_text("New in FY2027.", exact=True).is_visible()


def test_by_keyboard_alone(fresh: Locator, page: Page):
    """From the search to a copied code, without a mouse: what Tab reaches is all there is."""
    search(fresh).focus()
    page.keyboard.type("buckle fracture radius")
    hits(fresh).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.classList.contains('cb-title')")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.cb-char input, .cb-row')"):
            break
    assert page.evaluate("() => document.activeElement.matches('.cb-char input, .cb-row')")


def test_keys_leave_the_cells_as_they_were(fresh: Locator, page: Page):
    before = labs.cells(page)
    go(fresh, "S52.521")
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
        for key in ("x", "b", "m", "d", "d", "ArrowDown"):
            page.keyboard.press(key)
    assert len(tried) >= 10 and labs.cells(page) == before


def test_what_the_index_is_when_none_is_loaded(fresh: Locator):
    fresh.get_by_role("tab", name="Alphabetic Index").click()
    assert fresh.get_by_text(command("codes use FILE")).is_visible()
    fresh.get_by_role("button", name="Search the Tabular List instead").click()
    assert search(fresh).evaluate("n => n === document.activeElement")


def test_the_index_leads_to_the_tabular_list(page: Page, axe: Axe):
    one = card(page, 2)
    one.get_by_role("tab", name="Alphabetic Index").click()
    one.get_by_role("textbox", name="Main term").press_sequentially("fr")
    one.get_by_role("button", name="Fracture").click()
    one.get_by_text("radius").wait_for()
    labs.screenshot(page, "browser-index", one)
    assert axe(page, one) == ""
    one.get_by_role("button", name="S52.52-, opens S52.52").click()
    at(one, "S52.52")
    assert one.get_by_role("tab", name="Tabular List").get_attribute("aria-selected") == "true"


def test_a_page_drawn_again_opens_where_the_reader_was(fresh: Locator, page: Page):
    go(fresh, "J02")
    page.evaluate(DRAW_AGAIN)
    one = card(page)
    at(one, "J02")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing(fresh: Locator, page: Page, axe: Axe, theme: str):
    """Every rule in one theme, the rules about colors in the other: it changes nothing else."""
    labs.theme(page, theme)
    name = theme.split()[-1].lower()
    rules = COLORS if name == "dark" else ()
    assert axe(page, ".cb-card", rules) == "", "all three as they opened"
    for code in ("", "S52.521", "E11", "I42.0", "S52.521Z"):
        search(fresh).fill(code or "fracture of radius")
        hits(fresh).first.wait_for()
        if code != "S52.521Z":  # which is no code: there is a verdict and no hit
            hits(fresh).first.click()  # the results stay beside the page that is opened
        page.wait_for_timeout(200)
        fresh.locator("details").evaluate_all("nodes => nodes.forEach((n) => { n.open = true; })")
        assert axe(page, fresh, rules) == "", code
        if code in ("S52.521", "E11"):
            fresh.get_by_role("button", name="Clear the search").click()
            labs.screenshot(page, f"browser-{name}-{code.lower()}", fresh)


@pytest.mark.parametrize("width", [320, 420, 640, 1000])
def test_it_fits_every_width(fresh: Locator, page: Page, width: int, axe: Axe):
    host = fresh.locator("xpath=..")
    for zoom in (1, 2) if width != 320 else (1,):
        host.evaluate(RESIZE, [width, zoom])
        for code in ("S52.521", "E11"):
            go(fresh, code)
            wide = fresh.evaluate(OUTSIDE)
            assert wide == [], (width, zoom, code, wide)
        if zoom == 1:
            labs.screenshot(page, f"browser-{width}", fresh)
            if width in (320, 1000):  # the two layouts
                assert axe(page, fresh) == ""
    if width < 720:
        contents = fresh.get_by_role("button", name="Contents", exact=True)
        assert not fresh.get_by_role("tree").is_visible()
        contents.click()
        assert fresh.get_by_role("tree").is_visible() and contents.get_attribute("aria-expanded") == "true"
        contents.click()
    host.evaluate("n => { n.style.width = ''; n.style.removeProperty('--jp-content-font-size1'); }")


def test_high_contrast(fresh: Locator, page: Page, axe: Axe):
    page.emulate_media(forced_colors="active")
    try:
        assert axe(page, fresh) == ""
        labs.screenshot(page, "browser-contrast", fresh)
    finally:
        page.emulate_media(forced_colors="none")


#: What the styles make of every visible element: if two sheets disagree, this says where.
LOOKS = """n => [...n.querySelectorAll('*')].filter((e) => e.checkVisibility()).map((e) => {
  const s = getComputedStyle(e);
  return `${e.tagName}.${e.getAttribute('class')}: ` + ['padding', 'margin', 'border-width', 'display', 'font-size',
    'min-height', 'list-style-type', 'background-color'].map((p) => s.getPropertyValue(p)).join(' | ');
})"""
LATER = """(css) => {
  const sheet = document.createElement('style');
  sheet.id = 'later';
  sheet.textContent = css;
  document.head.append(sheet);
}"""


def test_a_card_that_comes_later_leaves_the_browser_as_it_was(fresh: Locator) -> None:
    """Every card brings the common styles again, and the sheet that comes last wins where two are equally strong."""
    from course.cards import esm, widget

    page = fresh.page
    page.evaluate(LATER, esm.styles(*widget.STYLES))
    try:
        go(fresh, "S52.52")
        search(fresh).fill("torus fracture radius")
        hits(fresh).first.wait_for()
        padding = "n => getComputedStyle(n).padding.split(' ').map(parseFloat)"
        assert min(hits(fresh).first.evaluate(padding)) >= 5
        assert min(fresh.locator(".cb-why").first.evaluate(padding)) >= 5
        page.wait_for_timeout(200)  # what appears does so within 140 ms
        with_later = fresh.evaluate(LOOKS)
    finally:
        page.evaluate("() => document.getElementById('later').remove()")
    assert fresh.evaluate(LOOKS) == with_later
