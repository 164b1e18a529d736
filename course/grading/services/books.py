"""What the diagnosis asks of the code sets: the place of a code, its words, the kind of line it makes."""

from __future__ import annotations

import re
from functools import cache

from course.codesets import cpt, hcpcs, modifiers

#: Letters of an ambulance modifier, origin then destination; X (a stop on the way) is a destination alone.
_ORIGINS = "DEGHIJNPRS"
_AMBULANCE = re.compile(rf"[{_ORIGINS}][{_ORIGINS}X]", re.ASCII)


def is_cpt(code: str) -> bool:
    """Whether a code has the shape of a CPT number."""
    return cpt.is_shape(code)


def is_hcpcs(code: str) -> bool:
    """Whether a code has the shape of a HCPCS Level II code."""
    return hcpcs.is_shape(code)


def known(code: str) -> bool:
    """Whether the course holds the code."""
    return cpt.get(code) is not None or hcpcs.get(code) is not None


def words(code: str) -> str:
    """Our paraphrase of a code, "" without one."""
    found = cpt.get(code) or hcpcs.get(code)
    return found.words if found is not None else ""


def section(code: str) -> str:
    """Key of the section of a CPT number ("surgery"), the letter of a HCPCS code ("J"), "" for neither."""
    if is_hcpcs(code):
        return code[0]
    place = cpt.section_of(code)
    return "" if place is None else place.parent or place.key


def section_title(code: str) -> str:
    """ "Surgery", "HCPCS Level II, letter J"."""
    key = section(code)
    return "" if not key else f"HCPCS Level II, letter {key}" if is_hcpcs(code) else cpt.range_of(key).title


def part(code: str) -> str:
    """Key of the narrowest range of a CPT number, the letter of a HCPCS code, "" for neither."""
    place = None if is_hcpcs(code) else cpt.section_of(code)
    return section(code) if place is None else place.key


def place(code: str) -> str:
    """Where a code lives, in words: "Surgery, Musculoskeletal system (20100-29999)"; "" when it lives nowhere."""
    if is_hcpcs(code):
        topic = letters().get(code[0], "")
        return f"HCPCS Level II, letter {code[0]}" + (f" ({topic})" if topic else "")
    found = cpt.section_of(code)
    if found is None:
        return ""
    return title(found)


def title(found: cpt.Range) -> str:
    """A range with its section and numbers, in words."""
    above = f"{cpt.range_of(found.parent).title}, " if found.parent else ""
    return f"{above}{found.title} ({found.numbers})"


@cache
def letters() -> dict[str, str]:
    """Letter -> topic; empty where the table is not at hand."""
    return hcpcs.letters()


def nearness(one: str, other: str) -> int:
    """3 for the same part of the book, 2 for the same section, 0 otherwise."""
    if not section(one) or section(one) != section(other):
        return 0
    return 3 if part(one) == part(other) else 2


def is_ambulance(code: str) -> bool:
    """Whether a code is one of transport."""
    return code.startswith("A0")


def ambulance_modifier(modifier: str) -> bool:
    """Whether two letters are an origin and a destination."""
    return _AMBULANCE.fullmatch(modifier) is not None


def is_modifier(modifier: str, code: str = "") -> bool:
    """Whether a modifier exists. Origin and destination letters do beside a transport code, and without a code."""
    return modifiers.get(modifier) is not None or (ambulance_modifier(modifier) and (not code or is_ambulance(code)))


def group(modifier: str, code: str = "") -> str:
    """What a modifier is about ("side", "visit", …), "" when it is not known."""
    if is_ambulance(code) and ambulance_modifier(modifier):
        return "ambulance"
    found = modifiers.get(modifier)
    return "" if found is None else found.group


def meaning(modifier: str, code: str = "") -> str:
    """Our words for a modifier, "" without any."""
    if is_ambulance(code) and ambulance_modifier(modifier):
        return "where the ride began and where it ended"
    found = modifiers.get(modifier)
    return "" if found is None else found.words
