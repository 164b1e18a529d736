"""Official HCPCS releases and licensed CPT files: taken in from text, workbook, zip; refused with a sentence."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import __main__ as entry
from course.codesets import cpt, hcpcs
from course.codesets.cpt import licensed
from course.codesets.hcpcs import loaded, official

REFERENCE = os.environ.get("COURSE_REFERENCE_DIR")
NAME = "HCPC2030_JAN_ANWEB_12172029.txt"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    _fresh()
    yield tmp_path
    _fresh()


def _fresh() -> None:
    hcpcs.forget()
    cpt.forget()


def record(code: str, kind: str, long: str, short: str = "", ended: str = "", cross: str = "") -> str:
    """A line of 320 places in the layout of the release."""
    line = f"{code:<5}00100{kind}{long:<80}{short:<28}".ljust(204) + f"{cross:<64}" + f"20000101{'':8}{ended:<8}N"
    return line.ljust(320)


LINES = [
    record("   ZZ", "7", "A modifier that must stay out"),
    record("D0001", "3", "A dental code that must stay out"),
    record("99213", "3", "A number of the AMA that must stay out"),
    record("A0003", "3", "Invented blue bandage with a very long", "Blue bandage"),
    record("A0003", "4", "name, each"),
    record("J9991", "3", "Injection, inventol, 5 mg", "Inventol", ended="20291231", cross="J9990"),
    record("J9990", "3", "Injection, inventol, 1 mg", "Inventol 1 mg"),
    record("J1885", "3", "Injection, as the release words it", "Ketorolac"),
]


def release(folder: Path, name: str = NAME) -> Path:
    file = folder / name
    file.write_bytes("\r\n".join([*LINES, ""]).encode("cp1252"))
    return file


def workbook(folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "XREF1", "ADD DT", "TERM DT"])
    for line in LINES:
        sheet.append(
            [line[:5], "0010", line[10], line[11:91], line[91:119], line[204:209], line[268:276], line[284:292]]
        )
    file = folder / NAME.replace(".txt", ".xlsx")
    book.save(file)
    return file


def packed(folder: Path) -> Path:
    file = folder / "january-2030.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(release(folder), f"HCPCS/{NAME}")
        archive.writestr("HCPCS/HCPC2030_JAN_ANWEB_Transaction Report.xlsx", b"another thing")
    return file


@pytest.mark.parametrize("make", [release, workbook, packed])
def test_release_is_taken_in(
    own_folder: Path, make: Callable[[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(hcpcs.codes())
    assert entry.main(["codes", "use", str(make(own_folder))]) == 0
    said = capsys.readouterr().out
    assert "January 2030" in said and "4 codes, 3 of them" in said
    bandage = hcpcs.get("A0003")
    assert bandage is not None and bandage.long == "Invented blue bandage with a very long name, each"
    old = hcpcs.get("j9991 ")
    assert old is not None and (old.ended, old.replaced_by) == ("2029-12-31", ("J9990",))
    assert not old.in_force("2030-01-01") and old.in_force("2029-12-31")
    assert hcpcs.get("D0001") is None and hcpcs.get("99213") is None
    assert len(hcpcs.codes()) >= before + 3


def test_own_words_stay_and_long_text_joins(own_folder: Path) -> None:
    mine = hcpcs.get("J1885")
    loaded.use(release(own_folder))
    hcpcs.forget()
    now = hcpcs.get("J1885")
    assert now is not None and now.long == "Injection, as the release words it"
    if mine is not None:
        assert (now.words, now.amount, now.unit) == (mine.words, mine.amount, mine.unit)


def test_folder_and_renamed_text(own_folder: Path) -> None:
    release(own_folder)
    assert official.recognises(own_folder)
    assert len(official.read(own_folder).rows) == 4
    renamed = release(own_folder, "download.txt")
    assert official.recognises(renamed)
    assert official.read(renamed).edition == "of an unknown quarter"


def test_damage_is_named(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = own_folder / "HCPC2030_JAN_ANWEB.zip"
    bad.write_bytes(packed(own_folder).read_bytes()[:300])
    empty = own_folder / NAME.replace("JAN", "APR")
    empty.write_text("", encoding="utf-8")
    wrong = own_folder / "HCPC2030_OCT_ANWEB.xlsx"
    wrong.write_bytes(b"no workbook")
    for file in (bad, empty, wrong):
        assert entry.main(["codes", "use", str(file)]) == 1
        said = capsys.readouterr().err
        assert file.name in said and "Nothing was changed" in said and "Traceback" not in said
    assert loaded.rows() == {}


def test_damaged_copy_is_left_out(own_folder: Path) -> None:
    loaded.use(release(own_folder))
    (loaded.folder() / "hcpcs.csv").write_bytes(b"\xff\xfe\x00")
    hcpcs.forget()
    assert hcpcs.get("A0003") is None


@pytest.mark.skipif(not REFERENCE, reason="COURSE_REFERENCE_DIR names no reference tables")
def test_the_real_release() -> None:
    found = official.read(Path(REFERENCE or "") / "official" / "hcpcs_2025_download.zip")
    assert found.edition == "January 2025"
    assert len(found.rows) > 8000
    by = {row.code: row for row in found.rows}
    assert by["J1885"].long.endswith("per 15 mg") and by["A0021"].cross == ("A0030",)


def licensed_file(folder: Path, encoding: str = "utf-8", lines: int = 300) -> Path:
    file = folder / "invented.txt"
    rows = [f"{n:05d}\tInvented wording number {n}" for n in range(99202, 99202 + lines)]
    file.write_text("\n".join(["An invented notice", "", *rows]), encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_licensed_file_is_shown_and_forgotten(
    own_folder: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.main(["codes", "load-cpt", str(licensed_file(own_folder, encoding))]) == 0
    assert "300 CPT descriptors" in capsys.readouterr().out
    _fresh()
    found = cpt.get("99213")
    assert found is not None and found.descriptor == "Invented wording number 99213"
    assert str(licensed.kept_file()).startswith(str(own_folder / "user"))
    assert entry.main(["codes", "load-cpt", "--forget"]) == 0
    _fresh()
    found = cpt.get("99213")
    assert found is not None and found.descriptor == ""


def test_licensed_file_with_more_columns(own_folder: Path) -> None:
    file = own_folder / "wide.txt"
    file.write_text('Concept\tCPT Code\tShort\tLong\n1\t99213\tInv\t"An invented long wording"\n', encoding="utf-8")
    licensed.load(file)
    assert licensed.descriptors() == {"99213": "An invented long wording"}


@pytest.mark.parametrize("content", ["", "no codes here\n" * 200, "99213 no tab\n" * 200])
def test_other_files_are_refused(own_folder: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = own_folder / "other.txt"
    file.write_text(content, encoding="utf-8")
    for words in ([str(file)], [str(own_folder)], [str(own_folder / "missing.txt")], []):
        assert entry.main(["codes", "load-cpt", *words]) == 1
        assert "Traceback" not in capsys.readouterr().err
    assert licensed.descriptors() == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(content=st.binary(max_size=400))
def test_no_bytes_break_the_readers(own_folder: Path, content: bytes) -> None:
    for name in (NAME, NAME.replace(".txt", ".xlsx"), "x.zip"):
        file = own_folder / name
        file.write_bytes(content)
        with pytest.raises(ValueError):
            official.read(file)
        with pytest.raises(ValueError):
            licensed.load(file)
