"""Extending the labor tables with next year's official file: compare, check, and only then write.

    plan = add.prepare(path)        # ValueError (a sentence) for a file that cannot be taken in
    print(plan.text()); plan.write()

A figure that is there already is never changed silently: what differs is listed, and stays as it is unless the caller
says ``replace``. All laws of :mod:`.schema` are asked before a file is touched.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course import paths
from course.labor import official, schema, sources
from course.labor.checks import laws
from course.labor.official import Part, Release
from course.labor.rows import Row, Table
from course.labor.workbooks import Progress

#: How many lines of a kind are printed before the rest is only counted.
SHOWN = 12
_MEND = "The tables as they are have a fault; mend it first: "
#: Column -> how a row is told in one line.
_TOLD = {
    "employment_jobs": "{:,.0f} jobs",
    "annual_median_wage_usd": "median {:,.0f} USD",
    "annual_mean_wage_usd": "mean {:,.0f} USD",
    "employment_change_percent": "{:+g} percent in ten years",
    "openings_annual_average_thousand_jobs": "{:,.1f} thousand openings a year",
}


@dataclass(slots=True)
class Plan:
    """What a file would do. ``differs``: row, column, figure here, figure in the file. ``filled``: row and columns
    that are empty here and not in the file. ``absent``: rows of that period here that the file does not have."""

    release: Release
    folder: Path
    source: str = ""
    added: dict[str, list[Row]] = field(default_factory=dict)
    filled: list[tuple[str, str, str]] = field(default_factory=list)
    differs: list[tuple[str, str, str, str]] = field(default_factory=list)
    equal: int = 0
    absent: list[str] = field(default_factory=list)
    replaced: bool = False
    advice: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def news(self) -> bool:
        """Whether writing would change a table."""
        return bool(self.texts)

    def text(self) -> str:
        """What the file adds, what is equal, what differs, what to know; a line each."""
        lines = [f"{self.release.file}: {self.release.program}, {self.release.period}"]
        for name, rows in self.added.items():
            lines.append(f"New in data/labor/{name}.csv, source {self.source}: {_count(len(rows), 'row')}")
            lines += _shown([f"{_label(row, name)}: {_figures(row)}" for row in rows])
        if self.filled:
            lines.append(f"Empty here, told by the file: {_count(len(self.filled), 'figure')}")
            lines += _shown([f"{where} {column}: {value}" for where, column, value in self.filled])
        if self.differs:
            verb = "Replaced" if self.replaced else "Different, and left as it is here"
            lines.append(f"{verb}: {_count(len(self.differs), 'figure')}")
            lines += _shown(
                [
                    f"{where} {column}: {here or 'empty'} here, {there or 'empty'} in the file"
                    for where, column, here, there in self.differs
                ]
            )
        if self.equal:
            lines.append(f"Equal to what is here: {_count(self.equal, 'figure')}")
        if self.absent:
            lines.append(f"Here and not in the file, left as it is: {_count(len(self.absent), 'row')}")
            lines += _shown(self.absent)
        for table, part in self.release.parts.items():
            if part.lacking:
                lines.append(
                    f"The file lacks {', '.join(part.lacking)}: it tells nothing of those columns of {table}.csv."
                )
        for code, title in self.release.unfollowed.items():
            lines.append(
                f"The file has {code} ({title}), which the course does not follow. If coders are counted there now, "
                "add the code to occupations.csv and its period to series_breaks.csv, and run this again."
            )
        return "\n".join([*lines, *self.advice])

    def write(self) -> None:
        """Write the tables, each whole or not at all; the list of sources first, so that no row names an unknown one.
        OSError when the folder refuses."""
        fresh = {self.folder / name: text for name, text in self.texts.items()}
        made = []
        try:
            for path, text in fresh.items():
                beside = path.with_name(f".{path.name}.{os.getpid()}.new")
                made.append(beside)
                beside.write_bytes(text.encode("utf-8"))
            for path, beside in zip(fresh, made, strict=True):
                os.replace(beside, path)
        finally:
            for beside in made:
                beside.unlink(missing_ok=True)
        from course.labor import tables

        tables.forget()


def prepare(
    path: Path, *, replace: bool = False, folder: Path | None = None, on_progress: Progress | None = None
) -> Plan:
    """Read an official file and compare it with the tables of `folder` (default: the course's).

    ValueError with a sentence when the file cannot be read, when an occupation has vanished, when the tables here have
    a fault, or when they would have one afterwards. Nothing is written.
    """
    folder = folder or schema.folder_of_tables()
    tables, text, broken = schema.load(folder)
    if broken:
        raise ValueError(f"{_MEND}{broken[0]}")
    codes = [row["soc_code"] for row in tables["occupations"].rows]
    states = {row["state_name"]: row["state_abbr"] for row in tables["states"].rows}
    release = official.read(path, codes, states, on_progress)
    _none_vanished(release, tables)
    plan = Plan(release, folder, replaced=replace)
    known = sources.same(text, release.program, release.period)
    changes = {name: _compare(plan, tables[name], part) for name, part in release.parts.items()}
    if plan.added or plan.filled or (plan.differs and replace):
        reuse = known if known and not plan.filled and not (plan.differs and replace) else None
        plan.source = reuse.id if reuse else sources.next_id(text)
        after = dict(tables)
        for name, changed in changes.items():
            after[name] = _extended(plan, tables[name], release.parts[name], changed)
        if not reuse:
            day = paths.today().isoformat()
            line = sources.Source(plan.source, release.program, (release.period,), f"{release.file}, of BLS", day)
            text = sources.extended(text, line)
            plan.texts[sources.NAME] = text
        _checked(plan, tables, after, text)
        plan.texts.update({f"{name}.csv": after[name].text() for name in changes if after[name] is not tables[name]})
    return plan


def _none_vanished(release: Release, tables: Mapping[str, Table]) -> None:
    """ValueError when an occupation that should be in a file of this year is not: the next break of the series."""
    for part in release.parts.values():
        there = {row["soc_code"] for row in part.rows}
        gone = [code for code in laws.followed(tables, release.year) if code not in there]
        if release.program == "OEWS states":
            gone = [code for code in gone if code != "00-0000"]
        if gone:
            names = {row["soc_code"]: row["short_name"] for row in tables["occupations"].rows}
            told = ", ".join(f"{code} ({names[code]})" for code in gone)
            fresh = "; ".join(f"{code} ({title})" for code, title in release.unfollowed.items())
            raise ValueError(
                f"{release.file} ({release.period}) has no row for {told}. If BLS has ended the code, this is a break "
                "in the series: close its period in series_breaks.csv, add the code that follows it there and to "
                f"occupations.csv, and run this again. Codes in the file that sound like it: {fresh or 'none'}"
            )


def _label(row: Mapping[str, str], name: str) -> str:
    return " ".join(row[column] for column in schema.SHAPES[name].key)


def _figures(row: Row) -> str:
    told = [form.format(row.number(column)) for column, form in _TOLD.items() if row.number(column) is not None]
    return ", ".join(told) or "no figure"


def _compare(plan: Plan, table: Table, part: Part) -> dict[tuple[str, ...], dict[str, str]]:
    """Note what is new, filled, different and equal; returns key -> the cells to write (all of a new row)."""
    key = schema.SHAPES[table.name].key
    here, kinds = table.by(*key), schema.SHAPES[table.name].kinds()
    changes: dict[tuple[str, ...], dict[str, str]] = {}
    for row in part.rows:
        name = tuple(row[column] for column in key)
        old = here.get(name)
        if old is None:
            changes[name] = dict(row)
            plan.added.setdefault(table.name, []).append(row)
            continue
        for column in part.columns:
            mine, theirs = old[column], row[column]
            if mine == theirs:
                plan.equal += bool(mine) and kinds[column] is not str
            elif not mine:
                plan.filled.append((_label(row, table.name), column, theirs))
                changes.setdefault(name, {})[column] = theirs
            else:
                plan.differs.append((_label(row, table.name), column, mine, theirs))
                if plan.replaced:
                    changes.setdefault(name, {})[column] = theirs
    period, there = part.rows[0][key[0]], {tuple(row[column] for column in key) for row in part.rows}
    plan.absent += [_label(row, table.name) for name, row in here.items() if name[0] == period and name not in there]
    return changes


def _extended(plan: Plan, table: Table, part: Part, changes: dict[tuple[str, ...], dict[str, str]]) -> Table:
    """The table with the changed cells and the new rows; the same object when nothing changes."""
    if not changes:
        return table
    shape = schema.SHAPES[table.name]
    made = []
    for old in table.rows:
        row = Row(old)
        if change := changes.get(tuple(old[column] for column in shape.key)):
            row.update(change)
            row["source_id"] = ";".join(dict.fromkeys([*old["source_id"].split(";"), plan.source]))
        made.append(row)
    there = table.by(*shape.key)
    for name, cells in changes.items():
        if name not in there:
            made.append(Row({**dict.fromkeys(table.columns, ""), **cells, "source_id": plan.source}))
    return table.with_rows(made, shape.order)


def _checked(plan: Plan, before: Mapping[str, Table], after: Mapping[str, Table], text: str) -> None:
    """ValueError when the tables would have a fault; advice goes into the plan."""
    found = schema.check(after, text)
    if faults := [one for one in found if one.fault]:
        if old := [one for one in schema.check(before, text) if one.fault]:
            raise ValueError(f"{_MEND}{old[0]}")
        told = "\n".join(f"  {one}" for one in faults[:SHOWN])
        raise ValueError(f"With {plan.release.file} the tables would have {_count(len(faults), 'fault')}:\n{told}")
    plan.advice = [f"{one.message}. {one.advice}" for one in found]


def _shown(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [f"  {line}" for line in lines[:SHOWN]] + ([f"  and {more} more"] if more > 0 else [])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
