"""Sentences with figures: dollars stay dollars, and nothing else is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cards import explorer, face
from course.cards.dollars import isolated
from course.cards.say import say


def test_bold_and_paragraphs_are_all_there_is():
    said = say("Half earn less than **$51,140** & more", "A < B <script>")
    assert said._repr_html_() == (
        '<div class="course-said">\n<p>Half earn less than <strong><span>$</span>51,140</strong> &amp; more</p>\n'
        "<p>A &lt; B &lt;script&gt;</p>\n</div>"
    )
    assert repr(said) == "Half earn less than $51,140 & more A < B <script>"


def test_no_text_node_holds_a_dollar_and_something_else():
    """The typesetter joins neighboring characters of one text node only, so "$50,000 to $70,000" is no formula."""
    html = say("from $50,000 to $70,000, or $1")._repr_html_()
    for node in re.split(r"<[^>]+>", html):
        assert "$" not in node or node == "$"


def test_lines_of_one_paragraph_are_joined():
    assert repr(say("one\n  two\n\nthree")) == "one two three"
    assert say("one\n two")._repr_html_().count("<p>") == 1


def texts(html: str) -> list[str]:
    return re.split(r"<[^>]*>", html)


@given(st.lists(st.sampled_from(["$", "$50,000", "a", "<p>", "</p>", '<img alt="$1 to $2">', "<span>$</span>", " "])))
def test_dollars_of_any_page_stand_alone_and_nothing_else_changes(pieces: list[str]):
    html = "".join(pieces)
    made = isolated(html)
    assert all("$" not in text or text == "$" for text in texts(made))
    assert "".join(texts(made)) == "".join(texts(html)) and isolated(made) == made
    assert re.findall(r"<img[^>]*>", made) == re.findall(r"<img[^>]*>", html)


@pytest.mark.parametrize("card", [lambda: face.ask("16-salaries/the-ad"), lambda: explorer.explore("wages")])
def test_no_stored_card_holds_a_formula(card):
    """An advertisement of $50,000 to $70,000 was shown in italics, without its dollars, until Run All."""
    data, _ = card()._repr_mimebundle_()
    assert "$" in data["text/html"]
    assert all("$" not in text or text == "$" for text in texts(data["text/html"]))
