"""The files of sentences about service lines: complete, short, kind; retired numbers are not in force."""

from __future__ import annotations

import csv
import gzip
import re
import string
from pathlib import Path

import pytest

import course.grading.services as package
from course.codesets import cpt, modifiers
from course.grading.services import retired, wording

SOURCES = " ".join(path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.glob("*.py"))
TABLES = wording.load()


@pytest.mark.parametrize("table", ["headlines", "sentences"])
def test_every_name_is_used_and_short_enough(table: str) -> None:
    most = wording.HEADLINE_WORDS if table == "headlines" else 45
    for name, text in TABLES[table].items():
        built = re.sub(r"_[01]$", "_", name)
        assert f'"{name}"' in SOURCES or f'f"{built}{{' in SOURCES, name
        assert len(text.split()) <= most and text == text.strip() and text, name
        assert table != "headlines" or text.endswith("."), name


@pytest.mark.parametrize("table", TABLES)
def test_nobody_is_scolded_and_no_code_is_named(table: str) -> None:
    for name, text in TABLES[table].items():
        assert (
            not re.search(r"\b(?:wrong|incorrect|error|fail(?:ed)?|mistake|stupid|no!)\b", text, re.I)
            and "!" not in text
        )
        assert not re.search(r"\b\d{5}\b|\b[A-Z]\d{4}\b", text), name
    assert {
        field for text in TABLES["pointers"].values() for _, field, _, _ in string.Formatter().parse(text) if field
    } == set()


def test_every_group_of_modifiers_has_a_pointer_that_names_none() -> None:
    assert {one.group for one in modifiers.all_modifiers()} <= set(TABLES["pointers"])
    for text in TABLES["pointers"].values():
        assert not re.search(r"\b(?:[A-Z]{2}|\d\d)\b", text)
    assert wording.pointer("no such group") == TABLES["pointers"]["other"]


def test_retired_numbers_are_not_taught_and_not_in_force(reference_dir: Path) -> None:
    numbers = [number for one in retired.load() for number in one.numbers]
    assert len(numbers) == len(set(numbers)) > 60
    assert not [number for number in numbers if cpt.get(number) is not None]
    with gzip.open(reference_dir / "cpt_numbers.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        assert not {row["code"] for row in csv.DictReader(lines)} & set(numbers)
    for one in retired.load():
        assert 2010 <= one.year <= 2026 and len(one.says.split()) <= 30 and not re.search(r"\d{5}", one.says)
