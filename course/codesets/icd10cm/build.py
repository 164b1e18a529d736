"""Put one edition into one SQLite file. Slow steps happen here once; afterwards the file only has to be opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from course.codesets.icd10cm import changes, history, notes, sources, tabular
from course.codesets.icd10cm.changes import Row
from course.codesets.icd10cm.corrections import Corrections
from course.codesets.icd10cm.library import open_maybe_gzipped
from course.codesets.icd10cm.resolve import Resolver
from course.codesets.icd10cm.sources import Recipe
from course.codesets.icd10cm.tabular import Entry, Tree

Progress = Callable[[float, str], None]
Order = list[tuple[Entry, list]]

SCHEMA = """
CREATE TABLE code(n INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, level TEXT NOT NULL,
    billable INT NOT NULL, parent TEXT, chapter TEXT NOT NULL, notes_known INT NOT NULL, title_known INT NOT NULL,
    stop INT NOT NULL);
CREATE TABLE note(n INTEGER PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, pos INT NOT NULL, text TEXT NOT NULL,
    parsed INT NOT NULL, lead TEXT NOT NULL);
CREATE TABLE ref(note INT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, seventh TEXT NOT NULL,
    pattern TEXT NOT NULL, inside TEXT NOT NULL, outside TEXT NOT NULL);
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


def load_tree(recipe: Recipe) -> tuple[Tree, list[Row]]:
    """The tree of an edition and the changes to tell as its history. Raises TabularError or SourceMissing."""
    with open_maybe_gzipped(recipe.files.tabular) as file:
        root = tabular.parse_root(file)
    tree = tabular.read_tree(root, sources.valid_codes(recipe))
    rows = changes.read_changes()
    for edition in recipe.on_top:
        rows += changes.apply(tree, rows, edition)
    corrections = Corrections()
    for entry in tree.by_code.values():
        corrections.move(entry)
    if recipe.added and recipe.edition not in {row.edition for row in rows}:
        before = sources.BUILT_IN[-1]
        if recipe.edition > before:
            earlier, _ = load_tree(sources.from_library(before))
            rows += changes.difference(earlier, tree, recipe.edition)
    return tree, rows


def fill(conn: sqlite3.Connection, recipe: Recipe, on_progress: Progress) -> None:
    """Create and fill the tables of an edition in an empty database; the caller commits."""
    on_progress(0.02, "Reading the official Tabular List")
    tree, rows = load_tree(recipe)
    on_progress(0.2, "Writing codes and titles")
    conn.executescript(SCHEMA)
    order = numbered(tree)
    conn.executemany("INSERT INTO code VALUES(?,?,?,?,?,?,?,?,?,?)", [row for _, row in order])
    on_progress(0.35, "Reading the notes")
    _write_notes(conn, tree, order)
    _write_history(conn, tree, rows, recipe)
    facts = {
        "edition": recipe.edition,
        "entries": len(order),
        "billable": sum(row[4] for _, row in order),
        "tabular_version": tree.version,
        "validity": "expansion" if recipe.by_expansion else "list",
        "file": recipe.files.tabular.name,
    }
    conn.executemany("INSERT INTO meta VALUES(?, ?)", [(key, str(value)) for key, value in facts.items()])
    conn.executescript(INDEXES)
    on_progress(0.5, "Codes and notes are in place")


def level_of(entry: Entry) -> str:
    """``"code"`` for what can be billed, else what kind of heading it is."""
    if entry.kind != "code":
        return entry.kind
    if not entry.children:
        return "code"
    return "category" if len(entry.code) == 3 else "subcategory"


def numbered(tree: Tree) -> Order:
    """Every entry with its row of the table ``code``, in the order of the book. The last column, ``stop``, is the
    number of the last entry below it: all between the two numbers stand below."""
    out: Order = []

    def visit(entry: Entry, chapter: str, parent: str | None) -> None:
        n = len(out) + 1
        billable = int(entry.kind == "code" and not entry.children)
        known = int(entry.notes_known), int(entry.title_known)
        row = [n, entry.code, entry.title, level_of(entry), billable, parent, chapter, *known, n]
        out.append((entry, row))
        for child in entry.children:
            visit(child, chapter, entry.code)
        row[9] = len(out)

    for chapter in tree.chapters:
        visit(chapter, chapter.code, None)
    return out


def _write_notes(conn: sqlite3.Connection, tree: Tree, order: Order) -> None:
    """Notes with their references. A reference to what this edition does not have is dropped, and the note is not
    `parsed`."""
    resolver = Resolver((entry.code, row[0], row[9]) for entry, row in order if entry.kind == "code")
    chapters = chapter_ranges(tree)
    corrections = Corrections()
    note_rows: list[tuple] = []
    ref_rows: list[tuple] = []
    seventh_rows: list[tuple] = []
    for entry, _ in order:
        for position, (kind, text, lead) in enumerate(entry.notes):
            written, understood = notes.parse(corrections.to_read(entry.code, kind, text), kind, chapters)
            refs = [resolved for ref in written if (resolved := resolver.resolve(ref)) is not None]
            number = len(note_rows) + 1
            parsed = int(understood and len(refs) == len(written))
            note_rows.append((number, entry.code, kind, position, text, parsed, lead))
            ref_rows.extend(
                (number, r.first, r.last, r.seventh, r.pattern, " ".join(r.inside), " ".join(r.outside)) for r in refs
            )
        if entry.seventh:
            seventh_rows.extend((entry.code, char, meaning) for char, meaning in entry.seventh.items())
    conn.executemany("INSERT INTO note VALUES(?,?,?,?,?,?,?)", note_rows)
    conn.executemany("INSERT INTO ref VALUES(?,?,?,?,?,?,?)", ref_rows)
    conn.executemany("INSERT INTO seventh VALUES(?,?,?)", seventh_rows)


def chapter_ranges(tree: Tree) -> dict[str, tuple[str, str]]:
    """First and last category of each chapter, for notes that name one by its number."""
    ranges = {}
    for chapter in tree.chapters:
        categories = [e.code for e in chapter.below() if e.kind == "code" and len(e.code) == 3]
        if categories:
            ranges[chapter.code] = (min(categories), max(categories))
    return ranges


def compared(recipe: Recipe) -> frozenset[int]:
    """The editions whose changes were found by comparing code lists."""
    return history.COMPARED | ({recipe.edition} if recipe.added else set())


def _write_history(conn: sqlite3.Connection, tree: Tree, rows: list[Row], recipe: Recipe) -> None:
    titles = {code: entry.title for code, entry in tree.by_code.items()}
    conn.executemany(
        "INSERT INTO history VALUES(?,?,?,?,?,?,?,?)",
        [
            (
                c.code,
                c.edition,
                c.action,
                c.title,
                c.previous_title,
                " ".join(c.replaced_by),
                " ".join(c.added_nearby),
                c.source,
            )
            for c in history.changes_of(rows, titles, compared(recipe))
        ],
    )


def search_tables(conn: sqlite3.Connection, on_progress: Progress) -> bool:
    """Let the search add its own tables. False when the search is not there (the code set works without it)."""
    try:
        from course.codesets.icd10cm import search_index
    except ImportError:
        return False
    search_index.build(conn, lambda part, message: on_progress(0.5 + 0.48 * part, message))
    return True
