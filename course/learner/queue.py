"""What to review today: a list that fits the minutes there are. The same all day, as long as nothing is answered.

What is due goes first, the most at risk of being forgotten before the others: all that fits, and with more minutes
never fewer. Only what is left of the minutes goes to domains that are weak for the exam, and to a handful that is new.
The three are then mixed, and so are topics and domains. Nobody is asked to clear a pile in a day.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course.learner.fit import due_that_fit, fitting
from course.learner.memory import day_of, start_of

if TYPE_CHECKING:
    from course.learner.cards import Unit
    from course.learner.memory import Memory

Why = Literal["due", "weak", "new"]

#: A domain of at least this mastery (0 to 1), or with fewer answers, is not called weak.
MASTERED, TOLD = 0.7, 5
#: Of units never met, one for so many minutes at most.
MINUTES_EACH = 2
#: A unit never met counts like one that is known with a chance of 90 %: at the edge of being due.
_UNMET_RISK = 0.1


@dataclass(frozen=True, slots=True)
class Queued:
    """One unit of the queue, why it is there, and the seconds it will likely take."""

    id: str
    why: Why
    seconds: float


@dataclass(frozen=True, slots=True)
class Backlog:
    """``due``: how many units are due; ``today``: how many of them the minutes hold; ``words``: a sentence or two."""

    due: int
    today: int
    words: str


def queue(
    units: Sequence[Unit],
    memory: Memory,
    *,
    now: dt.datetime,
    minutes: float,
    weights: Mapping[str, float] | None = None,
    mastery: Mapping[str, float] | None = None,
    new_share: float = 0.2,
    new_from: Container[str] | None = None,
) -> list[Queued]:
    """Due units (most at risk first) as far as ``minutes`` reach; with what is left, weak domains and new ones.

    ``weights``: domain -> its share of the exam (none: all count alike); ``mastery``: domain -> 0 to 1 (a domain that
    is not named is not called weak). ``new_share``: of the minutes, at most, for units never met. ``new_from``: lessons
    whose unmet units may come (:func:`course.learner.cards.begun`); None is all.
    """
    budget = max(0.0, minutes * 60)
    seconds = _Seconds(memory)
    due, early, unmet = _sorted_out(units, memory, now, new_from)
    needs = _needs(weights, mastery, _answers(units, memory))
    taken: list[tuple[Why, Unit]] = [("due", unit) for unit in due_that_fit(due, budget, seconds.of)]
    left = budget - sum(seconds.of(unit) for _, unit in taken)
    if len(due) > len(taken) and min(seconds.of(unit) for unit in _without(due, taken)) <= left:
        return _mixed(taken, seconds)  # something due would still fit: nothing else goes before it
    # Units never met: first of weak domains whose lesson was begun, then of each lesson in turn; a handful.
    begun = {unit.lesson for unit in units if memory.state(unit.id) is not None}
    weak = _weak([unit for unit in unmet if unit.lesson in begun], memory, needs, now)
    handful = max(1, int(minutes // MINUTES_EACH))
    fresh = fitting(weak, min(left, budget * new_share), seconds.of)[:handful]
    rest = min(left, budget * new_share) - sum(map(seconds.of, fresh))
    fresh_new = fitting(_without(_in_turn(unmet), [("weak", unit) for unit in fresh]), rest, seconds.of)
    met_weak = _weak(early, memory, needs, now)
    taken += [("weak", unit) for unit in fresh] + [("new", unit) for unit in fresh_new[: handful - len(fresh)]]
    left = budget - sum(seconds.of(unit) for _, unit in taken)
    taken += [("weak", unit) for unit in fitting(met_weak, left, seconds.of)]
    return _mixed(taken, seconds)


def backlog(units: Sequence[Unit], memory: Memory, queued: Sequence[Queued], *, now: dt.datetime) -> Backlog:
    """How much waits, and words for it that ask nothing."""
    due = sum((state := memory.state(unit.id)) is not None and state.due <= now for unit in units)
    today = sum(one.why == "due" for one in queued)
    if not due:
        return Backlog(0, today, "Nothing is due today. What you know is still there.")
    count = f"{due:,} {'card or question is' if due == 1 else 'cards and questions are'} due"
    if due <= today:
        return Backlog(due, today, f"{count}, and today's minutes hold {'it' if due == 1 else 'all of them'}.")
    words = f"{count}. Today's minutes hold {today} of them, those most at risk of being forgotten first. "
    return Backlog(due, today, words + "The others wait; you do not have to catch up.")


# -- choosing ---------------------------------------------------------------------------------------------------------


class _Seconds:
    """How long a unit will take: the learner's own median for its kind, or what the course supposes."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: dict[tuple[str, float], float] = {}

    def of(self, unit: Unit) -> float:
        key = unit.question_kind, unit.seconds
        if key not in self._known:
            self._known[key] = self._memory.likely(*key)
        return self._known[key]


def _without(units: Iterable[Unit], taken: Iterable[tuple[Why, Unit]]) -> list[Unit]:
    ids = {unit.id for _, unit in taken}
    return [unit for unit in units if unit.id not in ids]


def _sorted_out(
    units: Sequence[Unit], memory: Memory, now: dt.datetime, new_from: Container[str] | None
) -> tuple[list[Unit], list[Unit], list[Unit]]:
    """Due (most at risk first), met and not yet due (not of today), never met."""
    midnight = start_of(day_of(now, memory.zone), memory.zone)
    by_id = {unit.id: unit for unit in units}
    due: list[tuple[float, str]] = []
    early, unmet = [], []
    for unit in by_id.values():
        state = memory.state(unit.id)
        if state is None:
            if new_from is None or unit.lesson in new_from:
                unmet.append(unit)
        elif state.due <= now:
            # Time over stability orders as the chance to know does, and is quicker for thousands.
            due.append((-(now - state.last).total_seconds() / state.stability, unit.id))
        elif state.last < midnight:
            early.append(unit)
    return [by_id[name] for _, name in sorted(due)], early, unmet


def _answers(units: Iterable[Unit], memory: Memory) -> Counter[str]:
    """Domain -> answers given to its units."""
    count: Counter[str] = Counter()
    for unit in {unit.id: unit for unit in units}.values():
        if answers := len(memory.attempts(unit.id)):
            count.update(dict.fromkeys(unit.domains, answers))
    return count


def _needs(
    weights: Mapping[str, float] | None, mastery: Mapping[str, float] | None, answers: Mapping[str, int]
) -> dict[str, float]:
    """Weak domain -> how much it costs in the exam."""
    return {
        domain: need
        for domain, known in (mastery or {}).items()
        if known < MASTERED
        and answers.get(domain, 0) >= TOLD
        and (need := (1 - known) * (weights.get(domain, 0.0) if weights else 1.0)) > 0
    }


def _weak(units: Iterable[Unit], memory: Memory, needs: Mapping[str, float], now: dt.datetime) -> list[Unit]:
    """Units of weak domains, those first that are most at risk where most is to gain."""
    by_id = {}
    scored: list[tuple[float, int, str]] = []
    for unit in units:
        need = max([needs.get(domain, 0.0) for domain in unit.domains], default=0.0)
        if need:
            state = memory.state(unit.id)
            by_id[unit.id] = unit
            if state is None:  # all alike: shuffled, so that a file does not come in its order
                scored.append((-need * _UNMET_RISK, _shuffled(unit), unit.id))
            else:
                scored.append((-need * (1 - state.retrievability(now)), 0, unit.id))
    return [by_id[name] for *_, name in sorted(scored)]


def _in_turn(units: Iterable[Unit]) -> list[Unit]:
    """New units: each lesson's questions and cards in turn, so that a deck of hundreds does not come first."""
    groups: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.lesson, unit.kind].append(unit)
    scored = []
    for key, members in groups.items():
        for rank, unit in enumerate(sorted(members, key=lambda one: (_shuffled(one), one.id))):
            scored.append((rank, key, unit))
    return [unit for *_, unit in sorted(scored, key=lambda one: one[:2])]


def _shuffled(unit: Unit) -> int:
    return zlib.crc32(unit.id.encode())


# -- mixing -----------------------------------------------------------------------------------------------------------


def topic_of(unit: Unit) -> str:
    """What not to ask three times in a row: the topic of a question, the deck of a card, a generator."""
    parts = unit.id.split("/")
    return "/".join(parts[:2]) if parts[0] in ("card", "gen") else parts[0]


def _mixed(taken: Iterable[tuple[Why, Unit]], seconds: _Seconds) -> list[Queued]:
    """Due, weak and new spread over the whole queue, what is due at its head; topics and domains changing."""
    by_why: dict[str, list[tuple[Why, Unit]]] = defaultdict(list)
    for one in taken:
        by_why[one[0]].append(one)
    spread = [
        ((place + 0.5) / len(members), why, one) for why, members in by_why.items() for place, one in enumerate(members)
    ]
    order = [one for *_, one in sorted(spread, key=lambda one: one[:2])]
    place = next((place for place, (why, _) in enumerate(order) if why == "due"), 0)
    order[:1], order[place : place + 1] = order[place : place + 1], order[:1]
    return [Queued(unit.id, why, seconds.of(unit)) for why, unit in _interleaved(order)]


def _interleaved(order: Sequence[tuple[Why, Unit]]) -> list[tuple[Why, Unit]]:
    """The same units; no topic three times in a row where that can be avoided, and another domain where one is near."""
    waiting: dict[str, deque[tuple[int, Why, Unit]]] = defaultdict(deque)
    for place, (why, unit) in enumerate(order):
        waiting[topic_of(unit)].append((place, why, unit))
    counts = Counter({topic: len(members) for topic, members in waiting.items()})
    found: list[tuple[Why, Unit]] = []
    last, run, domain = "", 0, ""
    total = len(order)
    while total:
        heads = sorted(
            (topic == last, bool(domain) and _domain(waiting[topic][0][2]) == domain, waiting[topic][0][0], topic)
            for topic in counts
            if found or waiting[topic][0][1] == order[0][0]  # the first is due where anything is
        )
        most = max(counts, key=lambda topic: (counts[topic], topic))
        chosen = next((topic for *_, topic in heads if _can_go(topic, most, counts, total, last, run)), heads[0][3])
        _, why, unit = waiting[chosen].popleft()
        found.append((why, unit))
        run = run + 1 if chosen == last else 1
        last, domain = chosen, _domain(unit)
        counts[chosen] -= 1
        total -= 1
        if not counts[chosen]:
            del counts[chosen]
    return found


def _can_go(topic: str, most: str, counts: Mapping[str, int], total: int, last: str, run: int) -> bool:
    """After this topic, can the largest one still be kept from standing three times in a row? Two of it fit before,
    after and between each two of the others."""
    rest = total - counts[most]
    if topic == most:
        run = run + 1 if topic == last else 1
        return counts[most] - 1 <= (2 - run) + 2 * rest
    return counts[most] <= 2 + 2 * (rest - 1)


def _domain(unit: Unit) -> str:
    return unit.domains[0] if unit.domains else ""
