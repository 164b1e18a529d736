"""Forms: exact counts, nothing twice, unseen items first, and no exam that starves those after it."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.bootstrap.errors import UserError
from course.exams import assemble, assemble_fill, blueprint, pool
from course.exams.assemble_share import PARTS, apportion, needs, part_of, rounded
from course.questions import generators
from tests.exams import made_bank

EXAMS = blueprint.names()


@pytest.fixture(scope="module")
def pools() -> dict[str, pool.Pool]:
    return {name: pool.of(blueprint.load(name)) for name in EXAMS}


def check(
    form: assemble.Form, plan: blueprint.Blueprint, share: Fraction, cells_of: dict[str, tuple[int, ...]]
) -> None:
    """Exact counts by domain, nothing twice, cases last."""
    ids = [one.id for one in form.entries]
    assert len(set(ids)) == len(ids)
    need, unscored = needs(plan, share)
    wanted: Counter[str] = Counter()
    for n, cell in enumerate(plan.cells):
        wanted[cell.domain] += need[n] - form.short.get(cell.label, 0)
    assert Counter(one.domain for one in form.entries) == +wanted
    assert len(ids) + sum(form.short.values()) == sum(need)
    assert sum(not one.scored for one in form.entries) <= sum(unscored)
    if not form.short:
        assert sum(not one.scored for one in form.entries) == sum(unscored)
    own = [any(plan.cells[cell].domain == one.domain for cell in cells_of[one.id]) for one in form.entries]
    assert all(own)
    cases = [not all(not plan.cells[cell].cases for cell in cells_of[one.id]) for one in form.entries]
    tail = sum(need[n] - form.short.get(cell.label, 0) for n, cell in enumerate(plan.cells) if cell.cases)
    assert all(cases[len(cases) - tail :])


@pytest.mark.parametrize("exam", EXAMS)
def test_a_thousand_forms(exam: str, pools: dict[str, pool.Pool]) -> None:
    plan, bank = blueprint.load(exam), pools[exam]
    cells_of = {one.id: one.cells for one in bank.candidates}
    twin_of = {one.id: one.twin for one in bank.candidates}
    first = assemble.form(plan, seed=0, pool=bank, fill=False)
    different = 0
    for seed in range(1000):
        form = assemble.form(plan, seed=seed, pool=bank, fill=False)
        assert form.short == first.short
        different += [one.id for one in form.entries] != [one.id for one in first.entries]
        assert len({twin_of[one.id] for one in form.entries}) == len(form.entries)
        if seed % 10 == 0:
            check(form, plan, Fraction(1), cells_of)
        else:  # the same, quickly
            assert Counter(one.domain for one in form.entries) == Counter(one.domain for one in first.entries)
    assert different == 999


@pytest.mark.parametrize("exam", EXAMS)
@pytest.mark.parametrize("part", PARTS)
def test_parts(exam: str, part: str, pools: dict[str, pool.Pool]) -> None:
    plan = blueprint.load(exam)
    form = assemble.form(plan, seed=3, part=part, pool=pools[exam], fill=False)
    check(form, plan, PARTS[part], {one.id: one.cells for one in pools[exam].candidates})
    full, there = sum(needs(plan, PARTS[part])[0]), len(form.entries)
    whole = float(plan.minutes * PARTS[part])
    assert 0 <= form.minutes - whole * there / full < 1 and form.part == float(PARTS[part])
    assert (form.minutes == whole) == (there == full), "a form that is short gets less time, in proportion"


def test_how_many_questions_the_parts_have() -> None:
    sizes = {name: [sum(needs(blueprint.load(name), share)[0]) for share in PARTS.values()] for name in EXAMS}
    assert sizes == {
        "CPC": [100, 50, 25, 10],
        "CCA": [105, 53, 27, 11],
        "CCS": [107, 54, 27, 11],
        "CIC": [47, 24, 12, 5],
    }
    tried = [sum(needs(blueprint.load("CCA"), share)[1]) for share in PARTS.values()]
    assert tried == [15, 8, 4, 2]


@pytest.mark.parametrize(
    ("given_part", "share"), [(1, "1"), (0.5, "1/2"), ("0.25", "1/4"), (" 1/10 ", "1/10"), (0.1, "1/10")]
)
def test_parts_can_be_written_in_many_ways(given_part: Any, share: str) -> None:
    assert part_of(given_part) == PARTS[share]


@pytest.mark.parametrize("wrong", [0, 2, -1, 0.3, "1/3", "half", "", "1/0", None, float("nan"), float("inf"), [1]])
def test_other_parts_are_refused_in_words(wrong: Any) -> None:
    with pytest.raises(UserError, match="is not a part of an exam") as told:
        part_of(wrong)
    assert "1, 1/2, 1/4, 1/10" in told.value.text()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20), st.integers(0, 200))
def test_largest_remainder(counts: list[int], total: int) -> None:
    shares = apportion(counts, total)
    whole = sum(counts)
    if not whole:
        assert shares == [0] * len(counts)
        return
    exact = [Fraction(total * count, whole) for count in counts]
    assert sum(shares) == total
    assert all(abs(share - quota) < 1 for share, quota in zip(shares, exact, strict=True))
    # Whoever was rounded up had no smaller remainder than whoever was rounded down; of equals, the earlier.
    up = [n for n in range(len(counts)) if shares[n] > exact[n]]
    down = [n for n in range(len(counts)) if shares[n] < exact[n]]
    assert all((exact[a] % 1, -a) > (exact[b] % 1, -b) for a in up for b in down)
    assert apportion(counts, whole) == counts


@given(st.integers(0, 400), st.sampled_from(sorted(PARTS.values())))
def test_rounding_is_to_the_nearest_and_halves_up(number: int, share: Fraction) -> None:
    exact = number * share
    assert abs(rounded(exact) - exact) <= Fraction(1, 2)
    assert rounded(Fraction(5, 2)) == 3


def test_a_seed_is_a_form(pools: dict[str, pool.Pool]) -> None:
    plan = blueprint.load("CPC")
    same = [assemble.form(plan, seed=5, pool=one, fill=False) for one in (pools["CPC"], pool.of(plan))]
    assert same[0] == same[1]
    assert assemble.form(plan, seed=6, pool=pools["CPC"], fill=False) != same[0]


def test_a_form_survives_json(pools: dict[str, pool.Pool]) -> None:
    import json

    form = assemble.form(blueprint.load("CCS"), seed=5, pool=pools["CCS"], fill=False)
    assert assemble.Form.from_dict(json.loads(json.dumps(form.to_dict()))) == form
    for wrong in ({}, {"entries": [{"id": "x"}]}, {"entries": 3}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            assemble.Form.from_dict(wrong)


def test_the_halls_items_come_first_and_last_years_last() -> None:
    plan = made_bank.exam(4)
    bank = made_bank.pool(plan, [((0,), n) for n in range(9)], [0, 0, 1, 1, 1, 2, 2, 3, 3])
    for seed in range(20):
        drawn = {one.id for one in assemble.form(plan, seed=seed, pool=bank).entries}
        assert {"q00", "q01"} <= drawn and len(drawn & {"q02", "q03", "q04"}) == 2


def test_items_not_met_come_first_then_those_met_longest_ago() -> None:
    plan = made_bank.exam(3, 2)
    bank = made_bank.pool(plan, [*(((0,), n) for n in range(5)), *(((1,), n) for n in range(5, 9))])
    seen = {"q00": 4, "q01": 1, "q02": 2, "q03": 3, "q05": 9, "q06": 8}
    for seed in range(10):
        drawn = {one.id for one in assemble.form(plan, seed=seed, seen=seen, pool=bank).entries}
        assert drawn == {"q04", "q01", "q02", "q07", "q08"}


def test_items_to_avoid_never_come_and_the_gap_is_told() -> None:
    plan = made_bank.exam(3, 2)
    bank = made_bank.pool(plan, [*(((0,), n) for n in range(5)), *(((1,), n) for n in range(5, 9))])
    form = assemble.form(plan, seed=1, avoid=["q00", "q01", "q02"], pool=bank, fill=False)
    assert {one.id for one in form.entries} >= {"q03", "q04"} and form.short == {"d0": 1}


def test_an_item_of_two_domains_goes_where_it_is_needed() -> None:
    plan = made_bank.exam(2, 1)
    bank = made_bank.pool(plan, [((0, 1), 0), ((0,), 1), ((0,), 2)])
    for seed in range(10):
        form = assemble.form(plan, seed=seed, pool=bank)
        assert {one.id: one.domain for one in form.entries} == {"q00": "d1", "q01": "d0", "q02": "d0"}


def test_what_is_not_scored_is_spread_over_the_domain() -> None:
    plan = made_bank.exam(4, unscored=[1])
    bank = made_bank.pool(plan, [((0,), n) for n in range(6)])
    tried = Counter(
        one.id for seed in range(60) for one in assemble.form(plan, seed=seed, pool=bank).entries if not one.scored
    )
    assert sum(tried.values()) == 60 and len(tried) == 6


BANKS = st.integers(0, 2**32).map(random.Random)


@given(BANKS)
def test_exam_after_exam_has_no_common_item_as_long_as_the_bank_allows(rng: random.Random) -> None:
    """As many exams in a row as the count of disjoint exams says, whatever the seeds: no draw starves a later one."""
    need = [rng.randint(1, 3) for _ in range(rng.randint(1, 3))]
    plan = made_bank.exam(*need)
    size = rng.randint(sum(need), 14)
    rows = [
        (rng.sample(range(len(need)), rng.randint(1, min(2, len(need)))), rng.choice([n, rng.randrange(size)]))
        for n in range(size)
    ]
    bank = made_bank.pool(plan, rows, [rng.randrange(3) for _ in rows])
    times, _ = pool.disjoint(bank, tuple(need))
    seen: dict[str, int] = {}
    for turn in range(times):
        form = assemble.form(plan, seed=rng.randrange(100), seen=seen, pool=bank)
        ids = {one.id for one in form.entries}
        assert not form.short and not ids & set(seen)
        twins = [one.twin for one in bank.candidates if one.id in ids]
        assert len(set(twins)) == len(twins)
        seen |= dict.fromkeys(ids, turn)


@pytest.fixture
def short_of_anatomy() -> pool.Pool:
    """A bank for the CPC in which half of anatomy and of coding guidelines is missing."""
    plan = blueprint.load("CPC")
    kept: Counter[int] = Counter()
    ones = []
    for one in pool.of(plan).candidates:
        label = plan.cells[one.cells[0]].label
        kept[one.cells[0]] += 1
        if label not in ("Anatomy", "Coding guidelines") or (len(one.cells) == 1 and kept[one.cells[0]] <= 2):
            ones.append(one)
    return pool.Pool(plan, 2026, tuple(ones))


def test_generators_fill_what_is_short_and_no_more_than_fifteen_percent(short_of_anatomy: pool.Pool) -> None:
    plan = blueprint.load("CPC")
    empty = assemble.form(plan, seed=1, pool=short_of_anatomy, fill=False)
    assert empty.short["Anatomy"] >= 1 and empty.short["Coding guidelines"] >= 1
    form = assemble.form(plan, seed=1, pool=short_of_anatomy)
    drawn = [one for one in form.entries if one.id.startswith("gen/")]
    assert {"Anatomy", "Coding guidelines"} >= {one.domain for one in drawn} and 1 <= len(drawn) <= 15
    assert len(form.entries) == len(empty.entries) + len(drawn)
    assert sum(form.short.values()) == sum(empty.short.values()) - len(drawn)
    for one in drawn:
        item = pool.load(one.id)
        assert item.content_version == one.version and item.kind == "single_choice"
        assert plan.names_item(one.domain) in item.domains
    assert assemble.form(plan, seed=1, pool=short_of_anatomy) == form
    nothing = assemble.form(plan, seed=1, pool=pool.Pool(plan, 2026, ()))  # they could fill more than that
    assert len(nothing.entries) == 15 and sum(nothing.short.values()) == 85
    assert len({one.version for one in nothing.entries}) == 15


def test_generators_that_fill_draw_what_they_are_taken_for() -> None:
    for domain, names in assemble_fill.FILLERS.items():
        for name in names:
            one = generators.GENERATORS[name]
            items = [generators.make(name, seed, max(one.levels)) for seed in range(6)]
            assert all(domain in item.domains for item in items)
            assert any(item.kind in ("single_choice", "multiple_choice") for item in items)
