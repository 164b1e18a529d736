"""The career sheet in a real browser: loads nothing, one page on paper, axe in both themes, 320 pixels."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course.labor import report
from tests.browser.conftest import COLORS, Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = dt.date(2026, 9, 30)  # the longest date
#: A long name, the nation, a state, and a place of which nothing is published, with exams of both bodies.
SHEETS = (("DC", "CPC", 36_000.0), ("US", "CCS", None), ("OH", "CIC", None), ("PR", "CCA", None))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder: Path = tmp_path_factory.mktemp("sheets")
    made = []
    for place, exam, wage in SHEETS:
        file = folder / f"{place}.html"
        text = report.page(report.find_place(place), report.find_exam(exam), wage, TODAY)
        file.write_text(text, encoding="utf-8")
        made.append(file.as_uri())
    return made


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    one = chromium.new_page(viewport={"width": 1200, "height": 900}, color_scheme="light")
    yield one
    one.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_sheet_prints_on_one_page(page: Page, files: list[str], paper: str):
    for file in files:
        page.goto(file)
        pdf = page.pdf(format=paper, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, (file, paper)
    page.evaluate("document.querySelector('main').append(document.querySelector('main').cloneNode(true))")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) > 1  # the count can tell


def test_nothing_is_loaded_and_axe_finds_nothing_in_both_themes(page: Page, files: list[str], axe: Axe):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="light")
    page.goto(files[0])
    assert asked == files[:1]
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert not axe(page, "html")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert not axe(page, "html", rules=COLORS)
    stroke = "getComputedStyle(document.querySelector('svg path[style*=\"--cp-ink\"]')).stroke"
    dark = page.evaluate(stroke)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(stroke) != dark


def test_a_sheet_is_read_at_320_pixels_without_scrolling_sideways(page: Page, files: list[str], axe: Axe):
    page.set_viewport_size({"width": 320, "height": 800})
    for file in files:
        page.goto(file)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, file
        outside = """() => [...document.querySelectorAll('td, th, p, li, dd, dt')].filter((n) =>
          n.scrollWidth > n.clientWidth + 1 || n.getBoundingClientRect().right > 320).map((n) => n.textContent)"""
        assert page.evaluate(outside) == [], file
    page.goto(files[0])
    assert not axe(page, "html", without=COLORS)
    for width in (320, 420, 570):  # the shaded band is at the right of the picture
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("""() => {
          const { left, right, width } = document.querySelector("figure svg").getBoundingClientRect();
          return left >= 0 && right <= innerWidth && width > innerWidth * 0.85; }""")
    page.set_viewport_size({"width": 1200, "height": 900})
