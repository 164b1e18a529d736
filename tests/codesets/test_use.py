"""``codes use FILE``: another year's official files, and files that are none."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from course.codesets import icd10cm
from course.codesets.icd10cm import build, history, library, sources, use

from .conftest import TINY_CODES, tiny

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture(autouse=True)
def _own(own_folders: Path) -> None:
    """Nothing of this file may touch the cache and the user's folder of the other tests."""


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"folder/{name.replace('__', '.')}", content)
    return buffer.getvalue()


def test_a_tabular_list_alone(write: Write):
    said = use.use(write("tabular.xml", tiny("2020")))
    assert "ICD-10-CM FY2020 can be used now: 5 billable codes" in said and "a few combinations may not exist" in said
    assert icd10cm.editions() == (2020, 2026, 2027)
    codes = icd10cm.open_edition(2020)
    assert codes.label == "ICD-10-CM FY2020 (1 Oct 2019 to 30 Sep 2020)"
    assert "tabular.xml" in codes.basis
    assert "worked out from its rules" in (codes.warning or "") and codes.meta("validity") == "expansion"
    assert list(codes.billable_codes()) == ["A00.0", "A00.1", "A01.0XXA", "A01.0XXS", "B00"]
    assert codes.get("A01.0XXA").title == "Broken thing, left, initial encounter"  # type: ignore[union-attr]
    assert codes.excludes1("A00.0", "B00") is not None
    assert icd10cm.edition_on(dt.date(2020, 3, 1)) == 2020


def test_with_the_list_of_codes_beside_it(write: Write):
    write("icd10cm_order_2020.txt", TINY_CODES)
    write("icd10cm_order_2021.txt", TINY_CODES.replace("A010XXA", "A010XXS"))
    said = use.add_tabular(write("tabular.xml", tiny("2020")))
    assert "Which codes exist was taken from icd10cm_order_2020.txt" in said
    codes = icd10cm.open_edition(2020)
    assert codes.warning is None and codes.meta("validity") == "list"
    assert "A01.0XXA" in codes and "A01.0XXS" not in codes
    assert codes.valid_seventh("A01.0") == {"A": "initial encounter"}


@pytest.mark.parametrize("form", ["xml.gz", "zip", "folder", "gz without a telling name"])
def test_the_forms_a_file_comes_in(write: Write, form: str):
    if form == "zip":
        path = write("tables.zip", zipped(tabular__xml=tiny("2020"), codes__txt=TINY_CODES, readme__txt="Read me."))
    elif form == "folder":
        write("codes.txt", TINY_CODES)
        path = write("tabular.xml", tiny("2020")).parent
    else:
        path = write("t.xml.gz" if form == "xml.gz" else "t", gzip.compress(tiny("2020").encode()))
    assert "FY2020 can be used now" in use.use(path)
    assert "A00.1" in icd10cm.open_edition(2020)
    assert ("A01.0XXS" in icd10cm.open_edition(2020)) == (form not in ("zip", "folder"))


def test_a_list_of_codes_given_afterwards_joins_its_tabular_list(write: Write):
    use.use(write("tabular.xml", tiny("2020")))
    assert icd10cm.open_edition(2020).warning
    said = use.use(write("list.txt", TINY_CODES))
    assert "taken from list.txt" in said
    assert icd10cm.open_edition(2020).warning is None


def test_a_file_given_again_takes_the_place_of_the_first(write: Write):
    use.use(write("tabular.xml", tiny("2020")))
    assert icd10cm.open_edition(2020).get("A00.1").title == "Blue thing, bright"  # type: ignore[union-attr]
    use.use(write("tabular.xml", tiny("2020", title="Blue thing, shining")))
    assert icd10cm.open_edition(2020).get("A00.1").title == "Blue thing, shining"  # type: ignore[union-attr]


def test_given_again_without_its_list_the_old_list_does_not_stay(write: Write):
    listed = write("icd10cm_codes_2020.txt", TINY_CODES)
    path = write("tabular.xml", tiny("2020"))
    use.use(path)
    assert icd10cm.open_edition(2020).warning is None
    listed.unlink()
    assert "No list of codes" in use.use(path)
    assert "A01.0XXS" in icd10cm.open_edition(2020)


def test_an_edition_of_the_course_can_be_replaced_and_had_back(write: Write):
    said = use.use(write("tabular.xml", tiny("2027")))
    folder = sources.added_folder(2027)
    assert "takes the place of the course's own FY2027" in said and str(folder) in said
    assert icd10cm.editions() == (2026, 2027)
    assert icd10cm.open_edition(2027).count() == 5
    (folder / sources.ABOUT).unlink()
    assert sources.recipe(2027).on_top == (2027,)


def test_a_record_that_cannot_be_read_is_no_edition(write: Write):
    use.use(write("tabular.xml", tiny("2020")))
    (sources.added_folder(2020) / sources.ABOUT).write_text("{", encoding="utf-8")
    assert icd10cm.editions() == (2026, 2027)
    (sources.added_folder(2020).parent / "notes").mkdir()
    assert icd10cm.editions() == (2026, 2027)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("hello", "is not an XML file"),
        ("<html><body/></html>", "outermost element is <html>, not <ICD10CM.tabular>"),
        (tiny("2020")[:900], "not readable as XML"),
        (tiny("2020")[:1500], "not readable as XML"),
        (tiny("two"), "says 'two'"),
        (tiny(""), "is missing"),
        (tiny("1999"), "says '1999'"),
        ("<ICD10CM.tabular><version>2020</version></ICD10CM.tabular>", "has no chapters"),
        (tiny("2020").replace("diag>", "code>").replace("<diag", "<code"), "has no codes"),
        (tiny("2020").replace("<name>A00.0<", "<name>12<"), "'12' is not a possible ICD-10-CM code"),
        (tiny("2020").replace("<name>A00.0<", "<name>B99.0<"), "B99.0 stands below A00"),
        (tiny("2020").replace("<desc>Blue thing, dull</desc>", ""), "the code A00.0 has no title"),
        (b"\x1f\x8b" + b"nonsense" * 10, "damaged or incomplete"),
        (gzip.compress(tiny("2020").encode())[:-20], "damaged or incomplete"),
        (b"\x00\x01\x02" * 1000, "is not an XML file"),
        (zipped(readme__txt="Nothing of use."), "is not an XML file"),
        (zipped(), "holds no XML file"),
        (zipped(a__xml="<a/>", b__xml="<b/>"), "None of the 2 files"),
        (TINY_CODES, "can only be used together with the Tabular List"),
        ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><ICD10CM.tabular>&b;</ICD10CM.tabular>', "not readable as XML"),
    ],
)
def test_what_cannot_be_used_says_why_and_changes_nothing(write: Write, content: str | bytes, words: str):
    path = write("given.zip" if content[:2] == b"PK" else "given.xml", content)
    with pytest.raises(ValueError) as caught:
        use.use(path)
    assert words in str(caught.value)
    assert icd10cm.editions() == (2026, 2027)


def test_no_such_file(tmp_path: Path):
    with pytest.raises(ValueError, match="There is no file"):
        use.use(tmp_path / "missing.xml")


def test_a_list_of_another_year_is_refused(write: Write):
    write("codes_2020.txt", "A000\nC000\nD000\nE000XXA\nF000XXA\n")
    with pytest.raises(ValueError, match="does not belong to"):
        use.use(write("tabular.xml", tiny("2020")))


def test_too_large_a_file_is_not_unpacked(write: Write, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(use, "LARGEST", 1000)
    for content in (tiny("2020"), gzip.compress(tiny("2020").encode()), zipped(a__xml=tiny("2020"))):
        with pytest.raises(ValueError, match="far larger"):
            use.use(write("given", content))


def test_the_real_tabular_list_as_a_later_year(write: Write):
    """Without its list of codes, guided by the base, the rules give exactly what exists; and its changes are found by
    comparison with the edition before."""
    text = library.library_files().tabular.read_text(encoding="utf-8").replace("<version>2026<", "<version>2028<", 1)
    text = text.replace("<desc>Essential (primary) hypertension</desc>", "<desc>Primary hypertension</desc>", 1)
    said = use.use(write("tabular-2028.xml", text))
    assert "FY2028 can be used now: 74,719 billable codes" in said
    recipe = sources.recipe(2028)
    tree, rows = build.load_tree(recipe)
    assert [child.code for child in tree.by_code["S06.1X7"].children] == ["S06.1X7A"]
    told = history.changes_of(rows, {}, build.compared(recipe))
    (change,) = [change for change in told if change.code == "I10"]
    assert (change.edition, change.action, change.title) == (2028, "revised", "Primary hypertension")
    assert [(c.edition, c.action) for c in told if c.code == "J4B"] == [(2027, "added"), (2028, "deleted")]
    assert change.source == "comparison of the FY2027 and FY2028 code lists"


def test_official_indexes_are_routed_to_the_index_module(reference_dir: Path, own_folders: Path):
    said = use.use(reference_dir / "official" / "icd10cm_eindex_2025.xml.gz")
    assert isinstance(said, str) and said
