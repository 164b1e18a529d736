"""A map of equal tiles, one for each state and the District of Columbia, with its number in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Sheet
from course.labor.plots.words import Unit, alt
from course.labor.style import SIZE, SMALL, width_of
from course.labor.tables import table

#: Classes from low to high: fill and what is written on it.
CLASSES = (
    ("class-1", "on-low"),
    ("class-2", "on-low"),
    ("class-3", "on-low"),
    ("class-4", "on-high"),
    ("class-5", "on-high"),
)
DIVERGING = (
    ("below-far", "on-high"),
    ("below", "on-low"),
    ("center", "on-low"),
    ("class-2", "on-low"),
    ("class-4", "on-high"),
)
#: Marks of the classes below and above the center.
SIDES = ("\u25be", "\u25b4")
#: Rows that are no state of the map: the nation, the territories.
ELSEWHERE = frozenset(("US", "PR", "GU", "VI", "AS", "MP"))
_SIDE, _GAP, _HIGH = 57, 3, 48


def plot(
    frame: Any,
    *,
    state: str = "state_abbr",
    value: str,
    unit: str = "",
    decimals: int = 1,
    mark: Sequence[str] | str = (),
    diverging: float | None = None,
) -> Made:
    """One row for each state (two letters). Five classes with about as many states each; around `diverging`, where it
    is given, two below, the middle, two above. A state without a value is hatched."""
    data = frames.records(frame, (state, value))
    unit_ = Unit(unit, decimals)
    tiles = {
        str(one["state_abbr"]): (str(one["state_name"]), int(one["tile_row"]), int(one["tile_column"]))
        for one in table("states").to_dict("records")
    }
    values: dict[str, float] = {}
    for row in data:
        code = str(row[state])
        if code in ELSEWHERE:
            continue
        if code not in tiles:
            raise ValueError(f"{code[:20]!r} in the column {state!r} is not a state as two letters, like OH")
        if code in values:
            raise ValueError(f"the state {code} has more than one row; filter to one occupation and one year")
        values[code] = frames.number(row, value)
    known = {code: round(one, decimals) for code, one in values.items() if not math.isnan(one)}
    if not known:
        raise ValueError(f"the column {value!r} holds no number for a state")
    marked = frames.marks(mark, list(tiles))
    limits = (
        _around(list(known.values()), diverging, decimals) if diverging is not None else _fifths(list(known.values()))
    )
    looks = DIVERGING if diverging is not None else CLASSES

    top = 14
    sheet = Sheet(top + 8 * (_HIGH + _GAP) + 4)
    rows.caption(sheet, 8, unit_.caption())
    for code, (_, r, c) in tiles.items():
        if code not in marked:
            _tile(sheet, top, code, r, c, known.get(code), unit_, limits, looks, False)
    for code in sorted(marked):
        _tile(sheet, top, code, *tiles[code][1:], known.get(code), unit_, limits, looks, True)
    _legend(sheet, 34, known, limits, looks, unit_, len(known) < len(tiles))
    ranked = sorted(known, key=lambda code: (-known[code], tiles[code][0]))
    table_rows = [(tiles[code][0], unit_.show(known[code])) for code in ranked]
    table_rows += [(name, "n/a") for code, (name, _, _) in sorted(tiles.items()) if code not in known]
    told = _words(known, {code: one[0] for code, one in tiles.items()}, marked, unit_)
    return Made(sheet, told, ("State", unit_.caption() or value), tuple(table_rows))


def _fifths(values: list[float]) -> list[float]:
    """The lower limits of the second to the fifth class, each with about a fifth of the values."""
    ranked = sorted(values)
    found: list[float] = []
    for n in range(1, 5):
        limit = ranked[min(len(ranked) - 1, math.ceil(n * len(ranked) / 5))]
        if limit > ranked[0] and limit not in found:
            found.append(limit)
    return found


def _around(values: list[float], center: float, decimals: int) -> list[float]:
    """Limits at equal distances around a center."""
    far = max(abs(max(values) - center), abs(min(values) - center)) or 1.0
    step = round(far / 2.5, decimals) or 10**-decimals
    return [round(center + n * step, decimals) for n in (-1.5, -0.5, 0.5, 1.5)]


def _tile(
    sheet: Sheet,
    top: float,
    code: str,
    row: int,
    column: int,
    value: float | None,
    unit: Unit,
    limits: Sequence[float],
    looks: Sequence[tuple[str, str]],
    strong: bool,
) -> None:
    """One state."""
    x, y = column * (_SIDE + _GAP) + 1.5, top + row * (_HIGH + _GAP)
    middle = x + _SIDE / 2
    if value is None:
        sheet.box(x, y, _SIDE, _HIGH, "paper", "axis", 1, hatch="////")
        sheet.box(x + 10, y + 7, _SIDE - 20, _HIGH - 14, "paper")
        sheet.text(middle, y + 16, code, "ink", SMALL, bold=True, align="center")
        sheet.text(middle, y + 32, "n/a", "muted", SMALL, align="center")
        return
    place = _class(value, limits, len(looks))
    fill, ink = looks[place]
    sheet.box(x, y, _SIDE, _HIGH, fill, "ink" if strong else "axis", 3 if strong else 0.8)
    sheet.text(middle, y + 15.5, code, ink, SMALL, bold=True, align="center")
    if looks is DIVERGING and place != 2:  # told apart without color, too
        sheet.text(x + _SIDE - 4, y + 8, SIDES[place > 2], ink, 11, align="right")
    words, size = _fitting(value, unit)
    sheet.text(middle, y + 32.5, words, ink, size, align="center")


def _fitting(value: float, unit: Unit) -> tuple[str, float]:
    """A value as it fits into a tile, and its size; numbers that are too long are told in thousands or millions."""
    words = unit.show(value)
    for size in (SIZE, 11.0):
        if width_of(words, size) < _SIDE - 5:
            return words, size
    for power, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(value) >= power:
            short = Unit(unit.name, 1 if abs(value) < 99.95 * power else 0).show(value / power)
            return short.replace("%", f"{letter}%") if unit.percent else f"{short}{letter}", 11.0
    return Unit(unit.name, 0).show(value), 11.0


def _class(value: float, limits: Sequence[float], classes: int) -> int:
    """Which class a value is in; with fewer limits (many equal values) the classes are spread over the colors."""
    place = sum(value >= limit for limit in limits)
    return round(place * (classes - 1) / len(limits)) if limits else classes // 2


def _legend(
    sheet: Sheet,
    y: float,
    known: dict[str, float],
    limits: Sequence[float],
    looks: Sequence[tuple[str, str]],
    unit: Unit,
    gaps: bool,
) -> None:
    """The limits of the classes, as a row of boxes above the west."""
    values = sorted(known.values())
    x = 1.5
    for n in range(len(limits) + 1):
        inside = [one for one in values if sum(one >= limit for limit in limits) == n]
        if not inside:
            continue
        fill, ink = looks[_class(inside[0], limits, len(looks))]
        ends = dict.fromkeys(_fitting(one, unit)[0] for one in (inside[0], inside[-1]))
        words = "\u2013".join(ends)
        wide = width_of(words, SMALL) + 12
        sheet.box(x, y, wide, 24, fill, "axis", 0.8)
        sheet.text(x + wide / 2, y + 12, words, ink, SMALL, align="center")
        sheet.text(x + wide / 2, y + 36, str(len(inside)), "muted", SMALL, align="center")
        x += wide + 3
    told = "Below each class: how many states are in it" + ("; n/a: not published" if gaps else "")
    told += f"; {SIDES[0]} under, {SIDES[1]} over the middle" if looks is DIVERGING else ""
    sheet.text(1.5, y + 55, told, "muted", SMALL)


def _words(known: dict[str, float], names: dict[str, str], marked: frozenset[str], unit: Unit) -> str:
    """In words: both ends, the middle half, the marked states."""
    ranked = sorted(known, key=lambda code: (-known[code], names[code]))
    say = unit.say

    def some(codes: Sequence[str]) -> str:
        return ", ".join(f"{names[code]} {say(known[code])}" for code in codes)

    more = [f"{names[code]}: {say(known.get(code))}." for code in sorted(marked)]
    if len(ranked) > 8:
        a, b = known[ranked[-1 - len(ranked) // 4]], known[ranked[len(ranked) // 4]]
        more.append(f"The middle half of the states lies between {say(a)} and {say(b)}.")
    gaps = len(names) - len(known)
    if gaps:
        more.append(f"{gaps} without a published figure.")
    return alt(
        f"Tile map of {len(known)} states and districts, {unit.name or 'values'}, from {say(known[ranked[-1]])} to "
        f"{say(known[ranked[0]])}.",
        f"Highest: {some(ranked[:3])}. Lowest: {some(ranked[-2:])}." if len(ranked) > 4 else f"{some(ranked)}.",
        more=more,
    )
