"""Skin lesions of drawn excisions: what they are, where they sit, how large they are, and how a note tells it.

Sizes are whole millimeters throughout, so that no sum is ever rounded.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from course.codesets.rules import excision
from course.codesets.rules.common import plain


class Disease(NamedTuple):
    """A finding of the pathologist. ``first``: what it was thought to be on sight, now and then wrongly. Sizes and
    margins in mm, lowest and highest. ``parts``: the only parts of the body where it is drawn; none for all."""

    name: str
    kind: str
    first: tuple[str, ...]
    size: tuple[int, int]
    margin: tuple[int, int]
    parts: tuple[str, ...] = ()


class Site(NamedTuple):
    """``name`` in a note, ``part`` as the rule knows it, the longest lesion there (mm)."""

    name: str
    part: str
    most: int


class Lesion(NamedTuple):
    """One lesion; sizes in mm. ``margins``: on the two sides across the widest part. ``layers``: closed in layers."""

    disease: Disease
    site: Site
    long: int
    short: int
    margins: tuple[int, int]
    ellipse: int
    specimen: int
    layers: bool = False

    @property
    def excised(self) -> int:
        return self.long + sum(self.margins)

    @property
    def code(self) -> str:
        return code_for(self.disease.kind, self.site.part, self.excised)


DISEASES = (
    Disease(
        "intradermal nevus",
        "benign",
        ("nevus", "basal cell carcinoma"),
        (3, 15),
        (1, 2),
        ("trunk", "arm", "scalp", "neck", "face", "nose"),
    ),
    Disease("compound nevus", "benign", ("nevus", "melanoma"), (3, 15), (1, 3)),
    Disease(
        "congenital nevus",
        "benign",
        ("congenital nevus", "melanoma"),
        (9, 30),
        (1, 3),
        ("trunk", "arm", "leg", "scalp"),
    ),
    Disease(
        "seborrheic keratosis",
        "benign",
        ("seborrheic keratosis", "melanoma"),
        (4, 24),
        (1, 2),
        ("trunk", "arm", "leg", "scalp", "neck", "face"),
    ),
    Disease(
        "dermatofibroma",
        "benign",
        ("dermatofibroma", "dermatofibroma or melanoma"),
        (4, 16),
        (1, 3),
        ("trunk", "arm", "leg"),
    ),
    Disease(
        "cherry hemangioma",
        "benign",
        ("cherry hemangioma", "nodular melanoma"),
        (3, 6),
        (1, 2),
        ("trunk", "arm", "neck", "face"),
    ),
    Disease("basal cell carcinoma", "malignant", ("basal cell carcinoma", "inflamed nevus"), (4, 30), (3, 5)),
    Disease("squamous cell carcinoma", "malignant", ("squamous cell carcinoma", "a keratosis"), (5, 30), (4, 6)),
    Disease("malignant melanoma", "malignant", ("melanoma", "atypical nevus"), (5, 20), (10, 10)),
)
SITES = (
    Site("left forearm", "arm", 26),
    Site("right upper arm", "arm", 30),
    Site("upper back", "trunk", 34),
    Site("lower back, right of the midline", "trunk", 34),
    Site("abdomen", "trunk", 34),
    Site("left side of the chest", "trunk", 30),
    Site("right thigh", "leg", 34),
    Site("left calf", "leg", 26),
    Site("scalp, at the crown", "scalp", 24),
    Site("left side of the neck", "neck", 22),
    Site("nape of the neck", "neck", 24),
    Site("back of the right hand", "hand", 16),
    Site("top of the left foot", "foot", 18),
    Site("right cheek", "face", 18),
    Site("left temple", "face", 18),
    Site("forehead", "face", 18),
    Site("chin", "face", 14),
    Site("bridge of the nose", "nose", 10),
    Site("left side of the nose", "nose", 10),
    Site("rim of the right ear", "ear", 10),
    Site("skin above the upper lip", "lip", 10),
)
#: What the groups are called when a wrong family is explained.
GROUP_WORDS = {
    "trunk": "trunk, arms and legs",
    "hands": "scalp, neck, hands, feet and genitals",
    "face": "face, ears, eyelids, nose and lips",
}
#: Widest excision (mm) that is closed without a flap or a graft.
_WIDEST = {"trunk": 58, "arm": 50, "leg": 50, "scalp": 40, "neck": 40, "nose": 14, "ear": 14, "lip": 14}
_WIDEST_ELSEWHERE = 24
#: Share of draws that end at the upper end of a size, where it matters whether the end belongs to it.
_AT_THE_EDGE = 0.3

#: Share of draws at level 3 in which the lesion without its margins would lead to another code. Below that, all do.
_MARGINS_MATTER = 0.8
#: Longest ellipse (mm) that one row of stitches closes.
ONE_ROW = 24

#: How a lesion's own size is told. ``{two}``: both diameters. The law looks for the first word.
SIZES = (
    "Lesion before the cut: {two}",
    "Lesion, measured in place: {two}",
    "Lesion size {two}",
)
EQUAL = ("with a margin of {m} on each side", "margins {m} all around", "taken with {m} of normal skin on every side")
UNEQUAL = ("margins across the widest part: {m} on the inner side, {n} on the outer side",)
ELLIPSES = ("Ellipse {length} long.", "The ellipse was {length} from tip to tip.")
SPECIMENS = ("Specimen in formalin: {length} x {width} x 0.5 cm.", "Gross: skin {length} x {width} x 0.4 cm.")


def code_for(kind: str, part: str, excised: int) -> str:
    return excision.code_for(kind, part, Decimal(excised) / 10)


def cm(length: int) -> str:
    """Millimeters as centimeters: 14 -> "1.4 cm"."""
    return f"{bare(length)} cm"


def bare(length: int) -> str:
    return plain(Decimal(length) / 10)


def told(length: int, unit: str) -> str:
    return f"{length} mm" if unit == "mm" else cm(length)


def lesion(rng: random.Random, level: int) -> Lesion | None:
    """A lesion of a size that fits its disease and place; None when the draw fits nobody."""
    disease = rng.choice(DISEASES)
    site = rng.choice([one for one in SITES if not disease.parts or one.part in disease.parts])
    low, high = disease.size
    long = rng.randint(low, min(high, site.most))
    margin = rng.randint(*disease.margin)
    margins = (margin, margin)
    if level > 1 and margin < 10 and rng.random() < 0.25:
        margins = (margin, margin + rng.randint(1, 2))
    if rng.random() < _AT_THE_EDGE:
        ends = [int(limit * 10) for limit in excision.LIMITS]
        near = [end - sum(margins) for end in ends if low <= end - sum(margins) <= min(high, site.most)]
        long = rng.choice(near) if near else long
    excised = long + sum(margins)
    if excised > _WIDEST.get(site.part, _WIDEST_ELSEWHERE):
        return None
    code = code_for(disease.kind, site.part, excised)
    if margins[0] != margins[1] and code_for(disease.kind, site.part, long + 2 * margins[0]) != code:
        return None  # CPT speaks of the narrowest margin: both readings have to meet
    if (level < 3 or rng.random() < _MARGINS_MATTER) and code_for(disease.kind, site.part, long) == code:
        return None
    short = max(2, long - rng.randint(1, max(1, long // 3)))
    ellipse = round(excised * rng.choice((2.4, 2.6, 2.8, 3.0)))
    specimen = ellipse - rng.randint(2, max(3, ellipse // 8))
    return Lesion(disease, site, long, short, margins, ellipse, specimen)


def size_words(rng: random.Random, one: Lesion, level: int) -> str:
    unit = "mm" if level > 1 and rng.random() < 0.5 else "cm"
    two = f"{one.long} x {one.short} mm" if unit == "mm" else f"{bare(one.long)} x {bare(one.short)} cm"
    return rng.choice(SIZES).format(two=two)


def margin_words(rng: random.Random, one: Lesion, level: int) -> str:
    unit = "mm" if level > 1 and rng.random() < 0.6 else "cm"
    first, other = (told(length, unit) for length in one.margins)
    return rng.choice(EQUAL if first == other else UNEQUAL).format(m=first, n=other)


def length_words(rng: random.Random, one: Lesion) -> tuple[str, str]:
    """The two lengths that lead astray: of the ellipse, and of what the pathologist received."""
    width = bare(max(one.excised - rng.randint(1, 3), 2))
    return (
        rng.choice(ELLIPSES).format(length=cm(one.ellipse)),
        rng.choice(SPECIMENS).format(length=bare(one.specimen), width=width),
    )


def numbed(rng: random.Random, lesions: Sequence[Lesion]) -> str:
    """The local anesthetic, as much as the ellipses need: mL."""
    volume = sum(one.ellipse for one in lesions) * rng.choice((0.14, 0.16, 0.18))
    return f"1% lidocaine with epinephrine, {max(2, round(volume) + 1)} mL."


def added(one: Lesion) -> str:
    """The sum of the rationale: "1.4 + 0.2 + 0.2 = 1.8 cm"."""
    return f"{bare(one.long)} + {bare(one.margins[0])} + {bare(one.margins[1])} = {cm(one.excised)}"


def slips(one: Lesion) -> dict[str, str]:
    """Wrong codes -> what leads there, the likeliest first."""
    kind, part = one.disease.kind, one.site.part
    out: dict[str, str] = {}

    def slip(length: int, why: str) -> None:
        out.setdefault(code_for(kind, part, length), why)

    if one.margins[0] == one.margins[1]:
        slip(
            one.long + one.margins[0],
            f"{cm(one.long + one.margins[0])} would lead here: the margin counted once. It lies on both sides.",
        )
    slip(one.long, f"{cm(one.long)} would lead here: the lesion without its margins. They are part of the diameter.")
    other = "benign" if kind == "malignant" else "malignant"
    found = "a cancer" if kind == "malignant" else "no cancer"
    out[code_for(other, part, one.excised)] = (
        f"This family is for {other} lesions. The pathology report decides, and it found {found}."
    )
    group = excision.group_of(part)
    for name, words in GROUP_WORDS.items():
        if name != group:
            there = next(site for site in excision.GROUPS[name])
            out.setdefault(
                code_for(kind, there, one.excised), f"This family is for {words}. Read again where the lesion was."
            )
    slip(
        one.specimen,
        f"{cm(one.specimen)} is the specimen. It is longer than the diameter that counts, and shrunk besides.",
    )
    slip(one.ellipse, f"{cm(one.ellipse)} is the ellipse. Its tips only serve the closure; they do not count.")
    slip(one.short + sum(one.margins), "The smaller diameter leads here. The greatest one counts.")
    place = excision.size_of(Decimal(one.excised) / 10)
    for step in (1, -1, 2, -2):
        if 0 <= place + step < len(excision.LIMITS) + 1:
            words = excision.size_words(place + step)
            out.setdefault(excision.family(kind, part)[place + step], f"That size is {words}. Add the figures again.")
    out.pop(one.code, None)
    return out
