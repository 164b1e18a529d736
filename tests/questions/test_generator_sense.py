"""What is drawn can happen: care that fits the bone, pregnancies that last, links that a provider has written."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.grading.verdict import Outcome
from course.questions.answers import Answer
from course.questions.generators import (
    GENERATORS,
    burn_extent,
    drug_effects,
    drug_events,
    drug_words,
    make,
    pairs,
    partner,
    scenes,
    systems,
)
from course.questions.kinds import KINDS

seeds = st.integers(0, 10**9)
levels = st.integers(1, 3)
CODES = icd10cm.open_edition(2027)


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_care_fits_the_bone_and_the_wound_has_its_date(seed: int, level: int) -> None:
    item = make("fracture-seventh", seed, level, CODES)
    told = f"{item.stem} {item.note}".lower()
    if re.search("femur|pelvis", told):
        assert not re.search("cast|splint|sling|boot|shoe", told)
    if "sling" in told:
        assert re.search("humerus|clavicle|scapula|shoulder|acromi|coracoid|glenoid", told)
    if re.search("boot", told):
        assert re.search("tibia|fibula|malleolus|ankle|foot|leg|calcan|talus|cunei|cuboid|metatarsal", told)
    if re.search("healed|union|healing|united", told) and "saw nobody" not in told:
        for line in re.findall(r".*(?:\bopen\b|gustilo).*", item.note.lower()):
            assert re.search("injury|it was", line), item.note


@given(seed=seeds, level=st.integers(2, 3))
@settings(max_examples=300, deadline=None)
def test_pregnancies_that_last(seed: int, level: int) -> None:
    """At most triplets, no more of them than are carried, and a stay is told of where it crosses a boundary."""
    item = make("trimester-and-fetus", seed, level, CODES)
    assert not re.search("quadruplet|quintuplet|sextuplet|abdominal pregnancy", f"{item.stem} {item.note}")
    ages = [7 * int(weeks) + int(days) for weeks, days in re.findall(r"(\d+) weeks (\d) day", item.note)]
    carried = 3 if "triplets" in item.note.lower() else 2 if "twins" in item.note.lower() else 1
    assert ages[-1] <= {1: 39, 2: 37, 3: 34}[carried] * 7
    if number := re.search(r"fetus (\d)\.", item.note):
        assert int(number[1]) <= carried
    if len(ages) == 2:
        assert any(ages[0] < limit <= ages[1] for limit in (98, 196))


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_somebody_ill_from_a_drug_has_a_provider_who_says_so(seed: int, level: int) -> None:
    record = make("drug-table", seed, level, CODES).stem.split("**")[1]
    found = [name for name, word in drug_words.MEDICINES.items() if re.search(rf"\b{word}\b", record)]
    effects = [drug_effects.EFFECTS[name] for name in found]
    if any(re.search(rf"\b{word}\b", record) for one in effects for word in (*one.adverse, *one.toxic)):
        assert re.search("per provider|the provider|attending|physician", record), record
    if re.search("end (her|his) life|suicide|wanting to die|cannot be determined", record):
        assert any(drug_words.MEDICINES[name] in record for name in drug_words.OVERDOSED) or any(
            poison in record for poison in drug_words.POISONS.values()
        )


@given(seed=seeds, level=st.integers(2, 3))
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("name", ["ulcer-and-coma-scales", "hypertension-heart-kidney", "diabetes-combination"])
def test_the_instruction_does_not_tell_that_one_code_is_enough(name: str, seed: int, level: int) -> None:
    """“Enter the code” would settle what becomes of drugs, healed ulcers and scores."""
    item = make(name, seed, level, CODES)
    assert len(item.answer.codes + item.answer.optional) > 1 or "remission" in item.note


@given(seed=seeds)
@settings(max_examples=100, deadline=None)
def test_a_drug_partner_needs_a_drug_in_the_title(seed: int) -> None:
    item = make("partner-required", seed, 3, CODES)
    if any("Adverse effect" in one.text for one in item.options):
        assert re.search("drug|medic", item.stem.lower())


@pytest.mark.parametrize("level", [2, 3])
def test_one_disease_is_not_two(level: int) -> None:
    """No pair of which both codes are one disease, and no open side where a sister names it."""
    for seed in range(1200):
        item = make("etiology-manifestation", seed, level, CODES)
        assert not ("eosinophilic asthma" in item.stem.lower() and "persistent asthma" in item.stem.lower())
        assert not re.search(r"Influenza[^-]*-[^-]*(SARS|COVID)|(SARS|COVID)[^-]*-[^-]*Influenza", item.stem)
        assert not re.search(r"unspecified (eye|wrist|knee|hip|ankle|shoulder|elbow|hand|site)", item.stem)


@given(seed=seeds, level=levels)
@settings(max_examples=100, deadline=None)
def test_men_and_pots(seed: int, level: int) -> None:
    stay = make("sepsis-sequencing", seed, level, CODES).note
    assert "hysterectomy" not in stay or not re.search(r"\b[Mm]an\b|\d M\b|\d+M\b|/o M\b", stay)
    item = make("burn-extent", seed, 1, CODES)
    total = sum(int(n) for n in re.findall(r"(\d+) %", item.note))
    assert total <= 30 or burn_extent.SOURCE["scald"] not in item.note


def test_systems() -> None:
    get = CODES.get
    assert systems.together(get("R07.2"), get("I20.0")) and not systems.together(get("L20.0"), get("I20.0"))
    assert systems.together(get("D12.2"), get("C18.2")) and not systems.together(get("C18.0"), get("C20"))
    assert not systems.likely(get("T39.012A"), 3) and not systems.likely(get("D71.1"), 1)


@given(seed=seeds, level=levels)
@settings(max_examples=200, deadline=None)
def test_an_underdosing_has_a_condition_that_suffers_from_it(seed: int, level: int) -> None:
    item = make("drug-table", seed, level, CODES)
    if item.answer.column == "underdosing":
        record = item.stem.split("**")[1]
        condition = drug_effects.EFFECTS[item.answer.row].condition
        assert condition and record.endswith(f"; {condition}."), record
    if item.answer.column == "adverse_effect":
        assert any(word in item.stem for word in drug_effects.EFFECTS[item.answer.row].adverse), item.stem


def test_every_medicine_has_its_effects() -> None:
    assert set(drug_effects.EFFECTS) == set(drug_words.MEDICINES)
    assert set(drug_effects.INTERACTING) <= set(drug_words.MEDICINES)
    assert "palpitations" not in drug_effects.EFFECTS["Metformin"].toxic
    spared = {name for event in drug_events.EVENTS for name in event.spares}
    assert spared <= set(drug_events.by_name())


def test_what_cannot_be_told_of_a_drug() -> None:
    """Nobody takes an antibiotic for years, or gets hepatitis from one tablet too many."""
    rng, told = random.Random(5), set()
    for _ in range(6000):
        event, drug = drug_events.drawn(rng, rng.choice((1, 2, 3)))
        told.add((event.plain, drug.drug))
    for sentence, drug in told:
        assert not ("for years" in sentence and drug in ("amoxicillin", "ciprofloxacin", "haloperidol")), drug
        assert not ("last week" in sentence and drug in ("omeprazole", "simvastatin")), drug
        assert not ("two doses" in sentence and drug in ("acetaminophen", "simvastatin")), drug
        assert "wine" not in sentence or drug in drug_events.SEDATIVES, drug
        assert "overdose" not in sentence or drug in drug_events.OVERDOSED, drug


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_questions_in_the_words_of_the_trade(name: str) -> None:
    """A code reports something; it does not hold, have or tell it."""
    for level in GENERATORS[name].levels:
        for seed in range(12):
            stem = make(name, seed, level, CODES).stem
            assert not re.search(r"[Ww]hich code (?:of \w+ to \w+ )?(?:holds|has|tells)\b", stem), stem


@pytest.mark.parametrize("level", [2, 3])
def test_the_organism_beside_the_local_infection_is_free(level: int) -> None:
    """B95 and B96 beside a sepsis that names the organism: two auditors, two habits, both accepted wherever
    the order leaves room; so is the local infection right after the sepsis."""
    seen = 0
    for seed in range(120):
        item = make("sepsis-sequencing", seed, level, CODES)
        key, agents = item.answer.codes, item.answer.optional
        if not agents or len(key) > 5:
            continue
        assert agents[0].startswith(("B95", "B96"))
        for line in itertools.permutations(key):
            if all(line.index(a) < line.index(b) for a, b in item.answer.order):
                for place in range(len(line), 0, -1):
                    assert _accepted(item, [*line[:place], agents[0], *line[place:]]), (item.note, line, place)
                assert _accepted(item, list(line))
                seen += 1
        if "SSI" in item.note:
            assert " from it" not in item.note
    assert seen > 40


def _accepted(item, response: list[str]) -> bool:
    kind = KINDS[item.kind]
    answer = kind.parse(item, response)
    return isinstance(answer, Answer) and kind.grade(item, answer, CODES).outcome is Outcome.CORRECT


@given(seed=seeds, level=levels)
@settings(max_examples=200, deadline=None)
def test_codes_kept_apart_are_about_one_place_and_one_patient(seed: int, level: int) -> None:
    item = make("excludes1-conflict", seed, level, CODES)
    key = re.findall(r"[A-Z]\d\w(?:\.\w+)?", next(one.text for one in item.options if one.correct))[: min(level, 2)]
    given_code = item.stem.split("**")[1:2] if level == 1 else []
    a, b = (CODES.get(code) for code in [*given_code, *key])
    assert systems.one_site(a, b), (a, b)
    assert all(systems.likely(one, 2) for one in (a, b))


def test_sites_and_sexes() -> None:
    get = CODES.get
    assert not systems.one_site(get("M62.451"), get("M24.541"))  # a thigh and a hand
    assert systems.one_site(get("M62.451"), get("M24.551")) and systems.one_site(get("M62.451"), get("M79.81"))
    assert not systems.one_site(get("S72.001A"), get("S52.501A"))
    assert not systems.one_site(get("M54.17"), get("M51.14"))  # a loin and a chest
    assert not pairs.one_patient(get("N92.4"), get("N40.2")) and not pairs.one_patient(get("N80.01"), get("R97.20"))
    assert pairs.one_patient(get("N40.1"), get("R35.1"))


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_no_option_repeats_the_title_alone(seed: int, level: int) -> None:
    """The key of a partner question shares no more words with the given code than a wrong option does."""
    item = make("partner-required", seed, level, CODES)
    given_code = CODES.get(item.stem.split("**")[1])
    some = {one.correct: 0 for one in item.options}
    for one in item.options:
        code = CODES.get(one.text.split("**")[1])
        some[one.correct] = max(some[one.correct], len(partner._stems(given_code) & partner._stems(code)))
    if "Adverse effect" not in "".join(one.text for one in item.options if one.correct):
        assert some[True] <= some[False], item
    assert "second code" not in item.stem and "condition" not in item.stem.split("\n")[-1]


@given(seed=seeds)
@settings(max_examples=150, deadline=None)
def test_each_wrong_sequence_falls_for_its_own_reason(seed: int) -> None:
    item = make("etiology-manifestation", seed, 2, CODES)
    key = set(re.findall(r"[A-Z]\d\w(?:\.\w+)?", next(one.text for one in item.options if one.correct)))
    strange = [set(re.findall(r"[A-Z]\d\w(?:\.\w+)?", one.text)) - key for one in item.options if not one.correct]
    assert sorted(map(len, strange)) == [0, 1, 1] and len(set().union(*strange)) == 2


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_depth_fits_the_agent_and_the_list_stays_whole(seed: int, level: int) -> None:
    item = make("burn-extent", seed, level, CODES)
    note, shallow = item.note.lower(), [burn_extent.SOURCE[name] for name in burn_extent.SHALLOW]
    if any(source in note for source in shallow):
        if level == 3:
            assert not re.search("third|3rd|full thickness", note)
        if level == 1:
            deep, rest = (int(re.findall(rf"{word} degree (\d+) %", note)[0]) for word in ("third", "second"))
            assert 2 * deep <= rest
    if level == 3:
        depths = [bool(re.search("degree|thickness", line)) for line in note.split("\n")[1:]]
        assert depths == sorted(depths, reverse=True), item.note


def test_noise_fits_the_visit() -> None:
    assert scenes.visit("Office. 61M.") == "office" and scenes.visit("ED. 40F.") == "emergency"
    assert scenes.visit("Discharge summary. 77F.") == "stay" and scenes.visit("Clinic visit. 53F.") == "office"
    assert "Vaccines up to date." not in (*scenes.NOISE["stay"], *scenes.NOISE["emergency"], *scenes.NOISE["burns"])


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_end_stage_disease_speaks_of_dialysis(seed: int, level: int) -> None:
    note = make("hypertension-heart-kidney", seed, level, CODES).note
    if re.search("end-stage|ESRD", note):
        assert re.search(r"dialysis|\bHD\b", note), note


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_a_fracture_says_its_stage_once(seed: int, level: int) -> None:
    note = make("fracture-seventh", seed, level, CODES).note
    assert not re.search("united|slow to heal|bad angle", note)
    assert len(re.findall(r"malunion|nonunion|delayed (?:union|healing)", note)) <= 1 or "saw nobody" in note


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_title_promises_what_is_asked(level: int) -> None:
    for seed in range(40):
        item = make("trimester-and-fetus", seed, level, CODES)
        assert ("fetus" in item.title) == (level == 3)


@given(seed=seeds, level=st.integers(1, 2))
@settings(max_examples=150, deadline=None)
def test_a_class_is_named_once(seed: int, level: int) -> None:
    """“…which is a poisoning. That is a poisoning.” says it twice; the default has its section once."""
    item = make("adverse-poisoning-underdosing", seed, level, CODES)
    start = item.rationale.split(": T")[0]
    assert len(re.findall(r"is an? (?:accidental )?(?:poisoning|adverse effect|underdosing|toxic)", start)) == 1, start
    assert start.count("I.C.19.e.5") == 1, start


@given(seed=seeds, level=levels)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("name", ["neoplasm-table", "drug-table"])
def test_the_full_code_is_asked_for_once(name: str, seed: int, level: int) -> None:
    item = make(name, seed, level, CODES)
    asked = f"{item.stem} {KINDS[item.kind].view(item)['instruction']}".count("write the full code")
    assert asked == (item.complete is not None)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_no_manifestation_crowds_out_the_rest(level: int) -> None:
    items = [make("etiology-manifestation", seed, level, CODES) for seed in range(300)]
    drawn = [
        item.answer.codes[1]
        if item.kind == "code_entry"
        else next(one.text for one in item.options if one.correct).split()[-1]
        for item in items
    ]
    assert max(map(drawn.count, drawn)) <= 14


@given(seed=seeds, level=levels)
@settings(max_examples=150, deadline=None)
def test_reasons_of_rows_name_what_the_record_or_the_table_names(seed: int, level: int) -> None:
    """A row has no side, and reads as words, not as an entry of the table."""
    for name in ("neoplasm-table", "drug-table"):
        item = make(name, seed, level, CODES)
        for one in item.rows:
            said = re.sub(r"The record names .*", "", one.why or "")
            assert not re.search(r"\b(?:right|left|female)\b|\b(\w+), \1", said), said
            if name == "drug-table" and one.row.split(",")[0] != item.answer.row.split(",")[0]:
                assert not said or said.endswith("is what should have been taken."), said


@given(seed=seeds)
@settings(max_examples=200, deadline=None)
def test_a_carcinoma_in_situ_is_one_that_is_diagnosed(seed: int) -> None:
    item = make("neoplasm-table", seed, 1 + seed % 2, CODES)
    record = item.stem.split("**")[1]
    if item.answer.column == "in_situ":
        assert not re.search(
            r"the (?:right |left )?(?:kidney\b|ovary|adrenal)|liver|pancreas|thyroid|pituitary", record
        ) or ("pelvis of the" in record), record


@given(seed=seeds, level=levels)
@settings(max_examples=200, deadline=None)
def test_a_claim_has_no_odd_company(seed: int, level: int) -> None:
    """Each code is about an organ that both of the pair are about; the list is the coder's, no chart note."""
    item = make("excludes1-conflict", seed, level, CODES)
    named = re.findall(r"\*\*([A-Z]\w+(?:\.\w+)?)\*\*", item.stem + "".join(one.text for one in item.options))
    assert item.note is None and not any(code.startswith(("Z22", "R85", "R86", "R87", "R89")) for code in named), named
    key = next(one.text for one in item.options if one.correct)
    pair = [named[0], *re.findall(r"[A-Z]\d\w(?:\.\w+)?", key)[:1]] if level == 1 else key.split(" and ")
    for code in named:
        assert systems.systems(code), code
        assert all(systems.together(CODES.get(code), CODES.get(one)) for one in pair), (code, pair)
