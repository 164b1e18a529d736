"""Audit bench: every finding has its answer, what is right is not told before, rates are judged by whose counts."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.grading import audit
from course.grading.verdict import Outcome
from course.questions import proof
from course.questions.bank import load_item
from course.questions.kinds import audit_bench, audit_model, check, solution, static_html, view
from tests.questions.conftest import FIXTURES

BENCH = load_item("90-kinds/three-visits", FIXTURES)
RIGHT = solution(BENCH)["response"]
LINES = {audit_model.line_id(BENCH.encounters[n], m): line for n, m, line in audit_model.lines_of(BENCH)}
SHOULD = ("20610-RT", "J3301 x4", "E11.22", "N18.31")


def answer(figures: dict[str, str] | None = None, missed: dict[str, str] | None = None, **findings: str) -> Any:
    """The right answer with changes; a line is named ``knee_1``."""
    changed = {name.replace("_", "-"): finding for name, finding in findings.items()}
    return {
        "findings": {**RIGHT["findings"], **changed},
        "missed": {**RIGHT["missed"], **(missed or {})},
        "figures": {**RIGHT["figures"], **(figures or {})},
    }


def said(raw: Any) -> dict[str, tuple[str, str]]:
    return {part.target: (part.mark, part.message) for part in check(BENCH, raw).parts}


def test_the_right_answer() -> None:
    assert RIGHT == {
        "findings": {
            "knee-1": "agree", "knee-2": "modifier", "knee-3": "units",
            "sugar-1": "agree", "sugar-2": "unsupported", "sugar-3": "undercoded", "flu-1": "agree",
        },
        "missed": {"knee": "no", "sugar": "yes", "flu": "no"},
        "figures": {"lines-agree": "42.9", "encounters-agree": "33.3"},
    }  # fmt: skip
    verdict = check(BENCH, RIGHT)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline == "Yes: every finding, and every rate."
    told = said(RIGHT)
    assert told["knee-2"] == ("right", "**Modifier.** Read the second line for the side. It should be **20610-RT**.")
    assert told["sugar-missed"][1].endswith("It is **N18.31**.") and told["knee-1"] == ("right", "Fits.")


def test_each_wrong_finding_says_what_it_means_and_not_what_is_right() -> None:
    for target, line in LINES.items():
        for finding in line.offered:
            if finding == line.finding:
                continue
            raw = answer()
            raw["findings"][target] = finding
            mark, message = said(raw)[target]
            assert mark == "wrong" and message.endswith(line.why)
            word = audit.WORDS[finding]
            assert message.startswith("**Look again.**"), "the same words, whether the line agrees or not"
            if finding != "agree":
                assert word.meaning[1:] in message and f"{word.label} says" in message
            right = audit.WORDS[line.finding]
            assert right.label not in message and right.meaning[1:] not in message
            assert not [code for code in SHOULD if code in message]
            assert check(BENCH, raw).score == pytest.approx(1 - 2 / 3 / 10)


#: What would tell the finding of a line before it is found: that it is right, or the name of an error.
TELLS = re.compile(
    r"\bagree|\bis right\b|\bright (?:level|code|disease|type)\b|as it (?:is|stands)\b|\bfits?\b|correct|\bbears? out\b"
    r"|overcod|undercod|wrong|\bunits?\b|sequence|supported|unbundl|word for word|already",
    re.IGNORECASE,
)


@pytest.mark.parametrize("slug", ["six-small-orders", "ten-visits-of-a-week", "five-stays-with-poa"])
def test_no_reason_of_the_bank_tells_the_finding(slug: str) -> None:
    lines = audit_model.lines_of(load_item(f"11-audit/{slug}"))
    assert not [line.why for _, _, line in lines if TELLS.search(line.why)]


def test_each_line_offers_what_fits_its_shape() -> None:
    assert "units" in LINES["knee-1"].offered and "sequence" not in LINES["knee-1"].offered
    assert "sequence" in LINES["sugar-1"].offered and not {"units", "poa"} & set(LINES["sugar-1"].offered)
    assert "poa" in LINES["flu-1"].offered
    assert {one["id"] for one in view(BENCH)["findings"]} == set(audit.FINDINGS)
    shown = {line["id"]: line for one in view(BENCH)["encounters"] for line in one["lines"]}
    assert shown["flu-1"]["code"] == "J18.9 · POA Y" and "pneumonia" in shown["flu-1"]["words"].lower()
    assert "left side" in shown["knee-2"]["words"]


def test_what_was_missed() -> None:
    assert said(answer(missed={"sugar": "no"}))["sugar-missed"] == ("wrong", BENCH.encounters[1].missed.why)
    assert said(answer(missed={"flu": "yes"}))["flu-missed"] == ("wrong", "One disease is named.")
    assert said(answer(missed={"knee": "yes"}))["knee-missed"] == ("wrong", audit_bench.NOTHING_MISSED)
    assert check(BENCH, answer(missed={"knee": "yes"})).headline.endswith("Look again at encounter 1.")
    both = answer(missed={"knee": "yes"}, sugar_1="unsupported", flu_1="sequence")
    assert check(BENCH, both).headline == (
        "5 of 7 lines and 2 of 3 answers about missing codes fit. Look again at encounters 1, 2 and 3."
    )


def test_the_right_sum_from_wrong_findings_is_told_so() -> None:
    """Two lines more are called wrong: 1 of 7 agrees."""
    raw = answer({"lines-agree": "14.3", "encounters-agree": "0"}, knee_1="modifier", flu_1="poa")
    told = said(raw)
    for name in ("figure-lines-agree", "figure-encounters-agree"):
        assert told[name][0] == "note" and told[name][1].startswith(
            "**The right sum from your findings.** 2 answers above differ"
        )
    verdict = check(BENCH, raw)
    assert verdict.score == pytest.approx(2 / 3 * 0.8) and verdict.headline.startswith("5 of 7 lines and 3 of 3 ans")
    one = said(answer({"lines-agree": "28.6"}, knee_1="modifier"))["figure-lines-agree"]
    assert one[1].startswith("**The right sum from your findings.** One answer above differs")
    assert said(answer(knee_1="modifier"))["figure-lines-agree"] == ("right", "Fits."), "the key's rate is right"


def test_slips_in_a_rate_are_named() -> None:
    told = {
        "57.1": "left to 100",
        "75": "divides by the lines with an error",
        "0.429": "in percent",
        "14.3": "Take the counts from your tally: lines you agree with ÷ lines audited",
        "33.3": "That is another rate: encounters without an error",
        "42.6": "Take the counts",
    }
    for number, words in told.items():
        mark, message = said(answer({"lines-agree": number}))["figure-lines-agree"]
        assert mark == "wrong" and words in message, (number, message)
    for same in ("42.9", "42.86 %", "42,9", "42.8", "42.95 percent", 42.9):
        assert said(answer({"lines-agree": same}))["figure-lines-agree"][0] == "right", same
    verdict = check(BENCH, answer({"lines-agree": "57.1"}))
    assert verdict.headline == "Every finding fits. Look once more at the rates."
    assert verdict.score == pytest.approx(1 - 1 / 6)


def test_half_done_is_counted_and_not_told() -> None:
    begun = {"findings": {"knee-1": "agree", "knee-2": "modifier"}}
    verdict = check(BENCH, begun)
    assert (
        verdict.headline == "Right so far; 5 lines and 3 questions about missing codes still open."
        and verdict.outcome is Outcome.PARTLY
    )
    assert said(begun)["sugar-1"] == ("missing", "Still open.")
    one = check(BENCH, {"findings": {"knee-1": "units"}}).headline
    assert one.startswith("0 of 1 line fits. Look again at encounter 1. 6 lines and 3 questions")
    early = check(BENCH, {"figures": {"lines-agree": "12"}})
    assert early.headline.startswith("The rates come last") and early.outcome is Outcome.INCORRECT
    assert "Finish the findings first" in said({"figures": {"lines-agree": "12"}})["figure-lines-agree"][1]
    without = {**RIGHT, "figures": {}}
    assert check(BENCH, without).headline == "Every finding fits. Now the rates."


def test_blank_is_not_attempted() -> None:
    for raw in (None, "", [], {}, {"findings": {}, "missed": None, "figures": {"lines-agree": " "}}):
        verdict = check(BENCH, raw)
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize(
    "raw",
    [
        "agree", ["agree"], {"lines": {}}, {"findings": {"knee-9": "agree"}}, {"findings": {"knee-1": "right"}},
        {"findings": {"knee-1": "poa"}}, {"findings": {"knee-1": 1}}, {"findings": ["agree"]},
        {"missed": {"knee": True}}, {"missed": {"e1": "yes"}}, {"figures": {"overcoded": "1"}},
        {"figures": {"lines-agree": "about 40"}},
        {"figures": {"lines-agree": "40 lines"}}, {"figures": {"lines-agree": True}}, {"figures": "40"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_never_wrong(raw: Any) -> None:
    verdict = check(BENCH, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid and len(verdict.invalid) > 20


FOUND = st.fixed_dictionaries({}, optional={name: st.sampled_from(line.offered) for name, line in LINES.items()})
MISSED = st.fixed_dictionaries({}, optional={one.id: st.sampled_from(["yes", "no"]) for one in BENCH.encounters})
NUMBERS = st.fixed_dictionaries(
    {}, optional={name: st.integers(0, 1000).map(lambda n: f"{n / 10}") for name in BENCH.figures}
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(raw=st.fixed_dictionaries({"findings": FOUND, "missed": MISSED, "figures": NUMBERS}) | ANY)
def test_no_response_raises(raw: Any) -> None:
    verdict = check(BENCH, raw)
    json.dumps(verdict.to_dict())
    assert verdict.headline
    if verdict.score == 1:
        assert raw["findings"] == RIGHT["findings"] and raw["missed"] == RIGHT["missed"]


@given(found=FOUND, missed=MISSED, figures=NUMBERS, target=st.sampled_from(sorted(LINES)))
def test_a_mended_finding_raises_the_score(
    found: dict[str, str], missed: dict[str, str], figures: dict[str, str], target: str
) -> None:
    raw = {"findings": found, "missed": missed, "figures": figures}
    mended = {**raw, "findings": {**found, target: LINES[target].finding}}
    before, after = check(BENCH, raw).score, check(BENCH, mended).score
    assert after == pytest.approx(before) if found.get(target) == LINES[target].finding else after > before


@given(found=FOUND, missed=MISSED)
def test_the_tally_of_a_learner_is_recounted(found: dict[str, str], missed: dict[str, str]) -> None:
    made = audit_model.own_tally(BENCH, found, {name for name, word in missed.items() if word == "yes"})
    assert made.lines == len(found) and made.agree == list(found.values()).count("agree")
    assert made.missed == list(missed.values()).count("yes") and made.encounters == 3


LINE = ("encounters", 0, "lines", 1)
WRONG = {
    "an unknown finding": ((*LINE, "finding"), "wrong", "Input should be"),
    "sequence of services": ((*LINE, "finding"), "sequence", "cannot have"),
    "should beside agree": (("encounters", 0, "lines", 0, "should"), "99214", "nothing on the line changes"),
    "no should": ((*LINE, "should"), "", "is ''"),
    "another code for a modifier": ((*LINE, "should"), "20611-RT", "names another code"),
    "the same modifier": ((*LINE, "should"), "20610-LT", "changes no modifier"),
    "the same units": (("encounters", 0, "lines", 2, "should"), "J3301", "changes no units"),
    "the same code": (("encounters", 1, "lines", 2, "should"), "E11.9", "names the same code"),
    "no such modifier": ((*LINE, "modifiers"), ["QX", "ZZ"], "ZZ is no modifier"),
    "units on a diagnosis": (("encounters", 1, "lines", 0, "units"), 2, "units or modifiers to a diagnosis"),
    "POA on a service": ((*LINE, "poa"), "Y", "stands on a service"),
    "the right code told": (("encounters", 1, "lines", 2, "why"), "It is E11.22.", "tells the right code"),
    "the missed code told": (("encounters", 1, "missed", "why"), "N18.31 is not there.", "before it is found"),
    "missed and complete": (("encounters", 1, "complete"), "x", "together with `missed`"),
    "no code": ((*LINE, "code"), "2061", "looks like no CPT"),
    "twice the same id": (("encounters", 1, "id"), "knee", "says the same as number 1"),
    "twice the same figure": (("figures",), ["missed", "missed"], "says the same as number 1"),
    "no figure": (("figures",), [], "at least 1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_an_author_can_get_wrong(name: str) -> None:
    path, value, message = WRONG[name]
    data = deepcopy(BENCH.model_dump(mode="json"))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError, match=message):
        type(BENCH).model_validate(data)


def test_poa_and_order() -> None:
    data = deepcopy(BENCH.model_dump(mode="json"))
    line = data["encounters"][2]["lines"][0]
    line |= {"finding": "poa", "should": "POA N"}
    assert "POA N" in solution(type(BENCH).model_validate(data))["html"]
    for change, message in (({"should": "POA Y"}, "is 'POA Y'"), ({"finding": "sequence", "should": ""}, "no other")):
        with pytest.raises(ValidationError, match=message):
            type(BENCH).model_validate(
                {**data, "encounters": [*data["encounters"][:2], {**data["encounters"][2], "lines": [line | change]}]}
            )


def test_a_bench_without_an_error_teaches_nothing() -> None:
    data = deepcopy(BENCH.model_dump(mode="json"))
    for one in data["encounters"]:
        for line in one["lines"]:
            line |= {"finding": "agree", "should": ""}
    with pytest.raises(ValidationError, match="hold no error"):
        type(BENCH).model_validate(data)


def test_every_code_of_a_bench_is_proved() -> None:
    assert {code for _, code in BENCH.key_codes()} == {"I12.9", "M10.9", "E11.9", "E11.22", "N18.31", "J18.9"}
    assert [code for _, code in BENCH.key_services()] == ["99213", "20610", "20610", "J3301", "J3301"]
    assert {(one, code) for _, one, code in BENCH.key_modifiers()} == {("25", "99213"), ("RT", "20610")}
    data = deepcopy(BENCH.model_dump(mode="json"))
    data["encounters"][2]["lines"][0]["code"] = "J18"
    data["encounters"][0]["lines"][0]["code"] = "20999"
    from course.codesets import icd10cm

    faults = [fault.message for fault in proof.lints(type(BENCH).model_validate(data), icd10cm.open_edition)]
    assert any("J18 is a heading" in one for one in faults) and any("20999" in one for one in faults)


def test_reasons_can_be_mended_without_making_the_answer_old() -> None:
    data = deepcopy(BENCH.model_dump(mode="json"))
    data["encounters"][0]["lines"][0]["why"] = "Another sentence."
    assert type(BENCH).model_validate(data).content_version == BENCH.content_version
    data["encounters"][0]["lines"][0]["finding"] = "unsupported"
    assert type(BENCH).model_validate(data).content_version != BENCH.content_version


def test_the_static_form_has_a_place_for_each_finding() -> None:
    page = static_html(BENCH)
    assert page.count("____________") == len(LINES) and page.count("______ %") == 2
    assert page.count("☐ yes") == 3 and "2 of 3. Office visit, May 13" in page and "Unbundled" in page
    assert not [code for code in SHOULD if code in page]
