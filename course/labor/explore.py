"""Explorers without a page: a pick -> what else can be picked, the frame to draw, the sentence. No widgets here.

    wages = explore.get("wages")
    pick, moved = wages.settle({"occupation": "29-2072", "place": "OH", "year": "2025", "adjustment": "paid"})
    wages.choices(pick)["year"]      # only years that exist for this occupation and place
    wages.answer(pick).sentence      # complete by itself: what, where, when, which dollars, from whom

A pick is a mapping of field to key, all of it text. What cannot be picked is moved to the nearest that can, and
`moved` says so in sentences. An occupation coder went through three series (see series_breaks.csv): they are three
entries here, and no figure joins them.
"""

from __future__ import annotations

import difflib
import importlib
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course.labor.measures import per_1000
from course.labor.tables import remembered, table

if TYPE_CHECKING:
    import pandas as pd

#: The place that is no state.
NATION = "US"
#: SOC code of all occupations together, the yardstick.
ALL = "00-0000"

#: field -> key
Pick = dict[str, str]
#: (label, key) of what can be chosen in a field, in the order of the list.
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """What an explorer shows of one pick. `kind`, `frame` and `options` are those of ``plots.draw``; `code` is the
    pandas that gives `figure`, the figure the sentence turns on (None: it is not published)."""

    title: str
    about: str
    sentence: str
    source: str
    kind: str
    frame: pd.DataFrame
    options: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    code: str = ""
    figure: float | None = None


@dataclass(frozen=True)
class Explorer:
    """One explorer: its words, its fields, and its pure functions."""

    name: str
    title: str
    intro: str
    #: field -> label of its drop-down
    fields: Mapping[str, str]
    start: Callable[[], Pick]
    #: (wish, fields that were just chosen) -> (possible pick, sentences about what had to move)
    settle: Callable[[Mapping[str, str], Collection[str]], tuple[Pick, list[str]]]
    choices: Callable[[Mapping[str, str]], dict[str, Choices]]
    answer: Callable[[Mapping[str, str]], Answer]
    #: What one may also call a field.
    also: Mapping[str, str]
    #: field -> every key it may ever have, with its label (for the words of a preset)
    every: Callable[[], dict[str, Choices]]


#: Name -> module with ``EXPLORER``.
_MODULES = {"employment": "course.labor.explore_employment", "wages": "course.labor.explore_wages"}


def names() -> tuple[str, ...]:
    """All explorers."""
    return tuple(_MODULES)


def get(name: str) -> Explorer:
    """An explorer by its name. KeyError when there is none."""
    found: Explorer = importlib.import_module(_MODULES[name]).EXPLORER
    return found


def nearest(name: str) -> str:
    """The explorer most like a name, or ""."""
    return next(iter(difflib.get_close_matches(name, names(), n=1, cutoff=0.5)), "")


# -- presets: what a notebook asks for


def opening(explorer: Explorer, asked: Mapping[str, object]) -> tuple[Pick, list[str]]:
    """(pick to open with, sentences about what was not understood or could not be). What was not asked for adapts
    without a word: nobody saw it change."""
    wish, given, told = preset(explorer, asked)
    pick, _ = explorer.settle(wish, given)
    wish |= {name: pick[name] for name in explorer.fields if name not in given}
    pick, moved = explorer.settle(wish, given)
    return pick, told + moved


def preset(explorer: Explorer, asked: Mapping[str, object]) -> tuple[Pick, frozenset[str], list[str]]:
    """(wish, fields that were asked for, sentences about what was not understood), from the words of a notebook.

    A state may be "OH" or "Ohio", an occupation its code or its name, a year a number or text.
    """
    wish, given, told = explorer.start(), set(), []
    every = explorer.every()
    for word, value in asked.items():
        name = explorer.also.get(word, word)
        if name not in explorer.fields:
            near = difflib.get_close_matches(word, [*explorer.fields, *explorer.also], n=1, cutoff=0.5)
            hint = f" Did you mean \u201c{near[0]}\u201d?" if near else ""
            told.append(f"There is nothing to choose called \u201c{word[:40]}\u201d.{hint} {_fields(explorer)}")
            continue
        key, near_label = _key(every[name], value)
        if key is None:
            now = dict((k, label) for label, k in every[name])[wish[name]]
            hint = f" Did you mean {near_label}?" if near_label else ""
            told.append(
                f"{explorer.fields[name]}: \u201c{str(value)[:40]}\u201d is not in the data.{hint} It shows {now}."
            )
            continue
        wish[name] = key
        given.add(name)
    return wish, frozenset(given), told


def _fields(explorer: Explorer) -> str:
    names = [
        " or ".join([one, *(word for word, field in explorer.also.items() if field == one)]) for one in explorer.fields
    ]
    return f"There are: {', '.join(names)}."


def _key(options: Choices, value: object) -> tuple[str | None, str]:
    """The key that a word means, or (None, the label it comes closest to)."""
    wanted = " ".join(str(value).split()).casefold()
    folded: dict[str, tuple[str, str]] = {}
    for label, key in options:
        for name in (label, plain(label), key):
            folded.setdefault(name.casefold(), (key, label))
    if wanted in folded:
        return folded[wanted][0], ""
    near = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.6) if wanted else []
    return None, folded[near[0]][1] if near else ""


# -- the tables, read once


@remembered
def occupations() -> dict[str, dict[str, str]]:
    """SOC code -> {"name", "short_name", "relation_to_coding"}, in the order of the table."""
    return {
        str(row["soc_code"]): {str(k): str(v) for k, v in row.items()}
        for row in table("occupations").to_dict("records")
    }


@remembered
def states() -> dict[str, str]:
    """Postal code -> name of the 50 states and DC, by name."""
    frame = table("states").sort_values("state_name")
    return dict(zip(frame["state_abbr"], frame["state_name"], strict=True))


@remembered
def records() -> dict[tuple[str, str, int], dict[str, Any]]:
    """OEWS rows by (SOC code, place, year): the nation, the states and DC. A figure that is not published is NaN."""
    found = {(r["soc_code"], NATION, int(r["year"])): r for r in table("wages_national").to_dict("records")}
    for row in table("wages_states").to_dict("records"):
        if row["state_abbr"] in states():  # the territories have a mean wage and nothing else
            found[row["soc_code"], row["state_abbr"], int(row["year"])] = row
    return {(str(code), str(place), year): dict(row) for (code, place, year), row in found.items()}


@remembered
def jobs(code: str, year: int) -> dict[str, tuple[float, float]]:
    """State -> (jobs of an occupation, jobs per 1,000 jobs of the state); only where both are published."""
    found = {}
    for (soc, place, when), row in records().items():
        if soc == code and when == year and place != NATION:
            many, total = row["employment_jobs"], row["state_total_employment_jobs"]
            if known(many) and known(total):
                found[place] = (float(many), per_1000(float(many), float(total)))
    return found


@remembered
def national_jobs(code: str) -> dict[int, int]:
    """Year -> jobs in the nation."""
    found = {
        year: int(row["employment_jobs"])
        for (soc, place, year), row in records().items()
        if (soc, place) == (code, NATION) and known(row["employment_jobs"])
    }
    return dict(sorted(found.items()))


# -- words


def known(value: object) -> bool:
    """Whether a figure is published."""
    return isinstance(value, (int, float)) and not math.isnan(value)


def plain(name: str) -> str:
    """An occupation's name without its years: "Medical records specialists (from May 2021)"."""
    return name.split(" (")[0]


def noun(code: str, short: bool = False) -> str:
    """An occupation within a sentence: "medical records specialists"; `short` is for titles and labels."""
    if code == ALL:
        return "workers in all occupations"
    one = occupations()[code]
    words = one["short_name"] if short and one["relation_to_coding"] != "coder" else plain(one["name"])
    return lower(words)


def lower(words: str) -> str:
    """With a small letter at its start."""
    return words[:1].lower() + words[1:]


def upper(words: str) -> str:
    """With a capital letter at its start."""
    return words[:1].upper() + words[1:]


def name_of(place: str) -> str:
    """A place as a name: "Ohio", "United States"."""
    return "United States" if place == NATION else states()[place]


def the(place: str) -> str:
    """A place within a sentence: "Ohio", "the United States"."""
    return f"the {name_of(place)}" if place in (NATION, "DC") else name_of(place)


def percent(value: float) -> str:
    """ "7.1 %": one decimal below a hundred. The sign is left to the words around it."""
    size = abs(value)
    return f"{size:.0f}\u00a0%" if round(size, 1) >= 100 else f"{size:.1f}\u00a0%"


def count(jobs_counted: float) -> str:
    """ "194,720", "155.5 million"."""
    return f"{jobs_counted / 1e6:,.1f} million" if jobs_counted >= 1e7 else f"{jobs_counted:,.0f}"


def against(mine: float, other: float, words: tuple[str, str] = ("higher", "lower")) -> str:
    """ "3.1 % lower": how much `mine` lies above or below `other`."""
    change = 100 * (mine / other - 1)
    if abs(change) < 0.05:
        return "about the same"
    return f"{percent(change)} {words[0] if change > 0 else words[1]}"


def listed(parts: Collection[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    some = list(parts)
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}"


def span(years: Collection[int]) -> str:
    """ "May 2018", "May 2021 to May 2025"."""
    first, last = min(years), max(years)
    return f"May {first}" if first == last else f"May {first} to May {last}"
