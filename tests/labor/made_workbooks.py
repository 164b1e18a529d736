"""Workbooks in the layout of BLS with invented figures of a year to come, made in the test."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl

from course.labor import schema
from course.labor.checks import laws

HEADINGS = (
    "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP "
    "TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 "
    "H_MEDIAN H_PCT75 H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 ANNUAL HOURLY"
).split()
RANKS = {"PCT10": 0.7, "PCT25": 0.8, "MEDIAN": 1.0, "MEAN": 1.1, "PCT75": 1.3, "PCT90": 1.6}
TABLES = schema.load()[0]
CODES = sorted(laws.followed(TABLES, 2026))
TITLES = {row["soc_code"]: row["soc_title"] for row in TABLES["wages_national"].rows}
STATES = [(row["state_abbr"], row["state_name"]) for row in TABLES["states"].rows]
Line = dict[str, object]


def jobs(code: str) -> int:
    """Invented jobs of the nation: those of the newest year in the tables."""
    return int([row for row in TABLES["wages_national"].rows if row["soc_code"] == code][-1]["employment_jobs"])


def line(code: str, number: int, hourly: float, area: str = "U.S.", state: str = "US", kind: str = "1") -> Line:
    """One line of an OEWS sheet, its wages spread around the median `hourly`."""
    told: Line = dict.fromkeys(HEADINGS)
    told |= {"AREA": "99", "AREA_TITLE": area, "AREA_TYPE": kind, "PRIM_STATE": state, "NAICS": "000000"}
    told |= {"NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OWN_CODE": "1235", "OCC_CODE": code}
    told |= {"OCC_TITLE": TITLES[code], "O_GROUP": "total" if code == "00-0000" else "detailed", "TOT_EMP": number}
    told |= {"EMP_PRSE": 1, "MEAN_PRSE": 0.4, "ANNUAL": "", "HOURLY": ""}
    for rank, times in RANKS.items():
        told[f"H_{rank}"] = round(hourly * times, 2)
        told[f"A_{rank}"] = round(round(hourly * times, 2) * 2080 / 10) * 10
    return told


def nation() -> list[Line]:
    """The nation: a broad group that has to be passed over, and every followed occupation."""
    broad = line("29-2072", 1, 20) | {"OCC_CODE": "29-2070", "O_GROUP": "broad"}
    return [broad] + [line(code, jobs(code), 24.5 + at) for at, code in enumerate(CODES)]


def states() -> list[Line]:
    """Every state with every occupation, and Guam; the jobs sum to those of the nation."""
    found = []
    for code in CODES:
        each = jobs(code) // len(STATES) // 10 * 10
        for at, (abbr, name) in enumerate(STATES):
            number = jobs(code) - each * (len(STATES) - 1) if at == 0 else each
            found.append(line(code, number, 22 + at / 10, name, abbr, "2"))
        found.append(line(code, 30 if code != "00-0000" else 61_000, 15, "Guam", "GU", "3"))
    return found


def oews(path: Path, lines: list[Line], year: int = 2026, sheet: str = "", described: int | None = None) -> Path:
    """Write an OEWS workbook. `described`: the year in the sheet of descriptions (default `year`; 0: no such sheet)."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet or path.stem)
    page.append(list(lines[0]))
    for one in lines:
        page.append(list(one.values()))
    described = year if described is None else described
    if described:
        page = book.create_sheet("Field Descriptions")
        page.append([f"May {described} OEWS Estimates"])
        page.append(["Field", "Field Description"])
    book.save(path)
    return path


def exported(path: Path, lines: list[Line], columns: list[str], delimiter: str = ";") -> Path:
    """Write a CSV export with some of the columns, thousands with a comma, as they are found on the web."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(columns)
    for one in lines:
        told = [one[column] for column in columns]
        writer.writerow([f"{cell:,}" if isinstance(cell, int) else cell for cell in told])
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    return path


def zipped(path: Path, *files: Path, folder: str = "oesm26nat") -> Path:
    """Pack files as BLS does, in a folder of their own."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, f"{folder}/{file.name}")
    return path


def outlook(path: Path, base: int = 2026, title_base: int | None = None, codes: list[str] | None = None) -> Path:
    """Write an occupation workbook of the Employment Projections with the tables 1.2 and 1.10."""
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("Index").append(["Occupation.xlsx contents"])
    told, span = base if title_base is None else title_base, f"{base}–{base % 100 + 10}"
    first = book.create_sheet("Table 1.2")
    first.append([f"Table 1.2 Occupational projections, {told}–{told + 10}, and worker characteristics, {told}"])
    matrix = [f"{base} National Employment Matrix title", f"{base} National Employment Matrix code", "Occupation type"]
    change = [f"Employment change, numeric, {span}", f"Employment change, percent, {span}"]
    employment = [f"Employment, {base}", f"Employment, {base + 10}"]
    wage = f"Median annual wage, dollars, {base}[1]"
    first.append([*matrix, *employment, *change, f"Occupational openings, {span} annual average", wage])
    flows = book.create_sheet("Table 1.10")
    flows.append([f"Table 1.10 Occupational separations and openings, projected {span} (Employment in thousands)"])
    rates = ["Labor force exit rate", "Occupational transfer rate", "Total occupational separations rate"]
    leave = ["Labor force exits", "Occupational transfers", "Total occupational separations", "Occupational openings"]
    average = [f"{what}, {span} annual average" for what in rates + leave]
    flows.append([*matrix, *employment, *change, *average])
    for at, code in enumerate(codes or CODES):
        jobs_now, grown = 200.0 + 10 * at, 10.0 + at
        names = [f"      {TITLES[code].capitalize()}", code, "Summary" if code == "00-0000" else "Line item"]
        growth = [jobs_now, jobs_now + grown, grown, round(100 * grown / jobs_now, 1)]
        first.append([*names, *growth, round(12 + grown / 10, 1), "—" if code == "31-9092" else 50_000 + 10 * at])
        flows.append([*names, *growth, 3, 3.5, 6.5, 6, 6.0, 12, round(12 + grown / 10, 1)])
    first.append(["Source: Employment Projections program, U.S. Bureau of Labor Statistics"])
    book.save(path)
    return path
