"""Flash card files: what is in them, and what their reader says of a slip, by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.language import flashcards
from course.paths import data_dir

#: Deck -> the least number of cards that the course promises.
PROMISED = {"word-parts": 150, "abbreviations": 60, "rules": 40}


@pytest.mark.parametrize("name", flashcards.DECKS)
def test_a_deck_is_whole(name: str):
    assert flashcards.faults(name) == []
    cards = flashcards.deck(name)
    assert len(cards) >= PROMISED[name]
    assert all(card.front and card.back and card.deck == name for card in cards)


def test_each_rule_names_its_source():
    assert all(len(card.source) > 5 for card in flashcards.deck("rules"))


def test_confused_parts_exist():
    ids = {card.id for card in flashcards.deck("word-parts")}
    import csv

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
