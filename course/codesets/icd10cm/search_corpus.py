"""A packed inverted index small enough to hold in memory and quick enough to load at a keystroke.

A *document* is something that can be found (a code, or a line of an official index). It has *entries*: phrases that
name it (its title, its inclusion terms, ...), each a set of stems, and *inherited* stems: the words of the headings
above it. Documents are numbered best first (by a prior the caller gives), so that the lowest numbers of a posting list
are the likeliest answers.

Everything is packed into flat arrays, kept as BLOBs of one SQLite table. Loading is a dozen reads (a few milliseconds);
nothing is decoded until a query needs it. (SQLite FTS5 over all lines, measured first, took about 12 ms a query.)
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from course.codesets.icd10cm.search_terms import Lists, load

#: Flags of a document.
BILLABLE, SIDED, NO_SIDE, UNSPECIFIED, HAS_SEVENTH, OTHER = 1, 2, 4, 8, 16, 32

TABLE = "search_blob"
LAYOUT = "6"
#: Typing one to three letters is answered from a ready list.
PREFIX_LENGTH = 3
#: Document numbers kept in sets between keystrokes (about 60 bytes each).
CACHED_DOCS = 60_000
#: Prefix lists need this much room between a word and the letters after it; no word has it.
_AFTER = "\uffff"


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
    lists: Lists | None
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
        damage = sqlite3.DatabaseError(f"the search index is damaged ({problem})")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT  # as SQLite says it itself, so that the file is built anew
        raise damage from problem


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
        lists=load(data["lists"]) if "lists" in data else None,
    )
