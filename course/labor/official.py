"""Reading what BLS publishes each year: OEWS of the nation and of the states, and the Employment Projections.

:func:`read` tells which of the three a file is, takes the year from the file itself (and refuses one that tells two),
and gives rows as the tables of the course hold them. Nothing is written here; :mod:`.add` does that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from course.labor.rows import Row
from course.labor.workbooks import Cells, Progress, opened

#: What BLS writes in place of a figure.
MARKS = frozenset({"", "*", "**", "***", "#", "~", "-", "—", "–", "n/a"})
#: An occupation that sounds as if coders could be in it, to be named when the course does not follow its code.
SOUNDS_LIKE_CODERS = re.compile(
    r"\b(medical|health|clinical)\b.*\b(records?|cod(?:ers?|ing)|information|registrars?)\b|\bcod(?:ers|ing)\b", re.I
)
WHERE = "https://www.bls.gov/oes/tables.htm and https://www.bls.gov/emp/data/occupational-data.htm"


@dataclass(slots=True)
class Part:
    """What a file has for one table: the columns it fills, and its rows."""

    columns: tuple[str, ...]
    rows: list[Row]
    lacking: tuple[str, ...] = ()


@dataclass(slots=True)
class Release:
    """One file that was read. ``program`` and ``period`` name it in SOURCES.md; ``year`` is that of the wages or the
    base year. ``unfollowed``: codes that sound like coders and that the course does not follow."""

    program: str
    period: str
    year: int
    file: str
    parts: dict[str, Part] = field(default_factory=dict)
    unfollowed: dict[str, str] = field(default_factory=dict)


def read(path: Path, codes: Iterable[str], states: Mapping[str, str], on_progress: Progress | None = None) -> Release:
    """Read an official file: the rows of the occupations `codes`. `states` is name -> abbreviation.

    ValueError (a sentence) for what is not one of the three, is damaged, or tells two years.
    """
    from course.labor import official_oews, official_outlook

    book = opened(path, on_progress)
    if "Table 1.2" in book.titles or "Table 1.10" in book.titles or "Table 1.7" in book.titles:
        return official_outlook.read(book, set(codes))
    if any("Table 1" in title for title in book.titles):
        raise ValueError(f"{book.name} is a workbook of Employment Projections without table 1.2. Take occupation.xlsx")
    return official_oews.read(book, set(codes), states)


def one_year(told: Mapping[str, str], name: str, example: str) -> str:
    """The period that all places in a file agree on. `told` is place -> period."""
    if not told:
        raise ValueError(f"{name} does not say which year it is. Give it the name it has at BLS, such as {example}")
    if len(set(told.values())) > 1:
        places = "; ".join(f"{place} says {period}" for place, period in told.items())
        raise ValueError(f"{name} tells two years: {places}. Find out which it is, and mend the name")
    return next(iter(told.values()))


def headed(rows: Iterator[Cells], is_heading: Callable[[list[str]], bool]) -> tuple[list[str], Iterator[Cells]] | None:
    """The heading (words of the first ten rows that `is_heading` knows) and the rows below it; None without one."""
    for cells in islice(rows, 10):
        words = [words_of(cell) for cell in cells]
        if is_heading(words):
            return words, rows
    return None


def words_of(cell: object) -> str:
    """The words of a cell, with single blanks."""
    return " ".join(str(cell).split()) if cell is not None else ""


def figure(cell: object, decimals: int, where: str) -> str:
    """A cell as the tables write it: "" for the marks of BLS, digits alone for whole numbers, else a point.

    ValueError when it is no number.
    """
    if isinstance(cell, str) or cell is None:
        text = words_of(cell)
        if text.lower() in MARKS:
            return ""
        cell = text.replace(",", "").replace("−", "-")
    try:
        number = float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ValueError(
            f"{where} is {words_of(cell)!r}, which is no number. Is this the file as BLS gives it?"
        ) from None
    if isinstance(cell, bool) or number != number or abs(number) > 1e12:
        raise ValueError(f"{where} is {cell!r}, which is no number. Is this the file as BLS gives it?")
    if decimals:
        return repr(round(number, decimals))
    if not number.is_integer():
        raise ValueError(f"{where} is {number:g}, which must be a whole number. Is this the file as BLS gives it?")
    return str(int(number))
