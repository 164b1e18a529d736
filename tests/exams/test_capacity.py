"""How much the bank can fill: the two algorithms against brute force, and what is told."""

from __future__ import annotations

import itertools
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from course.exams import blueprint, matching, pool
from course.exams.capacity import capacity
from tests.exams import made_bank

BANKS = st.integers(0, 2**32).map(random.Random)


def fits(cells: list[list[int]], need: list[int]) -> bool:
    """Whether items can all be placed, tried one by one."""
    if not cells:
        return True
    head, *rest = cells
    for cell in head:
        if need[cell]:
            left = [places - (n == cell) for n, places in enumerate(need)]
            if fits(rest, left):
                return True
    return False


def small(rng: random.Random, most: int = 8) -> tuple[list[list[int]], list[int], list[int]]:
    """Items with their cells, the twin of each, and the need of each cell."""
    need = [rng.randint(1, 2) for _ in range(rng.randint(1, 3))]
    items = [rng.sample(range(len(need)), rng.randint(1, len(need))) for _ in range(rng.randint(1, most))]
    twins = [rng.choice([n, n, rng.randrange(len(items))]) for n in range(len(items))]
    return items, twins, need


def most_disjoint(items: list[list[int]], twins: list[int], need: list[int]) -> int:
    """The number of exams without a common item, by trying all exams."""
    exams = [
        frozenset(chosen)
        for chosen in itertools.combinations(range(len(items)), sum(need))
        if len({twins[n] for n in chosen}) == len(chosen) and fits([items[n] for n in chosen], need)
    ]

    def best(left: list[frozenset[int]]) -> int:
        return max((1 + best([other for other in left if not other & one]) for one in left), default=0)

    return best(exams)


@given(BANKS)
def test_disjoint_exams_are_counted_as_brute_force_counts_them(rng: random.Random) -> None:
    items, twins, need = small(rng)
    bank = made_bank.pool(made_bank.exam(*need), list(zip(items, twins, strict=True)))
    times, placed = pool.disjoint(bank, tuple(need))
    assert times == most_disjoint(items, twins, need)
    for n, cell in placed.items():
        assert cell in items[n]
    for cell, places in enumerate(need):
        used = sum(at == cell for at in placed.values())
        assert used == times * places if times else used <= places


def test_brute_force_knows_banks_with_more_than_one_exam() -> None:
    """Else the test above would prove little."""
    counts = {most_disjoint(*small(random.Random(seed))) for seed in range(60)}
    assert counts >= {0, 1, 2, 3}


@given(BANKS)
def test_fill_places_as_many_as_can_be_and_the_earlier_ones(rng: random.Random) -> None:
    units, _, need = small(rng)
    placed = matching.fill(units, need)
    assert all(cell in units[unit] for unit, cell in placed.items())
    assert all(sum(at == cell for at in placed.values()) <= places for cell, places in enumerate(need))
    # Greedy by trying: a unit is taken when it fits beside those that were.
    taken: list[int] = []
    for unit in range(len(units)):
        if fits([units[one] for one in [*taken, unit]], need):
            taken.append(unit)
    assert sorted(placed) == taken
    most = max(
        size
        for size in range(len(units) + 1)
        for chosen in itertools.combinations(units, size)
        if fits(list(chosen), need)
    )
    assert len(taken) == most


def test_two_cells_that_share_their_items_are_not_counted_twice() -> None:
    """Each of two domains alone has enough for two exams; together they have enough for one."""
    plan: Any = made_bank.exam(1, 1)
    bank = made_bank.pool(plan, [((0, 1), 0), ((0, 1), 1)])
    found = capacity(plan, bank)
    assert (found.disjoint, [row.exams for row in found.rows]) == (1, [2, 2])
    assert sum(row.more for row in found.rows) == 2


def test_twins_stand_in_different_exams() -> None:
    plan: Any = made_bank.exam(2)
    assert capacity(plan, made_bank.pool(plan, [((0,), 0)] * 4)).disjoint == 0
    assert capacity(plan, made_bank.pool(plan, [((0,), n % 2) for n in range(4)])).disjoint == 2
    assert capacity(plan, made_bank.pool(plan, [((0,), n) for n in (0, 0, 0, 1)])).disjoint == 1


def test_what_is_short_is_told_with_its_number() -> None:
    plan = blueprint.load("CCS")
    found = capacity(plan, pool.Pool(plan, 2026, ()))
    assert (found.disjoint, found.fills, found.total) == (0, 0, 107)
    assert found.short["Coding knowledge and skills: inpatient scenarios"] == 3
    assert sum(found.short.values()) == 107
    assert found.words.startswith("The question bank fills 0 of the 107 questions. Missing: Coding knowledge")


def test_whole_exams_are_told() -> None:
    plan: Any = made_bank.exam(1)
    words = [capacity(plan, made_bank.pool(plan, [((0,), n) for n in range(count)])).words for count in (1, 2)]
    assert words == [
        "The question bank fills 1 whole exam.",
        "The question bank fills 2 whole exams with no question in common.",
    ]
