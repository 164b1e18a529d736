"""Where the official files come from: the data that the package ``simple-icd-10-cm`` carries.

Only its two data files are read (the official Tabular XML and the list of all codes). Its Python module is never imported:
that takes 1.7 s and 200 MB.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "simple_icd_10_cm"
EDITION = 2026
RELEASE = "April 2026 update"


class SourceMissing(Exception):
    """An official file that an edition is built from cannot be read. The message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Files:
    """The official files of one edition: the Tabular XML, and the list of all codes where there is one."""

    tabular: Path
    code_list: Path | None

    def digest(self) -> str:
        """A short fingerprint (name, size and time of change), cheap enough to take at every opening."""
        parts = []
        for path in (self.tabular, self.code_list):
            if path is not None:
                try:
                    status = path.stat()
                except OSError as problem:
                    raise SourceMissing(f"The official file {path.name} cannot be read: {problem.strerror}.") from problem
                parts.append(f"{path.name}:{status.st_size}")
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def library_files() -> Files:
    """The files inside the installed package, found without importing it.

    Raises SourceMissing when the package is not installed or holds other files than expected.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SourceMissing(
            "The package simple-icd-10-cm, which carries the official ICD-10-CM files, is not installed. "
            "Run: python -m course doctor"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "data"
    tabular = sorted(folder.glob("*tabular*.xml"))
    lists = sorted(folder.glob("code-list*.txt"))
    if not tabular or not lists:
        raise SourceMissing(
            f"The package simple-icd-10-cm does not hold the official files where they are expected ({folder.name}/). "
            "The course needs version 1.5.0 of it."
        )
    return Files(tabular[-1], lists[-1])


def read_code_list(path: Path) -> list[str]:
    """The bare codes of a code list, in its order, without chapters and blocks. Both the package's list (a code a line) and
    the publisher's order and code files (code, then title) are understood."""
    codes: dict[str, None] = {}
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for line in lines:
            words = line.split()
            if not words:
                continue
            # The publisher's order file numbers its lines: "00001 A00     0 Cholera".
            word = words[1] if len(words) > 1 and words[0].isdigit() and len(words[0]) == 5 else words[0]
            word = word.replace(".", "").upper()
            if word[0].isalpha() and "-" not in word and 3 <= len(word) <= 7:
                codes[word] = None
    return list(codes)
