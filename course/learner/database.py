"""One SQLite file: how it is opened, what state it is in, and what an error of it means.

No connection outlives an operation. Opening costs a millisecond, and nothing is held: another notebook, a back-up or
`course progress reset` can replace the file between two answers, on Windows too.

``synchronous=FULL`` flushes every commit to the disk: an answer that was acknowledged outlives a power cut, not only a
killed kernel.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePath
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from course.learner import tables


class Kind(StrEnum):
    """What went wrong, as far as the learner is concerned."""

    BUSY = "busy"  # another program holds the file
    FULL = "full"
    UNWRITABLE = "unwritable"  # read-only, no permission, no such folder, a failing disk
    DAMAGED = "damaged"
    NEWER = "newer"  # written by a later version of the course


class Trouble(Exception):
    """The database cannot do what was asked. Nothing was changed by the attempt."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


class Condition(StrEnum):
    """State of the file."""

    MISSING = "missing"
    EMPTY = "empty"  # no tables yet (or zero bytes)
    WHOLE = "whole"
    DAMAGED = "damaged"
    FOREIGN = "foreign"  # a whole database of another program, or a folder
    NEWER = "newer"


_KINDS = {
    sqlite3.SQLITE_BUSY: Kind.BUSY,
    sqlite3.SQLITE_LOCKED: Kind.BUSY,
    sqlite3.SQLITE_PROTOCOL: Kind.BUSY,
    sqlite3.SQLITE_FULL: Kind.FULL,
    sqlite3.SQLITE_READONLY: Kind.UNWRITABLE,
    sqlite3.SQLITE_PERM: Kind.UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: Kind.UNWRITABLE,
    sqlite3.SQLITE_AUTH: Kind.UNWRITABLE,
    sqlite3.SQLITE_NOLFS: Kind.UNWRITABLE,
    sqlite3.SQLITE_IOERR: Kind.UNWRITABLE,
}

#: Errors of input and output whose cause is what stands in the file, not the disk.
_SHORT_READ = sqlite3.SQLITE_IOERR_SHORT_READ


def trouble_of(error: BaseException) -> Trouble:
    """The meaning of an error of SQLite, SQLAlchemy or the operating system. Whatever is not known is damage, and
    damage is looked at again (:meth:`Database.condition`) before anything is moved."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, Trouble):
        return cause
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and code != _SHORT_READ:
        return Trouble(_KINDS.get(code & 0xFF, Kind.DAMAGED), str(cause))
    if isinstance(cause, OSError):
        import errno

        full = cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return Trouble(Kind.FULL if full else Kind.UNWRITABLE, cause.strerror or str(cause))
    return Trouble(Kind.DAMAGED, str(cause))


class Database:
    """The file at ``path``. ``wal``: use the write-ahead log. ``busy_ms``: patience with another program's lock."""

    def __init__(self, path: Path, *, wal: bool = True, busy_ms: int = 2_500) -> None:
        self.path, self.wal, self.busy_ms = path, wal, busy_ms
        self._engine = sa.create_engine("sqlite://", creator=self._open, poolclass=NullPool)
        sa.event.listen(self._engine, "begin", _begin)
        self._create = False

    def _open(self) -> sqlite3.Connection:
        uri = uri_of(self.path.absolute(), "rwc" if self._create else "rw")
        patience = self.busy_ms / 1000
        connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        # Damaged text must reach the check sum of its row, not raise on the way.
        connection.text_factory = tolerant_text
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: flush the drive's own cache as well
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA mmap_size = 0")  # a truncated mapped file would kill the process
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A consistent view. Raises :class:`Trouble`."""
        with self._connected(immediate=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction, on disk when the block is left; undone as a whole on any error. Raises :class:`Trouble`."""
        with self._connected(immediate=True) as connection:
            yield connection

    @contextmanager
    def _connected(self, *, immediate: bool) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect().execution_options(course_immediate=immediate) as connection:
                with connection.begin():
                    yield connection
        except (sa.exc.SQLAlchemyError, sqlite3.Error, OSError, ValueError, TypeError) as error:
            raise trouble_of(error) from error

    def condition(self) -> Condition:
        """Look at the whole file. Raises :class:`Trouble` when it cannot be looked at (busy, not readable)."""
        if self.path.is_dir():
            return Condition.FOREIGN
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            return Condition.MISSING
        except OSError as error:
            raise trouble_of(error) from error
        if size < 512:  # less than the smallest page: SQLite would take it for an empty database and write over it
            return Condition.DAMAGED if size else Condition.EMPTY
        try:
            with self.reading() as connection:
                if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                    return Condition.DAMAGED
                version = tables.version_of(connection)
                ours = connection.exec_driver_sql("PRAGMA application_id").scalar() == tables.APPLICATION_ID
                names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
        except Trouble as trouble:
            if trouble.kind is Kind.DAMAGED:
                return Condition.DAMAGED
            raise
        if not names:
            return Condition.EMPTY
        if not ours:
            return Condition.DAMAGED if "attempt" in names else Condition.FOREIGN
        if version > tables.newest():
            return Condition.NEWER
        return Condition.WHOLE if version and names >= tables.names(version) else Condition.DAMAGED

    def current(self) -> bool:
        """Has the file the tables of this very version? Raises :class:`Trouble`."""
        with self.reading() as connection:
            return tables.version_of(connection) == tables.newest()

    def prepare(self) -> None:
        """Make the file and its tables, or bring them forward to this version. Raises :class:`Trouble`."""
        self._create = True
        try:
            self._set_journal()
            with self.writing() as connection:
                version = tables.version_of(connection)
                if version > tables.newest():
                    raise Trouble(Kind.NEWER, f"version {version}")
                if version < tables.newest():
                    tables.bring_forward(connection, version)
        finally:
            self._create = False

    def _set_journal(self) -> None:
        wanted = "wal" if self.wal else "delete"
        try:
            connection = self._open()
            try:
                # Refused while another program has the file open: then the mode it has is kept, which is safe too.
                connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
            finally:
                connection.close()
        except sqlite3.Error as error:
            trouble = trouble_of(error)
            if trouble.kind is not Kind.BUSY:
                raise trouble from error


def uri_of(path: PurePath, mode: str) -> str:
    """The address of a file for SQLite: ``file:///C:/…``, ``file:////server/share/…`` (an authority is not allowed)."""
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place, safe='/:')}?mode={mode}"


def tolerant_text(data: bytes) -> str:
    """Text of a row, with a mark in place of what is not UTF-8."""
    return data.decode("utf-8", "replace")


def _begin(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("course_immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
