"""Numbers and sentences of plots: on the picture, in its table, and in its text alternative."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

#: A text alternative has so many words.
FEWEST, MOST = 25, 60
MINUS = "\u2212"


class Unit(NamedTuple):
    """What is counted ("dollars a year", "percent", "jobs per 1,000"), and with how many decimals it is shown."""

    name: str
    decimals: int = 0

    @property
    def dollars(self) -> bool:
        """Shown with a dollar sign."""
        return self.name.casefold().startswith(("dollar", "us dollar", "usd"))

    @property
    def percent(self) -> bool:
        """Shown with a percent sign."""
        return self.name.casefold().startswith("percent") and not self.name.casefold().startswith("percentage point")

    def show(self, value: Any, *, sign: bool = False) -> str:
        """ "$51,140", "8.5%", "−3.1"; "n/a" where there is none."""
        if missing(value):
            return "n/a"
        number = round(float(value), self.decimals)
        digits = f"{abs(number):,.{self.decimals}f}"
        lead = MINUS if number < 0 else "+" if sign and number > 0 else ""
        return f"{lead}{'$' if self.dollars else ''}{digits}{'%' if self.percent else ''}"

    def tick(self, value: float, step: float) -> str:
        """As :meth:`show`, with as many decimals as the steps of a scale need."""
        needed = next((n for n in range(4) if abs(step * 10**n - round(step * 10**n)) < 1e-9), 3)
        return Unit(self.name, needed).show(value)

    def say(self, value: Any) -> str:
        """For a voice: "$51,140", "8.5 percent", "minus 3.1"."""
        return self.show(value).replace(MINUS, "minus ").replace("%", " percent").replace("n/a", "not published")

    def caption(self) -> str:
        """ "Dollars a year", to stand above a picture; "" for no name."""
        return capital(self.name)


def missing(value: Any) -> bool:
    """None or NaN."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("nan", "<NA>", "NaT")


def capital(words: str) -> str:
    """With a capital first letter."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def rank(place: int, of: int) -> str:
    """ "highest", "second highest", "4th highest of 9", "lowest"."""
    if place == 1:
        return "highest"
    if place == of:
        return "lowest"
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if 11 <= place % 100 <= 13 else ends.get(place % 10, "th")
    return f"{place}{end} highest of {of}"


def alt(*sentences: str, more: Iterable[str] = ()) -> str:
    """The sentences, and as many of `more` as there is room for."""
    said = " ".join(filter(None, sentences))
    for one in more:
        if one and len(f"{said} {one}".split()) <= MOST:
            said = f"{said} {one}"
    return said


def change(start: float, end: float) -> str:
    """ "up 8 percent", "down 3 percent", "unchanged"."""
    if not start:
        return ""
    percent = 100 * (end - start) / start
    rounded = f"{abs(percent):.1f}" if abs(percent) < 10 else f"{abs(percent):.0f}"
    return "unchanged" if float(rounded) == 0 else f"{'up' if percent > 0 else 'down'} {rounded} percent"
