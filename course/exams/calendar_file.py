"""A plan as a calendar file that other programs read (RFC 5545, ``.ics``).

Every event is of whole days, without a time and a time zone, so that it stands on the same date everywhere. An event
keeps its UID when the plan changes, and a later file carries a higher SEQUENCE: a calendar that takes the file a second
time moves the event and adds none. What a later file no longer holds stays where it is, so that weeks are one series.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

PRODUCT = "-//Medical coding course//Step planner//EN"
#: Longest line in bytes, its end not counted (RFC 5545, 3.1).
LONGEST = 75
#: Files are numbered by the minutes since then.
_BEGUN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class Event(NamedTuple):
    """``first`` to ``last``, both days counted. ``uid`` is unique in the world and stable. ``weeks``: how often it
    comes, a week apart each time; ``without``: first days on which it does not."""

    uid: str
    first: dt.date
    last: dt.date
    title: str
    text: str = ""
    weeks: int = 1
    without: tuple[dt.date, ...] = ()


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line breaks written as RFC 5545, 3.3.11 asks; other control
    characters, which no value may hold, and halves of characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    kept = (one for one in plain if one in "\n\t" or not (ord(one) < 32 or ord(one) == 127))
    return "".join(_ESCAPED.get(one, one) for one in kept)


def folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, each but the first behind a blank; no character is cut in two."""
    pieces: list[str] = []
    piece, room = "", LONGEST
    for one in line:
        size = len(one.encode("utf-8"))
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST - 1  # the blank counts
        piece += one
        room -= size
    return "\r\n ".join([*pieces, piece])


def calendar(name: str, events: Iterable[Event], now: dt.datetime, text: str = "") -> str:
    """The whole file. ``now`` carries a time zone; it is when the file was made. ``text``: about the calendar."""
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    sequence = max(0, int((now - _BEGUN).total_seconds()) // 60)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *([f"X-WR-CALDESC:{escaped(text)}"] if text else []),
    ]
    for one in events:
        after = one.last + dt.timedelta(days=1)  # DTEND is the first day that is no longer a part of it
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(one.uid)}",
            f"DTSTAMP:{stamp}",
            f"SEQUENCE:{sequence}",
            f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            *([f"RRULE:FREQ=WEEKLY;COUNT={one.weeks}"] if one.weeks > 1 else []),
            *([f"EXDATE;VALUE=DATE:{','.join(f'{day:%Y%m%d}' for day in one.without)}"] if one.without else []),
            f"SUMMARY:{escaped(one.title)}",
            *([f"DESCRIPTION:{escaped(one.text)}"] if one.text else []),
            "TRANSP:TRANSPARENT",  # whole days that leave one free for other things
            "END:VEVENT",
        ]
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])
