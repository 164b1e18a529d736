"""Which editions there are, which one is in force on a day, and how to open one.

An edition is a US fiscal year: FY2027 is in force from 1 October 2026 to 30 September 2027. The base of FY2026 is its April 2026
update; FY2027 is that plus the published changes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from pathlib import Path

from course import paths
from course.codesets.icd10cm import library, store
from course.codesets.icd10cm.build import Progress
from course.codesets.icd10cm.codeset import CodeSet

BUILT_IN = (2026, 2027)

_open: dict[tuple[int, Path, Path], CodeSet] = {}
_lock = threading.RLock()


class UnknownEdition(ValueError):
    """The edition is not among those the course holds. The message lists them."""


def editions() -> tuple[int, ...]:
    """The editions that can be opened, oldest first."""
    return BUILT_IN


def edition_on(day: dt.date | None = None) -> int:
    """The edition in force on `day` (today when None): the fiscal year begins on 1 October.

    A day outside the editions held gets the nearest of them.
    """
    day = day or paths.today()
    year = day.year + (day.month >= 10)
    held = editions()
    return min(held, key=lambda edition: (abs(edition - year), -edition))


def label_of(edition: int) -> str:
    """``"ICD-10-CM FY2027 (1 Oct 2026 to 30 Sep 2027)"``."""
    return f"ICD-10-CM FY{edition} (1 Oct {edition - 1} to 30 Sep {edition})"


def open_edition(edition: int | None = None, *, on_progress: Progress | None = None) -> CodeSet:
    """The code set of `edition` (the one in force today when None). Opened once per session; built first if need be.

    `on_progress` is called with the part done (0 to 1) and what is being done, only while building.
    Raises UnknownEdition, or SourceMissing when the official files are not installed.
    """
    edition = edition_on() if edition is None else int(edition)
    if edition not in editions():
        raise UnknownEdition(
            f"The course does not hold ICD-10-CM FY{edition}. It holds: {', '.join(f'FY{e}' for e in editions())}. "
            "Another year can be added with: python -m course codes use FILE"
        )
    key = (edition, paths.cache_dir(), paths.user_dir())
    with _lock:
        if key not in _open:
            _open[key] = _load(edition, on_progress or store.quiet)
        return _open[key]


def _load(edition: int, on_progress: Progress) -> CodeSet:
    version = hashlib.sha256((library.library_files().digest() + store.code_digest()).encode()).hexdigest()[:32]
    connection, warning = store.open_file(edition, version, on_progress)

    def reopen():
        return store.rebuild(edition, version, store.quiet)[0]

    return CodeSet(edition, label_of(edition), connection, warning=warning, reopen=reopen)
