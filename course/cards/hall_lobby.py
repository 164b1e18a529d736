"""What the lobby of the exam hall tells: each exam with its figures and what they are worth, its lengths, the sittings.

``exams()``      [{exam, title, body, books, facts: [{name, value, mark, words}], domains: [{name, count, mark, words}],
                 lengths}]
``lengths(...)`` [{part, label, items, of, minutes, short: [sentences], short_words}]
``rows(...)``    [{id, exam, label, begun, state, answered, total, left (seconds), deadline (ms), result}], newest first
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from course import paths
from course.exams import assemble, blueprint, pool, report_words

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint, Figure, Sourced
    from course.exams.sitting import Summary

#: Part of an exam -> what it is called.
LABELS = {1.0: "full length", 0.5: "half", 0.25: "a quarter", 0.1: "a tenth"}
#: Figure of a blueprint -> what it is called in the lobby.
FACTS = {
    "items": "Questions",
    "minutes": "Time",
    "passing": "Pass line",
    "kinds": "Sorts of questions",
    "books": "Code books",
    "aids": "Other aids",
    "navigation": "Moving about",
    "delivery": "Where",
}


def counted(count: int, one: str) -> str:
    """ "1 question", "100 questions"."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def stretch(minutes: float) -> str:
    """ "4 hours", "5 hours 40 minutes"."""
    hours, rest = divmod(round(minutes), 60)
    parts = [counted(hours, "hour") if hours else "", counted(rest, "minute") if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def mark(one: Sourced) -> str:
    """What a figure is worth, in two words; "" for one that is confirmed."""
    if one.assumption:
        return "our assumption"
    return "" if one.confirmed else "not confirmed"


def words(one: Sourced) -> str:
    """Where a figure is from, and what else there is to say."""
    if one.assumption:
        return one.note or ""
    told = f"Source: {one.source}, {one.as_of}." if one.source else ""
    return " ".join(part for part in (told, one.note or "") if part)


def value(plan: Blueprint, name: str, figure: Figure) -> str:
    """A figure as it is read."""
    if name == "items":
        more = f"; {plan.scored} of them count" if plan.scored != plan.items else ""
        return f"{plan.items}{more}"
    if name == "minutes":
        return stretch(plan.minutes)
    if name == "passing":
        return passing(plan)
    text = str(figure.value)
    return text[:1].upper() + text[1:]


def passing(plan: Blueprint) -> str:
    """The pass line in words."""
    line = plan.passing
    return f"{line.value} percent" if line.unit == "percent" else f"{line.value} points on a scale of {plan.body}'s own"


def exams() -> list[dict[str, Any]]:
    """Every exam of the course, with what the bank can offer of it today."""
    return [told(blueprint.load(name)) for name in blueprint.names()]


def told(plan: Blueprint) -> dict[str, Any]:
    """One exam."""
    facts = []
    for name, head in FACTS.items():
        figure = getattr(plan.figures, name)
        facts.append({"name": head, "value": value(plan, name, figure), "mark": mark(figure), "words": words(figure)})
    domains = [
        {"name": one.name, "count": one.count, "mark": mark(one), "words": words(one) if mark(one) else ""}
        for one in plan.domains
    ]
    return {
        "exam": plan.exam,
        "title": plan.title,
        "books": f"Questions for the code books of {pool.book_year(plan, paths.today())}.",
        "body": plan.body,
        "facts": facts,
        "domains": domains,
        "lengths": lengths(plan),
    }


def lengths(plan: Blueprint) -> list[dict[str, Any]]:
    """The lengths there are: how many questions and minutes each has, and what is missing."""
    candidates = pool.of(plan)
    out = []
    for part, label in LABELS.items():
        form = assemble.form(plan, seed=1, part=part, pool=candidates)
        items, missing = len(form.entries), sum(form.short.values())
        row: dict[str, Any] = {
            "part": part,
            "label": label,
            "items": items,
            "of": items + missing,
            "minutes": form.minutes,
            "short": [],
            "short_words": "",
        }
        if missing:
            row["short_words"] = (
                f"The course cannot fill all domains of this exam yet: {items} of {items + missing} questions are "
                "there. You are offered these, with the time in proportion."
            )
        row["short"] = report_words.missing(form.short, plan)
        if row["short"] and not missing:
            row["short_words"] = "One thing is not as in the real exam yet:"
        out.append(row)
    return out


def day(at: dt.datetime) -> str:
    """ "November 22, 2026", on the learner's clock."""
    here = at.astimezone()
    return f"{here:%B} {here.day}, {here.year}"


def rows(found: Iterable[Summary], left: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sittings as the lobby lists them. ``left``: state of those that are open and have a clock. ``deadline``: when
    a clock that runs stops, in milliseconds since 1970, so that a page that stays open counts on."""
    return [
        {
            "id": one.id,
            "exam": one.exam,
            "label": one.label,
            "begun": day(one.begun),
            "state": one.state,
            "answered": one.answered,
            "total": one.total,
            "left": left[one.id]["remaining"] if one.id in left else None,
            "deadline": _deadline(left.get(one.id)),
            "result": result(one),
        }
        for one in found
    ]


def _deadline(state: Mapping[str, Any] | None) -> int | None:
    if state is None or state["paused"] or state["deadline"] is None:
        return None
    return round(1000 * (time.time() + state["remaining"]))  # the browser's clock, also where COURSE_TODAY is set


def result(one: Summary) -> str:
    """What became of a sitting, in a word or two; the share as in its report."""
    if one.state == "abandoned":
        return "given up"
    return "" if one.score is None else f"{report_words.percent(one.right, one.of):g} %"
