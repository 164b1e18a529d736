"""What the generators about words share: which words suit a level, and parts that a beginner takes for others.

Words come from ``data/flashcards/words.csv`` and are never made up; parts from ``data/flashcards/word-parts.csv``.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from course.language import word_parts, words
from course.language.word_parts import WordPart
from course.language.words import Word
from course.questions.base import Source
from course.questions.generators import common

DOMAINS = ("CPC: Medical terminology",)
#: Word -> the parts of another word in use that says the same with its roots in the other order.
SECOND = {
    "cardiomyopathy": "my o cardi o -pathy",
    "cystourethroscopy": "urethr o cyst o -scopy",
    "encephalomyelitis": "myel o encephal -itis",
    "fibroadenoma": "aden o fibr -oma",
    "hemopneumothorax": "pneum o hem o -thorax",
    "hepatosplenomegaly": "splen o hepat o -megaly",
    "meningoencephalitis": "encephal o mening -itis",
    "myelomeningocele": "mening o myel o -cele",
    "pyelonephritis": "nephr o pyel -itis",
    "salpingo-oophorectomy": "oophor o salping -ectomy",
    "vesicoureteral": "ureter o vesic -al",
}
#: Words that books cut in two ways: periton|eal and peritone|al. They are built, not taken apart.
_TWO_CUTS = frozenset(["metacarpophalangeal", "peritoneal", "retroperitoneal"])
#: Words with which the rest of a sense begins: "bone of a finger", "lining on the inside".
_REST = re.compile(r" (?:of|to|in|on|over|under|between|behind|around|before|from|with|made)\b.*")
SOURCES = (
    Source(
        ref="MedlinePlus, Understanding Medical Words, appendix A: word parts and what they mean",
        edition=None,
        checked=common.CHECKED,
        url="https://medlineplus.gov/appendixa.html",
    ),
    Source(ref="The course's table of word parts (data/flashcards/SOURCES.md)", edition="2026", checked=common.CHECKED),
)


def roots(word: Word) -> int:
    """How many roots a word has."""
    return sum(word_parts.kind_of(token) == "root" for token in word.meant)


def level_of(word: Word) -> int:
    """1: two parts. 2: three parts with one root, or two parts that meet in an unusual way. 3: the others."""
    if roots(word) > 1 or len(word.meant) > 3:
        return 3
    return 1 if len(word.meant) == 2 and word.cuttable else 2


@lru_cache(maxsize=8)
def to_build(level: int) -> tuple[Word, ...]:
    """The words of a level; level 2 takes words of two parts that need a vowel, too."""
    found = [one for one in words.words() if level_of(one) == level]
    if level == 2:
        found += [one for one in words.words() if level_of(one) == 1 and len(one.tokens) > 2]
    return tuple(found)


@lru_cache(maxsize=8)
def to_cut(level: int) -> tuple[Word, ...]:
    """The words of a level whose letters belong to one part each and that can be read in one way only."""
    found = [one for one in to_build(level) if one.cuttable and not second_reading(one)]
    return tuple(one for one in found if one.word not in _TWO_CUTS)


def second(word: Word) -> tuple[tuple[str, ...], ...]:
    """The other order of the roots, where that is a word in use, too."""
    return (tuple(SECOND[word.word].split()),) if word.word in SECOND else ()


def in_a_row(word: Word) -> bool:
    """Whether a meaning names things side by side, so that only the order of the question tells which comes first."""
    return roots(word) > 1 and " and " in word.meaning and word.word not in SECOND


def finer(word: Word) -> tuple[tuple[str, ...], ...]:
    """Other ways to cut the word that are right, too: -pathy as path + -y."""
    choices = [((token,), word_parts.FINER.get(token, ())) for token in word.tokens]
    ways = {
        tuple(token for part in way for token in part) for way in product(*([a, b] if b else [a] for a, b in choices))
    }
    return tuple(sorted(ways - {word.tokens}))


@lru_cache(maxsize=1024)
def second_reading(word: Word) -> bool:
    """Whether the parts of the table make the same letters with other cuts (eso- phag for esophag), which only
    knowing better would forbid."""
    known = {_cuts(way) for way in (word.tokens, *finer(word))}
    return any(_cuts(way) not in known for way in _readings(word.word, "") if word_parts.with_vowels(way) == way)


def _cuts(way: Sequence[str]) -> tuple[int, ...]:
    return tuple(len(word_parts.bare(token)) for token in way)


#: Kind of a part -> the kinds that may follow it.
_AFTER = {"": "prefix root", "prefix": "prefix root suffix", "root": "root suffix", "suffix": ""}


def _readings(letters: str, after: str) -> Iterator[tuple[str, ...]]:
    """Every way to read letters as parts of the table, with or without vowels between them."""
    if not letters and after == "suffix":
        yield ()
    for one in beginning(letters[:1]):
        if one.kind not in _AFTER[after] or not letters.startswith(one.part):
            continue
        rest = letters[len(one.part) :]
        for more in _readings(rest, one.kind):
            yield (one.token, *more)
        if one.vowel and rest.startswith(one.vowel):
            for more in _readings(rest[1:], "root"):
                yield (one.token, one.vowel, *more)


@lru_cache(maxsize=32)
def beginning(letter: str) -> tuple[WordPart, ...]:
    """The parts that begin with a letter."""
    return tuple(one for one in word_parts.parts() if one.part[:1] == letter)


@lru_cache(maxsize=512)
def taken_for(token: str) -> tuple[WordPart, ...]:
    """The parts of the same kind that beginners take for a part, in either direction, or that begin like it."""
    own = word_parts.by_token(token)
    if own is None:
        return ()
    return tuple(
        one
        for one in word_parts.parts()
        if one.kind == own.kind
        and one != own
        and (one.id in own.confused_with or own.id in one.confused_with or one.part[:3] == own.part[:3])
    )


@lru_cache(maxsize=65536)
def half_right(one: str, other: str) -> bool:
    """Whether one part says what the other says, less exactly: *pelvis* for *renal pelvis*, *bone* for *thigh bone*."""
    return any(
        head == second_head and (words <= others or others <= words)
        for head, words in _said(one)
        for second_head, others in _said(other)
    )


@lru_cache(maxsize=512)
def _said(token: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The noun of each sense of a part, and the words that stand before it; senses in parentheses, too."""
    found = word_parts.by_token(token)
    out = []
    for sense in re.split(r"[;,()]", found.meaning if found is not None else ""):
        said = _REST.sub("", sense.strip().removeprefix("a ").removeprefix("the ").casefold()).split()
        if said:
            out.append((said[-1], frozenset(said)))
    return tuple(out)


def lures(rng: random.Random, word: Word, count: int) -> list[WordPart]:
    """Wrong parts for a word: for each of its parts in turn one that is taken for it, later now and then any of its
    kind; one for its ending before all others, so that no suffix stands alone. None of them says what a part of the
    word says, or half of it, and no two say the same."""
    found: list[WordPart] = []
    *before, ending = word.meant
    rng.shuffle(before)
    tokens = [ending, *before]
    for n in range(100 * count):
        token = tokens[len(found) % len(tokens)]
        near = n < 3 * len(tokens) or rng.random() < 0.5
        one = rng.choice((taken_for(token) if near else ()) or in_use(word_parts.kind_of(token)))
        taken = [*word.meant, *(lure.token for lure in found)]
        if not any(word_parts.alike(one.token, other) or half_right(one.token, other) for other in taken):
            found.append(one)
            if len(found) == count:
                return found
    raise RuntimeError(f"no {count} wrong parts for {word.word}")


@lru_cache(maxsize=4)
def in_use(kind: str) -> tuple[WordPart, ...]:
    """Parts of a kind that at least two words of the list hold: a wrong part should be one that a learner meets."""
    seen = Counter(token for word in words.words() for token in word.meant)
    return tuple(one for one in word_parts.parts() if one.kind == kind and seen[one.token] > 1)
