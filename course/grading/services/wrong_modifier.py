"""What to say of a modifier that does not belong on its line, and of those that are missing.

What the data say of a modifier on a code (fee schedule indicators, sections, add-on codes) comes from
``course.codesets.common_modifiers``; no sentence names a modifier that the line still needs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from course.codesets import common_modifiers, modifiers
from course.grading.services import books, reasons
from course.grading.services.model import Entered, KeyLine, Said
from course.grading.services.wording import headline, pointer, sentence
from course.grading.verdict import Mark
from course.paths import today


def amiss(entered: Entered, line: KeyLine, texts: Mapping[str, str]) -> list[tuple[Mark, Said]]:
    """What is amiss with the modifiers of a line whose code is right: those too many one by one, then those missing."""
    choices = list(line.unmet(entered.modifiers))
    secrets = {one for choice in choices for one in choice}
    out: list[tuple[Mark, Said]] = []
    for one in dict.fromkeys(line.spare(entered.modifiers)):
        own = reasons.pick(texts, "surplus", entered.code, (one,))
        if own:
            out.append(("wrong", Said(headline("modifier", modifier=one), (own,))))
        elif entered.modifiers.count(one) > 1:
            out.append(("wrong", Said(headline("modifier_twice"), (sentence("modifier_twice", modifier=one),))))
        elif (said := _off(one, entered.code, entered.modifiers, secrets)) is not None:
            out.append(("wrong", said))
        else:
            means = sentence("means", modifier=one, words=books.meaning(one, line.code))
            kin = next((choice for choice in choices if _kin(one, choice[0], line.code)), None)
            if kin is None:
                said = Said(headline("modifier", modifier=one), (means, sentence("modifier_unasked")))
            else:  # the one that is missing is told here
                choices.remove(kin)
                missed = reasons.pick(texts, "missing", line.code, kin) or sentence("modifier_in_kind")
                said = Said(headline("modifier_in_kind"), (means, missed))
            out.append(("wrong", said))
    lack = _missing(choices, line.code, texts)
    return out + ([("missing", lack)] if lack is not None else [])


def _kin(one: str, other: str, code: str) -> bool:
    group = books.group(one, code)
    return bool(group) and group == books.group(other, code)


def _off(modifier: str, code: str, beside: tuple[str, ...], secrets: Collection[str]) -> Said | None:
    """Why a modifier cannot stand on a code at all, or not with the others of its line (``beside``); None when it
    might. No sentence names a modifier of ``secrets``.
    """
    if not books.is_modifier(modifier, code):
        if books.ambulance_modifier(modifier) and not books.is_ambulance(code):
            return Said(headline("not_a_modifier"), (sentence("ride", modifier=modifier),))
        digits = modifier.isascii() and modifier.isdigit()
        more = (sentence("perhaps_units", number=int(modifier)),) if digits else ()
        return Said(headline("not_a_modifier"), (sentence("not_a_modifier", modifier=modifier), *more))
    known = modifiers.get(modifier)
    if known is not None and known.ended and known.ended < today().isoformat():
        text = sentence("modifier_ended", modifier=modifier, day=known.ended)
        return Said(headline("modifier_ended"), (text,))
    ruled = common_modifiers.judge(code, modifier)
    if ruled is not None and not ruled.fits and (why := _discreet(ruled.why, secrets)):
        return Said(headline("modifier_off", modifier=modifier), (why,), ruled.basis)
    clash = _clash(modifier, beside, secrets)
    return Said(headline("modifier", modifier=modifier), (clash,)) if clash else None


def _clash(modifier: str, beside: tuple[str, ...], secrets: Collection[str]) -> str:
    """Why a modifier cannot stand with another of its line, "" when it can."""
    others = [one for one in beside if one != modifier]
    before = common_modifiers.clashes(others)
    found = [_discreet(why, secrets) for why in common_modifiers.clashes(beside) if why not in before]
    return next(filter(None, found), "")


def _discreet(why: str, secrets: Collection[str]) -> str:
    """A sentence without the clauses that name a modifier of ``secrets``; "" when that leaves nothing."""
    clauses = [one for one in re.split(r"(?<=[;:])\s", why) if not set(re.findall(r"\w+", one)) & set(secrets)]
    kept = " ".join(clauses).rstrip(";:. ")
    return f"{kept}." if kept else ""


def _missing(choices: Sequence[tuple[str, ...]], code: str, texts: Mapping[str, str]) -> Said | None:
    """How many modifiers are missing, and where to look. Names none of them."""
    if not choices:
        return None
    owned = [reasons.pick(texts, "missing", code, choice) for choice in choices]
    open_ones = [choice[0] for choice, own in zip(choices, owned, strict=True) if not own]
    groups = dict.fromkeys(books.group(one, code) for one in open_ones)
    sentences = [*filter(None, owned), *(sentence("modifier_missing", pointer=pointer(group)) for group in groups)]
    key = "modifier_missing" if len(choices) == 1 else "modifiers_missing"
    return Said(headline(key, count=len(choices)), tuple(sentences))
