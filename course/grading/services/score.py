"""What service lines are worth, from 0 to 1.

For a key of n lines:

    score = max(0, earned - 0.5 * surplus) / n, and half of that when the order is broken

* A line of the key earns 1 when it was entered as it should be: code, modifiers, units.
* The code alone earns half: the service was found and its details were not. The other half belongs to what is at stake
  on the line, in equal parts: its modifiers (when it needs some or was given some) and its units (when they are not 1
  or were not entered as 1). Modifiers that are right in part earn their share: right ones over those needed or given,
  whichever are more.
* Another code earns nothing, whatever stands beside it: it is another service.
* ``surplus`` counts entered lines that answer to no line of the key. Half a line each, so that trying many codes does
  not pay, while one line too many does not wipe out three right ones.
* The order is one fault however many pairs it breaks.

An optional line or modifier costs and earns nothing. Law: the score is 1 exactly when nothing is to be said against
the answer.
"""

from __future__ import annotations

from course.grading.services.model import Entered, KeyLine, ServiceKey

HALF = 0.5


def modifier_share(entered: Entered, line: KeyLine) -> float:
    """How much of the modifiers is right, from 0 to 1."""
    met = len(line.modifiers) - len(line.unmet(entered.modifiers))
    most = max(len(line.modifiers), met + len(line.spare(entered.modifiers)))
    return met / most if most else 1.0


def line_score(entered: Entered, line: KeyLine, key: ServiceKey) -> float:
    """What one entered line earns for the line of the key that it was meant for."""
    if entered.code != line.code:
        return 0.0
    stakes: list[float] = []
    if key.modifiers and (line.modifiers or line.spare(entered.modifiers)):
        stakes.append(modifier_share(entered, line))
    if key.units and (line.units != 1 or entered.counted != 1):
        stakes.append(float(entered.counted == line.units))
    return 1.0 if not stakes else HALF + HALF * sum(stakes) / len(stakes)


def score(size: int, earned: float, surplus: int, *, order_broken: bool) -> float:
    """The formula above, rounded to four digits. ``size``: number of lines of the key."""
    if size <= 0:
        return 0.0
    value = max(0.0, earned - HALF * surplus) / size
    return round(min(1.0, value) * (HALF if order_broken else 1.0), 4)
