"""The course's own lists of abbreviations, synonyms, eponyms and roots: how learners and charts say what the book says.

The lists are data (``data/codesets/search_*.csv``), each row with its source; nearly all are common clinical usage and
medical terminology, written down for this course. None is taken from the Alphabetic Index.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from course.codesets.icd10cm.search_words import american, content, rows, stem


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way to say something: what a learner types, what the book says, and the default code or ''."""

    says: str
    means: str
    code: str
    kind: str  # abbreviation | synonym | eponym | in plain words


@lru_cache(maxsize=1)
def aliases() -> tuple[Alias, ...]:
    """Abbreviations, synonyms and eponyms. Several may share ``says``: it is ambiguous."""
    return tuple(
        Alias(row["says"].strip(), row["means"].strip(), row["code"].strip(), kind)
        for name, kind in [
            ("search_abbreviations.csv", "abbreviation"),
            ("search_synonyms.csv", "synonym"),
            ("search_eponyms.csv", "eponym"),
        ]
        for row in rows(name)
    )


@lru_cache(maxsize=1)
def compounds() -> dict[str, list[str]]:
    """Stem of a medical word -> the plain words it is built from (``hematuria``: blood, urine)."""
    return {stem(american(row["word"])): content(row["means"]) for row in rows("search_compounds.csv")}


@lru_cache(maxsize=1)
def alias_phrases() -> dict[tuple[str, ...], list[Alias]]:
    """What is typed, as stems -> what it may mean.

    Aliases that only add words to a name of their code are left out: they lead there as a name of it.
    """
    found: dict[tuple[str, ...], list[Alias]] = {}
    plain = (Alias(row["word"], row["means"], "", "in plain words") for row in rows("search_compounds.csv"))
    for alias in (*aliases(), *plain):
        key = tuple(stem(word) for word in content(alias.says))
        adds = {stem(word) for word in content(alias.means)} - set(key)
        if key and adds and not (alias.code and adds | set(key) == {stem(word) for word in content(alias.means)}):
            found.setdefault(key, []).append(alias)
    return found


def beginning_alias(prefix: str) -> list[Alias]:
    """Up to two aliases whose first word begins with `prefix`."""
    ordered = _alias_words()
    at = bisect_left(ordered, (prefix,))
    return [alias for word, _, alias in ordered[at : at + 2] if word.startswith(prefix)]


@lru_cache(maxsize=1)
def _alias_words() -> list[tuple[str, int, Alias]]:
    return sorted((content(alias.says)[0], i, alias) for i, alias in enumerate(aliases()) if content(alias.says))


@lru_cache(maxsize=1)
def roots() -> dict[str, tuple[str, ...]]:
    """Stem -> stems of words for the same thing (``kidney``: ``renal``, ``nephr``)."""
    found: dict[str, set[str]] = {}
    for row in rows("search_roots.csv"):
        group = [stem(american(word)) for word in row["words"].lower().split()]
        into = [stem(american(word)) for word in row["also"].lower().split()]
        for word in group:
            found.setdefault(word, set()).update(w for w in [*group, *into] if w != word)
    return {word: tuple(sorted(others)) for word, others in found.items()}


@lru_cache(maxsize=1)
def common_codes() -> frozenset[str]:
    """Codes that many outpatient practices report every week: where all else is equal they come first."""
    return frozenset(row["code"].strip() for row in rows("search_common.csv"))
