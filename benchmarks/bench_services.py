"""Procedures: the look-up by number and word, the diagnosis of service lines, drawn exercises, calculators."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks.bench_core import milliseconds, p95, timed

#: Typed letter by letter.
_TYPED = (
    "knee scope",
    "29881",
    "flu shot",
    "chest film",
    "J1885",
    "skin cancer cut",
    "office established",
    "wheelchair",
)


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    yield from _lookup()
    yield from _verdicts()
    yield from _draws()


def _lookup() -> Iterator[tuple[Any, ...]]:
    from course.questions.kinds.service_search import search

    first, _ = timed("cpt.get('29881')", "from course.codesets import cpt", runs=5)
    yield "services", "first number looked up (median of 5)", first * 1000, "ms", "<= 100", ""
    search("warm")
    typed = [text[:n] for text in _TYPED for n in range(1, len(text) + 1)]
    times = [milliseconds(lambda one=one: search(one)) for one in typed]  # type: ignore[misc]
    yield "services", "code look-up per keystroke, median", statistics.median(times), "ms", "<= 10", ""
    yield "services", "the same, 95th percentile", p95(times), "ms", "<= 20", ""


def _verdicts() -> Iterator[tuple[Any, ...]]:
    """Each question on procedures: its key, and a claim of wrong lines."""
    from course.codesets import icd10cm
    from course.questions import bank, kinds

    codes = icd10cm.open_edition()
    items = [item for item in bank.sound_items() if item.kind == "service_lines"]
    wrong = [{"code": "99213", "modifiers": "51 RT", "units": "9"}, {"code": "22614"}, {"code": "J1940"}]
    times = []
    for item in items:
        key = kinds.KINDS[item.kind].solution(item)["response"]
        for response in (key, wrong):
            times.append(milliseconds(lambda item=item, response=response: kinds.check(item, response, codes)))  # type: ignore[misc]
    label = f"verdict on service lines, {len(times)} claims, median"
    yield "services", label, statistics.median(times), "ms", "<= 10", ""
    yield "services", "the same, slowest", max(times), "ms", "<= 100", ""


def _draws() -> Iterator[tuple[Any, ...]]:
    from course.codesets import icd10cm
    from course.questions import generators

    codes = icd10cm.open_edition()
    own = [one for one in generators.GENERATORS.values() if one.lesson[:2] in ("06", "07", "08", "09")]
    times = []
    for one in own:
        generators.make(one.name, 0, 2, codes)
        times += [milliseconds(lambda one=one, n=n: generators.make(one.name, n, 3, codes)) for n in range(60)]  # type: ignore[misc]
    yield "services", f"draw of an exercise, {len(own)} generators, median", statistics.median(times), "ms", "<= 10", ""
    yield "services", "the same, slowest", max(times), "ms", "<= 100", ""
