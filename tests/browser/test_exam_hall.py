"""The exam hall. Driven by keyboard alone in a real JupyterLab, killed and resumed. And in a page without JupyterLab,
over a real card and store: clock, silent kernel, the four screens for axe, narrow and in the dark, paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course import paths
from course.cards.hall_card import HallCard
from course.exams.sitting import sittings
from course.learner.store import open_store
from tests.browser import lab as labs
from tests.browser.conftest import COLORS, Axe
from tests.browser.test_diagrams import DARK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

BEFORE = "# Tall\nfrom IPython.display import HTML\nHTML('<div style=\"height: 2500px\"></div>')"
CELL = '# The exam hall\nfrom course.cards import hall_card\nhall_card.exam("CPC", "1/10")'
#: What hangs out of the card, and lists that would have to be pushed sideways.
OUTSIDE = """(card) => {
  const edge = card.getBoundingClientRect();
  const out = (r) => r.width > 1 && (r.right > edge.right + 1 || r.left < edge.left - 1);
  const seen = (n) => n.checkVisibility() && !n.closest('.cc-sr, svg, .hall-scroll');
  const wide = [...card.querySelectorAll('*')].filter((n) => seen(n) && out(n.getBoundingClientRect()));
  const lists = [...card.querySelectorAll('.hall-groups, .hall-review-list')];
  return [...wide, ...lists.filter((n) => n.scrollWidth > n.clientWidth + 1)]
    .map((n) => n.className + ' ' + n.textContent.slice(0, 40));
}"""
CALLED = """() => {
  const n = document.activeElement;
  return n.getAttribute('aria-label') || n.labels?.[0]?.textContent || n.textContent;
}"""
BARE = """(card) => [...card.querySelectorAll('button, input, select, textarea, summary, a[href], [tabindex]')]
  .filter((n) => n.dataset.lmSuppressShortcuts !== 'true').map((n) => n.outerHTML)"""
IN_VIEW = """(card) => { const { top } = card.getBoundingClientRect(); return top > -9 && top < innerHeight - 200; }"""
MOUNT = """async ([code, view, state]) => {
  if (window.leave) window.leave();
  const heard = [];
  const model = {
    get: (name) => ({ view, state })[name],
    on: (name, f) => { if (name === 'msg:custom') heard.push(f); },
    off: (name, f) => { heard.splice(heard.indexOf(f), 1); },
    send: async (content) => {
      if (window.dead) return;
      for (const answer of await window.python(content)) for (const f of [...heard]) f(answer);
    },
  };
  const { default: face } = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.leave = face.render({ model, el: document.querySelector('#root') });
}"""


#: The frame that is printed stays, and no dialog opens.
NO_PRINTER = """() => Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow',
  { get: () => ({ focus() {}, print() {} }) })"""
#: What DARK leaves out of JupyterLab's dark theme.
DARKER = f"{DARK};--jp-content-link-color:#64b5f6;--jp-error-color1:#f44336;--jp-warn-color1:#ff9800"


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """With the Tab key to what is called so."""
    for _ in range(80):
        page.keyboard.press(key)
        if str(page.evaluate(CALLED)).strip().startswith(words):
            return
    raise AssertionError(f"{words!r} is not reached by {key}")


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.textContent"))


def at(card: Locator, number: int, total: int = 10) -> None:
    """Until a question is on screen."""
    there = card.locator(".hall-number", has_text=f"Question {number} of {total}")
    there.or_(card.locator(".hall-trouble:not(:empty)")).first.wait_for()
    assert there.is_visible(), card.get_by_role("alert").inner_text()


def kept(card: Locator) -> None:
    """Until Python has all of it."""
    card.locator(".hall-saved:not([data-waiting])", has_text="Saved").wait_for()


# -- in JupyterLab


@pytest.fixture(scope="module")
def page(chromium: Browser, lab: labs.Lab) -> Iterator[Page]:
    (lab.folder / "hall.ipynb").write_text(labs.notebook([BEFORE, CELL]), encoding="utf-8")
    one = labs.open_notebook(chromium, lab, "hall.ipynb")
    faults: list[str] = []
    labs.watch(one, faults)
    one.locator(".hall-lobby").wait_for()
    yield one
    one.close()
    assert not faults, faults


def test_begun_by_keyboard_killed_resumed_and_handed_in(page: Page):
    card, press = page.locator(".hall-card"), page.keyboard.press
    before = labs.cells(page)
    card.get_by_role("radio", name="CPC").focus()
    tab_to(page, "Ask how sure I am")
    press("Space")
    tab_to(page, "Begin: 10 questions, 24 minutes")
    press("Enter")
    at(card, 1)
    assert focused(page) == "Question 1 of 10"
    for key in ("x", "m", "d", "d", "ArrowDown", "b", "Shift+C", "f"):
        press(key)
    card.locator(".hall-label").click()  # a click on text leaves the keys with the card,
    card.click(position={"x": 4, "y": 160})  # as one on a blank spot does
    for key in ("b", "r", "d", "d", "x", "m", "PageDown"):
        press(key)
    page.evaluate("() => document.querySelector('.hall-card').closest('.jp-Cell').focus()")
    for key in ("b", "a", "r", "d", "d", "x", "m", "1", "Shift+M"):
        press(key)
    card.locator(".hall-number").focus()
    tab_to(page, "Next")
    for key in ("Tab", "Shift+Tab", "b", "a", "r", "d", "d", "x", "m", "PageUp", "b"):
        press(key)
    card.locator(".hall-number").focus()
    assert card.evaluate(BARE) == [] and labs.cells(page) == before, "JupyterLab never sees a key"
    boxes = card.get_by_role("radio")
    assert (
        boxes.nth(1).is_checked()
        and card.get_by_role("button", name="Strike out C").get_attribute("aria-pressed") == "true"
    )
    tab_to(page, "Guess")
    press("ArrowUp")  # around to the last of the three
    tab_to(page, "Note")
    press("Enter")
    page.keyboard.type("box b")
    tab_to(page, "Next")
    press("Enter")
    at(card, 2)
    press("n")
    at(card, 3)
    press("PageUp")
    at(card, 2)
    press("2")
    kept(card)
    left = card.get_by_role("timer").inner_text()

    labs.restart(page)
    boxes.nth(2).check()  # the kernel that knew this card is gone; the new one has not heard of it
    labs.run_all(page)
    at(card, 2)
    kept(card)
    assert boxes.nth(2).is_checked() and card.locator(".hall-progress").inner_text() == "2 of 10 answered, 1 flagged"
    assert card.evaluate(IN_VIEW), "a clock that runs is not out of sight after Run All"
    assert "0:23:" in card.get_by_role("timer").inner_text() <= left, "the right place with the right time left"

    card.locator(".hall-number").focus()
    tab_to(page, "Questions", "Shift+Tab")
    press("Enter")
    tab_to(page, "Question 2, answered")
    press("End")
    assert page.evaluate("() => document.activeElement.ariaLabel") == "Question 10, not answered"
    press("Enter")
    at(card, 10)
    tab_to(page, "Code books", "Shift+Tab")
    press("Enter")
    card.get_by_role("button", name="ICD-10-CM", exact=True).focus()  # the question opened its own book
    press("Enter")
    book = card.get_by_label("Search ICD-10-CM")
    book.fill("S52.521A")
    press("Enter")
    card.locator(".cb-title", has_text="S52.521A").wait_for()
    press("Escape")
    assert focused(page) == "Code books" and not book.is_visible()
    press("r")
    tab_to(page, "Flagged (1)")
    press("Enter")
    tab_to(page, "Question 1, answered, flagged, with a note")
    press("Enter")
    at(card, 1)
    assert boxes.nth(1).is_checked() and card.locator("textarea").input_value() == "box b"
    assert card.get_by_role("radio", name="Sure", exact=True).is_checked()
    press("r")
    tab_to(page, "Submit the exam")
    press("Enter")
    assert focused(page) == "Hand the exam in?" and "8 questions are not answered" in card.inner_text()
    tab_to(page, "Submit now")
    press("Enter")
    card.locator(".hall-report").wait_for()
    assert focused(page).startswith("Your score report")
    tab_to(page, "Question 1")
    press("Enter")
    said = card.locator(".hall-answer").inner_text()
    assert all(words in said for words in ("the key", "your answer", "box b", "Source", "you were sure")), said
    assert card.evaluate(BARE) == [] and labs.cells(page) == before
    labs.screenshot(page, "hall-report", card)


# -- without JupyterLab: the same card and a real store, its messages carried by hand


class Desk:
    """A page with a hall of its own. Its clock can be moved on: ``page.clock``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.card = page.locator(".hall-card")
        self.hall: HallCard
        page.expose_function("python", self.carry)

    def carry(self, content: Any) -> list[Any]:
        """One message to the card; its answers."""
        answers: list[Any] = []
        self.hall.send = answers.append  # type: ignore[method-assign]
        self.hall.handle(content)
        return answers

    def enter(self, *, width: int = 1100, dark: bool = False) -> None:
        """A new learner at the lobby."""
        self.page.set_viewport_size({"width": width, "height": 1000})
        self.page.goto("http://hall.invalid/")
        self.page.evaluate("(css) => { document.body.style.cssText += css; }", DARKER if dark else "")
        self.draw()

    def draw(self) -> None:
        """The card as a new kernel makes it, which knows what is on disk."""
        self.hall = HallCard(open_store(), "CPC", 0.1)
        self.page.evaluate(MOUNT, [HallCard._esm, self.hall.view, self.hall.state])

    def begin(self, name: str = "A tenth", total: int = 10) -> None:
        """Into an exam."""
        self.card.get_by_role("radio", name=name).check()
        self.card.get_by_role("button", name="Begin").click()
        at(self.card, 1, total)


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Desk]:
    """One page for all that follows."""
    page = chromium.new_page(reduced_motion="reduce")
    page.set_default_timeout(10_000)
    faults: list[str] = []
    labs.watch(page, faults)
    html = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>'
        '<body style="margin:0;"><main id="root"></main></body></html>'
    )
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.clock.install()
    yield Desk(page)
    page.close()
    assert not faults, faults


@pytest.fixture
def one(blank: Desk, user_dir: Path) -> Desk:
    """The hall of a learner who was never there before."""
    blank.enter()
    return blank


@pytest.mark.parametrize(("width", "dark"), [(1100, False), (320, True)], ids=["wide-light", "narrow-dark"])
def test_axe_finds_nothing_on_any_screen(one: Desk, axe: Axe, width: int, dark: bool):
    one.enter(width=width, dark=dark)
    card, page = one.card, one.page

    def look(name: str) -> None:
        assert axe(page, ".hall-card", () if width == 1100 else COLORS) == ""
        assert card.evaluate(OUTSIDE) == [] and page.evaluate("() => document.documentElement.scrollWidth") <= width
        labs.screenshot(page, f"hall-{name}-{width}", card)

    look("lobby")
    card.get_by_role("checkbox", name="Ask how sure I am").check()
    one.begin()
    for key in ("b", "Shift+C", "f"):
        page.keyboard.press(key)
    for name in ("Questions", "Calculator", "Keyboard", "Note"):
        card.get_by_role("button", name=name, exact=True).click()
    look("item")
    card.get_by_role("button", name="Review", exact=True).click()
    card.get_by_role("button", name="Submit the exam").click()
    look("review")
    card.get_by_role("button", name="Submit now").click()
    card.locator(".hall-question summary").first.click()
    look("report")


def test_a_hundred_questions_have_a_navigator(one: Desk):
    one.enter(width=320)
    one.begin("Full length", 100)
    one.card.get_by_role("button", name="Questions", exact=True).click()
    assert one.card.get_by_role("group", name="Questions 91 to 100").get_by_role("button").count() == 10
    one.card.get_by_role("button", name="Question 87, not answered").click()
    at(one.card, 87, 100)
    assert one.card.locator(".hall-chip[aria-current]").inner_text() == "87"
    assert one.card.locator(".hall-chip[tabindex='0']").count() == 1, "one stop of the Tab key"
    assert one.card.evaluate(OUTSIDE) == []


def test_the_clock_warns_and_hands_in(one: Desk):
    one.begin()
    one.page.keyboard.press("a")
    kept(one.card)
    one.card.get_by_role("button", name="Hide clock").click()
    one.page.clock.fast_forward("19:30")
    banner = one.card.locator(".hall-banner")
    banner.get_by_text("5 minutes left.").wait_for()
    assert one.card.locator("> .cc-sr").inner_text() == "5 minutes left.", "also where the clock is hidden"
    banner.get_by_role("button", name="Close").click()
    assert not banner.is_visible() and not one.card.get_by_role("timer").is_visible()
    one.page.clock.fast_forward("04:30")
    one.page.clock.run_for(1000)
    one.card.locator(".hall-report").wait_for()
    assert "9 questions had no answer" in one.card.locator(".hall-score").inner_text()


def test_a_pause_covers_the_questions(one: Desk):
    one.begin()
    one.card.get_by_role("button", name="Pause").click()
    one.card.get_by_role("heading", name="Paused").wait_for()
    assert "does not give it" in one.card.inner_text() and not one.card.locator(".hall-number").is_visible()
    one.draw()
    one.card.get_by_role("button", name="Go on: CPC").click()
    one.card.get_by_role("button", name="Go on", exact=True).click()
    at(one.card, 1)


def test_a_silent_kernel_loses_nothing(one: Desk):
    card, page = one.card, one.page
    one.begin()
    page.evaluate("() => { window.dead = true; }")
    page.keyboard.press("b")
    page.keyboard.press("n")
    at(card, 2)
    page.keyboard.press("a")
    page.clock.run_for(9000)
    card.locator(".hall-saved", has_text="Not saved yet: 2 changes kept on this page.").wait_for()
    assert "The kernel is not answering" in card.get_by_role("alert").inner_text()
    page.evaluate("() => { window.dead = false; }")
    page.clock.run_for(25_000)
    kept(card)
    assert card.get_by_role("alert").inner_text() == ""
    page.evaluate("() => { window.dead = true; }")
    page.keyboard.press("c")
    page.keyboard.press("n")
    page.reload()  # the tab keeps what was not sent
    one.draw()
    at(card, 3)
    kept(card)
    responses = [row["response"] for row in one.hall.taken.state(paths.now())["items"][:2]]  # type: ignore[union-attr]
    assert responses == ["b", "c"]


def test_an_exam_is_given_up_only_when_asked_twice(one: Desk):
    one.card.get_by_role("checkbox", name="With the clock").uncheck()
    one.begin()
    assert not one.card.get_by_role("timer").is_visible()
    one.draw()
    one.card.get_by_role("button", name="Give up: CPC").click()
    one.card.get_by_role("button", name="Keep it").click()
    assert focused(one.page) == "Give up"
    give = one.card.get_by_role("button", name="Give up: CPC")
    give.dblclick()
    assert one.card.get_by_role("button", name="Give it up").is_visible(), "a double click opens nothing"
    one.card.get_by_role("button", name="Give it up").dblclick()
    one.card.get_by_role("cell", name="given up").wait_for()


def test_two_clicks_begin_one_exam_and_the_lobby_keeps_the_time(one: Desk):
    card, page = one.card, one.page
    card.get_by_role("button", name="Begin").dblclick()
    at(card, 1)
    page.evaluate("() => document.querySelector('.hall-card').querySelector('.hall-label').click()")
    page.keyboard.press("n")
    kept(card)
    assert len(sittings(open_store())) == 1
    other = HallCard(open_store(), "CPC", 0.1)  # the same exam in another tab
    other.send = list  # type: ignore[method-assign]
    sid = one.hall.state["sitting"]
    other.handle({"verb": "open", "seq": "t.1", "sitting": sid})
    change = {"place": 1, "field": "response", "value": "b"}
    other.handle({"verb": "save", "seq": "t.2", "sitting": sid, "changes": [change]})
    page.keyboard.press("f")
    card.locator(".hall-saved", has_text="Answered in another tab: shown now").wait_for()
    at(card, 2)
    assert card.get_by_role("radio").nth(1).is_checked() and "1 flagged" in card.locator(".hall-progress").inner_text()
    page.clock.set_system_time(dt.datetime.now(dt.UTC))  # tests before this one moved it on
    page.evaluate(
        MOUNT, [HallCard._esm, one.hall.view, {**one.hall.state, "sitting": "", "sittings": one.hall._lobby()}]
    )
    running = card.locator(".hall-open")
    running.get_by_text("24 minutes left. The clock runs on while you are away, unless you pause.").wait_for()
    page.clock.fast_forward("10:00")
    page.clock.run_for(1000)
    assert "14 minutes left" in running.inner_text()
    page.clock.fast_forward("14:00")
    page.clock.run_for(1000)
    assert (
        "the time is over" in running.inner_text()
        and running.get_by_role("button", name="Open the report").is_visible()
    )


def test_sureness_has_keys_and_escape_closes_a_panel(one: Desk):
    card, press = one.card, one.page.keyboard.press
    card.get_by_role("checkbox", name="Ask how sure I am").check()
    one.begin()
    for _ in range(10):
        for key in ("b", "s", "n"):
            press(key)
    card.get_by_role("button", name="Keyboard").click()
    assert "you guess, you are unsure" in card.inner_text()
    press("Escape")
    assert focused(one.page) == "Keyboard" and "you guess, you are unsure" not in card.inner_text()
    press("r")
    card.get_by_role("button", name="Submit the exam").click()
    card.get_by_role("button", name="Submit now").click()
    card.locator(".hall-report").wait_for()
    card.get_by_role("button", name="Show what you were sure of and missed").click()
    shown = card.locator(".hall-question:visible").count()
    assert focused(one.page) == f"Sure and wrong ({shown})" and 0 < shown < 11


SUMS = {
    "2+3*4=": "20",
    "0.1+0.2=": "0.3",
    "7/0=": "Cannot divide by zero",
    "1,5*2=": "3",
    "9-12=": "−3",
    "12<+1=": "2",
    "5*=C8": "8",
}


def test_the_calculator_counts(one: Desk):
    one.begin()
    one.card.get_by_role("button", name="Calculator", exact=True).click()
    assert one.page.evaluate("() => document.activeElement.tagName") == "OUTPUT"
    for keys, result in SUMS.items():
        one.page.keyboard.press("Delete")
        for key in keys:
            one.page.keyboard.press("Backspace" if key == "<" else key)
        assert one.card.locator("output").inner_text() == result, keys
    card_keys = one.card.locator(".hall-sum-key")
    for key in ("Delete", "2", "+"):
        one.page.keyboard.press(key)
    card_keys.filter(has_text="7").focus()
    one.page.keyboard.press("3")
    one.page.keyboard.press("Enter")
    assert one.card.locator("output").inner_text() == "5", "Enter is the sum wherever the focus is"
    for key in "1af":
        one.page.keyboard.press(key)
    assert one.card.locator(".hall-progress").inner_text() == "0 of 10 answered", "its keys choose and flag nothing"


def test_the_report_prints_alone_and_unfolded(one: Desk):
    one.begin()
    one.page.keyboard.press("r")
    one.card.get_by_role("button", name="Submit the exam").click()
    one.card.get_by_role("button", name="Submit now").click()
    one.card.get_by_role("button", name="Not right (10)").click()
    one.page.evaluate(NO_PRINTER)
    one.card.get_by_role("button", name="Print this report").click()
    paper = one.page.locator("iframe.hall-print").get_attribute("srcdoc") or ""
    assert paper.count("<h5>The key</h5>") == 10 and "Your score report" in paper and "Printed: Not right (10)" in paper
    one.page.evaluate("(html) => { document.open(); document.write(html); document.close(); }", paper)
    pages = one.page.pdf(format="Letter").count(b"/Type /Page\n")
    assert 1 < pages <= 8, f"ten questions on {pages} pages"
    one.page.emulate_media(media="print")
    assert not one.page.get_by_role("button").filter(visible=True).count()
    assert one.page.get_by_text("Your score report").is_visible()
    labs.screenshot(one.page, "hall-paper")
