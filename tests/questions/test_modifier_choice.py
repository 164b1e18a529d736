"""The modifier chooser: each pick has its reason, what is missing is pointed at, never named; laws of the score."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.codesets import common_modifiers, modifiers
from course.grading.verdict import Outcome
from course.questions import proof
from course.questions.bank import load_item
from course.questions.kinds import check, modifier_choice, solution, static_html, view
from tests.questions.conftest import FIXTURES

FILM = load_item("90-kinds/second-film", FIXTURES)
VISIT = load_item("90-kinds/only-a-visit", FIXTURES)
PICKS = st.frozensets(st.sampled_from(FILM.offered), min_size=1)


def made(**changes: Any) -> modifier_choice.ModifierChoice:
    """The item of the fixture, changed."""
    return modifier_choice.Model.model_validate(FILM.model_dump() | changes)


def faults(**changes: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        made(**changes)
    return [fault.message for one in caught.value.errors() for fault in one.get("ctx", {}).get("faults", [])]


def test_the_line_and_what_is_offered_are_shown_in_the_order_of_the_book() -> None:
    shown = view(FILM)
    assert shown["line"] == {"code": "71046", "units": 1, "html": shown["line"]["html"]}
    assert [row["id"] for row in shown["offered"]] == ["26", "50", "76", "77", "91", "TC"] != list(FILM.offered)
    assert all(row["html"] == modifiers.get(row["id"]).words for row in shown["offered"])
    assert shown["none"]["id"] == "none" and shown["places"] == 4
    by_place = [row["id"] for row in sorted(shown["offered"], key=lambda row: row["place"])]
    assert by_place == common_modifiers.in_claim_order(FILM.offered)


@pytest.mark.parametrize(
    "raw", [["26", "76"], ["76", "26"], "26, 76", "-26-76", ("76", "26"), {"26", "76"}, [" -76 ", "26"]]
)
def test_the_key_is_right_however_it_is_written(raw: Any) -> None:
    verdict = check(FILM, raw)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline == "Yes: 71046-26-76."
    assert [(part.target, part.mark) for part in verdict.parts] == [("26", "right"), ("76", "right")]
    assert all(FILM.reasons[part.target] in part.message for part in verdict.parts)


@pytest.mark.parametrize("raw", [None, "", [], " ", ()])
def test_nothing_ticked_is_no_answer(raw: Any) -> None:
    for one in (FILM, VISIT):
        assert check(one, raw).outcome is Outcome.NOT_ATTEMPTED and check(one, raw).invalid is None


@pytest.mark.parametrize("raw", [["99"], ["none", "26"], [26], "26 RT", {"26": True}, 26, [["26"]]])
def test_what_is_not_offered_cannot_be_read(raw: Any) -> None:
    verdict = check(FILM, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


def test_no_modifier_is_an_answer() -> None:
    verdict = check(VISIT, ["none"])
    assert verdict.outcome is Outcome.CORRECT and verdict.parts[0].target == "none"
    assert solution(VISIT)["response"] == ["none"] and "No modifier belongs." in solution(VISIT)["html"]
    wrong = check(VISIT, ["25"])
    assert wrong.outcome is Outcome.INCORRECT and VISIT.reasons["25"] in wrong.parts[0].message
    assert check(FILM, "none").outcome is Outcome.INCORRECT


@pytest.mark.parametrize(("raw", "many"), [(["26"], "One more"), (["77"], "2 modifiers"), (["none"], "2 modifiers")])
def test_what_is_missing_is_pointed_at_and_not_named(raw: list[str], many: str) -> None:
    verdict = check(FILM, raw)
    (missing,) = [part for part in verdict.parts if part.mark == "missing"]
    assert missing.message.startswith(many) and "look at how often this was done" in missing.message
    told = missing.message + verdict.headline
    assert not any(one in told for one in FILM.offered) and FILM.reasons["76"] not in told


def test_what_is_missing_beside_its_like_is_not_described_by_it() -> None:
    """The pointer of the group would describe the one that is picked already."""
    visit = made(line={"code": "99223"}, offered=["57", "AI", "25", "59"], answer=["57", "AI"],
                 reasons=dict.fromkeys(["57", "AI", "25", "59"], "A sentence."))  # fmt: skip
    (missing,) = [part.message for part in check(visit, ["57"]).parts if part.mark == "missing"]
    assert missing.startswith("One more modifier belongs: read the note and the question once more")
    assert "beside the other service" in check(visit, ["59"]).parts[-1].message


def test_one_tick_is_spoken_of_as_one() -> None:
    assert check(FILM, ["77"]).headline == "Not this one yet." and check(VISIT, ["25"]).headline.startswith(
        "Not this one"
    )
    assert check(FILM, ["77", "91"]).headline == "Not these yet."


def test_partial_credit() -> None:
    expected = {("26",): 0.5, ("26", "77"): 0.0, ("26", "76", "77"): 0.5, ("26", "76", "77", "91"): 0.0}
    assert {raw: check(FILM, list(raw)).score for raw in expected} == expected
    assert check(VISIT, ["25"]).score == 0


@given(PICKS)
def test_laws_of_the_score(picked: frozenset[str]) -> None:
    score = check(FILM, list(picked)).score
    for one in FILM.offered:
        other = check(FILM, sorted(picked | {one})).score
        assert other >= score if one in FILM.answer else other <= score
    assert (score == 1) == (picked == set(FILM.answer))


def test_every_pick_is_met_by_its_own_reason() -> None:
    for size in (1, 2, 3):
        for picked in itertools.combinations(FILM.offered, size):
            told = {part.target: part.message for part in check(FILM, list(picked)).parts if part.target}
            assert set(told) == set(picked)
            assert all(told[one] == f"**{one}** {FILM.reasons[one]}" for one in picked)


def test_the_fee_schedule_is_named_where_it_bears_the_verdict_out() -> None:
    basis = {one: check(FILM, [one]).parts[0].basis for one in FILM.offered}
    assert "Fee schedule, PC/TC indicator 1: The code can" in (basis["26"] or "") and "bilateral indicator 0" in (
        basis["50"] or ""
    )
    assert basis["91"] is None, "that it goes on laboratory codes is the author's to say"
    assert basis["TC"] is None, "the code can be split, yet TC is not for this line: nothing would be borne out"


def test_modifiers_that_contradict_each_other_are_told() -> None:
    notes = [part.message for part in check(FILM, ["26", "TC"]).parts if part.mark == "note"]
    assert notes == ["26 and TC together are the whole service, and that is the bare code."]


def test_the_solution_tells_every_reason() -> None:
    for one in (FILM, VISIT):
        html = solution(one)["html"]
        assert all(why.replace("'", "&#x27;") in html for why in one.reasons.values())
    assert "71046-26-76" in solution(FILM)["html"]


def test_the_printed_form_offers_all_and_tells_none() -> None:
    page = static_html(FILM)
    assert all(f"<strong>{one}</strong> " in page for one in FILM.offered) and "______________" in page
    assert "71046-26" not in page and page.index("<strong>26</strong>") < page.index("<strong>TC</strong>")


def test_rules_of_the_file() -> None:
    assert faults(offered=["26", "76", "TC", "26"]) == ["26 is listed twice", *[
        f"is about {one}, which is not offered" for one in ("77", "50", "91")]]  # fmt: skip
    assert "ZZ is no modifier" in faults(offered=[*FILM.offered, "ZZ"])
    assert "says nothing about LT" in faults(offered=[*FILM.offered, "LT"])
    assert faults(answer=["59"]) == ["59 is not offered"]
    assert faults(offered=["26", "76", "TC"]) == [], "too few: pydantic's own fault"


def test_a_key_that_the_data_refute_is_found() -> None:
    told = [fault.message for fault in made(answer=["50"]).lints()]
    assert told and told[0].startswith("50 cannot stand on 71046")
    assert any("contradicts itself" in fault.message for fault in made(answer=["26", "TC"]).lints())
    (unknown,) = made(line={"code": "11111"}).lints()
    assert "not among the codes" in unknown.message
    assert not list(proof.lints(FILM)) and not list(VISIT.lints())


def test_reasons_can_be_mended_without_a_new_version() -> None:
    mended = made(reasons=dict.fromkeys(FILM.offered, "Another sentence."))
    assert mended.content_version == FILM.content_version
    assert made(answer=["26"]).content_version != FILM.content_version
