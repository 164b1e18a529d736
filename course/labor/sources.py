"""The list of sources at the end of ``data/labor/SOURCES.md``: reading it, and adding a line to it.

A line of the list is ``| S03 | OEWS national | May 2024, May 2025 | what was read | day taken in |``. The program and
the periods tell the adder whether it is the same publication once more.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NAME = "SOURCES.md"
_LINE = re.compile(r"^\| (S\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|[ \t]*$", re.M)


class Source(NamedTuple):
    """One line of the list. ``program`` and ``periods`` as in the list; ``file`` names what was read."""

    id: str
    program: str
    periods: tuple[str, ...]
    file: str
    taken: str

    def line(self) -> str:
        """As it stands in the list."""
        return f"| {self.id} | {self.program} | {', '.join(self.periods)} | {self.file} | {self.taken} |"


def listed(text: str) -> list[Source]:
    """The sources that a SOURCES.md lists, in its order."""
    found = []
    for cells in _LINE.findall(text):
        name, program, periods, file, taken = (cell.strip() for cell in cells)
        found.append(Source(name, program, tuple(one.strip() for one in periods.split(",")), file, taken))
    return found


def same(text: str, program: str, period: str) -> Source | None:
    """The newest source of this program that covers `period`, or None."""
    fitting = [one for one in listed(text) if one.program == program and period in one.periods]
    return fitting[-1] if fitting else None


def next_id(text: str) -> str:
    """An id that is not taken: S54 after S53."""
    return f"S{max((int(one.id[1:]) for one in listed(text)), default=0) + 1:02d}"


def extended(text: str, source: Source) -> str:
    """The text with a line for `source` after the last one of the list. ValueError when there is no list."""
    lines = list(_LINE.finditer(text))
    if not lines:
        raise ValueError("SOURCES.md has no list of sources: a table whose lines begin with | S01 |")
    last = lines[-1]
    safe = source._replace(file=source.file.replace("|", "/"))
    return text[: last.end()] + "\n" + safe.line() + text[last.end() :]
