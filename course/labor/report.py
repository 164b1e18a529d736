"""A career sheet: one page about coders' jobs and pay in one place, and about one exam, for a client to take home.

    html = course.labor.report.page(find_place("Ohio"), find_exam("CPC"), wage=36_000)

The page loads nothing from anywhere, prints on one page, and is the same for the same tables and the same date.
"""

from __future__ import annotations

import datetime as dt
from string import Template
from typing import Any

from course import paths
from course.bootstrap.errors import UserError
from course.labor import report_exam, report_facts, report_outlook, report_sections
from course.labor.measures import PERCENTILES
from course.labor.report_parts import bullets, esc, known, number, paragraph, section, signed, the, usd, years
from course.labor.report_places import NATION, Exam, Place, find_exam, find_place
from course.labor.style import PALETTE
from course.labor.tables import SPECIALISTS, remembered, table

__all__ = ["default_name", "find_exam", "find_place", "page"]


def default_name(place: Place, exam: Exam) -> str:
    """The name of the file when none is given."""
    return f"career-{place.abbr}-{exam.letters}.html"


def page(place: Place, exam: Exam, wage: float | None = None, today: dt.date | None = None) -> str:
    """The whole page as HTML. `wage`: what the reader earns now, US dollars a year. UserError when it cannot be."""
    try:
        answer = report_exam.found(place, exam, wage)
    except ValueError as problem:
        raise UserError(str(problem), "--wage takes dollars a year before tax, such as: --wage 36000") from None
    date = today or paths.today()
    template = (paths.data_dir() / "labor" / "report.html").read_text(encoding="utf-8")
    return Template(template).substitute(
        title=esc(f"Coding in {the(place)} and the {exam.letters}: career sheet"),
        heading=esc(f"Medical coding in {the(place)}, and the {exam.letters}"),
        subtitle=esc(
            f"Career sheet, {date:%B} {date.day}, {date.year}. Counted: medical records specialists (SOC "
            f"{SPECIALISTS}). {exam.letters}: {exam.name} ({exam.body})."
        ),
        dark="".join(f"    --cp-{name}: {shade.dark};\n" for name, shade in PALETTE.items()).rstrip(),
        short=_short(place, exam, answer),
        first=report_sections.earnings(place, wage, picture(place)),
        rest="\n".join(
            [
                report_exam.costs(place, exam, answer, wage),
                report_sections.how_many(place),
                report_sections.where(),
                report_sections.projections(),
                report_sections.claims(place),
            ]
        ),
        last=report_sections.limits(place) + "\n" + _sources(place, answer),
    )


def _short(place: Place, exam: Exam, answer: Any) -> str:
    """Four figures to take away."""
    row = report_facts.national() if place == NATION else report_facts.of_state(place)
    jobs, outlook = report_facts.jobs(place), report_outlook.outlook()
    when = f", May {int(row['year'])}" if row is not None else ""
    median = report_facts.wages(row)[50]
    figures = [
        (f"half of the jobs pay less than{when}", usd(median)),
        (f"jobs{when}", number(jobs.number.value) if jobs else usd(float("nan"))),
        (f"job growth, nation, {years(outlook.period)}", f"{signed(outlook.percent)} %"),
        report_exam.tile(exam, answer),
    ]
    inner = "\n".join(f"<div><dt>{esc(term)}</dt><dd>{esc(figure)}</dd></div>" for term, figure in figures)
    return f'<dl class="short">\n{inner}\n</dl>'


@remembered
def picture(place: Place) -> str:
    """The wages as a percentile ladder with the claimed ones shaded, or "" when there is nothing to draw."""
    import pandas as pd

    from course.labor.plots import draw

    steps = [one for one in report_facts.ladders(place)[: 3 if place == NATION else 2] if known(one.wages[50])]
    if not steps or (place != NATION and report_facts.of_state(place) is None):
        return ""
    frame = pd.DataFrame(
        [{"place": one.label, **{PERCENTILES[rank]: usd for rank, usd in one.wages.items()}} for one in steps]
    )
    _, _, low, high = report_outlook.claimed()
    title = f"How records specialists' wages are spread; shaded: the claimed {usd(low)} to {usd(high)}"
    drawing = draw(
        "ladder", frame, label="place", band=(low, high), mark=[steps[0].label], title=title, source="BLS OEWS"
    )
    return f"<figure>\n<figcaption>{esc(title)}</figcaption>\n{drawing.svg('sheet')}\n</figure>"


def _sources(place: Place, answer: Any) -> str:
    """Every source with its reference period and its id."""
    items = [
        f"{esc(what)}. {esc(period)}. [{esc(ids.replace(';', ', '))}]" for what, period, ids in _read(place) if ids
    ]
    if costs := report_exam.sources(answer):
        items.append(f"Costs and conditions of the exam, with their dates: {esc('; '.join(costs))}.")
    note = (
        "In brackets: ids in SOURCES.md of the course's labor data. This sheet informs; it does not advise anybody. "
        "No certifying body endorses it."
    )
    return section("sources", "Sources and periods", bullets(items), paragraph(note))


@remembered
def _read(place: Place) -> list[tuple[str, str, str]]:
    """Publisher and what was taken, reference period, ids; an empty id where nothing was taken."""
    newest = report_facts.national()
    state = newest if place == NATION else report_facts.of_state(place)
    assert newest is not None and state is not None
    wages = table("wages_national").query("soc_code == @SPECIALISTS")
    start, year, end = int(wages["year"].min()), int(state["year"]), int(newest["year"])
    used = sorted({year, end, *([start] if place == NATION else []), *(one.start for one in report_outlook.earlier())})
    at_state = report_facts.year_of_states() if place == NATION else year
    states = table("wages_states").query("soc_code == @SPECIALISTS and year == @at_state")
    states = states if place == NATION else states.query("state_abbr == @place.abbr")
    at = report_facts.parity_year(at_state)
    parities = table("price_parities").query("year == @at and state_abbr == @place.abbr")
    index = [start if place == NATION else year, end]
    rows = [
        ("BLS, OEWS: wages and jobs by state", _mays([at_state]), _ids(states)),
        ("BLS, OEWS: wages and jobs of the nation", _mays(used), _ids(wages.query("year in @used"))),
        ("BEA, regional price parities: prices by state", f"{at}", _ids(parities)),
        ("BLS, CPI-U: prices over time", _mays(index), _ids(table("cpi").query("year in @index"))),
    ]
    industries = report_facts.industries()
    rows.append(("BLS, Handbook: industries", years(industries["edition"].iloc[0]), _ids(industries)))
    editions = table("projections").query("soc_code == @SPECIALISTS")
    periods = years(", ".join(editions["projection_period"]))
    rows.append(("BLS, Employment Projections: growth and openings", periods, _ids(editions)))
    remote = table("surveys").query("dimension == 'remote work'").sort_values("survey_year").tail(1)
    for one in remote.to_dict("records"):
        what = f"{one['organization']}, survey of members: remote work"
        rows.append((what, f"{one['survey_year']:.0f}", str(one["source_id"])))
    return rows


def _mays(found: list[int]) -> str:
    return ", ".join(f"May {year}" for year in dict.fromkeys(found))


def _ids(frame: Any) -> str:
    return ";".join(dict.fromkeys(part for one in frame["source_id"] for part in str(one).split(";")))
