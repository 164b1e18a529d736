"""The OEWS workbooks of BLS: one row an occupation (the nation) or a state and occupation, 32 columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from course.labor.checks.sums import TERRITORIES
from course.labor.official import SOUNDS_LIKE_CODERS, WHERE, Part, Release, figure, headed, one_year, words_of
from course.labor.rows import Row
from course.labor.workbooks import Book

_RANKS = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
#: Column of the table -> (heading of BLS, decimals).
_WAGES = {
    **{f"annual_{ours}_wage_usd": (f"A_{theirs}", 0) for ours, theirs in _RANKS.items()},
    **{f"hourly_{ours}_wage_usd": (f"H_{theirs}", 2) for ours, theirs in _RANKS.items()},
}
STATES = {"employment_jobs": ("TOT_EMP", 0), **_WAGES}
NATION = {**STATES, "employment_rse_percent": ("EMP_PRSE", 1), "mean_wage_rse_percent": ("MEAN_PRSE", 1)}
#: Headings of earlier years -> those of today.
_FORMERLY = {"STATE": "AREA_TITLE", "ST": "PRIM_STATE", "OCC_GROUP": "O_GROUP"}
#: Levels of the classification above a single occupation.
_GROUPS = {"major", "minor", "broad"}
_EXAMPLE = "national_M2025_dl.xlsx"


def read(book: Book, codes: set[str], states: Mapping[str, str]) -> Release:
    """The rows of `codes`. ValueError when this is no OEWS table of the nation or the states."""
    year = int(_may(book))
    found = None
    for title in book.titles:
        found = headed(book.rows(title), lambda words: "OCC_CODE" in [word.upper() for word in words])
        if found:
            break
    if not found:
        raise ValueError(f"{book.name} is neither an OEWS table nor the Employment Projections. See {WHERE}")
    names = [_FORMERLY.get(word.upper(), word.upper()) for word in found[0]]
    kept, groups, unfollowed = [], 0, {}
    for number, cells in enumerate(found[1], start=2):
        row = dict(zip(names, cells, strict=False))
        code, title = words_of(row.get("OCC_CODE")), words_of(row.get("OCC_TITLE"))
        if not re.fullmatch(r"\d\d-\d{4}", code):
            continue
        groups += 1
        _is_wanted(book.name, row, number)
        if words_of(row.get("O_GROUP")).lower() in _GROUPS:
            continue
        if code in codes:
            kept.append((number, code, title, row))
        elif SOUNDS_LIKE_CODERS.search(title):
            unfollowed[code] = title
    if not groups:
        raise ValueError(f"{book.name} has the headings of OEWS and no row with an occupation code. Download it again")
    nation = _is_nation(names, kept, book.name)
    part, table = _part(book, names, kept, year, None if nation else states)
    program = "OEWS national" if nation else "OEWS states"
    return Release(program, f"May {year}", year, book.name, {table: part}, unfollowed)


def _may(book: Book) -> str:
    """The year, from the sheet of descriptions, the title of the sheet, and the names of the files."""
    told: dict[str, str] = {}
    for title in book.titles:
        if title.lower().startswith("field desc"):
            for cells in book.rows(title):
                if match := re.search(r"\bMay (20\d\d)\b", words_of(cells[0] if cells else "")):
                    told[f"the sheet {title!r}"] = match[1]
                    break
        elif match := re.search(r"M(20\d\d)(?!\d)", title):
            told[f"the name of the sheet {title!r}"] = match[1]
    for name in book.names:
        if match := re.search(r"M(20\d\d)(?!\d)|oesm(\d\d)(?!\d)|\bMay[ _-]?(20\d\d)", name, re.I):
            told[f"the file name {name}"] = match[1] or match[3] or f"20{match[2]}"
    return one_year(told, book.name, _EXAMPLE)


def _is_wanted(name: str, row: Mapping[str, object], number: int) -> None:
    """ValueError for the workbooks by industry and by area, which have the same headings."""
    industry, kind = words_of(row.get("NAICS")).lstrip("0"), words_of(row.get("AREA_TYPE")).removesuffix(".0")
    if industry:
        told = words_of(row.get("NAICS_TITLE")) or industry
        raise ValueError(
            f"{name} is by industry (row {number}: {told}). Take the national or the state workbook: {WHERE}"
        )
    if kind and kind not in {"1", "2", "3"}:
        told = words_of(row.get("AREA_TITLE"))
        raise ValueError(
            f"{name} has metropolitan areas (row {number}: {told}). Take the national or state workbook: {WHERE}"
        )


def _is_nation(names: list[str], kept: list[tuple[int, str, str, dict[str, object]]], name: str) -> bool:
    areas = {words_of(row.get("AREA_TITLE")) for _, _, _, row in kept}
    if "AREA_TITLE" not in names or areas <= {"U.S.", "United States", "National"}:
        return True
    if areas & {"U.S.", "United States"}:
        raise ValueError(
            f"{name} has the nation and states in one sheet. Take the national or the state workbook: {WHERE}"
        )
    return False


def _part(
    book: Book,
    names: list[str],
    kept: list[tuple[int, str, str, dict[str, object]]],
    year: int,
    states: Mapping[str, str] | None,
) -> tuple[Part, str]:
    wanted = NATION if states is None else STATES
    columns = {ours: theirs for ours, theirs in wanted.items() if theirs[0] in names}
    lacking = tuple(theirs for theirs, _ in wanted.values() if theirs not in names)
    if lacking and (not book.plain or states is None or "A_MEAN" in lacking):
        raise ValueError(f"{book.name} lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}. See {WHERE}")
    rows, seen = [], set()
    for number, code, title, cells in kept:
        where = f"{book.name}, row {number}, "
        row = Row(year=str(year), soc_code=code, soc_title=title)
        if states is not None:
            row["state_abbr"], row["state_name"] = _state(cells, states, where)
        if (key := (row.get("state_abbr"), code)) in seen:
            raise ValueError(f"{where}has {code} for the second time. Is this the file as BLS gives it?")
        seen.add(key)
        row.update(
            {ours: figure(cells.get(theirs), places, where + theirs) for ours, (theirs, places) in columns.items()}
        )
        rows.append(row)
    if states is None:
        return Part(("soc_title", *columns), rows, lacking), "wages_national"
    if "employment_jobs" in columns:
        totals = {row["state_abbr"]: row["employment_jobs"] for row in rows if row["soc_code"] == "00-0000"}
        for row in rows:
            row["state_total_employment_jobs"] = totals.get(row["state_abbr"], "")
    told = tuple(columns) + ("state_total_employment_jobs",) * ("employment_jobs" in columns)
    rows = [row for row in rows if row["soc_code"] != "00-0000" and any(row[column] for column in columns)]
    return Part(("state_name", "soc_title", *told), rows, lacking), "wages_states"


def _state(cells: Mapping[str, object], states: Mapping[str, str], where: str) -> tuple[str, str]:
    """Abbreviation and name of the state or territory of a row."""
    known = {**states, **{name: abbr for abbr, name in TERRITORIES.items()}}
    name, abbr = words_of(cells.get("AREA_TITLE")), words_of(cells.get("PRIM_STATE"))
    if name not in known:
        raise ValueError(f"{where}the area is {name!r}, which is no state. Take the state workbook: {WHERE}")
    if abbr and abbr != known[name]:
        raise ValueError(f"{where}{name} has the abbreviation {abbr}. Is this the file as BLS gives it?")
    return known[name], name
