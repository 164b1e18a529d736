"""Two moments, and a line for each label from the one to the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.labor.plots import frames
from course.labor.plots.made import Made
from course.labor.plots.sheet import LEADING, Sheet, spread, tight
from course.labor.plots.words import Unit, alt, capital, change
from course.labor.style import MARKERS, SERIES, SIZE, SMALL, width_of, wrap

#: More slopes than this are a tangle.
MOST = 14
_HIGH = 300


def plot(
    frame: Any,
    *,
    label: str,
    start: str,
    end: str,
    names: Sequence[str] = ("", ""),
    unit: str = "",
    decimals: int = 0,
    mark: Sequence[str] | str = (),
) -> Made:
    """One line for each label (up to 14) from the column `start` to the column `end`; `names` are the two moments."""
    data = frames.records(frame, (label, start, end), most=MOST, what="lines")
    if len(names) != 2:
        raise ValueError('names= takes two names, as names=("May 2021", "May 2025")')
    kind = Unit(unit, decimals)
    all_labels = frames.texts(data, label)
    marked = frames.marks(mark, all_labels)
    pairs = [
        (one, a, b)
        for one, a, b in zip(all_labels, frames.numbers(data, start), frames.numbers(data, end), strict=True)
        if not (math.isnan(a) or math.isnan(b))
    ]
    if not pairs:
        raise ValueError(f"no row has both {start!r} and {end!r}, so there is nothing to draw")
    labels = [one for one, _, _ in pairs]
    texts = {one: wrap(one, 190, SIZE, one in marked) for one in labels}
    moves = {one: _move(a, b, kind) for one, a, b in pairs}
    left = max(width_of(kind.show(a), SIZE, True) for _, a, _ in pairs) + 30
    right = 22 + max(
        max(width_of(line, SIZE, True) for line in [*texts[one], f"{kind.show(b)}  {moves[one]}"])
        for one, _, b in pairs
    )
    top = 62.0
    tall = sum(len(one) + 1 for one in texts.values()) * SIZE * LEADING + 8 * len(pairs)
    sheet = Sheet(top + max(_HIGH, tall) + 20)
    level = tight([one for _, a, b in pairs for one in (a, b)], sheet.height - 30, top + 10)
    from_x, to_x = left, sheet.width - right
    sheet.text(1, 8, kind.caption(), "muted", SMALL)
    for x, name in ((from_x, names[0] or start), (to_x, names[1] or end)):
        sheet.line((x, x), (top - 14, sheet.height - 8), "guide")
        sheet.text(x, top - 26, name, "ink", bold=True, align="center")
    shades = _shades(labels, marked)
    for n, (one, a, b) in enumerate(pairs):
        ys = (level(a), level(b))
        sheet.line((from_x, to_x), ys, shades[n], 3 if one in marked else 2.2)
        sheet.dots((from_x, to_x), ys, shades[n], 9, MARKERS[n % len(MARKERS)] if not marked else "o")
    line = SIZE * LEADING
    where = spread([level(a) for _, a, _ in pairs], [line] * len(pairs), top, sheet.height - 4, 1)
    for n, (one, a, _) in enumerate(pairs):
        _leader(sheet, from_x - 7, level(a), from_x - 16, where[n])
        sheet.text(from_x - 18, where[n], kind.show(a), shades[n], bold=one in marked, align="right")
    sizes = [(len(texts[one]) + 1) * line for one in labels]
    where = spread([level(b) for _, _, b in pairs], sizes, top - 8, sheet.height - 2, 7)
    for n, (one, _, b) in enumerate(pairs):
        y = where[n] - sizes[n] / 2 + line / 2
        _leader(sheet, to_x + 7, level(b), to_x + 16, min(max(level(b), y - 4), y + sizes[n] - line + 4))
        box = sheet.text(to_x + 18, y, kind.show(b), shades[n], bold=True)
        sheet.text(box[2] + 8, y, moves[one], "muted", SMALL)
        for m, words in enumerate(texts[one], 1):
            sheet.text(to_x + 18, y + m * line, words, shades[n], bold=one in marked)
    headers = (label, names[0] or start, names[1] or end, "Change")
    table = tuple((one, kind.show(a), kind.show(b), moves[one]) for one, a, b in pairs)
    return Made(sheet, _words(pairs, names, kind), headers, table)


def _leader(sheet: Sheet, x: float, y: float, to_x: float, to_y: float) -> None:
    """A thin line from a mark to its words, where they had to move away."""
    if abs(to_y - y) > 7:
        sheet.line((x, to_x), (y, to_y), "axis", 0.8)


def _move(start: float, end: float, unit: Unit) -> str:
    """ "+9.6%"; a difference where percent of percent would be meant."""
    if unit.percent or start <= 0:
        return Unit("points" if unit.percent else unit.name, max(unit.decimals, 1)).show(end - start, sign=True)
    return Unit("percent", 1).show(100 * (end / start - 1), sign=True)


def _shades(labels: Sequence[str], marked: frozenset[str]) -> list[str]:
    """A color for each; all but the marked ones step back, and so do many lines."""
    if marked or len(labels) > len(SERIES) - 1:
        return ["blue" if one in marked or not marked else "context" for one in labels]
    return [SERIES[n] for n in range(len(labels))]


def _words(pairs: Sequence[tuple[str, float, float]], names: Sequence[str], unit: Unit) -> str:
    """In words: each line from start to end, those that moved most first."""
    moved = sorted(pairs, key=lambda one: one[2] - one[1], reverse=True)
    many = "one line" if len(pairs) == 1 else f"{len(pairs)} lines"
    between = f" from {names[0]} to {names[1]}" if all(names) else ""
    said = f"Slope chart{between}, {many}, {unit.name or 'values'}."
    each = []
    for one, a, b in moved:
        words = change(a, b) if a > 0 and not unit.percent else ""
        each.append(f"{capital(one)}: {unit.say(a)} to {unit.say(b)}{f', {words}' if words else ''}.")
    if len(each) > 2:
        each = [f"Largest rise: {each[0]}", f"Smallest: {each[-1]}", *each[1:-1]]
    return alt(said, each[0], more=each[1:])
