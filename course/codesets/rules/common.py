"""What the rule modules share: a line of a claim, exact decimals, and the fault they raise.

All rules are pure functions of plain values. Lengths, times and amounts are counted in :class:`~decimal.Decimal`, so
that 0.1 + 0.2 is 0.3 and a threshold is met exactly when it is met on paper.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

#: Numbers as people write them: no exponent, no digits of other scripts, not so many that the sums lose some.
_WRITTEN = re.compile(r"-?(\d+\.?\d*|\.\d+)", re.ASCII)
LONGEST = 15
_ARTICLE = re.compile(r"^(the|an?) ", re.IGNORECASE)


class RuleError(ValueError):
    """The values break the rule or fall outside of it; the message is a sentence for the learner."""


class Line(NamedTuple):
    """One line of a claim."""

    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()

    def __str__(self) -> str:
        code = "-".join((self.code, *self.modifiers))
        return f"{code} × {self.units}" if self.units != 1 else code


def label(what: str) -> str:
    """ "The minutes" as it stands before a colon, "Minutes": right for one thing and for many."""
    bare = _ARTICLE.sub("", what)
    return bare[:1].upper() + bare[1:]


def decimal(value: object, what: str = "The value") -> Decimal:
    """`value` as an exact number. RuleError, beginning with its label, when it is none, below 0 or not finite."""
    text = str(value).strip()
    if isinstance(value, str) and not _WRITTEN.fullmatch(text):
        raise RuleError(f"{label(what)}: not a number.")
    if isinstance(value, str) and len(text) > LONGEST:
        raise RuleError(f"{label(what)}: too many digits.")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise RuleError(f"{label(what)}: not a number.") from None
    if not number.is_finite():
        raise RuleError(f"{label(what)}: not a number.")
    if number < 0:
        raise RuleError(f"{label(what)}: less than 0. Check this figure.")
    return number


def plain(number: Decimal | int) -> str:
    """A number as a person writes it: 3, 0.5, 100 and not 3.0, 0.50, 1E+2."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_minutes(value: object, what: str = "The time") -> int:
    """Minutes as a whole number. RuleError when there is a fraction, or when it is no number or below 0."""
    number = decimal(value, what)
    if number != number.to_integral_value():
        raise RuleError(f"{label(what)}: counted in whole minutes.")
    return int(number)
