"""What the generators of CPT and HCPCS service lines share: items, sources and domains, and the tools of their laws.

A draw takes its numbers from the rule modules and from ``cpt.csv``. Its law reads the facts back from the text and
finds the numbers by our own words for them (:func:`worded`) or in tables of its own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.questions.base import Source
from course.questions.generators import common, scenes
from course.questions.kinds.service_lines import ServiceLines
from course.questions.kinds.service_model import OptionalLine, ServiceAnswer, ServiceLine
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: The year that the manuals were read in.
YEAR = "2026"
#: How often a draw starts over when two of its numbers fall together. In practice a handful suffices.
TRIES = 400


def book(what: str) -> Source:
    """A rule of the CPT book: what it is about, never its words."""
    return Source(ref=f"CPT 2026, {what}", edition=YEAR, checked=common.CHECKED)


def ncci(chapter: int) -> Source:
    return Source(ref=f"Medicare NCCI Policy Manual, chapter {chapter}", edition=YEAR, checked=common.CHECKED)


def claims_manual(chapter: int, section: str) -> Source:
    ref = f"Medicare Claims Processing Manual, chapter {chapter}, section {section}"
    return Source(ref=ref, edition=YEAR, checked=common.CHECKED)


def hcpcs_codes(which: str) -> Source:
    """Codes of HCPCS Level II, as they stand in ``hcpcs.csv``."""
    return Source(ref=f"HCPCS Level II, {which}", edition="January 2026", checked=common.CHECKED)


def fees(what: str) -> Source:
    """A column of the fee schedule, as it stands in ``cpt.csv``."""
    return Source(ref=f"Medicare Physician Fee Schedule, {what}", edition="October 2025", checked=common.CHECKED)


def fields(codes: CodeSet, level: int, domains: Sequence[str], **own: Any) -> dict[str, Any]:
    """The fields every drawn item has, with the domains of its own. CPT and HCPCS go by the calendar year, whatever
    the edition of ICD-10-CM."""
    return common.common_fields(codes, level, **{"domains": tuple(domains), "editions": (int(YEAR),), **own})


def line(code: str, *modifiers: str, units: int = 1) -> ServiceLine:
    return ServiceLine(code=code, modifiers=modifiers, units=units)


def claim(
    codes: CodeSet,
    level: int,
    domains: Sequence[str],
    lines: Sequence[ServiceLine],
    *,
    asks: tuple[str, ...] = (),
    order: Iterable[tuple[str, str]] = (),
    optional: Iterable[str] = (),
    reasons: Mapping[str, str] | None = None,
    **rest: Any,
) -> ServiceLines:
    """An item of service lines. Reasons for a code that happens to be in the key are left out."""
    key = {one.code for one in lines}
    more = tuple(OptionalLine(code=code) for code in dict.fromkeys(optional) if code not in key)
    taken = key | {one.code for one in more}
    return ServiceLines(
        asks=asks,  # type: ignore[arg-type]
        answer=ServiceAnswer(lines=tuple(lines), optional=more, order=tuple(dict.fromkeys(order))),
        reasons={code: why for code, why in (reasons or {}).items() if code not in taken},
        **rest,
        **fields(codes, level, domains),
    )


def choice(
    rng: random.Random,
    codes: CodeSet,
    level: int,
    domains: Sequence[str],
    right: tuple[str, str],
    wrong: Iterable[tuple[str, str]],
    most: int = 4,
    **rest: Any,
) -> SingleChoice:
    """A single choice of at most `most` options. ``wrong``: (text, why), the likeliest slips first; those that say the
    same as the key, or as a slip before them, are left out.

    Raises LookupError when fewer than two slips are left: then the facts tempt nobody, and the draw starts over.
    """
    apart: dict[str, str] = {}
    for text, why in wrong:
        if text != right[0]:
            apart.setdefault(text, why)
    if len(apart) < 2:
        raise LookupError(f"too few slips beside {right[0]}")
    options = common.options(rng, [right], list(apart.items())[: most - 1])
    return SingleChoice(options=options, **rest, **fields(codes, level, domains))


def again(draw: Callable[[], Any]) -> Any:
    """The first result of `draw` that is not None and raises no LookupError.

    Raises RuntimeError after ``TRIES`` (a bug).
    """
    for _ in range(TRIES):
        try:
            found = draw()
        except LookupError:
            continue
        if found is not None:
            return found
    raise RuntimeError(f"nothing drawn after {TRIES} tries")


def who(rng: random.Random, level: int, low: int = 24, high: int = 88) -> str:
    """``A 58-year-old man``, as the head of a note; at level 3 as charts shorten it."""
    return scenes.who(rng, scenes.person(rng, low, high), level).rstrip(",")


def chart(rng: random.Random, lines: Sequence[str], noise: Sequence[str], count: int, level: int) -> str:
    """A note: running text, at level 3 a line each. `count` lines of `noise` stand between, never first."""
    out = [text for text in lines if text]
    for extra in rng.sample(list(noise), min(count, len(noise))):
        out.insert(rng.randint(1, len(out)), extra)
    return ("\n" if level == 3 else " ").join(out)


# -- laws ---------------------------------------------------------------------------------------------------------


def marked(item: Any) -> str | None:
    """The text of the one option that is marked right; None when there is not exactly one."""
    found = [one.text for one in item.options if one.correct]
    return found[0] if len(found) == 1 else None


def claimed(item: ServiceLines) -> list[tuple[str, tuple[str, ...], int]]:
    """The lines of the key: code, modifiers, units."""
    return [(one.code, tuple(sorted(one.modifiers)), one.units) for one in item.answer.lines]


@cache
def worded(first: str, last: str) -> Mapping[str, str]:
    """Number -> our words, of the numbers in a range that the course teaches."""
    return {one.code: one.words for one in cpt.numbers() if first <= one.code <= last and one.words}


_SPAN = re.compile(
    r"(?:sum )?(?:over (?P<low>[\d.]+) to (?P<high>[\d.]+)|over (?P<least>[\d.]+)|to (?P<most>[\d.]+)) cm"
)


@cache
def span(words: str) -> tuple[Decimal, Decimal] | None:
    """Centimeters that our words for a number name: more than the first, up to the second. None without any."""
    found = _SPAN.search(words)
    if found is None:
        return None
    low, high = found["low"] or found["least"], found["high"] or found["most"]
    return Decimal(low or 0), Decimal(high or "Infinity")
