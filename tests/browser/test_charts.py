"""Charts in a browser: their words, colors that follow the theme, ids, the table behind, a phone; and in a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import course
from course.cards import esm
from course.cards.chart_card import STYLES
from course.cards.question_card import QuestionCard
from course.cards.widget import STYLES as CARD_STYLES
from course.labor import style
from course.learner.exercise import Exercise
from course.learner.store import open_store
from tests.browser.conftest import COLORS
from tests.browser.test_diagrams import BARE, DRAW, FOCUSABLE, OUTSIDE, blank
from tests.cards.test_chart_card import item
from tests.labor.samples import WAGES, T, states

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Two cards side by side, as cells one below the other.
TWICE = """async ([code, view]) => {
  const root = document.getElementById('root');
  const card = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  for (const _ of [1, 2]) {
    const model = { get: (name) => (name === 'view' ? view : {}), on() {}, off() {}, send() {} };
    card.default.render({ model, el: root.appendChild(document.createElement('div')) });
  }
}"""
#: The fills and strokes of a drawing as the page computes them.
PAINTED = """svg => [...new Set([...svg.querySelectorAll('[style]')].flatMap((one) => {
  const { fill, stroke } = getComputedStyle(one);
  return [fill, stroke];
}))].filter((one) => one.startsWith('rgb('))"""
DARK = (
    "margin:8px;--jp-layout-color1:#212121;--jp-content-font-color0:#fff;--jp-content-font-color1:#fff;"
    "--jp-border-color2:#616161;--jp-brand-color1:#42a5f5;color-scheme:dark;background:#212121"
)


def rgb(color: str) -> str:
    """ "#16191d" as a page computes it."""
    return f"rgb({', '.join(str(int(color[n : n + 2], 16)) for n in (1, 3, 5))})"


@pytest.fixture(scope="module")
def view() -> dict[str, Any]:
    card: Any = course.chart("ladder", WAGES, label="name", band=(50_000, 70_000), reading="Half earn **less**.", **T)
    return dict(card.view)


@pytest.fixture
def page(chromium: Browser, view: dict[str, Any]) -> Iterator[Page]:
    """A page with the same chart twice."""
    with blank(chromium, STYLES) as one:
        one.evaluate(TWICE, [esm.bundle("chart.js"), view])
        yield one


def test_a_chart_is_a_figure_with_words_and_figures(page: Page, view: dict[str, Any], axe: Any) -> None:
    figure = page.get_by_role("figure", name=T["title"]).first
    figure.get_by_role("img", name="Percentile ladder of 4 rows").wait_for()
    assert figure.locator(".ct-reading").inner_text() == "Half earn less."
    assert figure.locator(".ct-source").inner_text() == f"Source: {T['source']}"
    ids = page.locator("[id]").evaluate_all("nodes => nodes.map((n) => n.id)")
    assert len(set(ids)) == len(ids) > 40, "two pictures on a page, each with ids of its own"
    assert page.locator("use").evaluate_all(
        "nodes => nodes.every((n) => document.querySelector(n.getAttribute('xlink:href')))"
    )

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert figure.get_by_role("columnheader").all_inner_texts() == view["headers"]
    rows = figure.locator("tbody tr").evaluate_all("nodes => nodes.map((n) => [...n.cells].map((c) => c.textContent))")
    assert rows == view["rows"] and figure.get_by_role("rowheader").count() == 4
    assert page.locator(FOCUSABLE).evaluate_all(BARE) == []
    assert axe(page, ".cc-card") == ""


def test_colors_follow_the_theme_of_the_page(page: Page, axe: Any) -> None:
    svg = page.locator("svg.cp-svg").first
    named = ("ink", "muted", "blue", "band")
    assert {rgb(style.PALETTE[one].light) for one in named} <= set(svg.evaluate(PAINTED))
    page.evaluate("(css) => { document.body.dataset.jpThemeLight = 'false'; document.body.style.cssText = css; }", DARK)
    painted = set(svg.evaluate(PAINTED))
    assert {rgb(style.PALETTE[one].dark) for one in named} <= painted
    assert not {rgb(one.light) for one in style.PALETTE.values()} & painted, "no light color is left"
    page.locator("summary").first.click()
    assert axe(page, ".cc-card", COLORS) == ""


def test_on_a_phone_the_picture_scrolls_and_the_words_wrap(chromium: Browser, axe: Any) -> None:
    card: Any = course.chart("tile-map", states(), value="value", unit="jobs per 1,000 jobs", decimals=2, **T)
    with blank(chromium, STYLES, 320) as page:
        page.evaluate(DRAW, [esm.bundle("chart.js"), card.view, {}])
        one = page.locator(".cc-card")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert one.evaluate(OUTSIDE) == []
        box = one.locator(".ct-picture")
        assert box.evaluate("n => n.scrollWidth > n.clientWidth && n.querySelector('svg').clientWidth >= 420")
        one.locator("summary").click()
        assert one.evaluate(OUTSIDE) == [] and axe(page, ".cc-card") == ""


def test_a_question_shows_its_plot_above_the_question(chromium: Browser, tmp_path: Path, axe: Any) -> None:
    card = QuestionCard(Exercise(item(plot="ladder-2025", id="15-x/a-chart", lesson="15"), open_store(tmp_path)))
    with blank(chromium, CARD_STYLES, 900) as page:
        page.evaluate(DRAW, [esm.bundle("question.js"), card.view, card.state])
        one = page.locator(".cc-card")
        picture = one.get_by_role("img", name="Percentile ladder of 6 rows").bounding_box()
        field = one.get_by_role("textbox").bounding_box()
        assert picture and field and picture["y"] + picture["height"] < field["y"] and picture["width"] > 600
        assert one.locator("table").count() == 1 and not one.locator("table").is_visible()
        assert one.evaluate(OUTSIDE) == [] and axe(page, ".cc-card") == ""
