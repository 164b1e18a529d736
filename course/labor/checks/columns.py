"""How a table of ``data/labor`` is described: its columns with kind, unit and range, what names a row, which laws hold.

A column's unit ends its name. A cell is empty where the source publishes no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from course.labor.checks.laws import Law

EDITION = r"20\d\d-\d\d"
RANKS = ("p10", "p25", "median", "p75", "p90")


@dataclass(frozen=True, slots=True)
class Column:
    """``kind``: int and float are written in digits alone, a float always with a point. ``values``: all there are.
    ``unit`` is told in messages; ``low`` and ``high`` are what no figure of that kind lies beyond."""

    name: str
    kind: type = str
    unit: str = ""
    low: float = 0
    high: float = 0
    needed: bool = True
    values: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns in order, the columns that name a row, its laws, and by what its rows are sorted when some
    are added (a table with ``order`` is one that ``course labor add`` extends)."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    laws: tuple[Law, ...] = ()
    order: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def kinds(self) -> dict[str, type]:
        """Kind of each column."""
        return {column.name: column.kind for column in self.columns}


def year(name: str = "year", *, needed: bool = True) -> Column:
    """A year; OEWS refers to its May."""
    return Column(name, int, "year", 2005, 2060, needed)


def text(name: str, *values: str, pattern: str = "", needed: bool = True) -> Column:
    """Words: one of `values`, or all of `pattern`, where given."""
    return Column(name, values=values, pattern=pattern, needed=needed)


def jobs(name: str = "employment_jobs", *, needed: bool = False) -> Column:
    """A number of jobs."""
    return Column(name, int, "jobs", 10, 250_000_000, needed)


def annual(*kinds: str, needed: bool = False) -> tuple[Column, ...]:
    """Annual wages in US dollars, such as ``annual("mean", "p10")``."""
    return tuple(Column(f"annual_{kind}_wage_usd", int, "USD a year", 8_000, 1_000_000, needed) for kind in kinds)


def hourly(*kinds: str) -> tuple[Column, ...]:
    """Hourly wages in US dollars."""
    return tuple(Column(f"hourly_{kind}_wage_usd", float, "USD an hour", 4, 500, False) for kind in kinds)


def percent(name: str, low: float = 0, high: float = 100, kind: type = float, *, needed: bool = True) -> Column:
    """A share, a rate or a change in percent."""
    return Column(f"{name}_percent", kind, "percent", low, high, needed)


def thousand(name: str, low: float = 0, *, needed: bool = True) -> Column:
    """Thousands of jobs, as Employment Projections print them."""
    return Column(f"{name}_thousand_jobs", float, "thousand jobs", low, 250_000, needed)


def index(name: str, low: float, high: float, *, needed: bool = True) -> Column:
    """An index; its base ends the name."""
    return Column(name, float, "points of the index", low, high, needed)


SOURCE = text("source_id", pattern=r"S\d{2,3}(;S\d{2,3})*")
CODE = text("soc_code", pattern=r"\d\d-\d{4}")
TITLE = text("soc_title")
STATE = text("state_abbr", pattern=r"[A-Z]{2}")
STATE_NAME = text("state_name")
#: The percentile columns of annual and of hourly wages.
ANNUAL = tuple(column.name for column in annual(*RANKS))
HOURLY = tuple(column.name for column in hourly(*RANKS))
