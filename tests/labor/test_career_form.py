"""The career calculator as a form: what is refused and how it is said, numbers as people write them, words."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.labor import career_form as forms
from course.labor.career import AssumptionError, payback
from course.labor.career_limits import LIMITS
from course.labor.career_words import dollars, hundred, number, shared, unpaid, whole
from tests.labor.test_career import POINT


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"study_hours_a_week": 0}, "With 0 hours a week the studying never ends. Enter at least 1 hour."),
        ({"training_usd": -5}, "Training course: 0 or more is needed."),
        ({"present_wage_usd": 1e9}, "Present wage: this is more than 500,000. Check the figure."),
        ({"books_usd": (9, 3)}, "Books: the lowest figure is more than the highest one. Change one of them."),
        ({"pass_percent": (0, 50)}, "Chance of passing a sitting: 1 or more is needed."),
        ({"sittings": 1.5}, "Sittings at most: whole numbers only."),
        ({"books_usd": "many"}, "Books: this is not a number."),
        ({"books_usd": math.nan}, "Books: this is not a number."),
        ({"boks_usd": 3}, "There is no assumption called boks_usd. Did you mean books_usd?"),
        ({"state": "XX"}, "There are no wages for 'XX'. Take US, or a state by its two letters, such as OH."),
        ({"exam": "CPB"}, "There is no exam called 'CPB' here. There are: CPC, CCS, CCA, CIC."),
        ({"exam": "CCS", "choice": "two"}, "The CCS can be bought in these ways: non-member, member."),
        ({"wages": "real"}, "Wages can be: latest, published."),
    ],
)
def test_what_makes_no_sense_is_said(changed: dict[str, Any], says: str):
    with pytest.raises(AssumptionError) as raised:
        payback(**changed)
    assert str(raised.value) == says and isinstance(raised.value, ValueError)


def test_none_is_the_default_and_a_figure_of_ones_own_is_called_so():
    assert payback("oh", "cpc", books_usd=None) == payback("OH")
    own = {one.key: one for one in payback(books_usd=100).assumptions}["books_usd"]
    assert (own.low, own.high, own.source) == (100, 100, "your figure")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1200", 1200.0), ("1,200", 1200.0), (" $1,200.50 ", 1200.5), ("85 %", 85.0), (".5", 0.5)),
        *(("-3", -3.0), ("\u22123", -3.0), ("", "Books: enter a number."), (None, "Books: enter a number.")),
        ("12,5", "Books: write 12.5 with a point."),
        *((text, "Books: write a number in figures, such as 1,200 or 12.5.") for text in ("1,20,0", "ten", "1e5")),
    ],
)
def test_numbers_are_read_as_they_are_written(text: Any, value: Any):
    assert forms.number(text, "Books") == value


def test_the_form_answers_at_once_and_follows_state_and_exam():
    found = forms.answer(forms.EXAMPLE)
    assert found["state"] == "done" and found["sentence"] == payback().sentence and len(found["swings"]) == 5
    assert found["wage"] == f"{payback().present_wage_usd / 2_080:.2f}"
    ohio = forms.answer({"state": "OH", "exam": "CCA", "membership": "member", "per": "year"})
    fee = next(one for one in ohio["ranges"] if one[0] == "exam_fee_usd")
    assert fee[1:5] == ["199", "199", "dollars", "199: AHIMA (2021 to 2026)"] and ohio["wage"].endswith("0")
    assert ohio["sentence"] == payback("OH", "CCA", choice="member").sentence
    own = forms.answer({"present_wage_usd": "20", "own": {"books_usd": {"low": "$1,000", "high": "1100"}}})
    assert own["sentence"] == payback(present_wage_usd=20 * 2_080.0, books_usd=(1_000, 1_100)).sentence


def test_the_form_tells_faults_at_their_fields():
    found = forms.answer(
        {"study_hours_a_week": "", "present_wage_usd": "38000", "sittings": "0",
         "own": {"books_usd": {"low": "", "high": "3"}, "training_usd": {"low": "5", "high": "3"}}}
    )  # fmt: skip
    assert found["state"] == "unfinished" and found["sentence"].startswith(
        "5 entries need another look. Present wage: this is "
    )
    assert found["faults"] == {
        "study_hours_a_week": "Study hours a week: enter a number.",
        "present_wage_usd": "Present wage: this is more than 240 dollars an hour. Check the figure, and whether it is "
        "for an hour or a year.",
        "sittings": "Sittings at most: 1 or more is needed.",
        "books_usd": "Books: enter a number.",
        "training_usd": "Training course: the lowest figure is more than the highest one. Change one of them.",
    }
    assert found["ranges"] and forms.answer({"work_hours": "x"})["sentence"] == (
        "One entry needs another look. Work hours a week: write a number in figures, such as 1,200 or 12.5."
    )
    year = forms.answer({"present_wage_usd": "20", "per": "year"})["faults"]["present_wage_usd"]
    assert year == "Present wage: 20 dollars a year is very little. Is this the wage for an hour?"
    assert forms.answer({"present_wage_usd": "0", "per": "year"})["state"] == "done"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(("state", "exam", "own", "wages", "per", "membership", *LIMITS)), _JSON) | _JSON)
def test_the_form_takes_anything(values: Any):
    if isinstance(values, dict) and isinstance(values.get("own"), dict):
        values["own"] = {"books_usd": values["own"], **values["own"]}
    found = forms.answer(values)
    assert found["state"] in ("done", "unfinished") and json.dumps(found)


def test_the_picture_is_told_in_words():
    found = payback("OH", present_wage_usd=36_000)
    told = forms.caption(found)
    assert told.startswith(
        "Each mark stands for 1 run of 100. A run tries one mix of the assumptions. It is not a person"
    )
    assert f"Crosses: {hundred(found.never_percent)} of 100 are not within 10 years: 4 because the exam is not" in told
    assert "15 because no job in coding is found." in told
    assert f"all runs but the quickest tenth, from month {whole(found.low or 0)} on" in told
    assert f"by month {whole(found.middle or 0)}" in told
    closed = forms.caption(payback("OH", find_percent=100, present_wage_usd=34_000))
    assert "the middle 8 of 10 runs" in closed and closed.endswith("10 years, because the exam is not passed.")
    assert forms.caption(payback(present_wage_usd=0)).startswith("With a present wage of 0 the whole first wage counts")


def test_the_crosses_add_up_to_the_sentence():
    """Also where each part alone would be rounded the other way."""
    for state in ("US", "OH", "TX", "CA", "MS", "NY"):
        for wage in (None, 30_000, 39_000, 41_500, 44_000):
            found = payback(state, present_wage_usd=wage, moves=False)
            total, _, parts = unpaid(found).partition(" of 100 are not within 10 years")
            assert sum(map(int, re.findall(r"(\d+) because", parts))) in (int(total), 0)
            assert found.quantiles.count(None) == int(total) and (
                parts.count("because") == 1 or " 0 because" not in parts
            )
    assert shared([50.4, 1.4, 7.4, 2.4], 62) == [51, 1, 8, 2] and shared([60.0], 60) == [60]


def test_the_steps_hold_the_sum():
    text = "\n".join(payback(**{**POINT, "choice": "one"}).steps)
    assert "training 2,000 + books 300 + a year of membership 300 + exam fee 400 = 3,000 dollars" in text
    assert "260 hours \u00f7 10 hours a week = 26 weeks" in text and "= month 10." in text
    assert "first wage 42,300 \u2212 present wage 30,000 = 12,300 dollars a year; less 300 a year" in text
    assert "month 10 + 3,000 \u00f7 1,000 \u2248 month 13" in text and "further" not in text
    assert "every value as likely as any other" in text and "hours of study" not in text and "taxes" not in text
    assert "Chance: 100 of 100 pass at each sitting, of at most 3; 100 of 100 who pass find a job in coding." in text
    taxed = "\n".join(payback(**{**POINT, "tax_percent": (20, 30)}).steps)
    assert "= 12,300 dollars a year, 8,610 to 9,840 after taxes of 20 to 30 percent; less 300 a year" in taxed
    assert "= 692 to 795 dollars a month" in taxed and "8 of 10 runs lie in month 14;" in taxed
    more = "\n".join(payback(**{**POINT, "pass_percent": 60, "work_hours": 20, "hour_value_usd": 5}).steps)
    assert "up to 2 further sittings at 400 + hours of study at 5 each" in more and "for 20 of 40 hours a week" in more


def test_figures_are_written_as_one_reads_them():
    assert dollars(1_289.4, 5_947) == "1,289 to 5,947" and dollars(-3_000) == "\u22123,000" and dollars(2.5) == "2.5"
    assert (number(9.0), number(0.54), whole(12.5)) == ("9", "0.5", 13)
    assert [hundred(one) for one in (0, 0.3, 0.7, 4.4, 99.6, 100)] == [
        "0",
        "fewer than 1",
        "1",
        "4",
        "more than 99",
        "100",
    ]
