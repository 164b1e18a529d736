"""Highlight: words are cut and found as they stand, each mark has its own sentence, the score keeps its laws."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.codesets import icd10cm
from course.grading.verdict import Outcome
from course.questions import note_words, proof, text
from course.questions.bank import load_item
from course.questions.kinds import check, highlight, solution, static_html, view
from tests.questions.conftest import FIXTURES

FILM = load_item("90-kinds/words-of-the-film", FIXTURES)
LAID = highlight.layout(FILM)
WORDS = LAID.words
WHOLE = range(len(WORDS))


def marks(*texts: str) -> list[int]:
    """The numbers of the words of some texts."""
    return [n for one in texts for n in note_words.spans(WORDS, one)[0]]


def made(**changes: Any) -> highlight.Highlight:
    """The item of the fixture, changed."""
    return highlight.Model.model_validate(FILM.model_dump() | changes)


def faults(**changes: Any) -> list[Any]:
    with pytest.raises(ValidationError) as caught:
        made(**changes)
    return [fault for one in caught.value.errors() for fault in one["ctx"]["faults"]]


def test_words_end_at_white_space_and_keep_their_signs() -> None:
    assert WORDS[:8] == ["CC:", "fell", "off", "a", "swing", "this", "morning,", "<R>"]
    assert view(FILM)["words"] == WORDS and view(FILM)["note_html"] == ""
    assert "&lt;R&gt; wrist pain.<br>" in static_html(FILM) and "Underline" in static_html(FILM)


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(" \n\t\r\x85\u2028\xa0&<;*`"), max_size=60))
def test_cutting_and_joining_gives_the_note(note: str) -> None:
    words, gaps = note_words.split(note)
    again = "".join(itertools.chain.from_iterable(zip(gaps, [*words, ""], strict=True)))
    assert "".join(again.split()) == "".join(text._UNSAFE.sub("", note).split())
    assert all(words) and not any(gap.strip() for gap in gaps) and len(gaps) == len(words) + 1
    assert note_words.split(again)[0] == words


@pytest.mark.parametrize(
    ("wanted", "places"),
    [("Right wrist", [[21, 22]]), ("wrist", [[8], [22]]), ("R", [[7]]), ("distal radius", [[27, 28]]), ("swin", []),
     ("right wrist", []), ("asthma", [[11]]), ("HTN", [[19]]), ("&", []), ("buckle  fracture\nof", [[23, 24, 25]])],
)  # fmt: skip
def test_a_phrase_is_found_in_whole_words(wanted: str, places: list[list[int]]) -> None:
    assert [list(one) for one in note_words.spans(WORDS, wanted)] == places


@pytest.mark.parametrize(
    ("word", "is_small"),
    [("the", True), ("The", True), ("of,", True), ("&", True), ("—", True), ("A", False), ("AS", False), ("no", False),
     ("or", False), ("without", False), ("due", False), ("(with", True), ("AND", True), ("1.", False), ("3b", False)],
)  # fmt: skip
def test_small_words(word: str, is_small: bool) -> None:
    assert note_words.small(word) is is_small


def test_list_numbers_at_the_head_of_a_line_are_free_and_others_are_not() -> None:
    laid = note_words.layout("1. CKD 3. stage\n#2 HTN\n 4) gout 5) flu", (("CKD",),), ("HTN",), ())
    assert [laid.words[n] for n in sorted(laid.free)] == ["1.", "#2", "4)"]


def test_the_roles_of_the_words() -> None:
    assert [[[WORDS[n] for n in sorted(place)] for place in places] for places in LAID.phrases] == [
        [["Right", "wrist:"], ["<R>", "wrist"]], [["buckle", "fracture", "distal", "radius,"]],
    ]  # fmt: skip
    assert [[WORDS[n] for n in sorted(place)] for place in LAID.traps] == [
        ["follow", "up", "week"], ["*asthma*", "child;"],
    ]  # fmt: skip
    assert {"CC:", "a", "this", "morning,", "&", "1.", "of", "the", "with"} <= {WORDS[n] for n in LAID.free}
    assert LAID.needed == 6 and LAID.strays + len(LAID.free | LAID.meant) == len(WORDS)


def test_a_phrase_of_small_words_alone_needs_them() -> None:
    laid = note_words.layout("COPD with an exacerbation", (("with an",), ("COPD",)), ("exacerbation",), ())
    assert laid.phrases[0] == [frozenset({1, 2})] and not laid.free


def test_the_key_is_right_with_or_without_small_and_optional_words() -> None:
    key = solution(FILM)["response"]
    assert key == marks("Right wrist", "buckle fracture of the distal radius")
    bare = [n for n in key if n not in LAID.free]
    for raw in (key, bare, [*key, *sorted(LAID.free)], [*key, *marks("this morning")]):
        verdict = check(FILM, raw)
        assert verdict.score == 1 and verdict.outcome is Outcome.CORRECT
        *right, codes = verdict.parts
        assert [part.mark for part in right] == ["right", "right"]
        assert [p.why in part.message for p, part in zip(FILM.phrases, right, strict=True)] == [True, True]
        assert codes.mark == "note" and codes.message.startswith(
            "They lead to **S52.521A** Torus fracture of lower end"
        )


def test_another_place_that_says_the_same_will_do() -> None:
    whole = marks("buckle fracture of the distal radius")
    for side in (marks("<R> wrist"), marks("<R> wrist", "Right wrist"), [*marks("Right wrist"), marks("<R> wrist")[0]]):
        assert check(FILM, [*whole, *side]).score == 1
    across = [marks("<R> wrist")[1], marks("Right wrist")[0]]
    assert check(FILM, [*whole, *across]).score == pytest.approx(0.75), "half of each place is half a phrase"


def test_part_of_a_phrase_is_told_as_such_and_not_explained() -> None:
    verdict = check(FILM, marks("buckle"))
    assert verdict.outcome is Outcome.PARTLY and verdict.score == pytest.approx(1 / 8)
    near, missing = verdict.parts
    assert near.mark == "missing" and near.target == "w23" and "“buckle”" in near.message and "longer" in near.message
    assert missing.target == "" and missing.message == "One more phrase decides."
    told = " ".join(part.message for part in verdict.parts)
    assert not any(word in told for word in ("fracture", "radius", FILM.phrases[1].why))


@pytest.mark.parametrize("n", [0, 1])
def test_each_trap_is_met_by_its_own_reason(n: int) -> None:
    trap, place = FILM.traps[n], LAID.traps[n]
    for word in place:
        (part, missing) = check(FILM, [word]).parts
        assert part.mark == "wrong" and part.target == f"w{word}" and part.message.endswith(trap.why)
        assert missing.message == "2 phrases decide."
    verdict = check(FILM, [*solution(FILM)["response"], *place])
    assert verdict.score == pytest.approx(0.5) and verdict.headline == "All of them, and something more."


def test_stray_marks_are_summed_up_in_one_line() -> None:
    verdict = check(FILM, [*marks("Right wrist"), *marks("fell off a swing"), *marks("XR")])
    (stray,) = [part for part in verdict.parts if part.mark == "extra"]
    assert stray.message == "These words do not change the code: “fell off a swing”, “XR”."
    assert stray.target.split() == ["w1", "w2", "w4", "w20"]
    assert check(FILM, [*marks("Right wrist"), *marks("XR")]).parts[-2].message.startswith("This word does not")


def test_stars_of_the_chart_do_not_mark_up_the_feedback() -> None:
    (part, _) = check(FILM, marks("*asthma*")).parts
    assert part.message.startswith("**“asthma”** A history")


def test_the_whole_note_marked_tells_nothing_and_scores_nothing() -> None:
    verdict = check(FILM, list(WHOLE))
    assert verdict.outcome is Outcome.INCORRECT and verdict.headline == "More is marked than decides."
    (part,) = verdict.parts
    assert part.target == "" and not any(phrase.why in part.message for phrase in FILM.phrases)


def test_even_a_note_with_one_stray_scores_nothing_when_all_of_it_is_marked() -> None:
    words = "T2DM CKD 3b Glargine HTN asked".split()
    key = [{"text": word, "why": f"Decides {word}."} for word in words[:4]]
    one = made(note=" ".join(words), phrases=key, traps=[{"text": "HTN", "why": "Trap."}], optional=[])
    assert check(one, [0, 1, 2, 3]).score == 1 and check(one, list(range(6))).score == 0


@pytest.mark.parametrize("raw", [None, "", [], (), set(), [3], marks("this morning"), [25, 26]])
def test_nothing_that_counts_is_blank(raw: Any) -> None:
    verdict = check(FILM, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None and "Mark" in verdict.headline


@pytest.mark.parametrize("raw", ["1", 5, {"w": 1}, [True], ["1"], [-1], [len(WORDS)], [1.0], [None], [[1]], [10**400]])
def test_what_cannot_be_read_does_not_count(raw: Any) -> None:
    verdict = check(FILM, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 60) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON | st.lists(st.integers(-1, 60)))
def test_no_response_raises(raw: Any) -> None:
    verdict = check(FILM, raw)
    json.dumps(verdict.to_dict())
    assert 0 <= verdict.score <= 1 and verdict.headline


SOME = st.frozensets(st.sampled_from(list(WHOLE)), min_size=1)


@given(SOME)
def test_what_is_said_fits_what_is_marked(marked: frozenset[int]) -> None:
    """Every mark that counts is spoken of once; no word is spoken of that is not marked; no missing phrase is told."""
    verdict = check(FILM, sorted(marked))
    said = [int(word[1:]) for part in verdict.parts for word in part.target.split()]
    assert len(said) == len(set(said)) and set(said) <= marked
    if verdict.outcome is not Outcome.NOT_ATTEMPTED and said:
        assert set(said) == marked - LAID.free
    told = " ".join(part.message for part in verdict.parts)
    for phrase, places in zip(FILM.phrases, LAID.phrases, strict=True):
        assert phrase.why not in told or any(place <= marked for place in places)
    for trap, place in zip(FILM.traps, LAID.traps, strict=True):
        assert trap.why not in told or place & marked


@given(SOME, st.sampled_from(list(WHOLE)))
def test_one_mark_more_moves_the_score_the_right_way(marked: frozenset[int], word: int) -> None:
    """A deciding word never lowers the score; a trap or a stray never raises it; a free word leaves it."""
    before, after = check(FILM, sorted(marked)).score, check(FILM, sorted(marked | {word})).score
    if any(word in place for places in LAID.phrases for place in places):
        assert after >= before
    elif word in LAID.free:
        assert after == before
    else:
        assert after <= before
        again = any(word in place and place & marked for place in LAID.traps)  # a trap costs once
        assert after < before or before == 0 or word in marked or again


NOUNS = st.sampled_from("wrist film 3b CKD HTN (left) pain. gout, T2DM of the with A no & 1. 2)".split())


@given(st.lists(NOUNS, min_size=12, max_size=30), st.integers(2, 4), st.integers(1, 3), st.data())
def test_laws_of_any_item(body: list[str], phrases: int, traps: int, data: st.DataObject) -> None:
    """Any note, cut at random into phrases and traps: the key scores 1, the whole note 0, one slip less than 1."""
    note = [f"{word}{n}" if word[-1].isalnum() else word for n, word in enumerate(body)]
    free = [n for n, word in enumerate(note) if word[-1].isdigit()]
    if len(free) <= phrases + traps:
        return
    chosen = data.draw(st.permutations(free))
    texts = [note[n] for n in chosen[: phrases + traps]]
    one = made(
        note=" ".join(note), optional=[],
        phrases=[{"text": word, "why": f"Decides {n}."} for n, word in enumerate(texts[:phrases])],
        traps=[{"text": word, "why": f"Trap {n}."} for n, word in enumerate(texts[phrases:])],
    )  # fmt: skip
    key = solution(one)["response"]
    assert check(one, key).score == 1 and check(one, list(range(len(note)))).score == 0
    stray = chosen[phrases + traps]
    for slip in (key[1:], [*key, stray], [*key, chosen[phrases]]):
        assert 0 < check(one, slip).score < 1
    assert f"Trap {traps - 1}." in " ".join(p.message for p in check(one, [chosen[phrases + traps - 1]]).parts)


@pytest.mark.parametrize(
    ("wanted", "message", "advice"),
    [("Left wrist", "does not stand", "letter by letter"), ("wrist", "2 times", "before or after"),
     ("ight wrist", "part of a word", "whole words"), ("right wrist", "other capitals", "as it stands"),
     ("distal radius", "shares a word", "belong to one")],
)  # fmt: skip
def test_a_text_that_cannot_be_placed_is_a_fault_with_advice(wanted: str, message: str, advice: str) -> None:
    for field, index in (("traps", 0), ("phrases", 0)):
        entries = [dict(one) for one in FILM.model_dump()[field]]
        entries[index] |= {"text": wanted}
        found = faults(**{field: entries})
        assert any(message in one.message and advice in one.advice for one in found), found
    assert faults(optional=[wanted])[0].path == ("optional", 0)


def test_codes_are_proved_in_each_edition() -> None:
    assert [code for _, code in FILM.key_codes()] == ["S52.521A"]
    told = [fault.message for fault in proof.lints(made(codes=["S52.521"]), icd10cm.open_edition)]
    assert told == [f"S52.521 is a heading, not billable, in FY{year}" for year in FILM.editions]
    assert faults(codes=["S52.521A", "S52521A"])[0].path == ("codes", 1)


def test_a_note_in_which_most_words_decide_is_complained_of() -> None:
    note = "<R> wrist, Right wrist: buckle fracture of the distal radius. follow up in a week, *asthma* as a child"
    short = made(note=note, optional=[])
    assert any(fault.path == ("note",) and "6 words" in fault.message for fault in short.lints())
    assert not list(FILM.lints())


def test_the_solution_shows_all_with_titles() -> None:
    page = solution(FILM)["html"]
    assert all(text.inline(one.why) in page and text.escape(one.text) in page for one in (*FILM.phrases, *FILM.traps))
    assert "S52.521A</strong> Torus fracture of lower end of right radius" in page


def test_better_reasons_leave_the_version_and_other_words_change_it() -> None:
    why = [{**one, "why": "Another sentence."} for one in FILM.model_dump()["phrases"]]
    assert made(phrases=why).content_version == FILM.content_version != made(optional=[]).content_version
