"""The string alone: what looks like an ICD-10-CM code, and what like something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.diagnosis.shape import ECHO, clean, dot, read, twins, undot


@pytest.mark.parametrize(
    "typed",
    [
        "S52.521A",
        "s52521a",
        " S52. 521A ",
        "S5.2521A",
        "S52..521A",
        "S52.521A.",
        "Ｓ５２.５２１Ａ",
        "S52\u00a0521A",
        "S52\u200b.521A",
    ],
)
def test_spelling_of_a_code_does_not_matter(typed):
    shape = read(typed)
    assert (shape.problem, shape.compact, shape.dotted) == ("", "S52521A", "S52.521A")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "blank"),
        ("   ", "blank"),
        (None, "blank"),
        ("???", "strange"),
        ("I10, E11.9", "several"),
        ("I10 E11.9", "several"),
        ("fracture", "words"),
        ("Bruch", "words"),
        ("I1", "short"),
        ("99213", "cpt"),
        ("0001F", "cpt"),
        ("0042T", "cpt"),
        ("99213-25", "cpt_modifier"),
        ("-25", "modifier"),
        ("LT", "modifier"),
        ("250.00", "icd9"),
        ("401.9", "icd9"),
        ("E885.9", "icd9"),
        ("470", "number"),
        ("19", "number"),
        ("2026-11-22", "number"),
        ("0DTJ4ZZ", "pcs"),
        ("S50-S59", "block"),
        ("S50\u2013S59", "block"),
    ],
)
def test_what_is_no_code_is_told_apart(typed, problem):
    assert read(typed).problem == problem


def test_codes_of_unusual_make_are_read():
    for code in ("C4A.0", "Z3A.20", "M1A.0591", "QA1.71", "K6A.01", "U07.1", "O9A.211", "E11.A", "J4B"):
        assert read(code).dotted == code


def test_a_dash_is_remembered_and_left_out():
    assert read("S52.5-").dash and read("S52.5-").compact == "S525"
    assert read("I11.\u2013").compact == "I11"


def test_an_undotted_entry_is_known_as_such():
    assert read("J1885").undotted and not read("J18.85").undotted


def test_the_echo_is_short_whatever_was_pasted():
    assert len(read("x" * 5000).echo) <= ECHO
    assert read("a\n\tb").echo == "a b"


def test_mixed_up_characters_are_found_by_place():
    assert twins("I1O") == [(3, "O", "0")]
    assert (6, "L", "1") in twins("S5252L")
    assert twins("I10") == []
    assert (1, "5", "S") in twins("552521A")


@given(st.text())
def test_reading_never_raises(text):
    shape = read(text)
    assert bool(shape.compact) != bool(shape.problem)


@given(st.one_of(st.none(), st.integers(), st.floats(), st.binary(), st.lists(st.text()), st.booleans()))
def test_reading_anything_never_raises(thing):
    read(thing)
    assert isinstance(clean(thing), str)


@given(st.from_regex(r"[A-Z][0-9][0-9A-Z]{1,5}", fullmatch=True))
def test_dotting_and_undotting_agree(compact):
    assert undot(dot(compact)) == compact
