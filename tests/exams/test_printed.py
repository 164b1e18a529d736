"""An exam on paper: the exam gives nothing away, the sheet has a row for each question, the key agrees with the
bank."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from course.bootstrap.errors import UserError
from course.exams import assemble, blueprint, pool
from course.exams.assemble import Entry, Form
from course.exams.printed import printed
from course.questions import text
from tests.exams.made_bank import question

CPC = blueprint.load("CPC")
#: Tags that need no end.
VOID = {"meta", "br", "link", "input", "hr", "img"}


class Page(HTMLParser):
    """The words of a page by class of the element around them, and whether its tags are in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "iframe", "img", "object")
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][0] != "style":
            self.words.append((self.open[-1][1], data))

    @property
    def plain(self) -> str:
        return " ".join(" ".join(data for _, data in self.words).split())


def pages(form: Form, load: Any = pool.load, plan: Any = CPC) -> tuple[Page, Page, Page]:
    made = printed(plan, form, load)
    assert [name.rsplit("-", 1)[1] for name in made] == ["exam.html", "sheet.html", "key.html"]
    exam, sheet, key = made.values()
    return Page(exam), Page(sheet), Page(key)


@pytest.fixture(scope="module")
def form() -> Form:
    return assemble.form(CPC, seed=4, part="1/4", fill=False)


def squeezed(words: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", words)).split())


def test_the_exam_has_every_question_and_gives_nothing_away(form: Form) -> None:
    exam, _, key = pages(form)
    bare = exam.plain.replace(" ", "")
    for place, entry in enumerate(form.entries, start=1):
        item = pool.load(entry.id)
        for part in (
            text.block(item.stem),
            text.pre(item.note or ""),
            *(text.inline(one.text) for one in item.options),
        ):
            assert squeezed(part).replace(" ", "") in bare
        for secret in (item.title, item.rationale, item.id, *(one.why for one in item.options)):
            words = squeezed(text.block(secret)).replace(" ", "")
            assert words in key.plain.replace(" ", "")
            assert len(words) < 25 or words not in bare
        assert ("place", f"{place}.") in exam.words
    questions = exam.plain.split(" Questions 1.")[1]
    assert not [one.name for one in CPC.domains if len(one.name) > 12 and one.name in questions]


def test_the_key_agrees_with_the_bank(form: Form) -> None:
    _, _, key = pages(form)
    quick = key.plain.split("Answers ")[1].split(" Your result")[0].split()
    wanted = []
    for place, entry in enumerate(form.entries, start=1):
        item = pool.load(entry.id)
        wanted += [str(place), "ABCDEFGH"[item.key]]
    assert quick == wanted
    assert "The pass line is 70 percent: 18 of 25 here." in key.plain
    for entry in form.entries:
        for source in pool.load(entry.id).sources:
            assert text.plain(source.ref) in key.plain


def test_the_table_of_the_key_counts_what_counts() -> None:
    plan = blueprint.load("CCA")
    form = assemble.form(plan, seed=1, part="1/2", fill=False)
    _, _, key = pages(form, plan=plan)
    tried = [str(place) for place, entry in enumerate(form.entries, start=1) if not entry.scored]
    assert f"Leave out 8 questions: {', '.join(tried)}." in key.plain
    counted = [int(number) for number in re.findall(r"____ of (\d+)", key.plain)]
    assert counted[0] == sum(counted[1:]) == len(form.entries) - len(tried)
    assert "does not make a number up" in key.plain and "pass line is" not in key.plain


def test_the_sheet_has_a_row_for_each_question(form: Form) -> None:
    exam, sheet, _ = pages(form)
    places = [data for style, data in sheet.words if style == "place"]
    assert places == [str(n) for n in range(1, len(form.entries) + 1)]
    assert sum(style == "bubble" for style, _ in sheet.words) == 4 * len(form.entries)
    assert {"Name", "Date"} <= {data for _, data in sheet.words}
    assert "Form CPC 4, quarter" in exam.plain and "Form CPC 4, quarter" in sheet.plain


def entries(*items: Any) -> Form:
    ones = tuple(Entry(item.id, "v", "Anatomy") for item in items)
    return Form("CPC", 1, 1.0, 240, ones, {"Cases": 10})


def test_kinds_other_than_one_of_four() -> None:
    options = [{"text": f"choice {n}", "why": f"Reason {n}.", "correct": n < 2} for n in range(6)]
    several = question("several", kind="multiple_choice", options=options)
    typed = question("typed", kind="code_entry", answer={"codes": ["S52.521A", "W19.XXXA"]}, note="Buckle fracture.")
    bank = {one.id: one for one in (several, typed)}
    exam, sheet, key = pages(entries(several, typed), bank.__getitem__)
    assert "Choose all that fit." in exam.plain and "Write the codes on the answer sheet." in exam.plain
    assert [data for style, data in sheet.words if style == "bubble"] == list("ABCDEF")
    assert sheet.plain.endswith("Codes 2.")
    assert "Answers 1 A, B 2 S52.521A, W19.XXXA Your result" in key.plain
    assert "This exam is not complete. The question bank is short of: Cases (10)." in exam.plain


def test_everything_is_escaped() -> None:
    evil = "<script>alert(1)</script> & \"quotes\" 'too' <b>"
    options = [{"text": f"{evil} {n}", "why": f"{evil} why {n}", "correct": n == 0} for n in range(2)]
    item = question(
        "evil", title="T <i>", stem=evil, note=evil, rationale=evil, options=options, objective="o <u>",
        sources=[{"ref": evil, "edition": "<em>", "checked": "2026-11-22"}],
    )  # fmt: skip
    bank = {item.id: item}
    made = printed(CPC, entries(item), bank.__getitem__)
    for page in made.values():
        assert "<script" not in page and "<b> " not in page and "<em>" not in page and "<u>" not in page
    exam, _, key = pages(entries(item), bank.__getitem__)
    assert evil in exam.plain and evil in key.plain


def test_what_no_source_gives_is_shown_as_an_assumption(form: Form) -> None:
    exam, _, key = pages(form)
    assert "The course's own assumption: No page read says how one moves between questions." in exam.plain
    assert "ICD-10-CM *" in key.plain and "10,000 series *" not in key.plain
    assert "* The count is the course's own assumption, or is not confirmed" in key.plain
    assert "No certifying body has a part in it or endorses it." in exam.plain


def test_pages_are_the_same_for_the_same_form_and_an_item_is_not_split(form: Form) -> None:
    made = printed(CPC, form)
    assert made == printed(CPC, form)
    assert list(made) == ["cpc-4-quarter-exam.html", "cpc-4-quarter-answer-sheet.html", "cpc-4-quarter-key.html"]
    page = made["cpc-4-quarter-exam.html"]
    assert page.count('<article class="item') == len(form.entries)
    assert re.search(r"@media print \{[^@]*\.item \{ break-inside: avoid;", page)


def test_a_form_that_cannot_be_printed_is_told() -> None:
    with pytest.raises(UserError, match="cannot be printed. The question gone/one is not there any more"):
        printed(CPC, Form("CPC", 1, 1.0, 240, (Entry("gone/one", "v", "Anatomy"),)))
    with pytest.raises(UserError, match="has no question for the CPC yet"):
        printed(CPC, Form("CPC", 1, 1.0, 240, ()))
