"""Flash cards and single-choice questions of the lessons as a package for Anki (``.apkg``).

    write(Path("medical-coding.apkg"))                        every deck and the questions
    write(Path("words.apkg"), ["word-parts", "questions"])    those alone

Models, decks and notes have ids made from our own names and ids: who imports a later export gets the cards brought up
to date, not twice, and keeps what Anki knows of them. Questions of the exam hall (lesson 17) stay here: a practice exam
made of known questions would say nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import paths
from course.language import flashcards
from course.learner.anki_faces import CARD_FACES, CSS, LICENSE, QUESTION_FACES, questions_fields
from course.learner.cards import DECKS, HALL_LESSON, card_id
from course.questions import text

if TYPE_CHECKING:
    from course.language.flashcards import Card
    from course.questions.base import ItemBase

#: The name of all single-choice questions, beside the names of the decks of flash cards.
QUESTIONS = "questions"
_TOP = "Medical coding"
_OURS = "medical-coding-course"


class Missing(ImportError):
    """The library that writes Anki files is not installed."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note of Anki: its id with us, the deck and the model it goes to, its fields, its tags."""

    id: str
    deck: str
    model: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def names() -> list[str]:
    """What can be exported."""
    return [*flashcards.DECKS, QUESTIONS]


def stable_id(name: str) -> int:
    """A number from 2**30 to 2**31 - 1 that is always the same for a name, as Anki wants it for decks and models."""
    digest = hashlib.sha256(f"{_OURS}/{name}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def guid(note_id: str) -> str:
    """The id by which Anki knows a note again."""
    return hashlib.sha256(f"{_OURS}/{note_id}".encode()).hexdigest()[:20]


def notes(wanted: Sequence[str]) -> Iterator[Note]:
    """The notes of decks, in the order of their files. KeyError for a name that :func:`names` does not have."""
    for name in wanted:
        if name == QUESTIONS:
            from course.questions import bank

            for item in bank.sound_items():
                if item.kind == "single_choice" and item.lesson not in ("00", HALL_LESSON) and not item.plot:
                    yield _question(item)
        else:
            shape = flashcards.DECKS[name]
            yield from (_card(card, shape) for card in flashcards.deck(name))


def _card(card: Card, shape: flashcards.Deck) -> Note:
    lesson, domains = DECKS.get(f"{card.deck}/{card.group}") or DECKS.get(card.deck, ("", ()))
    fields = (shape.asks, card.front, card.back, card.more, card.source, card.group)
    shown = (*map(text.escape, fields), card_id(card))
    return Note(card_id(card), f"{_TOP}::Flash cards::{shape.title}", "card", shown, _tags(lesson, domains, card.group))


def _question(item: ItemBase) -> Note:
    deck = f"{_TOP}::Questions::Lesson {item.lesson}"
    return Note(item.id, deck, "question", (*questions_fields(item), item.id), _tags(item.lesson, item.domains))


def _tags(lesson: str, domains: Iterable[str], group: str = "") -> tuple[str, ...]:
    """Anki's tags hold no spaces: ``lesson::04``, ``exam::CPC::ICD-10-CM``, ``part::Suffixes``."""
    found = [f"lesson::{lesson}"] if lesson else []
    found += [f"exam::{domain.replace(': ', '::')}" for domain in domains]
    found += [f"part::{group}"] if group else []
    return tuple(tag.replace(" ", "_") for tag in found)


def write(file: Path, wanted: Sequence[str] = ()) -> dict[str, int]:
    """Write decks (none named: all) to ``file``, as a whole or not at all; how many notes went into each deck of Anki.

    Raises :class:`Missing` when the library ``genanki`` is not there, KeyError for an unknown deck, OSError.
    """
    try:
        import genanki  # type: ignore[import-untyped]
    except ImportError as error:
        raise Missing("genanki") from error
    models = {kind: _model(genanki, kind) for kind in ("card", "question")}
    decks: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for note in notes(list(dict.fromkeys(wanted)) or names()):
        if note.deck not in decks:
            decks[note.deck] = genanki.Deck(stable_id(f"deck/{note.deck}"), note.deck, description=LICENSE)
        made = genanki.Note(models[note.model], list(note.fields), guid=guid(note.id), tags=list(note.tags))
        decks[note.deck].add_note(made)
        counts[note.deck] = counts.get(note.deck, 0) + 1
    _pack(file, genanki.Package(list(decks.values())))
    return counts


def _model(genanki: Any, kind: str) -> Any:
    faces = {"card": CARD_FACES, "question": QUESTION_FACES}[kind]
    return genanki.Model(
        stable_id(f"model/{kind}"),
        f"{_TOP}: {faces.name}",
        fields=[{"name": name} for name in faces.fields],
        templates=[{"name": faces.name, "qfmt": faces.front, "afmt": faces.back}],
        css=CSS,
        sort_field_index=faces.fields.index(faces.sorted_by),
    )


def _pack(file: Path, package: Any) -> None:
    """The zip with its database, beside the file first. The library's own way leaves a copy in the temporary folder."""
    now = paths.now().timestamp()
    part = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(database)
        try:
            package.write_to_db(connection.cursor(), now, itertools.count(int(now * 1000)))
            connection.commit()
        finally:
            connection.close()
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(database, "collection.anki2")
                archive.writestr("media", "{}")
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)
