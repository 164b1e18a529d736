"""The career sheet: every number of every page is computed anew here from the CSV files, without the course's code."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import html
import math
import os
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from course import cli_report, paths
from course.bootstrap.errors import UserError
from course.labor import career, drawing, report, report_exam, report_places, tables
from course.labor.report_places import EXAMS, Place

CODE = "29-2072"
TODAY = dt.date(2026, 11, 23)
PLACES = report_places.places()
#: Words and units of the sheet that hold digits: "of every 1,000 jobs", "in 4 of 100 runs".
UNITS = {"1,000", "100", "0"}
WAGES = ("annual_p10_wage_usd", "annual_p25_wage_usd", "annual_median_wage_usd", "annual_p75_wage_usd",
         "annual_p90_wage_usd")  # fmt: skip
OHIO = Place("OH", "Ohio")


@cache
def rows(name: str, **keys: str) -> list[dict[str, str]]:
    """Rows of a table, read as text."""
    with (paths.data_dir() / "labor" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if all(row[key] == value for key, value in keys.items())]


def one(name: str, **keys: str) -> dict[str, str]:
    found = rows(name, **keys)
    assert len(found) == 1, (name, keys)
    return found[0]


def below(points: list[tuple[float, float]], usd: float) -> tuple[float, float, float]:
    """(estimate, at least, at most) percent below an amount, from (rank, wage); written without the course's code."""
    under, over = [p for p in points if p[1] <= usd], [p for p in points if p[1] >= usd]
    least, most = (under[-1][0] if under else 0), (over[0][0] if over else 100)
    if not under or not over or least == most:
        return (least if under and over else math.nan), least, most
    (a, x), (b, y) = under[-1], over[0]
    return a + (b - a) * (usd - x) / (y - x), least, most


def claim_numbers(points: list[tuple[float, float]]) -> set[str]:
    """The two claimed amounts tried on five percentiles."""
    low, high = below(points, 50_000), below(points, 70_000)
    ends = [*low[1:], 100 - high[2], 100 - high[1], max(0, high[1] - low[2]), max(0, high[2] - low[1])]
    shares = [low[0], high[0] - low[0], 100 - high[0]]
    return {f"{value:.0f}" for value in [*shares, *ends] if not math.isnan(value)}


def wage_numbers(values: list[float], *factors: float) -> set[str]:
    return {f"{value:,.0f}" for value in values} | {f"{round(x * k, -1):,.0f}" for x in values for k in factors}


@cache
def of_nation() -> frozenset[str]:
    """Numbers that stand on every page."""
    said = {*UNITS, "10", "25", "75", "90", "50,000", "70,000", "8", "2022", "32", str(TODAY.year), str(TODAY.day)}
    for row in rows("industries_handbook", soc_code=CODE):
        said |= {row["share_of_occupation_jobs_percent"], f"{int(row['annual_median_wage_usd']):,}", row["year"]}
    for row in rows("projections", soc_code=CODE):
        said |= {*row["projection_period"].split("-"), f"{float(row['employment_change_percent']):.1f}"}
        every = one("projections", soc_code="00-0000", projection_period=row["projection_period"])
        said |= {f"{float(every['employment_change_percent']):.1f}"}
        start = int(row["base_year"])
        counted = [int(one("wages_national", soc_code=CODE, year=year)["employment_jobs"])
                   for year in (str(start), "2025")]  # fmt: skip
        said |= {str(start), f"{(counted[1] / counted[0] - 1) * 100:.1f}"}
        said |= {f"{float(row['employment_change_percent']) * (2025 - start) / 10:.1f}"}
    newest = one("projections", soc_code=CODE, projection_period="2024-34")
    thousands = [newest[key] for key in newest if key.endswith("thousand_jobs") and newest[key]]
    thousands.append(one("openings", soc_code=CODE)["separations_thousand_jobs"])
    said |= {f"{float(value) * 1000:,.0f}" for value in thousands}
    said |= {f"{float(newest['employment_change_thousand_jobs']) * 100:,.0f}"}
    remote = one("surveys", dimension="remote work")
    said |= {remote["survey_year"], f"{float(remote['value']):.0f}"}
    us = one("wages_national", soc_code=CODE, year="2025")
    values = [float(us[key]) for key in WAGES]
    said |= wage_numbers(values) | claim_numbers(list(zip((10, 25, 50, 75, 90), values, strict=True)))
    return frozenset(said | {"2025", "51"})


def of_place(place: Place) -> set[str]:
    """Numbers about one state, territory or the nation."""
    cpi = {row["year"]: float(row["cpi_u_may_1982_84_100"]) for row in rows("cpi")}
    states = [row for row in rows("wages_states", soc_code=CODE, year="2023") if row["annual_median_wage_usd"]]
    parity = {row["state_abbr"]: float(row["rpp_all_items_us_100"]) for row in rows("price_parities", year="2023")}
    dense = {s["state_abbr"]: int(s["employment_jobs"]) / int(s["state_total_employment_jobs"]) * 1000 for s in states}
    many = {s["state_abbr"]: float(s["employment_jobs"]) for s in states}
    plain = {s["state_abbr"]: float(s["annual_median_wage_usd"]) for s in states}
    buys = {abbr: usd / parity[abbr] * 100 for abbr, usd in plain.items()}
    said = {"2023"}
    if place.abbr == "US":
        first, last = (one("wages_national", soc_code=CODE, year=year) for year in ("2021", "2025"))
        old, new = ([float(row[key]) for key in WAGES] for row in (first, last))
        same = round(old[2] * cpi["2025"] / cpi["2021"], -1)
        total = int(one("wages_national", soc_code="00-0000", year="2025")["employment_jobs"])
        said |= wage_numbers(old, cpi["2025"] / cpi["2021"]) | {f"{abs(new[2] / same - 1) * 100:.1f}"}
        said |= {f"{int(last['employment_jobs']):,}", f"{int(last['employment_jobs']) / total * 1000:.2f}"}
        for column, show in ((many, ",.0f"), (dense, ".2f"), (buys, ",.0f")):
            top = sorted(column.values(), reverse=True)[:3]
            said |= {format(round(value, -1) if column is buys else value, show) for value in top}
        return said
    us = one("wages_national", soc_code=CODE, year="2023")
    said |= wage_numbers([float(us[key]) for key in WAGES])
    if place.abbr not in many:
        return said | {f"{int(one('wages_states', soc_code=CODE, state_abbr=place.abbr)['annual_mean_wage_usd']):,}"}
    row = next(state for state in states if state["state_abbr"] == place.abbr)
    values = [float(row[key]) for key in WAGES]
    said |= wage_numbers(values, 100 / parity[place.abbr], cpi["2025"] / cpi["2023"])
    said |= claim_numbers(list(zip((10, 25, 50, 75, 90), values, strict=True)))
    us_jobs = int(us["employment_jobs"])
    us_dense = us_jobs / int(one("wages_national", soc_code="00-0000", year="2023")["employment_jobs"]) * 1000
    part = many[place.abbr] / us_jobs
    ratios = [plain[place.abbr] / float(us["annual_median_wage_usd"]), cpi["2025"] / cpi["2023"],
              parity[place.abbr] / 100, dense[place.abbr] / us_dense, 1 + part]  # fmt: skip
    said |= {f"{abs(ratio - 1) * 100:.1f}" for ratio in ratios}
    said |= {f"{many[place.abbr]:,.0f}", f"{dense[place.abbr]:.2f}", f"{us_dense:.2f}"}
    said |= {f"{dense[place.abbr] / us_dense:.2f}", f"{round(part * 14_200, -1):,.0f}"}
    for column in (many, dense, plain, buys):
        said |= {str(sorted(column.values(), reverse=True).index(column[place.abbr]) + 1)}
    return said


def of_exam(place: Place, exam: str, wage: float | None = None) -> set[str]:
    """Numbers of the career calculator, which has tests of its own, asked anew."""
    if place.abbr in ("GU", "PR", "VI"):
        return set(NUMBER.findall(career.data.experience(exam)))
    given = {} if wage is None else {"present_wage_usd": wage}
    found = career.payback(place.abbr, exam, wages="latest", moves=False, **given)
    low = career.place(place.abbr, "latest").beside
    other = career.payback(place.abbr, exam, present_wage_usd=low, moves=False)
    values = [found.present_wage_usd, round(found.outlay_low, -1), round(found.outlay_high, -1), low]
    for assumption in found.assumptions:
        values += [assumption.low, assumption.high]
    sources = (assumption.source for assumption in found.assumptions)
    words = " ".join([found.sentence, other.sentence, career.data.experience(exam), *sources])
    shown = {f"{value:{form}}" for value in values for form in (",.0f", ",.1f", ",.2f")}
    return shown | set(NUMBER.findall(words))


NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


class Reader(HTMLParser):
    """The text that somebody reads or hears, and the tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.skip = 0
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.skip += tag in ("style", "svg")
        self.words.append(str(dict(attrs).get("aria-label") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in ("style", "svg")

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.words.append(data)


def unproved(page: str, known: set[str]) -> list[str]:
    """Numbers of a page that nothing proves. Ids in brackets must be ids of the tables."""
    text = Reader(page).text
    for ids in re.findall(r"\[(S\d\d(?:, S\d\d)*)\]", text):
        assert set(ids.split(", ")) <= source_ids(), ids
        text = text.replace(f"[{ids}]", "")
    return [number for number in NUMBER.findall(text.replace(CODE, "")) if number not in known]


@cache
def source_ids() -> frozenset[str]:
    named = [row["source_id"] for name in tables.names() for row in rows(name) if "source_id" in row]
    return frozenset(part for ids in named for part in ids.split(";"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pictures are drawn with their alternative text, but not written out as vector graphics: half of the time."""
    short = '<svg aria-label="{}"></svg>'
    monkeypatch.setattr(drawing.Drawing, "svg", lambda self, prefix="": short.format(html.escape(self.alt)))
    tables.forget()
    yield
    tables.forget()


def test_every_number_of_every_page_is_computed_from_the_tables(quick: None):
    for place in PLACES:
        about = of_nation() | of_place(place)
        for exam in EXAMS:
            known = about | of_exam(place, exam)
            page = report.page(place, report.find_exam(exam), today=TODAY)
            assert not unproved(page, known), (place, exam)
    assert len(PLACES) * len(EXAMS) == 220  # 50 states, DC, three territories, the nation
    assert unproved(page.replace("</main>", "<p>12,345 jobs</p></main>"), known) == ["12,345"]


def test_the_page_with_the_present_wage_says_where_it_stands():
    """Told in dollars of the newest May, as the wage is of today."""
    cpi = {row["year"]: float(row["cpi_u_may_1982_84_100"]) for row in rows("cpi")}
    values = [float(one("wages_states", soc_code=CODE, state_abbr="OH", year="2023")[key]) for key in WAGES]
    values = [round(value * cpi["2025"] / cpi["2023"], -1) for value in values]
    for wage, begin in ((40_000, "about {:.0f} percent pay less ({} to {} follows from the percentiles)"),
                        (36_000, "{1} to {2} percent pay less")):  # fmt: skip
        page = report.page(OHIO, report.find_exam("CCS"), wage, TODAY)
        percent, least, most = below(list(zip((10, 25, 50, 75, 90), values, strict=True)), wage)
        known = of_nation() | of_place(OHIO) | of_exam(OHIO, "CCS", wage)
        assert not unproved(page, known | {f"{percent:.0f}"})
        said = f"{begin.format(percent, least, most)}, told in dollars of May 2025."
        assert f"Your present wage is ${wage:,} : of the records specialists' jobs here {said}" in Reader(page).text


def tile(text: str) -> str:
    """The fourth of the figures at the top."""
    return text.partition("job growth, nation")[2].partition("What do records")[0]


def text_of(place: str, exam: str = "CPC") -> str:
    return Reader(report.page(report.find_place(place), report.find_exam(exam), today=TODAY)).text


def test_the_figures_of_ohio_stand_in_their_sentences():
    text = text_of("OH")
    for words in (
        "Half of the jobs in Ohio pay less than $48,010 a year (May 2023), 1.6 percent less than the nation's median "
        "of $48,780: rank 33 of 51, the highest first.",
        "6,970 jobs (May 2023), rank 6 of 51 by number and 3.8 percent of the nation's.",
        "1.27 of every 1,000 jobs, rank 22 of 51: 4.2 percent above the nation's 1.22 (location quotient 1.04).",
        "Growth brings about 1,380 new jobs a year; openings are about 14,200 a year",
        "2022–32 expected +8.5 percent, and the survey counted +3.7 from May 2022 to May 2025 (a steady pace: +2.5)",
        "United States, May 2025 46 (25 to 50) 33 (25 to 65) 20 (10 to 25)",
    ):
        assert words in text, words
    evidence = [float(row["value"]) for row in rows("claims", reference_period="May 2025") if row["unit"] == "percent"]
    assert [f"{value:.0f}" for value in evidence] == ["46", "34", "20"]  # 33.5 in one decimal, 33.48 in full


def test_the_sections_answer_in_this_order():
    page = report.page(OHIO, report.find_exam("CIC"), today=TODAY)
    heads = [re.sub(r"<.*?>", "", found) for found in re.findall(r"<h[12].*?</h", page)]
    assert [head.removesuffix("</h") for head in heads] == [
        "Medical coding in Ohio, and the CIC",
        "What do records specialists (coders among them) earn in Ohio?",
        "What does the CIC cost, and is it paid back?",
        "How many jobs are there?",
        "Where do they work?",
        "What do the projections say?",
        "Two claims, checked",
        "What these figures do not say",
        "Sources and periods",
    ]


def test_what_is_not_published_is_said(monkeypatch: pytest.MonkeyPatch):
    text = text_of("Puerto Rico")
    for words in ("only the mean wage is published: $26,120", "The number of jobs in Puerto Rico is not published",
                  "This cannot be told for Puerto Rico", "For Puerto Rico no percentiles are published"):  # fmt: skip
        assert words in text, words
    assert "nan" not in text.casefold().replace("finance", "")

    real = tables._read
    gone = ["annual_p90_wage_usd", "employment_jobs"]

    def without(path: str) -> pd.DataFrame:
        frame = real(path)
        if not path.endswith("wages_states.csv"):
            return frame
        ohio = (frame["state_abbr"] == "OH") & (frame["soc_code"] == CODE)
        return frame.assign(**{name: frame[name].astype(float).mask(ohio) for name in gone})

    tables.forget()
    monkeypatch.setattr(tables, "_read", without)
    try:
        page = report.page(OHIO, report.find_exam("CPC"), today=TODAY)
    finally:
        tables.forget()
    text = Reader(page).text
    assert "Ohio, May 2023 35,420 39,690 48,010 60,780 not published" in text
    assert "The number of jobs in Ohio is not published." in text
    assert "– (0 to 25)" in text and "–: beyond the outermost percentile published" in text
    assert re.search(r"\bnan\b", text.casefold()) is None


def test_the_page_is_one_file_that_loads_nothing_and_is_always_the_same():
    page = report.page(OHIO, report.find_exam("CPC"), today=TODAY)
    found = Reader(page)
    tags = [tag for tag, _ in found.tags]
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">') and '<meta charset="utf-8">' in page
    assert not {"script", "link", "img", "iframe", "a"} & set(tags)
    assert not re.findall(r"url\((?!#)|@import|https?://(?!www\.w3\.org/)", page)
    assert tags.count("table") == tags.count("caption") == 4
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in found.tags if tag == "th")
    picture = next(attributes for tag, attributes in found.tags if tag == "svg")
    assert picture["role"] == "img" and "Ohio, May 2023: median $48,010" in str(picture["aria-label"])
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    tables.forget()
    assert page == report.page(OHIO, report.find_exam("CPC"), today=TODAY)
    assert "November 24, 2026" in report.page(OHIO, report.find_exam("CPC"), today=dt.date(2026, 11, 24))
    pinned = paths.today()  # COURSE_TODAY
    assert f"{pinned:%B} {pinned.day}, {pinned.year}." in report.page(OHIO, report.find_exam("CPC"))


def test_no_figure_is_typed_in_the_code_or_the_template():
    """Names of columns, format codes and advice aside, no text of the sheet's code holds a digit."""
    for path in sorted((Path(report.__file__).parent).glob("report*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        quiet = {id(part) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) and node.format_spec
                 for part in ast.walk(node.format_spec)}  # fmt: skip
        quiet |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
                text = re.sub(
                    r"<[^>]*>?|[a-z]+_[a-z0-9_]+|1,000|of 100 runs|--wage 36000|00-0000|utf-8", "", node.value
                )
                assert not re.search(r"\d", text), (path.name, node.value)
    body = (paths.data_dir() / "labor" / "report.html").read_text(encoding="utf-8").partition("</style>")[2]
    assert not re.search(r"\d", re.sub(r"</?h1>", "", body))


@pytest.mark.parametrize("text", ["oh", "OH", " Ohio ", "OHIO", "o.h."])
def test_a_state_is_found_by_letters_or_name(text: str):
    assert report.find_place(text) == OHIO


@pytest.mark.parametrize(
    ("text", "abbr"),
    [("district of columbia", "DC"), ("D.C.", "DC"), ("Washington, DC".replace(",", ""), "DC"), ("washington", "WA"),
     ("us", "US"), ("U.S.A.", "US"), ("the nation".removeprefix("the "), "US"), ("new_york", "NY"), ("pr", "PR"),
     ("West  virginia", "WV")],
)  # fmt: skip
def test_other_ways_to_write_a_place(text: str, abbr: str):
    assert report.find_place(text).abbr == abbr


def test_an_unknown_state_or_exam_names_the_nearest():
    for text, near in (
        ("Ohoi", "Ohio (OH)"),
        ("Masachusets", "Massachusetts (MA)"),
        ("Nrth Carolina", "North Carolina"),
    ):
        with pytest.raises(UserError) as error:
            report.find_place(text)
        assert near in error.value.text() and "--state OH" in error.value.text()
    with pytest.raises(UserError, match="No state is named"):
        report.find_place("  ")
    assert report.find_exam("certified coding specialist").letters == report.find_exam("ccs").letters == "CCS"
    with pytest.raises(UserError) as error:
        report.find_exam("CPCA")
    assert "Did you mean CPC" in error.value.text() and "CIC (Certified Inpatient Coder, AAPC)" in error.value.text()
    with pytest.raises(UserError, match="No exam is named"):
        report.find_exam("")
    assert set(EXAMS) == set(career.data.BODIES)


def write(out: Path | None = None, wage: str | None = None, replace: bool = False, show: bool = False) -> int:
    return cli_report.report("oh", "cpc", wage, out, replace, show)


def test_the_command_writes_a_file_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
    assert write(show=True) == 0
    file = tmp_path / "career-OH-CPC.html"
    assert file.read_bytes() == report.page(OHIO, report.find_exam("CPC")).encode("utf-8")
    assert opened == [file.as_uri()] and "career-OH-CPC.html" in capsys.readouterr().out
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="already") as error:
        write()
    assert "--replace" in error.value.text() and file.read_text(encoding="utf-8") == "mine"
    assert write(replace=True, wage="$36,000") == 0
    assert "$36,000" in file.read_text(encoding="utf-8") and os.listdir(tmp_path) == [file.name]


def test_what_cannot_be_written_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for out, words in (
        (tmp_path, "career-OH-CPC.html"),
        (tmp_path / "no" / "x.html", "There is no folder"),
        (tmp_path / "x.pdf", "x.html"),
    ):
        with pytest.raises(UserError) as error:
            write(out)
        assert words in error.value.text()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match="could not be written .Permission denied"):
        write(tmp_path / "x.html")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wage", "words"),
    [("many", "'many' is not a wage"), ("17.50", "--wage 36400"), ("-5", "Present wage"), ("nan", "not a number"),
     ("9999999", "Check the figure")],
)  # fmt: skip
def test_a_wage_that_makes_no_sense_is_refused(tmp_path: Path, wage: str, words: str):
    with pytest.raises(UserError) as error:
        write(tmp_path / "x.html", wage)
    assert words in error.value.text() and not list(tmp_path.iterdir())


def test_months_in_words():
    found = career.payback("OH", "CPC", moves=False)
    exam = report.find_exam("CPC")
    for low, middle, high, never, months, term in (
        (11.6, 15, 23.8, 4, "12 to 24 months", "in eight of ten runs; in 4 of 100 runs"),
        (11.6, 11.7, 11.9, 4, "12 months", "in eight of ten runs; in 4 of 100 runs"),
        (13, 30.2, None, 20, "30 months", "in half of the runs; in 20 of 100 runs"),
        (13, 1.2, None, 20, "1 month", "in half of the runs; in 20 of 100 runs"),
        (30, None, None, 70, "not in most runs", "; in 70 of 100 runs"),
        (None, None, None, 95, "hardly ever", "; in 95 of 100 runs"),
        (None, None, None, 100, "never", "; in 100 of 100 runs"),
    ):
        one = found._replace(low=low, middle=middle, high=high, never_percent=never)
        assert report_exam.months(one) == months
        said = report_exam.term(exam, one)
        assert said.replace("; ", " ; ") == (
            f"until the CPC is paid back {term.replace('; ', ' ; ').strip()} not within 10 years (assumed figures)"
        )
    assert report_exam.months(None) == "not known" and "wages not published" in report_exam.term(exam, None)


def test_the_sheet_says_what_a_client_could_misread():
    text = text_of("OH")
    for words in (
        "A run tries one mix of the assumptions. It is not a person, and nobody knows which mix will come true.",
        "At the pay of a typical front desk ($40,450; assumed figures) not in 43 of 100 runs",
        "Wage now: median of medical secretaries $40,450 a year, assumed",
        "at $33,860, where their lowest tenth ends, it is not paid back in time in 19 of 100 runs",
        "cannot be tested as it stands: no spread of certified pay is published",
        "Figures by state here are of May 2023. BLS has published newer state tables (bls.gov/oes), which are not in ",
        "Nobody publishes what a beginner is paid or what the certificate adds",
        "is a CPC-A, an apprentice",
        "Chance to find a coding job 70 to 100 percent, assumed",
        "where jobs are few its figures are less sure",
        "No certifying body endorses it",
    ):
        assert words in text, words
    assert "–: beyond" not in text  # there is no dash
    own = Reader(report.page(OHIO, report.find_exam("CPC"), 36_000, TODAY)).text
    none = Reader(report.page(OHIO, report.find_exam("CPC"), 0, TODAY)).text
    for exam in ("CCA", "CCS"):
        assert "Study 80 to 390 hours, assumed" in text_of("OH", exam)
    assert "Taxes on the extra pay 15 to 25 percent, assumed" in text_of("TX")
    assert (
        "months" in tile(own)
        and "months" not in tile(text)
        and "front desk" not in own
        and "With a present wage of 0" not in own
    )
    assert "With a present wage of 0 the whole first wage counts as gain" in none
