"""What plots with one row for each label share: the labels at the left, the axis below, the order."""

from __future__ import annotations

from collections.abc import Sequence

from course.labor.plots.sheet import LEADING, Scale, Sheet
from course.labor.plots.words import Unit
from course.labor.style import SIZE, SMALL, width_of, wrap

#: Most rows that are still read one by one.
MOST = 25
#: Pixels between the labels and what is drawn.
GAP = 14


def wrapped(labels: Sequence[str], marked: frozenset[str], most: float) -> tuple[list[list[str]], float]:
    """The lines of each label, and the width of the widest."""
    lines = [wrap(one, most, SIZE, one in marked) for one in labels]
    widest = max(
        width_of(line, SIZE, one in marked) for one, group in zip(labels, lines, strict=True) for line in group
    )
    return lines, widest


def shade_of(label: str, marked: frozenset[str]) -> str:
    """Where some are emphasized, the others step back."""
    return "context" if marked and label not in marked else "blue"


def name(sheet: Sheet, y: float, label: str, lines: Sequence[str], marked: frozenset[str]) -> None:
    """The label of a row."""
    sheet.lines(1, y, lines, "ink", SIZE, bold=label in marked)


def axis(sheet: Sheet, scale: Scale, y: float, unit: Unit) -> None:
    """Round values below a plot, with a short stroke each."""
    step = scale.ticks[1] - scale.ticks[0] if len(scale.ticks) > 1 else 1
    sheet.line((scale.start, scale.end), (y, y), "axis")
    last = -1e9
    for tick in scale.ticks:
        words = unit.tick(tick, step)
        x, half = scale(tick), width_of(words, SMALL) / 2
        sheet.line((x, x), (y, y + 5), "axis")
        if x - half > last + 8 and x + half <= sheet.width:
            sheet.text(x, y + 15, words, "muted", SMALL, align="center")
            last = x + half


def middles(lines: Sequence[Sequence[str]], top: float, least: float) -> tuple[list[float], float]:
    """The middle of each row, with room for all lines of its label, and where the last row ends."""
    found = []
    for one in lines:
        high = max(least, len(one) * SIZE * LEADING + 10)
        found.append(top + high / 2)
        top += high
    return found, top


def counted(many: int) -> str:
    """ "one row", "9 rows"."""
    return "one row" if many == 1 else f"{many} rows"


def caption(sheet: Sheet, y: float, words: str) -> None:
    """What is counted, at the top left."""
    if words:
        sheet.text(1, y, words, "muted", SMALL)


def order(values: Sequence[float], sort: bool) -> list[int]:
    """Positions from the highest value to the lowest (missing ones last), or as they are."""
    places = list(range(len(values)))
    return sorted(places, key=lambda n: (values[n] != values[n], -values[n])) if sort else places
