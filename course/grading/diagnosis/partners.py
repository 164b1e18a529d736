"""Codes of the key that nobody entered: does a note at an entered code ask for them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis.basis import guideline, note_line, place_name
from course.grading.diagnosis.model import Finding, Kind
from course.grading.diagnosis.shape import dot
from course.grading.diagnosis.wording import headline, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet, Note
    from course.codesets.icd10cm.model import NoteKind

#: The notes that ask for a second code.
ASKING: tuple[NoteKind, ...] = ("use_additional", "code_first", "code_also")


def missing(absent: Sequence[str], entries: Sequence[tuple[str, bool, str]], codes: CodeSet) -> list[Finding]:
    """Findings for the codes in `absent` (compact), which are never named: only the note that asks for them is.

    ``entries``: (entered code, right or not, the code of the key it was meant for). Notes at right codes speak first,
    then notes at codes of the right category.
    """
    speaking = [code for code, right, _ in entries if right]
    speaking += [code for code, right, goal in entries if not right and code and code[:3] == goal[:3]]
    found: list[Finding] = []
    told: set[str] = set()
    silent: list[str] = []
    for goal in absent:
        asked = _asked(goal, speaking, codes)
        if asked is None:
            silent.append(goal)
            continue
        code, note = asked
        basis = note_line_with_head(note, codes)
        if basis in told:
            silent.append(goal)
            continue
        told.add(basis)
        name = "partner_first" if note.kind == "code_first" else "partner"
        text = sentence(name, owner=place_name(note.owner), code=dot(code))
        found.append(Finding("", Kind.PARTNER_MISSING, headline("partner"), text, basis))
    if silent:
        text = sentence("missing") if len(silent) == 1 else sentence("missing_many", count=len(silent))
        hint = _manner(silent[0]) if len(silent) == 1 else ""
        text = f"{text} {sentence(hint)}" if hint else text
        found.append(Finding("", Kind.MISSING, headline("missing"), text, guideline("III, IV.J")))
    return found


def _manner(goal: str) -> str:
    """The sentence for a missing cause, circumstance, drug, injury or germ, "" for anything else."""
    if goal[0] in "VWXY":
        return "missing_external"
    if goal[0] == "Z":
        return "missing_Z"
    if goal[0] in "ST":
        return "missing_drug" if "T36" <= goal[:3] <= "T65" else "missing_injury"
    return "missing_germ" if "B95" <= goal[:3] <= "B97" else ""


def _asked(goal: str, speaking: Sequence[str], codes: CodeSet) -> tuple[str, Note] | None:
    for code in speaking:
        for note in codes.notes(dot(code), kinds=ASKING):
            if note.refs and codes.refers(note, dot(goal)):
                return code, note
    return None


def note_line_with_head(note: Note, codes: CodeSet) -> str:
    """The note as a basis. In a list ("code to identify control using:", "insulin (Z79.4)") the head of the list is
    quoted too.
    """
    head = ""
    for other in codes.notes(note.owner, inherited=False, kinds=(note.kind,)):
        if other == note:
            break
        head = other.text if other.text.rstrip().endswith(":") else head
    return note_line(note, lead=head)
