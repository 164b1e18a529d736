"""Parts of an exam: a half, a quarter, a tenth, with the domains in the shares of the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from course.bootstrap.errors import UserError

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint

#: Parts that can be drawn, as they are written.
PARTS = {"1": Fraction(1), "1/2": Fraction(1, 2), "1/4": Fraction(1, 4), "1/10": Fraction(1, 10)}


def part_of(value: Any) -> Fraction:
    """A part from a number (0.5) or a text ("1/2"). Raises UserError with a sentence for a part that is none."""
    try:
        part = Fraction(value.strip() if isinstance(value, str) else value).limit_denominator(1000)
    except (ValueError, TypeError, OverflowError, ArithmeticError, AttributeError):
        part = Fraction(0)
    if part not in PARTS.values():
        raise UserError(
            f"{value} is not a part of an exam that can be drawn.", f"Parts: {', '.join(PARTS)} (1 is the whole exam)."
        )
    return part


def apportion(counts: Sequence[int], total: int) -> list[int]:
    """Divide ``total`` in the proportion of ``counts`` by largest remainder; of equal remainders the earlier count
    wins. Each share lies within 1 of its exact one."""
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    shares = [total * count // whole for count in counts]
    rests = sorted(range(len(counts)), key=lambda n: (-(total * counts[n] % whole), n))
    for n in rests[: total - sum(shares)]:
        shares[n] += 1
    return shares


def rounded(number: Fraction) -> int:
    """To the nearest whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def needs(blueprint: Blueprint, part: Fraction) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each cell of a part of an exam: its items, and how many of them do not count."""
    cells = blueprint.cells
    scored = [cell.count - cell.unscored for cell in cells]
    tried = [cell.unscored for cell in cells]
    counting = apportion(scored, rounded(part * sum(scored)))
    trying = apportion(tried, rounded(part * sum(tried)))
    return tuple(a + b for a, b in zip(counting, trying, strict=True)), tuple(trying)


def minutes(blueprint: Blueprint, part: Fraction, items: int) -> int:
    """Minutes for a part, up to the next whole one. ``items``: how many it has; fewer than it should have get less
    time, in proportion."""
    full = sum(needs(blueprint, part)[0])
    there = Fraction(min(items, full), full) if items and full else Fraction(1)
    return math.ceil(blueprint.minutes * part * there)
