"""What is known about jobs and wages of medical coders: tables, measures, plots.

    course.labor.file("wages_national")     # where a table is, for pandas.read_csv
    course.labor.share_below(row, 50_000)   # how many earn less, from percentiles, with what is certain
    course.labor.real(47_180, 2022, 2025)   # dollars of one May in dollars of another

The tables are plain CSV files under ``data/labor``; its SOURCES.md names the publisher and period of each. Importing
this package is instant: pandas and matplotlib are loaded when a table is read or a plot drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.labor.measures import PERCENTILES, Share, share_below, share_between
from course.labor.tables import SPECIALISTS, file, names

if TYPE_CHECKING:
    from course.labor.prices import at_national_prices, real
    from course.labor.tables import table

__all__ = [
    "PERCENTILES",
    "SPECIALISTS",
    "Share",
    "at_national_prices",
    "file",
    "names",
    "real",
    "share_below",
    "share_between",
    "table",
]

#: Names that load pandas -> module that holds them.
_LATER = {
    "table": "course.labor.tables",
    "real": "course.labor.prices",
    "at_national_prices": "course.labor.prices",
}


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(_LATER[name]), name)
    raise AttributeError(f"course.labor has no {name!r}; it has: {', '.join(__all__)}")
