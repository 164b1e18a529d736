"""The code browser without a browser: pages, pickers, searches; and the laws that hold over the whole code set."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cards import browser_model as model
from course.cards import browser_notes, browser_seventh
from course.codesets import icd10cm
from course.codesets.icd10cm import NOTE_KINDS, Ref
from course.codesets.icd10cm.codeset import CodeSet

#: Every this many codes a page is made; all of them take a minute.
STEP = 97


@pytest.fixture(scope="module")
def now() -> CodeSet:
    return icd10cm.open_edition(2027)


@pytest.fixture(scope="module")
def before() -> CodeSet:
    return icd10cm.open_edition(2026)


def links(page: dict) -> list[str]:
    """Every code that a click on the page could open in its edition."""
    out = [one["code"] for one in page["path"]]
    for group in page.get("notes", []):
        out += [part[1] for kind in group["kinds"] for line in kind["lines"] for part in line["parts"] if len(part) > 1]
    out += [row["code"] for row in (page.get("next") or {"rows": []})["rows"]]
    out += [row["code"] for rows in page["tree"].values() for row in rows]
    if page.get("seventh") and page["seventh"]["ready"]:
        out += [option["code"] for option in page["seventh"]["options"]]
    return out


# -- one page


def test_a_code_that_lacks_only_its_7th_character_is_no_heading(now: CodeSet) -> None:
    """Guidelines I.A.2: it is a code, and invalid without its 7th character."""
    for code in ("S52.521", "W08"):
        assert model.page(now, code)["status"].startswith("Incomplete, not billable")
    assert model.page(now, "S52.521")["word"] == "Incomplete"
    assert {row["word"] for row in model.page(now, "S52.52")["next"]["rows"]} == {"Incomplete"}


def test_a_heading_says_why_it_is_not_billable_and_what_comes_next(now: CodeSet) -> None:
    page = model.page(now, "s5252")
    assert (page["is"], page["code"], page["title"]) == ("page", "S52.52", "Torus fracture of lower end of radius")
    assert page["status"] == "Heading, not billable"
    assert "6th character" in page["why"]["text"] and page["why"]["more"] == "18 billable codes below it."
    assert page["next"]["head"] == "Choose the 6th character"
    assert [(row["code"], row["char"]) for row in page["next"]["rows"]] == [
        ("S52.521", "1"),
        ("S52.522", "2"),
        ("S52.529", "9"),
    ]
    assert [one["name"] for one in page["path"]] == ["Chapter 19", "Block S50-S59", "Category S52", "Subcategory S52.5"]


def test_a_billable_code_needs_no_excuse(now: CodeSet) -> None:
    page = model.page(now, "S52.521A")
    assert page["status"] == "Billable code" and page["why"] is None and page["next"] is None
    assert page["seventh"]["chosen"] == "A"


def test_the_edition_decides_what_a_code_is(now: CodeSet, before: CodeSet) -> None:
    today, then = model.page(now, "I42.0"), model.page(before, "I42.0")
    assert (then["mark"], today["mark"]) == ("billable", "heading")
    assert then["history"][0]["head"] == "Changes in FY2027" and then["history"][0]["show"] == 2027
    assert today["history"][0]["head"] == "Divided in FY2027" and today["history"][0]["show"] == 2026
    assert today["history"][0]["codes"] == ["I42.00", "I42.01", "I42.09"]
    assert "FY2027" in today["label"] and "FY2026" in then["label"]


def test_a_code_of_another_edition_says_so_and_leads_there(now: CodeSet, before: CodeSet) -> None:
    gone = model.page(now, "T52.8X1A")
    assert gone["is"] == "missing" and gone["elsewhere"] == [2026] and gone["near"]["code"] == "T52.8"
    assert gone["history"][0]["show"] == 2026 and "T52.811A" in gone["history"][0]["nearby"]
    early = model.page(before, "I42.00")
    assert early["is"] == "missing" and early["history"][0]["show"] == 2027


def test_new_codes_are_honest_about_their_notes(now: CodeSet) -> None:
    page = model.page(now, "I42.00")
    assert page["notes_line"].startswith("Notes are those of FY2026")
    assert model.page(now, "S52.52")["notes_line"] == ""


def test_what_is_no_code_shows_the_diagnosis(now: CodeSet) -> None:
    page = model.page(now, "S52.521Z")
    assert page["is"] == "missing" and page["finding"]["kind"] == "wrong_seventh"
    assert page["near"]["code"] == "S52.521" and page["path"][-1]["code"] == "S52.521"


def test_the_start_page_lists_the_chapters(now: CodeSet) -> None:
    page = model.page(now, None)
    assert page["is"] == "start" and len(page["next"]["rows"]) == len(now.chapters())
    assert f"{now.count():,}" in page["text"]


# -- notes


def test_notes_are_grouped_by_owner_own_first_nearest_next(now: CodeSet) -> None:
    groups = model.page(now, "S52.52")["notes"]
    assert [group["owner"] for group in groups] == ["S52.52", "S52.5", "S52", "S50-S59", "19"]
    assert [group["own"] for group in groups] == [True, False, False, False, False]
    assert [group["open"] for group in groups] == [True, True, True, False, True], "chapter 19 asks for Z18"


def test_a_farther_rule_for_7th_characters_is_marked_as_replaced(now: CodeSet) -> None:
    over = {
        group["owner"]: kind["over"]
        for group in model.page(now, "S52.521")["notes"]
        for kind in group["kinds"]
        if kind["kind"] == "seventh"
    }
    assert over == {"S52.52": "", "S52": "S52.52"}


def test_codes_in_notes_are_links(now: CodeSet) -> None:
    refs = (Ref("S59.2", "S59.2"),)
    assert browser_notes.parts(now, "physeal fractures (S59.2-)", refs) == [
        ["physeal fractures ("],
        ["S59.2-", "S59.2"],
        [")"],
    ]
    both = browser_notes.parts(now, "lymphoma (C82-C83)", (Ref("C82", "C83"),))
    assert [part[1] for part in both if len(part) > 1] == ["C82", "C83"]


def test_only_what_a_note_refers_to_is_a_link(now: CodeSet) -> None:
    assert browser_notes.parts(now, "vitamin B12 deficiency", ()) == [["vitamin B12 deficiency"]]
    fiber = "a carbon C50 fiber"  # C50 is a category, but not meant here
    assert browser_notes.parts(now, fiber, ()) == [[fiber]]
    gone = (Ref("B12", "B12"),)  # a reference to what the edition does not have stays text
    assert browser_notes.parts(now, "as in (B12)", gone) == [["as in (B12)"]]


def test_a_reference_that_the_text_does_not_spell_out_is_added(now: CodeSet) -> None:
    parts = browser_notes.parts(now, "an external cause code (Chapter 20)", (Ref("V00", "Y99"),))
    assert [part[1] for part in parts if len(part) > 1] == ["V00", "Y99"]


def test_use_additional_reads_as_the_sentence_of_the_book(now: CodeSet) -> None:
    group = next(group for group in model.page(now, "E11")["notes"] if group["own"])
    lines = next(kind for kind in group["kinds"] if kind["kind"] == "use_additional")["lines"]
    assert lines[0]["parts"] == [["Use additional code to identify control using:"]]
    assert [line["under"] for line in lines] == [False, True, True, True, True]


def test_every_kind_of_note_is_explained() -> None:
    kinds = browser_notes.kinds()
    assert set(kinds) == set(NOTE_KINDS)
    assert all(one["label"] and one["gloss"] and one["text"] and one["icon"] for one in kinds.values())


# -- 7th characters


def test_x_fills_the_empty_places(now: CodeSet) -> None:
    made = browser_seventh.seventh(now, "W08", "d")
    assert (made["code"], made["fills"], made["billable"]) == ("W08.XXXD", 3, True)
    assert browser_seventh.seventh(now, "S52.521", "A")["code"] == "S52.521A"


def test_a_7th_character_that_is_not_offered_is_refused_in_words(now: CodeSet) -> None:
    assert "does not take B" in browser_seventh.seventh(now, "S52.521", "B")["trouble"]
    assert browser_seventh.seventh(now, "zzz", "A")["trouble"] == "There is no such code."
    assert "trouble" in browser_seventh.seventh(now, "S52.52", "A")  # the 6th character comes first


def test_the_picker_waits_for_the_characters_before_it(now: CodeSet) -> None:
    early, ready = model.page(now, "S52.52")["seventh"], model.page(now, "S52.521")["seventh"]
    assert not early["ready"] and "".join(one["char"] for one in early["options"]) == "ADGKPS"
    assert ready["ready"] and [one["code"] for one in ready["options"]] == [f"S52.521{char}" for char in "ADGKPS"]
    assert model.page(now, "S52.521")["next"] is None, "the picker offers all there is to choose"


# -- search


def test_results_say_what_each_hit_is_and_why_it_is_there(now: CodeSet) -> None:
    found = model.results(now, "  torus   fracture radius ")
    assert found["q"] == "torus fracture radius" and found["verdict"] is None
    assert "S52.52" in [hit["code"] for hit in found["hits"]]
    assert all(hit["word"] and hit["why"] for hit in found["hits"])


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("S52.521Z", "wrong_seventh"),
        ("S5252", "heading"),
        ("S52.521", "missing_seventh"),
        ("W08A", "placeholder_missing"),
        ("S52.521A", "billable"),
        ("250.00", "not_a_code"),
        ("T52.8X1A", "deleted"),
    ],
)
def test_a_typed_code_gets_a_verdict(now: CodeSet, typed: str, kind: str) -> None:
    verdict = model.results(now, typed)["verdict"]
    assert verdict["kind"] == kind and verdict["headline"] and verdict["message"]


@pytest.mark.parametrize("typed", ["zzz", "fx", "MI", "torus fracture", "S", "S5", "S50-S59", "diabetes 2", "???", ""])
def test_words_get_no_verdict(now: CodeSet, typed: str) -> None:
    assert model.results(now, typed)["verdict"] is None


def test_nothing_found_gives_advice(now: CodeSet) -> None:
    found = model.results(now, "zzzzqqq")
    assert found["hits"] == [] and "Nothing found" in found["advice"] and "fewer words" in found["advice"]


def test_chapters_and_blocks_are_found(now: CodeSet) -> None:
    assert model.results(now, "S50-S59")["hits"][0]["code"] == "S50-S59"
    assert model.results(now, "chapter 19")["hits"][0]["code"] == "19"


# -- laws


def test_every_code_has_a_page_and_every_link_on_it_resolves(now: CodeSet) -> None:
    codes = [code for (code,) in now.connection.execute("SELECT code FROM code ORDER BY n")]
    for code in codes[::STEP]:
        page = model.page(now, code)
        assert page["is"] == "page" and page["code"] == code
        assert page["title"] and page["status"] and (page["why"] is None) == (page["mark"] == "billable")
        dead = [link for link in links(page) if link not in now]
        assert not dead, f"{code}: {dead}"


def test_every_reference_of_every_note_is_a_live_link(now: CodeSet) -> None:
    """All notes, not a sample: each link resolves, and a note that refers to something has at least one."""
    owners = [owner for (owner,) in now.connection.execute("SELECT DISTINCT owner FROM note")]
    for owner in owners:
        for note in now.notes(owner, inherited=False):
            parts = browser_notes.parts(now, note.text, note.refs)
            targets = [part[1] for part in parts if len(part) > 1]
            assert all(target in now for target in targets), (owner, note.text)
            if any(ref.first in now for ref in note.refs):
                assert targets, (owner, note.text)
            assert "".join(part[0] for part in parts).startswith(note.text), (owner, note.text)


def test_the_picker_offers_exactly_the_codes_that_exist(now: CodeSet) -> None:
    stems = [stem for (stem,) in now.connection.execute("SELECT DISTINCT parent FROM code WHERE length(code) = 8")]
    for stem in random.Random(7).sample(stems, 300):
        page = model.page(now, stem)
        offered = (
            [option["code"] for option in page["seventh"]["options"]]
            if page["seventh"] and page["seventh"]["ready"]
            else []
        )
        listed = [row["code"] for row in (page["next"] or {"rows": []})["rows"]]
        assert sorted(offered + listed) == sorted(child.code for child in now.children(stem)), stem


@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(r"[A-Za-z][0-9][0-9A-Za-z]\.?[0-9A-Za-z]{0,6}", fullmatch=True),
        st.none(),
        st.integers(),
        st.binary(),
    )
)
def test_no_text_raises(anything: object) -> None:
    codes = icd10cm.open_edition(2027)
    page, found = model.page(codes, anything), model.results(codes, anything)
    json.dumps([page, found, browser_seventh.seventh(codes, anything, anything)]).encode()
    assert page["is"] in ("page", "start", "missing") and all(link in codes for link in links(page))
    assert found["hits"] or found["advice"] or not found["q"]


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("on purpose")


def test_even_what_cannot_be_printed_opens_the_start_page(now: CodeSet) -> None:
    assert model.page(now, Unprintable())["is"] == "start"
