"""Service lines against a key: what is said, what it is worth, what is not given away."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets import common_modifiers, cpt, hcpcs
from course.grading.services import Entered, Finding, KeyLine, Report, ServiceKey, diagnose, reasons
from course.grading.services.matching import assign
from course.grading.services.score import line_score
from course.grading.services.wrong_code import differing


def key(*texts: str, **more) -> ServiceKey:
    """A key from "29881-RT x2"; "59|XS" takes either, "(51)" is optional."""
    lines = []
    for text in texts:
        head, _, units = text.partition(" x")
        code, *marks = head.split("-")
        needed = tuple(tuple(mark.split("|")) for mark in marks if mark[0] != "(")
        optional = tuple(mark.strip("()") for mark in marks if mark[0] == "(")
        lines.append(KeyLine(code, needed, optional, int(units or 1)))
    return ServiceKey(tuple(lines), **{"modifiers": True, "units": True, **more})


def typed(*texts: str) -> list[Entered]:
    out = []
    for row, text in enumerate(texts):
        head, _, units = text.partition(" x")
        code, *marks = head.split("-")
        out.append(Entered(code, tuple(marks), int(units) if units else None, row))
    return out


def told(report: Report) -> str:
    return " / ".join(f"[{one.mark}] {one.headline} {one.message} ({one.basis})" for one in report.findings)


def ask(wanted: ServiceKey, *texts: str, reasons: dict[str, str] | None = None) -> str:
    return told(diagnose(typed(*texts), wanted, reasons))


# what it is worth


@pytest.mark.parametrize(
    ("wanted", "entered", "score"),
    [
        (["29881-RT"], ["29881-RT"], 1),
        (["29881-RT"], ["29881"], 0.5),
        (["29881-RT"], ["29881-LT"], 0.5),
        (["29881-RT"], ["29881-RT-59"], 0.75),
        (["29881-RT-59"], ["29881-RT"], 0.75),
        (["29881"], ["29881-59"], 0.5),
        (["29881-59|XS"], ["29881-XS"], 1),
        (["29881-59|XS"], ["29881-XS-59"], 0.75),
        (["29881-(51)"], ["29881-51"], 1),
        (["29881-RT"], ["29880-RT"], 0),
        (["J1885 x2"], ["J1885"], 0.5),
        (["J1885 x2"], ["J1885 x2"], 1),
        (["J1885-JZ x2"], ["J1885-JZ x3"], 0.75),
        (["J1885-JZ x2"], ["J1885 x3"], 0.5),
        (["29881"], ["29881 x1"], 1),
        (["99213", "20610"], ["99213"], 0.5),
        (["99213", "20610"], ["99213", "20610", "36415"], 0.75),
        (["99213"], ["99213", "99213"], 0.5),
        (["99213"], ["99214", "99215"], 0),
        (["99213"], ["99213", "36415", "36415", "36415"], 0),
    ],
)
def test_scores(wanted: list[str], entered: list[str], score: float) -> None:
    assert diagnose(typed(*entered), key(*wanted)).score == score


def test_an_order_that_is_broken_costs_half() -> None:
    for more in ({"ordered": True}, {"order": (("99213", "20610"),)}):
        wanted = key("99213", "20610", **more)
        assert diagnose(typed("99213", "20610"), wanted).score == 1
        report = diagnose(typed("20610", "99213"), wanted)
        assert report.score == 0.5 and "Look at the sequence." in told(report) and report.right == 2
    assert diagnose(typed("20610", "99213"), key("99213", "20610")).score == 1


def test_what_is_not_asked_for_is_not_graded() -> None:
    wanted = key("29881", modifiers=False, units=False)
    report = diagnose(typed("29881-LT-ZZ x5"), wanted)
    assert report.score == 1 and [one.mark for one in report.findings] == ["right", "note", "note"]


def test_one_code_on_two_lines_is_matched_as_it_earns_most() -> None:
    wanted = key("11721-59", "11721-XS x2", "99213")
    assert assign(typed("11721-XS x2", "11721-59"), wanted) == {0: 1, 1: 0}
    assert diagnose(typed("99213", "11721-XS x2", "11721-59"), wanted).score == 1
    many = key(*(f"11721-59 x{n}" for n in range(1, 8)))
    assert diagnose(typed(*(f"11721-59 x{n}" for n in range(7, 0, -1))), many).score == 1


def test_a_wrong_code_goes_to_its_nearest_line() -> None:
    wanted = key("29881", "99213", "J1885")
    assert assign(typed("99214", "29880"), wanted) == {0: 1, 1: 0}
    assert assign(typed("36415", "99213", "29881"), wanted) == {0: 2, 1: 1, 2: 0}, "one left of each: any"
    assert assign(typed("36415", "70010"), wanted) == {0: 0}, "the same section, and nothing for the other"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["99213", "20610", "J1885", "29880", "64484", "S52.5", "2988", "J9"]),
            st.lists(st.sampled_from(["25", "RT", "50", "51", "ZZ", "59"]), max_size=3),
            st.sampled_from([None, 1, 2, 400]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_laws_of_the_score(rows: list[tuple[str, list[str], int | None]]) -> None:
    """Full marks exactly when nothing is said against the answer; messages are short; what is missing is not named."""
    wanted = key("99213-25", "20610-RT", "J1885 x2", optional=(KeyLine("36415"),))
    entered = [Entered(code, tuple(marks), units, n) for n, (code, marks, units) in enumerate(rows)]
    report = diagnose(entered, wanted)
    assert 0 <= report.score <= 1
    assert (report.score == 1) == all(one.mark in ("right", "note") for one in report.findings)
    given_codes = {code for code, _, _ in rows}
    for one in report.findings:
        assert len(one.message.split()) <= 60 and len(one.headline.split()) <= 8 and one.message
        assert not {"99213", "20610", "J1885"} - given_codes & set(one.message.replace(".", " ").split())
    assert 0 <= report.right <= 3 and (report.score < 1 or report.right == 3)


@given(st.permutations(["99213-25", "20610-RT", "J1885-JZ x2", "11721-59"]))
def test_the_key_is_accepted_in_any_order(rows: list[str]) -> None:
    report = diagnose(typed(*rows), key("99213-25", "20610-RT", "J1885-JZ x2", "11721-59"))
    assert report.score == 1 and {one.mark for one in report.findings} == {"right"}


# codes

BESIDE = key("29881-RT")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2988", "2988 has four digits"),
        ("298811", "298811 has 6 digits"),
        ("2O610", "a letter O, I or L"),
        ("J188O", "a letter O, I or L"),
        ("M17.11", "shape of an ICD-10-CM code"),
        ("S83241A", "shape of an ICD-10-CM code"),
        ("Z00", "shape of an ICD-10-CM code"),
        ("0SBC4ZZ", "hospitals use for inpatient"),
        ("00002751001", "National Drug Code"),
        ("D0120", "shape of a CDT code"),
        ("W1234", "no codes under the letter W"),
        ("ABC12", "cannot be one"),
        ("\ud800\u00e9", "cannot be one"),
        ("00000", "lies between the ranges"),
        ("99201", "since the edition of 2021"),
        ("49561", "since the edition of 2023"),
        ("12345", "Integumentary system (10030-19499). The number is not among those this course holds"),
        ("99213", "Office and other outpatient visits (99202-99215)"),
        ("01400", "Anesthesia, Knee and popliteal area"),
        ("36415", "in the same section, Surgery, in another part"),
        ("29877", "Read the note again for what was done, where, and how much."),
        ("J1885", "This service has a CPT number"),
        ("J0000", "The code is not among those at hand"),
    ],
)
def test_what_a_wrong_code_is_told(code: str, words: str) -> None:
    said = ask(BESIDE, f"{code}-RT")
    assert said.startswith("[wrong] ") and words in said and "29881" not in said.replace(code, "")


def test_a_code_of_the_other_set_is_sent_there() -> None:
    assert "has a HCPCS Level II code" in ask(key("J1885"), "96372")
    assert "under another letter" in ask(key("J1885"), "E0143")
    said = ask(key("J1885"), "J3301")
    assert "triamcinolone" in said and "given or supplied" in said


def test_a_hcpcs_code_that_ended_names_its_successor_unless_it_is_the_key() -> None:
    gone = next(
        one
        for one in hcpcs.codes()
        if one.ended and one.ended < "2026-11-22" and one.replaced_by and hcpcs.get(one.replaced_by[0])
    )
    said = ask(key("29881"), gone.code)
    assert (
        f"{gone.code} could be reported until {gone.ended}." in said and f"In its place: {gone.replaced_by[0]}" in said
    )
    said = ask(key(*gone.replaced_by), gone.code)
    assert not any(one in said for one in gone.replaced_by) and "Another code has taken its place" in said


def test_an_add_on_where_the_main_code_belongs() -> None:
    assert "64484 is an add-on" in ask(key("64483"), "64484")


def test_paraphrases_are_laid_beside_each_other() -> None:
    both, one, note = "knee scope, both menisci trimmed", "knee scope, one meniscus trimmed", "Meniscus: medial tear."
    assert differing(both, one, note) == "“Meniscus”", "as the note has it"
    assert differing(both, one, "Medial tear.") == differing(one, both, note) == "", "only what stands in the note"
    assert differing("wound to 12.5 cm of hand", "wound to 20 cm of hand", "20 x 12.5 of hand") == "", "no figures"
    assert differing("", "knee", "knee") == differing("knee", "", "knee") == ""
    assert differing("needle in a joint", "knee scope", "knee scope") == "", "nothing in common tells nothing"
    assert differing("knee scope", "knee scopes", "knee scopes") == ""


def test_a_note_is_pointed_at_by_its_own_words() -> None:
    note = "Right knee, arthroscopy. Torn meniscus, medial, trimmed to a stable rim."
    said = told(diagnose(typed("29877-RT"), key("29881-RT"), None, note))
    assert "Read the note again where it says “" in said and "29881" not in said
    quoted = said.split("where it says ")[1].split(". ")[0].split(" and ")
    assert all(one.strip("“” .") in note for one in quoted)


def test_the_other_set_is_named_only_where_the_service_is_the_same() -> None:
    wanted = key("97110", "G0283")
    said = ask(wanted, "97110", "97112")
    assert "The other code set" not in said and "HCPCS" not in said and "[wrong] Not on this claim." in said
    assert "The other code set has it." in ask(wanted, "97110", "97014"), "nobody attends in both"
    own = {"97112": "Medicare has another code for this."}
    assert "The other code set has it." in ask(wanted, "97110", "97112", reasons=own), "the author says so"


# modifiers


@pytest.mark.parametrize(
    ("wanted", "entered", "words"),
    [
        ("29881-RT", "29881", "One more modifier belongs here. Look at which side the note names"),
        ("99213-25", "99213", "Look at why the visit counts beside the other service"),
        ("29881-RT-59", "29881", "2 more modifiers belong here."),
        ("29881-RT", "29881-LT", "The right kind of modifier, another one. LT: left side."),
        ("29881", "29881-22", "22 is not wanted here. 22: clearly more work"),
        ("29881", "29881-ZZ", "has a modifier ZZ for this line"),
        ("29881", "29881-15", "typed x15"),
        ("29881", "29881-RH", "origin and destination of an ambulance trip"),
        ("J1885", "J1885-JG", "JG could be reported until 2024-12-31"),
        ("29881-RT", "29881-RT-RT", "RT says its fact the first time"),
        ("64484", "64484-51", "51 never goes on an add-on code."),
        ("11721", "11721-50", "bilateral indicator 0"),
        ("93010", "93010-26", "PC/TC indicator 2"),
        ("29881", "29881-25", "25 goes on the visit, and this is none."),
        ("29881", "29881-P3", "goes on anesthesia codes"),
        ("20610", "20610-RT-50", "50"),
    ],
)
def test_what_modifiers_are_told(wanted: str, entered: str, words: str) -> None:
    assert words in ask(key(wanted), entered)


def test_no_sentence_names_a_modifier_that_is_missing() -> None:
    why = common_modifiers.judge("99213", "59")
    assert why is not None and "25 sets a visit apart" in why.why, "what would give the answer away"
    said = ask(key("99213-25"), "99213-59")
    assert "59 does not go on a visit." in said and "25" not in said
    pairs = [("29881-RT", "50"), ("29881-50", "RT-LT"), ("71046-26", "TC"), ("71046-76", "77"), ("20610-59", "51")]
    for wanted, marks in pairs:
        said = ask(key(wanted), f"{wanted[:5]}-{marks}")
        assert wanted[6:] not in said.replace("150", "").split(), said


def test_ncci_is_named_where_a_modifier_would_answer_it() -> None:
    said = ask(key("20610-RT", "99213-25"), "20610-RT", "99213")
    assert "NCCI makes 99213 part of 20610 unless the line says why both count." in said


# units


def test_units_are_told_by_their_arithmetic() -> None:
    assert "J1885 counts 15 mg a unit: 3 units are 45 mg." in ask(key("J1885 x2"), "J1885 x3")
    few = ask(key("J1885 x2"), "J1885")
    assert "Fewer units" in few and "The empty field counts as 1." in few and "1 unit is 15 mg" in few
    assert "The empty field" not in ask(key("J1885 x2"), "J1885 x1")
    many = ask(key("J1885 x2"), "J1885 x30")
    assert "at most 8 for a patient on one day" in many and "medically unlikely" in many
    assert "2 units are more than the note shows" in ask(key("29881"), "29881 x2")


def test_up_to_is_told_as_such() -> None:
    drug = next(one for one in hcpcs.codes() if one.per == "up to" and not one.ended)
    assert "at most" in ask(key(f"{drug.code} x2"), f"{drug.code} x3") and "up to" in ask(
        key(f"{drug.code} x2"), drug.code
    )


# several lines


def test_an_add_on_alone() -> None:
    said = ask(key("64483", "64484"), "64484")
    assert "64484 never stands alone. Its main code is in Surgery, Nervous system" in said and "64483" not in said
    assert "never stands alone" not in ask(key("64483", "64484"), "64484", "64483")
    free = next(one for one in cpt.numbers() if one.addon and not one.primaries)
    assert "Add the main procedure" in ask(key("29881"), free.code)
    assert "never stands alone" not in ask(key("29881"), free.code, "29881")


def test_an_ncci_edit_between_entered_lines() -> None:
    said = ask(key("29881"), "29881", "29877")
    assert "29877 (column 2) is part of 29881 (column 1). Indicator 0" in said
    assert "Indicator 1: both stand only" in ask(key("29881"), "29881", "29870")
    assert "NCCI" not in ask(key("20610", "99213"), "20610", "99213"), "the key has both"
    assert cpt.pair("29881", "29877") and "NCCI" not in ask(key("29881", "29877"), "29881", "29877", "29877")
    assert cpt.pair("99233", "99222") and "NCCI" not in ask(key("99222", "99232"), "99222", "99233"), "other dates"


def test_sides_in_another_form() -> None:
    one_line, two_lines = key("29881-50"), key("29881-RT", "29881-LT")
    report = diagnose(typed("29881-RT", "29881-LT"), one_line)
    assert "RT and LT on two lines say both sides." in told(report) and report.score < 1
    assert "50" not in told(report).replace("NCCI", ""), "the form that is wanted is not given away"
    report = diagnose(typed("29881-50"), two_lines)
    assert "50 puts both sides on one line" in told(report) and "missing" not in told(report)


def test_lines_that_are_missing_are_counted() -> None:
    assert "[missing]  One more line belongs on the claim." in ask(key("99213", "20610"), "99213")
    assert "2 more lines belong on the claim." in ask(key("99213", "20610", "J1885"), "99213")


# the author's sentences


def test_reasons_win() -> None:
    own = {
        "298*": "family",
        "2988*": "near family",
        "29880": "exact",
        "-59": "any line",
        "29881-59": "this line",
        "29881+RT": "the side",
        "29881 x2": "twice",
        "-25": "no visit",
    }
    wanted = key("29881-RT")
    for entered, sentence in {
        "29880-RT": "exact",
        "29882-RT": "near family",
        "29806-RT": "family",
        "29881-RT-59": "this line",
        "29881-RT-25": "no visit",
        "29881": "the side",
        "29881-LT": "LT: left side. the side",
        "29881-RT x2": "twice",
    }.items():
        assert sentence in ask(wanted, entered, reasons=own), entered
    spare = ask(wanted, "29881-RT", "29880", reasons=own)
    assert "[extra] Not on this claim. exact" in spare, "a line too many; no headline that the author contradicts"
    assert "Nothing in the note asks for this." in ask(wanted, "29881-RT", "29880")
    assert "near family" not in ask(wanted, "2988", reasons=own), "what is no code is told as such"


@pytest.mark.parametrize(
    ("text", "about", "code", "detail"),
    [
        ("29880", "code", "29880", ""),
        (" j1885 ", "code", "J1885", ""),
        ("298*", "family", "298", ""),
        ("J*", "family", "J", ""),
        ("-51", "surplus", "", "51"),
        ("29881-xs", "surplus", "29881", "XS"),
        ("29881+RT", "missing", "29881", "RT"),
        ("J1885 x10", "units", "J1885", "10"),
    ],
)
def test_patterns_of_reasons(text: str, about: str, code: str, detail: str) -> None:
    assert reasons.read(text) == reasons.Pattern(about, code, detail)


@pytest.mark.parametrize("text", ["", "*", "29881-", "+RT", "29881 2", "J1885 x0", "29881-RTX", "S52.5*", "2988*1"])
def test_what_is_no_pattern(text: str) -> None:
    assert reasons.read(text) is None


def test_nothing_entered_says_nothing() -> None:
    assert diagnose([], key("29881")) == Report()


def test_findings_are_plain_values() -> None:
    found = diagnose(typed("29881-RT"), key("29881-RT")).findings
    assert isinstance(found[0], Finding) and (found[0].row, found[0].code, found[0].mark) == (0, "29881", "right")


def test_every_pair_of_modifier_sets_scores_between_half_and_one() -> None:
    line, wanted = key("29881-RT-59").lines[0], key("29881-RT-59")
    marks: Callable[[int], itertools.combinations] = lambda n: itertools.combinations(["RT", "59", "LT", "51"], n)  # noqa: E731
    for given_marks in itertools.chain.from_iterable(map(marks, range(5))):
        worth = line_score(Entered("29881", given_marks), line, wanted)
        assert 0.5 <= worth <= 1 and (worth == 1) == (set(given_marks) == {"RT", "59"})
