"""The proof of the estimate, small: stated chances against true ones, and that a broken model does not pass."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from course.exams import readiness_evidence, simulate
from course.exams.readiness_model import Part
from course.exams.simulate import Stated


def bias(found: list[Stated]) -> float:
    """Mean of true less stated, in points."""
    return 100 * sum(one.true - one.stated for one in found) / len(found)


@pytest.mark.parametrize("population", ["camps", "learning"])
def test_stated_chances_come_true(population: str):
    found = simulate.run(population, 50)
    assert abs(bias(found)) < 5
    assert max(abs(one.off) for one in simulate.groups(found, 4)) < 12  # 12 learners each: an error of 3 or 4
    assert 85 < simulate.held(found) < 97
    assert sum(one.stated > 0.7 for one in found) > 5 < sum(one.stated < 0.3 for one in found)


def test_without_guessing_the_check_is_red(monkeypatch: pytest.MonkeyPatch):
    about = readiness_evidence._about

    def blind(one: Any, item: Any) -> tuple[int, float]:
        return about(one, item)[0], 0.0

    monkeypatch.setattr(readiness_evidence, "_about", blind)
    found = simulate.run("learning", 25)
    assert bias(found) < -10 and simulate.held(found) < 85


def test_true_chance_is_counted_exactly():
    shares, parts = [0.7, 0.4], [Part(0, 3, 0.25), Part(1, 2, 0.25)]
    total = 0.0
    for outcome in itertools.product((0, 1), repeat=5):
        chance = 1.0
        for place, right in enumerate(outcome):
            share = shares[0] if place < 3 else shares[1]
            chance *= share if right else 1 - share
        total += chance * (sum(outcome) >= 4)  # 70 percent of 5 are 3.5
    assert simulate.true_chance(shares, parts, 0.7) == pytest.approx(total)


def test_true_share_is_the_mean_over_drawn_items():
    rng = random.Random(3)
    found = simulate.true_share(0.8)
    drawn = [0.25 + 0.75 / (1 + 2.718281828 ** (rng.choice((0, 0.9)) + rng.gauss(0, 0.7) - 0.8)) for _ in range(40_000)]
    assert found == pytest.approx(sum(drawn) / len(drawn), abs=0.003)


def test_groups_are_tenths_in_order_of_what_was_stated():
    found = [Stated(n / 40, n / 40 + 0.02, 1.0) for n in reversed(range(40))]
    table = simulate.groups(found)
    assert [one.size for one in table] == [4] * 10
    assert [one.stated for one in table] == sorted(one.stated for one in table)
    assert all(one.off == pytest.approx(2) and one.error == pytest.approx(0) for one in table)


def test_the_report_names_a_miss(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(simulate, "run", lambda name, many: [Stated(0.5, 0.6, 0.9)] * many)
    assert simulate.main(["20", "camps"]) == 1 and "10.0 points (NOT within 5)" in capsys.readouterr().out
    assert simulate.main(["20", "idle"]) == 0 and "(no bar)" in capsys.readouterr().out
    monkeypatch.setattr(simulate, "run", lambda name, many: [Stated(0.5, 0.53, 0.9)] * many)
    assert simulate.main(["20", "camps"]) == 0 and "(within 5); intervals hold 90.0" in capsys.readouterr().out
