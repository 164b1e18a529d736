"""Which modifiers commonly go on a code, which never do, and why: a pure function of the code sets.

    from course.codesets import common_modifiers
    common_modifiers.judge("29881", "50")       # fits, because the bilateral indicator is 1
    common_modifiers.usual("29881")             # all that fit, in groups
    common_modifiers.clashes(["50", "RT"])      # sentences about modifiers that contradict each other

What is said follows from the indicators of the Medicare fee schedule, the section of the number, the CMS list of add-on
codes and the NCCI pairs of the course; other payers may differ. Where neither data nor a rule decides, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from course.codesets import common_modifiers_cpt, common_modifiers_hcpcs, cpt, hcpcs, modifiers

X = ("XE", "XP", "XS", "XU")

#: Modifiers that change what is paid stand first on the line (advice of the Medicare contractors) …
_PAYS = frozenset(
    "22 26 50 51 52 53 54 55 56 62 66 73 74 78 80 81 82 AA AD AS CO CQ JW JZ NU QK QX QY QZ RR TC UE".split()
)
#: … and those that only say where, how ill or what was signed stand last.
_LAST = frozenset(("side", "digit", "vessel", "physical status", "notice", "imaging", "teaching"))

#: Of these only one may stand on a line.
_ONE_OF: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("26", "TC")), "26 and TC together are the whole service, and that is the bare code."),
    (frozenset(("LT", "RT")), "LT and RT do not stand on one line together: two sides are told in one way only."),
    (frozenset(("59", *X)), "59 and the X modifiers say the same, an X more exactly: one of them is enough."),
    (frozenset(("76", "77")), "76 is for the same provider and 77 for another: it was one or the other."),
    (frozenset(("58", "78", "79")), "58, 78 and 79 exclude each other: planned, unplanned return, or unrelated."),
    (frozenset(("80", "81", "82", "AS")), "One modifier says how this person assisted."),
    (frozenset(("73", "74")), "73 is before the anesthesia and 74 after it began: it was one or the other."),
    (frozenset(("52", "53")), "52 is less work by choice and 53 a stop for safety: it was one or the other."),
    (frozenset(("JW", "JZ")), "JW says that some was thrown away and JZ that nothing was."),
    (frozenset(("NU", "RR", "UE")), "New, rented or used: an item is one of them."),
    (frozenset(("GA", "GZ")), "GA says that the notice was signed and GZ that there is none."),
    (frozenset(("93", "95", "GT", "GQ", "FQ")), "One modifier says how patient and provider met."),
    (frozenset(("AA", "AD", "QK", "QX", "QY", "QZ")), "One modifier says who gave or directed the anesthesia."),
    (frozenset(f"P{n}" for n in range(1, 7)), "A patient has one physical status."),
)


@dataclass(frozen=True, slots=True)
class Judgment:
    """``fits``: commonly applies, or never. ``why``: one sentence for a learner. ``basis``: what it rests on."""

    modifier: str
    fits: bool
    why: str
    basis: str


def judge(code: str, modifier: str) -> Judgment | None:
    """What the data say of a modifier on a code. None when they do not decide, or when one of the two is unknown."""
    known = modifiers.get(modifier)
    if known is None:
        return None
    number, entry = cpt.get(code), hcpcs.get(code)
    found = None
    if number is not None:
        found = common_modifiers_cpt.rule(number, known)
    elif entry is not None:
        found = common_modifiers_hcpcs.rule(entry, known)
    return None if found is None else Judgment(known.code, *found)


def usual(code: str) -> tuple[Judgment, ...]:
    """The modifiers that commonly apply to a code, each with its reason, in the order of the code book."""
    found = (judge(code, one.code) for one in modifiers.all_modifiers() if not one.ended)
    return tuple(one for one in found if one is not None and one.fits)


def clashes(picked: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each pair or group of modifiers that cannot stand on one line together."""
    given = {modifiers.normalise(one) for one in picked}
    out = [sentence for group, sentence in _ONE_OF if len(group & given) > 1]
    if "50" in given and given & {"LT", "RT"}:
        out.append("50 already says both sides; LT or RT beside it would name one of them again.")
    digits = [one for one in given if (known := modifiers.get(one)) is not None and known.group == "digit"]
    if len(digits) > 1:
        out.append("Each finger, toe or eyelid has a line of its own.")
    if digits and given & {"LT", "RT", "50"}:
        out.append("A modifier for a finger, toe or eyelid names the side as well.")
    return tuple(out)


def in_claim_order(picked: Iterable[str]) -> list[str]:
    """Modifiers as they follow each other on a claim line: what changes the payment first, what only informs last."""
    return sorted(picked, key=lambda one: (_rank(one), one))


def _rank(modifier: str) -> int:
    known = modifiers.get(modifier)
    if modifier in _PAYS:
        return 0
    return 2 if known is not None and known.group in _LAST else 1
