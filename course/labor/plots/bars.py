"""Bars from zero, one for each label; those below zero run to the left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Sheet, tight
from course.labor.plots.words import Unit, alt, rank
from course.labor.style import SMALL, width_of


def plot(
    frame: Any,
    *,
    label: str,
    value: str,
    unit: str = "",
    decimals: int = 1,
    mark: Sequence[str] | str = (),
    sort: bool = True,
) -> Made:
    """One bar for each label (up to 25)."""
    data = frames.records(frame, (label, value), most=rows.MOST)
    values, kind = frames.numbers(data, value), Unit(unit, decimals)
    places = rows.order(values, sort)
    data, values = [data[n] for n in places], [values[n] for n in places]
    labels = frames.texts(data, label)
    marked = frames.marks(mark, labels)

    lines, widest = rows.wrapped(labels, marked, 250)
    known = frames.known(values)
    room = max(width_of(kind.show(one), bold=True) for one in known) + 8
    top = 26 if unit else 6
    ys, foot = rows.middles(lines, top, 32)
    sheet = Sheet(foot + 6)
    left = widest + rows.GAP
    right = room if max(known) >= 0 else 8.0
    if len(known) < len(values):
        right = max(right, width_of("not published", SMALL) + 8)
    scale = tight([0.0, *known], left + (room if min(known) < 0 else 0), sheet.width - right)
    rows.caption(sheet, 8, kind.caption())
    zero = scale(0)
    for n, one in enumerate(labels):
        y = ys[n]
        rows.name(sheet, y, one, lines[n], marked)
        if math.isnan(values[n]):
            sheet.text(zero + 6, y, "not published", "muted", SMALL)
            continue
        shade, end = rows.shade_of(one, marked), scale(values[n])
        if values[n] < 0 and shade != "context":
            shade = "orange"
        sheet.box(min(zero, end), y - 9, abs(end - zero), 18, shade)
        side = -1 if values[n] < 0 else 1
        align = "right" if side < 0 else "left"
        sheet.text(end + 7 * side, y, kind.show(values[n]), "ink", bold=one in marked, align=align)
    sheet.line((zero, zero), (top, foot), "ink", 1.2)
    table = tuple((one, kind.show(values[n])) for n, one in enumerate(labels))
    return Made(sheet, _words(labels, values, marked, kind), (label, kind.caption() or value), table)


def _words(labels: Sequence[str], values: Sequence[float], marked: frozenset[str], unit: Unit) -> str:
    """In words: both ends, the marked ones, how many are below zero."""
    ranked = sorted((one for one in zip(values, labels, strict=True) if one[0] == one[0]), reverse=True)
    say, top, low = unit.say, ranked[0], ranked[-1]
    said = f"Bar chart of {rows.counted(len(labels))}, {unit.name or 'values'}."
    ends = f"Highest: {top[1]}, {say(top[0])}." + (f" Lowest: {low[1]}, {say(low[0])}." if len(ranked) > 1 else "")
    more = [
        f"{one}: {say(amount)}, {rank(place, len(ranked))}."
        for place, (amount, one) in enumerate(ranked, 1)
        if one in marked and one not in (top[1], low[1])
    ]
    below = sum(amount < 0 for amount, _ in ranked)
    more += [f"{below} of {len(ranked)} below zero."] if below else []
    more += [f"Then {one}, {say(amount)}." for amount, one in ranked[1:-1] if one not in marked]
    return alt(said, ends, more=more)
