"""How much is likely to be known on the day of the exam, if the days go on as planned. Pure; an estimate, and says so.

The days until the exam are played through once: what is due is reviewed first, then new units are met, as far as the
minutes reach. Whether a unit is known at a review is decided by its chance at that moment, with a die that falls the
same way each time (it hangs on the unit and the review alone). FSRS says how each answer changes the memory.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.learner.memory import AGAIN, GOOD, day_of, recall, scheduler

if TYPE_CHECKING:
    import fsrs

    from course.learner.cards import Unit
    from course.learner.memory import Memory

#: No day later than this is played through, in days from now: two years.
FARTHEST = 730
#: The share of new units that are right at the first meeting, before the learner's own is known.
FIRST_RIGHT = 0.7
#: Days of work from which on the learner's own seconds are used: one quick day is no pace.
ENOUGH_DAYS = 5
#: Minutes a day that are told beside those asked for.
OTHER_MINUTES = (15.0, 30.0, 45.0)
#: First answers from which on the learner's own share is used.
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class DomainForecast:
    """Units of a domain: all, met until now, likely met by the exam, share known now and at the exam (0 to 1)."""

    domain: str
    units: int
    met: int
    met_by_exam: int
    known_now: float
    known: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """``days`` to the exam; ``known``: expected share of all units known that day; ``known_now``: today;
    ``domains``: the same for each; ``words``: sentences for the learner. A unit never met counts as not known.
    ``other``: (minutes a day, expected share known that day) for each of :data:`OTHER_MINUTES`; none for an exam that
    is today or past."""

    days: int
    known_now: float
    known: float
    met: int
    met_by_exam: int
    units: int
    domains: tuple[DomainForecast, ...]
    words: str
    other: tuple[tuple[float, float], ...] = ()


@dataclass(slots=True)
class _Card:
    """A unit while the days go by; ``memory`` None until it is met. ``due``: a day counted from today."""

    unit: Unit
    seconds: float
    memory: fsrs.Card | None
    due: int = 0
    reviews: int = 0


def forecast(
    units: Sequence[Unit], memory: Memory, *, now: dt.datetime, exam: dt.date, minutes: float, days_a_week: float = 7.0
) -> Forecast:
    """The share of units known on the day of the exam with ``minutes`` of review on each of ``days_a_week`` days.

    An exam that is today or past gives the present. New units are met in the order of ``units``. With fewer than
    :data:`ENOUGH_DAYS` days of work each unit takes the seconds that the course supposes.
    """
    today = day_of(now, memory.zone)
    units = list({unit.id: unit for unit in units}.values())
    own_pace = memory.days >= ENOUGH_DAYS
    days = (exam - today).days
    played = min(max(days, 0), FARTHEST)
    end = today + dt.timedelta(days=played)

    def at_exam(a_day: float) -> list[_Card]:
        found = [_card(unit, memory, today, own_pace) for unit in units]
        _play(found, today, played, max(0.0, a_day) * 60, min(max(days_a_week, 0.0), 7.0), memory)
        return found

    now_known = [_card(unit, memory, today, own_pace) for unit in units]
    before = [_known(card, today) for card in now_known]
    met = [card.memory is not None for card in now_known]
    cards = at_exam(minutes)
    after = [_known(card, end) for card in cards]
    found = []
    for name in sorted({domain for card in cards for domain in card.unit.domains}):
        own = [place for place, card in enumerate(cards) if name in card.unit.domains]
        found.append(
            DomainForecast(
                domain=name,
                units=len(own),
                met=sum(met[place] for place in own),
                met_by_exam=sum(cards[place].memory is not None for place in own),
                known_now=sum(before[place] for place in own) / len(own),
                known=sum(after[place] for place in own) / len(own),
            )
        )
    total = max(1, len(cards))
    known_now, known = sum(before) / total, sum(after) / total
    met_by_exam = sum(card.memory is not None for card in cards)
    other = tuple(
        (one, known if one == minutes else sum(_known(card, end) for card in at_exam(one)) / total)
        for one in OTHER_MINUTES
        if played and cards
    )
    words = _words(days, exam, minutes, known_now, known, met_by_exam, len(cards), other)
    return Forecast(days, known_now, known, sum(met), met_by_exam, len(cards), tuple(found), words, other)


def _card(unit: Unit, memory: Memory, today: dt.date, own_pace: bool) -> _Card:
    import fsrs

    seconds = memory.likely(unit.question_kind, unit.seconds) if own_pace else max(1.0, unit.seconds)
    state = memory.state(unit.id)
    if state is None:
        return _Card(unit, seconds, None)
    last = dt.datetime.combine(day_of(state.last, memory.zone), dt.time(12, tzinfo=dt.UTC))
    card = fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=state.due,
        last_review=last,
    )
    return _Card(unit, seconds, card, (day_of(state.due, memory.zone) - today).days, state.reps)


def _known(card: _Card, day: dt.date) -> float:
    if card.memory is None or card.memory.stability is None or card.memory.last_review is None:
        return 0.0
    return recall((day - card.memory.last_review.date()).days, card.memory.stability)


def _play(cards: list[_Card], today: dt.date, days: int, budget: float, days_a_week: float, memory: Memory) -> None:
    """Let the days before the exam go by; changes ``cards``."""
    calendar: list[list[_Card]] = [[] for _ in range(days + 1)]
    unmet: deque[_Card] = deque()
    for card in cards:
        if card.memory is None:
            unmet.append(card)
        elif card.due <= days:
            calendar[max(card.due, 0)].append(card)
    first_right = _first_right(memory)
    shortest = min((card.seconds for card in unmet), default=0.0)
    waiting: list[_Card] = []
    for step in range(days):
        waiting += calendar[step]
        if int((step + 1) * days_a_week / 7) == int(step * days_a_week / 7):
            continue  # a day off
        day = today + dt.timedelta(days=step)
        waiting.sort(key=lambda card: (_known(card, day), card.unit.id))  # noqa: B023 - used at once
        left, later = budget, []
        for card in waiting:
            if card.seconds > left:
                later.append(card)
                continue
            left -= card.seconds
            _review(card, day, step, _known(card, day), memory.retention)
            if card.due <= days:
                calendar[card.due].append(card)
        waiting = later
        aside: list[_Card] = []  # too long for what is left today: the next one may go before
        while unmet and shortest <= left:
            card = unmet.popleft()
            if card.seconds > left:
                aside.append(card)
                continue
            left -= card.seconds
            _review(card, day, step, first_right, memory.retention)
            if card.due <= days:
                calendar[card.due].append(card)
        unmet.extendleft(reversed(aside))


def _review(card: _Card, day: dt.date, step: int, chance: float, retention: float) -> None:
    import fsrs

    die = zlib.crc32(f"{card.unit.id} {card.reviews}".encode()) / 2**32
    rating = fsrs.Rating(GOOD if die < chance else AGAIN)
    before = card.memory or fsrs.Card(card_id=1)
    at = dt.datetime.combine(day, dt.time(12, tzinfo=dt.UTC))
    card.memory, _ = scheduler(retention).review_card(before, rating, at)
    card.reviews += 1
    card.due = step + max(1, (card.memory.due.date() - day).days)


def _first_right(memory: Memory) -> float:
    """The learner's own share of units that were known at the first meeting, or what the course supposes."""
    firsts = [memory.reviews(unit)[0].rating > AGAIN for unit in memory.unit_ids]
    return sum(firsts) / len(firsts) if len(firsts) >= _ENOUGH else FIRST_RIGHT


def _words(
    days: int,
    exam: dt.date,
    minutes: float,
    before: float,
    after: float,
    met: int,
    total: int,
    other: Sequence[tuple[float, float]],
) -> str:
    if not total:
        return "There is nothing to forecast yet."
    present = f"Today you would likely know about {before:.0%} of these {total:,} cards and questions."
    if days <= 0:
        return present
    span = "1 day" if days == 1 else f"{days:,} days"
    beyond = f" Only the first {FARTHEST} days were played through." if days > FARTHEST else ""
    more = [f"{share:.0%} with {a_day:g} minutes" for a_day, share in other if a_day != minutes]
    compared = f" For comparison, about {', '.join(more[:-1])} and {more[-1]} a day." if more else ""
    return (
        f"{present} With {minutes:g} minutes a day it would be about {after:.0%} on {exam:%B} {exam.day}, {exam.year}, "
        f"in {span}; by then you would have met {met:,} of them.{compared}{beyond} This is an estimate of memory. It "
        "is no forecast of your exam result."
    )
