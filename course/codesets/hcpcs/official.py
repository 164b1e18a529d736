"""The official HCPCS Level II release of CMS: its fixed-width text or its workbook, alone or in the zip as downloaded.

Only Level II codes are kept: no modifier, no five-digit number (those are the AMA's), no D code (those are dental).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.codesets.hcpcs.model import is_shape

#: No release comes near this size (bytes, unpacked); a larger file is not read.
LARGEST = 100_000_000

_NAME = re.compile(r"HCPC(\d{4})_?(JAN|APR|JUL|OCT)\w*ANWEB", re.IGNORECASE)
_QUARTERS = {"JAN": "January", "APR": "April", "JUL": "July", "OCT": "October"}

#: Columns of the record layout (from 0, end excluded).
_CODE, _RECORD, _LONG, _SHORT = slice(0, 5), slice(10, 11), slice(11, 91), slice(91, 119)
_CROSS, _ADDED, _ENDED = slice(204, 229), slice(268, 276), slice(284, 292)


class OfficialError(ValueError):
    """The file cannot be used. The message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code of a release. ``added``, ``ended``: ISO dates or ""; ``cross``: codes that it is referred to."""

    code: str
    long: str
    short: str
    added: str
    ended: str
    cross: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its name ("January 2025"), the file it was read from, its codes."""

    edition: str
    file: str
    rows: tuple[Row, ...]


def recognises(path: Path) -> bool:
    """Whether a file looks like a HCPCS release: by its name, or by what a zip holds."""
    if _NAME.search(path.name):
        return True
    if path.is_dir():
        return any(_NAME.search(one.name) for one in path.iterdir())
    if not zipfile.is_zipfile(path):
        return _looks_like_text(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_wanted(name) for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def read(path: Path) -> Release:
    """The release in a text, workbook, zip or folder. Raises OfficialError, OSError."""
    name, content = _content(path)
    if len(content) > LARGEST:
        raise OfficialError(f"{name} is far larger than any HCPCS release, so it was not read.")
    rows = tuple(_from_workbook(content, name) if name.lower().endswith(".xlsx") else _from_text(content, name))
    if len(rows) < 3:
        raise OfficialError(
            f"{name} holds no HCPCS Level II codes that could be read. Give the quarterly file of CMS as it was "
            "downloaded: the zip, or the text or workbook in it whose name ends with ANWEB and a date."
        )
    return Release(_edition(path.name) or _edition(name) or "of an unknown quarter", name, rows)


def _wanted(name: str) -> bool:
    plain = Path(name).name
    return bool(_NAME.search(plain)) and plain.lower().endswith((".txt", ".xlsx")) and not _aside(plain)


def _aside(name: str) -> bool:
    return any(word in name.lower() for word in ("correction", "transaction", "layout", "note", "noc"))


def _content(path: Path) -> tuple[str, bytes]:
    """Name and bytes of the release in a file, zip or folder; the text is taken before the workbook."""
    if path.is_dir():
        found = sorted((one for one in path.iterdir() if _wanted(one.name)), key=lambda one: one.suffix.lower())
        if not found:
            raise OfficialError(f"The folder {path.name} holds no HCPCS release (a file named HCPC…ANWEB….txt).")
        return _content(found[0])
    if path.suffix.lower() == ".xlsx" or not zipfile.is_zipfile(path):
        return path.name, path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            found_names = sorted(filter(_wanted, archive.namelist()), key=lambda one: Path(one).suffix.lower())
            if not found_names:
                raise OfficialError(f"The zip file {path.name} holds no HCPCS release (a file HCPC…ANWEB….txt).")
            with archive.open(found_names[0]) as file:
                return Path(found_names[0]).name, file.read(LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as problem:
        raise OfficialError(f"The zip file {path.name} cannot be unpacked ({problem}). Download it again.") from problem


def _looks_like_text(path: Path) -> bool:
    """Whether the first lines are records of the layout: 320 places, a code, a record number."""
    if path.suffix.lower() not in ("", ".txt"):
        return False
    with path.open("rb") as file:
        lines = file.read(6500).split(b"\n")[:-1]
    full = [line.rstrip(b"\r") for line in lines if line.strip()]
    return len(full) >= 3 and all(len(line) in (319, 320) and line[10:11] in b"3478" for line in full)


def _edition(name: str) -> str:
    found = _NAME.search(name)
    return f"{_QUARTERS[found[2].upper()]} {found[1]}" if found else ""


def _from_text(content: bytes, name: str) -> Iterator[Row]:
    """Records of 320 places. A code's long description may run over several records (3 first, 4 continued)."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = content.decode("cp1252", errors="replace").splitlines()
    return _joined(
        (
            line[_CODE].strip(),
            line[_RECORD],
            line[_LONG].strip(),
            line[_SHORT].strip(),
            line[_CROSS],
            line[_ADDED],
            line[_ENDED],
        )
        for line in lines
        if len(line) > 292
    )


def _from_workbook(content: bytes, name: str) -> Iterator[Row]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        lines: Iterator[tuple[Any, ...]] = book.worksheets[0].iter_rows(values_only=True)
        head = [str(cell or "").strip().upper() for cell in next(lines, ())]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as problem:
        raise OfficialError(f"{name} cannot be read as a workbook ({problem}). Download it again.") from problem
    at = {name: head.index(name) for name in head}
    missing = [column for column in ("HCPC", "RECID", "LONG DESCRIPTION", "ADD DT", "TERM DT") if column not in at]
    if missing:
        raise OfficialError(f"{name} lacks the column {missing[0]}: it is not the workbook of a HCPCS release.")

    def cell(row: tuple[Any, ...], column: str) -> str:
        value = row[at[column]] if column in at and at[column] < len(row) else None
        return "" if value is None else str(value).strip()

    crosses = [column for column in head if column.startswith("XREF")]
    return _joined(
        (
            cell(row, "HCPC"),
            cell(row, "RECID"),
            cell(row, "LONG DESCRIPTION"),
            cell(row, "SHORT DESCRIPTION"),
            " ".join(cell(row, column) for column in crosses),
            cell(row, "ADD DT"),
            cell(row, "TERM DT"),
        )
        for row in lines
    )


def _joined(records: Iterable[tuple[str, str, str, str, str, str, str]]) -> Iterator[Row]:
    """Records to codes: continued descriptions joined, everything that is no Level II code left out."""
    held: Row | None = None
    for code, record, long, short, cross, added, ended in records:
        if record == "4" and held is not None and code == held.code:
            held = Row(held.code, f"{held.long} {long}".strip(), held.short, held.added, held.ended, held.cross)
            continue
        if held is not None:
            yield held
        held = None
        if record == "3" and is_shape(code):
            named = tuple(one for one in re.findall(r"[A-V]\d{4}", cross) if one != code)
            held = Row(code, long, short, _iso(added), _iso(ended), named)
    if held is not None:
        yield held


def _iso(date: str) -> str:
    """20251231 -> 2025-12-31; "" for anything that is no date."""
    try:
        return dt.datetime.strptime(date.strip(), "%Y%m%d").date().isoformat()
    except ValueError:
        return ""
