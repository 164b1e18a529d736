"""What is read out of the notes: sentence by sentence, and over the whole book."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets.icd10cm import CodeSet, note_statistics, notes
from course.codesets.icd10cm.leads import leads
from course.codesets.icd10cm.model import Ref, bare

CHAPTERS = {"15": ("O00", "O9A"), "20": ("V00", "Y99")}

#: Notes that name codes and are still not `parsed`, in both editions: owner -> why.
NOT_READ = {
    "G31": "the codes named are those the instruction applies to, not those to add",
    "B35": "only an exception is named",
    "G83": "only an exception is named",
    "C16.5": "only an exception is named",
    "C16.6": "only an exception is named",
}
#: What looks like a code and is none.
NO_CODE = ("B12", "O157", "G6PD", "H5N1", "H1N1", "LGMD", "CD30", "KMT2D", "KDM6A", "SCN8A", "TUBB4A")


def families(text: str, kind: str = "excludes1") -> list[str]:
    return [ref.family for ref in notes.parse(text, kind, CHAPTERS)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lymphoma in remission (E11.A)", ["E11.A"]),
        ("lymphoma (C82-C83)", ["C82-C83"]),
        ("heart failure (I50.-)", ["I50"]),
        ("chronic kidney disease (N18.1-N18.4, N18.9)", ["N18.1-N18.4", "N18.9"]),
        ("fracture of pelvis (S32.1--S32.9)", ["S32.1-S32.9"]),
        ("syndactyly (Q70.0- -Q70.3-)", ["Q70.0-Q70.3"]),
        ("head injury (S00 - S09)", ["S00-S09"]),
        ("rheumatic fever (I01.0 -I01.9)", ["I01.0-I01.9"]),
        ("hemorrhage (I60.-. I61.-, I62.-)", ["I60", "I61", "I62"]),
        ("sequelae (I69.81- I69.91-)", ["I69.81", "I69.91"]),
        ("arthritis (M05.00 to M05.8A)", ["M05.00-M05.8A"]),
        ("behavior (F98.2.-F98.3)", ["F98.2-F98.3"]),
        ("infections (J00-J06; J20-J22)", ["J00-J06", "J20-J22"]),
        ("adverse effects (A00-R94 and T80-T88.6, T88.8)", ["A00-R94", "T80-T88.6", "T88.8"]),
        ("jaw pain R68.84", ["R68.84"]),
        ("conditions classified to Q67.0-Q67.4", ["Q67.0-Q67.4"]),
        (
            "injuries classified in subcategories S06.1- to S06.6-, and S06.81- to S06.89-",
            ["S06.1-S06.6", "S06.81-S06.89"],
        ),
        ("code from category O08 to identify complications", ["O08"]),
        ("pneumoconiosis with tuberculosis, any type in A15 (J65)", ["J65"]),
        ("vitamin B12 deficiency anemia (D51.-)", ["D51"]),
        ("tuberculosis of adrenal gland, except calcification (A18.7)", ["A18.7"]),
        ("allergy status, other than to drugs (Z91.0-)", ["Z91.0"]),
        ("code to condition in Chapter 15", ["O00-O9A"]),
        ("neurodevelopmental disorder (QA0.-)", ["QA0"]),
        ("enzyme disorder (E87.8}", ["E87.8"]),
        ("absence of joint (Z89.52-", ["Z89.52"]),
        ("meningitis (in):", []),
        ("current injury - see injury of spine by body region", []),
        ("influenza A/H5N1", []),
        ("code, if applicable, for codes G31.0-G31.83, to identify:", []),
        ("condition in Chapter 99", []),
        ("", []),
    ],
)
def test_which_codes_a_note_names(text: str, expected: list[str]):
    assert families(text) == expected
    assert notes.parse(text, "excludes1", CHAPTERS)[1] is bool(expected)


@pytest.mark.parametrize(
    ("text", "covered", "not_covered"),
    [
        ("(S06.0X1-S06.0X9 with 7th character A)", "S06.0X1A", "S06.0X1D"),
        ("(S42.- with 7th character B or C)", "S42.001B", "S42.001A"),
        ("(S52.- with open fracture 7th character)", "S52.501C", "S52.501A"),
        ("(S92.-with 7th character B)", "S92.001B", "S92.001A"),
        ("(S06.0X- with seventh character S)", "S06.0X0S", "S06.0X0A"),
        ("(T36-T50 with fifth or sixth character 5)", "T36.95XA", "T36.91XA"),
        ("(T36-T50 with fifth or six character 5)", "T45.515A", "T45.511A"),
        ("(T36-T65 with fifth or sixth character 1-4 or 6)", "T36.0X6A", "T36.0X5A"),
        ("(T36-T50 with final character 6)", "T36.0X6A", "T36.0X5A"),
        ("(T39.0-, with sixth character 1-4)", "T39.011A", "T39.015A"),
        ("(A37 with fifth-character 1)", "A37.01", "A37.00"),
        ("(B27.0-B27.9 with fifth character 9)", "B27.99", "B27.90"),
        ("(J96. with 5th character 2)", "J96.02", "J96.01"),
        ("(F10-F19 with 5th character .6)", "F10.26", "F10.27"),
        ("(F11-F19 with fifth to sixth characters 51)", "F11.151", "F11.150"),
        ("(E08-E13 with .51-.52)", "E11.52", "E11.59"),
        ("(E08-E13 with .62-)", "E11.628", "E11.610"),
        ("(F10-F19, with .17, .27, .97)", "F13.97", "F13.96"),
        ("(F11-F19 with .15. .25, .95)", "F12.250", "F12.20"),
        ("(E08, E09, E11, E13 with final characters .00 or .01)", "E09.01", "E09.10"),
        ("(I69. with final characters -23)", "I69.323", "I69.322"),
        ("in remission C91.0-C95.9 with 5th character 1", "C92.01", "C92.00"),
        ("conditions in S00-T88, except T74 and T76", "S00.00XA", "T74.11XA"),
        ("conditions classifiable to O62.-, except O62.3", "O62.4", "O62.3"),
        ("poisoning (T51-T65 with fifth or sixth character to indicate intent), for toxic effect", "T51.0X1A", "T66"),
    ],
)
def test_conditions(text: str, covered: str, not_covered: str):
    refs, understood = notes.parse(text, "excludes1", CHAPTERS)
    assert understood
    assert any(ref.covers(covered) for ref in refs)
    assert not any(ref.covers(not_covered) for ref in refs)


def test_a_condition_belongs_to_its_own_brackets():
    refs, _ = notes.parse("adverse effect (T36-T50 with fifth or sixth character 5) in anemia (D64.-)")
    assert [bool(ref.pattern) for ref in refs] == [True, False]
    refs, _ = notes.parse("anemia (D64.-) due to adverse effect (T36-T50 with fifth or sixth character 5)")
    assert [bool(ref.pattern) for ref in refs] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "acidosis - see categories E08-E10, E11, E13 with ketoacidosis",
        "(E08-E13 with whatever comes)",
        "(S06 with 6th character 7 - death, or 8 - death)",
        "any condition not classifiable to C16.1-C16.4",
    ],
)
def test_half_understood_is_not_understood(text: str):
    """Read without its condition such a note would forbid too much."""
    assert notes.parse(text, "excludes1", CHAPTERS) == ([], False)


def test_a_term_is_no_reference():
    """In lists of terms a code-like word counts only after words such as "conditions in"."""
    assert families("LGMD R12", "inclusion_term") == []
    assert families("Any condition in I00 with pericarditis", "inclusion_term") == ["I00"]


@given(st.text(), st.sampled_from(["excludes1", "inclusion_term", "use_additional"]))
def test_any_text_can_be_parsed(text: str, kind: str):
    notes.parse(text, kind, CHAPTERS)


@given(st.text(alphabet="AC18E.-,() with5th character(XT0", max_size=60))
def test_anything_like_a_note_can_be_parsed(text: str):
    for ref in notes.parse(text, "excludes1", CHAPTERS)[0]:
        ref.covers("C18.5")


# -- the whole book --------------------


def every_note(codes: CodeSet):
    for (owner,) in codes.connection.execute("SELECT DISTINCT owner FROM note ORDER BY owner"):
        yield from codes.notes(owner, inherited=False)


def test_how_much_is_read(each: CodeSet):
    said = note_statistics(each)
    gone = {2026: 0, 2027: 1}[each.edition]  # a term stood at a code that FY2027 deleted
    assert {kind: count for kind, (count, _) in said.items()} == {
        "code_also": 655,
        "code_first": 809,
        "excludes1": 5407,
        "excludes2": 2520,
        "includes": 1024,
        "inclusion_term": 12575 - gone,
        "note": 187,
        "seventh": 515,
        "use_additional": 1485,
    }
    for kind in ("excludes1", "excludes2"):
        count, parsed = said[kind]
        assert parsed / count >= 0.97, kind


def test_every_reference_names_codes_that_exist(each: CodeSet):
    """No exceptions: what does not resolve is dropped when the edition is built, and the note is then not `parsed`."""
    billable = sorted(bare(code) for code in each.billable_codes())
    for note in every_note(each):
        for ref in note.refs:
            assert ref.first == ref.last or bare(ref.first) <= bare(ref.last), note
            assert ref.first != ref.last or ref.first in each, note
            assert any(ref.covers(code) for code in _near(billable, ref)), note


def _near(billable: list[str], ref: Ref) -> list[str]:
    from bisect import bisect_left, bisect_right

    return billable[bisect_left(billable, bare(ref.first)) : bisect_right(billable, bare(ref.last) + "ZZZZ")]


def test_what_names_codes_and_is_not_read_is_known(each: CodeSet):
    unread = {
        note.owner
        for note in every_note(each)
        if not note.parsed
        and note.kind not in ("note", "seventh")
        and any(match[1] for match in notes._CODE.finditer(note.text))
        and not any(word in note.text for word in NO_CODE)
    }
    assert unread == set(NOT_READ)


def test_a_range_means_what_it_means_in_the_book(codes: CodeSet):
    """J40-J47 holds J4A, which stands between J44 and J45; C69-C79 does hold C7A, D37-D44 does not hold D3A."""
    (asthma,) = [n for n in codes.notes("Z82.5", inherited=False) if n.refs and n.refs[0].first == "J40"]
    assert codes.refers(asthma, "J4A.0") and codes.refers(asthma, "J44.9") and not codes.refers(asthma, "J4B")
    (neoplasm,) = [n for n in codes.notes("D37-D48", inherited=False) if "D37-D44" in n.text]
    assert not codes.refers(neoplasm, "D3A.00") and codes.refers(neoplasm, "D44.9")


def test_notes_of_chapters_and_blocks_are_there(codes: CodeSet):
    assert [note.owner for note in codes.notes("19", inherited=False)][0] == "19"
    owners = {note.owner for note in codes.notes("V03.10XA")}
    assert {"V00-V99", "20"} <= owners  # V03 stands in V00-V09, that in V00-V99, that in V00-X58


def test_own_notes_come_first(codes: CodeSet):
    owners = list(dict.fromkeys(note.owner for note in codes.notes("S52.521A")))
    lineage = ["S52.521A", *[code.code for code in codes.ancestors("S52.521A")]]
    assert owners == [code for code in lineage if code in owners]
    assert codes.notes("S52.521A", inherited=False) == []
    assert {note.kind for note in codes.notes("S52", kinds=["excludes1", "excludes2"])} == {"excludes1", "excludes2"}
    assert codes.notes("nonsense") == []


@pytest.mark.parametrize(
    ("kind", "texts", "expected"),
    [
        ("code_first", ["underlying disease, such as:", "b (B00)", "a (A00)"], [0, 1, 1]),
        ("use_additional", ["code to identify:", "x (A00)", "code, if known, for:", "y (B00)"], [0, 1, 0, 1]),
        ("code_also", ["any associated disorder", "a (A00)"], [0, 0]),
        ("inclusion_term", ["Disease due to:", "a"], [0, 0]),
        (
            "excludes1",
            ["meningitis (in):", "gonococcal (A54)", "tuberculosis (A17)", "meningoencephalitis (G05)"],
            [0, 1, 1, 0],
        ),
        (
            "excludes1",
            ["myelopathy in:", "disease of disc (M50)", "spondylosis (M47)"],
            [0, 1, 0],
        ),  # the last one is open
        ("excludes1", ["collision involving:", "pedal cycle (V10)", "pedestrian (V01)"], [0, 0, 0]),  # both are
        ("excludes2", [], []),
    ],
)
def test_lines_that_continue_a_heading(kind: str, texts: list[str], expected: list[int]):
    assert [bool(lead) for lead in leads(kind, texts)] == [bool(mark) for mark in expected]


def test_a_note_can_be_quoted_as_a_whole_sentence(codes: CodeSet):
    said = [note.sentence for note in codes.notes("G01", inherited=False)]
    assert "meningitis (in): gonococcal (A54.81)" in said
    assert "meningoencephalitis and meningomyelitis in bacterial diseases classified elsewhere (G05)" in said


def test_corrections_still_fit_the_book(codes_2026: CodeSet):
    """A correction whose text is gone would do nothing, silently."""
    import csv

    from course import paths

    with (paths.data_dir() / "codesets" / "icd10cm_corrections.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            texts = [(n.kind, n.text) for n in codes_2026.notes(row["owner"], inherited=False)]
            if row["use"] == "move":
                assert (row["kind_instead"], row["instead"]) in texts and (row["kind"], row["written"]) not in texts
            else:
                assert any(kind == row["kind"] and row["written"] in text for kind, text in texts), row
            assert row["reason"]


def test_corrected_references(codes_2026: CodeSet):
    def refs(owner: str, words: str) -> list[str]:
        return [r.family for n in codes_2026.notes(owner, inherited=False) if words in n.text for r in n.refs]

    assert refs("F02", "other frontotemporal") == ["G31.09"]
    assert refs("E87.2", "diabetic acidosis") == ["E08.1", "E09.1", "E10.1", "E11.1", "E13.1"]
    assert refs("F06.7", "cognitive deficits")[:2] == ["I69.01", "I69.11"]
    assert codes_2026.excludes1("E87.20", "E11.10") is not None
    assert codes_2026.excludes1("E87.20", "E11.9") is None
