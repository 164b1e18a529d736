"""The chooser: what is answered is what counts, every reason and every change can be worked out again."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.exams import chooser, facts, fees

QUESTIONS = {one.key: [option.value for option in one.options] for one in chooser.questions()}
ANSWERS = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in QUESTIONS.items()})


def test_answering_nothing_ranks_nothing():
    for nothing in ({}, {"place": ""}, {"place": "the moon", "weather": "fine"}, {"place": None, "site": ["home"]}):
        made = chooser.choose(nothing)
        assert (made.answered, made.ranked, made.neighbors, made.changes, made.first) == (0, (), (), (), ())


def test_the_file_has_a_reason_for_each_point_and_no_exam_twice_in_an_option():
    exams = {*facts.MAIN, *facts.NEIGHBORS}
    for question in chooser.questions():
        assert question.title.endswith("?") and len({one.value for one in question.options}) == len(question.options)
        for option in question.options:
            assert len({one.exam for one in option.reasons}) == len(option.reasons), option.value
            assert option.note or {one.exam for one in option.reasons} & set(facts.MAIN), f"{option.value} says nothing"
            for one in option.reasons:
                assert one.exam in exams and one.points in (-3, -2, -1, 1, 2, 3)
                assert one.text.endswith(".") and "{" not in one.text and one.sources, one
                assert (
                    one.exam in one.text or "your work" in one.text.lower() or "AHIMA" in one.text or "CPC" in one.text
                )


@given(ANSWERS)
def test_points_are_the_sum_of_reasons_and_reasons_belong_to_answers(answers: dict[str, str]):
    made = chooser.choose(answers)
    chosen = [one.option(answers.get(one.key)) for one in chooser.questions()]
    allowed = [reason for option in chosen if option for reason in option.reasons]
    for _, exam, points, reasons in made.ranked:
        assert points == sum(one.points for one in reasons)
        assert list(reasons) == [one for one in allowed if one.exam == exam]
    order = [(chooser.is_barred(reasons), -points) for _, _, points, reasons in made.ranked]
    assert order == sorted(order), "what cannot be taken comes last, whatever its points"
    for place, _, points, reasons in made.ranked:
        assert place == 1 + sum(other < (chooser.is_barred(reasons), -points) for other in order)
    best = max((one[2] for one in made.ranked), default=0)
    assert all(points > best or exam == made.made_for for exam, points, _ in made.neighbors)
    assert made.answered == len(answers) and (len(made.ranked) == 4) == bool(answers)


@given(ANSWERS.filter(bool))
def test_what_would_change_it_is_true_and_complete(answers: dict[str, str]):
    made = chooser.choose(answers)
    told = {(one.question, one.value): set(one.first) for one in made.changes}
    for key, values in QUESTIONS.items():
        for value in values:
            ranked, _ = chooser._rank({**answers, key: value})
            first = {exam for place, exam, _, _ in ranked if place == 1}
            assert told.get((key, value), set(made.first)) == first
            assert (key, value) not in told or first != set(made.first)


def test_every_exam_can_come_first_and_each_neighbor_can_be_named():
    drawn = random.Random(7)
    every = list(itertools.product(*(([None, *values]) for values in QUESTIONS.values())))
    first, near = set(), set()
    for combination in drawn.sample(every, 1500):
        ranked, neighbors = chooser._rank({key: one for key, one in zip(QUESTIONS, combination, strict=True) if one})
        leaders = [exam for place, exam, _, _ in ranked if place == 1]
        first |= {leaders[0]} if len(leaders) == 1 else set()
        near |= {exam for exam, _, _ in neighbors}
    assert first == set(facts.MAIN)
    assert near >= {"COC", "CRC", "CPB", "CPMA", "RHIT"}


def test_a_tie_is_a_tie():
    made = chooser.choose({"site": "both"})
    assert (
        made.first == facts.MAIN
        and made.lead == 0
        and [one.text for one in made.notes]
        == ["Home or test center does not decide between the four when both would do."]
    )
    assert set(chooser.choose({"place": "inpatient"}).first) == {"CIC", "CCS"}


WORDS = {
    "place": "place of work",
    "budget": "pay",
    "site": "test center",
    "soon": "Half a year",
}


def test_a_note_says_which_answer_it_is_about():
    for question in chooser.questions():
        for option in question.options:
            assert option.note is None or WORDS[question.key] in option.note.text, option.value
            assert option.note is None or "{" not in option.note.text


@given(ANSWERS)
def test_only_at_home_puts_what_cannot_be_taken_at_home_last_and_says_so(answers: dict[str, str]):
    made = chooser.choose({**answers, "site": "home"})
    places = {exam: place for place, exam, _, _ in made.ranked}
    assert max(places["CPC"], places["CIC"]) < min(places["CCS"], places["CCA"])
    told = {one.exam: one for one in made.barred}
    assert {"CCS", "CCA"} <= set(told) <= {"CCS", "CCA", "RHIT"} and set(made.first) <= {"CPC", "CIC"}
    for exam, one in told.items():
        assert one.text.startswith(f"You cannot sit the {exam} at home") and facts.number(exam, "home") == 0
    assert ("RHIT" in told) == (answers.get("place") == "records")
    assert not chooser.choose({**answers, "site": "both"}).barred


MADE_FOR = {"outpatient": "COC", "plan": "CRC", "billing": "CPB", "audit": "CPMA", "records": "RHIT"}


@given(ANSWERS, st.sampled_from(sorted(MADE_FOR)))
def test_the_exam_made_for_the_place_is_always_shown(answers: dict[str, str], place: str):
    made = chooser.choose({**answers, "place": place})
    assert made.made_for == MADE_FOR[place] == made.neighbors[0][0]
    assert chooser.choose({**answers, "place": "office"}).made_for == ""


@pytest.mark.parametrize(
    ("place", "records", "words"),
    [
        ("office", "inpatient", "work in an office, and hospital stays interest you more"),
        ("outpatient", "inpatient", "no stays to code"),
        ("inpatient", "outpatient", "code the stays of inpatients, and visits interest you more"),
        ("inpatient", "inpatient", ""),
        ("office", "both", ""),
    ],
)
def test_answers_that_contradict_each_other_are_named(place: str, records: str, words: str):
    clashes = chooser.choose({"place": place, "records": records}).clashes
    assert len(clashes) == bool(words) and all(words in one for one in clashes)
    assert chooser.choose({"records": records}).clashes == ()


def test_what_pays_a_first_sitting_of_all_four():
    budget = next(one for one in chooser.questions() if one.key == "budget")
    values = [one.value for one in budget.options]
    assert values == ["300", "450", "650", "more"], "options that learners chose before keep their names"
    most = max(fees.cash(exam)[0].high for exam in facts.MAIN)
    assert 450 < most <= 650 and "CPC $589 to $647" in budget.option("650").note.text


def test_prices_in_reasons_are_those_of_costs_csv_and_fit_their_budget():
    reasons = {
        (option.value, one.exam): one
        for option in chooser.questions()[3].options
        for one in option.reasons
    }  # fmt: skip
    assert "$399 to $425 for one sitting" in reasons["300", "CPC"].text
    assert "$190 to $222 a year" in reasons["300", "CPC"].text and len(reasons["300", "CPC"].sources) == 5
    for (budget, exam), one in reasons.items():
        known = [row for row in facts.facts(exam, "fee") if row.status in ("now", "conflict")]
        low = min(row.number for row in known if row.value.endswith(("one sitting", "for others")))
        if facts.value(exam, "body") == "AAPC":
            low += min(row.number for row in facts.facts(exam, "membership_fee") if row.status == "conflict")
        assert (low <= float(budget)) == (one.points > 0), (budget, exam)


def test_a_reason_about_a_fact_that_is_not_there_is_a_fault():
    with pytest.raises(KeyError, match="no weather"):
        chooser._reason({"exam": "CPC", "points": 1, "because": "It is {CPC.weather}."})
    with pytest.raises(KeyError, match="no moon"):
        chooser._reason({"exam": "CPC", "points": 1, "because": "So.", "facts": ["CPC.moon"]})


def test_both_sources_stand_where_they_disagree():
    home = next(one for one in chooser.questions()[4].option("home").reasons if one.exam == "CCA")
    assert len(home.sources) == 2


def test_no_reason_promises_a_job():
    text = " ".join(
        reason.text for one in chooser.questions() for option in one.options for reason in option.reasons
    ).lower()
    assert not any(word in text for word in ("guarantee", "you will get", "sure to", "best exam"))
