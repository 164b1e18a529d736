"""One code against one code of the key, over the real code set: the examples that show what good looks like, and every
kind.
"""

from __future__ import annotations

import pytest

from course.codesets import icd10cm
from course.grading.diagnosis import CodeKey, Kind, diagnose, diagnose_one, why_not
from course.grading.diagnosis.single import hide


@pytest.fixture(scope="module")
def before():
    return icd10cm.open_edition(2026)


# A child fell off a swing this morning: buckle fracture of the right distal radius, in a splint. What the learner
# reads:
BUCKLE = "S52.521A"
BUCKLE_CASES = [
    # entered, kind, words of headline or message, words of basis, score
    (
        "S52.521",
        Kind.MISSING_SEVENTH,
        ["Almost", "7th", "A initial", "K nonunion", "S52.52 overrides", "S52"],
        "S52.52",
        0.5,
    ),
    ("S52.522A", Kind.WRONG_SIDE, ["Other side", "left"], "1 right, 2 left, 9 unspecified", 0.5),
    ("S52.529A", Kind.UNSPECIFIED_BUT_NOTE_SAYS, ["left the side out", "does not say"], "9 unspecified", 0.5),
    (
        "S52.501A",
        Kind.UNSPECIFIED_BUT_NOTE_SAYS,
        ["Unspecified fracture", "the kind of fracture", "lower end of radius"],
        "I.A.9.b",
        0.5,
    ),
    (
        "S52.521B",
        Kind.WRONG_SEVENTH,
        ["B is not offered", "open fracture", "list at S52,", "short list", "A initial"],
        "S52.52",
        0.5,
    ),
    ("S52.52XA", Kind.X_WHERE_DETAIL, ["not empty", "6th character", "1 right"], "S52.52", 0.5),
    # and some that the examples do not have
    ("S52.521D", Kind.WRONG_SEVENTH, ["while healing", "Has it ended"], "S52.52", 0.5),
    ("S52.52A", Kind.SEVENTH_TOO_EARLY, ["A belongs in place 7", "6th character", "2 left"], "S52.52", 0.0),
    ("S52.52", Kind.HEADING, ["Almost", "heading", "18 codes", "1 right, 2 left"], "I.B.2", 0.0),
    ("S52.5-", Kind.HEADING, ["dash"], "I.B.2", 0.0),
    ("S52", Kind.HEADING, ["4th character", "shaft of ulna", "lower end of radius"], "I.B.2", 0.0),
    ("S42", Kind.HEADING, ["check the way", "shoulder and upper arm"], "I.B.2", 0.0),
    ("S52.521AA", Kind.OVER_LONG, ["complete", "Leave out"], "I.A.2", 0.5),
    ("S52.531A", Kind.WRONG_DETAIL, ["Colles", "the kind of fracture"], "titles under S52.5", 0.0),
    ("S62.101A", Kind.WRONG_BLOCK, ["S62.101A means"], "S", 0.0),
    ("M84.433A", Kind.WRONG_CHAPTER, ["disease had weakened"], "I.C.13.b", 0.0),
]


@pytest.mark.parametrize(
    ("entered", "kind", "says", "basis", "score"), BUCKLE_CASES, ids=[case[0] for case in BUCKLE_CASES]
)
def test_one_key_and_many_different_mistakes(codes, entered, kind, says, basis, score):
    found = diagnose([entered], CodeKey((BUCKLE,)), codes)
    finding = found.findings[0]
    assert finding.kind is kind
    for words in says:
        assert words in f"{finding.headline} {finding.message}"
    assert basis in finding.basis
    assert found.score == score
    assert found.outcome == ("partly" if score else "incorrect")
    assert BUCKLE not in finding.message or entered.startswith(BUCKLE)


@pytest.mark.parametrize("entered", ["S52.521A", "s52521a", " S52. 521A", "S5.2521A"])
def test_the_right_code_in_any_spelling(codes, entered):
    found = diagnose([entered], CodeKey((BUCKLE,)), codes)
    assert (found.outcome, found.score) == ("correct", 1.0)
    assert found.right == {BUCKLE} and found.missing == ()
    assert "Torus fracture" in found.findings[0].message


def test_blank_is_never_wrong(codes):
    for nothing in ([], [""], ["  ", ""]):
        found = diagnose(nothing, CodeKey((BUCKLE,)), codes)
        assert (found.outcome, found.score, found.kinds()) == ("not_attempted", 0.0, (Kind.BLANK,))


# -- reasons of the item -----------------------------------------------------------------------------------------------

REASONS = {
    "S52*": "The forearm is right.",
    "S52.5*": "The lower end of the radius is right.",
    "S52.501A": "Right bone, end and side. “Buckle” is another word for torus.",
    "S52.521": "The right fracture and the right side, and one more thing.",
}


@pytest.mark.parametrize(
    ("entered", "starts"),
    [
        ("S52.501A", "Right bone, end and side."),
        ("s52501a", "Right bone, end and side."),
        ("S52.531A", "The lower end of the radius is right."),
        ("S52.101A", "The forearm is right."),
        ("S62.101A", "S62.101A means"),
    ],
)
def test_an_items_own_reason_takes_the_lead_and_the_most_specific_wins(codes, entered, starts):
    plain = diagnose_one(entered, BUCKLE, codes)
    finding = diagnose_one(entered, BUCKLE, codes, REASONS)
    assert finding.message.startswith(starts)
    assert (finding.kind, finding.headline, finding.basis) == (plain.kind, plain.headline, plain.basis)


def test_the_list_of_7th_characters_follows_a_reason_that_does_not_give_it(codes):
    finding = diagnose_one("S52.521", BUCKLE, codes, REASONS)
    assert finding.message.startswith(REASONS["S52.521"]) and "A initial, D routine healing" in finding.message
    told = (
        "S52.521 asks for a 7th: A initial, D routine, G delayed healing, K nonunion, P malunion, S sequela character."
    )
    assert diagnose_one("S52.521", BUCKLE, codes, {"S52.521": told}).message == told


def test_a_reason_for_the_key_itself_is_not_used(codes):
    assert diagnose_one(BUCKLE, BUCKLE, codes, {"S52*": "No."}).kind is Kind.RIGHT


# -- without a key -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "kind", "says"),
    [
        ("", Kind.BLANK, "search"),
        ("99213", Kind.NOT_A_CODE, "CPT"),
        ("0TY00Z0", Kind.NOT_A_CODE, "ICD-10-PCS"),
        ("J1885", Kind.NOT_A_CODE, "HCPCS"),
        ("250.00", Kind.NOT_A_CODE, "ICD-10-CM replaced"),
        ("V58.67", Kind.NOT_A_CODE, "ICD-9-CM"),
        ("V58.9", Kind.MISSING_SEVENTH, "V58.9XX□"),
        ("-25", Kind.NOT_A_CODE, "procedure"),
        ("broken arm", Kind.NOT_A_CODE, "search"),
        ("I10 and E11.9", Kind.NOT_A_CODE, "box of its own"),
        ("S52.7", Kind.NOT_A_CODE, "no 7 as 4th character"),
        ("X99.Z", Kind.NOT_A_CODE, "no Z"),
        ("Z99.Q", Kind.NOT_A_CODE, "It offers"),
        ("B21", Kind.NOT_A_CODE, "no B21"),
        ("I1O", Kind.NOT_A_CODE, "the letter O; the digit 0"),
        ("E1l.9", Kind.NOT_A_CODE, "the digit 1"),
        ("552.521A", Kind.NOT_A_CODE, "the letter S"),
        ("S52", Kind.HEADING, "heading"),
        ("S50-S59", Kind.HEADING, "range"),
        ("W19", Kind.MISSING_SEVENTH, "W19.XXX□"),
        ("W19.X", Kind.MISSING_SEVENTH, "W19.XXX□"),
        ("W19.XXX", Kind.MISSING_SEVENTH, "W19.XXX□"),
        ("W19.A", Kind.PLACEHOLDER_MISSING, "W19.XXX□"),
        ("W19.XXA", Kind.PLACEHOLDER_MISSING, "W19.XXX□"),
        ("T40.1A", Kind.PLACEHOLDER_MISSING, "T40.1X□□"),
        ("T40.11A", Kind.PLACEHOLDER_MISSING, "T40.1X□□"),
        ("T40.111A", Kind.PLACEHOLDER_MISSING, "T40.1X□□"),
        ("S52.52X", Kind.X_WHERE_DETAIL, "1 right"),
        ("E11.X", Kind.X_WHERE_DETAIL, "9 without complications"),
        ("W19.XXXB", Kind.WRONG_SEVENTH, "A initial, D subsequent, S sequela"),
        ("I10.9", Kind.OVER_LONG, "complete with 3 characters"),
        ("E11.9XXA", Kind.OVER_LONG, "Leave out “XXA”"),
        ("E11.9" + "0" * 60, Kind.OVER_LONG, "Leave out"),
    ],
)
def test_why_an_entry_is_no_code(codes, entered, kind, says):
    finding = why_not(entered, codes)
    assert finding.kind is kind
    assert says in f"{finding.headline} {finding.message}"


@pytest.mark.parametrize("code", ["I10", "S52.521A", "w19xxxa", "M1A.0591", "QA1.71", "E11.A", "U07.1"])
def test_a_billable_code_needs_no_excuse(codes, code):
    assert why_not(code, codes) is None


def test_near_the_key_a_code_with_a_character_too_many_is_read_as_icd10cm(codes):
    assert diagnose_one("J1885", "J18.9", codes).kind is Kind.OVER_LONG
    assert diagnose_one("J1885", "E11.9", codes).kind is Kind.NOT_A_CODE


# -- editions ----------------------------------------------------------------------------------------------------------


def test_a_code_that_was_split_up_names_the_edition_and_the_choices(codes, before):
    finding = why_not("I42.0", codes)
    assert finding.kind is Kind.DELETED
    for words in ("Dilated cardiomyopathy", "FY2027", "1 October 2026", "only a heading", "5th character"):
        assert words in finding.message
    assert why_not("I42.0", before) is None


def test_a_deleted_code_says_where_to_look(codes):
    finding = why_not("T52.8X1A", codes)
    assert finding.kind is Kind.DELETED and "T52" in finding.message
    assert why_not("S23.420A", codes).kind is Kind.DELETED


def test_a_code_of_a_later_edition(codes, before):
    finding = why_not("I42.00", before)
    assert finding.kind is Kind.NOT_YET
    assert "FY2027" in finding.message and "FY2026" in finding.message and "FY2027" in finding.basis
    assert why_not("I42.00", codes) is None


def test_a_code_split_up_long_ago_is_a_heading(codes):
    assert why_not("A04.7", codes).kind is Kind.HEADING


# -- two valid codes ---------------------------------------------------------------------------------------------------

PAIRS = [
    # entered, key, kind, words
    ("N18.30", "N18.32", Kind.UNSPECIFIED_BUT_NOTE_SAYS, ["stage 3 unspecified", "stage"]),
    ("I50.9", "I50.22", Kind.UNSPECIFIED_BUT_NOTE_SAYS, ["unspecified", "systolic, diastolic or both"]),
    ("N18.32", "N18.30", Kind.TOO_SPECIFIC, ["3b", "leave it open"]),
    ("M25.561", "M25.569", Kind.TOO_SPECIFIC, ["right", "Report only what the record says"]),
    ("J02.8", "J02.9", Kind.OTHER_VS_UNSPECIFIED, ["detail that has no code of its own"]),
    ("J02.9", "J02.8", Kind.OTHER_VS_UNSPECIFIED, ["gives no detail"]),
    ("J02.8", "J02.0", Kind.WRONG_DETAIL, ["Read the neighbors"]),
    ("E11.9", "E11.22", Kind.WRONG_DETAIL, ["without complications", "presumes|linked"]),
    ("E11.65", "E11.9", Kind.WRONG_DETAIL, ["hyperglycemia"]),
    ("M16.0", "M16.12", Kind.WRONG_SIDE, ["number of sides", "bilateral"]),
    ("H25.13", "H25.11", Kind.WRONG_SIDE, ["bilateral"]),
    ("E11.3212", "E11.3211", Kind.WRONG_SIDE, ["left"]),
    ("S72.001A", "S72.002D", Kind.WRONG_SIDE, ["right", "7th character deserves"]),
    ("I10", "I13.0", Kind.WRONG_CATEGORY, ["hypertension on its own", "combination code"]),
    ("I12.9", "I13.0", Kind.WRONG_CATEGORY, ["one organ"]),
    ("R05.9", "J18.9", Kind.SYMPTOM_CODE, ["symptom", "disease is coded"]),
    ("R03.0", "I10", Kind.SYMPTOM_CODE, ["high reading"]),
    ("J20.9", "J40", Kind.WRONG_BLOCK, ["Excludes1|Excludes2"]),
    ("W10.9XXA", "S93.401A", Kind.WRONG_CHAPTER, ["how it happened"]),
    ("S93.401A", "W10.9XXA", Kind.WRONG_CHAPTER, ["Here the question is how it happened"]),
    ("Z00.00", "E11.9", Kind.WRONG_CHAPTER, ["Z code"]),
    ("C50.911", "Z85.3", Kind.WRONG_CHAPTER, ["only remembered"]),
    ("Z79.84", "Z79.4", Kind.WRONG_DETAIL, ["by mouth"]),
    ("T40.2X1A", "T40.2X5A", Kind.WRONG_DETAIL, ["as it was prescribed"]),
    ("S72.141A", "M80.051A", Kind.WRONG_CHAPTER, ["known osteoporosis"]),
    ("Z47.89", "S52.521D", Kind.WRONG_CHAPTER, ["Aftercare Z codes are not for injuries"]),
    ("E11.9", "O24.111", Kind.WRONG_CHAPTER, ["pregnant"]),
    ("Z34.02", "O24.111", Kind.WRONG_CHAPTER, ["normal pregnancy"]),
    ("Z00.00", "Z00.01", Kind.WRONG_DETAIL, ["One finding"]),
    ("B95.0", "J02.0", Kind.WRONG_CHAPTER, ["only names the germ"]),
    ("S52.501A", "S52.601A", Kind.WRONG_DETAIL, ["radius", "which bone"]),
    ("K35.80", "K35.30", Kind.UNSPECIFIED_BUT_NOTE_SAYS, ["Unspecified acute appendicitis"]),
    ("K21.9", "K21.00", Kind.WRONG_DETAIL, ["without esophagitis"]),
    ("S62.182B", "S62.221B", Kind.WRONG_DETAIL, ["trapezoid", "side again too"]),
]


@pytest.mark.parametrize(("entered", "key", "kind", "says"), PAIRS, ids=[f"{a}-for-{b}" for a, b, *_ in PAIRS])
def test_a_valid_code_that_is_not_the_one(codes, entered, key, kind, says):
    finding = diagnose_one(entered, key, codes)
    assert finding.kind is kind
    for words in says:
        text = f"{finding.headline} {finding.message} {finding.basis}"
        assert any(word in text for word in words.split("|")), finding
    assert finding.basis


def test_an_excludes_note_that_names_the_other_code_is_quoted_with_its_owner(codes):
    finding = diagnose_one("M1A.0420", "M10.071", codes)
    assert finding.kind is Kind.WRONG_CATEGORY
    assert finding.basis.startswith("Tabular List, Excludes1 note at M1")
    assert "tells the two apart" in finding.message


def test_of_two_notes_the_stricter_is_quoted(codes):
    for entered, key in (("N94.19", "F52.6"), ("F52.6", "N94.19")):
        assert diagnose_one(entered, key, codes).basis.startswith("Tabular List, Excludes1 note at N94.1")


def test_the_key_is_not_named_as_the_owner_of_a_note(codes):
    # I46 carries the note in the one direction; from the other side its owner would give the key away
    for entered, key in (("R57.0", "I46.9"), ("I15.9", "I10"), ("J20.9", "J40"), ("R51.9", "G44.009")):
        finding = diagnose_one(entered, key, codes)
        assert key not in (finding.basis or "").split("“")[0]
        assert key not in finding.message


def test_the_last_guard_hides_a_code_of_the_key_unless_it_was_typed():
    assert hide("Take I13.0 or I13, not I13.01.", ["I130"], ["I10"]) == "Take I13.… or I13, not I13.01."
    assert hide("Take I10.", ["I10"], ["I11"]) == "Take …."
    assert hide("I10 is complete.", ["I10"], ["I109"]) == "I10 is complete."


def test_a_key_that_is_not_in_the_edition_does_not_raise(before):
    finding = diagnose_one("I10", "I42.00", before)
    assert finding.kind is Kind.EXTRA
    assert diagnose_one("I10", "", before).kind is Kind.EXTRA
