"""Laws about sums and about what one table needs of another: states and sectors against the nation, prices of a May."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from course.labor.checks.laws import Finding, Law
from course.labor.rows import Row, Table, Tables

#: Territories that OEWS publishes beside the states and leaves out of the national figures.
TERRITORIES = {"GU": "Guam", "PR": "Puerto Rico", "VI": "Virgin Islands"}
#: From so many published states on, their sum is held against the nation.
ENOUGH_STATES = 40
#: How far sums may be off the nation, as a share of it. Everything published: rounding to 10 jobs. Something
#: unpublished: what May 2023 shows at most (6.8 %, transcriptionists), with room; never above the nation.
ALL_STATES, SOME_STATES, SECTORS, ABOVE = 0.001, 0.10, 0.02, 0.002


def states_against_nation(tables: Tables, table: Table) -> Iterator[Finding]:
    """The jobs of the states sum to those of the nation, short by the states that are not published."""
    nation = tables["wages_national"].by("year", "soc_code")
    known = {row["state_abbr"] for row in tables["states"].rows}
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows:
        if row["state_abbr"] in known and row.number("employment_jobs") is not None:
            groups[row["year"], row["soc_code"]].append(row)
    for (year, code), rows in sorted(groups.items()):
        whole = nation[year, code].number("employment_jobs") if (year, code) in nation else None
        if whole and len(rows) >= ENOUGH_STATES:
            total = sum(row.number("employment_jobs") or 0 for row in rows)
            short = ALL_STATES if len(rows) == len(known) else SOME_STATES
            if not 1 - short <= total / whole <= 1 + ABOVE:
                told = f"{year} {code}: {len(rows)} states sum to {total:,.0f} jobs, the nation has {whole:,.0f}"
                yield Finding(None, told, "A state is missing, doubled or misread: compare with the workbook.")


def one_total_per_state(_: Tables, table: Table) -> Iterator[Finding]:
    """All rows of a state and year carry the same total of jobs."""
    totals: dict[tuple[str, str], Row] = {}
    for row in table.rows:
        if row["state_total_employment_jobs"]:
            first = totals.setdefault((row["year"], row["state_abbr"]), row)
            if first["state_total_employment_jobs"] != row["state_total_employment_jobs"]:
                yield Finding(
                    row, f"state_total_employment_jobs differs from line {first.line}, the same state and year"
                )


def sectors_against_nation(tables: Tables, table: Table) -> Iterator[Finding]:
    """The jobs of the sectors sum to those of the nation, short by what is not released."""
    nation = tables["wages_national"].by("year", "soc_code")
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for row in table.rows:
        totals[row["year"], row["soc_code"]] += row.number("employment_jobs") or 0
    for (year, code), total in sorted(totals.items()):
        whole = nation[year, code].number("employment_jobs") if (year, code) in nation else None
        if whole and not 1 - SECTORS <= total / whole <= 1 + ABOVE:
            told = f"{year} {code}: the sectors sum to {total:,.0f} jobs, the nation has {whole:,.0f}"
            yield Finding(None, told, "A sector is missing, doubled or misread: compare with the workbook.")


def share_of_sector(_: Tables, table: Table) -> Iterator[Finding]:
    """share_of_industry_employment_percent is the occupation's part of the jobs of its sector (printed to 0.01)."""
    totals = {(row["year"], row["naics_code"]): row for row in table.rows if row["soc_code"] == "00-0000"}
    for row in table.rows:
        whole = totals.get((row["year"], row["naics_code"]))
        jobs, all_jobs = row.number("employment_jobs"), whole.number("employment_jobs") if whole else None
        share = row.number("share_of_industry_employment_percent")
        if jobs is not None and all_jobs and share is not None and abs(100 * jobs / all_jobs - share) > 0.011:
            told = f"share_of_industry_employment_percent is {share:g}"
            yield Finding(row, f"{told}, and the jobs give {100 * jobs / all_jobs:.2f}")


def empties_are_told(columns: tuple[str, ...]) -> Law:
    """``unpublished_fields`` names exactly the cells that are empty."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        for row in table.rows:
            told = {part.split(":")[0].strip() for part in row["unpublished_fields"].split(";") if part.strip()}
            empty = {column for column in columns if not row[column]}
            if told != empty:
                wrong = ", ".join(sorted(told ^ empty))
                yield Finding(row, f"unpublished_fields and the empty cells differ in {wrong}")

    return law


def shares_at_most_100(key: str, column: str) -> Law:
    """The parts of a whole that are printed sum to 100 percent at most (rounding: one more)."""

    def law(_: Tables, table: Table) -> Iterator[Finding]:
        totals: dict[str, float] = defaultdict(float)
        for row in table.rows:
            totals[row[key]] += row.number(column) or 0
        for name, total in sorted(totals.items()):
            if total > 101:
                yield Finding(None, f"{column} of {name} sums to {total:g} percent")

    return law


def period_is_named(tables: Tables, table: Table) -> Iterator[Finding]:
    """projection_period is base year and target year, ten years apart."""
    for row in table.rows:
        base, target = row["base_year"], row["target_year"]
        if base.isdigit() and target.isdigit():
            if row["projection_period"] != f"{base}-{target[2:]}" or int(target) - int(base) != 10:
                yield Finding(row, f"projection_period {row['projection_period']} is not {base} and {target}")


def openings_are_told_once(_: Tables, table: Table) -> Iterator[Finding]:
    """Openings are told as an annual average or as a total of ten years, never both."""
    for row in table.rows:
        filled = [column for column in table.columns if column.startswith("openings_") and row[column]]
        if len(filled) != 1:
            yield Finding(
                row, f"{len(filled)} of the two columns of openings are filled", "Fill the one that is published."
            )


def separations_and_growth(tables: Tables, table: Table) -> Iterator[Finding]:
    """Openings of a year are those who leave plus a tenth of the growth of ten years (rounding: 0.2 thousand)."""
    growth = tables["projections"].by("projection_period", "soc_code")
    for row in table.rows:
        match = growth.get((row["projection_period"], row["soc_code"]))
        values = row.numbers("separations_thousand_jobs", "openings_annual_average_thousand_jobs")
        change = match.number("employment_change_thousand_jobs") if match else None
        if match is None:
            yield Finding(row, "projections.csv has no row for this period and code", "Add the two together.")
        elif values and change is not None and abs(values[0] + change / 10 - values[1]) > 0.2 + 1e-9:
            told = f"separations + growth / 10 is {values[0] + change / 10:.1f}"
            yield Finding(row, f"{told}, and openings_annual_average_thousand_jobs says {values[1]:g}")


def every_state_every_year(tables: Tables, table: Table) -> Iterator[Finding]:
    """Each year has the nation and every state."""
    there: dict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        there[row["year"]].add(row["state_abbr"])
    wanted = {row["state_abbr"] for row in tables["states"].rows}
    for year, states in sorted(there.items()):
        if missing := sorted(wanted - states):
            yield Finding(None, f"{year} has no row for {', '.join(missing)}", "Take in the whole year.")


def no_year_left_out(_: Tables, table: Table) -> Iterator[Finding]:
    """Years follow one another. A gap is told, it is no fault: a publication may be missing."""
    years = sorted({int(row["year"]) for row in table.rows if row["year"].isdigit()})
    for before, after in zip(years, years[1:], strict=False):
        if after - before > 1:
            told = f"nothing stands between {before} and {after}"
            yield Finding(None, told, "Add the years between, if they are published.", fault=False)


def wages_have_a_may_index(tables: Tables, table: Table) -> Iterator[Finding]:
    """Every year of national or state wages has the price index of its May; without it no real wage can be told."""
    there = {row["year"] for row in table.rows if row.number("cpi_u_may_1982_84_100")}
    for name in ("wages_national", "wages_states"):
        for year in sorted({row["year"] for row in tables[name].rows} - there):
            told = f"there is no price index of May {year}, and {name}.csv has wages of that May"
            yield Finding(None, told, f"Add the CPI-U of May {year} (series CUUR0000SA0 of BLS).", fault=False)
