"""The paper that plots are drawn on: a matplotlib figure without axes, in pixels from the top left corner.

Labels are placed by their real width, so that none collides and none needs a legend. What is drawn later lies on top.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from course.labor import style
from course.labor.style import SIZE, WIDTH, color, width_of

#: Where the baseline is below the middle of a line of figures, as a part of the size.
MIDDLE = 0.36
#: Height of a line of text, as a part of the size.
LEADING = 1.25


class Scale(NamedTuple):
    """Values to pixels along one direction; `ticks` are round values within."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def step_for(span: float, about: int) -> float:
    """A round step (1, 2, 2.5 or 5 times a power of ten) that divides `span` into about so many parts."""
    rough = span / max(about, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((n * power for n in (1, 2, 2.5, 5) if n * power >= rough * 0.999), 10 * power)


def scale(values: Sequence[float], start: float, end: float, *, about: int = 5, zero: bool = False) -> Scale:
    """A scale that holds all values and begins and ends at a round one."""
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        low, high = (low - abs(low) * 0.1, high + abs(high) * 0.1) if low else (0.0, 1.0)
    step = step_for(high - low, about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(first * step, last * step, start, end, tuple(round(n * step, 10) for n in range(first, last + 1)))


def tight(values: Sequence[float], start: float, end: float, *, about: int = 5) -> Scale:
    """A scale from the lowest to the highest value, with the round values between them."""
    wide = scale(values, start, end, about=about)
    low, high = min(values), max(values)
    if low == high:
        return wide
    return Scale(low, high, start, end, tuple(one for one in wide.ticks if low <= one <= high))


def spread(centers: Sequence[float], sizes: Sequence[float], low: float, high: float, gap: float = 2) -> list[float]:
    """New centers, as near as can be to the old ones, so that boxes of these sizes do not touch and stay within."""
    order = sorted(range(len(centers)), key=lambda n: centers[n])
    groups: list[tuple[list[int], float, float]] = []  # members, wanted start, length

    def joined(members: list[int]) -> tuple[list[int], float, float]:
        length = sum(sizes[n] for n in members) + gap * (len(members) - 1)
        wanted, before = 0.0, 0.0
        for n in members:
            wanted += centers[n] - sizes[n] / 2 - before
            before += sizes[n] + gap
        return members, min(max(wanted / len(members), low), max(low, high - length)), length

    for n in order:
        groups.append(joined([n]))
        while len(groups) > 1 and groups[-2][1] + groups[-2][2] + gap > groups[-1][1]:
            last, former = groups.pop(), groups.pop()
            groups.append(joined([*former[0], *last[0]]))
    found = list(centers)
    for members, start, _ in groups:
        for n in members:
            found[n] = start + sizes[n] / 2
            start += sizes[n] + gap
    return found


class Sheet:
    """One picture in the making."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.width, self.height = width, math.ceil(height)
        self.figure = Figure(figsize=(width / 72, self.height / 72), dpi=72)
        flip = Affine2D().scale(1, -1).translate(0, self.height).scale(1 / 72)
        self._transform = flip + self.figure.dpi_scale_trans
        self._above = 0
        self.taken: list[tuple[float, float, float, float]] = []

    def _add(self, artist: Any) -> None:
        self._above += 1
        artist.set_zorder(self._above)
        artist.set_transform(self._transform)
        self.figure.add_artist(artist)

    def line(
        self, xs: Sequence[float], ys: Sequence[float], shade: str = "guide", width: float = 1, dash: Any = "solid"
    ) -> None:
        """A line through points."""
        from matplotlib.lines import Line2D

        ends: Any = "butt" if dash != "solid" or width <= 1 else "round"
        made = Line2D(xs, ys, color=color(shade), linewidth=width, linestyle=dash)
        made.set_solid_capstyle(ends)
        made.set_dash_capstyle("butt")
        made.set_solid_joinstyle("round")
        self._add(made)

    def dots(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        shade: str,
        size: float = 9,
        marker: str = "o",
        hollow: bool = False,
    ) -> None:
        """Marks of one kind; `size` is their width. Each has a rim in the color of the paper, or is hollow."""
        from matplotlib.lines import Line2D

        fill, edge = ("paper", shade) if hollow else (shade, "paper")
        self._add(
            Line2D(
                *(xs, ys),
                linestyle="none",
                marker=marker,
                markersize=size,
                markerfacecolor=color(fill),
                markeredgecolor=color(edge),
                markeredgewidth=2 if hollow else 1.2,
            )
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "",
        edge: str = "",
        line: float = 1,
        hatch: str = "",
    ) -> None:
        """A rectangle."""
        from matplotlib.patches import Rectangle

        made = Rectangle((x, y), width, height, linewidth=line if edge else 0)
        made.set_facecolor(color(fill) if fill else "none")
        made.set_edgecolor(color(edge) if edge else "none")
        if hatch:
            made.set_hatch(hatch)
        self._add(made)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        shade: str = "ink",
        size: float = SIZE,
        *,
        bold: bool = False,
        align: str = "left",
        clear: bool = False,
    ) -> tuple[float, float, float, float]:
        """One line with its middle at `y`; `clear` wipes what lies behind. Returns the box it takes (left, top, right,
        bottom)."""
        from matplotlib.text import Text

        long = width_of(words, size, bold)
        left = {"left": x, "center": x - long / 2, "right": x - long}[align]
        made = Text(
            left, y + MIDDLE * size, words, color=color(shade), parse_math=False, fontproperties=style.font(bold)
        )
        made.set_fontsize(size)
        box = (left, y - size * 0.6, left + long, y + size * 0.6)
        if clear:
            self.box(box[0] - 3, box[1], long + 6, box[3] - box[1], "paper")
        self._add(made)
        self.taken.append(box)
        return box

    def lines(
        self, x: float, y: float, lines: Sequence[str], shade: str = "ink", size: float = SIZE, **more: Any
    ) -> None:
        """Lines one below the other, the whole with its middle at `y`."""
        top = y - (len(lines) - 1) * size * LEADING / 2
        for n, words in enumerate(lines):
            self.text(x, top + n * size * LEADING, words, shade, size, **more)

    def take(self, x: float, y: float, around: float = 6) -> None:
        """Keep labels away from a point."""
        self.taken.append((x - around, y - around, x + around, y + around))

    def free(self, box: tuple[float, float, float, float]) -> bool:
        """Whether nothing was written there, and it is on the paper."""
        left, top, right, bottom = box
        if left < 0 or right > self.width or top < 0 or bottom > self.height:
            return False
        return all(right <= a or left >= c or bottom <= b or top >= d for a, b, c, d in self.taken)
