"""Words about cells of a table: a value as a person writes it, and how far it is from the right one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

#: Times that a value is too large or too small -> what that often comes from.
FACTORS = {
    100: "a share against a percent?",
    1_000: "thousands against single ones?",
    12: "a month against a year?",
    2_080: "an hour against a year?",
}


def shown(value: Any, column: str = "") -> str:
    """47,500; 2021 in a column of years; "empty"; a text in quotation marks."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _digits(value, column)
    return value if value in ("∞", "-∞") else f"“{value[:60]}”"


def _digits(value: float, column: str) -> str:
    if "year" in column and float(value).is_integer():
        return f"{value:.0f}"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if 1 <= abs(value) < 1e12 else f"{value:.3g}"


def named(columns: Sequence[str], values: Sequence[Any]) -> str:
    """What a row is called: "2021", "Ohio (OH)", "2021, 29-2072"."""
    words = ["empty" if one is None else str(one) for one in values]
    words = [f"{name} {word}" if word in ("True", "False") else word for name, word in zip(columns, words, strict=True)]
    if len(words) == 2 and {name.rpartition("_")[2] for name in columns} == {"name", "abbr"}:
        long, short = words if columns[0].endswith("_name") else words[::-1]
        return f"{long} ({short})"
    return ", ".join(words)


def listed(words: Sequence[str], most: int) -> str:
    """ "a, b and c"; "a, b, c and 4 more"."""
    if len(words) == 1:
        return words[0]
    if len(words) > most:
        return ", ".join(words[:most]) + f" and {len(words) - most} more"
    return ", ".join(words[:-1]) + f" and {words[-1]}"


def cell_said(place: str, mine: Any, key: Any, column: str = "") -> str:
    """ "Row 2021, column `x`: yours is 47,500; the right value is larger by about 17 %." """
    lead = f"{place}: yours is" if place else "Yours is"
    own = shown(mine, column)
    if mine is None:
        return f"{lead} empty (NaN); a value is asked for."
    if key is None:
        return f"{lead} {own}; it should be empty (NaN)."
    if isinstance(key, bool) or isinstance(mine, bool):
        return f"{lead} {own}; {'True or False' if isinstance(key, bool) else 'another kind of value'} is asked for."
    if isinstance(key, int | float):
        if not isinstance(mine, int | float):
            return f"{lead} {own}; a number is asked for."
        return f"{lead} {own}; {_distance(float(mine), float(key))}."
    if not isinstance(mine, str):
        return f"{lead} the number {own}; text is asked for."
    return f"{lead} {own}; it should be another text."


def _distance(mine: float, key: float) -> str:
    """How far away the right value is, without telling it."""
    if mine == -key:
        return "the digits fit, look at the sign"
    if mine and key and (mine < 0) != (key < 0):
        return f"the right value is {'below' if key < 0 else 'above'} zero"
    if not mine or not key:
        return f"the right value is {'larger' if key > mine else 'smaller'}"
    for times, why in FACTORS.items():
        for ratio, word in ((mine / key, "large"), (key / mine, "small")):
            if math.isclose(ratio, times, rel_tol=1e-3):
                return f"that is {times:,} times too {word} ({why})"
    if any(mine == round(key, digits) for digits in range(4)):
        return "it looks rounded. Keep all decimals"
    word, ratio = ("larger" if key > mine else "smaller"), key / mine
    if ratio >= 1.95:
        return f"the right value is about {_digits(float(f'{ratio:.1g}'), '')} times as large"
    if ratio <= 0.1:
        return "the right value is less than a tenth of it"
    return f"the right value is {word} by about {_percent(abs(key - mine) / abs(mine) * 100)}"


def _percent(share: float) -> str:
    if share >= 9.5:
        return f"{share:.0f} %"
    return f"{share:.1g} %" if share >= 0.01 else "less than 0.01 %"
