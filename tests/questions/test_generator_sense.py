"""What is drawn can happen: care that fits the bone, pregnancies that last, links that a provider has written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.questions.generators import burn_extent, drug_words, make, systems

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
    words = (*drug_words.REACTIONS, *drug_words.ALLERGIES)
    if any(re.search(rf"\b{word}\b", record) for word in words):
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
