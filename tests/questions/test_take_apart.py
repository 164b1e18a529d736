"""Take apart: what each wrong cut goes through, what each wrong meaning belongs to, and the laws of the score."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.grading.verdict import Outcome
from course.questions.bank import load_item
from course.questions.kinds import check, solution, static_html, take_apart, view
from tests.questions.conftest import FIXTURES

WORD = load_item("90-kinds/bone-and-joint", FIXTURES)
IDS = {meaning: name for name, meaning in take_apart.offered(WORD).items()}
KEY = solution(WORD)["response"]
CUTS = [4, 5, 10, 11]
ANSWERS = st.tuples(
    st.frozensets(st.integers(1, len(WORD.word) - 1), min_size=1, max_size=7),
    st.dictionaries(st.sampled_from(["0", "4", "5", "10", "11", "15"]), st.sampled_from(sorted(IDS.values()))),
)


def made(**changes: Any) -> take_apart.TakeApart:
    return take_apart.Model.model_validate(WORD.model_dump() | changes)


def faults(**changes: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        made(**changes)
    return [fault.message for one in caught.value.errors() for fault in one.get("ctx", {}).get("faults", [])]


def answer(cuts: list[int], **meanings: str) -> dict[str, Any]:
    """``answer([4], p0="bone")``."""
    return {"cuts": cuts, "meanings": {start[1:]: IDS[meaning] for start, meaning in meanings.items()}}


def told(raw: dict[str, Any]) -> dict[str, str]:
    return {part.target: part.message for part in check(WORD, raw).parts}


def test_the_card_shows_the_word_and_the_meanings_of_the_alphabet() -> None:
    shown = view(WORD)
    texts = [row["html"] for row in shown["meanings"]]
    assert shown["word"] == "osteoarthropathy" and texts == sorted(texts)
    assert set(texts) == {"bone", "joint", "disease", "muscle", "artery", "inflammation"}
    page = static_html(WORD)
    assert "o&nbsp;s&nbsp;t" in page and "artery; bone; disease" in page


def test_the_key_is_right_and_so_is_another_way_to_cut() -> None:
    assert KEY == answer(CUTS, p0="bone", p5="joint", p11="disease")
    verdict = check(WORD, KEY)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline == "Yes: every cut, and every meaning."
    finer = answer([*CUTS, 15], p0="bone", p5="joint", p11="disease")
    for more in ({}, {"15": IDS["disease"]}, {"15": IDS["muscle"]}):  # -y is asked for no meaning
        raw = {**finer, "meanings": finer["meanings"] | more}
        assert check(WORD, raw).outcome is Outcome.CORRECT, more
    assert check(WORD, {**KEY, "cuts": tuple(CUTS)}).score == 1


@pytest.mark.parametrize("raw", [None, "", [], {}, {"cuts": []}, {"cuts": None}, {"meanings": {"0": "m1"}}])
def test_nothing_cut_is_no_answer(raw: Any) -> None:
    verdict = check(WORD, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize(
    "raw",
    [
        "oste", 7, {"cuts": [0]}, {"cuts": [16]}, {"cuts": ["4"]}, {"cuts": [True]}, {"cuts": 4}, {"cuts": [[4]]},
        *({"cuts": [4], "meanings": bad} for bad in ([1], {"0": "bone"}, {0: "m1"}, {"0": ["m1"]}, {"x": "m1"})),
    ],
)  # fmt: skip
def test_what_is_not_on_the_card_cannot_be_read(raw: Any) -> None:
    verdict = check(WORD, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        (2, "Between **s** and **t** you cut inside a root that means *bone*."),
        (3, "Its last vowel is its own and no bridge."),
        (8, "Between **t** and **h** you cut inside a root that means *joint*."),
        (13, "you cut inside a suffix that means *disease*."),
    ],
)
def test_a_wrong_cut_says_what_it_goes_through(cut: int, words: str) -> None:
    assert words in told(answer([cut]))[f"c{cut}"]
    right = check(WORD, KEY).score
    assert check(WORD, {**KEY, "cuts": [*CUTS, cut]}).score < right


def test_a_suffix_keeps_its_first_vowel() -> None:
    meanings = {"arthr": "joint", "-itis": "inflammation"}
    itis = made(word="arthritis", answer=[*meanings], also=[], meanings=meanings, extra=["muscle"], reasons={})
    (wrong,) = [part.message for part in check(itis, {"cuts": [6]}).parts if part.mark == "wrong"]
    assert wrong.endswith("inside a suffix that means *inflammation*. Its first vowel is its own and no bridge.")


def test_a_piece_of_several_parts() -> None:
    said = told(answer([5, 10]))
    assert said["p0"].startswith("**osteo** is more than one part. A combining vowel is a part of its own")
    assert said["p10"].startswith("**opathy**") and said["p5"] == "Its meaning is still open."
    assert told(answer([4, 5, 10, 13]))["p10"] == "**opa** is more than one part."


def test_wrong_meanings_are_explained() -> None:
    said = told(answer(CUTS, p0="muscle", p5="artery", p11="bone"))
    assert said["p0"] == "**oste** does not mean *muscle*. That would be **muscul/o** or **my/o**. Think of *osteoma*."
    assert said["p5"] == f"**arthr** does not mean *artery*. {WORD.reasons['artery']}"
    assert said["p11"] == "**pathy** does not mean *bone*. Another part of this word says that. Think of *neuropathy*."


def test_what_is_right_so_far_is_said_so() -> None:
    assert check(WORD, answer(CUTS)).headline == "The cuts are right. Now the meanings."
    assert check(WORD, answer(CUTS)).score == 0.5
    assert check(WORD, answer(CUTS, p0="bone")).headline == "The cuts are right; look at the meanings again."
    assert check(WORD, answer([4])).headline == "This cut is right, and there are more."
    assert check(WORD, answer([4, 5])).headline == "These cuts are right, and there are more."
    assert check(WORD, answer([4, 8])).headline == "1 of your 2 cuts is right."
    assert check(WORD, answer([4])).score == 1 / 8 and check(WORD, answer([4, 8])).score == 0, "a wrong cut costs one"
    assert check(WORD, answer([8])).headline == "This cut is not right yet." and check(WORD, answer([8])).score == 0


@given(ANSWERS)
def test_laws_of_the_score(given_answer: tuple[frozenset[int], dict[str, str]]) -> None:
    cuts, meanings = given_answer
    verdict = check(WORD, {"cuts": list(cuts), "meanings": meanings})
    wrong = [part for part in verdict.parts if part.mark in ("wrong", "missing")]
    assert (verdict.score == 1) == (not wrong)
    assert all(part.message for part in wrong)
    for cut in CUTS:  # a right cut more never lowers the part for cuts
        way = take_apart.pieces(WORD, WORD.answer)
        before, _ = take_apart._halves(way, cuts, {}, 16)
        assert take_apart._halves(way, cuts | {cut}, {}, 16)[0] >= before


def test_no_cut_set_but_the_key_is_right() -> None:
    for size in (3, 4):
        for cuts in itertools.combinations(range(1, 16), size):
            score = check(WORD, {**KEY, "cuts": list(cuts)}).score
            assert (score == 1) == (list(cuts) == CUTS), cuts


def test_slips_of_an_author_are_named() -> None:
    assert "makes ostearthropathy, not osteoarthropathy" in faults(answer=["oste", "arthr", "o", "-pathy"])
    assert "makes osteopathy, not osteoarthropathy" in faults(also=[["oste", "o", "-pathy"]])
    assert "says nothing about arthr" in faults(meanings={"oste": "bone", "-pathy": "disease"})
    assert "is about my, which means nothing here" in faults(meanings=WORD.meanings | {"my": "muscle"})
    assert "is about o, which means nothing here" in faults(meanings=WORD.meanings | {"o": "a bridge"})
    assert any("says the same as" in one for one in faults(extra=["bone"], reasons={}))
    assert "is about 'nerve', which is not in `extra`" in faults(reasons={"nerve": "No."})


def test_what_check_complains_of() -> None:
    assert list(WORD.lints()) == []
    (fault,) = made(extra=["artery", "the color of hope"]).lints()
    assert fault.message == "'the color of hope' is the meaning of no word part" and fault.path == ("extra", 1)
    odd = made(word="lymphoadenoma", answer=["lymph", "o", "aden", "-oma"], also=[],
               meanings={"lymph": "lymph", "aden": "gland", "-oma": "tumor"})  # fmt: skip
    assert [fault.message for fault in odd.lints()] == ["by the rules of the vowel it would be lymph aden -oma"]


def test_the_solution_names_parts_and_vowels() -> None:
    shown = solution(WORD)["html"]
    assert "<strong>oste</strong>: bone" in shown and shown.count("combining vowel</li>") == 2
    assert shown.count("stays") == 2
