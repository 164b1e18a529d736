"""What to say of a modifier that does not belong on its line, and of those that are missing.

What the data say of a modifier on a code (fee schedule indicators, sections, add-on codes) comes from
``course.codesets.common_modifiers``; no sentence names a modifier that the line still needs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from course.codesets import common_modifiers
from course.grading.services import books, reasons
from course.grading.services.model import Entered, KeyLine, Said
from course.grading.services.wording import headline, pointer, sentence


def surplus(entered: Entered, line: KeyLine, texts: Mapping[str, str]) -> Iterator[Said]:
    """One saying for each modifier that does not belong on a line whose code is right."""
    unmet = {one for choice in line.unmet(entered.modifiers) for one in choice}
    groups = {books.group(one, line.code) for one in unmet} - {""}
    for one in dict.fromkeys(line.spare(entered.modifiers)):
        own = reasons.pick(texts, "surplus", entered.code, (one,))
        if own:
            yield Said(headline("modifier", modifier=one), (own,))
        elif entered.modifiers.count(one) > 1:
            yield Said(headline("modifier_twice"), (sentence("modifier_twice", modifier=one),))
        else:
            in_kind = books.group(one, line.code) in groups
            yield judge(one, entered.code, entered.modifiers, in_kind=in_kind, secrets=unmet)


def judge(
    modifier: str,
    code: str,
    beside: tuple[str, ...] = (),
    *,
    in_kind: bool = False,
    secrets: Collection[str] = (),
) -> Said:
    """Why a modifier does not belong on a code. ``beside``: all modifiers of the line. ``in_kind``: another one of its
    group is what the line needs. ``secrets``: modifiers that no sentence may name.
    """
    if not books.is_modifier(modifier, code):
        if books.ambulance_modifier(modifier) and not books.is_ambulance(code):
            return Said(headline("not_a_modifier"), (sentence("ride", modifier=modifier),))
        digits = modifier.isascii() and modifier.isdigit()
        more = (sentence("perhaps_units", number=int(modifier)),) if digits else ()
        return Said(headline("not_a_modifier"), (sentence("not_a_modifier", modifier=modifier), *more))
    ruled = common_modifiers.judge(code, modifier)
    if ruled is not None and not ruled.fits and (why := _discreet(ruled.why, secrets)):
        return Said(headline("modifier_off", modifier=modifier), (why,), ruled.basis)
    means = sentence("means", modifier=modifier, words=books.meaning(modifier, code))
    if clash := _clash(modifier, beside, secrets):
        return Said(headline("modifier", modifier=modifier), (clash,))
    if in_kind:
        return Said(headline("modifier_in_kind"), (means, sentence("modifier_in_kind")))
    return Said(headline("modifier", modifier=modifier), (means, sentence("modifier_unasked")))


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


def missing(entered: Entered, line: KeyLine, texts: Mapping[str, str]) -> Said | None:
    """What is missing on a line whose code is right: how many modifiers, and where to look. Names none of them.

    A missing one whose group a surplus modifier shares was told with that one ("the right kind, another one").
    """
    spare = {books.group(one, line.code) for one in line.spare(entered.modifiers)} - {""}
    sentences: list[str] = []
    groups: list[str] = []
    count = 0
    for wanted in line.unmet(entered.modifiers):
        own = reasons.pick(texts, "missing", line.code, wanted)
        group = books.group(wanted[0], line.code)
        if not own and group in spare:
            continue
        count += 1
        if own:
            sentences.append(own)
        elif group not in groups:
            groups.append(group)
    if not count:
        return None
    sentences += [sentence("modifier_missing", pointer=pointer(group)) for group in groups]
    key = "modifier_missing" if count == 1 else "modifiers_missing"
    return Said(headline(key, count=count), tuple(sentences))
