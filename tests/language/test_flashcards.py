"""Flash card files: what is in them, and what their reader says of a slip, by file and line."""

from __future__ import annotations

import csv
import gzip
import os
import re
import shutil
from pathlib import Path

import pytest

from course.language import flashcards
from course.paths import data_dir

#: Deck -> the least number of cards that the course promises.
PROMISED = {
    "word-parts": 150,
    "abbreviations": 60,
    "rules": 40,
    "conventions": 45,
    "modifiers": 180,
    "cpt-ranges": 60,
    "hcpcs-letters": 17,
    "place-of-service": 30,
    "root-operations": 31,
}


@pytest.mark.parametrize("name", flashcards.DECKS)
def test_a_deck_is_whole(name: str):
    assert flashcards.faults(name) == []
    cards = flashcards.deck(name)
    assert len(cards) >= PROMISED[name]
    assert all(card.front and card.back and card.deck == name for card in cards)


@pytest.mark.parametrize("name", [name for name in flashcards.DECKS if name not in ("word-parts", "abbreviations")])
def test_each_card_names_its_source_and_the_day(name: str):
    assert all(len(card.source) > 5 and card.checked for card in flashcards.deck(name))


def test_sources_tell_of_every_file():
    told = (data_dir() / "flashcards" / "SOURCES.md").read_text(encoding="utf-8")
    for file in (data_dir() / "flashcards").glob("*.csv"):
        assert f"| `{file.name}` |" in told


def rows(name: str) -> list[dict[str, str]]:
    with (data_dir() / "codesets" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_modifiers_say_what_the_code_set_says_and_none_has_ended():
    told = {card.front.removeprefix("Modifier "): card.back for card in flashcards.deck("modifiers")}
    assert told == {
        row["code"]: f"{row['words'][0].upper()}{row['words'][1:]}." for row in rows("modifiers") if not row["ended"]
    }


def test_number_ranges_are_those_of_the_code_set():
    ranges = {f"cpt-{row['key']}": f"{row['first']} to {row['last']}" for row in rows("cpt_ranges")}
    numbers = {card.id: card.back for card in flashcards.deck("cpt-ranges") if card.id in ranges}
    assert len(numbers) >= 50
    special = {"cpt-em", "cpt-anesthesia", "cpt-medicine"}  # with the numbers that stand apart from the others
    assert {one: numbers[one] for one in numbers if one not in special} == {
        one: ranges[one] for one in numbers if one not in special
    }
    for one in special:
        assert all(number in numbers[one] for number in ranges[one].split(" to "))


def test_letters_are_those_of_the_code_set():
    told = {card.front[-1]: card.back.rstrip(".").lower() for card in flashcards.deck("hcpcs-letters")}
    assert told == {row["letter"]: row["topic"].lower() for row in rows("hcpcs_letters")}


def test_conventions_name_a_section():
    for card in flashcards.deck("conventions"):
        assert re.fullmatch(r"ICD-10-CM Guidelines FY2025 I\.[AB]\.\d+(\.[ab])?( and I\.A\.\d+)?", card.source), card


def test_root_operations_are_the_31_of_medical_and_surgical():
    cards = {card.front.removeprefix("Root operation "): card for card in flashcards.deck("root-operations")}
    letters = {name: re.match(r"Third character ([0-9A-Y])\. \w", card.more)[1] for name, card in cards.items()}
    assert len(cards) == 31 == len(set(letters.values())) and not set(letters.values()) & set("IOEAZ")


def test_root_operations_against_the_official_tables():
    folder = os.environ.get("COURSE_REFERENCE_DIR")
    if not folder or not (Path(folder) / "pcs_tables.csv.gz").is_file():
        pytest.skip("COURSE_REFERENCE_DIR names no folder with pcs_tables.csv.gz")
    official = {}
    with gzip.open(Path(folder) / "pcs_tables.csv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("0") and ",3,Operation," in line:
                table, _, _, _, value, label = next(csv.reader([line]))
                official[label] = value
    told = {card.front.removeprefix("Root operation "): card.more[16] for card in flashcards.deck("root-operations")}
    assert told == official


def test_confused_parts_exist():
    ids = {card.id for card in flashcards.deck("word-parts")}
    with flashcards.path("word-parts").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert set(row["confused_with"].split()) <= ids - {row["id"]}, row["id"]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules in a folder of their own, to spoil."""
    monkeypatch.setattr(flashcards, "data_dir", lambda: tmp_path)
    shutil.copytree(data_dir() / "flashcards", tmp_path / "flashcards")
    flashcards.deck.cache_clear()
    yield tmp_path / "flashcards" / "rules.csv"
    flashcards.deck.cache_clear()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rec-x,Who?", "another number of columns"),
        ("rec-x,,Nobody.,45 CFR 164.502,2026-11-22", "no id, no front or no back"),
        ("rec-x,Who?,Nobody.,45 CFR 164.502,2026-11-22,left over", "another number of columns"),
        ("rec-x,Who?,Nobody.,45 CFR 164.502,22 November", "22 November is not a day"),
        (f"rec-x,Who?,{'word ' * 33},45 CFR 164.502,2026-11-22", "its back has more than 32 words"),
    ],
)
def test_a_slip_is_named_with_its_line(line: str, said: str, copy: Path):
    before = copy.read_text(encoding="utf-8").rstrip("\n")
    copy.write_text(f"{before}\n{line}\n", encoding="utf-8")
    (fault,) = flashcards.faults("rules")
    assert said in fault.message and fault.line == len(before.splitlines()) + 1
    assert str(fault).startswith(f"data/flashcards/rules.csv:{fault.line}: ")


def test_a_card_that_stands_twice_is_named(copy: Path):
    lines = copy.read_text(encoding="utf-8").rstrip("\n").splitlines()
    copy.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert [fault.line for fault in flashcards.faults("rules")] == [len(lines) + 1] * 2, "its id and its front"


def test_a_file_without_its_columns_or_letters(copy: Path):
    copy.write_text("id;front;back\n", encoding="utf-8")
    (fault,) = flashcards.faults("rules")
    assert fault.line == 1 and "does not name id, front, back" in fault.message
    copy.write_bytes("id,front,back,source,checked\nrec-é,a,b,c,d\n".encode("latin-1"))
    (fault,) = flashcards.faults("rules")
    assert "cannot be read" in fault.message and "UTF-8" in fault.advice
    copy.unlink()
    assert flashcards.deck("rules") == () and len(flashcards.faults("rules")) == 1
