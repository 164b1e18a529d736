"""How ready a learner is for an exam: the chance to pass if they sat it today, from all they have answered.

    estimate(attempts, blueprint.load("CPC"), {item.id: item for item in bank.sound_items()}, paths.now())

What an answer says is in :mod:`course.exams.readiness_evidence`, the model in :mod:`course.exams.readiness_model`, the
sentences in :mod:`course.exams.readiness_words`, and the proof that the stated chances come true, on simulated learners
of known ability, in :mod:`course.exams.simulate`.

**The pass line.** Where the body publishes it in percent, it is that line; the range of chances then shows what a real
exam does that is a little harder or easier than this course's questions (three points of the line either way: the
course's own assumption). Where the body reports a scaled score (CCA, CCS), nobody outside knows the share of right
answers behind it. The course assumes that it lies between 65 and 75 percent, says so, and gives the chance at both.

**Too early.** Below :data:`LEAST_ITEMS` different items, with a domain in which nothing was answered, or when what was
answered is old, no chance is given: prior assumptions, and not the learner, would make the figure.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.exams import readiness_evidence, readiness_model, readiness_words
from course.exams.readiness_model import Part

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.exams.readiness_evidence import Evidence
    from course.exams.readiness_model import Interval
    from course.learner.records import Attempt

#: Different items of the exam's domains that must have been answered.
LEAST_ITEMS = 60
#: What the answers must count together, after their age: so many fresh first answers say as much.
LEAST_WEIGHT = 20.0
#: How much harder or easier than the course's questions the real exam may be, as points of the pass line.
HARDER = 0.03
#: Where the pass line of a scaled exam is taken to be, as a share of the scored items.
SCALED_LINE = (0.65, 0.70, 0.75)
#: Right by guessing alone, where a part of an exam asks choices of four.
GUESS = 0.25


@dataclass(frozen=True, slots=True)
class DomainEstimate:
    """``share``: items of this domain that would be right in an exam, 0 to 1; ``low`` to ``high`` holds it in 9 of 10
    cases; ``answers``: how many answers say so; ``items``: scored items in a full exam; ``lessons``: that teach it."""

    name: str
    share: float
    low: float
    high: float
    answers: int
    items: int = 0
    lessons: tuple[str, ...] = ()

    @property
    def lost(self) -> float:
        """Items of a full exam that would be wrong today: what there is to gain."""
        return self.items * (1 - self.share)


@dataclass(frozen=True, slots=True)
class Line:
    """The pass line as a share of the scored items, and the ends of its range. ``assumed``: the body does not publish
    it, the range is the course's own assumption."""

    low: float
    middle: float
    high: float
    assumed: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """``enough`` False: too early to say; ``missing`` tells what is missing, and the numbers are not to be shown.

    ``chance`` (0 to 1) to pass an exam taken now; ``chance_low`` at the upper end of the pass line's range,
    ``chance_high`` at its lower end. ``expected``: share of the scored items right, ``expected_low`` to
    ``expected_high`` in 9 of 10 exams. ``answers``: that were counted, to ``distinct`` items."""

    exam: str
    title: str
    domains: tuple[DomainEstimate, ...]
    chance: float
    chance_low: float
    chance_high: float
    expected: float
    expected_low: float
    expected_high: float
    line: Line
    scored: int
    answers: int
    distinct: int
    missing: tuple[str, ...]
    words: str
    enough: bool

    def worth_most(self, count: int = 3) -> list[DomainEstimate]:
        """The domains in which most is to be gained: items in the exam times the share that would be wrong."""
        return sorted(self.domains, key=lambda one: (-one.lost, one.name))[:count]


def estimate(
    attempts: Iterable[Attempt], blueprint: Blueprint, items_by_id: Mapping[str, Any], now: dt.datetime
) -> Readiness:
    """Of one learner, for one exam. Deterministic: the same answers give the same figures."""
    names = [blueprint.names_item(one.name) for one in blueprint.domains]
    evidence = readiness_evidence.of(attempts, items_by_id, names, now)
    parts = parts_of(blueprint)
    posterior = readiness_model.posterior(evidence)
    chances = posterior.number_right(parts)
    line, scored = line_of(blueprint), len(chances) - 1
    domains = tuple(
        DomainEstimate(
            one.name,
            *_share(posterior, parts, place),
            evidence.answers[place],
            one.scored,
            tuple(one.lessons),
        )
        for place, one in enumerate(blueprint.domains)
    )
    missing = tuple(missing_of(evidence, blueprint))
    expected = sum(count * float(chance) for count, chance in enumerate(chances)) / scored
    low, high = _middle_of(chances)
    hardest, middle, easiest = (_reaches(chances, share) for share in (line.high, line.middle, line.low))
    enough = not missing
    words = (
        readiness_words.headline(blueprint.exam, (hardest, middle, easiest), line)
        if enough
        else f"{readiness_words.EARLY} {missing[0]}"
    )
    return Readiness(
        exam=blueprint.exam,
        title=blueprint.title,
        domains=domains,
        chance=middle,
        chance_low=hardest,
        chance_high=easiest,
        expected=expected,
        expected_low=low / scored,
        expected_high=high / scored,
        line=line,
        scored=scored,
        answers=evidence.counted,
        distinct=evidence.distinct,
        missing=missing,
        words=words,
        enough=enough,
    )


def line_of(blueprint: Blueprint) -> Line:
    """The pass line of an exam."""
    share = blueprint.pass_share
    if share is None:
        return Line(*SCALED_LINE, assumed=True)
    return Line(share - HARDER, share, share + HARDER, assumed=False)


def parts_of(blueprint: Blueprint) -> list[Part]:
    """What of an exam is scored, part by part."""
    number = {one.name: place for place, one in enumerate(blueprint.domains)}
    return [
        Part(number[cell.domain], cell.count - cell.unscored, GUESS if "single_choice" in cell.kinds else 0.0)
        for cell in blueprint.cells
    ]


def missing_of(evidence: Evidence, blueprint: Blueprint) -> list[str]:
    """What keeps a chance from being told, in sentences; nothing when there is enough."""
    empty = [one.name for place, one in enumerate(blueprint.domains) if not evidence.answers[place]]
    return readiness_words.missing(
        exam=blueprint.exam,
        items=evidence.distinct,
        least=LEAST_ITEMS,
        empty=empty,
        old=evidence.distinct >= LEAST_ITEMS and sum(evidence.weight) < LEAST_WEIGHT,
    )


def needed(share: float, scored: int) -> int:
    """Items that must be right for a share of the scored ones: 70 percent of 97 are 68."""
    return math.ceil(share * scored - 1e-9)


def _reaches(chances: Any, share: float) -> float:
    return min(1.0, float(chances[needed(share, len(chances) - 1) :].sum()))


def _middle_of(chances: Any) -> tuple[int, int]:
    """The numbers right that 9 of 10 exams lie between."""
    total, low, high = 0.0, None, len(chances) - 1
    for count, chance in enumerate(chances):
        total += float(chance)
        if low is None and total >= 0.05:
            low = count
        if total >= 0.95:
            high = count
            break
    return low or 0, high


def _share(posterior: Any, parts: list[Part], place: int) -> tuple[float, float, float]:
    """Mean and ends of the share right in a domain, whose parts may be guessed to different degrees."""
    own = [part for part in parts if part.domain == place and part.items]
    items = sum(part.items for part in own) or 1
    floor = sum(part.items * part.floor for part in own) / items
    told: Interval = posterior.share(place, floor)
    return told.share, told.low, told.high
