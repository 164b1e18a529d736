"""The look-up list under a service line: codes by how they begin, or by words of our own paraphrases.

CPT's own index is not part of the course; what is searched are the few words that the course has for a number, and
the HCPCS texts at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from course.codesets import cpt, hcpcs
from course.grading.services import books


def search(query: str, limit: int = 8) -> list[dict[str, object]]:
    """Hits for the look-up list: ``code``, ``title``, ``billable``, ``matched``. Nothing for an empty query."""
    wanted = re.findall(r"[0-9a-z]+", query.lower())
    if not wanted:
        return []
    if len(wanted) == 1 and (wanted[0][-1].isdigit() or wanted[0][:-1].isdigit()):
        found = [(code, title) for code, title in _all() if code.startswith(wanted[0].upper())]
    else:
        ranked = sorted((rank, code, title) for code, title in _all() if (rank := _rank(wanted, title)))
        found = [(code, title) for _, code, title in ranked]
    return [{"code": code, "title": title, "billable": True, "matched": ""} for code, title in found[:limit]]


def _rank(wanted: list[str], title: str) -> int:
    """1 when every word begins a word of the title, 2 when every word is in it somewhere, 0 otherwise."""
    low = title.lower()
    if not all(word in low for word in wanted):
        return 0
    starts = re.findall(r"[0-9a-z]+", low)
    return 1 if all(any(one.startswith(word) for one in starts) for word in wanted) else 2


def _all() -> Iterator[tuple[str, str]]:
    yield from _cpt()
    for entry in hcpcs.codes():
        yield entry.code, entry.words


@cache
def _cpt() -> tuple[tuple[str, str], ...]:
    """Numbers with our words, or with their place in the book where there are none."""
    return tuple((one.code, one.words or books.title(one.subsection)) for one in cpt.numbers())
