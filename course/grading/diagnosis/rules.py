"""Sentences that a guideline explains better than the tree can, in four files.

``rules.toml`` classic mix-ups of two codes · ``beside.toml`` a code too many, explained by a right one · ``order.toml``
which of two codes leads · ``roles.toml`` (read by ``roles.py``) what a family of codes is for.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from course.grading.diagnosis.basis import GUIDELINES
from course.grading.diagnosis.model import Kind, Said
from course.grading.diagnosis.shape import undot
from course.grading.diagnosis.titles import has_phrase

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a file; see the head of the file for the fields."""

    entered: tuple[str, ...]
    key: tuple[str, ...]
    says: str
    section: str
    gist: str
    entered_title: str = ""
    key_title: str = ""
    near: str = ""
    pairs: bool = True

    @property
    def basis(self) -> str:
        return cite(self.section, self.gist)


def cite(section: str, gist: str) -> str:
    """ "Official Guidelines I.B.2 (FY2025): use every character …"."""
    return f"Official Guidelines {section} ({GUIDELINES}): {gist}."


@lru_cache(maxsize=4)
def load(name: str = "rules") -> tuple[Rule, ...]:
    """The rules of a file in their order."""
    with (Path(__file__).with_name(f"{name}.toml")).open("rb") as file:
        rows = tomllib.load(file)["rule"]
    return tuple(Rule(tuple(row.pop("entered")), tuple(row.pop("key")), **row) for row in rows)


@lru_cache(maxsize=128)
def _of_letter(name: str, letter: str) -> tuple[Rule, ...]:
    """The rules whose entered code can begin with a letter: most rules need not be tried."""
    return tuple(
        rule for rule in load(name) if any(one[0] <= letter <= one.partition("-")[2][:1] or one[0] == letter
                                           for one in rule.entered)
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _read(pattern: str) -> tuple[str, str, bool]:
    """A pattern as (first, last category, False) for a range, else (beginning, "", is it a family?)."""
    if found := re.fullmatch(r"([A-Z]\w\w)-([A-Z]\w\w)", pattern):
        return found[1], found[2], False
    name = undot(pattern)
    return name.removesuffix("*"), "", name.endswith("*")


def fits(pattern: str, compact: str) -> bool:
    """Does a code belong to "I10" (itself), "I11*" (a family) or "S00-T14" (a range of categories)?"""
    first, last, family = _read(pattern)
    if last:
        return first <= compact[:3] <= last
    return compact.startswith(first) if family else compact == first


def match(mine: Code, key: Code, name: str = "rules") -> Rule | None:
    """The first rule of a file that fits the two codes."""
    return next((rule for rule in matching(mine, key, name) if rule.near != "other_category" or apart(mine, key)), None)


def apart(mine: Code, key: Code) -> bool:
    """Do two codes stand in different categories?"""
    return mine.code[:3] != key.code[:3]


def matching(mine: Code, key: Code, name: str = "rules") -> list[Rule]:
    """All rules of a file that fit the two codes, in their order; ``near`` is left to the caller. A title's phrase
    must not stand in the other title as well.
    """
    a, b = undot(mine.code), undot(key.code)
    return [
        rule
        for rule in _of_letter(name, a[0])
        if any(fits(pattern, a) for pattern in rule.entered)
        and any(fits(pattern, b) for pattern in rule.key)
        and _only(rule.entered_title, mine.title, key.title)
        and _only(rule.key_title, key.title, mine.title)
    ]


def _only(phrase: str, title: str, other: str) -> bool:
    return not phrase or (has_phrase(title, phrase) and not has_phrase(other, phrase))


def find(mine: Code, key: Code, said: Said) -> Said:
    """Give a finding the sentence of the rule that fits. Otherwise, or when only the 7th character differs, leave it
    alone.
    """
    if said.kind is Kind.WRONG_SEVENTH or (rule := match(mine, key)) is None:
        return said
    return replace(said, lead=(rule.says,), basis=rule.basis)
