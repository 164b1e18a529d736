"""A packed inverted index small enough to hold in memory and quick enough to load at a keystroke.

A *document* is something that can be found (a code, or a line of an official index). It has *entries*: phrases that name it (its
title, its inclusion terms, ...), each a set of stems, and *inherited* stems: the words of the headings above it. Documents are
numbered best first (by a prior the caller gives), so that the lowest numbers of a posting list are the likeliest answers.

Everything is packed into flat arrays, kept as BLOBs of one SQLite table. Loading is a dozen reads (a few milliseconds, about
eight megabytes for ICD-10-CM); nothing is decoded until a query needs it. Rows of SQLite FTS5 were tried first: bm25 over the
tens of thousands of rows behind a short prefix costs ten times the budget of a keystroke.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from course.codesets.icd10cm.search_terms import STOP_WORDS, WEAK_WORDS, stem

#: Flags of a document.
BILLABLE, SIDED, NO_SIDE, UNSPECIFIED, HAS_SEVENTH, OTHER = 1, 2, 4, 8, 16, 32

TABLE = "search_blob"
LAYOUT = "5"
#: Typing one to three letters is answered from a ready list of this many documents.
PREFIX_LENGTH = 3
PREFIX_DOCS = 40
#: Kinds of names whose first word decides what a short prefix brings up first: titles, aliases.
FIRST_KINDS = (0, 4)
WEAK_SHARE = 0.25
#: Document numbers kept in sets between keystrokes (about 60 bytes each).
CACHED_DOCS = 100_000
#: Prefix lists need this much room between a word and the letters after it; no word has it.
_AFTER = "\uffff"


@dataclass(slots=True)
class Doc:
    """One document before packing. ``ref`` is the caller's number; ``parent`` the position of its heading in the list, or -1.

    ``entries`` are names: (kind, where it comes from, words); kind and source are the caller's numbers.
    """

    ref: int
    prior: float
    entries: list[tuple[int, int, list[str]]]
    parent: int = -1
    flags: int = 0
    contrast: int = 0
    passes_down: bool = True  # do the documents below inherit its words?


class Found(NamedTuple):
    """Documents that have a word in a name of theirs, in a heading above them, in either."""

    own: frozenset[int]
    inherited: frozenset[int]
    anywhere: frozenset[int]


@dataclass(slots=True)
class Corpus:
    """The packed index as it is queried. All arrays are read only."""

    words: list[str]
    word_stem: array
    stems: list[str]
    weight: array  # per stem
    own_at: array
    own: array  # documents per stem
    inherited_at: array
    inherited: array
    entry_at: array  # first entry of each document
    entry_kind: array
    entry_source: array
    entry_weight: array
    token_at: array  # first token of each entry
    tokens: array  # stems
    ref: array
    prior: array
    parent: array
    flags: array
    contrast: array
    prefixes: list[str]
    prefix_docs: array
    prefix_at: array
    cache: dict[tuple[int, ...], Found] = field(default_factory=dict)
    cached: int = 0

    def stem_id(self, text: str) -> int:
        """Number of a stem, or -1."""
        i = bisect_left(self.stems, text)
        return i if i < len(self.stems) and self.stems[i] == text else -1

    def word_id(self, text: str) -> int:
        """Number of a word as it is written in the texts, or -1."""
        i = bisect_left(self.words, text)
        return i if i < len(self.words) and self.words[i] == text else -1

    def beginning(self, prefix: str) -> tuple[int, int]:
        """The range of words that begin with `prefix`."""
        return bisect_left(self.words, prefix), bisect_left(self.words, prefix + _AFTER)

    def found(self, stem_ids: tuple[int, ...]) -> Found:
        """The documents that have any of the stems. Kept: while one types, all words but the last stay the same."""
        sets = self.cache.get(stem_ids)
        if sets is None:
            own = _union(self.own, self.own_at, stem_ids)
            inherited = _union(self.inherited, self.inherited_at, stem_ids)
            sets = Found(own, inherited, own | inherited)
            if self.cached > CACHED_DOCS:
                self.cache.clear()
                self.cached = 0
            self.cache[stem_ids] = sets
            self.cached += len(own) + len(inherited) + len(sets.anywhere)
        return sets

    def quick(self, prefix: str) -> Sequence[int]:
        """The ready list for a prefix of one to ``PREFIX_LENGTH`` letters, best first."""
        i = bisect_left(self.prefixes, prefix)
        if i == len(self.prefixes) or self.prefixes[i] != prefix:
            return ()
        return self.prefix_docs[self.prefix_at[i] : self.prefix_at[i + 1]]

    def entries(self, doc: int) -> range:
        """Numbers of the entries of a document."""
        return range(self.entry_at[doc], self.entry_at[doc + 1])



def _union(docs: array, at: array, stem_ids: tuple[int, ...]) -> frozenset[int]:
    return frozenset().union(*(docs[at[s] : at[s + 1]] for s in stem_ids))


def pack(docs: Sequence[Doc]) -> dict[str, bytes]:
    """Pack documents. `docs` must hold a heading before what is below it."""
    order = sorted(range(len(docs)), key=lambda i: -docs[i].prior)
    number = array("I", bytes(4 * len(docs)))
    for place, i in enumerate(order):
        number[i] = place

    words: dict[str, int] = {}
    stems: dict[str, int] = {}
    stem_of: list[int] = []

    def stems_of(text: Iterable[str]) -> list[int]:
        found = []
        for word in text:
            w = words.get(word)
            if w is None:
                w = words[word] = len(words)
                stem_of.append(stems.setdefault(stem(word), len(stems)))
            found.append(stem_of[w])
        return found

    entries: list[list[tuple[int, int, list[int]]]] = []
    own: list[set[int]] = []
    handed_down: list[frozenset[int]] = []
    for doc in docs:
        mine = [(kind, source, list(dict.fromkeys(stems_of(text)))) for kind, source, text in doc.entries]
        entries.append(mine)
        stems_here = {s for _, _, found in mine for s in found}
        own.append(stems_here)
        above = handed_down[doc.parent] if doc.parent >= 0 else frozenset()
        handed_down.append(above | stems_here if doc.passes_down else above)

    own_lists: list[list[int]] = [[] for _ in stems]
    inherited_lists: list[list[int]] = [[] for _ in stems]
    for place, i in enumerate(order):
        here = own[i]
        for s in here:
            own_lists[s].append(place)
        if (above := docs[i].parent) >= 0:
            for s in handed_down[above]:
                if s not in here:
                    inherited_lists[s].append(place)

    names = sorted(stems)
    renumbered = array("I", bytes(4 * len(stems)))
    for new, name in enumerate(names):
        renumbered[stems[name]] = new
    weak = {stem(word) for word in WEAK_WORDS | STOP_WORDS}
    weight = array("f", bytes(4 * len(stems)))
    for s, name_id in enumerate(renumbered):
        rarity = log(1 + len(docs) / (1 + len(own_lists[s])))
        weight[name_id] = rarity * (WEAK_SHARE if names[name_id] in weak else 1.0)

    by_word = sorted(words)
    wide = "I" if len(docs) > 0xFFFF else "H"
    packed: dict[str, bytes] = {
        "layout": f"{LAYOUT} {sys.byteorder} {wide}".encode(),
        "words": "\n".join(by_word).encode(),
        "word_stem": array("H" if len(stems) <= 0xFFFF else "I", (renumbered[stem_of[words[w]]] for w in by_word)).tobytes(),
        "stems": "\n".join(names).encode(),
        "weight": weight.tobytes(),
    }
    old = [stems[name] for name in names]
    for name, lists in [("own", own_lists), ("inherited", inherited_lists)]:
        flat, at = array(wide), array("I", [0])
        for s in old:
            flat.extend(lists[s])
            at.append(len(flat))
        packed[name], packed[f"{name}_at"] = flat.tobytes(), at.tobytes()

    entry_at, token_at = array("I", [0]), array("I", [0])
    kinds, sources, entry_weight = array("B"), array("I"), array("f")
    tokens = array("H" if len(stems) <= 0xFFFF else "I")
    for i in order:
        for kind, source, found in entries[i]:
            kinds.append(kind)
            sources.append(source)
            here = [renumbered[s] for s in found]
            tokens.extend(here)
            token_at.append(len(tokens))
            entry_weight.append(sum(weight[s] for s in here))
        entry_at.append(len(kinds))
    packed |= {
        "entry_at": entry_at.tobytes(),
        "entry_kind": kinds.tobytes(),
        "entry_source": sources.tobytes(),
        "entry_weight": entry_weight.tobytes(),
        "token_at": token_at.tobytes(),
        "tokens": tokens.tobytes(),
        "ref": array("I", (docs[i].ref for i in order)).tobytes(),
        "prior": array("f", (docs[i].prior for i in order)).tobytes(),
        "parent": array("I", (number[docs[i].parent] if docs[i].parent >= 0 else 0xFFFFFFFF for i in order)).tobytes(),
        "flags": array("B", (docs[i].flags for i in order)).tobytes(),
        "contrast": array("Q", (docs[i].contrast for i in order)).tobytes(),
    }
    packed |= _prefix_lists(docs, order, wide)
    return packed


def _prefix_lists(docs: Sequence[Doc], order: Sequence[int], wide: str) -> dict[str, bytes]:
    """For each prefix of one to three letters the best documents: a name that begins with it first, then a word that does."""
    first: dict[str, list[int]] = {}
    later: dict[str, list[int]] = {}
    for place, i in enumerate(order):
        seen: set[str] = set()
        for kind, _, text in docs[i].entries:
            for position, word in enumerate(text):
                if position and (kind not in FIRST_KINDS or word in WEAK_WORDS):
                    continue
                for length in range(1, PREFIX_LENGTH + 1):
                    prefix = word[:length]
                    if prefix in seen or len(prefix) < length:
                        continue
                    seen.add(prefix)
                    into = later if position or kind not in FIRST_KINDS else first
                    found = into.setdefault(prefix, [])
                    if len(found) < PREFIX_DOCS:
                        found.append(place)
    flat, at = array(wide), array("I", [0])
    names = sorted(first.keys() | later.keys())
    for prefix in names:
        flat.extend(list(dict.fromkeys(first.get(prefix, []) + later.get(prefix, [])))[:PREFIX_DOCS])
        at.append(len(flat))
    return {"prefixes": "\n".join(names).encode(), "prefix_docs": flat.tobytes(), "prefix_at": at.tobytes()}


def write(conn: sqlite3.Connection, packed: dict[str, bytes], prefix: str = "") -> None:
    """Put a packed index into `conn` (created or replaced). `prefix` keeps several apart in one file."""
    conn.execute(f"CREATE TABLE IF NOT EXISTS {TABLE}(name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
    conn.executemany(
        f"INSERT OR REPLACE INTO {TABLE}(name, data) VALUES (?, ?)",
        [(prefix + name, data) for name, data in packed.items()],
    )


def read(conn: sqlite3.Connection, prefix: str = "") -> Corpus | None:
    """Load a packed index; None when there is none, or one of another layout or machine.

    Raises sqlite3.DatabaseError when it is damaged.
    """
    rows = conn.execute(f"SELECT name, data FROM {TABLE} WHERE name >= ? AND name < ?", (prefix, prefix + _AFTER))
    data = {name[len(prefix) :]: value for name, value in rows}
    layout, _, rest = data.get("layout", b"").decode("latin-1").partition(" ")
    byteorder, _, wide = rest.partition(" ")
    if layout != LAYOUT or byteorder != sys.byteorder:
        return None
    try:
        return _unpack(data, wide)
    except (KeyError, ValueError) as problem:
        raise sqlite3.DatabaseError(f"the search index is damaged ({problem})") from problem


def _unpack(data: dict[str, bytes], wide: str) -> Corpus:
    def numbers(name: str, typecode: str) -> array:
        values = array(typecode)
        values.frombytes(data[name])
        return values

    narrow = "H" if data["stems"].count(b"\n") < 0xFFFF else "I"
    return Corpus(
        words=data["words"].decode().split("\n"),
        word_stem=numbers("word_stem", narrow),
        stems=data["stems"].decode().split("\n"),
        weight=numbers("weight", "f"),
        own_at=numbers("own_at", "I"),
        own=numbers("own", wide),
        inherited_at=numbers("inherited_at", "I"),
        inherited=numbers("inherited", wide),
        entry_at=numbers("entry_at", "I"),
        entry_kind=numbers("entry_kind", "B"),
        entry_source=numbers("entry_source", "I"),
        entry_weight=numbers("entry_weight", "f"),
        token_at=numbers("token_at", "I"),
        tokens=numbers("tokens", narrow),
        ref=numbers("ref", "I"),
        prior=numbers("prior", "f"),
        parent=numbers("parent", "I"),
        flags=numbers("flags", "B"),
        contrast=numbers("contrast", "Q"),
        prefixes=data["prefixes"].decode().split("\n"),
        prefix_docs=numbers("prefix_docs", wide),
        prefix_at=numbers("prefix_at", "I"),
    )
