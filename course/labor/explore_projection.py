"""The third view of the employment explorer: what each edition of the Employment Projections expected."""

from __future__ import annotations

from course.labor import explore
from course.labor.explore import ALL, Answer, known
from course.labor.tables import table


def projection(code: str) -> Answer:
    """The editions for one SOC code (figures in thousands of jobs), and what was counted since.

    An edition is told with the share of all occupations beside it. Where the target year of an old edition is the base
    year of a newer one, the two are compared: both count all jobs, with the self-employed.
    """
    import pandas as pd

    every = table("projections")
    mine = every.query("soc_code == @code").sort_values("base_year")
    rows = mine.to_dict("records")
    new = rows[-1]
    all_jobs = every.query("soc_code == @ALL").set_index("projection_period")["employment_change_percent"]
    base, target = new["base_employment_thousand_jobs"], new["projected_employment_thousand_jobs"]
    change, period = new["employment_change_percent"], str(new["projection_period"])
    told = (
        f"{explore.upper(explore.noun(code))} in the United States, projection {period}: from {_jobs(base)} jobs in "
        f"{new['base_year']} to {_jobs(target)} in {new['target_year']}, {_change(change)}"
    )
    if code != ALL:
        told += f" (all occupations: {_change(float(all_jobs[period]))})"
    told += "."
    openings = new["openings_annual_average_thousand_jobs"]
    if known(openings):
        told += f" {_openings(float(openings), float(new['employment_change_thousand_jobs']))}"
    if len(rows) > 1:
        earlier = (f"{row['projection_period']}, {_change(row['employment_change_percent'])}" for row in rows[:-1])
        told += f" Earlier editions: {'; '.join(earlier)}."
    bases = {row["base_year"]: row for row in rows}
    for row in rows:
        if later := bases.get(row["target_year"]):
            told += (
                f" Edition {row['projection_period']} expected {_jobs(row['projected_employment_thousand_jobs'])} jobs "
                f"in {row['target_year']}; edition {later['projection_period']} counts "
                f"{_jobs(later['base_employment_thousand_jobs'])}."
            )
    counted = explore.national_jobs(code)
    told += (
        f" OEWS, without the self-employed, counted {explore.count(counted[max(counted)])} jobs in May {max(counted)}."
    )
    group = "all occupations" if code == ALL else explore.noun(code, short=True)
    notes = []
    if known(openings) and new["employment_change_thousand_jobs"] / 10 < openings / 2:
        notes.append("Most openings replace people who leave the occupation; they are no growth.")
    actual = [{"year": year, "soc_code": code, "employment_jobs": many} for year, many in counted.items()]
    editions = explore.listed([str(row["projection_period"]) for row in rows])
    return Answer(
        title=f"What was projected for {group}?",
        about=f"United States, editions {rows[0]['projection_period']} to {period}" if len(rows) > 1 else period,
        sentence=f"{told} Source: BLS Employment Projections; BLS OEWS.",
        source=f"BLS Employment Projections, editions {editions}; BLS OEWS, {explore.span(counted)}",
        kind="fan",
        frame=mine.reset_index(drop=True),
        options={"actual": pd.DataFrame(actual)},
        notes=tuple(notes),
        code=(
            'projections = pd.read_csv(course.labor.file("projections"))\n'
            f'editions = projections.query("soc_code == \'{code}\'").set_index("projection_period")\n'
            f'editions.loc["{period}", "employment_change_percent"]'
        ),
        figure=float(change),
    )


def _jobs(thousand: float) -> str:
    """ "194,800" from 194.8."""
    return explore.count(1000 * float(thousand))


def _change(value: float) -> str:
    """ "7.1 % more", "no change"."""
    if abs(value) < 0.05:
        return "no change"
    return f"{explore.percent(value)} {'more' if value > 0 else 'fewer'}"


def _openings(a_year: float, decade_change: float) -> str:
    """Openings a year, and how many of them are growth. Both in thousands."""
    said = f"About {_jobs(a_year)} openings are expected each year"
    if decade_change > 0:
        return f"{said}; growth makes {_jobs(decade_change / 10)} of them."
    return f"{said}, although jobs do not grow."
