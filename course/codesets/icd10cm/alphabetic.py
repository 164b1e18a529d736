"""The official indexes a learner has loaded: looked up by main term for the Index tab, asked by the search.

The course works without them and carries none. ``python -m course codes use FILE`` installs one; it stays when an
edition is rebuilt. One SQLite file holds all four kinds (``alphabetic``, ``external``, ``neoplasm``, ``drug``);
installing one again replaces it.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from course.codesets.icd10cm import alphabetic_file, search_query, search_rank, search_words
from course.codesets.icd10cm.alphabetic_file import file, forget, install
from course.codesets.icd10cm.alphabetic_xml import SOURCE_NAMES, SOURCES, IndexFileError
from course.codesets.icd10cm.search_corpus import Corpus
from course.codesets.icd10cm.search_terms import Lists


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """One line of an index as the browser shows it.

    ``level`` 0 is a main term. ``columns`` holds (head, code) pairs of the two tables and is empty elsewhere. ``code``
    is as the index gives it: a family ends in ``-``.
    """

    n: int
    source: str
    level: int
    term: str
    nonessential: str
    path: str
    code: str
    manifestation: str
    see: str
    see_also: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A line that answers a query, the code it gives (without a final dash), and how well it answers (about 0 to 2)."""

    code: str
    path: str
    source: str
    score: float
    whole: bool  # does the line have every word of the query?


def installed() -> dict[str, tuple[str, int]]:
    """Which indexes are loaded: source -> (year, number of terms)."""
    opened = alphabetic_file.connection()
    if opened is None:
        return {}
    try:
        rows = opened[0].execute("SELECT source, version, terms FROM index_source").fetchall()
    except sqlite3.Error:
        return {}
    known = {source: (version, terms) for source, version, terms in rows}
    return {source: known[source] for source in SOURCES if source in known}


def name(source: str) -> str:
    """What a source is called: ``"Neoplasm Table"``."""
    return SOURCE_NAMES.get(source, source)


def summary(_edition: sqlite3.Connection | None = None) -> str:
    """One line for ``doctor``: what is loaded, or ``""``.

    The indexes are shared by all editions; the argument is not used.
    """
    return ", ".join(
        f"{SOURCE_NAMES[source]} FY{version} ({terms:,} terms)" for source, (version, terms) in installed().items()
    )


def lookup(main_term: str, source: str | None = None, limit: int = 400) -> list[IndexTerm]:
    """Lines of the Index tab for the beginning of a main term, in the order of the book; at most `limit`.

    The main terms that begin so; with all its sub-terms the one that is exactly this, or the only one there is.
    ``"fracture, rad"`` gives the main term and the sub-terms that begin so. ``[]`` when nothing is loaded.
    """
    opened = alphabetic_file.connection()
    if opened is None:
        return []
    try:
        return _lookup(opened[0], main_term, source, limit)
    except sqlite3.Error:
        return []


def _lookup(conn: sqlite3.Connection, main_term: str, source: str | None, limit: int) -> list[IndexTerm]:
    typed, _, sub = (alphabetic_file.begins(part) for part in main_term.partition(","))
    if not typed:
        return []
    where, extra = (" AND source = ?", (source,)) if source else ("", ())
    rows = conn.execute(
        f"SELECT n, last, begins FROM index_term WHERE begins >= ? AND begins < ?{where} ORDER BY n LIMIT ?",
        (typed, typed + alphabetic_file.AFTER, *extra, limit),
    ).fetchall()
    if sub and (narrowed := [row for row in rows if row[2].startswith(f"{typed} {sub}")]):
        rows, sub = narrowed, ""  # the comma belongs to the main term: "Abdomen, abdominal"
    exactly = [row[0] for row in rows if row[2] == typed]
    first_word = [row[0] for row in rows if row[2].startswith(typed + " ")]
    unfold = exactly or (first_word if len(first_word) == 1 else []) or [row[0] for row in rows if len(rows) == 1]
    lines: list[IndexTerm] = []
    for n, last, _ in rows:
        if sub and n not in unfold:
            continue
        lines += _lines(conn, n, last if n in unfold and not sub else n, limit - len(lines))
        below = conn.execute("SELECT n, last, term FROM index_term WHERE parent = ? ORDER BY n", (n,)) if sub else ()
        for first, end, term in below:
            if alphabetic_file.begins(term).startswith(sub):
                lines += _lines(conn, first, end, limit - len(lines))
        if len(lines) >= limit:
            break
    return lines


def tree(n: int, limit: int = 2000) -> list[IndexTerm]:
    """A line and all below it; ``[]`` for a number there is no line of."""
    opened = alphabetic_file.connection()
    if opened is None:
        return []
    try:
        row = opened[0].execute("SELECT last FROM index_term WHERE n = ?", (n,)).fetchone()
        return _lines(opened[0], n, row[0], limit) if row else []
    except sqlite3.Error:
        return []


def _lines(conn: sqlite3.Connection, first: int, last: int, limit: int) -> list[IndexTerm]:
    heads = {source: json.loads(text) for source, text in conn.execute("SELECT source, heads FROM index_source")}
    found = []
    for row in conn.execute(
        f"SELECT {alphabetic_file.COLUMNS} FROM index_term WHERE n BETWEEN ? AND ? ORDER BY n LIMIT ?",
        (first, last, max(0, limit)),
    ):
        n, source, level, term, nonessential, path, code, manifestation, see, see_also, columns = row
        cells = tuple(zip(heads[source], json.loads(columns), strict=False)) if columns else ()
        found.append(IndexTerm(n, source, level, term, nonessential, path, code, manifestation, see, see_also, cells))
    return found


def find(text: str, limit: int = 10, lists: Lists | None = None) -> list[Found]:
    """Codes that the loaded indexes give for the words of a query, best first. ``[]`` when none is loaded.

    `lists`: the synonym lists of the edition that is searched, when they are at hand.
    """
    opened = alphabetic_file.connection()
    if opened is None or opened[1] is None:
        return []
    try:
        return _find(opened[0], opened[1], text, limit, lists)
    except sqlite3.Error:
        return []  # a damaged index costs its lines, not the search


def _find(conn: sqlite3.Connection, corpus: Corpus, text: str, limit: int, lists: Lists | None) -> list[Found]:
    best: dict[int, tuple[float, bool]] = {}
    for reading in search_query.readings(corpus, text, lists):
        asked = [corpus.found(tuple(sorted(token.stems))).anywhere for token in reading.tokens if token.stems]
        for scored in search_rank.rank(corpus, reading.tokens, lost=reading.lost)[: limit * 2] if asked else ():
            if scored.score > best.get(scored.doc, (0.0, False))[0]:
                best[scored.doc] = (scored.score, all(scored.doc in docs for docs in asked))
    words = set(search_words.words(text))
    found: dict[str, Found] = {}
    for doc in sorted(best, key=lambda doc: -best[doc][0])[: limit * 2]:
        if corpus.ref[doc] == alphabetic_file.TABLE_HEAD:
            continue
        line = _lines(conn, corpus.ref[doc], corpus.ref[doc], 1)[0]
        at = line if line.code or line.columns else _follow(conn, line)
        code = (at.code or _cell(at, words)).strip().rstrip("-").rstrip(".") if at else ""
        if code:
            path = line.path if at is line else f"{line.path}, see {line.see}"
            found.setdefault(code, Found(code, path, line.source, *best[doc]))
        if len(found) == limit:
            break
    return list(found.values())


def _cell(line: IndexTerm, words: set[str]) -> str:
    choose = alphabetic_file.NEOPLASM_WORDS if line.source == "neoplasm" else alphabetic_file.DRUG_WORDS
    cells = [code for _, code in line.columns]
    for place in (*range(len(choose) - 1, 0, -1), 0):
        if place < len(cells) and words & choose[place] and cells[place].strip("- "):
            return cells[place]
    return next((cell for cell in cells if cell.strip("- ")), "")


def _follow(conn: sqlite3.Connection, line: IndexTerm) -> IndexTerm | None:
    """The line that "see" names: ``Pain, abdominal`` is the sub-term *abdominal* of the main term *Pain*."""
    steps = [alphabetic_file.begins(step) for step in line.see.split(";")[0].split(",")]
    if not steps or not steps[0]:
        return None
    rows = conn.execute(
        "SELECT n, last FROM index_term WHERE begins >= ? AND begins < ? ORDER BY begins = ? DESC, n LIMIT 1",
        (steps[0], steps[0] + alphabetic_file.AFTER, steps[0]),
    ).fetchall()
    if not rows:
        return None
    n, last = rows[0]
    for step in filter(None, steps[1:]):
        below = conn.execute("SELECT n, last, term FROM index_term WHERE parent = ? ORDER BY n", (n,)).fetchall()
        match = next((row for row in below if alphabetic_file.begins(row[2]) == step), None) or next(
            (row for row in below if alphabetic_file.begins(row[2]).startswith(step)), None
        )
        if match is None:
            return None
        n, last, _ = match
    found = _lines(conn, n, n, 1)[0]
    return found if found.code or found.columns else None


__all__ = [
    "Found",
    "IndexFileError",
    "IndexTerm",
    "file",
    "find",
    "forget",
    "install",
    "installed",
    "lookup",
    "name",
    "summary",
    "tree",
]
