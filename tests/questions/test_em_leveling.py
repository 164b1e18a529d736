"""E/M leveling: the code follows from the elements, each wrong tick has its reason, what is missing is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.codesets.cpt import em
from course.grading.verdict import Outcome, Verdict
from course.questions.bank import load_item
from course.questions.base import ItemBase
from course.questions.kinds import check, em_leveling, em_model, solution, static_html, view
from tests.questions.conftest import FIXTURES

VISIT = load_item("90-kinds/two-stable-illnesses", FIXTURES)
ED = load_item("90-kinds/chest-pain-in-the-ed", FIXTURES)
RIGHT = {
    "elements": {"stable-chronic": 2, "unique-result": 1, "unique-test-ordered": 1, "prescription-drug": 1},
    "minutes": "24",
    "code": "99214",
}
ELEMENTS = em.elements()


def said(raw: Any, one: ItemBase = VISIT) -> dict[str, tuple[str, str]]:
    return {part.target: (part.mark, part.message) for part in check(one, raw).parts}


def ticked(**changes: int) -> dict[str, Any]:
    elements = {**RIGHT["elements"], **{name.replace("_", "-"): count for name, count in changes.items()}}
    return {**RIGHT, "elements": elements}


def test_the_right_answer() -> None:
    assert solution(VISIT)["response"] == RIGHT
    verdict = check(VISIT, RIGHT)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline == "Yes: 99214."
    told = said(RIGHT)["code"][1]
    assert "problems moderate, data low, risk moderate" in told.lower() and "two of three reach moderate" in told
    assert "24 minutes lead to 99213" in told and "the higher one is 99214" in told
    assert check(ED, solution(ED)["response"]).score == 1 and "minutes" not in solution(ED)["response"]


def test_each_wrong_tick_has_its_reason() -> None:
    """The author's trap first, otherwise the sentence of the element."""
    for name, one in ELEMENTS.items():
        raw = ticked(**{name: 1})
        verdict = check(VISIT, raw)
        mark, message = said(raw)[name]
        if name in RIGHT["elements"]:
            assert (mark == "right") == (RIGHT["elements"][name] == 1)
        elif name in ("low", "minimal"):
            assert mark == "note" and verdict.score == 1, "harmless beside a higher one"
        else:
            why = "Both figures are at their goal." if name == "chronic-exacerbation" else one.why
            assert (mark, message) == ("wrong", f"**{one.words}.** {why}")
            assert verdict.score == pytest.approx(0.9), "a fifth of the half that ticks are worth"


def test_what_is_missing_is_counted_and_not_named() -> None:
    raw = {"elements": {"prescription-drug": 1}, "minutes": "24", "code": "99214"}
    told = said(raw)
    assert told["problems"] == ("missing", "1 problem that counts is not ticked yet. Read the note once more.")
    assert told["data"] == ("missing", "2 items of data that count are not ticked yet. Read the note once more.")
    assert "risk" not in told
    assert check(VISIT, raw).score == pytest.approx((2 / 5 + 1) / 2)
    everything = " ".join(message for _, message in told.values())
    assert not [one.words for name, one in ELEMENTS.items() if name in RIGHT["elements"] and one.words in everything]


def test_a_wrong_number_is_worth_half() -> None:
    for count, word in ((1, "more than once"), (3, "not so often")):
        raw = ticked(stable_chronic=count)
        assert word in said(raw)["stable-chronic"][1]
        assert check(VISIT, raw).score == pytest.approx((4.5 / 5 + 1) / 2)


def test_minutes() -> None:
    assert said({**RIGHT, "minutes": "9"})["minutes"] == ("wrong", "The 9 minutes are those of staff.")
    assert said({**RIGHT, "minutes": ""})["minutes"][0] == "missing"
    for same in ("24 min", " 24 ", 24, "24 minutes"):
        assert check(VISIT, {**RIGHT, "minutes": same}).score == 1
    for odd in ("about 24", "24.5", "-3", "1441", True, [24], "\u0662\u0664"):
        verdict = check(VISIT, {**RIGHT, "minutes": odd})
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and "minutes" in (verdict.invalid or "")
    untold = type(VISIT).model_validate({**VISIT.model_dump(mode="json"), "minutes": None, "traps": []})
    mark, message = said(RIGHT, untold)["minutes"]
    assert mark == "wrong" and message == em_leveling.NO_MINUTES and check(untold, RIGHT).score == pytest.approx(0.875)
    assert check(ED, {**solution(ED)["response"], "minutes": "40"}).score == 1, "no field there, so nothing is read"


def test_only_the_minutes_are_off() -> None:
    long = type(VISIT).model_validate(VISIT.model_dump(mode="json") | {"minutes": 41, "code": "99215"})
    for minutes in ("", "24"):
        raw = {**RIGHT, "minutes": minutes}
        assert check(long, raw).headline == "The ticks are right. The minutes decide: look at them once more."
        code = said(raw, long)["code"]
        assert code == ("note", "**The ticks are right; the minutes decide.** Mend the minutes first.")
        assert said({**raw, "code": "99213"}, long)["code"][1].startswith("**The ticks are right.** Mend the minutes")
        assert said({**raw, "code": "99215"}, long)["code"] == (
            "right",
            "The right code. Look once more at the minutes.",
        )
        verdict = check(long, {**raw, "code": "99215"})
        assert verdict.headline == "The right code and the right ticks; the minutes are not yet."
    raw = {**RIGHT, "minutes": "9", "code": "99213"}
    assert check(VISIT, raw).headline == "The ticks are right. Look at the minutes once more.", (
        "they decide nothing here"
    )


def test_the_lower_one_alone_is_not_called_harmless() -> None:
    alone = {"elements": {name: count for name, count in RIGHT["elements"].items() if name != "prescription-drug"}}
    alone["elements"]["low"] = 1
    assert said(alone)["low"] == ("note", "There is more to it: look once more at the risk.")
    assert said(ticked(low=1))["low"] == ("note", em_leveling.HARMLESS)


def test_all_three_parts_at_one_level() -> None:
    data = VISIT.model_dump(mode="json")
    data["elements"]["data"] = {"unique-test-ordered": 3}
    same = type(VISIT).model_validate(data)
    assert "all three reach moderate" in said(solution(same)["response"], same)["code"][1]


def test_the_code_too_high_and_too_low() -> None:
    high = said({**RIGHT, "code": "99215"})["code"]
    assert high == ("wrong", "**One step too high.** No part is that high, and 24 minutes do not lead there.")
    low = said({**RIGHT, "code": "99212"})["code"][1]
    assert low == "**Two steps too low.** Two of the three parts reach more than this."
    assert check(VISIT, {**RIGHT, "code": "99215"}).score == 0.5
    data = VISIT.model_dump(mode="json") | {"minutes": 41, "code": "99215"}
    long = type(VISIT).model_validate(data)
    assert "by time, and the minutes reach more" in said({**RIGHT, "minutes": "41"}, long)["code"][1]
    data["elements"]["risk"], data["optional"] = ["toxicity-monitoring"], []
    raw = {"elements": {**RIGHT["elements"], "toxicity-monitoring": 1}, "minutes": "24", "code": "99215"}
    raw["elements"].pop("prescription-drug")
    one_high = type(VISIT).model_validate(data | {"minutes": 24, "code": "99214"})
    assert "only one, risk, is that high; two must be" in said(raw, one_high)["code"][1]


def test_the_code_beside_wrong_ticks() -> None:
    assert said(ticked(external_discussion=1))["code"] == ("right", "The right code. Look once more at the ticks.")
    follows = {"elements": {"acute-uncomplicated": 1, "low": 1}, "code": "99213"}
    assert said(follows)["code"][0] == "note" and "follows from your ticks" in said(follows)["code"][1]
    assert "lead to another code" in said({**follows, "code": "99215"})["code"][1]
    assert said({"elements": RIGHT["elements"]})["code"][0] == "missing"
    assert check(VISIT, {"code": "99214"}).score == 0.5


def test_blank_is_not_attempted() -> None:
    for raw in (
        None,
        "",
        [],
        {},
        {"elements": {}},
        {"elements": None, "minutes": " ", "code": ""},
        {"elements": {"low": 0}},
    ):
        verdict = check(VISIT, raw)
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize(
    "raw",
    [
        "99214", [1], {"problems": {}}, {"elements": ["low"]}, {"elements": {"lows": 1}}, {"elements": {"low": 2}},
        {"elements": {"low": True}}, {"elements": {"stable-chronic": 10}}, {"elements": {"low": -1}},
        {"code": "99203"}, {"code": 99214}, {"elements": {"low": "1"}},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_never_wrong(raw: Any) -> None:
    verdict = check(VISIT, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid and len(verdict.invalid) > 20


TICKS = st.dictionaries(st.sampled_from(sorted(ELEMENTS)), st.just(1), max_size=8)
CODES = st.sampled_from(["", *(row.code for row in em.in_category("office-established"))])
NEAR = st.fixed_dictionaries(
    {}, optional={"elements": TICKS | st.none(), "minutes": st.sampled_from(["", "9", "24", 24]), "code": CODES}
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(raw=NEAR | ANY, item=st.sampled_from([VISIT, ED]))
def test_no_response_raises(raw: Any, item: ItemBase) -> None:
    verdict = check(item, raw)
    json.dumps(verdict.to_dict())
    assert verdict.headline
    if verdict.score == 1:
        free = {"low", "minimal"} if item is VISIT else {"minimal"}
        kept = {name: count for name, count in raw["elements"].items() if name not in free}
        assert kept == solution(item)["response"]["elements"] and raw["code"] == item.code


@given(ticks=TICKS, extra=st.sampled_from(sorted(set(ELEMENTS) - set(RIGHT["elements"]))), code=CODES)
def test_a_tick_too_many_never_raises_the_score(ticks: dict[str, int], extra: str, code: str) -> None:
    def score(elements: dict[str, int]) -> Verdict:
        return check(VISIT, {"elements": elements, "minutes": "24", "code": code})

    assert score({**ticks, extra: 1}).score <= score(ticks).score
    missing = next((name for name in RIGHT["elements"] if name not in ticks), None)
    if missing:
        assert score({**ticks, missing: RIGHT["elements"][missing]}).score >= score(ticks).score


WRONG = {
    "another code": ({"code": "99213"}, "is 99213, but the elements .problems moderate, data low, risk moderate."),
    "no category": ({"category": "office"}, "no category with levels"),
    "a category without levels": ({"category": "preventive-new"}, "no category with levels"),
    "unknown element": ({"elements": {"problems": {"stable": 1}}}, "which is no element of problems"),
    "element of another part": ({"elements": {"risk": ["stable-chronic"]}}, "which is no element of risk"),
    "ticked, not counted": ({"elements": {"problems": {"acute-systemic": 2}}}, "is ticked, not counted"),
    "twice": ({"elements": {"risk": ["low", "low"]}}, "listed twice"),
    "nothing": ({"elements": {}}, "holds nothing"),
    "trap in the key": ({"traps": {"prescription-drug": "x"}}, "may be ticked"),
    "unknown trap": ({"traps": {"hours": "x"}}, "which is no element"),
    "optional in the key": ({"optional": ["prescription-drug"]}, "one of the key"),
    "optional that changes the code": ({"optional": ["threat-to-life", "emergency-major"]}, None),
    "trap of minutes in the emergency": (
        {"category": "emergency", "code": "99284", "minutes": None},
        "cannot be shown",
    ),
    "time in the emergency": ({"category": "emergency", "code": "99284", "traps": {}}, "knows no time"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_an_author_can_get_wrong(name: str) -> None:
    change, message = WRONG[name]
    data = VISIT.model_dump(mode="json") | change
    if message is None:  # each alone leaves the code; with risk already high, the problem would not
        data["elements"]["risk"] = ["hospitalization"]
        data["optional"], message = ["threat-to-life"], "would lead to another code"
    with pytest.raises(ValidationError, match=message):
        type(VISIT).model_validate(data)


def test_the_code_is_proved_in_every_category() -> None:
    data = {**VISIT.model_dump(mode="json"), "minutes": None, "traps": [], "optional": []}
    for category in em.leveled():
        for level, elements in enumerate(
            (
                {"problems": {"minor": 1}, "risk": ["minimal"]},
                {"problems": {"acute-uncomplicated": 1}, "risk": ["low"]},
                {"problems": {"chronic-exacerbation": 1}, "risk": ["prescription-drug"]},
                {"problems": {"threat-to-life": 1}, "risk": ["hospitalization"]},
            ),
            1,
        ):
            one = type(VISIT).model_validate(
                {**data, "category": category, "elements": elements, "code": em.code_for(category, level)}
            )
            assert check(one, solution(one)["response"]).score == 1
            assert view(one)["timed"] == (category != "emergency")


def test_reasons_can_be_mended_without_making_the_answer_old() -> None:
    data = VISIT.model_dump(mode="json")
    data["traps"][0]["why"] = "Another sentence."
    assert type(VISIT).model_validate(data).content_version == VISIT.content_version
    assert type(VISIT).model_validate(data | {"minutes": 25}).content_version != VISIT.content_version


def test_the_static_form_has_a_place_for_each_tick() -> None:
    page = static_html(VISIT)
    assert page.count("☐") + page.count("__ ") == len(ELEMENTS) and "Minutes that count" in page
    assert "99211 / 99212" in page and "Minutes" not in static_html(ED)
    assert view(VISIT)["category_label"] == "Office, established patient"
    assert em_model.timed(VISIT) and not em_model.timed(ED)
