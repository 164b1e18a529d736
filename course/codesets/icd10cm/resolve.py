"""Check references against the codes of an edition, and make ranges mean what they mean in the book.

The Tabular List is not in alphabetical order everywhere: ``M1A`` (chronic gout) stands before ``M10``, ``C4A``
before ``C44``, ``S06.0XA`` between ``S06.0X1`` and ``S06.0X9``. A range such as ``M05-M14`` is meant in the order of
the book.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from course.codesets.icd10cm.model import Ref, bare


class Resolver:
    """Knows the codes (dotted) of one edition in the order of the book, with number and last number below."""

    def __init__(self, codes: Iterable[tuple[str, int, int]]) -> None:
        self._span = {code: (first, last) for code, first, last in codes}
        self._sorted = sorted(bare(code) for code in self._span)
        self._strays = [(code, bare(code), self._span[code][0]) for code in _out_of_order(self._span)]

    def resolve(self, ref: Ref) -> Ref | None:
        """The reference, ready for use; None when it names no code of this edition."""
        if ref.first == ref.last:
            return ref if ref.first in self._span else None
        at = bisect_left(self._sorted, bare(ref.first))
        if at == len(self._sorted) or not ref.spans(self._sorted[at]):
            return None
        return self._in_book_order(ref)

    def _in_book_order(self, ref: Ref) -> Ref:
        first, last = self._span.get(ref.first), self._span.get(ref.last)
        if first is None or last is None or first[0] > last[1]:
            return ref
        low, high = first[0], last[1]
        start, end = bare(ref.first), bare(ref.last)
        inside, outside = [], []
        letter = start[0]
        for code, text, number in self._strays:
            by_book = low <= number <= high
            if not by_book and text[0] != letter and start[0] == end[0]:
                continue
            by_letters = start <= text and text[: len(end)] <= end
            if by_book and not by_letters:
                inside.append(code)
            elif by_letters and not by_book:
                outside.append(code)
        if not inside and not outside:
            return ref
        return replace(ref, inside=tuple(inside), outside=tuple(sorted({*ref.outside, *outside})))


def _topmost(codes: list[str]) -> tuple[str, ...]:
    """Families only: what lies below another one of the list is left out. `codes` are in the order of the book."""
    kept: list[str] = []
    for code in codes:
        if not kept or not bare(code).startswith(bare(kept[-1])):
            kept.append(code)
    return tuple(kept)


def _out_of_order(span: dict[str, tuple[int, int]]) -> list[str]:
    """The families that stand before one of their own length that sorts before them (``C4A`` before ``C44``)."""
    strays = []
    following: dict[int, str] = {}  # per length: the smallest code still to come
    for code in reversed(span):
        text = bare(code)
        smallest = following.get(len(text))
        if smallest is not None and smallest < text:
            strays.append(code)
        if smallest is None or text < smallest:
            following[len(text)] = text
    return list(_topmost(strays[::-1]))
