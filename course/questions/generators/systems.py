"""Which codes can stand in one everyday record: body systems, and conditions that a newcomer meets.

The choice is the course's own. It keeps drawn pairs and lists to what one patient may have at one visit; no law rests
on it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare
from course.questions.generators import common, pairs

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Note, NoteKind

#: From category to category: the organs concerned. ``*`` goes with everything, nothing goes with nothing but itself.
_SYSTEMS = (
    ("A00", "A09", "gut"),
    ("A15", "A19", "lung"),
    ("A36", "A38", "lung"),
    ("A40", "A41", "*"),
    ("A46", "A46", "skin"),
    ("B00", "B09", "skin"),
    ("B15", "B19", "gut"),
    ("B35", "B37", "skin"),
    ("B95", "B97", "*"),
    ("C00", "C14", "gut lung"),
    ("C15", "C26", "gut"),
    ("C30", "C39", "lung"),
    ("C40", "C41", "bone"),
    ("C43", "C44", "skin"),
    ("C50", "C63", "sex"),
    ("C64", "C68", "water"),
    ("C69", "C69", "eye"),
    ("C70", "C72", "nerve"),
    ("C73", "C75", "gland"),
    ("C76", "C80", "cancer"),
    ("C81", "C96", "blood"),
    ("D12", "D13", "gut"),
    ("D14", "D14", "lung"),
    ("D17", "D17", "skin"),
    ("D22", "D23", "skin"),
    ("D25", "D29", "sex"),
    ("D30", "D30", "water"),
    ("D3A", "D3A", "gut lung"),
    ("D50", "D89", "blood"),
    ("E00", "E07", "gland"),
    ("E08", "E16", "gland"),
    ("E20", "E35", "gland"),
    ("E40", "E68", "gland gut"),
    ("E70", "E88", "gland"),
    ("E89", "E89", "gland sex"),
    ("F10", "F19", "mind"),
    ("F01", "F09", "mind nerve"),
    ("F20", "F99", "mind"),
    ("G00", "G99", "nerve"),
    ("G47", "G47", "mind lung"),
    ("H00", "H59", "eye"),
    ("H60", "H95", "ear"),
    ("I00", "I99", "heart"),
    ("I60", "I69", "nerve"),
    ("I80", "I89", "skin"),
    ("J00", "J99", "lung"),
    ("J00", "J39", "ear"),
    ("K00", "K14", "mouth"),
    ("K20", "K95", "gut"),
    ("L00", "L99", "skin"),
    ("M00", "M99", "bone"),
    ("M40", "M54", "nerve"),
    ("N00", "N39", "water"),
    ("N40", "N98", "sex"),
    ("N40", "N42", "water"),
    ("O00", "O9A", "mother"),
    ("P00", "P96", "child"),
    ("R00", "R09", "heart lung"),
    ("R10", "R19", "gut"),
    ("R20", "R23", "skin"),
    ("R25", "R29", "nerve bone"),
    ("R30", "R39", "water sex"),
    ("R40", "R46", "nerve mind"),
    ("R47", "R49", "nerve"),
    ("R50", "R69", "*"),
    ("R70", "R79", "gland blood"),
    ("S00", "S09", "nerve eye ear"),
    ("S10", "S99", "bone"),
    ("Z72", "Z72", "*"),
    ("Z87", "Z87", "*"),
)
#: Who meant what, and what hardly anybody sees.
_UNLIKELY = re.compile(
    r"self-harm|assault|undetermined|terroris|war operation|legal intervention|venom|abuse, confirmed|neglect"
    r"|childhood|\(child\)|congenital|hereditary|familial|asymptomatic|in remission|adult and child"
    r"|intraoperative|transplant",
    re.IGNORECASE,
)
#: Words of titles of tumors that name no site.
_NO_SITE = {
    *("malignant", "neoplasm", "benign", "unspecified", "other", "overlapping", "secondary", "carcinoma", "tumor"),
    *("sites", "right", "left", "upper", "lower", "cell", "part", "with", "without", "female", "male", "connective"),
}


@lru_cache(maxsize=16384)
def systems(code: str) -> frozenset[str]:
    """The organs that a code is about."""
    head = bare(code)[:3]
    return frozenset(name for first, last, names in _SYSTEMS if first <= head <= last for name in names.split())


def likely(code: Code, level: int) -> bool:
    """Whether a code may be drawn into a pair: told of everyday, at levels 1 and 2 of a category (1) or a part of the
    book (2) that a newcomer meets."""
    if _UNLIKELY.search(code.title) or code.code[0] in "QTVWXYU":
        return False
    head = bare(code.code)[:3]
    return level == 3 or head in common.teaching_categories() or (level == 2 and head in _near())


@lru_cache(maxsize=1)
def _near() -> frozenset[str]:
    """The categories next to one that a newcomer meets."""
    out = set()
    for one in common.teaching_categories():
        if one[1:].isdigit():
            out |= {f"{one[0]}{int(one[1:]) + step:02d}" for step in (-1, 1)}
    return frozenset(out)


def together(a: Code, b: Code) -> bool:
    """Whether two codes are about the same organs. Two tumors have to name one site."""
    one, other = systems(a.code), systems(b.code)
    if not (one & other or "*" in one | other):
        return False
    return not (tumor(a.code) and tumor(b.code)) or bool(_site(a.title) & _site(b.title))


#: Regions of the body by words of titles. Neighbors share a region: who has a thigh muscle shortened has it at the hip
#: or at the knee.
_REGIONS = (
    ("shoulder arm", r"upper arm|humer"),
    ("shoulder", r"shoulder|clavic|acromi|scapul|rotator|axill"),
    ("arm elbow", r"elbow"),
    ("elbow hand", r"forearm|ulna|radius|radial"),
    ("hand", r"wrist|hand|finger|thumb|carpal|palm"),
    ("hip", r"\bhip|pelvi|pelvic|buttock|groin|sacroiliac"),
    ("hip knee", r"thigh|femur|femor"),
    ("knee", r"knee|patell|menisc|cruciate"),
    ("knee foot", r"lower leg|tibia|fibul|\bcalf"),
    ("foot", r"ankle|foot|toe|hallux|heel|plantar|achilles|calcan|malleol|tars"),
    ("hip knee foot", r"lower (?:limb|extrem)"),
    ("shoulder arm elbow hand", r"upper (?:limb|extrem)"),
    ("head", r"head|scalp|skull|\bface|facial|jaw|temporomand|eyelid|nose|nasal|\bear\b|lip\b"),
    ("neck", r"neck|cervic|occipit"),
    ("thorax", r"thorac"),
    ("loin", r"lumb|sacral|sacro"),
    ("neck thorax loin", r"\bspin|\bback\b|trunk"),
    ("chest", r"chest|rib|breast|stern"),
    ("abdomen", r"abdom"),
)
#: Injuries by place, where a title names none.
_INJURED = ("head", "neck", "chest thorax", "abdomen loin", "shoulder arm", "elbow", "hand", "hip", "knee", "foot")


def regions(code: Code) -> frozenset[str]:
    """The regions of the body that a code names; empty where it names none."""
    title = code.title.lower()
    found = {name for names, words in _REGIONS if re.search(words, title) for name in names.split()}
    if not found and code.code[0] == "S":
        found = set(_INJURED[int(code.code[1])].split())
    return frozenset(found)


def one_site(a: Code, b: Code) -> bool:
    """Whether two codes can be about one place: an Excludes1 note keeps apart what is one condition, and a thigh and a
    hand are two."""
    one, other = regions(a), regions(b)
    return not (one and other) or bool(one & other)


def tumor(code: str) -> bool:
    """Whether it is a code of chapter 2."""
    return code[0] == "C" or (code[0] == "D" and code < "D50")


def _site(title: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{5,}", title.lower())} - _NO_SITE


@lru_cache(maxsize=256)
def everyday(wanted: frozenset[str]) -> tuple[str, ...]:
    """The categories that a newcomer meets and that are about one of the organs; tumors aside."""
    return tuple(
        one
        for one in common.teaching_categories()
        if systems(one) & wanted and one[0] not in "CQSTUVWXYZ" and not tumor(one)
    )


@lru_cache(maxsize=64)
def notes(
    codes: CodeSet, kind: NoteKind, letters: str, lengths: tuple[int, int], common_only: bool, apart: bool = False
) -> tuple[Note, ...]:
    """The notes of a kind (see ``pairs.noted``) that name something about the same organs; ``apart``: in another part
    of the book."""
    return tuple(
        note
        for note in pairs.noted(codes, kind, letters, 60, lengths, common_only)
        if any(
            (systems(note.owner) & systems(ref.first) or "*" in systems(note.owner) | systems(ref.first))
            and not (apart and ref.first[0] == note.owner[0])
            for ref in note.refs
        )
    )
