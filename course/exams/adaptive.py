"""What to practice next, so that each minute brings the exam as near as it can.

    choose(candidates, mastery, weights, rng, done=asked_already)      # -> the id of one candidate
    mastery(attempts, items, domains, now)                             # -> {"CPC: Anatomy": 0.62, …}

The worth of an item is what one minute with it may bring in an exam:

    worth = weight of its domain in the exam x lack x lack x what practice brings / minutes it takes

*Lack* is 1 less the mastery of the domain. It counts twice: the less is lacking, the less one more item teaches, and
the less what it teaches changes in the exam. *What practice brings* is most for an item that is new; an item
met before brings as much of that as is forgotten of it by now. It is most for one that is near the learner's level:
neither surely known nor out of reach. Of a domain in which hardly anything was answered the mastery is a guess
from the other domains: it counts as low until one has looked. Once in ten choices the domain is drawn by its weight in
the exam alone, because a mastery that is estimated too high would otherwise never be looked at again. Nothing comes
twice in one session while there is anything else.

Domains are named as the items name them ("CPC: Anatomy"), in all mappings.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.learner.records import Attempt

#: One choice in so many looks at a domain by its weight in the exam alone.
EXPLORE = 10
#: What an item of which nothing is forgotten brings, of what a new one brings.
FRESH = 0.05
#: What an item far from the learner's level brings, of what one at that level brings.
FAR = 0.4
#: Mastery of a domain in which fewer items than :data:`LOOK` were answered, at most.
UNKNOWN, LOOK = 0.3, 3
#: Steps of ability between one difficulty and the next; see :mod:`course.exams.readiness_evidence`.
STEP = 0.9


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that could be asked now. ``difficulty``: 1 to 3; ``due``: the share of it that is forgotten by now (1
    less the chance to recall it), 0 for one never answered; ``seen``: answered before; ``seconds``: it takes."""

    id: str
    domain: str
    difficulty: int
    due: float = 0.0
    seen: bool = False
    seconds: float = 60.0


def choose(
    candidates: Sequence[Candidate],
    mastery: Mapping[str, float],
    weights: Mapping[str, float],
    rng: random.Random,
    *,
    done: Collection[str] = (),
) -> str:
    """The id of the item to ask next. ``mastery``: 0 to 1 by domain; ``weights``: items of the exam by domain, in any
    unit; ``done``: ids that were asked in this session. Raises ``ValueError`` when there are no candidates."""
    if not candidates:
        raise ValueError("there is nothing to choose from")
    left = [one for one in candidates if one.id not in done] or list(candidates)
    mastery = _looked_at(candidates, mastery, done)
    if rng.randrange(EXPLORE) == 0:
        left = _of_one_domain(left, weights, rng)
    # A tenth of chance, so that equals do not always come in the order of their names.
    return max(left, key=lambda one: worth(one, mastery, weights) * (1 + 0.1 * rng.random())).id


def worth(one: Candidate, mastery: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What a minute with this item may bring; only comparisons of it mean anything."""
    level = min(max(mastery.get(one.domain, UNKNOWN), 0.01), 0.99)
    minutes = max(one.seconds, 10.0) / 60
    return weights.get(one.domain, 0.0) * (1 - level) ** 2 * _brings(one, level) / minutes


def _looked_at(
    candidates: Sequence[Candidate], mastery: Mapping[str, float], done: Collection[str]
) -> dict[str, float]:
    """Mastery by domain; low where hardly anything was answered."""
    answered = Counter(one.domain for one in candidates if one.seen or one.id in done)
    return {domain: level if answered[domain] >= LOOK else min(level, UNKNOWN) for domain, level in mastery.items()}


def _brings(one: Candidate, level: float) -> float:
    known = 1 / (1 + math.exp(STEP * (one.difficulty - 2)) * (1 - level) / level)
    near = FAR + (1 - FAR) * 4 * known * (1 - known)
    fresh = min(1.0, max(FRESH, one.due)) if one.seen else 1.0
    return near * fresh


def _of_one_domain(left: list[Candidate], weights: Mapping[str, float], rng: random.Random) -> list[Candidate]:
    """The candidates of a domain that is drawn by its weight in the exam."""
    domains = sorted({one.domain for one in left})
    shares = [weights.get(domain, 0.0) for domain in domains]
    if sum(shares) <= 0:
        return left
    drawn = rng.choices(domains, shares)[0]
    return [one for one in left if one.domain == drawn]


def mastery(
    attempts: Sequence[Attempt], items: Mapping[str, Any], domains: Sequence[str], now: dt.datetime
) -> dict[str, float]:
    """By domain, the share of items of exam difficulty that the learner knows, guessing taken out: 0 to 1. ``items``:
    the bank by id. A domain without answers has what the others lead one to expect."""
    from course.exams import readiness_evidence, readiness_model

    evidence = readiness_evidence.of(attempts, items, domains, now)
    return dict(zip(domains, readiness_model.posterior(evidence).known(), strict=True))
