"""Explorers: from a change of a drop-down to the new sentence and chart, in Python alone and on screen.

Python: what can be picked, the sentence, the drawing and its SVG, for views that were not shown before. On screen: in a
real JupyterLab, from the change event of a drop-down to the frame after the new chart is in the document.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.bench_core import milliseconds, p95

if TYPE_CHECKING:
    from playwright.sync_api import Page

AREA = "explorers"
#: (a drop-down, what is chosen in it): each view is new; those of employment are the largest picture, the map.
CHOSEN = {
    "wages": ("place", ("OH", "CA", "TX", "NY", "FL", "AK", "DC", "WY", "ME", "HI", "NM", "GA")),
    "employment": ("place", ("OH", "CA", "TX", "NY", "FL", "AK", "DC")),
}
LABELS = {"place": "Place"}

#: Milliseconds from the change of a drop-down to its painted answer.
CHANGE = """async ([name, label, position]) => {
  const one = [...document.querySelectorAll('.course-explorer')].find((n) => n.getAttribute('aria-label') === name);
  const field = [...one.querySelectorAll('.widget-dropdown')].find((n) => n.textContent.startsWith(label));
  const select = field.querySelector('select');
  const chart = one.querySelector('.xp-chart');
  const begin = performance.now();
  const shown = new Promise((done) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    });
    watch.observe(chart, { childList: true });
  });
  select.selectedIndex = position;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  return shown;
}"""


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    yield from _python()
    yield from _screen()


def _python() -> Iterator[tuple[Any, ...]]:
    """Every third view of each explorer, drawn from nothing."""
    from course.cards.explorer import draw, shown
    from course.labor import explore

    for name in explore.names():
        one = explore.get(name)
        every = one.every()
        wishes = [
            {**one.start(), field: key, **other}
            for field in one.fields
            for _, key in every[field]
            for other in ({}, {"place": "OH", "view": "states", "adjustment": "both"})
        ]
        picks = list({tuple(one.settle(wish, ())[0].items()) for wish in wishes})
        times = []
        for pick in map(dict, sorted(picks)):

            def view(one: explore.Explorer = one, pick: dict[str, str] = pick) -> None:
                one.choices(pick)
                answer = one.answer(one.settle(pick, ())[0])
                shown(answer, draw(answer))

            times.append(milliseconds(view))
        label = f"{name}: a pick to sentence and chart ({len(times)} views, median)"
        yield AREA, label, statistics.median(times[1:]), "ms", "<= 100", ""
        yield AREA, "the same, 95th percentile", p95(times[1:]), "ms", "<= 150", ""


def _screen() -> Iterator[tuple[Any, ...]]:
    from tests.browser import lab as labs

    cells = [f'import course\ncourse.explore("{name}")' for name in CHOSEN]
    try:
        with labs.browser() as chromium, labs.server({"explorers.ipynb": labs.notebook(cells)}) as lab:
            page = labs.open_notebook(chromium, lab, "explorers.ipynb")
            page.locator(".xp-chart svg").nth(len(CHOSEN) - 1).wait_for()
            yield from measured(page)
    except LookupError as error:
        yield AREA, "change to new view on screen", None, "ms", "<= 150", f"not measured: {error}"


def measured(page: Page) -> Iterator[tuple[Any, ...]]:
    """The rows on an open page with the explorers."""
    from course.labor import explore

    for name, (field, keys) in CHOSEN.items():
        one = explore.get(name)
        offered = [key for _, key in one.choices(one.start())[field]]
        taken = [page.evaluate(CHANGE, [one.title, LABELS[field], offered.index(key)]) for key in keys]
        label = f"{name}: change to new view on screen (median of {len(taken) - 1})"
        yield AREA, label, statistics.median(taken[1:]), "ms", "<= 150", f"slowest {max(taken[1:]):.0f} ms"
