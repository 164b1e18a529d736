"""Where things are: the pairs that the exercises draw from, and a model of the body that decides about them.

The pairs and their reasons stand in ``data/flashcards/directions.csv`` in words. The model knows no pair: it has a
place for each name, in centimeters on a standing adult of 170 cm, rounded to what a tape measure would show. The law
compares places.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from course.paths import data_dir

#: Term -> its opposite.
OPPOSITE: dict[str, str] = {}
for _one, _other in (
    ("superior", "inferior"),
    ("anterior", "posterior"),
    ("medial", "lateral"),
    ("proximal", "distal"),
    ("superficial", "deep"),
):
    OPPOSITE |= {_one: _other, _other: _one}

#: Term -> what it says, for the options that are wrong.
MEANS = {
    "superior": "nearer to the head",
    "inferior": "nearer to the feet",
    "anterior": "nearer to the front of the body",
    "posterior": "nearer to the back of the body",
    "medial": "nearer to the midline",
    "lateral": "farther from the midline",
    "proximal": "nearer to the trunk, along a limb",
    "distal": "farther from the trunk, along a limb",
    "superficial": "nearer to the skin",
    "deep": "farther from the skin",
}


@dataclass(frozen=True)
class Pair:
    """ "The elbow is proximal to the wrist", and why."""

    id: str
    first: str
    relation: str
    second: str
    why: str


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs of the file."""
    with (data_dir() / "flashcards" / "directions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Pair(**row) for row in csv.DictReader(file))


#: Name -> distance from the midline, height above the floor, distance before (+) or behind (-) the middle of the body.
PLACES: dict[str, tuple[float, float, float]] = {
    "forehead": (0, 163, 9),
    "eye": (3.2, 158, 8),
    "ear": (8, 157, 0),
    "nose": (0, 154, 11),
    "mouth": (0, 150, 9),
    "chin": (0, 146, 9),
    "back of the head": (0, 160, -9),
    "larynx": (0, 140, 5),
    "spine of the neck": (0, 141, -4),
    "trachea": (0, 134, 3),
    "esophagus": (0, 133, -1),
    "breastbone": (0, 127, 10),
    "heart": (2, 123, 4),
    "spine of the chest": (0, 124, -7),
    "nipple": (10, 124, 11),
    "armpit": (17, 130, 0),
    "shoulder blade": (11, 129, -10),
    "diaphragm": (0, 116, 2),
    "stomach": (6, 110, 4),
    "spleen": (12, 111, -4),
    "kidney": (7, 106, -6),
    "spine of the lower back": (0, 106, -8),
    "navel": (0, 103, 11),
    "ureter": (4, 97, -4),
    "crest of the hip bone": (14, 101, 0),
    "bladder": (0, 87, 4),
    "rectum": (0, 88, -6),
    "pubic bone": (0, 86, 8),
    "sacrum": (0, 92, -10),
}
#: Name -> limb and distance along it from where it joins the trunk.
LIMBS: dict[str, tuple[str, float]] = {
    "shoulder": ("arm", 0),
    "elbow": ("arm", 31),
    "wrist": ("arm", 56),
    "knuckles": ("arm", 65),
    "fingertips": ("arm", 74),
    "hip": ("leg", 0),
    "knee": ("leg", 43),
    "ankle": ("leg", 84),
    "toes": ("leg", 106),
}
#: Names that take "lie" and not "lies".
PLURAL = frozenset(("knuckles", "fingertips", "toes"))
#: Name -> how deep below the surface of the thigh, in layers.
LAYERS: dict[str, float] = {
    "skin of the thigh": 0,
    "fat under the skin of the thigh": 1,
    "fascia of the thigh": 2,
    "muscle of the thigh": 3,
    "shaft of the femur": 4,
}
#: Centimeters by which two places must differ before a term is called true.
CLEAR = 3.0


#: Centimeters up to which two places are as good as level. Between this and ``CLEAR`` neither word is offered.
LEVEL = 1.0


def doubtful_terms(first: str, second: str) -> frozenset[str]:
    """The direction words of the trunk that some body would make true and another false: the places differ a little."""
    if first not in PLACES or second not in PLACES:
        return frozenset()
    axes = (("lateral", "medial"), ("superior", "inferior"), ("anterior", "posterior"))
    gaps = (abs(a - b) for a, b in zip(PLACES[first], PLACES[second], strict=True))
    return frozenset(term for axis, gap in zip(axes, gaps, strict=True) if LEVEL < gap < CLEAR for term in axis)


def true_terms(first: str, second: str) -> frozenset[str]:
    """Every direction word that is true of the first place, seen from the second."""
    if first in LAYERS and second in LAYERS:
        return frozenset({"deep" if LAYERS[first] > LAYERS[second] else "superficial"})
    if first in LIMBS and second in LIMBS and LIMBS[first][0] == LIMBS[second][0]:
        near = LIMBS[first][1] < LIMBS[second][1]
        return frozenset({"proximal", "superior"} if near else {"distal", "inferior"})
    if first not in PLACES or second not in PLACES:
        return frozenset()
    out, up, front = (a - b for a, b in zip(PLACES[first], PLACES[second], strict=True))
    told = set()
    for gap, more, less in ((out, "lateral", "medial"), (up, "superior", "inferior"), (front, "anterior", "posterior")):
        if abs(gap) >= CLEAR:
            told.add(more if gap > 0 else less)
    return frozenset(told)


@dataclass(frozen=True)
class Stretch:
    """A part of a limb as a chart gives it: a landmark, a direction and so many centimeters lead there."""

    site: str
    landmark: str
    relation: str
    least: int
    most: int


#: What a surgeon's tape finds: read "4 to 24 cm distal to the crease of the elbow is the forearm".
STRETCHES = (
    Stretch("upper arm", "the tip of the shoulder", "distal", 8, 24),
    Stretch("upper arm", "the crease of the elbow", "proximal", 7, 22),
    Stretch("forearm", "the crease of the elbow", "distal", 6, 18),
    Stretch("forearm", "the crease of the wrist", "proximal", 6, 18),
    Stretch("hand", "the crease of the wrist", "distal", 3, 7),
    Stretch("hand", "the knuckles", "proximal", 2, 6),
    Stretch("finger", "the knuckles", "distal", 2, 7),
    Stretch("thigh", "the crease of the groin", "distal", 8, 34),
    Stretch("thigh", "the kneecap", "proximal", 9, 32),
    Stretch("lower leg", "the kneecap", "distal", 9, 32),
    Stretch("lower leg", "the inner ankle bone", "proximal", 6, 30),
    Stretch("foot", "the base of the toes", "proximal", 2, 10),
    Stretch("toe", "the base of the toes", "distal", 1, 3),
)
#: Landmark -> limb and distance along it, for the law.
LANDMARKS: dict[str, tuple[str, float]] = {
    "the tip of the shoulder": ("arm", 0),
    "the crease of the elbow": ("arm", 31),
    "the crease of the wrist": ("arm", 56),
    "the knuckles": ("arm", 65),
    "the crease of the groin": ("leg", 0),
    "the kneecap": ("leg", 43),
    "the inner ankle bone": ("leg", 84),
    "the base of the toes": ("leg", 101),
}
#: Limb -> its parts with where they end.
PARTS: dict[str, tuple[tuple[str, float], ...]] = {
    "arm": (("upper arm", 31), ("forearm", 56), ("hand", 65), ("finger", 74)),
    "leg": (("thigh", 43), ("lower leg", 84), ("foot", 101), ("toe", 106)),
}


def site_at(landmark: str, relation: str, distance: float) -> str:
    """The part of the limb that a distance from a landmark leads to; "" beyond its ends."""
    limb, start = LANDMARKS[landmark]
    place = start + (distance if relation == "distal" else -distance)
    if place < 0:
        return ""
    return next((site for site, end in PARTS[limb] if place < end), "")
