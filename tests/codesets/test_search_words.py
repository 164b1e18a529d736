"""Words: one spelling, one stem, and what must not fall together."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets.icd10cm import search_words as words


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemorrhage", "hemorrhage"),
        ("anaemia", "anemia"),
        ("leukaemia", "leukemia"),
        ("septicaemia", "septicemia"),
        ("oedema", "edema"),
        ("lymphoedema", "lymphedema"),
        ("oesophagitis", "esophagitis"),
        ("gastrooesophageal", "gastroesophageal"),
        ("diarrhoea", "diarrhea"),
        ("dysmenorrhoea", "dysmenorrhea"),
        ("dyspnoea", "dyspnea"),
        ("foetal", "fetal"),
        ("coeliac", "celiac"),
        ("caecum", "cecum"),
        ("paediatric", "pediatric"),
        ("anaesthesia", "anesthesia"),
        ("tumour", "tumor"),
        ("behaviour", "behavior"),
        ("labour", "labor"),
        ("ischaemic", "ischemic"),
        ("hypoglycaemia", "hypoglycemia"),
        ("amoebic", "amebic"),
        ("orthopaedic", "orthopedic"),
        ("haematuria", "hematuria"),
        ("immunisation", "immunization"),
        ("sulphonamide", "sulfonamide"),
        ("grey", "gray"),
        ("caesarean", "cesarean"),
    ],
)
def test_british_spelling(british: str, american: str) -> None:
    assert words.american(british) == american


@pytest.mark.parametrize(
    "word", "toe toes shoe foe poem coexisting disease bruise paralysis knee raise noise aerobic".split()
)
def test_ordinary_words_keep_their_letters(word: str) -> None:
    assert words.american(word) == word


def test_the_quick_look_lets_every_spelling_rule_through() -> None:
    """A rule that the quick look never lets a word reach would be dead."""
    for row in words.rows("search_spelling.csv"):
        literal = re.sub(r"\(\?[=<!][^)]*\)|[\^$?]|\[[^]]*\]|\\.", "", row["pattern"]).replace("(", "").replace(")", "")
        assert words._MAYBE_BRITISH.search(literal), row["pattern"]


@pytest.mark.parametrize(
    "forms",
    [
        "fracture fractures fractured",
        "infection infections infected infective",
        "obstruction obstructed obstructive",
        "inflammation inflamed inflammatory",
        "ulcer ulcers ulcerated ulceration",
        "perforation perforated perforating",
        "hypertension hypertensive",
        "diabetes diabetic diabetics",
        "thrombosis thrombotic thrombus thrombi",
        "arthritis arthritic",
        "tuberculosis tuberculous",
        "syphilis syphilitic",
        "stenosis stenotic stenosed",
        "fibrosis fibrotic",
        "anemia anemic anemias",
        "swelling swollen",
        "bleeding bleed bled",
        "vertebra vertebrae vertebral",
        "tooth teeth",
        "allergy allergies allergic",
        "poisoning poisonings",
        "burn burns burned burnt",
        "injury injuries",
        "foot feet",
        "pregnancy pregnant pregnancies",
        "neoplasm neoplasms",
    ],
)
def test_forms_of_one_word_meet(forms: str) -> None:
    assert len({words.stem(form) for form in forms.split()}) == 1, {form: words.stem(form) for form in forms.split()}


@pytest.mark.parametrize(
    "pair",
    [
        "radiation radius",
        "cornea corn",
        "ileum ilium",
        "ileum ileus",
        "colon colonization",
        "organ organic",
        "general generalized",
        "mental metal",
        "uremia urea",
        "nephritis nephrosis",
        "arthritis arthrosis",
        "facial fascial",
        "labor labium",
        "nodule node",
        "mole molar",
        "serous serum",
    ],
)
def test_different_words_stay_apart(pair: str) -> None:
    left, right = pair.split()
    assert words.stem(left) != words.stem(right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ménière's disease", ["meniere", "disease"]),
        ("Charcôt\u2019s joint", ["charcot", "joint"]),
        ("Pre-eclampsia", ["preeclampsia", "eclampsia"]),
        ("(poly)neuropathy", ["polyneuropathy", "neuropathy"]),
        ("COVID-19", ["covid", "19"]),
        ("S52.521A", ["s52", "521a"]),
        ("", []),
        ("\u0000\ud7ff \u200b", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words.words(text) == expected


def test_content_drops_words_that_say_nothing() -> None:
    assert words.content("Fracture of the lower end of radius NOS") == ["fracture", "lower", "end", "radius"]


@given(st.text(max_size=300))
def test_any_text_has_words_and_stems(text: str) -> None:
    for word in words.words(text):
        assert re.fullmatch("[a-z0-9]+", word)
        assert words.american(word) == word, "the American spelling is final"
        assert words.stem(word)


def test_contrasts_fit_their_bits() -> None:
    assert sum(len(group) for group in words.CONTRASTS) < 64


@pytest.mark.parametrize(
    ("asked", "has", "count"),
    [
        ("right radius", "left radius", 1),
        ("right radius", "right radius", 0),
        ("radius", "left radius", 0),
        ("right radius", "radius", 0),
        ("acute right", "chronic left", 2),
        ("benign", "uncertain behavior", 1),
        ("stage 2", "stage 3", 1),
        ("acute chronic", "chronic", 0),
    ],
)
def test_conflicts(asked: str, has: str, count: int) -> None:
    bits = (words.contrast_bits(text.split()) for text in (asked, has))
    assert words.conflicts(*bits) == count
