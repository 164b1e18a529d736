"""Taking in next year's file: compared, checked, and only then written; figures that are there are never lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from course import cli, cli_labor, paths
from course.bootstrap.errors import UserError
from course.labor import add, official, prices, rows, schema, sources, tables
from tests.labor import made_workbooks as made

FOLDER = schema.folder_of_tables()
#: The two ids that the source list gives next, to whatever is added first and second.
FIRST = sources.next_id((FOLDER / "SOURCES.md").read_text(encoding="utf-8"))
SECOND = f"S{int(FIRST[1:]) + 1}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables that the course takes for its own."""
    folder = shutil.copytree(FOLDER, tmp_path / "data" / "labor")
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    return folder


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.oews(tmp_path_factory.mktemp("made") / "national_M2026_dl.xlsx", made.nation())


@pytest.fixture(scope="module")
def outlook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.outlook(tmp_path_factory.mktemp("made") / "occupation.xlsx")


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def without(folder: Path, name: str, column: str, value: str) -> bytes:
    """Take the rows of a period away; returns the file as it was."""
    path = folder / f"{name}.csv"
    before, table = path.read_bytes(), rows.read(path)
    table.rows = [row for row in table.rows if row[column] != value]
    path.write_bytes(table.text().encode())
    assert path.read_bytes() != before
    return before


def test_a_year_comes_in_and_the_second_run_finds_nothing_new(home: Path, nation: Path, capsys):
    before = content(home)
    assert cli_labor.add(nation) == 0
    told = capsys.readouterr().out
    assert f"New in data/labor/wages_national.csv, source {FIRST}: 9 rows" in told
    assert f"2026 29-2072: {made.jobs('29-2072'):,} jobs, median 57,200 USD" in told
    assert "there is no price index of May 2026, and wages_national.csv has wages of that May. Add the CPI-U" in told
    assert "notebooks run 15 16" in told and "Written: data/labor/SOURCES.md, data/labor/wages_national.csv" in told
    after = content(home)
    assert sorted(name for name in after if after[name] != before.get(name)) == ["SOURCES.md", "wages_national.csv"]
    old, new = (one["wages_national.csv"].decode().splitlines() for one in (before, after))
    assert len(new) == len(old) + 9 and set(old) < set(new), "lines that were there stay as they are"
    line = f"| {FIRST} | OEWS national | May 2026 | national_M2026_dl.xlsx, of BLS | {paths.today()} |"
    assert after["SOURCES.md"].decode() == before["SOURCES.md"].decode() + line + "\n"
    assert not [problem for problem in schema.problems() if problem.fault]
    assert cli_labor.add(nation) == 0
    told = capsys.readouterr().out
    assert "Nothing new." in told and "Equal to what is here: 135 figures" in told and "Next:" not in told
    assert content(home) == after


def test_a_period_of_a_listed_source_needs_no_new_line(home: Path, tmp_path: Path):
    without(home, "wages_national", "year", "2025")
    before = (home / "SOURCES.md").read_bytes()
    plan = add.prepare(made.oews(tmp_path / "national_M2025_dl.xlsx", made.nation(), 2025))
    assert plan.source == "S03" and list(plan.texts) == ["wages_national.csv"]
    plan.write()
    assert (home / "SOURCES.md").read_bytes() == before


def test_tables_that_were_read_are_read_anew(home: Path, nation: Path):
    assert 2026 not in set(tables.table("wages_national")["year"])
    prices.may_index()
    add.prepare(nation).write()
    assert 2026 in set(tables.table("wages_national")["year"])
    assert prices.may_index.cache_info().currsize == 0


def test_dry_writes_nothing(home: Path, nation: Path, capsys):
    before = content(home)
    assert cli_labor.add(nation, dry=True) == 0
    told = capsys.readouterr().out
    assert "9 rows" in told and "Nothing was written (--dry)." in told
    assert content(home) == before


def test_projections_come_in_with_their_openings(home: Path, outlook: Path, capsys):
    assert cli_labor.add(outlook) == 0
    told = capsys.readouterr().out
    assert f"projections.csv, source {FIRST}: 9 rows" in told and f"openings.csv, source {FIRST}: 9 rows" in told
    assert "price index" not in told
    assert schema.problems() == []
    assert cli_labor.add(outlook) == 0 and "Nothing new." in capsys.readouterr().out


def test_states_come_in_after_the_nation(home: Path, nation: Path, tmp_path: Path, capsys):
    lines = made.states()
    states = made.exported(tmp_path / "state_M2026_dl.csv", lines, made.HEADINGS)
    add.prepare(nation).write()
    assert cli_labor.add(states) == 0
    told = capsys.readouterr().out
    assert f"wages_states.csv, source {SECOND}: {52 * (len(made.CODES) - 1)} rows" in told and "  and 404 more" in told
    assert not [problem for problem in schema.problems() if problem.fault]
    assert not add.prepare(states).news
    part = made.exported(tmp_path / "May 2026.csv", lines, ["AREA_TITLE", "OCC_CODE", "OCC_TITLE", "A_MEAN"])
    plan = add.prepare(part)
    assert not plan.news and plan.equal == 52 * (len(made.CODES) - 1) and "The file lacks TOT_EMP" in plan.text()


def test_an_export_comes_first_and_the_workbook_fills_it(home: Path, tmp_path: Path):
    lines = [one for one in made.states() if one["AREA_TYPE"] == "2"]
    columns = ["AREA_TITLE", "OCC_CODE", "OCC_TITLE", "H_MEAN", "A_MEAN"]
    add.prepare(made.exported(tmp_path / "state_M2026_dl.csv", lines, columns)).write()
    assert not [problem for problem in schema.problems() if problem.fault]
    plan = add.prepare(made.exported(tmp_path / "state_M2026_dl.csv", lines, made.HEADINGS))
    assert not plan.added and not plan.differs and len(plan.filled) == 408 * 12 and plan.source == SECOND
    plan.write()
    row = rows.read(home / "wages_states.csv").by("year", "state_abbr", "soc_code")["2026", "OH", "29-2072"]
    assert row["source_id"] == f"{FIRST};{SECOND}" and row["employment_jobs"] and row["annual_p90_wage_usd"]


class TestWhatDiffers:
    """Figures that are there are never changed without being told to."""

    @pytest.fixture
    def other(self, tmp_path: Path) -> Path:
        lines = made.nation()
        for one in lines[-2:]:
            one["EMP_PRSE"] = 7.5
        return made.oews(tmp_path / "national_M2026_dl.xlsx", lines)

    def test_it_is_listed_and_left(self, home: Path, nation: Path, other: Path, capsys):
        add.prepare(nation).write()
        before = content(home)
        assert cli_labor.add(other) == 1
        told = capsys.readouterr().out
        assert "Different, and left as it is here: 2 figures" in told
        assert "2026 43-6013 employment_rse_percent: 1.0 here, 7.5 in the file" in told
        assert "--replace" in told and content(home) == before

    def test_it_is_replaced_on_demand(self, home: Path, nation: Path, other: Path, capsys):
        add.prepare(nation).write()
        assert cli_labor.add(other, replace=True) == 0
        assert "Replaced: 2 figures" in capsys.readouterr().out
        found = rows.read(home / "wages_national.csv").by("year", "soc_code")
        assert found["2026", "43-6013"]["employment_rse_percent"] == "7.5"
        assert found["2026", "43-6013"]["source_id"] == f"{FIRST};{SECOND}"
        assert found["2026", "29-2072"]["source_id"] == FIRST
        assert not add.prepare(other).news

    def test_a_figure_that_the_file_does_not_have_stays(self, home: Path, nation: Path, tmp_path: Path, capsys):
        add.prepare(nation).write()
        lines = made.nation()
        lines[-1]["A_PCT90"] = lines[-1]["H_PCT90"] = "#"
        path = made.oews(tmp_path / "national_M2026_dl.xlsx", lines)
        assert cli_labor.add(path) == 1
        told = capsys.readouterr().out
        assert "annual_p90_wage_usd: 108160 here, empty in the file" in told and "Nothing new was written." in told

    def test_an_empty_cell_is_filled_beside_it(self, home: Path, other: Path, nation: Path):
        add.prepare(nation).write()
        table = rows.read(home / "wages_national.csv")
        row = table.by("year", "soc_code")["2026", "29-2072"]
        row["mean_wage_rse_percent"] = ""
        (home / "wages_national.csv").write_bytes(table.text().encode())
        plan = add.prepare(other)
        assert plan.filled == [("2026 29-2072", "mean_wage_rse_percent", "0.4")] and len(plan.differs) == 2
        plan.write()
        found = rows.read(home / "wages_national.csv").by("year", "soc_code")
        assert found["2026", "43-6013"]["employment_rse_percent"] == "1.0"
        assert found["2026", "29-2072"]["mean_wage_rse_percent"] == "0.4"


class TestRefused:
    """Nothing is written when the tables would not hold."""

    def refused(self, home: Path, path: Path, **options: bool) -> str:
        before = content(home)
        with pytest.raises(UserError) as caught:
            cli_labor.add(path, **options)
        assert content(home) == before and caught.value.advice[-1] == "Nothing was written."
        return str(caught.value)

    def test_a_law_that_would_be_broken(self, home: Path, tmp_path: Path):
        lines = made.nation()
        lines[-1]["A_PCT25"] = 99_000
        told = self.refused(home, made.oews(tmp_path / "national_M2026_dl.xlsx", lines))
        assert "would have 2 faults" in told and "data/labor/wages_national.csv:" in told and "must rise" in told

    def test_states_that_do_not_sum_to_the_nation(self, home: Path, nation: Path, tmp_path: Path):
        add.prepare(nation).write()
        lines = [one for one in made.states() if (one["AREA_TITLE"], one["OCC_CODE"]) != ("Alaska", "29-2072")]
        lines[[one["OCC_CODE"] for one in lines].index("31-9092")]["TOT_EMP"] += 100_000
        told = self.refused(home, made.exported(tmp_path / "state_M2026_dl.csv", lines, made.HEADINGS))
        assert "31-9092: 51 states sum to" in told

    def test_tables_with_a_fault_are_mended_first(self, home: Path, nation: Path):
        path = home / "states.csv"
        path.write_bytes(path.read_bytes().replace(b"OH,Ohio,3,6", b"OH,Ohio,3,5"))
        assert "have a fault; mend it first: data/labor/states.csv:" in self.refused(home, nation)

    def test_bad_files(self, home: Path, tmp_path: Path):
        (tmp_path / "x.xlsx").write_bytes(b"")
        assert self.refused(home, tmp_path / "x.xlsx") == "x.xlsx is empty. Download it again."
        for path, told in ((tmp_path / "no.xlsx", "There is no file"), (tmp_path, "is a folder")):
            with pytest.raises(UserError, match=told):
                cli_labor.add(path)

    def test_a_file_that_cannot_be_written(self, home: Path, nation: Path, monkeypatch: pytest.MonkeyPatch):
        before = content(home)

        def locked(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "replace", locked)
        with pytest.raises(UserError, match="could not be written: Permission denied"):
            cli_labor.add(nation)
        assert content(home) == before, "no half-written file stays behind"


class TestNextBreak:
    """A code that ends, or a new one, is said clearly with what to do, and the way told works."""

    FRESH = made.line("29-2072", 180_000, 30) | {"OCC_CODE": "29-2073", "OCC_TITLE": "Medical Coders"}

    def test_a_new_code_beside_the_old(self, home: Path, tmp_path: Path):
        plan = add.prepare(made.oews(tmp_path / "national_M2026_dl.xlsx", [*made.nation(), self.FRESH]))
        assert "The file has 29-2073 (Medical Coders), which the course does not follow." in plan.text()
        assert plan.news

    def test_a_code_that_vanished(self, home: Path, tmp_path: Path):
        lines = [one for one in made.nation() if one["OCC_CODE"] != "29-2072"]
        path = made.oews(tmp_path / "national_M2026_dl.xlsx", [*lines, self.FRESH])
        with pytest.raises(ValueError) as caught:
            add.prepare(path)
        told = str(caught.value)
        assert "has no row for 29-2072 (medical records specialists)" in told and "series_breaks.csv" in told
        assert told.endswith("Codes in the file that sound like it: 29-2073 (Medical Coders)")
        breaks, occupations = home / "series_breaks.csv", home / "occupations.csv"
        text = breaks.read_text(encoding="utf-8")
        text = text.replace("May 2021 onward,29-2072", "May 2021 to May 2025,29-2072")
        breaks.write_text(text + "May 2026 onward,29-2073,Medical Coders,SOC 2028,coders alone\n", encoding="utf-8")
        with occupations.open("a", encoding="utf-8") as stream:
            stream.write("29-2073,Medical coders (from May 2026),medical coders,coder\n")
        add.prepare(path).write()
        assert not [problem for problem in schema.problems() if problem.fault]

    def test_an_outlook_without_a_code(self, home: Path, tmp_path: Path):
        path = made.outlook(tmp_path / "occupation.xlsx", codes=made.CODES[:-1])
        with pytest.raises(ValueError, match="no row for 43-6013"):
            add.prepare(path)


class TestSources:
    """The list of sources is found, and a line goes in after its last."""

    TEXT = "# A\n\n| id | program |\n| --- | --- |\n| S01 | P | May 2024, May 2025 | a | 2026 |\n\nEnd.\n"

    def test_a_line_is_added_in_its_place(self):
        text = sources.extended(self.TEXT, sources.Source("S02", "P", ("May 2026",), "b|c.xlsx", "2027"))
        assert text == self.TEXT.replace("2026 |\n", "2026 |\n| S02 | P | May 2026 | b/c.xlsx | 2027 |\n")
        assert [one.id for one in sources.listed(text)] == ["S01", "S02"] and sources.next_id(text) == "S03"

    def test_the_same_publication(self):
        assert sources.same(self.TEXT, "P", "May 2025") == sources.listed(self.TEXT)[0]
        assert sources.same(self.TEXT, "P", "May 202") is None and sources.same(self.TEXT, "Q", "May 2025") is None

    def test_without_a_list(self):
        with pytest.raises(ValueError, match="no list of sources"):
            sources.extended("# A\n", sources.Source("S02", "P", ("May 2026",), "b", "2027"))


def test_the_command_line_knows_the_verbs(monkeypatch: pytest.MonkeyPatch):
    called = []
    monkeypatch.setattr(cli_labor, "add", lambda *args, **options: called.append((args, options)) or 0)
    monkeypatch.setattr(cli_labor, "check", lambda: called.append("check") or 0)
    for words in (["labor", "add", "x.xlsx", "--dry"], ["labor", "check"]):
        arguments = cli.parser().parse_args(words)
        arguments.run(arguments)
    assert called == [((Path("x.xlsx"),), {"dry": True, "replace": False}), "check"]


class TestRealFiles:
    """Taken away and added again, the tables are what they were, byte for byte."""

    @pytest.mark.parametrize(
        ("file", "column", "period", "names"),
        [
            ("national_M2025_dl.xlsx", "year", "2025", ["wages_national"]),
            (
                "employment_projections_2024_34_occupation.xlsx",
                "projection_period",
                "2024-34",
                ["projections", "openings"],
            ),
        ],
    )
    def test_the_same_bytes(
        self, file: str, column: str, period: str, names: list[str], home: Path, reference_dir: Path, monkeypatch
    ):
        before = content(home)
        for name in names:
            without(home, name, column, period)
        plan = add.prepare(reference_dir / "official" / file)
        assert plan.differs == [] and [len(plan.added[name]) for name in names] == [9] * len(names)
        assert plan.release.unfollowed == {} and plan.source in {"S03", "S21"}
        plan.write()
        assert content(home) == before
        monkeypatch.setattr(official, "read", lambda *_: plan.release)  # reading takes longest
        assert not add.prepare(reference_dir / "official" / file).news

    def test_the_export_of_the_states_is_equal(self, home: Path, reference_dir: Path):
        plan = add.prepare(reference_dir / "official" / "state_M2023_dl.csv.gz")
        assert (plan.equal, plan.differs, plan.filled, plan.added, plan.absent) == (850, [], [], {}, [])
