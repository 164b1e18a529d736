"""The file with the official indexes a learner has loaded: written by ``install``, opened once, closed on change."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import RLock

from course import paths
from course.codesets.icd10cm import alphabetic_xml, search_corpus, search_pack, search_words
from course.codesets.icd10cm.alphabetic_xml import SOURCE_NAMES, Index, IndexFileError
from course.codesets.icd10cm.search_corpus import Corpus
from course.codesets.icd10cm.search_pack import Doc

FILE_NAME = "icd10cm_index.sqlite"
LAYOUT = "1"
AFTER = "\uffff"  # sorts after every letter
_SCHEMA = """
CREATE TABLE IF NOT EXISTS index_term(
    n INTEGER PRIMARY KEY, source TEXT NOT NULL, level INTEGER NOT NULL, parent INTEGER, last INTEGER NOT NULL,
    term TEXT NOT NULL, nonessential TEXT NOT NULL, path TEXT NOT NULL, begins TEXT, code TEXT NOT NULL,
    manifestation TEXT NOT NULL, see TEXT NOT NULL, see_also TEXT NOT NULL, columns TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS index_begins ON index_term(begins) WHERE begins IS NOT NULL;
CREATE TABLE IF NOT EXISTS index_source(source TEXT PRIMARY KEY, version TEXT, heads TEXT, terms INTEGER, file TEXT);
CREATE TABLE IF NOT EXISTS index_meta(key TEXT PRIMARY KEY, value TEXT);
"""
COLUMNS = "n, source, level, term, nonessential, path, code, manifestation, see, see_also, columns"

#: Words of a query that choose a column of the two tables, in the order of the columns; the first column is the
#: default.
NEOPLASM_WORDS = (
    {"primary"},
    {"secondary", "metastatic", "metastasis", "mets"},
    {"situ", "cis"},
    {"benign"},
    {"uncertain"},
    {"unspecified", "behavior"},
)
DRUG_WORDS = (
    {"accidental", "unintentional"},
    {"intentional", "suicide", "suicidal", "self"},
    {"assault"},
    {"undetermined"},
    {"adverse"},
    {"underdosing"},
)
_TABLES = {
    "neoplasm": (NEOPLASM_WORDS, {"malignant", "cancer", "carcinoma", "tumor", "ca"}),
    "drug": (DRUG_WORDS, {"poisoning", "overdose", "harm", "effect", "toxic"}),
}
#: The number of the documents that only hand down the words of a table's columns.
TABLE_HEAD = 0

_lock = RLock()
_open: dict[str, tuple[tuple[int, int], sqlite3.Connection, Corpus | None]] = {}


def file() -> Path:
    """Where the loaded indexes are kept: with the learner's own files, as nothing can rebuild them.

    One in the cache folder (an earlier version put it there; a user folder that cannot be written) is used as well.
    """
    own = _own_file()
    return own if own.exists() or not _cache_file().exists() else _cache_file()


def _own_file() -> Path:
    return paths.user_dir() / "codesets" / FILE_NAME


def _cache_file() -> Path:
    return paths.cache_dir() / FILE_NAME


def _place() -> Path:
    """The file to write: among the learner's own (a copy of what an earlier version kept in the cache), or, where
    that folder cannot be written, in the cache."""
    target = file()
    if target not in (_own_file(), _cache_file()) or _own_file().exists():
        return target
    own = _own_file()
    part = own.with_suffix(".part")
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(b"")  # can anything be written there?
        if target == _cache_file():
            shutil.copyfile(target, part)
            os.replace(part, own)
            with contextlib.suppress(OSError):  # the copy is what counts from now on
                target.unlink()
    except OSError:
        return _cache_file()
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return own


def install(path: Path | str, on_progress: Callable[[float, str], None] | None = None) -> str:
    """Load the index (or the indexes of a zip) and say what was loaded.

    Raises IndexFileError with advice; then nothing changed.
    """
    tell = on_progress or (lambda share, text: None)
    path = Path(path)
    tell(0.05, f"Reading {path.name}")
    indexes = alphabetic_xml.read(path)
    with _lock:
        forget()
        target = _place()
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
    return (
        f"The index could not be stored in {target.parent} ({reason}). "
        "Free some space, or set COURSE_USER_DIR to another folder."
    )


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
        packed = search_pack.pack(_documents(conn))
        search_pack.write(conn, packed)
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
                begins(row.term) if row.level == 0 else None,
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


def begins(term: str) -> str:
    """A main term as it is looked up: its words, folded."""
    return " ".join(search_words.words(term))


def _documents(conn: sqlite3.Connection) -> list[Doc]:
    """A document for each line that leads to a code, by itself or by its "see".

    Lines of a table inherit its column words.
    """
    rows = conn.execute(f"SELECT {COLUMNS} FROM index_term ORDER BY n").fetchall()
    docs = [Doc(TABLE_HEAD, -1.0, [(0, 0, sorted(set().union(*choose, more)))]) for choose, more in _TABLES.values()]
    table = {source: place for place, source in enumerate(_TABLES)}
    for n, source, level, _term, nonessential, path, code, _manifestation, see, _see_also, columns in rows:
        if not (code or columns or see):
            continue
        text = search_words.content(path)
        entries = [(0, n, text)]
        if nonessential:
            entries.append((1, n, [*text, *search_words.content(nonessential)]))
        prior = (0.0 if code or columns else -0.2) - 0.01 * level
        docs.append(Doc(n, prior, entries, table.get(source, -1), contrast=search_words.contrast_bits(text)))
    return docs


def connection() -> tuple[sqlite3.Connection, Corpus | None] | None:
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
