"""The official indexes: small invented files of the publisher's layout, and the real ones where they are at hand."""

from __future__ import annotations

import gzip
import io
import sqlite3
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.codesets.icd10cm import CodeSet, alphabetic, alphabetic_xml

Write = Callable[[str, str | bytes], Path]

ALPHABETIC = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2031</version>
  <title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
  <letter>
    <title>B</title>
    <mainTerm>
      <title>Blorp<nemod>(acute) (of the elbow)</nemod> NEC</title>
      <code>M25.529</code>
      <term level="1">
        <title>knee</title>
        <code>M25.56-</code>
        <term level="2"><title>due to gout</title><code>M10.069</code><manif>M14.80</manif></term>
      </term>
      <term level="1"><title>hidden</title><see>Zorb, deep</see></term>
      <term level="1"><title>lost</title><see>Nowhere, at all</see></term>
    </mainTerm>
    <mainTerm><title>Blorpitis</title><seeAlso>Blorp</seeAlso></mainTerm>
  </letter>
  <letter>
    <title>Z</title>
    <mainTerm>
      <title>Zorb, zorbing</title>
      <term level="1"><title>deep</title><code>J36</code></term>
      <term level="1"><title>gone</title><code>Q99.999</code></term>
    </mainTerm>
  </letter>
</ICD10CM.index>
"""
EXTERNAL = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2031</version>
  <title>ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX</title>
  <letter><title>T</title>
    <mainTerm><title>Tumbling<nemod>(from)</nemod></title>
      <term level="1"><title>moonbuggy</title><code>V86.59</code></term>
    </mainTerm>
  </letter>
</ICD10CM.index>
"""
NEOPLASM = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2031</version>
  <indexHeading>
    <head col="1">Neoplasm</head><head col="2">Malignant Primary</head><head col="3">Malignant Secondary</head>
    <head col="4">Ca in situ</head><head col="5">Benign</head><head col="6">Uncertain Behavior</head>
    <head col="7">Unspecified Behavior</head>
  </indexHeading>
  <letter><title>N</title>
    <mainTerm><title>Neoplasm, neoplastic</title>
      <cell col="2">C80.1</cell><cell col="3">C79.9</cell><cell col="4">D09.9</cell>
      <cell col="5">D36.9</cell><cell col="6">D48.9</cell><cell col="7">D49.9</cell>
      <term level="1"><title>wibble</title>
        <cell col="2">C50.9-</cell><cell col="3">C79.81</cell><cell col="4">-</cell>
        <cell col="5">D24.-</cell><cell col="6">D48.6-</cell><cell col="7">D49.3</cell>
      </term>
    </mainTerm>
  </letter>
</ICD10CM.index>
"""
DRUG = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2031</version>
  <indexHeading>
    <head col="1">Substance</head><head col="2">Poisoning Accidental (unintentional)</head>
    <head col="3">Poisoning Intentional self-harm</head><head col="4">Poisoning Assault</head>
    <head col="5">Poisoning Undetermined</head><head col="6">Adverse effect</head><head col="7">Underdosing</head>
  </indexHeading>
  <letter><title>F</title>
    <mainTerm><title>Flurbocillin<nemod>(oral)</nemod></title>
      <cell col="2">T36.0X1</cell><cell col="3">T36.0X2</cell><cell col="4">T36.0X3</cell>
      <cell col="5">T36.0X4</cell><cell col="6">T36.0X5</cell><cell col="7">--</cell>
    </mainTerm>
  </letter>
</ICD10CM.index>
"""


@pytest.fixture(autouse=True)
def own_user(codes: CodeSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Empty cache and user folders (the latter is given); the edition is open already."""
    folder = tmp_path / "user"
    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_USER_DIR", str(folder))
    yield folder
    alphabetic.forget()


@pytest.fixture
def loaded(write: Write) -> None:
    """All four invented indexes."""
    for name, text in (("a.xml", ALPHABETIC), ("e.xml", EXTERNAL), ("n.xml", NEOPLASM), ("d.xml", DRUG)):
        alphabetic.install(write(name, text))


# --- loading


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        (ALPHABETIC, "alphabetic", "Alphabetic Index, FY2031: 9 terms, 5 of them with codes."),
        (EXTERNAL, "external", "External Cause Index, FY2031: 2 terms, 1 of them with codes."),
        (NEOPLASM, "neoplasm", "Neoplasm Table, FY2031: 2 terms, 2 of them with codes."),
        (DRUG, "drug", "Table of Drugs and Chemicals, FY2031: 1 terms, 1 of them with codes."),
    ],
)
def test_each_kind_is_recognised(write: Write, text: str, source: str, said: str) -> None:
    assert alphabetic.install(write("index.xml", text)).startswith(said)
    assert list(alphabetic.installed()) == [source]


def test_gz_and_zip(write: Write) -> None:
    alphabetic.install(write("index.xml.gz", gzip.compress(ALPHABETIC.encode())))
    assert list(alphabetic.installed()) == ["alphabetic"]
    said = alphabetic.install(write("all.zip", _zipped({"x/e.xml": EXTERNAL, "x/n.xml": NEOPLASM, "readme.txt": "no"})))
    assert "External Cause Index" in said and "Neoplasm Table" in said
    assert list(alphabetic.installed()) == ["alphabetic", "external", "neoplasm"]


def test_installing_again_replaces(write: Write) -> None:
    alphabetic.install(write("a.xml", ALPHABETIC))
    alphabetic.install(write("b.xml", ALPHABETIC.replace("Zorb", "Yorb").replace("2031", "2032")))
    assert alphabetic.installed() == {"alphabetic": ("2032", 9)}
    assert alphabetic.lookup("zorb") == []
    assert alphabetic.lookup("yorb")[0].term == "Yorb, zorbing"


def test_progress_only_grows(write: Write) -> None:
    told: list[float] = []
    alphabetic.install(write("a.xml", ALPHABETIC), lambda share, text: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xml", b"", "is empty"),
        ("a.xml", b"Abscess J39.1", "not readable as XML: line 1"),
        ("a.xml", ALPHABETIC.encode()[:600], "not readable as XML: line"),
        ("a.xml", b"<ICD10CM.tabular/>", "outermost element is <ICD10CM.tabular>"),
        ("a.xml", b"<ICD10CM.index><letter/></ICD10CM.index>", "no term in it"),
        ("a.xml", b"\xff\xfe\x00bad", "not readable as XML"),
        ("a.xml.gz", gzip.compress(ALPHABETIC.encode())[:-20], "compressed and incomplete"),
        ("a.zip", b"PK\x03\x04 and then nothing", "cannot be unpacked"),
    ],
)
def test_bad_files_say_what_is_wrong(write: Write, name: str, content: bytes, said: str) -> None:
    with pytest.raises(alphabetic.IndexFileError) as caught:
        alphabetic.install(write(name, content))
    assert said in str(caught.value)
    assert str(caught.value).startswith(name)
    assert "Traceback" not in str(caught.value)
    assert alphabetic.installed() == {}


def test_a_zip_without_an_index_names_what_it_holds(write: Write) -> None:
    with pytest.raises(alphabetic.IndexFileError, match=r"holds no official index.*tabular\.xml"):
        alphabetic.install(write("a.zip", _zipped({"tabular.xml": "<ICD10CM.tabular/>"})))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(alphabetic.IndexFileError, match="cannot be opened"):
        alphabetic.install(tmp_path / "nothing.xml")


def test_a_bad_file_leaves_what_was_loaded(write: Write) -> None:
    alphabetic.install(write("a.xml", ALPHABETIC))
    with pytest.raises(alphabetic.IndexFileError):
        alphabetic.install(write("b.xml", "<wrong/>"))
    assert alphabetic.lookup("blorp")


def test_a_damaged_store_is_set_aside(write: Write, own_user: Path) -> None:
    own_user.mkdir(parents=True)
    alphabetic.file().parent.mkdir(parents=True, exist_ok=True)
    alphabetic.file().write_bytes(b"this is no database at all, " * 200)
    assert alphabetic.installed() == {}
    assert alphabetic.lookup("blorp") == []
    assert alphabetic.find("blorp") == []
    alphabetic.install(write("a.xml", ALPHABETIC))
    assert alphabetic.lookup("blorp")
    assert alphabetic.file().with_suffix(".damaged").exists()


def test_damage_after_loading_costs_the_index_not_the_search(loaded: None, codes: CodeSet) -> None:
    alphabetic.forget()
    with sqlite3.connect(alphabetic.file()) as conn:
        conn.execute("DROP TABLE index_term")
    conn.close()
    assert alphabetic.lookup("blorp") == []
    assert alphabetic.tree(1) == []
    assert codes.search("asthma")[0].code == "J45.909"


def test_an_index_is_the_learners_own_and_outlives_the_cache(write: Write, own_user: Path, tmp_path: Path) -> None:
    alphabetic.install(write("a.xml", ALPHABETIC))
    assert alphabetic.file().parent == own_user / "codesets"
    assert not (tmp_path / "cache").exists()
    assert [path.name for path in alphabetic.file().parent.iterdir()] == [alphabetic.file().name]


def test_an_index_that_was_kept_in_the_cache_is_read_and_moved(write: Write, own_user: Path, tmp_path: Path) -> None:
    alphabetic.install(write("a.xml", ALPHABETIC))
    alphabetic.forget()
    older = tmp_path / "cache" / alphabetic.file().name
    older.parent.mkdir()
    alphabetic.file().rename(older)
    assert alphabetic.lookup("blorp")
    alphabetic.install(write("e.xml", EXTERNAL))
    assert list(alphabetic.installed()) == ["alphabetic", "external"]
    assert alphabetic.file().parent == own_user / "codesets"
    assert not older.exists()


def test_without_a_user_folder_it_goes_to_the_cache(write: Write, own_user: Path, tmp_path: Path) -> None:
    own_user.write_text("a file where the folder should be", encoding="utf-8")
    alphabetic.install(write("a.xml", ALPHABETIC))
    assert alphabetic.file().parent == tmp_path / "cache"
    alphabetic.install(write("e.xml", EXTERNAL))
    assert list(alphabetic.installed()) == ["alphabetic", "external"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders")
def test_a_folder_that_cannot_be_written(write: Write, own_user: Path) -> None:
    path = write("a.xml", ALPHABETIC)
    own_user.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        if (own_user.parent / "probe").exists() or _can_write(own_user.parent):
            pytest.skip("this user may write everywhere")
        with pytest.raises(alphabetic.IndexFileError, match="could not be stored"):
            alphabetic.install(path)
    finally:
        own_user.parent.chmod(stat.S_IRWXU)


def _can_write(folder: Path) -> bool:
    try:
        (folder / "probe").write_text("x", encoding="utf-8")
    except OSError:
        return False
    (folder / "probe").unlink()
    return True


# --- the Index tab


def test_nothing_loaded() -> None:
    assert alphabetic.installed() == {}
    assert alphabetic.summary() == ""
    assert alphabetic.lookup("abscess") == []
    assert alphabetic.tree(1) == []
    assert alphabetic.find("abscess") == []


def test_a_main_term_with_all_below_it(loaded: None) -> None:
    lines = alphabetic.lookup("Blorp NEC")
    assert [(line.level, line.term, line.code) for line in lines] == [
        (0, "Blorp NEC", "M25.529"),
        (1, "knee", "M25.56-"),
        (2, "due to gout", "M10.069"),
        (1, "hidden", ""),
        (1, "lost", ""),
    ]
    assert lines[0].nonessential == "(acute) (of the elbow)"
    assert lines[2].path == "Blorp NEC, knee, due to gout"
    assert lines[2].manifestation == "M14.80"
    assert lines[3].see == "Zorb, deep"


def test_a_beginning_lists_main_terms(loaded: None) -> None:
    assert [line.term for line in alphabetic.lookup("blo")] == ["Blorp NEC", "Blorpitis"]
    assert alphabetic.lookup("blorpi")[0].see_also == "Blorp"
    assert [line.term for line in alphabetic.lookup("blo", limit=1)] == ["Blorp NEC"]


def test_a_comma_goes_down_to_the_sub_term(loaded: None) -> None:
    assert [line.term for line in alphabetic.lookup("blorp, kn")] == ["Blorp NEC", "knee", "due to gout"]
    assert [line.term for line in alphabetic.lookup("zorb, zorbing")][:2] == ["Zorb, zorbing", "deep"]


def test_one_source_only(loaded: None) -> None:
    assert alphabetic.lookup("blorp", source="external") == []
    assert alphabetic.lookup("tumbling", source="external")[1].code == "V86.59"


def test_tables_have_six_columns(loaded: None) -> None:
    wibble = alphabetic.lookup("neoplasm")[1]
    assert wibble.term == "wibble"
    assert wibble.columns == (
        ("Malignant Primary", "C50.9-"),
        ("Malignant Secondary", "C79.81"),
        ("Ca in situ", "-"),
        ("Benign", "D24.-"),
        ("Uncertain Behavior", "D48.6-"),
        ("Unspecified Behavior", "D49.3"),
    )
    assert [head for head, _ in alphabetic.lookup("flurbo")[0].columns][0] == "Poisoning Accidental (unintentional)"


def test_tree_of_a_line(loaded: None) -> None:
    knee = alphabetic.lookup("blorp nec")[1]
    assert [line.term for line in alphabetic.tree(knee.n)] == ["knee", "due to gout"]
    assert alphabetic.tree(-1) == []


def test_summary_names_what_is_loaded(loaded: None) -> None:
    assert alphabetic.summary() == (
        "Alphabetic Index FY2031 (9 terms), External Cause Index FY2031 (2 terms), "
        "Neoplasm Table FY2031 (2 terms), Table of Drugs and Chemicals FY2031 (1 terms)"
    )


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(text: str) -> None:
    alphabetic.lookup(text)
    alphabetic.find(text)


# --- the search


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("blorp", "M25.529", "Alphabetic Index: Blorp NEC"),
        ("blorp knee", "M25.56", "Alphabetic Index: Blorp NEC, knee"),
        ("knee blorp due to gout", "M10.069", "Alphabetic Index: Blorp NEC, knee, due to gout"),
        ("blorp of the elbow", "M25.529", "Alphabetic Index: Blorp NEC"),
        ("hidden blorp", "J36", "Alphabetic Index: Blorp NEC, hidden, see Zorb, deep"),
        ("tumbling from moonbuggy", "V86.59", "External Cause Index: Tumbling, moonbuggy"),
        ("neoplasm wibble", "C50.9", "Neoplasm Table: Neoplasm, neoplastic, wibble"),
        ("benign neoplasm of wibble", "D24", "Neoplasm Table: Neoplasm, neoplastic, wibble"),
        ("secondary neoplasm wibble", "C79.81", "Neoplasm Table: Neoplasm, neoplastic, wibble"),
        ("flurbocillin", "T36.0X1", "Table of Drugs and Chemicals: Flurbocillin"),
        ("adverse effect of flurbocillin", "T36.0X5", "Table of Drugs and Chemicals: Flurbocillin"),
        ("flurbocillin poisoning undetermined", "T36.0X4", "Table of Drugs and Chemicals: Flurbocillin"),
    ],
)
def test_a_term_of_the_index_comes_first(loaded: None, codes: CodeSet, query: str, code: str, said: str) -> None:
    first = codes.search(query)[0]
    assert (first.code, first.matched) == (code, said)
    assert first.title == codes.get(code).title  # type: ignore[union-attr]


def test_a_code_the_edition_does_not_have_is_left_out(loaded: None, codes: CodeSet) -> None:
    assert all(hit.code in codes for hit in codes.search("zorb gone"))


def test_a_see_that_leads_nowhere_is_left_out(loaded: None, codes: CodeSet) -> None:
    assert all("Blorp NEC, lost" not in hit.matched for hit in codes.search("blorp lost"))


def test_the_index_does_not_push_out_what_the_words_say(loaded: None, codes: CodeSet) -> None:
    assert codes.search("asthma")[0].code == "J45.909"
    assert codes.search("S52.521A")[0].code == "S52.521A"


def test_a_circumstance_does_not_come_before_a_diagnosis_that_has_the_words(write: Write, codes: CodeSet) -> None:
    line = '<term level="1"><title>{}</title><code>W32.1</code></term></mainTerm>'.format
    terms = "<mainTerm><title>Powder burn</title>" + line("hand") + "<mainTerm><title>Diabetes</title>" + line("e11 9")
    alphabetic.install(write("e.xml", EXTERNAL.replace("</letter>", terms + "</letter>")))
    assert codes.search("burn hand")[0].code.startswith("T23")
    assert "W32.1" in [hit.code for hit in codes.search("burn hand")]
    assert codes.search("powder burn hand")[0].code == "W32.1"
    assert [hit.code for hit in codes.search("e11.9 diabetes")] == ["E11.9"]


def test_results_stay_sorted_and_single(loaded: None, codes: CodeSet) -> None:
    for query in ("blorp knee", "neoplasm", "pain in knee gout"):
        found = codes.search(query)
        assert len({hit.code for hit in found}) == len(found) <= 10
        assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


# --- the real files


@pytest.mark.parametrize(
    ("name", "source", "terms"),
    [("icd10cm_eindex_2025.xml.gz", "external", 8_000), ("icd10cm_neoplasm_2025.xml.gz", "neoplasm", 1_900)],
)
def test_real_files(reference_dir: Path, codes: CodeSet, name: str, source: str, terms: int) -> None:
    alphabetic.install(reference_dir / "official" / name)
    version, count = alphabetic.installed()[source]
    assert version == "2025"
    assert count > terms
    if source == "external":
        assert codes.search("accident boat striking swimmer powered")[0].code == "V94.11"
        assert {line.term for line in alphabetic.lookup("Fall, falling")} >= {"Fall, falling", "ladder"}
    else:
        assert codes.search("neoplasm breast benign")[0].code.startswith("D24")


def test_real_files_in_parsed_form(reference_dir: Path) -> None:
    (index,) = alphabetic_xml.read(reference_dir / "official" / "icd10cm_neoplasm_2025.xml.gz")
    assert index.heads == ["Malignant Primary", "Malignant Secondary", "Ca in situ", "Benign", "Uncertain Behavior",
                           "Unspecified Behavior"]  # fmt: skip
    assert all(row.term for row in index.rows)
    assert all(row.parent < i for i, row in enumerate(index.rows))


def _zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()
