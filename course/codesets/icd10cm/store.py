"""Keep each edition in one file of the cache folder: build it when it is missing, damaged or old; open it in
milliseconds.

A file is built beside its final place and moved there in one step, so a reader never meets half a file and two
notebooks that build at once do no harm. Where the folder cannot be written, the edition is kept in a temporary file
or in memory.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from course import paths
from course.codesets.icd10cm.database import APPLICATION_ID
from course.codesets.icd10cm.sources import Recipe

Progress = Callable[[float, str], None]

# Modules that only read a finished file: a change in them needs no new one.
_READERS = {"__init__.py", "catalogue.py", "codeset.py", "database.py", "use.py"}


def quiet(_part: float, _message: str) -> None:
    """A progress callback that says nothing."""


@functools.cache
def code_digest() -> str:
    """Fingerprint of everything on the side of the course that shapes an edition's file: its modules and data files.
    Any change to them makes a new file, so nobody has to remember to raise a version number."""
    digest = hashlib.sha256()
    folder = Path(__file__).resolve().parent
    data = paths.data_dir() / "codesets"
    modules = [path for path in sorted(folder.glob("*.py")) if path.name not in _READERS]
    for path in (*modules, *sorted(data.glob("icd10cm_*")), *sorted(data.glob("search_*"))):
        with contextlib.suppress(OSError):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def cache_file(edition: int, version: str) -> Path:
    return paths.cache_dir() / f"icd10cm-{edition}-{version[:12]}.sqlite"


def connect(path: Path) -> sqlite3.Connection:
    """Open read-only. The file never changes in place, so SQLite need not lock it (``immutable``)."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except (sqlite3.Error, ValueError):
        connection = sqlite3.connect(
            path, check_same_thread=False
        )  # e.g. a Windows network path, which has no plain URI
    try:
        connection.execute("PRAGMA query_only = 1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def sound(connection: sqlite3.Connection, path: Path, edition: int, version: str) -> bool:
    """Cheap checks that this is our file, whole and of this version. No full scan: damage inside is met at query
    time."""
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return False
        pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if path.stat().st_size != pages * size:
            return False
        facts = dict(connection.execute("SELECT key, value FROM meta"))
        last = connection.execute("SELECT max(n) FROM code").fetchone()[0]
        return (
            facts.get("edition") == str(edition)
            and facts.get("version") == version
            and facts.get("entries") == str(last)
        )
    except (sqlite3.Error, OSError, TypeError):
        return False


def open_file(recipe: Recipe, version: str, on_progress: Progress) -> tuple[sqlite3.Connection, str | None]:
    """A connection to the edition's file, made if need be, and a warning for the learner or None."""
    connection = _open_sound(cache_file(recipe.edition, version), recipe.edition, version)
    return (connection, None) if connection is not None else rebuild(recipe, version, on_progress)


def _open_sound(path: Path, edition: int, version: str) -> sqlite3.Connection | None:
    if path.is_file():
        with contextlib.suppress(sqlite3.Error):
            connection = connect(path)
            if sound(connection, path, edition, version):
                return connection
            connection.close()
    return None


def rebuild(recipe: Recipe, version: str, on_progress: Progress) -> tuple[sqlite3.Connection, str | None]:
    """Make the edition's file anew: in the cache folder, else in a temporary folder, else in memory."""
    path = cache_file(recipe.edition, version)
    problem: Exception | None = None
    for place in (lambda: path.parent, _temporary_folder):
        final = path
        try:
            final = place() / path.name
            final.parent.mkdir(parents=True, exist_ok=True)
            _make_file(final, recipe, version, on_progress)
        except (OSError, sqlite3.Error) as error:
            problem = problem or error
        else:
            _tidy(final)
        # Also after an error: on Windows a file that another notebook reads cannot be replaced, and is good then.
        connection = _open_sound(final, recipe.edition, version)
        if connection is not None:
            return connection, None if final == path else _cannot_keep(path, problem)
    from course.codesets.icd10cm import making

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    making.into(connection, recipe, version, on_progress)
    connection.execute("PRAGMA query_only = 1")
    return connection, _cannot_keep(path, problem)


def _temporary_folder() -> Path:
    """A folder of this process alone, removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"{paths.APP}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _cannot_keep(path: Path, problem: Exception | None) -> str:
    reason = getattr(problem, "strerror", None) or str(problem or "unknown reason")
    return (
        f"The code set could not be stored in {path.parent} ({reason}), so it is prepared again in every session. "
        "Everything works; to start faster, free disk space or set COURSE_CACHE_DIR to a folder you can write to."
    )


def _make_file(final: Path, recipe: Recipe, version: str, on_progress: Progress) -> None:
    from course.codesets.icd10cm import making  # only here: opening a finished file needs none of it

    handle, name = tempfile.mkstemp(prefix=f"{final.stem}-", suffix=".tmp", dir=final.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        making.make(temporary, recipe, version, on_progress)
        _replace(temporary, final)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _replace(temporary: Path, final: Path) -> None:
    """Move into place. On Windows another notebook may hold the old file for a moment: try again for two seconds."""
    for attempt in range(20):
        try:
            os.replace(temporary, final)
            return
        except PermissionError:
            if attempt == 19:
                raise
            time.sleep(0.1)


def _tidy(kept: Path) -> None:
    """Remove what older versions left behind: all but the latest other file (a second environment may use that one),
    and temporary files of builds that were killed."""
    edition = "-".join(kept.name.split("-")[:2])
    with contextlib.suppress(OSError):
        others = sorted(
            (path for path in kept.parent.glob(f"{edition}-*.sqlite") if path != kept),
            key=lambda path: path.stat().st_mtime,
        )
        hour, day = time.time() - 3600, time.time() - 86400
        stale = [path for path in others[:-1] if path.stat().st_mtime < hour]
        stale += [path for path in kept.parent.glob(f"{edition}-*.tmp") if path.stat().st_mtime < day]
        for path in stale:
            with contextlib.suppress(OSError):
                path.unlink()
