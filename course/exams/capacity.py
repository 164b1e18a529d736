"""What the bank can fill: per domain, and how many exams that have no item in common.

one = capacity(load("CCS"))
one.disjoint            0
one.short               {"Coding knowledge and skills: inpatient scenarios": 3, …}: missing for one exam
one.words               a sentence that the exam hall can show
one.rows                per cell: label, need, have, exams (from its own items alone), short
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.exams import matching
from course.exams import pool as pools

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.exams.pool import Pool

#: A cell that could fill more exams than this is counted no further.
MANY = 99


@dataclass(frozen=True, slots=True)
class Row:
    """A domain, or the scenarios in one. ``need``: items of an exam; ``have``: items that fit; ``exams``: disjoint
    exams from these items alone; ``short``: items missing for one exam; ``more``: missing for one exam more than the
    bank fills now; ``assumed``: the need is the course's assumption or unconfirmed."""

    label: str
    need: int
    have: int
    exams: int
    short: int
    more: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Capacity:
    """Of one exam. ``total``: its items; ``fills``: items of it that authored items fill; ``disjoint``: whole exams
    without a common item; ``older``: items written for the books of the year before."""

    exam: str
    title: str
    year: int
    total: int
    fills: int
    disjoint: int
    older: int
    rows: tuple[Row, ...]

    @property
    def short(self) -> dict[str, int]:
        """Items that are missing for one exam, by label."""
        return {row.label: row.short for row in self.rows if row.short}

    @property
    def words(self) -> str:
        """In a sentence or two, for the learner."""
        if self.disjoint:
            exams = "1 whole exam" if self.disjoint == 1 else f"{self.disjoint} whole exams with no question in common"
            return f"The question bank fills {exams}."
        missing = "; ".join(f"{label} ({count})" for label, count in self.short.items())
        return f"The question bank fills {self.fills} of the {self.total} questions. Missing: {missing}."


def capacity(blueprint: Blueprint, pool: Pool | None = None) -> Capacity:
    """Count what the bank of today gives for an exam. Generators are not counted."""
    pool = pools.of(blueprint) if pool is None else pool
    cells = blueprint.cells
    need = tuple(cell.count for cell in cells)
    times, placed = pools.disjoint(pool, need)
    once = placed if not times else {}
    # One exam more: where would the gaps be? The flow fills as much as it can.
    ones = pool.candidates
    next_one = matching.spread([one.twin for one in ones], [one.cells for one in ones], need, times + 1)
    rows = []
    for n, cell in enumerate(cells):
        own = [one for one in ones if n in one.cells]
        filled = need[n] if times else sum(at == n for at in once.values())
        rows.append(
            Row(
                label=cell.label,
                need=cell.count,
                have=len(own),
                exams=_alone([one.twin for one in own], cell.count),
                short=cell.count - filled,
                more=(times + 1) * cell.count - sum(at == n for at in next_one.values()),
                assumed=not cell.confirmed,
            )
        )
    fills = sum(row.need - row.short for row in rows)
    return Capacity(
        blueprint.exam, blueprint.title, pool.year, blueprint.items, fills, times, pool.older, tuple(rows)
    )  # fmt: skip


def _alone(twins: list[int], need: int) -> int:
    """Exams that a cell fills from its own items, twins in different exams."""
    counts = [twins.count(twin) for twin in dict.fromkeys(twins)]
    times = 0
    while times < MANY and sum(min(count, times + 1) for count in counts) >= (times + 1) * need:
        times += 1
    return times
