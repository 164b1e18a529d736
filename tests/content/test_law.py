"""No statement of law without its act, part or agency: in the questions, the flash cards and the lessons on it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from course.paths import data_dir, notebooks_dir
from tests.content.by_topic import TOPICS

#: What a citation looks like: an act, a part, a chapter of a manual, a section of a guideline, a page of an agency or
#: of a body that keeps a code set or a code of ethics.
CITATION = re.compile(
    r"""\d+\sU\.S\.C\.\s\d+                                     # 31 U.S.C. 3729(b)(1)
    | \d+\sCFR\s(?:part\s)?\d+                                  # 45 CFR 164.502(b), 42 CFR part 2
    | Federal\sRegister
    | Medicare\s[A-Z][\w ]+Manual,\schapter\s\d+                # Medicare Claims Processing Manual, chapter 30
    | NCCI\sPolicy\sManual\b[\w ]*,\schapters?\s[\dIVX]+
    | Physician\sFee\sSchedule
    | Guidelines,?\s(?:[IVX]+\b(?:\.[A-Z])?|[A-Z]\d+|Appendix\sI|introduction)   # ICD-10-CM Guidelines III.C
    | (?:ICD-10-CM\sTabular\sList|ICD-10-CM\sIndex|HCPCS\sLevel\sII),?\s\S
    | CPT(?:\s2026)?,\s\S
    | \b(?:OIG|CMS|HHS|ONC|FDA|NLM|NUBC|NUCC|WHO|CDC|AHIMA|AAPC|ACDIS|AHA|HFMA|ISMP|Joint\sCommission)\b[\w/ .()]*,\s\w
    | \b(?:OIG|HHS|CMS)\b[\w ]*\s(?:Guidance|Bulletin|Plan|statement|List)
    | \b(?:AHIMA|AAPC)\s(?:Standards|Code)\b
    | HealthIT\.gov\b | AHA\sCoding\sClinic\b | Journal\sof\sAHIMA,\s\w
    """,
    re.VERBOSE,
)
#: Words that make a sentence of a lesson a statement of law.
LAW_WORDS = re.compile(
    r"\b(HIPAA|Privacy Rule|Security Rule|False Claims|kickback|Stark|exclu(?:sion|ded)|breach|must|may not|"
    r"required by|forbid(?:s|den)|retention|unlawful|ABN|LCDs?|NCDs?|incident[- ]to|teaching physicians?|EMTALA|"
    r"overpayments?|authorization|subpoena|business associates?|minimum necessary|whistleblowers?|medical necessity)\b",
    re.IGNORECASE,
)
LAW_TOPICS = sorted(topic for topic in TOPICS if topic.startswith("11-"))


def cited(text: str) -> bool:
    return CITATION.search(text) is not None


def in_parentheses(text: str) -> Iterator[str]:
    """What stands in the outer parentheses; those of ``164.502(b)`` are inside."""
    depth, start = 0, 0
    for n, char in enumerate(text):
        if char == "(":
            start = n + 1 if not depth else start
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if not depth:
                yield text[start:n]


def uncited(cell: str) -> str:
    """The first law word of a Markdown cell that has no citation in parentheses; "" when there is one, or no law."""
    prose = re.sub(r"^(?:#|>).*$", "", cell, flags=re.MULTILINE)  # headings ask, and chart lines are quoted
    found = LAW_WORDS.search(prose)
    return found[0] if found and not any(map(cited, in_parentheses(cell.replace("\n", " ")))) else ""


@cache
def law_cells() -> tuple[tuple[str, str], ...]:
    """(lesson, Markdown) of the lessons on records and compliance; openings, key points and closings are left out,
    which repeat what a cell with its citation has said."""
    found = []
    for file in sorted(notebooks_dir().glob("11*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        plain = [
            text for text in texts[1:] if not re.match(r"\s*#+ (Key points|What comes next|Checkpoint|Next)", text)
        ]
        found += [(file.stem, text) for text in plain]
    return tuple(found)


def test_there_are_topics_of_law() -> None:
    assert {"11-compliance", "11-privacy"} <= set(LAW_TOPICS)


@pytest.mark.parametrize("topic", LAW_TOPICS)
def test_each_question_cites_an_act_part_or_agency(topic: str) -> None:
    bare = [one.id for one in TOPICS[topic] if not any(cited(source.ref) for source in one.sources)]
    assert not bare, "\n".join(bare)


@pytest.mark.parametrize("topic", ["11-compliance", "11-privacy"])
def test_each_source_of_the_law_topics_is_one(topic: str) -> None:
    """Here every single source has the form."""
    odd = [(one.id, source.ref) for one in TOPICS[topic] for source in one.sources if not cited(source.ref)]
    assert not odd


def test_each_rule_card_cites_its_source() -> None:
    path = data_dir() / "flashcards" / "rules.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    bare = [(row["id"], row["source"]) for row in rows if not cited(row["source"])]
    assert len(rows) >= 50 and not bare
    assert all(re.fullmatch(r"2\d{3}-\d\d-\d\d", row["checked"]) for row in rows)


def test_each_cell_of_the_lessons_cites_what_it_says_of_law() -> None:
    bare = [f"{lesson}: {word!r} in {text[:120]!r}" for lesson, text in law_cells() if (word := uncited(text))]
    assert not bare, "\n".join(bare)


def test_each_source_of_the_practice_is_one() -> None:
    from course.questions.generators.which_rule_facts import RULES

    assert not [rule for rule in RULES.values() if not cited(rule.source)]


@pytest.mark.parametrize(
    "text",
    [
        "31 U.S.C. 3729(b)(1)",
        "42 CFR part 2, subpart E",
        "45 CFR 164.502(b)",
        "Medicare Claims Processing Manual, chapter 30, section 50",
        "ICD-10-CM Guidelines III.C",
        "AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice",
        "OIG, Work Plan",
        "HHS Office for Civil Rights, Fact Sheet: Ransomware and HIPAA",
    ],
)
def test_citations_are_recognized(text: str) -> None:
    assert cited(text)


@pytest.mark.parametrize(
    "text", ["HIPAA", "the law", "a federal rule", "CMS", "section 12", "everybody knows", "OIG says so", "chapter 30"]
)
def test_mere_names_are_no_citation(text: str) -> None:
    assert not cited(text)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("A copy must be sent within 30 days.", "must"),
        ("A breach (a bad one) is told within 60 days.", "breach"),
        ("HIPAA forbids it, says 45 CFR 164.502(b).", "HIPAA"),
        ("A copy must be sent within 30 days (45 CFR 164.524(b)(2)).", ""),
        ("> He must return in 2 wk.\n\nA line of a chart.", ""),
        ("## What must I sign?\n\nNothing yet.", ""),
        ("The weather is fine.", ""),
    ],
)
def test_a_cell_without_its_citation_is_found(cell: str, word: str) -> None:
    assert uncited(cell) == word
