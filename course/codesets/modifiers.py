"""Modifiers of CPT and HCPCS Level II: two characters that say how a service differed, without changing its code.

Meanings in ``data/codesets/modifiers.csv`` are our own words; sources stand in ``SOURCES.md`` there.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from course.paths import data_dir


@dataclass(frozen=True, slots=True)
class Modifier:
    """``system``: CPT, CPT physical status, or HCPCS Level II. ``words``: its meaning. ``group``: what it is about
    (visit, side, digit, component, global, surgeon, distinct, repeat, drug, equipment, notice …). ``goes_on``: the
    kind of line it belongs on (visit, procedure, anesthesia, laboratory, therapy, drug, equipment, ambulance, any …).
    ``ended``: ISO date from which it is no longer valid, or ""."""

    code: str
    system: str
    words: str
    group: str
    goes_on: str
    ended: str


def normalise(text: str) -> str:
    """A modifier as it is written: capitals, without the hyphen before it."""
    return text.strip().lstrip("-").upper()


def get(modifier: str) -> Modifier | None:
    """The modifier, or None when the course does not know it."""
    return _modifiers().get(normalise(modifier))


def all_modifiers() -> tuple[Modifier, ...]:
    """All modifiers: those of CPT, physical status, HCPCS Level II."""
    return tuple(_modifiers().values())


@cache
def _modifiers() -> dict[str, Modifier]:
    with (data_dir() / "codesets" / "modifiers.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Modifier(**row) for row in csv.DictReader(lines)}
