"""Anesthesia units, infusions, therapy minutes and drug doses: the laws of their draws, what is read, and what makes
sense. The draws of each generator are made once and shared by the checks."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import hcpcs, icd10cm
from course.codesets.rules import anesthesia, infusion, therapy
from course.grading.services import reasons
from course.questions import descriptor_like, proof_services
from course.questions.generators import (
    GENERATORS,
    anesthesia_facts,
    drug_facts,
    drug_reading,
    figures,
    infusion_facts,
    infusion_hierarchy,
    make,
    services,
    therapy_facts,
)
from course.questions.kinds import KINDS

NAMES = ("anesthesia-units", "infusion-hierarchy", "therapy-units", "drug-units")
CODES = icd10cm.open_edition(2027)
EACH = 60


@cache
def drawn(name: str):
    """Items of all levels, the same for every check."""
    return tuple(
        make(name, seed, level, CODES) for level in GENERATORS[name].levels for seed in range(5000, 5000 + EACH)
    )


def _moved(item):
    """The item with every other key that it offers, or that lies one beside."""
    if item.kind == "single_choice":
        for n, one in enumerate(item.options):
            if not one.correct:
                options = [other.model_copy(update={"correct": k == n}) for k, other in enumerate(item.options)]
                yield item.model_copy(update={"options": tuple(options)})
    elif item.kind == "number":
        near = [item.answer.value + step for step in (1, -1, Decimal("0.1"))]
        for value in [*near, *(one.value for one in item.mistakes)]:
            yield item.model_copy(update={"answer": item.answer.model_copy(update={"value": value})})
    else:
        lines = item.answer.lines
        for n, line in enumerate(lines):
            for other in (line.model_copy(update={"units": line.units + 1}), None):
                kept = tuple(x for x in (*lines[:n], other, *lines[n + 1 :]) if x is not None)
                yield item.model_copy(update={"answer": item.answer.model_copy(update={"lines": kept})})


def _texts(item):
    told = [item.stem, item.note or "", item.rationale, item.title, *item.hints]
    told += [text for one in getattr(item, "options", ()) for text in (one.text, one.why)]
    told += [one.why for one in getattr(item, "mistakes", ())]
    return told + list(getattr(item, "reasons", {}).values())


@pytest.mark.parametrize("name", NAMES)
def test_the_law_holds_and_any_other_key_breaks_it(name: str) -> None:
    law = GENERATORS[name].law
    for item in drawn(name):
        assert law(item, CODES), item
        broken = list(_moved(item))
        assert broken and not any(law(one, CODES) for one in broken), item


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read(name: str) -> None:
    """Nothing is left over from making the texts, nothing reads like the code book, no hint names the key."""
    for item in drawn(name):
        for text in _texts(item):
            assert not re.search(r"\{|\}|None|  |\.\.(?!\.)|,\.|\s[.,;]|E\+", text), text
            assert not list(descriptor_like.findings(text)), text
            assert all(proof_services.known(code) for code in proof_services.mentions(text)), text
        assert not [*item.lints(), *proof_services.lints(item)], item
        assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160
        assert item.editions == (2026,) and item.domains[0].startswith("CPC: ")
        assert all(len(text.split()) <= 60 for text in _texts(item)[len(item.hints) + 4 :])


@pytest.mark.parametrize("name", NAMES)
def test_every_slip_is_a_slip(name: str) -> None:
    """Each wrong number, option or line has a sentence of its own that speaks of what a learner may enter."""
    for item in drawn(name):
        if item.kind == "number":
            values = [one.value for one in item.mistakes]
            assert item.answer.value not in values and len(set(values)) == len(values) >= 2
        elif item.kind == "single_choice":
            assert len({one.text for one in item.options}) == len(item.options) >= 3
        else:
            key = {line.code: line.units for line in item.answer.lines}
            for form in item.reasons:
                read = reasons.read(form)
                assert read is not None, form
                assert read.about != "units" or str(key[read.code]) != read.detail, form
            assert len(item.reasons) >= 3
        shown = KINDS[item.kind].view(item)["edition_label"]
        assert shown == "CPT and HCPCS 2026"


@pytest.mark.parametrize("name", NAMES)
def test_draws_differ(name: str) -> None:
    versions = {item.content_version for item in drawn(name)}
    assert len(versions) > 0.97 * len(drawn(name))


# -- the rules, by other means ------------------------------------------------------------------------------------


@given(st.integers(1, 700), st.sampled_from([10, 15]))
@settings(deadline=None)
def test_time_units_by_tenths(minutes: int, per: int) -> None:
    tenths = sum(1 for step in range(1, minutes * 10) if 2 * step * per <= 20 * minutes + per)
    assert Decimal(tenths) / 10 == anesthesia.time_units(minutes, per)


@given(st.integers(1, 700))
def test_hours_of_a_drip(minutes: int) -> None:
    chemo = infusion_hierarchy._billed((("chemo", "drip"), minutes, 1, "x"), True, False)
    assert sum(units for _, units in chemo) == 1 + infusion.more_hours(minutes)
    fluid = infusion_hierarchy._billed((("fluid", "drip"), minutes, 1, "x"), False, False)
    assert sum(units for _, units in fluid) == infusion.hydration_hours(minutes)


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_dose_is_held_by_its_units(seed: int) -> None:
    rng = random.Random(seed)
    one = drug_facts.given(rng, rng.choice(drug_facts.drugs()))
    if one is not None:
        units = one.units
        assert drug_reading.count(Fraction(one.dose), Fraction(one.drug.amount)) == units
        assert (units - 1) * one.drug.amount < one.dose <= units * one.drug.amount


def test_numbers_are_found_by_words() -> None:
    """Each sentence of the law leads to the number that the rule has."""
    for (sort, way, initial), code in {
        ("chemo", "drip", True): "96413",
        ("chemo", "hour", False): "96415",
        ("chemo", "push", False): "96411",
        ("drug", "drip", False): "96367",
        ("drug", "push", True): "96374",
        ("fluid", "drip", True): "96360",
        ("drug", "beside", False): "96368",
        ("drug", "again", False): "96376",
    }.items():
        assert infusion_hierarchy._code(sort, way, initial) == code
    for words, code in (("balance", "97112"), ("hands-on", "97140"), ("walking", "97116")):
        assert [one for one, told in services.worded("97032", "97535").items() if words in told] == [code]


# -- the tables ---------------------------------------------------------------------------------------------------


def test_the_drugs_are_those_of_their_codes() -> None:
    """Every row: a code in force with an amount, whose words have the name; doses below the edit; whole vials."""
    assert len(drug_facts.drugs()) >= 250
    for one in drug_facts.drugs():
        entry = hcpcs.get(one.code)
        assert entry is not None and entry.in_force("2026-11-22"), one.code
        names = re.findall(r"[a-z0-9]{3,}", one.name.lower())
        assert any(name in entry.words.lower() for name in names), one
        assert all(not one.most or one.units(dose) <= one.most for dose in one.doses), one
        assert one.doses or one.rates, one
        assert one.pack in ("single", "multi", "") and bool(one.vials) == bool(one.pack), one
        assert one.pack != "multi" or len(one.vials) < 4
        assert all(dose <= 60 * max(one.vials, default=dose) for dose in one.doses), one


def test_operations_and_their_numbers() -> None:
    for one in anesthesia_facts.OPERATIONS.values():
        assert 3 <= one.base <= 20 and one.length[0] < one.length[1]
    for pair in anesthesia_facts.TOGETHER:
        assert len({anesthesia_facts.OPERATIONS[name].code for name in pair}) == 2
    assert set(therapy_facts.DONE) < set(therapy.TIMED)
    for drug in infusion_facts.DRUGS.values():
        assert (drug.route == "infusion") == (drug.minutes != (0, 0))


@pytest.mark.parametrize("text", ["0722", "7:22", "7:22 AM", "12:05 PM", "12:05 AM", "1:00 PM"])
def test_clock_times_are_read_as_they_are_written(text: str) -> None:
    minutes = figures.minutes_of(text)
    style = "ampm" if text.endswith("M") else "colon" if ":" in text else "military"
    assert figures.clock(minutes, style) == text


@given(st.integers(0, 1439), st.integers(0, 700), st.sampled_from(figures.STYLES))
@settings(max_examples=60, deadline=None)
def test_spans_of_the_clock(start: int, minutes: int, style: str) -> None:
    told = figures.clock(start, style), figures.clock(start + minutes, style)
    assert all(re.fullmatch(figures.TIME, one) for one in told) and figures.between(*told) == minutes


# -- sense ----------------------------------------------------------------------------------------------------------


def test_the_times_of_a_record_follow_one_another() -> None:
    for item in drawn("anesthesia-units")[2 * EACH :]:
        times = [figures.minutes_of(found) for found in re.findall(rf"^({figures.TIME}) ", item.note, re.MULTILINE)]
        assert times == sorted(times) and len(times) >= 6, item.note
    for item in drawn("infusion-hierarchy"):
        starts = [figures.minutes_of(found) for found in re.findall(rf"^({figures.TIME})[- ]", item.note, re.MULTILINE)]
        assert starts == sorted(starts) and starts, item.note


def test_patients_fit_what_is_done_to_them() -> None:
    for item in drawn("anesthesia-units"):
        age = int(re.findall(r"\d+", item.note)[0])
        assert "cesarean" not in item.note or (age < 45 and not re.search(r"\b[Mm]an\b|\d ?M\b|/o M\b", item.note))
        assert "prostate" not in item.note or not re.search(r"[Ww]oman|\dF\b|/o F\b", item.note)
        assert "Medicare counts" not in item.stem or age > 64
        assert "severe lung disease" not in item.note or age > 45
    for item in drawn("therapy-units"):
        age = int(re.findall(r"\d+", item.note)[0])
        assert ("Medicare" in item.stem) == (age >= 65)


def test_nobody_gets_what_is_for_others() -> None:
    man, woman = r"\b[Mm]an\b|\d ?M\b|/o M\b", r"[Ww]oman|\dF\b|/o F\b"
    for item in drawn("infusion-hierarchy"):
        assert not (re.search("Ovarian|Breast", item.note) and re.search(man, item.note)), item.note
    for item in drawn("drug-units"):
        if re.search("for women|Depo-Provera|oxytocin|estradiol|Rho|Faslodex", item.note, re.IGNORECASE):
            assert not re.search(man, item.note), item.note
        if re.search("prostate|testosterone|Trelstar", item.note, re.IGNORECASE):
            assert not re.search(woman, item.note), item.note
        assert max(int(age) for age in re.findall(r"\b(\d{2,3})(?:[- ]y|MF?\b|F\b)", item.note) or [0]) < 91


def test_no_add_on_leads_and_the_office_names_its_reason() -> None:
    leads = {"96413", "96409", "96365", "96374", "96360", "96372"}
    for item in drawn("infusion-hierarchy"):
        if item.kind == "service_lines":
            assert leads & {line.code for line in item.answer.lines}, item
        if "office" in item.stem:
            assert re.search("[Cc]omes for", item.note), item.note


def test_both_payers_and_all_roundings_come_up() -> None:
    stems = " ".join(item.stem for item in drawn("anesthesia-units"))
    assert all(told in stems for told in anesthesia_facts.ROUNDING.values()) and "Medicare" in stems
    keys = [item.answer.lines for item in drawn("therapy-units")[EACH:]]
    billed = {line.code for lines in keys for line in lines}
    assert {"97014", "G0283", "97161"} <= billed and len(billed) > 9
    assert any(therapy.units_for(minutes) for minutes in range(9))


def test_drugs_come_from_all_over_the_table() -> None:
    numbers = [re.findall(r"unit of (\w+) is", item.stem) for item in drawn("drug-units")[: 2 * EACH]]
    assert len({found[0] for found in numbers}) > EACH
    notes = [item.note for item in drawn("drug-units")]
    assert any("/kg" in note for note in notes) and any("mL given" in note for note in notes)


def test_every_dose_is_for_a_disease_and_every_disease_has_a_dose() -> None:
    for one in drug_facts.drugs():
        usual = (*one.doses, *one.rates)
        assert all(any(why.fits(dose) for why in one.reasons) for dose in usual), one
        assert all(why.text and any(why.fits(dose) for dose in usual) for why in one.reasons), one
        assert set(drug_facts.BESIDE.get(one.code, ())) <= {other.code for other in drug_facts.drugs()}
    reasons = {why.text: why.only for one in drug_facts.drugs() if one.code == "J3489" for why in one.reasons}
    assert reasons["bone metastases of breast cancer"] == (4,) and reasons["osteoporosis, yearly dose"] == (5,)


def test_dates_and_diseases_stand_in_the_notes() -> None:
    """Codes change; the note says when. No office gives a loading dose."""
    for item in drawn("drug-units")[EACH:]:
        assert re.search(r"\b\d\d/\d\d/2026\b", item.note), item.note
    for item in drawn("drug-units")[2 * EACH :]:
        assert not re.search("loading dose|shock|intubation|labor|stroke, two", item.note), item.note
    notes = [item.note for item in drawn("infusion-hierarchy")]
    assert not any("zoledronic acid 5 mg" in note and "metastases" in note for note in notes)
    assert not any("oxaliplatin" in note and "irinotecan" in note for note in notes)
    assert all("dehydration" not in note or re.search(r"\bdry\b", note) for note in notes)


def test_one_part_of_the_body_in_a_therapy_note() -> None:
    said = {words: part for parts in therapy_facts.DONE.values() for part, words in parts.items()}
    for item in drawn("therapy-units"):
        low = item.note.lower()
        assert len({part for words, part in said.items() if words in low}) == 1, item.note
        assert all(8 <= int(found) <= 15 for found in re.findall(r"sound waves [^.;\n]*?(\d+) min", low)), low
        if "evaluation" in low:
            assert sum(words in low for words in said) <= 2


def test_fillers_fit_the_operation() -> None:
    for item in drawn("anesthesia-units"):
        assert "olonoscopy" not in item.note or not re.search("meal|midnight", item.note), item.note
        assert "bypass" not in item.note or ("PACU" not in item.note and not re.search("P[123]:", item.note))
        assert "for the floor" not in item.note or not re.search("bunion|cataract|gastroscopy", item.note)
        gap = re.search(rf"(?:start (?P<a>{figures.TIME})\. (?:Incision|Scope in) (?P<b>{figures.TIME}))", item.note)
        if gap and "bypass" in item.note:
            assert 30 <= figures.between(gap["a"], gap["b"]) <= 60
