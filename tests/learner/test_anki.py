"""The export for Anki: opened like any zip, ids that stay, no word of CPT's own, faults in words."""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from course import cli
from course.bootstrap.errors import UserError
from course.language import flashcards
from course.learner import anki
from course.learner.anki_faces import CARD_FACES, CSS, QUESTION_FACES


class Export(NamedTuple):
    notes: dict[str, tuple[int, str, list[str]]]  # guid -> model, tags, fields
    decks: dict[int, dict[str, Any]]
    models: dict[int, dict[str, Any]]
    cards: int


def opened(file: Path) -> Export:
    folder = file.parent / f"{file.stem}-open"
    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["collection.anki2", "media"] and archive.read("media") == b"{}"
        archive.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    try:
        rows = connection.execute("select guid, mid, tags, flds from notes").fetchall()
        ((decks, models),) = connection.execute("select decks, models from col").fetchall()
        ((cards,),) = connection.execute("select count(*) from cards").fetchall()
        ((together,),) = connection.execute(
            "select count(*) from cards join notes on notes.id = cards.nid where cards.did <> 1"
        ).fetchall()
    finally:
        connection.close()
    assert together == cards, "each card has its note, and none lies in Anki's own deck"
    return Export(
        {guid: (model, tags, fields.split("\x1f")) for guid, model, tags, fields in rows},
        {int(one): deck for one, deck in json.loads(decks).items() if one != "1"},
        {int(one): model for one, model in json.loads(models).items()},
        cards,
    )


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Export, Export, dict[str, int]]:
    folder = tmp_path_factory.mktemp("anki")
    counts = anki.write(folder / "one.apkg")
    anki.write(folder / "two.apkg", list(reversed(anki.names())))
    return opened(folder / "one.apkg"), opened(folder / "two.apkg"), counts


def test_two_exports_have_the_same_ids(exports: tuple[Export, Export, dict[str, int]]) -> None:
    one, two, counts = exports
    assert one.notes == two.notes and len(one.notes) == one.cards == sum(counts.values())
    assert set(one.decks) == set(two.decks) and set(one.models) >= set(two.models)
    assert {deck["name"] for deck in one.decks.values()} == set(counts)


def test_ids_do_not_change_with_a_version_of_the_course() -> None:
    """Written down here: whoever changes them gives every learner each card a second time."""
    assert anki.guid("card/rules/law-01") == "8fa7c884afe0d5e69832"
    assert (anki.stable_id("model/card"), anki.stable_id("model/question")) == (1804705139, 1418062213)


def test_every_deck_and_question_is_there_and_none_of_the_hall(exports: tuple[Export, Export, dict[str, int]]) -> None:
    ids = {fields[-1] for _, _, fields in exports[0].notes.values()}
    for name in flashcards.DECKS:
        assert {f"card/{name}/{card.id}" for card in flashcards.deck(name)} <= ids
    questions = {one for one in ids if not one.startswith("card/")}
    assert len(questions) > 200 and not any(one.startswith(("17-", "00-")) for one in questions)


def test_a_note_is_whole(exports: tuple[Export, Export, dict[str, int]]) -> None:
    export = exports[0]
    names = {model: [one["name"] for one in found["flds"]] for model, found in export.models.items()}
    assert set(map(tuple, names.values())) >= {CARD_FACES.fields, QUESTION_FACES.fields}
    for model, tags, fields in export.notes.values():
        note = dict(zip(names[model], fields, strict=True))
        assert note["Id"] and "lesson::" in tags and all(" " not in tag for tag in tags.split())
        if "Front" in note:
            assert note["Front"] and note["Back"] and note["Asks"]
        else:
            assert note["Options"].count("<li>") >= 2 and note["Source"] and note["Why"]
            assert "<strong>" in note["Answer"] and "plot" not in note["Question"]
    modifier = export.notes[anki.guid("card/modifiers/m-25")][2]
    assert modifier[1] == "Modifier 25" and modifier[4] == "CPT 2026"


def test_sides_style_and_license(exports: tuple[Export, Export, dict[str, int]]) -> None:
    for model in exports[0].models.values():
        if model["name"].startswith("Medical coding"):
            (side,) = model["tmpls"]
            assert "{{Id}}" in side["afmt"] and "CC BY 4.0" in side["afmt"] and "{{Source}}" in side["afmt"]
            assert "{{Back}}" not in side["qfmt"] and "{{Answer}}" not in side["qfmt"]
            assert model["css"] == CSS and ".nightMode" in CSS and ".night_mode" in CSS
    for deck in exports[0].decks.values():
        assert "American Medical Association" in deck["desc"] and "endorses" in deck["desc"]


def test_text_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    card = flashcards.Card("x", "rules", "A & B", "<b>Is 1 < 2?</b>", "Yes & no", "", "45 CFR", "2026-11-22")
    monkeypatch.setattr(flashcards, "deck", lambda name: (card,))
    (note,) = anki.notes(["rules"])
    assert note.fields[1:3] == ("&lt;b&gt;Is 1 &lt; 2?&lt;/b&gt;", "Yes &amp; no") and "part::A_&_B" in note.tags


# -- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("course.bootstrap.start.enter", lambda *_: None)
    return lambda *words: cli.main(["export", "anki", *words])


def test_a_deck_by_its_name(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--deck", "HCPCS letters", "--deck", "root-operations") == 0
    told = capsys.readouterr().out
    assert "48 notes are in medical-coding.apkg" in told
    assert len(opened(tmp_path / "medical-coding.apkg").notes) == 48
    assert run("medical-coding.apkg", "--deck", "hcpcs-letters") == 0, (
        "a later export takes the place of an earlier one"
    )
    assert len(opened(tmp_path / "medical-coding.apkg").notes) == 17
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["medical-coding.apkg"], "nothing left over"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--deck", "root operation"], "Did you mean root-operations?"),
        (["--deck", "zebra"], "There is no deck called zebra."),
        (["cards.zip"], "cards.apkg"),
        (["no/such/cards.apkg"], "There is no folder"),
        (["."], "is a folder"),
    ],
)
def test_what_the_caller_can_mend(run: Any, words: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        run(*words)
    assert said in raised.value.text() and not list(tmp_path.iterdir())


def test_without_the_library_it_says_what_to_install(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(UserError, match="genanki") as raised:
        run("--deck", "hcpcs-letters")
    assert "pip install genanki" in raised.value.text() and not list(tmp_path.iterdir())


def test_a_disk_that_takes_nothing(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.apkg").write_text("before", encoding="utf-8")
    monkeypatch.setattr(anki.os, "replace", full)
    with pytest.raises(UserError, match="No space left on device"):
        run("a.apkg", "--deck", "hcpcs-letters")
    assert [one.name for one in tmp_path.iterdir()] == ["a.apkg"]
    assert (tmp_path / "a.apkg").read_text(encoding="utf-8") == "before"
