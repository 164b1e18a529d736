"""Slips in the official text that would mislead: which note they are in, how to read it, and why
(``icd10cm_corrections.csv``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import cast

from course import paths
from course.codesets.icd10cm.model import NoteKind
from course.codesets.icd10cm.tabular import Entry, Line


@dataclass(frozen=True, slots=True)
class Correction:
    """``use`` is ``read`` (the sentence stays, its codes are read as `instead`) or ``move`` (the note becomes
    `kind_instead`)."""

    owner: str
    kind: str
    written: str
    use: str
    instead: str
    kind_instead: str


class Corrections:
    """The corrections by owner and kind of note. A correction whose text no longer occurs does nothing."""

    def __init__(self) -> None:
        self._by_note: dict[tuple[str, str], list[Correction]] = {}
        with (paths.data_dir() / "codesets" / "icd10cm_corrections.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                one = Correction(
                    row["owner"], row["kind"], row["written"], row["use"], row["instead"], row["kind_instead"]
                )
                self._by_note.setdefault((one.owner, one.kind), []).append(one)

    def to_read(self, owner: str, kind: str, text: str) -> str:
        """The text in which to look for codes; mostly the text itself."""
        for one in self._by_note.get((owner, kind), ()):
            if one.use == "read":
                text = text.replace(one.written, one.instead)
        return text

    def move(self, entry: Entry) -> None:
        """Give misplaced notes of `entry` their right kind and words."""
        for position, line in enumerate(entry.notes):
            for one in self._by_note.get((entry.code, line.kind), ()):
                if one.use == "move" and line.text == one.written:
                    entry.notes[position] = Line(cast(NoteKind, one.kind_instead), one.instead)
