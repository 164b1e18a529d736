"""The values an ICD-10-CM code set hands out. All are frozen: a caller can keep them as long as it likes.

A *dotted* code is written as in the book (``S52.521A``), a *bare* one without the dot (``S52521A``). Chapters are
``"1"`` to ``"22"``; blocks are named by their range (``"S50-S59"``; a block of one category is ``"B99-B99"``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

Level = Literal["chapter", "block", "category", "subcategory", "code"]
NoteKind = Literal[
    "includes",
    "inclusion_term",
    "excludes1",
    "excludes2",
    "code_first",
    "use_additional",
    "code_also",
    "seventh",
    "note",
]
Action = Literal["added", "deleted", "revised", "expanded"]

NOTE_KINDS: tuple[NoteKind, ...] = get_args(NoteKind)


def bare(code: str) -> str:
    """``"S52.521A"`` -> ``"S52521A"``."""
    return code.replace(".", "")


def dotted(code: str) -> str:
    """``"S52521A"`` -> ``"S52.521A"``; a code of three characters has no dot."""
    return code if len(code) <= 3 else f"{code[:3]}.{code[3:]}"


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the Tabular List: a chapter, a block, a heading or a billable code.

    ``level`` is ``"code"`` for everything billable (``I10`` too); a heading is a category (three characters) or a
    subcategory. ``notes_known`` is False for what is new in an edition of which only codes and titles are known;
    ``title_known`` is False for a new heading whose title no source gives (``title`` then says so).
    """

    code: str
    title: str
    level: Level
    billable: bool
    parent: str | None
    chapter: str
    notes_known: bool = True
    title_known: bool = True


@dataclass(frozen=True, slots=True)
class Ref:
    """The codes a note points at: the families from ``first`` to ``last``, both included.

    ``seventh`` lists the 7th characters demanded (``"A"``), empty for any. ``pattern`` is a regular expression that
    the bare code must match too (``(T36-T50 with fifth or sixth character 5)``), empty for none. ``inside`` and
    ``outside`` name the families that the Tabular List files out of alphabetical order (``M1A`` stands before
    ``M10``), so that a range means what it means in the book.
    """

    first: str
    last: str
    seventh: str = ""
    pattern: str = ""
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    def covers(self, code: str) -> bool:
        """True when `code` (any spelling with or without the dot, upper case) and so all below it is referred to.

        A heading is not covered by a reference that picks some of the codes below it by their characters:
        ``CodeSet.refers`` decides that one with the code list at hand.
        """
        text = bare(code)
        if not self.spans(text):
            return False
        if self.seventh and (len(text) != 7 or text[6] not in self.seventh):
            return False
        return not self.pattern or _compiled(self.pattern).search(text) is not None

    def spans(self, text: str) -> bool:
        """True when the bare code `text` lies between first and last, whatever its characters must be."""
        first, last = bare(self.first), bare(self.last)
        if any(text.startswith(bare(family)) for family in self.outside):
            return False
        if any(text.startswith(bare(family)) for family in self.inside):
            return True
        return first <= text and text[: len(last)] <= last

    def touches(self, code: str) -> bool:
        """True when something at or below `code` may be referred to (a quick test; ``covers`` is the exact one)."""
        text, first, last = bare(code), bare(self.first), bare(self.last)
        if first[: len(text)] <= text and text[: len(last)] <= last:
            return True
        return any(text.startswith(bare(stray)) or bare(stray).startswith(text) for stray in self.inside)

    @property
    def family(self) -> str:
        """The reference as the book writes it: ``"C82-C83"``, ``"E11.A"``."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the instructions under `owner`. ``parsed`` is True when all its codes were understood.

    ``lead`` is the line ending with a colon that this one continues ("code to identify:"), where that is certain.
    """

    owner: str
    kind: NoteKind
    text: str
    refs: tuple[Ref, ...] = ()
    parsed: bool = False
    lead: str = ""

    @property
    def sentence(self) -> str:
        """The line together with the one that introduces it: ``"meningitis (in): gonococcal (A54.81)"``."""
        return f"{self.lead} {self.text}" if self.lead else self.text


@dataclass(frozen=True, slots=True)
class Seventh:
    """The 7th characters `owner` asks for: the sentence of the book and the meaning of each character."""

    owner: str
    text: str
    meanings: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition did to a code. ``expanded``: a billable code became a heading, ``replaced_by`` holds its
    children.

    ``replaced_by`` of a deleted code is filled only where an official table names the successors. ``added_nearby``
    lists
    codes that the same edition added in the same category: a place to look, not a claim that they replace it.
    """

    edition: int
    action: Action
    code: str
    title: str
    previous_title: str = ""
    replaced_by: tuple[str, ...] = ()
    added_nearby: tuple[str, ...] = ()
    source: str = ""
