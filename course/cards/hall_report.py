"""The score report as the hall shows it: dates in words, and each lesson with its title and the file to open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from course import paths
from course.cards import lessons
from course.cards.hall_lobby import day


def shown(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report of :mod:`course.exams.report`, with ``begun_words``, for each domain and item ``mend``, and for each
    item the number of its ``changes``."""
    out = dict(report)
    out["begun_words"] = in_words(report.get("begun"))
    out["domains"] = [{**one, "mend": [lesson(n) for n in one.get("lessons", ())]} for one in report["domains"]]
    mend = {one["domain"]: one["mend"] for one in out["domains"]}
    out["items"] = [
        {**one, "mend": mend.get(one["domain"], []), "changes": sum(one["changes"].values())} for one in report["items"]
    ]
    if report.get("compared"):
        earlier = [{**one, "begun": in_words(one["begun"])} for one in report["compared"]["sittings"]]
        out["compared"] = {**report["compared"], "sittings": earlier}
    return out


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
