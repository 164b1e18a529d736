"""Projections as lines from their base to their target year, and what was counted later as marks of another kind.

Each occupation code has a color of its own, and nothing joins two codes: they do not count the same people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Scale, Sheet, scale, step_for
from course.labor.plots.words import Unit, alt, change
from course.labor.style import SMALL, width_of

_UNIT = Unit("thousand jobs", 1)
_COLUMNS = (
    "projection_period",
    "soc_code",
    "base_year",
    "target_year",
    "base_employment_thousand_jobs",
    "projected_employment_thousand_jobs",
)
_LOOKS = (("orange", "s"), ("green", "D"), ("blue", "o"), ("purple", "^"))
_HIGH = 380
NOTE = "Lines: projections, with the self-employed. Filled marks: OEWS estimates, without them."


class Line(NamedTuple):
    """One edition for one code; jobs in thousands."""

    edition: str
    code: str
    base: float
    target: float
    start: float
    end: float


def plot(frame: Any, *, actual: Any = None, mark: Sequence[str] | str = (), zero: bool = False) -> Made:
    """`frame` holds rows of the table ``projections``; `actual` has year, soc_code and employment_jobs. `mark` names
    editions ("2022-32") to emphasize."""
    data = frames.records(frame, _COLUMNS, most=14, what="projections")
    made = (
        Line(str(row[_COLUMNS[0]]), str(row[_COLUMNS[1]]), *(frames.number(row, one) for one in _COLUMNS[2:]))
        for row in data
    )
    found = sorted(made, key=lambda one: (one.base, one.code))
    if any(math.isnan(one) for line in found for one in line[2:]):
        raise ValueError("a projection has no base or no target; take only rows with both")
    marked = frames.marks(mark, [one.edition for one in found])
    points = [] if actual is None else _points(actual)
    codes = list(dict.fromkeys([*(one.code for one in found), *(code for _, code, _ in points)]))
    if len(codes) > len(_LOOKS):
        raise ValueError(f"this chart shows up to {len(_LOOKS)} occupation codes, and the tables have {len(codes)}")
    looks = dict(zip(codes, _LOOKS[2:] if len(codes) == 1 else _LOOKS, strict=False))

    years = sorted({year for one in found for year in (one.base, one.target)} | {year for year, _, _ in points})
    jobs = [value for one in found for value in (one.start, one.end)] + [value for _, _, value in points]
    top = 44.0
    sheet = Sheet(top + _HIGH + 58)
    level = scale(jobs, top + _HIGH, top, zero=zero)
    step = level.ticks[1] - level.ticks[0]
    left = max(width_of(_UNIT.tick(tick, step), SMALL) for tick in level.ticks) + 28
    gap = max(1, math.ceil(step_for(years[-1] - years[0], 10)))
    ticks = tuple(float(year) for year in range(int(years[0]), int(years[-1]) + 1, gap))
    along = Scale(years[0], years[-1], left, sheet.width - 112, ticks)
    note = "" if level.low <= 0 else f"; the scale begins at {_UNIT.tick(level.low, step)}, not at zero"
    rows.caption(sheet, 8, f"{_UNIT.caption()}{note}")
    for tick in level.ticks:
        sheet.line((left - 12, sheet.width), (level(tick), level(tick)), "axis" if tick == 0 else "guide")
        sheet.text(left - 18, level(tick), _UNIT.tick(tick, step), "muted", SMALL, align="right")
    for tick in ticks:
        sheet.text(along(tick), top + _HIGH + 18, f"{tick:g}", "muted", SMALL, align="center")
    sheet.text(1, sheet.height - 10, NOTE, "muted", SMALL)
    _draw(sheet, found, points, along, level, looks, marked)
    table = [(one.edition, one.code, "projected", f"{one.target:g}", _UNIT.show(one.end)) for one in found]
    table += [("", code, "counted", f"{year:g}", _UNIT.show(value)) for year, code, value in points]
    base = [(one.edition, one.code, "base", f"{one.base:g}", _UNIT.show(one.start)) for one in found]
    both = [row for pair in zip(base, table, strict=False) for row in pair] + table[len(base) :]
    headers = ("Edition", "SOC code", "What", "Year", "Thousand jobs")
    return Made(sheet, _words(found, points), headers, tuple(both))


def _points(actual: Any) -> list[tuple[float, str, float]]:
    """Year, code and thousand jobs of what was counted."""
    data = frames.records(actual, ("year", "soc_code", "employment_jobs"))
    made = [
        (frames.number(row, "year"), str(row["soc_code"]), frames.number(row, "employment_jobs") / 1000) for row in data
    ]
    return sorted(one for one in made if not math.isnan(one[2]))


def _draw(
    sheet: Sheet,
    found: Sequence[Line],
    points: Sequence[tuple[float, str, float]],
    along: Scale,
    level: Scale,
    looks: dict[str, tuple[str, str]],
    marked: frozenset[str],
) -> None:
    """Lines, marks, and a label at the end of each line."""
    for one in found:
        shade = _shade(one, looks, marked)
        ends = (along(one.base), along(one.target)), (level(one.start), level(one.end))
        sheet.line(*ends, shade, 3 if one.edition in marked else 1.8)
        sheet.dots(ends[0][:1], ends[1][:1], shade, 7, "o", hollow=True)
        for x, y in zip(*ends, strict=True):
            sheet.take(x, y, 5)
        (x, far), (y, end) = ends
        for n in range(1, 20):
            sheet.take(x + (far - x) * n / 20, y + (end - y) * n / 20, 4)
    for one in found:  # after all lines, so that none runs over the end of another
        shade = _shade(one, looks, marked)
        sheet.dots([along(one.target)], [level(one.end)], shade, 10, ">")
    for code, (shade, _) in looks.items():
        own = [(along(year), level(value)) for year, one, value in points if one == code]
        if own:
            xs, ys = zip(*own, strict=True)
            sheet.dots(xs, ys, shade, 10, looks[code][1])
            for x, y in own:
                sheet.take(x, y, 6)
    for one in found:
        shade = _shade(one, looks, marked)
        _label(sheet, along(one.target), level(one.end), one.edition, _UNIT.show(one.end), shade)
    for code, (shade, _) in looks.items():
        spots = [(along(one.base), level(one.start)) for one in found if one.code == code]
        spots += [(along(year), level(value)) for year, each, value in points if each == code]
        _head(sheet, spots, f"SOC {code}", shade)


def _shade(one: Line, looks: dict[str, tuple[str, str]], marked: frozenset[str]) -> str:
    """The color of its code, or that of the context when other editions are marked."""
    return looks[one.code][0] if not marked or one.edition in marked else "context"


def _label(sheet: Sheet, x: float, y: float, edition: str, jobs: str, shade: str) -> None:
    """Edition and jobs beside the end of a line, moved up or down until it is free."""
    name = width_of(edition, SMALL, True)
    wide = name + 6 + width_of(jobs, SMALL)
    for move in (0, -7, 7, -12, 12, -17, 17, -23, 23, -30, 30, -38, 38, -46, 46):
        for left in (x + 10, x - wide / 2):
            if sheet.free((left, y + move - 8, left + wide, y + move + 8)):
                sheet.text(left, y + move, edition, shade, SMALL, bold=True)
                sheet.text(left + name + 6, y + move, jobs, shade, SMALL)
                return


def _head(sheet: Sheet, spots: Sequence[tuple[float, float]], words: str, shade: str) -> None:
    """The code above what belongs to it."""
    wide = width_of(words, bold=True)
    x = min(one[0] for one in spots)
    for lift in (22, 30, 40, 52, 64, -24, -34, -46):
        y = (min(one[1] for one in spots) if lift > 0 else max(one[1] for one in spots)) - lift
        if sheet.free((x, y - 9, x + wide, y + 9)):
            sheet.text(x, y, words, shade, bold=True, clear=True)
            return


def _words(found: Sequence[Line], points: Sequence[tuple[float, str, float]]) -> str:
    """In words: the newest projection, what was counted last, the others."""
    codes = dict.fromkeys(one.code for one in found)
    said = f"Line chart of {len(found)} projections over {len(codes)} occupation codes and {len(points)} later counts."
    newest = found[-1]

    def told(one: Line) -> str:
        return (
            f"Edition {one.edition}, code {one.code}: {_UNIT.say(one.start)} to {_UNIT.say(one.end)} thousand jobs, "
            f"{change(one.start, one.end)}."
        )

    more = []
    if points:
        year, code, value = max(points)
        more.append(f"Last count, code {code}, {year:g}: {_UNIT.say(value)} thousand.")
    more += [told(one) for one in reversed(found[:-1])]
    return alt(said, told(newest), more=more)
