"""The wages explorer: occupation, place, year and which dollars -> five percentiles beside those of a yardstick.

State percentiles are in the data for May 2023; of May 2018 and 2021 some states have a mean wage alone. Wages are
US dollars a year.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from course.labor import explore, prices
from course.labor.explore import ALL, NATION, Answer, Choices, Explorer, Pick, known
from course.labor.explore_states import NEWER
from course.labor.measures import PERCENTILES
from course.labor.tables import SPECIALISTS, remembered

FIELDS = {"occupation": "Occupation", "place": "Place", "year": "Year", "adjustment": "Wages in"}
MEAN, MEDIAN = "annual_mean_wage_usd", "annual_median_wage_usd"
#: Whose page a figure was read from, where it was not a table of BLS.
QUOTED = {"S07": "Becker's Hospital Review", "S08": "HealthGuideUSA"}


@remembered
def _dollars() -> int:
    """The year whose May dollars are those of today: the newest of the national wages that has a price index."""
    return max(year for code, place, year in explore.records() if code == ALL and year in prices.may_index())


def _rich(row: Mapping[str, Any]) -> bool:
    """Whether a row has percentiles, and not a mean alone."""
    return known(row[MEDIAN])


@remembered
def _years(code: str, place: str) -> dict[int, bool]:
    """Years with a wage, newest first -> whether there are percentiles."""
    found = {
        year: _rich(row)
        for (soc, where, year), row in explore.records().items()
        if (soc, where) == (code, place) and (_rich(row) or known(row[MEAN]))
    }
    return dict(sorted(found.items(), reverse=True))


@remembered
def _places(code: str) -> tuple[str, ...]:
    """The nation, and the states with a wage for this occupation."""
    return (NATION, *(state for state in explore.states() if _years(code, state)))


def _adjustments(place: str, year: int) -> dict[str, str]:
    """Key -> label of the dollars that can be chosen."""
    now, indexed = _dollars(), year in prices.may_index()
    found = {"paid": "Dollars as paid"}
    if indexed:
        found["real"] = f"Dollars of May {now} (CPI-U)"
    if place != NATION and (year, place) in prices.parities():
        found["parity"] = "Dollars at average US prices (BEA)"
        if indexed:
            found["both"] = f"Dollars of May {now} at average US prices"
    return found


def start() -> Pick:
    """What it opens with: medical records specialists, the nation, the newest year."""
    newest = str(max(_years(SPECIALISTS, NATION)))
    return {"occupation": SPECIALISTS, "place": NATION, "year": newest, "adjustment": "paid"}


def every() -> dict[str, Choices]:
    """All keys of each field."""
    all_years = sorted({year for _, _, year in explore.records()}, reverse=True)
    richest = _adjustments(next(iter(explore.states())), prices.latest_parity_year())
    return {
        "occupation": tuple((one["name"], code) for code, one in explore.occupations().items()),
        "place": ((explore.name_of(NATION), NATION), *((name, code) for code, name in explore.states().items())),
        "year": tuple((f"May {year}", str(year)) for year in all_years),
        "adjustment": tuple((text, key) for key, text in richest.items()),
    }


def choices(pick: Mapping[str, str]) -> dict[str, Choices]:
    """What can be picked in each field, given the fields above it."""
    code, place, year = pick["occupation"], pick["place"], int(pick["year"])
    years = _years(code, place).items()
    return {
        "occupation": every()["occupation"],
        "place": tuple((explore.name_of(one), one) for one in _places(code)),
        "year": tuple((f"May {one}" + ("" if rich else " (mean only)"), str(one)) for one, rich in years),
        "adjustment": tuple((text, key) for key, text in _adjustments(place, year).items()),
    }


def settle(wish: Mapping[str, str], given: Collection[str] = ()) -> tuple[Pick, list[str]]:
    """The possible pick nearest to a wish; a field gives way to those above it."""
    code, place, year, dollars = (wish[name] for name in FIELDS)
    moved = []
    group = explore.noun(code)
    if place not in _places(code):
        why = "by state" if len(_places(code)) == 1 else f"in {explore.the(place)}"
        moved.append(f"Wages {why} are not in the data for {group}. The place is now the United States.")
        place = NATION
    years = _years(code, place)
    if int(year) not in years:
        # a year with percentiles before one without, then the nearest, then the newer
        near = min(years, key=lambda one: (not years[one], abs(one - int(year)), -one))
        moved.append(
            f"For {group} in {explore.the(place)} the data have no May {year}. "
            f"They have {_listed_years(years)}. The year is now May {near}."
        )
        year = str(near)
    possible = _adjustments(place, int(year))
    if dollars not in possible:
        if place == NATION and dollars != "real":
            why = "The prices of the nation are the average"
        else:
            why = f"Price figures for {year} are not in the data yet"
        dollars = "real" if dollars == "both" and "real" in possible else "paid"
        moved.append(f"{why}. Wages are now in {explore.lower(possible[dollars])}.")
    return {"occupation": code, "place": place, "year": year, "adjustment": dollars}, moved


def _listed_years(years: Mapping[int, bool]) -> str:
    return explore.listed([f"May {one}" + ("" if rich else " (mean only)") for one, rich in sorted(years.items())])


def adjusted(usd: float, place: str, year: int, adjustment: str) -> float:
    """A wage of May `year` in the dollars that were picked. NaN stays NaN; the nation's prices are the average."""
    if adjustment in ("parity", "both") and place != NATION:
        usd = prices.at_national_prices(usd, place, year)
    return prices.real(usd, year, _dollars()) if adjustment in ("real", "both") else usd


def _in(adjustment: str, year: int) -> str:
    """The dollars within a sentence."""
    return {
        "paid": "as paid",
        "real": f"in dollars of May {_dollars()}",
        "parity": f"at average US prices of {year}",
        "both": f"at average US prices of {year}, in dollars of May {_dollars()}",
    }[adjustment]


def _yardstick(code: str, place: str, year: int) -> tuple[str, str]:
    """(SOC code, place) to compare with: the nation for a state, all occupations for the nation."""
    if place != NATION:
        return code, NATION
    if code != ALL:
        return ALL, NATION
    coders = (c for c, one in explore.occupations().items() if one["relation_to_coding"] == "coder")
    return next(c for c in coders if year in _years(c, NATION)), NATION


def _label(code: str, place: str, around: str) -> str:
    """What stands beside a line of the chart, when the place of the pick is `around`: the title names the rest."""
    if around == NATION:
        return "All occupations" if code == ALL else explore.upper(explore.noun(code, short=True))
    return "US, all occupations" if code == ALL else explore.name_of(place)


def answer(pick: Mapping[str, str]) -> Answer:
    """The ladder of a pick beside its yardsticks, and its sentence. The pick must be possible."""
    import pandas as pd

    code, place, year, dollars = pick["occupation"], pick["place"], int(pick["year"]), pick["adjustment"]
    beside = [(code, place), _yardstick(code, place, year)]
    if place != NATION:
        beside.append((ALL, NATION))
    rich = _years(code, place)[year]
    columns = list(PERCENTILES.values()) if rich else [MEAN]
    figures = [
        {c: adjusted(float(explore.records()[soc, where, year][c]), where, year, dollars) for c in columns}
        for soc, where in beside
    ]
    labels, (mine, other) = [_label(soc, where, place) for soc, where in beside], figures[:2]
    figure = mine[MEDIAN if rich else MEAN]
    told = _ladder(mine) if rich else f"only the mean is in the data, ${figure:,.0f}"
    average, measured = ("median", other[MEDIAN]) if rich else ("mean", other[MEAN])
    sentence = (
        f"{explore.upper(explore.noun(code))} in {explore.the(place)}, May {year}, "
        f"annual wage {_in(dollars, year)}: {told}. {_compared(code, place, year, average, figure, measured)} "
        f"{_publishers(dollars)}."
    )
    options: dict[str, Any] = {"label": "label", "mark": (labels[0],)}
    if not rich:
        options |= {"value": MEAN, "unit": "dollars a year", "sort": False}
    return Answer(
        title=f"What do {explore.noun(code, short=True)} earn in {explore.the(place)}?",
        about=f"May {year}, annual wage {_in(dollars, year)}",
        sentence=sentence,
        source=_source(code, place, year, dollars),
        kind="ladder" if rich else "dots",
        frame=pd.DataFrame(figures).assign(label=labels),
        options=options,
        notes=_notes(code, place, year, dollars),
        code=_code(code, place, year, dollars, rich),
        figure=None if math.isnan(figure) else figure,
    )


def _ladder(row: Mapping[str, Any]) -> str:
    """ "half earn less than …; one in ten less than …, one in ten more than …"."""
    low, half, high = (row[PERCENTILES[rank]] for rank in (10, 50, 90))
    said = f"half earn less than ${half:,.0f}"
    said += f"; one in ten less than ${low:,.0f}" if known(low) else "; the lowest tenth is not published"
    return said + (f", one in ten more than ${high:,.0f}" if known(high) else ", the highest tenth is not published")


def _compared(code: str, place: str, year: int, average: str, mine: float, other: float) -> str:
    if place != NATION:
        return (
            f"The nation's {average} for them is ${other:,.0f}, "
            f"so the {average} in {explore.the(place)} is {explore.against(mine, other)}."
        )
    group = "all occupations" if code != ALL else explore.noun(_yardstick(code, place, year)[0])
    return f"The {average} of {group} is ${other:,.0f}, so theirs is {explore.against(mine, other)}."


def _publishers(dollars: str) -> str:
    """Who says so, at the end of the sentence."""
    found = ["BLS OEWS"] + ["CPI-U"] * (dollars in ("real", "both"))
    return "Source: " + ", ".join(found + ["BEA price parities"] * (dollars in ("parity", "both")))


def _source(code: str, place: str, year: int, dollars: str) -> str:
    """The source line under the chart."""
    ids = str(explore.records()[code, place, year]["source_id"]).split(";")
    quoted = [f", quoted by {QUOTED[one]}" for one in ids if one in QUOTED]
    said = f"BLS OEWS, May {year}{''.join(quoted)}"
    if dollars in ("real", "both"):
        said += f"; BLS CPI-U, May {year} and May {_dollars()}"
    if dollars in ("parity", "both"):
        said += f"; BEA regional price parities {year}"
    return said


def _notes(code: str, place: str, year: int, dollars: str) -> tuple[str, ...]:
    """What one should know of this view."""
    row = explore.records()[code, place, year]
    found = []
    if len(_places(code)) == 1:
        found.append("Wages by state are not in the data for this group.")
    if place != NATION and _rich(row):
        found.append(
            "State wages at the 10th, 25th, 75th and 90th percentile are the hourly figures of BLS times 2,080, "
            "rounded to 10 dollars."
        )
        if not known(row[PERCENTILES[90]]):
            found.append("BLS prints no wage at or above its top code. That is the likely reason for the empty place.")
    elif place != NATION:
        found.append(f"Of May {year} the data hold only the mean wage of a state.")
    if place != NATION and year == max(_years(code, place)):
        found.append(f"The newest state wages here are of May {year}. {NEWER}")
    if dollars in ("real", "both") and year == _dollars():
        found.append(f"Wages of May {year} are in these dollars already, so nothing changes.")
    if dollars in ("parity", "both"):
        parity = prices.parities()[year, place]
        found.append(f"Prices in {explore.the(place)} in {year}: {parity:.1f} where the nation has 100.")
    if explore.occupations()[code]["relation_to_coding"] == "coder":
        found.append("Certified and uncertified workers are counted together.")
    return tuple(found)


def _code(code: str, place: str, year: int, dollars: str, rich: bool) -> str:
    """The pandas that gives the median (or mean) of the pick; its last line is the figure."""
    name, where = ("wages_national", "") if place == NATION else ("wages_states", f" and state_abbr == '{place}'")
    lines = [
        f'wages = pd.read_csv(course.labor.file("{name}"))',
        f"row = wages.query(\"soc_code == '{code}'{where} and year == {year}\").iloc[0]",
        f'wage = row["{MEDIAN if rich else MEAN}"]',
    ]
    if dollars in ("parity", "both"):
        lines.append(f'wage = course.labor.at_national_prices(wage, "{place}", {year})')
    if dollars in ("real", "both"):
        lines.append(f"wage = course.labor.real(wage, {year}, {_dollars()})")
    return "\n".join([*lines[:-1], lines[-1].removeprefix("wage = ")])


EXPLORER = Explorer(
    name="wages",
    title="Explore wages",
    intro="Change a field, and the sentence and the chart below it follow at once.",
    fields=FIELDS,
    start=start,
    settle=settle,
    choices=choices,
    answer=answer,
    also={"state": "place", "prices": "adjustment", "dollars": "adjustment"},
    every=every,
)
