"""Origin and destination of an ambulance trip: one letter each, origin first, make a modifier ("RH": home to hospital).

Source: Medicare Claims Processing Manual, chapter 15, section 30 (letters); words are our own. S stands only first (one
does not travel to an accident), X only second (a stop at a doctor's office on the way to the hospital). Whether a trip
is paid is another matter.
"""

from __future__ import annotations

from typing import NamedTuple

from course.codesets.rules.common import RuleError


class Place(NamedTuple):
    """A letter, our words for it, and where it may stand."""

    letter: str
    words: str
    origin: bool = True
    destination: bool = True


PLACES: dict[str, Place] = {
    one.letter: one
    for one in (
        Place("D", "a place for tests or treatment that is no doctor's office and no hospital"),
        Place("E", "a home for residents or long-term care without skilled nursing"),
        Place("G", "a dialysis unit that belongs to a hospital"),
        Place("H", "a hospital"),
        Place("I", "a transfer point such as an airport or a helicopter pad"),
        Place("J", "a dialysis unit that stands on its own"),
        Place("N", "a skilled nursing facility"),
        Place("P", "a doctor's office"),
        Place("R", "the patient's own home"),
        Place("S", "the scene of an accident or sudden illness", destination=False),
        Place("X", "a stop at a doctor's office on the way to the hospital", origin=False),
    )
}
ORIGINS = tuple(letter for letter, place in PLACES.items() if place.origin)
DESTINATIONS = tuple(letter for letter, place in PLACES.items() if place.destination)


def modifier(origin: str, destination: str) -> str:
    """The two letters. RuleError for an unknown letter or one that may not stand there."""
    for letter in (origin, destination):
        if letter not in PLACES:
            raise RuleError(f"{letter!r} is no letter of a place; there are {', '.join(PLACES)}.")
    if not PLACES[origin].origin:
        raise RuleError(f"{origin} stands second only: {PLACES[origin].words}.")
    if not PLACES[destination].destination:
        raise RuleError(f"{destination} stands first only: {PLACES[destination].words}.")
    return origin + destination


def read(text: str) -> tuple[Place, Place]:
    """The two places of a modifier such as "RH". RuleError when it is none."""
    letters = text.strip().upper()
    if len(letters) != 2:
        raise RuleError("An ambulance modifier is two letters, the origin and the destination.")
    modifier(letters[0], letters[1])
    return PLACES[letters[0]], PLACES[letters[1]]
