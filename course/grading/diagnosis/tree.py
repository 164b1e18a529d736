"""Where codes stand in the tree of the Tabular List: nearest heading, choices at a place, distance of two codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from course.grading.diagnosis.shape import dot, undot
from course.grading.diagnosis.titles import labels, shorten

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

#: The range at the end of a chapter's or a block's title: " (I00-I99)".
_RANGE = re.compile(r"\s*\([A-Z]\w\w-[A-Z]\w\w\)$")
#: At most this many choices are spelled out in a message.
SPELLED_OUT = 10
#: Most words a list of choices may have.
_WORDS = 40


def nearest(codes: CodeSet, compact: str) -> Code | None:
    """The longest beginning of `compact` (at least three characters) that is in the code set, or None."""
    for size in range(min(7, len(compact)), 2, -1):
        if (code := codes.get(dot(compact[:size]))) is not None:
            return code
    return None


@lru_cache(maxsize=4096)
def place(codes: CodeSet, category: str) -> tuple[str, str]:
    """Block and chapter of a category of three characters, each "" when unknown."""
    code = codes.get(category)
    if code is None:
        return "", ""
    block = next((above.code for above in codes.ancestors(category) if above.level == "block"), "")
    return block, code.chapter


def closeness(codes: CodeSet, mine: str, theirs: str) -> int:
    """How near two compact codes stand: 100 the same, 13 to 17 leading characters shared + 10, 2 block, 1 chapter, 0
    neither.

    A tree distance: among three codes the two smallest values are equal, which is what makes greedy matching optimal.
    """
    if mine == theirs:
        return 100
    common = agree(mine, theirs)
    if common >= 3:
        return 10 + common
    block, chapter = place(codes, mine[:3])
    their_block, their_chapter = place(codes, theirs[:3])
    return 2 if block and block == their_block else 1 if chapter and chapter == their_chapter else 0


def agree(mine: str, theirs: str) -> int:
    """How many leading characters two compact codes share."""
    count = 0
    for a, b in zip(mine, theirs, strict=False):
        if a != b:
            break
        count += 1
    return count


def next_characters(codes: CodeSet, stem: str) -> dict[str, Code]:
    """What may stand in the place after `stem` (compact): character -> first code with it, in tabular order."""
    found: dict[str, Code] = {}
    for child in codes.children(dot(stem)):
        text = undot(child.code)
        if len(text) > len(stem):
            found.setdefault(text[len(stem)], child)
    return found


def is_placeholder(codes: CodeSet, stem: str) -> bool:
    """Is X the only character that may follow `stem`?"""
    return list(next_characters(codes, stem)) == ["X"]


def choices(codes: CodeSet, stem: str, *, spelled: bool = True, most: int = _WORDS) -> str:
    """What may follow `stem`: "1 right, 2 left, 9 unspecified", or only the characters when there are many or titles
    are missing.
    """
    options = next_characters(codes, stem)
    if not options:
        return ""
    known = spelled and len(options) <= SPELLED_OUT and all(code.title_known for code in options.values())
    if known:
        parent = codes.get(dot(stem))
        said = labels([code.title for code in options.values()], parent.title if parent else "")
        between = "; " if any("," in label for label in said) else ", "
        text = between.join(f"{char} {label}" for char, label in zip(options, said, strict=True))
        if len(text.split()) <= most:
            return text
    return spans(options)


def spans(characters: Iterable[str]) -> str:
    """Characters, runs joined: "0 to 6, 9"."""
    rows: list[list[str]] = []
    for char in sorted(characters):
        if rows and char.isalnum() and ord(char) == ord(rows[-1][-1]) + 1:
            rows[-1].append(char)
        else:
            rows.append([char])
    return ", ".join(
        row[0] if len(row) == 1 else f"{row[0]}, {row[1]}" if len(row) == 2 else f"{row[0]} to {row[-1]}"
        for row in rows
    )


def name(code: Code, most: int = 14) -> str:
    """The title, short enough for a sentence ("" when no source gives one)."""
    return shorten(_RANGE.sub("", code.title), most) if code.title_known else ""
