"""What one pays to sit an exam, added up from ``data/exams/costs.csv``, and the rules that cost a further fee.

    cash("CPC")     (Cash("one", 589, 647, …), Cash("two", 689, 721, …))
    remark("CPC")   "To sit the CPC you need $589 to $647: …", and who says so
    rules("CCA")    sentences about being late, changing the date, a refund, each with who says so

Sums run from the lowest to the highest price that is relied on. Books and training are not in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from course.exams import facts

#: Way of buying -> how the words of that price end (:mod:`course.exams.facts`).
WAYS = {
    "one": "for one sitting",
    "two": "for two sittings together",
    "member": "for members",
    "non-member": "for others",
}
#: The facts whose rules cost a fee, in the order in which one meets them; prices are told with their rule.
_RULES = {
    "AAPC": ("aids", "retake", "reinstatement"),
    "AHIMA": ("window", "refund", "no_show", "arrive", "books", "retake"),
}
UNKNOWN = "What AAPC asks for a late change, or of who does not come, was not found: ask before you book."


class Cash(NamedTuple):
    """Dollars for one way of buying, lowest and highest, and who tells the prices."""

    way: str
    low: float
    high: float
    sources: tuple[str, ...]


def prices(exam: str, fact: str, way: str = "") -> list[facts.Fact]:
    """The rows of a price that are relied on: of one way of buying, or all."""
    known = [one for one in facts.facts(exam, fact) if one.status in ("now", "conflict")]
    return [one for one in known if one.value.endswith(WAYS.get(way, ""))]


def cash(exam: str) -> tuple[Cash, ...]:
    """What each way of buying costs at the first sitting, the required membership with it; the usual way first."""
    joined = prices(exam, "membership_fee") if facts.value(exam, "body") == "AAPC" else []
    found = []
    for way in ("one", "two", "non-member", "member"):
        rows = prices(exam, "fee", way)
        if rows:
            low, high = _range(rows)
            least, most = _range(joined)
            told = tuple(dict.fromkeys(one.told for one in (*rows, *joined)))
            found.append(Cash(way, low + least, high + most, told))
    return tuple(found)


def _range(rows: Iterable[facts.Fact]) -> tuple[float, float]:
    numbers = [one.number or 0 for one in rows]
    return min(numbers, default=0), max(numbers, default=0)


def said(low: float, high: float) -> str:
    """ "$399" or "$589 to $647"."""
    return f"${low:,g}" if low == high else f"${low:,g} to ${high:,g}"


def either(rows: Iterable[facts.Fact]) -> str:
    """ "$399 or $425": each price that a source tells."""
    return " or ".join(f"${one:,g}" for one in sorted({row.number or 0 for row in rows}))


def remark(exam: str) -> tuple[str, tuple[str, ...]]:
    """The money for the first sitting in words, and who says so. KeyError when no fee is known."""
    ways = {one.way: one for one in cash(exam)}
    first = next(iter(ways.values()), None)
    if first is None:
        raise KeyError(f"costs.csv has no fee for {exam}")
    sources = [*first.sources]
    text = f"To sit the {exam} you need {said(first.low, first.high)}"
    fee = either(prices(exam, "fee", first.way))
    if facts.value(exam, "body") == "AAPC":
        text += f": {fee} for one sitting, and AAPC membership at {either(prices(exam, 'membership_fee'))} a year."
        if "two" in ways:
            text += f" With two sittings bought together: {said(ways['two'].low, ways['two'].high)}."
            sources += ways["two"].sources
    else:
        text += " without AHIMA membership."
        if "member" in ways:
            text += f" Members pay {either(prices(exam, 'fee', 'member'))}; the price of membership was not found."
            sources += ways["member"].sources
    if any("not read for" in one.note for one in prices(exam, "fee", first.way)):
        text += f" The fee is told for exams of AAPC; it was not read for the {exam} itself."
    for one in (one for one in _alone(exam, first.way) if (one.number or 0) > first.high):
        text += f" One page alone tells ${one.number:,g}."
        sources.append(one.told)
    return f"{text} Books and training come on top.", tuple(dict.fromkeys(sources))


def _alone(exam: str, way: str) -> list[facts.Fact]:
    rows = (one for one in facts.facts(exam, "fee") if one.status == "other")
    return [one for one in rows if one.value.endswith(WAYS[way])]


def rules(exam: str) -> list[tuple[str, tuple[str, ...]]]:
    """Rules that cost a fee when one does not know them: (sentence, who says so)."""
    body = facts.value(exam, "body")
    found = []
    for name in _RULES[body]:
        row = next((one for one in facts.facts(exam, name) if one.status != "old"), None)
        if row is None:
            continue
        text, told = f"{row.label}: {row.value}", [row.told]
        for fact, words in _PRICED.get(name, ()):
            fees = prices(exam, fact)
            if fees:
                text += f"; {words.format(either(fees))}"
                told += [one.told for one in fees]
        found.append((f"{text}.", tuple(dict.fromkeys(told))))
    if body == "AAPC":
        found.append((UNKNOWN, ("pages read for this course, November 23, 2026",)))
    return found


#: Rule -> the prices that belong to it, and their words.
_PRICED = {
    "window": (("extension_fee", "30 days more cost {}"),),
    "refund": (("late_change_fee", "a late change costs {}"), ("refund_fee", "of a refund {} are kept back")),
    "retake": (("retake_fee", "the next sitting costs {}"),),
}
