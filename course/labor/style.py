"""How every picture of the course looks: one palette in two themes, one typeface, sizes in pixels.

A picture is drawn once with the light colors below; :meth:`course.labor.drawing.Drawing.svg` turns each of them into
``var(--cp-NAME, #light)``, and ``cards/static/chart.css`` gives the names their dark values. So no two names may share
a light value, and a test compares the style sheet with this table. The paper is that of the page; the values here are
JupyterLab's. Contrast is measured against it: 4.5 to 1 for words and what colors words, 3 to 1 for marks; ``guide``,
``pale`` and the fills lie behind marks that have an outline or a number of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

#: Width of a picture in pixels of the page.
WIDTH = 720
#: Sizes of type in pixels.
SIZE, SMALL = 13.0, 12.0


class Shade(NamedTuple):
    """A color in the light and in the dark theme."""

    light: str
    dark: str


PALETTE: dict[str, Shade] = {
    "paper": Shade("#ffffff", "#212121"),
    "ink": Shade("#16191d", "#f1f3f5"),
    "muted": Shade("#565b64", "#b4b9c2"),
    "axis": Shade("#878d97", "#80868f"),
    "guide": Shade("#e1e4e9", "#34383f"),
    # marks and the words beside them; told apart by lightness too, and never by color alone
    "context": Shade("#6b717b", "#9aa0aa"),
    "blue": Shade("#005a94", "#66bbf4"),
    "orange": Shade("#c04e00", "#ffa566"),
    "green": Shade("#00785c", "#49d3a7"),
    "purple": Shade("#7d2f6b", "#e5a3d6"),
    # fills behind an outline
    "pale": Shade("#d3d7de", "#474d57"),
    "blue-pale": Shade("#bbdbf2", "#174a70"),
    "band": Shade("#fbecd0", "#3a2f19"),
    # five classes from low to high, and what is written on the lower three and the upper two
    "class-1": Shade("#e6f0f9", "#15293c"),
    "class-2": Shade("#b3d3ee", "#1d466b"),
    "class-3": Shade("#74aede", "#2d6aa0"),
    "class-4": Shade("#226fb0", "#78b6e8"),
    "class-5": Shade("#0a3a66", "#d3e8fb"),
    "on-low": Shade("#14171b", "#f4f6f8"),
    "on-high": Shade("#fdfeff", "#0c1116"),
    # below the center of a diverging scale, far and near, and the center
    "below-far": Shade("#a04600", "#ffb783"),
    "below": Shade("#f4c79d", "#7a4417"),
    "center": Shade("#eceef1", "#2b2f36"),
}

#: Colors of series that are told apart, in this order; each has a marker of its own.
SERIES = ("blue", "orange", "green", "purple", "context")
MARKERS = ("o", "s", "D", "^", "v")


def color(name: str) -> str:
    """The light value of a name. KeyError when there is none."""
    return PALETTE[name].light


@cache
def font(bold: bool = False) -> Any:
    """The typeface, from matplotlib's own files: the same on every machine."""
    import matplotlib
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name))


@cache
def width_of(words: str, size: float = SIZE, bold: bool = False) -> float:
    """Width of a line of text in pixels."""
    from matplotlib.textpath import text_to_path

    chosen = font(bold).copy()
    chosen.set_size(size)
    return float(text_to_path.get_text_width_height_descent(words, chosen, ismath=False)[0])


def wrap(words: str, width: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Lines no wider than `width` pixels, broken at spaces (a single long word stays whole)."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
