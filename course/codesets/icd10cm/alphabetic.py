"""The official indexes a learner has loaded: kept beside the code sets, looked up by main term, asked by the search.

The course works without them and carries none. ``python -m course codes use FILE`` installs one; it stays when an edition is
rebuilt. One SQLite file holds all four kinds (``alphabetic``, ``external``, ``neoplasm``, ``drug``); installing one again
replaces it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from course import paths
from course.codesets.icd10cm import alphabetic_xml, search_corpus, search_query, search_rank, search_terms
from course.codesets.icd10cm.alphabetic_xml import SOURCE_NAMES, SOURCES, Index, IndexFileError
from course.codesets.icd10cm.search_corpus import Corpus, Doc

FILE_NAME = "icd10cm_index.sqlite"
LAYOUT = "1"
_AFTER = "\uffff"  # sorts after every letter
_SCHEMA = """
CREATE TABLE IF NOT EXISTS index_term(
    n INTEGER PRIMARY KEY, source TEXT NOT NULL, level INTEGER NOT NULL, parent INTEGER, last INTEGER NOT NULL,
    term TEXT NOT NULL, nonessential TEXT NOT NULL, path TEXT NOT NULL, begins TEXT, code TEXT NOT NULL,
    manifestation TEXT NOT NULL, see TEXT NOT NULL, see_also TEXT NOT NULL, columns TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS index_begins ON index_term(begins) WHERE begins IS NOT NULL;
CREATE TABLE IF NOT EXISTS index_source(source TEXT PRIMARY KEY, version TEXT, heads TEXT, terms INTEGER, file TEXT);
CREATE TABLE IF NOT EXISTS index_meta(key TEXT PRIMARY KEY, value TEXT);
"""
_COLUMNS = "n, source, level, term, nonessential, path, code, manifestation, see, see_also, columns"

#: Words of a query that choose a column of the two tables, in the order of the columns; the first column is the default.
_NEOPLASM_WORDS = ({"primary"}, {"secondary", "metastatic", "metastasis", "mets"}, {"situ", "cis"}, {"benign"}, {"uncertain"},
                   {"unspecified", "behavior"})  # fmt: skip
_DRUG_WORDS = ({"accidental", "unintentional"}, {"intentional", "suicide", "suicidal", "self"}, {"assault"}, {"undetermined"},
               {"adverse"}, {"underdosing"})  # fmt: skip
_TABLES = {
    "neoplasm": (_NEOPLASM_WORDS, {"malignant", "cancer", "carcinoma", "tumor", "ca"}),
    "drug": (_DRUG_WORDS, {"poisoning", "overdose", "harm", "effect", "toxic"}),
}
#: The number of the documents that only hand down the words of a table's columns.
_TABLE_HEAD = 0

_lock = RLock()
_open: dict[str, tuple[tuple[int, int], sqlite3.Connection, Corpus | None]] = {}


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """One line of an index as the browser shows it.

    ``level`` 0 is a main term. ``columns`` holds (head, code) pairs of the two tables and is empty elsewhere. ``code`` is as the
    index gives it: a family ends in ``-``.
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


def file() -> Path:
    """Where the loaded indexes are kept."""
    return paths.cache_dir() / FILE_NAME


# --- loading


def install(path: Path | str, on_progress: Callable[[float, str], None] | None = None) -> str:
    """Load the index (or the indexes of a zip) and say what was loaded. Raises IndexFileError with advice; then nothing changed."""
    tell = on_progress or (lambda share, text: None)
    path = Path(path)
    tell(0.05, f"Reading {path.name}")
    indexes = alphabetic_xml.read(path)
    target = file()
    with _lock:
        forget()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            said = _store(target, indexes, path.name, tell)
        except sqlite3.DatabaseError as problem:
            if isinstance(problem, sqlite3.OperationalError):
                raise IndexFileError(_unwritable(target, problem)) from problem
            # what is there is not a sound database: put it aside and begin anew
            with contextlib.suppress(OSError):
                os.replace(target, target.with_suffix(".damaged"))
            said = _store(target, indexes, path.name, tell)
        except OSError as problem:
            raise IndexFileError(_unwritable(target, problem)) from problem
    tell(1.0, "Index ready")
    return said


def _unwritable(target: Path, problem: Exception) -> str:
    reason = getattr(problem, "strerror", None) or problem
    return f"The index could not be stored in {target.parent} ({reason}). Free space, or set COURSE_CACHE_DIR to another folder."


def _store(target: Path, indexes: list[Index], name: str, tell: Callable[[float, str], None]) -> str:
    with contextlib.closing(sqlite3.connect(target, timeout=30)) as conn:
        conn.executescript(_SCHEMA)
        conn.execute("BEGIN IMMEDIATE")
        said = []
        for i, index in enumerate(indexes):
            tell(0.2 + 0.3 * i / len(indexes), f"Storing the {SOURCE_NAMES[index.source]}")
            _write(conn, index, name)
            codes = sum(1 for row in index.rows if row.code or any(cell.strip("- ") for cell in row.columns))
            year = f", FY{index.version}" if index.version else ""
            said.append(f"{SOURCE_NAMES[index.source]}{year}: {len(index.rows):,} terms, {codes:,} of them with codes.")
        tell(0.5, "Making the terms searchable")
        packed = search_corpus.pack(_documents(conn))
        search_corpus.write(conn, packed)
        conn.execute("INSERT OR REPLACE INTO index_meta VALUES ('layout', ?)", (LAYOUT,))
        conn.execute("INSERT OR REPLACE INTO index_meta VALUES ('stamp', ?)", (secrets.token_hex(8),))
        conn.commit()
    return "\n".join([*said, "The search and the Index tab of the browser use it from now on."])


def _write(conn: sqlite3.Connection, index: Index, file_name: str) -> None:
    conn.execute("DELETE FROM index_term WHERE source = ?", (index.source,))
    first = conn.execute("SELECT coalesce(max(n), 0) + 1 FROM index_term").fetchone()[0]
    last = list(range(len(index.rows)))
    for i in range(len(index.rows) - 1, -1, -1):
        if (parent := index.rows[i].parent) >= 0:
            last[parent] = max(last[parent], last[i])
    conn.executemany(
        "INSERT INTO index_term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                first + i,
                index.source,
                row.level,
                first + row.parent if row.parent >= 0 else None,
                first + last[i],
                row.term,
                row.nonessential,
                ", ".join(path),
                _begins(row.term) if row.level == 0 else None,
                row.code,
                row.manifestation,
                row.see,
                row.see_also,
                json.dumps(row.columns) if row.columns else "",
            )
            for i, (row, path) in enumerate(zip(index.rows, alphabetic_xml.paths(index.rows), strict=True))
        ),
    )
    conn.execute(
        "INSERT OR REPLACE INTO index_source VALUES (?, ?, ?, ?, ?)",
        (index.source, index.version, json.dumps(index.heads), len(index.rows), file_name),
    )


def _begins(term: str) -> str:
    return " ".join(search_terms.words(term))


def _documents(conn: sqlite3.Connection) -> list[Doc]:
    """A document for each line that leads to a code, by itself or by its "see". Lines of a table inherit its column words."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM index_term ORDER BY n").fetchall()
    docs = [Doc(_TABLE_HEAD, -1.0, [(0, 0, sorted(set().union(*choose, more)))]) for choose, more in _TABLES.values()]
    table = {source: place for place, source in enumerate(_TABLES)}
    for n, source, level, _term, nonessential, path, code, _manifestation, see, _see_also, columns in rows:
        if not (code or columns or see):
            continue
        text = search_terms.content(path)
        entries = [(0, n, text)]
        if nonessential:
            entries.append((1, n, [*text, *search_terms.content(nonessential)]))
        prior = (0.0 if code or columns else -0.2) - 0.01 * level
        docs.append(Doc(n, prior, entries, table.get(source, -1), contrast=search_terms.contrast_bits(text)))
    return docs


# --- reading


def _connection() -> tuple[sqlite3.Connection, Corpus | None] | None:
    """The installed file, opened once; None when nothing is installed or it cannot be read."""
    path = file()
    try:
        stat = path.stat()
    except OSError:
        return None
    version = (stat.st_mtime_ns, stat.st_size)
    with _lock:
        known = _open.get(str(path))
        if known and known[0] == version:
            return known[1], known[2]
        forget()
        try:
            conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            layout = conn.execute("SELECT value FROM index_meta WHERE key = 'layout'").fetchone()
            corpus = search_corpus.read(conn) if layout and layout[0] == LAYOUT else None
        except sqlite3.Error:
            return None
        _open[str(path)] = (version, conn, corpus)
        return conn, corpus


def forget() -> None:
    """Close the installed file (before it is replaced, and in tests)."""
    with _lock:
        for _, conn, _ in _open.values():
            with contextlib.suppress(sqlite3.Error):
                conn.close()
        _open.clear()


def installed() -> dict[str, tuple[str, int]]:
    """Which indexes are loaded: source -> (year, number of terms)."""
    opened = _connection()
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
    """One line for ``doctor``: what is loaded, or ``""``. The indexes are shared by all editions; the argument is not used."""
    return ", ".join(f"{SOURCE_NAMES[source]} FY{version} ({terms:,} terms)" for source, (version, terms) in installed().items())


def lookup(main_term: str, source: str | None = None, limit: int = 400) -> list[IndexTerm]:
    """Lines of the Index tab for the beginning of a main term, in the order of the book; at most `limit`.

    The main terms that begin so; when only one does, or one is exactly it, all its sub-terms with it. ``"fracture, rad"`` gives
    the main term and the sub-terms that begin so.
    """
    opened = _connection()
    name, _, sub = main_term.partition(",")
    begins, sub = _begins(name), _begins(sub)
    if opened is None or not begins:
        return []
    conn = opened[0]
    where, extra = (" AND source = ?", (source,)) if source else ("", ())
    rows = conn.execute(
        f"SELECT n, last, begins FROM index_term WHERE begins >= ? AND begins < ?{where} ORDER BY n LIMIT ?",
        (begins, begins + _AFTER, *extra, limit),
    ).fetchall()
    if sub and (narrowed := [row for row in rows if row[2].startswith(f"{begins} {sub}")]):
        rows, sub = narrowed, ""  # the comma belongs to the main term: "Abdomen, abdominal"
    whole = [row[0] for row in rows if row[2] == begins] or [row[0] for row in rows if row[2].startswith(begins + " ")]
    opened_up = {rows[0][0]} if len(rows) == 1 else set(whole if len(whole) == 1 or rows and rows[0][2] == begins else ())
    lines: list[IndexTerm] = []
    for n, last, _ in rows:
        if len(lines) >= limit:
            break
        lines += _lines(conn, n, last if n in opened_up and not sub else n, limit - len(lines))
        if sub and n in opened_up:
            for below, below_last, term in conn.execute("SELECT n, last, term FROM index_term WHERE parent = ? ORDER BY n", (n,)):
                if _begins(term).startswith(sub):
                    lines += _lines(conn, below, below_last, limit - len(lines))
    return lines


def tree(n: int, limit: int = 2000) -> list[IndexTerm]:
    """A line and all below it."""
    opened = _connection()
    if opened is None:
        return []
    row = opened[0].execute("SELECT last FROM index_term WHERE n = ?", (n,)).fetchone()
    return _lines(opened[0], n, row[0], limit) if row else []


def _lines(conn: sqlite3.Connection, first: int, last: int, limit: int) -> list[IndexTerm]:
    heads = {source: json.loads(text) for source, text in conn.execute("SELECT source, heads FROM index_source")}
    found = []
    for row in conn.execute(
        f"SELECT {_COLUMNS} FROM index_term WHERE n BETWEEN ? AND ? ORDER BY n LIMIT ?", (first, last, max(0, limit))
    ):
        cells = tuple(zip(heads[row[1]], json.loads(row[10]), strict=False)) if row[10] else ()
        found.append(IndexTerm(*row[:10], cells))
    return found


def find(text: str, limit: int = 10) -> list[Found]:
    """Codes that the loaded indexes give for the words of a query, best first. ``[]`` when none is loaded."""
    opened = _connection()
    if opened is None or opened[1] is None:
        return []
    conn, corpus = opened
    best: dict[int, tuple[float, bool]] = {}
    for reading in search_query.readings(corpus, text):
        if len(reading.tokens) == 1 and reading.tokens[0].wide:
            continue
        for scored in search_rank.rank(corpus, reading.tokens)[: limit * 2]:
            whole = all(scored.doc in corpus.found(tuple(sorted(token.stems))).anywhere for token in reading.tokens)
            if scored.score > best.get(scored.doc, (0.0, False))[0]:
                best[scored.doc] = (scored.score, whole)
    words = set(search_terms.words(text))
    found: dict[str, Found] = {}
    for doc in sorted(best, key=lambda doc: -best[doc][0])[: limit * 2]:
        score, whole = best[doc]
        if corpus.ref[doc] == _TABLE_HEAD:
            continue
        line = _lines(conn, corpus.ref[doc], corpus.ref[doc], 1)[0]
        at = line if line.code or line.columns else _follow(conn, line)
        if at is None:
            continue
        code = at.code or _cell(at, words)
        code = code.strip().rstrip("-").rstrip(".")
        if code:
            path = line.path if at is line else f"{line.path}, see {line.see}"
            found.setdefault(code, Found(code, path, line.source, score, whole))
    return list(found.values())[:limit]


def _cell(line: IndexTerm, words: set[str]) -> str:
    choose = _NEOPLASM_WORDS if line.source == "neoplasm" else _DRUG_WORDS
    cells = [code for _, code in line.columns]
    for place in (*range(len(choose) - 1, 0, -1), 0):
        if place < len(cells) and words & choose[place] and cells[place].strip("- "):
            return cells[place]
    return next((cell for cell in cells if cell.strip("- ")), "")


def _follow(conn: sqlite3.Connection, line: IndexTerm) -> IndexTerm | None:
    """The line that "see" names: ``Pain, abdominal`` is the sub-term *abdominal* of the main term *Pain*."""
    steps = [_begins(step) for step in line.see.split(";")[0].split(",")]
    if not steps or not steps[0]:
        return None
    rows = conn.execute(
        "SELECT n, last FROM index_term WHERE begins >= ? AND begins < ? ORDER BY begins = ? DESC, n LIMIT 1",
        (steps[0], steps[0] + _AFTER, steps[0]),
    ).fetchall()
    if not rows:
        return None
    n, last = rows[0]
    for step in filter(None, steps[1:]):
        below = conn.execute("SELECT n, last, term FROM index_term WHERE parent = ? ORDER BY n", (n,)).fetchall()
        match = next((row for row in below if _begins(row[2]) == step), None) or next(
            (row for row in below if _begins(row[2]).startswith(step)), None
        )
        if match is None:
            return None
        n, last, _ = match
    found = _lines(conn, n, n, 1)[0]
    return found if found.code or found.columns else None


__all__ = [
    "Found", "IndexFileError", "IndexTerm", "file", "find", "forget", "install", "installed", "lookup", "name", "summary",
    "tree",
]  # fmt: skip
