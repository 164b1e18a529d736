"""Exercises drawn by generators, for the domains in which the authored items do not suffice."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.exams.blueprint import Cell
    from course.exams.pool import Pool

#: At most this share of an exam, in percent.
PERCENT = 15
#: Draws that are tried for one place before it is left empty: a generator may draw a kind that the exam does not have.
_TRIES = 8
#: Domain -> generators of choices that an exam could ask. A test draws from each.
FILLERS: dict[str, tuple[str, ...]] = {
    "CPC: ICD-10-CM": ("excludes1-conflict", "together-or-not", "partner-required", "placeholder-x"),
    "CPC: Coding guidelines": ("addon-or-alone",),
    "CPC: HCPCS Level II": ("mue-plausible",),
    "CPC: Medical terminology": ("look-alike", "abbreviation-in-context"),
    "CPC: Anatomy": ("direction-terms", "abdomen-region"),
    "CCA: Clinical classification systems": (
        *("excludes1-conflict", "together-or-not", "partner-required", "placeholder-x"),
    ),
    "CCS: Provider queries": ("leading-query",),
}
#: Lessons about words, bodies and records: their generators do not depend on the year of the books.
_TIMELESS = ("02", "11")


def drawn(pool: Pool, missing: dict[int, int], total: int, rng: random.Random) -> dict[int, list[tuple[str, str]]]:
    """For each cell of ``missing`` (cell -> items), ids and versions of what could be drawn; ``total``: items of the
    form."""
    left = total * PERCENT // 100
    found: dict[int, list[tuple[str, str]]] = {}
    asked: set[str] = set()
    for cell, gap in missing.items():
        place = pool.cells[cell]
        names = FILLERS.get(place.item_domain, ()) if not place.tag else ()
        for turn in range(min(gap, left) if names else 0):
            item = _one(place, names[turn % len(names)], pool.year, rng, asked)
            if item is None:
                continue
            found.setdefault(cell, []).append((item.id, item.content_version))
            left -= 1
    return found


def _one(cell: Cell, name: str, year: int, rng: random.Random, asked: set[str]) -> Any:
    """An item of a generator that fits the cell, or None."""
    from course.questions import generators

    one = generators.GENERATORS[name]
    for _ in range(_TRIES):
        item = generators.make(name, rng.randrange(1, 10**6), max(one.levels))
        fits = item.kind in cell.kinds and cell.item_domain in item.domains
        if fits and (year in item.editions or one.lesson[:2] in _TIMELESS) and item.content_version not in asked:
            asked.add(item.content_version)
            return item
        if fits and year not in item.editions and one.lesson[:2] not in _TIMELESS:
            return None  # all its draws are for the books of another year
    return None
