"""Small file operations that must not fail half-way, on Windows too."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from pathlib import Path

#: How often, and how long apart (seconds), a rename is tried again. On Windows a virus scanner or a synchronising
#: client may hold a file for a moment.
_TRIES, _PAUSE = 10, 0.05

#: Files that SQLite may leave beside a database. They belong to it and move with it.
COMPANIONS = ("-wal", "-shm", "-journal")


def replace(source: Path, target: Path) -> None:
    """``os.replace`` with patience. Raises ``OSError`` when it stays impossible."""
    for last in range(_TRIES):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if last == _TRIES - 1:
                raise
            time.sleep(_PAUSE)


def settle(folder: Path) -> None:
    """Flush a folder's entries, so that a rename outlives a power cut. Not possible, and not needed, on Windows."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some file systems refuse to flush a folder
        pass
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that its name always holds either the old content or all of the new. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=".tmp", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    settle(path.parent)


def free_name(path: Path, reason: str, moment: dt.datetime | None = None) -> Path:
    """``progress-damaged-2026-11-22-130501.sqlite3``: beside ``path``, not in use, sorted by date, fit for Windows."""
    when = (moment or dt.datetime.now()).strftime("%Y-%m-%d-%H%M%S")
    for number in range(1, 1000):
        tail = "" if number == 1 else f"-{number}"
        name = path.with_name(f"{path.stem}-{reason}-{when}{tail}{path.suffix}")
        if not any(os.path.lexists(f"{name}{extra}") for extra in ("", *COMPANIONS)):
            return name
    raise FileExistsError(f"no free name beside {path}")


def set_aside(path: Path, reason: str, moment: dt.datetime | None = None) -> Path:
    """Rename a file (or a folder in its place), with its companions, to a dated name. Returns the new name.

    The companions go first: a database that is not there makes SQLite drop a left-over log, while a log left beside a
    new database would be played into it.
    """
    target = free_name(path, reason, moment)
    for extra in COMPANIONS:
        companion = path.with_name(path.name + extra)
        if os.path.lexists(companion):
            replace(companion, target.with_name(target.name + extra))
    replace(path, target)
    settle(path.parent)
    return target


def put_back(aside: Path, path: Path) -> None:
    """The reverse of :func:`set_aside`. ``path`` must be free. Raises ``OSError``."""
    if os.path.lexists(path):
        raise FileExistsError(f"{path} is in use")
    replace(aside, path)
    for extra in COMPANIONS:
        companion = aside.with_name(aside.name + extra)
        if os.path.lexists(companion):
            replace(companion, path.with_name(path.name + extra))
    settle(path.parent)
