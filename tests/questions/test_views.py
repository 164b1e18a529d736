"""What a card and a printed page are given: enough to answer, nothing that tells the answer."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from course.grading.verdict import Outcome
from course.questions.bank import load_topic
from course.questions.base import ItemBase
from course.questions.kinds import KINDS, check, solution, static_html, view
from tests.telltales import TELLTALES

SLUGS = (
    "billable-one which-headings count-codes charge buckle heart-failure parts-of-a-code which-book look-up-path"
    " billable-or-heading path-to-the-wrist words-of-the-film which-quadrant rash-from-a-drug second-film only-a-visit"
    " two-stable-illnesses chest-pain-in-the-ed meniscus-on-the-right visit-and-shot three-visits"
    " fever-and-lactate"
    " several-joints stomach-and-bowels bone-and-joint"
    " to-the-body field-at-the-groin"
    " prices-since-2020 one-median"
).split()


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def secrets(one: ItemBase) -> set[str]:
    """Every sentence that only feedback may show."""
    found = {str(value) for name, value in walk(one.model_dump(mode="json")) if name in ("why", "rationale") and value}
    found |= set(one.hints) | set(getattr(one, "reasons", {}).values())
    found |= {value for value in getattr(getattr(one, "verify", None), "reasons", {}).values()}
    return found


def test_every_kind_is_in_the_fixtures(fixtures) -> None:
    assert {one.kind for one in load_topic("90-kinds", fixtures).items} == set(KINDS)
    assert {one.slug for one in load_topic("90-kinds", fixtures).items} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_view_is_json_and_holds_no_key(item, slug: str) -> None:
    one = item(slug)
    shown = view(one)
    text = json.dumps(shown)
    assert json.loads(text) == shown
    assert not TELLTALES & {name for name, _ in walk(shown)}
    for sentence in secrets(one):
        assert json.dumps(html.escape(sentence))[1:-1] not in text and json.dumps(sentence)[1:-1] not in text
    if one.kind == "code_entry":
        for code in (*one.answer.codes, *one.answer.optional, *one.reasons):
            assert code not in text
    if one.kind == "lookup_path":
        assert one.verify.code not in text and not any(code in text for code in one.verify.reasons)
    if one.kind == "service_lines":
        assert not [code for _, code in one.key_services() if code in text]
        assert not {"lines", "asks", "units"} & {name for name, _ in walk(shown)}
    if one.kind == "highlight":
        assert not [code for code in one.codes if code in text]
    if slug == "which-quadrant":
        assert one.complete.code not in text and not any(code.rstrip("*") in text for code in one.complete.reasons)
    if one.kind == "your_turn":
        assert not [code for path, code in one.codes() if path != ("starter",) and json.dumps(code)[1:-1] in text]
    if one.kind == "number":
        assert str(one.answer.value) not in [str(value) for _, value in walk(shown)]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_view_does_not_depend_on_which_option_is_right(item, slug: str) -> None:
    """Turn the key round: the view stays the same to the letter (but for the content version)."""
    one = item(slug)
    data = one.model_dump(mode="json")
    if "options" in data:
        marks = [option["correct"] for option in data["options"]]
        for option, mark in zip(data["options"], marks[1:] + marks[:1], strict=True):
            option["correct"] = mark
    elif one.kind == "number":
        data["answer"]["value"], data["mistakes"] = "7.25", []
    elif one.kind == "sorting":
        other = {"billable": "heading", "heading": "billable"}
        for entry in data["entries"]:
            entry["group"] = other[entry["group"]]
    elif one.kind == "matching" and slug == "parts-of-a-code":
        rights = [pair["right"] for pair in data["pairs"]]
        texts = list(view(one)["rights"])
        for pair, right in zip(data["pairs"], rights[1:] + rights[:1], strict=True):
            pair["right"] = right
        twin = KINDS[one.kind].Model.model_validate(data)
        assert sorted(right["html"] for right in view(twin)["rights"]) == sorted(right["html"] for right in texts)
        assert view(twin)["lefts"] == view(one)["lefts"]
        return
    elif one.kind == "highlight":
        data["phrases"], data["traps"] = data["traps"], [{"text": p["text"], "why": p["why"]} for p in data["phrases"]]
        data["codes"], data["optional"] = ["S52.522A"], []
    elif slug == "several-joints":
        data["answer"], data["also"], data["reasons"] = ["peri-", "oste", "-osis"], [], {}
    elif slug == "stomach-and-bowels":
        data["answer"] = ["col", "o", "-logy"]
    elif one.kind == "your_turn":
        data["answer"], data["slips"], data["order"] = "mine = 7", [], False
    elif one.kind == "take_apart":
        data["extra"] = list(data["meanings"].values())
        data["meanings"] = {"oste": "muscle", "arthr": "artery", "-pathy": "inflammation"}
        data["also"], data["reasons"] = [], {}
    elif slug == "second-film":
        data["answer"] = []
    elif slug == "only-a-visit":
        data["answer"] = ["25", "57"]
    elif one.kind == "query_workshop":
        lead, fair = data["leading"], data["traps"]
        data["traps"] = [{"text": p["text"], "why": p["why"]} for p in lead]
        data["leading"] = [{**p, "sort": "beyond"} for p in (*fair, {"text": "Thank you", "why": "So."})]
        places = [(p["place"], p["role"]) for p in data["parts"]]
        for part, (place, role) in zip(data["parts"], places[-2:] + places[:-2], strict=True):
            part |= {"place": place, "role": role, "why": part["why"] or "So."}
    elif slug == "two-stable-illnesses":
        data["elements"] = {"problems": {"minor": 1}, "data": {}, "risk": ["minimal"]}
        data |= {"optional": [], "traps": [], "minutes": None, "code": "99212"}
    elif slug == "chest-pain-in-the-ed":
        data["elements"]["risk"] = ["minimal"]
    elif slug == "three-visits":
        for visit in data["encounters"]:
            visit["missed"], visit["complete"] = None if visit["missed"] else {"code": "R05.1", "why": "x"}, None
            for line in visit["lines"]:
                fine = line["finding"] != "agree"
                line |= {"finding": "agree" if fine else "unsupported", "should": ""}
    elif slug == "meniscus-on-the-right":
        data["answer"]["lines"], data["reasons"] = [{"code": "20610", "modifiers": []}], {}
    elif slug == "visit-and-shot":
        codes = ("J1885", "99214", "96372", "36415")
        data["answer"] = {"lines": [{"code": code} for code in codes], "order": [["99214", "J1885"]]}
        data["reasons"] = {}
    elif slug == "which-quadrant":
        data["answer"] |= {"row": "breast, nipple", "column": "benign"}
        data["complete"] = {"code": "D24.1"}
    elif slug == "rash-from-a-drug":
        data["answer"]["column"] = "underdosing"
    elif slug == "buckle":
        data["answer"]["codes"] = ["S52.522A"]
    elif slug == "to-the-body":
        data["part"], data["reasons"] = "aorta", dict.fromkeys(set(one.offered) - {"aorta"}, "Look again.")
    elif one.kind == "lookup_path":
        for name, right in (("main_terms", "Wrist"), ("subterms", "radius → shaft"), ("offered", "S52.50-")):
            for option in data[name]:
                option["correct"] = option["text"] == right
        data["verify"]["code"] = "S52.501A"
    else:
        return
    twin = KINDS[one.kind].Model.model_validate(data)
    assert view(twin) | {"content_version": ""} == view(one) | {"content_version": ""}
    assert static_html(twin) == static_html(one)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_view_has_what_every_card_needs(item, slug: str) -> None:
    one = item(slug)
    shown = view(one)
    assert shown["id"] == f"90-kinds/{slug}" and shown["lesson"] == "03" and shown["kind"] == one.kind
    assert shown["stem_html"].startswith("<p>") and shown["title"] and shown["instruction"].endswith(".")
    services = one.kind in ("service_lines", "modifier_choice", "em_leveling")
    assert shown["edition_label"] == ("CPT and HCPCS 2026 and 2027" if services else "ICD-10-CM FY2026 and FY2027")
    assert shown["hint_count"] == len(one.hints) and shown["difficulty"] == one.difficulty and shown["objective"]
    assert bool(shown["note_html"] or shown.get("words")) == bool(one.note)


DAY = "Sources checked November 22, 2026"


@pytest.mark.parametrize(
    ("stem", "label"),
    [
        ("Which root means joint?", DAY),
        ("I10 is no heading, B12 a vitamin.", DAY),
        ("Does S52.521A fit?", f"{DAY}; ICD-10-CM FY2026 and FY2027"),
        ("Was 99214 right, at $12,345 or 20,000 dollars?", f"{DAY}; CPT and HCPCS 2026 and 2027"),
        ("E11.9 with J1885?", f"{DAY}; ICD-10-CM FY2026 and FY2027; CPT and HCPCS 2026 and 2027"),
        ("Glands stand at 60000 to 60699.", DAY),
        ("Record 55512 was opened.", DAY),
    ],
)  # fmt: skip
def test_words_and_laws_name_the_day_and_a_code_its_edition(item, stem: str, label: str) -> None:
    one = item(SLUGS[0])
    sources = [{"ref": "45 CFR 164.502", "checked": day} for day in ("2026-11-22", "2025-01-05")]
    kept = {"id", "slug", "title", "objective", "difficulty", "editions", "domains", "content_version"}
    data = one.model_dump(include=kept) | {
        **{"kind": "single_choice", "lesson": "02a", "stem": stem, "sources": sources, "not_codes": ["55512"]},
        **{"rationale": "So.", "hints": ["Look."]},
        "options": [{"text": text, "why": "No.", "correct": text == "a"} for text in "ab"],
    }
    made = KINDS["single_choice"].Model.model_validate(data)
    assert view(made)["edition_label"] == label


def test_chart_notes_are_escaped_and_keep_their_shape(item) -> None:
    note = view(item("which-headings"))["note_html"]
    assert note == "Code list of the clinic &lt;draft&gt;\n  E11.22   E11.2   I10   I13"


class Outline(HTMLParser):
    """Checks that tags are balanced; collects attributes and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("br", "img"):
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack and self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("slug", SLUGS)
def test_the_static_form_is_plain_html(item, slug: str) -> None:
    one = item(slug)
    page = static_html(one)
    outline = Outline()
    outline.feed(page)
    assert not outline.stack
    picture = {"img"} if one.kind == "diagram" else set()
    allowed = {"class", "type", *(("src", "alt", "width") if picture else ())}
    assert outline.attributes <= allowed, "no styles, no scripts, no ids"
    assert not outline.names & ({"script", "style", "h1", "h2", "h3", "input", "button", "img", "a"} - picture)
    text = " ".join(outline.text.split())
    assert one.title in text and "2026 and " in text
    assert "To answer, open this lesson in JupyterLab and press Run All." in text
    for sentence in secrets(one):
        assert sentence not in text
    assert static_html(one.model_copy()) == page


def test_the_static_form_shows_what_there_is_to_choose(item) -> None:
    page = static_html(item("billable-one"))
    lettered = re.findall(r"<strong>([A-Z])\.</strong> (.*?)(?:<br>|</p>)", page)
    assert lettered == [("A", "S52.52"), ("B", "S52.521A"), ("C", "S52.521"), ("D", "S52")]
    page = static_html(item("parts-of-a-code"))
    assert page.count("<tr>") == 5 and "name of the payer" in page
    page = static_html(item("billable-or-heading"))
    assert "<strong>billable</strong>" in page and page.count("<li>") == 4
    assert static_html(item("look-up-path")).count("____") == 4
    assert static_html(item("buckle")).count("______________") == 1
    assert static_html(item("heart-failure")).count("______________") == 6, "how many codes there are is not told"
    assert "&nbsp;&nbsp;E11.22" in static_html(item("which-headings"))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_solution_is_accepted_and_explained(item, slug: str) -> None:
    one = item(slug)
    shown = solution(one)
    json.dumps(shown)
    if one.kind != "code_entry":
        verdict = check(one, shown["response"])
        assert verdict.outcome is Outcome.CORRECT and verdict.score == 1 and verdict.headline.startswith("Yes")
    outline = Outline()
    outline.feed(shown["html"])
    assert not outline.stack and outline.text
    if one.kind not in ("code_entry", "number", "your_turn"):
        for name, why in walk(one.model_dump(mode="json")):
            if name == "why" and why:
                assert why in outline.text


RAWS = [
    None, "", " ", "a", "zz", 0, 1, -1, 2.5, True, False, [], {}, [None], [[]], {"a": None}, {"l1": {}}, {"l1": []},
    ["a", None], "x" * 5000, ["x" * 5000], {"e1": "x" * 5000}, "\0", "\ud800", ["\ud800"], {"\ud800": "\ud800"},
    float("nan"), 10**400, b"a", object(), {1: 2}, {"l1": "r1", "l2": "r1"}, [[["a"]]], ("a", "b"), {"a", "b"},
    "\uff11\uff12", "\u0663", "\u00bd", "\u00b2", ["I10", "E11.9"], "1e400",
]  # fmt: skip


@pytest.mark.parametrize("slug", SLUGS)
def test_no_response_of_any_kind_raises(item, slug: str) -> None:
    one = item(slug)
    for raw in RAWS:
        if one.kind == "code_entry":
            KINDS[one.kind].parse(one, raw)  # what it says about codes is tested with the code set
            continue
        verdict = check(one, raw)
        json.dumps(verdict.to_dict())
        assert verdict.headline
        if verdict.invalid is not None:
            assert verdict.outcome is Outcome.NOT_ATTEMPTED and 10 < len(verdict.invalid) < 250
        assert "incorrect" not in verdict.headline.lower() and "wrong" not in verdict.headline.lower()
