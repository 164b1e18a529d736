"""Opening what BLS gives away: a workbook, the zip it is packed in, or a CSV export of one, as sheets of rows.

Whatever else a file may be (a web page saved by mistake, half a download, a workbook with a password) ends in a
ValueError: one sentence that says what it is and what to do.
"""

from __future__ import annotations

import csv
import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

#: Called with the part that is done (0 to 1) and what is being read.
Progress = Callable[[float, str], None]
Cells = tuple[object, ...]

#: In bytes, packed or unpacked: far more than a workbook of the nation, the states or the projections has.
LARGEST = 250_000_000
#: Rows of a state workbook, for the progress of one that does not tell how many it has.
_STATE_ROWS = 38_000
AGAIN = "Download it again"
_BEGINS = (
    (
        b"\xd0\xcf\x11\xe0",
        "is a workbook with a password, or in the format of before 2007. Save it as .xlsx without one",
    ),
    (b"%PDF", "is a PDF document. Download the workbook (.xlsx) of the same release"),
)


class Book:
    """A file that was opened: ``names`` (of the file and of what it was packed in), ``packed`` as a workbook or plain
    text, and the rows of each sheet."""

    def __init__(self, names: tuple[str, ...], titles: tuple[str, ...], source: Callable[[str], Iterator[Cells]]):
        self.names = names
        self.titles = titles
        self.plain = False
        self._source = source

    @property
    def name(self) -> str:
        """Name of the innermost file."""
        return self.names[-1]

    def rows(self, title: str) -> Iterator[Cells]:
        """The rows of a sheet. ValueError when the file breaks off."""
        try:
            yield from self._source(title)
        except Exception as error:  # openpyxl, zipfile and the XML parser each raise their own kinds
            raise ValueError(f"{self.name} breaks off or is damaged ({error}). {AGAIN}") from None


def opened(path: Path, on_progress: Progress | None = None) -> Book:
    """Open a file. ValueError with a sentence for what is no table; OSError when it cannot be read at all."""
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path.name} is larger than any workbook that is read here. Take the national or state file")
    data = path.read_bytes()
    return _book((path.name,), data, on_progress or (lambda done, what: None))


def _book(names: tuple[str, ...], data: bytes, on_progress: Progress) -> Book:
    name = names[-1]
    if not data.strip():
        raise ValueError(f"{name} is empty. {AGAIN}")
    for begin, told in _BEGINS:
        if data.startswith(begin):
            raise ValueError(f"{name} {told}")
    if data.startswith(b"PK"):
        return _zipped(names, data, on_progress)
    if data.startswith(b"\x1f\x8b"):
        return _book((*names, name.removesuffix(".gz")), _gunzipped(name, data), on_progress)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        if b"<html" in data[:2_000].lower() or b"<!doctype html" in data[:2_000].lower():
            raise ValueError(
                f"{name} is a web page, not the workbook: the download was refused. {AGAIN} with a browser"
            )
        raise ValueError(f"{name} is XML, not a workbook of BLS")
    return _plain(names, data)


def _gunzipped(name: str, data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            plain = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise ValueError(f"{name} breaks off or is damaged. {AGAIN}") from None
    if len(plain) > LARGEST:
        raise ValueError(f"{name} unpacks to more than any table that is read here")
    return plain


def _zipped(names: tuple[str, ...], data: bytes, on_progress: Progress) -> Book:
    """A workbook (which is a zip), or the archive in which BLS packs one."""
    name = names[-1]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            inside = {one.filename for one in members}
            if "xl/workbook.xml" in inside:
                return _workbook(names, data, on_progress)
            if "[Content_Types].xml" in inside:
                raise ValueError(f"{name} is a document of an office program, but no .xlsx workbook")
            chosen = _one_table(name, members)
            if chosen.flag_bits & 1:
                raise ValueError(f"{name} is locked with a password. Unpack it and name the workbook in it")
            if chosen.file_size > LARGEST:
                raise ValueError(f"{chosen.filename} in {name} is larger than any workbook that is read here")
            inner = archive.read(chosen)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, RuntimeError):
        raise ValueError(f"{name} breaks off or is damaged: only a part of it came down. {AGAIN}") from None
    return _book((*names, PurePosixPath(chosen.filename).name), inner, on_progress)


def _one_table(name: str, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The one table in an archive, beside descriptions of its fields and what systems add."""

    def table(one: zipfile.ZipInfo) -> bool:
        path = PurePosixPath(one.filename)
        told = path.name.lower()
        aside = told.startswith(("~$", ".", "field_desc")) or "__MACOSX" in path.parts
        return told.endswith((".xlsx", ".csv")) and not aside

    found = [one for one in members if table(one)]
    if len(found) == 1:
        return found[0]
    told = ", ".join(sorted(PurePosixPath(one.filename).name for one in found or members)[:6])
    if not found:
        raise ValueError(f"{name} has no workbook in it, but {told or 'nothing'}. Take the .zip of the release")
    raise ValueError(f"{name} has {len(found)} tables in it ({told}). Unpack it and name the one you mean")


def _workbook(names: tuple[str, ...], data: bytes, on_progress: Progress) -> Book:
    import openpyxl

    name = names[-1]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles that openpyxl does not know are of no concern here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl, zipfile and the XML parser each raise their own kinds
        raise ValueError(f"{name} cannot be read as a workbook ({error}). {AGAIN}") from None
    sheets = {sheet.title.strip(): sheet for sheet in book.worksheets}

    def rows(title: str) -> Iterator[Cells]:
        sheet = sheets[title]
        total = sheet.max_row or _STATE_ROWS
        number = 0
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number % 5_000 == 0:  # a smaller sheet is read before anybody could look
                on_progress(min(number / total, 0.99), f"reading {name}")
            yield cells
        if number >= 5_000:
            on_progress(1, f"reading {name}")

    return Book(names, tuple(sheets), rows)


def _plain(names: tuple[str, ...], data: bytes) -> Book:
    """A CSV export: comma, semicolon or tab, in UTF-8 or as Excel writes it on Windows."""
    name = names[-1]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    if "\0" in text or delimiter not in first:
        raise ValueError(f"{name} is neither a workbook (.xlsx) nor a CSV export of one")

    def rows(_: str) -> Iterator[Cells]:
        yield from (tuple(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    book = Book(names, (PurePosixPath(name).stem,), rows)
    book.plain = True
    return book
