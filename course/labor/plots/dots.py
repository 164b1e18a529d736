"""Dots on a line for each label; two values make a dumbbell, two ends a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Sheet, spread, tight
from course.labor.plots.words import Unit, alt, rank
from course.labor.style import SMALL, width_of


def plot(
    frame: Any,
    *,
    label: str,
    value: str,
    other: str | None = None,
    names: Sequence[str] = ("", ""),
    low: str | None = None,
    high: str | None = None,
    mark: Sequence[str] | str = (),
    unit: str = "",
    decimals: int = 0,
    sort: bool = True,
) -> Made:
    """One row for each label (up to 25): a dot at `value`, a second one at `other`, a thin line from `low` to `high`."""
    data = frames.records(frame, (label, value, other, low, high), most=rows.MOST)
    if len(names) != 2:
        raise ValueError("names= takes two names: one for value, one for other")
    first, kind = frames.numbers(data, value), Unit(unit, decimals)
    places = rows.order(first, sort)
    data, first = [data[n] for n in places], [first[n] for n in places]
    labels = frames.texts(data, label)
    second = frames.numbers(data, other) if other else [math.nan] * len(first)
    ends = [
        (frames.number(row, low) if low else math.nan, frames.number(row, high) if high else math.nan) for row in data
    ]
    marked = frames.marks(mark, labels)

    lines, widest = rows.wrapped(labels, marked, 220)
    pitch = 42 if any(len(one) > 1 for one in lines) else 28
    everything = frames.known([*first, *second, *(end for pair in ends for end in pair)])
    room = max(width_of(kind.show(one), bold=True) for one in everything) + 14
    top = (24 if unit else 0) + (24 if any(names) else 4)
    sheet = Sheet(top + pitch * len(data) + 34)
    left = widest + rows.GAP + (room if other or low else 8)
    scale = tight(everything, left, sheet.width - room)
    rows.caption(sheet, 8, kind.caption())
    for n, one in enumerate(labels):
        y = top + pitch * (n + 0.5)
        sheet.line((widest + rows.GAP, sheet.width), (y, y), "guide")
        rows.name(sheet, y, one, lines[n], marked)
        _row(sheet, y, scale, kind, first[n], second[n], ends[n], rows.shade_of(one, marked), one in marked)
    if any(names):
        _names(sheet, top - 6, [scale(one) for one in (first[0], second[0]) if not math.isnan(one)], names)
    rows.axis(sheet, scale, top + pitch * len(data) + 6, kind)

    headers = [label, names[0] or value, *([names[1] or str(other)] if other else [])]
    headers += [column for column in (low, high) if column]
    table = [
        (
            one,
            kind.show(first[n]),
            *([kind.show(second[n])] if other else []),
            *map(kind.show, ends[n][: len(headers) - 2]),
        )
        if low or high
        else (one, kind.show(first[n]), *([kind.show(second[n])] if other else []))
        for n, one in enumerate(labels)
    ]
    told = _pairs(labels, first, second, names, kind) if other else _alone(labels, first, marked, kind)
    return Made(sheet, told, tuple(headers), tuple(table))


def _row(
    sheet: Sheet,
    y: float,
    scale: Any,
    unit: Unit,
    first: float,
    second: float,
    ends: tuple[float, float],
    shade: str,
    bold: bool,
) -> None:
    """The marks of one label, and their values at both sides."""
    known = [one for one in (first, second, *ends) if not math.isnan(one)]
    if not known:
        sheet.text(scale.start, y, "not published", "muted", SMALL)
        return
    leftmost, rightmost = min(known), max(known)
    if leftmost < rightmost:
        sheet.line((scale(leftmost), scale(rightmost)), (y, y), shade, 2.5 if not math.isnan(second) else 1.6)
    for end in ends:
        if not math.isnan(end):
            sheet.line((scale(end), scale(end)), (y - 5, y + 5), shade, 1.6)
    if not math.isnan(first):
        sheet.dots([scale(first)], [y], shade, 11, hollow=not math.isnan(second))
    if not math.isnan(second):
        sheet.dots([scale(second)], [y], shade, 11)
    if math.isnan(second) and math.isnan(ends[0]) and math.isnan(ends[1]):
        sheet.text(scale(first) + 11, y, unit.show(first), "ink", bold=bold)
        return
    sheet.text(scale(rightmost) + 11, y, unit.show(rightmost), "ink", bold=bold)
    if leftmost < rightmost:
        sheet.text(scale(leftmost) - 11, y, unit.show(leftmost), "ink", bold=bold, align="right")
    if math.isnan(second) and leftmost < first < rightmost:
        sheet.text(scale(first), y - 13, unit.show(first), "ink", SMALL, bold=True, align="center")


def _names(sheet: Sheet, y: float, xs: Sequence[float], names: Sequence[str]) -> None:
    """What the two dots are, above those of the first row."""
    said = [one for one in names if one][: len(xs)]
    sizes = [width_of(one, SMALL, True) for one in said]
    where = spread(list(xs), sizes, 0, sheet.width, 18)
    for n, one in enumerate(said):
        sheet.text(where[n], y, one, "ink", SMALL, bold=True, align="center")


def _alone(labels: Sequence[str], values: Sequence[float], marked: frozenset[str], unit: Unit) -> str:
    """In words, for one value a row."""
    ranked = sorted((one for one in zip(values, labels, strict=True) if one[0] == one[0]), reverse=True)
    many = f"{len(labels)} rows" if len(labels) > 1 else "one row"
    highest, lowest = ranked[0], ranked[-1]
    said = f"Dot plot of {many}, {unit.name or 'values'}, from {unit.say(lowest[0])} to {unit.say(highest[0])}."
    ends = f"Highest: {highest[1]}, {unit.say(highest[0])}. Lowest: {lowest[1]}, {unit.say(lowest[0])}."
    more = [
        f"{one}: {unit.say(amount)}, {rank(place, len(ranked))}."
        for place, (amount, one) in enumerate(ranked, 1)
        if one in marked
    ]
    middle = ranked[len(ranked) // 2]
    more += [f"In the middle of the order stands {middle[1]} with {unit.say(middle[0])}."] if len(ranked) > 4 else []
    return alt(said, ends, more=more)


def _pairs(
    labels: Sequence[str], first: Sequence[float], second: Sequence[float], names: Sequence[str], unit: Unit
) -> str:
    """In words, for two values a row."""
    known = [(b - a, one, a, b) for one, a, b in zip(labels, first, second, strict=True) if a == a and b == b]
    if not known:
        return alt(f"Dot plot of pairs with {len(labels)} rows; no row has both values.")
    known.sort(key=lambda one: abs(one[0]))
    what = " against ".join(filter(None, names)) or "two values"
    small, large = known[0], known[-1]
    ends = [one for pair in known for one in pair[2:]]
    more = f"Smallest: {small[1]}, {unit.say(small[2])} to {unit.say(small[3])}." if len(known) > 1 else ""
    rises = sum(one[0] > 0 for one in known)
    return alt(
        f"Dot plot of pairs, {what}, {len(labels)} rows, {unit.name or 'values'}, from {unit.say(min(ends))} to "
        f"{unit.say(max(ends))}.",
        f"Largest difference: {large[1]}, {unit.say(large[2])} to {unit.say(large[3])}.",
        more,
        more=[f"The second value is higher in {rises} of {len(known)} rows."],
    )
