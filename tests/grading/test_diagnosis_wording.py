"""The files of sentences: complete, short, kind. The classic mix-ups rest on real codes and sections."""

from __future__ import annotations

import csv
import re
import string
from pathlib import Path

import pytest

import course.grading.diagnosis as package
from course.codesets import icd10cm
from course.grading.diagnosis import axes, basis, roles, rules, wording

SOURCES = [path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.glob("*.py")]
RULES = rules.load()
TABLES = [rule for name in ("rules", "beside", "order") for rule in rules.load(name)]
ROLES = roles.load()


@pytest.mark.parametrize("table", ["headlines", "sentences"])
def test_every_name_is_used_and_short_enough(table):
    most = wording.HEADLINE_WORDS if table == "headlines" else 40
    used = " ".join(SOURCES)
    stems = [found[1] for found in re.finditer(r'f"(\w+_)\{', used)]  # built names: f"seventh_{phase}"
    for name, text in wording.load()[table].items():
        assert f'"{name}"' in used or any(name.startswith(stem) for stem in stems) or table == "headlines", name
        assert len(text.split()) <= most, name
        assert text == text.strip() and text, name


@pytest.mark.parametrize("table", ["headlines", "sentences"])
def test_nobody_is_scolded(table):
    for name, text in wording.load()[table].items():
        assert not re.search(r"\b(?:wrong|incorrect|error|fail(?:ed)?|mistake|stupid|no!)\b", text, re.I), name
        assert "!" not in text and "{code}{" not in text, name
        assert table != "headlines" or (text.endswith(".") and "?" not in text), name


def test_only_known_braces_are_used():
    known = set(
        "a axis b block category chapter char choices code count date echo first kind label later left list meaning"
        " meant mine nth other owner phrase place prefix shape shared side stem surplus title typed wider".split()
    )
    for table in wording.load().values():
        for name, text in table.items():
            assert {field for _, field, _, _ in string.Formatter().parse(text) if field} <= known, name


def test_sentences_are_joined_as_long_as_they_fit():
    assert wording.compose(["one two", "", "three four five", "six"], most=4) == "one two six"
    assert wording.compose(["a b c d e"], most=3) == "a b c …"
    assert wording.compose([]) == ""


def test_sections_of_the_guidelines_exist(reference_dir):
    with (reference_dir.parent / "facts" / "exams" / "guideline_sections.csv").open(
        encoding="utf-8", newline=""
    ) as lines:
        known = {row["section"] for row in csv.DictReader(lines)}
    named = [section.strip() for key in basis._RULES for section in key.split(",")]
    named += [rule.section for rule in TABLES] + [role.section for role in ROLES]
    named += [role.first_section for role in ROLES if role.first_section]
    for section in named:
        # the table goes down to the letter; what follows a letter (I.C.9.a.3) is a numbered paragraph of it
        assert section in known or section.rpartition(".")[0] in known, section


@pytest.mark.parametrize("rule", TABLES, ids=lambda rule: f"{rule.section} {rule.entered[0]}")
def test_a_rule_is_short_kind_and_about_real_codes(rule):
    assert len(rule.says.split()) <= wording.MESSAGE_WORDS
    assert not re.search(r"\b(?:wrong|incorrect|mistake)\b", rule.says, re.I)
    codes = icd10cm.open_edition(2027)
    for pattern in (*rule.entered, *rule.key):
        for code in re.split(r"-(?=[A-Z])", pattern):
            assert code.removesuffix("*") in codes, f"{code} in {pattern}"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: f"{role.section} {role.codes[0]}")
def test_a_role_is_short_kind_and_about_real_codes(role):
    assert len(role.says.split()) <= 40 and len(role.first.split()) <= 25
    assert not re.search(r"\b(?:wrong|incorrect|mistake)\b", role.says + role.first, re.I)
    assert not re.search(r"\b[A-Z]\d[0-9A-Z]\.", role.says), "families may be named, codes may not"
    codes = icd10cm.open_edition(2027)
    for pattern in role.codes:
        for code in re.split(r"-(?=[A-Z])", pattern):
            assert code.removesuffix("*") in codes, f"{code} in {pattern}"


@pytest.mark.parametrize("name", ["rules", "beside", "order"])
def test_no_rule_is_hidden_behind_an_earlier_one(name):
    """A later rule with the same reach as an earlier one without titles could never be said."""
    seen: list[rules.Rule] = []
    for rule in rules.load(name):
        for earlier in seen:
            plain = not (earlier.entered_title or earlier.key_title or earlier.near)
            assert not (plain and {*rule.entered} <= {*earlier.entered} and {*rule.key} <= {*earlier.key}), rule
        seen.append(rule)


def test_no_role_is_hidden_behind_an_earlier_one():
    codes = icd10cm.open_edition(2027)
    found = {roles.role_of(codes.get(code)) for code in codes.billable_codes()}
    assert {role.section + role.codes[0] for role in ROLES if role not in found} == set()


def test_an_axis_is_a_phrase_that_names_no_value():
    looks = [look for look, _, _ in axes.load()]
    assert len({*looks}) == len(looks)
    for look in looks:
        assert look == look.strip(" .") and not re.search(r"\d", look) and len(look.split()) <= 10


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.section} {rule.entered[0]}")
def test_a_rule_does_not_name_a_code_it_leads_to(rule):
    exact = [pattern for pattern in rule.key if pattern[-1] != "*" and "-" not in pattern]
    for code in exact:
        assert code not in rule.says and code not in rule.gist


def test_patterns_of_rules():
    assert rules.fits("I10", "I10") and not rules.fits("I10", "I109")
    assert rules.fits("I25.7*", "I25700") and not rules.fits("I25.7*", "I2510")
    assert rules.fits("S00-T14", "S52521A") and rules.fits("S00-T14", "T148XXA") and not rules.fits("S00-T14", "T150")
