"""Lines over years, one for each series, named at its end. Two series are never joined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import LEADING, Scale, Sheet, scale, spread
from course.labor.plots.words import Unit, alt, capital, change
from course.labor.style import MARKERS, SERIES, SIZE, SMALL, width_of, wrap

#: More lines than this cannot be told apart.
MOST = 8
_UP = 300


class Series(NamedTuple):
    """One line: name, points in the order of x, how it looks."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    shade: str
    marker: str
    bold: bool


def plot(
    frame: Any,
    *,
    x: str = "year",
    y: str,
    series: str,
    unit: str = "",
    decimals: int = 0,
    zero: bool = False,
    mark: Sequence[str] | str = (),
) -> Made:
    """One line for each value of the column `series`; `zero` begins the scale at zero."""
    data = frames.records(frame, (x, y, series))
    kind = Unit(unit, decimals)
    frames.numbers(data, y)
    found = _series(data, x, y, series, frozenset([mark] if isinstance(mark, str) else map(str, mark)))
    xs = sorted({at for one in found for at in one.xs})
    late = [one for one in found if one.xs[-1] == xs[-1]]
    names = {one.name: wrap(one.name, 150, SIZE, one.bold) for one in found}
    up = max(_UP, sum(_high(names[one.name]) + 6 for one in late) - 30)
    level = scale([value for one in found for value in one.ys], up, 0, zero=zero)
    step = level.ticks[1] - level.ticks[0]
    left = max(width_of(kind.tick(tick, step), SMALL) for tick in level.ticks) + 26
    right = max(
        [40.0, *(width_of(line, SIZE, True) + 16 for one in late for line in (*names[one.name], kind.show(one.ys[-1])))]
    )
    top = 40.0
    sheet = Sheet(top + up + 40)
    level = level._replace(start=top + up, end=top)
    first = max(width_of(kind.show(one.ys[0])) for one in found) / 2
    along = Scale(xs[0], xs[-1] if len(xs) > 1 else xs[0] + 1, left + first, sheet.width - right, tuple(xs))
    note = "" if level.low <= 0 else f"; the scale begins at {kind.tick(level.low, step)}, not at zero"
    rows.caption(sheet, 8, f"{kind.caption()}{note}" if unit else note[2:3].upper() + note[3:])
    _guides(sheet, level, along, kind, left)
    for one in found:
        places = [along(at) for at in one.xs], [level(value) for value in one.ys]
        if len(one.xs) > 1:
            sheet.line(*places, one.shade, 3 if one.bold else 2.2)
        sheet.dots(*places, one.shade, 8.5 if one.marker != "D" else 7.5, one.marker)
        for px, py in zip(*places, strict=True):
            sheet.take(px, py)
    _ends(sheet, late, along, level, kind, names)
    for one in found:
        _begins(sheet, one, along, level, kind, names if one not in late else {})
    table = tuple((one.name, f"{at:g}", kind.show(v)) for one in found for at, v in zip(one.xs, one.ys, strict=True))
    return Made(sheet, _words(found, kind), (series, x, unit or y), table)


def _series(data: Sequence[dict[str, Any]], x: str, y: str, series: str, marked: frozenset[str]) -> list[Series]:
    """The lines, in the order in which they first appear."""
    points: dict[str, list[tuple[float, float]]] = {}
    for row in data:
        at, value = frames.number(row, x), frames.number(row, y)
        if not math.isnan(at) and not math.isnan(value):
            points.setdefault(str(row[series]), []).append((at, value))
    if not points:
        raise ValueError(f"no row has both {x!r} and {y!r}, so there is nothing to draw")
    if len(points) > MOST:
        raise ValueError(f"this chart shows up to {MOST} lines, and the table has {len(points)}; filter it first")
    frames.marks(tuple(marked), list(points))
    made: list[Series] = []
    shades = [one for one in SERIES if not (marked and one == "context")]
    for n, (name, pairs) in enumerate(points.items()):
        pairs.sort()
        if len({at for at, _ in pairs}) < len(pairs):
            raise ValueError(f"the line {name!r} has two values for one {x}; each {x} needs one row")
        quiet = bool(marked) and name not in marked
        shade = "context" if quiet else shades[sum(not one.shade == "context" for one in made) % len(shades)]
        points_at = (tuple(at for at, _ in pairs), tuple(value for _, value in pairs))
        made.append(Series(name, *points_at, shade, MARKERS[n % len(MARKERS)], name in marked))
    return made


def _guides(sheet: Sheet, level: Scale, along: Scale, unit: Unit, left: float) -> None:
    """Round values at the left, with a light line each; years below."""
    step = level.ticks[1] - level.ticks[0]
    for tick in level.ticks:
        at = level(tick)
        sheet.line((left - 10, along.end + 6), (at, at), "axis" if tick == 0 else "guide")
        sheet.text(left - 16, at, unit.tick(tick, step), "muted", SMALL, align="right")
    last = -1e9
    for tick in along.ticks:
        words, at = f"{tick:g}", along(tick)
        half = width_of(words, SMALL) / 2
        if at - half > last + 10:
            sheet.text(at, level.start + 20, words, "muted", SMALL, align="center")
            last = at + half


def _high(lines: Sequence[str]) -> float:
    """Height of a name with its value."""
    return (len(lines) + 1) * SIZE * LEADING + 2


def _ends(
    sheet: Sheet, late: Sequence[Series], along: Scale, level: Scale, unit: Unit, names: dict[str, list[str]]
) -> None:
    """Name and last value of the lines that reach the right end, one below the other."""
    if not late:
        return
    high = [_high(names[one.name]) for one in late]
    where = spread([level(one.ys[-1]) for one in late], high, 18, level.start + 8, 6)
    for one, size, y in zip(late, high, where, strict=True):
        lines = names[one.name]
        top = y - size / 2 + SIZE * LEADING / 2 + 1
        x, at = along.end + 14, level(one.ys[-1])
        if not y - size / 2 < at < y + size / 2:
            target = min(max(at, y - size / 2 + 9), y + size / 2 - 9)
            sheet.line((along.end + 7, x - 2), (at, target), "axis", 0.8)
        sheet.text(x, top, unit.show(one.ys[-1]), one.shade, bold=True)
        for n, words in enumerate(lines, 1):
            sheet.text(x, top + n * SIZE * LEADING, words, one.shade, bold=one.bold)


def _begins(sheet: Sheet, one: Series, along: Scale, level: Scale, unit: Unit, names: dict[str, list[str]]) -> None:
    """The first value of a line; of a line that ends early its name and both values."""
    x, y = along(one.xs[0]), level(one.ys[0])
    if not names:
        if len(one.xs) > 1:
            _near(sheet, x, y, [unit.show(one.ys[0])], one.shade)
        return
    values = unit.show(one.ys[0]) if len(one.xs) == 1 else f"{unit.show(one.ys[0])} to {unit.show(one.ys[-1])}"
    middle = (x + along(one.xs[-1])) / 2
    peak = min(level(value) for value in one.ys)
    _near(sheet, middle, peak, [*wrap(one.name, 150), values], one.shade)


def _near(sheet: Sheet, x: float, y: float, lines: Sequence[str], shade: str) -> None:
    """Lines above or below a point, wherever there is room."""
    wide = max(width_of(one, SIZE, True) for one in lines)
    high = len(lines) * SIZE * LEADING
    middle = min(max(x, wide / 2 + 1), sheet.width - wide / 2 - 1)
    for offset in (-high / 2 - 10, high / 2 + 10, -high / 2 - 26, high / 2 + 26):
        box = (middle - wide / 2, y + offset - high / 2, middle + wide / 2, y + offset + high / 2)
        if sheet.free(box):
            break
    else:
        return
    top = y + offset - high / 2 + SIZE * LEADING / 2
    for n, words in enumerate(lines):
        last = n == len(lines) - 1
        sheet.text(
            middle, top + n * SIZE * LEADING, words, shade, bold=last and len(lines) > 1, align="center", clear=True
        )


def _words(found: Sequence[Series], unit: Unit) -> str:
    """In words: each line from its first to its last value."""
    values = [value for one in found for value in one.ys]
    years = [at for one in found for at in one.xs]
    lines = "one line" if len(found) == 1 else f"{len(found)} separate lines"
    span = f"{min(years):g} to {max(years):g}" if min(years) < max(years) else f"{min(years):g}"
    said = (
        f"Line chart, {span}, {lines}, {unit.name or 'values'}, between {unit.say(min(values))} and "
        f"{unit.say(max(values))}."
    )
    each = []
    for one in found:
        if len(one.xs) == 1:
            each.append(f"{capital(one.name)}: {unit.say(one.ys[0])} in {one.xs[0]:g}.")
            continue
        moved = change(one.ys[0], one.ys[-1]) if one.ys[0] > 0 and not unit.percent else ""
        ends = f"from {unit.say(one.ys[0])} in {one.xs[0]:g} to {unit.say(one.ys[-1])} in {one.xs[-1]:g}"
        each.append(f"{capital(one.name)}: {ends}{f', {moved}' if moved else ''}.")
    return alt(said, each[0], more=each[1:])
