"""Query workshop: what leads is found, what is built is judged part by part, and neither step tells the other's key."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from course.grading.verdict import Outcome
from course.questions import note_words, query_words
from course.questions.bank import load_item
from course.questions.kinds import check, query_workshop, solution, static_html, view
from course.questions.kinds.query_model import ROLES, SORTS, QueryWorkshop, layout
from tests.questions.conftest import FIXTURES

FEVER = load_item("90-kinds/fever-and-lactate", FIXTURES)
LAID = layout(FEVER)
IDS = {part.id: name for name, part in query_workshop.tray(FEVER).items()}
KEY = solution(FEVER)["response"]
NOBODY = "leads nobody", "lead nobody"


def marks(*texts: str) -> list[int]:
    return [n for one in texts for n in note_words.spans(LAID.words, one)[0]]


def answer(*texts: str, parts: str = "who signs care ask choices") -> dict[str, Any]:
    return {"marks": marks(*texts), "parts": [IDS[name] for name in parts.split()]}


def both(parts: str) -> Any:
    """The verdict on a query, with the right marks."""
    return check(FEVER, {**KEY, "parts": [IDS[name] for name in parts.split()]})


def made(**changes: Any) -> QueryWorkshop:
    return QueryWorkshop.model_validate(FEVER.model_dump() | changes)


def faults(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        made(**changes)
    return " ".join(fault.message for one in caught.value.errors() for fault in one["ctx"]["faults"])


def parts_with(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [part.model_dump() | changes.get(part.id, {}) for part in FEVER.parts]


def test_the_key_is_right_and_parts_of_one_place_stand_in_either_order() -> None:
    assert check(FEVER, KEY).score == 1
    for order in ("who signs care ask choices", "who care signs ask choices"):
        verdict = both(order)
        assert verdict.outcome is Outcome.CORRECT and verdict.headline.startswith("Yes")
    assert [part.mark for part in verdict.parts] == ["right"] * 7


def test_a_phrase_is_found_by_some_of_its_words_and_each_explains_itself() -> None:
    for text in ("report the MCC", "we can report the MCC", "so that we can report the MCC"):
        verdict = check(FEVER, answer("document sepsis", text))
        assert verdict.score == 1, text
        assert [lead.why in part.message for lead, part in zip(FEVER.leading, verdict.parts, strict=False)] == [
            True
        ] * 2
    near = check(FEVER, answer("document sepsis", "MCC"))
    assert near.score == pytest.approx((0.75 + 1) / 2), "one word of five is half of what is enough"
    told = near.parts[1]
    assert told.mark == "missing" and "“MCC”" in told.message and FEVER.leading[1].why not in told.message


def test_a_missed_phrase_is_pointed_at_by_the_way_in_which_it_leads() -> None:
    verdict = check(FEVER, answer("document sepsis"))
    (missing,) = [part for part in verdict.parts if part.mark == "missing"]
    assert missing.target == "draft"
    assert (
        missing.message == "One phrase not marked yet: look for words that name money, a severity or a quality figure."
    )
    said = " ".join(part.message for part in verdict.parts)
    assert FEVER.leading[1].why not in said and "MCC" not in said
    assert verdict.score == pytest.approx((0.5 + 1) / 2)


def test_a_trap_has_its_reason_and_costs_a_phrase() -> None:
    verdict = check(FEVER, answer("document sepsis", "so that we can report the MCC", "a lactate of 3.6 on 3/3"))
    assert verdict.score == pytest.approx((0.5 + 1) / 2)
    (wrong,) = [part for part in verdict.parts if part.mark == "wrong"]
    assert FEVER.traps[0].why in wrong.message
    assert "Your query does not lead" in verdict.headline


def test_a_few_words_beside_a_phrase_are_free_and_others_are_told() -> None:
    beside = answer("Please document sepsis", "so that we can report the MCC. Thank you")
    assert check(FEVER, beside).score == 1
    far = check(FEVER, answer("document sepsis", "so that we can report the MCC", "discharge summary"))
    (extra,) = [part for part in far.parts if part.mark == "extra"]
    assert extra.message == "These words lead nobody: “discharge summary”." and far.score < 1
    one = check(FEVER, answer("document sepsis", "so that we can report the MCC", "patient"))
    assert [part.message for part in one.parts if part.mark == "extra"] == ["This leads nobody: “patient”."]


def test_marking_everything_finds_nothing() -> None:
    verdict = check(FEVER, {"marks": list(range(len(LAID.words))), "parts": KEY["parts"]})
    assert verdict.score == pytest.approx(0.5)
    (note, *rest) = verdict.parts
    assert note.target == "draft" and note.message.startswith("More is marked") and {p.mark for p in rest} == {"right"}


@pytest.mark.parametrize("name", ["agree", "money"])
def test_each_unfit_part_says_why(name: str) -> None:
    verdict = both(f"who signs care {name} ask choices")
    why = next(part.why for part in FEVER.parts if part.id == name)
    (wrong,) = [part for part in verdict.parts if part.mark == "wrong"]
    assert wrong.target == IDS[name] and wrong.message == why
    assert verdict.score == pytest.approx((1 + 4 / 5) / 2)


def test_missing_parts_are_pointed_at_by_what_they_do() -> None:
    for lost, role in (("who", "addressee"), ("care", "indicators"), ("ask", "question"), ("choices", "choices")):
        left = " ".join(part.id for part in FEVER.parts if part.place and part.id != lost)
        verdict = both(left)
        told = [part for part in verdict.parts if part.mark == "missing"]
        assert [(part.target, part.message) for part in told] == [("query", ROLES[role][0])]
        lost_text = next(part.text for part in FEVER.parts if part.id == lost)
        assert lost_text not in " ".join(part.message for part in verdict.parts)
        assert verdict.score == pytest.approx((1 + 4 / 5) / 2)
    assert [part.message for part in both("who ask choices").parts if part.mark == "missing"] == [
        ROLES["indicators"][0]
    ]


def test_the_first_part_out_of_order_is_explained_and_the_others_are_named() -> None:
    verdict = both("signs who care ask choices")
    assert verdict.parts[2].mark == "order" and verdict.parts[2].message == "Findings first, the question after them."
    assert verdict.score == pytest.approx((1 + 4 / 5) / 2)
    verdict = both("choices ask who signs care")
    told = [part.message for part in verdict.parts if part.mark == "order"]
    assert told == [ROLES["choices"][1], "Also out of place."]


def test_one_step_alone_is_worth_half() -> None:
    only_marks = check(FEVER, {"marks": KEY["marks"], "parts": []})
    only_query = check(FEVER, {"marks": [], "parts": KEY["parts"]})
    assert only_marks.score == only_query.score == 0.5
    assert "Step 2 is still open" in only_marks.parts[-1].message and only_marks.headline.startswith("You found")
    assert "Step 1 is still open" in only_query.parts[0].message and only_query.headline.startswith("Your query")


@pytest.mark.parametrize("raw", [{}, {"marks": [], "parts": []}, {"marks": [2]}, {"marks": None}, [], ""])
def test_nothing_marked_and_nothing_built_is_blank(raw: Any) -> None:
    assert LAID.words[2] == "the"
    assert check(FEVER, raw).outcome is Outcome.NOT_ATTEMPTED and check(FEVER, raw).invalid is None


@pytest.mark.parametrize(
    "raw",
    [{"marks": [999]}, {"marks": [True]}, {"marks": "1"}, {"parts": ["p99"]}, {"parts": ["p1", "p1"]}, {"parts": "p1"},
     {"words": [1]}, [1], {"parts": [[]]}, {"marks": [{}]}, {"marks": [-1]}],
)  # fmt: skip
def test_what_cannot_be_read_is_not_wrong(raw: Any) -> None:
    assert check(FEVER, raw).invalid == query_workshop.UNREADABLE


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.integers(0, len(LAID.words) - 1)), st.permutations(sorted(IDS.values())), st.integers(0, 7), st.data()
)
def test_laws_of_the_score(marked: set[int], order: list[str], size: int, data: st.DataObject) -> None:
    """A leading word more never costs; a part that does not belong never pays; the key alone scores 1."""

    def score(words: set[int], parts: list[str]) -> float:
        return check(FEVER, {"marks": sorted(words), "parts": parts}).score

    parts = order[:size]
    base = score(marked, parts)
    json.dumps(check(FEVER, {"marks": sorted(marked), "parts": parts}).to_dict())
    leading = frozenset().union(*(place[0] for place in LAID.phrases))
    assert score(marked | {data.draw(st.sampled_from(sorted(leading)))}, parts) >= base
    unfit = [IDS[part.id] for part in FEVER.parts if part.place is None]
    more = next((name for name in unfit if name not in parts), None)
    if more:
        assert score(marked, [*parts, more]) <= base
    if set(parts) & set(unfit) or not {IDS["ask"], IDS["signs"]} <= set(parts):
        assert base < 1


def test_every_order_scores_by_what_need_not_be_moved() -> None:
    fit = [IDS[part.id] for part in FEVER.parts if part.place]
    right = 0
    for order in itertools.permutations(fit):
        verdict = check(FEVER, {**KEY, "parts": list(order)})
        kept = 5 - sum(part.mark == "order" for part in verdict.parts)
        assert verdict.score == pytest.approx((1 + kept / 5) / 2)
        right += verdict.score == 1
    assert right == 2


def test_the_view_shows_no_key() -> None:
    shown = view(FEVER)
    assert [part["id"] for part in shown["parts"]] == [f"p{n}" for n in range(1, 8)]
    places = [part.place or 0 for part in query_workshop.tray(FEVER).values()]
    assert places != sorted(places) and "&lt;high&gt;" in shown["note_html"]
    text = json.dumps(shown)
    assert not [word for word in (*SORTS.values(), "addressee", '"who"', '"money"', "place") if word in text]
    page = static_html(FEVER)
    assert page.count("<li>____") == 7 and "Underline what leads" in page and "☐ Pneumonia alone<br>☐ Other" in page


def test_faults_of_the_author_are_told() -> None:
    leads = [lead.model_dump() for lead in FEVER.leading]
    assert "does not stand in the draft" in faults(leading=[leads[0] | {"text": "sepsis so what"}, leads[1]])
    assert "shares a word" in faults(leading=[leads[0] | {"text": "document sepsis so that"}, leads[1]])
    assert "stays out and has no why" in faults(parts=parts_with(money={"why": None}))
    assert "has a place without a role" in faults(parts=parts_with(ask={"role": None}))
    assert "places with a gap" in faults(parts=parts_with(choices={"place": 6}))
    assert "says the same as number" in faults(parts=parts_with(agree={"id": "who"}))
    out = {"place": None, "role": None, "why": "Out."}
    assert "no question" in faults(parts=parts_with(ask=out, choices={"place": 3}))
    assert "has 2 that belong" in faults(
        parts=parts_with(who=out, care=out, choices=out, signs={"place": 1}, ask={"place": 2})
    )


def test_the_built_query_is_held_against_the_rules() -> None:
    assert not list(FEVER.lints())
    money = made(parts=parts_with(ask={"text": "Which diagnosis is paid best?"}))
    assert ["names 'paid'" in fault.message for fault in money.lints()] == [True]
    closed = made(parts=parts_with(choices={"text": "☐ Sepsis ☐ Pneumonia alone ☐ Other: ____"}))
    assert ["no way out" in fault.message for fault in closed.lints()] == [True]
    bare = made(draft="document sepsis so that we can report the MCC a lactate of 3.6 on 3/3")
    assert ["both" in fault.message or "neither" in fault.message for fault in bare.lints()] == [True]


def test_words_of_a_query_are_read() -> None:
    assert query_words.answers("Why? ☐ Yes, it was ☐ No; ☐ Other: ____ ☐ Unable to determine.") == [
        "Yes, it was", "No", "Other: ____", "Unable to determine",
    ]  # fmt: skip
    assert query_words.is_yes_no("☐ Yes ☐ No") and not query_words.is_yes_no("☐ Yes ☐ Other")
    assert not query_words.is_yes_no("☐ Nodule ☐ Yes")
    assert query_words.has_way_out("☐ A ☐ Other ☐ Clinically undetermined") and not query_words.has_way_out("☐ A other")
    for text in (
        "the DRG",
        "an MCC",
        "a quality score",
        "expected mortality",
        "the claim was denied",
        "severity of illness",
    ):
        assert query_words.names_impact(text), text
    for text in (
        "200 cc of urine",
        "severe pain",
        "the severity of the malnutrition",
        "The patient paused",
        "mortal danger",
    ):
        assert not query_words.names_impact(text), text
