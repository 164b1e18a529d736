"""The course's own lists of abbreviations, synonyms, eponyms and roots: how learners and charts say what the book says.

The lists are data (``data/codesets/search_*.csv``), each row with its source; nearly all are common clinical usage and
medical terminology, written down for this course. None is taken from the Alphabetic Index. They are read once, when an
edition is built, and kept in its file ready for use (``Lists.dump``): reading them anew would cost the first keystroke.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from course.codesets.icd10cm.search_words import american, content, rows, stem, words

FILES = (
    ("search_abbreviations.csv", "abbreviation"),
    ("search_synonyms.csv", "synonym"),
    ("search_eponyms.csv", "eponym"),
)
IN_PLAIN_WORDS = "in plain words"
#: Column of ``search_neoplasm_sites.csv`` -> how a neoplasm of that behavior is named.
BEHAVIORS = {
    "primary": "primary malignant neoplasm",
    "secondary": "secondary malignant neoplasm",
    "in_situ": "carcinoma in situ (neoplasm)",
    "benign": "benign neoplasm",
    "uncertain": "neoplasm of uncertain behavior",
    "unspecified": "neoplasm of unspecified behavior",
}
SITE, DRUG = "neoplasm site", "drug or substance"
#: Kinds that only lead to a code: they are no other reading of the words, and are not offered while one types.
NAMES_ONLY = frozenset({IN_PLAIN_WORDS, SITE, DRUG})


class Alias(NamedTuple):
    """Another way to say something: what a learner types, what the book says, and the default code or ''."""

    says: str
    means: str
    code: str
    kind: str  # abbreviation | synonym | eponym | in plain words | neoplasm site | drug or substance


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists, ready to be asked.

    ``phrases``: stems of what is typed, joined by blanks -> places in ``aliases`` (several: ambiguous). ``roots``:
    stem -> stems of words for the same thing. ``first_words``: (first word, place in ``aliases``), sorted.
    """

    aliases: list[Alias]
    phrases: dict[str, list[int]]
    roots: dict[str, list[str]]
    first_words: list[tuple[str, int]]

    def meaning(self, stems: Iterable[str]) -> list[Alias]:
        """What a phrase may mean."""
        return [self.aliases[i] for i in self.phrases.get(" ".join(stems), ())]

    def beginning(self, prefix: str) -> list[Alias]:
        """Up to two aliases whose first word begins with `prefix`."""
        at = bisect_left(self.first_words, (prefix, 0))
        return [self.aliases[i] for word, i in self.first_words[at : at + 2] if word.startswith(prefix)]

    def dump(self) -> bytes:
        """For ``load``."""
        return json.dumps([self.aliases, self.phrases, self.roots, self.first_words]).encode()


def load(data: bytes) -> Lists:
    """The lists that ``Lists.dump`` wrote. Raises ValueError when `data` is something else."""
    aliases, phrases, roots, first_words = json.loads(data)
    return Lists([Alias(*alias) for alias in aliases], phrases, roots, [(word, i) for word, i in first_words])


@lru_cache(maxsize=1)
def read() -> Lists:
    """The lists from the data files."""
    aliases = [
        Alias(row["says"].strip(), row["means"].strip(), row["code"].strip(), kind)
        for name, kind in FILES
        for row in rows(name)
    ]
    aliases += [Alias(row["word"], row["means"], "", IN_PLAIN_WORDS) for row in rows("search_compounds.csv")]
    aliases += [*_sites(), *_drugs()]
    phrases: dict[str, list[int]] = {}
    first_words: list[tuple[str, int]] = []
    for i, alias in enumerate(aliases):
        said = content(alias.says) or words(alias.says)  # "AS" is a word to be dropped anywhere else
        if alias.kind not in NAMES_ONLY:
            first_words.append((said[0], i))
        key = [stem(word) for word in said]
        means = {stem(word) for word in content(alias.means)}
        # an alias that only adds words to a name of its code is no other reading: it leads to the code as a name of it
        if not means <= set(key) and not (alias.code and means > set(key)):
            phrases.setdefault(" ".join(key), []).append(i)
    return Lists(aliases, phrases, _roots(), sorted(first_words))


def _sites() -> Iterable[Alias]:
    """A name for each behavior of a neoplasm of each site."""
    for row in rows("search_neoplasm_sites.csv"):
        for column, says in BEHAVIORS.items():
            if code := row[column].strip():
                yield Alias(f"{says}, {row['site'].strip()}", "", code, SITE)


def _drugs() -> Iterable[Alias]:
    """Drugs, chemicals and other substances by name, each a name of the subcategory it belongs to."""
    for row in rows("search_drugs.csv"):
        for name in row["names"].split(";"):
            yield Alias(name.strip(), "", row["code"].strip(), DRUG)


def _roots() -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("search_roots.csv"):
        group = [stem(american(word)) for word in row["words"].lower().split()]
        into = [stem(american(word)) for word in row["also"].lower().split()]
        for word in group:
            found.setdefault(word, set()).update(w for w in [*group, *into] if w != word)
    return {word: sorted(others) for word, others in found.items()}


@lru_cache(maxsize=1)
def compounds() -> dict[str, list[str]]:
    """Stem of a medical word -> the plain words it is built from (``hematuria``: blood, urine)."""
    return {stem(american(row["word"])): content(row["means"]) for row in rows("search_compounds.csv")}


@lru_cache(maxsize=1)
def common_codes() -> frozenset[str]:
    """Codes that many outpatient practices report every week: where all else is equal they come first."""
    return frozenset(row["code"].strip() for row in rows("search_common.csv"))
