"""The query workshop in a browser, without a lab: by mouse, by keys, the tray, the text as it grows, narrow and dark.

The page's model answers through Python, so that what is checked is what is graded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course.cards import esm
from course.cards.widget import STYLES
from course.questions import text
from course.questions.bank import load_item, load_topic
from course.questions.base import ItemBase
from course.questions.kinds import check, query_workshop, solution, view
from course.questions.kinds.query_model import ROLES
from tests.browser import drive
from tests.browser import lab as labs
from tests.browser.card_gallery import FIXTURES
from tests.browser.conftest import COLORS
from tests.browser.test_audit_bench import MODEL, WIDE
from tests.browser.test_em_rules import DARK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FEVER = load_item("gallery/query", FIXTURES)
KEY = solution(FEVER)["response"]
TEXTS = {part.id: part.text.split(" ☐")[0] for part in FEVER.parts}
ASKED: list[ItemBase] = [FEVER]


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Page]:
    one = chromium.new_page(viewport={"width": 1100, "height": 1000})
    one.set_default_timeout(10_000)
    one.emulate_media(reduced_motion="reduce")  # axe must not look while the verdict fades in
    one.expose_function("python", lambda raw: text.verdict_html(check(ASKED[0], raw)))
    faults: list[str] = []
    labs.watch(one, faults)
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def one(blank: Page) -> Locator:
    """The card, unanswered."""
    return draw(blank, FEVER)


def draw(page: Page, item: ItemBase, response: Any = None, width: int = 1100, style: str = "") -> Locator:
    """The card of an item, with an answer that was kept."""
    ASKED[0] = item
    page.set_viewport_size({"width": width, "height": 1000})
    page.set_content(
        f'<!doctype html><html lang="en"><title>x</title><style>{esm.styles(*STYLES)}</style>'
        f'<body style="margin:8px;{style}"><main id="root"></main></body></html>'
    )
    page.evaluate(MODEL, [esm.bundle("question.js"), view(item), response])
    return page.locator(".cc-card")


def part(one: Locator, name: str) -> Locator:
    """A part in the tray."""
    return one.locator(".cc-query-part", has_text=TEXTS[name])


def built(one: Locator) -> list[str]:
    """The ids of the parts of the query, in order."""
    ids = {shown: part.id for shown, part in query_workshop.tray(FEVER).items()}
    return [ids[name] for name in one.locator(".cc-query-row").evaluate_all("rows => rows.map((r) => r.dataset.step)")]


def button(one: Locator, what: str, name: str) -> Locator:
    return one.get_by_role("button", name=f"{what}: {TEXTS[name][:40]}")


def focused(page: Page) -> str:
    """Name of the control that has the focus."""
    return str(page.evaluate("() => document.activeElement.ariaLabel || document.activeElement.textContent"))


def letter(one: Locator) -> list[str]:
    """The query as it reads."""
    return [" ".join(words.split()) for words in one.locator(".cc-query-text p").all_inner_texts()]


def status(one: Locator) -> str:
    return str(one.locator(".cc-sr[role=status]").inner_text())


def test_by_mouse_both_steps_and_what_is_said_of_each(one: Locator) -> None:
    assert one.get_by_role("group", name="Step 1 of 2 Mark what leads in the draft").count() == 1
    assert not one.locator(".cc-query-letter").is_visible() and "Nothing here yet" in one.inner_text()
    drive.drag(one, "Please", "add")
    drive.drag(one, "Saline", "antibiotics")
    drive.word(one, "heart").click()
    for name in ("ask", "half", "who"):
        part(one, name).click()
    assert built(one) == ["ask", "half", "who"] and part(one, "who").count() == 0
    assert [words[:9] for words in letter(one)] == ["Your note", "The lacta", "Dr. Ames,"]
    drive.check(one).click()
    drive.wait_for(one, "partly", "incorrect")
    marks = one.locator(".cc-word[data-mark]").evaluate_all("nodes => nodes.map((n) => n.dataset.mark)")
    assert set(marks) == {"right", "wrong", "extra"}
    said = one.locator(".cc-query-step").first.inner_text()
    assert FEVER.leading[2].why in said and FEVER.traps[1].why in said and "This leads nobody: “heart”" in said
    assert "look for words that name money" in said and FEVER.leading[3].why not in said
    rows = one.locator(".cc-query-row")
    assert [row.get_attribute("data-mark") for row in rows.all()] == ["order", "wrong", "right"]
    assert "a diagnosis that nobody has written" in rows.nth(1).inner_text()
    assert ROLES["question"][1] in rows.nth(0).inner_text()
    missing = one.locator(".cc-query-step").last.inner_text()
    assert ROLES["indicators"][0] in missing and ROLES["choices"][0] in missing
    described = button(one, "Take out", "half").evaluate(
        "n => document.getElementById(n.getAttribute('aria-describedby')).textContent"
    )
    assert "a diagnosis that nobody has written" in described
    labs.screenshot(one.page, "query-told", one)
    button(one, "Take out", "half").click()
    assert built(one) == ["ask", "who"] and one.locator(".cc-stale-word").is_visible()
    assert (
        part(one, "half").is_visible() and "a diagnosis that nobody" not in one.locator(".cc-query-tray").inner_text()
    )


def test_by_keys_alone_to_the_right_answer(one: Locator) -> None:
    page, press = one.page, one.page.keyboard.press
    one.locator(".cc-word").first.focus()
    press("ArrowRight")  # past the label
    for key in ("Space", "ArrowRight", "Space"):
        press(key)
    assert drive.marked(one) == ["Sepsis", "documentation"]
    for first, steps in (("clearly", 4), ("Please", 2), ("so", 6)):
        words = one.locator(".cc-word").all_inner_texts()
        at = words.index(first)
        press("Control+Home")
        for _ in range(at - 1):
            press("ArrowRight")
        press("ArrowRight")
        assert page.evaluate("() => document.activeElement.textContent") == first
        for _ in range(steps):
            press("Shift+ArrowRight")
    for name in ("signs", "ask", "choices", "who", "reply"):
        for _ in range(30):
            press("Tab")
            if focused(page).startswith("Add: ") and TEXTS[name].split("☐")[-1].strip()[:30] in focused(page):
                break
            if not focused(page).startswith("Add: ") and built(one):
                one.locator(".cc-clear").focus()  # round again, to the first part of the tray
        press("Enter")
    assert built(one) == ["signs", "ask", "choices", "who", "reply"]
    button(one, "Move up", "who").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp"):
        press(key)
    assert built(one) == ["who", "signs", "ask", "choices", "reply"]
    assert status(one).startswith("Now 1 of 5: Dr. Ames") and focused(page).startswith("Move up: Dr. Ames")
    drive.check(one).focus()
    press("Enter")
    drive.wait_for(one, "correct")
    assert one.locator(".cc-query-part").first.get_attribute("aria-disabled") == "true"
    one.locator(".cc-query-part").first.click(force=True)
    press("Delete")
    assert len(built(one)) == 5, "a right answer is locked"
    labs.screenshot(page, "query-right", one)


def test_the_tray_the_query_and_the_focus(one: Locator) -> None:
    page = one.page
    order = one.locator(".cc-query-part").all_inner_texts()
    for name in ("who", "signs", "choices"):
        part(one, name).click()
        assert status(one).startswith(f"Added as part {len(built(one))}: ") and focused(page).startswith("Add: ")
    assert letter(one)[2].startswith("☐ Pneumonia with sepsis") and one.locator(".cc-query-text br").count() == 3
    button(one, "Move down", "who").click()
    assert built(one) == ["signs", "who", "choices"] and letter(one)[1].startswith("Dr. Ames")
    assert button(one, "Move up", "signs").get_attribute("aria-disabled") == "true"
    button(one, "Move up", "signs").click(force=True)
    assert built(one) == ["signs", "who", "choices"]
    button(one, "Take out", "signs").focus()
    page.keyboard.press("Delete")
    assert built(one) == ["who", "choices"] and focused(page).startswith("Take out: Dr. Ames")
    assert status(one).startswith("Taken out: In the ED")
    for _ in ("who", "choices"):
        one.get_by_role("button", name="Take out").first.click()
    assert focused(page).startswith("Add: ") and not one.locator(".cc-query-letter").is_visible()
    assert one.locator(".cc-query-part").all_inner_texts() == order, "each part goes back to where it stood"
    for _ in FEVER.parts:
        one.locator(".cc-query-part").first.click()
    assert "All parts are in your query." in one.inner_text() and focused(page).startswith("Take out: ")
    bare = "nodes => nodes.filter((n) => n.dataset.lmSuppressShortcuts !== 'true').map((n) => n.outerHTML)"
    assert (
        one.locator("button, input, [tabindex]").evaluate_all(bare.replace("(n) =>", "(n) => n.tagName !== 'H3' &&"))
        == []
    )


def test_a_kept_answer_comes_back(blank: Page) -> None:
    one = draw(blank, FEVER, {"marks": KEY["marks"][:2], "parts": KEY["parts"][1:3]})
    assert drive.marked(one) == ["Sepsis", "documentation"] and built(one) == ["signs", "ask"]
    assert len(letter(one)) == 2 and one.locator(".cc-query-part").count() == len(FEVER.parts) - 2


@pytest.mark.parametrize(("width", "style"), [(1100, ""), (320, ""), (1100, DARK)], ids=["wide", "narrow", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(blank: Page, axe: Any, width: int, style: str) -> None:
    some = query_workshop.tray(FEVER)
    wrong = {"marks": [1, 2, 9, *KEY["marks"][4:6]], "parts": list(some)[:5]}
    one = draw(blank, FEVER, wrong, width, style)
    drive.check(one).click()
    drive.wait_for(one, "partly", "incorrect")
    assert axe(blank, ".cc-card", COLORS if style else ()) == ""
    assert one.evaluate(WIDE) == []
    labs.screenshot(blank, f"query-{width}{'-dark' if style else ''}", one)


def test_every_workshop_of_the_course_fits_a_narrow_card_and_takes_its_key(blank: Page) -> None:
    items = [item for item in load_topic("11-queries").items if item.kind == "query_workshop"]
    assert len(items) >= 10
    for item in items:
        one = draw(blank, item, solution(item)["response"], 320)
        assert one.evaluate(WIDE) == [], item.id
        drive.check(one).click()
        drive.wait_for(one, "correct")
