"""Put one edition into one SQLite file. Slow steps happen here once; afterwards the file only has to be opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from course.codesets.icd10cm import changes, library, notes, tabular
from course.codesets.icd10cm.model import bare
from course.codesets.icd10cm.tabular import Entry, Tree

Progress = Callable[[float, str], None]

SCHEMA = """
CREATE TABLE code(n INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, level TEXT NOT NULL,
    billable INT NOT NULL, parent TEXT, chapter TEXT NOT NULL, notes_known INT NOT NULL, title_known INT NOT NULL,
    stop INT NOT NULL);
CREATE TABLE note(n INTEGER PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, pos INT NOT NULL, text TEXT NOT NULL,
    parsed INT NOT NULL);
CREATE TABLE ref(note INT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, seventh TEXT NOT NULL, pattern TEXT NOT NULL,
    inside TEXT NOT NULL, outside TEXT NOT NULL);
CREATE TABLE seventh(owner TEXT NOT NULL, char TEXT NOT NULL, meaning TEXT NOT NULL);
CREATE TABLE history(code TEXT NOT NULL, edition INT NOT NULL, action TEXT NOT NULL, title TEXT NOT NULL,
    previous_title TEXT NOT NULL, replaced_by TEXT NOT NULL, added_nearby TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
INDEXES = """
CREATE INDEX code_parent ON code(parent);
CREATE INDEX note_owner ON note(owner);
CREATE INDEX ref_note ON ref(note);
CREATE INDEX seventh_owner ON seventh(owner);
CREATE INDEX history_code ON history(code);
"""


def level_of(entry: Entry) -> str:
    """``"code"`` for what can be billed, else what kind of heading it is."""
    if entry.kind != "code":
        return entry.kind
    if not entry.children:
        return "code"
    return "category" if len(entry.code) == 3 else "subcategory"


def load_tree(edition: int, on_progress: Progress) -> Tree:
    """The tree of `edition`: the library's April 2026 files, and the published changes of every later edition on top."""
    files = library.library_files()
    on_progress(0.02, "Reading the official Tabular List")
    valid = set(library.read_code_list(files.code_list)) if files.code_list else None
    tree = tabular.read_tree(tabular.parse_root(files.tabular), valid)
    rows = changes.read_changes()
    for later in range(library.EDITION + 1, edition + 1):
        changes.apply(tree, rows, later)
    return tree


def fill(conn: sqlite3.Connection, edition: int, on_progress: Progress) -> None:
    """Create and fill the tables of `edition` in an empty database (one transaction; the caller commits)."""
    tree = load_tree(edition, on_progress)
    on_progress(0.2, "Writing codes and titles")
    conn.executescript(SCHEMA)
    order = list(_numbered(tree))
    conn.executemany("INSERT INTO code VALUES(?,?,?,?,?,?,?,?,?,?)", [row for _, row in order])
    on_progress(0.35, "Reading the notes")
    _write_notes(conn, [entry for entry, _ in order])
    _write_history(conn)
    billable = sum(row[4] for _, row in order)
    facts = {
        "edition": edition,
        "entries": len(order),
        "billable": billable,
        "tabular_version": tree.version,
    }
    conn.executemany("INSERT INTO meta VALUES(?, ?)", [(key, str(value)) for key, value in facts.items()])
    conn.executescript(INDEXES)
    on_progress(0.5, "Codes and notes are in place")


def _numbered(tree: Tree) -> Iterator[tuple[Entry, tuple]]:
    """Every entry with its row, in the order of the book. ``stop`` is the number of the last entry below it."""
    out: list[tuple[Entry, list]] = []

    def visit(entry: Entry, chapter: str, parent: str | None) -> None:
        n = len(out) + 1
        row = [n, entry.code, entry.title, level_of(entry), int(entry.kind == "code" and not entry.children), parent, chapter,
               int(entry.notes_known), int(entry.title_known), n]
        out.append((entry, row))
        for child in entry.children:
            visit(child, chapter, entry.code)
        row[9] = len(out)

    for chapter in tree.chapters:
        visit(chapter, chapter.code, None)
    return ((entry, tuple(row)) for entry, row in out)


def _write_notes(conn: sqlite3.Connection, entries: list[Entry]) -> None:
    note_rows, ref_rows, seventh_rows = [], [], []
    for entry in entries:
        for position, (kind, text) in enumerate(entry.notes):
            refs, parsed = notes.parse(text)
            number = len(note_rows) + 1
            note_rows.append((number, entry.code, kind, position, text, int(parsed)))
            ref_rows.extend(
                (number, r.first, r.last, r.seventh, r.pattern, " ".join(r.inside), " ".join(r.outside)) for r in refs
            )
        if entry.seventh:
            seventh_rows.extend((entry.code, char, meaning) for char, meaning in entry.seventh.items())
    conn.executemany("INSERT INTO note VALUES(?,?,?,?,?,?)", note_rows)
    conn.executemany("INSERT INTO ref VALUES(?,?,?,?,?,?,?)", ref_rows)
    conn.executemany("INSERT INTO seventh VALUES(?,?,?)", seventh_rows)


def _write_history(conn: sqlite3.Connection) -> None:
    rows = [
        (c.code, c.edition, c.action, c.title, c.previous_title, " ".join(c.replaced_by), " ".join(c.added_nearby), c.source)
        for c in changes.history(changes.read_changes())
    ]
    conn.executemany("INSERT INTO history VALUES(?,?,?,?,?,?,?,?)", rows)


def search_tables(conn: sqlite3.Connection, on_progress: Progress) -> bool:
    """Let the search add its own tables. False when the search is not there (the code set works without it)."""
    try:
        from course.codesets.icd10cm import search_index
    except ImportError:
        return False
    search_index.build(conn, lambda part, message: on_progress(0.5 + 0.48 * part, message))
    return True


__all__ = ["SCHEMA", "bare", "fill", "load_tree", "search_tables"]
