"""What comes next in practice: weights, lack, memory, level, a look at what is unknown; and that it saves work."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from course.exams import adaptive, simulate, simulate_practice
from course.exams.adaptive import Candidate, choose, worth
from course.learner.records import Attempt

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
EVEN = {"x": 5.0, "y": 5.0}


def seen(name: str, domain: str = "x", due: float = 0.0, difficulty: int = 2, **more: Any) -> Candidate:
    return Candidate(name, domain, difficulty, due, True, **more)


def picks(
    candidates: list[Candidate], mastery: dict[str, float], weights: dict[str, float], many: int = 200
) -> Counter:
    """How often each domain comes, each time anew."""
    domain = {one.id: one.domain for one in candidates}
    return Counter(domain[choose(candidates, mastery, weights, random.Random(n))] for n in range(many))


def both(due: float = 1.0) -> list[Candidate]:
    return [seen(f"{domain}{n}", domain, due) for domain in "xy" for n in range(5)]


def test_weight_and_lack_decide():
    assert picks(both(), {"x": 0.5, "y": 0.5}, {"x": 9.0, "y": 3.0})["x"] > 180
    assert picks(both(), {"x": 0.8, "y": 0.4}, EVEN)["y"] > 180
    # Much is known in the heavy domain: the light one that is not known comes first.
    assert picks(both(), {"x": 0.9, "y": 0.3}, {"x": 10.0, "y": 3.0})["y"] > 150


def test_once_in_ten_any_domain_of_the_exam_is_looked_at():
    found = picks(both(), {"x": 0.1, "y": 0.95}, EVEN, many=2_000)
    assert 60 < found["y"] < 150  # half of a tenth


def test_memory_level_and_time():
    level, weights = {"x": 0.5}, {"x": 1.0}

    def value(one: Candidate) -> float:
        return worth(one, level, weights)

    fresh, due, new = seen("a"), seen("a", due=0.3), Candidate("a", "x", 2)
    assert value(fresh) < 0.2 * value(due) < value(due) < value(new) == value(seen("a", due=1.0))
    assert value(seen("a", due=0.15)) == pytest.approx(value(due) / 2)
    assert value(Candidate("a", "x", 2, seconds=120)) == pytest.approx(value(new) / 2)
    strong, weak = ({"x": share} for share in (0.9, 0.1))
    assert worth(Candidate("a", "x", 3), strong, weights) > worth(Candidate("a", "x", 1), strong, weights)
    assert worth(Candidate("a", "x", 1), weak, weights) > worth(Candidate("a", "x", 3), weak, weights)
    assert worth(Candidate("a", "z", 2), level, weights) == 0


def test_nothing_comes_twice_in_a_session_while_there_is_another():
    candidates, done = both(), set[str]()
    for n in range(10):
        name = choose(candidates, {"x": 0.2, "y": 0.9}, EVEN, random.Random(n), done=done)
        assert name not in done
        done.add(name)
    assert choose(candidates, {}, EVEN, random.Random(0), done=done) in done
    with pytest.raises(ValueError, match="nothing to choose from"):
        choose([], {}, EVEN, random.Random(0))


def test_what_was_never_looked_at_counts_as_little_known():
    unseen = [Candidate(f"y{n}", "y", 2) for n in range(5)]
    known = [seen(f"x{n}", due=1.0) for n in range(5)]
    assert picks([*known, *unseen], {"x": 0.6, "y": 0.6}, EVEN)["y"] > 180
    answered = [seen(f"y{n}", "y", due=1.0) for n in range(3)] + unseen[3:]
    assert 60 < picks([*known, *answered], {"x": 0.6, "y": 0.6}, EVEN)["y"] < 140


def test_same_chance_same_choice():
    chosen = {choose(both(), {"x": 0.5, "y": 0.5}, EVEN, random.Random(7)) for _ in range(5)}
    assert len(chosen) == 1
    assert choose(both(), {}, {}, random.Random(7))  # an exam that weighs nothing


def test_mastery_by_domain():
    domains = ["CPC: Anatomy", "CPC: Medicine", "CPC: Cases"]
    items = {
        f"{name}/{n}": SimpleNamespace(domains=(name,), difficulty=2, kind="code_entry")
        for name in domains
        for n in range(9)
    }
    attempts = [
        Attempt(
            question_id=name, content_version="", kind="code_entry", response=None, domains=item.domains, at=NOW,
            outcome="correct" if item.domains[0] == domains[0] or name.endswith("/1") else "incorrect",
        )
        for name, item in items.items()
        if item.domains[0] != domains[2]
    ]  # fmt: skip
    found = adaptive.mastery(attempts, items, domains, NOW)
    assert list(found) == domains and all(0 < share < 1 for share in found.values())
    assert found[domains[0]] > 0.6 > found[domains[2]] > found[domains[1]]
    nothing = adaptive.mastery([], {}, domains, NOW)
    assert max(nothing.values()) == pytest.approx(min(nothing.values())) and adaptive.mastery([], {}, [], NOW) == {}


def test_fewer_items_than_by_chance(monkeypatch: pytest.MonkeyPatch):
    """The small form of ``python -m course.exams.simulate_practice``, on a made bank that is not in proportion."""
    made = simulate.world(random.Random(1))
    names = [made.plan.names_item(one.name) for one in made.plan.domains]
    kept = [name for name in made.items if int(name.rpartition("-")[2]) < (60 if "/14-" in name else 15)]
    bank = simulate_practice.Bank(
        {name: made.items[name] for name in kept},
        {name: Candidate(name, made.items[name].domains[0], made.items[name].difficulty) for name in kept},
        {name: float(one.count) for name, one in zip(names, made.plan.domains, strict=True)},
    )
    monkeypatch.setattr(simulate_practice, "course_bank", lambda: bank)
    monkeypatch.setattr(simulate_practice, "TARGET", 0.72)
    monkeypatch.setattr(simulate_practice, "EVERY", 15)
    found = simulate_practice.run(5, seed=11)
    assert all(0 < count < simulate_practice.MOST for one in found for count in one)
    assert sum(one.adaptive for one in found) < 0.93 * sum(one.random for one in found)
    lines = list(simulate_practice.report(found))
    assert lines[0].startswith("5 learners") and "saved against random: median " in lines[4]
