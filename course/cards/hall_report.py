"""The score report as the hall shows it: dates in words, and each lesson with its title and the file to open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from course import paths
from course.cards import lessons
from course.cards.hall_lobby import day
from course.exams import pool

#: So many lessons are named for a domain: more would be a list to read, not a next step.
MOST = 3


def shown(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report of :mod:`course.exams.report`, with ``begun_words``, for each domain and item the lessons that
    ``mend`` it, and for each item the number of its ``changes``."""
    out = dict(report)
    out["begun_words"] = in_words(report.get("begun"))
    out["domains"] = [{**one, "mend": mending(one.get("lessons", ()))} for one in report["domains"]]
    mend = {one["domain"]: one["mend"] for one in out["domains"]}
    out["items"] = [
        {**one, "mend": own(one) or mend.get(one["domain"], []), "changes": sum(one["changes"].values())}
        for one in report["items"]
    ]
    return out


def mending(numbers: Iterable[str]) -> list[dict[str, str]]:
    """The first :data:`MOST` of some lessons that can be opened: those still to be written mend nothing."""
    return [found for found in map(lesson, numbers) if found["file"]][:MOST]


def own(item: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lesson that a question is from; none for the hall's own."""
    return mending([item["lesson"]]) if item.get("lesson") not in (None, "", pool.HALL_LESSON) else []


def in_words(stamp: object) -> str:
    """A day, from an ISO time; "" for none."""
    try:
        return day(dt.datetime.fromisoformat(str(stamp)))
    except (ValueError, OverflowError, OSError):
        return ""


def lesson(number: str) -> dict[str, str]:
    """{number, title, file}: ``file`` is "" for a lesson that is no notebook yet."""
    found = sorted(paths.notebooks_dir().glob(f"{number}-*.ipynb")) if number else []
    return {"number": number, "title": lessons.title_of(number), "file": found[0].name if found else ""}
