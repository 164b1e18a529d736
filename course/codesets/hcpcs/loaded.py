"""The official HCPCS release that a learner loaded, kept in their own folder, and how it joins the course's codes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from course import paths
from course.codesets.hcpcs.model import Entry
from course.codesets.hcpcs.official import Release, Row, read

_MONTHS = {"January": 1, "April": 4, "July": 7, "October": 10}
_FIELDS = ("code", "long", "short", "added", "ended", "cross")


def folder() -> Path:
    """Where the loaded release is kept."""
    return paths.user_dir() / "codesets" / "hcpcs"


def use(file: str | Path) -> str:
    """Take in a release and return what to tell the learner. Raises OfficialError (a ValueError) or OSError."""
    release = read(Path(file).expanduser())
    _keep(release)
    active = sum(not row.ended for row in release.rows)
    return (
        f"HCPCS Level II, {release.edition}: {len(release.rows):,} codes, {active:,} of them without an end date, from "
        f"{release.file}. They join the codes of the course. To go back, delete the folder {folder()}."
    )


def edition() -> str:
    """Name of the loaded release, or ""."""
    return str(_about().get("edition", ""))


@cache
def rows() -> dict[str, Row]:
    """Code -> its row in the loaded release. Empty without one, or when the kept file is damaged."""
    try:
        text = (folder() / "hcpcs.csv").read_text(encoding="utf-8")
        lines = csv.DictReader(io.StringIO(text, newline=""))
        return {line["code"]: _row(line) for line in lines}
    except (OSError, KeyError, TypeError, UnicodeDecodeError, csv.Error):
        return {}


def _row(line: dict[str, str]) -> Row:
    return Row(
        code=line["code"],
        long=line["long"],
        short=line["short"],
        added=line["added"],
        ended=line["ended"],
        cross=tuple(line["cross"].split()),
    )


def joined(own: dict[str, Entry]) -> dict[str, Entry]:
    """The course's codes and those of the loaded release, in order.

    The course's words and units stay. Dates are those of the release when it is newer than the course's texts;
    an older one does not bring a retired code back.
    """
    found = dict(own)
    newer = _quarter(edition()) > _quarter("July 2026")
    for code, row in rows().items():
        mine = own.get(code)
        found[code] = _fresh(row) if mine is None else _both(mine, row, newer)
    return dict(sorted(found.items()))


def _fresh(row: Row) -> Entry:
    return Entry(
        code=row.code,
        words=row.short or row.long,
        amount="",
        unit="",
        per="",
        added=row.added,
        ended=row.ended,
        replaced_by=row.cross if row.ended else (),
        mue=None,
        mai="",
        edition=edition(),
        long=row.long,
    )


def _both(mine: Entry, row: Row, newer: bool) -> Entry:
    ended = row.ended if newer else mine.ended or row.ended
    successors = mine.replaced_by or (row.cross if ended else ())
    return replace(mine, added=mine.added or row.added, ended=ended, replaced_by=successors, long=row.long)


def _quarter(name: str) -> tuple[int, int]:
    """ "January 2025" -> (2025, 1); (0, 0) for a release of unknown date."""
    month, _, year = name.partition(" ")
    return (int(year), _MONTHS[month]) if month in _MONTHS and year.isdecimal() else (0, 0)


def _about() -> dict[str, object]:
    try:
        found = json.loads((folder() / "about.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(release: Release) -> None:
    """Write the codes, then the record about them; each file whole or not at all."""
    from course.codesets.whole_file import write_text

    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_FIELDS)
    table.writerows((r.code, r.long, r.short, r.added, r.ended, " ".join(r.cross)) for r in release.rows)
    write_text(folder() / "hcpcs.csv", text.getvalue())
    about = {"edition": release.edition, "file": release.file, "added": paths.today().isoformat()}
    write_text(folder() / "about.json", json.dumps(about, indent=1, ensure_ascii=False))
    rows.cache_clear()
