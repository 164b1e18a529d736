"""Markdown-lite: what is marked up, and that nothing else ever is."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.verdict import Part, scored
from course.questions import text

TAGS = re.compile(r"</?(?:p|ul|li|strong|em|code)>|<br>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain", "plain"),
        ("**bold** and *em* and `code`", "<strong>bold</strong> and <em>em</em> and <code>code</code>"),
        ("codes S52.5* and S52.6*", "codes S52.5* and S52.6*"),
        ("2*3*4 = 24 and * alone *", "2*3*4 = 24 and * alone *"),
        ("`**not bold**`", "<code>**not bold**</code>"),
        ("*Tabular, note at `S52.52`*", "<em>Tabular, note at <code>S52.52</code></em>"),
        ("**the *inner* word**", "<strong>the <em>inner</em> word</strong>"),
        ("*R knee: **old** tear*", "<em>R knee: <strong>old</strong> tear</em>"),
        ("*Spine: **L4**.*", "<em>Spine: <strong>L4</strong>.</em>"),
        ("one\n  two", "one two"),
        ("<b>A & B</b>", "&lt;b&gt;A &amp; B&lt;/b&gt;"),
        ('"quoted" it\'s', "&quot;quoted&quot; it&#x27;s"),
        ("**open", "**open"),
    ],
)
def test_inline(source: str, expected: str) -> None:
    assert text.inline(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\ntwo\n\nthree", "<p>one two</p><p>three</p>"),
        ("lead\n- a\n- b", "<p>lead</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  goes on\n- b", "<ul><li>a goes on</li><li>b</li></ul>"),
        ("line\\\nbreak", "<p>line<br>break</p>"),
        ("- **a\n- b**", "<ul><li>**a</li><li>b**</li></ul>"),
        ("one\r\n\r\ntwo", "<p>one</p><p>two</p>"),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_block(source: str, expected: str) -> None:
    assert text.block(source) == expected


def test_chart_text_keeps_its_shape_and_its_stars() -> None:
    assert text.pre("\nBP 120/80\n   *P* 72 < 80\n") == "BP 120/80\n   *P* 72 &lt; 80"


def test_what_html_cannot_carry_is_dropped() -> None:
    for render in (text.inline, text.plain, text.pre):
        assert render("a\0b\ud800c\x9fd\uffffe") == "abcde"
    assert text.inline("`x` \x000\x00") == "<code>x</code> 0", "no text can stand for a piece that is kept aside"


def test_plain_takes_the_marks_away() -> None:
    assert text.plain("**A** < `B`") == "A < B"


SOURCES = st.text(st.sampled_from(list("ab*`-<>&\"'\\ \n\r\t\x000;#")) | st.characters(), max_size=60)


@given(SOURCES)
def test_no_source_brings_its_own_tags(source: str) -> None:
    for render in (text.inline, text.block):
        rest = TAGS.sub("", render(source))
        assert "<" not in rest and ">" not in rest
        assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27);)", rest)
    assert "<" not in text.pre(source)


@given(SOURCES)
def test_tags_are_balanced(source: str) -> None:
    for render in (text.inline, text.block):
        stack: list[str] = []
        for tag in re.findall(r"<(/?\w+)>", render(source)):
            if tag == "br":
                continue
            if tag.startswith("/"):
                assert stack and stack.pop() == tag[1:]
            else:
                stack.append(tag)
        assert not stack


@given(SOURCES)
def test_nothing_but_marks_and_space_is_lost(source: str) -> None:
    def letters(value: str) -> str:
        return re.sub(r"[\s*`\\-]", "", value)

    shown = html.unescape(TAGS.sub("", text.inline(source)))
    assert letters(shown) == letters(html.unescape(text.escape(source)))


def test_verdict_html_renders_each_message() -> None:
    data = text.verdict_html(scored(0, "Not **yet**", [Part("a", "wrong", "x < *y*")]))
    assert data["headline_html"] == "Not <strong>yet</strong>"
    assert data["parts"][0]["message_html"] == "x &lt; <em>y</em>"
    assert data["invalid_html"] is None and data["outcome"] == "incorrect"
