"""Numbers, times and days as a learner reads them."""

from __future__ import annotations

import datetime as dt

from course import paths


def many(count: int, one: str, more: str = "") -> str:
    """ "1 exercise", "1,204 exercises"."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def about(seconds: float) -> str:
    """ "about 1 minute", "about 14 minutes", "about 2 hours"."""
    minutes = max(1, round(seconds / 60))
    return f"about {many(minutes, 'minute') if minutes < 100 else many(round(minutes / 60), 'hour')}"


def worked(seconds: float) -> str:
    """ "0 min", "2 h 10 min"."""
    minutes = round(seconds / 60)
    if 0 < seconds < 60:
        minutes = 1
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def date(day: dt.date) -> str:
    """ "November 22, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


def local(at: dt.datetime) -> dt.date:
    """The day of a moment on the learner's clock."""
    try:
        return at.astimezone().date()
    except (OverflowError, ValueError, OSError):
        return at.date()


def until(day: dt.date) -> str:
    """How far a day is: "today", "tomorrow", "in 5 days", "in 3 weeks", "in 4 months", "in 2 years"."""
    days = (day - paths.today()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    for length, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * length:
            return f"in {round(days / length)} {name}s"
    return f"in {days} days"


def ago(day: dt.date) -> str:
    """ "today", "yesterday", "5 days ago", then the date."""
    days = (paths.today() - day).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago" if days < 30 else date(day)
