"""What happened to each code, edition by edition, as a learner reads it: added, deleted, revised, or grown into a
heading.

Sources: the published changes (``icd10cm_changes.csv``), and for older codes the official table of successors
(``icd10cm_successors.csv``). A successor is named only where that table names it, or where the new codes stand below
the old one.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import cast

from course import paths
from course.codesets.icd10cm.changes import Row
from course.codesets.icd10cm.model import Action, Change, bare

ADDENDA = "ICD-10-CM addenda FY{edition}"
COMPARISON = "comparison of the FY{before} and FY{edition} code lists"
TABLE = "ICD-10-CM conversion table FY2025"

#: Editions whose changes were found by comparing two code lists, not read from addenda.
COMPARED = frozenset({2026})


def read_successors() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Old code -> (edition that ended it, the codes used since)."""
    out: dict[str, tuple[int, tuple[str, ...]]] = {}
    with (paths.data_dir() / "codesets" / "icd10cm_successors.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            edition, known = out.get(row["code"], (int(row["edition"]), ()))
            out[row["code"]] = (edition, (*known, row["successor"]))
    return out


def changes_of(rows: Iterable[Row], titles: Mapping[str, str], compared: frozenset[int] = COMPARED) -> list[Change]:
    """All changes, oldest first. `titles` gives the title of what is a heading today, for old codes that became one."""
    rows = list(rows)
    successors = read_successors()
    added: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.action == "added":
            added[row.edition, row.code[:3]].append(row.code)
    recorded = {row.code for row in rows if row.action == "deleted"}
    out = [_old(code, *successors[code], titles) for code in successors if code not in recorded]
    for row in rows:
        template = COMPARISON if row.edition in compared else ADDENDA
        source = template.format(edition=row.edition, before=row.edition - 1)
        if row.action == "deleted":
            out.append(_deleted(row, added[row.edition, row.code[:3]], successors, source))
        else:
            action = cast(Action, row.action)
            out.append(Change(row.edition, action, row.code, row.title, row.previous_title, source=source))
    return sorted(out, key=lambda change: change.edition)


def _old(code: str, edition: int, since: tuple[str, ...], titles: Mapping[str, str]) -> Change:
    below = any(new.startswith(code) for new in since)
    return Change(
        edition, "expanded" if below else "deleted", code, titles.get(code, ""), replaced_by=since, source=TABLE
    )


def _deleted(row: Row, nearby: list[str], successors: Mapping[str, tuple[int, tuple[str, ...]]], source: str) -> Change:
    below = tuple(new for new in nearby if new.startswith(row.code))
    if below:
        return Change(row.edition, "expanded", row.code, row.title, replaced_by=below, source=source)
    edition, since = successors.get(row.code, (0, ()))
    if edition == row.edition:
        return Change(row.edition, "deleted", row.code, row.title, replaced_by=since, source=f"{source}; {TABLE}")
    text = bare(row.code)
    if len(text) == 7:  # of the codes next to it, those for the same kind of encounter
        nearby = [new for new in nearby if len(bare(new)) == 7 and bare(new)[6] == text[6]]
    return Change(row.edition, "deleted", row.code, row.title, added_nearby=tuple(nearby), source=source)
