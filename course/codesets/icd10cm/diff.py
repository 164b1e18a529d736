"""What changed between two editions, found by comparing them: codes, titles, headings and notes.

Works for any two editions that can be opened, published changes or not. Notes are compared where both editions know
theirs (FY2027 takes its notes from FY2026, so between those two none differ; an official file of a later year has its
own).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare

if TYPE_CHECKING:
    from course.codesets.icd10cm.codeset import CodeSet


@dataclass(frozen=True, slots=True)
class Diff:
    """Codes are dotted and in the order of the book. A code is in one of the first four at most.

    ``added``: billable now, not there before. ``deleted``: billable before, gone now. ``expanded``: billable before,
    a heading now. ``merged``: a heading before, billable now. ``retitled``: code -> (title before, title now).
    ``noted``: owners of notes or 7th characters that differ.
    """

    before: int
    after: int
    added: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    retitled: dict[str, tuple[str, str]] = field(default_factory=dict)
    noted: tuple[str, ...] = ()

    def fate(self, code: str) -> str | None:
        """What happened to a code itself: "deleted", "expanded", "merged", "retitled", "noted", "added" or None."""
        for name in ("deleted", "expanded", "merged", "retitled", "noted", "added"):
            if code in getattr(self, name):
                return name
        return None

    def added_below(self, code: str) -> tuple[str, ...]:
        """New codes of the family that a code or heading names."""
        stem = bare(code)
        return tuple(new for new in self.added if bare(new).startswith(stem) and new != code)

    @property
    def empty(self) -> bool:
        return not (self.added or self.deleted or self.expanded or self.merged or self.retitled or self.noted)


def compare(before: CodeSet, after: CodeSet) -> Diff:
    """The difference of two editions. Titles that no source gives (headings new in FY2027) are not compared."""
    old, new = _codes(before), _codes(after)
    both = [code for code in old if code in new]
    return Diff(
        before=before.edition,
        after=after.edition,
        added=tuple(code for code, (billable, _) in new.items() if billable and code not in old),
        deleted=tuple(code for code, (billable, _) in old.items() if billable and code not in new),
        expanded=tuple(code for code in both if old[code][0] and not new[code][0]),
        merged=tuple(code for code in both if new[code][0] and not old[code][0]),
        retitled={
            code: (old[code][1], new[code][1])
            for code in both
            if old[code][1] and new[code][1] and old[code][1] != new[code][1]
        },
        noted=_noted(before, after, both),
    )


def _codes(codes: CodeSet) -> dict[str, tuple[bool, str]]:
    """Code -> (billable, title or "" where it is not known), in the order of the book."""
    rows = codes.connection.execute("SELECT code, billable, title, title_known FROM code ORDER BY n")
    return {code: (bool(billable), title if known else "") for code, billable, title, known in rows}


def _noted(before: CodeSet, after: CodeSet, both: list[str]) -> tuple[str, ...]:
    """Codes in both editions whose own notes, or list of 7th characters, read differently."""
    unknown = {code for (code,) in after.connection.execute("SELECT code FROM code WHERE NOT notes_known")}
    old, new = _notes(before), _notes(after)
    return tuple(code for code in both if code not in unknown and old.get(code) != new.get(code))


def _notes(codes: CodeSet) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for owner, kind, text in codes.connection.execute("SELECT owner, kind, text FROM note ORDER BY owner, kind, text"):
        found.setdefault(owner, []).append((kind, text))
    for owner, char, meaning in codes.connection.execute("SELECT owner, char, meaning FROM seventh ORDER BY 1, 2"):
        found.setdefault(owner, []).append((char, meaning))
    return found
