"""Several codes: who was meant for whom, order, partners, conflicts, and what it is worth."""

from __future__ import annotations

import itertools
import random

import pytest

from course.grading.diagnosis import CodeKey, Kind, diagnose
from course.grading.diagnosis.matching import assign
from course.grading.diagnosis.shape import dot, undot
from course.grading.diagnosis.tree import closeness

# Follow-up: type 2 diabetes on glargine, hypertension, CKD stage 3b, chronic systolic heart failure.
VISIT = CodeKey(
    codes=("I13.0", "I50.22", "N18.32", "E11.22", "Z79.4"),
    order=(("I13.0", "I50.22"), ("I13.0", "N18.32"), ("E11.22", "N18.32")),
)


def told(found, code):
    """Headline, message and basis of the findings about a code ("" for what was not entered)."""
    return " ".join(f"{f.headline} {f.message} {f.basis}" for f in found.findings if f.code == code)


@pytest.mark.parametrize("first", [("I13.0", "E11.22"), ("E11.22", "I13.0")])
def test_either_disease_may_lead(codes, first):
    found = diagnose([*first, "I50.22", "N18.32", "Z79.4"], VISIT, codes)
    assert (found.outcome, found.score, set(found.kinds())) == ("correct", 1.0, {Kind.RIGHT})
    assert found.right == set(VISIT.codes)


def test_hypertension_apart_from_heart_and_kidney(codes):
    found = diagnose(["I10", "I50.22", "N18.32"], VISIT, codes)
    assert "combination code" in told(found, "I10") and "I.C.9.a" in told(found, "I10")
    assert found.right == {"I50.22", "N18.32"}
    assert found.missing == ("I13.0", "E11.22", "Z79.4")
    assert (found.outcome, found.score) == ("partly", 0.4)


@pytest.mark.parametrize(
    ("instead_of", "entered", "words"),
    [
        ("I50.22", "I50.9", ["unspecified", "systolic, diastolic or both"]),
        ("N18.32", "N18.30", ["stage 3 unspecified", "stage"]),
        ("E11.22", "E11.9", ["without complications", "linked unless", "I.A.15"]),
        ("Z79.4", "Z79.84", ["by mouth", "insulin"]),
    ],
)
def test_one_detail_lost(codes, instead_of, entered, words):
    found = diagnose([entered if code == instead_of else code for code in VISIT.codes], VISIT, codes)
    assert found.outcome == "partly" and len(found.right) == 4
    for word in words:
        assert word in told(found, entered)


def test_a_partner_that_a_note_asks_for_is_missing(codes):
    found = diagnose(["E11.22", "I13.0", "I50.22", "N18.32"], VISIT, codes)
    finding = found.findings[-1]
    assert (finding.kind, finding.code) == (Kind.PARTNER_MISSING, "")
    assert "Z79.4" not in finding.message and "E11" in finding.message
    assert finding.basis == (
        "Tabular List, “use additional code” note at E11: “code to identify control using: insulin (Z79.4)”"
    )
    assert found.score == 0.8


def test_a_partner_is_asked_for_beside_a_near_miss_too(codes):
    found = diagnose(["E11.9"], CodeKey(("E11.22", "Z79.4")), codes)
    assert found.kinds() == (Kind.WRONG_DETAIL, Kind.PARTNER_MISSING)


def test_a_code_that_a_code_first_note_asks_for(codes):
    found = diagnose(["N18.32"], CodeKey(("E11.22", "N18.32")), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.PARTNER_MISSING)
    assert "before N18.32" in found.findings[1].message and "code first" in found.findings[1].basis


def test_what_no_note_asks_for_is_counted_and_not_named(codes):
    found = diagnose(["J02.0"], CodeKey(("J02.0", "S52.521A", "L40.0")), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.MISSING)
    assert "2 more conditions" in found.findings[1].message
    assert "one more condition" in diagnose(["J02.0"], CodeKey(("J02.0", "L40.0")), codes).findings[1].message.lower()


# -- order -------------------------------------------------------------------------------------------------------------


def test_order_is_explained_by_the_note_that_asks_for_it(codes):
    found = diagnose(["I50.22", "I13.0", "E11.22", "N18.32", "Z79.4"], VISIT, codes)
    assert found.kinds().count(Kind.ORDER_BROKEN) == 1
    assert "I50.22 stands before I13.0" in told(found, "I50.22")
    assert "note at I13.0: “code to identify type of heart failure (I50.-)”" in told(found, "I50.22")
    assert (found.outcome, found.score) == ("partly", 0.5)


def test_an_ordered_key_without_a_note_asks_what_the_encounter_is_for(codes):
    key = CodeKey(("J02.0", "L40.0"), ordered=True)
    found = diagnose(["L40.0", "J02.0"], key, codes)
    assert found.kinds() == (Kind.RIGHT, Kind.RIGHT, Kind.ORDER_BROKEN)
    assert "II, IV.A" in found.findings[-1].basis and found.score == 0.5
    assert diagnose(["J02.0", "L40.0"], key, codes).outcome == "correct"


def test_order_is_not_asked_of_an_unordered_key(codes):
    assert diagnose(["L40.0", "J02.0"], CodeKey(("J02.0", "L40.0")), codes).outcome == "correct"


def test_a_manifestation_code_never_leads(codes):
    key = CodeKey(("G20.A1", "F02.80"))
    found = diagnose(["F02.80", "G20.A1"], key, codes)
    assert Kind.ORDER_BROKEN in found.kinds() and found.score == 0.5
    assert "in diseases classified elsewhere" in told(found, "F02.80").lower()
    assert diagnose(["G20.A1", "F02.80"], key, codes).outcome == "correct"


# -- conflicts, extras, duplicates, optional codes ---------------------------------------------------------------------


def test_two_codes_that_exclude_each_other(codes):
    found = diagnose(["E11.9", "E10.9"], CodeKey(("E11.9",)), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.EXTRA, Kind.EXCLUDES1_CONFLICT)
    conflict = found.findings[-1]
    assert conflict.code == "E10.9" and "E11.9 and E10.9" in conflict.message
    assert conflict.basis.startswith("Tabular List, Excludes1 note at E1")


def test_a_key_that_reports_both_is_no_conflict(codes):
    assert diagnose(["E11.9", "E10.9"], CodeKey(("E11.9", "E10.9")), codes).outcome == "correct"
    assert diagnose(["E11.9", "E10.9"], CodeKey(("E11.9",), optional=("E10.9",)), codes).outcome == "correct"


def test_one_code_too_many(codes):
    found = diagnose(["J02.0", "L40.0"], CodeKey(("J02.0",)), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.EXTRA)
    assert "Psoriasis vulgaris" in found.findings[1].message
    assert (found.outcome, found.score) == ("partly", 0.5)


def test_a_symptom_beside_its_disease(codes):
    found = diagnose(["J02.0", "R07.0"], CodeKey(("J02.0",)), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.SYMPTOM_CODE)


def test_a_reason_speaks_for_an_extra_code_too(codes):
    found = diagnose(["J02.0", "B95.0"], CodeKey(("J02.0",)), codes, {"B95*": "The germ is in the code already."})
    assert found.findings[1].kind is Kind.EXTRA and found.findings[1].message == "The germ is in the code already."


def test_a_code_entered_twice(codes):
    found = diagnose(["J02.0", "j020"], CodeKey(("J02.0",)), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.DUPLICATE)
    assert found.outcome == "partly" and "I.B.12" in found.findings[1].basis


def test_an_optional_code_is_welcome_and_not_asked_for(codes):
    key = CodeKey(("J02.0",), optional=("Z79.2", "Z88*"))
    for extra in ("Z79.2", "Z88.0"):
        found = diagnose(["J02.0", extra], key, codes)
        assert found.kinds() == (Kind.RIGHT, Kind.OPTIONAL) and found.outcome == "correct"
    assert diagnose(["Z79.2"], key, codes).outcome == "incorrect"


def test_an_optional_heading_is_still_a_heading(codes):
    found = diagnose(["J02.0", "Z88"], CodeKey(("J02.0",), optional=("Z88*",)), codes)
    assert found.kinds()[1] is Kind.HEADING and found.outcome == "partly"


def test_junk_beside_a_right_code_is_told_and_costs(codes):
    found = diagnose(["J02.0", "99213", ""], CodeKey(("J02.0",)), codes)
    assert found.kinds() == (Kind.RIGHT, Kind.NOT_A_CODE) and found.score == 0.5


# -- matching ----------------------------------------------------------------------------------------------------------


def test_each_entry_is_compared_with_the_code_it_was_meant_for(codes):
    keys = [undot(code) for code in VISIT.codes]
    entered = ["N1830", "Z7984", "I509", "E119", "I10"]
    assert {entered[i]: keys[k] for i, k in assign(codes, entered, keys).items()} == {
        "N1830": "N1832",
        "Z7984": "Z794",
        "I509": "I5022",
        "E119": "E1122",
        "I10": "I130",
    }


def test_a_rule_pairs_what_the_tree_keeps_apart(codes):
    assert assign(codes, ["R030"], ["I10", "E119"]) == {0: 0}
    assert assign(codes, ["L400"], ["I10", "E119"]) == {}


def test_greedy_matching_is_the_best_there_is(codes):
    """Against every permutation, on random families of near codes."""
    rng = random.Random(3)
    billable = [undot(code) for code in codes.billable_codes() if code[0] in "EIJS"]
    for _ in range(60):
        start = rng.randrange(len(billable) - 400)
        pool = rng.sample(billable[start : start + 400], 8)
        entered, keys = pool[:4], pool[4:]
        greedy = sum(closeness(codes, entered[i], keys[k]) for i, k in assign(codes, entered, keys).items())
        best = max(
            sum(closeness(codes, mine, key) for mine, key in zip(entered, order, strict=True))
            for order in itertools.permutations(keys)
        )
        assert greedy == best


def test_closeness_goes_down_the_tree(codes):
    key = ["I130", "I10", "I5022", "E119"]
    assert [closeness(codes, "I130", code) for code in key] == [100, 2, 1, 0]
    assert closeness(codes, "N1830", "N1832") > closeness(codes, "N189", "N1832") > 2
    assert closeness(codes, "Z999999", "QQQ") == 0


def test_closeness_is_an_ultrametric(codes):
    rng = random.Random(4)
    billable = [undot(code) for code in codes.billable_codes()]
    for _ in range(400):
        start = rng.randrange(len(billable) - 300)
        a, b, c = rng.sample(billable[start : start + 300], 3)
        small, middle, _ = sorted([closeness(codes, a, b), closeness(codes, b, c), closeness(codes, a, c)])
        assert small == middle
        assert closeness(codes, a, b) == closeness(codes, b, a)


# -- score -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "key", "score"),
    [
        (["S52.521"], ["S52.521A"], 0.5),  # only the 7th character open
        (["W19"], ["W19.XXXA"], 0.5),
        (["W19.A"], ["W19.XXXA"], 0.5),
        (["S52.521D"], ["S52.521A"], 0.5),
        (["S52.522D"], ["S52.521A"], 0.0),  # side and 7th character: two slips
        (["S52.522A"], ["S52.521A"], 0.5),
        (["S52.52"], ["S52.521A"], 0.0),
        (["S42.001"], ["S52.521A"], 0.0),
        (["N18.30"], ["N18.32"], 0.5),
        (["N18.32"], ["N18.30"], 0.0),  # more than the record says
        (["I10.9"], ["I10"], 0.5),
        (["I10.9"], ["I11.9"], 0.0),
        (["E11.21"], ["E11.22"], 0.0),
        (["C50.911"], ["C50.411"], 0.5),
        (["C50.911"], ["C50.412"], 0.0),  # site left out, and the other side
        (["I10", "L40.0", "J02.0"], ["I10"], 0.0),  # two too many
        (["I10", "L40.0"], ["I10", "E11.9"], 0.25),
        (["I10", "E11.9", "J02.0", "L40.0"], ["I10", "E11.9", "J02.0"], 0.8333),
    ],
)
def test_what_an_answer_is_worth(codes, entered, key, score):
    found = diagnose(entered, CodeKey(tuple(key)), codes)
    assert found.score == score
    assert found.outcome == ("partly" if score else "incorrect")


def test_a_full_score_and_no_fault_go_together(codes):
    rng = random.Random(5)
    billable = list(codes.billable_codes())
    faultless = {Kind.RIGHT, Kind.OPTIONAL}
    for _ in range(400):
        key = CodeKey(tuple(rng.sample(billable, rng.randint(1, 4))), ordered=rng.random() < 0.5)
        entered = [code for code in key.codes if rng.random() < 0.9] + rng.sample(billable, rng.choice([0, 0, 0, 1]))
        rng.shuffle(entered)
        found = diagnose(entered, key, codes)
        assert (found.score == 1) == (found.outcome == "correct") == ({*found.kinds()} <= faultless and bool(entered))
        assert 0 <= found.score <= 1
        assert found.right | {*found.missing} == {*map(dot, map(undot, key.codes))}


def test_an_empty_key_does_not_raise(codes):
    assert diagnose(["I10"], CodeKey(()), codes).outcome == "incorrect"


def test_an_entry_that_is_no_code_stands_for_the_code_it_was_meant_for(codes):
    """One code asked, something unreadable entered: nothing is missing beside it. Two asked: one still is."""
    alone = diagnose(["99213"], CodeKey(("S52.521A",)), codes)
    assert [finding.kind for finding in alone.findings] == [Kind.NOT_A_CODE]
    both = diagnose(["99213"], CodeKey(("E11.22", "N18.32")), codes)
    assert [finding.kind for finding in both.findings].count(Kind.NOT_A_CODE) == 1
    assert len(both.findings) == 2
