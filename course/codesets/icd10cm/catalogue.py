"""Which editions there are, which one is in force on a day, and how to open one.

An edition is a US fiscal year: FY2027 is in force from 1 October 2026 to 30 September 2027. The base of FY2026 is
its April 2026 update; FY2027 is that plus the published changes. Editions that a user added come on top.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from course import paths
from course.bootstrap.errors import command
from course.codesets.icd10cm import sources, store
from course.codesets.icd10cm.codeset import CodeSet
from course.codesets.icd10cm.sources import Recipe, editions

__all__ = ["UnknownEdition", "basis_of", "edition_on", "editions", "forget", "label_of", "open_edition"]

_open: dict[tuple[int, Path, Path, int], CodeSet] = {}
_lock = threading.RLock()


class UnknownEdition(ValueError):
    """The edition is not among those the course holds. The message lists them."""


def edition_on(day: dt.date | None = None) -> int:
    """The edition in force on `day` (today when None): the fiscal year begins on 1 October.

    A day outside the editions held gets the nearest of them.
    """
    day = day or paths.today()
    year = day.year + (day.month >= 10)
    return min(editions(), key=lambda edition: (abs(edition - year), -edition))


def label_of(edition: int) -> str:
    """``"ICD-10-CM FY2027 (1 Oct 2026 to 30 Sep 2027)"``; FY2026 says that its April update is in it."""
    update = " with the April 2026 update" if edition == 2026 and edition not in sources.added_editions() else ""
    return f"ICD-10-CM FY{edition}{update} (1 Oct {edition - 1} to 30 Sep {edition})"


def basis_of(recipe: Recipe) -> str:
    """A sentence on where the codes, titles and notes of the edition come from."""
    if recipe.added:
        given = sources.about(recipe.edition) or {}
        return f"Codes, titles and notes are those of the official file {given.get('file', '')} that you added."
    if recipe.on_top:
        return (
            f"Codes and titles are those of FY{recipe.edition}. Notes and the titles of headings are those of FY2026 "
            f"(April 2026 update); what FY{recipe.edition} changed in them is not in the published changes."
        )
    return "Codes, titles and notes are those of the April 2026 update of FY2026."


def open_edition(edition: int | None = None, *, on_progress: Callable[[float, str], None] | None = None) -> CodeSet:
    """The code set of `edition` (the one in force today when None). Opened once per session; built first if need be.

    `on_progress` is called with the part done (0 to 1) and what is being done, only while building.
    Raises UnknownEdition; SourceMissing when the official files are not installed.
    """
    edition = edition_on() if edition is None else edition
    if edition not in editions():
        held = ", ".join(f"FY{one}" for one in editions())
        raise UnknownEdition(
            f"The course does not hold ICD-10-CM FY{edition}. It holds: {held}. "
            f"Another year can be added with: {command('codes use FILE')}"
        )
    with _lock:
        # The files of an added edition can be replaced while a notebook runs; the library's cannot.
        key = (edition, paths.cache_dir(), paths.user_dir(), sources.stamp(edition))
        if key not in _open:
            _open[key] = _load(sources.recipe(edition), on_progress or store.quiet)
        return _open[key]


def forget(edition: int) -> None:
    """Close an edition: the next ``open_edition`` opens its file anew, code sets handed out before are closed."""
    with _lock:
        for key in [key for key in _open if key[0] == edition]:
            _open.pop(key).connection.close()


def version_of(recipe: Recipe) -> str:
    """Fingerprint of all that goes into an edition's file: the official files, the course's data and its modules."""
    return hashlib.sha256((recipe.files.digest() + store.code_digest()).encode()).hexdigest()[:32]


def _load(recipe: Recipe, on_progress: Callable[[float, str], None]) -> CodeSet:
    version = version_of(recipe)
    connection, warning = store.open_file(recipe, version, on_progress)
    if recipe.by_expansion:
        expansion = (
            f"No list of codes came with the Tabular List of FY{recipe.edition}, so which 7th characters exist was "
            "worked out from its rules: a few combinations may not exist. "
            f"Add the list of codes with: {command('codes use FILE')}"
        )
        warning = f"{expansion} {warning}" if warning else expansion

    def reopen() -> sqlite3.Connection:
        return store.rebuild(recipe, version, store.quiet)[0]

    label, basis = label_of(recipe.edition), basis_of(recipe)
    return CodeSet(recipe.edition, label, connection, basis=basis, warning=warning, reopen=reopen)
