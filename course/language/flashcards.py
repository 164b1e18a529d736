"""Flash cards: plain files of question and answer, one deck a file, for reading now and for scheduling by the review.

``data/flashcards/NAME.csv`` holds a deck. The decks differ in their columns (a word part has an example, a rule has a
source), so each has a short function here that makes two sides of a row. Adding a line to a file adds a card.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.language.fault import Fault
from course.paths import data_dir

_DAY = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
#: The longest side of a card, in words: what one can hold at a glance.
FRONT_WORDS, BACK_WORDS = 25, 32


@dataclass(frozen=True, slots=True)
class Card:
    """``front`` asks, ``back`` answers, ``more`` (or "") helps to keep it. ``group``: a part of the deck to learn by
    itself. ``source`` is the law, book or agency behind a rule, "" where the deck has one source for all, which stands
    in ``data/flashcards/SOURCES.md``; ``checked`` the day somebody last looked at it, as 2026-11-22, or ""."""

    id: str
    deck: str
    group: str
    front: str
    back: str
    more: str
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Deck:
    """A file of cards. ``columns``: what its first line must name."""

    name: str
    title: str
    asks: str
    columns: tuple[str, ...]
    sides: Callable[[Mapping[str, str]], tuple[str, str, str, str, str]]


def _word_part(row: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    """Group, front, back, more, source."""
    shown = {"prefix": f"{row['part']}-", "suffix": f"-{row['part']}"}.get(row["kind"], row["part"])
    if row["kind"] == "root" and row["vowel"]:
        shown += f"/{row['vowel']}"
    more = f"{row['example']}: {row['example_meaning']}" if row["example"] else ""
    group = {"prefix": "Prefixes", "root": "Roots", "suffix": "Suffixes"}.get(row["kind"], row["kind"])
    return group, shown, row["meaning"], more, ""


def _abbreviation(row: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    front = f"{row['abbreviation']} ({row['setting']})" if row["setting"] else row["abbreviation"]
    more = f"Danger: {row['danger']} Write: {row['safer']}" if row["danger"] else row["example"]
    return ("Dangerous" if row["danger"] else "In daily use"), front, row["meaning"], more, ""


def _rule(row: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    group = {"law": "Law and compliance", "rec": "The record"}.get(row["id"].split("-")[0], "Rules")
    return group, row["front"], row["back"], "", row["source"]


def _plain(row: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    return row["group"], row["front"], row["back"], row["more"], row["source"]


_PLAIN = ("id", "group", "front", "back", "more", "source", "checked")

DECKS: dict[str, Deck] = {
    one.name: one
    for one in (
        Deck(
            "word-parts",
            "Word parts",
            "What does this part of a word mean?",
            ("id", "part", "kind", "vowel", "meaning", "example", "example_meaning", "confused_with"),
            _word_part,
        ),
        Deck(
            "abbreviations",
            "Abbreviations",
            "What does it stand for?",
            ("id", "abbreviation", "meaning", "setting", "danger", "safer", "example"),
            _abbreviation,
        ),
        Deck("rules", "Rules", "What is the rule?", ("id", "front", "back", "source", "checked"), _rule),
        Deck("conventions", "Conventions of ICD-10-CM", "What does it mean, or what do you do?", _PLAIN, _plain),
        Deck("modifiers", "Modifiers", "What does it say?", _PLAIN, _plain),
        Deck("cpt-ranges", "Sections of CPT", "Which numbers, or which part of the book?", _PLAIN, _plain),
        Deck("hcpcs-letters", "Letters of HCPCS Level II", "What stands under this letter?", _PLAIN, _plain),
        Deck("place-of-service", "Place of service codes", "Which place is it?", _PLAIN, _plain),
        Deck("root-operations", "Root operations of ICD-10-PCS", "What is done?", _PLAIN, _plain),
    )
}


def path(name: str) -> Path:
    """The file of a deck."""
    return data_dir() / "flashcards" / f"{name}.csv"


@cache
def deck(name: str) -> tuple[Card, ...]:
    """The cards of a deck, in the order of its file; rows that cannot be read are left out (``faults`` lists them).

    Raises KeyError for a deck that does not exist.
    """
    return tuple(card for _, card in _rows(name) if isinstance(card, Card))


def faults(name: str | None = None) -> list[Fault]:
    """What is wrong with the files, by file and line: of one deck, or of all."""
    found = []
    for one in DECKS if name is None else (name,):
        places: dict[str, int] = {}
        for line, card in _rows(one):
            if isinstance(card, Fault):
                found.append(card)
                continue
            for side, text, most in (("front", card.front, FRONT_WORDS), ("back", card.back, BACK_WORDS)):
                if len(text.split()) > most:
                    found.append(_fault(one, line, f"[{card.id}] its {side} has more than {most} words", "Shorten it."))
            for what, seen in ((card.id, f"the id {card.id}"), (card.front, f"the front {card.front!r}")):
                if (before := places.setdefault(f"{seen[4]}{what}", line)) != line:
                    found.append(_fault(one, line, f"{seen} stands in line {before}, too", "Change or remove one."))
    return found


def _fault(name: str, line: int, message: str, advice: str) -> Fault:
    return Fault(f"data/flashcards/{name}.csv", line, message, advice)


def _rows(name: str) -> Iterator[tuple[int, Card | Fault]]:
    """Line number and card, or what is wrong with the line."""
    shape = DECKS[name]
    try:
        # utf-8-sig: a spreadsheet program puts a mark before the first column's name.
        with path(name).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [column for column in shape.columns if column not in (reader.fieldnames or ())]
            if missing:
                yield 1, _fault(name, 1, f"the first line does not name {', '.join(missing)}", "Put the columns back.")
                return
            for row in reader:
                yield reader.line_num, _card(shape, row, reader.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        yield 0, _fault(name, 0, f"cannot be read ({error})", "Save it as CSV in UTF-8.")


def _card(shape: Deck, row: Mapping[str | None, str | list[str] | None], line: int) -> Card | Fault:
    if None in row or None in row.values():
        return _fault(
            shape.name, line, "has another number of columns than the first line", "Put quotes around text with commas."
        )
    clean = {str(key): str(value).strip() for key, value in row.items()}
    group, front, back, more, source = shape.sides(clean)
    if not (clean["id"] and front and back):
        return _fault(shape.name, line, "has no id, no front or no back", "Fill it in or remove the line.")
    if (day := clean.get("checked", "")) and not _DAY.fullmatch(day):
        return _fault(shape.name, line, f"{day} is not a day", "Write it as 2026-11-22.")
    return Card(clean["id"], shape.name, group, front, back, more, source, day)
