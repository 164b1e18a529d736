"""The word builder: every slip is met by what it is, and the parts that are missing are never named."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.grading.verdict import Outcome
from course.language import word_parts
from course.questions.bank import load_item
from course.questions.kinds import check, solution, static_html, view, word_builder, word_rows

FIXTURES = Path(__file__).parent / "fixtures"
JOINTS = load_item("90-kinds/several-joints", FIXTURES)
BOWELS = load_item("90-kinds/stomach-and-bowels", FIXTURES)
PLAIN = word_builder.Model.model_validate(JOINTS.model_dump() | {"reasons": {}})
ROWS = st.lists(st.sampled_from(BOWELS.tray), min_size=1, max_size=8)


def made(**changes: Any) -> word_builder.WordBuilder:
    return word_builder.Model.model_validate(JOINTS.model_dump() | changes)


def faults(**changes: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        made(**changes)
    return [fault.message for one in caught.value.errors() for fault in one.get("ctx", {}).get("faults", [])]


def told(item: Any, row: str) -> dict[str, str]:
    """Target -> message; "" is the rest."""
    out: dict[str, str] = {}
    for part in check(item, row.split()).parts:
        out[part.target] = f"{out[part.target]} {part.message}" if part.target in out else part.message
    return out


def test_the_tray_goes_by_sort_and_names_no_number_of_parts() -> None:
    shown = view(BOWELS)
    sorts = [row["sort"] for row in shown["tray"]]
    assert sorts == sorted(sorts, key=["prefix", "root", "vowel", "suffix"].index) and shown["longest"] == 12
    assert sorted(row["id"] for row in shown["tray"]) == sorted(BOWELS.tray)
    assert all(row["sort"] == word_parts.kind_of(row["id"]) for row in shown["tray"])
    assert "gastroenterology" not in str(shown) and "polyarthritis" not in static_html(JOINTS)
    assert static_html(JOINTS).count("<li>") == 4


def test_the_key_is_right_and_read_part_by_part() -> None:
    for raw in (["poly-", "arthr", "-itis"], ("poly-", "arthr", "-itis"), "poly- arthr -itis"):
        verdict = check(JOINTS, raw)
        assert verdict.outcome is Outcome.CORRECT and verdict.headline == "Yes: **polyarthritis**."
    assert not [part.message for part in verdict.parts if part.message], "the rationale says what the parts mean"
    other = made(also=[["peri-", "arthr", "-itis"]])
    assert check(other, "peri- arthr -itis").score == 1


def test_two_i_that_meet_are_one_and_the_card_says_so() -> None:
    heart = made(tray=[*JOINTS.tray, "cardi"], answer=["poly-", "cardi", "-itis"], reasons={})
    verdict = check(heart, "poly- cardi -itis")
    assert verdict.headline == "Yes: **polycarditis**."
    assert verdict.parts[-1].message == "Two i meet here, and one is written."
    assert "Where two i meet, write one." in static_html(heart) and "two i" not in static_html(JOINTS)


@pytest.mark.parametrize("raw", [None, "", [], (), "  "])
def test_nothing_pressed_is_no_answer(raw: Any) -> None:
    verdict = check(JOINTS, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize("raw", [["mono-"], [1], {"arthr": 1}, 7, ["o"] * 13, "arthritis", [None]])
def test_what_is_not_on_the_card_cannot_be_read(raw: Any) -> None:
    verdict = check(JOINTS, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid


def test_a_wrong_part_says_what_it_means_and_points_at_what_was_missed() -> None:
    said = told(JOINTS, "peri- arthr -pathy")
    assert said["n0"] == "**peri-** means *around*. Find the prefix that says **many**."
    assert said["n2"] == "**-pathy** means *disease*. Find the suffix that says **inflammation**."
    assert said["n1"] == "" and check(JOINTS, "peri- arthr -pathy").score == 0
    assert told(JOINTS, "poly- oste -itis")["n1"] == "**oste**: A bone is not yet a joint."


@pytest.mark.parametrize(
    ("item", "row", "target", "words"),
    [
        (JOINTS, "poly- arthr o -itis", "n2", "Here the ending brings its own vowel."),
        (PLAIN, "poly- arthr o -itis", "n2", "Before **-itis** the **o** falls: a suffix that begins with a vowel"),
        (BOWELS, "gastr e enter o -logy", "n1", "but **gastr** does not take **e**."),
        (BOWELS, "gastr o o enter o -logy", "n2", "One combining vowel is enough"),
        (BOWELS, "o gastr o enter o -logy", "n0", "No word begins with a combining vowel"),
        (BOWELS, "gastr o enter o -logy o", "n5", "nothing follows"),
        (BOWELS, "inter- o gastr o enter o -logy", "n1", "A prefix keeps its own ending"),
    ],
)
def test_a_vowel_that_does_not_belong(item: Any, row: str, target: str, words: str) -> None:
    assert words in told(item, row)[target]


def test_a_missing_bridge_is_explained_and_not_named() -> None:
    said = told(BOWELS, "gastr enter o -logy")
    assert said[""].startswith("Between **gastr** and **enter** the bridge is missing: two roots are joined")
    assert told(BOWELS, "gastr o enter -logy")[""].endswith(
        "a suffix that begins with a consonant needs a combining vowel before it."
    )
    assert check(BOWELS, "gastr o enter -logy").score == pytest.approx(0.8)


def test_parts_at_another_place() -> None:
    said = told(JOINTS, "-itis poly- arthr")
    assert said["n0"] == "**-itis** is a suffix, as its hyphen shows: it closes the word."
    assert "it stands before the roots" in told(JOINTS, "peri- arthr -itis poly-")["n3"]
    assert told(JOINTS, "arthr poly- -itis")["n0"].startswith("**arthr** is a root: it stands after the prefix")
    assert "at another place" in told(BOWELS, "enter o gastr o -logy")["n0"]
    marks = [part.mark for part in check(BOWELS, "enter o gastr o -logy").parts]
    assert marks.count("order") == 2 and "missing" not in marks and "wrong" not in marks


def test_one_part_too_many_or_too_few() -> None:
    said = told(JOINTS, "peri- poly- arthr -itis")
    assert said["n0"] == "**peri-** means *around*. Nothing in the question says that."
    assert check(JOINTS, ["peri-", "poly-", "arthr", "-itis"]).headline.endswith(": 3 of 4 parts in place.")
    assert check(JOINTS, ["poly-", "arthr"]).headline == "**polyarthr**: 2 of 3 parts in place."
    assert told(JOINTS, "poly- poly- arthr -itis")["n1"] == "**poly-** stands in the word already; once is enough."
    assert told(JOINTS, "arthr -itis")[""].startswith("One part too few: nothing says **many** yet.")
    assert "2 parts too few: nothing says **many** or **inflammation** yet." in told(JOINTS, "arthr")[""]


def test_parts_in_place_count_more_than_parts_that_could_stand_for_others() -> None:
    laid = word_rows.lay(["enter", "o", "-logy"], BOWELS.answer)
    assert laid.states == ("right",) * 3 and laid.missing == ("gastr", "o")


def test_a_word_that_is_real_is_told_what_it_says() -> None:
    assert "**arthritis** is a word, too. It says: inflammation of a joint." in told(JOINTS, "arthr -itis")[""]
    assert "is a word, too" not in told(JOINTS, "peri- arthr -itis").get("", "")


def test_what_is_missed_is_never_named() -> None:
    for row in itertools.chain.from_iterable(itertools.permutations(JOINTS.tray, n) for n in (1, 2, 3)):
        verdict = check(JOINTS, list(row))
        said = verdict.headline + " ".join(part.message for part in verdict.parts)
        for token in set(JOINTS.answer) - set(row):
            assert f"*{token}*" not in said and "polyarthritis" not in said, (row, said)
        assert all(part.message or part.mark == "right" for part in verdict.parts), row


@given(ROWS)
def test_laws_of_the_score(row: list[str]) -> None:
    verdict = check(BOWELS, row)
    assert (verdict.score == 1) == (tuple(row) == BOWELS.answer)
    laid = word_rows.lay(row, BOWELS.answer)
    assert len(laid.states) == len(row) == len([part for part in verdict.parts if part.target])
    fits = laid.states.count("right")
    assert laid.score == max(0, 2 * fits - len(row)) / len(BOWELS.answer)
    used = fits + laid.states.count("wrong") + laid.states.count("order")
    assert used + len(laid.missing) == len(BOWELS.answer), "each part of the key is accounted for once"
    for n in range(len(row)):  # what does not fit can be taken out without harm
        if laid.states[n] == "extra" and len(row) > 1:
            assert word_rows.lay([*row[:n], *row[n + 1 :]], BOWELS.answer).score >= laid.score


def test_the_solution_explains_every_vowel() -> None:
    shown = solution(BOWELS)
    assert shown["response"] == list(BOWELS.answer) and "gastroenterology" in shown["html"]
    assert "<strong>gastr/o</strong>: stomach" in shown["html"] and shown["html"].count("stays") == 2
    assert "the <strong>o</strong> falls" in solution(JOINTS)["html"]


def test_slips_of_an_author_are_named() -> None:
    tray = [*JOINTS.tray]
    assert "poly- is listed twice" in faults(tray=[*tray, "poly-"])
    assert "xyz is not among the word parts" in faults(tray=[*tray, "xyz"])
    assert made(tray=[*tray, "xyz"], reasons={"xyz": "No such root."}).tray[-1] == "xyz"
    assert "needs mono-, which is not in the tray" in faults(answer=["mono-", "arthr", "-itis"])
    assert "needs mono-, which is not in the tray" in faults(also=[["mono-", "arthr"]])
    assert "is about mono-, which is not in the tray" in faults(reasons={"mono-": "One."})
    assert "is about arthr, which is right" in faults(reasons={"arthr": "Yes."})
    assert any("fewer than two parts" in one for one in faults(tray=["poly-", "arthr", "-itis", "o"], reasons={}))


def test_what_check_complains_of() -> None:
    def lints(**changes: Any) -> list[str]:
        return [fault.message for fault in made(**changes).lints()]

    assert lints() == []
    assert lints(answer=["poly-", "arthr", "o", "-itis"], reasons={}) == [
        "by the rules of the combining vowel it would be poly- arthr -itis"
    ]
    assert lints(stem="Build polyarthritis.") == ["names the word that is to be built"]
    own = made(tray=[*JOINTS.tray, "xyz"], reasons={"xyz": "A."}).model_copy(update={"answer": ("xyz", "-itis")})
    assert "xyz is not among the word parts" in [fault.message for fault in own.lints()]
