"""What the career calculator knows before the learner says anything: costs of four exams, wages of each state.

Costs stand in ``data/exams/costs.csv``, one row for each figure a source gives. Where sources disagree the range runs
from the lowest to the highest of the rows with ``used`` = yes. The source "assumption" marks what nobody publishes.
Wages are percentiles of medical records specialists (BLS OEWS), the newest with percentiles: the nation or May 2023.
"""

from __future__ import annotations

import csv
from typing import NamedTuple

from course import paths
from course.labor.tables import SPECIALISTS, remembered, table

#: What is measured against the first wage in coding when nobody has said what they earn: the median at a front desk.
#: A lower wage would flatter the exam.
COMPARED = "43-6013"
#: Exam -> who gives it.
BODIES = {"CPC": "AAPC", "CCS": "AHIMA", "CCA": "AHIMA", "CIC": "AAPC"}
#: How the exam may be bought: by AAPC in one or two sittings, by AHIMA for members or others. First = default.
CHOICES = {"AAPC": ("one", "two"), "AHIMA": ("non-member", "member")}
ASSUMPTION = "assumption"
#: States without an income tax on wages (New Hampshire and Washington tax other income).
NO_TAX_ON_WAGES = frozenset({"AK", "FL", "NV", "NH", "SD", "TN", "TX", "WA", "WY"})
#: The fields of Wages that are dollars.
PERCENTILES = ("p10", "median", "beside", "beside_median")


class Cost(NamedTuple):
    """A row of costs.csv. ``low`` and ``high`` in ``unit``; ``choice`` "" stands for all ways of buying."""

    exam: str
    item: str
    choice: str
    low: float
    high: float
    unit: str
    as_of: str
    used: bool
    source: str
    note: str


class Figure(NamedTuple):
    """A range with its unit and where it is from ("assumption", or sources with their dates), and a remark."""

    low: float
    high: float
    unit: str
    source: str
    note: str


class Wages(NamedTuple):
    """Percentiles that the calculator uses, in dollars a year, of May of ``year``: of specialists, and of those beside
    them (10th and 50th)."""

    state: str
    name: str
    year: int
    p10: float
    median: float
    beside: float
    beside_median: float


@remembered
def costs() -> tuple[Cost, ...]:
    """All rows of ``data/exams/costs.csv``."""
    with (paths.data_dir() / "exams" / "costs.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Cost(
                *(row["exam"], row["item"], row["choice"], float(row["low"]), float(row["high"]), row["unit"]),
                *(row["as_of"], row["used"] == "yes", row["source"], row["note"]),
            )
            for row in csv.DictReader(lines)
        )


def figure(item: str, exam: str, choice: str) -> Figure:
    """The range of one item for an exam bought in one way. KeyError when costs.csv has no row for it."""
    found = [row for row in costs() if row.item == item and row.used and row.choice in ("", choice)]
    found = [row for row in found if row.exam == exam] or [row for row in found if row.exam == "all"]
    if not found:
        raise KeyError(f"costs.csv has no {item} for {exam}, {choice}")
    by_figure: dict[str, list[str]] = {}
    for row in found:
        by_figure.setdefault(_told(row), []).append(f"{row.source} ({row.as_of})")
    said = [f"{figures}: {', '.join(sources)}" for figures, sources in by_figure.items()]
    return Figure(
        min(row.low for row in found),
        max(row.high for row in found),
        found[0].unit,
        ASSUMPTION if all(row.source == ASSUMPTION for row in found) else "; ".join(said),
        "; ".join(dict.fromkeys(row.note for row in found)),
    )


def item(name: str, state: str) -> str:
    """The item of costs.csv that holds for a state: taxes are lower where wages are not taxed by the state."""
    return "tax_no_state" if name == "tax" and state in NO_TAX_ON_WAGES else name


def experience(exam: str) -> str:
    """What the body says about experience, in a sentence or two for the reader."""
    return next(row.note for row in costs() if (row.exam, row.item) == (exam, "experience"))


def _told(row: Cost) -> str:
    return f"{row.low:,g}" if row.low == row.high else f"{row.low:,g} to {row.high:,g}"


@remembered
def states() -> dict[str, Wages]:
    """The nation ("US", its newest year) and each state whose percentiles are published (May 2023), by name."""
    national = table("wages_national").assign(state_abbr="US", state_name="United States")
    national = national[national["year"] == national.loc[national["soc_code"] == SPECIALISTS, "year"].max()]
    keys, columns = ["year", "state_abbr", "state_name"], ["annual_p10_wage_usd", "annual_median_wage_usd"]
    near = dict(zip(columns, PERCENTILES[2:], strict=True))
    found: dict[str, Wages] = {}
    for frame in (national, table("wages_states")):
        coders = frame[frame["soc_code"] == SPECIALISTS].dropna(subset=columns)
        beside = frame[frame["soc_code"] == COMPARED].rename(columns=near)[["year", "state_abbr", *near.values()]]
        both = coders.merge(beside, on=["year", "state_abbr"], validate="one_to_one").dropna(subset=[*near.values()])
        for row in both.sort_values(["state_name", "year"]).itertuples(index=False):
            year, state, name = (getattr(row, key) for key in keys)
            wages = (float(getattr(row, column)) for column in (*columns, *near.values()))
            found[state] = Wages(state, name, int(year), *wages)
    return found
