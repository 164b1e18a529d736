"""What each edition changed, read from ``data/codesets/icd10cm_changes.csv``, and how a later edition is made from the base."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from course import paths
from course.codesets.icd10cm.model import Change, bare, dotted
from course.codesets.icd10cm.tabular import Entry, Tree

#: Title of a heading that the changes imply but do not name.
UNNAMED = "(heading new in FY{edition}; its title is not in the published changes)"


@dataclass(frozen=True, slots=True)
class Row:
    """One published change. ``action`` is added, deleted or revised; codes are dotted."""

    edition: int
    action: str
    code: str
    title: str
    previous_title: str


def changes_file() -> Path:
    return paths.data_dir() / "codesets" / "icd10cm_changes.csv"


def read_changes() -> list[Row]:
    """All published changes that the course carries, oldest edition first."""
    with changes_file().open(encoding="utf-8", newline="") as lines:
        return [
            Row(int(row["edition"]), row["action"], row["code"], row["title"], row["previous_title"])
            for row in csv.DictReader(lines)
        ]


def apply(tree: Tree, rows: list[Row], edition: int) -> None:
    """Turn the tree of the edition before into `edition`: add, delete and revise; then drop headings left with nothing below.

    Notes of the edition before stay; those of new codes are not known.
    """
    touched = [row for row in rows if row.edition == edition]
    for row in touched:
        if row.action == "added":
            _add(tree, row, edition)
    for row in touched:
        if row.action == "deleted":
            _delete(tree, row.code)
        elif row.action == "revised" and row.code in tree.by_code:
            tree.by_code[row.code].title = row.title


def _rule_above(entry: Entry | None) -> dict[str, str] | None:
    while entry is not None:
        if entry.seventh:
            return entry.seventh
        entry = entry.parent
    return None


def headings_of(code: str, extension: bool) -> list[str]:
    """The headings a code stands under, from the category down: ``T52.811A`` -> T52, T52.8, T52.81, T52.811.

    `extension`: the 7th character comes from a rule, so the placeholders before it name no heading.
    """
    text = bare(code)
    if extension:
        text = text[:6].rstrip("X") + "."
    return [dotted(text[:length]) for length in range(3, len(text))]


def _add(tree: Tree, row: Row, edition: int) -> None:
    if row.code in tree.by_code:
        return
    nearest = next((tree.by_code[h] for h in reversed(headings_of(row.code, False)) if h in tree.by_code), None)
    rule = _rule_above(nearest)
    text = bare(row.code)
    extension = len(text) == 7 and rule is not None and text[6] in rule
    headings = headings_of(row.code, extension)
    parent: Entry | None = None
    for heading in headings:
        if heading not in tree.by_code:
            new = Entry(heading, UNNAMED.format(edition=edition), "code", notes_known=False, title_known=False)
            _insert(tree, new, parent)
        parent = tree.by_code[heading]
    if extension and rule is not None and parent is not None and not parent.title_known:
        ending = ", " + rule[text[6]]
        if row.title.endswith(ending):
            # The title of an expanded code is its stem's title and the meaning: so the stem's title is known after all.
            parent.title, parent.title_known = row.title[: -len(ending)], True
    _insert(tree, Entry(row.code, row.title, "code", extension=extension, notes_known=False), parent)


def _insert(tree: Tree, new: Entry, parent: Entry | None) -> None:
    """File a new entry under its parent, after the last sibling that sorts before it."""
    tree.by_code[new.code] = new
    if parent is None:
        _insert_category(tree, new)
        return
    at = 0
    for position, sibling in enumerate(parent.children, start=1):
        if sibling.code < new.code:
            at = position
    new.parent = parent
    parent.children.insert(at, new)


def _insert_category(tree: Tree, new: Entry) -> None:
    """A new category goes into the block whose range holds it, else straight under the chapter of its neighbour, because
    which block it joins is not in the published changes."""
    before = max((e for e in tree.by_code.values() if e.kind == "code" and len(e.code) == 3 and e.code < new.code and e is not new),
                 key=lambda e: e.code)
    block = before.parent
    assert block is not None
    first, _, last = block.code.partition("-")
    if first <= new.code <= last:
        new.parent = block
        block.children.insert(block.children.index(before) + 1, new)
        return
    while block.parent is not None and block.parent.kind != "chapter":
        block = block.parent
    chapter = block.parent
    assert chapter is not None
    new.parent = chapter
    chapter.children.insert(chapter.children.index(block) + 1, new)


def _delete(tree: Tree, code: str) -> None:
    """Remove a code, unless it has children now: then it is a heading. Headings left with nothing below go too."""
    entry = tree.by_code.get(code)
    while entry is not None and not entry.children and entry.kind == "code":
        parent = entry.parent
        del tree.by_code[entry.code]
        if parent is not None:
            parent.children.remove(entry)
        entry = parent


def history(rows: list[Row]) -> list[Change]:
    """The changes as a learner reads them.

    A deleted code below which the same edition added codes became a heading: ``expanded``.
    """
    added: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.action == "added":
            added[row.edition, row.code[:3]].append(row.code)
    out = []
    for row in rows:
        if row.action != "deleted":
            out.append(Change(row.edition, row.action, row.code, row.title, row.previous_title))  # type: ignore[arg-type]
            continue
        nearby = added[row.edition, row.code[:3]]
        below = tuple(code for code in nearby if code.startswith(row.code) or code.startswith(row.code + "."))
        if below:
            out.append(Change(row.edition, "expanded", row.code, row.title, replaced_by=below))
        else:
            out.append(Change(row.edition, "deleted", row.code, row.title, added_nearby=tuple(nearby)))
    return out
