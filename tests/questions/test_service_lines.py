"""Service lines: what is typed, what an author may write, what a card is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from course.codesets import icd10cm
from course.grading.services import Entered
from course.grading.verdict import Outcome
from course.questions import proof, proof_services
from course.questions.answers import Answer, Blank, Invalid
from course.questions.bank import check_bank, load_item
from course.questions.kinds import check, service_lines, solution, static_html, view
from course.questions.kinds.service_model import ServiceAnswer, ServiceLines, sequence
from course.questions.kinds.service_search import search
from tests.questions.conftest import FIXTURES

KNEE: Any = load_item("90-kinds/meniscus-on-the-right", FIXTURES)
SHOT: Any = load_item("90-kinds/visit-and-shot", FIXTURES)


def lines(raw: Any) -> list[tuple[str, tuple[str, ...], int | None]]:
    """What is read, where modifiers and units are asked for."""
    parsed = service_lines.parse(SHOT, raw)
    assert isinstance(parsed, Answer), parsed
    return [(one.code, one.modifiers, one.units) for one in parsed.value]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("29881-RT-59", [("29881", ("RT", "59"), None)]),
        ("29881 RT 59 x2", [("29881", ("RT", "59"), 2)]),
        ("29881rt59", [("29881", ("RT", "59"), None)]),
        (" j1885 x 15 ", [("J1885", (), 15)]),
        ("J1885 15 units", [("J1885", (), 15)]),
        ("J1885, units: 15", [("J1885", (), 15)]),
        ("J1885 × 15", [("J1885", (), 15)]),
        ("J1885 15", [("J1885", (), 15)]),
        ("J1885 100", [("J1885", (), 100)]),
        ("J1885 3X", [("J1885", (), 3)]),
        ("j 1885", [("J1885", (), None)]),
        ("99213,25", [("99213", ("25",), None)]),
        ("29881 modifier RT and 59", [("29881", ("RT", "59"), None)]),
        ("\uff12\uff19\uff18\uff18\uff11\uff0d\uff32\uff34", [("29881", ("RT",), None)]),
        ("29881\u2013RT", [("29881", ("RT",), None)]),
        ("99213-25; 20610-RT\nJ3301", [("99213", ("25",), None), ("20610", ("RT",), None), ("J3301", (), None)]),
        ("1. 99213\n2. 20610 x2", [("99213", (), None), ("20610", (), 2)]),
        ("29881 x 29877", [("29881", (), None), ("29877", (), None)]),
        ("A0429-RH", [("A0429", ("RH",), None)]),
        ("0232t", [("0232T", (), None)]),
        ("S52.521A", [("S52.521A", (), None)]),
        ("2988", [("2988", (), None)]),
        ("29881-ZZ", [("29881", ("ZZ",), None)]),
    ],
)
def test_one_text_says_all(typed: str, read: list) -> None:
    assert lines(typed) == read
    assert lines([typed]) == read


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ({"code": "29881", "modifiers": "rt,59", "units": "2"}, ("29881", ("RT", "59"), 2)),
        ({"code": "29881", "modifiers": "RT59", "units": ""}, ("29881", ("RT", "59"), None)),
        ({"code": "29881-RT", "modifiers": "RT 59"}, ("29881", ("RT", "59"), None)),
        ({"code": "29881-RT x2", "units": "2"}, ("29881", ("RT",), 2)),
        ({"code": "29881", "modifiers": "-25 / X1"}, ("29881", ("25", "X1"), None)),
        ({"code": "J1885", "units": "x1,200"}, ("J1885", (), 1200)),
        ({"code": "J1885", "units": "2.0"}, ("J1885", (), 2)),
        ({"code": "J1885", "units": "\uff12 units"}, ("J1885", (), 2)),
        ({"code": 29881, "modifiers": ["rt"], "units": 3}, ("29881", ("RT",), 3)),
    ],
)
def test_fields_of_a_row(row: dict, read: tuple) -> None:
    assert lines([row]) == [read] and lines(row) == [read]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("knee scope", "codes, not words (“knee”)"),
        ("25", "begins with its code"),
        ("x2", "Units stand after their code"),
        ("29881 x0", "whole numbers from 1"),
        ("29881 x2 x3", "two numbers of units"),
        ("29881 R", "could not place “R”"),
        ([{"modifiers": "RT"}], "Row 1 has no code"),
        ([{"code": "29881"}, {"units": "2"}], "Row 2 has no code"),
        ([{"code": "29881 29877", "units": "2"}], "Give each its own row"),
        ([{"code": "29881 x2", "units": "3"}], "says two things about units"),
        ([{"code": "29881", "modifiers": "RIGHT"}], "I read “RIGHT”"),
        ([{"code": "29881", "modifiers": "\u00c4\u00d6"}], "letters and digits"),
        ([{"code": "29881", "units": "two"}], "I read “two”"),
        ([{"code": "29881", "units": "1.5"}], "whole numbers"),
        ([{"code": "29881", "side": "R"}], "fields on the card"),
        (["29881"] * 31, "at most 30"),
        (5, "Write codes"),
        ([True], "Write codes as text"),
        ([[1]], "Write codes as text"),
    ],
)
def test_what_cannot_be_read_is_said_and_never_counts(raw: Any, told: str) -> None:
    parsed = service_lines.parse(SHOT, raw)
    assert isinstance(parsed, Invalid) and told in parsed.reason and 10 < len(parsed.reason) < 250
    assert check(SHOT, raw).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize(
    "raw", [None, "", " \n", [], [{}], [None, ""], [{"code": " ", "modifiers": "", "units": None}]]
)
def test_blank_is_never_wrong(raw: Any) -> None:
    assert isinstance(service_lines.parse(SHOT, raw), Blank)


def test_a_number_is_a_modifier_only_where_modifiers_are_asked_for() -> None:
    only_units = SHOT.model_copy(update={"asks": ("units",)})
    assert service_lines.parse(only_units, "J1885 50").value[0].units == 50
    assert service_lines.parse(SHOT, "J1885 50").value[0].modifiers == ("50",)


def test_empty_rows_do_not_count() -> None:
    parsed = service_lines.parse(SHOT, [{}, {"code": "99213"}, None, {"code": "20610 J3301"}])
    assert [(one.code, one.row) for one in parsed.value] == [("99213", 0), ("20610", 1), ("J3301", 1)]


TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789RTXJ-x, ./\n", max_size=30),
    st.sampled_from(["29881-RT", "J3301 x4", "99213", "", "\ud800", "9" * 50]),
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "modifiers", "units", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_nothing_that_is_typed_raises(raw: Any) -> None:
    verdict = check(SHOT, raw)
    json.dumps(verdict.to_dict())
    assert verdict.headline and (verdict.invalid is None or verdict.outcome is Outcome.NOT_ATTEMPTED)


SPELLINGS = ("{code}-{marks}", "{code} {marks}", " {code},{marks} ")


@given(st.permutations(range(3)), st.lists(st.sampled_from(SPELLINGS), min_size=3, max_size=3), st.booleans())
def test_the_key_is_accepted_in_any_order_and_spelling(order: list[int], spellings: list[str], small: bool) -> None:
    free = SHOT.model_copy(update={"answer": SHOT.answer.model_copy(update={"order": ()})})
    rows = solution(free)["response"]
    typed = []
    for n, spelling in zip(order, spellings, strict=True):
        text = (
            spelling.format(code=rows[n]["code"], marks=rows[n]["modifiers"].replace(" ", "-"))
            + f" x{rows[n]['units']}"
        )
        typed.append(text.lower() if small else text)
    for raw in (typed, "\n".join(typed), [rows[n] for n in order]):
        verdict = check(free, raw)
        assert verdict.outcome is Outcome.CORRECT and verdict.score == 1, verdict
        assert {part.mark for part in verdict.parts} == {"right"}


def test_optional_lines_and_modifiers_do_no_harm() -> None:
    raw = ["99213-25", "20610-59-RT", "A4550", "J3301 JZ x4"]
    verdict = check(SHOT, raw)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline == "Yes, all the lines."


def test_what_is_not_asked_for_is_left_aside() -> None:
    verdict = check(KNEE, "29881-RT x3")
    assert verdict.outcome is Outcome.CORRECT and any("Units are not asked" in part.message for part in verdict.parts)
    plain = KNEE.model_copy(update={"asks": (), "answer": ServiceAnswer.model_validate({"lines": [{"code": "29881"}]})})
    verdict = check(plain, "29881-LT")
    assert verdict.outcome is Outcome.CORRECT and any("LT was left aside" in part.message for part in verdict.parts)


@pytest.mark.parametrize(
    ("raw", "headline"),
    [
        ("29881-RT", "Yes, that is the line."),
        ("29881", "One more modifier belongs here."),
        ("29880", "Right family, another member."),
        ("29881-ZZ", "Close: see what each line still needs."),
        ("29881-RT 29881-RT", "One line more than the note has."),
    ],
)
def test_the_headline_of_one_line(raw: str, headline: str) -> None:
    assert check(KNEE, raw).headline == headline


@pytest.mark.parametrize(
    ("raw", "headline"),
    [
        ("20610-RT 99213-25 J3301-JZ x4", "The right lines; look at their sequence."),
        ("99213-25 20610-RT J3301-JZ x4 36415", "All the right lines, and something more."),
        ("99213-25 20610-RT", "2 lines fit; there is more to do."),
        ("99213", "Close: see what each line still needs."),
        ("70010", "Not there yet. See what each line says."),
    ],
)
def test_the_headline_of_several_lines(raw: str, headline: str) -> None:
    assert check(SHOT, raw).headline == headline


def test_messages_go_to_their_rows_and_name_their_line() -> None:
    parts = check(SHOT, [{"code": "99213", "modifiers": "25"}, {"code": "20610 J3301"}]).parts
    assert [part.target for part in parts] == ["line-0", "line-1", "line-1", "line-1"]
    assert parts[0].message.startswith("**99213: This line fits.**") and parts[1].message.startswith("**20610: ")
    assert check(KNEE, "29881-RT").parts[0].message.startswith("**This line fits.**"), "one line needs no name"


def test_the_view_names_columns_and_not_lines() -> None:
    assert view(SHOT)["columns"] == ["code", "modifiers", "units"] and view(SHOT)["ordered"]
    assert view(KNEE)["columns"] == ["code", "modifiers"]
    assert view(KNEE)["instruction"].startswith("Enter one line for each code, with its modifiers.")
    assert {type(value) for value in view(KNEE).values()} == {type(value) for value in view(SHOT).values()}
    assert view(SHOT)["instruction"].endswith("Sequence counts where a rule sets it.")


def test_paper_has_as_many_rows_for_one_line_as_for_three() -> None:
    assert static_html(SHOT).count("<tr>") == 7 and static_html(KNEE).count("<tr>") == 7
    assert "<th>Units</th>" in static_html(SHOT) and "<th>Units</th>" not in static_html(KNEE)


def test_the_solution_explains_codes_and_modifiers() -> None:
    shown = solution(SHOT)
    assert shown["response"][2] == {"code": "J3301", "modifiers": "JZ", "units": "4"}
    assert (
        "<ol><li><strong>99213-25 × 1</strong>" in shown["html"] and "<strong>RT</strong>: right side" in shown["html"]
    )
    assert "(may be added)" in shown["html"] and "triamcinolone" in shown["html"] and "A4550" in shown["html"]
    either = KNEE.model_copy(
        update={"answer": ServiceAnswer.model_validate({"lines": [{"code": "29881", "modifiers": ["59|xs"]}]})}
    )
    assert "29881-59 or XS" in solution(either)["html"] and solution(either)["response"][0]["modifiers"] == "59"
    assert check(either, "29881-XS").outcome is Outcome.CORRECT


def model(**changes: Any) -> str:
    """The faults of the item SHOT with other fields, joined; "" when there are none."""
    data = SHOT.model_dump(mode="json") | {"reasons": {}} | changes
    try:
        ServiceLines.model_validate(data)
    except ValidationError as error:
        faults = [fault for one in error.errors() for fault in one.get("ctx", {}).get("faults", ())]
        return " | ".join(f"{fault.path} {fault.message}" for fault in faults) or str(error)
    return ""


def answer(*rows: dict, **more: Any) -> dict:
    return {"lines": list(rows), **more}


LINE = {"code": "99213", "modifiers": ["25"]}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"asks": []}, "('answer', 'lines', 0, 'modifiers') are not asked for"),
        ({"asks": ["modifiers"]}, "('answer', 'lines', 2, 'units') are not asked for"),
        ({"asks": ["modifiers", "units", "units"]}, "names units twice"),
        ({"asks": ["price"]}, "Input should be 'modifiers' or 'units'"),
        ({"answer": answer({"code": "M17.11"})}, "does not look like a CPT or HCPCS code"),
        ({"answer": answer({"code": "99213", "modifiers": ["255"]})}, "does not look like a modifier"),
        ({"answer": answer({"code": "99213", "modifiers": ["59|"]})}, "does not look like a modifier"),
        ({"answer": answer({"code": "99213", "units": 0})}, "greater than or equal to 1"),
        ({"answer": answer(LINE, LINE)}, "99213 is listed twice with the same details"),
        ({"answer": answer({"code": "99213", "modifiers": ["25", "25"]})}, "names 25 twice"),
        ({"answer": answer(LINE | {"optional_modifiers": ["25"]})}, "25 is among the modifiers"),
        ({"answer": answer(LINE, optional=[{"code": "99213"}])}, "99213 is among the lines"),
        ({"answer": answer(LINE, order=[["99213", "20610"]])}, "20610 is not among the lines"),
        ({"answer": answer(LINE, order=[["99213", "99213"]])}, "puts 99213 before itself"),
        ({"answer": answer(LINE, ordered=True)}, "has no meaning with one line"),
        (
            {"answer": answer(LINE, {"code": "20610"}, ordered=True, order=[["99213", "20610"]])},
            "together with `ordered`",
        ),
        (
            {"answer": answer(LINE, {"code": "20610"}, order=[["99213", "20610"], ["20610", "99213"]])},
            "goes round in a circle",
        ),
        ({"reasons": {"right knee": "x"}}, "is none of the forms"),
        ({"reasons": {"99213": "x"}}, "is one of the right codes"),
        ({"reasons": {"a4550": "x"}}, "is one of the right codes"),
        ({"reasons": {"99213-25": "x"}}, "is about a modifier that is right there"),
        ({"reasons": {"20610-59": "x"}}, "is about a modifier that is right there"),
        ({"reasons": {"29881-59": "x"}}, "is about 29881, which is no line of the key"),
        ({"reasons": {"99213+59": "x"}}, "59 is not wanted there"),
        ({"reasons": {"J3301 x4": "x"}}, "is about the right units"),
    ],
)
def test_faults_of_authors(changes: dict, told: str) -> None:
    assert told in model(**changes)


def test_reasons_about_a_column_that_is_not_asked_for() -> None:
    plain = answer({"code": "99213"})
    assert "about units, which are not asked for" in model(asks=[], answer=plain, reasons={"99213 x2": "x"})
    assert "about modifiers, which are not asked for" in model(asks=[], answer=plain, reasons={"-25": "x"})


def test_every_form_of_a_reason_is_taken() -> None:
    reasons = {"29880": "a", "298*": "b", "-51": "c", "20610-51": "d", "99213+25": "e", "J3301 x1": "f", "-25": "g"}
    assert model(reasons=reasons) == ""


def test_lines_in_an_order_that_is_right() -> None:
    made = ServiceAnswer.model_validate(
        answer({"code": "20610"}, LINE, {"code": "J3301"}, order=[["99213", "20610"], ["J3301", "99213"]])
    )
    assert [line.code for line in sequence(made)] == ["J3301", "99213", "20610"]


def lints(one: Any = SHOT, **changes: Any) -> str:
    found = proof.lints(one.model_copy(update=changes), icd10cm.open_edition)
    return " | ".join(f"{path} {message} {advice}" for path, message, advice in found)


def keyed(*rows: dict) -> dict[str, Any]:
    return {"answer": ServiceAnswer.model_validate(answer(*rows)), "reasons": {}}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"code": "12345"}], "('answer', 'lines', 0, 'code') 12345 is not among the course's CPT numbers"),
        ([{"code": "J0000"}], "J0000 is not among the HCPCS codes"),
        (
            [{"code": "20610", "modifiers": ["ZZ"]}],
            "('answer', 'lines', 0, 'modifiers', 0) ZZ is no modifier for 20610",
        ),
        ([{"code": "20610", "modifiers": ["RH"]}], "RH is no modifier for 20610"),
        ([{"code": "J3301", "optional_modifiers": ["JG"]}], "JG could be reported until 2024-12-31"),
        ([{"code": "64484"}], "('answer', 'lines') 64484 is an add-on and has none of its main codes beside it"),
        ([{"code": "64483"}, {"code": "64484", "modifiers": ["51"]}], "51 does not go on 64484"),
        ([{"code": "11721", "modifiers": ["50"]}], "50 does not go on 11721"),
        ([{"code": "29881", "modifiers": ["25"]}], "25 does not go on 29881"),
    ],
)
def test_the_key_is_proved(rows: list[dict], told: str) -> None:
    assert told in lints(**keyed(*rows))


def test_sound_keys_are_left_alone() -> None:
    assert lints() == "" and lints(KNEE) == ""
    assert lints(**keyed({"code": "64483"}, {"code": "64484"})) == ""
    assert lints(**keyed({"code": "A0429", "modifiers": ["RH"]})) == "", "origin and destination of an ambulance"


def test_codes_in_texts_are_known_or_declared() -> None:
    told = lints(stem="Is it 12345 or 29881-RT?", rationale="See J0000 and 99201, 10004-69990 and 99202\u201399215.")
    assert "('stem',) names 12345, which is no CPT or HCPCS code" in told and "('rationale',) names J0000" in told
    assert told.count("names") == 2, "a retired number and the ends of a range may be named"
    assert lints(stem="MRN 12345.", not_codes=("12345",)) == ""
    assert "29881 is a code" in lints(stem="29881", not_codes=("29881",))
    assert "12345 is not in this question" in lints(not_codes=("12345",))
    assert "names 29889" in lints(reasons={"29889": "x"})
    assert "names ZZ, which is no modifier" in lints(reasons={"-ZZ": "x"})
    assert lints(reasons={"-ZZ": "x"}, not_codes=("ZZ",)) == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("29881, 0232T and J1885.", ["29881", "0232T", "J1885"]),
        ("29881-RT-59, `99213`, (20610)", ["29881", "99213", "20610"]),
        ("10004-69990 and 99202\u201399215", ["10004", "69990", "99202", "99215"]),
        ("25,000 visits, $12345, 12345.5, 1.12345, FY2026, S52521A, 029881, E11.65, HbA1c", []),
        ("NDC 00002-7510-01, call 555-12345, ZIP 12345-6789", []),
        ("T1234 and D0120", ["T1234", "D0120"]),
    ],
)
def test_what_looks_like_a_service_code(text: str, codes: list[str]) -> None:
    assert proof_services.mentions(text) == codes


def test_an_icd_code_is_no_service_and_a_service_no_icd_code() -> None:
    assert proof_services.mentions("S52.521A, I10, E11.9") == []
    assert proof.CODE_LIKE.findall("J1885, E0143, 29881 and 0232T") == []


def test_faults_are_told_at_their_line(write) -> None:
    text = (FIXTURES / "90-kinds.yaml").read_text(encoding="utf-8")
    head = text[: text.index("items:")].replace("topic: 90-kinds", "topic: 50-test").replace("../../../", "")
    item = text[text.index("  - slug: visit-and-shot") :].replace('code: "20610"', 'code: "20619"')
    item = item.replace('order: [["99213", "20610"]]', "ordered: true")
    folder = write(head + "items:\n" + item)
    line = (folder / "50-test.yaml").read_text(encoding="utf-8").split("20619")[0].count("\n") + 1
    told = [problem for problem in check_bank(folder, codes=icd10cm.open_edition) if "20619" in str(problem)]
    assert [problem.line for problem in told] == [line]


def test_the_look_up_list_finds_by_number_and_by_words() -> None:
    assert search("2988")[0]["code"] == "29880" and search("j1885")[0]["title"].startswith("ketorolac")
    assert {"code", "title", "billable", "matched"} == set(search("99213")[0])
    assert all("knee" in str(hit["title"]).lower() for hit in search("knee scope")) and search("knee scope")
    assert search("") == [] and search("zzzz") == [] and len(search("9", limit=5)) == 5


def test_an_answer_is_of_plain_values() -> None:
    assert service_lines.parse(KNEE, "29881-RT") == Answer((Entered("29881", ("RT",), None, 0),))
