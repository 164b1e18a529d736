"""The log of answers as the memory sees it, read once in a session: 50,000 answers take more than a second to read.

    log.attempts(store)      as store.attempts(), without the ratings that were taken back; what is new is added to it
    log.memory(store)        course.learner.memory.Memory over them
    log.take_back(store, uid)

The log is only ever added to. To take a rating back is one more event, in the stream ``memory/undo``, which names it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from course.learner.memory import Memory
from course.learner.records import Attempt, Event
from course.learner.rows import from_row

if TYPE_CHECKING:
    from course.learner.records import Kept
    from course.learner.store import Store

#: Stream of the ratings that were taken back; the body of an event is ``{"uid": …}``.
UNDO = "memory/undo"


@dataclass(slots=True)
class _Read:
    """What was read of a store: ``count`` rows up to number ``last``, the one of the attempt ``uid``."""

    count: int = 0
    last: int = 0
    uid: str = ""
    attempts: list[Attempt] = field(default_factory=list)


@dataclass(slots=True)
class _Folded:
    """A memory, and which answers it is a fold of."""

    memory: Memory
    size: int
    undone: frozenset[str]


_reads: WeakKeyDictionary[Store, _Read] = WeakKeyDictionary()
_folds: WeakKeyDictionary[Store, _Folded] = WeakKeyDictionary()
_lock = threading.RLock()


def attempts(store: Store) -> list[Attempt]:
    """Every answer that counts, oldest first. Never raises, as the store."""
    with _lock:
        undone, found = taken_back(store), _all(store)
    return [one for one in found if one.uid not in undone] if undone else list(found)


def memory(store: Store) -> Memory:
    """How well each unit is remembered, as of the last answer."""
    with _lock:
        found, undone = attempts(store), taken_back(store)
        folded = _folds.get(store)
        if folded is None or folded.undone != undone or len(found) < folded.size:
            folded = _folds[store] = _Folded(Memory(found), len(found), undone)
        elif len(found) > folded.size:
            for one in found:
                folded.memory.add(one)  # those it has change nothing
            folded.size = len(found)
        return folded.memory


def take_back(store: Store, uid: str) -> Kept:
    """The rating with this uid does not count any more."""
    return store.append(Event(stream=UNDO, body={"uid": uid}))


def taken_back(store: Store) -> frozenset[str]:
    """Uids of the ratings that do not count."""
    bodies = (one.body for one in store.events(UNDO))
    return frozenset(str(body["uid"]) for body in bodies if isinstance(body, dict) and "uid" in body)


def _all(store: Store) -> list[Attempt]:
    """All attempts of a store: those read before, and the rows that came since."""
    try:
        if store.flush():  # everything is in the database
            return _rows(store)
    except Exception:  # whatever is wrong with the database, the store has an answer
        _reads.pop(store, None)
    return store.attempts()


def _rows(store: Store) -> list[Attempt]:
    read = _reads.get(store, _Read())
    with store.vault.database.reading() as connection:
        count, last = connection.exec_driver_sql("SELECT count(*), coalesce(max(n), 0) FROM attempt").one()
        query = "SELECT * FROM attempt WHERE n >= ? ORDER BY n"
        rows = connection.exec_driver_sql(query, (read.last,)).mappings().all() if read.count else []
    if rows and rows[0]["uid"] == read.uid and count == read.count + len(rows) - 1:
        new = [one for row in rows[1:] if isinstance(one := from_row(dict(row)), Attempt)]
        found = sorted([*read.attempts, *new], key=lambda one: one.at) if new else read.attempts
    else:  # for the first time, or the file is another one than before (reset, import, mended)
        found = store.attempts()
        with store.vault.database.reading() as connection:
            query = "SELECT count(*), coalesce(max(n), 0) FROM attempt"
            count, last = connection.exec_driver_sql(query).one()
            rows = connection.exec_driver_sql("SELECT uid FROM attempt WHERE n = ?", (last,)).mappings().all()
        if count != len(found) or not rows:
            return found  # something was written meanwhile: read it all again next time
    _reads[store] = _Read(count, last, rows[-1]["uid"], found)
    return found
