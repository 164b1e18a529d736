"""Single and multiple choice."""

from __future__ import annotations

import itertools

import pytest

from course.grading.verdict import Outcome
from course.questions.kinds import check


def test_single_choice_tells_the_reason_of_the_chosen_option(item) -> None:
    one = item("billable-one")
    for n, letter in enumerate("abcd"):
        verdict = check(one, letter)
        assert verdict.outcome is (Outcome.CORRECT if letter == "b" else Outcome.INCORRECT)
        (part,) = verdict.parts
        assert (part.target, part.message) == (letter, one.options[n].why)
        assert part.mark == ("right" if letter == "b" else "wrong")


@pytest.mark.parametrize("raw", [None, "", "  ", []])
def test_blank_is_not_attempted(item, raw) -> None:
    for slug in ("billable-one", "which-headings"):
        verdict = check(item(slug), raw)
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None and verdict.headline


@pytest.mark.parametrize("raw", ["e", "ab", "1", 0, True, {"a": 1}, ["z"], [1], [["a"]], 2.5, "é"])
def test_what_cannot_be_read_does_not_count(item, raw) -> None:
    for slug in ("billable-one", "which-headings"):
        if slug == "which-headings" and raw == "ab":
            continue
        verdict = check(item(slug), raw)
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and "A to D" in verdict.invalid


def test_letters_are_read_in_any_case(item) -> None:
    assert check(item("billable-one"), " B ").outcome is Outcome.CORRECT
    assert check(item("which-headings"), "B, D").outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("picks", "score"),
    [("bd", 1), ("b", 0.5), ("d", 0.5), ("a", 0), ("ab", 0), ("abd", 0.5), ("abcd", 0), ("ac", 0)],
)
def test_multiple_choice_gives_partial_credit(item, picks: str, score: float) -> None:
    verdict = check(item("which-headings"), list(picks))
    assert verdict.score == score


def test_multiple_choice_explains_each_pick_and_names_none_that_is_missing(item) -> None:
    one = item("which-headings")
    for size in (1, 2, 3):
        for picks in itertools.combinations("abcd", size):
            verdict = check(one, list(picks))
            told = {part.target: part.message for part in verdict.parts}
            for letter in picks:
                assert told.pop(letter) == one.options["abcd".index(letter)].why
            assert set(told) <= {""}
            missing = {"b", "d"} - set(picks)
            assert ("" in told) == bool(missing)
            for letter in missing:
                option = one.options["abcd".index(letter)]
                assert option.text not in told[""] and option.why not in told[""]


def test_one_more_is_said_as_one_more(item) -> None:
    assert check(item("which-headings"), ["b"]).parts[-1].message == "One more option fits."
    assert check(item("which-headings"), ["a"]).parts[-1].message == "2 options fit."
