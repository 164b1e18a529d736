"""What is remembered: an answer that was checked (:class:`Attempt`), one that was not yet (:class:`Draft`), and a step
of something longer, such as a mock exam (:class:`Event`).

Attempts and events are *records*: only ever added, never changed. One record has one JSON form, used three times: in
the safety copy beside the database, in the export file, and for the digest that tells a whole row from a damaged one.
A field that is ``None`` is left out of it, so a field added later does not change the digest of what was written
before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from course import __version__, paths
from course.learner.fields import ATTEMPT, EVENT, OUTCOMES, RESPONSE_LIMIT, fits, stamp, to_json, unstamp

__all__ = [
    "OUTCOMES",
    "RESPONSE_LIMIT",
    "Attempt",
    "BadRecord",
    "Draft",
    "Event",
    "Kept",
    "Record",
    "checked",
    "digest",
    "fits",
    "from_line",
    "from_record",
    "now",
    "origin",
    "stamp",
    "to_json",
    "to_line",
    "to_record",
    "unstamp",
]


class Kept(StrEnum):
    """Where a record is now."""

    SAVED = "saved"  # on disk, flushed: it outlives a killed kernel and a power cut
    MEMORY = "memory"  # in this session only; written as soon as the disk allows
    REFUSED = "refused"  # not taken at all: the sitting it belongs to is closed, or the value makes no sense there


def now() -> dt.datetime:
    """This moment, in UTC, on the learner's date (:func:`course.paths.now`)."""
    return paths.now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One checked answer. ``response`` is whatever JSON the card sent; ``score`` is 0 to 1; ``seconds`` is the time
    from the first display to the check; ``edition`` is the fiscal year of the code set (2027)."""

    question_id: str
    content_version: str
    kind: str
    response: Any
    outcome: str
    score: float = 0.0
    lesson: str = ""
    objective: str = ""
    domains: tuple[str, ...] = ()
    edition: int | None = None
    hints_used: int = 0
    solution_seen: bool = False
    seconds: float | None = None
    generator: str | None = None
    seed: int | None = None
    level: int | None = None
    at: dt.datetime = field(default_factory=now)
    course_version: str = __version__
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands on a card that was not checked yet, and what help was already looked at there."""

    question_id: str
    content_version: str
    response: Any = None
    hints: int = 0
    solution_seen: bool = False
    at: dt.datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the order of ``at``, in one ``stream`` ("sitting/…"). ``body`` is any JSON of at most
    :data:`RESPONSE_LIMIT` characters. Like an attempt it is only ever added."""

    stream: str
    body: Any
    at: dt.datetime = field(default_factory=now)
    course_version: str = __version__
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)


#: What is only ever added. Both have ``at`` and ``uid``.
Record = Attempt | Event


class BadRecord(ValueError):
    """A record that does not read as one. ``str(error)`` says which field is wrong and what it should be."""


def to_record(one: Record) -> dict[str, Any]:
    """The record as a JSON object, without its digest."""
    record = {f.name: getattr(one, f.name) for f in fields(one)}
    if isinstance(one, Attempt):
        record["domains"] = list(one.domains)
    record["at"] = stamp(one.at)
    return {name: value for name, value in record.items() if value is not None or name in ("response", "body")}


def digest(record: Mapping[str, Any]) -> str:
    """Twelve hex digits over the canonical JSON of a record (its own ``digest`` left out)."""
    text = to_json({name: value for name, value in record.items() if name != "digest" and value is not None})
    return hashlib.blake2b(text.encode("ascii"), digest_size=6).hexdigest()


def to_line(one: Record) -> bytes:
    """One line of the safety copy and of an export file: the record, its digest, a line feed."""
    record = to_record(one)
    return to_json({**record, "digest": digest(record)}).encode("ascii") + b"\n"


def from_line(line: bytes | str) -> Record:
    """The record of one line. Raises :class:`BadRecord` with a reason that a learner can read."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise BadRecord("this is not a whole JSON object; the line may be cut off or damaged") from error
    if not isinstance(record, dict):
        raise BadRecord("this is not a JSON object")
    return from_record(record)


def from_record(record: Mapping[str, Any]) -> Record:
    """The record of a JSON object: an event where it names a stream and no question. Unknown fields are ignored (a
    later version may write more); a digest is checked where there is one. Raises :class:`BadRecord`."""
    if "digest" in record:
        try:
            whole = record["digest"] == digest(record)
        except (ValueError, TypeError, RecursionError):
            whole = False
        if not whole:
            raise BadRecord("its check sum does not fit; the line was changed or damaged after it was written")
    values: dict[str, Any] = {}
    event = "stream" in record and "question_id" not in record
    for name, (required, accept, wanted) in (EVENT if event else ATTEMPT).items():
        value = record.get(name)
        if value is None and name not in ("response", "body"):
            if required:
                raise BadRecord(f"the field {name!r} is missing; it should be {wanted}")
            continue
        try:
            values[name] = accept(value)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise BadRecord(f"the field {name!r} should be {wanted}") from error
    return Event(**values) if event else Attempt(**values)


def checked(one: Record) -> Record:
    """The record as it will read back, or :class:`BadRecord`: nothing is acknowledged that could not be read again."""
    try:
        return from_record(json.loads(to_json(to_record(one))))
    except (ValueError, TypeError, RecursionError, AttributeError) as error:
        if isinstance(error, BadRecord):
            raise
        raise BadRecord(f"the answer cannot be written down: {error}") from error


def origin(question_id: str) -> tuple[str | None, int | None, int | None]:
    """Name, level and seed from ``gen/<name>/<level>/<seed>``; three times None for an authored question."""
    head, _, rest = question_id.partition("/")
    name, _, numbers = rest.partition("/")
    level, _, seed = numbers.partition("/")
    if head != "gen":
        return None, None, None
    try:
        return name, int(level), int(seed)
    except ValueError:
        return name, None, None
