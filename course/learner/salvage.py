"""Read what can be read from a damaged database, row by row, without changing it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.learner import tables
from course.learner.database import tolerant_text
from course.learner.files import COMPANIONS
from course.learner.records import Attempt, BadRecord, Draft, Record
from course.learner.rows import from_row, row_draft

#: After so many row numbers without a readable row the table is taken to be at its end. A page holds some ten rows.
_REACH = 2_000

_UNREADABLE = (sqlite3.Error, ValueError, TypeError, IndexError, OverflowError, MemoryError)


@dataclass(slots=True)
class Salvage:
    """What was read: records by uid, drafts by question, and how many rows were there but not whole."""

    records: dict[str, Record] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    lost: int = 0

    @property
    def attempts(self) -> dict[str, Attempt]:
        """The attempts among the records."""
        return {uid: one for uid, one in self.records.items() if isinstance(one, Attempt)}


def salvage(path: Path) -> Salvage:
    """All whole rows of the database at ``path``, whatever its state. Never raises; ``path`` is not changed (the work
    is done on a copy in the temporary folder, because opening a database may play its log into it)."""
    result = Salvage()
    try:
        with tempfile.TemporaryDirectory(prefix="course-salvage-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy.sqlite3"
            shutil.copyfile(path, copy)
            for extra in COMPANIONS:
                companion = path.with_name(path.name + extra)
                if extra != "-shm" and companion.is_file():
                    shutil.copyfile(companion, copy.with_name(copy.name + extra))
            for table in tables.RECORDS.values():
                _records(copy, table.name, result)
            _drafts(copy, result)
    except OSError:
        pass  # no room for a copy, or the file does not read at all: the safety copy has to do
    return result


def _records(copy: Path, table: str, result: Salvage) -> None:
    read: set[int] = set()
    bad: set[int] = set()

    def take(row: sqlite3.Row) -> None:
        number = row["n"]
        try:
            one = from_row(dict(row))
        except BadRecord:
            bad.add(number)
        else:
            read.add(number)
            result.records.setdefault(one.uid, one)

    query = f"SELECT * FROM {table} NOT INDEXED"
    if _each(copy, [(f"{query} ORDER BY n", ())], take):
        result.lost += len(bad)
        return

    def one_by_one() -> Iterator[tuple[str, tuple[Any, ...]]]:
        number = last = max(read | bad, default=0)  # the damage begins above this row
        while number - last < _REACH:
            number += 1
            yield f"{query} WHERE n = ?", (number,)
            if number in read or number in bad:
                last = number

    _each(copy, one_by_one(), take)
    result.lost += len(bad - read)


def _drafts(copy: Path, result: Salvage) -> None:
    def take(row: sqlite3.Row) -> None:
        draft = row_draft(dict(row))
        if draft is not None:
            result.drafts[draft.question_id] = draft

    _each(copy, [("SELECT * FROM draft NOT INDEXED", ())], take)


def _each(copy: Path, queries: Iterable[tuple[str, tuple[Any, ...]]], take: Callable[[sqlite3.Row], None]) -> bool:
    """Hand each row of each query to ``take``; a query that fails is left for the next. True when none failed."""
    failed = False
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.text_factory = tolerant_text
            for query, values in queries:
                try:
                    for row in connection.execute(query, values):
                        take(row)
                except _UNREADABLE:
                    failed = True
    except _UNREADABLE:
        return False
    return not failed
