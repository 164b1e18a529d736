"""Sentences with figures: dollars stay dollars, and nothing else is markup."""

from __future__ import annotations

import re

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
