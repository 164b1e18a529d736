"""The dashboard after 50,000 answers: opened for the first time in a session, opened again, and its forecast."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.bench_core import milliseconds

AREA = "dashboard"
ANSWERS, DAYS, TIMES = 50_000, 330, 7


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    from course import paths
    from course.cards.dashboard_card import DashboardCard
    from course.cards.goal import choose
    from course.learner import log
    from course.learner.records import Attempt, now
    from course.learner.store import open_store
    from course.questions import bank

    dice, items = random.Random(1), [item for item in bank.sound_items() if item.domains]
    versions = {item.id: item.content_version for item in items}

    def answer(days: float) -> Attempt:
        item = dice.choice(items)
        return Attempt(
            question_id=item.id,
            content_version=versions[item.id],
            kind=item.kind,
            response="a",
            outcome=dice.choice(("correct", "correct", "incorrect")),
            lesson=item.lesson,
            domains=item.domains,
            seconds=60.0,
            at=now() - dt.timedelta(days=days),
        )

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        open_store(Path(folder)).add([answer(dice.random() * DAYS) for _ in range(ANSWERS)])
        store = open_store(Path(folder))
        yield AREA, f"reading {ANSWERS:,} answers, once a session", milliseconds(lambda: log.attempts(store)), "ms"
        first = milliseconds(lambda: DashboardCard(store))
        yield AREA, "opened for the first time in a session", first, "ms", None, "folds every unit's memory"
        times = []
        for _ in range(TIMES):
            store.record(answer(0.0))
            times.append(milliseconds(lambda: DashboardCard(store)))
        yield AREA, f"opened after one more answer (median of {TIMES})", statistics.median(times), "ms", "<= 300"
        choose(store, day=(paths.today() + dt.timedelta(days=100)).isoformat())
        card = DashboardCard(store)
        taken = milliseconds(lambda: card.handle({"verb": "forecast"}))
        yield AREA, "its forecast over 100 days", taken, "ms", None, "asked for once the page is drawn"


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["dashboard"]))
