"""What was answered wrong: which units, how often, when last, and whether it was put right since.

missed = error_log(store.attempts(), {unit.id: unit for unit in units(now)})
select(missed, lesson="04", mended=False)
redraw(missed[0], now)      id of a drawn exercise for the same skill, or None
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from course.learner.cards import draw, unit_of
from course.learner.memory import EASY, GOOD, HARD
from course.learner.records import origin
from course.paths import data_dir

if TYPE_CHECKING:
    from course.learner.records import Attempt


class Described(Protocol):
    """What the log needs of a question or unit: both ``ItemBase`` and ``Unit`` have it."""

    @property
    def title(self) -> str: ...
    @property
    def lesson(self) -> str: ...
    @property
    def objective(self) -> str: ...
    @property
    def domains(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Missed:
    """A unit that was missed. ``question_id``: the very question that was missed last (of drawn exercises one draw).
    ``kind``: of the question, as in its attempt. ``times_missed``: wrong and partly right answers. ``last_missed`` in
    UTC; ``last_outcome``: of the latest answer; ``mended``: that one is right, with the solution not seen.
    ``generator``: name and level of drawn exercises for the same skill, or None."""

    id: str
    question_id: str
    title: str
    lesson: str
    domains: tuple[str, ...]
    objective: str
    kind: str
    times_missed: int
    last_missed: dt.datetime
    last_outcome: str
    mended: bool
    generator: tuple[str, int] | None


def error_log(attempts: Iterable[Attempt], items: Mapping[str, Described]) -> list[Missed]:
    """Every unit that was missed, the latest first. ``items``: unit or question id -> what it is; an answer to a
    question that is not among them (it no longer exists) is left out."""
    tries: dict[str, list[Attempt]] = defaultdict(list)
    for one in sorted(attempts, key=lambda one: (one.at, one.uid)):
        tries[unit_of(one.question_id)].append(one)
    found = []
    for unit_id, answers in tries.items():
        wrong = [one for one in answers if not _right(one)]
        item = items.get(unit_id) or (items.get(wrong[-1].question_id) if wrong else None)
        if wrong and item is not None:
            found.append(_missed(unit_id, item, answers, wrong))
    return sorted(found, key=lambda one: (one.last_missed, one.id), reverse=True)


def _right(attempt: Attempt) -> bool:
    """A right answer, or a flash card that was known, also one that was hard (early logs keep those as "partly")."""
    if attempt.kind == "flashcard" and isinstance(attempt.response, dict):
        return attempt.response.get("rating") in (HARD, GOOD, EASY) or attempt.outcome == "correct"
    return attempt.outcome == "correct"


def _missed(unit_id: str, item: Described, answers: list[Attempt], wrong: list[Attempt]) -> Missed:
    last = answers[-1]
    return Missed(
        id=unit_id,
        question_id=wrong[-1].question_id,
        title=item.title,
        lesson=item.lesson,
        domains=tuple(item.domains) or wrong[-1].domains,
        objective=item.objective,
        kind=wrong[-1].kind,
        times_missed=len(wrong),
        last_missed=wrong[-1].at,
        last_outcome=last.outcome,
        mended=_right(last) and not last.solution_seen,
        generator=generator_for(unit_id, item),
    )


def select(
    missed: Iterable[Missed],
    *,
    lesson: str | None = None,
    domain: str | None = None,
    kind: str | None = None,
    mended: bool | None = None,
) -> list[Missed]:
    """Those that fit all that is named, in their order."""
    return [
        one
        for one in missed
        if (lesson is None or one.lesson == lesson)
        and (domain is None or domain in one.domains)
        and (kind is None or one.kind == kind)
        and (mended is None or one.mended is mended)
    ]


def generator_for(unit_id: str, item: Described) -> tuple[str, int] | None:
    """Name and level of the generator that draws the same skill; None where there is none.

    A drawn exercise has its own. For a question of the bank ``data/flashcards/redraw.csv`` says it, objective by
    objective: no guess from words that sound alike. The level is the difficulty of the question.
    """
    from course.questions.generators import GENERATORS

    name, level, _ = origin(f"{unit_id}/0")
    if name is None:
        name, level = _table().get((item.lesson, item.objective)), getattr(item, "difficulty", 1)
    generator = GENERATORS.get(name or "")
    if generator is None or level is None:
        return None
    return generator.name, min(generator.levels, key=lambda one: (abs(one - level), one))


def redraw(missed: Missed, now: dt.datetime, met: Container[str] = ()) -> str | None:
    """Id of a fresh drawn exercise for the same skill (not one of ``met``), or None."""
    if missed.generator is None:
        return None
    name, level = missed.generator
    return draw(f"gen/{name}/{level}", now, met)


@cache
def _table() -> dict[tuple[str, str], str]:
    """(lesson, objective) -> generator; empty where the file cannot be read."""
    try:
        with (data_dir() / "flashcards" / "redraw.csv").open(encoding="utf-8-sig", newline="") as lines:
            return {(row["lesson"], row["objective"]): row["generator"] for row in csv.DictReader(lines)}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError):
        return {}
