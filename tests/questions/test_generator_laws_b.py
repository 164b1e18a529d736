"""The arithmetic behind the drawn chart scenes, and what their laws must refuse."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
import random
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.questions import generators
from course.questions.generators import (
    burn_extent,
    burns,
    coma,
    diabetes_facts,
    drug_events,
    hypertension_facts,
    infarction_facts,
    pressure,
    scenes,
    sepsis_facts,
)
from course.questions.kinds.code_entry import CodeEntry

NAMES = (
    "burn-extent",
    "adverse-poisoning-underdosing",
    "sepsis-sequencing",
    "diabetes-combination",
    "hypertension-heart-kidney",
    "mi-four-weeks",
    "ulcer-and-coma-scales",
)
REFERENCE = Path(os.environ.get("COURSE_REFERENCE_DIR") or "/nonexistent") / "icd_drug_fy2025.csv.gz"


@pytest.fixture(scope="module", params=[2026, 2027])
def codes(request):
    return icd10cm.open_edition(request.param)


# -- burns --------------------------------------------------------------------------------------------------------


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from(["T31", "T32"]))
def test_every_pair_of_percentages_has_the_code_whose_title_holds_both(total: int, third: int, family: str) -> None:
    codes, third = icd10cm.open_edition(2027), min(third, total)
    code = codes.get(burn_extent.extent(total, third, family))
    assert code is not None and code.billable
    bounds = [int(n) for n in re.findall(r"\d+(?=%|-)", code.title)]
    if total < 10:
        assert "less than 10%" in code.title
    else:
        assert bounds[0] == min(total // 10, 9) * 10 and min(third // 10, 9) * 10 in bounds[1:]
    assert code.code == burn_extent.by_title(codes, family, total, third)


@given(st.integers(0, 100), st.integers(0, 100))
def test_more_burned_surface_is_never_an_earlier_code(total: int, more: int) -> None:
    low, high = sorted((total, more))
    assert burn_extent.extent(low, 0) <= burn_extent.extent(high, 0)


def test_the_rule_of_nines_makes_a_hundred() -> None:
    whole = [area for area in burns.NINES if "half" not in area]
    assert sum(burns.NINES[area] for area in whole) == 100
    assert all(burns.NINES[area] == 9 for area in burns.NINES if "half" in area)


# -- infarctions --------------------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2025, 10, 1), dt.date(2027, 9, 30))


@given(DAYS, st.one_of(st.integers(24, 33), st.integers(0, 800)))
def test_an_infarction_is_acute_up_to_the_same_weekday_four_weeks_later(onset: dt.date, days: int) -> None:
    seen = onset + dt.timedelta(days=days)
    assert (infarction_facts.age_class(onset, seen) == "acute") == (seen <= onset + dt.timedelta(weeks=4))


@pytest.mark.parametrize(("days", "said"), [(0, "acute"), (27, "acute"), (28, "acute"), (29, "old")])
def test_the_edges_of_the_four_weeks(days: int, said: str) -> None:
    onset = dt.date(2026, 12, 20)  # over the end of a year
    assert infarction_facts.age_class(onset, onset + dt.timedelta(days=days)) == said


def test_a_visit_before_the_onset_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        infarction_facts.age_class(dt.date(2027, 1, 2), dt.date(2027, 1, 1))


# -- coma scale and ulcers ----------------------------------------------------------------------------------------


@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 6), st.sampled_from("123"))
def test_scores_have_codes_that_say_what_they_say(eyes: int, verbal: int, motor: int, time: str) -> None:
    codes, score = icd10cm.open_edition(2027), coma.Score(eyes, verbal, motor)
    titles = [codes.get(code).title for code in score.codes(time)]
    assert ["eyes open" in titles[0], "verbal" in titles[1], "motor" in titles[2]] == [True] * 3
    assert len({title.rsplit(", ", 1)[1] for title in titles}) == 1
    low, high = re.search(r"(\d+)-(\d+)", codes.get(coma.total_code(score.total, time)).title).groups()
    assert int(low) <= score.total <= int(high)


@pytest.mark.parametrize("total", [2, 16])
def test_no_total_outside_the_scale(total: int) -> None:
    with pytest.raises(ValueError, match="no total"):
        coma.total_code(total, "2")


@pytest.mark.parametrize(
    ("ulcer", "expected"),
    [
        (pressure.Ulcer("sacrum", "2", "worse", "4"), ("L89.152", "L89.154")),
        (pressure.Ulcer("coccyx", "0", "bared", "3"), ("L89.153",)),
        (pressure.Ulcer("left heel", "3", "gone"), ()),
        (pressure.Ulcer("left heel", "2", "closed"), ("L89.622",)),
        (pressure.Ulcer("right hip", "9", "healing"), ("L89.219",)),
    ],
)
def test_an_ulcer_through_a_stay(ulcer: pressure.Ulcer, expected: tuple[str, ...]) -> None:
    assert ulcer.codes == expected


# -- combinations -------------------------------------------------------------------------------------------------


@given(
    st.sampled_from(["", *hypertension_facts.HEART, *hypertension_facts.NO_FAILURE]),
    st.sampled_from(["", *hypertension_facts.KIDNEY]),
    st.booleans(),
)
def test_the_hypertension_code_says_heart_failure_and_stage(heart: str, kidney: str, dialysis: bool) -> None:
    facts = hypertension_facts.Facts(heart, kidney, extras=("dialysis",) if dialysis else ())
    title = icd10cm.open_edition(2027).get(facts.combination).title
    assert ("heart disease" in title or "heart and" in title) == bool(heart)
    assert ("kidney disease" in title) == bool(kidney)
    assert (" with heart failure" in title) == (heart in hypertension_facts.HEART)
    if kidney:
        assert ("stage 1 through" in title) == (kidney not in ("N18.5", "N18.6"))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (hypertension_facts.Facts("I50.22", "N18.4", "heart"), "I12.9"),
        (hypertension_facts.Facts("I50.22", "N18.4", "kidney"), "I11.0"),
        (hypertension_facts.Facts("", "N18.6", "kidney"), "I10"),
        (hypertension_facts.Facts("big", "N18.5"), "I13.11"),
    ],
)
def test_what_the_provider_calls_unrelated_does_not_combine(facts: hypertension_facts.Facts, code: str) -> None:
    assert facts.combination == code


def test_every_type_of_diabetes_has_every_complication(codes) -> None:
    for kind in diabetes_facts.TYPES.values():
        for name, one in diabetes_facts.COMPLICATIONS.items():
            found = codes.get(f"{kind.code}.{one.suffix}")
            assert found and found.billable, (kind, name)
            assert scenes.titled(codes, kind.family, kind.title, one.title) == found.code
            assert one.partner is None or one.partner.find(codes) == one.partner.code


def test_sepsis_sentences_and_codes_agree(codes) -> None:
    for one in sepsis_facts.ORGANISMS.values():
        assert one.title.lstrip("^").lower() in codes.get(one.code).title.lower()
        assert not one.agent or codes.is_billable(one.agent)
        if one.pneumonia[0]:
            assert scenes.titled(codes, *one.pneumonia[1:]) == one.pneumonia[0]
    for table in (sepsis_facts.ORGANS, sepsis_facts.WOUNDS, sepsis_facts.BURNS):
        assert all(one.find(codes) == one.code for one in table.values())


# -- drugs --------------------------------------------------------------------------------------------------------


def test_every_drug_has_its_six_codes_and_what_it_does(codes) -> None:
    words = {
        "1": "accidental",
        "2": "self-harm",
        "3": "assault",
        "4": "undetermined",
        "5": "Adverse effect",
        "6": "Underdosing",
    }
    for one in drug_events.drugs():
        for kind, word in words.items():
            assert word in codes.get(one.code(kind)).title, one
        pairs = [(one.effect_code, "5"), (one.toxic_code, "1"), (one.condition_code, "6")]
        for code, kind in ((code, kind) for code, kind in pairs if code):
            assert codes.is_billable(code) and codes.excludes1(code, one.code(kind)) is None, (one, code)
    for event in drug_events.EVENTS:
        assert not event.why or codes.is_billable(event.why)
        assert (event.kind == "6") == bool(event.why)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the official table is not at hand")
def test_the_drugs_stand_in_the_official_table_with_these_codes() -> None:
    with gzip.open(REFERENCE, "rt", encoding="utf-8", newline="") as file:
        rows = {row["path"].lower(): row for row in csv.DictReader(file)}
    for one in drug_events.drugs():
        row = rows[one.drug]
        columns = ("accidental", "selfharm", "assault", "undetermined")
        names = [*(f"poisoning_{name}" for name in columns), "adverse_effect", "underdosing"]
        assert [row[name] for name in names] == [f"{one.stem}{kind}" for kind in "123456"], one.drug


# -- what a law must refuse ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_each_change_of_a_key_breaks_the_law(name: str) -> None:
    """A code more, a code less, another code, another order, and no order: none of them satisfies the rule."""
    codes, law = icd10cm.open_edition(2027), generators.GENERATORS[name].law
    refused = 0
    for seed in range(60):
        item = generators.make(name, seed, 3, codes)
        assert isinstance(item, CodeEntry) and law(item, codes)
        key, order = item.answer.codes, item.answer.order
        changes = [{"codes": (*key, "Z23"), "order": order}]
        if len(key) > 1:
            rest = [pair for pair in order if key[-1] not in pair]
            changes.append({"codes": key[:-1], "order": tuple(rest)})
        if order:
            changes += [{"codes": key, "order": ()}, {"codes": key, "order": tuple((b, a) for a, b in order)}]
        for change in changes:
            broken = item.model_copy(update={"answer": item.answer.model_copy(update=change)})
            assert not law(broken, codes), (seed, change)
            refused += 1
    assert refused > 100


@pytest.mark.parametrize("name", NAMES)
def test_texts_keep_their_limits_and_no_hint_names_the_key(name: str) -> None:
    codes = icd10cm.open_edition(2026)
    for level in (1, 2, 3):
        for seed in range(80):
            item = generators.make(name, seed, level, codes)
            assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160, item.rationale
            whys = [*getattr(item, "reasons", {}).values(), *(one.why for one in getattr(item, "options", ()))]
            assert all(len(why.split()) <= 60 for why in whys)
            key = item.answer.codes if isinstance(item, CodeEntry) else ()
            assert not any(code in text for code in key for text in (*whys, *item.hints, item.stem, item.note)), item
            told = f"{item.note} {item.stem} {item.rationale}"
            assert not re.search(r"\{|\}|  |\.\.|\bNone\b", told), told


# -- the tools ----------------------------------------------------------------------------------------------------


def test_a_lexicon_reads_the_longest_phrase() -> None:
    lexicon = scenes.Lexicon({"chronic": ["chronic failure"], "both": ["acute on chronic failure"], "x": ["CKD 3"]})
    assert lexicon.find("Acute on  chronic failure, CKD 3b.") == ["both"]
    assert lexicon.find("chronic failure; CKD 3.") == ["chronic", "x"]


def test_a_title_must_lead_to_one_code(codes) -> None:
    assert scenes.titled(codes, "N18", "stage 3a") == "N18.31"
    for words in ("stage", "no such words"):
        with pytest.raises(LookupError):
            scenes.titled(codes, "N18", words)


def test_holds_refuses_codes_that_exclude_each_other() -> None:
    codes = icd10cm.open_edition(2027)
    assert scenes.compatible(codes, ["E11.22", "N18.31"])
    assert not scenes.compatible(codes, ["E11.9", "E10.9"]) and not scenes.compatible(codes, ["E11", "I10"])
    assert not scenes.holds(SimpleNamespace(answer=None), codes, {"I10"})


@given(st.integers(0, 10**6), st.sampled_from([1, 2, 3]), st.integers(0, 3))
def test_a_note_begins_with_its_first_line(seed: int, level: int, noise: int) -> None:
    note = scenes.chart(random.Random(seed), level, ["Office. 58F.", "", "CKD 3a."], noise)
    assert note.startswith("Office. 58F.") and "CKD 3a." in note and "  " not in note
