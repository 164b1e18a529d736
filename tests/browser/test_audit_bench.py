"""The audit bench of ten encounters in a browser, without a lab: by mouse, by keys, the tally, the marks, narrow, dark.

The page's model answers through Python, so that what is checked is what is graded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from course.cards import esm
from course.cards.widget import STYLES
from course.grading import audit
from course.questions import text
from course.questions.bank import load_item
from course.questions.kinds import audit_model, check, solution, view
from tests.browser import drive
from tests.browser import lab as labs
from tests.browser.conftest import COLORS
from tests.browser.test_em_rules import DARK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

BENCH = load_item("11-audit/ten-visits-of-a-week")
KEY = solution(BENCH)["response"]
MODEL = """async ([code, view, response]) => {
  const heard = [];
  window.data = { view, state: { hints: [], hints_left: 2, verdict: null, response } };
  const model = {
    get: (name) => data[name], set: (name, value) => { data[name] = value; }, save_changes() {},
    on: (name, f) => heard.push([name, f]), off() {},
    async send(message) {
      const verdict = message.verb === 'check' ? await python(message.response) : data.state.verdict;
      data.state = { ...data.state, verdict, seq: message.seq };
      for (const [name, f] of heard) {
        if (name === 'change:state') f();
        if (name === 'msg:custom') f({ seq: message.seq });
      }
    },
  };
  const made = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  made.default.render({ model, el: document.getElementById('root') });
}"""
WIDE = """n => [...n.querySelectorAll('*')].filter((e) => e.checkVisibility() && !e.closest('.cc-sr')
  && e.getBoundingClientRect().right > n.getBoundingClientRect().right + 1).map((e) => e.className)"""


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Page]:
    one = chromium.new_page(viewport={"width": 1100, "height": 1000})
    one.set_default_timeout(10_000)
    one.emulate_media(reduced_motion="reduce")  # axe must not look while the verdict fades in
    one.expose_function("python", lambda raw: text.verdict_html(check(BENCH, raw)))
    faults: list[str] = []
    labs.watch(one, faults)
    yield one
    one.close()
    assert not faults, faults


@pytest.fixture
def page(blank: Page) -> Page:
    """The card, unanswered."""
    return draw(blank, None)


def draw(page: Page, response: Any) -> Page:
    """The card with an answer that was kept."""
    sheet = esm.styles(*STYLES)
    page.set_viewport_size({"width": 1100, "height": 1000})
    page.set_content(
        f'<!doctype html><html lang="en"><title>x</title><style>{sheet}</style>'
        '<body style="margin:8px"><main id="root"></main></body></html>'
    )
    page.evaluate(MODEL, [esm.bundle("question.js"), view(BENCH), response])
    return page


def card(page: Page) -> Locator:
    return page.locator(".cc-card")


def sheet(page: Page) -> Locator:
    """The encounter on screen; there is always one."""
    return page.locator(".cc-audit-sheet:visible")


def counted(page: Page) -> dict[str, str]:
    """What the tally says: name -> number."""
    rows = page.locator(".cc-audit-count")
    return dict(row.evaluate("n => [n.firstChild.textContent, n.lastChild.textContent]") for row in rows.all())


def audit_by_mouse(page: Page) -> None:
    findings = KEY["findings"]
    for n, one in enumerate(BENCH.encounters):
        for m, select in enumerate(sheet(page).get_by_role("combobox").all()):
            select.select_option(findings[audit_model.line_id(one, m)])
        sheet(page).get_by_text("Yes" if KEY["missed"][one.id] == "yes" else "No", exact=True).click()
        button = "Next encounter" if n < 9 else "Go on to the rates"
        sheet(page).get_by_role("button", name=button).click()


def test_by_mouse_from_the_first_encounter_to_the_rates(page: Page) -> None:
    assert sheet(page).count() == 1 and "Encounter 1 of 10" in sheet(page).inner_text()
    assert (
        counted(page)["Lines audited"] == "0 of 33"
        and page.locator(".cc-audit-progress").inner_text() == "0 of 10 audited"
    )
    assert not page.get_by_label("Line accuracy").is_visible(), "the rates are folded until they are wanted"
    assert page.locator(".cc-audit-brief").inner_text() == "Lines audited: 0 of 33 · Encounters audited: 0 of 10"
    sheet(page).get_by_role("button", name="Go on to the rates").click()
    assert page.get_by_label("Line accuracy").is_visible()
    page.locator(".cc-audit-report summary").click()
    audit_by_mouse(page)
    focused = page.evaluate("() => document.activeElement.labels[0].textContent")
    assert focused == audit.RATES["lines-agree"].title, "the last button leads to the rates"
    told, key = counted(page), audit_model.key_tally(BENCH)
    assert told["Lines audited"] == f"{key.lines}" and told["Encounters audited"] == f"{key.encounters}"
    assert told["Without any error"] == f"{key.clean}" and told["With something missed"] == f"{key.missed}"
    assert {name: told[audit.WORDS[name].label] for name in audit_model.offered(BENCH)} == {
        name: f"{key.found.get(name, 0)}" for name in audit_model.offered(BENCH)
    }
    for name, percent in KEY["figures"].items():
        page.get_by_label(audit.RATES[name].title, exact=True).fill(percent)
    drive.check(card(page)).click()
    drive.wait_for(card(page), "correct")
    steps = page.locator(".cc-audit-step")
    assert {step.get_attribute("data-state") for step in steps.all()} == {"right"}
    steps.nth(1).click()
    assert "It should be 99213." in sheet(page).inner_text() and sheet(page).get_by_role("combobox").first.is_disabled()
    labs.screenshot(page, "audit-right", card(page))


def test_what_differs_is_shown_at_its_encounter_and_its_line(blank: Page) -> None:
    findings = {**KEY["findings"], "bladder-1": "wrong-code", "kidney-3": "agree"}
    page = draw(blank, {"findings": findings, "missed": KEY["missed"], "figures": {"undercoded": "0"}})
    assert page.locator(".cc-audit-progress").inner_text() == "10 of 10 audited"
    own = audit_model.own_tally(BENCH, findings, {name for name, said in KEY["missed"].items() if said == "yes"})
    assert counted(page)["Without any error"] == f"{own.clean}" == "3", "something missed is an error, too"
    drive.check(card(page)).click()
    drive.wait_for(card(page), "partly")
    assert (
        card(page).locator(".cc-headline strong").inner_text()
        == "31 of 33 lines and 10 of 10 answers about missing codes fit. Look again at encounters 2 and 8."
    )
    states = [step.get_attribute("data-state") for step in page.locator(".cc-audit-step").all()]
    assert [n + 1 for n, state in enumerate(states) if state == "wrong"] == [2, 8] and states.count("right") == 8
    assert "The right sum from your findings." in page.locator(".cc-audit-rate").last.inner_text()
    page.get_by_role("button", name="Encounter 2, Acute visit, May 4: look again").click()
    assert page.evaluate("() => document.activeElement.textContent").startswith("Encounter 2 of 10")
    select = sheet(page).get_by_role("combobox").first
    described = select.evaluate("n => document.getElementById(n.getAttribute('aria-describedby')).textContent")
    assert "Look again." in described and "99213" not in described
    labs.screenshot(page, "audit-differs", card(page))
    drive.finding(select, "Overcoded")
    assert select.evaluate("n => document.getElementById(n.getAttribute('aria-describedby')).textContent") == ""
    assert page.locator(".cc-audit-step").nth(1).get_attribute("data-state") == "done", "an old mark must not stay"
    assert page.locator(".cc-stale-word").is_visible() and counted(page)["Overcoded"] == "2"


def test_by_keys_alone(page: Page) -> None:
    press, write = page.keyboard.press, page.keyboard.type
    steps = page.locator(".cc-audit-step")
    steps.nth(3).focus()
    press("Enter")
    assert "Encounter 4 of 10" in sheet(page).inner_text() and steps.nth(3).get_attribute("aria-current") == "step"
    press("Tab")  # from the heading to the first line
    for words in ("wro", "agr"):
        write(words)
        press("Tab")
    press("ArrowDown")  # No
    drive.tab_to_button(page, ("Previous encounter",))
    press("Space")
    assert "Encounter 3 of 10" in sheet(page).inner_text() and steps.nth(3).get_attribute("data-state") == "done"
    assert page.locator(".cc-audit-progress").inner_text() == "1 of 10 audited"
    press("Tab")
    write("mod")
    press("Tab")
    assert steps.nth(2).get_attribute("data-state") == "begun"
    assert (counted(page)["Wrong code"], counted(page)["Modifier"], counted(page)["Lines audited"]) == (
        "1",
        "1",
        "3 of 33",
    )
    drive.tab_to_button(page, ("Go on to the rates",))
    press("Enter")
    write("75,8 %")
    press("Enter")
    drive.wait_for(card(page), "partly")
    assert (
        "Right so far; 30 lines and 9 questions about missing codes still open."
        in drive.feedback(card(page)).inner_text()
    )
    assert page.evaluate("() => data.state.verdict.parts.filter((part) => part.mark === 'right').length") == 5
    assert page.locator(":is(input, select, button, summary):not([data-lm-suppress-shortcuts])").count() == 0


def test_axe_finds_nothing_and_nothing_overflows(page: Page, axe: Any) -> None:
    page.locator("summary").first.click()
    sheet(page).get_by_role("combobox").first.select_option("overcoded")
    assert axe(page, ".cc-audit-report") == ""
    sheet(page).get_by_role("button", name="Go on to the rates").click()
    page.get_by_label("Line accuracy").fill("12")
    drive.check(card(page)).click()
    drive.wait_for(card(page), "incorrect")
    assert axe(page, ".cc-card") == "" and card(page).evaluate(WIDE) == []
    page.set_viewport_size({"width": 320, "height": 1000})
    labs.screenshot(page, "audit-320", card(page))
    assert axe(page, ".cc-card", (), COLORS) == "" and card(page).evaluate(WIDE) == []
    page.locator("body").evaluate("(n, more) => { n.style.cssText += more; }", DARK)
    labs.screenshot(page, "audit-dark", card(page))
    assert axe(page, ".cc-card", COLORS) == ""
