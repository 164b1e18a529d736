"""A card as a learner feels it: from the click on Check to the feedback, and from a letter to the look-up list.

In a real JupyterLab and a real browser, on the gallery notebook of the browser tests. Measured inside the page, from
the dispatch of the click to the frame after the feedback's words are in the document. Without a browser there are no
rows; the Python side alone is measured by ``bench_core``.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

AREA = "card"
TIMES = 20

#: Milliseconds from a click on Check to painted feedback; the answer alternates so that every check is a new one.
CHECK = """async ([kind, turn]) => {
  const card = document.querySelectorAll('.cc-card')[kind];
  const field = card.querySelector('.cc-body input:not([type=radio])');
  if (field) { field.value = turn % 2 ? 'I50.9' : 'I10'; field.dispatchEvent(new Event('input', { bubbles: true })); }
  else card.querySelectorAll('.cc-body input')[turn % 2 ? 0 : 2].click();
  await new Promise((done) => setTimeout(done, 150));
  const feedback = card.querySelector('.cc-verdict');
  const begin = performance.now();
  const told = new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (!feedback.textContent) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    });
    watch.observe(feedback, { childList: true, subtree: true });
  });
  [...card.querySelectorAll('button')].find((button) => button.textContent === 'Check').click();
  return told;
}"""

#: Milliseconds from a keystroke to a look-up list for what is typed now (the pause for further letters included).
LOOK_UP = """async ([kind, text]) => {
  const card = document.querySelectorAll('.cc-card')[kind];
  const field = card.querySelector('[role=combobox]');
  const list = card.querySelector('[role=listbox]');
  field.focus();
  list.replaceChildren();
  const begin = performance.now();
  const shown = new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (!list.children.length) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    });
    watch.observe(list, { childList: true });
  });
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return shown;
}"""


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    from course.codesets import icd10cm
    from tests.browser import lab as labs

    icd10cm.open_edition()
    try:
        with labs.browser() as chromium, labs.server({"gallery.ipynb": labs.notebook(labs.GALLERY)}) as lab:
            page = labs.open_notebook(chromium, lab, "gallery.ipynb")
            page.locator(".cc-card").nth(len(labs.KINDS)).wait_for()
            yield from measured(page, labs.KINDS)
    except LookupError as error:
        yield AREA, "click to feedback", None, "ms", "<= 100", f"not measured: {error}"


def measured(page: Page, kinds: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The rows on an open gallery."""
    for kind, name in (("single", "a choice"), ("code", "a code, diagnosed")):
        taken = [page.evaluate(CHECK, [kinds.index(kind), turn]) for turn in range(-3, TIMES)][3:]
        note = f"95th percentile {sorted(taken)[int(0.95 * len(taken))]:.0f} ms"
        yield AREA, f"click to feedback: {name} (median of {TIMES})", statistics.median(taken), "ms", "<= 100", note
    words = ("heart failure", "copd", "fracture radius", "strep throat", "type 2 diabetes")
    taken = [page.evaluate(LOOK_UP, [kinds.index("code"), words[n % len(words)]]) for n in range(-3, TIMES)][3:]
    name = f"letter to look-up list (median of {TIMES})"
    yield AREA, name, statistics.median(taken), "ms", None, "60 ms of it are the pause for more letters"


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["card"]))
