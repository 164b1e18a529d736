"""The sections of a career sheet: figures of :mod:`.report_facts` in sentences and tables. No figure is typed here."""

from __future__ import annotations

import pandas as pd

from course.labor import explore_states, prices, report_facts, report_outlook
from course.labor.measures import PERCENTILES, share_below
from course.labor.report_facts import Jobs, Rank
from course.labor.report_parts import (
    NONE,
    bold,
    bullets,
    difference,
    esc,
    grid,
    known,
    number,
    paragraph,
    section,
    share,
    signed,
    the,
    usd,
    years,
)
from course.labor.report_places import NATION, Place
from course.labor.tables import remembered, table


def earnings(place: Place, wage: float | None, picture: str) -> str:
    """What records specialists earn: a sentence, the picture, and the table of percentiles."""
    ladders = report_facts.ladders(place)
    heads = ["place", *(f"{rank} %" if rank != 50 else "half" for rank in PERCENTILES)]
    rows = [
        [one.label, *(number(one.wages[rank]) for rank in PERCENTILES)]
        for one in ladders
        if any(map(known, one.wages.values()))
    ]
    words = _pay_of_nation() if place == NATION else _pay_of_state(place)
    caption = "US dollars a year before tax: this part of the jobs pays less"
    return section(
        "pay",
        f"What do records specialists (coders among them) earn in {the(place)}?",
        f'<div class="beside">{picture}<div>{"".join(map(paragraph, [*words, _own_wage(place, wage)]))}</div></div>',
        grid(caption, heads, rows, marked=ladders[0].label),
    )


def _pay_of_nation() -> list[str]:
    last, same, first = report_facts.ladders(NATION)
    change = (last.wages[50] / same.wages[50] - 1) * 100
    bought = difference(change, "less", "more", "as much")
    return [
        f"Half of the jobs pay less than {bold(usd(last.wages[50]))} a year, a tenth more than {usd(last.wages[90])} "
        f"({esc(last.label)}).",
        f"The median of {esc(first.label.split(', ')[1])} was {usd(first.wages[50])}, as much as {usd(same.wages[50])} "
        f"in newest dollars: the newest median buys {bought}." if known(change) else "",
    ]  # fmt: skip


def _pay_of_state(place: Place) -> list[str]:
    row = report_facts.of_state(place)
    if row is None:
        return [f"No wage of {esc(the(place))} is published."]
    year, median = int(row["year"]), float(row["annual_median_wage_usd"])
    if not known(median):
        return [
            f"Of {esc(the(place))} only the mean wage is published: "
            f"{bold(usd(float(row['annual_mean_wage_usd'])))} a year (May {year}). Percentiles are {NONE}."
        ]
    us = report_facts.wages(report_facts.national(year))[50]
    frame = report_facts.peers(year)
    plain = report_facts.rank(place, frame, "median")
    gap = difference((median / us - 1) * 100, "less than", "more than", "as much as")
    sentences = [
        f"Half of the jobs in {esc(the(place))} pay less than {bold(usd(median))} a year (May {year}), {gap} the "
        f"nation's median of {usd(us)}: {_rank(plain)}, the highest first."
    ]
    buys = report_facts.rank(place, frame, "buys")
    if known(buys.value):
        at = report_facts.parity_year(year)
        level = prices.parities()[at, place.abbr] - 100
        cost = difference(level, "lower than", "higher than", "the same as")
        sentences.append(
            f"Prices are {cost} the nation's ({at}), so the median buys what {bold(usd(round(buys.value, -1)))} "
            f"buys at average US prices: {_rank(buys)}."
        )
    else:
        sentences.append("What this buys at average US prices cannot be told: no price level of the place is at hand.")
    newest = report_facts.national()
    moved = report_facts.now(median, year, int(newest["year"])) if newest is not None else median
    if newest is not None and known(moved) and int(newest["year"]) > year:
        rise = (moved / median - 1) * 100
        sentences.append(
            f"US prices rose by {number(rise, 1)} percent to May {int(newest['year'])}: in those dollars its "
            f"median is {usd(round(moved, -1))}. That is the old wage in new dollars, not a newer survey."
        )
    return sentences


def _rank(one: Rank) -> str:
    """ "rank 33 of 51"."""
    return f"rank {number(one.place)} of {one.of}" if known(one.place) else f"rank {NONE}"


def _own_wage(place: Place, wage: float | None) -> str:
    """Where the present wage of the reader stands, when it was told."""
    newest = report_facts.national()
    if not wage or newest is None:
        return ""
    year = int(newest["year"])
    own = report_facts.in_dollars_of(place, year)
    try:
        below = share_below({column: own[rank] for rank, column in PERCENTILES.items()}, wage)
    except ValueError:
        return ""
    ends = f"{below.at_least:.0f} to {below.at_most:.0f}"
    part = f"about {number(below.percent)} percent" if known(below.percent) else f"{ends} percent"
    sure = f" ({ends} follows from the percentiles)" if known(below.percent) else ""
    return (
        f"Your present wage is {bold(usd(wage))}: of the records specialists' jobs here {part} pay less{sure}, told in "
        f"dollars of May {year}."
    )


@remembered
def how_many(place: Place) -> str:
    """How many jobs there are."""
    found = report_facts.jobs(place)
    return section("jobs", "How many jobs are there?", *_jobs(place, found))


def _leaders(column: str, decimals: int) -> str:
    """ "California (20,000), Texas (19,870)"."""
    found = report_facts.leaders(column)
    return esc(", ".join(f"{name} ({number(round(value, decimals), max(decimals, 0))})" for name, value in found))


def _jobs(place: Place, found: Jobs | None) -> list[str]:
    if found is None or not known(found.number.value):
        return [paragraph(f"The number of jobs in {esc(the(place))} is {NONE}.")]
    when = f"(May {found.year})"
    if place == NATION:
        return [
            paragraph(
                f"{bold(number(found.number.value))} jobs {when}: {number(found.per_1000.value, 2)} of every "
                "1,000 jobs."
            ),
            paragraph(
                f"By state (May {report_facts.year_of_states()}): most jobs in {_leaders('jobs', 0)}; most of every "
                f"1,000 jobs in {_leaders('per_1000', 2)}; the median buys most at average US prices in "
                f"{_leaders('buys', -1)}."
            ),
        ]
    openings = report_outlook.outlook().openings * found.share_of_nation / 100
    quotient = ""
    if known(found.quotient):
        than = difference((found.quotient - 1) * 100, "below", "above", "equal to")
        quotient = (
            f"That is {bold(number(found.per_1000.value, 2))} of every 1,000 jobs, {_rank(found.per_1000)}: {than} "
            f"the nation's {number(found.nation_per_1000, 2)} (location quotient {number(found.quotient, 2)})."
        )
    return [
        paragraph(
            f"{bold(number(found.number.value))} jobs {when}, {_rank(found.number)} by number and "
            f"{number(found.share_of_nation, 1)} percent of the nation's.",
            quotient,
            f"If the nation's openings were spread like its jobs, about {number(round(openings, -1))} a year would be "
            f"in {esc(the(place))}.",
        )
    ]


@remembered
def where() -> str:
    """In which industries coders work, in the nation."""
    frame = report_facts.industries()
    edition, year = frame["edition"].iloc[0], int(frame["year"].iloc[0])
    columns = ["industry_title", "share_of_occupation_jobs_percent", "annual_median_wage_usd"]
    rows = [[str(title), f"{part:.0f}", number(wage)] for title, part, wage in frame[columns].to_numpy()]
    return section(
        "industries",
        "Where do they work?",
        grid(
            f"Largest employers in the nation, {year} ({years(edition)}); not at hand by state",
            ["industry", "% of jobs", "median wage, $"],
            rows,
        ),
    )


@remembered
def projections() -> str:
    """What the projections say, and how earlier ones fared."""
    one = report_outlook.outlook()
    lines = [
        f"The nation's jobs are to grow from {number(one.base)} to {number(one.target)} in {years(one.period)}: "
        f"{bold(signed(one.percent) + ' percent')}, all occupations {signed(one.percent_all)} percent. States make "
        "their own, which are not at hand here.",
        f"Growth brings about {bold(number(one.new_a_year))} new jobs a year; openings are about "
        f"{bold(number(one.openings))} a year"
        + (
            f", since about {number(one.leavers)} people a year leave the occupation or stop working."
            if known(one.leavers)
            else "."
        ),
    ]
    fared = report_outlook.earlier()
    if fared:
        told = [
            f"{years(was.period)} expected {signed(was.expected)} percent, and the survey counted "
            f"{signed(was.counted)} from May {was.start} to May {was.end} (a steady pace: {signed(was.straight)})"
            for was in fared
        ]
        lines.append(f"How earlier editions fare: {'; '.join(told)}. The two count a little differently.")
    return section("outlook", "What do the projections say?", bullets(lines))


@remembered
def claims(place: Place) -> str:
    """The two claims of brochures, tested: growth in a sentence, pay in a row for the nation and one for the place."""
    percent, period, low, high = report_outlook.claimed()
    was, was_all = report_outlook.growth_of(period)
    new = report_outlook.outlook()
    growth = (
        f"{bold(f'“{percent} % growth {years(period)}”')}: true of that edition, which says {signed(was)} percent (all "
        f"occupations {signed(was_all)}). The newest, {years(new.period)}, says {signed(new.percent)} (all "
        f"{signed(new.percent_all)})."
    )
    tried = [report_outlook.pay_claim(one) for one in dict.fromkeys((NATION, place))]
    rows = [[f"{one.place.name}, May {one.year}", *map(share, one[2:])] for one in tried if one]
    missing = "" if all(tried) else f"For {esc(the(place))} no percentiles are published."
    pay = (
        f"{bold(f'“Certified coders earn {usd(low)} to {usd(high)}+”')}: cannot be tested as it stands: no spread of "
        f"certified pay is published. Of all records specialists: {missing}"
    )
    caption = "Percent of the jobs: estimate (what follows from the percentiles)"
    dashes = any("–" in cell for row in rows for cell in row[1:])
    note = "–: beyond the outermost percentile published; nothing to estimate from." if dashes else ""
    heads = ["place", f"under {usd(low)}", "between", f"over {usd(high)}"]
    return section(
        "claims",
        "Two claims, checked",
        paragraph(growth),
        paragraph(pay.strip()),
        grid(caption, heads, rows),
        paragraph(note),
    )


@remembered
def limits(place: Place) -> str:
    """What the figures do not say."""
    remote = table("surveys").query("dimension == 'remote work'").sort_values("survey_year")
    far = "" if remote.empty else _remote(remote.iloc[-1])
    row = None if place == NATION else report_facts.of_state(place)
    year = report_facts.year_of_states() if row is None else int(row["year"])
    old = f"Figures by state here are of May {year}. {explore_states.NEWER}"
    return section(
        "limits",
        "What these figures do not say",
        bullets(
            [
                "Certified or not, beginner or not, coder or another records specialist: all are counted together. No "
                "figure here is the pay of a certified coder.",
                "The survey is a sample of jobs on a payroll, without the self-employed; where jobs are few its "
                "figures are less sure.",
                "Surveys by an association tell what members who answered earn. They are no sample of all coders.",
                old,
                "A job counts where the employer reports it. Remote work moves the person, not the figure." + far,
            ]
        ),
    )


def _remote(row: pd.Series) -> str:
    return (
        f" In {esc(row['organization'])}'s survey of {int(row['survey_year'])}, {number(float(row['value']))} percent "
        "of those who answered worked remotely."
    )
