"""A form: the items of one exam, drawn from the bank by blueprint.

    form(load("CPC"), seed=7)                            a full exam
    form(load("CPC"), seed=7, part=0.25, seen=seen)      a quarter; items not met yet first, then those met longest ago

The same seed, bank and ``seen`` give the same form.

How: while the items not met yet can fill whole exams, say k of them, a maximum flow gives each item one *home* among
its domains, so that all k fit side by side; then each domain draws at random from its own. What is left after one exam
fills k - 1 more, so no domain starves. When they cannot fill even one, all items are placed together: those not met
first, then those met longest ago. The hall's own items come before those of the lessons in both cases.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from course.exams import matching
from course.exams import pool as pools
from course.exams.assemble_share import PARTS, minutes, needs, part_of

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.exams.pool import Candidate, Pool

__all__ = ["PARTS", "Entry", "Form", "form"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a form. ``version``: ``content_version`` of the item when it was drawn; ``domain``: name in the
    blueprint ("Anatomy"); ``scored``: False for items that are only tried out."""

    id: str
    version: str
    domain: str
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """An exam to sit. ``short``: what the bank could not fill, label of the cell -> items that are missing; ``minutes``
    are fewer for such a form, so that the time for each item stays that of the real exam."""

    exam: str
    seed: int
    part: float
    minutes: int
    entries: tuple[Entry, ...]
    short: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"entries": [asdict(one) for one in self.entries]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Form:
        """What ``to_dict`` gave. Raises KeyError, TypeError or ValueError for anything else."""
        entries = tuple(Entry(**one) for one in data["entries"])
        own = {name: data[name] for name in ("exam", "seed", "part", "minutes")}
        return cls(**own, entries=entries, short=dict(data.get("short", {})))


def form(
    blueprint: Blueprint,
    *,
    seed: int,
    part: float | str = 1,
    avoid: Collection[str] = (),
    seen: Mapping[str, Any] | None = None,
    pool: Pool | None = None,
    fill: bool = True,
) -> Form:
    """Draw an exam. ``part``: 1, 1/2, 1/4 or 1/10 (a number or such a text); ``avoid``: ids never to draw; ``seen``:
    when each item was last met (any values that can be compared); ``pool``: ``pool.of(blueprint)``, to draw often;
    ``fill``: whether generators may fill up to 15 percent where authored items are short. Raises UserError for a part
    that is none."""
    share = part_of(part)
    pool = pools.of(blueprint) if pool is None else pool
    need, unscored = needs(blueprint, share)
    rng = random.Random(f"{blueprint.exam}/{share}/{seed}")
    drawn = _drawn(pool, need, rng, frozenset(avoid), seen or {})
    missing = {n: places - len(drawn[n]) for n, places in enumerate(need) if len(drawn[n]) < places}
    filled: dict[int, list[tuple[str, str]]] = {}
    if fill and missing:
        from course.exams import assemble_fill

        filled = assemble_fill.drawn(pool, missing, sum(need), rng)
    entries: list[Entry] = []
    cases: list[Entry] = []
    for n, cell in enumerate(pool.cells):
        ones = [(one.id, one.version) for one in drawn[n]] + filled.get(n, [])
        rng.shuffle(ones)
        into = cases if cell.cases else entries
        # The first few of a shuffled cell: any of them may be one that does not count.
        into += [Entry(item, version, cell.domain, at >= unscored[n]) for at, (item, version) in enumerate(ones)]
    rng.shuffle(entries)
    rng.shuffle(cases)
    short = {pool.cells[n].label: gap - len(filled.get(n, ())) for n, gap in missing.items()}
    return Form(
        blueprint.exam, seed, float(share), minutes(blueprint, share, len(entries) + len(cases)), (*entries, *cases),
        {label: gap for label, gap in short.items() if gap},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Homes:
    """``lists``: for each cell the candidates that live there, best ranks first; ``urgent``: twins of which each of the
    exams to come has to take one, this one too, with their cells."""

    lists: list[list[Candidate]]
    urgent: dict[int, list[tuple[int, Candidate]]]


def _drawn(
    pool: Pool, need: tuple[int, ...], rng: random.Random, avoid: frozenset[str], seen: Mapping[str, Any]
) -> list[list[Candidate]]:
    """The authored items of each cell."""
    if not avoid and not seen:
        if need not in pool.homes:
            pool.homes[need] = _homes(pool, need, pool.candidates)
        homes = pool.homes[need]
    else:
        homes = _homes(pool, need, [one for one in pool.candidates if one.id not in avoid and one.id not in seen])
    if homes is not None and (drawn := _from_homes(homes, need, rng)) is not None:
        return drawn
    ones = [one for one in pool.candidates if one.id not in avoid]
    met = {when: place for place, when in enumerate(sorted({seen[one.id] for one in ones if one.id in seen}), start=1)}
    order = rng.sample(ones, len(ones))
    order.sort(key=lambda one: (met[seen[one.id]] if one.id in seen else 0, one.rank))
    return _together(order, [[cell for cell in one.cells if need[cell]] for one in order], need)


def _homes(pool: Pool, need: tuple[int, ...], ones: Iterable[Candidate]) -> _Homes | None:
    """Where each candidate lives; None where they do not fill one exam."""
    ones = [one for one in ones if any(need[cell] for cell in one.cells)]
    times, placed = pools.disjoint(pool, need, ones)
    if not times:
        return None
    lists: list[list[Candidate]] = [[] for _ in need]
    for n, one in enumerate(ones):
        lists[placed.get(n, next(cell for cell in one.cells if need[cell]))].append(one)
    for home in lists:
        home.sort(key=lambda one: (one.rank, one.id))
    used = Counter(ones[n].twin for n in placed)
    urgent: dict[int, list[tuple[int, Candidate]]] = {}
    for n, cell in sorted(placed.items()):
        if 1 < used[ones[n].twin] == times:
            urgent.setdefault(ones[n].twin, []).append((cell, ones[n]))
    return _Homes(lists, urgent)


def _from_homes(homes: _Homes, need: tuple[int, ...], rng: random.Random) -> list[list[Candidate]] | None:
    """A random draw from each home, better ranks first, no twins; None where twins leave a cell short."""
    pressing = [rng.sample(pairs, len(pairs)) for pairs in homes.urgent.values()]
    drawn = _together(
        [one for pairs in pressing for _, one in pairs], [[c] for pairs in pressing for c, _ in pairs], need
    )
    taken = set(homes.urgent)
    for into, home, places in zip(drawn, homes.lists, need, strict=True):
        for one in _shuffled(home, rng):
            if len(into) == places:
                break
            if one.twin not in taken:
                into.append(one)
                taken.add(one.twin)
        if len(into) < places:
            return _urgent_first(homes, need, rng)
    return drawn


def _urgent_first(homes: _Homes, need: tuple[int, ...], rng: random.Random) -> list[list[Candidate]] | None:
    """The same where twins are in the way: all cells at once, beginning with those that have to be in this exam."""
    pressing = [pair for pairs in homes.urgent.values() for pair in pairs]
    others = [(cell, one) for cell, home in enumerate(homes.lists) if need[cell] for one in home]
    others = [(cell, one) for cell, one in others if one.twin not in homes.urgent]
    order = rng.sample(pressing, len(pressing)) + sorted(rng.sample(others, len(others)), key=lambda pair: pair[1].rank)
    drawn = _together([one for _, one in order], [[cell] for cell, _ in order], need)
    return drawn if [len(ones) for ones in drawn] == list(need) else None


def _shuffled(home: list[Candidate], rng: random.Random) -> Iterable[Candidate]:
    """The candidates by rank, each rank shuffled when it is come to."""
    start = 0
    while start < len(home):
        end = start
        while end < len(home) and home[end].rank == home[start].rank:
            end += 1
        yield from rng.sample(home[start:end], end - start)
        start = end


def _together(order: list[Candidate], likes: list[list[int]], need: tuple[int, ...]) -> list[list[Candidate]]:
    """As many as fit, all cells at once, earlier ones first. ``likes``: the cells of each. Twins are one unit; the
    earliest of them that fits the cell stands for them."""
    units: dict[int, list[int]] = {}
    for n, one in enumerate(order):
        units.setdefault(one.twin, []).append(n)
    groups = list(units.values())
    cells = [list(dict.fromkeys(cell for n in group for cell in likes[n])) for group in groups]
    drawn: list[list[Candidate]] = [[] for _ in need]
    for unit, cell in sorted(matching.fill(cells, need).items()):
        drawn[cell].append(next(order[n] for n in groups[unit] if cell in likes[n]))
    return drawn
