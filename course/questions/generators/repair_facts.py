"""Wounds of drawn repairs: where they are, how long, how they were closed, and how a note tells it.

Lengths are whole millimeters, so that no sum is ever rounded.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from course.codesets.rules import repair
from course.codesets.rules.common import RuleError, plain
from course.questions.generators import scenes

#: Name in a note -> the site as the rule knows it, and the longest wound there (mm).
SITES: dict[str, tuple[str, int]] = {
    "scalp": ("scalp", 90),
    "left side of the neck": ("neck", 60),
    "right upper arm": ("arm", 110),
    "left forearm": ("arm", 120),
    "right forearm": ("arm", 120),
    "left hand, palm": ("hand", 60),
    "back of the right hand": ("hand", 70),
    "chest": ("trunk", 120),
    "abdomen": ("trunk", 120),
    "back": ("trunk", 130),
    "right thigh": ("leg", 130),
    "left knee": ("leg", 80),
    "right shin": ("leg", 120),
    "sole of the left foot": ("foot", 60),
    "top of the right foot": ("foot", 60),
    "forehead": ("forehead", 60),
    "left cheek": ("cheek", 60),
    "right cheek": ("cheek", 60),
    "chin": ("chin", 40),
    "bridge of the nose": ("nose", 24),
    "left ear": ("ear", 26),
    "upper lip": ("lip", 22),
    "right upper eyelid": ("eyelid", 20),
}
#: How a wound was closed. The law reads the class from these words.
HOW: dict[str, tuple[str, ...]] = {
    "simple": ("one layer of 4-0 nylon", "one layer of 5-0 nylon", "one layer, running suture"),
    "intermediate": (
        "in layers, 4-0 Vicryl deep and 5-0 nylon in the skin",
        "deep layer closed with 4-0 Vicryl, skin with 5-0 nylon",
        "layered closure, absorbable deep",
    ),
    "complex": (
        "wide undermining beyond the width of the wound, then in layers",
        "crushed edges cut back, undermined farther than the wound is wide, then in layers",
    ),
}
#: Level 3: a single layer that is intermediate because of the cleaning.
SOILED = "ground-in gravel picked out at length, then one layer of nylon"
STAPLES = "staples, one layer"
STRIPS = ("adhesive strips, no suture", "strips alone, edges together by themselves")
_FACE = ("forehead", "left cheek", "right cheek", "chin", "bridge of the nose", "upper lip")
_ARMS = ("right upper arm", "left forearm", "right forearm")
_LEGS = ("right thigh", "left knee", "right shin")
_HANDS = ("left hand, palm", "back of the right hand")
#: What happened -> the places that it wounds.
ACCIDENTS: dict[str, tuple[str, ...]] = {
    "Fell off a bicycle": ("scalp", *_FACE, "left forearm", "right forearm", *_HANDS, "left knee", "right shin"),
    "Fell through a glass door": (
        "scalp", *_FACE, "left ear", "left side of the neck", *_ARMS, *_HANDS, "chest", "abdomen", *_LEGS,
    ),
    "A lawn mower threw up stones and wire": (*_ARMS, "back of the right hand", "abdomen", *_LEGS,
                                              "top of the right foot"),
    "A mirror fell from the wall": ("scalp", *_FACE, "left ear", "right upper eyelid", "left side of the neck", *_ARMS,
                                    "back of the right hand", "top of the right foot"),
    "Slipped in the kitchen with a stack of glasses": ("chin", "upper lip", *_ARMS, *_HANDS, "left knee",
                                                       "sole of the left foot"),
    "Motorcycle slid on gravel": ("back", "abdomen", "chin", "left cheek", *_ARMS, *_HANDS, *_LEGS),
}  # fmt: skip
#: Where no wide undermining is done.
_NEVER_COMPLEX = ("left hand, palm", "back of the right hand", "sole of the left foot", "top of the right foot",
                  "right upper eyelid")  # fmt: skip
#: Sites of the face, sewn with thinner thread.
_FINE = ("forehead", "cheek", "chin", "nose", "ear", "lip", "eyelid")
#: Longest wound (mm) that is closed outside an operating room, on the trunk and elsewhere.
_AWAKE = {"trunk": 50}
_AWAKE_ELSEWHERE = 70
NOISE = (
    "NKDA.",
    "Tetanus booster given.",
    "Wounds rinsed with 1 L of saline.",
    "No tendon or nerve injury found.",
    "Sutures out in 10 days.",
    "Old scar on the left elbow, healed.",
)
#: Where lengths in one class are kept apart, for explanations.
GROUP_WORDS = {
    ("simple", "body"): "scalp, neck, trunk, limbs, hands and feet",
    ("simple", "face"): "the face with ears, eyelids, nose and lips",
    ("intermediate", "body"): "scalp, trunk, arms and legs",
    ("intermediate", "hands"): "neck, hands and feet",
    ("intermediate", "face"): "the face with ears, eyelids, nose and lips",
    ("complex", "trunk"): "the trunk",
    ("complex", "limbs"): "scalp, arms and legs",
    ("complex", "hands"): "forehead, cheeks, chin, neck, hands and feet",
    ("complex", "face"): "eyelids, nose, ears and lips",
}


class Cut(NamedTuple):
    """One wound; length in mm. ``kind`` is empty where it has no closure code."""

    place: str
    length: int
    kind: str
    how: str

    @property
    def site(self) -> str:
        return SITES[self.place][0]

    @property
    def group(self) -> str:
        return repair.group_of(self.kind, self.site)


def cuts(rng: random.Random, kinds: Sequence[str], accident: str, soiled: bool = False) -> list[Cut]:
    """One wound for each kind, each at another place of the accident. Several are drawn to one group, so that there is
    a sum. LookupError when the accident leaves no place."""
    places = list(ACCIDENTS[accident])
    rng.shuffle(places)
    asleep = "complex" in kinds
    found: list[Cut] = []
    for kind in kinds:
        partners = [one.group for one in found if one.kind == kind]
        if partners and rng.random() < 0.55:
            places.sort(key=lambda place: repair.group_of(kind, SITES[place][0]) not in partners)
        place = next((one for one in places if kind != "complex" or one not in _NEVER_COMPLEX), None)
        if place is None:
            raise LookupError(accident)
        places.remove(place)
        rng.shuffle(places)
        site, most = SITES[place]
        most = most if asleep else min(most, _AWAKE.get(site, _AWAKE_ELSEWHERE))
        length = rng.randint({"complex": 15, "intermediate": 12}.get(kind, 8), most)
        how = rng.choice(HOW[kind])
        if kind == "simple" and site == "scalp":
            how = STAPLES
        if kind == "intermediate" and soiled and "gravel" in accident and rng.random() < 0.6:
            how = SOILED
        if site in _FINE:
            how = how.replace("4-0 nylon", "6-0 nylon").replace("5-0 nylon", "6-0 nylon")
        found.append(Cut(place, length, kind, how))
    return found


def noise(rng: random.Random, some: Sequence[Cut], count: int) -> list[str]:
    """Lines that change nothing and fit the wounds: nobody walks about with cut legs, or is numbed when asleep."""
    lines = list(NOISE)
    sites = {one.site for one in some}
    if not sites & {"leg", "foot"}:
        lines.append("Alert, walks without help.")
    if sites & {"scalp", "forehead"}:
        lines.append("CT of the head: normal.")
    if not any(one.kind == "complex" for one in some):
        volume = max(2, round(sum(one.length for one in some) * rng.choice((0.09, 0.1, 0.12))))
        lines.append(f"1% lidocaine with epinephrine, {min(volume, 35)} mL in all.")
    return rng.sample(lines, count)


def setting(rng: random.Random, some: Sequence[Cut], level: int) -> str:
    """Where the wounds were closed: wide undermining, and large wounds of the trunk, after a search for injuries."""
    deep = any(one.site == "trunk" and one.length > 30 for one in some)
    scan = "CT of chest and belly without injury"
    if any(one.kind == "complex" for one in some):
        return "Operating room, general anesthesia" + f"; {scan}" * deep
    small = level < 3 and not deep and sum(one.length for one in some) < 120
    return rng.choice(("ED", "Emergency department", *(("Urgent care",) if small else ()))) + f"; {scan}" * deep


def sums(some: Sequence[Cut]) -> list[repair.Sum]:
    return repair.sums(repair.wound(bare(one.length), one.kind, one.site) for one in some if one.kind)


def lines(some: Sequence[Cut]) -> list[tuple[str, int]]:
    """Codes with units, the most complex class first. RuleError where a complex sum has no number."""
    return [(line.code, line.units) for part in sums(some) for line in part.lines]


def bare(length: int) -> str:
    return plain(Decimal(length) / 10)


def told(rng: random.Random, one: Cut) -> str:
    """The wound as a line of a note."""
    length = f"{one.length // 10}.{one.length % 10} cm"
    way = rng.choice(("{place}, {length}: {how}.", "{length}, {place}: {how}."))
    return scenes.capital(way.format(place=one.place, length=length, how=one.how))


def reason(part: repair.Sum) -> str:
    """One sum of the rationale."""
    lengths = " + ".join(plain(one.length) for one in part.wounds)
    total = f"{lengths} = {plain(part.total)}" if len(part.wounds) > 1 else plain(part.total)
    sites = scenes.listed(list(dict.fromkeys(one.site for one in part.wounds)))
    first = f"{scenes.capital(part.kind)}, {sites}: {total} cm, **{part.lines[0].code}**"
    if len(part.lines) == 1:
        return f"{first}."
    more = part.lines[1]
    left = plain(part.total - repair.COMPLEX_SECOND)
    times = {1: "once", 2: "twice"}.get(more.units, f"{more.units} times")
    return f"{first} for 7.5 cm; the {left} cm left are **{more.code}**, {times}."


def slips(some: Sequence[Cut]) -> dict[str, str]:
    """Wrong codes -> what leads there, the likeliest first."""
    key = {code for code, _ in lines(some)}
    counted = [one for one in some if one.kind]
    out: dict[str, str] = {}

    def slip(kind: str, group: str, length: int, why: str) -> None:
        try:
            for line in repair.lines_for(kind, group, bare(length)):
                if line.code not in key:
                    out.setdefault(line.code, why)
        except RuleError:
            return

    for kind in dict.fromkeys(one.kind for one in counted):
        same = [one for one in counted if one.kind == kind]
        groups = list(dict.fromkeys(one.group for one in same))
        if len(groups) > 1:
            for group in groups:
                total = sum(one.length for one in same)
                slip(
                    kind, group, total, f"{bare(total)} cm adds up all that is {kind}. This class has site groups, too."
                )
    for one in counted:
        mates = [other for other in counted if (other.kind, other.group) == (one.kind, one.group)]
        if len(mates) > 1:
            slip(one.kind, one.group, one.length, f"{bare(one.length)} cm is one wound alone. Others of its class and "
                 f"group ({GROUP_WORDS[one.kind, one.group]}) are added to it.")  # fmt: skip
        if one.how == SOILED:
            slip("simple", repair.group_of("simple", one.site), one.length, "One layer, but read what came before it: "
                 "cleaning at length makes it intermediate.")  # fmt: skip
    for kind in dict.fromkeys(one.kind for one in counted):
        total, group = sum(one.length for one in counted), next(one.group for one in counted if one.kind == kind)
        slip(kind, group, total, f"{bare(total)} cm is the sum of all wounds. Each class of closure has its own sum.")
    for one in some:
        if not one.kind:
            slip("simple", repair.group_of("simple", one.site), one.length, "Strips alone are no closure that is coded "
                 "here; they belong to the visit.")  # fmt: skip
    return out
