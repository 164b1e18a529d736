"""The items an exam may draw from.

    of(load("CPC")) -> Pool         the sound items that name a domain of the exam and are of its kinds and its year
    load("17-cpc-cases/boil")       any item by its id, authored or drawn ("gen/…"); KeyError with a sentence for none
    is_hall(item)                   lesson 17: the exam hall's own, not asked anywhere before it was met there

The year is that of the code books the exam asks for: AAPC turns to the new books on January 1, AHIMA on May 1. Where
the bank has not been brought to the books of a new year yet, items of the year before stand in, after all others.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course import paths
from course.exams import matching

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint, Cell
    from course.questions.base import ItemBase

#: Items of this lesson belong to the exam hall.
HALL_LESSON = "17"
#: What marks a question as a second asking of the same: "Cuff and clavicle, again", "Cuff and clavicle (2)".
_AGAIN = re.compile(r"[\s,:;.(–-]*\b(?:again|once more|part [a-z\d]+|\d+|[ivx]+)[).\s]*$", re.IGNORECASE)
_CODE = re.compile(r"\b(?:\d{4,5}[A-Z]?|[A-Z]\d[0-9A-Z][0-9A-Z.]*)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item as assembly sees it. ``cells``: places in ``blueprint.cells`` that it fits, first domain first;
    ``twin``: items of one number do not meet in an exam; ``rank``: 0 hall, 1 lesson, and 2 more with old books."""

    id: str
    version: str
    cells: tuple[int, ...]
    twin: int
    rank: int


@dataclass(frozen=True)
class Pool:
    """The candidates of one blueprint, in the order of their ids."""

    blueprint: Blueprint
    year: int
    candidates: tuple[Candidate, ...]
    homes: dict[tuple[int, ...], Any] = field(default_factory=dict, compare=False, repr=False)  # see assemble

    @functools.cached_property
    def cells(self) -> tuple[Cell, ...]:
        return self.blueprint.cells

    @functools.cached_property
    def older(self) -> int:
        """Candidates that were written for the books of the year before."""
        return sum(one.rank >= 2 for one in self.candidates)


def is_hall(item: Any) -> bool:
    """Whether an item is the hall's own. Questions of that lesson about the craft of sitting an exam are of no domain,
    and belong to the lesson."""
    return str(item.lesson) == HALL_LESSON and bool(item.domains)


def book_year(blueprint: Blueprint, day: dt.date) -> int:
    """The year of the code books that the exam asks for on a day."""
    month, first = map(int, blueprint.books_change.split("-"))
    return day.year if (day.month, day.day) >= (month, first) else day.year - 1


def of(blueprint: Blueprint, items: Iterable[ItemBase] | None = None, day: dt.date | None = None) -> Pool:
    """The pool of some items on a day (default: the bank, today)."""
    from course.questions import bank

    year = book_year(blueprint, day or paths.today())
    places: dict[str, list[int]] = {}
    for n, cell in enumerate(blueprint.cells):
        places.setdefault(cell.item_domain, []).append(n)
    chosen: list[tuple[Any, tuple[int, ...], int]] = []
    for item in sorted(bank.sound_items() if items is None else items, key=lambda one: one.id):
        age = _age(item, year)
        if age is None or item.difficulty < blueprint.least_difficulty:
            continue
        cells = tuple(_fitting(item, places, blueprint.cells))
        if cells:
            chosen.append((item, cells, 2 * age + (not is_hall(item))))
    twins = _twins([item for item, _, _ in chosen])
    found = zip(chosen, twins, strict=True)
    return Pool(
        blueprint,
        year,
        tuple(Candidate(item.id, item.content_version, cells, twin, rank) for (item, cells, rank), twin in found),
    )


def _age(item: Any, year: int) -> int | None:
    """0 for an item of the year, 1 for one of the year before, None for what cannot be asked."""
    if year in item.editions:
        return 0
    return 1 if max(item.editions) == year - 1 else None


def _fitting(item: Any, places: dict[str, list[int]], cells: tuple[Cell, ...]) -> Iterator[int]:
    """The cells an item fits. One with the tag of a scenario fits nothing else of its domain."""
    for domain in dict.fromkeys(item.domains):
        fits = [n for n in places.get(domain, ()) if item.kind in cells[n].kinds]
        tagged = [n for n in fits if cells[n].tag and cells[n].tag in item.tags]
        yield from tagged or [n for n in fits if not cells[n].tag]


def _twins(items: list[Any]) -> list[int]:
    """A number for each item; items that ask the same, or about the same chart, have the same number."""
    parent = list(range(len(items)))

    def top(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    firsts: dict[str, int] = {}
    for n, item in enumerate(items):
        for mark in _marks(item):
            parent[top(n)] = top(firsts.setdefault(mark, n))
    return [top(n) for n in range(len(items))]


def _marks(item: Any) -> Iterator[str]:
    """What two items must not have in common in one exam: title, chart, the codes of the key, a tag."""
    title = item.title.casefold()
    yield f"title {_AGAIN.sub('', title) or title}"
    if item.note:
        yield f"note {' '.join(item.note.casefold().split())}"
    codes = Counter(code for _, code in (*item.key_codes(), *item.key_services()))
    if item.kind == "single_choice":
        key = item.options[item.key].text
        if _CODE.search(key):
            yield f"key {' '.join(key.casefold().split())}"
    elif codes:
        yield f"key {' '.join(sorted(codes)).casefold()}"
    yield from (f"tag {tag}" for tag in item.tags if tag.startswith("twin:"))


def disjoint(pool: Pool, need: tuple[int, ...], among: Iterable[Candidate] | None = None) -> tuple[int, dict[int, int]]:
    """How many exams without a common item the candidates give, and for that number the cell of each that is used.

    ``need``: items of each cell. 0, and as many placed as go into one exam, where not even one can be filled.
    """
    ones = pool.candidates if among is None else tuple(among)
    groups: dict[tuple[int, int], int] = Counter((one.twin, cell) for one in ones for cell in one.cells)
    total = sum(need)
    if not total:
        return 0, {}
    times = 1
    while all(_most(groups, cell, times + 1) >= (times + 1) * places for cell, places in enumerate(need) if places):
        times += 1
    while True:
        placed = matching.spread([one.twin for one in ones], [one.cells for one in ones], need, times)
        if len(placed) == times * total:
            return times, placed
        if times == 1:
            return 0, placed
        times -= 1


def _most(groups: dict[tuple[int, int], int], cell: int, times: int) -> int:
    """What a cell could get in some exams if it had its items for itself."""
    return sum(min(count, times) for (_, at), count in groups.items() if at == cell)


def load(item_id: str) -> Any:
    """An item by its id, authored or drawn by a generator. Raises KeyError with a sentence."""
    from course.questions import bank, generators

    try:
        return generators.from_id(item_id) if item_id.startswith("gen/") else bank.load_item(item_id)
    except (bank.BankError, generators.UnknownGenerator) as problem:
        raise KeyError(f"The question {item_id} is not there any more. ({problem})") from None
