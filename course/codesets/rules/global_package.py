"""The surgical package: what may be billed around an operation, and with which modifier.

Rules: 42 CFR 414.40; Medicare Claims Processing Manual, chapter 12, section 40; CPT, surgical package. Days are counted
from the day of the operation, which is day 0; -1 is the day before. Global days "000" (the day alone), "010" (10 days
after), "090" (the day before and 90 days after). Medicare's rule for complications is used: they are part of it unless
the patient goes back to an operating room. (CPT itself counts only usual follow-up as part of the package.)
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from course.codesets.rules.common import RuleError

#: Days after the operation that belong to the package.
DAYS_AFTER = {"000": 0, "010": 10, "090": 90}

#: What a visit can be to the operation.
VISITS = ("routine", "decision", "separate", "unrelated", "complication")
#: What a second procedure can be to the first.
PROCEDURES = ("routine", "staged", "unrelated", "complication-or", "complication-no-or")
_CARE = {"operation": "54", "after": "55", "before": "56"}


class Ruling(NamedTuple):
    """The answer. `new_global`: whether a package begins anew with the second procedure (None for visits)."""

    billable: bool
    modifier: str
    why: str
    new_global: bool | None = None


def days_after(global_days: str) -> int:
    """Days after the operation in the package. RuleError for indicators that count no days (XXX, ZZZ, MMM, YYY)."""
    if global_days not in DAYS_AFTER:
        raise RuleError(f"The indicator {global_days} counts no days; 000, 010 and 090 do.")
    return DAYS_AFTER[global_days]


def global_start(date: datetime.date, global_days: str) -> datetime.date:
    """First day of the package: the day before a 090 operation, else the day itself."""
    return date - datetime.timedelta(days=1 if days_after(global_days) == 90 else 0)


def global_end(date: datetime.date, global_days: str) -> datetime.date:
    """Last day of the package: the day of the operation + 0, 10 or 90."""
    return date + datetime.timedelta(days=days_after(global_days))


def visit(global_days: str, day: int, relation: str, same_provider: bool = True) -> Ruling:
    """A visit on `day` (0 = the day of the operation) with a `relation` to it.

    routine: usual care before or after. decision: where the operation was decided. separate: a real visit of its own,
    beyond what the procedure needs. unrelated: about something else. complication: of the operation.
    `same_provider`: the same, or one of the same group and specialty.
    """
    if relation not in VISITS:
        raise RuleError(f"A visit is one of {', '.join(VISITS)}.")
    after = days_after(global_days)
    if relation == "decision" and day > 0:
        raise RuleError("The operation was decided before it was done: day 0 or earlier.")
    if relation == "complication" and day < 0:
        raise RuleError("A complication comes after the operation begins: day 0 or later.")
    if not same_provider:
        return Ruling(True, "", "The package binds the surgeon and the surgeon's group, not this provider.")
    if after == 90 and day in (-1, 0):
        return _before_major(day, relation)
    if day == 0:
        return _day_of_minor(relation)
    if 0 < day <= after:
        if relation == "separate":
            raise RuleError("After day 0, say whether the visit is about the operation or about something else.")
        if relation == "unrelated":
            return Ruling(True, "24", "About something else, inside the days after the operation.")
        return Ruling(False, "", "Care after the operation, without an operating room, is in the package.")
    return Ruling(True, "", "The day is outside the package.")


def _before_major(day: int, relation: str) -> Ruling:
    when = "the day of" if day == 0 else "the day before"
    if relation == "decision":
        return Ruling(True, "57", f"A major operation was decided here, on {when} it.")
    if day == 0 and relation in ("separate", "unrelated"):
        return Ruling(True, "25", "A visit of its own on the day of the operation, not about preparing it.")
    if relation in ("separate", "unrelated"):
        return Ruling(True, "", "The visit is not about the operation, so it is no part of its package.")
    return Ruling(False, "", f"Care around a major operation on {when} it is in the package.")


def _day_of_minor(relation: str) -> Ruling:
    if relation in ("separate", "unrelated"):
        return Ruling(True, "25", "A visit of its own on the day of the procedure, beyond its usual work.")
    if relation == "decision":
        return Ruling(False, "", "Deciding on a minor procedure is part of the procedure; 57 is for major ones.")
    return Ruling(False, "", "Usual care on the day of the procedure is part of it.")


def procedure(global_days: str, day: int, relation: str, same_provider: bool = True) -> Ruling:
    """A second procedure on `day` after a first one with `global_days`.

    routine: usual follow-up (dressing, sutures out). staged: planned, larger, or treatment after a diagnostic one.
    complication-or / -no-or: a complication treated in, or without, an operating room.
    """
    if relation not in PROCEDURES:
        raise RuleError(f"A second procedure is one of {', '.join(PROCEDURES)}.")
    if day < 0:
        raise RuleError("The second procedure comes on day 0 or later.")
    after = days_after(global_days)
    if not same_provider:
        return Ruling(True, "", "The package binds the surgeon and the surgeon's group, not this provider.", True)
    if day > after:
        return Ruling(True, "", "The day is outside the package.", True)
    if relation == "complication-or":
        return Ruling(True, "78", "Back to the operating room for a complication; no new package begins.", False)
    if relation in ("routine", "complication-no-or"):
        return Ruling(False, "", "Follow-up and complications without an operating room are in the package.", False)
    if day == 0:
        raise RuleError("Two procedures on one day are a matter of 51 and 59, not of the days after.")
    if relation == "staged":
        return Ruling(True, "58", "Planned, larger or staged: it goes on from the first; a new package begins.", True)
    return Ruling(True, "79", "It has nothing to do with the first; a new package begins.", True)


def split_care(*parts: str) -> tuple[str, ...]:
    """Modifiers when one provider gave only some of "before", "operation", "after": 56, 54, 55; all three need none.

    CPT's rule. Medicare pays the care before together with the operation and does not use 56.
    """
    known = set(parts)
    if not known or known - set(_CARE):
        raise RuleError("The parts of care are before, operation, after.")
    return () if len(known) == len(_CARE) else tuple(_CARE[part] for part in _CARE if part in known)
