"""Where things live: the course's data, the learner's cache and the learner's own files.

Environment variables override every place, so that tests and classrooms can redirect them:
``COURSE_CACHE_DIR`` (can be rebuilt at any time), ``COURSE_USER_DIR`` (the learner's work; never deleted by
the course), ``COURSE_TODAY`` (an ISO date that stands in for today).
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

APP = "medical-coding-course"


def data_dir() -> Path:
    """Folder of the course's content: ``data/`` of the clone, or the copy that an installed wheel carries."""
    clone = Path(__file__).resolve().parent.parent / "data"
    return clone if clone.is_dir() else Path(__file__).resolve().parent / "_data"


def tables(folder: str) -> list[str]:
    """Names of the CSV tables in a folder of ``data/``, sorted."""
    return sorted(path.stem for path in (data_dir() / folder).glob("*.csv"))


def table(folder: str, name: str) -> str:
    """Path of a CSV table in a folder of ``data/``. KeyError (with the nearest names) when there is none."""
    wanted, there = str(name).removesuffix(".csv"), tables(folder)
    if wanted not in there:
        import difflib

        near = difflib.get_close_matches(wanted, there, n=3, cutoff=0.4) or there
        raise KeyError(f"there is no table {name!r}; there are: {', '.join(near)}")
    return str(data_dir() / folder / f"{wanted}.csv")


def notebooks_dir() -> Path:
    """Folder of the lessons in the clone."""
    return Path(__file__).resolve().parent.parent / "notebooks"


def cache_dir() -> Path:
    """Folder for what can be rebuilt (code-set indexes). Not created here."""
    if override := os.environ.get("COURSE_CACHE_DIR"):
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path(APP, appauthor=False)


def user_dir() -> Path:
    """Folder for the learner's progress. Not created here."""
    if override := os.environ.get("COURSE_USER_DIR"):
        return Path(override)
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def today() -> dt.date:
    """The learner's date, which decides the edition in force.

    ``COURSE_TODAY`` overrides it; a malformed one is ignored.
    """
    try:
        return dt.date.fromisoformat(os.environ["COURSE_TODAY"])
    except (KeyError, ValueError):
        return dt.date.today()


#: How far the learner's calendar is from the real one, once for a session, so that its clock never runs backward.
_SHIFT: dict[dt.date, dt.timedelta] = {}


def now() -> dt.datetime:
    """This moment in UTC, on the learner's date: the real time of day where ``COURSE_TODAY`` moves the date."""
    real = dt.datetime.now(dt.UTC)
    day = today()
    if day == dt.date.today():
        return real
    if day not in _SHIFT:
        _SHIFT[day] = dt.timedelta(days=(day - real.date()).days)
    return real + _SHIFT[day]
