"""Find the codes a note refers to: ``(E11.A)``, ``(C82-C83)``, ``(T36-T50 with fifth or sixth character 5)``.

Notes are written for readers, in several hands. What is understood: single codes, placeholder dashes (``I50.-``),
ranges with any dash or "to", lists, exceptions ("S00-T88, except T74 and T76"), chapters by number, and conditions
on characters. A note with a condition that is not understood yields no references at all: half-read, it would forbid
what the book allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from course.codesets.icd10cm.model import Ref

_QUICK = re.compile(r"[A-Z](?:\d[0-9A-Z]|A\d)|Chapter \d")
_CODE = re.compile(
    r"(?<![0-9A-Za-z])([A-Z](?:\d[0-9A-Z]|A\d))(?:\.([0-9A-Z]{0,4}))?(?![0-9A-Za-z]|\.[0-9A-Za-z])"
    r"|\bChapter (\d{1,2})\b"
)
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"})

# Words that directly precede codes to be left out ("S00-T88, except T74 and T76") ...
_EXCEPT = re.compile(
    r"\b(?:except(?: (?:as|those) in)?|other than|excluding|not (?:included|classifiable) (?:in|to))\s*$"
)
# ... and words that only say to which codes the instruction itself applies.
_SCOPE = re.compile(r"\bfor codes?\s*$")
# In lists of terms a bare code-like word can be anything (vitamin B12, LGMD R12): only these phrases introduce a
# reference.
_CUE = re.compile(
    r"\b(?:conditions? (?:in|listed)|classifi(?:able|ed)|categor(?:y|ies)|as in|those in)\b", re.IGNORECASE
)
# Kinds that list what belongs here: their references point, they do not demand or forbid.
_POINTING = ("includes", "inclusion_term")

#: 7th characters demanded, and the pattern that the bare code must match; empty for nothing demanded.
Condition = tuple[str, str]
_NONE: Condition = ("", "")

# 7th characters of an open fracture in category S52, the one note that says "with open fracture 7th character"
# points at.
_OPEN_FRACTURE = "BCEFHJMNQR"

_PLACE = {"fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6}
_PLACES = "|".join(_PLACE)
_SEVENTH = re.compile(r"(?:7th|seventh) characters? ([A-Z0-9](?:(?:, | or |, or )[A-Z0-9])*)(?![0-9A-Za-z])")
_INTENT = re.compile(r"(?:fifth or six(?:th)?|5th or 6th) characters? (\d(?:-\d)?(?:(?:, | or )\d(?:-\d)?)*)")
_ONE_PLACE = re.compile(rf"({_PLACES})[- ]characters? \.?(\d(?:-\d)?(?:(?:, | or )\d(?:-\d)?)*)(?!\d)")
_TWO_PLACES = re.compile(rf"({_PLACES}) to (?:{_PLACES}) characters? (\d\d)(?!\d)")
_FINAL = re.compile(r"final characters? [-.]?\d+(?:(?:, | or )[-.]?\d+)*")
_AFTER_DOT = re.compile(r"\.\d+(?:[-,. ]+\d+)*-?(?!\d)")
_ENDS = re.compile(r"\s*(?:$|[).,;])")


def parse(
    text: str, kind: str = "excludes1", chapters: Mapping[str, tuple[str, str]] | None = None
) -> tuple[list[Ref], bool]:
    """The references of one note, and whether its codes were understood (False too when it names none).

    `chapters` gives first and last category by chapter number, to read "Chapter 20".
    """
    if not _QUICK.search(text) or (kind in _POINTING and not _CUE.search(text)):
        return [], False
    text = text.translate(_DASHES)
    named = _named(text, chapters or {})
    if named is None:
        return [], False
    # "tuberculosis, any type in A15 (J65)": the codes in brackets are meant; others before them only describe.
    named = [item for item in named if _bracketed(text, item[1])] or named
    kept: list[Ref] = []
    group = 0  # where the current list of references begins: a condition applies to the whole list before it
    left_out: list[Ref] = []
    for position, (ref, start, end) in enumerate(named):
        before = text[named[position - 1][2] if position else 0 : start]
        if "(" in before:
            group = len(kept)
        if left_out or _EXCEPT.search(before):
            left_out.append(ref)
            continue
        if _SCOPE.search(before.rstrip("( ")):
            return [], False
        kept.append(ref)
        limit = named[position + 1][1] if position + 1 < len(named) else len(text)
        condition = _condition(text[end:limit], kept[group:])
        if condition is None and kind not in _POINTING:
            return [], False
        if condition is not None and condition != _NONE:
            kept[group:] = [replace(one, seventh=condition[0], pattern=condition[1]) for one in kept[group:]]
    if left_out and kept:
        families = _families(left_out)
        if families is None:
            return [], False
        kept = [replace(ref, outside=tuple(sorted({*ref.outside, *families}))) for ref in kept]
    return kept, bool(kept)


def _named(text: str, chapters: Mapping[str, tuple[str, str]]) -> list[tuple[Ref, int, int]] | None:
    """Every code or range in the text with its place; None when a chapter is named that is not known."""
    found = list(_CODE.finditer(text))
    out: list[tuple[Ref, int, int]] = []
    i = 0
    while i < len(found):
        match = found[i]
        if match[3]:
            if match[3] not in chapters:
                return None
            out.append((Ref(*chapters[match[3]]), match.start(), match.end()))
        elif i + 1 < len(found) and not found[i + 1][3] and _is_range(text[match.end() : found[i + 1].start()]):
            out.append((Ref(_written(match), _written(found[i + 1])), match.start(), found[i + 1].end()))
            i += 1
        else:
            out.append((Ref(_written(match), _written(match)), match.start(), match.end()))
        i += 1
    return out


def _bracketed(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _written(match: re.Match[str]) -> str:
    return match[1] + (f".{match[2]}" if match[2] else "")


def _is_range(gap: str) -> bool:
    """What stands between two codes makes them a range: ``A-B``, ``A - B``, ``A--B`` and ``A- to B`` are ranges;
    ``A- B`` is not (the dash there is a placeholder)."""
    if gap.endswith(" ") and not gap.startswith(" ") and gap.strip() in ("-", ".-"):
        return False
    return re.fullmatch(r"\.?-{1,3}|\.?-?(?:to|through)", "".join(gap.split())) is not None


def _condition(after: str, refs: list[Ref]) -> Condition | None:
    """What the words after a code demand of its characters; None when they demand something not
    understood."""
    words = re.match(r"[.\-]*,?\s*with\s+(.*)", after, re.DOTALL)
    if words is None:  # nothing, or words behind the bracket, which go on describing the condition: "(I50.-) with …"
        return _NONE
    rest = words[1]
    if rest.startswith("open fracture 7th character"):
        return (_OPEN_FRACTURE, "")
    if re.match(r"(?:fifth or six(?:th)?|5th or 6th) characters? to indicate intent", rest):
        return _NONE
    for expression, read in _READERS:
        if match := expression.match(rest):
            return read(match, refs) if _ENDS.match(rest, match.end()) else None
    return None


def _read_seventh(match: re.Match[str], _refs: list[Ref]) -> Condition:
    return ("".join(re.findall(r"[A-Z0-9](?![a-z])", match[1])), "")


def _read_final(match: re.Match[str], refs: list[Ref]) -> Condition:
    endings = re.findall(r"\.?\d+", match[0])
    if all(ref.first[0] == "T" for ref in refs) and all(len(ending) == 1 for ending in endings):
        # In the poisoning chapters the last character before the 7th is the one that varies.
        return ("", _intent("".join(endings)))
    if endings[0].startswith("."):
        return ("", _after_dot(endings))
    return ("", f"(?:{'|'.join(endings)})$")


def _read_after_dot(match: re.Match[str], _refs: list[Ref]) -> Condition:
    if between := re.fullmatch(r"\.(\d+)-\.(\d+)", match[0]):
        first, last = between[1], between[2]
        return ("", _after_dot([str(n).zfill(len(first)) for n in range(int(first), int(last) + 1)]))
    return ("", _after_dot(re.findall(r"\d+", match[0])))


_READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str], list[Ref]], Condition]]] = [
    (_SEVENTH, _read_seventh),
    (_INTENT, lambda match, _refs: ("", _intent(match[1]))),
    (_TWO_PLACES, lambda match, _refs: ("", f"^.{{{_PLACE[match[1]] - 1}}}{match[2]}")),
    (_ONE_PLACE, lambda match, _refs: ("", f"^.{{{_PLACE[match[1]] - 1}}}[{_digits(match[2])}]")),
    (_FINAL, _read_final),
    (_AFTER_DOT, _read_after_dot),
]


def _digits(words: str) -> str:
    """``"1-4 or 6"`` -> ``"12346"``."""
    out = ""
    for first, last in re.findall(r"(\d)(?:-(\d))?", words):
        out += "".join(str(n) for n in range(int(first), int(last or first) + 1))
    return out


def _intent(words: str) -> str:
    """The character for accident, self-harm, …, adverse effect, underdosing is the 6th, or the 5th where the 6th is
    X."""
    digits = _digits(words)
    return f"^.{{4}}(?:.[{digits}]|[{digits}]X)"


def _after_dot(endings: list[str]) -> str:
    return f"^...(?:{'|'.join(ending.lstrip('.') for ending in endings)})"


def _families(refs: list[Ref]) -> list[str] | None:
    """The exceptions as single families: ``P03.0-P03.6`` is written out. None when a range is too wide to write out."""
    out: list[str] = []
    for ref in refs:
        if ref.first == ref.last:
            out.append(ref.first)
        elif ref.first[:-1] == ref.last[:-1] and ref.first[-1].isdigit() and ref.last[-1].isdigit():
            out.extend(f"{ref.first[:-1]}{n}" for n in range(int(ref.first[-1]), int(ref.last[-1]) + 1))
        else:
            return None
    return out
