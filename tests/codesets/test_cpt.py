"""CPT numbers, their ranges, their figures; modifiers. With the reference tables: every figure is the official one."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.codesets import cpt, modifiers

REFERENCE = os.environ.get("COURSE_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(not REFERENCE, reason="COURSE_REFERENCE_DIR names no reference tables")


def _reference(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(Path(REFERENCE or "") / name, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


@pytest.mark.parametrize(
    ("number", "section", "subsection"),
    [
        ("99213", "em", "em-office"),
        ("99417", "em", "em-prolonged-same-day"),
        ("00810", "anesthesia", "anesthesia-lower-abdomen"),
        ("99100", "anesthesia", "anesthesia-circumstances"),
        ("29881", "surgery", "surgery-bones"),
        ("60240", "surgery", "surgery-endocrine"),
        ("71046", "radiology", "radiology-diagnostic"),
        ("80053", "pathology", "pathology-panels"),
        ("0001U", "pathology", "laboratory-proprietary"),
        ("96372", "medicine", "medicine-infusion"),
        ("98006", "em", "em-telemedicine"),
        ("1234F", "", "category-2"),
        ("0042T", "", "category-3"),
    ],
)
def test_place_of_a_number(number: str, section: str, subsection: str) -> None:
    place = cpt.section_of(number)
    assert place is not None
    assert (place.parent, place.key) == (section, subsection)


@pytest.mark.parametrize("text", ["", "12", "J1885", "99999", "00001", "S52.521A", "1234X", "٩٩٢١٣"])
def test_no_place(text: str) -> None:
    assert cpt.section_of(text) is None
    assert cpt.get(text) is None


def test_every_number_has_figures_that_make_sense() -> None:
    assert len(cpt.numbers()) > 800
    for one in cpt.numbers():
        assert cpt.is_shape(one.code)
        assert one.subsection.holds(one.code)
        assert one.global_days in {"000", "010", "090", "MMM", "XXX", "YYY", "ZZZ", ""}
        assert (one.base_units is not None) <= (one.section.key == "anesthesia")
        assert one.code not in one.primaries


def test_ranges_nest() -> None:
    for section in cpt.sections():
        for part in cpt.subsections(section.key):
            assert part.parent == section.key and part.first <= part.last
            if part.key not in {"anesthesia-circumstances", "em-telemedicine"} and part.first.isdigit():
                assert section.first <= part.first and part.last <= section.last


def test_pairs_are_found_from_both_sides() -> None:
    one = cpt.pair("29870", "29881")
    assert one is not None and one == cpt.pair("29881", "29870")
    assert (one.column1, one.column2) == ("29881", "29870")
    assert cpt.pair("29881", "00100") is None
    assert {one.indicator for one in cpt.pairs().values()} <= {"0", "1"}


def test_modifiers() -> None:
    found = modifiers.get("-rt")
    assert found is not None and (found.code, found.group) == ("RT", "side")
    assert modifiers.get("ZZ") is None
    assert len(modifiers.all_modifiers()) >= 150
    for one in modifiers.all_modifiers():
        assert one.words and one.group and one.goes_on and len(one.words.split()) <= 18


@needs_reference
def test_numbers_are_valid_and_figures_official() -> None:
    official = {row["code"]: row for row in _reference("cpt_numbers.csv.gz")}
    others = {row["code"] for row in _reference("cpt_numbers_other_lists.csv.gz")}
    gone = {row["code"] for row in _reference("cpt_2026_hint.csv.gz")}
    mue = {row["code"]: row for row in _reference("mue.csv.gz")}
    addon = {row["add_on_code"] for row in _reference("addon_codes.csv.gz")}
    for one in cpt.numbers():
        assert one.code in official or one.code in others, one.code
        assert one.code not in gone, one.code
        row = official.get(one.code)
        assert row is None or row["global_days"] == one.global_days, one.code
        if one.mue is not None:
            assert mue[one.code]["practitioner_mue"] == str(one.mue), one.code
        assert one.addon == (one.code in addon or one.global_days == "ZZZ"), one.code


@needs_reference
def test_pairs_are_official() -> None:
    wanted = {key: one.indicator for key, one in cpt.pairs().items()}
    with gzip.open(Path(REFERENCE or "") / "ncci_ptp_active.csv.gz", "rt", encoding="utf-8") as lines:
        found = {(a, b): last.strip() for a, b, last in (line.split(",") for line in lines) if (a, b) in wanted}
    assert found == wanted


@needs_reference
def test_modifiers_of_hcpcs_are_official() -> None:
    official = {row["code"]: row for row in _reference("hcpcs_modifiers.csv.gz")}
    for one in modifiers.all_modifiers():
        if one.system == "HCPCS Level II":
            assert one.code in official, one.code
            assert official[one.code]["term_dt"] == one.ended.replace("-", ""), one.code
