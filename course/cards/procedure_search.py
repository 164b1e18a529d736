"""Search in the procedure browser: a number, or words among our paraphrases, modifiers and titles of sections.

A hit needs every word of the query at the beginning of a word. Exact codes come first, then what begins so, then words
in the ranks of the look-up list (``service_search``: our words, then the terms of charts, then the place in the book);
among equals the book that is open, and of two texts the shorter one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from course.cards import procedure_cpt, procedure_hcpcs, procedure_modifiers
from course.cards import procedure_pages as pages
from course.cards.browser_seventh import clean
from course.codesets import cpt, hcpcs, modifiers
from course.questions.kinds import service_search
from course.questions.kinds.service_search import Text, text_of

#: Results of a search.
HITS = 20
#: What a hit is called.
KIND = {"cpt": "CPT", "hcpcs": "HCPCS", "modifiers": "Modifier"}


@dataclass(frozen=True, slots=True)
class Line:
    """Something that can be found: its row, the texts to search in, the book it stands in, its code without a hyphen,
    and the length of its words, with zeros before it."""

    row: dict[str, Any]
    text: Text
    book: str
    code: str
    length: str


def results(query: object, book: str = "cpt") -> dict[str, Any]:
    """``{"q", "hits", "verdict", "advice"}``, as the code browser's search shows them."""
    text = clean(query)
    out: dict[str, Any] = {"q": text, "hits": [], "verdict": None, "advice": ""}
    if not text:
        return out
    out["hits"] = _found(text, book)
    if not out["hits"]:
        out["advice"] = (
            f"Nothing found for \u201c{text}\u201d. The course searches its own short words, not those of the books: "
            "try one everyday word (knee, wheelchair), the beginning of a number (298, J18), or a modifier (-25)."
        )
    return out


def _found(text: str, book: str) -> list[dict[str, Any]]:
    exact = pages.address(text)
    if not exact and modifiers.get(text) is not None:
        exact = pages.address(f"-{text}")
    first = [_hit(exact)] if exact and exact not in pages.BOOKS else []
    stem = text.upper().lstrip("-")
    tokens = service_search.typed(text)
    rank = service_search.ranker(tokens) if tokens else None
    ranked = []
    for line in _lines():
        if first and line.row["code"] == exact:
            continue
        if len(stem) > 1 and line.code.startswith(stem):
            ranked.append((0, line.book != book, line.code, line))
        elif rank and (met := rank(line.text)):
            ranked.append((met, line.book != book, line.length, line))
    best = nsmallest(HITS - len(first), ranked, key=itemgetter(0, 1, 2))
    return first + [_shown(line, met) for met, *_, line in best]


def _hit(where: str) -> dict[str, Any]:
    page = pages.page(where)
    kind = "item" if page["book"] == "hcpcs" else "modifier" if page["book"] == "modifiers" else "procedure"
    row = {"code": where, "face": page["code"], "title": page["title"], "mark": kind, "word": KIND[page["book"]]}
    return {**row, "why": "what you typed"}


def _shown(line: Line, met: int) -> dict[str, Any]:
    why = "a range" if line.row["mark"] == "block" else ""
    if met in (service_search.WHOLE_TERMS, service_search.TERMS):
        why = service_search.OTHER_NAME
    return {**line.row, "word": KIND[line.book], "why": why}


@cache
def _lines() -> tuple[Line, ...]:
    """All that can be found. The AMA's words only where the learner loaded a licensed file."""
    found = [(procedure_cpt.range_row(one), text_of(one.title), "cpt") for one in procedure_cpt.ranges()]
    found += [
        (procedure_cpt.row(one), service_search.cpt_text(one, f"{one.words} {one.descriptor}"), "cpt")
        for one in cpt.numbers()
    ]
    letters = hcpcs.letters().items()
    found += [(procedure_hcpcs.letter_row(letter, topic), text_of(topic), "hcpcs") for letter, topic in letters]
    found += [
        (procedure_hcpcs.row(one), service_search.hcpcs_text(one.code, f"{one.words} {one.long}"), "hcpcs")
        for one in hcpcs.codes()
    ]
    found += [
        (procedure_modifiers.row(one), text_of(f"{one.words} {one.group} modifier"), "modifiers")
        for one in modifiers.all_modifiers()
    ]
    return tuple(Line(row, text, book, row["code"].lstrip("-"), f"{len(text.words):04d}") for row, text, book in found)


def forget() -> None:
    """Read the lines again (after a file was loaded)."""
    _lines.cache_clear()
