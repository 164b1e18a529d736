"""CPT numbers of earlier years that learners still meet, and what became of them (``retired.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.codesets import cpt


@dataclass(frozen=True, slots=True)
class Retired:
    """``year``: the edition in which the numbers were gone. ``says``: one sentence on what became of them."""

    numbers: frozenset[str]
    year: int
    says: str


def find(number: str) -> Retired | None:
    """The entry of a retired number, or None."""
    return next((one for one in load() if number in one.numbers), None)


@cache
def load() -> tuple[Retired, ...]:
    """All entries of the file."""
    with Path(__file__).with_name("retired.toml").open("rb") as file:
        rows = tomllib.load(file)["retired"]
    return tuple(Retired(frozenset(_spread(row["numbers"])), row["year"], row["says"]) for row in rows)


def _spread(texts: list[str]) -> list[str]:
    """ "99217-99220" as its four numbers. Raises ValueError for what is no number."""
    out: list[str] = []
    for text in texts:
        first, _, last = text.partition("-")
        last = last or first
        if not (cpt.is_shape(first) and cpt.is_shape(last)):
            raise ValueError(f"retired.toml: {text!r} is no CPT number")
        out += [f"{n:05d}" for n in range(int(first), int(last) + 1)]
    return out
