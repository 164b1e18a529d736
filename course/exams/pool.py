"""The items an exam may draw from.

of(load("CPC")) -> Pool         every sound item that names a domain of the exam, of the exam's kinds, difficulty and year
load("17-cpc-cases/boil")       any item by its id, authored or drawn ("gen/…"); KeyError with a sentence for none
is_hall(item)                   lesson 17: the exam hall's own, not asked anywhere before it was met there
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint

#: Items of this lesson belong to the exam hall.
HALL_LESSON = "17"


@dataclass(frozen=True)
class Pool:
    """The candidates of one blueprint."""

    blueprint: Blueprint


def is_hall(item: Any) -> bool:
    """Whether an item is the hall's own."""
    return str(item.lesson) == HALL_LESSON


def of(blueprint: Blueprint) -> Pool:
    """The pool of today's bank and books."""
    raise NotImplementedError


def load(item_id: str) -> Any:
    """An item by its id. Raises KeyError with a sentence."""
    raise NotImplementedError
