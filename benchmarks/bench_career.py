"""The career calculator: the sum alone, and from a changed figure to the new answer on the screen."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.bench_core import milliseconds, p95

AREA = "career"
TIMES = 20
#: Dollars an hour, each with an answer of its own.
WAGES = ("10", "18", "19.50", "21", "22.50")
CELL = 'import course\ncourse.calculator("career")'

#: Milliseconds from a changed figure to the frame that shows the new answer (the pause for further letters included).
CHANGE = """async (wage) => {
  const card = document.querySelector('.cr-card');
  const field = [...card.querySelectorAll('input')].find((one) => one.labels[0]?.textContent === 'Present wage');
  const sentence = card.querySelector('.ck-sentence');
  const begin = performance.now();
  const told = new Promise((done, fail) => {
    setTimeout(() => fail(new Error('the answer did not change')), 5000);
    const watch = new MutationObserver(() => {
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    });
    watch.observe(sentence, { childList: true, characterData: true, subtree: true });
  });
  field.value = wage;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return told;
}"""


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    from course.labor import career_form as forms

    forms.answer({})
    for what, values in (("", {}), (", hardly ever paid back", {"state": "OH", "present_wage_usd": "22"})):
        times = [milliseconds(lambda values=values: forms.answer(values)) for _ in range(TIMES)]
        note = f"95th percentile {p95(times):.1f} ms"
        yield AREA, f"sum of 10,000 runs{what} (median)", statistics.median(times), "ms", "<= 50", note
    yield from _on_screen()


def _on_screen() -> Iterator[tuple[Any, ...]]:
    from tests.browser import lab as labs

    name = f"changed figure to answer on screen (median of {TIMES})"
    try:
        with labs.browser() as chromium, labs.server({"career.ipynb": labs.notebook([CELL])}) as lab:
            page = labs.open_notebook(chromium, lab, "career.ipynb")
            page.locator(".cr-card").wait_for()
            taken = [page.evaluate(CHANGE, WAGES[n % len(WAGES)]) for n in range(TIMES + 3)][3:]
            yield AREA, name, statistics.median(taken), "ms", "<= 150", f"95th percentile {p95(taken):.0f} ms"
    except LookupError as error:
        yield AREA, name, None, "ms", "<= 150", f"not measured: {error}"


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["career"]))
