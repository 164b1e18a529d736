"""The classic mix-ups of ``rules.toml``: sentences that a guideline explains better than the tree can."""

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
    """One row of the file; see its head for the fields."""

    entered: tuple[str, ...]
    key: tuple[str, ...]
    says: str
    section: str
    gist: str
    entered_title: str = ""
    key_title: str = ""

    @property
    def basis(self) -> str:
        return f"Official Guidelines {self.section} ({GUIDELINES}): {self.gist}."


@lru_cache(maxsize=1)
def load() -> tuple[Rule, ...]:
    """The rules in their order."""
    with (Path(__file__).with_name("rules.toml")).open("rb") as file:
        rows = tomllib.load(file)["rule"]
    return tuple(Rule(tuple(row.pop("entered")), tuple(row.pop("key")), **row) for row in rows)


def fits(pattern: str, compact: str) -> bool:
    """Does a code belong to "I10" (itself), "I11*" (a family) or "S00-T14" (a range of categories)?"""
    if found := re.fullmatch(r"([A-Z]\w\w)-([A-Z]\w\w)", pattern):
        return found[1] <= compact[:3] <= found[2]
    name = undot(pattern)
    return compact.startswith(name[:-1]) if name.endswith("*") else compact == name


def match(mine: Code, key: Code) -> Rule | None:
    """The first rule that fits the two codes."""
    a, b = undot(mine.code), undot(key.code)
    for rule in load():
        if (
            any(fits(pattern, a) for pattern in rule.entered)
            and any(fits(pattern, b) for pattern in rule.key)
            and (not rule.entered_title or has_phrase(mine.title, rule.entered_title))
            and (not rule.key_title or has_phrase(key.title, rule.key_title))
        ):
            return rule
    return None


def find(mine: Code, key: Code, said: Said) -> Said:
    """Give a finding the sentence of the rule that fits. Otherwise, or when only the 7th character differs, leave it
    alone.
    """
    if said.kind is Kind.WRONG_SEVENTH or (rule := match(mine, key)) is None:
        return said
    return replace(said, lead=(rule.says,), basis=rule.basis)
