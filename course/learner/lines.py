"""The one text form of progress: JSON lines. The safety copy and the export file are both written in it.

First line, the header: ``{"format": "medical-coding-course-progress", "version": 2, …}``. Every further line is one
record (an attempt or an event) with its digest (:mod:`course.learner.records`). UTF-8 (in fact ASCII), line feeds.

Version 1 knew attempts alone. An export without events is still written as version 1, so that an older course reads it;
of any other it says in plain words that it is too new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from course import __version__
from course.bootstrap.errors import command
from course.learner.records import Attempt, BadRecord, Record, from_line, now, stamp, to_json, to_line

FORMAT = "medical-coding-course-progress"
FORMAT_VERSION = 2

#: A line longer than this (bytes) is not one of ours; reading stops there instead of filling the memory.
LINE_LIMIT = 200_000


class NotProgress(ValueError):
    """The file is not a progress file. ``str(error)`` tells a learner why."""


class NewerProgress(NotProgress):
    """A later version of the course wrote the file."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not taken: its number (the header is 1) and why."""

    number: int
    reason: str


def header(version: int = FORMAT_VERSION) -> bytes:
    """The first line of a file."""
    head = {"format": FORMAT, "version": version, "course": __version__, "at": stamp(now())}
    return to_json(head).encode("ascii") + b"\n"


def to_bytes(records: Iterable[Record], version: int = FORMAT_VERSION) -> bytes:
    """A whole file."""
    return header(version) + b"".join(map(to_line, records))


def version_for(records: Iterable[Record]) -> int:
    """The oldest version that holds these records."""
    return 1 if all(isinstance(one, Attempt) for one in records) else FORMAT_VERSION


def check_header(line: bytes) -> int:
    """The version of the file that ``line`` opens. Raises :class:`NotProgress` unless this course reads it."""
    if not line.strip():
        raise NotProgress("the file is empty")
    try:
        head = json.loads(line.decode("utf-8-sig"))
        version = head["version"] if head["format"] == FORMAT else None
    except (ValueError, RecursionError, KeyError, TypeError):
        version = None
    if not isinstance(version, int) or isinstance(version, bool):
        raise NotProgress(
            "it is not a progress file of this course (its first line does not say so); "
            f"use a file that `{command('progress export')}` wrote"
        )
    if version > FORMAT_VERSION:
        raise NewerProgress(
            f"it was written by a newer version of the course (format {version}; this one reads up to "
            f"{FORMAT_VERSION}); update the course, then try again"
        )
    return version


def read(stream: IO[bytes]) -> Iterator[Record | BadLine]:
    """Every line after the header, as a record or as what is wrong with it. Raises :class:`NotProgress`."""
    check_header(stream.readline(LINE_LIMIT))
    number = 1
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            yield BadLine(number, "the line is far too long for an answer; reading stopped here")
            return
        if not line.strip():
            continue
        try:
            yield from_line(line)
        except BadRecord as error:
            yield BadLine(number, str(error))
