"""Which units fit the minutes. More minutes never hold fewer of what is due."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.learner.cards import Unit

#: What is due and takes longer than this (seconds) waits for the shorter ones: it would push out a dozen of them.
LONG = 180.0
#: Seconds that do not matter: sums of fractions differ by their order.
_HAIR = 1e-6


def due_that_fit(due: Sequence[Unit], budget: float, seconds: Callable[[Unit], float]) -> list[Unit]:
    """The most urgent first; never fewer than a smaller budget gives.

    How many, is settled before which: where one of the most urgent would take the room of several short ones that a
    smaller budget still had, it waits.
    """
    order = sorted(due, key=lambda unit: seconds(unit) > LONG)
    lengths = [seconds(unit) for unit in order]
    need, room, chosen = _how_many(lengths, budget), budget, []
    waiting = sorted((length, place) for place, length in enumerate(lengths))
    for place, length in enumerate(lengths):
        if not need:
            break
        del waiting[bisect_left(waiting, (length, place))]
        if length + sum(shortest for shortest, _ in waiting[: need - 1]) <= room + _HAIR:
            chosen.append(order[place])
            room -= length
            need -= 1
    return chosen


def _how_many(lengths: Sequence[float], budget: float) -> int:
    """The most units that this budget or a smaller one holds when they are taken in their order, and what is left when
    the next is too long goes to the shortest of the others."""
    waiting = sorted((length, place) for place, length in enumerate(lengths))
    used, most = 0.0, 0
    for place, length in enumerate([*lengths, math.inf]):
        room, more = min(budget - used, length - _HAIR), 0  # up to where the next one would not fit yet
        for shortest, _ in waiting:
            room -= shortest
            if room < -_HAIR / 2:
                break
            more += 1
        most = max(most, place + more)
        used += length
        if used > budget + _HAIR:
            break
        del waiting[bisect_left(waiting, (length, place))]
    return most


def fitting(candidates: Iterable[Unit], room: float, seconds: Callable[[Unit], float]) -> list[Unit]:
    """Those that fit, in their order."""
    found = []
    for unit in candidates:
        if (one := seconds(unit)) <= room:
            found.append(unit)
            room -= one
    return found
