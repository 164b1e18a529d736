"""Code entry: what is read as a code, what the rules of an item are, and how a diagnosis becomes a verdict."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.grading.verdict import Outcome
from course.questions.answers import Answer, Blank, Invalid
from course.questions.kinds import check, code_entry, solution, view
from course.questions.typed import split_codes


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("S52.521A", ["S52.521A"]),
        (" s52521a ", ["S52521A"]),
        ("I13.0, I50.22", ["I13.0", "I50.22"]),
        ("I13.0;I50.22\nN18.32", ["I13.0", "I50.22", "N18.32"]),
        ("I13.0 I50.22 N18.32", ["I13.0", "I50.22", "N18.32"]),
        ("i13.0 and i50.22 + n18.32", ["I13.0", "I50.22", "N18.32"]),
        ("S52 521A", ["S52521A"]),
        ("S52.521 A", ["S52.521A"]),
        ("S52. 521A", ["S52.521A"]),
        ("I10 I11", ["I10", "I11"]),
        ("I10 E11.9", ["I10", "E11.9"]),
        ("1. I13.0\n2) I50.22", ["I13.0", "I50.22"]),
        ("- I13.0\n\u2022 I50.22", ["I13.0", "I50.22"]),
        ("(I13.0)", ["I13.0"]),
        ("\uff33\uff15\uff12", ["S52"]),
        ("S52.52XA", ["S52.52XA"]),
        ("", []),
        (" , ; ", []),
    ],
)
def test_split(typed: str, codes: list[str]) -> None:
    assert split_codes(typed) == (codes, [])


def test_words_are_told_from_codes() -> None:
    assert split_codes("torus fracture S52.521A") == (["S52.521A"], ["torus", "fracture"])


@given(st.text() | st.text(st.sampled_from(list("sS5.2 ,;x\n-A")), max_size=30))
def test_split_takes_anything(typed: str) -> None:
    codes, words = split_codes(typed)
    assert all(code and not any(char.isspace() for char in code) for code in codes + words)


@pytest.mark.parametrize("raw", [None, "", [], [""], [None, " "], ",", ["", ""]])
def test_blank(item, raw) -> None:
    assert isinstance(code_entry.parse(item("buckle"), raw), Blank)


@pytest.mark.parametrize("raw", [5, True, {"a": 1}, [1], [["S52"]], "buckle fracture", ["I10"] * 41, object()])
def test_unreadable(item, raw) -> None:
    parsed = code_entry.parse(item("buckle"), raw)
    assert isinstance(parsed, Invalid) and len(parsed.reason) < 200


def test_one_text_or_many_are_the_same(item) -> None:
    one = item("heart-failure")
    assert (
        code_entry.parse(one, "I11.0 I50.22")
        == code_entry.parse(one, ["I11.0", "I50.22", ""])
        == Answer(("I11.0", "I50.22"))
    )


def faults(item, **changes) -> str:
    data = item("heart-failure").model_dump(mode="json")
    data["answer"] |= changes.pop("answer", {})
    with pytest.raises(ValidationError) as caught:
        code_entry.Model.model_validate(data | changes)
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answer": {"codes": ["I11.0", "i110"], "order": []}}, "listed twice"),
        ({"answer": {"order": [["I11.0", "I10"]]}}, "I10 is not among the codes"),
        ({"answer": {"order": [["I11.0", "I11.0"]]}}, "before itself"),
        ({"answer": {"order": [["I11.0", "I50.22"], ["I50.22", "I11.0"]]}}, "circle"),
        ({"answer": {"ordered": True}}, "together with `ordered`"),
        ({"answer": {"optional": ["I11.0"]}}, "is among the codes"),
        ({"answer": {"codes": ["I11.0"], "order": [], "ordered": True}}, "no meaning with one code"),
        ({"answer": {"codes": ["1e5"], "order": []}}, "does not look like"),
        ({"answer": {"codes": [99213], "order": []}}, "string"),
        ({"reasons": {"I11.0": "x"}}, "one of the right codes"),
        ({"reasons": {"S52-S59": "x"}}, "not a code"),
        ({"system": "cpt"}, "CPT codes are not graded yet"),
        ({"system": "icd9"}, "no code system here"),
    ],
)
def test_rules(item, changes, said: str) -> None:
    assert said in faults(item, **changes)


def test_codes_are_kept_in_their_official_spelling(item) -> None:
    data = item("heart-failure").model_dump(mode="json")
    data["answer"]["codes"] = ["i110", " I50.22"]
    assert code_entry.Model.model_validate(data).answer.codes == ("I11.0", "I50.22")


def test_view_says_how_to_answer_and_not_what(item) -> None:
    assert view(item("buckle"))["many"] is False
    shown = view(item("heart-failure"))
    assert shown["many"] is True and shown["ordered"] is True and "Sequence counts" in shown["instruction"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_a_circle_is_seen(numbers: list[tuple[int, int]]) -> None:
    pairs = tuple((f"I1{a}", f"I1{b}") for a, b in numbers if a != b)
    codes = [f"I1{n}" for n in range(5)]
    possible = any(all(order.index(a) < order.index(b) for a, b in pairs) for order in itertools.permutations(codes))
    assert code_entry._orderable(pairs) is possible
    if possible:
        order = code_entry.sequence(code_entry.CodeAnswer(codes=tuple(codes), order=pairs))
        assert sorted(order) == codes and all(order.index(a) < order.index(b) for a, b in pairs)


def test_the_key_is_accepted_and_its_reasons_are_told(item) -> None:
    pytest.importorskip("course.grading.diagnosis").__dict__.get("diagnose") or pytest.skip("no diagnosis engine")
    for slug in ("buckle", "heart-failure"):
        one = item(slug)
        verdict = check(one, solution(one)["response"])
        assert verdict.outcome is Outcome.CORRECT and verdict.score == 1
    one = item("buckle")
    for typed, pattern in (("S52.501A", "S52.501A"), ("S52.601A", "S52.6*")):
        verdict = check(one, [typed])
        assert verdict.outcome is not Outcome.CORRECT
        assert any(one.reasons[pattern] in part.message for part in verdict.parts)
    two = item("heart-failure")
    turned = check(two, ["I50.22", "I11.0"])
    assert turned.outcome is Outcome.PARTLY and "order" in {part.mark for part in turned.parts}
    assert turned.headline == "The right codes; look at their sequence."
    assert check(two, ["I11.0"]).outcome is Outcome.PARTLY
    assert check(two, ["I11.0", "I50.22", "Z79.899"]).outcome is Outcome.CORRECT
    alone = check(two, ["I10"])
    assert alone.outcome is Outcome.INCORRECT and any(two.reasons["I10"] in part.message for part in alone.parts)
    told = " ".join(part.message for part in alone.parts) + alone.headline
    assert "I11.0" not in told and "I50.22" not in told, "what is missing is not named"


def test_the_solution_gives_the_titles(item, monkeypatch) -> None:
    shown = solution(item("buckle"))
    assert "Torus fracture of lower end of right radius, initial" in shown["html"] and shown["response"] == ["S52.521A"]
    shown = solution(item("heart-failure"))
    assert shown["html"].startswith("<ol><li><strong>I11.0</strong> Hypertensive") and "Z79.899" in shown["html"]

    def broken(item):
        raise OSError("no code set")

    monkeypatch.setattr(code_entry, "_codes", broken)
    assert solution(item("buckle"))["html"] == "<ul><li><strong>S52.521A</strong></li></ul>"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"codes": ["I10", "E11.9"]}, "codes."),
        ({"codes": ["I10", "E11.9"], "order": [["I10", "E11.9"]]}, "Sequence counts."),
        ({"codes": ["I10", "E11.9", "N18.31"], "ordered": True}, "Sequence counts."),
        (
            {"codes": ["I10", "E11.9", "N18.31"], "order": [["E11.9", "N18.31"], ["I10", "E11.9"]]},
            "Sequence counts.",
        ),
        (
            {"codes": ["I10", "E11.9", "N18.31"], "order": [["E11.9", "N18.31"]]},
            "Sequence counts where a note or a guideline sets it.",
        ),
    ],
)
def test_the_instruction_says_how_much_of_the_sequence_counts(answer: dict, said: str, item) -> None:
    data = item("heart-failure").model_dump(mode="json")
    data |= {"answer": answer, "reasons": {}}
    assert view(code_entry.Model.model_validate(data))["instruction"].endswith(said)
