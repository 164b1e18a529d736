"""Does choosing well save work? Simulated learners practice until they know enough for the exam.

    python -m course.exams.simulate_practice           500 learners, some minutes
    python -m course.exams.simulate_practice 50        fewer

A simulated learner knows the domains of the CPC unevenly. Each item that is practiced brings the ability in its domain
a part of the way to what this learner can reach (diminishing returns; an item met before brings as much of that as was
forgotten of it, a tenth at least); each day takes half a percent of what was gained (forgetting). 30 items a day, from
the course's own bank, until the learner would get 80 percent of an exam right. Three ways to choose, for the same
learners:

- ``adaptive``: :func:`course.exams.adaptive.choose`, with the mastery that is estimated from the answers alone;
- ``random``: any item of the bank, none twice in a day;
- ``weighted``: a domain drawn by its weight in the exam, then any of its items: what a careful learner might do alone.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from course.exams import adaptive, blueprint, readiness_model, simulate
from course.learner.records import Attempt

SEED, LEARNERS = 7073, 500
#: The share of an exam to reach; items a day; items after which a learner gives up; items between two estimates.
TARGET, A_DAY, MOST, EVERY = 0.80, 30, 1_500, 10
#: How far one item goes towards what can be reached; ability lost in a day, of what was gained; days to forget an item.
RATE, FADE, FORGET_DAYS = (0.03, 0.08), 0.005, 20.0
#: Items of the bank in the simulation: every other one, so that it does not take an hour.
THIN = 2


class Needed(NamedTuple):
    """Items that one learner needed, by way of choosing (:data:`MOST`: gave up)."""

    adaptive: int
    random: int
    weighted: int


class Bank(NamedTuple):
    """Items by id; candidates by id; items of the exam by domain."""

    items: dict[str, Any]
    candidates: dict[str, adaptive.Candidate]
    weights: dict[str, float]


class _Day(NamedTuple):
    """What a way of choosing may know."""

    candidates: Sequence[adaptive.Candidate]
    done: set[str]
    said: Sequence[Attempt]
    now: dt.datetime


#: Chooses an id.
Way = Callable[[Bank, _Day, random.Random], str]


def course_bank(exam: str = "CPC") -> Bank:
    """Items of the course's bank that belong to an exam."""
    from course.questions import bank

    plan = blueprint.load(exam)
    weights = {plan.names_item(one.name): float(one.count) for one in plan.domains}
    items: dict[str, Any] = {}
    by_domain: dict[str, int] = defaultdict(int)
    candidates: dict[str, adaptive.Candidate] = {}
    for item in bank.sound_items():
        domain = next((one for one in item.domains if one in weights), None)
        if domain is None or item.kind == "your_turn":
            continue
        by_domain[domain] += 1
        if by_domain[domain] % THIN == 1:
            items[item.id] = item
            candidates[item.id] = adaptive.Candidate(item.id, domain, item.difficulty)
    return Bank(items, candidates, weights)


def _random(bank: Bank, day: _Day, rng: random.Random) -> str:
    return rng.choice([one.id for one in day.candidates if one.id not in day.done])


def _weighted(bank: Bank, day: _Day, rng: random.Random) -> str:
    domain = rng.choices(list(bank.weights), list(bank.weights.values()))[0]
    own = [one.id for one in day.candidates if one.domain == domain]
    return rng.choice([one for one in own if one not in day.done] or own)


def _adaptive() -> Way:
    known: dict[str, float] = {}

    def way(bank: Bank, day: _Day, rng: random.Random) -> str:
        if len(day.said) % EVERY == 0:
            known.update(adaptive.mastery(day.said, bank.items, list(bank.weights), day.now))
        return adaptive.choose(day.candidates, known, bank.weights, rng, done=day.done)

    return way


def needed(way: Way, bank: Bank, seed: str) -> int:
    """Items until the target. Learner and course of chance follow from ``seed``, the same for each way."""
    rng, domains = random.Random(seed), list(bank.weights)
    level = rng.gauss(-0.2, 0.4)
    start = [level + rng.gauss(0, 0.7) for _ in domains]
    reach = [max(one + 0.3, rng.gauss(2.4, 0.3)) for one in start]
    rate, ability = rng.uniform(*RATE), list(start)
    last: dict[str, dt.datetime] = {}
    said: list[Attempt] = []
    now, done = simulate.NOW, set[str]()
    candidates = list(bank.candidates.values())
    for count in range(MOST):
        if _share(ability, bank) >= TARGET:
            return count
        if count and count % A_DAY == 0:
            now, done = now + dt.timedelta(days=1), set()
            ability = [one - FADE * (one - first) for one, first in zip(ability, start, strict=True)]
            candidates = [_faded(one, last.get(one.id), now) for one in bank.candidates.values()]
        name = way(bank, _Day(candidates, done, said, now), rng)
        item, domain = bank.items[name], domains.index(bank.candidates[name].domain)
        floor = 0.25 if item.kind == "single_choice" else 0.0
        known = 1 / (1 + math.exp(readiness_model.DIFFICULTY[item.difficulty] - ability[domain]))
        right = rng.random() < floor + (1 - floor) * known
        said.append(
            Attempt(
                question_id=name,
                content_version="",
                kind=item.kind,
                response=None,
                domains=item.domains,
                outcome="correct" if right else "incorrect",
                score=float(right),
                at=now,
                uid="simulated",
            )  # fmt: skip
        )
        new = max(0.1, _forgotten(last[name], now)) if name in last else 1.0
        ability[domain] += rate * new * (reach[domain] - ability[domain])
        last[name] = now
        done.add(name)
    return MOST


def _share(ability: Sequence[float], bank: Bank) -> float:
    """The share of an exam that would be right."""
    total = sum(bank.weights.values())
    found = (
        weight * simulate.true_share(round(one, 2)) for one, weight in zip(ability, bank.weights.values(), strict=True)
    )
    return sum(found) / total


def _faded(one: adaptive.Candidate, last: dt.datetime | None, now: dt.datetime) -> adaptive.Candidate:
    if last is None:
        return one
    return adaptive.Candidate(one.id, one.domain, one.difficulty, _forgotten(last, now), True)


def _forgotten(last: dt.datetime, now: dt.datetime) -> float:
    return 1 - math.exp(-(now - last).days / FORGET_DAYS)


def run(learners: int, seed: int = SEED) -> list[Needed]:
    """Each learner three times, once for each way."""
    bank = course_bank()
    return [
        Needed(*(needed(way, bank, f"{seed}/{number}") for way in (_adaptive(), _random, _weighted)))
        for number in range(learners)
    ]


def saved(found: Sequence[Needed], other: str) -> list[float]:
    """By learner: percent of items saved against another way, sorted."""
    return sorted(100 * (1 - one.adaptive / max(1, getattr(one, other))) for one in found)


def report(found: Sequence[Needed]) -> Iterator[str]:
    """Lines of the report."""
    yield f"{len(found)} learners; items until {100 * TARGET:.0f} percent of an exam are known"
    for name in Needed._fields:
        counts = sorted(getattr(one, name) for one in found)
        low, high = (counts[round((len(counts) - 1) * part)] for part in (0.1, 0.9))
        given_up = sum(one >= MOST for one in counts)
        yield f"  {name:>8}: median {statistics.median(counts):.0f}, 8 of 10 from {low} to {high}; gave up: {given_up}"
    for name in Needed._fields[1:]:
        parts = saved(found, name)
        low, high = (parts[round((len(parts) - 1) * part)] for part in (0.1, 0.9))
        better = sum(one > 0 for one in parts)
        yield (
            f"  saved against {name}: median {statistics.median(parts):.0f} percent, 8 of 10 from {low:.0f} to "
            f"{high:.0f}; fewer for {better} of {len(parts)}"
        )


def main(arguments: Sequence[str]) -> int:
    """``[learners]``"""
    for line in report(run(int(arguments[0]) if arguments else LEARNERS)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
