"""Damage: set the database aside under a dated name and build a new one from its readable rows and the safety copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from course.learner import files, step, tables
from course.learner.database import Condition, Database, Kind, Trouble, trouble_of
from course.learner.records import Attempt, Draft, Event, Record
from course.learner.salvage import Salvage, salvage
from course.learner.twin import UNKNOWN, Twin


@dataclass(frozen=True, slots=True)
class Mended:
    """What was damaged ("database", "foreign", "copy"), its new name, how many answers were read back from it and the
    safety copy together, and how many of its rows did not read."""

    what: str
    aside: Path
    kept: int = 0
    lost: int = 0


def rebuild(database: Database, twin: Twin, condition: Condition) -> Mended:
    """The caller holds the lock. Raises :class:`Trouble`, the old file being still in its place.

    Until the swap the old file keeps its name, and what only the old file has goes to the safety copy first: being
    killed at any moment costs nothing.
    """
    foreign = condition is Condition.FOREIGN
    rescued = Salvage() if foreign else salvage(database.path)
    try:
        reading = step.read_twin(twin)
        only_here = [one for uid, one in rescued.records.items() if uid not in reading.records]
        if only_here:
            try:
                twin.append_alone(only_here)
            except OSError:
                pass  # they go to the new database in a moment
        fresh = database.path.with_name("progress-new.sqlite3")
        for stale in (fresh, *(fresh.with_name(fresh.name + extra) for extra in files.COMPANIONS)):
            stale.unlink(missing_ok=True)
        found: dict[str, Record] = {**rescued.records}
        for uid, one in reading.records.items():
            found.setdefault(uid, one)
        new = Database(fresh, wal=False)
        new.prepare()
        with new.writing() as connection:
            step.insert(connection, list(found.values()))
            step.put_drafts(connection, rescued.drafts.values())
        aside = files.set_aside(database.path, "damaged")
        files.replace(fresh, database.path)
        files.settle(fresh.parent)
    except OSError as error:
        raise trouble_of(error) from error
    return Mended("foreign" if foreign else "database", aside, _answers(found.values()), rescued.lost)


def _answers(records: Iterable[Record]) -> int:
    return sum(isinstance(one, Attempt) for one in records)


def clear_place(twin: Twin) -> Mended | None:
    """Set aside a folder that stands where the safety copy belongs. Raises :class:`Trouble`."""
    if not twin.path.is_dir():
        return None
    try:
        return Mended("copy", files.set_aside(twin.path, "damaged"))
    except OSError as error:
        raise trouble_of(error) from error


class _Undo(Exception):
    """Ends the rehearsal."""


def works(database: Database) -> bool:
    """Write one of each and take it back: a damaged definition of a table passes SQLite's own check. Raises
    :class:`Trouble` when the database does not take writes now."""
    attempt = Attempt(question_id="rehearsal", content_version="", kind="rehearsal", response=None, outcome="correct")
    event = Event(stream="rehearsal", body=None)
    try:
        with database.writing() as connection:
            step.insert(connection, [attempt, event])
            step.put_drafts(connection, [Draft(question_id="rehearsal", content_version="")])
            step.put_seal(connection, UNKNOWN)
            for one in (attempt, event):
                table = tables.RECORDS[type(one)]
                found = connection.execute(sa.select(table).where(table.c.uid == one.uid)).mappings()
                if step.decode(found) != ([one], 0):
                    return False
            connection.execute(sa.select(tables.draft).limit(1)).all()
            raise _Undo
    except _Undo:
        return True
    except Trouble as trouble:
        if trouble.kind is Kind.DAMAGED:
            return False
        raise


def condition(database: Database) -> Condition:
    """:meth:`Database.condition`, with the rehearsal. Raises :class:`Trouble`."""
    found = database.condition()
    if found is Condition.WHOLE and database.current() and not works(database):
        return Condition.DAMAGED
    return found


def bad_rows(database: Database) -> int:
    """How many rows of a database whose pages are whole are not what was written. Raises :class:`Trouble`."""
    with database.reading() as connection:
        return step.decode(step.all_rows(connection))[1]


def sweep(folder: Path) -> None:
    """Remove what a killed program left half-written. The caller holds the lock."""
    for stale in folder.glob(".new-*.tmp"):
        try:
            stale.unlink()
        except OSError:
            pass
