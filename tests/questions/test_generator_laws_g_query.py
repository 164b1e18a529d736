"""Leading queries: what the law refuses, whether the facts make sense, and whether the reader reads what is there."""

from __future__ import annotations

import re

import pytest

from course.codesets import icd10cm
from course.questions import generators, query_words
from course.questions.generators import leading_query, leading_query_reading
from course.questions.generators.leading_query_facts import FAIR, IMPACT, SITUATIONS
from course.questions.generators.leading_query_reading import about, faults

LAW = generators.GENERATORS["leading-query"].law
RECORD = "RECORD, inpatient since 03/03\nDocumented: viral gastroenteritis.\n03/03 creatinine 2.6\n03/04 creatinine 1.6"
QUERY = (
    "Subject: Clarification of creatinine values\nTo: Dr. Ames, attending, stay from 03/03\n"
    "03/03 creatinine 2.6; 03/04 creatinine 1.6, saline.\nWhich diagnosis, if any, do these findings reflect?\n"
    "☐ Acute kidney injury\n☐ Dehydration without kidney injury\n☐ Other: ____\n☐ Unable to determine\nThank you."
)


@pytest.fixture(scope="module")
def codes():
    return icd10cm.open_edition(2027)


@pytest.fixture(scope="module")
def drawn(codes):
    return [generators.make("leading-query", seed, level, codes) for level in (1, 2, 3) for seed in range(120)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [("", "", set()),
     ("Thank you.", "It is a CC.", {"impact"}),
     ("Which diagnosis, if any, do these findings reflect?", "Please document acute kidney injury.", {"told"}),
     ("Which diagnosis, if any, do these findings reflect?", "Please document the cause, if known.", set()),
     ("☐ Other: ____\n", "", {"options"}),
     ("☐ Unable to determine\n", "", {"options"}),
     ("☐ Dehydration without", "☐ Sepsis without", set()),
     ("☐ Dehydration without kidney injury", "☐ Acute blood loss anemia", {"unsupported"}),
     ("Clarification of creatinine values", "Acute kidney injury", {"title"}),
     ("03/03 creatinine 2.6; 03/04 creatinine 1.6, saline.\n", "", {"bare"}),
     ("03/03 creatinine 2.6; 03/04 creatinine 1.6, saline.", "In the stay of 2023 gout was documented.", {"earlier"}),
     ("saline.", "saline; before this stay: creatinine 0.9, 2025.", set()),
     ("do these findings reflect?\n☐ Acute kidney injury\n☐ Dehydration without kidney injury",
      "is it? Did the patient have acute kidney injury?\n☐ Yes\n☐ No", {"yesno"}),
     ("do these findings reflect?\n☐ Acute kidney injury\n☐ Dehydration without kidney injury",
      "is it? Was the viral gastroenteritis present on admission?\n☐ Yes\n☐ No", set())],
)  # fmt: skip
def test_each_fault_is_read_from_the_words(old: str, new: str, found: set[str]) -> None:
    assert old in QUERY
    assert faults(RECORD, QUERY.replace(old, new)) == found


def test_every_other_key_breaks_the_law(drawn, codes) -> None:
    refused = 0
    for item in drawn:
        for n in range(len(item.options)):
            changed = [
                one.model_copy(
                    update={"correct": one.correct ^ (m == n)}
                    if item.kind == "multiple_choice"
                    else {"correct": m == n}
                )
                for m, one in enumerate(item.options)
            ]
            if [one.correct for one in changed] != [one.correct for one in item.options]:
                assert not LAW(item.model_copy(update={"options": tuple(changed)}), codes), item
                refused += 1
    assert refused > 900


def test_a_fault_put_into_a_fit_query_breaks_the_law(drawn, codes) -> None:
    fit = [one for one in drawn if any(o.correct and o.text == leading_query.FIT for o in one.options)]
    assert len(fit) > 40
    for item in fit:
        assert LAW(item, codes)
        for worse in (item.note + "\nIt is a CC.", item.note + "\nPlease document sepsis."):
            assert not LAW(item.model_copy(update={"note": worse}), codes)


def test_every_fault_is_drawn_and_so_is_none(drawn) -> None:
    told = {o.text for item in drawn for o in item.options if o.correct}
    assert {text for text, _ in leading_query.FAULTS.values()} | {leading_query.FIT} <= told
    assert {item.kind for item in drawn} == {"single_choice", "multiple_choice"}
    several = [sum(o.correct for o in item.options) for item in drawn if item.kind == "multiple_choice"]
    assert {2, 3} == set(several)
    allowed = [
        item
        for item in drawn
        if "☐ Yes" in item.note and any(o.correct and o.text == leading_query.FIT for o in item.options)
    ]
    assert len(allowed) > 5, "yes or no is not always a fault"


def test_the_facts_hold_against_the_reading() -> None:
    """Answers are about what was found; strangers and earlier diagnoses are not."""
    assert len(SITUATIONS) >= 25 and len({one.findings for one in SITUATIONS}) == len(SITUATIONS)
    for one in SITUATIONS:
        found = about(" ".join(one.findings) + one.documented, 0)
        for choice in one.choices:
            assert about(choice, 1) & found, choice
        for alien in filter(None, (one.stranger, one.earlier)):
            assert about(alien, 1) and not about(alien, 1) & found, (one.topic, alien)
        if one.purpose == "new":
            assert one.about not in one.documented and one.stranger and one.earlier
        if one.purpose in ("poa", "validate", "specify"):
            assert one.about in one.documented.casefold()
        assert re.match(r"\{\d\} ", one.findings[0])


def test_sentences_about_money_and_fair_ones_are_told_apart() -> None:
    for sentence in IMPACT:
        assert query_words.names_impact(sentence), sentence
    texts = [*FAIR, *(text for one in SITUATIONS for text in (*one.findings, *one.choices, one.documented, one.topic))]
    for text in texts:
        assert not query_words.names_impact(text), text


def test_texts_keep_their_limits(drawn) -> None:
    for item in drawn:
        assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160
        told = "\n".join(
            [item.stem, item.note, item.rationale, *(text for o in item.options for text in (o.text, o.why))]
        )
        assert not re.search(r"\{|\}|  |\.\.|\bNone\b|\|| in your to ", told), told
        assert len({o.text for o in item.options}) == len(item.options) >= 3
        assert all(o.why and len(o.why.split()) <= 60 for o in item.options)
        record, query = leading_query_reading.parts(item.note)
        assert record.startswith("RECORD") and (query or item.title == "Which wording may be sent?")
