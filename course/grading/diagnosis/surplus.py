"""A valid code that answers to nothing in the key: why may it not stand in this answer?

Judged by what the learner has right, never by what is still missing, so that nothing is given away: a rule about the
two codes (``beside.toml``), a right code of the same category, an Excludes1 note, a symptom, or what such codes are
for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis import roles, rules, tree
from course.grading.diagnosis.axes import ANY
from course.grading.diagnosis.basis import guideline, note_line
from course.grading.diagnosis.compare import contrast, explained, part
from course.grading.diagnosis.model import Kind, Said
from course.grading.diagnosis.shape import Shape, dot, undot
from course.grading.diagnosis.titles import claims_other, claims_unspecified
from course.grading.diagnosis.wording import headline, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

#: Right codes beyond this many are no longer looked at.
_LOOKED_AT = 12
#: How two codes of one category differ -> the sentence that says so.
_SIBLINGS = {
    Kind.WRONG_SIDE: "sibling_side",
    Kind.WRONG_SEVENTH: "sibling_seventh",
    Kind.UNSPECIFIED_BUT_NOTE_SAYS: "sibling_vague",
    Kind.TOO_SPECIFIC: "sibling_more",
}


def surplus(shape: Shape, codes: CodeSet, standing: Sequence[str], keys: Sequence[str], *, short: bool = False) -> Said:
    """What to say about a code too many. ``standing``: the right codes of the answer, ``keys``: those asked for, all
    compact. ``short``: codes of the key are still open, so that this one need not be one too many.
    """
    code = codes.get(shape.dotted)
    if code is None:
        return Said(Kind.EXTRA, headline("extra"), (shape.dotted,), basis=guideline("III, IV.J"))
    others = [found for other in standing[:_LOOKED_AT] if (found := codes.get(dot(other))) is not None]
    means = sentence("means", code=code.code, title=tree.name(code, 20)) if code.title_known else ""
    symptom = shape.compact.startswith("R") and explained(keys)
    said = _ruled(codes, code, others) or _sibling(codes, code, others)
    if said is None and symptom and roles.role_of(code) is None:
        lead = (sentence("symptom", code=code.code), means)
        return Said(Kind.SYMPTOM_CODE, headline("symptom"), lead, basis=guideline("I.B.5"))
    text, basis = said or _excluded(codes, code, others) or _alone(code)
    return Said(Kind.EXTRA, headline("extra_open" if short else "extra"), (means, text), basis=basis)


def _ruled(codes: CodeSet, code: Code, others: Sequence[Code]) -> tuple[str, str] | None:
    for other in others:
        for rule in rules.matching(code, other, "beside"):
            if _near(codes, code, other, rule.near):
                return rule.says.format(other=other.code), rule.basis
    return None


def _near(codes: CodeSet, code: Code, other: Code, near: str) -> bool:
    """Do two codes stand as close as a rule asks? "stem": they share all but the last character before the 7th."""
    a, b = undot(code.code), undot(other.code)
    if near == "category":
        return a[:3] == b[:3]
    if near == "other_category":
        return a[:3] != b[:3]
    if near == "block":
        block, _ = tree.place(codes, a[:3])
        return a[:3] != b[:3] and block == tree.place(codes, b[:3])[0] != ""
    return near != "stem" or (a[:5].rstrip("X") == b[:5].rstrip("X") and a[:6] != b[:6])


def _sibling(codes: CodeSet, code: Code, others: Sequence[Code]) -> tuple[str, str] | None:
    """The nearest right code of the same category, and what sets the two apart."""
    kin = [other for other in others if other.code[:3] == code.code[:3]]
    if not kin:
        return None
    mine = undot(code.code)
    other = max(kin, key=lambda one: tree.agree(mine, undot(one.code)))
    said = part(codes, code, other)
    phrase, look = contrast(codes, code, other)
    name = _SIBLINGS.get(said.kind, "sibling")
    if said.kind is Kind.OTHER_VS_UNSPECIFIED and claims_unspecified(code.title):
        name = "sibling_vague"
    elif name == "sibling" and claims_other(code.title) and not claims_other(other.title):
        name = "sibling_other"
    elif name == "sibling":
        name = "sibling_any" if look == ANY else "sibling" if phrase else "sibling_plain"
    return sentence(name, other=other.code, phrase=phrase or code.title, axis=look), said.basis or guideline("I.B.12")


def _excluded(codes: CodeSet, code: Code, others: Sequence[Code]) -> tuple[str, str] | None:
    for other in others:
        if (note := codes.excludes1(code.code, other.code)) is not None:
            return sentence("extra_excluded", other=other.code), note_line(note)
    return None


def _alone(code: Code) -> tuple[str, str]:
    if (role := roles.role_of(code)) is not None:
        return role.says, role.basis
    return sentence("extra"), guideline("III, IV.J")
