"""Start-up, the learner's store, and the way from an answer to its verdict.

What depends on a cold start runs in a process of its own; medians are over the runs named in the measure.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

HEAVY = ("pandas", "ipywidgets", "sqlalchemy", "pydantic", "matplotlib")

#: Printed by a process of its own: seconds of the statement(s) between, and the peak of its memory in MB (-1: unknown).
_TIMED = """
import sys, time
{before}
begin = time.perf_counter()
{statement}
seconds = time.perf_counter() - begin
try:  # not ru_maxrss: on Linux a new process starts with the peak of the one it came from
    with open("/proc/self/status", encoding="utf-8") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 2**10
except (OSError, StopIteration):
    try:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    except ImportError:
        peak = -1
print(seconds, peak)
"""

_OPEN = "codes = icd10cm.open_edition(2027)"
_IMPORT = "from course.codesets import icd10cm"


def timed(statement: str, before: str = "", runs: int = 1, **environment: str) -> tuple[float, float]:
    """Median seconds of a statement in a fresh process, and its peak memory in MB."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    code = _TIMED.format(statement=statement, before=before)
    results = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
        results.append([float(word) for word in done.stdout.split()[-2:]])
    return statistics.median(one[0] for one in results), statistics.median(one[1] for one in results)


def loaded_by(statement: str) -> int:
    """How many of the heavy libraries a statement loads."""
    code = f"import sys; {statement}; print(sum(name in sys.modules for name in {HEAVY!r}))"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env).stdout)


def milliseconds(action: Callable[[], Any]) -> float:
    """How long a call takes."""
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def p95(times: list[float]) -> float:
    """95th percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    yield from start_up()
    yield from store()
    yield from sitting()
    yield from verdicts()


def start_up() -> Iterator[tuple[Any, ...]]:
    """Importing, building and opening, against the library that the codes come from."""
    _, empty = timed("pass", runs=3)
    theirs, theirs_peak = timed("import simple_icd_10_cm", runs=3)
    ours, _ = timed("import course", runs=7)
    compared = f"simple_icd_10_cm: {theirs:.2f} s"
    yield "start", "import course (median of 7)", ours, "s", "<= 0.15", compared
    yield "start", "heavy libraries that it loads", loaded_by("import course"), "", "<= 0", ", ".join(HEAVY)
    with tempfile.TemporaryDirectory(prefix="course-bench-") as cache:
        built, _ = timed(_OPEN, _IMPORT, COURSE_CACHE_DIR=cache)
        yield "start", "first use: index of an edition built", built, "s", "<= 5", ""
        opened, peak = timed(_OPEN, _IMPORT, runs=7, COURSE_CACHE_DIR=cache)
        yield "start", "open an edition, built (median of 7)", opened * 1000, "ms", "<= 20", compared
    theirs_added = f"simple_icd_10_cm: {theirs_peak - empty:.0f} MB"
    yield "start", "memory added by an open edition", peak - empty, "MB", "<= 30", theirs_added


def store() -> Iterator[tuple[Any, ...]]:
    """Keeping an answer on disk, flushed, twice."""
    from course.learner.records import Attempt, Kept
    from course.learner.store import open_store

    def attempt(number: int) -> Attempt:
        return Attempt(
            question_id=f"03-structure/q{number % 60}",
            content_version="0123456789",
            kind="code_entry",
            response=["S52.521A"],
            outcome="correct",
            score=1.0,
            lesson="03",
            objective="complete a code with its 7th character",
            domains=("CPC: ICD-10-CM",),
            edition=2027,
        )

    with tempfile.TemporaryDirectory(prefix="course-bench-") as folder:
        kept = open_store(Path(folder))
        times = []
        for number in range(200):
            one = attempt(number)
            times.append(milliseconds(lambda one=one: kept.record(one)))  # type: ignore[misc]
        if not kept.durable or kept.record(attempt(0)) is not Kept.SAVED:
            raise RuntimeError(f"the store is not durable: {kept.warning}")
        yield "progress", "an answer on disk, flushed (median of 200)", statistics.median(times), "ms", "<= 50", ""
        yield "progress", "the same, 95th percentile", p95(times), "ms", "<= 100", ""
        kept.add(attempt(number) for number in range(4_800))
        opened = [milliseconds(lambda: open_store(Path(folder))) for _ in range(5)]
        yield "progress", "open and check a store of 5,000 answers", statistics.median(opened), "ms", "<= 200", ""
        last = [milliseconds(lambda: kept.last("03-structure/q7")) for _ in range(20)]
        yield "progress", "latest of 83 answers to a question", statistics.median(last), "ms", "<= 50", ""


def sitting() -> Iterator[tuple[Any, ...]]:
    """A mock exam of 100 questions: one change on disk, flushed, at its beginning and late in it."""
    import datetime as dt

    from course.exams.assemble import Entry, Form
    from course.exams.sitting import Sitting
    from course.learner.records import Kept
    from course.learner.store import open_store

    now = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    entries = (Entry(f"05-bench/question-{n}", "0123456789", f"Domain {n % 17}") for n in range(100))
    with tempfile.TemporaryDirectory(prefix="course-bench-") as folder:
        kept = open_store(Path(folder))
        exam = Sitting.begin(kept, Form("CPC", 1, 1.0, 240, tuple(entries)), now=now)
        times = []
        for number in range(1_200):
            begin = time.perf_counter()
            exam.change(number % 100, "response", "abcd"[number % 4], now + dt.timedelta(seconds=10 * number))
            times.append((time.perf_counter() - begin) * 1000)
        if exam.change(0, "flag", True, now) is not Kept.SAVED:
            raise RuntimeError(f"the sitting is not on disk: {kept.warning}")
        yield (
            "progress",
            "a change in a mock exam on disk (median of the first 100)",
            statistics.median(times[:100]),
            "ms",
            "<= 50",
            "",
        )
        yield "progress", "the same, after 1,100 changes", statistics.median(times[-100:]), "ms", "<= 50", ""
        yield "progress", "the same, 95th percentile of all", p95(times), "ms", "<= 100", ""
        opened = [milliseconds(lambda: Sitting.open(open_store(Path(folder)), exam.id, now=now)) for _ in range(5)]
        yield "progress", "open such an exam in a new session", statistics.median(opened), "ms", "<= 200", ""


def verdicts() -> Iterator[tuple[Any, ...]]:
    """From a response to its verdict, over every question of the bank: the key, and a wrong answer."""
    from course.codesets import icd10cm
    from course.learner.exercise import Exercise
    from course.learner.store import open_store
    from course.questions import bank, kinds

    codes = icd10cm.open_edition()
    items = list(bank.sound_items())
    entered = next(item for item in items if item.kind == "code_entry")
    first = milliseconds(lambda: kinds.check(entered, ["S52.521"], codes))
    yield "verdict", "first diagnosis of a session", first, "ms", "<= 100", ""
    graded, shown = [], []
    with tempfile.TemporaryDirectory(prefix="course-bench-") as folder:
        kept = open_store(Path(folder))
        for item in items:
            key = kinds.solution(item)["response"]
            exercise = Exercise(item, kept, lambda edition: codes)
            exercise.state()
            for response in (wrong(item.kind, key), key):
                graded.append(milliseconds(lambda r=response, i=item: kinds.check(i, r, codes)))  # type: ignore[misc]
                shown.append(milliseconds(lambda r=response, e=exercise: e.check(r)))  # type: ignore[misc]
    number = f"{len(items)} questions, 2 answers each"
    yield "verdict", f"answer to verdict ({number})", statistics.median(graded), "ms", "<= 10", ""
    yield "verdict", "the same, slowest", max(graded), "ms", "<= 50", ""
    yield "verdict", "check: graded, kept, ready to show (median)", statistics.median(shown), "ms", "<= 50", ""
    yield "verdict", "the same, 95th percentile", p95(shown), "ms", "<= 100", ""


def wrong(kind: str, key: Any) -> Any:
    """A readable answer of a kind that is most likely wrong."""
    if kind == "code_entry":
        return ["S52.521"]
    if isinstance(key, list):
        return list(reversed(key))
    if isinstance(key, dict):
        return dict(zip(key, reversed(list(key.values())), strict=True))
    return "1" if kind == "number" else ("a" if key != "a" else "b")
