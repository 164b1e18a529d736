"""Readiness: how long an estimate takes, whether its chances come true, and what adaptive practice saves.

The chances are those of 2,000 simulated learners of each population, the practice that of 500: ten minutes in all.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.bench_core import milliseconds, p95

AREA = "readiness"
TIMES = 20
#: Answers of a learner who has done everything.
ANSWERS = 5_000


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    yield from _time()
    yield from _calibration()
    yield from _practice()


def _time() -> Iterator[tuple[Any, ...]]:
    from course.exams import adaptive, readiness, simulate

    rng = random.Random(1)
    bank = simulate.world(rng)
    said = []
    while len(said) < ANSWERS:
        said += simulate.answers(rng, bank, simulate.POPULATIONS["learning"][1])[1]
    said = said[:ANSWERS]
    names = [bank.plan.names_item(one.name) for one in bank.plan.domains]
    for what, call in (
        ("estimate", lambda: readiness.estimate(said, bank.plan, bank.items, simulate.NOW)),
        ("mastery by domain", lambda: adaptive.mastery(said, bank.items, names, simulate.NOW)),
    ):
        call()
        times = [milliseconds(call) for _ in range(TIMES)]
        note = f"95th percentile {p95(times):.0f} ms"
        yield AREA, f"{what} from {ANSWERS:,} answers (median)", statistics.median(times), "ms", "<= 100", note


def _calibration() -> Iterator[tuple[Any, ...]]:
    from course.exams import simulate

    for name, (what, _, barred) in simulate.POPULATIONS.items():
        found = simulate.run(name, simulate.LEARNERS)
        worst = max(abs(one.off) for one in simulate.groups(found))
        note = f"{what}; intervals hold {simulate.held(found):.0f} of 100"
        measure = f"stated less true chance, worst decile of {simulate.LEARNERS:,} ({name})"
        yield AREA, measure, worst, "points", f"<= {simulate.BAR:.0f}" if barred else None, note


def _practice() -> Iterator[tuple[Any, ...]]:
    from course.exams import simulate_practice

    found = simulate_practice.run(simulate_practice.LEARNERS)
    for other, bar in (("random", ">= 20"), ("weighted", None)):
        parts = simulate_practice.saved(found, other)
        low, high = (parts[round((len(parts) - 1) * part)] for part in (0.1, 0.9))
        note = f"8 of 10 learners from {low:.0f} to {high:.0f} percent"
        yield (
            AREA,
            f"items saved by adaptive practice against {other} (median)",
            statistics.median(parts),
            "%",
            bar,
            note,
        )


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["readiness"]))
