"""The chooser and the table of exams as cards: kept, restored, taken back, told without a page; nothing raises."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

import pytest

import course
from course.cards import chooser_card
from course.cards.chooser_card import ChooserCard
from course.cards.credentials_card import CredentialsCard
from course.cards.kept_form import text_of
from course.cards.panels import NoticeCard
from course.cards.widget import WIDGET
from course.exams import chooser, fact_names, facts
from course.learner.store import Store

OFFICE = {"place": "office", "experience": "none"}


@pytest.fixture
def card(store: Store, monkeypatch: pytest.MonkeyPatch) -> ChooserCard:
    """The card on an empty store, and what it sends in ``card.sent``."""
    return opened(store, monkeypatch)


def opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> ChooserCard:
    one = ChooserCard(store)
    one.sent = []
    monkeypatch.setattr(one, "send", one.sent.append)
    return one


def test_it_opens_blank_and_ranks_nothing(card: ChooserCard):
    assert card.state["answer"] == {"state": "blank", "faults": {}, "sentence": chooser_card.EMPTY}
    assert card.state["kept"] == {"saving": "", "warning": "", "undo": False}
    assert [one["key"] for one in card.view["fields"]] == [one.key for one in chooser.questions()]
    assert all(one["options"][0] == ["", "No answer yet"] for one in card.view["fields"])
    assert repr(card) == "<ChooserCard>" and len(json.dumps(card.view)) < 6_000


def test_it_ranks_with_reasons_and_says_how_sure(card: ChooserCard):
    card.handle({"verb": "sum", "values": OFFICE, "seq": "a.1"})
    (sent,) = card.sent
    answer = sent["answer"]
    assert (sent["seq"], sent["trouble"], answer["state"]) == ("a.1", "", "done")
    assert answer["sentence"] == "What you said speaks most for the CPC."
    assert answer["sure"] == "2 of 6 questions answered. It leads by 1 point: that is close."
    first = answer["ranked"][0]
    assert (first["place"], first["exam"], first["points"]) == (1, "CPC", "4 points")
    assert [one[0] for one in first["reasons"]] == ["+3", "+1"] and first["reasons"][0][2] == [
        "AAPC, CPC page, undated"
    ]
    assert answer["ranked"][-1]["points"] == "\u22123 points"
    changes = dict(answer["changes"])
    assert changes["Which records interest you more?"] == [
        ["Hospital stays and operations", "CCA"],
        ["Both", "CPC and CCA"],
    ]
    assert card.state["kept"]["undo"] is False, "a sum keeps nothing"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"site": "both"}, "What you said does not decide between the four."),
        ({"place": "inpatient"}, "What you said speaks equally for CCS and CIC."),
        ({"place": "plan"}, "What you said does not decide between the four."),
    ],
)
def test_a_tie_is_said(values: dict[str, str], words: str):
    answer = chooser_card.answer(values)
    assert answer["sentence"] == words and "leads" not in answer["sure"]


def test_a_neighbor_that_fits_better_is_named():
    answer = chooser_card.answer({"place": "plan"})
    assert [one["exam"] for one in answer["neighbors"]] == ["CRC"] and answer["notes"]
    assert answer["neighbors"][0]["fit"] == "Made for the place you chose" and answer["top"][0][0] == "note"
    assert "Certified Risk Adjustment Coder" in chooser_card.html(answer)


def test_what_cannot_be_taken_is_said_on_top():
    answer = chooser_card.answer({"place": "office", "records": "inpatient", "site": "home"})
    assert [mark for mark, _, _ in answer["top"]] == ["warn", "warn", "warn"]
    assert answer["top"][0][1].startswith("You cannot sit the C") and answer["top"][0][2]
    assert [one["exam"] for one in answer["ranked"] if one["barred"]] == ["CCA", "CCS"]
    page = chooser_card.html(answer)
    assert page.index("You cannot sit the CCS at home") < page.index("1. ") and page.count(chooser_card.BARRED) == 2
    assert "Stays are coded in hospitals, not in offices." in page


def test_a_note_about_many_prices_names_their_file():
    ((text, sources),) = chooser_card.answer({"budget": "650"})["notes"]
    assert "CPC $589 to $647" in text and sources == ["data/exams/costs.csv, with source and date of each price"]
    ((_, sources),) = chooser_card.answer({"soon": "6"})["notes"]
    assert sources == ["AHIMA, CCS page, undated", "elementmedicalcoding.com, undated"]


def test_answers_are_kept_restored_and_taken_back(card: ChooserCard, store: Store, monkeypatch: pytest.MonkeyPatch):
    card.handle({"verb": "keep", "values": {"place": "office", "junk": 1}, "seq": 1})
    card.handle({"verb": "keep", "values": OFFICE, "seq": 2})
    assert card.sent[-1]["kept"] == {"saving": "Saved on this computer.", "warning": "", "undo": True}
    again = opened(store, monkeypatch)
    assert again.state["values"] == OFFICE and again.state["answer"]["ranked"]
    again.handle({"verb": "over", "seq": 3})
    assert again.sent[-1]["values"] == {} and again.sent[-1]["answer"]["state"] == "blank"
    for values in (OFFICE, {"place": "office"}, {}):
        again.handle({"verb": "undo", "seq": 4})
        assert again.sent[-1]["values"] == values
    assert again.sent[-1]["kept"]["undo"] is False
    again.handle({"verb": "undo", "seq": 5})
    assert again.sent[-1]["trouble"] == "" and len(store.events("choice")) == 6


def test_where_the_disk_takes_nothing_it_is_said(card: ChooserCard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(type(card.store), "durable", property(lambda _: False))
    monkeypatch.setattr(type(card.store), "warning", property(lambda _: "The disk is full."))
    card.handle({"verb": "keep", "values": OFFICE, "seq": 1})
    assert card.sent[-1]["kept"] == {"saving": "", "warning": "The disk is full.", "undo": True}


def test_a_page_to_print_and_text_to_copy(card: ChooserCard):
    card.handle({"verb": "paper", "values": OFFICE, "seq": 1})
    page, text = card.sent[0]["html"], card.sent[0]["text"]
    assert page.startswith("<!doctype html>") and "What you said speaks most for the CPC." in page
    assert text.splitlines()[0] == "Which exam fits you?" and "<" not in text and "&" not in text
    assert "- Where would you like to work? A physician's office or clinic\n" in text


def test_text_of_a_table():
    assert text_of("<p>a &amp; b</p>\n<table><tr><th>x</th><td>y</td></tr></table>") == "a & b\nx | y\n"


@pytest.mark.parametrize("content", [None, "sum", {}, {"verb": "shout"}])
def test_other_messages_are_left(card: ChooserCard, content: Any):
    card.handle(content)
    assert card.sent == []


@pytest.mark.parametrize("values", [None, 7, ["office"], {"place": {"a": 1}}, {"place": "x" * 99_999}])
def test_junk_is_no_answer(card: ChooserCard, values: Any):
    card.handle({"verb": "keep", "values": values, "seq": 1})
    assert card.sent[0]["answer"]["state"] == "blank" and card.sent[0]["trouble"] == ""


def test_a_fault_of_the_course_is_one_sentence(card: ChooserCard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chooser, "choose", lambda _: 1 / 0)
    card.handle({"verb": "sum", "values": OFFICE, "seq": 1})
    assert card.sent[0]["answer"] is None and card.sent[0]["trouble"].startswith("The course could not work this out.")
    monkeypatch.setattr(chooser_card, "ChooserCard", lambda _: 1 / 0)
    assert isinstance(course.choose(), NoticeCard)


@pytest.mark.usefixtures("user_dir")
def test_the_static_form_is_the_same_for_every_learner():
    before = course.choose()
    before.handle({"verb": "keep", "values": {"place": "inpatient"}, "seq": 1})
    after = course.choose()
    assert after.state["values"] == {"place": "inpatient"} and after.static_form == before.static_form
    page = after.static_form
    assert all(option.label.replace("'", "&#x27;") in page for one in chooser.questions() for option in one.options)
    assert "What you said speaks most for the CPC." in page and "no promise of a job" in page
    assert page.count("<div") == page.count("</div>") == 1 and "<script" not in page


# -- the table


def test_the_four_exams_side_by_side():
    card = course.credentials()
    assert isinstance(card, CredentialsCard) and repr(card) == "<CredentialsCard CPC, CCS, CCA, CIC>"
    for part, shown in (("main", fact_names.ESSENTIAL), ("more", fact_names.FURTHER)):
        html = card.view[part]
        assert re.findall(r'<th scope="col">([^<]+)</th>', html) == list(facts.MAIN)
        rows = html.split("<tbody>")[1].count("<tr>")
        assert rows == len(facts.compare(shown=shown)) == html.count('<th scope="row">')
        assert html.count("<td") == rows * 4 + 1 and html in card.static_form
    assert re.findall(r'<th scope="row">([^<]+)</th>', card.view["main"])[:3] == [
        "Full name",
        "Given by",
        "For work in",
    ]
    longest = max(re.findall(r"<td>(.*?)</td>", card.view["main"]), key=len)
    assert len(longest) < 130 and "<small>" not in card.view["main"], "cells are short; sources stand below"
    assert card.view["sources"] in card.static_form and "<td>not found</td>" in card.view["main"]
    stored = card._repr_mimebundle_()[0]
    assert WIDGET in stored and "<span>$</span>399 or " in stored["text/html"]


def test_both_values_stand_in_a_cell_and_their_dates_below():
    view = CredentialsCard("CCA", "CPC").view
    assert (
        "<td>$399 or $425 for one sitting<br>$499 for two sittings together<br><em>Sources disagree</em></td>"
        in (view["main"])
    )
    where = "In a Pearson VUE test center only; or:<br>Also at home with a supervisor<br><em>Sources disagree</em>"
    assert where in view["more"]
    for label, (cells, _) in facts.compare("CCA", "CPC"):
        assert f"<strong>{label}</strong>" in view["sources"]
        for one in cells:
            assert escape(one.value) in view["sources"] and escape(one.told) in view["sources"]
    assert view["sources"].count("also read; ccaexamprep.com, 2026") == 2, "a price that is not relied on"
    assert "ccaexamprep" not in view["main"]


def test_letters_as_people_write_them():
    assert course.credentials("ccsp", "CPC-a", "Ccs p").exams == ("CCS-P", "CPC-A")
    rows = course.credentials("CRC").rows
    assert {one["exam"] for one in rows} == {"CRC"} and list(rows[0])[:4] == ["exam", "fact", "value", "as of"]
    for wrong in ("CBCS", "", None, 7):
        notice = course.credentials("CPC", wrong)
        assert isinstance(notice, NoticeCard) and "CIC" in notice.view["list"]
