"""Readiness: what an answer says, the model against sums done by other means, the estimate and its words."""

from __future__ import annotations

import datetime as dt
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from course.exams import blueprint, readiness, readiness_evidence, readiness_model, readiness_words
from course.exams.readiness_evidence import Cell, Evidence
from course.exams.readiness_model import Part
from course.learner.records import Attempt

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
DOMAINS = ("CPC: Anatomy", "CPC: Medicine")


def item(*domains: str, difficulty: int = 2, kind: str = "single_choice", options: int = 4) -> Any:
    return SimpleNamespace(
        domains=domains or DOMAINS[:1], difficulty=difficulty, kind=kind, options=tuple(range(options))
    )


def said(name: str, right: bool = True, days: float = 0.0, **more: Any) -> Attempt:
    """One answer, so many days ago."""
    values: dict[str, Any] = dict(
        question_id=name,
        content_version="",
        kind="single_choice",
        response=None,
        outcome="correct" if right else "incorrect",
        score=float(right),
        domains=DOMAINS[:1],
        at=NOW - dt.timedelta(days=days),
        uid=name,
    )
    return Attempt(**{**values, **more})


def evidence(*attempts: Attempt, **items: Any) -> Evidence:
    return readiness_evidence.of(attempts, items or {"a": item(), "b": item()}, DOMAINS, NOW)


def counts(found: Evidence) -> list[tuple[float, float]]:
    return [(round(right, 4), round(wrong, 4)) for right, wrong in found.cells.values()]


# -- what an answer says


def test_an_answer_says_half_as_much_after_six_weeks_and_nothing_after_long():
    assert counts(evidence(said("a"))) == [(1, 0)]
    assert counts(evidence(said("a", right=False, days=42))) == [(0, 0.5)]
    assert evidence(said("a", days=400)).counted == 0
    assert counts(evidence(said("a", days=-3))) == [(1, 0)]  # a clock that was put back


def test_again_says_less_and_may_be_remembered_and_at_once_says_nothing():
    found = evidence(said("a", right=False, days=20), said("a", days=10), said("a", days=9.9))
    assert {cell.floor: pair for cell, pair in found.cells.items()} == {
        0.25: (0, pytest.approx(0.5 ** (20 / 42))),
        0.625: (pytest.approx(0.3 * 0.5 ** (10 / 42)), 0),
    }
    assert (found.counted, found.distinct, found.answers) == (2, 1, (2, 0))
    assert found.practiced == (readiness_evidence.law(3), 0)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"hints_used": 1}, (0.25, 0.25)),
        ({"hints_used": 2, "right": False}, (0, 1)),
        ({"solution_seen": True}, (0, 0.5)),
        ({"outcome": "partly", "score": 0.4}, (0.4, 0.6)),
    ],
)
def test_help_and_half_right(more: dict[str, Any], expected: tuple[float, float]):
    assert counts(evidence(said("a", **more))) == [expected]


def test_what_counts_where():
    both = item(*DOMAINS)
    assert counts(evidence(said("a"), a=both)) == [(0.5, 0), (0.5, 0)]
    other = item("CCA: Compliance")
    found = evidence(said("a"), said("b", kind="flashcard"), said("c", kind="your_turn"), a=other)
    assert (found.cells, found.distinct) == ({}, 0)


def test_difficulty_and_guessing():
    found = evidence(
        said("a"),
        said("b"),
        said("gen/sides/3/1", level=3),
        said("gone", kind="number"),
        a=item(difficulty=1, options=5),
        b=item(difficulty=3, kind="code_entry"),
    )
    assert [(cell.difficulty, cell.floor) for cell in found.cells] == [(1, 0.2), (3, 0), (3, 0.25), (2, 0)]


# -- the model


def made(
    *cells: tuple[int, float, float], difficulty: int = 2, floor: float = 0.25, practiced: float = 0.0
) -> Evidence:
    """Evidence of (domain, right, wrong)."""
    whole = {Cell(place, difficulty, floor, 0.0): (right, wrong) for place, right, wrong in cells}
    many = max(place for place, _, _ in cells) + 1
    zeros = (0,) * many
    return Evidence(tuple(f"d{n}" for n in range(many)), whole, zeros, zeros, (practiced,) * many, 0, 0)


def test_posterior_against_a_sum_by_chance():
    """The share in each of two domains, by weighing 300,000 random learners with the likelihood of the answers."""
    found = readiness_model.posterior(made((0, 14, 6), (1, 1, 2), practiced=1.2))
    rng, model, many = np.random.default_rng(5), readiness_model, 300_000
    level = rng.normal(model.LEVEL, model.LEVEL_SPREAD, many)
    begun = level[:, None] + rng.choice(model.SCATTERS, many)[:, None] * rng.normal(size=(many, 2))
    rates = model.GROWTH + model.GROWTH_SPREAD * np.linspace(-2, 2, model.GROWTHS)
    odds = np.exp(-0.5 * np.linspace(-2, 2, model.GROWTHS) ** 2)
    growth = rng.choice(rates, many, p=odds / odds.sum())[:, None]
    flat = 1 / math.sqrt(1 + math.pi * model.MISJUDGED**2 / 8)

    def right(ability: Any, difficulty: float) -> Any:
        return 0.25 + 0.75 / (1 + np.exp(-flat * (ability - difficulty)))

    first = right(begun, 0.0)
    weight = np.prod(first ** [14, 1] * (1 - first) ** [6, 2], axis=1)
    now = begun + growth * 1.2 * np.clip(1 - begun / model.CEILING, 0, 2)
    exam = (right(now, 0.0) + right(now, 0.9)) / 2
    for place in (0, 1):
        told = found.share(place, 0.25)
        assert told.share == pytest.approx(np.average(exam[:, place], weights=weight), abs=0.004)
        order = np.argsort(exam[:, place])
        below = np.cumsum(weight[order]) / weight.sum()
        ends = exam[order, place][np.searchsorted(below, [0.05, 0.95])]
        assert (told.low, told.high) == pytest.approx(tuple(ends), abs=0.012)


def test_number_right_against_counting():
    """Each cell of the grid by itself: mixtures of binomials, added up domain by domain."""
    found = readiness_model.posterior(made((0, 3, 1), (1, 0, 2), (2, 5, 5)))
    parts = [Part(0, 3, 0.25), Part(2, 4, 0.0), Part(0, 2, 0.0)]
    total = np.zeros(10)
    for weight, given in zip(found.weights, found.given, strict=True):
        own = np.ones(1)
        for part in parts:
            p = readiness_model.exam_curve(part.floor)
            pmf = [
                math.comb(part.items, k) * given[part.domain] @ (p**k * (1 - p) ** (part.items - k))
                for k in range(part.items + 1)
            ]
            own = np.convolve(own, pmf)
        total += weight * own
    assert found.number_right(parts) == pytest.approx(total, abs=1e-12)


def test_more_right_is_more_and_more_answers_are_surer():
    def share(right: float, wrong: float, **more: Any) -> Any:
        return readiness_model.posterior(made((0, right, wrong), (1, 0, 0), **more)).share(0, 0.25)

    few, many = share(7, 3), share(70, 30)
    assert share(3, 7).share < few.share < share(10, 0).share
    assert many.high - many.low < 0.6 * (few.high - few.low)
    assert share(7, 3, difficulty=3).share > few.share > share(7, 3, difficulty=1).share
    assert share(7, 3, floor=0.0).share > few.share  # what could not be guessed says more
    assert share(7, 3, practiced=2.0).share > few.share


def test_a_domain_without_answers_leans_on_the_others_and_says_so_by_its_width():
    def second(right: int, wrong: int) -> Any:
        return readiness_model.posterior(made((0, right, wrong), (1, 0, 0))).share(1, 0.25)

    strong, weak = second(48, 2), second(15, 35)
    assert strong.share > 0.75 > 0.6 > weak.share
    first = readiness_model.posterior(made((0, 48, 2), (1, 0, 0))).share(0, 0.25)
    assert strong.high - strong.low > 1.5 * (first.high - first.low)
    known = readiness_model.posterior(made((0, 48, 2), (1, 0, 0))).known()
    assert 0.5 < known[1] < known[0] < 1


def test_extreme_answers_stay_within_bounds():
    for right, wrong in ((900, 0), (0, 900), (5_000, 5_000)):
        found = readiness_model.posterior(made((0, right, wrong), (1, wrong, right)))
        chances = found.number_right([Part(0, 50, 0.25), Part(1, 50, 0.0)])
        assert chances.sum() == pytest.approx(1) and chances.min() >= 0
        told = found.share(0, 0.25)
        assert 0.25 <= told.low <= told.share <= told.high <= 1


def test_a_finer_grid_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    facts, parts = made((0, 30, 9), (1, 6, 2), (2, 2, 3), practiced=1.0), [Part(n, 12, 0.25) for n in range(3)]
    rough = readiness_model.posterior(facts).number_right(parts)[25:].sum()
    caches = ("_curves", "_abilities", "_growths", "_spread", "_prior", "_waves", "_way", "_after")
    for name, value in (("ABILITIES", 331), ("LEVELS", 166), ("KEPT", 0.999999)):
        monkeypatch.setattr(readiness_model, name, value)
    try:
        for name in caches:
            getattr(readiness_model, name).cache_clear()
        assert readiness_model.posterior(facts).number_right(parts)[25:].sum() == pytest.approx(rough, abs=0.004)
    finally:
        for name in caches:
            getattr(readiness_model, name).cache_clear()


# -- the estimate


def learner(exam: str, share: float, each: int = 12, days: float = 1.0) -> readiness.Readiness:
    """One who answered ``each`` items in each domain of an exam, so many of them right."""
    plan, items, attempts = blueprint.load(exam), {}, []
    for place, domain in enumerate(plan.domains):
        for number in range(each):
            name = f"{place}/{number}"
            items[name] = item(plan.names_item(domain.name))
            attempts.append(said(name, number < round(share * each), days + number / 24, domains=items[name].domains))
    return readiness.estimate(attempts, plan, items, NOW)


def test_estimate_of_the_cpc():
    low, middle, high = (learner("CPC", share) for share in (0.5, 0.75, 1.0))
    assert low.enough and low.chance < 0.1 < middle.chance < 0.95 < high.chance
    assert middle.chance_low < middle.chance < middle.chance_high
    assert middle.expected_low < middle.expected < middle.expected_high
    assert middle.scored == 100 == sum(one.items for one in middle.domains) and middle.answers == 18 * 12
    assert middle == learner("CPC", 0.75)
    assert (middle.line.middle, middle.line.assumed) == (0.70, False)
    assert middle.words.startswith("If you sat CPC exams like those of this course today, you would pass about ")
    worth = middle.worth_most()
    assert worth[0].name == "Cases" and worth[0].lost >= worth[1].lost >= worth[2].lost and worth[0].lessons


def test_estimate_of_a_scaled_exam_has_a_range_that_is_called_an_assumption():
    found = learner("CCA", 0.75, each=20)
    assert found.scored == 90 and found.line == readiness.Line(0.65, 0.70, 0.75, assumed=True)
    assert found.chance_low < found.chance - 0.1 < found.chance_high - 0.2
    told = readiness_words.range_words((found.chance_low, found.chance, found.chance_high), found.line)
    assert "65 percent" in told and "75 percent" in told and "not public" in told and "own assumption" in told
    assert readiness_words.percent(0.7) not in found.words


@pytest.mark.parametrize(("exam", "scored"), [("CPC", 100), ("CCA", 90), ("CCS", 97), ("CIC", 47)])
def test_parts_are_the_scored_items(exam: str, scored: int):
    parts = readiness.parts_of(blueprint.load(exam))
    assert sum(part.items for part in parts) == scored
    assert {part.floor for part in parts} == ({0.25} if exam in ("CPC", "CCA") else {0.25, 0.0})


def test_too_early_says_what_is_missing():
    nothing = readiness.estimate([], blueprint.load("CPC"), {}, NOW)
    assert not nothing.enough and nothing.words == (
        "Too early to say. A chance can be told after 60 different questions about the domains of the CPC. You have "
        "answered none yet; 60 more to go."
    )
    few = learner("CCA", 0.8, each=5)
    assert not few.enough and "So far you have answered 30; 30 more to go." in few.words
    old = learner("CCA", 0.8, each=12, days=150)
    assert not old.enough and "old" in old.words
    assert learner("CCA", 0.8, each=12).enough


def test_a_domain_without_any_answer_is_named():
    plan = blueprint.load("CCA")
    items = {str(n): item("CCA: Compliance") for n in range(80)}
    found = readiness.estimate([said(name, domains=("CCA: Compliance",)) for name in items], plan, items, NOW)
    assert not found.enough and len(found.missing) == 1
    assert found.missing[0].startswith("Nothing is answered yet in these 5 domains: Clinical classification systems;")


def test_needed():
    assert [readiness.needed(0.7, scored) for scored in (100, 97, 90, 47)] == [70, 68, 63, 33]


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ((0.48, 0.6, 0.81), "between 5 and 8 of 10"),
        ((0.01, 0.1, 0.31), "at most 3 of 10"),
        ((0.55, 0.8, 0.97), "at least 6 of 10"),
        ((0.01, 0.5, 0.97), "nearly none or nearly all of 10"),
        ((0.0, 0.01, 0.04), "fewer than 1 of 10"),
        ((0.97, 0.98, 0.99), "more than 9 of 10"),
        ((0.69, 0.7, 0.71), "about 7 of 10"),
    ],
)
def test_ranges_in_words(chances: tuple[float, float, float], expected: str):
    assert readiness_words.between(chances) == expected
