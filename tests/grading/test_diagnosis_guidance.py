"""Codes too many, codes that never lead, and orders, told by a guideline: table cases and laws over samples."""

from __future__ import annotations

import random
import re

import pytest

from course.grading.diagnosis import CodeKey, Kind, diagnose, diagnose_one, roles
from course.grading.diagnosis.order import is_manifestation
from course.grading.diagnosis.wording import HEADLINE_WORDS, MESSAGE_WORDS


def told(found, code):
    """Message and basis of what is said about a code."""
    return " ".join(f"{f.message} {f.basis}" for f in found.findings if f.code == code)


# -- a code too many ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "surplus", "said"),
    [
        (["I13.0", "I50.22"], "I10", ["I13.0 already says hypertension", "I.C.9.a"]),
        (["I13.0", "I50.22"], "I11.0", ["heart and kidney together", "I.C.9.a.3"]),
        (["E11.621", "L97.525"], "E11.9", ["says that there is none", "I.C.4.a"]),
        (["E11.65", "Z79.4"], "E10.65", ["one type", "I.C.4.a"]),
        (["J44.1"], "J44.9", ["adds nothing", "I.C.10.a.1"]),
        (["J13"], "J18.9", ["cannot stand beside", "I.A.9.b"]),
        (["F10.20"], "F10.10", ["dependence goes before abuse", "I.C.5.b.2"]),
        (["A41.51"], "B96.20", ["already names a germ", "I.C.1.b"]),
        (["I69.354"], "Z86.73", ["nothing is left", "I.C.9.d.3"]),
        (["C50.911"], "Z85.3", ["there now", "I.C.2.m"]),
        (["T84.51XA"], "Z96.641", ["gives no trouble", "I.C.21.c.3"]),
        (["S61.412D"], "Z48.02", ["7th character of S61.412D", "I.C.21.c.7"]),
        (["S82.851A"], "S80.11XA", ["bruise is not coded", "I.C.19.b.1"]),
        (["T24.311A"], "T24.211A", ["only the highest", "I.C.19.d.2"]),
        (["T39.1X1A"], "T39.1X5A", ["names the same drug", "I.C.19.e.5"]),
        (["T40.2X1A"], "X58.XXXA", ["No code of chapter 20", "I.C.20.a.8"]),
        (["S52.532D"], "Y92.009", ["at the first encounter", "I.C.20.b"]),
        (["O24.111", "Z3A.13"], "Z33.1", ["already says that the patient is pregnant", "I.C.15.a.1"]),
        (["P22.0"], "O60.14X0", ["the mother's record", "I.C.15.a.2"]),
        (["O42.113"], "P22.0", ["the child's record", "I.C.16.a.1"]),
        # the same category twice
        (["S52.521A"], "S52.522A", ["the same on another side", "titles under S52.52"]),
        (["S52.521A"], "S52.521D", ["another 7th character", "7th-character note"]),
        (["N18.31"], "N18.30", ["“Unspecified” adds nothing", "I.A.9.b"]),
        (["K85.90"], "K85.10", ["leaves open what this one says", "I.B.18"]),
        (["N18.31"], "N18.4", ["does the note have both", "Look at the stage"]),
        # what such codes are for
        (["J02.0"], "Y93.9", ["is left out", "I.C.20.c"]),
        (["J02.0"], "Z68.35", ["weight diagnosis", "I.C.21.c.3"]),
        (["J02.0"], "R65.20", ["needs sepsis", "I.C.1.d.1"]),
        (["J02.0"], "T45.516A", ["less of a drug than was prescribed", "I.C.19.e.5"]),
        (["J02.0"], "Z12.11", ["shows no sign of it", "I.C.21.c.5"]),
        (["J02.0"], "Z79.899", ["over a long time", "I.C.21.c.3"]),
        (["J02.0"], "B96.20", ["names the germ", "I.C.1.b"]),
        # nothing but the question
        (["J02.0"], "L40.0", ["Find the words of the note", "III, IV.J"]),
    ],
)
def test_a_code_too_many_is_explained(codes, key, surplus, said):
    found = diagnose([*key, surplus], CodeKey(tuple(key)), codes)
    assert Kind.EXTRA in found.kinds() and found.right == {*key}
    for words in said:
        assert words in told(found, surplus), (words, told(found, surplus))


def test_an_excludes1_note_is_named_at_the_code_too_many_as_well(codes):
    found = diagnose(["E87.1", "E22.2"], CodeKey(("E87.1",)), codes)
    assert "An Excludes1 note keeps it apart from E87.1" in told(found, "E22.2")


def test_severe_sepsis_and_scores_are_no_symptoms_of_something_else(codes):
    for code in ("R65.20", "R65.10", "R40.2362", "R29.714"):
        assert diagnose(["J02.0", code], CodeKey(("J02.0",)), codes).kinds() == (Kind.RIGHT, Kind.EXTRA), code
        assert diagnose_one(code, "J02.0", codes).kind is not Kind.SYMPTOM_CODE


def test_a_code_too_many_gives_nothing_away(codes, billable):
    """Whatever is too much, in whatever answer: short, with a basis, and no code of the key that was not entered."""
    rng = random.Random(7)
    by_category: dict[str, list[str]] = {}
    for code in billable:
        by_category.setdefault(code[:3], []).append(code)
    for _ in range(1_500):
        key = rng.sample(billable, 3)
        near = rng.choice(by_category[rng.choice(key)[:3]])
        surplus = near if rng.random() < 0.6 else rng.choice(billable)
        entered = [*key[: rng.randint(1, 3)], surplus]
        hidden = [code for code in key if code not in entered]
        for finding in diagnose(entered, CodeKey(tuple(key), ordered=rng.random() < 0.5), codes).findings:
            assert len(finding.headline.split()) <= HEADLINE_WORDS and len(finding.message.split()) <= MESSAGE_WORDS
            assert finding.basis or finding.kind in (Kind.RIGHT, Kind.DUPLICATE), finding
            said = f"{finding.message} {(finding.basis or '').partition('“')[0]}"
            for code in hidden:
                assert not re.search(rf"(?<![0-9A-Z.]){re.escape(code)}(?![0-9A-Z.]*[0-9A-Z])", said), finding
            assert "{" not in said


# -- what never leads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "first", "said"),
    [
        (("S52.531A", "W11.XXXA"), "W11.XXXA", "I.C.20.a"),
        (("E66.813", "Z68.41"), "Z68.41", "I.B.14"),
        (("A41.9", "R65.20"), "R65.20", "I.C.1.d.3"),
        (("N30.01", "B96.20"), "B96.20", "I.C.1.b"),
        (("I10", "T46.5X6A"), "T46.5X6A", "I.C.19.e.5"),
        (("O70.0", "Z37.0"), "Z37.0", "I.C.21.c.11"),
        (("J45.901", "Z59.02"), "Z59.02", "I.B.14"),
    ],
)
def test_a_code_that_never_leads_is_told_where_sequence_counts(codes, key, first, said):
    other = next(code for code in key if code != first)
    answer = [first, other, "J02.0"]
    counts = diagnose(answer, CodeKey((other, first, "J02.0"), order=((other, "J02.0"),)), codes)
    assert Kind.ORDER_BROKEN in counts.kinds() and counts.score == 0.5
    assert said in told(counts, first)
    free = diagnose(answer, CodeKey((other, first, "J02.0")), codes)
    assert free.outcome == "correct", "a learner who was not told that sequence counts is not charged for it"


def test_a_code_that_never_leads_is_not_told_of_an_answer_that_holds_nothing_else(codes):
    key = CodeKey(("J02.0", "W11.XXXA", "Y92.009"), order=(("J02.0", "W11.XXXA"),))
    assert Kind.ORDER_BROKEN not in diagnose(["W11.XXXA", "Y92.009"], key, codes).kinds()


def test_every_external_cause_code_has_a_role_and_never_leads(codes, billable):
    for code in billable:
        if code[0] in "VWXY":
            role = roles.role_of(codes.get(code))
            assert role is not None and role.first, code


# -- order -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "later", "section"),
    [
        ("S51.851A", "W54.0XXA", "I.C.20.a.6"),
        ("W54.0XXA", "Y92.830", "I.C.20.d"),
        ("B20", "B37.0", "I.C.1.a.2"),
        ("S82.852A", "B20", "I.C.1.a.2"),
        ("T81.42XA", "T81.44XA", "I.C.1.d.5"),
        ("A40.3", "J13", "I.C.1.d.4"),
        ("L03.116", "A41.9", "I.C.1.d.4"),
        ("M21.372", "B91", "I.B.10"),
        ("Z51.11", "C34.11", "I.C.2.e.2"),
        ("C79.31", "C34.12", "I.C.2.l.2"),
        ("M84.551A", "C79.51", "I.C.2.l.6"),
        ("G89.29", "M17.11", "I.C.6.b.1"),
        ("Z38.01", "P22.0", "I.C.16.a.2"),
        ("P07.03", "P07.25", "I.C.16.d"),
        ("Q87.2", "Q39.1", "I.C.17"),
        ("T74.12XA", "S22.42XA", "I.C.19.f"),
        ("T24.311A", "T24.232A", "I.C.19.d.1"),
        ("S45.111A", "S41.111A", "I.C.19.b.2"),
        ("K25.0", "T39.315A", "I.C.19.e.5"),
        ("T48.3X1A", "G90.81", "I.C.19.e.5"),
        ("Z01.810", "H25.11", "IV.M"),
        ("Z00.01", "I10", "I.C.21.c.16"),
        ("Z12.11", "D12.5", "I.C.21.c.5"),
        ("K40.90", "Z53.09", "II.F"),
        ("J18.9", "Z59.02", "I.B.14"),
        ("K57.31", "D62", "II, IV.A"),
    ],
)
def test_an_order_is_explained_by_its_guideline(codes, first, later, section):
    found = diagnose([later, first], CodeKey((first, later), order=((first, later),)), codes)
    broken = [finding for finding in found.findings if finding.kind is Kind.ORDER_BROKEN]
    assert broken and f"Official Guidelines {section} (FY2025)" in broken[0].basis
    assert len(broken[0].message.split()) <= MESSAGE_WORDS


def test_every_order_that_is_broken_rests_on_something(codes, billable):
    rng = random.Random(11)
    for _ in range(600):
        first, later = rng.sample(billable, 2)
        found = diagnose([later, first], CodeKey((first, later), ordered=True), codes)
        broken = [finding for finding in found.findings if finding.kind is Kind.ORDER_BROKEN]
        assert broken and all(finding.basis for finding in broken), (first, later)
        manifests = is_manifestation(codes.get(later).title)
        assert manifests or found.score == 0.5
