"""Progress on disk: the database, the safety copy beside it, and one lock for both.

Every change happens under the lock: line to the safety copy (flushed), row to the database (flushed), seal of the copy
in the same transaction. A program killed in between leaves the copy longer than its seal says, and the next one that
comes by brings the two together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import filelock
import sqlalchemy as sa

from course.learner import mend, step, tables
from course.learner.database import Condition, Database, Kind, Trouble, trouble_of
from course.learner.records import Attempt, Draft
from course.learner.rows import row_draft
from course.learner.twin import UNKNOWN, Twin

DATABASE, TWIN, LOCK = "progress.sqlite3", "progress-copy.jsonl", "progress.lock"

#: How long (seconds) another session's lock is waited for.
PATIENCE = 1.5


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
            if self._lock is None:
                self._lock = filelock.FileLock(self.folder / LOCK)
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

    def save(self, attempts: Sequence[Attempt], drafts: Sequence[Draft] = ()) -> bool:
        """Write both. True: all in the database. False: the database does not take them now (another program holds
        it), so the attempts are in the safety copy alone, flushed all the same, and the drafts nowhere. Raises
        :class:`Trouble` when nothing was written."""
        with self.locked():
            try:
                self._save(attempts, drafts)
            except Trouble as trouble:
                if self._mend_after(trouble):
                    self._save(attempts, drafts)
                elif attempts and trouble.kind in (Kind.BUSY, Kind.FULL, Kind.UNWRITABLE):
                    try:
                        self.twin.append_alone(attempts)
                    except OSError:
                        raise trouble from None
                    return False
                else:
                    raise
        return True

    def _save(self, attempts: Sequence[Attempt], drafts: Sequence[Draft]) -> None:
        with self.database.writing() as connection:
            if tables.version_of(connection) > tables.newest():
                raise Trouble(Kind.NEWER)
            seal = step.align(connection, self.twin)
            new = step.unknown_to(connection, attempts)
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
        try:
            try:
                good, bad = self._select(question_id)
            except Trouble as trouble:
                with self.locked():
                    if not self._mend_after(trouble):
                        raise
                good, bad = self._select(question_id)
            if bad:
                self._weed()
                good, _ = self._select(question_id)
            return good
        except Trouble as trouble:
            return self._from_twin(question_id, trouble)

    def _select(self, question_id: str | None) -> tuple[list[Attempt], int]:
        query = sa.select(tables.attempt).order_by(tables.attempt.c.at, tables.attempt.c.n)
        if question_id is not None:
            query = query.where(tables.attempt.c.question_id == question_id)
        with self.database.reading() as connection:
            if tables.version_of(connection) > tables.newest():
                raise Trouble(Kind.NEWER)
            rows = list(connection.execute(query).mappings())
        return step.decode(rows)

    def _from_twin(self, question_id: str | None, trouble: Trouble) -> list[Attempt]:
        try:
            found = self.twin.read().attempts.values()
        except OSError:
            raise trouble from None
        chosen = [one for one in found if question_id is None or one.question_id == question_id]
        return sorted(chosen, key=lambda one: (one.at, one.uid))

    def draft(self, question_id: str) -> Draft | None:
        """The draft of a question. Raises :class:`Trouble`."""
        with self.database.reading() as connection:
            query = sa.select(tables.draft).where(tables.draft.c.question_id == question_id)
            row = connection.execute(query).mappings().first()
        return None if row is None else row_draft(dict(row))
