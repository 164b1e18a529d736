"""A billable code from another category than the one asked for: where does it stand, and what is such a code for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.grading.diagnosis import roles, tree
from course.grading.diagnosis.basis import guideline, kind_name, note_line, place_name
from course.grading.diagnosis.model import Kind, Said
from course.grading.diagnosis.shape import undot
from course.grading.diagnosis.wording import headline, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet, Note

_EXTERNAL = "VWXY"


def symptom(codes: CodeSet, mine: Code, key: Code) -> Said:
    """A code of chapter 18 where a disease is asked for."""
    note = cross_reference(codes, mine, key)
    lead = (
        sentence("symptom", code=mine.code),
        sentence("means", code=mine.code, title=tree.name(mine)),
        pointer(note, key),
    )
    return Said(Kind.SYMPTOM_CODE, headline("symptom"), lead, basis=basis_of(note, key, guideline("I.B.4")))


def category(codes: CodeSet, mine: Code, key: Code) -> Said:
    """Another category: what the code means, what such codes are for when that is the point, and how far off it is."""
    note = cross_reference(codes, mine, key)
    role = roles.role_of(mine)
    if role is not None and role is roles.role_of(key):
        role = None
    basis = basis_of(note, key, role.basis if role else guideline("I.B.1"))
    means = sentence("means", code=mine.code, title=tree.name(mine))
    block, chapter = tree.place(codes, undot(mine.code)[:3])
    key_block, key_chapter = tree.place(codes, undot(key.code)[:3])
    lead = [means, pointer(note, key), role.says if role else ""]
    if block and block == key_block:
        name = f"“{tree.name(found, 10)}”" if (found := codes.get(block)) else block
        lead.append(sentence("category", block=name))
        return Said(Kind.WRONG_CATEGORY, headline("category"), lead, basis=basis)
    if chapter == key_chapter:
        lead.append(sentence("block_away", chapter=_chapter(codes, chapter)))
        return Said(Kind.WRONG_BLOCK, headline("block_away"), lead, basis=basis)
    lead += [_far(mine, key), sentence("chapter_away", chapter=_chapter(codes, chapter))]
    return Said(Kind.WRONG_CHAPTER, headline("chapter_away"), lead, basis=basis)


def _far(mine: Code, key: Code) -> str:
    """A sentence for the roles that chapters play: reasons for contact (Z), external causes (V to Y)."""
    if key.code[0] in _EXTERNAL:
        return sentence("chapter_to_external")
    if mine.code[0] in _EXTERNAL:
        return sentence("chapter_external")
    if mine.code[0] == "Z":
        return sentence("chapter_Z")
    return sentence("chapter_to_Z") if key.code[0] == "Z" else ""


def _chapter(codes: CodeSet, chapter: str) -> str:
    found = codes.get(chapter)
    return f"{chapter} ({tree.name(found, 8)})" if found else chapter


def pointer(note: Note | None, key: Code) -> str:
    """The sentence that sends the learner to a note, without naming the key."""
    if note is None:
        return ""
    return sentence("excluded", kind=kind_name(note.kind), owner=_owner(note, key))


def _owner(note: Note, key: Code) -> str:
    """Where a note stands, without naming the key."""
    return sentence("key_owner") if note.owner == key.code else place_name(note.owner)


def basis_of(note: Note | None, key: Code, otherwise: str) -> str:
    """The note as a basis, or another basis when there is none."""
    return note_line(note, _owner(note, key)) if note else otherwise


def cross_reference(codes: CodeSet, mine: Code, key: Code) -> Note | None:
    """The Excludes note of one code (or of a heading over it) that names the other: the nearest owner, Excludes1 before
    2.

    Notes that belong to a whole chapter are left out: they are true of too much to teach anything.
    """
    best: tuple[int, Note] | None = None
    for code, other in ((mine, key), (key, mine)):
        for note in codes.notes(code.code, kinds=("excludes1", "excludes2")):
            if len(note.owner) < 3 or not note.refs:
                continue
            rank = (0 if note.kind == "excludes1" else 10) + (
                7 - len(undot(note.owner)) if "-" not in note.owner else 8
            )
            if (best is None or rank < best[0]) and codes.refers(note, other.code):
                best = (rank, note)
    return best[1] if best else None
