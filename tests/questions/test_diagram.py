"""The question about a drawing: each part has its reason, series and chapter say what they hold, laws of the score."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from course.grading.verdict import Outcome
from course.language import books, diagrams
from course.questions.bank import load_item
from course.questions.kinds import check, diagram, solution, static_html, view
from tests.questions.conftest import FIXTURES

HEART = load_item("90-kinds/to-the-body", FIXTURES)
FIELD = load_item("90-kinds/field-at-the-groin", FIXTURES)


def made(one: Any = HEART, **changes: Any) -> diagram.Diagram:
    """The item of the fixture, changed."""
    return diagram.Model.model_validate(one.model_dump() | changes)


def faults(one: Any = HEART, **changes: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        made(one, **changes)
    return [fault.message for one in caught.value.errors() for fault in one.get("ctx", {}).get("faults", [])]


def letter(one: Any, name: str) -> str:
    return next(found for found, part in diagram.options(one).items() if part.id == name)


def test_letters_run_from_the_top_of_the_picture_to_its_bottom() -> None:
    rows = view(HEART)["options"]
    assert [row["id"] for row in rows] == list("abcde")
    assert [row["label"][1] for row in rows] == sorted(row["label"][1] for row in rows)
    assert all(row["where"] and not row["html"] for row in rows), "a letter and a place, and no name"


def test_the_picture_tells_no_name() -> None:
    for one in (HEART, FIELD):
        shown = json.dumps(view(one)["figure"])
        assert not any(part.name in shown or part.id in shown for part in diagram.options(one).values())
        page = static_html(one)
        assert ("left ventricle" in page.lower()) is False
    assert view(FIELD)["figure"]["svg"].count("data-part") == 1
    assert view(HEART)["figure"]["svg"].count("data-part") == 5
    assert all(part.where in static_html(HEART).lower() for part in diagram.options(HEART).values())
    assert "The field in the bottom row" not in static_html(FIELD) and diagram.right(FIELD).where in static_html(FIELD)


def test_names_are_shuffled_and_the_marked_part_is_not_told_by_its_place() -> None:
    orders = {tuple(diagram.options(made(FIELD, slug=f"a{n}"))[one].id for one in "abcd") for n in range(30)}
    assert len(orders) > 10
    assert 'data-part="marked"' in view(FIELD)["figure"]["svg"]
    twin = made(FIELD, part="left-iliac", reasons=dict.fromkeys(["right-iliac", "right-lumbar", "hypogastric"], "No."))
    assert view(twin)["options"] == view(FIELD)["options"]


def test_the_key_is_right() -> None:
    for one in (HEART, FIELD):
        verdict = check(one, solution(one)["response"])
        assert verdict.outcome is Outcome.CORRECT and all(part.mark == "right" for part in verdict.parts)
    assert solution(HEART)["response"] == {"part": letter(HEART, "left-ventricle"), "series": "30,000", "chapter": "9"}
    told = {part.target: part.message for part in check(HEART, solution(HEART)["response"]).parts}
    assert "Heart and lungs share their numbers." in told["series"] and "letter I." in told["chapter"]
    assert check(FIELD, letter(FIELD, "right-iliac").upper()).outcome is Outcome.CORRECT, "the letter alone will do"


@pytest.mark.parametrize("raw", [None, "", [], {}, " ", {"part": ""}, {"part": None, "series": ""}])
def test_nothing_chosen_is_no_answer(raw: Any) -> None:
    verdict = check(HEART, raw)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None


@pytest.mark.parametrize(
    "raw",
    ["f", "left-ventricle", 3, ["a"], {"part": "f"}, {"part": ["a"]}, {"series": "35,000"}, {"chapter": 9},
     {"chapter": "23"}, {"name": "a"}],
)  # fmt: skip
def test_what_is_not_on_the_card_cannot_be_read(raw: Any) -> None:
    assert check(HEART, raw).invalid
    assert check(FIELD, {"part": "a", "series": "30,000"}).invalid, "it is not asked here"


def test_each_part_has_its_own_reason_and_its_name() -> None:
    for one in (HEART, FIELD):
        for found, part in diagram.options(one).items():
            (said,) = [p.message for p in check(one, found).parts if p.target == "part"]
            assert part.name.lower() in said.lower() and part.plain in said
            assert part.id == one.part or one.reasons[part.id] in said
            wrong = [other for name, other in one.reasons.items() if name not in ("series", "chapter", part.id)]
            assert not any(other in said for other in wrong)


def test_a_wrong_series_or_chapter_says_what_it_holds_and_not_where_to_go() -> None:
    for series in books.SERIES:
        (said,) = [p for p in check(HEART, {"part": "a", "series": series}).parts if p.target == "series"]
        assert (said.mark == "right") == (series == "30,000")
        if said.mark == "wrong":
            assert books.SERIES[series] in said.message and "30,000" not in said.message and "share" not in said.message
    for chapter, (_, words) in books.CHAPTERS.items():
        (said,) = [p for p in check(HEART, {"part": "a", "chapter": str(chapter)}).parts if p.target == "chapter"]
        assert words in said.message and (said.mark == "right") == (chapter == 9)
        assert said.mark == "right" or HEART.reasons["chapter"] not in said.message


def test_laws_of_the_score() -> None:
    """Half for the part, the rest shared; what is open or wrong scores nothing; nothing but the key scores 1."""
    values = {"part": ["", *"abcde"], "series": ["", "10,000", "30,000"], "chapter": ["", "9", "10"]}
    key = solution(HEART)["response"]
    for given in itertools.product(*values.values()):
        raw = dict(zip(values, given, strict=True))
        if not any(given):
            continue
        worth = {"part": Fraction(1, 2), "series": Fraction(1, 4), "chapter": Fraction(1, 4)}
        wanted = sum((worth[name] for name in raw if raw[name] == key[name]), Fraction(0))
        verdict = check(HEART, raw)
        assert Fraction(verdict.score) == wanted, raw
        marks = {part.target: part.mark for part in verdict.parts}
        assert {name for name, mark in marks.items() if mark == "missing"} == {name for name in raw if not raw[name]}
    only = made(also=["chapter"])
    assert check(only, {"part": key["part"]}).score == 0.5 and check(only, {"chapter": "9"}).score == 0.5
    assert check(FIELD, "a").score in (0, 1)


def test_the_headline_says_what_to_look_at() -> None:
    key = solution(HEART)["response"]
    heads = [
        check(HEART, raw).headline
        for raw in (key, {**key, "series": "20,000"}, {**key, "part": "a"}, {"part": "a"}, {"series": "30,000"})
    ]
    assert heads == [
        "Yes, all of it.",
        "The right part; look again at where it leads.",
        "Not this part yet; some of it fits.",
        "Not this part yet.",
        "Choose a part, too.",
    ]


def test_the_solution_tells_the_part_its_place_and_every_reason() -> None:
    html = solution(HEART)["html"]
    assert all(why.replace("'", "&#x27;") in html for why in HEART.reasons.values())
    assert diagram.right(HEART).where in html and "Chapter 9" in html and "30,000" in html


def test_rules_of_the_file() -> None:
    assert faults(figure="hart")[0].startswith("There is no diagram called 'hart'. Did you mean heart?")
    assert "tail is no part of heart" in faults(
        offered=[*HEART.offered, "tail"], reasons={**HEART.reasons, "tail": "No."}
    )
    assert "says nothing about mitral-valve" in faults(offered=[*HEART.offered, "mitral-valve"])
    assert faults(part="mitral-valve", reasons={**HEART.reasons, "left-ventricle": "No."}) == [
        "mitral-valve is not offered"
    ]
    assert "is about mitral-valve, which is no other part that is offered" in faults(
        reasons={**HEART.reasons, "mitral-valve": "No."}
    )
    assert "aorta is listed twice" in faults(offered=[*HEART.offered, "aorta"])
    assert "asks the same twice" in faults(also=["series", "series"])
    assert faults(FIELD, also=["series"]) == ["right-iliac has no series"]
    assert made(FIELD, also=["chapter"]).also == ("chapter",)


def test_a_text_that_tells_the_name_is_found() -> None:
    (lint,) = made(FIELD, stem="Is this the right iliac region?").lints()
    assert lint.path == ("stem",) and "names the part" in lint.message
    assert not list(made(HEART, stem="Find the left ventricle.").lints()), "to find it one must know its name"


def test_reasons_can_be_mended_without_a_new_version() -> None:
    assert made(reasons=dict.fromkeys(HEART.reasons, "Another sentence.")).content_version == HEART.content_version
    other = made(also=["chapter"])
    assert other.content_version != HEART.content_version


def test_every_part_of_every_diagram_can_be_asked_for() -> None:
    for figure in diagrams.every():
        names = [part.id for part in figure.parts]
        for n, part in enumerate(figure.parts):
            offered = [names[(n + k) % len(names)] for k in range(4)]
            also = [name for name in ("series", "chapter") if getattr(part, name)]
            reasons = dict.fromkeys(offered[1:], "Another one.")
            for ask in ("find", "name"):
                one = made(figure=figure.name, part=part.id, offered=offered, also=also, reasons=reasons, ask=ask)
                assert check(one, solution(one)["response"]).outcome is Outcome.CORRECT
