"""From answers to a chance to pass: the model, in plain words.

**Ability.** In each domain of the exam a learner has an ability, a number on the usual scale of such models (0: an item
of middle difficulty that must be written is known in half of the cases; +1: in about 7 of 10). The abilities with which
one learner *begins* scatter around a level of their own: who begins strong in eleven domains is seldom lost in the
twelfth. So a domain with few answers borrows from the others, and the less it has the more. How wide they scatter is
not assumed but weighed: three widths are tried, and each counts as much as it fits the answers.

**Items.** An item of difficulty 1, 2 or 3 sits 0.9 below, at, or 0.9 above the middle, but authors misjudge items: each
is taken to be off by about 0.7 either way. A choice can be guessed (the floor).

**Practice.** While one practices one learns, so an early answer speaks of a learner who knew less. By the law of
practice ability grows with the logarithm of what was practiced in the same domain: a domain that was not practiced did
not grow with the others; and the less there is left to learn, the slower it grows. How fast this learner grows is
weighed like the scatter: nine rates from a little forgetting to fast learning are tried. A pause adds nothing.

**Estimate.** All this is worked out on a grid: no random numbers, so that the same answers give the same figures. Given
level, scatter and growth, the domains do not depend on one another, which makes the sum exact and quick.

**Exam.** The number right in an exam with the blueprint's items in each domain follows from the abilities: for each
point of the grid each item is a coin with its own chance, half of the items of difficulty 2 and half of 3 (as in the
exam hall's pool). The counts of all domains are added exactly (by their characteristic functions), and the grid is
averaged. The chance to pass is the share of this distribution at or above the pass line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    from course.exams.readiness_evidence import Evidence

#: Where items of difficulty 1, 2, 3 sit on the scale of ability, and how far off the author may be (one standard
#: deviation).
DIFFICULTY = {1: -0.9, 2: 0.0, 3: 0.9}
MISJUDGED = 0.7
#: The shares of an exam's items by difficulty.
EXAM_LEVELS = {2: 0.5, 3: 0.5}
#: Before any answer: the middle and the spread of the level at which the learner begins.
LEVEL, LEVEL_SPREAD = 0.3, 1.2
#: How wide the domains of one learner scatter around the level: the widths that are tried, equally likely at first.
SCATTERS = (0.25, 0.5, 0.9)
#: Growth of ability for each e-fold of practice: its middle and spread before any answer, and how it is tried.
GROWTH, GROWTH_SPREAD, GROWTHS = 0.4, 0.4, 9
#: The ability at which nothing is left to learn.
CEILING = 3.0
#: The grids: abilities and levels from -END to END.
END, ABILITIES, LEVELS = 5.5, 111, 56
#: The likeliest cells of the grid are kept, until they hold this much of the whole.
KEPT = 0.999


class Part(NamedTuple):
    """Items of an exam that are scored: the number of their domain, how many, and the share that guessing alone gets
    right."""

    domain: int
    items: int
    floor: float


class Interval(NamedTuple):
    """Middle of a share (0 to 1), and the ends that hold it in 9 of 10 cases."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known after the answers. ``weights``: of the cells of the grid that matter; ``given``: cells x domains x
    abilities now, each row a distribution; ``marginal``: domains x abilities now."""

    weights: np.ndarray
    given: np.ndarray
    marginal: np.ndarray

    def known(self) -> list[float]:
        """By domain: the share of items of exam difficulty that is known, guessing taken out."""
        return [float(one) for one in self.marginal @ exam_curve(0.0)]

    def share(self, domain: int, floor: float) -> Interval:
        """The share of exam items of a domain that would be right: mean, 5th and 95th percentile."""
        import numpy as np

        curve = exam_curve(floor)
        # The distribution of ability up to the middle between two points of the grid.
        total = np.cumsum(self.marginal[domain]) - self.marginal[domain] / 2
        low, high = np.interp([0.05, 0.95], total, curve)
        return Interval(float(self.marginal[domain] @ curve), float(low), float(high))

    def number_right(self, parts: Sequence[Part]) -> np.ndarray:
        """The chances of 0, 1, 2, … items right in an exam of these parts."""
        import numpy as np

        size = sum(part.items for part in parts) + 1
        waves = np.ones((len(self.weights), size // 2 + 1), dtype=complex)
        for part in parts:
            pair = self.given[:, part.domain] @ _waves(part.items, part.floor, size)
            waves *= pair[:, : waves.shape[1]] + 1j * pair[:, waves.shape[1] :]
        return np.clip(np.fft.irfft(self.weights @ waves, size), 0.0, 1.0)


def posterior(evidence: Evidence) -> Posterior:
    """What the evidence leaves likely."""
    import numpy as np

    logs = _likelihood(evidence)  # growths x domains x abilities
    top = logs.max(axis=2, keepdims=True)
    fit = np.exp(logs - top)
    spread = _spread()  # scatters x levels x abilities
    reach = np.einsum("gda,sla->gsld", fit, spread, optimize=True)
    with np.errstate(divide="ignore"):  # what is out of the question has the logarithm -inf
        reached = np.log(reach).sum(axis=3)
    total = reached + top.sum(axis=(1, 2))[:, None, None] + _prior()
    share = np.exp(total - total.max())
    order = np.argsort(share, axis=None)[::-1]
    enough = np.cumsum(share.ravel()[order]) < KEPT * share.sum()
    growth, scatter, level = np.unravel_index(order[: enough.sum() + 1], share.shape)
    weights = share[growth, scatter, level]
    weights /= weights.sum()
    begun = fit[growth] * spread[scatter, level][:, None, :] / reach[growth, scatter, level][:, :, None]
    given = _grown(begun, growth, evidence.practiced)
    return Posterior(weights, given, np.einsum("c,cda->da", weights, given))


def exam_curve(floor: float) -> np.ndarray:
    """By ability: the chance that an exam item is right."""
    known: Any = sum(share * _known(_abilities(), DIFFICULTY[level]) for level, share in EXAM_LEVELS.items())
    return floor + (1 - floor) * known


def _known(ability: Any, difficulty: Any) -> Any:
    """The chance to know an item: a logistic curve, flatter because the item may be off by :data:`MISJUDGED`."""
    import numpy as np

    flat = 1 / np.sqrt(1 + np.pi * MISJUDGED**2 / 8)
    return 1 / (1 + np.exp(-flat * (ability - difficulty)))


def _likelihood(evidence: Evidence) -> np.ndarray:
    """Logarithm of how likely the answers are, by growth, domain and ability at the beginning."""
    import numpy as np

    sorts = {sort: place for place, sort in enumerate(sorted({cell[1:] for cell in evidence.cells}))}
    said = np.zeros((len(evidence.domains), 2 * len(sorts)))
    for cell, (right, wrong) in evidence.cells.items():
        said[cell.domain, 2 * sorts[cell[1:]]] = right
        said[cell.domain, 2 * sorts[cell[1:]] + 1] = wrong
    curves = np.array([_curves(*sort) for sort in sorts]).reshape(2 * len(sorts), GROWTHS * ABILITIES)
    return (said @ curves).reshape(-1, GROWTHS, ABILITIES).swapaxes(0, 1)


@lru_cache(maxsize=2048)
def _curves(difficulty: int, floor: float, practiced: float) -> np.ndarray:
    """(right, wrong) x growths x abilities: the logarithm of the chance of such an answer, by the ability at the
    beginning."""
    import numpy as np

    missed = (1 - floor) * (1 - _known(_after(practiced), DIFFICULTY[difficulty]))
    return np.array([np.log1p(-missed), np.log(missed)])


def _grown(begun: np.ndarray, growth: np.ndarray, practiced: Sequence[float]) -> np.ndarray:
    """Distributions of ability now (cells x domains x abilities) from those at the beginning. ``growth``: the place of
    the rate of each cell; ``practiced`` by domain."""
    import numpy as np

    grown = np.empty_like(begun)
    for rate in np.unique(growth):
        cells = np.flatnonzero(growth == rate)
        for domain, much in enumerate(practiced):
            grown[cells, domain] = _moved(begun[cells, domain], int(rate), much)
    return grown


def _moved(rows: np.ndarray, rate: int, much: float) -> np.ndarray:
    """Distributions of ability after so much practice at a rate of growth."""
    return rows @ _way(rate, much)


@lru_cache(maxsize=1024)
def _way(rate: int, much: float) -> np.ndarray:
    """From abilities at the beginning (rows) to abilities now (columns): each goes to the two points of the grid that
    are nearest to where it has grown to."""
    import numpy as np

    place = np.clip((_after(much)[rate] + END) * (ABILITIES - 1) / (2 * END), 0, ABILITIES - 1)
    below = np.minimum(place.astype(int), ABILITIES - 2)
    way = np.zeros((ABILITIES, ABILITIES))
    way[np.arange(ABILITIES), below] = below + 1 - place
    way[np.arange(ABILITIES), below + 1] = place - below
    return way


@lru_cache(maxsize=1024)
def _after(practiced: float) -> np.ndarray:
    """Growths x abilities at the beginning: the ability after so much practice."""
    import numpy as np

    room = np.clip((CEILING - _abilities()) / CEILING, 0.0, 2.0)
    return _abilities() + _growths()[:, None] * practiced * room


@cache
def _abilities() -> np.ndarray:
    import numpy as np

    return np.linspace(-END, END, ABILITIES)


@cache
def _growths() -> np.ndarray:
    import numpy as np

    return GROWTH + GROWTH_SPREAD * np.linspace(-2, 2, GROWTHS)


@cache
def _spread() -> np.ndarray:
    """Scatters x levels x abilities: how likely an ability is around a level."""
    import numpy as np

    levels = np.linspace(-END, END, LEVELS)
    off = _abilities()[None, None, :] - levels[None, :, None]
    dense = np.exp(-0.5 * (off / np.array(SCATTERS)[:, None, None]) ** 2)
    return dense / dense.sum(axis=2, keepdims=True)


@cache
def _prior() -> np.ndarray:
    """Growths x scatters x levels, as logarithms."""
    import numpy as np

    levels = np.linspace(-END, END, LEVELS)
    growth = -0.5 * ((_growths() - GROWTH) / GROWTH_SPREAD) ** 2
    return (
        growth[:, None, None]
        - 0.5 * ((levels - LEVEL) / LEVEL_SPREAD)[None, None, :] ** 2
        + np.zeros((1, len(SCATTERS), 1))
    )


@lru_cache(maxsize=64)
def _waves(items: int, floor: float, size: int) -> np.ndarray:
    """Abilities x frequencies (real parts, then imaginary parts): the characteristic function of the number right, for
    exams of ``size`` - 1 items."""
    import numpy as np

    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    chance = exam_curve(floor)[:, None]
    wave = (1 - chance + chance * turn) ** items
    return np.concatenate([wave.real, wave.imag], axis=1)
