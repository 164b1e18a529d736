"""Read the official index files: Alphabetic Index, External Cause Index, Neoplasm Table, Table of Drugs and Chemicals.

All four share one layout, published every year by CMS and NCHS::

    <ICD10CM.index>
      <version>2025</version>  <title>…</title>
      <indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head>…</indexHeading>  (tables only)
      <letter><title>A</title>
        <mainTerm><title>Abscess<nemod>(acute)</nemod></title> <code>…</code> <see>…</see>
          <seeAlso>…</seeAlso> <manif>…</manif>
          <cell col="2">C00.9</cell>…
          <term level="1">…</term>
        </mainTerm>
      </letter>
    </ICD10CM.index>
"""

from __future__ import annotations

import gzip
import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT_TAG = "ICD10CM.index"
SOURCES = ("alphabetic", "external", "neoplasm", "drug")
SOURCE_NAMES = {
    "alphabetic": "Alphabetic Index",
    "external": "External Cause Index",
    "neoplasm": "Neoplasm Table",
    "drug": "Table of Drugs and Chemicals",
}
#: An index is about 10 MB of XML; more than this is not one.
MAX_BYTES = 120_000_000


class IndexFileError(ValueError):
    """The file cannot be used. The message says what is wrong with it and what to do, in words for a learner."""


@dataclass(slots=True)
class Row:
    """One line of an index. ``parent`` is the position of the line above it in the list, or -1 for a main term."""

    level: int
    parent: int
    term: str
    nonessential: str
    code: str
    manifestation: str
    see: str
    see_also: str
    columns: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Index:
    """A whole index file: which one it is, its year, the heads of its columns (tables only) and its lines in order."""

    source: str
    version: str
    heads: list[str]
    rows: list[Row]


def read(path: Path) -> list[Index]:
    """The indexes in a file: one of an .xml or .xml.gz, all of a .zip. Raises IndexFileError."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise IndexFileError(
            f"{path.name} cannot be opened ({problem.strerror or problem}). Check the name."
        ) from problem
    if not data:
        raise IndexFileError(f"{path.name} is empty (0 bytes). Download it again.")
    if data[:4] == b"PK\x03\x04":
        return _from_zip(path.name, data)
    return [parse(path.name, _unzipped(path.name, data))]


def _unzipped(name: str, data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise IndexFileError(f"{name} is compressed and incomplete ({problem}). Download it again.") from problem
    _check_size(name, len(data))
    return data


def _check_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise IndexFileError(f"{name} holds more than {MAX_BYTES // 1_000_000} MB; an official index has about 10 MB.")


def _from_zip(name: str, data: bytes) -> list[Index]:
    found: list[Index] = []
    others: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if not member.filename.lower().endswith((".xml", ".xml.gz")):
                    continue
                _check_size(member.filename, member.file_size)
                content = _unzipped(member.filename, archive.read(member))
                if ROOT_TAG.encode() in content[:2000]:
                    found.append(parse(member.filename, content))
                else:
                    others.append(member.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as problem:
        raise IndexFileError(f"{name} cannot be unpacked ({problem}). Download it again.") from problem
    if not found:
        inside = f" (it holds {', '.join(others[:3])})" if others else ""
        raise IndexFileError(f"{name} holds no official index: no XML file in it begins with <{ROOT_TAG}>{inside}.")
    return found


def parse(name: str, data: bytes) -> Index:
    """One index from its XML. `name` is for messages. Raises IndexFileError."""
    try:
        root = ET.fromstring(data)
    except ET.ParseError as problem:
        line, column = problem.position
        raise IndexFileError(
            f"{name} is not readable as XML: line {line}, column {column + 1}: {str(problem).partition(':')[0]}. "
            "It may be incomplete or another kind of file; the official index comes as XML."
        ) from problem
    if root.tag != ROOT_TAG:
        raise IndexFileError(
            f"{name} is XML, but not an index: its outermost element is <{root.tag}>, not <{ROOT_TAG}>."
        )
    heads = [_text(head) for head in root.iterfind("indexHeading/head")]
    rows: list[Row] = []
    for letter in root.iterfind("letter"):
        for term in letter.iterfind("mainTerm"):
            _read_term(term, 0, -1, rows)
    if not rows:
        raise IndexFileError(
            f"{name} has the layout of an index but no term in it (<letter> with <mainTerm>). Download it again."
        )
    return Index(_source(_text(root.find("title")), heads), _text(root.find("version")), heads[1:], rows)


def _source(title: str, heads: list[str]) -> str:
    first = heads[0].lower() if heads else ""
    if "neoplasm" in first:
        return "neoplasm"
    if heads:
        return "drug"
    return "external" if "external" in title.lower() else "alphabetic"


def _read_term(element: ET.Element, level: int, parent: int, rows: list[Row]) -> None:
    title = element.find("title")
    term, nonessential = _title(title) if title is not None else ("", "")
    cells = {cell.get("col"): _text(cell) for cell in element.iterfind("cell")}
    columns = [cells.get(str(column), "") for column in range(2, 8)] if cells else []
    here = len(rows)
    rows.append(
        Row(
            level,
            parent,
            term,
            nonessential,
            _text(element.find("code")),
            _text(element.find("manif")),
            _joined(element, "see"),
            _joined(element, "seeAlso"),
            columns,
        )
    )
    for below in element.iterfind("term"):
        _read_term(below, level + 1, here, rows)


def _title(title: ET.Element) -> tuple[str, str]:
    """Term and nonessential modifiers: what stands in <nemod> is not needed to choose the code."""
    term = [title.text or ""]
    modifiers: list[str] = []
    for part in title:
        (modifiers if part.tag == "nemod" else term).append("".join(part.itertext()))
        term.append(part.tail or "")
    return " ".join(" ".join(term).split()), " ".join(" ".join(modifiers).split())


def _text(element: ET.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _joined(element: ET.Element, tag: str) -> str:
    return "; ".join(filter(None, (_text(found) for found in element.iterfind(tag))))


def paths(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """For each line the terms from its main term down to it."""
    known: list[tuple[str, ...]] = []
    for row in rows:
        known.append((*(known[row.parent] if row.parent >= 0 else ()), row.term))
        yield known[-1]
