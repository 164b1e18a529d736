"""Diagrams in a browser: each one driven by mouse and by keyboard, the question about one, and JupyterLab's keys.

All but the last test need no lab: a page with the card and a stand-in for the kernel.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course.cards import esm
from course.cards.diagram_card import STYLES, Atlas, DiagramCard
from course.cards.question_card import QuestionCard
from course.cards.widget import STYLES as CARD_STYLES
from course.language import diagrams
from course.learner.exercise import Exercise
from course.learner.store import open_store
from course.questions.bank import load_item
from tests.browser import lab as labs
from tests.browser.card_gallery import FIXTURES
from tests.browser.conftest import COLORS
from tests.browser.drive import check, feedback, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

#: Puts a card on the page. The stand-in for the kernel is ``python(content)``, which gives the new state.
DRAW = """async ([code, view, state]) => {
  const data = { view, state };
  const heard = {};
  const model = {
    get: (name) => data[name],
    on(name, call) { (heard[name] ||= []).push(call); },
    off() {},
    send(content) {
      window.python(content).then((state) => {
        data.state = state;
        (heard['change:state'] || []).forEach((call) => call());
      });
    },
  };
  window.loaded ||= {};
  window.loaded[code.length] ||= await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.loaded[code.length].default.render({ model, el: document.getElementById('root') });
}"""
DARK = (
    "--jp-layout-color1:#111;--jp-content-font-color0:#fff;--jp-content-font-color1:#dedede;--jp-border-color2:#424242;"
    "--jp-brand-color1:#42a5f5;--jp-ui-inverse-font-color0:#000;--jp-success-color1:#66bb6a;color-scheme:dark;background:#111"
)
OUTSIDE = """n => [...n.querySelectorAll('*')].filter((e) => e.checkVisibility() && !e.closest('.cc-sr, svg')
  && e.getBoundingClientRect().right > n.getBoundingClientRect().right + 1).map((e) => e.className)"""
#: Parts of a picture that one can hit outside its frame, and names and heads wider than their place.
SPILLS = """card => {
  const svg = card.querySelector('svg.dg');
  const frame = svg.getBoundingClientRect();
  svg.insertAdjacentHTML('beforeend', '<style>.dg * { pointer-events: all !important }</style>');
  const out = new Set();
  const far = [...svg.querySelectorAll('*')].map((e) => e.getBoundingClientRect()).filter((r) => r.width || r.height);
  const low = Math.max(frame.bottom, ...far.map((r) => r.bottom));
  const right = Math.max(frame.right, ...far.map((r) => r.right));
  const high = Math.min(frame.top, ...far.map((r) => r.top));
  const left = Math.min(frame.left, ...far.map((r) => r.left));
  const hit = (x, y) => {
    for (const e of document.elementsFromPoint(x, y)) if (svg.contains(e)) out.add(`${e.tagName} at ${x | 0} ${y | 0}`);
  };
  for (let x = left; x <= right; x += 4) {
    for (let y = frame.bottom + 1; y <= low; y += 8) hit(x, y);
    for (let y = frame.top - 1; y >= high; y -= 8) hit(x, y);
  }
  for (let y = high; y <= low; y += 4) {
    for (let x = frame.right + 1; x <= right; x += 8) hit(x, y);
    for (let x = frame.left - 1; x >= left; x -= 8) hit(x, y);
  }
  svg.lastChild.remove();
  const words = card.querySelector('.dg-words').getBoundingClientRect();
  if (words.top < frame.bottom + 8) out.add('the words are on the picture');
  for (const name of card.querySelectorAll('.dg-name, dt')) {
    const text = document.createRange();
    text.selectNodeContents(name);
    if (text.getBoundingClientRect().right > name.parentNode.getBoundingClientRect().right) out.add(name.textContent);
  }
  for (const head of card.querySelectorAll('dt')) {
    const text = document.createRange();
    text.selectNodeContents(head);
    if (text.getClientRects().length > 1) out.add(`${head.textContent} is broken`);
  }
  return [...out];
}"""
#: What JupyterLab says of lists of terms in an output.
NOTEBOOK = (
    ".nb dl { width: 100% } .nb dl dt { float: left; width: 20%; clear: left } .nb dl dd { width: 80%; float: left }"
)
FOCUSABLE = "button, input, select, summary, [tabindex]"
BARE = "nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').map((n) => n.outerHTML)"
#: Where a point of the view box is on the screen.
PLACE = """(svg, points) => points.map(([x, y]) => {
  const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
  return [at.x, at.y];
})"""


@contextlib.contextmanager
def blank(chromium: Browser, styles: tuple[str, ...], width: int = 1100, dark: bool = False) -> Iterator[Page]:
    """A page with the style sheets of a card, and no card yet."""
    page = chromium.new_page(viewport={"width": width, "height": 1000}, reduced_motion="reduce")
    page.set_default_timeout(10_000)
    faults: list[str] = []
    labs.watch(page, faults)
    page.set_content(
        f'<!doctype html><html lang="en"><title>x</title><style>{esm.styles(*styles)}</style>'
        f'<body data-jp-theme-light="{"false" if dark else "true"}" style="margin:8px;{DARK if dark else ""}">'
        '<main id="root"></main></body></html>'
    )
    try:
        yield page
    finally:
        page.close()
    assert not faults, faults


def study(page: Page, name: str) -> Locator:
    """The card of a diagram."""
    page.evaluate(DRAW, [esm.bundle("diagram.js"), DiagramCard(diagrams.get(name)).view, {}])
    return page.locator(".cc-card")


def test_the_atlas_turns_its_pages(chromium: Browser, axe: Any) -> None:
    """By keyboard, with the focus left on the list; the new picture answers as the first one did."""
    atlas = Atlas()
    with blank(chromium, STYLES, 320) as page:
        page.expose_function("turned", lambda content: (atlas.handle(content), atlas.view)[1])
        page.evaluate(
            """async ([code, view]) => {
              let turned, data = view;
              const model = { get: () => data, on(name, call) { turned = call; }, off() {},
                send(content) { window.turned(content).then((next) => { data = next; turned(); }); } };
              const card = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
              card.default.render({ model, el: document.getElementById('root') });
            }""",
            [esm.bundle("diagram.js"), atlas.view],
        )
        one = page.locator(".cc-card")
        first = one.locator("h3").inner_text()
        one.get_by_role("combobox", name="Picture").focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_function("(before) => document.querySelector('h3').textContent !== before", arg=first)
        assert one.locator("h3").inner_text() == atlas.titles[1][1]
        assert page.evaluate("() => document.activeElement.className") == "dg-choice"
        last = list(diagrams.get(atlas.titles[1][0]).parts)[-1]
        one.locator(f".dg-item[data-id='{last.id}']").click()
        assert last.name in one.locator(".dg-told").inner_text()
        assert one.evaluate(OUTSIDE) == [] and axe(page, ".cc-card") == ""
        assert one.locator(FOCUSABLE).evaluate_all(BARE) == []


def ask(page: Page, name: str, folder: Path) -> Locator:
    """The card of a question of the gallery, answered by Python."""
    card = QuestionCard(Exercise(load_item(f"gallery/{name}", FIXTURES), open_store(folder)))

    def python(content: Any) -> Any:
        card.handle(content)
        return card.state

    page.expose_function("python", python)
    page.evaluate(DRAW, [esm.bundle("question.js"), card.view, card.state])
    return page.locator(".cc-card")


#: Which part is shown in the picture, in the list and in words.
NOW = """n => ({
  picture: [...n.querySelectorAll('[data-part][data-lit]')].map((g) => g.dataset.part),
  letter: [...n.querySelectorAll('.dg-mark[data-lit] text')].map((t) => t.textContent),
  list: [...n.querySelectorAll('.dg-item[aria-current]')].map((b) => b.dataset.id),
  hatched: n.querySelectorAll('.dg-over [fill^=url]').length,
  told: n.querySelector('.dg-told').textContent,
  focus: document.activeElement.dataset.part || document.activeElement.dataset.id || '',
})"""
#: Keeps what is shown after each click and each key, so that a page need not be asked between them.
WATCH = f"""() => {{
  const now = {NOW};
  window.seen = [];
  for (const name of ['click', 'keyup']) {{
    document.addEventListener(name, () => window.seen.push(now(document.querySelector('.cc-card'))));
  }}
}}"""


def now(one: Locator) -> dict[str, Any]:
    return dict(one.evaluate(NOW))


def shows(found: dict[str, Any], part: diagrams.Part) -> bool:
    """Whether a part is shown everywhere, and no other."""
    assert found["picture"] == found["list"] == [part.id] and found["letter"] == [part.letter], (part.id, found)
    assert found["hatched"] and part.name in found["told"], (part.id, found)
    return True


def test_every_diagram_by_mouse_and_by_keyboard(chromium: Browser) -> None:
    """Each part is shown when it is clicked where its leader line ends, and when the arrow keys come to it."""
    with blank(chromium, STYLES) as page:
        page.evaluate(WATCH)
        for whole in diagrams.every():
            one = study(page, whole.name)
            parts = [*whole.parts[1:], whole.parts[0]]  # the first one is shown from the start
            svg = one.locator("svg.dg")
            for place in svg.evaluate(PLACE, [list(part.point) for part in parts]):
                page.mouse.click(*place)
            seen = page.evaluate("() => window.seen.splice(0)")
            assert all(shows(*each) for each in zip(seen, parts, strict=True)), whole.name
            svg.locator("[tabindex='0']").focus()
            for _ in parts:
                page.keyboard.press("ArrowDown")
            seen = page.evaluate("() => window.seen.splice(0)")
            assert all(shows(*each) for each in zip(seen, parts, strict=True)), whole.name
            assert [found["focus"] for found in seen] == [part.id for part in parts]
            assert svg.locator("[data-part][tabindex='0']").count() == 1, "one stop of the Tab key"
            assert one.locator(FOCUSABLE).evaluate_all(BARE) == []


@pytest.mark.parametrize(("width", "dark"), [(700, False), (320, True)], ids=["middle", "narrow"])
def test_a_picture_stays_in_its_frame(chromium: Browser, width: int, dark: bool) -> None:
    """Drawings run off their frame; nothing of them may lie over the words, the buttons or the edge of the card."""
    with blank(chromium, STYLES, width, dark) as page:
        page.set_viewport_size({"width": width, "height": 2000})
        page.add_style_tag(content=NOTEBOOK)
        page.evaluate("() => document.getElementById('root').classList.add('nb')")
        for whole in diagrams.every():
            one = study(page, whole.name)
            assert one.evaluate(SPILLS) == [], whole.name
            longest = max(whole.parts, key=lambda part: max(map(len, part.name.split())))
            one.locator(f".dg-item[data-id='{longest.id}']").focus()  # in bold
            assert one.evaluate(SPILLS) == [] and one.evaluate(OUTSIDE) == [], (whole.name, longest.name)


def test_the_list_the_letters_and_the_words(chromium: Browser) -> None:
    whole = diagrams.get("heart")
    with blank(chromium, STYLES) as page:
        one = study(page, "heart")
        page.keyboard.press("Tab")  # the picture
        page.keyboard.press("Tab")  # its words
        page.keyboard.press("Enter")
        assert (
            one.get_by_text(whole.alt).nth(1).is_visible() and one.get_by_text(whole.parts[3].where).first.is_visible()
        )
        for part in whole.parts:
            page.keyboard.press("Tab")
            assert shows(now(one), part)
            assert part.plain[1:] in one.get_by_role("status").inner_text()
        assert "ICD-10-CM chapter 9 (I00-I99)" in now(one)["told"] and "Word parts" in now(one)["told"]
        box = one.locator(".dg-told")
        heights = set()
        for item in one.locator(".dg-item").all():
            item.focus()
            heights.add(round(box.bounding_box()["height"]))  # type: ignore[index]
        assert len(heights) == 1, "nothing moves away under the pointer"
        one.locator(".dg-mark[data-of=left-atrium] .dg-ring").click()
        assert shows(now(one), whole.part("left-atrium"))  # type: ignore[arg-type]
        one.locator(".dg-item[data-id=aorta]").hover()
        assert shows(now(one), whole.part("aorta"))  # type: ignore[arg-type]
        assert (
            one.get_by_role("group", name=whole.title).get_by_role("button", name="A: superior vena cava").count() == 1
        )


def test_names_can_be_hidden_to_test_oneself(chromium: Browser) -> None:
    whole = diagrams.get("quadrants")
    with blank(chromium, STYLES) as page:
        one = study(page, "quadrants")
        names = [part.name for part in whole.parts]
        one.get_by_role("button", name="Hide the names").click()
        assert one.get_by_role("button", name="Show the names").count() == 1
        assert not one.locator("[data-lit], .dg-over, [aria-current]").count(), "no part is asked for yet"
        assert "Think of the name" in one.locator(".dg-told").inner_text()
        assert one.locator("svg [tabindex='0']").count() == 1
        text = one.inner_text() + " ".join(one.locator("[aria-label]").evaluate_all("n => n.map((e) => e.ariaLabel)"))
        assert not [name for name in names if name in text]
        one.locator(".dg-item").first.hover()
        assert "Which part is it?" in now(one)["told"] and "Pink area"[1:] in now(one)["told"]
        one.get_by_role("group", name=whole.title).locator("[data-part=left-lower]").focus()
        assert names[3] not in one.inner_text() and "The names are hidden" not in one.get_by_role("status").inner_text()
        page.keyboard.press("Enter")
        assert names[3] in now(one)["told"] and names[3] in one.get_by_role("status").inner_text()
        assert one.locator(".dg-name").all_inner_texts() == ["…", "…", "…", names[3]]
        one.get_by_role("button", name="Show the names").click()
        assert one.locator(".dg-name").all_inner_texts() == names and names[3] in now(one)["told"]
        assert one.get_by_role("button", name="Hide the names").count() == 1


@pytest.mark.parametrize(("width", "dark"), [(1100, False), (320, True)], ids=["wide", "narrow-dark"])
def test_a_diagram_without_barriers(chromium: Browser, axe: Any, width: int, dark: bool) -> None:
    with blank(chromium, STYLES, width, dark) as page:
        one = study(page, "heart")
        one.locator("summary").click()
        assert axe(page, ".cc-card") == ""
        assert one.evaluate(OUTSIDE) == []
        assert one.locator("svg.dg").bounding_box()["width"] > 260  # type: ignore[index]
        labs.screenshot(page, f"diagram-{width}{'-dark' if dark else ''}")
        one.get_by_role("button", name="Hide the names").click()
        assert axe(page, ".cc-card") == ""


@pytest.mark.parametrize(("width", "dark"), [(1100, False), (320, True)], ids=["wide", "narrow-dark"])
def test_to_find_a_part(chromium: Browser, axe: Any, tmp_path: Path, width: int, dark: bool) -> None:
    """Wrong by mouse, in the picture; right by keyboard alone."""
    with blank(chromium, CARD_STYLES, width, dark) as page:
        one = ask(page, "diagram", tmp_path)
        assert axe(page, ".cc-card") == ""
        aorta = diagrams.get("heart").part("aorta")
        (place,) = one.locator("svg.dg").evaluate(PLACE, [list(aorta.point)])  # type: ignore[union-attr]
        page.mouse.click(*place)
        letter = one.locator(".dg-mark[data-lit] text").text_content()
        assert one.get_by_role("radio", name=f"{letter} : {aorta.where}").is_checked()  # type: ignore[union-attr]
        assert one.locator(".dg-chosen").inner_text() == f"{letter}: {aorta.where}"  # type: ignore[union-attr]
        one.get_by_label("CPT series").select_option("20,000")
        check(one).click()
        wait_for(one, "incorrect")
        assert f"{letter} is the aorta" in one.locator(".dg-answer .cc-msg").inner_text()
        assert "bones, joints" in one.locator(".dg-also").first.inner_text() and "Still open." in one.inner_text()
        assert one.locator("[data-part][data-mark=wrong]").count() == 1
        assert "behind the chamber" in feedback(one).inner_text() + feedback(one).text_content()
        assert axe(page, ".cc-card") == "" and one.evaluate(OUTSIDE) == []
        assert one.locator(FOCUSABLE).evaluate_all(BARE) == []
        labs.screenshot(page, f"card-diagram-{width}-incorrect")

        one.get_by_role("button", name="Try again").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.type === 'radio'")
        assert not one.locator("[data-part][data-lit]").count()
        page.keyboard.press("Space")
        for _ in range(8):
            if "lower red chamber" in one.locator(".dg-chosen").inner_text():
                break
            page.keyboard.press("ArrowDown")
        for words in ("30", "Chapter 9 "):
            page.keyboard.press("Tab")
            page.keyboard.type(words)
        page.keyboard.press("Shift+Tab")
        check(one).focus()
        page.keyboard.press("Enter")
        assert wait_for(one, "correct") and "share their numbers" in one.inner_text()
        assert one.locator(".cc-explain").first.inner_text().startswith("Why")
        page.mouse.click(*place)
        assert "lower red chamber" in one.locator(".dg-chosen").inner_text(), "a right answer stays"
        assert axe(page, ".cc-card", COLORS) == ""


def test_to_name_the_marked_part(chromium: Browser, axe: Any, tmp_path: Path) -> None:
    with blank(chromium, CARD_STYLES) as page:
        one = ask(page, "diagram-name", tmp_path)
        assert one.locator("[data-part][data-lit]").count() == 1 and one.locator(".dg-over").count() == 1
        assert "bottom row on your left" in one.locator("svg.dg").get_attribute("aria-label")  # type: ignore[operator]
        one.get_by_text("left iliac region").click()
        check(one).click()
        assert wait_for(one, "incorrect") and "on your right" in one.locator(".dg-answer .cc-msg").inner_text()
        assert axe(page, ".cc-card") == ""
        one.get_by_role("button", name="Try again").click()
        page.wait_for_function("() => document.activeElement.type === 'radio'")
        page.keyboard.press("Space")
        while not one.get_by_role("radio", name="right iliac region").is_checked():
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        wait_for(one, "correct")
        labs.screenshot(page, "card-diagram-name")


def test_keys_leave_the_cells_of_a_notebook_as_they_were(chromium: Browser, lab: labs.Lab, axe: Any) -> None:
    """In JupyterLab a bare x would cut the cell; a part in a drawing is no field for text."""
    cells = ["import course\ncourse.diagram('skin')", "import card_gallery as gallery; gallery.show('diagram')"]
    (lab.folder / "diagrams.ipynb").write_text(labs.notebook(cells), encoding="utf-8")
    page = labs.open_notebook(chromium, lab, "diagrams.ipynb", width=1300, height=1400)
    try:
        page.locator(".cc-card").nth(1).wait_for()
        before = labs.cells(page)
        one = page.locator(".dg-card")
        assert one.evaluate(SPILLS) == [], "the notebook has rules of its own for lists of terms"
        for control in (one.locator("svg [tabindex='0']"), one.locator(".dg-item").nth(2), one.locator("summary")):
            control.focus()
            for key in ("x", "b", "m", "d", "d", "ArrowDown"):
                page.keyboard.press(key)
            assert one.evaluate("n => n.contains(document.activeElement)")
        page.get_by_role("radio").first.focus()
        for key in ("x", "b", "m", "d", "d", "ArrowDown"):
            page.keyboard.press(key)
        assert labs.cells(page) == before and page.get_by_role("radio").nth(1).is_checked()
        labs.theme(page, "JupyterLab Dark")
        fill = "n => getComputedStyle(n.querySelector('.t-red')).fill"
        assert one.evaluate(fill) == "rgb(140, 74, 67)", "the dark palette follows the theme"
        assert axe(page, ".cc-card") == ""
        labs.theme(page, "JupyterLab Light")
        assert one.evaluate(fill) == "rgb(232, 165, 156)"
    finally:
        page.close()
