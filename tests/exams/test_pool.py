"""Which items an exam may draw from, and which of them do not meet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from course.exams import blueprint, pool
from tests.exams.made_bank import question

CPC = blueprint.load("CPC")
CCS = blueprint.load("CCS")
DAY = dt.date(2026, 11, 22)


def ids(items: list[Any], plan: Any = CPC, day: dt.date = DAY) -> list[str]:
    return [one.id for one in pool.of(plan, items, day).candidates]


def test_domain_kind_difficulty_and_year_decide() -> None:
    code = {"kind": "code_entry", "answer": {"codes": ["S52.521A"]}}
    items = [
        question("fits"),
        question("elsewhere", ["CCA: Compliance"]),
        question("easy", difficulty=1),
        question("entry", **code),
        question("later", editions=[2027]),
        question("both", editions=[2026, 2027]),
        question("old", editions=[2024]),
        question("none", []),
    ]
    assert ids(items) == ["made/both", "made/fits"]


def test_the_books_of_the_year_are_those_of_the_body() -> None:
    cca = blueprint.load("CCA")
    for day, aapc, ahima in [("2026-12-31", 2026, 2026), ("2027-01-01", 2027, 2026), ("2027-05-01", 2027, 2027)]:
        date = dt.date.fromisoformat(day)
        assert (pool.book_year(CPC, date), pool.book_year(cca, date)) == (aapc, ahima)


def test_in_a_new_year_last_years_items_stand_in_after_all_others() -> None:
    items = [question("old"), question("both", editions=[2026, 2027]), question("hall", lesson="17")]
    found = pool.of(CPC, items, dt.date(2027, 2, 1))
    assert {one.id: one.rank for one in found.candidates} == {"made/both": 1, "made/hall": 2, "made/old": 3}
    assert (found.year, found.older) == (2027, 2)
    assert ids([question("older", editions=[2025])], day=dt.date(2027, 2, 1)) == []


def test_the_hall_has_items_of_its_own() -> None:
    items = [question("lesson"), question("hall", lesson="17")]
    assert [(one.id, one.rank) for one in pool.of(CPC, items, DAY).candidates] == [("made/hall", 0), ("made/lesson", 1)]
    assert pool.is_hall(items[1]) and not pool.is_hall(items[0])
    assert not pool.is_hall(question("craft", [], lesson="17"))  # about the craft of sitting an exam


def test_an_item_of_two_domains_fits_both_and_the_first_is_first() -> None:
    item = question("two", ["CPC: Cases", "CCS: Provider queries", "CPC: Anatomy"])
    (one,) = pool.of(CPC, [item], DAY).candidates
    assert [CPC.cells[cell].label for cell in one.cells] == ["Cases", "Anatomy"]


def test_scenarios_are_drawn_by_their_tag() -> None:
    answer = {"kind": "code_entry", "answer": {"codes": ["S52.521A"]}}
    items = [
        question("plain", ["CCS: Coding knowledge and skills"]),
        question("typed", ["CCS: Coding knowledge and skills"], **answer),
        question("stay", ["CCS: Coding knowledge and skills"], tags=["scenario:inpatient"], **answer),
    ]
    found = pool.of(CCS, items, DAY).candidates
    labels = {one.id: [CCS.cells[cell].label for cell in one.cells] for one in found}
    assert labels == {
        "made/plain": ["Coding knowledge and skills"],
        "made/stay": ["Coding knowledge and skills: inpatient scenarios"],
    }


@pytest.mark.parametrize(
    ("first", "second", "twins"),
    [
        ({}, {}, False),
        ({"title": "Cuff and clavicle"}, {"title": "Cuff and clavicle, again"}, True),
        ({"title": "Cuff and clavicle"}, {"title": "Cuff and clavicle (2)"}, True),
        ({"title": "Cuff and clavicle I"}, {"title": "Cuff and clavicle II"}, True),
        ({"title": "Cuff"}, {"title": "Cuff and clavicle"}, False),
        ({"title": "Vitamin"}, {"title": "Vita"}, False),
        ({"note": "47 M.\n  Right cuff."}, {"note": "47 M. Right  cuff."}, True),
        ({"note": "47 M. Right cuff."}, {"note": "48 M. Right cuff."}, False),
        ({"tags": ["twin:cuff"]}, {"tags": ["surgery", "twin:cuff"]}, True),
        ({"tags": ["surgery"]}, {"tags": ["surgery"]}, False),
    ],
)
def test_twins(first: dict[str, Any], second: dict[str, Any], twins: bool) -> None:
    one, two = pool.of(CPC, [question("a", **first), question("b", **second)], DAY).candidates
    assert (one.twin == two.twin) == twins


def test_items_with_the_same_code_as_their_key_are_twins() -> None:
    def keyed(slug: str, key: str) -> Any:
        options = [{"text": key, "why": "Yes.", "correct": True}, {"text": f"not {slug}", "why": "No."}]
        return question(slug, options=options)

    items = [
        keyed("a", "20610-RT"),
        keyed("b", "20610-RT"),
        keyed("c", "20611-RT"),
        keyed("d", "Yes"),
        keyed("e", "Yes"),
    ]
    twins = [one.twin for one in pool.of(CPC, items, DAY).candidates]
    assert twins[0] == twins[1] and len(set(twins)) == 4


def test_items_are_loaded_by_their_id() -> None:
    known = pool.of(CPC).candidates[0].id
    assert pool.load(known).id == known
    assert pool.load("gen/direction-terms/3/7").id == "gen/direction-terms/3/7"
    for unknown in ("nowhere/none", "03-structure/none", "gen/none/1/1", "gen/direction-terms/9/7", ""):
        with pytest.raises(KeyError, match="is not there any more"):
            pool.load(unknown)


def test_the_order_of_the_bank_does_not_matter() -> None:
    items = [question(f"q{n}") for n in range(6)]
    assert pool.of(CPC, items, DAY) == pool.of(CPC, items[::-1], DAY)
