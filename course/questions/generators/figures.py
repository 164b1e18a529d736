"""What the generators with clock times, doses and money share: number items with the slips of the sum, and spelling
figures as a chart does."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from course.questions.generators import services
from course.questions.kinds.number import Mistake, NumberItem, NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: Most slips that are told one by one.
MOST = 6
#: Ways in which a chart writes times.
STYLES = ("military", "colon", "ampm")


def number(
    codes: CodeSet,
    level: int,
    domains: Sequence[str],
    key: Decimal | int,
    unit: str,
    slips: Iterable[tuple[Decimal | int, str]],
    decimals: int | None = None,
    **rest: Any,
) -> NumberItem:
    """A number to work out. ``slips``: (value, why), the likeliest first; those that come to the key, to another slip
    or to nothing are left out.

    Raises LookupError when fewer than two are left: then nothing tempts, and the draw starts over.
    """
    kept: dict[Decimal, str] = {}
    right = rounded(key, decimals)
    for value, why in slips:
        given = rounded(value, decimals)
        if given > 0 and given != right:
            kept.setdefault(given, why)
    if len(kept) < 2:
        raise LookupError("too few slips")
    mistakes = tuple(Mistake(value=value, why=why) for value, why in list(kept.items())[:MOST])
    answer = NumberKey(value=right, unit=unit, decimals=decimals)
    return NumberItem(answer=answer, mistakes=mistakes, **rest, **services.fields(codes, level, domains))


def rounded(value: Decimal | int, decimals: int | None) -> Decimal:
    """To so many decimals, half up; unchanged for None."""
    exact = Decimal(value)
    return exact if decimals is None else exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def clock(minutes: int, style: str = "military") -> str:
    """Minutes after midnight as a chart writes them: ``0722``, ``7:22``, ``7:22 AM``."""
    hour, rest = divmod(minutes % 1440, 60)
    if style == "military":
        return f"{hour:02d}{rest:02d}"
    if style == "colon":
        return f"{hour}:{rest:02d}"
    return f"{hour % 12 or 12}:{rest:02d} {'AM' if hour < 12 else 'PM'}"


def minutes_of(text: str) -> int:
    """Minutes after midnight of a time written by :func:`clock` (for laws)."""
    half = text[-2:] if text[-2:] in ("AM", "PM") else ""
    digits = text.removesuffix(half).strip().replace(":", "")
    hour, rest = int(digits[:-2]), int(digits[-2:])
    return (hour % 12 + 12 * (half == "PM") if half else hour) * 60 + rest


#: A time of any style, for the patterns of laws.
TIME = r"(?:\d{1,2}:\d\d(?: [AP]M)?|\d{4})"


def between(start: str, stop: str) -> int:
    """Minutes from one written time to another, counted one by one (for laws)."""
    at, end, count = minutes_of(start), minutes_of(stop), 0
    while at != end:
        at, count = (at + 1) % 1440, count + 1
    return count


def grouped(value: Decimal | int) -> str:
    """A figure with commas and without idle zeros: 2400000 -> ``2,400,000``, 0.50 -> ``0.5``."""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: Decimal) -> str:
    return f"${amount:,.2f}"


def counted(count: int, noun: str) -> str:
    """``1 unit``, ``3 units``."""
    return f"{count} {noun}" if count == 1 else f"{grouped(count)} {noun}s"


def style(rng: random.Random) -> str:
    return rng.choice(STYLES)
