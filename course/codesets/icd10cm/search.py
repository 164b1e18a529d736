"""Find ICD-10-CM codes as fast as one types: by code, title, term, synonym, abbreviation, misspelling, in any word
order.

>>> search(conn, "torus fx distal radius")[0].code            # doctest: +SKIP
'S52.52'
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from course.codesets.icd10cm import search_corpus, search_index, search_query, search_rank, search_terms, search_words
from course.codesets.icd10cm.search_corpus import Corpus
from course.codesets.icd10cm.search_query import Reading
from course.codesets.icd10cm.search_terms import Alias, Lists

_CODE_LIKE = re.compile(r"^[A-Za-z]\d[0-9A-Za-z](?:\.?[0-9A-Za-z]{0,4})?\.?-?$|^[A-Za-z]\d\.?$")
#: A code with blanks, dashes or dots in odd places ("j45 909", "J 45.909"). The letter is followed by two characters
#: that stand together: "L4-5" is a level of the spine.
_SPACED_CODE = re.compile(r"^[A-Za-z]{0}*\d[0-9A-Za-z](?:{0}*[0-9A-Za-z]){{0,4}}{0}*$".format(r"[\s.\-\u2010-\u2015_]"))
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015_]+")
#: A word of a longer query that is a code or its beginning.
_CODE_WORD = re.compile(r"\b[A-Za-z]\d[0-9A-Za-z](?:\.?[0-9A-Za-z]{1,4})?(?![0-9A-Za-z])")
_ENCOUNTER_PHRASE = re.compile(r",?\s*\b(?:initial|subsequent)\s+enc(?:ounter)?\b.*$", re.IGNORECASE | re.DOTALL)
_ENCOUNTER = frozenset(
    "initial subsequent sequela encounter nonunion malunion delayed routine healing open closed".split()
)
_KINDS = {
    search_index.TITLE: "title",
    search_index.INCLUSION: "inclusion term",
    search_index.INCLUDES: "includes note",
    search_index.POINTED_AT: "named in a note",
    search_index.PLAIN: "title in plain words",
}

#: The score of a name that the query covers whole; a short abbreviation this good comes before what begins like it.
EXACT = 1.7

#: How much a line of an official index is ahead when it has all the words of the query, and behind when it has not.
INDEX_LEAD = 0.4

#: The score from which a diagnosis has what was asked: no circumstance of the External Cause Index comes before it.
COMPLETE = 1.5
EXTERNAL_CAUSES = frozenset("VWXY")

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
    """The best `limit` codes and headings for any text; ``[]`` for a blank one or when nothing fits.

    Never raises on text, however odd or long. Raises sqlite3.DatabaseError when the edition file is damaged.
    """
    text = str(query)[: search_words.MAX_CHARS]
    if not text.strip() or limit < 1:
        return []
    if by_code := _by_code(conn, text.strip(), limit):
        return by_code
    corpus = _corpus(conn)
    hits = _by_text(conn, corpus, text, limit) if corpus else []
    return _with_index(conn, hits, text, limit, corpus.lists if corpus else None)


def _with_index(conn: sqlite3.Connection, hits: list[Hit], text: str, limit: int, lists: Lists | None) -> list[Hit]:
    """Put in what the loaded official indexes say: a line that has all the words comes before a guess by words."""
    from course.codesets.icd10cm import alphabetic

    if hits and (named := _CODE_WORD.search(text)) and hits[0].code.startswith(_dotted(named[0])):
        return hits  # a code that is in the query has the last word
    most = 99.0
    if hits and hits[0].score >= COMPLETE and hits[0].code[0] not in EXTERNAL_CAUSES:
        most = hits[0].score - 0.01
    found = alphabetic.find(text, limit, lists)
    if not found:
        return hits
    best = {hit.code: hit for hit in hits}
    marks = ",".join("?" * len(found))
    rows = {
        code: (title, bool(billable))
        for code, title, billable in conn.execute(
            f"SELECT code, title, billable FROM code WHERE code IN ({marks})", [line.code for line in found]
        )
    }
    for line in found:
        score = line.score + (INDEX_LEAD if line.whole else -INDEX_LEAD)
        if line.source == "external" and score > most:
            score = min(line.score, most)
        old = best.get(line.code)
        if line.code in rows and (old is None or score > old.score):
            best[line.code] = Hit(
                line.code, *rows[line.code], round(score, 4), f"{alphabetic.name(line.source)}: {line.path}"
            )
    return sorted(best.values(), key=lambda hit: -hit.score)[:limit]


def _corpus(conn: sqlite3.Connection) -> Corpus | None:
    """The packed index of the edition behind `conn`, loaded once per build. None when the file has none."""
    try:
        row = conn.execute(f"SELECT data FROM {search_corpus.TABLE} WHERE name = 'stamp'").fetchone()
    except sqlite3.OperationalError:  # no such table
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
    spaced = not _CODE_LIKE.match(text)
    if spaced and not _SPACED_CODE.match(text):
        return []
    code = _dotted(_SEPARATORS.sub("", text) if spaced else text)
    rows = _beginning(conn, code, limit)
    if rows:
        return [
            Hit(c, title, bool(b), 10.0, "code" if c == code else f"code begins with {code}") for c, title, b in rows
        ]
    for end in range(len(code) - 1, 3, -1) if not spaced else ():
        if rows := _beginning(conn, code[:end].rstrip("."), limit):
            part = rows[0][0]
            why = f"{code} is not a code; {part} is the part of it that exists"
            return [
                Hit(c, title, bool(b), 9.0, why if c == part else f"code begins with {part}") for c, title, b in rows
            ]
    return []


def _dotted(text: str) -> str:
    bare = text.replace(".", "").rstrip("-").upper()
    return bare if len(bare) <= 3 else f"{bare[:3]}.{bare[3:]}"


def _beginning(conn: sqlite3.Connection, code: str, limit: int) -> list[tuple[str, str, int]]:
    """Codes that begin with `code`: the shorter first, so that the headings come before the 7th characters."""
    return conn.execute(
        "SELECT code, title, billable FROM code WHERE code >= ? AND code < ? AND level NOT IN ('chapter', 'block') "
        "ORDER BY length(code) > ?, length(code) = 8, n LIMIT ?",
        (code, code + "\uffff", max(len(code) + 2, 5), limit),
    ).fetchall()


def _below(conn: sqlite3.Connection, corpus: Corpus, code: str) -> frozenset[int]:
    """Documents at and below a code."""
    first, last = conn.execute(
        "SELECT min(n), max(n) FROM code WHERE code >= ? AND code < ?", (code, code + "\uffff")
    ).fetchone()
    if first is None:
        return frozenset()
    return frozenset(doc for doc, n in enumerate(corpus.ref) if first <= n <= last)


# --- by words


def _by_text(conn: sqlite3.Connection, corpus: Corpus, text: str, limit: int) -> list[Hit]:
    words = set(search_words.words(text))
    shorter = _ENCOUNTER_PHRASE.sub(" ", text)  # it tells codes of one heading apart, not headings
    only = None
    if len(words) > 1 and (named := _CODE_WORD.search(shorter)):
        # "e11 neuropathy": look below E11
        if only := _below(conn, corpus, _dotted(named[0])):
            shorter = shorter.replace(named[0], " ", 1)
        else:
            only = None
    typed = search_query.readings(corpus, shorter if search_words.words(shorter) else text)
    best: dict[int, tuple[float, int, Reading]] = {}
    for reading in typed:
        for scored in _ranked(corpus, reading, only)[: 60 + limit]:
            old = best.get(scored.doc)
            if old is None or scored.score > old[0]:
                best[scored.doc] = (scored.score, scored.entry, reading)
    sides = set().union(*(search_query.with_side(reading.tokens) for reading in typed))
    if not sides:
        _headings_first(corpus, best)
    order = sorted(best, key=lambda doc: (-best[doc][0], doc))
    chosen = _spread(corpus, order, limit, sides)
    rows = _rows(conn, [corpus.ref[doc] for doc in chosen])
    wanted = words & _ENCOUNTER
    hits = []
    for doc in chosen:
        code, title, billable = rows[corpus.ref[doc]]
        score, entry, reading = best[doc]
        why = _why(conn, corpus, entry, reading)
        if wanted and corpus.flags[doc] & search_corpus.HAS_SEVENTH:
            code, title, billable = _expansion(conn, code, title, wanted, words) or (code, title, billable)
        hits.append(Hit(code, title, bool(billable), round(score, 4), why))
    return hits


def _ranked(corpus: Corpus, reading: Reading, only: frozenset[int] | None) -> list[search_rank.Scored]:
    tokens = reading.tokens
    word = tokens[0].word
    if len(tokens) > 1 or not tokens[0].unfinished or len(word) > search_corpus.PREFIX_LENGTH or only is not None:
        return search_rank.rank(corpus, tokens, only, reading.lost)
    # a letter or three: what the word says in full ("MI"), then what may be on its way to being typed
    found = [scored for scored in search_rank.rank(corpus, tokens) if scored.score > EXACT] if tokens[0].stems else []
    for place, doc in enumerate(corpus.quick(word)):
        found.append(search_rank.Scored(doc, 1.0 - place / 1000, _entry_beginning(corpus, doc, word)))
    return found


def _entry_beginning(corpus: Corpus, doc: int, prefix: str) -> int:
    """The entry of a document that has a word with this beginning: the one whose first word does, if any."""
    at = corpus.token_at
    entries = list(corpus.entries(doc))
    for entry in entries:
        if corpus.stems[corpus.tokens[at[entry]]].startswith(prefix):
            return entry
    for entry in entries:
        if any(corpus.stems[s].startswith(prefix) for s in corpus.tokens[at[entry] : at[entry + 1]]):
            return entry
    return entries[0]


def _headings_first(corpus: Corpus, best: dict[int, tuple[float, int, Reading]]) -> None:
    """Put a heading before its "unspecified side" where that needs a 7th character and so cannot be billed either."""
    wanted = search_corpus.NO_SIDE | search_corpus.HAS_SEVENTH
    sided = {corpus.parent[doc] for doc in best if corpus.flags[doc] & search_corpus.SIDED}
    for doc, (score, _, _) in list(best.items()):
        heading = corpus.parent[doc]
        if heading not in sided or corpus.flags[doc] & wanted != wanted:
            continue
        if (above := best.get(heading)) and above[0] <= score:
            best[heading] = (score + 0.0001, *above[1:])


def _spread(corpus: Corpus, order: Iterable[int], limit: int, sides: set[str]) -> list[int]:
    """The first `limit`, without the right, left and both of one thing where the query names no side."""
    chosen: list[int] = []
    sided: set[int] = set()
    for doc in order:
        if not sides and corpus.flags[doc] & (search_corpus.SIDED | search_corpus.NO_SIDE):
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


def _expansion(
    conn: sqlite3.Connection, code: str, title: str, wanted: set[str], words: set[str]
) -> tuple[str, str, int] | None:
    """The 7th-character code below `code` whose title has most of the encounter words of the query."""
    below = conn.execute(
        "SELECT code, title, billable FROM code WHERE code > ? AND code < ? AND length(code) = 8 ORDER BY n",
        (code, code + "\uffff"),
    ).fetchall()
    own = set(search_words.words(title))
    best = max(below, key=lambda row: len(words & set(search_words.words(row[1])) - own), default=None)
    return best if best and wanted & set(search_words.words(best[1])) - own else None


def _why(conn: sqlite3.Connection, corpus: Corpus, entry: int, reading: Reading) -> str:
    parts = [f"spelling: {typed} \u2192 {read}" for typed, read in reading.corrections()]
    if reading.alias is not None:
        parts.append(_said(reading.alias))
    if entry < 0:
        parts.append("words of its headings")
        return "; ".join(parts)
    kind, source = corpus.entry_kind[entry], corpus.entry_source[entry]
    if kind == search_index.ALIAS:
        if (said := _said((corpus.lists or search_terms.read()).aliases[source])) not in parts:
            parts.append(said)
    elif kind in (search_index.TITLE, search_index.PLAIN):
        parts.append(_KINDS[kind])
    else:
        row = conn.execute("SELECT owner, text FROM note WHERE n = ?", (source,)).fetchone()
        where = f" at {row[0]}" if kind == search_index.POINTED_AT else ""
        parts.append(f"{_KINDS[kind]}{where}: {row[1]}")
    return "; ".join(parts)


def _said(alias: Alias) -> str:
    return f"{alias.kind}: {alias.says} \u2192 {alias.means}" if alias.means else f"{alias.kind}: {alias.says}"
