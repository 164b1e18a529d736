"""Proofs about CPT and HCPCS codes in questions: each exists and can be reported, add-ons have company, modifiers are
real and the data do not refute them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.codesets import common_modifiers, cpt, hcpcs, modifiers
from course.grading.services import books, reasons, retired, together
from course.paths import today
from course.questions.base import Fault, ItemBase

#: What looks like a CPT number or a HCPCS code in a text. Not 25,000 or 12.50, $12345, a package number of a drug
#: (00002-7510-01), a postal code with its second part, "FY2026" or "I.C.9.a".
SERVICE_LIKE = re.compile(
    r"(?<![\w.,$/])(?<!\d-)(?:\d{4}[0-9FMTU]|[A-Z]\d{4})(?!\w|[.,]\d|-\d{3,4}-\d|-\d{4}(?!\d))"
    r"|(?<=\d{5}-)\d{5}(?!\w|[.,]\d)",
    re.ASCII,
)


def lints(item: ItemBase) -> Iterator[Fault]:
    """Everything that the code sets say against the key of an item."""
    for path, code in item.key_services():
        yield from _code(path, code)
    for path, modifier, code in item.key_modifiers():
        yield from _modifier(path, modifier, code)
    for path, codes in item.key_claims():
        for code in dict.fromkeys(codes):
            if together.wants_main(code, codes):
                found = cpt.get(code)
                some = ", ".join((found.primaries if found is not None else ())[:6]) or "any main code"
                advice = f"Add the line of its main code ({some}) to the key."
                yield Fault(path, f"{code} is an add-on and has none of its main codes beside it", advice)
    for text in getattr(item, "reasons", {}):
        pattern = reasons.read(text) if item.kind == "service_lines" else None
        modifier = pattern.detail if pattern is not None and pattern.about in ("surplus", "missing") else ""
        if modifier and modifier not in item.not_codes and not books.is_modifier(modifier, pattern.code):  # type: ignore[union-attr]
            advice = f"Mend it; if it is meant to be none, write `not_codes: [{modifier}]`."
            yield Fault(("reasons", text), f"names {modifier}, which is no modifier", advice)


def _code(path: tuple[str | int, ...], code: str) -> Iterator[Fault]:
    if not books.known(code):
        if cpt.is_shape(code):
            advice = "Put it with our words into a file of data/codesets/cpt_words, or mend it."
            yield Fault(path, f"{code} is not among the course's CPT numbers", advice)
        else:
            yield Fault(path, f"{code} is not among the HCPCS codes", "Add it to data/codesets/hcpcs.csv, or mend it.")
        return
    entry = hcpcs.get(code)
    if entry is not None and entry.ended and entry.ended < today().isoformat():
        then = f" Since then: {', '.join(entry.replaced_by)}." if entry.replaced_by else ""
        yield Fault(path, f"{code} could be reported until {entry.ended}", f"Take a code in force.{then}")


def _modifier(path: tuple[str | int, ...], modifier: str, code: str) -> Iterator[Fault]:
    if not books.is_modifier(modifier, code):
        yield Fault(path, f"{modifier} is no modifier for {code}", "They are listed in data/codesets/modifiers.csv.")
        return
    known = modifiers.get(modifier)
    if known is not None and known.ended and known.ended < today().isoformat():
        yield Fault(path, f"{modifier} could be reported until {known.ended}", "Take a modifier in force.")
    found = None if books.group(modifier, code) == "ambulance" else common_modifiers.judge(code, modifier)
    if found is not None and not found.fits:
        advice = f"Read the {found.basis} again, or write another key."
        yield Fault(path, f"{modifier} does not go on {code}: {found.why}", advice)


def mentions(text: str) -> list[str]:
    """The code-like words of a text."""
    return [match[0] for match in SERVICE_LIKE.finditer(text)]


def known(code: str) -> bool:
    """Whether a code exists, existed, or ends a range of the book (10004-69990)."""
    if books.known(code) or retired.find(code) is not None:
        return True
    place = cpt.section_of(code) if cpt.is_shape(code) else None
    return place is not None and _ends_a_range(code)


def _ends_a_range(code: str) -> bool:
    every = [*cpt.sections(), *(one for section in cpt.sections() for one in cpt.subsections(section.key))]
    return any(code in (one.first, one.last) for one in every)
