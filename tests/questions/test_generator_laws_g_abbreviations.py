"""Abbreviations and look-alikes: their tables, and that the laws refuse an exercise whose line says something else."""

from __future__ import annotations

import csv
import difflib

import pytest

from course.codesets import icd10cm
from course.language import flashcards
from course.questions import generators
from course.questions.generators import abbreviation_orders, abbreviations, look_alikes


@pytest.fixture(scope="module")
def codes():
    return icd10cm.open_edition(2027)


def test_each_line_holds_its_letters_and_one_meaning_alone() -> None:
    ids = set()
    with flashcards.path("abbreviations").open(encoding="utf-8", newline="") as lines:
        ids = {row["id"] for row in csv.DictReader(lines)}
    with flashcards.path("abbreviation-lines").open(encoding="utf-8", newline="") as lines:
        assert {row["id"] for row in csv.DictReader(lines)} <= ids
    several = 0
    for row in abbreviations.rows():
        for line in row.lines:
            assert abbreviations._read(row.letters, line) == row.meaning, (row.letters, line)
        several += len(abbreviations.meanings_of(row.letters)) > 1
    assert several >= 50


def test_a_line_with_a_cue_of_another_meaning_is_not_read() -> None:
    assert abbreviations._read("MS", "Echo: MS, valve area 1.2 cm2.") == "mitral stenosis"
    assert abbreviations._read("MS", "Echo: MS, known plaques.") == "", "two meanings have a cue"
    assert abbreviations._read("MS", "MS.") == "", "none has"
    assert abbreviations._read("PE", "PERRLA, lungs clear.") == "", "not the letters"


@pytest.mark.parametrize("order", abbreviation_orders.ORDERS, ids=lambda one: one.text)
def test_each_order_has_a_dangerous_and_a_safe_form(order: abbreviation_orders.Order) -> None:
    assert abbreviation_orders.dangers(order.risky) == [order.mark[: len(abbreviation_orders.dangers(order.risky)[0])]]
    assert abbreviation_orders.dangers(order.safe) == []


def test_each_look_alike_line_fits_its_word_alone() -> None:
    words = look_alikes.words()
    assert len(words) >= 70 and all(words[one.twin].twin == one.word for one in words.values())
    for one in words.values():
        assert len(one.lines) == 2
        for line in one.lines:
            assert line.count("{}") == 1 and look_alikes._fits(one.word, line), line
            assert not look_alikes._fits(one.twin, line), line


def test_a_line_need_not_say_what_its_word_means(codes) -> None:
    """Where the meaning is asked, the line leaves it out; one line of each word at least can be used so."""
    for one in look_alikes.words().values():
        assert any(not look_alikes.echoes(line, one.meaning) for line in one.lines), one.word
    assert look_alikes.echoes("Red stomach lining, {}.", "inflammation of the stomach")
    item = next(one for s in range(500) if "**gastritis**" in (one := generators.make("look-alike", s, 1, codes)).stem)
    law = generators.GENERATORS["look-alike"].law
    told = item.stem.replace("A line of a chart:\n\n", "A line of a chart:\n\nStomach: ")
    assert law(item, codes) and not law(item.model_copy(update={"stem": told}), codes)


def test_other_words_are_spelled_alike_or_mean_something_near_and_fit_by_grammar(codes) -> None:
    words, shares = look_alikes.words(), []
    for seed in range(200):
        item = generators.make("look-alike", seed, 2, codes)
        key = words[item.options[item.key].text]
        others = [words[one.text] for one in item.options if one.text not in (key.word, key.twin)]
        same = [
            one
            for one in words.values()
            if (one.word in look_alikes.ADJECTIVES) == (key.word in look_alikes.ADJECTIVES)
        ]
        near = sorted(same, key=lambda one: look_alikes._unlike(one.meaning, key.meaning))[:14]
        for one in others:
            alike = difflib.SequenceMatcher(None, one.word, key.word).ratio() >= 0.5
            assert one in same and (alike or one in near), (key.word, one.word)
            shares.append(alike)
    assert sum(shares) > 0.6 * len(shares)


def test_every_drop_has_a_strength() -> None:
    for order in abbreviation_orders.ORDERS:
        assert "drop" not in order.text or "%" in order.text, order.text


def test_each_category_of_a_look_alike_exists(codes) -> None:
    named = {one.category for one in look_alikes.words().values()} - {""}
    assert len(named) > 40 and all(codes.get(category) is not None for category in named)


@pytest.mark.parametrize("name", ["abbreviation-in-context", "look-alike"])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_law_reads_the_line_and_not_the_key(name: str, level: int, codes) -> None:
    """Each wrong option as the key, and a stem with another exercise's line, are refused."""
    law = generators.GENERATORS[name].law
    for seed in range(12):
        item = generators.make(name, seed, level, codes)
        for wrong in range(len(item.options)):
            moved = tuple(one.model_copy(update={"correct": n == wrong}) for n, one in enumerate(item.options))
            assert law(item.model_copy(update={"options": moved}), codes) == item.options[wrong].correct


@pytest.mark.parametrize("name", ["abbreviation-in-context", "look-alike"])
def test_no_key_is_told_by_its_length(name: str, codes) -> None:
    for seed in range(600):
        item = generators.make(name, seed, 1 + 2 * (seed % 2), codes)
        assert not list(item.lints()), item
