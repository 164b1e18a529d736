"""The look-up list under a service line: codes by how they begin, or by words.

CPT's own index is not part of the course. What is searched are the few words that the course has for a number, the
terms that charts use for it (``cpt.terms``: searched, never shown), the title of its place, and the HCPCS texts at
hand. The procedure browser finds by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest

from course.codesets import cpt, hcpcs
from course.grading.services import books

#: What a hit says for itself when the words it shows are not those that were typed.
OTHER_NAME = "another name"
#: Ranks of a hit, best first; 0 is none. Paraphrase before term among whole words, and again among beginnings.
WHOLE_WORDS, WHOLE_TERMS, WORDS, TERMS, INSIDE, PLACE = 1, 2, 3, 4, 5, 6

_WORD = re.compile(r"[0-9a-z]+")
#: Words that say nothing of a service. Left out of a query that has others.
_SMALL = frozenset("and for of the with".split())
#: One letter and what it is joined to: "I&D", "x-ray", "C section", "e-stim".
_JOINED = re.compile(r"\b([a-z])(?:\s?&\s?|-| (?=ray|section))(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Text:
    """What of a code is searched, each word with a space around it: our words, those and its terms, and these with the
    titles of its place."""

    words: str
    named: str
    whole: str


def search(query: str, limit: int = 12) -> list[dict[str, object]]:
    """Hits for the look-up list: ``code``, ``title``, ``billable``, ``matched``. Nothing for an empty query."""
    wanted = typed(query)
    if not wanted:
        return []
    found: list[tuple[int, str, str]] = []
    if _code_like(wanted):
        found = [(0, code, title) for code, title, _ in _all() if code.startswith(wanted[0].upper())]
    if not wanted[0].isdigit() or len(wanted) > 1:
        begun, rank = {code for _, code, _ in found}, ranker(wanted, inside=True)
        ranked = ((rank(text), code, title) for code, title, text in _all() if code not in begun)
        found += nsmallest(limit, (one for one in ranked if one[0]))
    return [
        {"code": code, "title": title, "billable": True, "matched": OTHER_NAME if at in (WHOLE_TERMS, TERMS) else ""}
        for at, code, title in found[:limit]
    ]


def typed(query: str) -> list[str]:
    """The words of a query as they are looked for: "films" finds "film"."""
    words = _split(query)
    telling = [word for word in words if word not in _SMALL] or words
    return [word[:-1] if len(word) > 3 and word[-1] == "s" != word[-2] else word for word in telling]


def ranker(wanted: list[str], inside: bool = False) -> Callable[[Text], int]:
    """A function that tells how well a text meets every word that was typed, 0 when one is not met. ``inside``: the
    middle of a word of ours counts as well. It is called for all codes at each keystroke: the first word decides most.
    """
    begin = [f" {word}" for word in wanted]
    entire = [f"{one} " for one in begin]
    first = wanted[0] if inside else begin[0]

    def rank(text: Text) -> int:
        if first not in text.whole:
            return 0
        if _holds(text.named, begin):
            if _holds(text.words, entire):
                return WHOLE_WORDS
            if _holds(text.named, entire):
                return WHOLE_TERMS
            return WORDS if _holds(text.words, begin) else TERMS
        if inside and _holds(text.words, wanted):
            return INSIDE
        return PLACE if _holds(text.whole, begin) else 0

    return rank


def text_of(words: str, terms: Iterable[str] = (), *titles: str) -> Text:
    """The texts to search in, of words that are shown, terms that are not, and titles of ranges."""
    named = f"{_spaced(words)}{_spaced(' '.join(terms))}"
    return Text(_spaced(words), named, f"{named}{_spaced(' '.join(titles))}")


def cpt_text(one: cpt.Number, words: str) -> Text:
    """What is searched of a CPT number that is shown with these words."""
    return text_of(words, cpt.terms().get(one.code, ()), one.section.title, one.subsection.title)


@lru_cache(maxsize=32_768)
def hcpcs_text(code: str, words: str) -> Text:
    """What is searched of a HCPCS code with these words."""
    return text_of(words, hcpcs.terms().get(code, ()))


def _spaced(text: str) -> str:
    return f" {' '.join(_split(text))} "


def _holds(text: str, words: list[str]) -> bool:
    for word in words:  # not all(): a generator for each code would be most of the time of a search
        if word not in text:
            return False
    return True


def _split(text: str) -> list[str]:
    return _WORD.findall(_JOINED.sub(r"\1", text.lower()))


def _code_like(wanted: list[str]) -> bool:
    return len(wanted) == 1 and (wanted[0][-1].isdigit() or wanted[0][:-1].isdigit())


def _all() -> Iterator[tuple[str, str, Text]]:
    yield from _cpt()
    for entry in hcpcs.codes():
        yield entry.code, entry.words, hcpcs_text(entry.code, entry.words)


@cache
def _cpt() -> tuple[tuple[str, str, Text], ...]:
    """Numbers with our words, or with their place in the book where there are none."""
    shown = ((one, one.words or books.title(one.subsection)) for one in cpt.numbers())
    return tuple((one.code, words, cpt_text(one, words)) for one, words in shown)
