"""The HCPCS Level II codes of the course, read from ``data/codesets/hcpcs.csv``."""

from __future__ import annotations

import csv
from functools import cache

from course.codesets.hcpcs import loaded
from course.codesets.hcpcs.model import Entry
from course.paths import data_dir

#: The edition that stands on screens beside a HCPCS code.
EDITION = "HCPCS Level II, January 2026 texts, codes of July 2026"


def normalise(text: str) -> str:
    """A code as it is written: capitals, no space around it."""
    return text.strip().upper()


def get(code: str) -> Entry | None:
    """The code, or None when the course does not hold it."""
    return _codes().get(normalise(code))


def codes() -> tuple[Entry, ...]:
    """All codes at hand, in order."""
    return tuple(_codes().values())


def letters() -> dict[str, str]:
    """Letter -> what its codes are for, in our words."""
    with (data_dir() / "codesets" / "hcpcs_letters.csv").open(encoding="utf-8", newline="") as lines:
        return {row["letter"]: row["topic"] for row in csv.DictReader(lines)}


@cache
def terms() -> dict[str, tuple[str, ...]]:
    """Code -> brand names and abbreviations that its words do not hold: an index to search in, never shown."""
    with (data_dir() / "codesets" / "hcpcs_terms.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: tuple(row["terms"].split()) for row in csv.DictReader(lines)}


def forget() -> None:
    """Read the codes again when they are asked for next (after a release was loaded)."""
    loaded.rows.cache_clear()
    _codes.cache_clear()


@cache
def _codes() -> dict[str, Entry]:
    with (data_dir() / "codesets" / "hcpcs.csv").open(encoding="utf-8", newline="") as lines:
        own = {row["code"]: _entry(row) for row in csv.DictReader(lines)}
    return loaded.joined(own) if loaded.rows() else own


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        code=row["code"],
        words=row["words"],
        amount=row["amount"],
        unit=row["unit"],
        per=row["per"],
        added=row["added"],
        ended=row["ended"],
        replaced_by=tuple(row["replaced_by"].split()),
        mue=int(row["mue"]) if row["mue"] else None,
        mai=row["mai"],
        edition=row["edition"],
    )
