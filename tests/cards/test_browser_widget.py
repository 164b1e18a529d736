"""``course.browse``: what a notebook gets, what the browser is told, what is shown where nothing runs."""

from __future__ import annotations

import json
import logging
from html.parser import HTMLParser
from typing import Any

import pytest

import course
from course.cards import browser, browser_index, esm
from course.cards.browser import CodeBrowser, browse
from course.codesets import icd10cm
from course.codesets.icd10cm import alphabetic, alphabetic_file


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the widgets of a test sent to the browser."""
    out: list[dict[str, Any]] = []
    monkeypatch.setattr(CodeBrowser, "send", lambda self, content, buffers=None: out.append(content))
    return out


def ask(card: Any, sent: list[dict[str, Any]], verb: str, **more: Any) -> dict[str, Any]:
    card.handle({"verb": verb, "seq": "7", "edition": 2027, **more})
    assert sent[-1]["seq"] == "7"
    return sent[-1]


# -- in a notebook


def test_the_face_opens_a_code(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "course.cards"):
        card = course.browse("S52.52")
    assert repr(card) == "<CodeBrowser S52.52>" and not caplog.records
    assert card.view["page"]["code"] == "S52.52" and card.view["results"] is None


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("", "<CodeBrowser>"),
        (None, "<CodeBrowser>"),
        (" s52521a ", "<CodeBrowser S52.521A>"),
        ("zzz", "<CodeBrowser zzz>"),
        ("torus\nfracture", "<CodeBrowser torus fracture>"),
        (19, "<CodeBrowser 19>"),
        ("x" * 500, f"<CodeBrowser {'x' * 60}>"),
    ],
)
def test_the_repr_is_one_stable_line(what: object, text: str) -> None:
    assert repr(browse(what)) == text == repr(browse(what))


def test_words_open_as_a_search() -> None:
    card = browse("torus fracture radius")
    assert card.view["results"]["q"] == "torus fracture radius" and card.view["results"]["hits"]
    nothing = browse("zzz").view["results"]
    assert nothing["hits"] == [] and "Nothing found" in nothing["advice"]


def test_a_wrong_code_opens_the_page_that_says_why() -> None:
    card = browse("S52.521Z")
    assert card.view["page"]["is"] == "missing" and card.view["page"]["finding"]["kind"] == "wrong_seventh"


def test_the_edition_is_the_one_in_force_and_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert browse("I42.0").view["page"]["edition"] == 2027
    assert browse("I42.0", 2026).view["page"]["edition"] == 2026
    assert browse("I42.0", 1999).view["page"]["edition"] == 2027
    monkeypatch.setenv("COURSE_TODAY", "2026-09-30")
    assert browse("I42.0").view["page"]["edition"] == 2026


def test_the_codes_cannot_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any, **__: Any) -> None:
        raise icd10cm.SourceMissing("The official files are not installed. Run: python -m course doctor")

    monkeypatch.setattr(icd10cm, "open_edition", missing)
    assert "doctor" in browse("S52.52").static_form


def test_a_fault_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.browser_model, "page", lambda *_: 1 / 0)
    card = browse("S52.52")
    assert "ZeroDivisionError" in card.static_form and "answer" not in card.static_form


# -- messages


def test_pages_are_sent_and_the_place_is_remembered(sent: list[dict[str, Any]]) -> None:
    card = browse("S52.52")
    answer = ask(card, sent, "page", code="I42.0", edition=2026)
    assert answer["page"]["mark"] == "billable" and answer["trouble"] == ""
    assert card.state == {"edition": 2026, "code": "I42.0"}


def test_searches_and_headings_are_answered(sent: list[dict[str, Any]]) -> None:
    card = browse()
    assert ask(card, sent, "search", q="S52.521Z")["results"]["verdict"]["kind"] == "wrong_seventh"
    assert [row["code"] for row in ask(card, sent, "children", code="S52.52")["rows"]] == [
        "S52.521",
        "S52.522",
        "S52.529",
    ]
    assert ask(card, sent, "children", code="zzz")["rows"] == []


@pytest.mark.parametrize("content", [None, 7, [], {}, {"verb": "delete"}, {"verb": ["page"]}, "page"])
def test_what_is_not_understood_is_left(sent: list[dict[str, Any]], content: Any) -> None:
    card = browse()
    card.handle(content)
    assert sent == []


@pytest.mark.parametrize("verb", sorted(browser.VERBS))
@pytest.mark.parametrize("junk", [None, 3.5, {"a": 1}, ["S52"], "\ud800", "x" * 100_000])
def test_no_message_raises(sent: list[dict[str, Any]], verb: str, junk: Any) -> None:
    card = browse()
    card.handle({"verb": verb, "seq": junk, "edition": junk, "code": junk, "q": junk, "n": junk, "source": junk})
    assert sent[-1]["trouble"] == ""


def test_a_fault_while_answering_is_one_plain_sentence(
    sent: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = browse()
    monkeypatch.setattr(browser.browser_model, "results", lambda *_: 1 / 0)
    trouble = ask(card, sent, "search", q="x")["trouble"]
    assert trouble.startswith("The course could not search.") and "ZeroDivisionError" in trouble
    assert "answer" not in trouble and "exercise" not in trouble


# -- where nothing runs


class Outline(HTMLParser):
    """Checks that tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "what", ["", "S52.52", "I42.0", "W08", "E11", "19", "zzz", "T52.8X1A", "<script>alert(1)</script>"]
)
def test_the_static_form_is_sound_and_always_the_same(what: str) -> None:
    first, second = browse(what), browse(what)
    assert first.static_form == second.static_form
    outline = Outline()
    outline.feed(first.static_form)
    assert outline.open == [] and "FY2027" in outline.text
    assert "<script" not in first.static_form


def test_the_static_form_shows_the_page() -> None:
    text = browse("S52.52").static_form
    for needed in (
        "Chapter 19",
        "S52.52 Torus fracture",
        "not billable",
        "6th character",
        "S52.521",
        "K subsequent encounter",
        "FY2027",
    ):
        assert needed in text
    assert "S62" not in text, "inherited notes stay out"


def test_a_notebook_gets_text_and_html() -> None:
    card = browse("S52.52")
    bundle = card._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"] == "<CodeBrowser S52.52>" and data["text/html"] == card.static_form


def test_everything_sent_is_json() -> None:
    json.dumps(browse("S52.521").view)


# -- the module that the browser runs


def test_one_module_without_imports() -> None:
    code = esm.bundle("browser.js")
    assert "\nimport " not in code and code.count("export default") == 1


def test_colours_come_from_the_theme() -> None:
    text = esm.read("browser.css")
    assert "#" not in text.replace("#{", "") and "rgb" not in text and "hsl" not in text


# -- the index


INDEX = """<?xml version="1.0"?>
<ICD10CM.index><version>2099</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>F</title>
<mainTerm><title>Fracture<nemod>(abduction)</nemod></title><see>Break</see>
 <term level="1"><title>torus</title><term level="2"><title>radius</title><code>S52.52-</code></term></term></mainTerm>
<mainTerm><title>Freckle</title><code>L81.2</code></mainTerm>
<mainTerm><title>Frobnication</title><code>Z99.99</code></mainTerm>
</letter></ICD10CM.index>"""


@pytest.fixture
def indexed(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An invented index of three terms, in a place of its own."""
    shelf = tmp_path / "shelf"
    monkeypatch.setattr(alphabetic_file, "file", lambda: shelf / "index.sqlite")
    source = tmp_path / "index.xml"
    source.write_text(INDEX, encoding="utf-8")
    alphabetic.forget()
    alphabetic.install(source)
    yield source
    alphabetic.forget()


@pytest.fixture
def no_index(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(alphabetic_file, "file", lambda: tmp_path / "none.sqlite")
    alphabetic.forget()
    yield
    alphabetic.forget()


def test_without_an_index_the_tab_knows(no_index: Any, sent: list[dict[str, Any]]) -> None:
    card = browse()
    assert card.view["index"]["sources"] == [] and card.view["index"]["command"].endswith(" -m course codes use FILE")
    assert ask(card, sent, "index", q="fracture")["index"]["lines"] == []


def test_terms_lead_to_codes(indexed: Any, sent: list[dict[str, Any]]) -> None:
    card = browse()
    assert [one["source"] for one in card.view["index"]["sources"]] == ["alphabetic"]
    lines = ask(card, sent, "index", q="fracture")["index"]["lines"]
    assert [(line["level"], line["term"]) for line in lines] == [(0, "Fracture"), (1, "torus"), (2, "radius")]
    assert lines[2]["codes"] == [["S52.52-", "S52.52"]] and lines[0]["see"] == "Break"
    many = ask(card, sent, "index", q="fr")["index"]["lines"]
    assert [line["term"] for line in many] == ["Fracture", "Freckle", "Frobnication"]
    assert len(ask(card, sent, "term", n=many[0]["n"])["index"]["lines"]) == 3


def test_a_code_that_the_edition_does_not_have_is_no_link(indexed: Any) -> None:
    codes = icd10cm.open_edition(2027)
    lines = browser_index.look(codes, "frobnication")["lines"]
    assert lines[0]["codes"] == [["Z99.99"]]


def test_the_static_form_does_not_depend_on_the_index(indexed: Any) -> None:
    with_index = browse("S52.52").static_form
    alphabetic.forget()
    alphabetic_file.file().unlink()
    assert browse("S52.52").static_form == with_index
