"""Where the official files come from: the data that the package ``simple-icd-10-cm`` carries, or files a user added.

Only the package's two data files are read (the official Tabular XML and the list of all codes). Its Python module is
never imported: that takes 1.7 s and 200 MB.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from course.bootstrap.errors import command

PACKAGE = "simple_icd_10_cm"
EDITION = 2026
RELEASE = "April 2026 update"

_SAMPLE = 65536
_BARE = re.compile(r"[A-Z](?:\d|A(?=\d))[0-9A-Z]{1,5}")
# A line that begins with a code, or with the running number that the publisher's order file puts before it.
_LISTED = re.compile(r"^(?:\d{5}[ \t]+)?([A-Z](?:\d|A(?=\d))[0-9A-Z]\.?[0-9A-Z]{0,4})(?![^\s])", re.MULTILINE)


class SourceMissing(ValueError):
    """An official file that an edition is built from cannot be read. The message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Files:
    """The official files of one edition: the Tabular XML, and the list of all codes where there is one. Either may
    be gzipped."""

    tabular: Path
    code_list: Path | None

    def digest(self) -> str:
        """A fingerprint for the cache: size, beginning, middle and end of each file. Takes about a millisecond.

        Raises SourceMissing when a file cannot be read.
        """
        digest = hashlib.sha256()
        for path in (self.tabular, self.code_list):
            if path is None:
                continue
            try:
                size = path.stat().st_size
                digest.update(f"{path.name}:{size}:".encode())
                with path.open("rb") as file:
                    for start in (0, size // 2, max(0, size - _SAMPLE)):
                        file.seek(start)
                        digest.update(file.read(_SAMPLE))
            except OSError as problem:
                raise SourceMissing(
                    f"The official file {path.name} cannot be read: {problem.strerror or problem}."
                ) from problem
        return digest.hexdigest()


def library_files() -> Files:
    """The files inside the installed package, found without importing it.

    Raises SourceMissing when the package is not installed or holds other files than expected.
    """
    try:
        spec = importlib.util.find_spec(PACKAGE)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise SourceMissing(
            "The package simple-icd-10-cm, which carries the official ICD-10-CM files, is not installed. "
            f"Run: {command('doctor')}"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "data"
    tabular = sorted(folder.glob("*tabular*.xml"))
    lists = sorted(folder.glob("code-list*.txt"))
    if not tabular or not lists:
        raise SourceMissing(
            "The package simple-icd-10-cm does not hold the official files where the course expects them. "
            f"It needs version 1.5.0. Run: {command('doctor')}"
        )
    return Files(tabular[-1], lists[-1])


def open_maybe_gzipped(path: Path) -> IO[bytes]:
    """Open for reading bytes; a gzip file is recognised by its first two bytes."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if zipped else path.open("rb")  # type: ignore[return-value]


def read_code_list(path: Path) -> list[str]:
    """The bare codes of a list file (gzipped or not), in its order, without chapters and blocks."""
    with open_maybe_gzipped(path) as file:
        return codes_in(file.read().decode("utf-8-sig", errors="replace"))


def codes_in(text: str) -> list[str]:
    """The bare codes that begin the lines of a text, each once.

    Understood are the package's list (a code a line) and the publisher's code and order files (a running number of five
    digits, the code, 0 or 1 for billable, the title).
    """
    return list(dict.fromkeys(code.replace(".", "") for code in _LISTED.findall(text)))


def is_bare_code(text: str) -> bool:
    """True when `text` has the shape of a code without its dot. Whether it exists is another question."""
    return _BARE.fullmatch(text) is not None
