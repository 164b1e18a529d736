"""What an answer is worth, from 0 to 1.

For a key of n codes:

    score = max(0, earned - 0.5 * surplus) / n, and half of that when the order is broken

* ``earned`` adds, for each code of the key, 1 when it was entered and 0.5 when the code meant for it is *one slip*
  away.
* One slip is: the 7th character missing, or another one; the X left out; characters too many; the other side; the
  unspecified code, or "other" for "unspecified", in the right category. It earns half because the reading of the note
  and the way through the book were right and the last look was missing. A claim would still be sent back, so it never
  earns more.
* Everything else earns nothing, a heading with more than the 7th character open included, and so does a code that says
  more than the record: on a claim that is a false statement, not a slip.
* ``surplus`` counts entries that answer to no code of the key: unsupported codes, duplicates, what is not a code. Half
  a code each, so that trying many codes does not pay, while one code too many does not wipe out three right ones.
* The order is one fault however many pairs it breaks: sequencing changes what a claim says, so it costs half.

An optional code costs and earns nothing. Law: the score is 1 exactly when nothing is to be said against the answer, so
that the outcome follows from the score (``course.grading.verdict.outcome_of``).
"""

from __future__ import annotations

from course.grading.diagnosis.model import Kind

HALF = 0.5

_SAME_CATEGORY = {Kind.WRONG_SIDE, Kind.UNSPECIFIED_BUT_NOTE_SAYS, Kind.OTHER_VS_UNSPECIFIED}


def one_slip(kind: Kind, mine: str, key: str) -> bool:
    """Is the entered code (compact) one slip away from the key's, given the kind of the finding?"""
    if kind is Kind.MISSING_SEVENTH:
        return len(key) == 7 and key.startswith(mine) and not set(key[len(mine) : 6]) - {"X"}
    if kind is Kind.WRONG_SEVENTH:
        return mine[:6] == key[:6]
    if kind is Kind.PLACEHOLDER_MISSING:
        return mine[:3] == key[:3] and mine[3:].replace("X", "") == key[3:].replace("X", "")
    if kind is Kind.OVER_LONG:
        return mine.startswith(key)
    if kind is Kind.X_WHERE_DETAIL:
        return len(mine) == len(key) and all(a == b or a == "X" for a, b in zip(mine, key, strict=True))
    if kind in _SAME_CATEGORY:
        same_seventh = len(mine) != 7 or len(key) != 7 or mine[6] == key[6]
        return mine[:3] == key[:3] and same_seventh
    return False


def score(size: int, right: int, slips: int, surplus: int, *, order_broken: bool) -> float:
    """The formula above, rounded to four digits. ``size``: number of codes in the key."""
    if size <= 0:
        return 0.0
    value = max(0.0, right + HALF * slips - HALF * surplus) / size
    return round(min(1.0, value) * (HALF if order_broken else 1.0), 4)
