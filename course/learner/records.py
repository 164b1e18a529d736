"""What is remembered: an answer that was checked (:class:`Attempt`) and one that was not yet (:class:`Draft`).

One attempt has one JSON form, used three times: in the safety copy beside the database, in the export file, and for
the digest that tells a whole row from a damaged one. A field that is ``None`` is left out of it, so a field added
later does not change the digest of what was written before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from course import __version__, paths

#: Longest response that is kept, in characters of its JSON. The longest honest answer is a few hundred.
RESPONSE_LIMIT = 20_000

OUTCOMES = ("correct", "partly", "incorrect")


class Kept(StrEnum):
    """Where an attempt is now."""

    SAVED = "saved"  # on disk, flushed: it outlives a killed kernel and a power cut
    MEMORY = "memory"  # in this session only; written as soon as the disk allows
    REFUSED = "refused"  # not taken at all: the sitting it belongs to is closed, or the value makes no sense there


def now() -> dt.datetime:
    """This moment, in UTC, on the learner's date (:func:`course.paths.now`)."""
    return paths.now()


def stamp(at: dt.datetime) -> str:
    """``2026-11-22T12:00:00.000000Z``: fixed width, so that text order is time order. ``at`` must carry a time zone."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def unstamp(text: str) -> dt.datetime:
    """Any ISO time that carries a zone, in UTC. Raises ``ValueError``."""
    at = dt.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("the time has no time zone")
    try:
        return at.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("the time is outside the calendar") from error


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


class BadRecord(ValueError):
    """A record that does not read as an attempt. ``str(error)`` says which field is wrong and what it should be."""


def to_json(value: Any) -> str:
    """Canonical JSON: sorted, compact, ASCII (so that a lone surrogate typed into a box cannot break a file)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_record(attempt: Attempt) -> dict[str, Any]:
    """The attempt as a JSON object, without its digest."""
    record = {f.name: getattr(attempt, f.name) for f in fields(Attempt)}
    record["domains"] = list(attempt.domains)
    record["at"] = stamp(attempt.at)
    return {name: value for name, value in record.items() if value is not None or name == "response"}


def digest(record: Mapping[str, Any]) -> str:
    """Twelve hex digits over the canonical JSON of a record (its own ``digest`` left out)."""
    text = to_json({name: value for name, value in record.items() if name != "digest" and value is not None})
    return hashlib.blake2b(text.encode("ascii"), digest_size=6).hexdigest()


def to_line(attempt: Attempt) -> bytes:
    """One line of the safety copy and of an export file: the record, its digest, a line feed."""
    record = to_record(attempt)
    return to_json({**record, "digest": digest(record)}).encode("ascii") + b"\n"


def from_line(line: bytes | str) -> Attempt:
    """The attempt of one line. Raises :class:`BadRecord` with a reason that a learner can read."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise BadRecord("this is not a whole JSON object; the line may be cut off or damaged") from error
    if not isinstance(record, dict):
        raise BadRecord("this is not a JSON object")
    return from_record(record)


def from_record(record: Mapping[str, Any]) -> Attempt:
    """The attempt of a JSON object. Unknown fields are ignored (a later version may write more); a digest is checked
    where there is one. Raises :class:`BadRecord`."""
    if "digest" in record:
        try:
            whole = record["digest"] == digest(record)
        except (ValueError, TypeError, RecursionError):
            whole = False
        if not whole:
            raise BadRecord("its check sum does not fit; the line was changed or damaged after it was written")
    values: dict[str, Any] = {}
    for name, (required, accept, wanted) in _FIELDS.items():
        value = record.get(name)
        if value is None and name != "response":
            if required:
                raise BadRecord(f"the field {name!r} is missing; it should be {wanted}")
            continue
        try:
            values[name] = accept(value)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise BadRecord(f"the field {name!r} should be {wanted}") from error
    return Attempt(**values)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise ValueError
    value.encode("utf-8")
    return value


def _name(value: Any) -> str:
    if not _text(value).strip():
        raise ValueError
    return str(value)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**62:
        raise ValueError
    return value


def _count(value: Any) -> int:
    if _whole(value) < 0:
        raise ValueError
    return int(value)


def _seed(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > 1_000:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if value not in (True, False):
        raise ValueError
    return bool(value)


def _amount(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        raise ValueError
    return float(value)


def _share(value: Any) -> float:
    if _amount(value) > 1:
        raise ValueError
    return float(value)


def _outcome(value: Any) -> str:
    if value not in OUTCOMES:
        raise ValueError
    return str(value)


def _response(value: Any) -> Any:
    if not fits(value):
        raise ValueError
    return value


def _domains(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > 50:
        raise ValueError
    return tuple(_text(one) for one in value)


#: field -> (required, reader that raises on a bad value, what it should be in words)
_FIELDS: dict[str, tuple[bool, Callable[[Any], Any], str]] = {
    "uid": (True, _name, "a short text that no other line has"),
    "question_id": (True, _name, "the id of a question, such as '03-structure/buckle-fracture'"),
    "content_version": (True, _text, "a short text"),
    "kind": (True, _name, "the kind of question, such as 'single_choice'"),
    "response": (True, _response, "the answer, at most 20,000 characters long"),
    "outcome": (True, _outcome, "one of correct, partly, incorrect"),
    "score": (True, _share, "a number from 0 to 1"),
    "at": (True, lambda value: unstamp(_text(value)), "a time with its zone, such as '2026-11-22T12:00:00Z'"),
    "lesson": (False, _text, "a short text"),
    "objective": (False, _text, "a short text"),
    "domains": (False, _domains, "a list of short texts"),
    "edition": (False, _whole, "a year, such as 2027"),
    "hints_used": (False, _count, "a whole number, 0 or more"),
    "solution_seen": (False, _flag, "true or false"),
    "seconds": (False, _amount, "a number of seconds, 0 or more"),
    "generator": (False, _text, "a short text"),
    "seed": (False, _seed, "a whole number"),
    "level": (False, _whole, "a whole number"),
    "course_version": (False, _text, "a short text"),
}


def checked(attempt: Attempt) -> Attempt:
    """The attempt as it will read back, or :class:`BadRecord`: nothing is acknowledged that could not be read again."""
    try:
        return from_record(json.loads(to_json(to_record(attempt))))
    except (ValueError, TypeError, RecursionError, AttributeError) as error:
        if isinstance(error, BadRecord):
            raise
        raise BadRecord(f"the answer cannot be written down: {error}") from error


def fits(response: Any) -> bool:
    """Can the response be kept: is it JSON, and no longer than :data:`RESPONSE_LIMIT`?"""
    try:
        return len(to_json(response)) <= RESPONSE_LIMIT
    except (ValueError, TypeError, RecursionError):
        return False


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
