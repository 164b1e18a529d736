"""The edition's database while it is in use: read-only, safe between threads, mended once when it turns out damaged."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

#: In the header of every edition's file (PRAGMA application_id): "ICDC".
APPLICATION_ID = 0x49434443

# Result codes that mean the file is damaged or gone, not that the question was wrong.
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


def is_damage(problem: sqlite3.Error) -> bool:
    """True when the error says that the file cannot be relied on. A mistake in a query is no damage."""
    code = getattr(problem, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in _DAMAGE


class Database:
    """One connection and its lock. `reopen` makes a fresh connection after damage; None means that there is no
    second try."""

    def __init__(self, connection: sqlite3.Connection, reopen: Callable[[], sqlite3.Connection] | None = None) -> None:
        self.connection = connection
        self._reopen = reopen
        self._lock = threading.RLock()

    def ask(self, sql: str, *values: Any) -> list[tuple]:
        """All rows of a query."""
        return self.use(lambda connection: connection.execute(sql, values).fetchall())

    def use(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Call `question` with the connection, one caller at a time; after damage rebuild and call it again."""
        with self._lock:
            try:
                return question(self.connection)
            except sqlite3.Error as problem:
                if self._reopen is None or not is_damage(problem):
                    raise
                self.connection.close()
                self.connection = self._reopen()
                return question(self.connection)
