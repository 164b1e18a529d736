"""Reading titles: sides, what two titles share and do not, the axis on which they part, what a 7th character means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.grading.diagnosis import axes, seventh, titles, why_not
from course.grading.diagnosis.laterality import Side, side_of, sides
from course.grading.diagnosis.tree import choices, spans

TORUS = "Torus fracture of lower end of {} radius"


@pytest.mark.parametrize(
    ("title", "side"),
    [
        (TORUS.format("right"), Side.RIGHT),
        (TORUS.format("unspecified"), None),
        ("Age-related nuclear cataract, bilateral", Side.BOTH),
        ("Blindness, both eyes", Side.BOTH),
        ("Varicose veins of right lower extremity with both ulcer of thigh and inflammation", Side.RIGHT),
        ("Blindness right eye category 3, normal vision left eye", None),
        ("Essential (primary) hypertension", None),
    ],
)
def test_the_side_of_a_title(title, side):
    assert side_of(title) is side


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        (TORUS.format("left"), TORUS.format("right"), (Side.LEFT, Side.RIGHT)),
        (TORUS.format("unspecified"), TORUS.format("right"), (Side.UNSAID, Side.RIGHT)),
        (TORUS.format("right"), TORUS.format("unspecified"), (Side.RIGHT, Side.UNSAID)),
        (
            "Bilateral primary osteoarthritis of hip",
            "Unilateral primary osteoarthritis, left hip",
            (Side.BOTH, Side.LEFT),
        ),
        ("Age-related nuclear cataract, bilateral", "Age-related nuclear cataract, right eye", (Side.BOTH, Side.RIGHT)),
        (
            "Blindness right eye category 3, normal vision left eye",
            "Blindness left eye category 3, normal vision right eye",
            (Side.RIGHT, Side.LEFT),
        ),
        # two things differ, or nothing does
        (TORUS.format("left"), "Greenstick fracture of lower end of right radius", None),
        ("Unspecified fracture of right femur", "Fracture of left femur", None),
        ("Stromal corneal pigmentations, bilateral", "Anterior corneal pigmentations, right eye", None),
        (TORUS.format("left"), TORUS.format("left"), None),
        ("Cough", "Fever", None),
    ],
)
def test_titles_that_differ_in_the_side_only(mine, theirs, found):
    assert sides(mine, theirs) == found


def test_what_one_title_says_and_the_other_does_not():
    displaced = "Displaced fracture of neck of left radius"
    assert titles.only_in(displaced, "Nondisplaced fracture of neck of left radius") == "Displaced"
    assert titles.only_in("Other fractures of lower leg", "Fracture of patella") == "lower leg"
    assert titles.only_in("Cough", "Cough") == ""


def test_what_two_titles_share():
    shared = titles.shared("Unspecified fracture of lower end of right radius", TORUS.format("right"))
    assert shared == "fracture of lower end of right radius"
    assert titles.shared("Cough", "Fever") == ""


def test_labels_tell_siblings_apart():
    assert titles.labels([TORUS.format(side) for side in ("right", "left", "unspecified")]) == [
        "right",
        "left",
        "unspecified",
    ]
    bones = ["Fracture of upper end of ulna", "Fracture of shaft of radius", "Unspecified fracture of forearm"]
    assert titles.labels(bones) == ["upper end of ulna", "shaft of radius", "Unspecified fracture of forearm"]
    assert titles.labels(["Reflux with esophagitis", "Reflux without esophagitis"]) == [
        "with esophagitis",
        "without esophagitis",
    ]
    assert titles.labels([]) == []


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("Unspecified fracture of lower end of radius", "Unspecified fracture"),
        ("Heart failure, unspecified", "Heart failure, unspecified"),
        ("Chronic kidney disease, stage 3 unspecified", "stage 3 unspecified"),
        ("Injury of unspecified nerve at ankle", "unspecified nerve"),
        ("Fracture of unspecified tarsal bone(s) of foot", "unspecified tarsal bones"),
        ("Cough", ""),
    ],
)
def test_the_words_that_leave_it_open(title, phrase):
    assert titles.unspecified_phrase(title) == phrase


def test_other_and_unspecified_are_told_apart():
    assert titles.claims_unspecified("Heart failure, unspecified")
    assert not titles.claims_unspecified("Fracture of other and unspecified carpal bone(s)")
    assert titles.claims_other("Other specified joint disorders")
    assert not titles.claims_other("Dementia in other diseases classified elsewhere")
    assert not titles.claims_other("Fracture of other and unspecified carpal bone(s)")


@pytest.mark.parametrize(
    ("mine", "theirs", "part"),
    [
        ("Displaced fracture of neck", "Nondisplaced fracture of neck", "displaced"),
        ("Burn of second degree of hand", "Burn of third degree of hand", "degree"),
        ("Fracture of second metacarpal bone", "Fracture of third metacarpal bone", "that detail"),
        ("Acute bronchitis", "Chronic bronchitis", "acute or chronic"),
        ("Chronic kidney disease, stage 3a", "Chronic kidney disease, stage 3b", "stage"),
        ("Poisoning by opium, accidental", "Poisoning by opium, assault", "came about"),
        ("Fracture of shaft of tibia", "Fracture of shaft of fibula", "bone"),
    ],
)
def test_the_axis_names_what_to_look_at_and_never_the_value(mine, theirs, part):
    look = axes.axis(mine, theirs)
    assert part in look
    assert not ({"nondisplaced", "3a", "3b", "fibula", "assault"} & {*look.split()})


def test_the_axes_file_is_in_order():
    looks = [look for look, _, _ in axes.load()]
    assert len(looks) == len(set(looks)) > 20
    assert all(vocabulary for _, vocabulary, _ in axes.load())


@pytest.mark.parametrize(
    ("meaning", "short"),
    [
        ("initial encounter for closed fracture", "initial"),
        ("subsequent encounter", "subsequent"),
        ("subsequent encounter for closed fracture with delayed healing", "delayed healing"),
        ("sequela", "sequela"),
        ("fetus 1", "fetus 1"),
    ],
)
def test_short_meanings_of_7th_characters(meaning, short):
    assert seventh.short_meaning(meaning) == short


def test_a_long_list_of_7th_characters_is_not_spelled_out():
    assert seventh.listed({char: f"meaning {char}" for char in "ABCDEFGHJKM"}) == "A, B, C, D, E, F, G, H, J, K, M"
    assert seventh.listed({"A": "initial encounter", "S": "sequela"}) == "A initial, S sequela"


def test_two_meanings_with_one_short_form_are_spelled_out():
    said = seventh.listed({"A": "initial encounter for closed fracture", "B": "initial encounter for open fracture"})
    assert "closed" in said and "open" in said


@pytest.mark.parametrize(
    ("entered", "wanted", "word"),
    [
        ("initial encounter", "subsequent encounter", "active treatment"),
        ("subsequent encounter", "initial encounter", "healing"),
        ("sequela", "initial encounter", "left behind"),
        ("initial encounter", "sequela", "left behind"),
        (
            "subsequent encounter for fracture with nonunion",
            "subsequent encounter for fracture with malunion",
            "healing",
        ),
        ("initial encounter for open fracture type I or II", "initial encounter for closed fracture", "wound"),
        ("fetus 1", "fetus 2", "fetus 1"),
    ],
)
def test_the_question_about_a_7th_character(entered, wanted, word):
    assert word in seventh.ask_about("A", entered, wanted)


def test_runs_of_characters_are_joined():
    assert spans("9053162") == "0 to 3, 5, 6, 9"
    assert spans("AB") == "A, B"
    assert spans("") == ""


@given(st.text(), st.text())
def test_titles_of_any_kind_are_read(mine, theirs):
    titles.only_in(mine, theirs)
    titles.shared(mine, theirs)
    titles.labels([mine, theirs])
    titles.unspecified_phrase(mine)
    titles.shorten(mine, 5)
    sides(mine, theirs)
    axes.axis(mine, theirs)
    seventh.listed({"A": mine, "B": theirs})
    seventh.ask_about("A", mine, theirs)


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("N183", "0 stage 3 unspecified, 1 stage 3a, 2 stage 3b"),
        ("K404", "0 not specified as recurrent, 1 recurrent"),
        ("N18", "1 stage 1, 2 stage 2, 3 stage 3, 4 stage 4, 5 stage 5, 6 End stage renal disease, 9 unspecified"),
        ("J452", "0 uncomplicated, 1 with exacerbation, 2 with status asthmaticus"),
        ("S5252", "1 right, 2 left, 9 unspecified"),
    ],
)
def test_choices_are_cut_where_a_sense_is_left(stem, said):
    assert choices(icd10cm.open_edition(2027), stem) == said


def test_choices_under_long_titles():
    codes = icd10cm.open_edition(2027)
    ulcer = choices(codes, "L8915")
    assert ulcer.startswith("0 unstageable, 1 stage 1, 2 stage 2") and ulcer.endswith("9 unspecified stage")
    assert "1 Burn of first degree" in choices(codes, "T20")
    assert "0 with heart failure and stage 1 through stage 4" in choices(codes, "I13", most=70)


def test_of_a_long_list_of_7th_characters_the_first_phase_is_told():
    message = why_not("S82.852", icd10cm.open_edition(2027)).message
    assert "A initial closed, B initial open type I or II, C initial open type III, others for later care" in message
    assert len(message.split()) <= 60
    assert "A initial closed, B initial open, D routine" in why_not("S32.001", icd10cm.open_edition(2027)).message
