"""Dots on a line for each label; two values make a dumbbell, two ends a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Scale, Sheet, spread, tight
from course.labor.plots.words import Unit, alt, capital, rank
from course.labor.style import SMALL, width_of


class Row(NamedTuple):
    """One label; NaN for what there is not."""

    label: str
    first: float
    second: float
    low: float
    high: float

    def known(self) -> list[float]:
        """The values that are there."""
        return frames.known(self[1:])


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
    """One row for each label (up to 25): a dot at `value`, a second one at `other`, a thin line from `low` to
    `high`. `names` are those of the two dots."""
    data = frames.records(frame, (label, value, other, low, high), most=rows.MOST)
    if len(names) != 2:
        raise ValueError("names= takes two names: one for value, one for other")
    kind = Unit(unit, decimals)
    firsts = frames.numbers(data, value)
    columns = [[math.nan if not one else frames.number(row, one) for row in data] for one in (other, low, high)]
    made = [Row(*one) for one in zip(frames.texts(data, label), firsts, *columns, strict=True)]
    made = [made[n] for n in rows.order(firsts, sort)]
    labels = [one.label for one in made]
    marked = frames.marks(mark, labels)

    lines, widest = rows.wrapped(labels, marked, 220)
    everything = [amount for one in made for amount in one.known()]
    room = max(width_of(kind.show(one), bold=True) for one in everything) + 16
    top = (24 if unit else 0) + (34 if any(names) and other else 4)
    ys, foot = rows.middles(lines, top, 40 if low or high else 28)
    sheet = Sheet(foot + 34)
    left = widest + rows.GAP
    scale = tight(everything, left + (room if other or low or high else 8), sheet.width - room)
    rows.caption(sheet, 8, kind.caption())
    for n, one in enumerate(made):
        rows.name(sheet, ys[n], one.label, lines[n], marked)
        _row(sheet, left, ys[n], scale, kind, one, rows.shade_of(one.label, marked), one.label in marked)
    if other and any(names):
        _names(sheet, top - 14, [scale(one) for one in frames.known(made[0][1:3])], names)
    rows.axis(sheet, scale, foot + 6, kind)

    table = {label: labels, names[0] or value: [kind.show(one.first) for one in made]}
    if other:
        table[names[1] or other] = [kind.show(one.second) for one in made]
    if low:
        table[low] = [kind.show(one.low) for one in made]
    if high:
        table[high] = [kind.show(one.high) for one in made]
    told = _pairs(made, names, kind) if other else _alone(made, marked, kind)
    return Made(sheet, told, tuple(table), tuple(zip(*table.values(), strict=True)))


def _row(sheet: Sheet, start: float, y: float, scale: Scale, unit: Unit, row: Row, shade: str, bold: bool) -> None:
    """The marks of one label, their values at both sides, and a light line from the label to the first of them."""
    known = row.known()
    if not known:
        sheet.text(scale.start, y, "not published", "muted", SMALL)
        return
    least, most = min(known), max(known)
    pair, ranged = not math.isnan(row.second), not (math.isnan(row.low) and math.isnan(row.high))
    left_words = unit.show(least) if least < most else ""
    end = scale(least) - (18 + width_of(left_words, bold=bold) if left_words else 10)
    if end > start + 6:
        sheet.line((start, end), (y, y), "guide")
    if least < most:
        sheet.line((scale(least), scale(most)), (y, y), shade, 3 if pair else 2)
        sheet.text(scale(least) - 11, y, left_words, "ink", bold=bold, align="right")
    for one in (row.low, row.high):
        if not math.isnan(one):
            sheet.line((scale(one), scale(one)), (y - 5, y + 5), shade, 2)
    if not math.isnan(row.first):
        sheet.dots([scale(row.first)], [y], shade, 10 if pair else 12, hollow=pair)
    if pair:
        sheet.dots([scale(row.second)], [y], shade, 12)
    sheet.text(scale(most) + 11, y, unit.show(most), "ink", bold=bold)
    if ranged and least < row.first < most:
        sheet.text(scale(row.first), y - 14, unit.show(row.first), "ink", SMALL, bold=True, align="center")


def _names(sheet: Sheet, y: float, xs: Sequence[float], names: Sequence[str]) -> None:
    """What the two dots are, above those of the first row."""
    said = list(names)[: len(xs)]
    sizes = [width_of(one, SMALL, True) + 16 for one in said]
    for n, x in enumerate(spread(list(xs), sizes, 0, sheet.width, 16)):
        left = x - sizes[n] / 2
        sheet.dots([left + 5], [y], "ink", 7 if n == 0 else 9, hollow=n == 0)
        sheet.text(left + 15, y, said[n], "ink", SMALL, bold=True)


def _alone(made: Sequence[Row], marked: frozenset[str], unit: Unit) -> str:
    """In words, for one value a row."""
    ranked = sorted(((one.first, one.label) for one in made if one.first == one.first), reverse=True)
    (most, top), (least, low), say = ranked[0], ranked[-1], unit.say
    if len(ranked) == 1:
        return alt(f"Dot plot of {rows.counted(len(made))}, {unit.name or 'values'}. {capital(top)}: {say(most)}.")
    said = f"Dot plot of {rows.counted(len(made))}, {unit.name or 'values'}, from {say(least)} to {say(most)}."
    more = [
        f"{one}: {say(amount)}, {rank(place, len(ranked))}."
        for place, (amount, one) in enumerate(ranked, 1)
        if one in marked and one not in (top, low)
    ]
    if len(ranked) > 4:
        amount, one = ranked[len(ranked) // 2]
        more.append(f"In the middle of the order: {one}, {say(amount)}.")
    more += [f"{one}: {say(amount)}." for amount, one in ranked[1:-1] if one not in marked and len(ranked) <= 4]
    return alt(said, f"Highest: {top}, {say(most)}.", f"Lowest: {low}, {say(least)}.", more=more)


def _pairs(made: Sequence[Row], names: Sequence[str], unit: Unit) -> str:
    """In words, for two values a row."""
    both = sorted(
        (one for one in made if one.first == one.first and one.second == one.second),
        key=lambda one: abs(one.second - one.first),
    )
    say, what = unit.say, " against ".join(filter(None, names)) or "two values"
    if not both:
        return alt(f"Dot plot of pairs, {what}, {rows.counted(len(made))}; no row has both values.")
    ends = [amount for one in both for amount in one[1:3]]
    large, small = both[-1], both[0]
    rises = sum(one.second > one.first for one in both)
    return alt(
        f"Dot plot of pairs, {what}, {rows.counted(len(made))}, {unit.name or 'values'}, from {say(min(ends))} to "
        f"{say(max(ends))}.",
        f"Largest difference: {large.label}, {say(large.first)} to {say(large.second)}.",
        f"Smallest: {small.label}, {say(small.first)} to {say(small.second)}." if len(both) > 1 else "",
        more=[
            f"{capital(names[1] or 'the second value')} is higher in {_of(rises, len(both))}." if len(both) > 1 else ""
        ],
    )


def _of(some: int, all_: int) -> str:
    """ "all 8 rows", "no row", "4 of 7 rows"."""
    return "no row" if some == 0 else f"all {all_} rows" if some == all_ else f"{some} of {all_} rows"
