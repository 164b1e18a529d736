"""Short sentences about a learner's answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from course.bootstrap.errors import command
from course.learner.records import Attempt

OUTCOME_WORDS = {"correct": "correct", "partly": "partly correct", "incorrect": "incorrect"}

#: How many of the latest outcomes a history names.
_SHOWN = 5


def day(at: dt.datetime) -> str:
    """ "November 22, 2026", on the learner's clock."""
    try:
        here = at.astimezone()
    except (OverflowError, ValueError, OSError):  # years that the system's clock cannot place
        here = at
    return f"{here:%B} {here.day}, {here.year}"


def answers(count: int) -> str:
    """ "1 answer", "1,204 answers"."""
    return f"{count:,} answer{'' if count == 1 else 's'}"


def holdings(count: int, entries: int) -> str:
    """ "12 answers", or "12 answers and 1,204 entries of mock exams and plans"."""
    if not entries:
        return answers(count)
    return f"{answers(count)} and {entries:,} {'entry' if entries == 1 else 'entries'} of mock exams and plans"


def history(outcomes: Sequence[str]) -> str:
    """ "Tried once: correct." or "3 tries: not yet correct, partly correct, correct."; "" for none.

    "Not yet": the headline above it may say "Almost", and only the outcome of a past try is kept, not its headline.
    """
    words = ["not yet correct" if one == "incorrect" else OUTCOME_WORDS.get(one, one) for one in outcomes]
    if not words:
        return ""
    if len(words) == 1:
        return f"Tried once: {words[0]}."
    shown = ", ".join(words[-_SHOWN:])
    return f"{len(words)} tries{', the latest' if len(words) > _SHOWN else ''}: {shown}."


def saved_on(attempt: Attempt) -> str:
    """That an answer is kept since a day."""
    return f"You answered this on {day(attempt.at)}."


def in_memory(warning: str | None) -> str:
    """That an answer is not on disk, and why."""
    return f"Not saved yet. {warning or 'It is kept in memory while this notebook is open.'}"


def changed_since(attempt: Attempt) -> str:
    """That a question is not the one that was answered, with the old answer where it can be read on its own."""
    old = _readable(attempt.response)
    return (
        f"This question was changed since you answered it on {day(attempt.at)} "
        f"({OUTCOME_WORDS.get(attempt.outcome, attempt.outcome)}{f'; your answer was {old}' if old else ''}). "
        "Here it is fresh."
    )


def _readable(response: object) -> str:
    parts = response if isinstance(response, list) else [response]
    if not all(isinstance(one, str) for one in parts):
        return ""
    text = ", ".join(str(one) for one in parts).strip()
    return text if 0 < len(text) <= 60 else ""


def fault(doing: str, error: Exception) -> str:
    """What to say about a fault of ours: a learner never sees a traceback."""
    return (
        f"The course could not {doing} this question ({type(error).__name__}: {error}). Nothing was counted and "
        f"nothing is lost. Go on with the next one; `{command('doctor')}` may say more."
    )
