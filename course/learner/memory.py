"""How well each unit is remembered (FSRS), folded from the log of attempts: there is no second truth.

    memory = Memory(store.attempts())
    memory.state("03-structure/buckle-fracture")    State or None (never answered)
    memory.add(attempt)                             the next answer; the same as folding all anew

All answers to a unit on one day of the learner are one review, rated by the first: who was wrong and then read the
reason has not remembered. FSRS itself (stability, difficulty, the curve of forgetting) is the library ``fsrs``, with
its published default parameters, without its steps of minutes and without its dice. :func:`rating_of` turns an answer
into a rating.
"""

from __future__ import annotations

import datetime as dt
import statistics
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from course.learner.cards import unit_of

if TYPE_CHECKING:
    from fsrs import Scheduler

    from course.learner.records import Attempt

#: The chance to still know a unit at which it is due.
RETENTION = 0.9
#: Ratings of FSRS. Of a question nobody says that it was easy: a quick answer may be a guess.
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
#: Answers of a kind from which on the learner's own median of seconds is used.
ENOUGH = 5
#: Answers of a kind from which on that median may be as short as it is. Before, none is believed that is shorter than
#: the floor: a few quick clicks must not fill a quarter of an hour with sixty exercises. Seconds.
SURE = 20
FLOOR_CARD, FLOOR_ITEM = 5.0, 25.0
#: Days outside are taken for these: a clock that stood wrong must not end the calendar.
_FIRST, _LAST = dt.date(1970, 1, 1), dt.date(2400, 1, 1)
_NOON = dt.time(12, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class State:
    """``stability``: days until the chance to know it has fallen to 90 %. ``difficulty``: 1 to 10. ``due``: the start
    of the day on which it is due; ``last``: the latest review (both UTC). ``reps``: days on which it was reviewed;
    ``lapses``: on how many of those after the first it was not known."""

    stability: float
    difficulty: float
    due: dt.datetime
    last: dt.datetime
    reps: int
    lapses: int

    def retrievability(self, now: dt.datetime) -> float:
        """The chance (0 to 1) that it is known at a time, by FSRS; falls with time, 1.0 up to the last review."""
        return recall((now - self.last).total_seconds() / 86_400, self.stability)


class Review(NamedTuple):
    """The answers to a unit on one day: when the first was given, the day of the learner, the rating."""

    at: dt.datetime
    day: dt.date
    rating: int


def rating_of(attempt: Attempt, told_before: bool = False) -> int:
    """The rating of an answer taken by itself.

    Right without help is good; right with a hint, or partly right, is hard; wrong, or with the solution seen, is again.
    ``told_before``: the solution was seen on an earlier day. A card goes on saying so for good, and nobody knows
    whether it was looked at again, so a right answer is then hard. A flash card has the learner's own rating.
    """
    if attempt.kind == "flashcard" and isinstance(attempt.response, dict):
        said = attempt.response.get("rating")
        if isinstance(said, int) and AGAIN <= said <= EASY:
            return int(said)
    if attempt.outcome == "incorrect" or (attempt.solution_seen and not told_before):
        return AGAIN
    helped = attempt.hints_used or attempt.solution_seen or attempt.outcome != "correct"
    return HARD if helped else GOOD


def reviews_of(attempts: Sequence[Attempt], zone: dt.tzinfo | None = None) -> Iterator[Review]:
    """One review for each day; ``attempts`` at one unit, oldest first.

    Of drawn exercises each draw is a question of its own: a day with some right and some wrong is hard.
    """
    told: dict[str, dt.date] = {}  # question -> the first day on which its solution had been seen
    for day, answers in _by_day(attempts, zone):
        firsts: dict[str, int] = {}
        for one in answers:
            if one.question_id not in firsts:
                firsts[one.question_id] = rating_of(one, told.get(one.question_id, day) < day)
            if one.solution_seen:
                told.setdefault(one.question_id, day)
        ratings = list(firsts.values())
        rating = ratings[0] if (AGAIN in ratings) == (max(ratings) == AGAIN) else HARD
        yield Review(answers[0].at, day, rating)


def day_of(at: dt.datetime, zone: dt.tzinfo | None = None) -> dt.date:
    """The learner's day of a moment; ``zone`` None is the clock of this computer."""
    try:
        day = at.astimezone(zone).date()
    except (OverflowError, ValueError, OSError):  # at the ends of the calendar
        day = at.date()
    return min(max(day, _FIRST), _LAST)


def _by_day(attempts: Sequence[Attempt], zone: dt.tzinfo | None) -> Iterator[tuple[dt.date, list[Attempt]]]:
    days: dict[dt.date, list[Attempt]] = {}
    for one in attempts:
        days.setdefault(day_of(one.at, zone), []).append(one)
    yield from sorted(days.items())


@cache
def scheduler(retention: float = RETENTION) -> Scheduler:
    """FSRS with whole days and without chance."""
    from fsrs import Scheduler

    return Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def recall(days: float, stability: float) -> float:
    """The chance (0 to 1) that something is known so many days after its review: FSRS's curve of forgetting."""
    factor, decay = _curve()
    return float((1 + factor * max(0.0, days) / stability) ** decay)


@cache
def _curve() -> tuple[float, float]:
    """Factor and exponent of the curve: ``(1 + factor * days / stability) ** decay``."""
    decay = -scheduler().parameters[20]
    return float(0.9 ** (1 / decay) - 1), decay


def start_of(day: dt.date, zone: dt.tzinfo | None = None) -> dt.datetime:
    """Midnight with which a day of the learner begins, in UTC."""
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)


def fold(reviews: Iterable[Review], retention: float = RETENTION, zone: dt.tzinfo | None = None) -> State | None:
    """The state after these reviews, oldest first; None without any. Days count, not hours: an evening and the next
    morning are a day apart."""
    from fsrs import Card, Rating

    plan, card = scheduler(retention), Card(card_id=1)  # with an id: without one the library waits a moment
    last: Review | None = None
    reps = lapses = 0
    for last in reviews:
        lapses += last.rating == AGAIN and reps > 0
        reps += 1
        card, _ = plan.review_card(card, Rating(last.rating), dt.datetime.combine(last.day, _NOON))
    if last is None or card.stability is None or card.difficulty is None:
        return None
    return State(card.stability, card.difficulty, start_of(card.due.date(), zone), last.at, reps, lapses)


class Memory:
    """The states of all units that were ever answered."""

    def __init__(
        self, attempts: Iterable[Attempt] = (), *, retention: float = RETENTION, zone: dt.tzinfo | None = None
    ) -> None:
        """``retention``: the chance to know at which a unit is due (0.7 to 0.97 makes sense). ``zone``: whose days they
        are; None is the clock of this computer."""
        self.retention, self.zone = retention, zone
        self._log: dict[str, list[Attempt]] = defaultdict(list)
        self._states: dict[str, State] = {}
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._medians: dict[str, float | None] = {}
        self._known: set[str] = set()
        for one in sorted(attempts, key=_order):
            self.add(one)

    def add(self, attempt: Attempt) -> None:
        """One more answer, in any order; one that is known already (by its uid) changes nothing."""
        if attempt.uid in self._known:
            return
        self._known.add(attempt.uid)
        unit = unit_of(attempt.question_id)
        insort(self._log[unit], attempt, key=_order)
        self._states.pop(unit, None)  # folded anew when it is asked for: a unit has a handful of reviews
        if attempt.seconds is not None:
            kind = "drawn" if unit.startswith("gen/") else attempt.kind
            self._seconds[kind].append(attempt.seconds)
            self._medians.pop(kind, None)

    def state(self, unit_id: str) -> State | None:
        """The state of a unit, or None when it was never answered."""
        if unit_id not in self._states:
            if unit_id not in self._log:
                return None
            state = fold(self.reviews(unit_id), self.retention, self.zone)
            if state is None:
                return None
            self._states[unit_id] = state
        return self._states[unit_id]

    def reviews(self, unit_id: str) -> list[Review]:
        """The reviews of a unit, oldest first."""
        return list(reviews_of(self._log.get(unit_id, []), self.zone))

    def attempts(self, unit_id: str) -> list[Attempt]:
        """The answers to a unit, oldest first."""
        return list(self._log.get(unit_id, []))

    @property
    def unit_ids(self) -> frozenset[str]:
        """All units that were ever answered."""
        return frozenset(self._log)

    def seconds(self, kind: str) -> float | None:
        """The learner's own median of seconds for a kind of question ("flashcard", "single_choice" …; "drawn" for all
        drawn exercises), or None before there are :data:`ENOUGH` answers."""
        if kind not in self._medians:
            timed = self._seconds.get(kind, ())
            self._medians[kind] = statistics.median(timed) if len(timed) >= ENOUGH else None
        return self._medians[kind]

    def likely(self, kind: str, supposed: float) -> float:
        """Seconds that one unit of a kind of question will take: the learner's own median, or else ``supposed``. Until
        there are :data:`SURE` answers, no less than the floor."""
        own = self.seconds(kind)
        if own is None:
            return max(1.0, supposed)
        if len(self._seconds.get(kind, ())) >= SURE:
            return max(1.0, own)
        return max(FLOOR_CARD if kind == "flashcard" else FLOOR_ITEM, own)

    @property
    def days(self) -> int:
        """On how many days of the learner something was answered."""
        return len({day_of(one.at, self.zone) for log in self._log.values() for one in log})


def _order(attempt: Attempt) -> tuple[dt.datetime, str]:
    return attempt.at, attempt.uid
