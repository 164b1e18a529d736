"""The second view of the employment explorer: jobs per 1,000 jobs of each state, with the rank of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.labor import explore
from course.labor.explore import ALL, NATION, Answer, known
from course.labor.tables import remembered

#: What is newer than the states of this course.
NEWER = "BLS has published newer state tables (bls.gov/oes), which are not in this course yet."
#: The sentence on what OEWS counts.
COUNTED = "OEWS counts wage and salary jobs, certified or not, and leaves out the self-employed."


@remembered
def newest() -> int:
    """The newest year with jobs by state and the totals of the states."""
    return max(year for (_, place, year), row in explore.records().items() if place != NATION and _counted(row))


def _counted(row: Mapping[str, Any]) -> bool:
    return known(row["employment_jobs"]) and known(row.get("state_total_employment_jobs"))


def by_state(code: str, place: str) -> Answer:
    """Jobs per 1,000 jobs of each state, with the rank of one."""
    import pandas as pd

    year = newest()
    found = explore.jobs(code, year)
    frame = pd.DataFrame({"state_abbr": list(explore.states())}).assign(
        per_1000=lambda one: one["state_abbr"].map({state: rate for state, (_, rate) in found.items()})
    )
    nation = 1000 * explore.national_jobs(code)[year] / explore.national_jobs(ALL)[year]
    missing = [name for state, name in explore.states().items() if state not in found]
    group = explore.noun(code)
    figure: float | None = nation
    if place == NATION:
        told = f"{explore.upper(group)}, May {year}: {nation:.2f} of 1,000 jobs in the United States"
    elif place in found:
        many, figure = found[place]
        rank = 1 + sum(rate > figure for _, rate in found.values())
        told = (
            f"{explore.upper(group)} in {explore.the(place)}, May {year}: {many:,.0f} jobs, {figure:.2f} of 1,000 jobs "
            f"there. That is rank {rank} of {len(found)}. The nation has {nation:.2f}, so the share in "
            f"{explore.the(place)} is {explore.against(figure, nation)}"
        )
    else:
        figure = None
        told = (
            f"{explore.upper(group)} in {explore.the(place)}, May {year}: BLS did not publish their number. "
            f"The nation has {nation:.2f} of 1,000 jobs"
        )
    sentence = f"{told}. {_ends(found)} Source: BLS OEWS."
    notes = ["Rank 1 has most of these jobs per 1,000. DC counts as a state.", COUNTED]
    notes.append(f"Figures by state are of May {year}. {NEWER}")
    if missing:
        notes.insert(0, f"Not published: {explore.listed(missing)}.")
    if place == NATION:
        notes.insert(0, "Choose a state to see its rank.")
    return Answer(
        title=f"Where are {explore.noun(code, short=True)} a larger part of all jobs?",
        about=f"Jobs per 1,000 jobs of the state, May {year}",
        sentence=sentence,
        source=f"BLS OEWS, May {year}; jobs of the occupation divided by all jobs of the state",
        kind="tile-map",
        frame=frame,
        options={
            **{"state": "state_abbr", "value": "per_1000", "unit": "jobs per 1,000", "decimals": 2},
            "mark": (place,) if place != NATION else (),
        },
        notes=tuple(notes),
        code=_state_code(code, place, year),
        figure=figure,
    )


def _ends(found: Mapping[str, tuple[float, float]]) -> str:
    """The states with most and with fewest."""
    order = sorted(found, key=lambda state: (-found[state][1], state))
    most, least = order[0], order[-1]
    return (
        f"Most: {explore.name_of(most)}, {found[most][1]:.2f}; fewest: {explore.name_of(least)}, {found[least][1]:.2f}."
    )


def _state_code(code: str, place: str, year: int) -> str:
    """The pandas that gives the jobs per 1,000; its last line is the figure."""
    if place == NATION:
        return (
            'wages = pd.read_csv(course.labor.file("wages_national"))\n'
            f'jobs = wages.query("year == {year}").set_index("soc_code")["employment_jobs"]\n'
            f'1000 * jobs["{code}"] / jobs["{ALL}"]'
        )
    return (
        'wages = pd.read_csv(course.labor.file("wages_states"))\n'
        f"row = wages.query(\"soc_code == '{code}' and state_abbr == '{place}' and year == {year}\").iloc[0]\n"
        '1000 * row["employment_jobs"] / row["state_total_employment_jobs"]'
    )
