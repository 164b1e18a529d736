"""The occupation workbook of the Employment Projections: table 1.2 (jobs now and then) and 1.10 (why they open)."""

from __future__ import annotations

import re

from course.labor.official import SOUNDS_LIKE_CODERS, WHERE, Part, Release, figure, headed, one_year, words_of
from course.labor.rows import Row
from course.labor.workbooks import Book

_PERIOD = re.compile(r"(20\d\d)\s*[-–—_]\s*(?:20)?(\d\d)(?!\d)")
#: Column of the table -> (beginning of BLS's heading, decimals).
_PROJECTIONS = {
    "employment_change_thousand_jobs": ("employment change, numeric", 1),
    "employment_change_percent": ("employment change, percent", 1),
    "openings_annual_average_thousand_jobs": ("occupational openings", 1),
    "median_annual_wage_usd": ("median annual wage", 0),
}
_OPENINGS = {
    "labor_force_exit_rate_percent": ("labor force exit rate", 1),
    "occupational_transfer_rate_percent": ("occupational transfer rate", 1),
    "separation_rate_percent": ("total occupational separations rate", 1),
    "labor_force_exits_thousand_jobs": ("labor force exits", 1),
    "occupational_transfers_thousand_jobs": ("occupational transfers", 1),
    "separations_thousand_jobs": ("total occupational separations,", 1),
    "openings_annual_average_thousand_jobs": ("occupational openings", 1),
}


def read(book: Book, codes: set[str]) -> Release:
    """The rows of `codes` for both tables. ValueError when the workbook has another layout."""
    if "Table 1.2" not in book.titles or "Table 1.10" not in book.titles:
        raise ValueError(
            f"{book.name} is an edition of the Employment Projections without the tables 1.2 and 1.10. "
            f"Editions in an older layout are not read; the newest is at {WHERE}"
        )
    told: dict[str, str] = {}
    for name in book.names:
        if match := _PERIOD.search(name):
            told[f"the file name {name}"] = _named(match)
    for title in ("Table 1.2", "Table 1.10"):
        first = next(book.rows(title), ())
        if match := _PERIOD.search(words_of(first[0] if first else "")):
            told[f"the title of {title}"] = _named(match)
    head, jobs, unfollowed = _sheet(book, "Table 1.2", codes)
    years = sorted(int(word[-4:]) for word in head if re.fullmatch(r"employment, 20\d\d", word))
    if len(years) != 2:
        raise ValueError(f"{book.name}: table 1.2 has not two columns of employment. See {WHERE}")
    told["the headings of Table 1.2"] = f"{years[0]}-{years[1] % 100:02d}"
    period = one_year(told, book.name, "occupation.xlsx with its first rows")
    release = Release("Employment Projections", period, years[0], book.name, unfollowed=unfollowed)
    release.parts["projections"] = _projections(book, head, jobs, period, (years[0], years[1]))
    head, flows, _ = _sheet(book, "Table 1.10", codes)
    rows = [
        Row(projection_period=period, soc_code=code, soc_title=title, **_figures(book, head, cells, _OPENINGS, code))
        for code, (title, cells) in flows.items()
    ]
    release.parts["openings"] = Part(("soc_title", *_OPENINGS), rows)
    return release


def _named(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}"


def _sheet(
    book: Book, title: str, codes: set[str]
) -> tuple[list[str], dict[str, tuple[str, tuple[object, ...]]], dict[str, str]]:
    """Heading (small letters), code -> (title, cells) of the wanted codes, and others that sound like coders."""
    found = headed(book.rows(title), lambda words: any(word.lower().endswith("matrix code") for word in words))
    if not found:
        raise ValueError(f"{book.name}: {title} has no heading with a column of codes. See {WHERE}")
    head = [word.lower() for word in found[0]]
    code_at = next(at for at, word in enumerate(head) if word.endswith("matrix code"))
    title_at = next((at for at, word in enumerate(head) if word.endswith("matrix title")), 0)
    kind_at = next((at for at, word in enumerate(head) if word == "occupation type"), None)
    rows: dict[str, tuple[str, tuple[object, ...]]] = {}
    others: dict[str, str] = {}
    for cells in found[1]:
        padded = cells + (None,) * (len(head) - len(cells))
        code, name = words_of(padded[code_at]), words_of(padded[title_at])
        if code in codes:
            if code in rows:
                raise ValueError(f"{book.name}: {title} has {code} twice. Is this the file as BLS gives it?")
            rows[code] = (name, padded)
        elif SOUNDS_LIKE_CODERS.search(name) and (kind_at is None or words_of(padded[kind_at]) == "Line item"):
            others[code] = name
    return head, rows, others


def _column(book: Book, head: list[str], begins: str) -> int:
    fitting = [at for at, word in enumerate(head) if word.startswith(begins)]
    if not fitting:
        raise ValueError(f'{book.name} lacks the column "{begins}". See {WHERE}')
    return fitting[0]


def _figures(
    book: Book, head: list[str], cells: tuple[object, ...], columns: dict[str, tuple[str, int]], code: str
) -> dict[str, str]:
    return {
        ours: figure(cells[_column(book, head, begins)], places, f"{book.name}, {code}, {begins}")
        for ours, (begins, places) in columns.items()
    }


def _projections(
    book: Book,
    head: list[str],
    jobs: dict[str, tuple[str, tuple[object, ...]]],
    period: str,
    years: tuple[int, int],
) -> Part:
    employment = {
        "base_employment_thousand_jobs": (f"employment, {years[0]}", 1),
        "projected_employment_thousand_jobs": (f"employment, {years[1]}", 1),
    }
    columns = {**employment, **_PROJECTIONS}
    wage_year = re.search(r"20\d\d", head[_column(book, head, "median annual wage")])
    rows = []
    for code, (title, cells) in jobs.items():
        row = Row(projection_period=period, base_year=str(years[0]), target_year=str(years[1]), soc_code=code)
        row.update(soc_title=title, total_is_sum_of_line_items="no", **_figures(book, head, cells, columns, code))
        row["median_wage_year"] = wage_year[0] if wage_year and row["median_annual_wage_usd"] else ""
        rows.append(row)
    fixed = ("base_year", "target_year", "soc_title", "median_wage_year", "total_is_sum_of_line_items")
    return Part((*fixed, *columns), rows)
