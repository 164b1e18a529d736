"""``course.browse`` for CPT, HCPCS Level II and modifiers: what it opens, what a page holds, what is shown on paper."""

from __future__ import annotations

import json
from typing import Any

import pytest

import course
from course.cards import procedure_browser, procedure_pages, procedure_search
from course.cards.procedure_browser import ProcedureBrowser
from course.codesets import cpt, hcpcs, modifiers


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the widgets of a test sent to the browser."""
    out: list[dict[str, Any]] = []
    monkeypatch.setattr(ProcedureBrowser, "send", lambda self, content, buffers=None: out.append(content))
    return out


def fact(page: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in page["facts"] if one["name"].startswith(name)]
    return dict(found)


# -- in a notebook


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("29881", "<ProcedureBrowser 29881>"),
        (29881, "<ProcedureBrowser 29881>"),
        (" 29881-rt-59 ", "<ProcedureBrowser 29881>"),
        ("cpt 29881", "<ProcedureBrowser 29881>"),
        ("CPT", "<ProcedureBrowser cpt>"),
        ("cpt knee", "<ProcedureBrowser cpt knee>"),
        ("0042t", "<ProcedureBrowser 0042T>"),
        ("j1885", "<ProcedureBrowser J1885>"),
        ("hcpcs", "<ProcedureBrowser hcpcs>"),
        ("HCPCS Level II", "<ProcedureBrowser hcpcs>"),
        ("hcpcs J", "<ProcedureBrowser J>"),
        ("modifier 25", "<ProcedureBrowser -25>"),
        ("-25", "<ProcedureBrowser -25>"),
        ("mod lt", "<ProcedureBrowser -LT>"),
        ("modifiers", "<ProcedureBrowser modifiers>"),
        ("modifiers thumb", "<ProcedureBrowser modifiers thumb>"),
    ],
)
def test_it_opens_what_is_asked_for(what: object, text: str) -> None:
    assert repr(course.browse(what)) == text


@pytest.mark.parametrize(
    "what", ["", "S52.52", "S5252", "torus fracture", "E11.22", "25", "LT", "J18", "S52.521A", "s52521a", 19, None, "J"]
)
def test_icd_10_cm_is_opened_as_before(what: object) -> None:
    assert repr(course.browse(what)).startswith("<CodeBrowser")


def test_a_code_that_both_sets_write_alike_is_told() -> None:
    assert hcpcs.get("E1140") is None or repr(course.browse("E1140")) == "<ProcedureBrowser E1140>"
    both = next(one.code for one in hcpcs.codes() if procedure_browser.twin(one.code))
    lead = procedure_browser.page_of(both)["lead"]
    assert f'course.browse("{both[:3]}.{both[3:]}")' in lead and procedure_pages.page(both)["lead"] != lead


# -- pages


def test_a_number_with_all_its_figures() -> None:
    page, number = procedure_pages.page("29881"), cpt.get("29881")
    assert page["title"] == number.words and page["code"] == "29881" and page["book"] == "cpt"
    assert [one["name"] for one in page["path"]] == ["Surgery", "Musculoskeletal system"]
    assert fact(page, "Global")["value"] == "090" and "90 days" in fact(page, "Global")["words"]
    assert fact(page, "Add-on")["value"] == "no" and fact(page, "Category")["value"] == "I"
    assert fact(page, "Range")["links"] == [["20100-29999", "20100-29999"]]
    assert fact(page, "Most units")["value"] == str(number.mue)
    assert "AMA's" in page["notice"] and page["edition"] == cpt.EDITION
    assert any(["50", "-50", modifiers.get("50").words] in one["modifiers"] for one in page["fits"])
    named = {row["code"] for part in page["pairs"] for row in part["rows"]}
    assert named == {a if b == "29881" else b for a, b in cpt.pairs() if "29881" in (a, b)}


def test_an_add_on_names_its_primaries() -> None:
    for code, words in (("17003", "only beside one of these:"), ("20930", "and others:"), ("99100", "lists none")):
        told, number = fact(procedure_pages.page(code), "Add-on"), cpt.get(code)
        assert told["value"] == "yes" and words in told["words"]
        assert [face for face, _ in told["links"]] == list(number.primaries)


def test_a_number_outside_the_course_has_its_place_and_no_more() -> None:
    assert cpt.get("12345") is None
    page = procedure_pages.page("12345")
    assert page["is"] == "missing" and page["path"][-1]["name"] == "Integumentary system"
    assert {one["name"] for one in page["facts"]} == {"Section", "Range", "Category"} and not page["fits"]
    nowhere = procedure_pages.page("99999")
    assert nowhere["is"] == "missing" and "No section" in nowhere["lead"] and not nowhere["facts"]


def test_a_drug_tells_its_unit_and_a_retired_code_what_came_after() -> None:
    page = procedure_pages.page("J1885")
    assert fact(page, "One unit")["words"] == "15 mg" and page["status"]["word"] == "In force"
    old = next(one for one in hcpcs.codes() if one.replaced_by and one.ended)
    page = procedure_pages.page(old.code)
    assert page["status"]["word"].startswith("Ended on") and not page["fits"]
    assert [face for face, _ in fact(page, "Replaced by")["links"]] == list(old.replaced_by)
    assert "codes use FILE" in page["notice"]


def test_a_modifier_tells_where_it_goes() -> None:
    page = procedure_pages.page("-25")
    assert page["code"] == "25" and fact(page, "Goes on")["words"] == "the line of a visit"
    assert page["next"]["rows"] and all(row["code"].startswith("99") for row in page["next"]["rows"])
    assert procedure_pages.page("-ZZ")["is"] == "missing"


def test_every_address_on_every_page_opens_a_page_of_its_own() -> None:
    """From the three starts down to the last number: no dead end, an edition on every screen."""
    leaves = [one.code for one in (*cpt.numbers(), *hcpcs.codes())]
    leaves += [f"-{one.code}" for one in modifiers.all_modifiers()]
    waiting, seen = list(procedure_pages.BOOKS), set()
    while waiting:
        where = waiting.pop()
        if where in seen:
            continue
        seen.add(where)
        if where in leaves and leaves.index(where) % 9:  # one of nine is opened; links lead to all
            continue
        page = procedure_pages.page(where)
        assert page["address"] == where and page["edition"] and page["title"] and page["notice"], where
        assert set(page) == set(procedure_pages.page("cpt"))
        rows = [row["code"] for row in (page["next"] or {"rows": []})["rows"]]
        waiting += [*rows, *(one["code"] for one in page["path"])]
        waiting += [to for one in page["facts"] for _, to in one["links"]]
        waiting += [to for one in page["fits"] for _, to, _ in one["modifiers"]]
        waiting += [row["code"] for part in page["pairs"] for row in part["rows"]]
    assert {one.code for one in cpt.numbers()} <= seen and {one.code for one in hcpcs.codes()} <= seen
    assert {f"-{one.code}" for one in modifiers.all_modifiers()} <= seen


@pytest.mark.parametrize(
    "text", [None, "", "zzz", "x" * 999, "\0", "\ud800", "-", "group zzz", "J9xxxx", 7, "00", "--25"]
)
def test_no_text_raises(text: object) -> None:
    json.dumps(procedure_pages.page(text))
    json.dumps(procedure_search.results(text))
    procedure_pages.asked(text)


def test_licensed_words_are_shown_apart_and_not_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    own = replace(cpt.get("29881"), descriptor="An invented text of a licensed file")
    monkeypatch.setattr(procedure_pages.procedure_cpt.cpt, "get", lambda _: own)
    page = procedure_pages.page("29881")
    assert page["official"]["text"] == own.descriptor and page["title"] == own.words
    assert own.descriptor not in course.browse("29881").static_form


# -- search


@pytest.mark.parametrize(
    ("query", "first"),
    [("29881", "29881"), ("-25", "-25"), ("25", "-25"), ("lt", "-LT"), ("J1885", "J1885"), ("12345", "12345")],
)
def test_what_is_typed_exactly_comes_first(query: str, first: str) -> None:
    hits = procedure_search.results(query)["hits"]
    assert hits[0]["code"] == first and hits[0]["why"] == "what you typed"


def test_words_are_found_in_all_three_books() -> None:
    assert any(hit["code"] == "29881" for hit in procedure_search.results("meniscus")["hits"])
    assert any(hit["code"] == "20100-29999" for hit in procedure_search.results("musculoskeletal")["hits"])
    assert procedure_search.results("wheelchairs")["hits"][0]["word"] == "HCPCS"
    assert {hit["code"] for hit in procedure_search.results("left thumb")["hits"]} == {"-FA"}
    assert [hit["code"][:3] for hit in procedure_search.results("298")["hits"]] == ["298"] * len(
        procedure_search.results("298")["hits"]
    )
    assert "Nothing found" in procedure_search.results("zzzz")["advice"]


# -- messages and paper


def test_messages_are_answered_and_the_place_is_remembered(sent: list[dict[str, Any]]) -> None:
    card = course.browse("cpt")
    card.handle({"verb": "page", "seq": "7", "code": "29881"})
    assert sent[-1]["page"]["code"] == "29881" and sent[-1]["seq"] == "7" and sent[-1]["trouble"] == ""
    assert card.state == {"address": "29881"}
    card.handle({"verb": "search", "seq": "8", "q": "walker", "book": "hcpcs"})
    assert sent[-1]["results"]["q"] == "walker" and sent[-1]["results"]["hits"]
    count = len(sent)
    for content in (None, 7, {}, {"verb": "delete"}, "page"):
        card.handle(content)
    assert len(sent) == count


def test_a_fault_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch, sent: list[dict[str, Any]]) -> None:
    card = course.browse("29881")
    monkeypatch.setattr(procedure_browser, "page_of", lambda *_: 1 / 0)
    card.handle({"verb": "page", "seq": "1", "code": "29880"})
    assert "ZeroDivisionError" in sent[-1]["trouble"] and "answer" not in sent[-1]["trouble"]
    assert "ZeroDivisionError" in course.browse("29881").static_form


@pytest.mark.parametrize("what", ["29881", "cpt", "J1885", "hcpcs", "-25", "modifiers", "12345", "cpt knee"])
def test_the_printed_form_is_plain_and_the_same_each_time(what: str) -> None:
    form = course.browse(what).static_form
    assert form == course.browse(what).static_form and form.count("<ul>") == form.count("</ul>")
    assert "press Run All" in form and "2026" in form and "<script" not in form and "style=" not in form
    if what == "29881":
        assert "Musculoskeletal" in form and "Global period 090" in form and "<strong>LT, RT</strong>" in form
