"""The labor tables hold what they must, and a doctored copy is found out: one case a law at least."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from course.labor import rows, schema, sources
from course.labor.rows import Row, Table

FOLDER = schema.folder_of_tables()
CODER = {"soc_code": "29-2072"}
JOBS, MEDIAN, MEAN, P25 = (
    *("employment_jobs", "annual_median_wage_usd", "annual_mean_wage_usd", "annual_p25_wage_usd"),
)
OHIO = {"year": "2023", "state_abbr": "OH", **CODER}
NATION = {"year": "2025", **CODER}
NOW = {"projection_period": "2024-34", **CODER}


class Case(NamedTuple):
    """A change of the first row where `where` holds (None as a value takes the row away), and what must be said."""

    table: str
    where: dict[str, str]
    change: dict[str, str] | None
    told: str
    fault: bool = True


def case(table: str, where: dict[str, str], change: dict[str, str] | None, told: str, fault: bool = True):
    return pytest.param(Case(table, where, change, told, fault), id=f"{table}: {told[:50]}")


FORM = [
    case("wages_national", NATION, {JOBS: "194,720"}, "employment_jobs is '194,720', not a whole number"),
    case("wages_national", NATION, {"hourly_mean_wage_usd": "27"}, "not a number with a decimal point"),
    case("wages_national", NATION, {MEDIAN: ""}, "annual_median_wage_usd is empty"),
    case("wages_national", NATION, {MEDIAN: "51"}, "is 51 (USD a year), outside of 8,000 to 1,000,000"),
    case("wages_national", NATION, {"year": "2024"}, "2024, 29-2072 stands in line"),
    case("wages_national", NATION, {"source_id": "S99"}, "the source S99 is not in the list of SOURCES.md"),
    case("wages_national", NATION, {"soc_code": "29-2073"}, "soc_code 29-2073 is not in occupations.csv"),
    case("wages_states", OHIO, {"state_abbr": "Ohio"}, "state_abbr is 'Ohio', which has not the form"),
    case("wages_states", OHIO, {"state_name": "Ohio "}, "begins or ends with a blank"),
    case("projections", NOW, {"total_is_sum_of_line_items": "perhaps"}, "is 'perhaps', none of: yes, no"),
    case(
        *("price_parities", {"year": "2023", "state_abbr": "OH"}),
        {f"rpp_{name}_us_100": "" for name in ("all_items", "goods", "housing", "utilities", "other_services")},
        "no figure stands in this row",
    ),
]
LAWS = [
    case("wages_national", NATION, {P25: "36990"}, "annual_p25_wage_usd (36990) is below annual_p10_wage_usd (37000)"),
    case("wages_national", NATION, {"hourly_p90_wage_usd": "31.0"}, "hourly_p90_wage_usd (31) is below"),
    case("wages_national", NATION, {MEAN: "56990"}, "annual_mean_wage_usd is 56990, and hourly x 2,080 is"),
    case("wages_national", NATION, {"year": "2019"}, "29-2072 stands in 2019, outside of its series (2021 onward)"),
    case("wages_national", NATION, None, "2025 has no row for 29-2072"),
    case("wages_national", {"year": "2018"}, {"year": "2015"}, "nothing stands between 2015 and 2018", False),
    case("wages_states", OHIO, {P25: "99990"}, "is below annual_p25_wage_usd (99990)"),
    case("wages_states", OHIO, {"hourly_p10_wage_usd": "99.5"}, "is below hourly_p10_wage_usd (99.5)"),
    case("wages_states", OHIO, {MEDIAN: "48300"}, "annual_median_wage_usd is 48300, and hourly x 2,080"),
    case("wages_states", {"soc_code": "29-2071"}, {"year": "2023"}, "29-2071 stands in 2023, outside of its series"),
    case("wages_states", OHIO, {JOBS: "6000000"}, "is more than state_total_employment_jobs"),
    case("wages_states", OHIO, {"state_name": "Oregon"}, "OH is 'Ohio', not 'Oregon'"),
    case("wages_states", OHIO, {"state_abbr": "XX"}, "state_abbr 'XX' is not in states.csv"),
    case("wages_states", OHIO, {"state_total_employment_jobs": "5000000"}, "state_total_employment_jobs differs from"),
    case("wages_states", OHIO, {JOBS: "16000"}, "2023 29-2072: 51 states sum to"),
    case("wages_states", {**OHIO, "soc_code": "29-9021"}, {JOBS: "41000"}, "2023 29-9021: 49 states sum to"),
    case("industries", {"naics_code": "62", **CODER}, {P25: "99990"}, "is below annual_p25_wage_usd"),
    case("industries", {"naics_code": "62", **CODER}, {"soc_code": "29-2071"}, "29-2071 stands in 2024"),
    case("industries", {"naics_code": "62", **CODER}, None, "2024 29-2072: the sectors sum to"),
    case("industries", CODER, {"share_of_industry_employment_percent": "50.0"}, "is 50, and the jobs give 0."),
    case("industries", {"naics_code": "62", **CODER}, {MEAN: ""}, "the empty cells differ in annual_mean_wage_usd"),
    case("industries_handbook", CODER, {"soc_code": "29-2098"}, "29-2098 stands in 2024, outside of its series"),
    case("industries_handbook", CODER, {"share_of_occupation_jobs_percent": "98"}, "of 29-2072 sums to"),
    case("industries_earlier", {"soc_code": "29-2071"}, {MEAN: "38000"}, "annual_mean_wage_usd is 38000, and hourly"),
    case("industries_earlier", {"soc_code": "29-2071"}, {"year": "2021"}, "29-2071 stands in 2021"),
    case("areas", {"state_abbr": "WA"}, {"hourly_p25_wage_usd": "28.0"}, "is below hourly_p25_wage_usd (28)"),
    case("areas", {"state_abbr": "NY"}, {"annual_entry_wage_usd": "99000"}, "is below annual_entry_wage_usd"),
    case("areas", {"state_abbr": "WA"}, {MEAN: "54000"}, "annual_mean_wage_usd is 54000, and hourly"),
    case("projections", NOW, {"target_year": "2033"}, "projection_period 2024-34 is not 2024 and 2033"),
    case("projections", NOW, {"openings_decade_total_thousand_jobs": "142.0"}, "2 of the two columns of openings"),
    case("projections", NOW, {"soc_code": "29-2098"}, "29-2098 stands in 2024, outside of its series (2019 to 2020)"),
    case("projections", NOW, None, "2024-34 has no row for 29-2072"),
    case("projections", NOW, {"projected_employment_thousand_jobs": "209.0"}, "employment_change_thousand_jobs says"),
    case("projections", NOW, {"employment_change_percent": "8.0"}, "is 7.08 %, and employment_change_percent says 8"),
    case(
        "projections", NOW, {"median_annual_wage_usd": "50260"}, "median_annual_wage_usd is 50260, and wages_national"
    ),
    case("openings", NOW, {"labor_force_exit_rate_percent": "4.5"}, "separation_rate_percent says 6.4"),
    case("openings", NOW, {"labor_force_exits_thousand_jobs": "8.1"}, "separations_thousand_jobs says 12.9"),
    case("openings", NOW, {"separations_thousand_jobs": "13.9"}, "separations + growth / 10 is 15.3"),
    case("openings", NOW, {"projection_period": "2022-32"}, "2024-34 has no row for 29-2072"),
    case("openings", NOW, {"openings_annual_average_thousand_jobs": "14.3"}, "is 14.3, and projections.csv line"),
    case("handbook", {"edition": "2019-29"}, {"soc_code": "29-2072"}, "29-2072 stands in 2019-29, outside"),
    case("handbook", {"edition": "2024-34"}, {"median_annual_wage_usd": "50300"}, "and wages_national.csv line"),
    case("handbook", {"edition": "2024-34"}, {"number_of_jobs": "187900"}, "number_of_jobs is 187900, and projections"),
    case("handbook", {"edition": "2024-34"}, {"job_outlook_percent": "9"}, "job_outlook_percent is 9, and projections"),
    case("cpi", {"year": "2023"}, {"cpi_u_may_1982_84_100": "340.127"}, "cpi_u_may_1982_84_100 (340.127) are too far"),
    case("cpi", {"year": "2023"}, {"annual_average_read_elsewhere_1982_84_100": "303.7"}, "(303.7) are too far apart"),
    case("cpi", {"year": "2015"}, None, "nothing stands between 2014 and 2016", False),
    case("cpi", {"year": "2025"}, None, "there is no price index of May 2025, and wages_national.csv", False),
    case("price_parities", {"state_abbr": "US"}, {"rpp_all_items_us_100": "100.1"}, "of US must be 100, not 100.1"),
    case("price_parities", {"year": "2023", "state_abbr": "US"}, None, "must be 100, and 2023 has no such row"),
    case("price_parities", {"state_abbr": "OH"}, {"state_name": "Iowa"}, "OH is 'Ohio', not 'Iowa'"),
    case("price_parities", {"year": "2023", "state_abbr": "OH"}, None, "2023 has no row for OH"),
    case("surveys", {"measure": "mean"}, {"unit": "percent"}, "a mean must be in usd_per_year from 10000"),
    case("series_breaks", {"soc_code": "29-2098"}, {"oews_reference_periods": "2019, 2020"}, "is no period"),
    case("series_breaks", CODER, {"oews_reference_periods": "May 2018 onward"}, "29-2072 was in use May 2021 onward"),
    case("series_breaks", {"soc_code": "29-2071"}, None, "the series 29-2071 is missing"),
    case("states", {"state_abbr": "OH"}, {"tile_column": "5"}, "the place tile_row 3, tile_column 5 is taken by line"),
    case("states", {"state_abbr": "OH"}, {"state_name": "Iowa"}, "the place state_name Iowa is taken by line"),
    case("states", {"state_abbr": "OH"}, None, "it has 50 rows and must have 51"),
]


def doctored(table: Table, one: Case) -> int:
    """Change `table`; returns the line of the changed row, 0 when it was taken away."""
    row = next(row for row in table.rows if one.where.items() <= row.items())
    if one.change is None:
        table.rows.remove(row)
        return 0
    row.update(one.change)
    return row.line


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tables, made once; who changes a file puts it back."""
    return shutil.copytree(FOLDER, tmp_path_factory.mktemp("labor") / "tables")


@pytest.fixture
def copy(copied: Path):
    """The copy, put right afterwards."""
    yield copied
    for path in FOLDER.iterdir():
        if not (copied / path.name).exists() or (copied / path.name).read_bytes() != path.read_bytes():
            shutil.copy(path, copied)


def test_the_tables_are_in_order():
    assert [str(problem) for problem in schema.problems()] == []


@pytest.mark.parametrize("name", schema.SHAPES)
def test_a_table_is_written_as_it_was_read(name: str):
    path = FOLDER / f"{name}.csv"
    assert rows.read(path).text().encode() == path.read_bytes()


@pytest.mark.parametrize("name", [name for name, shape in schema.SHAPES.items() if shape.order])
def test_rows_stand_in_the_order_in_which_new_ones_are_sorted_in(name: str):
    table = rows.read(FOLDER / f"{name}.csv")
    lines = [row.line for row in table.rows]
    assert table.with_rows(reversed(table.rows), schema.SHAPES[name].order).text() == table.text()
    assert lines == [row.line for row in table.rows]


@pytest.mark.parametrize("one", FORM + LAWS)
def test_a_doctored_table_is_found_out(one: Case, copy: Path):
    table = rows.read(copy / f"{one.table}.csv")
    line = doctored(table, one)
    (copy / f"{one.table}.csv").write_bytes(table.text().encode())
    found = [problem for problem in schema.problems(copy) if one.told in problem.message]
    assert found, [str(problem) for problem in schema.problems(copy)]
    assert found[0].file.startswith("data/labor/") and found[0].advice and found[0].fault is one.fault
    assert found[0].line in {0, line} or "stands in line" in one.told or "differs from" in one.told


def test_every_law_is_tried_by_a_case():
    """A law that no case trips may hold nothing at all."""
    tables, _, _ = schema.load()
    tripped: set[Callable] = set()
    for param in LAWS:
        one = param.values[0]
        copies = dict(tables)
        table = tables[one.table]
        copies[one.table] = Table(table.name, table.columns, [Row(row) for row in table.rows])
        doctored(copies[one.table], one)
        tripped |= {
            law
            for law in schema.SHAPES[one.table].laws
            if any(one.told in f[1] for f in law(copies, copies[one.table]))
        }
    idle = [(name, law) for name, shape in schema.SHAPES.items() for law in shape.laws if law not in tripped]
    assert not idle


def test_a_missing_and_an_unknown_file_are_named(copy: Path):
    (copy / "cpi.csv").rename(copy / "prices.csv")
    told = [str(problem) for problem in schema.problems(copy)]
    (copy / "prices.csv").unlink()
    assert any(one.startswith("data/labor/cpi.csv: the table is missing") for one in told)
    assert any(one.startswith("data/labor/prices.csv: nobody knows this table") for one in told)


@pytest.mark.parametrize(
    ("bytes_", "told"),
    [
        (b"year\n2010,1\n", "line 2 has 2 cells, the heading 1"),
        (b"year\n\xff\xfe\n", "it is not in UTF-8"),
        (b'year\n"2010\n', "it is not CSV"),
        (b"", "the columns are not as described (missing: year"),
        (b"year,month\n", "not known: month"),
    ],
)
def test_a_file_that_is_no_such_table(bytes_: bytes, told: str, copy: Path):
    (copy / "cpi.csv").write_bytes(bytes_)
    assert any(told in problem.message for problem in schema.problems(copy))


def test_columns_in_another_order(copy: Path):
    table = rows.read(copy / "states.csv")
    table.columns = table.columns[::-1]
    (copy / "states.csv").write_bytes(table.text().encode())
    assert [problem.message for problem in schema.problems(copy)] == [
        "the columns are not as described (they stand in another order)"
    ]


def test_a_source_that_is_listed_twice(copy: Path):
    text = (copy / sources.NAME).read_text(encoding="utf-8")
    (copy / sources.NAME).write_text(sources.extended(text, sources.listed(text)[0]), encoding="utf-8")
    assert "the source S01 is listed twice" in [problem.message for problem in schema.problems(copy)]


def test_sources_describe_every_table_and_every_source_is_used_or_a_second_reading():
    text = (FOLDER / sources.NAME).read_text(encoding="utf-8")
    assert [name for name in schema.SHAPES if f"| `{name}.csv` |" not in text] == []
    tables, _, _ = schema.load()
    used = {one for table in tables.values() for row in table.rows for one in row.get("source_id", "").split(";")}
    told = text[: text.index("## List of sources")]
    idle = [one.id for one in sources.listed(text) if one.id not in used and f"{one.id}" not in told]
    assert idle == []


def test_units_are_in_the_names_of_the_columns():
    endings = ("_usd", "_percent", "_jobs", "_100", "year", "_in_average", "tile_row", "tile_column", "value")
    for shape in schema.SHAPES.values():
        for column in shape.columns:
            named = column.name.endswith(endings) or column.name in {"reference_period"}
            assert column.kind is str or named, column.name


def test_course_check_looks_at_the_tables(copy: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    from course import cli_content, cli_labor
    from course.language import diagram_check, flashcards
    from course.questions import bank

    monkeypatch.setattr(schema, "folder_of_tables", lambda: copy)
    monkeypatch.setattr(bank, "check_bank", lambda **_: [])
    monkeypatch.setattr(flashcards, "faults", list)
    monkeypatch.setattr(diagram_check, "faults", list)
    assert cli_labor.check() == 0 and "16 tables" in capsys.readouterr().out
    table = rows.read(copy / "cpi.csv")
    table.rows.pop()
    (copy / "cpi.csv").write_bytes(table.text().encode())
    assert cli_labor.check() == 0 and "Advice: data/labor/cpi.csv" in capsys.readouterr().out
    table.rows[0]["months_in_average"] = "13"
    (copy / "cpi.csv").write_bytes(table.text().encode())
    assert cli_labor.check() == 1
    assert cli_content.check() == 1
    assert "data/labor/cpi.csv:2: months_in_average is 13" in capsys.readouterr().out
