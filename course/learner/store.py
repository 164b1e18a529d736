"""The learner's progress, as the rest of the course sees it.

    store = open_store()                 # never raises
    store.record(Attempt(...))           # Kept.SAVED, or Kept.MEMORY while the disk does not take it
    store.last("03-structure/buckle-fracture"), store.attempts(lesson="03"), store.draft(...)
    store.append(Event(stream="sitting/cpc-1", body={…})); store.events("sitting/cpc-1"); store.streams("sitting/")

Whatever is wrong with the disk, the store answers: what could not be written is kept in memory, shown with the rest,
and written with the next answer that finds the disk in order. ``store.warning`` then says in plain words what is wrong.
"""

from __future__ import annotations

import atexit
import datetime as dt
import threading
import weakref
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from course import paths
from course.learner import messages
from course.learner.database import Kind, Trouble, trouble_of
from course.learner.places import unsafe_for_wal
from course.learner.records import Attempt, BadRecord, Draft, Event, Kept, Record, checked, now
from course.learner.rows import draft_row
from course.learner.vault import NOTHING, Tail, Vault

__all__ = ["Attempt", "Draft", "Event", "Kept", "Store", "open_store", "shared_store"]

#: Patience (seconds) with another program's lock while the file is known to be held: the card must not freeze again.
_SHORT = 0.1


#: Of how many streams what was read is kept in memory (an exam of four hours has some 1,500 events).
_TAILS = 4


class Store:
    """Attempts, events and drafts of one learner, in ``folder``. Made by :func:`open_store`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._vault = Vault(folder, wal=unsafe_for_wal(folder) is None)
        self._patience = self._vault.patience
        self._mutex = threading.RLock()
        self._trouble: Trouble | None = None
        self._opened = False
        self._pending: dict[str, Record] = {}  # not on disk
        self._behind: dict[str, Record] = {}  # on disk in the safety copy, not yet in the database
        self._drafts: dict[str, Draft] = {}  # not on disk
        self._refused: dict[str, tuple[Record, str]] = {}  # faulty: could not be read back, so they are not written
        self._tails: dict[str, Tail] = {}
        self._open()

    # -- state --------------------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The database file."""
        return self._vault.path

    @property
    def durable(self) -> bool:
        """True while everything that was recorded is on disk."""
        return self._trouble is None and not self._pending and not self._refused

    @property
    def pending(self) -> int:
        """How many attempts and events are in memory only."""
        return len(self._pending)

    @property
    def warning(self) -> str | None:
        """What a learner should know: why nothing is saved, what was damaged. None when all is well."""
        with self._mutex:
            parts = [messages.mended(one) for one in self._vault.mended]
            parts += [messages.refused(why) for _, why in self._refused.values()]
            if self._trouble is not None:
                parts.append(messages.trouble(self._trouble, self.folder))
        return "\n".join(dict.fromkeys(parts)) or None

    def _open(self) -> None:
        try:
            self._vault.open()
        except Exception as error:  # whatever it is, the lesson goes on
            trouble = trouble_of(error)
            # Held by another program: the safety copy takes answers meanwhile, so there is nothing to warn of yet.
            self._note(None if trouble.kind is Kind.BUSY else trouble, held=trouble.kind is Kind.BUSY)
            try:
                self._behind |= self._vault.twin.read().records
            except OSError:
                pass  # nothing can be read either
        else:
            self._opened = True
            self._note(None)

    def _note(self, trouble: Trouble | None, *, held: bool = False) -> None:
        self._trouble = trouble
        self._vault.patience = _SHORT if held else self._patience

    # -- writing ------------------------------------------------------------------------------------------------------

    def record(self, attempt: Attempt) -> Kept:
        """Keep an attempt. ``Kept.SAVED``: it is on disk and flushed. ``Kept.MEMORY``: see :attr:`warning`. Never
        raises, and never loses an attempt that a caller holds on to this store for."""
        return self._keep(attempt)

    def append(self, event: Event) -> Kept:
        """Keep an event, as :meth:`record` keeps an attempt."""
        return self._keep(event)

    def _keep(self, one: Record) -> Kept:
        with self._mutex:
            try:
                one = checked(one)
            except BadRecord as error:
                # With a time of now: a faulty one could not be sorted with the others.
                self._refused[one.uid] = (replace(one, at=now()), str(error))
                return Kept.MEMORY
            self._pending[one.uid] = one
            self.flush()
            return Kept.MEMORY if one.uid in self._pending else Kept.SAVED

    def save_draft(self, draft: Draft) -> Kept:
        """Keep what stands on a card unchecked; the newest of a question replaces the one before."""
        with self._mutex:
            try:
                draft_row(draft)
            except (ValueError, TypeError, RecursionError, AttributeError):
                return Kept.MEMORY  # not JSON: it is on the card, and cannot be kept
            self._drafts[draft.question_id] = draft
            self.flush()
            return Kept.MEMORY if draft.question_id in self._drafts else Kept.SAVED

    def flush(self) -> bool:
        """Write what is in memory, if the disk lets us. True when all of it is in the database."""
        with self._mutex:
            if not (self._pending or self._drafts or self._behind):
                return True
            if not self._opened:
                self._open()
                if self._trouble is not None and self._trouble.kind in (Kind.NEWER, Kind.DAMAGED):
                    return False
            records = [*self._behind.values(), *self._pending.values()]
            try:
                complete = self._vault.save(records, list(self._drafts.values()))
            except Exception as error:
                trouble = trouble_of(error)
                self._note(trouble, held=trouble.kind is Kind.BUSY)
                return False
            self._behind = {} if complete else {**self._behind, **self._pending}
            self._pending = {}
            if complete:
                self._drafts = {}
            self._note(None, held=not complete)
            return complete

    # -- reading ------------------------------------------------------------------------------------------------------

    def attempts(
        self,
        lesson: str | None = None,
        since: dt.datetime | None = None,
        question_id: str | None = None,
    ) -> list[Attempt]:
        """Attempts, oldest first; those in memory are among them."""
        with self._mutex:
            try:
                found = {one.uid: one for one in self._vault.attempts(question_id)}
            except Exception as error:
                trouble = trouble_of(error)
                self._note(trouble, held=trouble.kind is Kind.BUSY)
                found = {}
            found |= {one.uid: one for one in self._unwritten() if isinstance(one, Attempt)}
        return sorted(
            (
                one
                for one in found.values()
                if (question_id is None or one.question_id == question_id)
                and (lesson is None or one.lesson == lesson)
                and (since is None or one.at >= since)
            ),
            key=lambda one: one.at,
        )

    def last(self, question_id: str) -> Attempt | None:
        """The newest attempt at a question, or None."""
        found = self.attempts(question_id=question_id)
        return found[-1] if found else None

    def events(self, stream: str | None = None) -> list[Event]:
        """The events of a stream (None: of all streams), oldest first; those in memory are among them."""
        with self._mutex:
            tail = NOTHING if stream is None else self._tails.pop(stream, NOTHING)
            try:
                tail = self._vault.events(stream, tail)
            except Exception as error:  # what was read before is still known
                trouble = trouble_of(error)
                self._note(trouble, held=trouble.kind is Kind.BUSY)
            if stream is not None:
                self._tails[stream] = tail
                if len(self._tails) > _TAILS:
                    del self._tails[next(iter(self._tails))]
            found = dict(tail.events)
            for one in self._unwritten():
                if isinstance(one, Event) and stream in (None, one.stream):
                    found[one.uid] = one
        return sorted(found.values(), key=lambda one: one.at)

    def streams(self, prefix: str = "") -> list[str]:
        """Names of the streams that begin with ``prefix``, sorted; those in memory are among them."""
        with self._mutex:
            try:
                found = self._vault.streams()
            except Exception as error:
                trouble = trouble_of(error)
                self._note(trouble, held=trouble.kind is Kind.BUSY)
                found = set(self._tails)
            found |= {one.stream for one in self._unwritten() if isinstance(one, Event)}
        return sorted(name for name in found if name.startswith(prefix))

    def _unwritten(self) -> list[Record]:
        """What is not in the database, as far as this session knows."""
        return [*self._behind.values(), *self._pending.values(), *(one for one, _ in self._refused.values())]

    def draft(self, question_id: str) -> Draft | None:
        """What stood unchecked on the card of a question, or None."""
        with self._mutex:
            if question_id in self._drafts:
                return self._drafts[question_id]
            try:
                return self._vault.draft(question_id)
            except Exception:  # a draft is a comfort; its trouble shows with the next answer
                return None

    # -- for course.learner.transfer ----------------------------------------------------------------------------------

    def add(self, records: Iterable[Record]) -> bool:
        """Keep many at once (an import). Those already known by their ``uid`` are left as they are. True when all are
        on disk."""
        with self._mutex:
            self._pending |= {one.uid: one for one in records}
            return self.flush()

    @property
    def vault(self) -> Vault:
        """The files, for moving them as a whole."""
        return self._vault


def open_store(folder: Path | None = None) -> Store:
    """The learner's progress in ``folder`` (default: :func:`course.paths.user_dir`). Never raises: look at
    ``durable`` and ``warning``."""
    store = Store(folder if folder is not None else paths.user_dir())
    atexit.register(_flush_last, weakref.ref(store))
    return store


def _flush_last(reference: weakref.ref[Store]) -> None:
    store = reference()
    if store is not None:
        store.flush()


_shared: dict[Path, Store] = {}


def shared_store() -> Store:
    """The one store of this session; all cards of a notebook use it."""
    folder = paths.user_dir()
    if folder not in _shared:
        _shared[folder] = open_store(folder)
    return _shared[folder]
