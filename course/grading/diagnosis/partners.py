"""Codes of the key that nobody entered: does a note at an entered code ask for them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis.basis import at_place, guideline, note_line
from course.grading.diagnosis.model import Finding, Kind
from course.grading.diagnosis.shape import dot
from course.grading.diagnosis.wording import headline, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet, Note
    from course.codesets.icd10cm.model import NoteKind

_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}

#: The notes that ask for a second code.
ASKING: tuple[NoteKind, ...] = ("use_additional", "code_first", "code_also")


def missing(
    absent: Sequence[str], entries: Sequence[tuple[str, bool, str]], codes: CodeSet, *, beside: bool = False
) -> list[Finding]:
    """Findings for the codes in `absent` (compact), which are never named: only the note that asks for them is.

    ``entries``: (entered code, right or not, the code of the key it was meant for). Notes at right codes speak first,
    then notes at codes of the right category. What the notes of one place ask for is told once. ``beside``: the answer
    holds codes that answer to nothing, so that a condition may be coded in another way and not be overlooked.
    """
    speaking = [code for code, right, _ in entries if right]
    speaking += [code for code, right, goal in entries if not right and code and code[:3] == goal[:3]]
    asking: dict[tuple[str, str, bool], list[Note]] = {}
    silent: list[str] = []
    for goal in absent:
        asked = _asked(goal, speaking, codes)
        if asked is None:
            silent.append(goal)
            continue
        code, note = asked
        asking.setdefault((code, note.owner, note.kind == "code_first"), []).append(note)
    found = [_partners(dot(code), owner, first, notes, codes) for (code, owner, first), notes in asking.items()]
    if silent:
        one, many = ("missing_beside", "missing_many_beside") if beside else ("missing", "missing_many")
        text = sentence(one if len(silent) == 1 else many, count=len(silent))
        hint = _manner(silent[0]) if len(silent) == 1 else ""
        text = f"{text} {sentence(hint)}" if hint else text
        found.append(Finding("", Kind.MISSING, headline("missing"), text, guideline("III, IV.J")))
    return found


def _partners(code: str, owner: str, first: bool, notes: Sequence[Note], codes: CodeSet) -> Finding:
    """One or several codes that the notes of one place ask for."""
    one, many = ("partner_first", "partners_first") if first else ("partner", "partners")
    count = _COUNTS.get(len(notes), str(len(notes)))
    text = sentence(one if len(notes) == 1 else many, place=at_place(owner), code=code, count=count)
    line, *others = dict.fromkeys(note_line_with_head(note, codes) for note in notes)
    basis = "; ".join([line, *(other.partition(": ")[2] for other in others)])
    return Finding("", Kind.PARTNER_MISSING, headline("partner" if len(notes) == 1 else "partners"), text, basis)


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
