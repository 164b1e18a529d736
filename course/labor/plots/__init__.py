"""The plots of the course, one module per kind.

    draw("dots", frame, label="state_name", value="annual_median_wage_usd", unit="dollars a year",
         title="Where is the median highest?", source="BLS OEWS, May 2023")

A kind is a module with ``plot(frame, *, …) -> Made`` and a row in ``KINDS``; nothing else changes. Each makes its own
text alternative from the data, and raises ValueError with a plain sentence for what cannot be drawn.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any

from course.labor.drawing import Drawing
from course.labor.plots.frames import nearest
from course.labor.plots.made import Made

#: Name of a kind -> its module.
KINDS = {
    "bars": "bars",
    "dots": "dots",
    "fan": "fan",
    "ladder": "ladder",
    "lines": "lines",
    "shares": "shares",
    "slope": "slope",
    "tile-map": "tile_map",
}
#: Options that name a column; a pivoted table has years for names, which are numbers.
COLUMNS = frozenset(("label", "value", "other", "low", "high", "x", "y", "series", "start", "end", "state"))
#: The title of a chart is one line.
LONGEST_TITLE = 90


def options_of(kind: str) -> Callable[..., Made]:
    """The function that draws a kind. ValueError (with the nearest names) when there is none."""
    name = str(kind).strip().lower().replace("_", "-").replace(" ", "-")
    if name not in KINDS:
        raise ValueError(f"there is no chart called {str(kind)[:40]!r}{nearest(name, KINDS)}")
    module = importlib.import_module(f"course.labor.plots.{KINDS[name]}")
    found: Callable[..., Made] = module.plot
    return found


def draw(kind: str, frame: Any, *, title: str, source: str, reading: str = "", **options: Any) -> Drawing:
    """A plot of a table. ValueError with a plain sentence for an unknown kind or option, a column that is not there, an
    empty table, a value that is no number."""
    function = options_of(kind)
    for name, words in (("title", title), ("source", source)):
        if not str(words).strip():
            raise ValueError(f"a chart needs a {name}: write {name}='…'")
    if len(title) > LONGEST_TITLE:
        raise ValueError(f"the title has {len(title)} characters; it is one line of up to {LONGEST_TITLE}")
    allowed = inspect.signature(function).parameters
    for option in options:
        if option not in allowed:
            raise ValueError(f"the chart {kind!r} has no option {option!r}{nearest(option, list(allowed)[1:])}")
    for name, one in list(allowed.items())[1:]:
        if one.default is inspect.Parameter.empty and name not in options:
            raise ValueError(f"the chart {kind!r} needs {name}=, the name of a column")
    columns = {name: str(one) for name, one in options.items() if isinstance(one, int) and name in COLUMNS}
    made = function(frame, **{**options, **columns})
    return Drawing(made.sheet.figure, title, made.alt, source, reading, made.headers, made.rows)
