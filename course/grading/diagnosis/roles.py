"""What a family of codes is for (``roles.toml``): said where such a code stands and something else is asked for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from course.grading.diagnosis.rules import cite, fits
from course.grading.diagnosis.shape import undot
from course.grading.diagnosis.titles import has_phrase

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code


@dataclass(frozen=True, slots=True)
class Role:
    """One row of the file; see its head for the fields."""

    codes: tuple[str, ...]
    says: str
    section: str
    gist: str
    title: str = ""
    first: str = ""
    first_section: str = ""
    only_first: bool = False

    @property
    def basis(self) -> str:
        return cite(self.section, self.gist)

    @property
    def first_basis(self) -> str:
        return cite(self.first_section or self.section, self.gist)


@lru_cache(maxsize=1)
def load() -> tuple[Role, ...]:
    """The roles in their order."""
    with Path(__file__).with_name("roles.toml").open("rb") as file:
        rows = tomllib.load(file)["role"]
    return tuple(Role(tuple(row.pop("codes")), **row) for row in rows)


@lru_cache(maxsize=4096)
def _of(compact: str, title: str) -> Role | None:
    for role in load():
        if any(fits(pattern, compact) for pattern in role.codes) and (not role.title or has_phrase(title, role.title)):
            return role
    return None


def role_of(code: Code) -> Role | None:
    """The first role that fits a code, or None."""
    return _of(undot(code.code), code.title)
