"""Simulated learners: where they begin, and what an answer leaves with them. See :mod:`course.exams.simulate`.

Populations: ``assumed``, as the model expects; ``camps``, which it does not expect: half beginners, half nearly ready,
with few between; ``learning``, who get better by each answer, by another law than the model's, and forget. Three more
are hard on purpose and are reported without a bar: ``gap``, two camps with the pass line just in the gap between them,
where hardly anybody is; ``idle``, who practice and learn nothing; ``line``, all of whom are close to the pass line.
Nobody who sees one learner alone can know which of these worlds the learner is from.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from course.exams import readiness_evidence, readiness_model


@dataclass(slots=True)
class Learner:
    """``ability`` by domain, now; ``practice(domain)`` is called after each answer."""

    ability: list[float]
    practice: Callable[[int], None]


def _around(rng: random.Random, level: float, scatter: float, domains: int) -> list[float]:
    return [level + rng.gauss(0, scatter) for _ in range(domains)]


def _by_the_law(start: list[float], growth: float) -> Learner:
    """One who begins with these abilities and grows by the law of practice."""
    law, done = readiness_evidence.law, [0] * len(start)
    one = Learner(list(start), lambda _: None)

    def practice(domain: int) -> None:
        done[domain] += 1
        room = min(2.0, max(0.0, 1 - start[domain] / readiness_model.CEILING))
        one.ability[domain] = start[domain] + growth * room * law(done[domain])

    one.practice = practice
    return one


def _growth(rng: random.Random) -> float:
    return rng.gauss(readiness_model.GROWTH, readiness_model.GROWTH_SPREAD)


def _assumed(rng: random.Random, domains: int) -> Learner:
    model = readiness_model
    start = _around(rng, rng.gauss(model.LEVEL, model.LEVEL_SPREAD), rng.choice(model.SCATTERS), domains)
    return _by_the_law(start, _growth(rng))


def _camps(rng: random.Random, domains: int) -> Learner:
    level = rng.gauss(-1.0, 0.4) if rng.random() < 0.5 else rng.gauss(0.7, 0.4)
    return _by_the_law(_around(rng, level, 0.5, domains), _growth(rng))


def _gap(rng: random.Random, domains: int) -> Learner:
    level = rng.gauss(-0.6, 0.6) if rng.random() < 0.5 else rng.gauss(1.3, 0.6)
    return _by_the_law(_around(rng, level, 0.5, domains), _growth(rng))


def _learning(rng: random.Random, domains: int) -> Learner:
    """Each answer closes a part of the gap to what this learner can reach in the domain, and fades some everywhere."""
    start = _around(rng, rng.gauss(-0.1, 1.0), 0.5, domains)
    reach = [max(one, rng.gauss(1.6, 0.5)) for one in start]
    rate, fade = rng.uniform(0.005, 0.05), rng.uniform(0.0, 0.0004)
    one = Learner(list(start), lambda _: None)

    def practice(domain: int) -> None:
        one.ability[domain] += rate * (reach[domain] - one.ability[domain])
        one.ability[:] = [now - fade * (now - first) for now, first in zip(one.ability, start, strict=True)]

    one.practice = practice
    return one


def _idle(rng: random.Random, domains: int) -> Learner:
    return Learner(_around(rng, rng.gauss(0.5, 0.8), 0.5, domains), lambda _: None)


def _line(rng: random.Random, domains: int) -> Learner:
    return _by_the_law(_around(rng, rng.gauss(0.6, 0.4), 0.5, domains), _growth(rng))


#: Name -> (what it is, how a learner of it is made, whether the bar holds for it).
POPULATIONS: dict[str, tuple[str, Callable[[random.Random, int], Learner], bool]] = {
    "assumed": ("as the model assumes", _assumed, True),
    "camps": ("two camps, beginners and nearly ready", _camps, True),
    "learning": ("learning while practicing, by another law", _learning, True),
    "gap": ("two camps, the pass line in the gap between them (no bar)", _gap, False),
    "idle": ("practicing without learning anything (no bar)", _idle, False),
    "line": ("all close to the pass line (no bar)", _line, False),
}
