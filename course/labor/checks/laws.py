"""What must hold between the cells of the labor tables: small laws that the shapes beside name per table.

Each function here makes a law from the columns it is about. A law looks at all tables, because figures of one bind
those of another, and yields what is wrong: the row, the message, what to do. Tolerances are those of rounding in the
publications; each is said where it is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from course.labor.rows import Row, Table, Tables

#: Hours of a full-time year, by which BLS turns hourly wages into annual ones.
HOURS = 2080
LOOK = "Look the row up in the source and mend the figure."
_MAY = re.compile(r"May (\d{4}) (?:to May (\d{4})|(onward))")


class Finding(NamedTuple):
    """Something that a law found. ``row`` None: about the table as a whole. Not a ``fault``: advice only."""

    row: Row | None
    message: str
    advice: str = LOOK
    fault: bool = True


Law = Callable[[Tables, Table], Iterator[Finding]]


def rise(*columns: str) -> Law:
    """Cells that are filled do not fall from left to right (percentiles; entry, median, experienced)."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            known = [(row.number(column), column) for column in columns if row.number(column) is not None]
            for (low, left), (high, right) in zip(known, known[1:], strict=False):
                if low is not None and high is not None and low > high:
                    yield Finding(row, f"{right} ({high:g}) is below {left} ({low:g}); these figures must rise")

    return law


def hours(*kinds: str, within: float = 20) -> Law:
    """Hourly wage x 2,080 is the annual wage, within 20 USD: the hourly wage is rounded to cents, the annual to 10."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            for kind in kinds:
                pair = row.numbers(f"hourly_{kind}_wage_usd", f"annual_{kind}_wage_usd")
                if pair and abs(pair[0] * HOURS - pair[1]) > within:
                    told = f"annual_{kind}_wage_usd is {pair[1]:.0f}, and hourly x 2,080 is {pair[0] * HOURS:.0f}"
                    yield Finding(row, f"{told}: more than {within:g} apart")

    return law


def adds_up(parts: tuple[str, ...], whole: str, within: float) -> Law:
    """The parts (one with "-" in front is taken away) give the whole, within the rounding of the publication."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            signs = [-1 if part.startswith("-") else 1 for part in parts]
            values = row.numbers(*(part.lstrip("-") for part in parts), whole)
            if values:
                total = sum(sign * value for sign, value in zip(signs, values, strict=False))
                if abs(total - values[-1]) > within + 1e-9:
                    words = " + ".join(parts).replace("+ -", "- ")
                    yield Finding(row, f"{words} is {total:g}, and {whole} says {values[-1]:g}")

    return law


def percent_of(part: str, whole: str, percent: str, within: float) -> Law:
    """percent = part / whole x 100."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            values = row.numbers(part, whole, percent)
            if values and values[1] and abs(100 * values[0] / values[1] - values[2]) > within:
                made = 100 * values[0] / values[1]
                yield Finding(row, f"{part} / {whole} is {made:.2f} %, and {percent} says {values[2]:g}")

    return law


def most(column: str, limit: str) -> Law:
    """A cell is not more than another of its row."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            pair = row.numbers(column, limit)
            if pair and pair[0] > pair[1]:
                yield Finding(row, f"{column} ({pair[0]:g}) is more than {limit} ({pair[1]:g})")

    return law


def agrees(column: str, other: str, value: str, keys: dict[str, str], within: float, scale: float = 1) -> Law:
    """`column` is what column `value` of table `other` says where `keys` (here -> there) meet, if such a row is there.

    `scale` turns the unit there into the unit here (1,000 for thousands of jobs into jobs).
    """

    def law(tables: Tables, table: Table) -> Iterator[Finding]:
        there = tables[other].by(*keys.values())
        for row in table.rows:
            match = there.get(tuple(row[key] for key in keys))
            mine, theirs = row.number(column), match.number(value) if match else None
            if match and mine is not None and theirs is not None and abs(mine - theirs * scale) > within + 1e-9:
                told = f"{column} is {mine:g}, and {other}.csv line {match.line} has {theirs * scale:g} ({value})"
                yield Finding(row, told, "One of the two was misread: look both up in their sources.")

    return law


def same_text(column: str, other: str, key: str, besides: dict[str, str] | None = None) -> Law:
    """Names are spelled as in table `other` (or in `besides`)."""

    def law(tables: Tables, table: Table) -> Iterator[Finding]:
        names = {row[key]: row[column] for row in tables[other].rows} | (besides or {})
        for row in table.rows:
            if row[key] not in names:
                yield Finding(row, f"{key} {row[key]!r} is not in {other}.csv", "Mend the abbreviation.")
            elif names[row[key]] != row[column]:
                yield Finding(row, f"{row[key]} is {names[row[key]]!r}, not {row[column]!r}", "Mend the name.")

    return law


def place_unique(*columns: str) -> Law:
    """No two rows stand in the same place of the map."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        seen: dict[tuple[str, ...], Row] = {}
        for row in table.rows:
            first = seen.setdefault(tuple(row[column] for column in columns), row)
            if first is not row:
                told = f"the place {', '.join(f'{column} {row[column]}' for column in columns)} is taken by line"
                yield Finding(row, f"{told} {first.line}", "Give each state a tile of its own.")

    return law


def value_where(column: str, key: str, name: str, value: float) -> Law:
    """A yardstick row holds a known value (the price level of the US is 100), every year."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        told = f"{column} of {name} must be {value:g}"
        for row in table.rows:
            if row[key] == name and row.number(column) != value:
                yield Finding(row, f"{told}, not {row[column] or 'empty'}")
        for year in sorted(
            {row["year"] for row in table.rows} - {row["year"] for row in table.rows if row[key] == name}
        ):
            yield Finding(None, f"{told}, and {year} has no such row", "Take in the whole year.")

    return law


def near(column: str, other: str, share: float) -> Law:
    """Two cells of a row are not more than `share` of the second apart."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            pair = row.numbers(column, other)
            if pair and abs(pair[0] - pair[1]) > share * abs(pair[1]):
                yield Finding(row, f"{column} ({pair[0]:g}) and {other} ({pair[1]:g}) are too far apart")

    return law


def count(number: int) -> Law:
    """The table has so many rows, no more and no less."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        if len(table.rows) != number:
            yield Finding(None, f"it has {len(table.rows)} rows and must have {number}", "Put the rows right.")

    return law


def units_fit(limits: dict[str, tuple[str, float, float]]) -> Law:
    """``unit`` and the size of ``value`` fit ``measure``: `limits` is measure -> (unit, lowest, highest)."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            wanted, number = limits.get(row["measure"]), row.number("value")
            if wanted and (row["unit"] != wanted[0] or number is None or not wanted[1] <= number <= wanted[2]):
                told = f"a {row['measure']} must be in {wanted[0]} from {wanted[1]:g} to {wanted[2]:g}"
                yield Finding(row, f"{told}, not {row['value']} {row['unit']}")

    return law


def periods(tables: Tables) -> dict[str, tuple[int, int]]:
    """First and last May in which OEWS uses a code, for the codes that series_breaks.csv names (9999: still used)."""
    found = {}
    for row in tables["series_breaks"].rows:
        if match := _MAY.fullmatch(row["oews_reference_periods"]):
            found[row["soc_code"]] = (int(match[1]), int(match[2] or 9999))
    return found


def followed(tables: Tables, year: int) -> list[str]:
    """SOC codes of occupations.csv that were in use in the May (or the base year of a projection) `year`."""
    known = periods(tables)
    codes = [row["soc_code"] for row in tables["occupations"].rows]
    return [code for code in codes if known.get(code, (0, 9999))[0] <= year <= known.get(code, (0, 9999))[1]]


#: The breaks as BLS made them; a later break is added to series_breaks.csv, these stay.
KNOWN_BREAKS = {"29-2071": (2011, 2018), "29-2098": (2019, 2020), "29-2072": (2021, 9999), "29-9021": (2021, 9999)}


def breaks_are_known(_: Tables, table: Table) -> Iterator[Finding]:
    """series_breaks.csv can be read, and says what is known of the past."""
    for row in table.rows:
        match = _MAY.fullmatch(row["oews_reference_periods"])
        if not match:
            yield Finding(row, f"{row['oews_reference_periods']!r} is no period", 'Write "May 2021 onward".')
            continue
        first, last = int(match[1]), int(match[2] or 9999)
        known = KNOWN_BREAKS.get(row["soc_code"])
        if known and (first != known[0] or (known[1] != 9999 and last != known[1]) or last < first):
            until = "onward" if known[1] == 9999 else f"to May {known[1]}"
            yield Finding(row, f"{row['soc_code']} was in use May {known[0]} {until}", "Put the period right.")
    for code in sorted(KNOWN_BREAKS.keys() - {row["soc_code"] for row in table.rows}):
        yield Finding(None, f"the series {code} is missing", "Put the row back: it stops a line across the break.")


def in_its_series(year: str) -> Law:
    """A code stands only in years in which it was in use. `year`: the column (its first four digits are the year)."""

    def law(tables: Tables, table: Table) -> Iterator[Finding]:
        known = periods(tables)
        for row in table.rows:
            first, last = known.get(row["soc_code"], (0, 9999))
            if row[year][:4].isdigit() and not first <= int(row[year][:4]) <= last:
                told = f"{row['soc_code']} stands in {row[year]}, outside of its series"
                until = "onward" if last == 9999 else f"to {last}"
                yield Finding(row, f"{told} ({first} {until})", "Use the code of that year: series_breaks.csv.")

    return law


def complete(year: str, period: str) -> Law:
    """Every period has every occupation that was in use then: a missing one would be the next series break."""

    def law(tables: Tables, table: Table) -> Iterator[Finding]:
        there: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in table.rows:
            there[row[period], row[year][:4]].add(row["soc_code"])
        for (name, when), codes in sorted(there.items()):
            for code in followed(tables, int(when)) if when.isdigit() else ():
                if code not in codes:
                    advice = "Add the row; if the code has ended, close its period in series_breaks.csv."
                    yield Finding(None, f"{name} has no row for {code}", advice)

    return law
