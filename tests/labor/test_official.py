"""Reading the files of BLS: what they are, which year, which figures; and a sentence for everything else."""

from __future__ import annotations

import gzip
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from course.labor import official, schema, workbooks
from tests.labor import made_workbooks as made

TO_STATES = {name: abbr for abbr, name in made.STATES}
EXPORT = ["AREA_TITLE", "OCC_CODE", "OCC_TITLE", "H_MEAN", "A_MEAN"]


def read(path: Path, codes: list[str] | None = None) -> official.Release:
    return official.read(path, codes or made.CODES, TO_STATES)


def refused(path: Path) -> str:
    with pytest.raises(ValueError) as caught:
        read(path)
    assert "\n" not in str(caught.value) and "Traceback" not in str(caught.value)
    return str(caught.value)


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.oews(tmp_path_factory.mktemp("made") / "national_M2026_dl.xlsx", made.nation())


@pytest.fixture(scope="module")
def outlook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.outlook(tmp_path_factory.mktemp("made") / "occupation.xlsx")


def test_the_nation(nation: Path):
    release = read(nation)
    assert (release.program, release.period, release.year) == ("OEWS national", "May 2026", 2026)
    part = release.parts["wages_national"]
    assert [row["soc_code"] for row in part.rows] == made.CODES and not part.lacking
    first = part.rows[0]
    assert (first["year"], first["employment_jobs"], first["hourly_median_wage_usd"]) == ("2026", "155495730", "24.5")
    assert (first["annual_median_wage_usd"], first["employment_rse_percent"]) == ("50960", "1.0")
    known = set(schema.SHAPES["wages_national"].names())
    assert set(first) | {"source_id"} == known and set(part.columns) < known


def test_the_states(tmp_path: Path):
    lines = [one for one in made.states() if one["PRIM_STATE"] in {"OH", "DC", "GU"}]
    release = read(made.oews(tmp_path / "state_M2026_dl.xlsx", lines))
    part = release.parts["wages_states"]
    assert release.program == "OEWS states" and len(part.rows) == 3 * (len(made.CODES) - 1)
    row = next(row for row in part.rows if row["state_abbr"] == "OH" and row["soc_code"] == "29-2072")
    total = next(one["TOT_EMP"] for one in lines if one["AREA_TITLE"] == "Ohio")
    assert (row["state_name"], row["state_total_employment_jobs"]) == ("Ohio", str(total))
    assert set(row) | {"source_id"} == set(schema.SHAPES["wages_states"].names())
    assert {row["state_name"] for row in part.rows} == {"Ohio", "District of Columbia", "Guam"}


def test_the_outlook(outlook: Path):
    release = read(outlook)
    assert (release.program, release.period, release.year) == ("Employment Projections", "2026-36", 2026)
    jobs, flows = release.parts["projections"].rows, release.parts["openings"].rows
    assert [row["soc_code"] for row in jobs] == [row["soc_code"] for row in flows] == made.CODES
    assert (jobs[0]["base_year"], jobs[0]["target_year"], jobs[0]["soc_title"]) == ("2026", "2036", "All occupations")
    assert (jobs[0]["base_employment_thousand_jobs"], jobs[0]["employment_change_percent"]) == ("200.0", "5.0")
    assert (flows[0]["separations_thousand_jobs"], flows[0]["separation_rate_percent"]) == ("12.0", "6.5")
    dash = next(row for row in jobs if row["soc_code"] == "31-9092")
    assert (dash["median_annual_wage_usd"], dash["median_wage_year"]) == ("", "")
    missing = {"source_id", "openings_decade_total_thousand_jobs"}
    assert set(jobs[0]) | missing == set(schema.SHAPES["projections"].names())


@pytest.mark.parametrize("mark", ["*", "**", "#", "—", None, "", " ** "])
def test_marks_are_empty_cells(mark: object, tmp_path: Path):
    lines = made.nation()
    lines[-1]["A_PCT90"] = mark
    part = read(made.oews(tmp_path / "national_M2026_dl.xlsx", lines)).parts["wages_national"]
    assert part.rows[-1]["annual_p90_wage_usd"] == "" and part.rows[-1]["annual_p75_wage_usd"]


@pytest.mark.parametrize(
    ("cell", "decimals", "text"),
    [(51140, 0, "51140"), (51140.0, 0, "51140"), ("51,140", 0, "51140"), (24, 2, "24.0"), (0.1 + 0.2, 1, "0.3")]
    + [("~", 1, ""), (-3.9, 1, "-3.9"), ("−3.9", 1, "-3.9"), (0, 1, "0.0"), ("1,234.5", 1, "1234.5")],
)
def test_a_figure_is_written_as_in_the_tables(cell: object, decimals: int, text: str):
    assert official.figure(cell, decimals, "here") == text


@pytest.mark.parametrize("cell", ["about 50", True, float("nan"), 24.5, "1e400", object()])
def test_what_is_no_figure(cell: object):
    with pytest.raises(ValueError, match="^here is .*(no number|whole number)"):
        official.figure(cell, 0, "here")


class TestYear:
    """The year comes from the file, and a file that tells two is refused."""

    @pytest.mark.parametrize("name", ["national_M2026_dl.xlsx", "download (1).xlsx", "oesm26nat.xlsx"])
    def test_from_any_of_the_places(self, name: str, tmp_path: Path):
        assert read(made.oews(tmp_path / name, made.nation(), sheet="national_M2026_dl")).year == 2026
        assert read(made.oews(tmp_path / name, made.nation(), sheet="Sheet1")).year == 2026

    def test_from_the_name_alone(self, tmp_path: Path):
        lines = made.nation()
        assert read(made.oews(tmp_path / "national_M2027_dl.xlsx", lines, sheet="Sheet1", described=0)).year == 2027
        told = refused(made.oews(tmp_path / "national.xlsx", lines, sheet="Sheet1", described=0))
        assert told.startswith("national.xlsx does not say which year it is") and "national_M2025_dl.xlsx" in told

    @pytest.mark.parametrize(
        ("name", "sheet", "described"),
        [("national_M2025_dl.xlsx", "", 2026), ("national_M2026_dl.xlsx", "national_M2025_dl", 2026)]
        + [("oesm25nat.xlsx", "national_M2026_dl", 2026), ("national_M2026_dl.xlsx", "", 2025)],
    )
    def test_two_years(self, name: str, sheet: str, described: int, tmp_path: Path):
        told = refused(made.oews(tmp_path / name, made.nation(), sheet=sheet, described=described))
        assert "tells two years" in told and "2025" in told and "2026" in told and "Field Descriptions" in told

    def test_the_name_of_the_zip_counts(self, nation: Path, tmp_path: Path):
        assert read(made.zipped(tmp_path / "oesm26nat.zip", nation)).year == 2026
        assert "the file name oesm25nat.zip says 2025" in refused(made.zipped(tmp_path / "oesm25nat.zip", nation))

    def test_of_the_outlook(self, tmp_path: Path):
        told = refused(made.outlook(tmp_path / "occupation.xlsx", title_base=2025))
        assert "the title of Table 1.2 says 2025-35" in told and "the headings of Table 1.2 says 2026-36" in told
        assert "two years" in refused(made.outlook(tmp_path / "projections_2024_34.xlsx"))
        assert read(made.outlook(tmp_path / "projections_2026-2036.xlsx")).period == "2026-36"


class TestPacked:
    """The zip as BLS packs it, and exports as CSV."""

    def test_a_zip_with_descriptions_beside(self, nation: Path, tmp_path: Path):
        (tmp_path / "field_descriptions.xlsx").write_bytes(nation.read_bytes())
        (tmp_path / "._x.xlsx").write_bytes(b"x")
        packed = made.zipped(tmp_path / "a.zip", nation, tmp_path / "field_descriptions.xlsx", tmp_path / "._x.xlsx")
        assert read(packed).file == "national_M2026_dl.xlsx"

    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_an_export_with_few_columns(self, delimiter: str, tmp_path: Path):
        path = made.exported(tmp_path / "state_M2026_dl.csv", made.states(), EXPORT, delimiter)
        packed = tmp_path / "state_M2026_dl.csv.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        for one in (path, packed):
            part = read(one).parts["wages_states"]
            assert part.columns == ("state_name", "soc_title", "annual_mean_wage_usd", "hourly_mean_wage_usd")
            assert {"TOT_EMP", "A_MEDIAN"} < set(part.lacking) and "employment_jobs" not in part.rows[0]
            assert part.rows[1]["annual_mean_wage_usd"].isdigit()

    def test_an_export_of_the_nation_needs_all_columns(self, tmp_path: Path):
        told = refused(made.exported(tmp_path / "national_M2026_dl.csv", made.nation(), EXPORT))
        assert "lacks the columns TOT_EMP" in told
        whole = made.exported(tmp_path / "national_M2026_dl.csv", made.nation(), made.HEADINGS)
        assert len(read(whole).parts["wages_national"].rows) == len(made.CODES)

    def test_a_workbook_of_the_states_needs_all_columns(self, tmp_path: Path):
        lines = [{key: cell for key, cell in one.items() if key != "TOT_EMP"} for one in made.states()[:60]]
        assert "lacks the column TOT_EMP." in refused(made.oews(tmp_path / "state_M2026_dl.xlsx", lines))


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def workbook(path: Path, *cells: list[object], title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in cells:
        book.active.append(row)
    book.save(path)
    return path


BAD = {
    "empty": (lambda at, good: write(at / "x.xlsx", b""), "x.xlsx is empty"),
    "blanks": (lambda at, good: write(at / "x.csv", b" \n \n"), "x.csv is empty"),
    "password": (lambda at, good: write(at / "x.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 99), "a workbook with a password"),
    "pdf": (lambda at, good: write(at / "x.xlsx", b"%PDF-1.7 .."), "is a PDF document"),
    "web page": (lambda at, good: write(at / "x.xlsx", b"<!DOCTYPE html><title>Access Denied"), "is a web page"),
    "xml": (lambda at, good: write(at / "x.xml", b'<?xml version="1.0"?><a/>'), "is XML, not a workbook of BLS"),
    "picture": (lambda at, good: write(at / "x.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is neither a workbook"),
    "words": (lambda at, good: write(at / "x.csv", b"Dear colleague\nhere it is\n"), "is neither a workbook"),
    "half": (lambda at, good: write(at / "x.xlsx", good[: len(good) // 2]), "breaks off or is damaged"),
    "half gz": (lambda at, good: write(at / "x.csv.gz", gzip.compress(good)[:900]), "breaks off or is damaged"),
    "no year": (lambda at, good: write(at / "x.csv", b"OCC_CODE;A_MEAN\n"), "does not say which year it is"),
    "other csv": (lambda at, good: write(at / "M2026.csv", b"a;b\n1;2\n"), "neither an OEWS table nor"),
    "no rows": (lambda at, good: write(at / "M2026.csv", b"OCC_CODE;A_MEAN\n"), "no row with an occupation code"),
    "other book": (lambda at, good: workbook(at / "M2026.xlsx", ["a", 1]), "neither an OEWS table nor"),
    "empty book": (lambda at, good: workbook(at / "M2026.xlsx"), "neither an OEWS table nor"),
    "old outlook": (lambda at, good: workbook(at / "x.xlsx", ["Table 1.7"], title="Table 1.7"), "an older layout"),
    "one table": (
        lambda at, good: workbook(at / "x.xlsx", ["Table 1.2"], title="Table 1.2"),
        "without the tables 1.2 and",
    ),
    "other tables": (lambda at, good: workbook(at / "x.xlsx", ["x"], title="Table 1.5"), "without table 1.2"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_sentence(name: str, nation: Path, tmp_path: Path):
    make, told = BAD[name]
    assert told in refused(make(tmp_path, nation.read_bytes()))


def test_zips_that_hold_something_else(nation: Path, tmp_path: Path):
    (tmp_path / "read.txt").write_text("x")
    other = made.oews(tmp_path / "national_M2025_dl.xlsx", made.nation(), 2025)
    assert "no workbook in it, but read.txt" in refused(made.zipped(tmp_path / "a.zip", tmp_path / "read.txt"))
    assert "no workbook in it, but nothing" in refused(made.zipped(tmp_path / "b.zip"))
    assert "has 2 tables in it (national_M2025_dl.xlsx, n" in refused(made.zipped(tmp_path / "c.zip", nation, other))
    with zipfile.ZipFile(tmp_path / "d.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    assert "no .xlsx workbook" in refused(tmp_path / "d.docx")
    locked = bytearray(made.zipped(tmp_path / "e.zip", nation).read_bytes())
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1  # the flag of encryption in the directory
    assert "locked with a password" in refused(write(tmp_path / "e.zip", bytes(locked)))


def test_the_other_workbooks_of_oews(tmp_path: Path):
    path = tmp_path / "x_M2026_dl.xlsx"
    sector = [one | {"NAICS": "62", "NAICS_TITLE": "Health Care"} for one in made.nation()]
    assert "is by industry (row 2: Health Care)" in refused(made.oews(path, sector))
    metro = [one | {"AREA_TYPE": "4", "AREA_TITLE": "Akron, OH"} for one in made.nation()]
    assert "has metropolitan areas (row 2: Akron, OH)" in refused(made.oews(path, metro))
    both = made.nation() + made.states()[:3]
    assert "the nation and states in one sheet" in refused(made.oews(path, both))
    odd = [one | {"AREA_TITLE": "Freedonia", "PRIM_STATE": ""} for one in made.states()[:3]]
    assert "the area is 'Freedonia', which is no state" in refused(made.oews(path, odd))
    odd = [one | {"PRIM_STATE": "XX"} for one in made.states()[:3]]
    assert "Alaska has the abbreviation XX" in refused(made.oews(path, odd))
    assert "for the second time" in refused(made.oews(path, [*made.nation(), made.nation()[-1]]))
    odd = made.nation()
    odd[-1]["A_MEAN"] = "see note"
    assert f"row {len(odd) + 1}, A_MEAN is 'see note', which is no number" in refused(made.oews(path, odd))


def test_a_code_that_sounds_like_coders_is_named(tmp_path: Path):
    fresh = made.line("29-2072", 9000, 30) | {"OCC_CODE": "29-2073", "OCC_TITLE": "Medical Coders"}
    group = fresh | {"OCC_CODE": "29-2070", "O_GROUP": "broad"}
    release = read(made.oews(tmp_path / "national_M2026_dl.xlsx", [*made.nation(), fresh, group]))
    assert release.unfollowed == {"29-2073": "Medical Coders"}


def test_a_row_in_no_place_is_damage(nation: Path, tmp_path: Path):
    path = tmp_path / nation.name
    with zipfile.ZipFile(nation) as whole, zipfile.ZipFile(path, "w") as broken:
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(name, data.replace(b'<row r="2"', b'<row r="v2"') if "sheet1" in name else data)
    assert "breaks off or is damaged (could not" in refused(path)


def test_a_long_sheet_tells_how_far_it_is(tmp_path: Path):
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("x")
    for _ in range(5_000):
        page.append(["OCC"])
    book.save(tmp_path / "M2026.xlsx")
    told: list[tuple[float, str]] = []
    with pytest.raises(ValueError, match="neither"):
        official.read(tmp_path / "M2026.xlsx", [], {}, lambda done, what: told.append((done, what)))
    assert told == []
    opened = workbooks.opened(tmp_path / "M2026.xlsx", lambda done, what: told.append((done, what)))
    assert len(list(opened.rows("x"))) == 5_000
    assert 0 < told[0][0] < 1 and told[-1] == (1, "reading M2026.xlsx")


def test_damage_anywhere_is_a_sentence_or_no_matter(nation: Path, outlook: Path, tmp_path: Path):
    rng = random.Random(6)
    seen = set()
    for number in range(40):
        good = bytearray((nation, outlook)[number % 2].read_bytes())
        if number < 20:
            good = good[: rng.randrange(1, len(good))]
        else:
            for _ in range(40):
                good[rng.randrange(len(good))] = rng.randrange(256)
        try:
            read(write(tmp_path / "national_M2026_dl.xlsx", bytes(good)))
        except ValueError as problem:
            seen.add(str(problem)[:60])
    assert seen
