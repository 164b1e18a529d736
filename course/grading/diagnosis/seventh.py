"""The 7th character: which list governs, what a character means, how to write the list in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from course.grading.diagnosis.shape import dot, undot
from course.grading.diagnosis.titles import shorten, words
from course.grading.diagnosis.wording import sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet, Seventh

BOX = "□"
#: Longer lists are written as characters only.
_SPELLED_OUT = 8


def stem_of(codes: CodeSet, compact: str) -> Code | None:
    """The heading whose codes take a 7th character and to which the first six characters belong, X's left aside.

    For "S52521B" that is S52.521, for "W19XXXB" it is W19. None when there is none.
    """
    for size in range(min(6, len(compact)), 2, -1):
        if set(compact[size:6]) - {"X"}:
            return None
        code = codes.get(dot(compact[:size]))
        if code is not None:
            return code if only_seventh_missing(codes, code) else None
    return None


def only_seventh_missing(codes: CodeSet, code: Code) -> bool:
    """Is `code` complete but for X's and the 7th character?"""
    if code.billable or codes.seventh(code.code) is None:
        return False
    stem = undot(code.code)
    below = [undot(child.code) for child in codes.children(code.code)]
    return bool(below) and all(len(text) == 7 and not set(text[len(stem) : 6]) - {"X"} for text in below)


def wider(codes: CodeSet, rule: Seventh) -> Seventh | None:
    """The longer list of an ancestor that `rule` overrides, or None."""
    for above in codes.ancestors(rule.owner):
        if above.level in ("block", "chapter"):
            break
        other = codes.seventh(above.code)
        if other is not None and other.owner != rule.owner:
            return other
    return None


_FOLLOW_UP = re.compile(r"subsequent encounter for .*fracture with (.+)")


def short_meaning(meaning: str) -> str:
    """ "initial encounter for closed fracture" gives "initial", "… fracture with delayed healing" gives "delayed
    healing".
    """
    if found := _FOLLOW_UP.fullmatch(meaning):
        return found[1]
    if meaning.startswith("initial encounter"):
        return "initial"
    if meaning.startswith("subsequent encounter"):
        return "subsequent"
    return shorten(meaning, 5)


_WOUND = re.compile(r"initial encounter for (closed|open) fracture(?: type (.+))?")


def _wound(meaning: str) -> str:
    """ "initial encounter for open fracture type I or II" gives "initial open type I or II"."""
    found = _WOUND.fullmatch(meaning)
    if not found:
        return short_meaning(meaning)
    kind = "III" if (found[2] or "").startswith("IIIA") else found[2]
    return f"initial {found[1]}{f' type {kind}' if kind else ''}"


def _first_encounters(meanings: Mapping[str, str]) -> str:
    """Of a long list, the characters of the first phase of care, which are the ones to tell apart first: "A initial
    closed, B initial open type I or II"; "" when the list has none.
    """
    return ", ".join(f"{char} {_wound(meaning)}" for char, meaning in meanings.items() if _WOUND.fullmatch(meaning))


def listed(meanings: Mapping[str, str]) -> str:
    """The list for a sentence: "A initial, D routine healing, …". Of a long one, the first phase of care, or only the
    characters.
    """
    said = {char: short_meaning(meaning) for char, meaning in meanings.items()}
    if len(said) > _SPELLED_OUT and (first := _first_encounters(meanings)):
        return f"{first}, others for later care"
    if len(said) > _SPELLED_OUT or not all(said.values()):
        return ", ".join(meanings)
    said = {char: _wound(meanings[char]) if [*said.values()].count(text) > 1 else text for char, text in said.items()}
    if len({*said.values()}) < len(said):
        said = {char: shorten(meaning, 6) for char, meaning in meanings.items()}
        if sum(len(text.split()) for text in said.values()) > 30:
            return ", ".join(meanings)
    return ", ".join(f"{char} {text}" for char, text in said.items())


def shape_of(stem: str, *, last: str = BOX) -> str:
    """The places of a code that takes a 7th character: "W19" gives "W19.XXX□"."""
    return dot(stem + "X" * (6 - len(stem)) + last)


def phase(meaning: str) -> str:
    """ "initial", "subsequent", "sequela" or ""."""
    first = words(meaning)[:1]
    return first[0] if first and first[0] in ("initial", "subsequent", "sequela") else ""


def ask_about(char: str, entered: str, wanted: str) -> str:
    """The question that leads from the 7th character entered to the one wanted, given both meanings."""
    mine, theirs = phase(entered), phase(wanted)
    if mine and mine != theirs:
        return sentence("seventh_is_sequela" if theirs == "sequela" else f"seventh_{mine}", char=char)
    said = shorten(entered, 14)
    if mine == theirs == "subsequent" and short_meaning(entered) != short_meaning(wanted):
        return sentence("seventh_healing", char=char, meaning=said)
    if mine and {"open", "closed"} & {*words(entered)}:
        return sentence("seventh_wound", char=char, meaning=said)
    if {"fetus", "fetuses"} & {*words(entered + " " + wanted)}:
        return sentence("seventh_fetus", char=char, meaning=said or char)
    return sentence("seventh_other", char=char, meaning=said or char)
