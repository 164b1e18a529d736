"""Words as the search sees them: one spelling and one stem for all forms of a word.

Everything here is pure and cheap: the same functions read the titles when the index is built and the query at each
keystroke, so that "Haemorrhages" and "hemorrhage" meet. The rules are data: ``data/codesets/search_spelling.csv``,
``search_endings.csv`` (longest first) and ``search_stems.csv`` (the exceptions).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from course import paths

#: A learner's query is cut here: long enough for any diagnosis, short enough that a pasted page costs nothing.
MAX_CHARS = 240
MAX_TOKENS = 14

#: Words that say nothing about the diagnosis. They are dropped on both sides.
STOP_WORDS = frozenset(
    "a an the of in on at to by for from and or as is are be been this that these those it its into nos nec any all "
    "see also due code codes patient pt".split()
)
#: Words that matter little: a title that has one more of them is not a worse match, and they never find a code alone.
WEAK_WORDS = frozenset(
    "unspecified other specified with without elsewhere classified not type site sites part parts multiple single "
    "right left bilateral unilateral disease diseases disorder disorders condition conditions certain use "
    "involving associated affecting caused following related during stated otherwise".split()
)
#: What is told apart by letters.
LETTERED = frozenset("vitamin hepatitis influenza type group grade factor hemophilia salmonella paratyphoid".split())
SIDES = frozenset({"right", "left", "bilateral"})
#: Words of which a code has one where the query has another: then it is the wrong code, however many others agree.
CONTRASTS: tuple[tuple[str, ...], ...] = (
    ("right", "left", "bilateral"),
    ("acute", "chronic", "subacute"),
    ("benign", "malignant", "situ", "behavior"),
    ("primary", "secondary"),
    ("uncertain", "unspecified behavior"),
    ("male", "female"),
    ("upper", "lower"),
    ("anterior", "posterior"),
    ("first", "second", "third"),
    ("1", "2", "3", "4", "5"),
    ("internal", "external"),
    ("major", "minor"),
    ("congenital", "acquired"),
    ("displaced", "nondisplaced"),
    ("medial", "lateral"),
    ("accidental", "intentional", "assault", "undetermined", "adverse", "underdosing"),
    ("traffic", "nontraffic"),
    ("driver", "passenger", "outside"),
    ("systolic", "diastolic"),
    ("personal", "family"),
    ("open", "closed"),
    ("with", "without"),
    ("newborn", "maternal"),
    ("inner", "outer"),
)
_CONTRAST_BITS: dict[str, int] = {}
_CONTRAST_GROUPS: list[int] = []
for _group in CONTRASTS:
    _mask = 0
    for _member in _group:
        _bit = 1 << len(_CONTRAST_BITS)
        _CONTRAST_BITS[_member] = _bit
        _mask |= _bit
    _CONTRAST_GROUPS.append(_mask)

#: Beginnings that are written with a hyphen, with a blank, or as one word.
PREFIXES = frozenset(
    "pre post non sub anti intra extra inter auto hyper hypo micro macro multi semi ante peri para over under".split()
)
_PREFIXED = re.compile(rf"\b({'|'.join(sorted(PREFIXES))})-([a-z]{{4,}})")
#: What every British spelling has somewhere: most words need not be tried against each rule.
_MAYBE_BRITISH = re.compile("ae|oe|ou|is|ys|uc|ph|re|ism|ey|ch|et")
_WORD = re.compile(r"[a-z0-9]+")
_INNER_PARENTHESIS = re.compile(r"\(([a-z]{2,8})\)([a-z]{3,})")
_POSSESSIVE = re.compile(r"['\u2019\u02bc\u0060](s\b)?")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the search's data files."""
    path = paths.data_dir() / "codesets" / name
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def _spelling() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["pattern"]), row["american"]) for row in rows("search_spelling.csv")]


@lru_cache(maxsize=1)
def _endings() -> dict[str, list[tuple[str, str, int]]]:
    """Last letter of a word -> endings with it, longest first: (ending, what replaces it, letters that must remain)."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows("search_endings.csv"):
        found.setdefault(row["ending"][-1], []).append((row["ending"], row["becomes"], int(row["letters_before"])))
    return found


@lru_cache(maxsize=1)
def _exceptions() -> dict[str, str]:
    return {row["word"]: row["stem"] for row in rows("search_stems.csv")}


def fold(text: str) -> str:
    """Lower case, no accents, no possessive or apostrophe. Any text; never raises.

    >>> fold("Ménière's Disease")
    'meniere disease'
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _POSSESSIVE.sub("", text.lower())


@lru_cache(maxsize=60_000)
def american(word: str) -> str:
    """One spelling for each word: ``haemorrhage`` -> ``hemorrhage``, ``oedema`` -> ``edema``."""
    if _MAYBE_BRITISH.search(word):
        for pattern, to in _spelling():
            word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """What stands for `word` and its inflections in the index: ``fractured`` and ``fractures`` -> ``fractur``."""
    if (exception := _exceptions().get(word)) is not None:
        return exception
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, to, least in _endings().get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= least and not (ending == "s" and word[-2] in "sui"):
            word = word[: len(word) - len(ending)] + to
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeios":
        word = word[:-1]
    return word


def words(text: str) -> list[str]:
    """All words of `text`, folded and in American spelling.

    ``(poly)neuropathy`` gives ``polyneuropathy neuropathy``, ``pre-eclampsia`` gives ``preeclampsia eclampsia``.

    >>> words("Haematuria, (post)operative")
    ['hematuria', 'postoperative', 'operative']
    """
    folded = fold(text)
    if "(" in folded:
        folded = _INNER_PARENTHESIS.sub(r"\1\2 \2", folded)
    if "-" in folded:
        folded = _PREFIXED.sub(r"\1\2 \2", folded)
    return [american(word) for word in _WORD.findall(folded)]


def content(text: str) -> list[str]:
    """The words of `text` that are worth finding: ``words`` without ``STOP_WORDS``.

    >>> content("Deficiency of vitamin A")
    ['deficiency', 'vitamin', 'a']
    """
    return worth(words(text))


def worth(all_words: list[str]) -> list[str]:
    """Without ``STOP_WORDS``; the A of vitamin A and hepatitis A is no stop word."""
    return [
        word
        for i, word in enumerate(all_words)
        if word not in STOP_WORDS or (word == "a" and i and all_words[i - 1] in LETTERED)
    ]


def contrast_bits(text: Iterable[str]) -> int:
    """Which members of ``CONTRASTS`` a text names, as bits (under 64)."""
    bits = 0
    before = ""
    for word in text:
        bits |= _CONTRAST_BITS.get(word, 0) | _CONTRAST_BITS.get(f"{before} {word}", 0)
        before = word
    return bits


def conflicts(asked: int, has: int) -> int:
    """In how many ``CONTRASTS`` a code's bits name another member than the query's."""
    return sum(1 for mask in _CONTRAST_GROUPS if asked & mask and has & mask and not asked & has & mask)
