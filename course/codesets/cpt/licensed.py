"""The AMA's descriptors, from a data file that the learner or the school holds a licence for.

The command ``codes load-cpt FILE`` reads a tab-separated file of codes and descriptors. They are kept in the learner's
own folder, shown on that computer only, and never enter the project.
"""

from __future__ import annotations

import re
from pathlib import Path

from course.codesets.whole_file import write_text
from course.paths import user_dir

#: No descriptor file comes near this size (bytes).
LARGEST = 60_000_000

_CODE = re.compile(r"\d{4}[0-9FMTU]", re.ASCII)


class LicensedError(ValueError):
    """The file cannot be used. The message says what is wrong with it and what to do."""


def kept_file() -> Path:
    """Where a loaded file is kept."""
    return user_dir() / "licensed" / "cpt.tsv"


def descriptors() -> dict[str, str]:
    """Number -> descriptor from the learner's file; empty without one, or when it cannot be read."""
    try:
        lines = kept_file().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.partition("\t") for line in lines)
    return {code: words for code, _, words in pairs if words}


def load(file: str | Path) -> str:
    """Take in a file and return what to tell the learner. Raises LicensedError (a ValueError) or OSError.

    Each line is a code, a tab and a descriptor; further columns are allowed, and the longest text of the line is then
    the descriptor. Lines that do not begin so (a copyright notice, column names) are left out. Raises when fewer than
    half of the lines have a code, which tells that the file is another one.
    """
    path = Path(file).expanduser()
    if not path.exists():
        raise LicensedError(f"There is no file {path}.")
    if path.is_dir():
        raise LicensedError(f"{path} is a folder. Name the tab-separated file with codes and descriptors in it.")
    if path.stat().st_size > LARGEST:
        raise LicensedError(f"{path.name} is far larger than any CPT data file, so it was not read.")
    lines = [line for line in _text(path.read_bytes()).splitlines() if line.strip()]
    found = dict(filter(None, map(_pair, lines)))
    if not found or 2 * len(found) < len(lines) - 60:
        raise LicensedError(
            f"{path.name}: {len(found):,} of {len(lines):,} lines hold a code, a tab and a descriptor, so this is not "
            "the file that the course can read. Among CPT data files it is the tab-separated one with descriptors."
        )
    write_text(kept_file(), "".join(f"{code}\t{words}\n" for code, words in sorted(found.items())))
    return (
        f"{len(found):,} CPT descriptors from {path.name} are shown in the code browser on this computer. Your licence "
        f"governs their use. They are kept in {kept_file()}, outside the course."
    )


def forget() -> str:
    """Take the loaded descriptors away and say so."""
    existed = kept_file().exists()
    kept_file().unlink(missing_ok=True)
    return "The CPT descriptors were taken away." if existed else "No CPT descriptors were loaded."


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pair(line: str) -> tuple[str, str] | None:
    """Code and descriptor of a line; None when it holds none. A file may begin its lines with a number of its own."""
    cells = [cell.strip().strip('"') for cell in line.split("\t")]
    at = next((n for n, cell in enumerate(cells[:3]) if _CODE.fullmatch(cell)), None)
    if at is None:
        return None
    words = max(cells[at + 1 :], key=len, default="")
    return (cells[at], " ".join(words.split())) if words else None
