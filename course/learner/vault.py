"""Progress on disk: the database, the safety copy beside it, and one lock for both.

Every change happens under the lock: line to the safety copy (flushed), row to the database (flushed), seal of the copy
in the same transaction. A program killed in between leaves the copy longer than its seal says, and the next one that
comes by brings the two together again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import filelock
import sqlalchemy as sa

from course.learner import mend, step, tables
from course.learner.database import Condition, Database, Kind, Trouble, trouble_of
from course.learner.records import Attempt, Draft, Event, Record
from course.learner.rows import row_draft
from course.learner.twin import UNKNOWN, Twin

DATABASE, TWIN, LOCK = "progress.sqlite3", "progress-copy.jsonl", "progress.lock"

#: How long (seconds) another session's lock is waited for.
PATIENCE = 1.5


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tail:
    """The events of a stream as far as they were read, by uid, and number and uid of the last row that was."""

    events: Mapping[str, Event] = field(default_factory=dict)
    n: int = 0
    uid: str = ""


NOTHING = Tail()


def _events(records: Iterable[Record]) -> dict[str, Event]:
    return {one.uid: one for one in records if isinstance(one, Event)}


class Vault:
    """The files in ``folder``. ``mended`` lists what was found damaged since this session began."""

    def __init__(self, folder: Path, *, wal: bool = True) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        self.twin = Twin(folder / TWIN)
        self.database = Database(self.path, wal=wal)
        self.mended: list[mend.Mended] = []
        self.patience = PATIENCE
        self._lock: filelock.BaseFileLock | None = None
        self._owner = 0

    @property
    def patience(self) -> float:
        """Seconds that another program's lock is waited for."""
        return self.database.busy_ms / 1000

    @patience.setter
    def patience(self, seconds: float) -> None:
        self.database.busy_ms = int(seconds * 1000)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the folder, which all sessions share. Raises :class:`Trouble`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._lock is None or self._owner != os.getpid():  # a lock does not go over to a forked process
                self._lock, self._owner = filelock.FileLock(self.folder / LOCK), os.getpid()
            self._lock.acquire(timeout=self.patience, poll_interval=0.003)
        except filelock.Timeout as error:
            raise Trouble(Kind.BUSY, "another session is writing") from error
        except NotImplementedError:  # a file system without locks: SQLite's own have to do
            yield
            return
        except OSError as error:
            raise trouble_of(error) from error
        try:
            yield
        finally:
            self._lock.release()

    # -- opening and mending ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Make or check both files; mend what is damaged. Raises :class:`Trouble` when they cannot be used now."""
        with self.locked():
            mend.sweep(self.folder)
            self._open()

    def _open(self) -> None:
        condition = mend.condition(self.database)
        if condition is Condition.NEWER:
            raise Trouble(Kind.NEWER)
        if cleared := mend.clear_place(self.twin):
            self.mended.append(cleared)
        emptied = condition is Condition.EMPTY and self.path.stat().st_size == 0 and self.twin.size() > 0
        if emptied or condition in (Condition.DAMAGED, Condition.FOREIGN):
            self.mended.append(mend.rebuild(self.database, self.twin, condition))
        self.database.prepare()
        with self.database.writing() as connection:
            step.align(connection, self.twin, thorough=True)

    def _mend_after(self, trouble: Trouble) -> bool:
        """Under the lock, after a failed operation: look again, mend what is gone or damaged. True: worth a retry."""
        gone = trouble.kind is Kind.UNWRITABLE and not self.path.exists()
        if not gone and trouble.kind is not Kind.DAMAGED:
            return False
        if mend.condition(self.database) in (Condition.WHOLE, Condition.NEWER):
            return False
        self._open()
        return True

    def _weed(self) -> None:
        """Rebuild a database whose pages are whole but whose rows are not, unless another session just did."""
        with self.locked():
            if mend.bad_rows(self.database):
                self.mended.append(mend.rebuild(self.database, self.twin, Condition.DAMAGED))
                self._open()

    # -- writing ------------------------------------------------------------------------------------------------------

    def save(self, records: Sequence[Record], drafts: Sequence[Draft] = ()) -> bool:
        """Write both. True: all in the database. False: the database does not take them now (another program holds
        it), so the records are in the safety copy alone, flushed all the same, and the drafts nowhere. Raises
        :class:`Trouble` when nothing was written."""
        with self.locked():
            try:
                self._save(records, drafts)
            except Trouble as trouble:
                if self._mend_after(trouble):
                    self._save(records, drafts)
                elif records and trouble.kind in (Kind.BUSY, Kind.FULL, Kind.UNWRITABLE):
                    try:
                        self.twin.append_alone(records)
                    except OSError:
                        raise trouble from None
                    return False
                else:
                    raise
        return True

    def _save(self, records: Sequence[Record], drafts: Sequence[Draft]) -> None:
        with self.database.writing() as connection:
            if tables.version_of(connection) > tables.newest():
                raise Trouble(Kind.NEWER)
            seal = step.align(connection, self.twin)
            new = step.unknown_to(connection, records)
            if seal != UNKNOWN and new:
                try:
                    seal = self.twin.append(new, seal)
                except OSError:
                    seal = UNKNOWN  # the database alone has to do; the copy is brought up later
                step.put_seal(connection, seal)
            step.insert(connection, new)
            step.put_drafts(connection, drafts)

    # -- reading ------------------------------------------------------------------------------------------------------

    def attempts(self, question_id: str | None = None) -> list[Attempt]:
        """All attempts, or those at one question, oldest first; from the safety copy where the database cannot be
        read. Raises :class:`Trouble` when neither can."""
        table = tables.attempt
        query = sa.select(table).order_by(table.c.at, table.c.n)
        if question_id is not None:
            query = query.where(table.c.question_id == question_id)

        def chosen(records: Iterable[Record]) -> list[Attempt]:
            found = (one for one in records if isinstance(one, Attempt))
            return [one for one in found if question_id is None or one.question_id == question_id]

        def select(connection: sa.Connection) -> tuple[list[Attempt], int]:
            good, bad = step.decode(connection.execute(query).mappings())
            return chosen(good), bad

        return self._read(select, lambda copied: sorted(chosen(copied), key=lambda one: (one.at, one.uid)))

    def events(self, stream: str | None, tail: Tail = NOTHING) -> Tail:
        """The events of a stream (None: of all), as :meth:`attempts`. ``tail``: what was read of it before; only what
        came since is read from the disk."""
        table = tables.event
        query = sa.select(table).order_by(table.c.n)
        if stream is not None:
            query = query.where(table.c.stream == stream)

        def select(connection: sa.Connection) -> tuple[Tail, int]:
            at = sa.select(table.c.uid).where(table.c.n == tail.n)
            known = tail if tail.n and connection.execute(at).scalar() == tail.uid else NOTHING
            rows = list(connection.execute(query.where(table.c.n > known.n)).mappings())
            good, bad = step.decode(rows)
            if not rows:
                return known, 0
            return Tail({**known.events, **_events(good)}, rows[-1]["n"], rows[-1]["uid"]), bad

        def copied(records: Iterable[Record]) -> Tail:
            return Tail(_events(one for one in records if isinstance(one, Event) and stream in (None, one.stream)))

        return self._read(select, copied)

    def streams(self) -> set[str]:
        """Names of all streams of events, as :meth:`attempts`."""

        def select(connection: sa.Connection) -> tuple[set[str], int]:
            return set(connection.execute(sa.select(tables.event.c.stream).distinct()).scalars()), 0

        return self._read(select, lambda copied: {one.stream for one in copied if isinstance(one, Event)})

    def _read(
        self, select: Callable[[sa.Connection], tuple[_T, int]], from_copy: Callable[[Iterable[Record]], _T]
    ) -> _T:
        """What ``select`` finds in the database (and how many rows were damaged), mended where that helps; otherwise
        what ``from_copy`` makes of the safety copy."""
        try:
            try:
                good, bad = self._ask(select)
            except Trouble as trouble:
                with self.locked():
                    if not self._mend_after(trouble):
                        raise
                good, bad = self._ask(select)
            if bad:
                self._weed()
                good, _ = self._ask(select)
            return good
        except Trouble as trouble:
            try:
                return from_copy(self.twin.read().records.values())
            except OSError:
                raise trouble from None

    def _ask(self, select: Callable[[sa.Connection], tuple[_T, int]]) -> tuple[_T, int]:
        with self.database.reading() as connection:
            if tables.version_of(connection) > tables.newest():
                raise Trouble(Kind.NEWER)
            return select(connection)

    def draft(self, question_id: str) -> Draft | None:
        """The draft of a question. Raises :class:`Trouble`."""
        with self.database.reading() as connection:
            query = sa.select(tables.draft).where(tables.draft.c.question_id == question_id)
            row = connection.execute(query).mappings().first()
        return None if row is None else row_draft(dict(row))
