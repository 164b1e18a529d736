"""Parts of a whole in percent: one bar of a hundred for each label, with the number in each part."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Sheet, spread
from course.labor.plots.tile_map import CLASSES
from course.labor.plots.words import Unit, alt, listed
from course.labor.style import SIZE, SMALL, width_of, wrap

#: Number of parts -> classes of the palette, from dark to light.
_LOOKS = {2: (4, 2), 3: (5, 3, 1), 4: (5, 4, 2, 1), 5: (5, 4, 3, 2, 1)}
#: The parts of a row add up to a hundred, give or take what rounding does (percent).
ROUNDING = 1.0
_BAR, _PITCH = 34, 50


def plot(
    frame: Any,
    *,
    label: str,
    parts: Sequence[str],
    names: Sequence[str] = (),
    decimals: int = 0,
    mark: Sequence[str] | str = (),
) -> Made:
    """One bar for each label (up to 25); `parts` are 2 to 5 columns in percent that add up to 100, `names` what they
    are called above the first bar."""
    parts = [parts] if isinstance(parts, str) else list(parts)
    called = list(names) or parts
    if len(parts) not in _LOOKS:
        raise ValueError(f"parts= takes 2 to 5 columns, and got {len(parts)}")
    if len(called) != len(parts):
        raise ValueError(f"names= needs one name for each of the {len(parts)} parts, and got {len(called)}")
    data = frames.records(frame, (label, *parts), most=rows.MOST)
    labels, unit = frames.texts(data, label), Unit("percent", decimals)
    marked = frames.marks(mark, labels)
    values = [[frames.number(row, part) for part in parts] for row in data]
    for one, row in zip(labels, values, strict=True):
        if any(math.isnan(part) or part < 0 for part in row):
            raise ValueError(f"a part of {one!r} is missing or below zero; each bar needs all its parts")
        if abs(sum(row) - 100) > ROUNDING:
            raise ValueError(f"the parts of {one!r} add up to {sum(row):.1f} percent, not to 100")

    lines, widest = rows.wrapped(labels, marked, 190)
    left = widest + rows.GAP
    heads = [wrap(one, 150, SMALL, True) for one in called]
    top = 12 + max(len(one) for one in heads) * SMALL * 1.25 + 4
    sheet = Sheet(top + _PITCH * len(data))
    long = sheet.width - left - 2
    last = max(width_of(unit.show(row[-1]), SMALL, True) + 6 for row in values)
    if any(row[-1] / 100 * long < last for row in values):
        long -= last
    for n, one in enumerate(labels):
        y = top + _PITCH * n + _BAR / 2 + 2
        rows.name(sheet, y, one, lines[n], marked)
        x = left
        for part, (fill, ink) in zip(values[n], _colors(len(parts)), strict=True):
            wide = long * part / sum(values[n])
            sheet.box(x, y - _BAR / 2, wide, _BAR, fill, "axis", 0.8)
            words = unit.show(part)
            size = SIZE if width_of(words, SIZE, True) < wide - 6 else SMALL - 1
            if width_of(words, size, True) < wide - 2:
                sheet.text(x + wide / 2, y, words, ink, size, bold=True, align="center")
            elif x + wide > left + long - 1:
                sheet.text(x + wide + 5, y, words, "ink", SMALL, bold=True)
            else:
                sheet.text(x + wide / 2, y + _BAR / 2 + 8, words, "ink", SMALL - 1, align="center")
            x += wide
    _heads(sheet, heads, values[0], left, long, top)
    table = tuple((one, *map(unit.show, values[n])) for n, one in enumerate(labels))
    return Made(sheet, _words(labels, values, called, unit), (label, *called), table)


def _colors(parts: int) -> list[tuple[str, str]]:
    """Fill and ink of each part."""
    return [CLASSES[place - 1] for place in _LOOKS[parts]]


def _heads(
    sheet: Sheet, heads: Sequence[Sequence[str]], values: Sequence[float], left: float, long: float, top: float
) -> None:
    """The names of the parts above the first bar, each with a stroke down to its part."""
    ends, x = [], left
    for part in values:
        ends.append(x + long * part / sum(values) / 2)
        x += long * part / sum(values)
    sizes = [max(width_of(line, SMALL, True) for line in lines) for lines in heads]
    where = spread(ends, sizes, 0, sheet.width, 14)
    for n, lines in enumerate(heads):
        high = (len(lines) - 1) * SMALL * 1.25
        sheet.lines(where[n], top - 11 - high / 2, lines, "ink", SMALL, bold=True, align="center")
        sheet.line((where[n], ends[n]), (top - 3, top + 2), "axis")


def _words(labels: Sequence[str], values: Sequence[Sequence[float]], names: Sequence[str], unit: Unit) -> str:
    """In words: the parts of the first and of the last bar."""
    said = f"Stacked bars of {rows.counted(len(labels))}, in percent of the whole: {listed(list(names))}."

    def bar(n: int) -> str:
        told = (f"{name} {unit.say(part)}" for name, part in zip(names, values[n], strict=True))
        return f"{labels[n]}: {', '.join(told)}."

    more = [bar(len(labels) - 1)] if len(labels) > 1 else []
    for n, name in enumerate(names):
        column = [row[n] for row in values]
        if len(labels) > 1:
            more.append(f"{name}: {unit.say(min(column))} to {unit.say(max(column))} over all rows.")
    return alt(said, bar(0), more=more)
