"""E/M: levels, minutes, dates and ages. Each boundary minute is exact, each rule a law."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets.cpt import em, em_tables, em_time
from course.codesets.cpt.em import Contact, Level

ELEMENTS = em.elements()
MINUTES = st.integers(0, 300)
CATEGORY = st.sampled_from(sorted(em.categories()))


def found(part: str) -> st.SearchStrategy[dict[str, int]]:
    ids = [one.id for one in ELEMENTS.values() if one.part == part]
    return st.dictionaries(st.sampled_from(ids), st.integers(1, 5), max_size=5)


def one_more(part: str) -> st.SearchStrategy[str]:
    return st.sampled_from([one.id for one in ELEMENTS.values() if one.part == part])


@given(found("problems"), found("data"), found("risk"))
def test_two_of_three_reach_the_level_and_no_higher_one(problems, data, risk):
    mdm = em.level_of(problems, data, risk)
    reached = [sum(part >= level for part in mdm[:3]) for level in Level]
    assert reached[mdm.overall] >= 2
    assert all(count < 2 for count in reached[mdm.overall + 1 :])


@given(
    found("problems"), found("data"), found("risk"), one_more("problems"), one_more("data"), one_more("risk"), st.data()
)
def test_more_in_a_note_never_lowers_a_level(problems, data, risk, problem, datum, danger, draw):
    before = em.level_of(problems, data, risk)
    part = draw.draw(st.sampled_from(em.PARTS))
    have = {"problems": problems, "data": data, "risk": risk}
    new = {"problems": problem, "data": datum, "risk": danger}[part]
    after = em.level_of(**{**have, part: {**have[part], new: have[part].get(new, 0) + 1}})
    assert all(later >= earlier for later, earlier in zip(after, before, strict=True))


@pytest.mark.parametrize(
    ("problems", "level"),
    [
        ({}, 0), ({"minor": 1}, 1), ({"minor": 2}, 2), ({"minor": 5}, 2), ({"acute-uncomplicated": 1}, 2),
        ({"acute-uncomplicated": 4}, 2), ({"stable-chronic": 1}, 2), ({"stable-chronic": 2}, 3),
        ({"stable-acute": 1}, 2), ({"acute-inpatient": 1}, 2), ({"chronic-exacerbation": 1}, 3),
        ({"undiagnosed-uncertain": 1}, 3),
        ({"acute-systemic": 1}, 3), ({"acute-complicated-injury": 1}, 3), ({"chronic-severe-exacerbation": 1}, 4),
        ({"threat-to-life": 1}, 4), ({"minor": 1, "stable-chronic": 1}, 2), ({"minor": 3, "threat-to-life": 1}, 4),
    ],
)  # fmt: skip
def test_problems(problems, level):
    assert em.problems_level(problems) == level


@pytest.mark.parametrize(
    ("data", "level"),
    [
        ({}, 1), ({"unique-result": 1}, 1), ({"unique-result": 2}, 2), ({"unique-result": 1, "external-note": 1}, 2),
        ({"independent-historian": 1}, 2), ({"independent-historian": 1, "unique-test-ordered": 1}, 2),
        ({"independent-historian": 1, "unique-test-ordered": 2}, 3), ({"unique-test-ordered": 3}, 3),
        ({"unique-test-ordered": 9}, 3), ({"independent-interpretation": 1}, 3), ({"external-discussion": 1}, 3),
        ({"independent-interpretation": 3}, 3), ({"independent-interpretation": 1, "external-discussion": 1}, 4),
        ({"external-note": 1, "unique-result": 2, "external-discussion": 1}, 4),
        ({"external-note": 2, "external-discussion": 1}, 3),
        ({"independent-historian": 1, "unique-result": 2, "independent-interpretation": 1}, 4),
    ],
)  # fmt: skip
def test_data(data, level):
    assert em.data_level(data) == level


def test_risk_is_the_highest_one():
    levels = {one.id: one.level for one in ELEMENTS.values() if one.part == "risk"}
    assert em.risk_level([]) == Level.NONE
    for one, level in levels.items():
        assert em.risk_level([one]) == em.risk_level([one, "minimal"]) == level
    assert [level.word for level in sorted(set(levels.values()))] == ["straightforward", "low", "moderate", "high"]


def test_what_is_no_element_is_refused():
    with pytest.raises(KeyError, match="no element of risk"):
        em.level_of({}, {}, ["stable-chronic"])
    with pytest.raises(KeyError, match="office-old"):
        em.code_by_time("office-old", 20)


# The minutes, written down once more: a slip in the file shows here.
MINIMUM = {
    "office-new": "99202 15 99203 30 99204 45 99205 60",
    "office-established": "99212 10 99213 20 99214 30 99215 40",
    "hospital-initial": "99221 40 99222 55 99223 75",
    "hospital-subsequent": "99231 25 99232 35 99233 50",
    "hospital-same-date": "99234 45 99235 70 99236 85",
    "consult-office": "99242 20 99243 30 99244 40 99245 55",
    "consult-hospital": "99252 35 99253 45 99254 60 99255 80",
    "nursing-initial": "99304 25 99305 35 99306 50",
    "nursing-subsequent": "99307 10 99308 20 99309 30 99310 45",
    "home-new": "99341 15 99342 30 99344 60 99345 75",
    "home-established": "99347 20 99348 30 99349 40 99350 60",
    "telehealth-video-new": "98000 15 98001 30 98002 45 98003 60",
    "telehealth-video-established": "98004 10 98005 20 98006 30 98007 40",
    "telehealth-audio-new": "98008 15 98009 30 98010 45 98011 60",
    "telehealth-audio-established": "98012 11 98013 20 98014 30 98015 40",
    "hospital-discharge": "99238 0 99239 31",
    "nursing-discharge": "99315 0 99316 31",
}


@pytest.mark.parametrize("category", MINIMUM)
def test_a_code_begins_at_its_minute_and_not_one_earlier(category):
    words = MINIMUM[category].split()
    below = None
    for code, minute in zip(words[::2], map(int, words[1::2]), strict=True):
        assert em.code_by_time(category, minute) == code
        assert minute == 0 or em.code_by_time(category, minute - 1) == below
        below = code
    assert em.code_by_time(category, 600) == below


@given(CATEGORY.filter(lambda one: one not in ("telehealth-check-in", "critical-care")), MINUTES, st.integers(0, 60))
def test_more_minutes_never_lead_to_a_lower_code(category, minutes, more):
    order = [None, *(row.code for row in em.in_category(category))]
    earlier, later = em.code_by_time(category, minutes), em.code_by_time(category, minutes + more)
    assert order.index(later) >= order.index(earlier)


def test_where_time_has_no_say():
    assert em.code_by_time("emergency", 90) is None and em.code_by_time("preventive-new", 40) is None
    assert [em.code_by_time("telehealth-check-in", one) for one in (4, 5, 10, 11)] == [None, "98016", "98016", None]
    with pytest.raises(ValueError, match="-1"):
        em.code_by_time("office-new", -1)


@pytest.mark.parametrize("category", em_tables.leveled())
def test_every_level_has_a_code_and_higher_levels_no_lower_one(category):
    order = [row.code for row in em.in_category(category)]
    codes = [em.code_for(category, level) for level in em.LEVELS]
    assert all(codes) and codes == sorted(codes, key=order.index) and len(set(codes)) >= 3
    assert codes[-1] == order[-1] and em.code_for(category, Level.NONE) is None


def test_two_levels_share_the_lowest_hospital_code():
    for category in ("hospital-initial", "hospital-subsequent", "hospital-same-date", "nursing-initial"):
        assert em.code_for(category, Level.STRAIGHTFORWARD) == em.code_for(category, Level.LOW)
    assert em.code_for("nursing-subsequent", Level.LOW) == "99308" and em.code_for("emergency", 1) == "99282"


@given(st.sampled_from(em_tables.leveled()), st.sampled_from(list(Level)), st.none() | MINUTES)
def test_the_higher_of_level_and_time(category, level, minutes):
    order = [None, *(row.code for row in em.in_category(category))]
    both = {em.code_for(category, level), None if minutes is None else em.code_by_time(category, minutes)}
    assert em.visit_code(category, level, minutes) == max(both, key=order.index)


@pytest.mark.parametrize(
    ("category", "payer", "code", "first"),
    [
        ("office-new", "CPT", "99417", 75), ("office-established", "CPT", "99417", 55),
        ("consult-office", "CPT", "99417", 70), ("telehealth-video-new", "CPT", "99417", 75),
        ("home-new", "CPT", "99417", 90), ("home-established", "CPT", "99417", 75),
        ("hospital-initial", "CPT", "99418", 90), ("hospital-subsequent", "CPT", "99418", 65),
        ("hospital-same-date", "CPT", "99418", 100), ("consult-hospital", "CPT", "99418", 95),
        ("nursing-initial", "CPT", "99418", 65), ("nursing-subsequent", "CPT", "99418", 60),
        ("office-new", "Medicare", "G2212", 89), ("office-established", "Medicare", "G2212", 69),
        ("hospital-initial", "Medicare", "G0316", 90), ("hospital-subsequent", "Medicare", "G0316", 65),
        ("hospital-same-date", "Medicare", "G0316", 110), ("nursing-initial", "Medicare", "G0317", 95),
        ("nursing-subsequent", "Medicare", "G0317", 85), ("home-new", "Medicare", "G0318", 140),
        ("home-established", "Medicare", "G0318", 110),
    ],
)  # fmt: skip
def test_prolonged_time_begins_at_its_minute(category, payer, code, first):
    top = em.in_category(category)[-1].code
    assert em.prolonged_units(category, first - 1, payer) is None
    for minutes, units in ((first, 1), (first + 14, 1), (first + 15, 2), (first + 44, 3)):
        assert em.prolonged_units(category, minutes, payer) == (top, code, units)


def test_prolonged_time_of_cpt_is_a_quarter_of_an_hour_past_the_top_code():
    for (payer, base), row in em_tables.prolonged().items():
        least = next(one.minutes for one in em_tables.codes() if one.code == base)
        assert row.first == least + 15 if payer == "CPT" else row.first >= least + 15
    assert em.prolonged_units("emergency", 500) is None
    assert em.prolonged_units("consult-office", 500, "Medicare") is None


@pytest.mark.parametrize(
    ("minutes", "book", "medicare"),
    [(0, None, None), (29, None, None), (30, 0, 0), (74, 0, 0), (75, 1, 0), (103, 1, 0), (104, 1, 1), (105, 2, 1),
     (133, 2, 1), (134, 2, 2), (135, 3, 2), (164, 3, 3), (165, 4, 3)],
)  # fmt: skip
def test_critical_care(minutes, book, medicare):
    for payer, more in (("CPT", book), ("Medicare", medicare)):
        lines = () if more is None else (("99291", 1), ("99292", more)) if more else (("99291", 1),)
        assert em.critical_care(minutes, payer) == lines


TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("contact", "status"),
    [
        (Contact(dt.date(2024, 1, 5)), "established"),
        (Contact(dt.date(2023, 11, 21)), "new"),
        (Contact(dt.date(2023, 11, 22)), "established"),
        (Contact(dt.date(2025, 1, 5), same_specialty=False), "new"),
        (Contact(dt.date(2025, 1, 5), same_group=False), "new"),
        (Contact(dt.date(2025, 1, 5), same_person=True, same_group=False), "established"),
        (Contact(dt.date(2025, 1, 5), same_person=True, professional=False), "new"),
        (Contact(dt.date(2026, 11, 23)), "new"),
    ],
)
def test_new_or_established(contact, status):
    assert em.new_or_established([contact], TODAY) == status
    assert em.new_or_established([contact, Contact(dt.date(2010, 1, 1))], TODAY) == status
    assert em.new_or_established([contact, Contact(dt.date(2026, 1, 1))], TODAY) == "established"


def test_three_years_before_a_leap_day():
    assert em_time.three_years_before(dt.date(2028, 2, 29)) == dt.date(2025, 2, 28)
    assert em.new_or_established([], TODAY) == "new"


def test_preventive_visits_by_age():
    firsts = {0: 1, 1: 2, 5: 3, 12: 4, 18: 5, 40: 6, 65: 7}
    for age in range(120):
        digit = firsts[max(first for first in firsts if first <= age)]
        assert em.preventive(age, True) == f"9938{digit}" and em.preventive(age, False) == f"9939{digit}"
    with pytest.raises(ValueError, match="-1"):
        em.preventive(-1, True)


def test_each_row_is_whole():
    codes = em_tables.codes()
    assert len({row.code for row in codes}) == len(codes) == 89
    with (em_tables.data_dir() / "codesets" / "em_codes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        assert row["source"] and len(row["category_words"].split()) <= 10
        assert row["time_rule"] in ("at least", "more than", "between", "each 30", "none")
        assert (row["time_rule"] == "none") == (row["minimum_minutes"] == "")
    for one in ELEMENTS.values():
        assert one.part in em.PARTS and 2 <= len(one.words.split()) <= 9 and 8 <= len(one.why.split()) <= 45
        assert (one.level is Level.NONE) == (one.part == "data") == bool(one.category)
        assert one.counted or one.level_of_two == one.level, "what is not counted cannot count twice"


@pytest.mark.skipif(not os.environ.get("COURSE_REFERENCE_DIR"), reason="no official files at hand")
def test_every_number_is_in_the_fee_schedule():
    folder = Path(os.environ["COURSE_REFERENCE_DIR"])
    with gzip.open(folder / "cpt_numbers.csv.gz", "rt", encoding="utf-8") as lines:
        known = {row["code"] for row in csv.DictReader(lines)}
    assert {row.code for row in em_tables.codes() if row.code[0] != "G"} <= known
