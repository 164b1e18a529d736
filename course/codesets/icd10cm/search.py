"""Find ICD-10-CM codes as fast as one types: by code, title, term, synonym, abbreviation, misspelling, in any word order.

    >>> search(conn, "torus fx distal radius")[0].code            # doctest: +SKIP
    'S52.52'
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from course.codesets.icd10cm import search_corpus, search_index, search_query, search_rank, search_terms
from course.codesets.icd10cm.search_corpus import Corpus
from course.codesets.icd10cm.search_query import Reading

_CODE_LIKE = re.compile(r"^[A-Za-z]\d[0-9A-Za-z](?:\.?[0-9A-Za-z]{0,4})?\.?-?$|^[A-Za-z]\d\.?$")
_ENCOUNTER = frozenset("initial subsequent sequela encounter nonunion malunion delayed routine healing open closed".split())
_KINDS = {
    search_index.TITLE: "title",
    search_index.INCLUSION: "inclusion term",
    search_index.INCLUDES: "includes note",
    search_index.POINTED_AT: "named in another code's note",
    search_index.PLAIN: "in plain words",
}

_loaded: dict[bytes, Corpus] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a result list. ``matched`` says in a few plain words why it is there; higher ``score`` is better."""

    code: str
    title: str
    billable: bool
    score: float
    matched: str


def search(conn: sqlite3.Connection, query: str, limit: int = 10) -> list[Hit]:
    """The best `limit` codes and headings for any text; ``[]`` for a blank one or when nothing fits. Never raises on text."""
    text = str(query)[: search_terms.MAX_CHARS]
    if not text.strip() or limit < 1:
        return []
    by_code = _by_code(conn, text.strip(), limit)
    if len(by_code) >= limit:
        return by_code[:limit]
    corpus = _corpus(conn)
    by_text = _by_text(conn, corpus, text, limit) if corpus else []
    seen = {hit.code for hit in by_code}
    return [*by_code, *(hit for hit in by_text if hit.code not in seen)][:limit]


def _corpus(conn: sqlite3.Connection) -> Corpus | None:
    """The packed index of the edition behind `conn`, loaded once per build."""
    try:
        row = conn.execute(f"SELECT data FROM {search_corpus.TABLE} WHERE name = 'stamp'").fetchone()
    except sqlite3.DatabaseError:
        return None
    if row is None:
        return None
    with _lock:
        found = _loaded.get(row[0])
        if found is None:
            found = search_corpus.read(conn)
            if found is not None:
                while len(_loaded) > 2:
                    _loaded.pop(next(iter(_loaded)))
                _loaded[row[0]] = found
    return found


# --- by code


def _by_code(conn: sqlite3.Connection, text: str, limit: int) -> list[Hit]:
    if not _CODE_LIKE.match(text):
        return []
    bare = text.replace(".", "").rstrip("-").upper()
    code = bare if len(bare) <= 3 else f"{bare[:3]}.{bare[3:]}"
    rows = conn.execute(
        "SELECT code, title, billable FROM code WHERE code >= ? AND code < ? AND level NOT IN ('chapter', 'block') "
        "ORDER BY length(code) > ?, n LIMIT ?",
        (code, code + "\uffff", max(len(code) + 2, 5), limit),
    ).fetchall()
    hits = [Hit(c, title, bool(billable), 10.0, "code" if c == code else f"code begins with {code}") for c, title, billable in rows]
    if not hits and len(bare) > 3:
        return _nearest_heading(conn, code)
    return hits


def _nearest_heading(conn: sqlite3.Connection, code: str) -> list[Hit]:
    """For a code that does not exist: the longest part of it that does."""
    for end in range(len(code) - 1, 2, -1):
        row = conn.execute("SELECT code, title, billable FROM code WHERE code = ?", (code[:end].rstrip("."),)).fetchone()
        if row:
            return [Hit(row[0], row[1], bool(row[2]), 9.0, f"{code} does not exist; this is the nearest heading")]
    return []


# --- by words


def _by_text(conn: sqlite3.Connection, corpus: Corpus, text: str, limit: int) -> list[Hit]:
    typed = search_query.readings(corpus, text)
    if not typed:
        return []
    best: dict[int, tuple[float, int, Reading]] = {}
    for reading in typed:
        for scored in _ranked(corpus, reading)[:80]:
            old = best.get(scored.doc)
            if old is None or scored.score > old[0]:
                best[scored.doc] = (scored.score, scored.entry, reading)
    order = sorted(best, key=lambda doc: (-best[doc][0], doc))
    sides = set().union(*(search_query.with_side(reading.tokens) for reading in typed))
    chosen = _spread(corpus, order, limit, sides)
    rows = _rows(conn, [corpus.ref[doc] for doc in chosen])
    wanted = set(search_terms.words(text)) & _ENCOUNTER
    hits = []
    for doc in chosen:
        code, title, billable = rows[corpus.ref[doc]]
        score, entry, reading = best[doc]
        why = _why(corpus, entry, reading)
        if wanted and corpus.flags[doc] & search_index.HAS_SEVENTH:
            code, title, billable = _expansion(conn, code, wanted, set(search_terms.words(text))) or (code, title, billable)
        hits.append(Hit(code, title, bool(billable), round(score, 4), why))
    return hits


def _ranked(corpus: Corpus, reading: Reading) -> list[search_rank.Scored]:
    tokens = reading.tokens
    if len(tokens) == 1 and tokens[0].wide:
        ready = corpus.quick(tokens[0].word[: search_corpus.PREFIX_LENGTH])
        return [search_rank.Scored(doc, 1.0 - place / 1000, corpus.entry_at[doc]) for place, doc in enumerate(ready)]
    return search_rank.rank(corpus, tokens)


def _spread(corpus: Corpus, order: Iterable[int], limit: int, sides: set[str]) -> list[int]:
    """The first `limit`, without the right, left and both of one thing where the query names no side."""
    chosen: list[int] = []
    sided: set[int] = set()
    for doc in order:
        if not sides and corpus.flags[doc] & (search_index.SIDED | search_index.NO_SIDE):
            if corpus.parent[doc] in sided:
                continue
            sided.add(corpus.parent[doc])
        chosen.append(doc)
        if len(chosen) == limit:
            break
    return chosen


def _rows(conn: sqlite3.Connection, numbers: list[int]) -> dict[int, tuple[str, str, int]]:
    marks = ",".join("?" * len(numbers))
    return {n: (code, title, billable) for n, code, title, billable in conn.execute(
        f"SELECT n, code, title, billable FROM code WHERE n IN ({marks})", numbers
    )}  # fmt: skip


def _expansion(conn: sqlite3.Connection, code: str, wanted: set[str], words: set[str]) -> tuple[str, str, int] | None:
    """The 7th-character code below `code` whose title has most of the encounter words of the query."""
    below = conn.execute(
        "SELECT code, title, billable FROM code WHERE code > ? AND code < ? AND length(code) = 8 ORDER BY n",
        (code, code + "\uffff"),
    ).fetchall()
    best = max(below, key=lambda row: len((wanted | words) & set(search_terms.words(row[1]))), default=None)
    return best if best and wanted & set(search_terms.words(best[1])) else None


def _why(corpus: Corpus, entry: int, reading: Reading) -> str:
    parts = [f"spelling: {typed} \u2192 {read}" for typed, read in reading.corrections()]
    if reading.alias is not None:
        parts.append(f"{reading.alias.kind}: {reading.alias.says} \u2192 {reading.alias.means}")
    if entry < 0:
        parts.append("words of its headings")
    elif corpus.entry_kind[entry] == search_index.ALIAS:
        stems = [corpus.stems[s] for s in corpus.entry_stems(entry)]
        for alias in search_terms.alias_phrases().get(tuple(stems), ()):
            text = f"{alias.kind}: {alias.says} \u2192 {alias.means}"
            if text not in parts:
                parts.append(text)
            break
    else:
        kind = _KINDS[corpus.entry_kind[entry]]
        if corpus.entry_kind[entry] == search_index.TITLE:
            parts.append("title")
        else:
            parts.append(f"{kind}: {' '.join(_text(corpus, entry))}")
    return "; ".join(parts)


def _text(corpus: Corpus, entry: int) -> list[str]:
    return [corpus.stems[s] for s in corpus.entry_stems(entry)]
