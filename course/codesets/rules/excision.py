"""Excision of a skin lesion: which size counts, and the number it leads to.

Rule (CPT, excision of benign and malignant lesions): the excised diameter is the greatest diameter of the lesion itself
plus the narrowest margin needed on both sides, measured before the cut, in centimeters. Each lesion is coded alone. The
pathology report decides between benign and malignant. A simple closure is included; a layered one is not.
"""

from __future__ import annotations

from decimal import Decimal

from course.codesets.rules.common import RuleError, decimal

KINDS = ("benign", "malignant")
#: Site group -> the sites in it.
GROUPS: dict[str, tuple[str, ...]] = {
    "trunk": ("trunk", "arm", "leg"),
    "hands": ("scalp", "neck", "hand", "foot", "genitalia"),
    "face": ("face", "ear", "eyelid", "nose", "lip", "mucous membrane"),
}
#: Upper ends of the sizes in centimeters; larger than the last is the sixth size.
LIMITS = tuple(map(Decimal, ("0.5", "1.0", "2.0", "3.0", "4.0")))
#: What is added to the first number of a family for each size (5 is skipped by the book).
_STEPS = (0, 1, 2, 3, 4, 6)
_FIRST = {
    ("benign", "trunk"): 11400,
    ("benign", "hands"): 11420,
    ("benign", "face"): 11440,
    ("malignant", "trunk"): 11600,
    ("malignant", "hands"): 11620,
    ("malignant", "face"): 11640,
}


def diameter(lesion: object, margin: object = 0, other_margin: object | None = None) -> Decimal:
    """Excised diameter in cm: greatest `lesion` diameter + `margin` on both sides (or `other_margin` on the second)."""
    size = decimal(lesion, "The lesion")
    if not size:
        raise RuleError("The lesion must be larger than 0 cm.")
    first = decimal(margin, "The margin")
    return size + first + (first if other_margin is None else decimal(other_margin, "The other margin"))


def group_of(site: str) -> str:
    """Site group of a `site` ("arm" -> "trunk"). RuleError for a site that is not known."""
    for group, sites in GROUPS.items():
        if site in sites:
            return group
    known = ", ".join(site for sites in GROUPS.values() for site in sites)
    raise RuleError(f"The site {site!r} is not known; there are {known}.")


def family(kind: str, site: str) -> tuple[str, ...]:
    """The six numbers of a kind and site, from the smallest size to the largest."""
    if kind not in KINDS:
        raise RuleError("A lesion is benign or malignant.")
    if kind == "malignant" and site == "mucous membrane":
        raise RuleError("The family of malignant skin lesions does not hold mucous membranes.")
    first = _FIRST[kind, group_of(site)]
    return tuple(str(first + step) for step in _STEPS)


def size_of(excised: object) -> int:
    """Place of a diameter (cm) among the six sizes, 0 to 5. The upper end of a size belongs to it."""
    size = decimal(excised, "The diameter")
    if not size:
        raise RuleError("The diameter must be larger than 0 cm.")
    return sum(size > limit for limit in LIMITS)


def code_for(kind: str, site: str, excised: object) -> str:
    """Number for a lesion of `kind` at `site` with an excised diameter of `excised` cm."""
    return family(kind, site)[size_of(excised)]


def size_words(place: int) -> str:
    """Our words for one of the six sizes: "up to 0.5 cm", "more than 0.5, up to 1.0 cm"."""
    if place == 0:
        return f"up to {LIMITS[0]} cm"
    if place == len(LIMITS):
        return f"more than {LIMITS[-1]} cm"
    return f"more than {LIMITS[place - 1]}, up to {LIMITS[place]} cm"
