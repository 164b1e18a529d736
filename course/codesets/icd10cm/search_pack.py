"""Pack documents into the arrays that ``search_corpus`` loads: numbers, posting lists, weights, short prefixes."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from course.codesets.icd10cm.search_corpus import LAYOUT, PREFIX_LENGTH, TABLE
from course.codesets.icd10cm.search_words import STOP_WORDS, WEAK_WORDS, stem

#: Length of the ready list of a short prefix.
PREFIX_DOCS = 40
#: Kinds of names whose first word decides what a short prefix brings up first: titles, aliases.
FIRST_KINDS = (0, 4)
#: What a weak word counts, against an ordinary one of the same rarity.
WEAK_SHARE = 0.25


@dataclass(slots=True)
class Doc:
    """One document before packing. ``ref`` is the caller's number; ``parent`` the position of its heading in the list,
    or -1.

    ``entries`` are names: (kind, where it comes from, words); kind and source are the caller's numbers.
    """

    ref: int
    prior: float
    entries: list[tuple[int, int, list[str]]]
    parent: int = -1
    flags: int = 0
    contrast: int = 0
    passes_down: bool = True  # do the documents below inherit its words?


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
        if (heading := docs[i].parent) >= 0:
            for s in handed_down[heading]:
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
        "word_stem": array(
            "H" if len(stems) <= 0xFFFF else "I", (renumbered[stem_of[words[w]]] for w in by_word)
        ).tobytes(),
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
            named = [renumbered[s] for s in found]
            tokens.extend(named)
            token_at.append(len(tokens))
            entry_weight.append(sum(weight[s] for s in named))
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
    """For each prefix of one to three letters the best documents: names that begin with it, then words that do."""
    first: dict[str, list[int]] = {}
    later: dict[str, list[int]] = {}
    lists_of: dict[tuple[str, bool], list[list[int]]] = {}  # those of a word's prefixes that are not full yet
    for place, i in enumerate(order):
        for kind, _, text in docs[i].entries:
            for position, word in enumerate(text):
                named = kind in FIRST_KINDS
                if position and (not named or word in WEAK_WORDS):
                    continue
                leading = named and not position
                open_lists = lists_of.get((word, leading))
                if open_lists is None:
                    into = first if leading else later
                    prefixes = dict.fromkeys(word[:length] for length in range(1, PREFIX_LENGTH + 1))
                    open_lists = [into.setdefault(prefix, []) for prefix in prefixes]
                    lists_of[word, leading] = open_lists
                if open_lists:
                    full = False
                    for found in open_lists:
                        if not found or found[-1] != place:
                            found.append(place)
                            full = full or len(found) >= PREFIX_DOCS
                    if full:
                        lists_of[word, leading] = [found for found in open_lists if len(found) < PREFIX_DOCS]
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
