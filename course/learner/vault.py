"""Progress on disk: the database, the safety copy beside it, one lock for both, and what mends either from the other.

Every change happens under the lock: line to the safety copy (flushed), row to the database (flushed), seal of the copy
in the same transaction. A program killed in between leaves the copy longer than its seal says, and the next one that
comes by brings the two together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import filelock
import sqlalchemy as sa

from course.learner import files, tables
from course.learner.database import Condition, Database, Kind, Trouble, trouble_of
from course.learner.records import Attempt, BadRecord, Draft
from course.learner.rows import attempt_row, draft_row, row_attempt, row_draft
from course.learner.salvage import Salvage, salvage
from course.learner.twin import UNKNOWN, Seal, Twin

DATABASE, TWIN, LOCK = "progress.sqlite3", "progress-copy.jsonl", "progress.lock"


@dataclass(slots=True)
class Mended:
    """What was found damaged and what became of it, for the learner to be told."""

    what: str  # "database", "foreign", "copy"
    aside: Path | None
    kept: int
    lost: int


@dataclass(slots=True)
class Vault:
    """The files in ``folder``. ``patience`` (seconds) is how long another program's lock is waited for."""

    folder: Path
    wal: bool = True
    patience: float = 2.5
    mended: list[Mended] = field(default_factory=list)
    _lock: filelock.BaseFileLock | None = None

    @property
    def path(self) -> Path:
        return self.folder / DATABASE

    @property
    def twin(self) -> Twin:
        return Twin(self.folder / TWIN)

    @property
    def database(self) -> Database:
        return Database(self.path, wal=self.wal, busy_ms=int(self.patience * 1000))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the folder, which all sessions share. Raises :class:`Trouble`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._lock is None:
                self._lock = filelock.FileLock(self.folder / LOCK)
            self._lock.acquire(timeout=self.patience)
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
            self._open()

    def _open(self) -> None:
        condition = self.database.condition()
        if condition is Condition.NEWER:
            raise Trouble(Kind.NEWER)
        if self.twin.path.is_dir():
            self._aside(self.twin.path, "copy")
        emptied = condition is Condition.EMPTY and self.path.stat().st_size == 0 and self.twin.size() > 0
        if emptied or condition in (Condition.DAMAGED, Condition.FOREIGN):
            self._rebuild(condition)
        else:
            self.database.prepare()
        with self.database.writing() as connection:
            self._align(connection, thorough=True)

    def _rebuild(self, condition: Condition) -> None:
        """Build a new database from the rows of the damaged one and the safety copy, then swap the files. Until the
        swap the old file keeps its name, so being killed half-way costs nothing."""
        foreign = condition is Condition.FOREIGN
        rescued = Salvage() if foreign else salvage(self.path)
        reading = self._read_twin()
        attempts = {**rescued.attempts, **reading.attempts}
        if missing := [a for uid, a in rescued.attempts.items() if uid not in reading.attempts]:
            try:
                self.twin.append_alone(missing)
            except OSError:
                pass  # they are in memory and, in a moment, in the new database
        fresh = self.path.with_name("progress-new.sqlite3")
        for stale in (fresh, *(fresh.with_name(fresh.name + extra) for extra in files.COMPANIONS)):
            try:
                stale.unlink(missing_ok=True)
            except OSError as error:
                raise trouble_of(error) from error
        new = Database(fresh, wal=False)
        new.prepare()
        with new.writing() as connection:
            self._insert(connection, list(attempts.values()))
            for draft in rescued.drafts.values():
                self._put_draft(connection, draft)
        aside = self._aside(self.path, "database", note=False)
        try:
            files.replace(fresh, self.path)
        except OSError as error:
            raise trouble_of(error) from error
        self.database.prepare()
        self.mended.append(Mended("foreign" if foreign else "database", aside, len(attempts), rescued.lost))

    def _aside(self, path: Path, what: str, *, note: bool = True) -> Path:
        try:
            aside = files.set_aside(path, "damaged")
        except OSError as error:
            raise trouble_of(error) from error
        if note:
            self.mended.append(Mended(what, aside, 0, 0))
        return aside

    def _read_twin(self):  # type: ignore[no-untyped-def]
        try:
            reading = self.twin.read()
        except OSError as error:
            raise trouble_of(error) from error
        if reading.newer:
            raise Trouble(Kind.NEWER, "safety copy")
        return reading

    def _mend(self) -> bool:
        """Look at the database again, under the lock, and mend it if it is damaged. False: it is not."""
        condition = self.database.condition()
        if condition in (Condition.MISSING, Condition.EMPTY, Condition.DAMAGED, Condition.FOREIGN):
            self._open()
            return True
        return False

    # -- keeping the two in step --------------------------------------------------------------------------------------

    def _align(self, connection: sa.Connection, *, thorough: bool = False) -> Seal:
        """Bring database and safety copy together and return the copy's seal (:data:`UNKNOWN`: it cannot be used)."""
        known = Seal.parse(
            connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.key == "seal")).scalar() or "0:0"
        )
        try:
            if (self.twin.seal() if thorough else Seal(self.twin.size(), known.crc)) == known:
                return known
            seal = self._reconcile(connection)
        except OSError:
            seal = UNKNOWN
        self._put_seal(connection, seal)
        return seal

    def _reconcile(self, connection: sa.Connection) -> Seal:
        reading = self._read_twin()
        have = set(connection.execute(sa.select(tables.attempt.c.uid)).scalars())
        self._insert(connection, [a for uid, a in reading.attempts.items() if uid not in have])
        missing = have - reading.attempts.keys()
        if reading.bad:
            files.write_whole(files.free_name(self.twin.path, "damaged"), self.twin.path.read_bytes())
        if reading.bad or reading.cut_off:
            everything = sa.select(tables.attempt).order_by(tables.attempt.c.n)
            good, _ = self._decode(connection.execute(everything).mappings())
            return self.twin.rewrite(good)
        if missing:
            rows = connection.execute(sa.select(tables.attempt).order_by(tables.attempt.c.n)).mappings()
            good, _ = self._decode(row for row in rows if row["uid"] in missing)
            return self.twin.append(good, reading.seal)
        return reading.seal

    def _weed(self) -> None:
        """Rebuild a database whose pages are whole but whose rows are not (unless another session just did)."""
        with self.database.reading() as connection:
            _, bad = self._decode(connection.execute(sa.select(tables.attempt)).mappings())
        if bad:
            self._rebuild(Condition.DAMAGED)
            with self.database.writing() as connection:
                self._align(connection, thorough=True)

    @staticmethod
    def _put_seal(connection: sa.Connection, seal: Seal) -> None:
        connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES ('seal', ?)", (str(seal),))

    @staticmethod
    def _insert(connection: sa.Connection, attempts: Sequence[Attempt]) -> None:
        if attempts:
            statement = sa.insert(tables.attempt).prefix_with("OR IGNORE")
            connection.execute(statement, [attempt_row(attempt) for attempt in attempts])

    @staticmethod
    def _put_draft(connection: sa.Connection, draft: Draft) -> None:
        connection.execute(sa.insert(tables.draft).prefix_with("OR REPLACE"), draft_row(draft))

    @staticmethod
    def _decode(rows) -> tuple[list[Attempt], int]:  # type: ignore[no-untyped-def]
        good: list[Attempt] = []
        bad = 0
        for row in rows:
            try:
                good.append(row_attempt(row))
            except BadRecord:
                bad += 1
        return good, bad

    # -- writing ------------------------------------------------------------------------------------------------------

    def save(self, attempts: Sequence[Attempt], drafts: Sequence[Draft] = ()) -> bool:
        """Write both. True: all in the database. False: another program holds the database, so the attempts are, for
        now, in the safety copy alone (as durable). Raises :class:`Trouble` when nothing was acknowledged."""
        with self.locked():
            try:
                self._save(attempts, drafts)
            except Trouble as trouble:
                if trouble.kind is Kind.BUSY and attempts:
                    try:
                        self.twin.append_alone(attempts)
                    except OSError as error:
                        raise trouble_of(error) from error
                    return False
                if not self._mend_for(trouble):
                    raise
                self._save(attempts, drafts)
        return True

    def _save(self, attempts: Sequence[Attempt], drafts: Sequence[Draft]) -> None:
        with self.database.writing() as connection:
            if tables.version_of(connection) > tables.newest():
                raise Trouble(Kind.NEWER)
            seal = self._align(connection)
            new = self._without_known(connection, attempts)
            if seal != UNKNOWN:
                try:
                    seal = self.twin.append(new, seal)
                except OSError:
                    seal = UNKNOWN  # the database alone has to do; the copy is brought up later
                self._put_seal(connection, seal)
            self._insert(connection, new)
            for draft in drafts:
                self._put_draft(connection, draft)

    @staticmethod
    def _without_known(connection: sa.Connection, attempts: Sequence[Attempt]) -> list[Attempt]:
        column = tables.attempt.c.uid
        known: set[str] = set()
        for start in range(0, len(attempts), 500):
            uids = [a.uid for a in attempts[start : start + 500]]
            known.update(connection.execute(sa.select(column).where(column.in_(uids))).scalars())
        return [a for a in attempts if a.uid not in known]

    def _mend_for(self, trouble: Trouble) -> bool:
        """After a failed operation: True when it is worth trying again (the file was gone, emptied or damaged)."""
        gone = trouble.kind is Kind.UNWRITABLE and not self.path.exists()
        return (gone or trouble.kind is Kind.DAMAGED) and self._mend()

    # -- reading ------------------------------------------------------------------------------------------------------

    def attempts(self, question_id: str | None = None) -> list[Attempt]:
        """All attempts, or those at one question, oldest first. Falls back on the safety copy. Raises
        :class:`Trouble`."""
        query = sa.select(tables.attempt).order_by(tables.attempt.c.at, tables.attempt.c.n)
        if question_id is not None:
            query = query.where(tables.attempt.c.question_id == question_id)
        for again in (False, True):
            try:
                with self.database.reading() as connection:
                    rows = list(connection.execute(query).mappings())
                good, bad = self._decode(rows)
                if not bad or again:
                    return good
                with self.locked():
                    self._weed()
            except Trouble as trouble:
                if again or trouble.kind not in (Kind.DAMAGED, Kind.UNWRITABLE):
                    return self._from_twin(question_id, trouble)
                try:
                    with self.locked():
                        if not self._mend_for(trouble):
                            return self._from_twin(question_id, trouble)
                except Trouble as second:
                    return self._from_twin(question_id, second)
        raise AssertionError("not reached")

    def _from_twin(self, question_id: str | None, trouble: Trouble) -> list[Attempt]:
        try:
            found = self.twin.read().attempts.values()
        except OSError:
            raise trouble from None
        chosen = [a for a in found if question_id is None or a.question_id == question_id]
        return sorted(chosen, key=lambda a: (a.at, a.uid))

    def draft(self, question_id: str) -> Draft | None:
        """The draft of a question. Raises :class:`Trouble`."""
        with self.database.reading() as connection:
            query = sa.select(tables.draft).where(tables.draft.c.question_id == question_id)
            row = connection.execute(query).mappings().first()
        return None if row is None else row_draft(dict(row))
