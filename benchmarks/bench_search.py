"""The search as one types: time per keystroke, memory, loading, and how often it finds what the official indexes name.

Two hundred everyday queries (``search_queries.txt``) are typed letter by letter. Some of them, whole, are put to
pandas and rapidfuzz over all titles in the same run. Quality: see ``benchmarks.search_quality``; the official tables
are read where ``COURSE_REFERENCE_DIR`` names them, otherwise only the inclusion terms are asked.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.bench_core import ROOT, milliseconds, p95, timed
from benchmarks.search_quality import Entry, draw, evaluate, inclusion_terms, samples

QUERIES = Path(__file__).with_name("search_queries.txt")
AREA = "search"

#: Prints the memory in MB with an edition open, and again when everything has been typed. The peak that the system
#: keeps is of no use here: it begins with that of the process that started this one.
_TYPING = """
from pathlib import Path
from course.codesets import icd10cm
def used():
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        import resource, sys
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
codes = icd10cm.open_edition()
before = used()
for query in Path({queries!r}).read_text(encoding="utf-8").splitlines():
    for end in range(1, len(query) + 1):
        codes.search(query[:end])
print(used() - before)
"""


def rows() -> Iterator[tuple[Any, ...]]:
    """See benchmarks.table."""
    yield from typing()
    yield from loading()
    yield from quality()


def queries() -> list[str]:
    """What is typed."""
    return QUERIES.read_text(encoding="utf-8").split("\n")[:-1]


def typing() -> Iterator[tuple[Any, ...]]:
    """Every keystroke of every query, the first pass of all (no result is kept between passes)."""
    from course.codesets import icd10cm

    codes = icd10cm.open_edition()
    codes.search("warm up: loads the index")
    times: list[float] = []
    short: list[float] = []
    for query in queries():
        for end in range(1, len(query) + 1):
            taken = milliseconds(lambda text=query[:end]: codes.search(text))  # type: ignore[misc]
            times.append(taken)
            if end <= 3:
                short.append(taken)
    others = list(compared(codes))
    yield AREA, f"keystroke, median of {len(times):,}", statistics.median(times), "ms", "<= 2", "; ".join(others)
    yield AREA, "keystroke, 95th percentile", p95(times), "ms", "<= 10", ""
    yield AREA, "first to third letter, 95th percentile", p95(short), "ms", "<= 10", ""


def compared(codes: Any) -> Iterator[str]:
    """A whole query put to other ways of searching the same titles, in words. Twenty queries each."""
    titles = [title for (title,) in codes.connection.execute("SELECT title FROM code")]
    some = queries()[::10]
    with contextlib.suppress(ImportError):
        import pandas as pd

        series = pd.Series(titles)
        words = [query.split()[0] for query in some]
        taken = [
            milliseconds(lambda word=word: series[series.str.contains(word, case=False, regex=False)].head(10))  # type: ignore[misc]
            for word in words
        ]
        yield f"pandas str.contains, one word: {statistics.median(taken):.0f} ms"
    with contextlib.suppress(ImportError):
        from rapidfuzz import fuzz, process

        taken = [
            milliseconds(lambda query=query: process.extract(query, titles, scorer=fuzz.WRatio, limit=10))  # type: ignore[misc]
            for query in some[:5]
        ]
        yield f"rapidfuzz extract: {statistics.median(taken):.0f} ms"


def loading() -> Iterator[tuple[Any, ...]]:
    """Building the search tables, loading them, the first search of a process, and the memory all this takes."""
    from course.codesets import icd10cm
    from course.codesets.icd10cm import search_corpus, search_index

    codes = icd10cm.open_edition()
    loads = [milliseconds(lambda: search_corpus.read(codes.connection)) for _ in range(7)]
    yield AREA, "load the index (median of 7)", statistics.median(loads), "ms", "<= 20", ""
    ready = "from course.codesets import icd10cm; codes = icd10cm.open_edition()"
    first, _ = timed("codes.search('fx radius')", ready, runs=5)
    yield AREA, "first search of a process, imports included", first * 1000, "ms", None, ""
    yield AREA, "memory added, all queries typed", memory(), "MB", "<= 30", ""
    with copied(codes.connection) as conn:
        begin = time.perf_counter()
        search_index.build(conn)
        yield AREA, "build the search tables", time.perf_counter() - begin, "s", "<= 2.5", ""
        size = conn.execute(f"SELECT sum(length(data)) FROM {search_corpus.TABLE}").fetchone()[0]
        yield AREA, "size of the search tables", size / 2**20, "MB", None, ""


def memory() -> float | None:
    """MB that the search adds to an open edition after a long session; None where the system does not tell."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = _TYPING.format(queries=str(QUERIES))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    return float(done.stdout) if done.returncode == 0 else None


def quality() -> Iterator[tuple[Any, ...]]:
    """Hits in the first ten and mean reciprocal rank, per source, on the half that nothing was tuned on."""
    from course.codesets import icd10cm
    from course.codesets.icd10cm import search, search_index

    codes = icd10cm.open_edition()
    reference = Path(os.environ.get("COURSE_REFERENCE_DIR", ""))
    with copied(codes.connection) as conn:
        entries: list[Entry] = []
        if os.environ.get("COURSE_REFERENCE_DIR") and (reference / "official").is_dir():
            entries = samples(reference, conn)
        else:
            billable = dict(conn.execute("SELECT code, billable FROM code").fetchall())
            entries = draw("inclusion", inclusion_terms(conn), billable, 600)
        held_out = {(entry.code, entry.query) for entry in entries if entry.source == "inclusion"}
        search_index.build(conn, without_terms=held_out)
        with without_indexes():
            found = evaluate(
                lambda query: [hit.code for hit in search.search(conn, query)],
                (entry for entry in entries if not entry.tune),
            )
    for source, score in found.items():
        # of the four the External Cause Index is an index of terms like the Alphabetic Index, whose bar is 75 %
        bar = ">= 0.75" if source == "external" else None
        yield AREA, f"{source}: found in the first ten of {score.n}", score.hit10, "", bar, ""
        yield AREA, f"{source}: mean reciprocal rank", score.mrr, "", None, ""


@contextlib.contextmanager
def copied(conn: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The codes and notes of an edition in a database of its own, in which the search tables can be built anew."""
    with contextlib.closing(sqlite3.connect(":memory:")) as copy:
        for table in ("code", "note"):
            names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
            copy.execute(f"CREATE TABLE {table}({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            copy.executemany(f"INSERT INTO {table} VALUES ({marks})", conn.execute(f"SELECT * FROM {table}"))
        copy.execute("CREATE INDEX code_code ON code(code)")
        copy.execute("CREATE INDEX code_n ON code(n)")
        copy.execute("CREATE INDEX note_n ON note(n)")
        copy.commit()
        yield copy


@contextlib.contextmanager
def without_indexes() -> Iterator[None]:
    """No official index is loaded while this lasts, whatever the learner has installed."""
    from course.codesets.icd10cm import alphabetic

    names = ("COURSE_CACHE_DIR", "COURSE_USER_DIR")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="course-bench-") as empty:
        os.environ.update(dict.fromkeys(names, empty))
        alphabetic.forget()
        try:
            yield
        finally:
            alphabetic.forget()
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


if __name__ == "__main__":
    from benchmarks.table import main

    sys.exit(main(["search"]))
