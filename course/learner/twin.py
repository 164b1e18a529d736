"""The safety copy beside the database: every record again, as a line of text, written and flushed before the database.

If either file is damaged, emptied or deleted, the other still has every answer. The database remembers the length and
the check sum (its *seal*) that the copy had after the last commit, so one comparison tells whether they agree.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.learner import files, lines
from course.learner.records import Attempt, BadRecord, Record, from_line, to_line


@dataclass(frozen=True, slots=True)
class Seal:
    """Length (bytes) and CRC-32 of the safety copy. ``size`` -1: not known, compare everything."""

    size: int = 0
    crc: int = 0

    def __str__(self) -> str:
        return f"{self.size}:{self.crc}"

    @staticmethod
    def parse(text: str | None) -> Seal:
        """The seal that :meth:`__str__` wrote; "not known" for anything else."""
        try:
            size, crc = (text or "").split(":")
            return Seal(int(size), int(crc))
        except ValueError:
            return UNKNOWN


UNKNOWN = Seal(-1, 0)


@dataclass(slots=True)
class Reading:
    """What the copy holds: the records by uid, the lines that did not read, whether the last line was cut off (a
    program killed while it wrote), whether a newer or an older course wrote it, and the seal of these very bytes."""

    records: dict[str, Record] = field(default_factory=dict)
    bad: list[lines.BadLine] = field(default_factory=list)
    cut_off: bool = False
    newer: bool = False
    older: bool = False
    seal: Seal = Seal()

    @property
    def attempts(self) -> dict[str, Attempt]:
        """The attempts among the records."""
        return {uid: one for uid, one in self.records.items() if isinstance(one, Attempt)}


class Twin:
    """The safety copy at ``path``. The caller holds the lock around everything that writes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def size(self) -> int:
        """Length in bytes; 0 when there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def seal(self) -> Seal:
        """Seal of what is there now. Raises ``OSError``."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Seal()
        return Seal(len(data), zlib.crc32(data))

    def read(self) -> Reading:
        """All that can be read, whatever state the file is in. Raises ``OSError`` when it cannot be opened."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Reading()
        result = Reading(seal=Seal(len(data), zlib.crc32(data)))
        *whole, tail = data.split(b"\n")
        for number, line in enumerate(whole, start=1):
            if not line.strip() or (number == 1 and self._is_header(line, result)):
                continue
            self._take(line, number, result)
        if tail:  # a program was killed while it wrote this line; nobody was told that it was saved
            result.cut_off = True
            bad = len(result.bad)
            self._take(tail, len(whole) + 1, result)
            del result.bad[bad:]
        return result

    @staticmethod
    def _is_header(line: bytes, result: Reading) -> bool:
        try:
            result.older = lines.check_header(line) < lines.FORMAT_VERSION
        except lines.NewerProgress:
            result.newer = True
        except lines.NotProgress:
            return False
        return True

    @staticmethod
    def _take(line: bytes, number: int, result: Reading) -> None:
        try:
            one = from_line(line)
        except BadRecord as error:
            result.bad.append(lines.BadLine(number, str(error)))
        else:
            result.records.setdefault(one.uid, one)

    def older(self) -> bool:
        """Did an older course begin the copy? Then its first line would not keep that course from taking events for
        damage. Raises ``OSError``."""
        try:
            with self.path.open("rb") as file:
                return lines.check_header(file.readline(lines.LINE_LIMIT)) < lines.FORMAT_VERSION
        except (FileNotFoundError, lines.NotProgress):
            return False

    def append(self, records: Sequence[Record], seal: Seal) -> Seal:
        """Add lines to a copy whose seal is ``seal``, flush them to disk, return the new seal. On ``OSError`` the
        file is as it was."""
        if not records:
            return seal
        data = b"".join(map(to_line, records))
        if seal == UNKNOWN:
            raise ValueError("the copy must be looked at before it is added to")
        if seal.size == 0:
            data = lines.header() + data
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, seal.size)
            raise
        finally:
            os.close(handle)
        return Seal(seal.size + len(data), zlib.crc32(data, seal.crc))

    def append_alone(self, records: Sequence[Record]) -> None:
        """Add lines while the database cannot be asked for the seal. Raises ``OSError``."""
        seal = self.seal()
        if seal.size and not self.path.read_bytes().endswith(b"\n"):
            with self.path.open("ab") as file:  # close the line that a killed program left open
                file.write(b"\n")
            seal = self.seal()
        self.append(records, seal)

    def rewrite(self, records: Sequence[Record]) -> Seal:
        """Replace the copy as a whole. Raises ``OSError``, the old one being still there."""
        data = lines.to_bytes(records)
        files.write_whole(self.path, data)
        return Seal(len(data), zlib.crc32(data))
