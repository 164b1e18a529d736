"""The fields of what is remembered, read back one by one: each has a reader that raises on what could not be ours.

Also the forms of a time and of a JSON value, which all of them share.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable
from typing import Any

#: Longest response, and longest body of an event, that is kept, in characters of its JSON. The longest honest answer is
#: a few hundred; the form of a mock exam of 107 items is some 10,000.
RESPONSE_LIMIT = 20_000

OUTCOMES = ("correct", "partly", "incorrect")

#: field -> (required, reader that raises on a bad value, what it should be in words)
Fields = dict[str, tuple[bool, Callable[[Any], Any], str]]


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


def to_json(value: Any) -> str:
    """Canonical JSON: sorted, compact, ASCII (so that a lone surrogate typed into a box cannot break a file)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def fits(response: Any) -> bool:
    """Can the response be kept: is it JSON, and no longer than :data:`RESPONSE_LIMIT`?"""
    try:
        return len(to_json(response)) <= RESPONSE_LIMIT
    except (ValueError, TypeError, RecursionError):
        return False


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


_UID = (True, _name, "a short text that no other line has")
_AT = (True, lambda value: unstamp(_text(value)), "a time with its zone, such as '2026-11-22T12:00:00Z'")
_VERSION = (False, _text, "a short text")

ATTEMPT: Fields = {
    "uid": _UID,
    "question_id": (True, _name, "the id of a question, such as '03-structure/buckle-fracture'"),
    "content_version": (True, _text, "a short text"),
    "kind": (True, _name, "the kind of question, such as 'single_choice'"),
    "response": (True, _response, "the answer, at most 20,000 characters long"),
    "outcome": (True, _outcome, "one of correct, partly, incorrect"),
    "score": (True, _share, "a number from 0 to 1"),
    "at": _AT,
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
    "course_version": _VERSION,
}

EVENT: Fields = {
    "uid": _UID,
    "stream": (True, _name, "the name of what the entry belongs to, such as 'sitting/cpc-1'"),
    "body": (True, _response, "the entry, at most 20,000 characters long"),
    "at": _AT,
    "course_version": _VERSION,
}
