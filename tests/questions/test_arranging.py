"""Matching, sorting and ordering."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.verdict import Outcome
from course.questions.kinds import check, matching, ordering, solution, sorting, view

MAPS = ("parts-of-a-code", "which-book", "billable-or-heading")


@pytest.mark.parametrize("slug", MAPS)
def test_the_key_is_right_and_each_slip_is_explained(item, slug: str) -> None:
    one = item(slug)
    key = solution(one)["response"]
    assert check(one, key).outcome is Outcome.CORRECT
    choices = [choice["id"] for choice in view(one).get("rights") or view(one)["groups"]]
    for name, right in key.items():
        for wrong in choices:
            if wrong == right:
                continue
            verdict = check(one, {**key, name: wrong})
            assert verdict.outcome is Outcome.PARTLY and verdict.score == pytest.approx(1 - 1 / len(key))
            (bad,) = [part for part in verdict.parts if part.mark != "right"]
            assert bad.target == name and bad.mark == "wrong" and bad.message in whys(one)


def whys(one) -> set[str]:
    found = getattr(one, "pairs", ()) or getattr(one, "entries", ())
    return {entry.why for entry in (*found, *getattr(one, "extra", ()))}


def test_a_wrong_partner_that_fits_nothing_has_its_own_reason(item) -> None:
    one = item("parts-of-a-code")
    payer = next(name for name, text in matching.rights(one).items() if text == "name of the payer")
    verdict = check(one, {"l1": payer})
    assert verdict.parts[0].message == "No code says who pays."
    assert verdict.outcome is Outcome.INCORRECT


@pytest.mark.parametrize("slug", MAPS)
def test_open_ones_are_named(item, slug: str) -> None:
    one = item(slug)
    key = solution(one)["response"]
    first = next(iter(key))
    verdict = check(one, {first: key[first]} | dict.fromkeys(list(key)[1:], ""))
    assert verdict.outcome is Outcome.PARTLY and f"{len(key) - 1}" in verdict.headline and "open" in verdict.headline
    assert {part.target for part in verdict.parts if part.mark == "missing"} == set(key) - {first}


@pytest.mark.parametrize("slug", MAPS)
@pytest.mark.parametrize("raw", [None, {}, "", [], {"l1": ""}, {"e1": None}])
def test_nothing_placed_is_blank(item, slug: str, raw) -> None:
    verdict = check(item(slug), raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize("slug", MAPS)
@pytest.mark.parametrize(
    "raw", [{"x": "r1"}, {"l1": "zz"}, "l1", 5, [1], {"l1": ["r1"]}, {"e1": 3}, {1: "g1"}, {"e1": "g9"}]
)
def test_unknown_ids_do_not_count(item, slug: str, raw) -> None:
    verdict = check(item(slug), raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


def test_a_partner_can_serve_twice(item) -> None:
    one = item("which-book")
    assert view(one)["reuse"] and len(view(one)["rights"]) == 2
    key = solution(one)["response"]
    assert key["l1"] == key["l3"]
    assert not view(item("parts-of-a-code"))["reuse"]


def test_ids_on_the_screen_say_nothing(item) -> None:
    """Ids are numbered as shown, so that l1 does not belong to r1, and the shown order is not the order of the file."""
    rights = view(item("parts-of-a-code"))["rights"]
    assert [right["id"] for right in rights] == ["r1", "r2", "r3", "r4"]
    assert [right["html"] for right in rights] != [pair.right for pair in item("parts-of-a-code").pairs] + [
        "name of the payer"
    ]
    steps = view(item("look-up-path"))["steps"]
    assert [step["id"] for step in steps] == ["s1", "s2", "s3", "s4"]
    assert [step["html"] for step in steps] != [step.text for step in item("look-up-path").steps]


def test_the_screen_is_the_same_every_time(item) -> None:
    for slug in (*MAPS, "look-up-path"):
        assert view(item(slug)) == view(item(slug).model_copy())


def test_sorting_and_matching_are_shuffled_anew_per_item(item) -> None:
    one = item("billable-or-heading")
    orders = {tuple(sorting.shown(one.model_copy(update={"id": str(n)})).values()) for n in range(20)}
    assert len(orders) > 5


def test_the_screen_never_shows_the_right_order(item) -> None:
    for n in range(200):
        steps = ordering.shown(item("look-up-path").model_copy(update={"id": str(n)}))
        assert list(steps.values()) != sorted(steps.values())


def test_every_order_of_steps(item) -> None:
    one = item("look-up-path")
    key = solution(one)["response"]
    places = ordering.shown(one)
    for raw in itertools.permutations(key):
        verdict = check(one, list(raw))
        assert (verdict.outcome is Outcome.CORRECT) == (list(raw) == key)
        wrong = [part for part in verdict.parts if part.mark == "order"]
        right = [part.target for part in verdict.parts if part.mark == "right"]
        assert right == [name for at, name in enumerate(raw) if places[name] == at], "a tick means: at its own place"
        assert {part.mark for part in verdict.parts} <= {"right", "order"}
        assert [part.target for part in verdict.parts] == [n for n in raw if n in {p.target for p in verdict.parts}]
        assert verdict.score == pytest.approx((3 - len(wrong)) / 3), "what is not marked costs nothing"
        if wrong:
            assert wrong[0].message == one.steps[places[wrong[0].target]].why
            assert {part.message for part in wrong[1:]} <= {"Also out of place."}, "one reason at a time"
            assert str(len(wrong)) in verdict.headline
            kept = [name for name in raw if name not in {part.target for part in wrong}]
            assert kept == sorted(kept, key=places.get), "the steps that stay are in order"
    assert check(one, key[::-1]).outcome is Outcome.INCORRECT
    moved = check(one, [*key[1:], key[0]])
    assert moved.score == pytest.approx(2 / 3)
    assert [(part.target, part.mark) for part in moved.parts] == [(key[0], "order")], "no tick elsewhere"


@pytest.mark.parametrize("raw", [None, [], ""])
def test_untouched_steps_are_blank(item, raw) -> None:
    verdict = check(item("look-up-path"), raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize(
    "raw", [["s1"], ["s1", "s1", "s2", "s3"], ["s1", "s2", "s3", "s9"], "s1", 4, {"s1": 1}, [1, 2, 3, 4], [None] * 4]
)
def test_broken_orders_do_not_count(item, raw) -> None:
    verdict = check(item("look-up-path"), raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


@given(st.permutations(range(7)))
def test_longest_run_is_a_longest_run(places: list[int]) -> None:
    run = ordering.longest_run(places)
    shown = [place for place in places if place in run]
    assert shown == sorted(shown)
    longer = itertools.combinations(places, len(run) + 1)
    assert not any(list(some) == sorted(some) for some in longer)
    own = max(
        sum(places[place] == place for place in some)
        for some in itertools.combinations(places, len(run))
        if list(some) == sorted(some)
    )
    assert sum(places[place] == place for place in run) == own, "no other longest run spares more that are well placed"


@given(st.permutations(range(7)))
def test_whoever_must_move_sees_why(places: list[int]) -> None:
    """Some step outside the run is away from its place, unless all is in order."""
    run = ordering.longest_run(places)
    away = [place for at, place in enumerate(places) if place != at and place not in run]
    assert bool(away) == (places != sorted(places))


def test_a_solution_asks_nothing(item) -> None:
    """A reason that is a question helps to find; in the solution the line stands alone, or with a reason that tells."""
    one = item("which-book")
    asking = one.pairs[0].model_copy(update={"why": "Whose **book** is it?"})
    telling = one.pairs[1].model_copy(update={"why": "It tells."})
    page = solution(one.model_copy(update={"pairs": (asking, telling, *one.pairs[2:])}))["html"]
    assert "?" not in page and f"{telling.right}: It tells.</li>" in page
    assert f"{asking.right}</li>" in page


def test_one_slip_is_one_other(item) -> None:
    one = item("parts-of-a-code")
    key = solution(one)["response"]
    names = list(key)
    slips = {names[0]: key[names[1]], names[1]: key[names[0]]}
    assert check(one, {**key, names[0]: key[names[1]]}).headline.endswith("Look again at the other.")
    assert check(one, {**key, **slips}).headline.endswith("Look again at the others.")
