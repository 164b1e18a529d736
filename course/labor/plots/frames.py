"""Checks of what a plot is given. All raise ValueError with a sentence for the person who wrote the call."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from typing import Any

from course.labor.plots.words import missing


def nearest(wanted: object, names: Iterable[object]) -> str:
    """ "; did you mean x?" or "; there are: a, b, c"."""
    known = [str(one) for one in names]
    near = difflib.get_close_matches(str(wanted), known, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are: {', '.join(known[:20])}" if known else ""


def records(
    frame: Any, columns: Sequence[str | None], *, most: int = 10_000, what: str = "rows"
) -> list[dict[str, Any]]:
    """Rows of a DataFrame as dictionaries, after a look at its columns and its length. None in `columns` is skipped."""
    if not hasattr(frame, "columns") or not hasattr(frame, "to_dict"):
        raise ValueError(f"a chart needs a table (a pandas DataFrame), and this is a {type(frame).__name__}")
    names = [str(one) for one in frame.columns]
    for column in columns:
        if column is not None and column not in names:
            raise ValueError(f"the table has no column {column!r}{nearest(column, names)}")
    if not len(frame):
        raise ValueError("the table has no rows, so there is nothing to draw; look at the filter before")
    if len(frame) > most:
        raise ValueError(f"this chart shows up to {most} {what}, and the table has {len(frame):,}; filter it first")
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def number(row: dict[str, Any], column: str) -> float:
    """A value as a float; NaN where it is missing."""
    value = row[column]
    if missing(value):
        return math.nan
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"the column {column!r} holds {str(value)[:40]!r}, which is not a number") from None
    if math.isinf(found):
        raise ValueError(f"the column {column!r} holds an infinite number; was something divided by zero?")
    return found


def numbers(rows: Sequence[dict[str, Any]], column: str) -> list[float]:
    """The values of a column; at least one must be there."""
    found = [number(row, column) for row in rows]
    if all(math.isnan(one) for one in found):
        raise ValueError(f"the column {column!r} holds no numbers")
    return found


def texts(rows: Sequence[dict[str, Any]], column: str) -> list[str]:
    """The labels of a column."""
    return ["" if missing(row[column]) else str(row[column]) for row in rows]


def marks(mark: Any, labels: Sequence[str]) -> frozenset[str]:
    """The labels to emphasize, given as one or several."""
    wanted = {str(one) for one in ([mark] if isinstance(mark, str) else mark)}
    for one in sorted(wanted):
        if one not in labels:
            raise ValueError(f"mark: there is no {one!r} in the chart{nearest(one, dict.fromkeys(labels))}")
    return frozenset(wanted)


def known(values: Iterable[float]) -> list[float]:
    """Without the missing ones."""
    return [one for one in values if not math.isnan(one)]
