"""The flash card card without a page: decks, parts of a deck, names that do not exist, the static form."""

from __future__ import annotations

from typing import Any

import pytest

import course
from course.cards.flash_cards import FlashCards
from course.cards.panels import NoticeCard
from course.language import flashcards


@pytest.mark.parametrize("name", flashcards.DECKS)
def test_a_deck_opens_with_all_its_cards(name: str):
    card: Any = course.flashcards(name)
    assert isinstance(card, FlashCards) and repr(card) == f"<FlashCards {name}>"
    fronts = [one["front"] for one in card.view["cards"]]
    assert sorted(fronts) == sorted(one.front for one in flashcards.deck(name))
    assert fronts != [one.front for one in flashcards.deck(name)], "shuffled"
    assert fronts == [one["front"] for one in course.flashcards(name).view["cards"]], "the same way each time"
    assert card.static_form.count("<tr>") == 12


def test_a_part_of_a_deck():
    card: Any = course.flashcards("Word parts", "suffixes")
    assert repr(card) == "<FlashCards word-parts Suffixes>" and card.view["group"] == "Suffixes"
    assert all(row.startswith("<strong>-") for row in card.static_form.split("<td>")[1::2])


@pytest.mark.parametrize("name", ["nonsense", "", None, 7, "word-part"])
def test_another_name_lists_those_there_are(name: object):
    found: Any = course.flashcards(name)
    assert isinstance(found, NoticeCard) and found.view["list"] == list(flashcards.DECKS)
    assert ("Did you mean word-parts?" in found.view["lines"][0]) == (name == "word-part")


def test_another_part_lists_those_there_are():
    found: Any = course.flashcards("word-parts", "verbs")
    assert isinstance(found, NoticeCard) and "Suffixes" in found.view["list"]
