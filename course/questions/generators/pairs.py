"""What the generators about two codes share: which notes speak of a pair, and codes that a learner can picture.

Drawing asks the code set (``notes``, ``refers``). The laws ask ``kinds_between``, which goes another way: it finds
what stands above a code by its spelling, and what a note covers by places in the book.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import NoteKind, Ref, bare, dotted
from course.questions.generators import common, sexes

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Note

#: The kinds of notes that speak of two codes on one claim.
SPEAKING: tuple[NoteKind, ...] = ("excludes1", "excludes2", "code_first", "use_additional", "code_also")
#: How each of them is called on the screen.
KIND_NAMES = {
    "excludes1": "Excludes1",
    "excludes2": "Excludes2",
    "code_first": "“code first”",
    "use_additional": "“use additional code”",
    "code_also": "“code also”",
}

#: Titles that name no condition a learner can picture.
_VAGUE = re.compile(
    r"\b(unspecified|other|others|elsewhere|not applicable|NOS|NEC|sequelae?|subsequent encounter)\b", re.IGNORECASE
)
#: Words that two codes of one patient at one visit must share, or not have. Each group: at most one of them.
_GROUPS = (
    ("right", "left", "bilateral"),
    ("first trimester", "second trimester", "third trimester", "childbirth", "puerperium"),
    ("female", "male"),
)
_AGE = re.compile(r"\b(newborn|neonat\w*|birth|infants?|infantile)\b", re.IGNORECASE)
_LONGEST = {1: 75, 2: 100, 3: 120}


# -- the law's way --


def above(codes: CodeSet, code: str) -> list[str]:
    """`code` and what stands above it, by spelling and, for blocks and chapters, by place in the book."""
    text = bare(code)
    at = place(codes, code)
    wide = [] if at is None else [name for name, first, last in _wide(codes) if first <= at[0] <= last]
    return [dotted(text[:length]) for length in range(len(text), 2, -1)] + wide


@lru_cache(maxsize=4)
def _wide(codes: CodeSet) -> tuple[tuple[str, int, int], ...]:
    rows = codes.connection.execute("SELECT code, n, stop FROM code WHERE level IN ('block', 'chapter') ORDER BY n")
    return tuple(rows)


@lru_cache(maxsize=8192)
def place(codes: CodeSet, code: str) -> tuple[int, int] | None:
    """First and last line of a family in the book; None when the edition does not have it."""
    return codes.connection.execute("SELECT n, stop FROM code WHERE code = ?", (code,)).fetchone()


@lru_cache(maxsize=8192)
def _said_at(codes: CodeSet, owner: str) -> tuple[tuple[str, Ref], ...]:
    rows = codes.connection.execute(
        "SELECT kind, first, last, seventh, pattern, inside, outside FROM note JOIN ref ON ref.note = note.n "
        "WHERE owner = ?",
        (owner,),
    )
    return tuple(
        (kind, Ref(first, last, seventh, pattern, tuple(inside.split()), tuple(outside.split())))
        for kind, first, last, seventh, pattern, inside, outside in rows
        if kind in SPEAKING
    )


def _inside(codes: CodeSet, ref: Ref, code: str) -> bool:
    """Whether a billable code lies in what a reference names, by its place in the book."""
    text = bare(code)
    first, last, at = place(codes, ref.first), place(codes, ref.last), place(codes, code)
    if at is None:
        return False
    if first is None or last is None:  # a range whose ends are no codes: letters must do
        return ref.covers(code)
    return (
        first[0] <= at[0] <= last[1]
        and not any(text.startswith(bare(family)) for family in ref.outside)
        and (not ref.seventh or (len(text) == 7 and text[6] in ref.seventh))
        and (not ref.pattern or re.search(ref.pattern, text) is not None)
    )


def named_by(codes: CodeSet, code: str, other: str, kinds: Iterable[str] = SPEAKING) -> set[tuple[str, str]]:
    """(owner, kind) of the notes at or above `code` that name `other`. A note that names `code` itself as well is a
    note about its own family, and left out."""
    wanted = set(kinds)
    return {
        (owner, kind)
        for owner in above(codes, code)
        for kind in {kind for kind, _ in _said_at(codes, owner)} & wanted
        if _names(codes, owner, kind, other) and not (kind == "excludes1" and _names_both(codes, owner, code, other))
    }


def _names(codes: CodeSet, owner: str, kind: str, code: str) -> bool:
    return any(one == kind and _inside(codes, ref, code) for one, ref in _said_at(codes, owner))


def _names_both(codes: CodeSet, owner: str, code: str, other: str) -> bool:
    """Every Excludes1 reference at `owner` that names `other` belongs to a line that also names `code`."""
    lines: dict[int, list[Ref]] = {}
    rows = codes.connection.execute(
        "SELECT note.n, first, last, seventh, pattern, inside, outside FROM note JOIN ref ON ref.note = note.n "
        "WHERE owner = ? AND kind = 'excludes1'",
        (owner,),
    )
    for line, first, last, seventh, pattern, inside, outside in rows:
        ref = Ref(first, last, seventh, pattern, tuple(inside.split()), tuple(outside.split()))
        lines.setdefault(line, []).append(ref)
    return all(
        any(_inside(codes, ref, code) for ref in refs)
        for refs in lines.values()
        if any(_inside(codes, ref, other) for ref in refs)
    )


def kinds_between(codes: CodeSet, a: str, b: str, kinds: Iterable[str] = SPEAKING) -> set[str]:
    """The kinds of notes that speak of the two codes, whosever note it is."""
    found = named_by(codes, a, b, kinds) | named_by(codes, b, a, kinds)
    return {kind for _, kind in found}


# -- the draw's way --


def speaking(codes: CodeSet, a: str, b: str) -> list[Note]:
    """The notes of either code, own or inherited, that name the other."""
    found = []
    for mine, other in ((a, b), (b, a)):
        for note in codes.notes(mine, kinds=SPEAKING):
            own = note.kind == "excludes1" and codes.refers(note, mine)
            if not own and codes.refers(note, other):
                found.append(note)
    return found


def understood(codes: CodeSet, code: str) -> bool:
    """Whether nothing about this code's company is open: all its Excludes notes could be read, and none is unknown."""
    line = [codes.get(code), *codes.ancestors(code)]
    chapter = line[-1].code if line[-1] else ""  # "signs and symptoms classified elsewhere": a signpost for all
    return all(one is not None and one.notes_known for one in line) and all(
        note.parsed or note.owner == chapter or note.text.endswith(":")
        for note in codes.notes(code, kinds=("excludes1", "excludes2"))
    )


def pictured(code: Code, level: int) -> bool:
    """Whether the title tells a learner what is meant: short enough, and at levels 1 and 2 no leftover class."""
    length = len(bare(code.code))
    return (
        code.billable
        and code.title_known
        and code.notes_known
        and code.code[0] not in "VWXY"
        and (length < 7 or code.code[-1] in "A0")
        and len(code.title) <= _LONGEST[level]
        and (level == 3 or not _VAGUE.search(code.title))
    )


def fits(*titles: str) -> bool:
    """Whether the titles can be about one patient at one visit: no second side, trimester or sex."""
    for words in _GROUPS:
        found = {word for title in titles for word in words if re.search(rf"\b{word}\b", title, re.IGNORECASE)}
        if len(found) > 1:
            return False
    return True


def one_patient(*some: Code) -> bool:
    """Whether the codes can be one patient's at one visit. Mother's codes and newborn's codes never stand in one
    record (Guidelines I.C.15.a.2); of both only their own company is drawn."""
    apart = {_AGE.search(code.title) is not None or code.code[0] == "P" for code in some}
    pregnant = {code.code[0] == "O" for code in some}
    found = {sexes.concerned(code) for code in some} - {""}
    return len(apart) == 1 and len(pregnant) == 1 and len(found) < 2 and fits(*(code.title for code in some))


@lru_cache(maxsize=4096)
def below(codes: CodeSet, first: str, last: str, level: int) -> tuple[Code, ...]:
    """The billable codes from one family to another that can be pictured."""
    start, end = place(codes, first), place(codes, last)
    if start is None or end is None:
        return ()
    rows = codes.connection.execute(
        "SELECT code FROM code WHERE billable AND n BETWEEN ? AND ? ORDER BY n LIMIT 3000", (start[0], end[1])
    ).fetchall()
    found = (codes.get(name) for (name,) in rows)
    return tuple(code for code in found if code is not None and pictured(code, level))


def inside(rng: random.Random, codes: CodeSet, note: Note, level: int) -> Code | None:
    """A code that the note names, or None when it names none that can be pictured."""
    ref = rng.choice(note.refs)
    named = below(codes, ref.first, ref.last, level)
    for _ in range(6):
        code = rng.choice(named) if named else None
        if code is not None and ref.covers(code.code):
            return code
    return None


@lru_cache(maxsize=64)
def noted(
    codes: CodeSet, kind: NoteKind, letters: str, most: int, lengths: tuple[int, int], common_only: bool = False
) -> tuple[Note, ...]:
    """The notes of a kind that name codes, at headings or codes of `letters` with at most `most` lines below them.

    `lengths`: the least and the greatest number of characters of the family that owns the note. ``common_only``: the
    categories that a newcomer meets early.
    """
    rows = codes.connection.execute(
        "SELECT DISTINCT owner FROM note JOIN code ON code.code = owner WHERE kind = ? AND parsed AND notes_known "
        "AND stop - code.n <= ? AND level NOT IN ('chapter', 'block') ORDER BY code.n",
        (kind, most),
    ).fetchall()
    low, high = lengths
    owners = [owner for (owner,) in rows if owner[0] in letters and low <= len(bare(owner)) <= high]
    if common_only:
        owners = [owner for owner in owners if owner[:3] in common.teaching_categories()]
    return tuple(note for owner in owners for note in codes.notes(owner, inherited=False, kinds=(kind,)) if note.parsed)


def neighbours(rng: random.Random, codes: CodeSet, code: str, level: int, widen: int = 1) -> Iterator[Code]:
    """Codes of the same block (`widen` 1) or category (0) in any order, without end; stops when there are none."""
    line = codes.ancestors(code)
    family = next((one for one in line if one.level == ("block" if widen else "category")), None)
    found: Sequence[Code] = below(codes, family.code, family.code, level) if family else ()
    while found:
        yield rng.choice(found)


def stands_out(right: Code, wrong: Iterable[Code]) -> bool:
    """Whether the right option would give itself away by its length, as ``SingleChoice.lints`` counts it."""
    key, longest = len(common.named(right)), max(len(common.named(one)) for one in wrong)
    return key > 1.5 * longest and key - longest >= 25


def cited(note: Note) -> str:
    """The words of the note as it is shown: lead and line together."""
    return f"*{note.sentence}*"


def owned(codes: CodeSet, note: Note, code: str) -> str:
    """Whose note it is, within a sentence: "at R10.84 itself" or "at category R10 (above R10.84)"."""
    if note.owner == code:
        return f"at {code} itself"
    owner = codes.get(note.owner)
    what = {"block": "block ", "chapter": "chapter ", "category": "category "}.get(owner.level if owner else "", "")
    return f"at {what}{note.owner} (above {code})"


_ALLOWS = {
    "excludes2": "The note {where} is an Excludes2: both may be reported when both are documented.",
    "code_first": "The note {where} wants the two together, in a set order.",
    "use_additional": "The note {where} asks for the second code; it forbids nothing.",
    "code_also": "The note {where} allows two codes; it forbids nothing.",
}


def why_allowed(codes: CodeSet, a: str, b: str) -> str:
    """Why no Excludes1 note stands between two codes, as a sentence."""
    for note in speaking(codes, a, b):
        mine = a if note.owner in {a, *(one.code for one in codes.ancestors(a))} else b
        return _ALLOWS[note.kind].format(where=owned(codes, note, mine))
    return f"No Excludes1 note at or above {a} names {b}, and none at or above {b} names {a}."


def whose(codes: CodeSet, note: Note, a: str, b: str) -> tuple[str, str]:
    """(the code whose note it is, the code that it names)."""
    line = {a, *(one.code for one in codes.ancestors(a))}
    return (a, b) if note.owner in line and codes.refers(note, b) else (b, a)
