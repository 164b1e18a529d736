"""Leading queries: what the law refuses, whether the facts make sense, and whether the reader reads what is there."""

from __future__ import annotations

import re

import pytest

from course.codesets import icd10cm
from course.questions import generators, query_words
from course.questions.generators import leading_query, leading_query_reading
from course.questions.generators.leading_query import FAULTS, FIT, SITUATIONS
from course.questions.generators.leading_query_reading import about, faults, flaws
from course.questions.generators.leading_query_values import refuted
from course.questions.generators.leading_query_words import FAIR, IMPACT

LAW = generators.GENERATORS["leading-query"].law
RECORD = "RECORD, inpatient since 03/03\nDocumented: viral gastroenteritis.\n03/03 creatinine 2.6\n03/04 creatinine 1.6"
RECORD += "\nBefore this stay: creatinine 0.9 in the clinic, 2025"
QUERY = (
    "Subject: Clarification of creatinine values\nTo: Dr. Ames, attending, stay from 03/03\n"
    "03/03 creatinine 2.6; 03/04 creatinine 1.6.\nWhich diagnosis, if any, do these findings reflect?\n"
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
     ("03/03 creatinine 2.6; 03/04 creatinine 1.6.\n", "", {"bare"}),
     ("03/03 creatinine 2.6; 03/04 creatinine 1.6.", "In the stay of 2023: creatinine 2.1; acute kidney injury.",
      {"earlier"}),
     ("1.6.", "1.6; before this stay: creatinine 0.9 in the clinic, 2025.", set()),
     ("1.6.", "1.6; before this stay: creatinine 1.9 in the clinic, 2025.", {"misquote"}),
     ("creatinine 2.6", "creatinine 3.6", {"misquote"}),
     ("03/04 creatinine", "03/05 creatinine", {"misquote"}),
     ("03/04 creatinine 1.6.", "03/04 creatinine 1.6, BUN 40.", {"misquote"}),
     ("☐ Dehydration without kidney injury", "☐ Chronic kidney disease, stage 4", {"unsupported"}),
     ("☐ Dehydration without kidney injury", "☐ Kidney injury due to warfarin", {"unsupported"}),
     ("do these findings reflect?\n☐ Acute kidney injury\n☐ Dehydration without kidney injury",
      "is it? Did the patient have acute kidney injury?\n☐ Yes\n☐ No", {"yesno"}),
     ("do these findings reflect?\n☐ Acute kidney injury\n☐ Dehydration without kidney injury",
      "is it? Was the viral gastroenteritis present on admission?\n☐ Yes\n☐ No", set())],
)  # fmt: skip
def test_each_fault_is_read_from_the_words(old: str, new: str, found: set[str]) -> None:
    assert old in QUERY
    assert faults(RECORD, QUERY.replace(old, new)) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [("", "", set()),
     ("03/03 creatinine 2.6; 03/04 creatinine 1.6.", "03/04 creatinine 1.6; 03/03 creatinine 2.6.",
      {"findings of the query out of order"}),
     ("Clarification of creatinine values", "Clarification of bilirubin and ammonia",
      {"subject names nothing of the record"}),
     ("03/03 creatinine 2.6; 03/04 creatinine 1.6.", "In the stay of 2022: tearful; major depression documented.",
      {"another stay about something else"}),
     ("☐ Acute kidney injury\n☐ Dehydration without kidney injury",
      "☐ Acute kidney injury due to dehydration\n☐ Acute kidney injury due to lisinopril",
      {"each answer brings in a diagnosis"}),
     ("do these findings reflect?\n☐ Acute kidney injury\n☐ Dehydration without kidney injury",
      "is it? Is the pneumonia due to the ventilator?\n☐ Yes\n☐ No", {"yes or no where houses differ"})],
)  # fmt: skip
def test_each_flaw_that_queries_once_had_is_found(old: str, new: str, found: set[str]) -> None:
    assert old in QUERY
    assert flaws(RECORD, QUERY.replace(old, new)) == found


def test_a_grave_value_is_not_called_insignificant() -> None:
    answer = "☐ Low potassium of no clinical significance\n☐ Hypokalemia\n☐ Other\n☐ Unable to determine"
    for value, found in (("2.4", {"a grave value called insignificant"}), ("3.3", set())):
        record = f"RECORD\nDocumented: vomiting.\n03/03 potassium {value}"
        assert flaws(record, f"03/03 potassium {value}.\nWhich diagnosis, if any?\n{answer}") == found
    assert flaws(RECORD.replace("03/03", "03/09"), QUERY) == {"findings of the record out of order"}


@pytest.mark.parametrize(
    ("answer", "record", "against"),
    [("Sepsis due to MRSA", "cultures: E. coli", True), ("Sepsis due to E. coli", "cultures: E. coli", False),
     ("Obesity, class 3", "BMI 36.4", True), ("Obesity, class 2", "BMI 36.4", False),
     ("Chronic kidney disease, stage 3b", "eGFR 31, then eGFR 27", False), ("stage 2", "eGFR 31, eGFR 27", True),
     ("Acute diastolic heart failure", "ejection fraction 30 percent", True),
     ("Acute diastolic heart failure", "ejection fraction 60 percent", False),
     ("Hypernatremia", "sodium 131", True), ("Hyponatremia", "sodium 131", False),
     ("ST elevation myocardial infarction", "no ST elevation", True),
     ("Iron deficiency anemia", "ferritin 6", False), ("Iron deficiency anemia", "ferritin 210", True),
     ("Rash due to ceftriaxone", "amoxicillin stopped", True)],
)  # fmt: skip
def test_figures_and_words_of_a_record_refute_an_answer(answer: str, record: str, against: bool) -> None:
    assert refuted(answer, record) == against


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
    fit = [one for one in drawn if any(o.correct and o.text == FIT for o in one.options)]
    assert len(fit) > 40
    for item in fit:
        assert LAW(item, codes)
        record, _, query = item.note.partition("\nQUERY\n")
        worse = [item.note + "\nIt is a CC.", item.note + "\nPlease document sepsis."]
        dated = re.search(r"(?m)^\d\d/(\d\d) (?=[a-zA-Z])", query)
        assert dated, "a query that may be sent shows findings"
        worse.append(f"{record}\nQUERY\n{query[: dated.start(1)]}31{query[dated.end(1) :]}")  # another day
        for note in worse:
            assert not LAW(item.model_copy(update={"note": note}), codes), note


def test_the_right_draft_is_not_told_by_its_shape(drawn, codes) -> None:
    seen = 0
    for item in drawn:
        if item.title != "Which wording may be sent?":
            continue
        seen += 1
        key = item.options[item.key]
        assert "Dr. " in item.stem and ("☐" in key.text or any("☐" not in o.text for o in item.options if o is not key))
        assert len(key.text) >= min(len(o.text) for o in item.options if o is not key)
        bare = key.model_copy(update={"text": key.text.split("☐")[0].strip()})
        short = [bare if o is key else o for o in item.options]
        if all("☐" in o.text for o in item.options):
            assert not LAW(item.model_copy(update={"options": tuple(short)}), codes)
    assert seen > 30


def test_notes_that_differ_are_quoted(drawn) -> None:
    record = "RECORD\nDocumented: attending: TIA; neurologist: stroke.\n03/03 weak arm"
    asked = "03/03 weak arm.\n{} Which diagnosis applies, in your judgment?\n☐ TIA\n☐ Stroke\n☐ Other\n"
    asked += "☐ Unable to determine"
    assert flaws(record, asked.format("The two notes differ.")) == {"notes that differ are not quoted"}
    assert flaws(record, asked.format("The attending wrote TIA.")) == {"notes that differ are not quoted"}
    assert not flaws(record, asked.format("The attending wrote TIA, the neurologist stroke."))
    texts = [item.note + " ".join(o.text for o in item.options) for item in drawn]
    assert sum("The attending wrote" in text for text in texts) > 3 and not any("on day 1" in text for text in texts)


def test_a_misquote_is_of_a_value_or_a_word_and_not_of_a_date() -> None:
    for one in SITUATIONS:
        for old, new in one.misquote:
            assert "{" not in old + new and old != new, (one.topic, old, new)


def test_a_flaw_put_into_any_query_breaks_the_law(drawn, codes) -> None:
    """Findings turned round, a subject from elsewhere."""
    turned = foreign = 0
    for item in drawn:
        record, query = leading_query_reading.parts(item.note)
        for line in query.split("\n"):
            parts = line.rstrip(".").split("; ")
            if len({one[:5] for one in parts if re.match(r"\d\d/", one)}) > 1:
                note = item.note.replace(
                    f"QUERY\n{query}", "QUERY\n" + query.replace(line, "; ".join(parts[::-1]) + ".")
                )
                assert not LAW(item.model_copy(update={"note": note}), codes), note
                turned += 1
        if "Subject: Clarification" in query:
            note = re.sub(r"Subject: .*", "Subject: Clarification of lipase values", item.note)
            assert not LAW(item.model_copy(update={"note": note}), codes)
            foreign += 1
    assert turned > 60 and foreign > 100


def test_on_level_3_what_is_wrong_needs_the_record(drawn, codes) -> None:
    """Most faults are gone once the record says what the query says; the law refuses cards on which none is hidden."""
    for item in drawn:
        if item.kind == "multiple_choice":
            query = leading_query_reading.parts(item.note)[1]
            assert faults(leading_query_reading.parts(item.note)[0], query) & leading_query.NEEDS_RECORD
        elif item.title == "Which wording may be sent?":
            plain = {name: text for name, (text, _) in FAULTS.items()}
            hidden = [o for o in item.options if any(plain[name] in o.why for name in leading_query.NEEDS_RECORD)]
            assert len(hidden) >= 2
    easy = QUERY.replace("Thank you.", "It is a CC.").replace("☐ Other: ____\n", "")
    item = next(one for one in drawn if one.kind == "multiple_choice")
    shown = [("impact", True), ("options", True), ("title", False)]
    option = item.options[0]
    options = tuple(option.model_copy(update={"text": FAULTS[name][0], "correct": right}) for name, right in shown)
    card = item.model_copy(update={"note": f"{RECORD}\nQUERY\n{easy}", "options": options})
    assert faults(RECORD, easy) == {"impact", "options"} and not LAW(card, codes)
    assert LAW(card.model_copy(update={"difficulty": 2}), codes)


def test_nothing_is_wrong_in_a_fourth_of_the_draws(codes) -> None:
    for level in (1, 2):
        items = [generators.make("leading-query", seed, level, codes) for seed in range(300)]
        fit = sum(o.correct and o.text == FIT for item in items for o in item.options)
        assert 0.18 < fit / len(items) < 0.32


def test_what_is_not_supported_stands_anywhere_and_is_not_always_the_same(drawn) -> None:
    aliens, places = [], []
    for item in drawn:
        _, query = leading_query_reading.parts(item.note)
        for text in [query] if query else [o.text for o in item.options]:
            offered = [one.split("\n")[0].strip() for one in text.split("☐")[1:]]
            for one in SITUATIONS:
                found = [n for n, answer in enumerate(offered) if answer in one.strangers + one.near]
                if found and one.choices and one.choices[0] in offered:
                    aliens.append(offered[found[0]])
                    places.append(found[0])
    assert len(aliens) > 60
    assert max(aliens.count(one) for one in aliens) < 0.2 * len(aliens)
    assert 0.2 < places.count(0) / len(places) < 0.5


def test_every_fault_is_drawn_and_so_is_none(drawn) -> None:
    told = {o.text for item in drawn for o in item.options if o.correct}
    assert {text for text, _ in FAULTS.values()} | {FIT} <= told
    assert {item.kind for item in drawn} == {"single_choice", "multiple_choice"}
    several = [sum(o.correct for o in item.options) for item in drawn if item.kind == "multiple_choice"]
    assert {2, 3} == set(several)
    allowed = [
        item for item in drawn if "☐ Yes" in item.note and any(o.correct and o.text == FIT for o in item.options)
    ]
    assert len(allowed) > 5, "yes or no is not always a fault"


def test_the_facts_hold_against_the_reading() -> None:
    """Answers are about what was found; strangers are not; near ones are, and the record speaks against them."""
    assert len(SITUATIONS) >= 25 and len({one.findings for one in SITUATIONS}) == len(SITUATIONS)
    assert len({alien for one in SITUATIONS for alien in one.strangers}) >= 15
    for one in SITUATIONS:
        record = " ".join((*one.findings, one.documented, one.baseline))
        found = about(" ".join(one.findings) + one.documented, 0)
        for choice in one.choices:
            assert about(choice, 1) & found and not refuted(choice, record), choice
        for alien in one.strangers:
            assert about(alien, 1) and not about(alien, 1) & found, (one.topic, alien)
        for near in one.near:
            assert about(near, 1) & found and refuted(near, record), (one.topic, near)
        for old, new in one.misquote:
            assert sum(old in text for text in one.findings) == 1 and new not in record, (one.topic, old, new)
        assert one.misquote and list(one.findings) == sorted(one.findings, key=lambda text: text[:3]), one.topic
        if one.purpose == "new":
            assert one.about not in one.documented and one.strangers and about(one.earlier, 1) & found
            assert any(re.search("without|no separate", choice) for choice in one.choices)
        if one.purpose in ("poa", "validate", "specify"):
            assert one.about in one.documented.casefold()
        assert all(re.match(r"\{\d\} ", text) for text in one.findings)


def test_sentences_about_money_and_fair_ones_are_told_apart() -> None:
    for sentence in IMPACT:
        assert query_words.names_impact(sentence), sentence
    texts = [
        *FAIR,
        *(
            text
            for one in SITUATIONS
            for text in (*one.findings, *one.choices, *one.strangers, *one.near, one.documented, one.topic)
        ),
    ]
    for text in texts:
        assert not query_words.names_impact(text), text


def test_texts_keep_their_limits(drawn) -> None:
    for item in drawn:
        assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160
        told = "\n".join(
            [item.stem, item.note, item.rationale, *(text for o in item.options for text in (o.text, o.why))]
        )
        assert not re.search(r"\{|\}|  |\.\.|\bNone\b|\|| in your to |\bsT\b", told), told
        assert len({o.text for o in item.options}) == len(item.options) >= 3
        assert all(o.why and len(o.why.split()) <= 60 for o in item.options)
        record, query = leading_query_reading.parts(item.note)
        assert record.startswith("RECORD") and (query or item.title == "Which wording may be sent?")
