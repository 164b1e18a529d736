"""The CPT numbers that the course teaches, read from ``data/codesets/cpt.csv`` and the ranges of ``cpt_ranges.csv``.

Sources and editions stand in ``data/codesets/SOURCES.md``. The course holds numbers, places, figures of CMS and its own
paraphrases; the AMA's descriptors are in the CPT book, or in a licensed file that the learner loads.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from course.codesets.cpt.model import Number, Pair, Range
from course.paths import data_dir

#: The edition that stands on screens beside a CPT number.
EDITION = "CPT 2026; figures of the Medicare fee schedule of October 2025"

_SHAPE = re.compile(r"\d{4}[0-9FMTU]", re.ASCII)


def is_shape(text: str) -> bool:
    """Whether a text could be a CPT number: five digits, or four and one of F, M, T, U."""
    return _SHAPE.fullmatch(text) is not None


def normalise(text: str) -> str:
    """A number as it is written: capitals, no space around it."""
    return text.strip().upper()


def get(number: str) -> Number | None:
    """What the course holds about a number, or None when it is not among those it teaches."""
    return _numbers().get(normalise(number))


def numbers() -> tuple[Number, ...]:
    """All numbers that the course teaches, in the order of the book's sections."""
    return tuple(_numbers().values())


def sections() -> tuple[Range, ...]:
    """The six sections of Category I, then Category II and III."""
    return tuple(one for one in _ranges().values() if not one.parent)


def subsections(section: str) -> tuple[Range, ...]:
    """The parts of a section, by its key. Empty for a section without parts or an unknown key."""
    return tuple(one for one in _ranges().values() if one.parent == section)


def range_of(key: str) -> Range:
    """A section or part by its key. Raises KeyError."""
    return _ranges()[key]


def section_of(number: str) -> Range | None:
    """The narrowest range that holds a number, taught or not; None outside all of them."""
    wanted = normalise(number)
    if not is_shape(wanted):
        return None
    found = [one for one in _ranges().values() if one.holds(wanted)]
    return min(found, key=_width) if found else None


def pair(one: str, other: str) -> Pair | None:
    """The NCCI edit between two codes in either direction, of the pairs that the course teaches."""
    table = pairs()
    return table.get((one, other)) or table.get((other, one))


@cache
def pairs() -> dict[tuple[str, str], Pair]:
    """The NCCI edits that the course teaches: (column 1, column 2) -> edit."""
    found = (Pair(row["column1"], row["column2"], row["indicator"]) for row in _rows("ncci_pairs.csv"))
    return {(one.column1, one.column2): one for one in found}


def forget() -> None:
    """Read the numbers again when they are asked for next (after a licensed file was loaded)."""
    _numbers.cache_clear()


@cache
def words() -> dict[str, str]:
    """Number -> our paraphrase, from all files in ``data/codesets/cpt_words``."""
    files = sorted((data_dir() / "codesets" / "cpt_words").glob("*.csv"))
    return {row["code"]: row["words"] for file in files for row in _read(file)}


@cache
def terms() -> dict[str, tuple[str, ...]]:
    """Number -> what charts call it (abbreviations, eponyms, single words in the order of the alphabet). An index to
    search in, from ``cpt_terms.csv``: never shown, no description."""
    return {row["code"]: tuple(row["terms"].split()) for row in _rows("cpt_terms.csv")}


def _width(one: Range) -> tuple[int, bool]:
    return int(one.last[:4] + "0") - int(one.first[:4] + "0"), not one.parent


@cache
def _ranges() -> dict[str, Range]:
    return {row["key"]: Range(**row) for row in _rows("cpt_ranges.csv")}


@cache
def _numbers() -> dict[str, Number]:
    from course.codesets.cpt import licensed

    own, order = licensed.descriptors(), list(_ranges())
    found = [_number(row, own.get(row["code"], "")) for row in _rows("cpt.csv")]
    return {one.code: one for one in sorted(found, key=lambda one: (order.index(one.subsection.key), one.code))}


def _number(row: dict[str, str], descriptor: str) -> Number:
    place = section_of(row["code"])
    if place is None:
        raise ValueError(f"cpt.csv: {row['code']} lies in no range of cpt_ranges.csv")
    return Number(
        code=row["code"],
        category=place.category,
        section=range_of(place.parent) if place.parent else place,
        subsection=place,
        status=row["status"],
        global_days=row["global_days"],
        addon=row["addon"] == "1",
        primaries=() if row["primaries"] == "*" else tuple(row["primaries"].split()),
        pctc=row["pctc"],
        multiple=row["multiple"],
        bilateral=row["bilateral"],
        assistant=row["assistant"],
        cosurgeon=row["cosurgeon"],
        team=row["team"],
        mue=int(row["mue"]) if row["mue"] else None,
        mai=row["mai"],
        base_units=int(row["base_units"]) if row["base_units"] else None,
        words=words().get(row["code"], ""),
        descriptor=descriptor,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    return _read(data_dir() / "codesets" / name)


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
