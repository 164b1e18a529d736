"""The search's own lists: complete rows, real codes, and each of them works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.codesets.icd10cm import CodeSet, search_terms, search_words
from tests.some import some

COLUMNS = {
    "search_abbreviations.csv": ("says", "means", "code", "source"),
    "search_synonyms.csv": ("says", "means", "code", "source"),
    "search_eponyms.csv": ("says", "means", "code", "source"),
    "search_compounds.csv": ("word", "means", "source"),
    "search_roots.csv": ("words", "also", "source"),
    "search_common.csv": ("code", "source"),
    "search_neoplasm_sites.csv": ("site", *search_terms.BEHAVIORS, "source"),
    "search_drugs.csv": ("code", "names", "source"),
    "search_spelling.csv": ("pattern", "american", "source"),
    "search_endings.csv": ("ending", "becomes", "letters_before", "source"),
    "search_stems.csv": ("word", "stem", "source"),
}


@pytest.fixture(autouse=True)
def no_index_loaded(codes: CodeSet, codes_2026: CodeSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search without any official index, whatever other tests have installed. The editions are open already."""
    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))


ALIAS_FILES = [name for name, _ in search_terms.FILES]


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_are_complete(name: str) -> None:
    rows = list(search_words.rows(name))
    assert rows
    for row in rows:
        assert tuple(row) == COLUMNS[name], row
        assert None not in row.values(), row
        assert row["source"].strip(), row
    keys = [tuple(value for column, value in row.items() if column != "source") for row in rows]
    assert len(set(keys)) == len(keys), f"double rows: {sorted(key for key in set(keys) if keys.count(key) > 1)}"


@pytest.mark.parametrize("name", ALIAS_FILES)
def test_aliases_say_something(name: str) -> None:
    for row in search_words.rows(name):
        assert search_words.words(row["says"]), row
        assert search_words.content(row["means"]), row


@pytest.mark.parametrize("name", [*ALIAS_FILES, "search_common.csv"])
def test_codes_exist_in_an_edition(name: str, codes: CodeSet, codes_2026: CodeSet) -> None:
    editions = (codes, codes_2026)
    listed = [row["code"] for row in search_words.rows(name) if row["code"]]
    unknown = [code for code in listed if not any(code in edition for edition in editions)]
    assert not unknown


@pytest.mark.parametrize("name", ALIAS_FILES)
def test_nearly_all_codes_are_in_force_and_billable(name: str, codes: CodeSet) -> None:
    """A default that a learner cannot bill is of little use: a few headings that need a detail are excused."""
    found = [row["code"] for row in search_words.rows(name) if row["code"]]
    assert sum(code in codes for code in found) >= 0.99 * len(found)
    assert sum(codes.is_billable(code) for code in found if code in codes) >= 0.98 * len(found)


def test_every_alias_finds_its_code(codes: CodeSet) -> None:
    """Typing what an alias says brings its code (or the heading its 7th character is added to) among the first.

    One alias in seven, unless COURSE_EVERY_CODE is set: all of them take ten seconds. Set it after a change to them.
    """
    missed = []
    for alias in some(search_terms.read().aliases, 7):
        if not alias.code or alias.code not in codes:
            continue
        heading = alias.code[:7].rstrip("X").rstrip(".")
        hits = [hit.code for hit in codes.search(alias.says, 10)][: 3 if alias.kind != "abbreviation" else 5]
        if not any(hit == alias.code or hit == heading or alias.code.startswith(hit) for hit in hits):
            missed.append((alias.says, alias.code, hits))
    assert not missed


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("primary", "C00", "C80"),
        ("secondary", "C77", "C79"),
        ("in_situ", "D00", "D09"),
        ("benign", "D10", "D36"),
        ("uncertain", "D37", "D48"),
        ("unspecified", "D49", "D49"),
    ],
)
def test_each_behavior_of_a_site_is_in_its_block(column: str, first: str, last: str, codes: CodeSet) -> None:
    listed = {row["site"]: row[column] for row in search_words.rows("search_neoplasm_sites.csv") if row[column]}
    assert listed
    assert not {site: code for site, code in listed.items() if code not in codes or not first <= code[:3] <= last}


def test_a_substance_is_in_one_subcategory_of_poisonings(codes: CodeSet) -> None:
    names: list[str] = []
    for row in search_words.rows("search_drugs.csv"):
        assert "T36" <= row["code"][:3] <= "T65", row
        title = codes.get(row["code"]).title.lower()
        assert "poisoning" in title or "toxic effect" in title, row
        names += [name.strip().lower() for name in row["names"].split(";")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("metoprolol poisoning accidental", "T44.7X1"),
        ("amoxicillin adverse effect", "T36.0X5"),
        ("underdosing of furosemide", "T50.1X6"),
        ("neoplasm parotid malignant secondary", "C79.89"),
        ("benign neoplasm tibia tibial", "D16.2"),
        ("cancer of the tail of pancreas", "C25.2"),
        ("breast uncertain behavior", "D48.6"),
    ],
)
def test_sites_and_substances_by_name(query: str, code: str, codes: CodeSet) -> None:
    assert codes.search(query)[0].code.startswith(code)


def test_word_rules_are_sane() -> None:
    for row in search_words.rows("search_spelling.csv"):
        re.compile(row["pattern"])
    for row in search_words.rows("search_endings.csv"):
        assert int(row["letters_before"]) >= 1
        assert len(row["becomes"]) <= len(row["ending"])


def test_endings_stand_longest_first() -> None:
    """The first ending that fits is taken, so a shorter one must not stand before a longer one that ends in it."""
    endings = [row["ending"] for row in search_words.rows("search_endings.csv")]
    for i, ending in enumerate(endings):
        for later in endings[i + 1 :]:
            assert not later.endswith(ending), f"-{later} can never be taken: -{ending} stands before it"


def test_lists_survive_being_kept() -> None:
    lists = search_terms.read()
    assert search_terms.load(lists.dump()) == lists
    with pytest.raises(ValueError):
        search_terms.load(b"not a list")


def test_ambiguous_abbreviations_give_both() -> None:
    assert {alias.means for alias in search_terms.read().meaning(["ms"])} == {"multiple sclerosis", "mitral stenosis"}
