"""``course.flashcards("word-parts")``: a deck of flash cards to turn over, at one's own pace.

The whole deck is in ``view``; turning, knowing and starting again happen in the browser, and nothing goes into the
store: the review lesson is what schedules them.
"""

from __future__ import annotations

import difflib
import random
from html import escape
from typing import Any

from course.cards import esm
from course.cards.widget import LOG, Card, fault_text
from course.language import flashcards as decks

STYLES = ("tokens.css", "card.css", "kinds.css", "deck.css", "flash_cards.css", "media.css")
#: Cards that the static form shows.
SHOWN = 12
RUN = "To turn them over, open this page in JupyterLab and press Run All."


class FlashCards(Card):
    """A deck, shuffled the same way each time, or a part of it."""

    _esm = esm.bundle("flash_cards.js", *STYLES)

    def __init__(self, name: str, group: str = "") -> None:
        shape, cards = decks.DECKS[name], list(decks.deck(name))
        groups = list(dict.fromkeys(card.group for card in cards))
        random.Random(name).shuffle(cards)
        self.label = name + (f" {group}" if group else "")
        self.static_form = static_form(name, group)
        super().__init__(
            view={
                "title": shape.title,
                "asks": shape.asks,
                "groups": groups,
                "group": group,
                "cards": [
                    {
                        "group": groups.index(card.group),
                        "front": card.front,
                        "back": card.back,
                        "more": card.more,
                        "source": card.source,
                    }
                    for card in cards
                ],
            },
            state={},
        )


def flashcards(name: object = "", group: object = "") -> Card:
    """A deck by its name, or a group of it: ``flashcards("word-parts", "suffixes")``. Another name shows those there
    are. Never raises."""
    from course.cards.panels import NoticeCard

    wanted = str(name).strip().lower().replace("_", "-").replace(" ", "-")
    try:
        if wanted not in decks.DECKS:
            near = difflib.get_close_matches(wanted, decks.DECKS, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}? There are:" if near else "There are:"
            return NoticeCard(f"There is no deck called \u201c{str(name)[:60]}\u201d", [hint], list(decks.DECKS))
        groups = {card.group.lower(): card.group for card in decks.deck(wanted)}
        part = str(group).strip().lower()
        if part and part not in groups:
            title = f"The deck has no part called \u201c{str(group)[:60]}\u201d"
            return NoticeCard(title, ["There are:"], list(groups.values()))
        if not groups:
            return NoticeCard(f"The deck {wanted} is empty", [f"Look at data/flashcards/{wanted}.csv."])
        return FlashCards(wanted, groups.get(part, ""))
    except Exception as error:
        LOG.debug("flash cards failed", exc_info=True)
        trouble = fault_text("open them", error, answered=False)
        return NoticeCard("The course could not open these flash cards", [trouble])


def static_form(name: str, group: str = "") -> str:
    """The first cards of the file as a plain table, front and back, and how many there are."""
    cards: list[Any] = [card for card in decks.deck(name) if group in ("", card.group)]
    step = max(1, len(cards) // SHOWN)  # from all over the deck, not its first letter
    rows = "\n".join(
        f"<tr><td><strong>{escape(card.front)}</strong></td><td>{escape(card.back)}"
        + (f" ({escape(card.more)})" if card.more else "")
        + "</td></tr>"
        for card in cards[: step * SHOWN : step]
    )
    title = decks.DECKS[name].title + (f": {group.lower()}" if group else "")
    return (
        f'<div class="course-static course-static-flashcards">\n'
        f"<p><strong>Flash cards: {escape(title)}</strong></p>\n"
        f"<p>{SHOWN if len(cards) > SHOWN else len(cards)} of {len(cards)} cards:</p>\n"
        f"<table>\n{rows}\n</table>\n<p><em>{RUN}</em></p>\n</div>"
    )
