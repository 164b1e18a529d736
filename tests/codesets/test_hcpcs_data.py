"""The HCPCS codes of the course: their shape, dates and words. With the reference tables: dates and units are CMS's."""

from __future__ import annotations

import csv
import gzip
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from course.codesets import cpt, hcpcs
from course.paths import data_dir

REFERENCE = os.environ.get("COURSE_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(not REFERENCE, reason="COURSE_REFERENCE_DIR names no reference tables")
SECTIONS = set("ABCEGHJKLMPQRSTUV")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

#: Our name of a unit -> how the official texts write it.
UNITS = {
    "mg": r"mg|milligram",
    "mcg": r"mcg|micrograms?",
    "g": r"g|gm|grams?",
    "unit": r"units?|usp units?|i\.?u\.?|each unit|split unit",
    "mEq": r"meq",
    "ml": r"ml|cc",
    "min": r"minutes?|minute",
    "mile": r"(statute )?miles?",
    "lens": r"lens",
    "kcal": r"calories",
    "day": r"day|diem",
    "sq cm": r"square centimeter",
    "sq in": r"square inches",
    "oz": r"ounce|oz",
    "fl oz": r"fluid ounce",
    "hour": r"hour",
}


@cache
def _own() -> tuple[dict[str, str], ...]:
    with (data_dir() / "codesets" / "hcpcs.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def _official() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in _reference("hcpcs.csv.gz")}


def _reference(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(Path(REFERENCE or "") / name, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9.%]+", text.lower())


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _same(one: list[str], other: list[str]) -> float:
    """Share of words that two texts have in common, 0 to 1, whatever their order."""
    rest = list(other)
    common = 0
    for word in one:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / max(len(one) + len(other), 1)


def _states(text: str, amount: str, unit: str) -> bool:
    """Whether an official text names this amount of this unit; a lone unit ("per mile") may leave out the 1."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower())
    plain = re.sub(r"one(-|\s)half \(1/2\) hour", "30 minutes", plain)
    name = UNITS.get(unit, re.escape(unit).rstrip("s") + "s?")
    number = re.escape(amount)
    if unit in ("strips", "gloves", "syringes"):
        return re.search(rf"\b{number}\b", plain) is not None
    if re.search(rf"(?<![\d.]){number}(\s|-)*({name})(?![a-z])", plain):
        return True
    return amount == "1" and re.search(rf"\b({name})(?![a-z])", plain) is not None


def test_codes_are_level_two_codes_in_order_and_of_all_sections() -> None:
    codes = [row["code"] for row in _own()]
    assert len(codes) >= 500
    assert codes == sorted(set(codes))
    assert all(hcpcs.is_shape(code) for code in codes)
    assert {code[0] for code in codes} == SECTIONS == set(hcpcs.letters())


def test_words_are_few_and_tell_the_codes_apart() -> None:
    words = [row["words"] for row in _own()]
    assert all(0 < len(text.split()) <= 12 for text in words)
    assert len(set(words)) == len(words)


def test_units_are_whole_or_absent() -> None:
    for row in _own():
        assert bool(row["amount"]) == bool(row["unit"]), row
        assert row["per"] in (("per", "up to", "") if row["amount"] else ("",)), row
        assert not row["amount"] or Decimal(row["amount"]) > 0, row


def test_dates_and_figures_have_their_form() -> None:
    for row in _own():
        assert all(not row[name] or ISO.fullmatch(row[name]) for name in ("added", "ended")), row
        assert not (row["added"] and row["ended"]) or row["added"] <= row["ended"], row
        assert row["edition"]
        assert bool(row["mue"]) == bool(row["mai"]), row


def test_some_codes_are_retired_and_lead_to_codes_in_force() -> None:
    ended = [entry for entry in hcpcs.codes() if entry.ended]
    assert len(ended) >= 40
    for entry in hcpcs.codes():
        assert entry.ended or not entry.replaced_by, entry
        for code in entry.replaced_by:
            now = hcpcs.get(code)
            assert cpt.is_shape(code) if now is None else not now.ended, (entry, code)


def test_codes_of_old_lessons_are_retired() -> None:
    successor = {"J0171": "J0165", "J1940": "J1938", "J2310": "J2312", "J3370": "J3373", "J9340": "J9342"}
    for code, now in successor.items():
        entry = hcpcs.get(code)
        assert entry is not None
        assert entry.ended.startswith("2025-")
        assert entry.replaced_by == (now,)


@needs_reference
def test_dates_are_those_of_the_official_list() -> None:
    for row in _own():
        official = _official()[row["code"]]
        assert row["added"].replace("-", "") == official["add_dt"], row
        assert row["ended"].replace("-", "") == official["term_dt"], row
        assert official["status"] == ("terminated" if row["ended"] else "active at Oct 2025"), row


@needs_reference
def test_units_stand_in_the_official_text() -> None:
    faults = []
    for row in _own():
        text = _official()[row["code"]]["long_desc"]
        if row["amount"] and not _states(text, row["amount"], row["unit"]):
            faults.append((row, text))
        if row["amount"] and (row["per"] == "up to") != (f"up to {row['amount']}" in text.lower().replace(",", "")):
            faults.append((row, text))
    assert not faults


@needs_reference
def test_most_units_are_those_of_the_medically_unlikely_edits() -> None:
    edits = {row["code"]: row for row in _reference("mue.csv.gz")}
    for row in _own():
        edit = edits.get(row["code"], {"practitioner_mue": "", "mai": ""})
        assert (row["mue"], row["mai"]) == (edit["practitioner_mue"], edit["mai"]), row


@needs_reference
def test_words_are_ours() -> None:
    for row in _own():
        ours = _words(row["words"])
        for name in ("long_desc", "short_desc"):
            theirs = _words(_official()[row["code"]][name])
            assert not _runs(ours, 6) & _runs(theirs, 6), (row, theirs)
            assert _same(ours, theirs) < 0.85, (row, theirs)


@needs_reference
def test_successors_that_are_numbers_are_valid() -> None:
    numbers = {row["code"] for row in _reference("cpt_numbers.csv.gz")}
    plain = {code for row in _own() for code in row["replaced_by"].split() if code.isdigit()}
    assert plain
    assert plain <= numbers
