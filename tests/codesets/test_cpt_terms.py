"""The terms that the searches know beside our words: an index, no description; what a chart says finds its number."""

from __future__ import annotations

import csv
import re

import pytest

from course.cards.procedure_search import results
from course.codesets import cpt, hcpcs
from course.paths import data_dir
from course.questions.descriptor_like import findings, paraphrase_faults
from course.questions.kinds.service_search import OTHER_NAME, ranker, search, text_of, typed

#: What a description is chained with, and an index is not.
CHAINED = frozenset(
    """a an and any as at by each for from in into including is list more not of on one or other per
    performed procedure requiring same than that the through to under when with without""".split()
)

#: What charts say, and numbers of which one at least has to be among the first eight hits.
CHART = {
    "99214": "established outpatient moderate",
    "99283": "ED visit low",
    "99490": "CCM",
    "99495": "TCM",
    "01402": "anesthesia TKA",
    "10060": "I&D abscess",
    "11104": "punch biopsy",
    "11602": "BCC excision trunk",
    "17000": "actinic keratosis",
    "19301": "lumpectomy",
    "20610": "knee injection",
    "22551": "ACDF",
    "25607": "ORIF distal radius",
    "27447": "TKA",
    "27759": "IM nailing tibia",
    "29827": "arthroscopic rotator cuff repair",
    "29881": "medial meniscectomy",
    "30520": "septoplasty",
    "31624": "BAL",
    "31653": "EBUS",
    "32554": "thoracentesis",
    "33208": "dual chamber pacemaker",
    "36561": "mediport",
    "36573": "PICC",
    "43239": "EGD biopsy",
    "44970": "lap appy",
    "45385": "colonoscopy snare polypectomy",
    "47562": "lap chole",
    "49083": "paracentesis",
    "49505": "inguinal hernia",
    "50590": "ESWL",
    "52000": "cystoscopy",
    "52601": "TURP",
    "58558": "hysteroscopy D&C",
    "59510": "C-section global",
    "62270": "lumbar puncture",
    "64483": "TFESI lumbar",
    "64721": "carpal tunnel release",
    "66984": "phaco IOL",
    "67311": "strabismus",
    "69436": "PE tubes",
    "71046": "CXR PA lateral",
    "74177": "CT abdomen and pelvis with contrast",
    "76705": "RUQ ultrasound",
    "77067": "screening mammogram",
    "80053": "CMP",
    "81001": "UA automated microscopy",
    "83036": "A1c",
    "85025": "CBC diff",
    "87880": "rapid strep",
    "88342": "IHC",
    "90662": "flu shot",
    "90791": "psych intake",
    "92557": "audiogram",
    "93000": "EKG",
    "93312": "TEE",
    "93458": "LHC coronary angiography",
    "94060": "PFT bronchodilator",
    "95811": "CPAP titration",
    "96372": "IM injection",
    "97110": "ther ex",
    "98941": "chiropractic",
    "E0470": "BiPAP",
    "E0601": "CPAP machine",
    "E0143": "rollator",
    "E0570": "nebulizer machine",
    "A4253": "glucometer strips",
    "J0696": "Rocephin",
    "J1010": "Depo-Medrol",
    "J1100": "Decadron",
    "J1745": "Remicade",
    "J1885": "Toradol",
    "J2312": "Narcan",
    "J2405": "Zofran",
    "J2704": "Diprivan",
    "J2919": "Solu-Medrol",
    "J3301": "Kenalog",
    "J3420": "B12",
    "J7120": "LR",
    "P9016": "PRBC",
}


@pytest.mark.parametrize("name", ["cpt_terms.csv", "hcpcs_terms.csv"])
def test_an_index_and_no_description(name: str) -> None:
    with (data_dir() / "codesets" / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["code"] for row in rows] == sorted({row["code"] for row in rows})
    for row in rows:
        assert set(row) == {"code", "terms"}, row
        terms = row["terms"].split(" ")
        assert 1 <= len(terms) <= 6 and terms == sorted(set(terms)), row
        assert all(re.fullmatch(r"[a-z][a-z0-9]*", term) for term in terms), row
        assert not CHAINED & set(terms) and not list(paraphrase_faults(row["terms"])), row
        assert not list(findings(f"{row['code']}: {row['terms']}")), row
        assert (cpt.get(row["code"]) if name == "cpt_terms.csv" else hcpcs.get(row["code"])) is not None, row


def test_all_numbers_with_words_have_terms_but_a_few() -> None:
    bare = [one.code for one in cpt.numbers() if one.words and one.code not in cpt.terms()]
    assert len(bare) < 60 and len(cpt.terms()) > 1100, bare
    assert not [code for code in cpt.terms() if not cpt.get(code).words]


@pytest.mark.parametrize(("code", "phrase"), CHART.items())
def test_what_the_chart_says_finds_its_number(code: str, phrase: str) -> None:
    shown = [hit["code"] for hit in search(phrase)]
    assert code in shown, (phrase, shown)
    browser = [hit["code"] for hit in results(phrase, "cpt" if cpt.is_shape(code) else "hcpcs")["hits"][:8]]
    assert code in browser, (phrase, browser)


def test_most_of_these_need_the_terms() -> None:
    """Or the phrases above would show nothing: our words alone do not meet them."""
    own = {code: text_of((cpt.get(code) or hcpcs.get(code)).words) for code in CHART}
    without = [code for code, phrase in CHART.items() if not ranker(typed(phrase))(own[code])]
    assert len(without) > 55 and sum(cpt.is_shape(code) for code in without) > 45, without


def test_the_phrases_reach_all_sections() -> None:
    assert {one.key for one in cpt.sections() if one.category == "I"} == {
        cpt.get(code).section.key for code in CHART if cpt.is_shape(code)
    }


def test_terms_are_searched_and_not_shown() -> None:
    (hit,) = [hit for hit in search("ACDF") if hit["code"] == "22551"]
    assert hit["title"] == cpt.get("22551").words and "acdf" not in str(hit).lower()
    assert hit["matched"] == OTHER_NAME and results("ACDF")["hits"][0]["why"] == OTHER_NAME
    assert not any("acdf" in str(one).lower() for one in results("ACDF")["hits"])


def test_our_words_come_before_terms_and_whole_words_before_beginnings() -> None:
    of = ranker(["scope", "knee"])
    order = [
        text_of("knee scope"),
        text_of("knee", ["scope"]),
        text_of("knees scoped"),
        text_of("knees", ["scoped"]),
        text_of("knees", [], "Scoped"),
    ]
    assert [of(one) for one in order] == sorted({of(one) for one in order}) and of(order[0])
    assert of(text_of("knee")) == 0 and of(text_of("kneescope")) == 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("I&D", ["id"]),
        ("T & A", ["ta"]),
        ("x-ray", ["xray"]),
        ("X ray films", ["xray", "film"]),
        ("C-section", ["csection"]),
        ("CT with contrast", ["ct", "contrast"]),
        ("with", ["with"]),
        ("abscess", ["abscess"]),
        ("99213", ["99213"]),
        ("&", []),
    ],
)
def test_how_a_query_is_read(query: str, words: list[str]) -> None:
    assert typed(query) == words
