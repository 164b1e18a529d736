"""The memory: the queue of a day over 10,000 units, and what it takes to open it after 50,000 answers."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.bench_core import milliseconds, p95

AREA = "memory"
UNITS, ANSWERS, DAYS, TIMES = 10_000, 50_000, 330, 20
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
DOMAINS = [f"CPC: domain {n}" for n in range(17)]


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    from course.learner import cards
    from course.learner.memory import Memory
    from course.learner.queue import queue
    from course.learner.store import open_store

    units = [
        cards.Unit(f"topic-{n % 40}/{n}", "item", "T", "03", (DOMAINS[n % 17],), 60.0, "", "single_choice")
        for n in range(UNITS)
    ]
    log = answers(units)
    memory = Memory(log)
    taken = milliseconds(lambda: [memory.state(unit.id) for unit in units])
    exam = {"weights": dict.fromkeys(DOMAINS, 1 / 17), "mastery": dict.fromkeys(DOMAINS, 0.5)}
    known = Memory(repeated(units))
    for what, state in (("many due", memory), ("nothing due", known)):
        [state.state(unit.id) for unit in units]
        times = [
            milliseconds(lambda state=state: queue(units, state, now=NOW, minutes=30, **exam)) for _ in range(TIMES)
        ]
        note = f"95th percentile {p95(times):.1f} ms"
        yield (
            AREA,
            f"queue of {UNITS:,} units, {what} (median of {TIMES})",
            statistics.median(times),
            "ms",
            "<= 50",
            note,
        )
    yield AREA, f"folding {ANSWERS:,} answers, once a session", taken, "ms", None, "never on disk: no second truth"
    yield AREA, f"sorting {ANSWERS:,} answers by unit, once a session", milliseconds(lambda: Memory(log)), "ms"
    yield AREA, "listing the course's own units, once a session", milliseconds(lambda: cards.units(NOW)), "ms"
    with tempfile.TemporaryDirectory() as folder:
        open_store(Path(folder)).add(log)
        yield AREA, f"reading {ANSWERS:,} answers from disk", milliseconds(open_store(Path(folder)).attempts), "ms"


def answers(units: list[Any]) -> list[Any]:
    """A learner of eleven months who answered each unit five times on average."""
    from course.learner.records import Attempt

    dice = random.Random(1)
    return [
        Attempt(
            question_id=dice.choice(units).id,
            content_version="v",
            kind="single_choice",
            response="a",
            outcome=dice.choice(("correct", "correct", "correct", "incorrect")),
            seconds=round(dice.random() * 90, 1),
            at=NOW - dt.timedelta(days=dice.randrange(1, DAYS), seconds=dice.randrange(30_000)),
            uid=str(n),
        )
        for n in range(ANSWERS)
    ]


def repeated(units: list[Any]) -> list[Any]:
    """A learner who knew everything four times, so that nothing is due."""
    from course.learner.records import Attempt

    return [
        Attempt(
            question_id=unit.id,
            content_version="v",
            kind="single_choice",
            response="a",
            outcome="correct",
            at=NOW - dt.timedelta(days=day),
            uid=f"{unit.id} {day}",
        )
        for unit in units
        for day in (60, 50, 30, 2)
    ]


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["memory"]))
