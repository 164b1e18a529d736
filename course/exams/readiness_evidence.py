"""What the answers of a learner say about an exam, before any estimate: which domain, how hard, how much it counts.

Not every answer says the same. How much one counts is a product of these:

- **Age.** Half as much for every six weeks: one learns, and one forgets.
- **Again.** The second answer to an item counts 0.3, the third 0.09, and so on; and each is taken to be remembered,
  whatever one knows, in half of the cases, so that a right one says little. An answer to an item within twelve hours
  of the one before counts nothing: the explanation is still in mind.
- **Help.** With the solution looked at before, the answer counts as wrong, at half weight. Right with hints counts
  half, and as half right.
- **Two domains.** An item that belongs to two domains of the exam counts half in each.

An answer that is partly right is right by its score. Flash cards (rated by the learner) and turns with data are left
out. Guessing: of a choice with four options one in four is right without knowing anything (the *floor*); where one
writes an answer, none.

An answer also has its place in the practice of its domain (``practiced``): 0 for the first, and more by the logarithm
of the number of answers before it, as the law of practice has it. See :mod:`course.exams.readiness_model`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from course.learner.records import Attempt

#: Days in which an answer loses half of what it says.
HALF_LIFE = 42.0
#: What each further answer to the same item says, of the one before.
AGAIN = 0.3
#: How often the answer to an item that was answered before is simply remembered.
REMEMBERED = 0.5
#: Hours within which another answer to the same item says nothing.
STILL_IN_MIND = 12.0
#: What an answer says after a hint, or after a look at the solution.
HELPED = 0.5
#: Less than this says nothing.
LEAST = 0.01
#: Answers in a domain after which practice is no longer quite new (the law of practice bends there).
WARM = 10
#: Places in the practice are rounded to this, so that answers alike can be counted together.
ROUND = 0.25
#: Kinds that are no test of knowledge like an exam's.
LEFT_OUT = frozenset({"flashcard", "your_turn"})
#: Share that is right by guessing, where the item is not in the bank (drawn by a generator, or taken out since).
FLOORS = {"single_choice": 0.25, "modifier_choice": 0.05, "multiple_choice": 0.05, "diagram": 0.2}
#: Difficulty of an item of which nothing is known.
MIDDLE = 2


class Cell(NamedTuple):
    """Answers alike: of one domain (its number), difficulty, floor, and place in the practice."""

    domain: int
    difficulty: int
    floor: float
    practiced: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """``cells``: cell -> (how much right, how much wrong). By domain: ``answers`` that were counted, what their
    ``weight`` is together, how much is ``practiced`` by now (as of a cell). In all: ``counted`` answers to ``distinct``
    items."""

    domains: tuple[str, ...]
    cells: Mapping[Cell, tuple[float, float]]
    answers: tuple[int, ...]
    weight: tuple[float, ...]
    practiced: tuple[float, ...]
    counted: int
    distinct: int


def of(
    attempts: Iterable[Attempt],
    items: Mapping[str, Any],
    domains: Sequence[str],
    now: dt.datetime,
) -> Evidence:
    """The evidence of one learner. ``items``: the bank by id; ``domains``: as items name them ("CPC: Anatomy")."""
    number = {name: place for place, name in enumerate(domains)}
    counted = list(_weighed(attempts, items, number, now))
    index = [0] * len(domains)
    cells: dict[Cell, list[float]] = defaultdict(lambda: [0.0, 0.0])
    answers, weight = [0] * len(domains), [0.0] * len(domains)
    for one in counted:
        share = 1 / len(one.places)
        for place in one.places:
            index[place] += 1
            if one.weight < LEAST:
                continue
            cell = cells[Cell(place, one.difficulty, one.floor, round(law(index[place] - 1) / ROUND) * ROUND)]
            cell[0] += one.right * share
            cell[1] += one.wrong * share
            answers[place] += 1
            weight[place] += one.weight * share
    useful = [one for one in counted if one.weight >= LEAST]
    return Evidence(
        domains=tuple(domains),
        cells={cell: (right, wrong) for cell, (right, wrong) in cells.items()},
        answers=tuple(answers),
        weight=tuple(weight),
        practiced=tuple(map(law, index)),
        counted=len(useful),
        distinct=len({one.id for one in useful}),
    )


def law(answers: int) -> float:
    """How much is practiced after so many answers in a domain: it grows ever more slowly."""
    return math.log((answers + WARM) / WARM)


class _Said(NamedTuple):
    """One answer, weighed. ``places``: the numbers of its domains."""

    id: str
    places: tuple[int, ...]
    difficulty: int
    floor: float
    right: float
    wrong: float

    @property
    def weight(self) -> float:
        return self.right + self.wrong


def _weighed(
    attempts: Iterable[Attempt], items: Mapping[str, Any], number: Mapping[str, int], now: dt.datetime
) -> Iterator[_Said]:
    """The answers that are about these domains, oldest first."""
    last: dict[str, tuple[int, dt.datetime]] = {}
    places_of: dict[tuple[str, ...], tuple[int, ...]] = {}
    about: dict[tuple[str, int | None], tuple[int, float]] = {}
    for one in sorted(attempts, key=lambda one: one.at):
        if one.kind in LEFT_OUT:
            continue
        name, item = one.question_id, items.get(one.question_id)
        domains = one.domains if item is None else item.domains
        places = places_of.get(domains)
        if places is None:
            places = places_of[domains] = tuple(dict.fromkeys(number[each] for each in domains if each in number))
        if not places:
            continue
        if (known := about.get((name, one.level))) is None:
            known = about[name, one.level] = _about(one, item)
        difficulty, floor = known
        times, before = last.get(name, (0, one.at))
        last[name] = times + 1, one.at
        weight = 0.5 ** (max((now - one.at).total_seconds(), 0.0) / 86_400 / HALF_LIFE)
        if times:
            soon = (one.at - before).total_seconds() < 3600 * STILL_IN_MIND
            weight *= 0.0 if soon else AGAIN**times
            floor = 1 - (1 - floor) * (1 - REMEMBERED)
        right = {"correct": 1.0, "incorrect": 0.0}.get(one.outcome, one.score)
        if one.solution_seen or (one.hints_used and right):
            weight, right = weight * HELPED, 0.0 if one.solution_seen else right * HELPED
        yield _Said(name, places, difficulty, floor, weight * right, weight * (1 - right))


def _about(one: Attempt, item: Any) -> tuple[int, float]:
    """Difficulty (1 to 3) and floor of the item that was answered."""
    if item is None:
        level = one.level if one.level in (1, 2, 3) else MIDDLE
        return level, FLOORS.get(one.kind, 0.0)
    options = len(getattr(item, "options", ()))
    if item.kind == "single_choice" and options:
        return item.difficulty, 1 / options
    return item.difficulty, FLOORS.get(item.kind, 0.0)
