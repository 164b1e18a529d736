"""Mix-ups told by a guideline, the axis on which two codes part, and what is missing in its manner only."""

from __future__ import annotations

import random
import re

import pytest

from course.grading.diagnosis import CodeKey, Kind, diagnose, diagnose_one
from course.grading.diagnosis.shape import undot

# -- mix-ups -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "key", "said"),
    [
        ("I11.0", "I12.9", "I.C.9.a.2"),
        ("E11.9", "E10.9", "I.C.4.a.2"),
        ("E11.65", "E13.65", "I.C.4.a.6"),
        ("E11.9", "O24.111", "I.C.15.g"),
        ("C34.11", "C78.01", "columns"),
        ("D05.11", "C50.911", "invasion"),
        ("D48.61", "D24.1", "pathologist"),
        ("B20", "Z21", "I.C.1.a.2"),
        ("A41.9", "P36.9", "I.C.16.f"),
        ("R65.20", "R65.21", "shock"),
        ("I21.4", "I21.A1", "I.C.9.e.5"),
        ("I69.351", "I69.354", "I.C.6.a"),
        ("F10.10", "F10.20", "I.C.5.b.2"),
        ("F17.210", "Z87.891", "still smoke"),
        ("L97.525", "L89.623", "I.C.12.a"),
        ("L89.150", "L89.153", "I.C.12.a.2"),
        ("T24.211A", "T24.311A", "I.C.19.d.2"),
        ("T39.1X1A", "T39.1X2A", "nobody meant it"),
        ("T39.1X4A", "T39.1X1A", "I.C.20.h"),
        ("T42.1X6A", "T42.6X6A", "Table of Drugs"),
        ("Z80.0", "Z85.038", "I.C.21.c.4"),
        ("Z43.3", "Z93.3", "I.C.21.c.3"),
        ("J18.9", "Z87.01", "I.C.21.c.4"),
        ("Z11.4", "Z21", "I.C.21.c.5"),
        ("O32.1XX1", "O32.1XX0", "How many babies"),
    ],
)
def test_a_mix_up_is_explained(codes, entered, key, said):
    finding = diagnose_one(entered, key, codes)
    text = f"{finding.message} {finding.basis}"
    assert said in text, text
    assert key not in text


@pytest.mark.parametrize(
    ("entered", "key", "look"),
    [
        ("N18.2", "N18.6", "the stage"),
        ("Z3A.25", "Z3A.24", "the weeks"),
        ("V13.0XXA", "V13.4XXA", "on a public road"),
        ("F10.20", "F10.220", "intoxication"),
        ("S06.0X9A", "S06.4X1A", "inside the skull"),
        ("T86.42", "T86.49", "what went amiss"),
        ("Y92.834", "Y92.830", "the place where it happened"),
        ("Z85.05", "Z85.038", "what the history is of"),
        ("E11.22", "E11.621", "which complication it is"),
        ("T86.811", "T86.812", "what went amiss"),
        ("R40.2231", "R40.2241", "the score"),
        ("K80.00", "K80.63", "the organ"),
    ],
)
def test_the_axis_is_named(codes, entered, key, look):
    assert look in diagnose_one(entered, key, codes).message


def test_a_side_that_both_codes_share_is_not_asked_about(codes):
    message = diagnose_one("I70.211", "I70.234", codes).message
    assert "the side" not in message and "how far the disease has gone" in message


def test_underdosing_of_another_drug_is_not_asked_about_the_dose(codes):
    assert "How much" not in diagnose_one("T42.1X6A", "T42.6X6A", codes).message


def test_what_an_unspecified_neighbor_is_not_about_is_not_more_than_the_note_says(codes):
    assert diagnose_one("R19.6", "R19.7", codes).kind is Kind.WRONG_DETAIL
    assert diagnose_one("I12.0", "I12.9", codes).kind is Kind.WRONG_DETAIL
    assert diagnose_one("E03.1", "E03.9", codes).kind is Kind.TOO_SPECIFIC


def test_a_phrase_has_its_parentheses_whole(codes, billable):
    rng = random.Random(5)
    for _ in range(800):
        start = rng.randrange(len(billable) - 30)
        entered, key = rng.sample(billable[start : start + 30], 2)
        for phrase in re.findall(r"says “([^”…]*)”", diagnose_one(entered, key, codes).message):
            assert phrase.count("(") == phrase.count(")") and phrase.count("[") == phrase.count("]"), (entered, key)


def test_a_chapter_is_called_one(codes):
    for code, partner, place in (
        ("O42.113", "Z3A.33", "At the head of chapter 15"),
        ("J44.1", "Z87.891", "At the head of chapter 10"),
        ("L03.115", "B95.62", "In block L00-L08"),
        ("E11.22", "N18.32", "At E11.22"),
    ):
        found = diagnose([code], CodeKey((code, partner)), codes)
        assert found.findings[-1].message.startswith(f"{place} the Tabular List asks for one more code"), code


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("W19.XXXA", "how, where or in which role"),
        ("Z85.3", "a circumstance"),
        ("T39.315A", "drug"),
        ("S82.421A", "an injury"),
    ],
)
def test_what_is_missing_is_told_in_its_manner_only(codes, missing, said):
    finding = diagnose(["K25.0"], CodeKey(("K25.0", missing)), codes).findings[-1]
    assert finding.kind is Kind.MISSING and said in finding.message and undot(missing)[:3] not in finding.message


@pytest.mark.parametrize(("entered", "key"), [("I13.0", "I13.10"), ("I13.0", "I13.2"), ("I13.10", "I13.11")])
def test_or_unspecified_at_the_end_of_a_title_leaves_nothing_open(codes, entered, key):
    finding = diagnose_one(entered, key, codes)
    assert finding.kind is Kind.WRONG_DETAIL and "I.A.9.b" not in finding.basis
    assert "says “stage 1 through stage 4" in finding.message and "unspecified" not in finding.message
    assert "says “stage 5”" in diagnose_one("I13.11", "I13.10", codes).message


@pytest.mark.parametrize(
    ("entered", "key", "section"),
    [
        ("E10.9", "E11.9", "I.C.4.a "),
        ("E10.9", "E11.22", "I.C.4.a "),
        ("E10.9", "E11.65", "I.C.4.a "),
        ("E11.9", "E08.22", "I.C.4.a.6 "),
        ("E11.9", "E11.22", "I.A.15 "),
    ],
)
def test_another_type_of_diabetes_is_a_matter_of_the_type(codes, entered, key, section):
    assert f"Guidelines {section}" in diagnose_one(entered, key, codes).basis


@pytest.mark.parametrize(
    ("entered", "key"), [("R21", "T78.40XA"), ("R40.20", "T40.2X1A"), ("R21", "L89.153"), ("R40.20", "S06.0X1A")]
)
def test_no_disease_is_said_to_be_named_where_none_is_asked_for(codes, entered, key):
    for found in (diagnose([entered], CodeKey((key,)), codes), diagnose([key, entered], CodeKey((key,)), codes)):
        finding = next(one for one in found.findings if one.code == entered)
        assert finding.kind is not Kind.SYMPTOM_CODE and "the disease" not in finding.message
    assert diagnose_one("R21", "L27.0", codes).kind is Kind.SYMPTOM_CODE
