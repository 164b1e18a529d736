"""Search in the procedure browser: a number, or words among our paraphrases, modifiers and titles of sections.

A hit needs every word of the query at the beginning of a word. Exact codes come first, then what begins so, then words;
among equals the book that is open, and of two texts the shorter one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from course.cards import procedure_cpt, procedure_hcpcs, procedure_modifiers
from course.cards import procedure_pages as pages
from course.cards.browser_seventh import clean
from course.codesets import cpt, hcpcs, modifiers

#: Results of a search.
HITS = 20
#: What a hit is called.
KIND = {"cpt": "CPT", "hcpcs": "HCPCS", "modifiers": "Modifier"}

_WORD = re.compile(r"[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Something that can be found: its row, the words to search in, and the book it stands in."""

    row: dict[str, Any]
    text: str
    book: str


def results(query: object, book: str = "cpt") -> dict[str, Any]:
    """``{"q", "hits", "verdict", "advice"}``, as the code browser's search shows them."""
    text = clean(query)
    out: dict[str, Any] = {"q": text, "hits": [], "verdict": None, "advice": ""}
    if not text:
        return out
    out["hits"] = _found(text, book)[:HITS]
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
    tokens = [_singular(word) for word in _WORD.findall(text.lower())]
    ranked = []
    for line in _lines():
        code = line.row["code"].lstrip("-")
        if first and line.row["code"] == exact:
            continue
        if code.startswith(stem) and len(stem) > 1:
            ranked.append((0, line.book != book, code, line))
        elif tokens and all(f" {token}" in line.text for token in tokens):
            ranked.append((1, line.book != book, f"{len(line.text):04d}", line))
    ranked.sort(key=lambda one: one[:3])
    return first + [_shown(line) for *_, line in ranked]


def _singular(word: str) -> str:
    """ "films" finds "film"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _hit(where: str) -> dict[str, Any]:
    page = pages.page(where)
    kind = "item" if page["book"] == "hcpcs" else "modifier" if page["book"] == "modifiers" else "procedure"
    row = {"code": where, "face": page["code"], "title": page["title"], "mark": kind, "word": KIND[page["book"]]}
    return {**row, "why": "what you typed"}


def _shown(line: Line) -> dict[str, Any]:
    why = "a range" if line.row["mark"] == "block" else ""
    return {**line.row, "word": KIND[line.book], "why": why}


@cache
def _lines() -> tuple[Line, ...]:
    """All that can be found. The AMA's words only where the learner loaded a licensed file."""
    found = [(procedure_cpt.range_row(one), one.title, "cpt") for one in procedure_cpt.ranges()]
    found += [(procedure_cpt.row(one), f"{one.words} {one.descriptor}", "cpt") for one in cpt.numbers()]
    letters = hcpcs.letters().items()
    found += [(procedure_hcpcs.letter_row(letter, topic), topic, "hcpcs") for letter, topic in letters]
    found += [(procedure_hcpcs.row(one), f"{one.words} {one.long}", "hcpcs") for one in hcpcs.codes()]
    found += [
        (procedure_modifiers.row(one), f"{one.words} {one.group} modifier", "modifiers")
        for one in modifiers.all_modifiers()
    ]
    return tuple(Line(row, " " + " ".join(_WORD.findall(text.lower())), book) for row, text, book in found)


def forget() -> None:
    """Read the lines again (after a file was loaded)."""
    _lines.cache_clear()
