"""The table of ``python3 -m course bench``: collects ``rows()`` of each bench module and prints them, ASCII only.

A row is ``(area, measure, value, unit, bar, comparison)``: ``bar`` is the project's own limit ("<= 2", ">= 0.6", a
number for "at most", or None), ``comparison`` what another way of doing it takes, in words. A module that is missing or
fails is named in the table, and a bar that is missed makes the exit code 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

#: Name on the command line -> module, in the order of the table.
MODULES = {
    "core": "benchmarks.bench_core",
    "search": "benchmarks.bench_search",
    "services": "benchmarks.bench_services",
    "card": "benchmarks.bench_card",
    "charts": "benchmarks.bench_charts",
    "explorers": "benchmarks.bench_explorers",
    "career": "benchmarks.bench_career",
    "memory": "benchmarks.bench_memory",
    "dashboard": "benchmarks.bench_dashboard",
    "readiness": "benchmarks.bench_readiness",
}


class Row(NamedTuple):
    """One measurement. ``value`` None: not measured, and ``comparison`` says why."""

    area: str
    measure: str
    value: float | None
    unit: str
    bar: str | float | None = None
    comparison: str = ""


def limit(bar: str | float | None) -> tuple[str, float] | None:
    """``"<= 2 ms"`` -> ``("<=", 2.0)``; a number is an upper limit; anything else is no limit."""
    if bar is None or isinstance(bar, bool):
        return None
    if isinstance(bar, int | float):
        return "<=", float(bar)
    words = bar.replace("\u2264", "<=").replace("\u2265", ">=").replace("<=", "<= ").replace(">=", ">= ").split()
    try:
        return (words[0], float(words[1].replace(",", ""))) if words[0] in ("<=", ">=") else None
    except (IndexError, ValueError):
        return None


def met(row: Row) -> bool | None:
    """Is the bar met? None: there is none, or nothing was measured."""
    bound = limit(row.bar)
    if bound is None or row.value is None:
        return None
    return row.value <= bound[1] if bound[0] == "<=" else row.value >= bound[1]


def collect(names: Iterable[str]) -> list[Row]:
    """Rows of the named modules. Never raises: what cannot be measured becomes a row that says so."""
    found: list[Row] = []
    for name in names:
        module = MODULES[name]
        try:
            rows = importlib.import_module(module).rows
        except ModuleNotFoundError as error:
            why = "no such module yet" if error.name == module else f"needs {error.name}, which is not installed"
            found.append(Row(name, f"{module} is missing", None, "", None, why))
            continue
        except AttributeError:
            found.append(Row(name, f"{module} has no rows()", None, ""))
            continue
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        try:
            found += [Row(*row) for row in rows()]
        except Exception as error:  # one broken benchmark must not hide the others
            found.append(Row(name, f"{module} failed", None, "", None, f"{type(error).__name__}: {error}"))
    return found


def number(value: float | None) -> str:
    """Three digits that matter: ``0.0042``, ``3.18``, ``74,879``."""
    if value is None:
        return "-"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def render(rows: Sequence[Row]) -> str:
    """The table as plain text."""
    verdicts = {True: "ok", False: "MISSED", None: ""}
    cells = [("area", "measure", "value", "unit", "bar", "", "compared with")]
    for row in rows:
        bound = limit(row.bar)
        bar = f"{bound[0]} {number(bound[1])}" if bound else str(row.bar or "")
        cells.append((row.area, row.measure, number(row.value), row.unit, bar, verdicts[met(row)], row.comparison))
    plain = [[cell.encode("ascii", "replace").decode("ascii") for cell in line] for line in cells]
    widths = [max(len(line[n]) for line in plain) for n in range(6)]
    lines = []
    for line in plain:
        fitted = [line[n].rjust(width) if n in (2, 4) else line[n].ljust(width) for n, width in enumerate(widths)]
        lines.append("  ".join([*fitted, line[6]]).rstrip())
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 when a bar is missed or a benchmark failed, 2 for arguments that make no sense."""
    parser = argparse.ArgumentParser(prog="course bench", description="Measure speed and search quality.")
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"{', '.join(MODULES)} (all, if none is named)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to a file as well")
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as end:
        return int(end.code or 0)
    unknown = [name for name in arguments.areas if name not in MODULES]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(MODULES)}.", file=sys.stderr)
        return 2
    rows = collect(arguments.areas or MODULES)
    print(machine())
    print()
    print(render(rows))
    if arguments.json:
        try:
            arguments.json.write_text(json.dumps(as_data(rows), indent=1) + "\n", encoding="utf-8", newline="\n")
        except OSError as error:
            print(f"{arguments.json} cannot be written: {error.strerror or error}", file=sys.stderr)
            return 2
    missed = sum(met(row) is False for row in rows)
    failed = sum(row.measure.endswith(" failed") for row in rows)
    print()
    print(f"{missed} bar(s) missed, {sum(met(row) is True for row in rows)} met, {failed} benchmark(s) failed")
    return 1 if missed or failed else 0


def machine() -> str:
    """What it was measured on."""
    return (
        f"{dt.date.today().isoformat()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} CPUs"
    )


def as_data(rows: Sequence[Row]) -> dict[str, Any]:
    """JSON of the table."""
    return {"machine": machine(), "rows": [{**row._asdict(), "met": met(row)} for row in rows]}
