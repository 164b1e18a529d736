"""What an exam is made of: ``data/exams/<exam>.yaml``, each figure with its source, its date and what it is worth.

    names()                      ("CPC", "CCA", "CCS", "CIC")
    blueprint = load("cpc")      BankError (file, line, what to do) when the file is faulty; UnknownExam for no exam
    blueprint.items, .scored, .minutes                    100, 100, 240
    blueprint.passing.value, .passing.unit                70, "percent"; 300, "scaled" where the body scales
    blueprint.pass_share                                  0.7; None where the pass line is on a scale nobody publishes
    blueprint.domains            each name once, with all its items: .name, .count, .unscored, .scored, .lessons, …
    blueprint.cells              what assembly fills: a domain, or the scenarios inside one, with kinds of their own
    blueprint.names_item("Anatomy")                       "CPC: Anatomy", as items and domains.csv write it

A figure that a source gives has ``source``, ``url``, ``as_of`` and ``trust``. What no source gives is the course's own
assumption: ``assumption: true`` and a note. Whoever shows a figure shows that, too (``figure.words``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from course.bootstrap.errors import UserError
from course.questions.base import Line, Strict
from course.questions.problems import did_you_mean

#: In the order in which they are named.
NAMES = ("CPC", "CCA", "CCS", "CIC")

Count = Annotated[int, Field(ge=0, le=500)]


class UnknownExam(UserError):
    """No exam of that name. ``str()`` is a sentence."""


class Sourced(Strict):
    """Something that a source says, or that the course assumes."""

    source: Line | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    as_of: Line | None = Field(None, description="Date or year of the source; 'undated' where its copy has none.")
    trust: Literal["A", "B", "C"] | None = Field(
        None, description="A issuing body, B careful third party, C weak or old."
    )
    confirmed: bool = Field(description="Whether a page of the issuing body, or two careful ones, say so.")
    assumption: bool = Field(False, description="No source gives it: the course's own choice.")
    note: Line | None = None

    @property
    def words(self) -> str:
        """Where it is from, for a line of small print."""
        if self.assumption:
            return f"The course's own assumption: {self.note}"
        told = f"{self.source}, {self.as_of}"
        return told if self.confirmed else f"{told}; not confirmed"


def _number(value: Any) -> Any:
    """Digits as a number: YAML gives every scalar as text."""
    return int(value) if isinstance(value, str) and value.strip().isdecimal() and len(value) < 9 else value


class Figure(Sourced):
    """One fact of an exam. ``value``: a number or words."""

    value: Annotated[int | Line, BeforeValidator(_number)]
    unit: Line | None = None


class Figures(Strict):
    """The facts every blueprint states."""

    items: Figure
    scored: Figure
    minutes: Figure
    passing: Figure
    kinds: Figure
    delivery: Figure
    navigation: Figure
    books: Figure
    aids: Figure


class Scenarios(Sourced):
    """Items inside a domain that are drawn by themselves: whole records, with codes to enter."""

    name: Line
    count: Annotated[int, Field(ge=1, le=100)]
    kinds: Annotated[tuple[Line, ...], Field(min_length=1)]
    tag: Line = Field(description="The tag that an item of this sort carries.")


class Domain(Sourced):
    """A domain and how many items of a full exam are from it, unscored and scenarios included."""

    name: Line
    count: Annotated[int, Field(ge=1, le=500)]
    unscored: Count = 0
    percent: tuple[int, int] | None = Field(
        None, description="The published share of the scored items, lowest and highest."
    )
    kinds: tuple[Line, ...] = Field((), description="Kinds of questions; without them those of the exam.")
    group: Literal["items", "cases"] = "items"
    lessons: Annotated[tuple[Line, ...], Field(min_length=1)]
    lacks: Line | None = Field(None, description="What the course's questions of this domain do not ask yet.")
    scenarios: tuple[Scenarios, ...] = ()

    @property
    def scored(self) -> int:
        """Items that count."""
        return self.count - self.unscored


@dataclass(frozen=True, slots=True)
class Cell:
    """What assembly fills: ``count`` items of a domain (``unscored`` of them do not count) of some kinds; with a
    ``tag``, items that carry it. ``cases``: stands at the end of the exam; ``confirmed``: the count is."""

    domain: str
    item_domain: str
    label: str
    count: int
    unscored: int
    kinds: tuple[str, ...]
    tag: str
    cases: bool
    confirmed: bool


class Blueprint(Strict):
    """One exam."""

    exam: Literal["CPC", "CCA", "CCS", "CIC"]
    title: Line
    body: Line
    figures: Figures
    kinds: Annotated[tuple[Line, ...], Field(min_length=1)]
    least_difficulty: Annotated[int, Field(ge=1, le=3)] = 2
    books_change: Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")] = Field(
        "01-01", description="Month and day on which the exam turns to the code books of the year."
    )
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _all_rules(self) -> Blueprint:
        from course.exams import blueprint_rules

        faults = list(blueprint_rules.faults(self))
        if faults:
            summary = "; ".join(fault.message for fault in faults)
            raise PydanticCustomError("faults", "{summary}", {"summary": summary, "faults": faults})
        return self

    @property
    def items(self) -> int:
        """Items of a full exam."""
        return int(self.figures.items.value)

    @property
    def scored(self) -> int:
        """Items of a full exam that count."""
        return int(self.figures.scored.value)

    @property
    def minutes(self) -> int:
        """Minutes of a full exam."""
        return int(self.figures.minutes.value)

    @property
    def passing(self) -> Figure:
        """The pass line."""
        return self.figures.passing

    @property
    def pass_share(self) -> float | None:
        """The pass line as a share of the scored items; None where it is on a scale that is not public."""
        return int(self.passing.value) / 100 if self.passing.unit == "percent" else None

    def names_item(self, domain: str) -> str:
        """A domain as items name it."""
        return f"{self.exam}: {domain}"

    def domain(self, name: str) -> Domain:
        """The domain of a name, with or without the exam in front. Raises KeyError."""
        bare = name.removeprefix(f"{self.exam}: ")
        return next(one for one in self.domains if one.name == bare)

    @functools.cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What assembly fills, in the order of the domains."""
        return tuple(self._cells())

    def _cells(self) -> Iterator[Cell]:
        for one in self.domains:
            apart = sum(scenario.count for scenario in one.scenarios)
            kinds, named = one.kinds or self.kinds, self.names_item(one.name)
            if one.count > apart:
                yield Cell(
                    one.name, named, one.name, one.count - apart, one.unscored, kinds, "",
                    one.group == "cases", one.confirmed,
                )  # fmt: skip
            for scenario in one.scenarios:
                label = f"{one.name}: {scenario.name}"
                yield Cell(
                    one.name, named, label, scenario.count, 0, scenario.kinds, scenario.tag, True, scenario.confirmed
                )


def names() -> tuple[str, ...]:
    """The exams there are."""
    return NAMES


def known(name: Any) -> str:
    """ "CPC" for "cpc" and the like. Raises UnknownExam with a sentence."""
    given = str(name).strip()
    if given.upper() in NAMES:
        return given.upper()
    near = did_you_mean(given, NAMES)
    raise UnknownExam(f"There is no exam {given!r} in this course.", near or f"There are: {', '.join(NAMES)}.")


def load(name: str, folder: Path | None = None) -> Blueprint:
    """The blueprint of an exam; read again when its file changes. Raises UnknownExam, or BankError for a faulty
    file."""
    from course.exams import blueprint_file

    return blueprint_file.read(known(name), folder)
