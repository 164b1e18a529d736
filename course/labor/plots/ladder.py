"""A percentile ladder: for each label a line from the 10th to the 90th percentile, a box over the middle half, and a
stroke at the median."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.labor.measures import PERCENTILES
from course.labor.plots import frames, rows
from course.labor.plots.made import Made
from course.labor.plots.sheet import Scale, Sheet, spread, tight
from course.labor.plots.words import Unit, alt, rank
from course.labor.style import SMALL, width_of

_NAMES = {10: "10th", 25: "25th", 50: "median", 75: "75th", 90: "90th percentile"}
_UNIT = Unit("dollars a year")
#: With more rows than this the ends of the boxes are not written out.
FEW = 7
#: Half the height of a box.
HALF = 8


def plot(
    frame: Any,
    *,
    label: str,
    band: Sequence[float] | None = None,
    mark: Sequence[str] | str = (),
    sort: bool = False,
) -> Made:
    """One row for each label (up to 25) with the five columns of ``course.labor.PERCENTILES``. `band` shades the
    wages between two amounts."""
    data = frames.records(frame, (label, *PERCENTILES.values()), most=rows.MOST)
    medians = [frames.number(row, PERCENTILES[50]) for row in data]
    data = [data[n] for n in rows.order(medians, sort)]
    labels = frames.texts(data, label)
    marked = frames.marks(mark, labels)
    wages = [{per: frames.number(row, column) for per, column in PERCENTILES.items()} for row in data]
    everything = frames.known(one for row in wages for one in row.values())
    if not everything:
        raise ValueError("none of the percentiles in this table is published, so there is nothing to draw")
    if band is not None:
        if len(band) != 2 or not float(band[0]) < float(band[1]):
            raise ValueError("band= takes two amounts, the lower one first: band=(50_000, 70_000)")
        everything += [float(one) for one in band]

    lines, widest = rows.wrapped(labels, marked, 170)
    full = len(data) <= FEW
    room = max(width_of(_UNIT.show(one)) for one in everything) + 12
    top = 24 + (22 if band is not None else 0) + 16
    ys, foot = rows.middles(lines, top, 68 if full else 54)
    sheet = Sheet(foot + 28)
    scale = tight(everything, widest + rows.GAP + room, sheet.width - room)
    rows.caption(sheet, 8, _UNIT.caption())
    if band is not None:
        _band(sheet, scale, band, 26, foot)
    for n, one in enumerate(labels):
        if n:
            border = ys[n] - (ys[n] - ys[n - 1]) / 2
            sheet.line((0, sheet.width), (border, border), "guide")
        rows.name(sheet, ys[n], one, lines[n], marked)
        _rung(sheet, ys[n], scale, wages[n], one in marked or not marked, full)
    _heads(sheet, scale, wages[0], ys[0] - HALF - 29)
    rows.axis(sheet, scale, foot, _UNIT)
    table = tuple((one, *(_UNIT.show(wages[n][per]) for per in PERCENTILES)) for n, one in enumerate(labels))
    headers = (label, "10th percentile", "25th percentile", "Median", "75th percentile", "90th percentile")
    return Made(sheet, _words(labels, wages, marked, band), headers, table)


def _band(sheet: Sheet, scale: Scale, band: Sequence[float], top: float, foot: float) -> None:
    """The shaded wages, named above."""
    a, b = scale(float(band[0])), scale(float(band[1]))
    sheet.box(a, top + 12, b - a, foot - top - 12, "band")
    words = f"{_UNIT.show(band[0])} to {_UNIT.show(band[1])}"
    half = width_of(words, SMALL, True) / 2
    middle = min(max((a + b) / 2, half), sheet.width - half)
    sheet.text(middle, top, words, "ink", SMALL, bold=True, align="center")
    sheet.line((a, a, b, b), (top + 16, top + 12, top + 12, top + 16), "ink", 1)


def _heads(sheet: Sheet, scale: Scale, wages: dict[int, float], y: float) -> None:
    """Which percentile is which, above the first row."""
    known = [per for per, wage in wages.items() if not math.isnan(wage)]
    sizes = [width_of(_NAMES[per], SMALL, per == 50) for per in known]
    wanted = [scale(wages[per]) for per in known]
    wanted = [x + (sizes[n] / 2 - 10 if known[n] == 90 else 0) for n, x in enumerate(wanted)]
    where = spread(wanted, sizes, 0, sheet.width, 9)
    for n, per in enumerate(known):
        sheet.text(where[n], y, _NAMES[per], "ink" if per == 50 else "muted", SMALL, bold=per == 50, align="center")


def _rung(sheet: Sheet, y: float, scale: Scale, wages: dict[int, float], strong: bool, full: bool) -> None:
    """The marks of one row with their values."""
    known = {per: wage for per, wage in wages.items() if not math.isnan(wage)}
    if len(known) < 2:
        sheet.text(scale.start, y, "percentiles not published", "muted", SMALL)
        return
    shade, fill = ("blue", "blue-pale") if strong else ("context", "pale")
    lowest, highest = min(known), max(known)
    sheet.line((scale(known[lowest]), scale(known[highest])), (y, y), shade, 2)
    for per in (10, 90):
        if per in known:
            sheet.line((scale(known[per]),) * 2, (y - 4, y + 4), shade, 2)
    if 25 in known and 75 in known:
        sheet.box(scale(known[25]), y - HALF, scale(known[75]) - scale(known[25]), 2 * HALF, fill, shade, 1.2)
    if 50 in known:
        sheet.line((scale(known[50]),) * 2, (y - HALF, y + HALF), "ink", 3.5)
        sheet.text(scale(known[50]), y - HALF - 12, _UNIT.show(known[50]), "ink", bold=True, align="center")
    if 10 in known:
        sheet.text(scale(known[10]) - 8, y, _UNIT.show(known[10]), "muted", SMALL, align="right")
    if 90 in known:
        sheet.text(scale(known[90]) + 8, y, _UNIT.show(known[90]), "muted", SMALL)
    else:
        sheet.text(scale(known[highest]) + 8, y, "90th n/a", "muted", SMALL)
    if full and 25 in known and 75 in known:
        words = [_UNIT.show(known[per]) for per in (25, 75)]
        sizes = [width_of(one, SMALL) for one in words]
        where = spread([scale(known[25]), scale(known[75])], sizes, 0, sheet.width, 8)
        for x, one in zip(where, words, strict=True):
            sheet.text(x, y + HALF + 12, one, "muted", SMALL, align="center")


def _words(
    labels: Sequence[str], wages: Sequence[dict[int, float]], marked: frozenset[str], band: Sequence[float] | None
) -> str:
    """In words: the middle half of the row that matters, the ends of the order, the whole range."""
    pairs = zip(labels, wages, strict=True)
    ranked = sorted(((row[50], one) for one, row in pairs if row[50] == row[50]), reverse=True)
    main = next((n for n, one in enumerate(labels) if one in marked), 0)
    row, say = wages[main], _UNIT.say
    ends = frames.known(one for each in wages for one in each.values())
    middle = "" if math.isnan(row[25]) or math.isnan(row[75]) else f", middle half {say(row[25])} to {say(row[75])}"
    place = next((n for n, one in enumerate(ranked, 1) if one[1] == labels[main]), 0)
    said = [
        f"Percentile ladder of {rows.counted(len(labels))}, dollars a year, from {say(min(ends))} to {say(max(ends))}."
    ]
    if not math.isnan(row[50]):
        told = f", {rank(place, len(ranked))}" if len(ranked) > 2 else ""
        said.append(f"{labels[main]}: median {say(row[50])}{told}{middle}.")
    more = []
    if len(ranked) > 1:
        top, low = ranked[0], ranked[-1]
        more.append(f"Highest median: {top[1]}, {say(top[0])}; lowest: {low[1]}, {say(low[0])}.")
    elif not math.isnan(row[10]) and not math.isnan(row[90]):
        more.append(f"One in ten earns less than {say(row[10])}, one in ten more than {say(row[90])}.")
    if band is not None:
        more.insert(0, f"Shaded: {say(band[0])} to {say(band[1])}.")
    return alt(*said, more=more)
