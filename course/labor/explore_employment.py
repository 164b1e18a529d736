"""The employment explorer: occupation and view -> jobs over the years, jobs by state, or what was projected.

Three views: ``jobs`` (the nation, OEWS, each May), ``states`` (jobs per 1,000 jobs of a state, May 2023, with the rank
of a state) and ``projection`` (the editions of the Employment Projections for this occupation, in thousands of jobs).
The three series that coders went through are shown side by side and never joined.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from course.labor import explore, explore_states
from course.labor.explore import ALL, NATION, Answer, Choices, Explorer, Pick
from course.labor.explore_projection import projection
from course.labor.tables import SPECIALISTS, remembered

FIELDS = {"occupation": "Occupation", "view": "Show", "place": "Place"}
VIEWS = {
    "jobs": "Jobs over the years (nation)",
    "states": "Jobs per 1,000, state by state",
    "projection": "Projections, edition by edition (nation)",
}


@remembered
def _places(code: str) -> tuple[str, ...]:
    """The nation, and the states that have a row for this occupation (its number may still be unpublished)."""
    year = explore_states.newest()
    if not explore.jobs(code, year):
        return (NATION,)
    return (NATION, *(state for state in explore.states() if (code, state, year) in explore.records()))


def start() -> Pick:
    """What it opens with: medical records specialists in the nation, over the years."""
    return {"occupation": SPECIALISTS, "view": "jobs", "place": NATION}


def every() -> dict[str, Choices]:
    """All keys of each field."""
    return {
        "occupation": tuple((one["name"], code) for code, one in explore.occupations().items()),
        "view": tuple((text, key) for key, text in VIEWS.items()),
        "place": ((explore.name_of(NATION), NATION), *((name, code) for code, name in explore.states().items())),
    }


def choices(pick: Mapping[str, str]) -> dict[str, Choices]:
    """What can be picked in each field. A state can be picked in any view: it opens the view of the states."""
    places = _places(pick["occupation"])
    return {
        "occupation": every()["occupation"],
        "view": tuple((text, key) for key, text in VIEWS.items() if key != "states" or len(places) > 1),
        "place": tuple((explore.name_of(one), one) for one in places),
    }


def settle(wish: Mapping[str, str], given: Collection[str] = ()) -> tuple[Pick, list[str]]:
    """The possible pick nearest to a wish. A state asks for the view of the states, unless a view was asked for.

    `wish` may carry ``kept``, the state that was chosen last: whoever comes back to the states finds it chosen.
    """
    code, view, place = (wish[name] for name in FIELDS)
    moved = []
    if view == "states" and place == NATION and "view" in given and wish.get("kept") in _places(code):
        place = str(wish["kept"])
    group = explore.noun(code)
    if place not in _places(code):
        why = "by state" if len(_places(code)) == 1 else f"in {explore.the(place)}"
        moved.append(f"Jobs {why} are not in the data for {group}. The place is now the United States.")
        place = NATION
    if view == "states" and len(_places(code)) == 1:
        if not moved:
            moved.append(f"Jobs by state are not in the data for {group}.")
        moved.append("The view is now jobs over the years.")
        view = "jobs"
    if view != "states" and place != NATION:
        if "place" in given and "view" not in given:
            moved.append("For a state there is one view, jobs per 1,000. It is open now.")
            view = "states"
        else:
            moved.append("This view is of the nation. The place is now the United States.")
            place = NATION
    return {"occupation": code, "view": view, "place": place}, moved


def answer(pick: Mapping[str, str]) -> Answer:
    """Chart and sentence of a pick, which must be possible."""
    code = pick["occupation"]
    if pick["view"] == "states":
        return explore_states.by_state(code, pick["place"])
    return projection(code) if pick["view"] == "projection" else over_years(code)


# -- jobs over the years


def over_years(code: str) -> Answer:
    """Jobs of each May. With a series of coders the other two are drawn beside it, each a line of its own."""
    import pandas as pd

    coder = explore.occupations()[code]["relation_to_coding"] == "coder"
    shown = [c for c, one in explore.occupations().items() if one["relation_to_coding"] == "coder"] if coder else [code]
    unit, scale = ("million jobs", 1e6) if code == ALL else ("jobs", 1)
    rows = [
        {"year": year, "group": _line(one), "soc_code": one, "jobs": many / scale}
        for one in shown
        for year, many in explore.national_jobs(one).items()
    ]
    frame = pd.DataFrame(rows)
    mine = explore.national_jobs(code)
    first, last = min(mine), max(mine)
    told, figure = f"{explore.count(mine[last])} jobs in May {last}", float(mine[last])
    lines = [
        'wages = pd.read_csv(course.labor.file("wages_national"))',
        f'jobs = wages.query("soc_code == \'{code}\'").set_index("year")["employment_jobs"]',
    ]
    if first == last:
        told += ", the only May of this group in the data"
        lines.append(f"jobs[{last}]")
    else:
        figure = 100 * (mine[last] / mine[first] - 1)
        change = explore.against(mine[last], mine[first], ("more", "fewer"))
        told = f"{explore.count(mine[first])} jobs in May {first} and {told}, {_many(change)}"
        lines.append(f"100 * (jobs[{last}] / jobs[{first}] - 1)")
        if code != ALL:
            every_job = explore.national_jobs(ALL)
            told += f" (all occupations: {explore.against(every_job[last], every_job[first], ('more', 'fewer'))})"
    notes = [explore_states.COUNTED]
    sentence = f"{explore.upper(explore.noun(code))} in the United States: {told}."
    if coder:
        sentence += " " + _series(code)
        notes.append("The three groups are not the same jobs, so no line joins them.")
    years = {int(year) for year in frame["year"]}
    return Answer(
        title=f"How many jobs are there for {explore.noun(code, short=True)}?"
        if code != ALL
        else "How many jobs are there in all occupations?",
        about=f"United States, {explore.span(years)}",
        sentence=f"{sentence} Source: BLS OEWS.",
        source=f"BLS OEWS, {explore.span(years)}",
        kind="lines",
        frame=frame,
        options={
            **{"x": "year", "y": "jobs", "series": "group", "unit": unit, "zero": True},
            **{"decimals": 1 if code == ALL else 0, "mark": (_line(code),)},
        },
        notes=tuple(notes),
        code="\n".join(lines),
        figure=figure,
    )


def _many(change: str) -> str:
    """ "about the same" needs no number."""
    return change if change[0].isdigit() else "about as many"


def _line(code: str) -> str:
    """The name at the end of a line."""
    return explore.upper(explore.occupations()[code]["short_name"]) if code != ALL else "All occupations"


def _series(code: str) -> str:
    """Which groups held the coders when this one did not."""
    others = [
        f"{one} ({explore.span(explore.national_jobs(one))})"
        for one, row in explore.occupations().items()
        if row["relation_to_coding"] == "coder" and one != code
    ]
    return f"In the other years coders were counted in other groups, {explore.listed(others)}: not comparable."


EXPLORER = Explorer(
    name="employment",
    title="Explore jobs",
    intro="Change a field, and the sentence and the chart below it follow at once. Choose a state to see its rank.",
    fields=FIELDS,
    start=start,
    settle=settle,
    choices=choices,
    answer=answer,
    also={"state": "place", "show": "view"},
    every=every,
)
