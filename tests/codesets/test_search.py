"""Search over the real code set: what is found, why, in which order, and that no text breaks it."""

from __future__ import annotations

import contextlib
import functools
import itertools
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course.codesets.icd10cm import CodeSet, search, search_corpus, search_index


@pytest.fixture(autouse=True)
def no_index_loaded(codes: CodeSet, codes_2026: CodeSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search without any official index, whatever other tests have installed. The editions are open already."""
    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))


FOUND_FIRST = [
    # abbreviations
    ("MI", "I21.9"),
    ("COPD", "J44.9"),
    ("UTI", "N39.0"),
    ("HTN", "I10"),
    ("DM2", "E11.9"),
    ("CHF", "I50.9"),
    ("GERD", "K21.9"),
    ("CKD", "N18.9"),
    ("AKI", "N17.9"),
    ("DVT", "I82.409"),
    ("PE", "I26.99"),
    ("TIA", "G45.9"),
    ("CVA", "I63.9"),
    ("SOB", "R06.02"),
    ("afib", "I48.91"),
    ("BPH", "N40.0"),
    ("PTSD", "F43.10"),
    ("ADHD", "F90.9"),
    ("URI", "J06.9"),
    ("STI", "A64"),
    # everyday words
    ("heart attack", "I21.9"),
    ("heartattack", "I21.9"),
    ("high blood pressure", "I10"),
    ("kidney stone", "N20.0"),
    ("pink eye", "H10.9"),
    ("dog bite", "W54.0"),
    ("flu shot", "Z23"),
    # eponyms
    ("Bell's palsy", "G51.0"),
    ("parkinson's disease", "G20.A1"),
    ("Hashimoto", "E06.3"),
    # misspelling, British spelling, other forms
    ("diabtes", "E11.9"),
    ("pnuemonia", "J18.9"),
    ("haemorrhage of rectum", "K62.5"),
    ("anaemia", "D64.9"),
    ("oedema", "R60.9"),
    ("gall stones", "K80.20"),
    # the unspecified default of a general query
    ("hypertension", "I10"),
    ("diabetes", "E11.9"),
    ("asthma", "J45.909"),
    ("pneumonia", "J18.9"),
    # specific
    ("type 2 diabetes with neuropathy", "E11.40"),
    ("peritonsillar abscess", "J36"),
    ("quinsy", "J36"),
    ("torus fracture right radius lower end", "S52.521"),
    ("torus fracture of lower end of right radius, initial encounter for closed fracture", "S52.521A"),
    ("screening colonoscopy", "Z12.11"),
    ("e11 neuropathy", "E11.40"),
    ("htn with ckd", "I12.9"),
    ("acute on chronic systolic chf", "I50.23"),
    ("htn heart disease", "I11.9"),
    ("hx of mi", "I25.2"),
    ("pain in rt knee", "M25.561"),
    ("concussion without loss of consciousness", "S06.0X0"),
    ("aspirin poisoning assault", "T39.013"),
]


@pytest.mark.parametrize(("query", "code"), FOUND_FIRST)
def test_found_first(codes: CodeSet, query: str, code: str) -> None:
    assert codes.search(query)[0].code == code


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("abscess fauces", "J39.1"),
        ("fx distal radius", "S52.50"),
        ("RA", "M06.9"),
        ("OA", "M19.90"),
        ("hemorrage", "D69.9"),
        ("cutaneous abscess axilla", "L02.419"),
        ("cardiac failure", "I50.9"),
        ("renal calculus", "N20.0"),
        ("ulcerated stomach", "K25.9"),
        ("fractured femoral neck", "S72.009"),
        ("deficiency of vitamin a", "E50.9"),
        ("hepatitis a", "B15.9"),
        ("enlarged spleen", "R16.1"),
        ("preeclampsia", "O14.90"),
        ("pre eclampsia", "O14.90"),
        ("post traumatic stress disorder", "F43.10"),
        ("MS", "I05.0"),
        ("t2dm ckd 3b", "N18.32"),
    ],
)
def test_among_the_first_ten(codes: CodeSet, query: str, code: str) -> None:
    assert code in [hit.code for hit in codes.search(query)]


def test_ambiguous_abbreviations_show_both(codes: CodeSet) -> None:
    found = codes.search("ms", 3)
    assert any(hit.code.startswith("G35") for hit in found)
    assert any(hit.code == "I05.0" for hit in found)


# --- codes


@pytest.mark.parametrize("typed", ["S52.521A", "s52521a", " S52.521a ", "S52521A", "s52.521A."])
def test_any_spelling_of_a_code(codes: CodeSet, typed: str) -> None:
    hit = codes.search(typed)[0]
    assert (hit.code, hit.matched) == ("S52.521A", "code")


def test_beginning_of_a_code(codes: CodeSet) -> None:
    found = codes.search("s5252")
    assert [hit.code for hit in found[:4]] == ["S52.52", "S52.521", "S52.522", "S52.529"]
    assert all(hit.code.startswith("S52.52") for hit in found)


def test_a_code_that_does_not_exist_shows_the_part_that_does(codes: CodeSet) -> None:
    first, *others = codes.search("S52.52XA")
    assert first.code == "S52.52"
    assert "S52.52XA is not a code" in first.matched
    assert all(hit.code.startswith("S52.52") for hit in others)


def test_what_looks_like_a_code_but_is_none_is_read_as_words(codes: CodeSet) -> None:
    assert codes.search("B12")[0].code.startswith("D51")


@settings(max_examples=60)
@given(data=st.data())
def test_every_code_finds_itself(codes: CodeSet, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(_billable(codes)))
    for typed in (code, code.replace(".", ""), code.lower()):
        assert codes.search(typed)[0].code == code


# --- titles


def test_nearly_every_title_finds_its_code(codes: CodeSet) -> None:
    """Typing a title brings its code among the first five; missed are headings whose default has the same words."""
    rows = codes.connection.execute(
        "SELECT code, title FROM code WHERE level NOT IN ('chapter', 'block') AND length(code) < 8 AND title_known"
    ).fetchall()
    sample = random.Random(7).sample(rows, 200)
    missed = [
        (code, title) for code, title in sample if not any(hit.code[:7] == code for hit in codes.search(title, 5))
    ]
    assert len(missed) <= 0.04 * len(sample), missed


def test_word_order_does_not_matter_much(codes: CodeSet) -> None:
    for query in ("torus fracture right radius", "acute bronchitis", "abscess of liver", "calculus of kidney"):
        answers = {codes.search(" ".join(words))[0].code for words in itertools.permutations(query.split())}
        assert len(answers) == 1, (query, answers)


@pytest.mark.parametrize(("side", "character"), [("right", "1"), ("left", "2"), ("rt", "1"), ("lt", "2")])
def test_a_side_leads_to_the_sided_code(codes: CodeSet, side: str, character: str) -> None:
    found = [hit.code for hit in codes.search(f"pain in {side} knee", 3)]
    assert found[0] == f"M25.56{character}"


def test_without_a_side_one_of_the_sides_is_enough(codes: CodeSet) -> None:
    found = [hit.code for hit in codes.search("pain in knee")]
    assert len({"M25.561", "M25.562", "M25.569"} & set(found)) == 1


@pytest.mark.parametrize(("query", "heading"), [("torus fracture radius", "S52.52"), ("fracture femur neck", "S72.00")])
def test_the_heading_comes_before_an_unspecified_side_that_cannot_be_billed(
    codes: CodeSet, query: str, heading: str
) -> None:
    hits = [hit.code for hit in codes.search(query)]
    assert hits[:2] == [heading, heading.ljust(6, "0")[:6] + "9"]


def test_encounter_words_choose_the_7th_character(codes: CodeSet) -> None:
    query = "torus fracture lower end left radius"
    assert codes.search(query)[0].code == "S52.522"
    assert codes.search(f"{query} sequela")[0].code == "S52.522S"
    assert codes.search(f"{query} subsequent encounter nonunion")[0].code == "S52.522K"


def test_typing_letter_by_letter_arrives(codes: CodeSet) -> None:
    """The wanted code is in the list well before the last letter, and once the word is clear it stays."""
    for query, code, enough in [("hypothyroidism", "E03.9", 5), ("diabetes", "E11.9", 4), ("migraine", "G43.909", 5)]:
        for end in range(enough, len(query) + 1):
            assert code in [hit.code for hit in codes.search(query[:end])], query[:end]


@pytest.mark.parametrize("letters", [*"abcdefghijklmnopqrstuvwyz", "di", "fr", "he", "hyp", "dia"])
def test_short_beginnings_show_something_that_begins_so(codes: CodeSet, letters: str) -> None:
    found = codes.search(letters)
    assert len(found) == 10
    assert len({hit.code for hit in found}) == 10


# --- what a hit says


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("MI", "abbreviation: MI \u2192 acute myocardial infarction"),
        ("heart attack", "synonym: heart attack \u2192 acute myocardial infarction"),
        ("quinsy", "quinsy \u2192 peritonsillar abscess"),
        ("harvester's lung", "inclusion term: Harvester's lung"),
        ("diabtes", "spelling: diabtes \u2192 diabetes"),
        ("I10", "code"),
        ("zona", "includes note: zona"),
    ],
)
def test_matched_says_why(codes: CodeSet, query: str, said: str) -> None:
    assert said in codes.search(query)[0].matched


def test_hits_are_as_the_code_set_has_them(each: CodeSet) -> None:
    for query in ("fracture radius", "diabetes", "s52", "burn hand", "pregnancy", "xyzzy", "fall from ladder", "a"):
        found = each.search(query)
        assert len({hit.code for hit in found}) == len(found)
        assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
        for hit in found:
            code = each.get(hit.code)
            assert code is not None
            assert (code.title, code.billable) == (hit.title, hit.billable)
            assert hit.matched


def test_new_codes_of_the_edition_are_found(codes: CodeSet, codes_2026: CodeSet) -> None:
    added = [
        change
        for (code,) in codes.connection.execute("SELECT code FROM history WHERE edition = 2027 AND action = 'added'")
        for change in codes.history(code)
        if change.edition == 2027
    ]
    assert added
    for change in added[::20]:
        assert codes.search(change.code)[0].code == change.code
        if change.code not in codes_2026:
            assert change.code not in [hit.code for hit in codes_2026.search(change.code)]


# --- no text breaks it

ODD = [
    "",
    " ",
    "\x00",
    '"',
    "'; DROP TABLE code; --",
    'NEAR("a" "b", 5)',
    "a AND b OR NOT c",
    "title:diabetes*",
    "%_%",
    "^$.*+?()[]{}|\\",
    "((((",
    "🦴 fracture",
    "骨折",
    "د",
    "\ud800",
    "İstanbul ﬁbrosis",
    "e\u0301pilepsie",
    "of the and",
    "123456789",
    "-",
    "S52.-",
    "s" * 10_000,
    "fracture " * 2_000,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(codes: CodeSet, text: str) -> None:
    begin = time.perf_counter()
    found = codes.search(text)
    assert time.perf_counter() - begin < 2
    assert len(found) <= 10


@given(st.text(max_size=60))
@example("AND")
@example("NOT fracture")
@example("fracture*")
def test_any_text(codes: CodeSet, text: str) -> None:
    for hit in codes.search(text, 5):
        assert hit.code in codes


@given(
    st.lists(
        st.sampled_from("fracture of right Left radius SOB fx MI s52 e11. type 2 ii diabtes xx the 7 (a) [b]".split())
    )
)
def test_any_words(codes: CodeSet, words: list[str]) -> None:
    for hit in codes.search(" ".join(words), 5):
        assert hit.code in codes


@pytest.mark.parametrize("text", ["", " \t\n", "\u200b", "---", "?!"])
def test_nothing_to_look_for(codes: CodeSet, text: str) -> None:
    assert codes.search(text) == []


def test_limit(codes: CodeSet) -> None:
    assert codes.search("fracture", 0) == []
    assert codes.search("fracture", -1) == []
    assert len(codes.search("fracture", 1)) == 1
    assert len(codes.search("fracture", 50)) == 50
    assert [hit.code for hit in codes.search("asthma", 20)][:5] == [hit.code for hit in codes.search("asthma", 5)]


# --- the index file


@contextlib.contextmanager
def small(*titles: str) -> Iterator[sqlite3.Connection]:
    """A code set of three invented lines, and of more titles on request (A01, A02, ...)."""
    with contextlib.closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE TABLE code(n INTEGER PRIMARY KEY, code, title, level, billable, parent, chapter)")
        conn.execute("CREATE TABLE note(n INTEGER PRIMARY KEY, owner, kind, pos, text, parsed)")
        lines = [("1", "Things", "chapter", 0, None), ("A00", "Blue thing", "category", 0, "1")]
        lines += [("A00.0", "Blue thing, dull", "code", 1, "A00"), ("A00.1", "Blue thing, bright", "code", 1, "A00")]
        lines += [(f"A{i:02}", title, "code", 1, "1") for i, title in enumerate(titles, 1)]
        conn.executemany(
            "INSERT INTO code(code, title, level, billable, parent, chapter) VALUES (?, ?, ?, ?, ?, '1')", lines
        )
        conn.execute(
            "INSERT INTO note(owner, kind, pos, text, parsed) VALUES ('A00.0', 'inclusion_term', 0, 'Murky', 0)"
        )
        conn.execute(
            "INSERT INTO note(owner, kind, pos, text, parsed) VALUES ('A00', 'excludes1', 0, 'glare (A00.1)', 1)"
        )
        yield conn


def test_build_reports_progress_and_can_be_searched() -> None:
    told: list[float] = []
    with small() as conn:
        assert search.search(conn, "blue") == [], "not built yet"
        search_index.build(conn, lambda share, text: told.append(share))
        assert told == sorted(told)
        assert told[-1] == 1.0
        assert search.search(conn, "murky")[0].code == "A00.0"
        assert search.search(conn, "glare")[0] == search.Hit(
            "A00.1", "Blue thing, bright", True, *_score(conn, "glare")
        )


def _score(conn: sqlite3.Connection, query: str) -> tuple[float, str]:
    return search.search(conn, query)[0].score, "named in a note at A00: glare (A00.1)"


def test_build_leaves_terms_out_on_request() -> None:
    with small() as conn:
        search_index.build(conn, without_terms={("A00.0", "Murky")})
        assert "A00.0" not in [hit.code for hit in search.search(conn, "murky ")]


def test_a_second_build_replaces_the_first() -> None:
    with small() as conn:
        search_index.build(conn)
        assert search.search(conn, "murky")
        conn.execute("UPDATE note SET text = 'Clouded' WHERE kind = 'inclusion_term'")
        search_index.build(conn)
        assert search.search(conn, "clouded")[0].code == "A00.0"


def test_damage_is_reported_as_damage() -> None:
    with small() as conn:
        search_index.build(conn)
        conn.execute(f"UPDATE {search_corpus.TABLE} SET data = x'01' WHERE name = 'own_at'")
        conn.execute(f"UPDATE {search_corpus.TABLE} SET data = x'02' WHERE name = 'stamp'")
        with pytest.raises(sqlite3.DatabaseError) as caught:
            search.search(conn, "blue")
        assert caught.value.sqlite_errorcode == sqlite3.SQLITE_CORRUPT


def test_a_contrary_word_outweighs_the_others() -> None:
    """ "Acute" where the query says "chronic" is the wrong code, though it shares more of the other words."""
    with small("Chronic green patch of the outermost border", "Acute green patch, deep") as conn:
        search_index.build(conn)
        assert search.search(conn, "chronic green patch deep ")[0].code == "A01"
        assert search.search(conn, "acute green patch deep ")[0].code == "A02"


def test_a_reading_that_drops_a_word_counts_less() -> None:
    with small("Green patch") as conn:
        search_index.build(conn)
        both = search.search(conn, "green patch ")[0].score
        assert search.search(conn, "green patch qqqqqqqq ")[0].score < both


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("actinic keratosis (L57.0)", [("L57.0", "actinic keratosis")]),
        ("pain in fingers (M79.64-)", [("M79.64", "pain in fingers")]),
        ("acute respiratory distress (syndrome) (J80)", [("J80", "acute respiratory distress (syndrome)")]),
        ("margin of anus (C44.500, C44.510)", [("C44.500", "margin of anus"), ("C44.510", "margin of anus")]),
        ("code to identify smoker (F17.-)", [("F17", "smoker")]),
        ("neoplasms (C00-D49)", []),
        ("any condition", []),
        ("(A00)", []),
    ],
)
def test_pointers(text: str, expected: list[tuple[str, str]]) -> None:
    assert search_index.pointers(text) == expected


# --- quality, where the official tables are at hand


def test_quality_against_the_official_indexes(codes_2026: CodeSet, reference_dir: Path) -> None:
    """A floor well under what was measured, so that a change that breaks the ranking is seen. The figures: bench."""
    from benchmarks.bench_search import copied, without_indexes
    from benchmarks.search_quality import evaluate, samples

    with copied(codes_2026.connection) as conn, without_indexes():
        entries = [entry for entry in samples(reference_dir, conn, 300) if not entry.tune]
        held_out = {(entry.code, entry.query) for entry in entries if entry.source == "inclusion"}
        search_index.build(conn, without_terms=held_out)
        scores = evaluate(lambda query: [hit.code for hit in search.search(conn, query)], entries)
    assert scores["external"].hit10 >= 0.75
    assert scores["external"].mrr >= 0.5
    assert scores["neoplasm"].hit10 >= 0.5
    assert scores["inclusion"].hit10 >= 0.6


@functools.cache
def _billable(codes: CodeSet) -> list[str]:
    return sorted(itertools.islice(codes.billable_codes(), 0, None, 37))


# --- codes with separators in odd places


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("j45 909", "J45.909"),
        ("J45-909", "J45.909"),
        ("j 45.909", "J45.909"),
        ("e 11 9", "E11.9"),
        ("S52.521 A", "S52.521A"),
        ("m54 5", "M54.5"),
        ("J45\u2013909", "J45.909"),
    ],
)
def test_a_code_with_separators_in_odd_places(codes: CodeSet, query: str, code: str) -> None:
    first = codes.search(query)[0]
    assert (first.code, first.matched) == (code, "code")


@pytest.mark.parametrize("query", ["L4-5", "c5-6", "b 12", "j45 mild", "covid 19"])
def test_words_with_a_number_are_no_code(codes: CodeSet, query: str) -> None:
    assert codes.search(query)[0].matched != "code"


# --- misspellings


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("high blood presure", "I10"),
        ("hi blood presure", "I10"),
        ("asma", "J45.909"),
        ("pnemonia", "J18.9"),
        ("alergy", "T78.40"),
        ("migrane", "G43.909"),
        ("apendicitis", "K37"),
        ("diarhea", "R19.7"),
        ("vertago", "R42"),
        ("exzema", "L30.9"),
        ("siatica", "M54.30"),
        ("anemea", "D64.9"),
    ],
)
@pytest.mark.parametrize("end", ["", " "])
def test_a_misspelling_is_read_as_the_likeliest_word(codes: CodeSet, query: str, code: str, end: str) -> None:
    assert codes.search(query + end)[0].code == code


def test_what_a_misspelling_was_read_as_is_said(codes: CodeSet) -> None:
    for query, said in (("blood presure", "presure \u2192 pressure"), ("asma", "asma \u2192 asthma")):
        assert said in codes.search(query)[0].matched


def test_an_everyday_word_is_an_abbreviation_only_when_it_stands_alone(codes: CodeSet) -> None:
    assert codes.search("HI")[0].code == "R45.850"
    assert all(not hit.code.startswith("R45.85") for hit in codes.search("hi blood pressure"))


def test_a_correction_does_not_outrank_the_words_that_match(codes: CodeSet) -> None:
    for query in ("gout in the big toe", "big toe gout", "big gout "):
        assert all(hit.code.startswith(("M10", "M1A")) for hit in codes.search(query)[:4]), query
    hits = codes.search("pain in the big toe")
    assert hits[0].code.startswith("M79.67") and "big \u2192" not in hits[0].matched
    assert all(hit.code.startswith("S92.4") for hit in codes.search("fracture of big toe")[:3])
    assert codes.search("binge eating")[0].code.startswith("F50.81")
