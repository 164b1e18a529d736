"""Every code in the questions, against the loaded editions and, with ``COURSE_REFERENCE_DIR``, the official tables."""

from __future__ import annotations

import csv
import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from course.codesets import cpt, icd10cm
from course.codesets.icd10cm import tables
from course.grading.services import retired
from course.questions import proof, proof_services
from course.questions.base import ItemBase
from course.questions.kinds import lookup_path, table_lookup
from tests.content.by_topic import of_each_question


@of_each_question
def test_every_code_is_in_a_loaded_edition_or_was_once(one: ItemBase) -> None:
    editions = [icd10cm.open_edition(edition) for edition in icd10cm.editions()]
    for path, code in proof.mentions(one):
        if code not in one.not_codes:
            assert any(proof.known(codes, code) for codes in editions), f"{path}: {code}"


@of_each_question
def test_every_cpt_and_hcpcs_code_is_one_the_course_holds(one: ItemBase) -> None:
    assert list(proof_services.lints(one)) == []
    for path, code in proof.services(one):
        assert code in one.not_codes or proof_services.known(code), f"{path}: {code}"


@cache
def official_services(folder: Path) -> dict[str, str]:
    """Every CPT number and HCPCS code of the CMS tables -> when a HCPCS code ended, "" for those in force. Numbers that
    the edition of 2026 has probably deleted are left out."""

    def column(name: str, ended: str = "") -> dict[str, str]:
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as lines:
            return {row["code"]: row.get(ended, "") for row in csv.DictReader(lines)}

    deleted = column("cpt_2026_hint.csv.gz")
    numbers = column("cpt_numbers.csv.gz") | column("cpt_numbers_other_lists.csv.gz")
    return {code: "" for code in numbers if code not in deleted} | column("hcpcs.csv.gz", "term_dt")


def test_service_keys_against_the_official_tables(items: list[ItemBase], reference_dir: Path) -> None:
    table = official_services(reference_dir)
    checked = [(one.id, code) for one in items for _, code in one.key_services()]
    assert checked
    assert not [found for found in checked if table.get(found[1], "none") != ""]
    with gzip.open(reference_dir / "hcpcs_modifiers.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        level_two = {row["code"] for row in csv.DictReader(lines) if not row["term_dt"]}
    used = {modifier for one in items for _, modifier, code in one.key_modifiers() if not code.startswith("A0")}
    assert used
    assert not {one for one in used if not one.isdigit() and not re.fullmatch("P[1-6]", one)} - level_two


def test_services_in_texts_against_the_official_tables(items: list[ItemBase], reference_dir: Path) -> None:
    table = official_services(reference_dir)
    named = [(one.id, code) for one in items for _, code in proof.services(one) if code not in one.not_codes]
    assert named
    ends = {
        end
        for place in cpt.sections()
        for part in (place, *cpt.subsections(place.key))
        for end in (part.first, part.last)
    }
    assert not [
        found for found in named if found[1] not in table and not retired.find(found[1]) and found[1] not in ends
    ]
    invented = [(one.id, word) for one in items for word in one.not_codes]
    assert not [found for found in invented if found[1] in table]


@cache
def official(folder: Path) -> dict[int, dict[str, bool]]:
    """Edition -> official code (dotted; headings too) -> billable: the full list of FY2026, and the changes of FY2027.

    The changes hold billable codes: what is added under a code of the year before makes that code a heading.
    """
    with gzip.open(folder / "icd10cm_codes_fy2026_apr.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        before = {row["code"]: row["billable"] == "1" for row in csv.DictReader(lines)}
    after = dict(before)
    with gzip.open(folder / "icd10cm_fy2027_changes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        changes = list(csv.DictReader(lines))
    for row in changes:
        if row["action"].startswith("delete"):
            after[row["code_dotted"]] = False
    for row in changes:
        if row["action"].startswith("add"):
            code = row["code_dotted"]
            after[code] = True
            for cut in range(3, len(code)):
                heading = code[:cut].rstrip(".")
                after.setdefault(heading, False)
    return {2026: before, 2027: after}


def test_keys_against_the_official_tables(items: list[ItemBase], reference_dir: Path) -> None:
    tables = official(reference_dir)
    checked = [(one.id, code, year) for one in items for _, code in one.key_codes() for year in one.editions]
    assert checked
    assert not [found for found in checked if found[2] in tables and tables[found[2]].get(found[1]) is not True]


def test_cells_of_excerpts_against_the_official_tables(items: list[ItemBase], reference_dir: Path) -> None:
    """What a table look-up prints: headings where more is to come (a dash, or a drug), billable codes elsewhere."""
    official_codes = official(reference_dir)
    checked = [
        (one.id, cell, year, official_codes[year].get(tables.bare(cell)))
        for one in items
        if one.kind == "table_lookup"
        for row in table_lookup.shown(one)
        for cell in row.cells.values()
        for year in one.editions
        if year in official_codes
    ]
    assert len(checked) > 500
    assert not [found for found in checked if found[3] is not (not found[1].endswith("-") and found[1][0] != "T")]


def test_mentions_against_the_official_tables(items: list[ItemBase], reference_dir: Path) -> None:
    known = set().union(*official(reference_dir).values()) | deleted_before(reference_dir)
    mentioned = [
        (one.id, path, code) for one in items for path, code in proof.mentions(one) if code not in one.not_codes
    ]
    assert mentioned
    assert not [found for found in mentioned if found[2] not in known]


def test_invented_codes_are_in_no_table_of_their_editions(items: list[ItemBase], reference_dir: Path) -> None:
    tables = official(reference_dir)
    invented = [(one.id, word, year) for one in items for word in one.not_codes for year in one.editions]
    assert not [found for found in invented if found[1] in tables.get(found[2], {})]


def test_the_index_of_a_look_up_path_leads_to_its_code(items: list[ItemBase]) -> None:
    """What is offered is the full code or a heading above it; a dash stands behind headings alone."""
    paths = [one for one in items if one.kind == "lookup_path"]
    assert paths
    for one in paths:
        for edition in one.editions:
            codes = icd10cm.open_edition(edition)
            for option in one.offered:
                start, goes_on = lookup_path.offered_code(option.text)
                found = codes.get(codes.normalise(start))
                assert found is not None, (one.id, option.text)
                assert not (goes_on and found.billable), (one.id, option.text, "nothing follows")
                road = {one.verify.code, *(above.code for above in codes.ancestors(one.verify.code))}
                assert (found.code in road) is option.correct, (one.id, option.text)


def dotted(code: str) -> str:
    return code if len(code) == 3 else f"{code[:3]}.{code[3:]}"


@cache
def deleted_before(folder: Path) -> set[str]:
    """Codes that earlier changes files list (deleted or revised in FY2025 and FY2026)."""
    found = set()
    for year in (2025, 2026):
        with gzip.open(folder / f"icd10cm_fy{year}_changes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            found |= {dotted(row["code"]) for row in csv.DictReader(lines)}
    return found


def test_the_official_tables_are_the_size_they_should_be(reference_dir: Path) -> None:
    tables = official(reference_dir)
    assert {edition: sum(table.values()) for edition, table in tables.items()} == {2026: 74_719, 2027: 74_879}


def test_loaded_editions_agree_with_the_official_tables(edition: int, reference_dir: Path) -> None:
    table = official(reference_dir).get(edition)
    if table is None:
        pytest.skip(f"no official table of FY{edition} at hand")
    assert set(icd10cm.open_edition(edition).billable_codes()) == {code for code, billable in table.items() if billable}
