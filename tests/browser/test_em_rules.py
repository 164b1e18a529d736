"""The E/M leveler in a browser, without a lab: the same answers as Python, and the tool without a question."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from course.cards import em_level, esm
from course.codesets.cpt import em
from course.questions.kinds.em_model import levels_of, rules_view
from tests.browser import lab as labs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CASES = 1500
RUN = """([cases, views]) => cases.map(({ category, counts, minutes }) => {
  const { parts, codes } = views[category];
  const found = mdm(parts, counts);
  const [byLevel, byTime] = [codeFor(codes, found.overall), codeByTime(codes, minutes)];
  return [found.problems, found.data, found.risk, found.overall, byLevel, byTime, higher(codes, byLevel, byTime)];
})"""


def test_browser_and_python_agree(chromium: Browser) -> None:
    rng = random.Random(4)
    elements = list(em.elements().values())
    cases = []
    for _ in range(CASES):
        drawn = rng.sample(elements, rng.choice((0, 1, 2, 3, 4, 6)))
        counts = {one.id: rng.randint(1, 4) if one.counted else 1 for one in drawn}
        minutes = rng.choice((rng.randint(0, 100), *(row.first for row in em.in_category("home-new"))))
        cases.append({"category": rng.choice(em.leveled()), "counts": counts, "minutes": minutes})
    expected = []
    for case in cases:
        mdm = levels_of(case["counts"])
        by_level = em.code_for(case["category"], mdm.overall) or ""
        by_time = em.code_by_time(case["category"], case["minutes"]) or ""
        both = em.visit_code(case["category"], mdm.overall, case["minutes"]) or ""
        expected.append([*map(int, mdm), by_level, by_time, both])
    assert len({tuple(one[:4]) for one in expected}) > 40, "the cases are too much alike"
    page = chromium.new_page()
    try:
        page.add_script_tag(content=esm.read("kinds/em_rules.js").replace("export ", ""))
        found = page.evaluate(RUN, [cases, {category: rules_view(category) for category in em.leveled()}])
    finally:
        page.close()
    assert [(case, *one) for case, one in zip(cases, found, strict=True)] == [
        (case, *one) for case, one in zip(cases, expected, strict=True)
    ]


def test_minutes_are_read_as_they_are_graded(chromium: Browser) -> None:
    page = chromium.new_page()
    try:
        page.add_script_tag(content=esm.read("kinds/em_rules.js").replace("export ", ""))
        read = {"24": 24, " 24 min": 24, "24 minutes": 24, "24min.": 24, "": None, "about 24": None, "24.5": None}
        assert page.evaluate("(texts) => texts.map(minutesIn)", list(read)) == list(read.values())
    finally:
        page.close()


MODEL = """async ([code, view]) => {
  const data = { view, state: {} };
  window.data = data;
  const model = { get: (name) => data[name], set: (name, value) => { data[name] = value; }, save_changes() {} };
  const made = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  made.default.render({ model, el: document.getElementById('root') });
}"""
DARK = (
    "--jp-layout-color1:#111;--jp-content-font-color0:#fff;--jp-content-font-color1:#dedede;--jp-border-color2:#424242;"
    "--jp-brand-color1:#42a5f5;--jp-ui-inverse-font-color0:#000;--jp-success-color1:#66bb6a;color-scheme:dark;background:#111"
)


@pytest.mark.parametrize(("width", "style"), [(1100, ""), (320, ""), (1100, DARK)], ids=["wide", "narrow", "dark"])
def test_the_free_leveler(chromium: Browser, axe: Any, width: int, style: str) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    faults: list[str] = []
    labs.watch(page, faults)
    sheet = esm.styles(*em_level.STYLES)
    page.set_content(
        f'<!doctype html><html lang="en"><title>x</title><style>{sheet}</style>'
        f'<body style="margin:8px;{style}"><main id="root"></main></body></html>'
    )
    try:
        page.evaluate(MODEL, [esm.bundle("em_level.js"), em_level.EmLevel().view])
        result = page.locator(".cc-em-result")
        assert "reach moderate: 99214." in result.inner_text()
        page.get_by_label("Category").select_option("hospital-initial")
        assert "reach moderate: 99222." in result.inner_text(), "the ticks stay when the category changes"
        page.get_by_label("Minutes that count").fill("80")
        assert "80 minutes lead to 99223" in result.inner_text()
        assert page.evaluate("() => data.state.minutes") == "80", "a page that is drawn again shows the same"
        page.get_by_label("Category").select_option("emergency")
        assert not page.get_by_label("Minutes that count").count() and "99284" in result.inner_text()
        labs.screenshot(page, f"em-level-{width}{'-dark' if style else ''}")
        assert axe(page, ".cc-card") == ""
        wide = (
            "n => [...n.querySelectorAll('*')].filter((e) => !e.closest('.cc-sr, .cc-em-long') && e.checkVisibility()"
        )
        wide += " && e.getBoundingClientRect().right > n.getBoundingClientRect().right + 1).map((e) => e.className)"
        assert page.locator(".cc-card").evaluate(wide) == []
        page.get_by_role("button", name="Clear").click()
        assert "needed for a level" in result.inner_text()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.get_by_role("checkbox").first.is_checked()
        assert page.locator(":is(input, select, button):not([data-lm-suppress-shortcuts])").count() == 0
        assert not faults
    finally:
        page.close()
