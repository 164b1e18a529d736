"""What each edition changed (``data/codesets/icd10cm_changes.csv``), and how a later edition is made from the one
before."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from course import paths
from course.codesets.icd10cm.model import bare, dotted
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


def read_changes() -> list[Row]:
    """All published changes that the course carries, oldest edition first."""
    with (paths.data_dir() / "codesets" / "icd10cm_changes.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Row(int(row["edition"]), row["action"], row["code"], row["title"], row["previous_title"])
            for row in csv.DictReader(lines)
        ]


def apply(tree: Tree, rows: list[Row], edition: int) -> list[Row]:
    """Turn the tree of the edition before into `edition`: add, delete and revise; then drop headings left with
    nothing below.

    Notes of the edition before stay; those of new codes are not known. Returns the headings that went, as deletions.
    """
    gone: list[Row] = []
    touched = [row for row in rows if row.edition == edition]
    for row in touched:
        if row.action == "added":
            _add(tree, row, edition)
    for row in touched:
        if row.action == "deleted":
            gone.extend(Row(edition, "deleted", heading.code, heading.title, "") for heading in _delete(tree, row.code))
        elif row.action == "revised" and row.code in tree.by_code:
            tree.by_code[row.code].title = row.title
    return gone


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
    """A new category goes into the block whose range holds it, else straight under the chapter of its neighbour,
    because which block it joins is not in the published changes."""
    earlier = (e for e in tree.by_code.values() if e.kind == "code" and len(e.code) == 3 and e.code < new.code)
    neighbour = max(earlier, key=lambda e: e.code)
    place = neighbour.parent
    while place is not None and place.kind == "block":
        first, _, last = place.code.partition("-")
        if first <= new.code <= last:
            break
        neighbour, place = place, place.parent
    if place is not None:
        new.parent = place
        place.children.insert(place.children.index(neighbour) + 1, new)


def _delete(tree: Tree, code: str) -> list[Entry]:
    """Remove a code, unless it has children now: then it is a heading. Returns the headings left with nothing below,
    removed too."""
    entry = tree.by_code.get(code)
    gone = []
    while entry is not None and not entry.children and entry.kind == "code":
        del tree.by_code[entry.code]
        gone.append(entry)
        if entry.parent is not None:
            entry.parent.children.remove(entry)
        entry = entry.parent
    return gone[1:]


def difference(before: Tree, after: Tree, edition: int) -> list[Row]:
    """The changes between two editions, found by comparing their billable codes and titles; sorted by code."""
    old, new = (
        {code: entry.title for code, entry in tree.by_code.items() if entry.kind == "code" and not entry.children}
        for tree in (before, after)
    )
    rows = [Row(edition, "added", code, title, "") for code, title in new.items() if code not in old]
    rows += [Row(edition, "deleted", code, title, "") for code, title in old.items() if code not in new]
    rows += [
        Row(edition, "revised", code, new[code], title) for code, title in old.items() if new.get(code, title) != title
    ]
    return sorted(rows, key=lambda row: (row.code, row.action))
