"""The extent of burns: percentages of the body surface, and the codes of T31 and T32 that stand for them."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course.questions.generators import common, scenes

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "code burns by depth, site and extent"
SOURCE = {
    "flame": "house fire, flame burns",
    "clothes": "clothing caught fire at a stove",
    "explosion": "gas explosion, flame burns",
    "scald": "scald from a pot of boiling water",
    "oil": "burns from hot frying oil",
    "steam": "burns from a burst steam pipe",
    "charcoal": "flame burns, flare-up of a charcoal grill",
    "sulfuric acid": "splashed with sulfuric acid by accident at work",
    "hydrochloric acid": "spilled hydrochloric acid by accident",
    "caustic soda": "splashed with caustic soda (an alkali) by accident",
}
#: The greatest share of the surface, in percent, that such an accident is told of; fire has no limit.
_MOST = {"scald": 30, "oil": 20, "charcoal": 30, "steam": 55, **dict.fromkeys(("sulfuric acid", "caustic soda"), 40)}
#: Hot water, steam and a flare-up seldom burn through the whole skin: mostly second degree.
SHALLOW = ("scald", "steam", "charcoal")
CHEMICALS = {"sulfuric acid": "T54.2X1A", "hydrochloric acid": "T54.2X1A", "caustic soda": "T54.3X1A"}


def source(rng: random.Random, total: int, third: int) -> str:
    """What can have burned `total` percent, `third` of them to the third degree: a key of SOURCE."""
    return rng.choice(
        [
            name
            for name in SOURCE
            if total <= _MOST.get(name, 40 if name in CHEMICALS else 100)
            and (name not in SHALLOW or 3 * third <= total)
        ]
    )


def extent(total: int, third: int, family: str = "T31") -> str:
    """The T31 (burns) or T32 (corrosions) code of two percentages: all that is burned, and what is burned to the
    third degree. Tens make the 4th and the 5th character (Tabular List at T31)."""
    tens, deep = min(total // 10, 9), min(third // 10, 9)
    return f"{family}.0" if not tens else f"{family}.{tens}{deep}"


@lru_cache(maxsize=2048)
def by_title(codes: CodeSet, family: str, total: int, third: int) -> str:
    """The code of T31 or T32 whose official title holds both percentages."""
    if total < 10:
        return scenes.titled(codes, family, "less than 10%")
    fitting = []
    for code in codes.billable_below(family):
        spans = [
            (int(a), int(b or 100)) for a, b in re.findall(r"(\d+)%?(?:-|% to | or more|% or more)(\d*)", code.title)
        ]
        if len(spans) == 2 and all(a <= n <= b for n, (a, b) in zip((total, third), spans, strict=True)):
            fitting.append(code.code)
    if len(fitting) != 1:
        raise LookupError(f"{total} {third}: {fitting}")
    return fitting[0]


def sources(codes: CodeSet, family: str, more: str = "") -> tuple[common.Source, ...]:
    return common.tabular(codes, family + more, common.guideline("I.C.19.d"))
