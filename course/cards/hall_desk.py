"""What a page of the exam hall is told of a sitting: what is saved, what another page did, where to go on.

``Pages`` remembers what each page (a browser tab) has seen of its sitting, so that an answer given in another tab, or
by another kernel, is told at the next save and not lost from sight.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import hall_books, hall_question
from course.exams import pool
from course.exams.sitting import Sitting, sittings

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.learner.store import Store

#: What of a row of the sitting the browser needs.
ROW = ("answered", "response", "struck", "flag", "note", "confidence")
#: A second start of the same exam within so many seconds is the second click of a double click.
TWICE = 5.0


def rows(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The places of a sitting, as the browser needs them."""
    return [{name: row[name] for name in ROW} for row in state["items"]]


def page_of(content: Mapping[str, Any]) -> str:
    """The page that a message is from: the front of its number; "" for one that has none."""
    return str(content.get("seq") or "").rpartition(".")[0]


class Pages:
    """What each page knows."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def strange(self, page: str, sitting: Sitting) -> list[int]:
        """The places that changed since this page was answered last; none for a page that was not here before."""
        known = self.seen.get((page, sitting.id))
        now = rows(sitting.state(paths.now()))
        return [n for n, row in enumerate(now) if known is not None and row != known[n]]

    def saved(self, page: str, sitting: Sitting, strange: list[int]) -> dict[str, Any]:
        """How things stand, with ``others``: the places of ``strange`` as they are now."""
        state = sitting.state(paths.now())
        self.seen[page, sitting.id] = now = rows(state)
        return {
            "saved": state["saved"],
            "saved_message": state["saved_message"],
            "remaining": state["remaining"],
            "closed": state["submitted"] or state["closed_by"] is not None,
            "others": [{"place": n, **now[n]} for n in strange],
        }


def question(item_id: str, domain: str, plan: Blueprint, year: int) -> dict[str, Any]:
    """A question as the exam shows it, and the book that opens beside it; what stands for one that is no longer in the
    course."""
    try:
        view = hall_question.shown(pool.load(item_id), year)
    except KeyError:
        view = hall_question.GONE
    return {**view, "book": hall_books.beside(plan, domain, view["edition_label"])}


def running(listed: list[dict[str, Any]]) -> str:
    """The sitting whose clock runs now, to go on with at once; "" for none."""
    return next((row["id"] for row in listed if row["state"] == "open" and row["left"]), "")


def just_begun(store: Store, exam: str, part: float, timed: bool, now: dt.datetime) -> str:
    """The same exam, begun a moment ago and not touched yet; "" for none."""
    for one in sittings(store, now=now):
        same = (one.exam, one.part, one.timed, one.state, one.answered) == (exam, part, timed, "open", 0)
        if same and abs((now - one.begun).total_seconds()) < TWICE:
            return one.id
    return ""
