"""What a change of edition touches: which questions, lessons and tables name a code that is not what it was.

``must``: wrong in the new edition as it stands. ``look``: still true, but a person should read it once more.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from course.questions import proof
from course.questions.base import ItemBase

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.codesets.icd10cm.diff import Diff

#: What became of a code, in words that go behind its name.
_FATES = {
    "deleted": "was deleted",
    "expanded": "is divided further now",
    "merged": "is billable now",
    "retitled": "has another title",
    "noted": "has other notes",
}


class Touched(NamedTuple):
    """One place to look at: `where` is a question's id or a file's name, `code` the code that changed."""

    where: str
    code: str
    what: str
    weight: Literal["must", "look"]

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.what}"


def items(diff: Diff, bank: Iterable[ItemBase], after: CodeSet) -> list[Touched]:
    """Questions touched by a change: keys first, then codes in texts, then families that were given new codes.

    A question that does not name the new edition is not wrong in it; its key is told as something to look at, since
    the question will be missing from the new year until somebody moves it.
    """
    found: list[Touched] = []
    for item in bank:
        found += _of_item(diff, item, after)
    return sorted(found, key=lambda one: (one.weight != "must", one.where, one.code))


def _of_item(diff: Diff, item: ItemBase, after: CodeSet) -> Iterator[Touched]:
    here = diff.after in item.editions
    keys = list(dict.fromkeys(code for _, code in item.key_codes()))
    for code in keys:
        fate = _FATES.get(diff.fate(code) or "", "")
        if here and not after.is_billable(code):
            yield Touched(item.id, code, f"in the key {fate or 'is not billable'}", "must")
        elif fate:
            bound = "" if here else f"; the question names {', '.join(f'FY{year}' for year in item.editions)} only"
            yield Touched(item.id, code, f"in the key {fate}{bound}", "look")
        else:
            yield from _owners(diff, item.id, code, after)
            parent = after.parent(code)
            if parent is not None and parent.level in ("category", "subcategory"):
                yield from _neighbors(diff, item.id, code, parent.code)
    for code in dict.fromkeys(code for _, code in proof.mentions(item)):
        if code in keys:
            continue
        if fate := _FATES.get(diff.fate(code) or "", ""):
            yield Touched(item.id, code, f"in a text {fate}", "look")
        else:
            yield from _neighbors(diff, item.id, code, code)


def _neighbors(diff: Diff, where: str, code: str, family: str) -> Iterator[Touched]:
    """New codes in the family of a code: perhaps a better answer than the one of last year."""
    if new := tuple(one for one in diff.added_below(family) if one != code):
        within = "below it" if code == family else f"beside it in {family}"
        yield Touched(where, code, f"has new codes {within}: {_some(new)}", "look")


def _owners(diff: Diff, where: str, code: str, after: CodeSet) -> Iterator[Touched]:
    """Notes above a key code that read differently now."""
    for above in after.ancestors(code):
        if above.code in diff.noted:
            yield Touched(where, code, f"in the key stands under {above.code}, which has other notes", "look")


def lessons(diff: Diff, folder: Path) -> list[Touched]:
    """Sentences and cells of the notebooks in `folder` that name a changed code."""
    found = []
    for path in sorted(folder.rglob("*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            continue  # the notebook checks tell of broken files
        for number, cell in enumerate(cells, 1):
            for match in dict.fromkeys(proof.CODE_LIKE.findall("".join(cell.get("source", "")))):
                if fate := _FATES.get(diff.fate(match) or ""):
                    found.append(Touched(f"{path.name}, cell {number}", match, fate, "look"))
    return found


def tables(diff: Diff, folder: Path) -> list[Touched]:
    """Rows of the course's own tables (``data/codesets``) that name a changed code; the record of changes left out."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith("icd10cm_"):
            continue
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                for word in dict.fromkeys(cell.rstrip("-.") for cell in row):
                    fate = diff.fate(word) if proof.CODE_LIKE.fullmatch(word) else None
                    if fate is not None and fate in ("deleted", "expanded", "merged"):
                        found.append(Touched(path.name, word, _FATES[fate], "look"))
    return found


def _some(codes: tuple[str, ...], most: int = 4) -> str:
    rest = len(codes) - most
    return ", ".join(codes[:most]) + (f" and {rest} more" if rest > 0 else "")
