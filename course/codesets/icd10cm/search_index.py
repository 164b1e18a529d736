"""Build the search index of an edition: which words lead to which code.

The index holds every heading and code except the 7th-character expansions (52,000 of 98,000 lines differ from their
heading only in the words of the encounter: ``search`` adds them when a query asks). Each has as names its title, its
inclusion terms, and:

* phrases by which *other* codes' notes send a reader to it (``peritonsillar abscess (J36)`` under Excludes1), and
* the aliases of the course's own lists (``search_terms``).

It inherits the words of the headings above it. The official Alphabetic Index is not used here.
"""

from __future__ import annotations

import gc
import re
import secrets
import sqlite3
from collections.abc import Callable, Collection

from course.codesets.icd10cm import search_pack, search_terms, search_words
from course.codesets.icd10cm.search_corpus import BILLABLE, HAS_SEVENTH, NO_SIDE, OTHER, SIDED, UNSPECIFIED
from course.codesets.icd10cm.search_pack import Doc

Progress = Callable[[float, str], None] | None
#: A name of a code: what kind, which row it comes from (of ``note``, or of ``search_terms.Lists.aliases``), its words.
Name = tuple[int, int, list[str]]

TITLE, INCLUSION, INCLUDES, POINTED_AT, ALIAS, PLAIN = range(6)

_POINTER = re.compile(r"^(?P<phrase>[^()]*(?:\([^()]*\)[^()]*)*?)\s*\((?P<codes>[A-Z]\d[0-9A-Z][^()]{0,60})\)$")
_ONE_CODE = re.compile(r"^[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:\.?-+)?$")
_POINTER_KINDS = ("excludes1", "excludes2", "code_first", "use_additional", "code_also")
_LEAD_IN = re.compile(
    r"^(?:code|codes|if applicable|any|associated|underlying)\b.*?\b(?:identify|specify|for)\b\s*", re.IGNORECASE
)

#: What a learner means less often when nothing in the query says so: a chapter that stands for special circumstances.
_CHAPTER_PRIOR = {
    "O": -0.09,
    "P": -0.07,
    "Q": -0.02,
    "V": -0.09,
    "W": -0.06,
    "X": -0.06,
    "Y": -0.07,
    "Z": -0.04,
    "T": -0.03,
}


def build(
    conn: sqlite3.Connection, on_progress: Progress = None, *, without_terms: Collection[tuple[str, str]] = ()
) -> None:
    """Add the search tables to an edition file whose ``code`` and ``note`` tables are filled.

    `on_progress` gets a share from 0 to 1 and a short text. `without_terms`: (code, inclusion term) pairs to leave
    out, so that a test can ask for exactly these.
    """
    tell = on_progress or (lambda share, text: None)
    collecting = gc.isenabled()
    gc.disable()  # a million small lists that all stay: looking for garbage among them takes a third of the time
    try:
        tell(0.0, "Reading titles and terms")
        docs = _documents(conn, frozenset(without_terms))
        tell(0.5, "Packing the search index")
        packed = search_pack.pack(docs)
    finally:
        if collecting:
            gc.enable()
    packed["lists"] = search_terms.read().dump()
    packed["stamp"] = secrets.token_hex(8).encode()
    tell(0.9, "Writing the search index")
    search_pack.write(conn, packed)
    conn.commit()
    tell(1.0, "Search index ready")


def _documents(conn: sqlite3.Connection, without: frozenset[tuple[str, str]]) -> list[Doc]:
    rows = conn.execute("SELECT n, code, title, level, billable, parent FROM code ORDER BY n").fetchall()
    known = {code for _, code, *_ in rows}
    names: dict[str, list[Name]] = {}
    for n, owner, kind, text in conn.execute("SELECT n, owner, kind, text FROM note ORDER BY n"):
        if kind == "inclusion_term":
            if (owner, text) not in without:
                names.setdefault(owner, []).append((INCLUSION, n, search_words.content(text)))
        elif kind == "includes":
            names.setdefault(owner, []).append((INCLUDES, n, search_words.content(text)))
        elif kind in _POINTER_KINDS:
            for code, phrase in pointers(text):
                if code in known:
                    names.setdefault(code, []).append((POINTED_AT, n, search_words.content(phrase)))
    above = {code: parent for _, code, _, _, _, parent in rows if len(code) == 8}
    for i, alias in enumerate(search_terms.read().aliases):
        if alias.code in known:
            names.setdefault(above.get(alias.code, alias.code), []).append(
                (ALIAS, i, search_words.content(alias.says) or search_words.words(alias.says))
            )

    with_seventh = {code[:-1].rstrip(".") for _, code, *_ in rows if len(code) == 8}
    common = search_terms.common_codes()
    docs: list[Doc] = []
    place: dict[str, int] = {}
    for n, code, title, level, billable, parent in rows:
        if len(code) == 8 and level not in ("chapter", "block"):
            continue
        all_words = search_words.words(title)
        text = search_words.worth(all_words)
        flags = _flags(title, text, billable) | (HAS_SEVENTH if code in with_seventh else 0)
        place[code] = len(docs)
        docs.append(
            Doc(
                ref=n,
                prior=_prior(code, title, text, level, flags, code in common),
                entries=_distinct([(TITLE, n, text), *names.get(code, ())]),
                parent=place.get(parent, -1) if parent else -1,
                flags=flags,
                contrast=search_words.contrast_bits(all_words),
                passes_down=level != "chapter",
            )
        )
    return docs


def pointers(text: str) -> list[tuple[str, str]]:
    """(code, phrase) pairs of a note that names single codes in parentheses at its end; none for ranges and free text.

    >>> pointers("actinic keratosis (L57.0)")
    [('L57.0', 'actinic keratosis')]
    """
    found = _POINTER.match(text.strip())
    if not found:
        return []
    phrase = _LEAD_IN.sub("", found["phrase"]).strip(" ,;:")
    parts = [part.strip() for part in re.split(r",|\band\b|;", found["codes"])]
    if not phrase or len(parts) > 3 or not all(_ONE_CODE.match(part) for part in parts):
        return []
    return [(part.rstrip("-").rstrip("."), phrase) for part in parts]


def _distinct(found: Collection[Name]) -> list[Name]:
    """Each name once, then the short ones again in plain words (``hematuria``: blood, urine)."""
    plain = search_terms.compounds()
    seen: set[frozenset[str]] = {frozenset()}
    kept = []
    for kind, source, text in found:
        if (key := frozenset(text)) not in seen:
            seen.add(key)
            kept.append((kind, source, text))
            if len(text) < 8 and any(search_words.stem(word) in plain for word in text):
                said = [part for word in text for part in plain.get(search_words.stem(word), (word,))]
                if (key := frozenset(said)) not in seen:
                    seen.add(key)
                    kept.append((PLAIN, 0, said))
    return kept


def _flags(title: str, text: list[str], billable: int) -> int:
    flags = BILLABLE if billable else 0
    words = set(text)
    if words & {"right", "left", "bilateral"}:
        flags |= SIDED
    elif re.search(r"\bunspecified (?:side|eye|ear|arm|leg|hand|foot|limb|\w+(?: \w+)?)$", title.lower()):
        flags |= NO_SIDE
    if "unspecified" in words:
        flags |= UNSPECIFIED
    if text[:1] == ["other"]:
        flags |= OTHER
    return flags


def _prior(code: str, title: str, text: list[str], level: str, flags: int, common: bool) -> float:
    """How likely a code is what is meant, all else being equal; about -0.5 to 0.2."""
    if level in ("chapter", "block"):
        return -0.6
    prior = _CHAPTER_PRIOR.get(code[0], 0.0) - 0.012 * max(0, len(text) - 2)
    if common:
        prior += 0.12
    if flags & UNSPECIFIED:
        prior += 0.04
    if flags & OTHER:
        prior -= 0.03
    if not flags & (BILLABLE | HAS_SEVENTH):
        prior -= 0.12  # a heading, unless all it lacks is a 7th character: the default below it comes first
    if flags & SIDED:
        prior -= 0.05
    if "nontraffic" in text:
        prior -= 0.06  # an accident is a traffic accident unless another place is named (note at V00-V99)
    if "elsewhere" in title:
        prior -= 0.03
    return prior
