"""The figures of the dashboard, folded from the log in one pass. Pure: attempts and items in, plain numbers out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.learner.cards import Unit
    from course.learner.memory import Memory
    from course.learner.records import Attempt
    from course.questions.base import ItemBase

WEEKS, AHEAD = 8, 7


@dataclass(frozen=True, slots=True)
class Count:
    """Questions of a lesson or a domain: how many there are, how many were tried, how many are right now."""

    name: str
    total: int
    tried: int
    right: int


@dataclass(frozen=True, slots=True)
class Folded:
    """``latest``: question -> outcome of the latest answer to its present form; ``days``: day -> seconds of work (a day
    of work may have none); ``some``: an answer of each of these days."""

    latest: Mapping[str, str]
    days: Mapping[dt.date, float]
    some: Sequence[Attempt]


def fold(attempts: Sequence[Attempt], versions: Mapping[str, str]) -> Folded:
    """``attempts`` oldest first; ``versions``: question -> the content version that it has now."""
    latest: dict[str, str] = {}
    halves: dict[int, float] = defaultdict(float)
    some: dict[int, Attempt] = {}
    for one in attempts:
        if versions.get(one.question_id) == one.content_version:
            latest[one.question_id] = one.outcome
        # By the half hour first: to find the day of a time takes long, and days begin at full or half hours.
        half = int(one.at.timestamp() // 1800)
        halves[half] += one.seconds or 0.0
        some[half] = one
    days: dict[dt.date, float] = defaultdict(float)
    one_of: dict[dt.date, Attempt] = {}
    for half, seconds in halves.items():
        day = _day(half * 1800)
        days[day] += seconds
        one_of[day] = some[half]
    return Folded(latest, dict(days), list(one_of.values()))


def _day(stamp: int) -> dt.date:
    """The day of a moment on the learner's clock."""
    try:
        return dt.date.fromtimestamp(stamp)
    except (OverflowError, ValueError, OSError):  # years that the system's clock cannot place
        return dt.datetime(1970, 1, 1).date() + dt.timedelta(seconds=stamp)


_versions: dict[str, tuple[ItemBase, str]] = {}


def versions(items: Iterable[ItemBase]) -> dict[str, str]:
    """Question -> the content version that it has. Worked out once for each item (a check sum of its words)."""
    found = {}
    for item in items:
        known = _versions.get(item.id)
        if known is None or known[0] is not item:
            known = _versions[item.id] = (item, item.content_version)
        found[item.id] = known[1]
    return found


def lessons(items: Iterable[ItemBase], folded: Folded) -> list[Count]:
    """One row for each lesson, in order."""
    groups: dict[str, list[str]] = defaultdict(list)
    for item in items:
        groups[item.lesson].append(item.id)
    return [_count(name, groups[name], folded) for name in sorted(groups)]


def domains(items: Iterable[ItemBase], names: Iterable[str], folded: Folded) -> list[Count]:
    """One row for each of the named domains, in their order; a question counts in each of its domains."""
    groups: dict[str, list[str]] = {name: [] for name in names}
    for item in items:
        for name in item.domains:
            if name in groups:
                groups[name].append(item.id)
    return [_count(name, ids, folded) for name, ids in groups.items()]


def _count(name: str, ids: Sequence[str], folded: Folded) -> Count:
    told = [folded.latest[one] for one in ids if one in folded.latest]
    return Count(name, len(ids), len(told), sum(one == "correct" for one in told))


def weeks(folded: Folded, today: dt.date) -> list[tuple[dt.date, float]]:
    """Seconds of work in each of the last :data:`WEEKS` weeks, oldest first. A week begins on its Sunday."""
    first = today - dt.timedelta(days=(today.weekday() + 1) % 7 + 7 * (WEEKS - 1))
    sums = [0.0] * WEEKS
    for day, seconds in folded.days.items():
        place = (day - first).days // 7
        if 0 <= place < WEEKS and day <= today:
            sums[place] += seconds
    return [(first + dt.timedelta(days=7 * place), seconds) for place, seconds in enumerate(sums)]


@dataclass(frozen=True, slots=True)
class Recall:
    """``met``: units answered at least once; ``known``: how many of them are likely known now, without those whose
    latest answer was not right; ``missed``: how many these are; ``due``: how many are due today (those of earlier days
    too) and on each of the days after it."""

    met: int
    known: float
    missed: int
    due: list[int]


def recall(units: Iterable[Unit], memory: Memory, now: dt.datetime, today: dt.date) -> Recall:
    """What the memory holds."""
    met, known, missed, due = 0, 0.0, 0, [0] * AHEAD
    for unit in units:
        state = memory.state(unit.id)
        if state is None:
            continue
        met += 1
        last = memory.attempts(unit.id)[-1]
        if last.outcome == "correct" and not last.solution_seen:
            known += state.retrievability(now)
        else:
            missed += 1
        place = max(0, (state.due.astimezone().date() - today).days)
        if place < AHEAD:
            due[place] += 1
    return Recall(met, known, missed, due)
