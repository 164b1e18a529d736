"""What a kind of plot gives back, before title and source are added."""

from __future__ import annotations

from typing import NamedTuple

from course.labor.plots.sheet import Sheet


class Made(NamedTuple):
    """The paper, its text alternative, and the figures it shows as a table of texts."""

    sheet: Sheet
    alt: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
