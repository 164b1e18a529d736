"""Charts: a table drawn anew and turned into SVG, as an explorer does on each choice; the image for a stored page."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

AREA = "charts"
TIMES = 15


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    from course.labor import gallery

    for name, words in (("ladder-2025", "a percentile ladder"), ("median-by-state-2023", "a map of 51 tiles")):
        make = gallery.PLOTS[name]
        drawn = make()
        yield _row(f"redraw {words}, table to SVG", lambda make=make: make().svg(), "<= 100")  # type: ignore[misc]
        yield _row(f"image of {words} for a stored page", drawn.png, None)
        yield AREA, f"size of the stored image of {words}", len(drawn.png()) / 1000, "kB", "<= 40", ""


def _row(measure: str, call: Callable[[], object], bar: str | None) -> tuple[Any, ...]:
    """Median time of a call, after two that warm up."""
    taken = []
    for turn in range(-2, TIMES):
        begin = time.perf_counter()
        call()
        if turn >= 0:
            taken.append(1000 * (time.perf_counter() - begin))
    note = f"95th percentile {sorted(taken)[int(0.95 * len(taken))]:.0f} ms"
    return AREA, f"{measure} (median of {TIMES})", statistics.median(taken), "ms", bar, note


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["charts"]))
