"""The HCPCS Level II codes of the course, read from ``data/codesets/hcpcs.csv``."""

from __future__ import annotations

import csv
import re
from functools import cache

from course.codesets.hcpcs.model import Entry
from course.paths import data_dir

#: The edition that stands on screens beside a HCPCS code.
EDITION = "HCPCS Level II, January 2026 texts, codes of July 2026"

_SHAPE = re.compile(r"[A-CE-HJ-MP-V]\d{4}", re.ASCII)


def is_shape(text: str) -> bool:
    """Whether a text could be a HCPCS Level II code: one letter and four digits. D codes belong to the dental set."""
    return _SHAPE.fullmatch(text) is not None


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
def _codes() -> dict[str, Entry]:
    with (data_dir() / "codesets" / "hcpcs.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _entry(row) for row in csv.DictReader(lines)}


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
