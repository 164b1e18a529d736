"""The order of the right codes: rules of the key, and the note in the Tabular List behind each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis import roles, rules
from course.grading.diagnosis.basis import guideline, note_line
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
        text, basis = _ruled(first, later, codes)
    return Finding(dot(later), Kind.ORDER_BROKEN, headline("order"), text, basis)


def _ruled(first: str, later: str, codes: CodeSet) -> tuple[str, str]:
    """What a guideline says about the two, else that the reason for the encounter leads."""
    text = sentence("order_plain", first=dot(first), later=dot(later))
    lead, behind = codes.get(dot(first)), codes.get(dot(later))
    if behind is not None and is_manifestation(behind.title):
        return f"{text} {sentence('manifestation_first')}", guideline("I.A.13")
    rule = rules.match(lead, behind, "order") if lead is not None and behind is not None else None
    if rule is None:
        return " ".join((text, sentence("order_which"))), guideline("II, IV.A")
    return f"{text} {rule.says}", rule.basis


def first_place(answer: Sequence[str], right: Sequence[str], codes: CodeSet, *, strict: bool) -> Finding | None:
    """A code at the head of an answer (compact codes) that never leads. Manifestation codes are always told; with
    ``strict`` a right code of another such family too, as long as a code that may lead stands in ``right``.
    """
    code = codes.get(dot(answer[0])) if answer[0] else None
    if code is None or not code.billable:
        return None
    if is_manifestation(code.title):
        notes = codes.notes(code.code, kinds=("code_first",))
        basis = note_line(notes[0]) if notes else guideline("I.A.13")
        name = "manifestation_first"
        return Finding(code.code, Kind.ORDER_BROKEN, headline(name), sentence(name), basis)
    if not strict or answer[0] not in right or all(_never_first(other, codes) for other in right):
        return None
    role = roles.role_of(code)
    if role is None or not role.first:
        return None
    text = f"{sentence('never_first', code=code.code)} {role.first}"
    return Finding(code.code, Kind.ORDER_BROKEN, headline("never_first"), text, role.first_basis)


def _never_first(compact: str, codes: CodeSet) -> bool:
    code = codes.get(dot(compact))
    role = roles.role_of(code) if code is not None else None
    return role is not None and bool(role.first)


def demanding(first: str, later: str, codes: CodeSet) -> Note | None:
    """The note that puts `first` before `later`: "use additional code" at the one, or "code first" at the other."""
    asking = [(note, later) for note in codes.notes(dot(first), kinds=("use_additional",))]
    asking += [(note, first) for note in codes.notes(dot(later), kinds=("code_first",))]
    return next((note for note, other in asking if note.refs and codes.refers(note, dot(other))), None)
