"""Do the stated chances come true? Simulated learners of known ability, at the scale of the CPC.

    python -m course.exams.simulate              2,000 learners of each population, some minutes
    python -m course.exams.simulate 200 camps    fewer, of one population

A simulated learner has a true ability in each domain. They answer items of a made bank (three difficulties, each item
off by some error that the estimate does not know; choices that can be guessed; some items twice, and then now and then
remembered), over one week to three months, some domain by domain, some mixed. :func:`course.exams.readiness.estimate`
states a chance to pass from these answers alone. The true chance follows exactly from the true abilities on the last
day. The learners are then put in order of the stated chance and cut into ten groups (deciles): in each the mean stated
chance should be the mean true chance.

The populations are those of :mod:`course.exams.simulate_learners`.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import math
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from course.exams import blueprint, readiness, readiness_model
from course.exams.simulate_learners import POPULATIONS, Learner
from course.learner.records import Attempt

if TYPE_CHECKING:
    import numpy as np

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
SEED = 7072
LEARNERS = 2_000
#: Points between stated and true chance that are allowed in each decile.
BAR = 5.0
#: Items of the made bank in each domain; shares of the difficulties; share of the items that are choices.
POOL, DIFFICULTIES, CHOICES = 60, (0.2, 0.45, 0.35), 0.7
#: Learners who share a bank. All would be off alike if there were but one, whose items happen to be hard.
CLASS = 20
#: Answers of a learner: from, to (every order of magnitude as likely). How often one is to an item met before.
ANSWERS, AGAIN = (80, 600), 0.12
DAYS = (7.0, 90.0)


class Stated(NamedTuple):
    """One learner: chance stated and true; how many of the domains' intervals hold the true share."""

    stated: float
    true: float
    held: float


class Group(NamedTuple):
    """A tenth of the learners: how many, means of the stated and the true chance, standard error of the difference
    (all in points of 100)."""

    size: int
    stated: float
    true: float
    error: float

    @property
    def off(self) -> float:
        """True less stated."""
        return self.true - self.stated


@dataclass(frozen=True, slots=True)
class World:
    """A bank of made items: id -> item, id -> (number of the domain, true difficulty, floor)."""

    plan: Any
    items: dict[str, Any]
    true: dict[str, tuple[int, float, float]]


def world(rng: random.Random, exam: str = "CPC") -> World:
    """A bank for an exam."""
    plan = blueprint.load(exam)
    items, true = {}, {}
    for place, domain in enumerate(plan.domains):
        for number in range(POOL):
            name = f"made/{place}-{number}"
            level = rng.choices((1, 2, 3), DIFFICULTIES)[0]
            kind = "single_choice" if rng.random() < CHOICES else "code_entry"
            domains = (plan.names_item(domain.name),)
            items[name] = SimpleNamespace(kind=kind, difficulty=level, domains=domains, options=("a", "b", "c", "d"))
            hard = readiness_model.DIFFICULTY[level] + rng.gauss(0, readiness_model.MISJUDGED)
            true[name] = place, hard, 0.25 if kind == "single_choice" else 0.0
    return World(plan, items, true)


# -- one learner


def answers(rng: random.Random, bank: World, make: Callable[..., Learner]) -> tuple[Learner, list[Attempt]]:
    """What one learner answered, oldest first, and the learner as they are on the last day."""
    low, high = (math.log(end) for end in ANSWERS)
    count, days = round(math.exp(rng.uniform(low, high))), rng.uniform(*DAYS)
    liking = [one.count * rng.uniform(0.4, 1.6) for one in bank.plan.domains]
    order = rng.choices(range(len(liking)), liking, k=count)
    if rng.random() < 0.5:
        order.sort()  # lesson by lesson
    one = make(rng, len(liking))
    said: list[Attempt] = []
    met: list[str] = []
    for place, domain in enumerate(order):
        repeat = bool(met) and rng.random() < AGAIN
        name = rng.choice(met) if repeat else f"made/{domain}-{rng.randrange(POOL)}"
        where, hard, floor = bank.true[name]
        chance = floor + (1 - floor) / (1 + math.exp(hard - one.ability[where]))
        if name in met:
            chance += (1 - chance) * rng.uniform(0.3, 0.7)
        right = rng.random() < chance
        at = NOW - dt.timedelta(days=days * (1 - (place + rng.random()) / count))
        said.append(
            Attempt(
                question_id=name,
                content_version="",
                kind=bank.items[name].kind,
                response=None,
                outcome="correct" if right else "incorrect",
                score=float(right),
                domains=bank.items[name].domains,
                at=at,
                uid="simulated",
            )  # fmt: skip
        )
        met.append(name)
        one.practice(where)
    return one, said


def run(population: str, learners: int, seed: int = SEED) -> list[Stated]:
    """So many learners of a population, of whom the estimate says that there are answers enough."""
    rng = random.Random(f"{seed}/{population}")
    bank, found = world(rng), list[Stated]()
    parts, line = readiness.parts_of(bank.plan), readiness.line_of(bank.plan).middle
    for count in itertools.count(1):
        if len(found) == learners:
            return found
        if count % CLASS == 0:
            bank = world(rng)
        one, said = answers(rng, bank, POPULATIONS[population][1])
        told = readiness.estimate(said, bank.plan, bank.items, NOW)
        if told.enough:
            shares = [float(true_share(ability)) for ability in one.ability]
            held = [domain.low <= share <= domain.high for domain, share in zip(told.domains, shares, strict=True)]
            found.append(Stated(told.chance, true_chance(shares, parts, line), sum(held) / len(held)))
    raise AssertionError("the count does not end")


# -- what is true


@functools.lru_cache(maxsize=65_536)
def true_share(ability: float) -> float:
    """The share of exam items, choices of four, that this ability gets right; exact, unlike the model's curve."""
    import numpy as np

    places, weights = _normal()
    known = sum(
        share * float(weights @ (1 / (1 + np.exp(readiness_model.DIFFICULTY[level] + places - ability))))
        for level, share in readiness_model.EXAM_LEVELS.items()
    )
    return readiness.GUESS + (1 - readiness.GUESS) * known


@functools.cache
def _normal() -> tuple[np.ndarray, np.ndarray]:
    """How far items are off, and how often (Gauss and Hermite)."""
    import numpy as np

    places, weights = np.polynomial.hermite_e.hermegauss(21)
    return places * readiness_model.MISJUDGED, weights / weights.sum()


def true_chance(shares: Sequence[float], parts: Sequence[readiness_model.Part], line: float) -> float:
    """The chance to reach the pass line, items right by chance ``shares[domain]``: counted out domain by domain."""
    import numpy as np

    chances = np.ones(1)
    for part in parts:
        share = shares[part.domain]
        own = [math.comb(part.items, k) * share**k * (1 - share) ** (part.items - k) for k in range(part.items + 1)]
        chances = np.convolve(chances, own)
    return float(chances[readiness.needed(line, len(chances) - 1) :].sum())


# -- the table


def groups(found: Sequence[Stated], count: int = 10) -> list[Group]:
    """The learners in order of the stated chance, cut into groups of one size."""
    ordered = sorted(found)
    ends = [round(len(ordered) * place / count) for place in range(count + 1)]
    return [_group(ordered[first:last]) for first, last in zip(ends, ends[1:], strict=False) if first < last]


def _group(part: Sequence[Stated]) -> Group:
    size = len(part)
    stated, true = (100 * sum(column) / size for column in ([p.stated for p in part], [p.true for p in part]))
    spread = sum((100 * (p.true - p.stated) - (true - stated)) ** 2 for p in part) / max(1, size - 1)
    return Group(size, stated, true, math.sqrt(spread / size))


def held(found: Sequence[Stated]) -> float:
    """Percent of the domains' intervals (9 of 10 cases) that hold the true share."""
    return 100 * sum(one.held for one in found) / len(found)


def report(names: Sequence[str], learners: int) -> Iterator[str]:
    """Lines of the report."""
    for name in names:
        what, _, barred = POPULATIONS[name]
        found = run(name, learners)
        table = groups(found)
        worst = max(abs(one.off) for one in table)
        yield f"{name}: {what}; {learners} learners"
        yield "  decile   stated    true   true - stated (standard error)"
        for place, one in enumerate(table, 1):
            yield f"  {place:>6} {one.stated:>8.1f} {one.true:>7.1f} {one.off:>+10.1f} ({one.error:.1f})"
        verdict = ("within" if worst <= BAR else "NOT within") + f" {BAR:.0f}" if barred else "no bar"
        yield f"  largest difference {worst:.1f} points ({verdict}); intervals hold {held(found):.1f} of 100"
        yield ""


def main(arguments: Sequence[str]) -> int:
    """``[learners] [population …]``; 1 when a population misses its bar."""
    numbers = [int(one) for one in arguments if one.isdigit()]
    names = [one for one in arguments if one in POPULATIONS] or list(POPULATIONS)
    missed = False
    for line in report(names, numbers[0] if numbers else LEARNERS):
        print(line, flush=True)
        missed = missed or "NOT within" in line
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
