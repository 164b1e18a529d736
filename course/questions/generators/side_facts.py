"""Procedures on one side, on both, on fingers, toes and eyelids: the words of a note, and the modifier for them."""

from __future__ import annotations

import random
from typing import NamedTuple

from course.codesets import cpt

FINGERS = ("thumb", "index finger", "middle finger", "ring finger", "little finger")
TOES = ("great toe", "second toe", "third toe", "fourth toe", "fifth toe")
LIDS = ("upper eyelid", "lower eyelid")
_MARKS = {
    ("left", "fingers"): ("FA", "F1", "F2", "F3", "F4"),
    ("right", "fingers"): ("F5", "F6", "F7", "F8", "F9"),
    ("left", "toes"): ("TA", "T1", "T2", "T3", "T4"),
    ("right", "toes"): ("T5", "T6", "T7", "T8", "T9"),
    ("left", "lids"): ("E1", "E2"),
    ("right", "lids"): ("E3", "E4"),
}
NAMES = {"fingers": FINGERS, "toes": TOES, "lids": LIDS}


class Work(NamedTuple):
    """A procedure. ``on``: fingers, toes, lids, sides, or both (the number covers both sides). ``part``: what has the
    sides. ``field``: what goes together in one session."""

    code: str
    done: str
    on: str
    field: str
    part: str = ""

    @property
    def bilateral(self) -> str:
        found = cpt.get(self.code)
        assert found is not None
        return found.bilateral


#: Fields of digits and lids where one session seldom has several.
ONE_PLACE = ("injury", "nails", "lids")
#: Ear tubes are mostly for small children.
CHILDREN = ("69436",)


class Place(NamedTuple):
    """``right ring finger`` and its modifier; ``mark`` 50 or "" for both sides."""

    words: str
    mark: str


WORKS = (
    Work("26055", "Trigger finger set free", "fingers", "hand"),
    Work("26720", "Broken finger bone splinted, not moved", "fingers", "injury"),
    Work("11730", "Nail plate pulled off", "fingers", "nails"),
    Work("28285", "Hammer toe straightened", "toes", "foot"),
    Work("28296", "Bunion corrected, bone cut near its head", "sides", "foot", "foot"),
    Work("11750", "Nail removed with its root", "toes", "nail roots"),
    Work("28510", "Broken toe taped, not moved", "toes", "injury"),
    Work("11730", "Nail plate pulled off", "toes", "nails"),
    Work("67700", "Abscess of the lid opened", "lids", "lids"),
    Work("68761", "Plug set into the tear duct opening", "lids", "eye"),
    Work("64721", "Carpal tunnel opened", "sides", "hand", "wrist"),
    Work("20526", "Carpal tunnel injected", "sides", "hand", "wrist"),
    Work("29881", "Meniscus trimmed by scope", "sides", "leg", "knee"),
    Work("27447", "Joint replaced", "sides", "leg", "knee"),
    Work("20610", "Joint injected", "sides", "leg", "knee"),
    Work("66984", "Cataract out, lens in", "sides", "cataract", "eye"),
    Work("69436", "Ear tube placed under general anesthesia", "sides", "tubes", "ear"),
    Work("49505", "Hernia repaired, first time, open", "sides", "belly", "groin"),
    Work("31254", "Front ethmoid cells cleared by scope", "sides", "sinus", "ethmoid sinus"),
    Work("31267", "Maxillary sinus opened by scope, tissue taken out", "sides", "sinus", "maxillary sinus"),
    Work("31256", "Maxillary sinus opened by scope", "sides", "sinus", "maxillary sinus"),
    Work("30901", "Front nosebleed stopped by packing", "sides", "nose", "nostril"),
    Work("31231", "Scope of the nose to look", "both", "nose", "nasal passage"),
    Work("92557", "Full hearing test", "both", "hearing", "ear"),
    Work("92250", "Back of the eye photographed", "both", "eye", "eye"),
    Work("76514", "Thickness of the cornea measured", "both", "eye", "eye"),
    Work("93880", "Duplex of the neck arteries", "both", "neck", "neck"),
)
DIGITS = tuple(one for one in WORKS if one.on in NAMES)
SIDED = tuple(one for one in WORKS if one.on == "sides")
BOTH = tuple(one for one in WORKS if one.on == "both")


def place(rng: random.Random, work: Work, taken: tuple[str, ...] = ()) -> Place:
    """A finger, toe or lid that is not among `taken` (their modifiers)."""
    while True:
        side, n = rng.choice(("right", "left")), rng.randrange(len(NAMES[work.on]))
        if work.code in ("28285", "28510") and n == 0:
            continue  # of the other toes
        mark = _MARKS[side, work.on][n]
        if mark not in taken:
            return Place(f"{side} {NAMES[work.on][n]}", mark)


def one_side(rng: random.Random, work: Work) -> Place:
    side, mark = rng.choice((("right", "RT"), ("left", "LT")))
    return Place(f"{side} {work.part}", mark)


#: Not done on both sides in one session.
ONE_AT_A_TIME = ("66984",)


def both_sides(work: Work) -> Place:
    plural = (
        "sides of the neck"
        if work.part == "neck"
        else f"{work.part}s".replace("sinuss", "sinuses").replace("foots", "feet")
    )
    return Place(f"both {plural}", "50" if work.bilateral == "1" else "")


#: How charts write it; what stays "both" comes last.
_SHORT = {
    "right ": "R ", "left ": "L ", "both nostrils": "bilateral nares", "both nasal passages": "bilateral nares",
    "nostril": "naris", "both knees": "bilat knees", "both feet": "bilat feet", "both wrists": "bilat wrists",
    "both groins": "bilat groins", "both ethmoid": "bilat ethmoid", "both maxillary": "bilat maxillary",
}  # fmt: skip


def brief(words: str) -> str:
    """As charts shorten it: ``R ring finger``, ``bilateral nares``, ``bilat knees``."""
    for long, short in _SHORT.items():
        words = words.replace(long, short)
    return words


def neighbors(rng: random.Random, mark: str) -> list[str]:
    """Modifiers that a slip of the hand leads to: the same place on the other side, and the places beside it."""
    for (side, on), marks in _MARKS.items():
        if mark in marks:
            n = marks.index(mark)
            other = _MARKS["left" if side == "right" else "right", on]
            near = [marks[k] for k in (n - 1, n + 1) if 0 <= k < len(marks)]
            beside = [other[k] for k in (n - 1, n + 1) if 0 <= k < len(other)]
            return [other[n], *near, *rng.sample(beside, 1)]
    return []
