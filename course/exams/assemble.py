"""A form: the items of one exam, drawn from the bank by blueprint.

    form(load("CPC"), seed=7)                            a full exam
    form(load("CPC"), seed=7, part=0.25, seen=seen)      a quarter; items not met yet first, then those met longest ago

The same seed, bank and ``seen`` give the same form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.exams.pool import Pool

#: Parts of an exam that can be drawn.
PARTS = (1.0, 0.5, 0.25, 0.1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a form. ``version``: ``content_version`` of the item when it was drawn; ``domain``: name in the
    blueprint ("Anatomy"); ``scored``: False for items that are only tried out."""

    id: str
    version: str
    domain: str
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """An exam to sit. ``short``: what the bank could not fill, label -> items that are missing."""

    exam: str
    seed: int
    part: float
    minutes: int
    entries: tuple[Entry, ...]
    short: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        raise NotImplementedError

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Form:
        """What ``to_dict`` gave. Raises KeyError, TypeError or ValueError for anything else."""
        raise NotImplementedError


def form(
    blueprint: Blueprint,
    *,
    seed: int,
    part: float | str = 1,
    avoid: Collection[str] = (),
    seen: Mapping[str, Any] | None = None,
    pool: Pool | None = None,
    fill: bool = True,
) -> Form:
    """Draw an exam. ``part``: 1, 1/2, 1/4 or 1/10 (a number or such a text); ``avoid``: ids never to draw; ``seen``:
    when each item was last met (any values that can be compared); ``pool``: ``pool.of(blueprint)``, to draw often;
    ``fill``: whether generators may fill up to 15 percent where authored items are short. Raises UserError for a part
    that is none."""
    raise NotImplementedError
