"""The order of the right codes: rules of the key, and the note in the Tabular List behind each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis.basis import guideline
from course.grading.diagnosis.model import CodeKey, Finding, Kind
from course.grading.diagnosis.partners import note_line_with_head
from course.grading.diagnosis.shape import dot, read
from course.grading.diagnosis.wording import headline, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet, Note

#: At most this many broken pairs are told at once.
_TOLD = 3


def is_manifestation(title: str) -> bool:
    """Does a title say that its code tells what another disease does: "in (other) diseases classified elsewhere"?"""
    return re.search(r"\bin\b.*\bclassified elsewhere\b", title, re.IGNORECASE) is not None


def check(entered: Sequence[str], key: CodeKey, codes: CodeSet) -> list[Finding]:
    """Findings about the order of right codes (compact, in the order entered)."""
    place = {code: i for i, code in enumerate(entered)}
    pairs = [(read(first).compact, read(later).compact) for first, later in key.order]
    if key.ordered:
        wanted = [code for code in (read(code).compact for code in key.codes) if code in place]
        pairs += list(zip(wanted, wanted[1:], strict=False))
    broken = [
        (first, later)
        for first, later in dict.fromkeys(pairs)
        if first in place and later in place and place[first] > place[later]
    ]
    return [_finding(first, later, codes) for first, later in broken[:_TOLD]]


def _finding(first: str, later: str, codes: CodeSet) -> Finding:
    note = demanding(first, later, codes)
    if note is not None:
        text, basis = sentence("order", first=dot(first), later=dot(later)), note_line_with_head(note, codes)
    else:
        text, basis = sentence("order_plain", first=dot(first), later=dot(later)), None
        title = code.title if (code := codes.get(dot(later))) else ""
        if is_manifestation(title):
            text, basis = f"{text} {sentence('manifestation_first')}", guideline("I.A.13")
    return Finding(dot(later), Kind.ORDER_BROKEN, headline("order"), text, basis)


def demanding(first: str, later: str, codes: CodeSet) -> Note | None:
    """The note that puts `first` before `later`: "use additional code" at the one, or "code first" at the other."""
    asking = [(note, later) for note in codes.notes(dot(first), kinds=("use_additional",))]
    asking += [(note, first) for note in codes.notes(dot(later), kinds=("code_first",))]
    return next((note for note, other in asking if note.refs and codes.refers(note, dot(other))), None)
