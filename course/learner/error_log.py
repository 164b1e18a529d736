"""What was answered wrong: which units, how often, when last, and whether it was put right since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

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
    ``last_missed`` in UTC; ``last_outcome``: of the latest answer; ``mended``: right since, without the solution.
    ``generator``: (name, level) of drawn exercises for the same skill, or None."""

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
    question that no longer exists is left out."""
    raise NotImplementedError


def select(
    missed: Iterable[Missed],
    *,
    lesson: str | None = None,
    domain: str | None = None,
    kind: str | None = None,
    mended: bool | None = None,
) -> list[Missed]:
    """Those that fit all that is named, in their order."""
    raise NotImplementedError
