"""The look-up path: the first wrong step is named as the place where the path leaves the road."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.codesets import icd10cm
from course.grading.verdict import Outcome, Verdict
from course.questions import text
from course.questions.bank import load_item
from course.questions.base import ItemBase
from course.questions.kinds import KINDS, check, lookup_path, solution, static_html, view
from tests.questions.conftest import FIXTURES

ONE = load_item("90-kinds/path-to-the-wrist", FIXTURES)
RIGHT = {"main": "b", "sub": "b", "offered": "b", "code": "S52.521A"}
#: Wrong options of each step, by the text of the fixture.
WRONG = {"main": ("a", "c"), "sub": ("a", "c"), "offered": ("a", "c"), "code": ("S52.522A", "S52.521", "I10")}


def checked(raw: object) -> Verdict:
    """The verdict on any response, with the edition of FY2027."""
    return check(ONE, raw, icd10cm.open_edition(2027))


def graded(**steps: str | None) -> Verdict:
    """The right path, but for the given steps; None leaves a step open."""
    return checked(RIGHT | steps)


def said(verdict: Verdict) -> dict[str, tuple[str, str]]:
    return {part.target: (part.mark, part.message) for part in verdict.parts}


def why(step: str, option: str) -> str:
    return lookup_path.listed(ONE, lookup_path.ALL[step])[option].why


def test_the_whole_path_is_right_and_explained() -> None:
    assert solution(ONE)["response"] == RIGHT
    verdict = graded()
    assert verdict.outcome is Outcome.CORRECT and verdict.score == 1 and verdict.headline.startswith("Yes")
    told = said(verdict)
    assert list(told) == ["main", "sub", "offered", "code"] and {mark for mark, _ in told.values()} == {"right"}
    assert told["main"][1] == why("main", "b") and "Torus fracture" in told["code"][1]


@pytest.mark.parametrize("step", ["main", "sub", "offered"])
def test_one_wrong_step_is_where_the_path_leaves_the_road(step: str) -> None:
    for option in WRONG[step]:
        verdict = graded(**{step: option})
        told = said(verdict)
        assert told.pop(step) == ("wrong", f"**Here the path leaves the road.** {why(step, option)}")
        assert {mark for mark, _ in told.values()} == {"right"} and told.pop("code")[1].startswith(
            "The right code, but"
        )
        assert all(message == "Fits." for _, message in told.values()), "the reasons of the right steps come at the end"
        assert verdict.outcome is Outcome.PARTLY and verdict.score == 0.75
        assert verdict.headline.startswith("The right code, but the path to it leaves the road at step")


def test_a_wrong_code_is_diagnosed() -> None:
    verdict = graded(code="S52.521")
    mark, message = said(verdict)["code"]
    assert mark == "wrong" and "7th character" in message and 0.75 < verdict.score < 1
    assert verdict.headline == "The right road; only the last step is not there yet."
    assert "The film names the arm." in said(graded(code="S52.529A"))["code"][1]
    assert "That is the other bone of the forearm." in said(graded(code="S52.601A"))["code"][1]
    assert said(graded(code="s52 522a"))["code"][1].startswith("**Other side.**")


def test_later_steps_are_judged_in_the_light_of_the_first_wrong_one() -> None:
    verdict = graded(sub="a", offered="a", code="S52.501A")
    told = said(verdict)
    assert told["main"] == ("right", "Fits.") and told["sub"][0] == "wrong"
    for step in ("offered", "code"):
        mark, message = told[step]
        assert mark == "note" and message.startswith("**Follows from step 2.**")
    assert "where this path led" in told["code"][1]
    assert why("offered", "a") not in told["offered"][1]
    assert verdict.headline == "The path leaves the road at step 2, the sub-term." and verdict.score == 0.25


def test_a_code_away_from_both_the_road_and_the_path_is_a_slip_of_its_own() -> None:
    mark, message = said(graded(offered="a", code="I10"))["code"]
    assert mark == "wrong" and "Follows" not in message


def test_open_steps_are_missing_and_never_wrong() -> None:
    verdict = graded(sub=None, code="")
    told = said(verdict)
    assert told["sub"] == told["code"] == ("missing", "Still open.")
    assert verdict.outcome is Outcome.PARTLY and verdict.headline == "Right so far; 2 steps still open."
    verdict = checked({"main": "a"})
    assert [mark for mark, _ in said(verdict).values()] == ["wrong", "missing", "missing", "missing"]
    assert verdict.headline == "The path leaves the road at step 1, the main term."


@pytest.mark.parametrize("raw", [None, "", [], {}, {"main": ""}, {"main": None, "code": "  "}, {"code": "-"}])
def test_nothing_chosen_is_blank(raw: object) -> None:
    verdict = checked(raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("b", "steps of the path"),
        (5, "steps of the path"),
        ({"road": "a"}, "steps of the path"),
        ({1: "a"}, "steps of the path"),
        ({"main": ["b"]}, "step 1"),
        ({"main": "d"}, "Step 1 has no such option"),
        ({"main": "b", "offered": "bb"}, "Step 3 has no such option"),
        ({"code": "torus fracture"}, "not words"),
        ({"code": "I10, E11.9"}, "I read 2"),
        ({"code": 7}, "step 4"),
    ],
)
def test_what_cannot_be_read_does_not_count(raw: object, reason: str) -> None:
    verdict = checked(raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and reason in (verdict.invalid or "")


STEP = st.one_of(st.sampled_from("abcABC"), st.sampled_from(["", " b ", None]))
CODE = st.one_of(
    st.sampled_from(["S52.521A", "S52.501A", "S52", "S62.101A", "I10", "", None]),
    st.from_regex(r"[A-Z]\d{2,6}", fullmatch=True),
)


@given(st.fixed_dictionaries({}, optional={"main": STEP, "sub": STEP, "offered": STEP, "code": CODE}))
def test_laws_of_every_path(raw: dict[str, str | None]) -> None:
    verdict = checked(raw)
    given_steps = {name for name in raw if (raw[name] or "").strip()}
    assert (verdict.outcome is Outcome.NOT_ATTEMPTED) == (not given_steps)
    if not given_steps:
        return
    told = said(verdict)
    assert {name for name, (mark, _) in told.items() if mark == "missing"} == set(RIGHT) - given_steps
    right = {name for name in given_steps if (raw[name] or "").strip().upper() == RIGHT[name].upper()}
    assert {name for name, (mark, _) in told.items() if mark == "right"} == right
    assert len(right) / 4 <= verdict.score < (len(right) + 1) / 4 or verdict.score == 1
    assert (verdict.score == 1) == (len(right) == 4)
    roads = [name for name, (_, message) in told.items() if "leaves the road" in message]
    off = next((name for name in RIGHT if name in given_steps - right), None)
    assert roads == ([off] if off not in (None, "code") else [])
    if off is None or off == "code":
        assert not any("Follows from" in message for _, message in told.values())
    if off:
        assert told[off][0] == "wrong"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(JUNK | st.dictionaries(st.sampled_from([*RIGHT, "x", 1]), JUNK, max_size=5))
def test_no_response_raises(raw: object) -> None:
    verdict = checked(raw)
    json.dumps(verdict.to_dict())
    assert verdict.headline
    if verdict.invalid is not None:
        assert 10 < len(verdict.invalid) < 250


def test_options_stand_in_the_order_of_the_alphabet_and_give_nothing_away() -> None:
    steps = view(ONE)["steps"]
    assert [step["id"] for step in steps] == list(RIGHT) and "options" not in steps[-1]
    for step in steps[:-1]:
        assert [option["id"] for option in step["options"]] == ["a", "b", "c"]
        assert set(step) == {"id", "label", "ask", "options"}
    assert [option["html"] for option in steps[0]["options"]] == [
        "Fall",
        "Fracture, traumatic (abduction) (adduction)",
        "Wrist",
    ]
    assert "S52.521" not in json.dumps(view(ONE)) + static_html(ONE)


def test_the_solution_shows_the_path_as_one_line() -> None:
    page = solution(ONE)["html"]
    assert page.startswith(
        "<p><strong>Fracture, traumatic (abduction) (adduction)</strong> → radius → lower end → torus → S52.52- → "
        "Tabular List: 6th character 1, 7th A → <strong>S52.521A</strong></p>"
    )
    assert text.inline(ONE.verify.why) in page  # type: ignore[attr-defined]


def test_a_path_that_ends_in_the_index_adds_nothing() -> None:
    page = solution(made(offered=[("S52.521A", True), ("S52.50-", False), ("S62.10-", False)]))["html"]
    assert "S52.521A → Tabular List → <strong>S52.521A</strong>" in page


def made(**changes: object) -> ItemBase:
    """The fixture with other options, given as (text, correct), or another code."""
    data = ONE.model_dump(mode="json")
    for name, value in changes.items():
        if name == "verify":
            data[name] = value
        else:
            data[name] = [{"text": one, "why": f"why {one}", "correct": right} for one, right in value]  # type: ignore[attr-defined]
    return KINDS["lookup_path"].Model.model_validate(data)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"main_terms": [("a", False), ("b", False), ("c", False)]}, "no option is correct"),
        ({"main_terms": [("a", True), ("b", True), ("c", False)]}, "a second option is marked correct"),
        ({"subterms": [("a", True), ("A ", False), ("c", False)]}, "says the same as number 1"),
        ({"offered": [("torus", True), ("b", False), ("c", False)]}, "does not begin with a code"),
        ({"offered": [("S52.50-", True), ("b", False), ("c", False)]}, "does not lead to S52.521A"),
        ({"offered": [("S52.521A-", True), ("b", False), ("c", False)]}, "has a dash, but is the whole code"),
        ({"verify": {"code": "S52.521A", "reasons": {"S52.521A": "x"}}}, "is the right code"),
        ({"verify": {"code": "S52.521A", "reasons": {"S52-S59": "x"}}}, "is not a code"),
        ({"verify": {"code": "torus"}}, "does not look like"),
        ({"subterms": [("a", True), ("b", False)]}, "at least 3"),
    ],
)
def test_rules(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        made(**changes)


def test_the_reasons_of_the_code_leave_the_version_alone() -> None:
    verify = ONE.model_dump(mode="json")["verify"]
    assert made_with(verify | {"reasons": {}, "why": None}).content_version == ONE.content_version
    assert made_with(verify | {"code": "S52.522A"}).content_version != ONE.content_version


def made_with(verify: dict[str, object]) -> ItemBase:
    return KINDS["lookup_path"].Model.model_validate(ONE.model_dump(mode="json") | {"verify": verify})
