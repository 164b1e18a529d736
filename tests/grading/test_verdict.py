"""The laws of a verdict."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.verdict import Outcome, Part, Verdict, not_attempted, outcome_of, scored


@given(st.floats(0, 1))
def test_outcome_follows_from_the_score(score: float) -> None:
    verdict = scored(score, "…")
    assert (verdict.outcome is Outcome.CORRECT) == (score == 1)
    assert (verdict.outcome is Outcome.INCORRECT) == (score == 0)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_outside_its_range_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        outcome_of(score)


def test_contradictions_are_refused() -> None:
    with pytest.raises(ValueError):
        Verdict(Outcome.CORRECT, 0.5, "")
    with pytest.raises(ValueError):
        Verdict(Outcome.NOT_ATTEMPTED, 0.5, "")
    with pytest.raises(ValueError):
        Verdict(Outcome.INCORRECT, 0, "", invalid="unreadable")
    with pytest.raises(ValueError):
        Part("a", "bad", "")  # type: ignore[arg-type]


def test_to_dict_is_json() -> None:
    verdict = scored(0.5, "Half", [Part("a", "right", "why", "note at S52.52")])
    assert json.loads(json.dumps(verdict.to_dict())) == {
        "outcome": "partly",
        "score": 0.5,
        "headline": "Half",
        "parts": [{"target": "a", "mark": "right", "message": "why", "basis": "note at S52.52"}],
        "invalid": None,
    }
    assert not_attempted("Nothing yet", "why").to_dict()["invalid"] == "why"
