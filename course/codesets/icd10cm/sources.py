"""Which official files an edition is made from: the library's, with the published changes on top, or files a user
added.

A user's files live in the user's own folder: ``codesets/icd10cm/2028/`` holds ``tabular.xml.gz``, ``codes.txt.gz``
where a list was given, and ``about.json``, which is written last: without it the edition does not count.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from course import paths
from course.codesets.icd10cm.library import EDITION, Files, library_files, read_code_list

BUILT_IN = (2026, 2027)
ABOUT, TABULAR, CODES = "about.json", "tabular.xml.gz", "codes.txt.gz"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make one edition. `on_top` lists the editions whose published changes are applied to the files, in
    order."""

    edition: int
    files: Files
    on_top: tuple[int, ...] = ()
    added: bool = False

    @property
    def by_expansion(self) -> bool:
        """True when no list of codes came with the Tabular List, so that 7th-character codes follow from its rules."""
        return self.files.code_list is None


def added_folder(edition: int) -> Path:
    """Where the files of an edition that the user added are kept."""
    return paths.user_dir() / "codesets" / "icd10cm" / str(edition)


def added_editions() -> list[int]:
    """Editions that the user added and that are complete."""
    try:
        folders = list((paths.user_dir() / "codesets" / "icd10cm").iterdir())
    except OSError:
        return []
    return sorted(
        int(folder.name) for folder in folders if folder.name.isdecimal() and about(int(folder.name)) is not None
    )


def about(edition: int) -> dict | None:
    """The record of an added edition, or None when there is none that can be read."""
    folder = added_folder(edition)
    try:
        record = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and (folder / TABULAR).is_file() else None


def stamp(edition: int) -> int:
    """Changes when the user adds files for this edition again; 0 for an edition of the course's own."""
    try:
        return (added_folder(edition) / ABOUT).stat().st_mtime_ns
    except OSError:
        return 0


def editions() -> tuple[int, ...]:
    """The editions that can be opened, oldest first."""
    return tuple(sorted({*BUILT_IN, *added_editions()}))


def recipe(edition: int) -> Recipe:
    """How to make `edition`, one of ``editions()``. Files the user added come before the course's own. Raises
    SourceMissing."""
    if edition in added_editions():
        folder = added_folder(edition)
        codes = folder / CODES
        return Recipe(edition, Files(folder / TABULAR, codes if codes.is_file() else None), added=True)
    return from_library(edition)


def from_library(edition: int) -> Recipe:
    """`edition` as the course makes it itself: the library's files, and the published changes of the editions since."""
    return Recipe(edition, library_files(), tuple(range(EDITION + 1, edition + 1)))


class Guided(Container[str]):
    """Stands in for a missing list of codes: a combination of stem and 7th character that the base edition knows is
    judged by the base, a new stem takes every character of its rule. (The rules alone make 76 codes in S06 that do
    not exist.)"""

    def __init__(self, base: set[str]) -> None:
        self._base = base
        self._stems = {code[:6] for code in base if len(code) == 7}

    def __contains__(self, code: object) -> bool:
        return code in self._base or (isinstance(code, str) and code[:6] not in self._stems)


def valid_codes(one: Recipe) -> Container[str]:
    """What tells which bare 7th-character codes exist: the list of the edition, or the guidance of the library's
    list."""
    if one.files.code_list is not None:
        return set(read_code_list(one.files.code_list))
    return guidance()


def guidance() -> Guided:
    """What the library's list of codes says about the 7th characters of stems it knows."""
    base = library_files().code_list
    return Guided(set(read_code_list(base)) if base else set())
