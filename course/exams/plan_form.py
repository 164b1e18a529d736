"""The step planner as a form: texts as a learner types them in, and everything a card shows, prints or saves. JSON.

``values``: exam, start, hours_a_week, training_hours, study_hours, when ("ready" or "date"), exam_date, experience
("0", "1", "2"), off [{"first", "last"}]. Dates are texts: 2026-11-22, 11/22/2026 or November 22, 2026.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from course.exams import calendar_file, facts, fees, kept, plan_remarks, plan_steps
from course.exams import plan_rules as rules
from course.exams.plan import MOST_HOURS, Fault, Plan, Wish, count, make, number, said

#: Stream of the learner's store that holds the plan.
STREAM = "plan"
#: What a form holds before anything is typed. Hours of study: between what prep sites tell (60 to 180, costs.csv).
START: dict[str, Any] = {
    "exam": "CPC",
    "hours_a_week": "10",
    "training_hours": "80",
    "study_hours": "120",
    "when": "ready",
    "exam_date": "",
    "experience": "0",
    "off": [],
}
#: Field -> label, least, most.
LIMITS = {
    "hours_a_week": ("Hours a week", 0.5, MOST_HOURS),
    "training_hours": ("Training hours", 0, 2_000),
    "study_hours": ("Study hours", 0, 2_000),
}
MOST_OFF = 10
NOTE = "What you miss you can move. Rules and fees change: look at the page of AAPC or AHIMA before you pay."
AGAIN = (
    "When you save a new file, take it into the same calendar: its dates replace the old ones. A step that the new "
    "plan no longer has stays in the calendar until you delete it."
)
_MONTHS = {dt.date(2000, month, 1).strftime("%B").lower()[:3]: month for month in range(1, 13)}
_ISO, _SLASHES = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
#: "1,5" is one and a half, "1,500" fifteen hundred; another comma is a fault.
_DECIMAL_COMMA, _THOUSANDS = re.compile(r"\d*,\d{1,2}"), re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")
_WORDS = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")


def day(text: object, label: str) -> dt.date:
    """The date of a text. Raises ValueError with a sentence."""
    plain = " ".join(str(text or "").split())[:40]
    if not plain:
        raise ValueError(f"{label}: enter a date.")
    parts: tuple[int, int, int] | None = None
    if found := _ISO.fullmatch(plain):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif found := _SLASHES.fullmatch(plain):
        parts = int(found[3]), int(found[1]), int(found[2])
    elif (found := _WORDS.fullmatch(plain)) and found[1].lower()[:3] in _MONTHS:
        parts = int(found[3]), _MONTHS[found[1].lower()[:3]], int(found[2])
    if parts is None:
        raise ValueError(f"{label}: write the date as month, day and year, such as 11/22/2026.")
    try:
        date = dt.date(*parts)
    except ValueError:
        raise ValueError(f"{label}: this date is not in the calendar.") from None
    if not 2000 <= date.year <= 2100:
        raise ValueError(f"{label}: check the year.")
    return date


def clean(values: object, today: dt.date) -> dict[str, Any]:
    """The values that a form has, as short texts; what is missing gets its start value."""
    given = values if isinstance(values, Mapping) else {}
    found: dict[str, Any] = {"start": today.isoformat(), **START}
    for key in found:
        value = given.get(key)
        if key != "off" and isinstance(value, str | int | float) and not isinstance(value, bool):
            found[key] = str(value)[:40]
    off = given.get("off")
    rows = off if isinstance(off, Sequence) and not isinstance(off, str) else ()
    found["off"] = [
        {end: str(row.get(end) or "")[:40] for end in ("first", "last")} for row in rows if isinstance(row, Mapping)
    ][:MOST_OFF]
    while found["off"] and not any(found["off"][-1].values()):
        found["off"].pop()  # a row that was just added
    if found["exam"] not in facts.MAIN:
        found["exam"] = START["exam"]
    return found


def wish(values: Mapping[str, Any]) -> tuple[Wish | None, dict[str, str]]:
    """What clean values ask for, or None and what is wrong by field ("off.0.last")."""
    faults: dict[str, str] = {}

    def date(key: str, text: object, label: str) -> dt.date:
        try:
            return day(text, label)
        except ValueError as error:
            faults[key] = str(error)
            return dt.date.min

    start = date("start", values["start"], "Start")
    wished = date("exam_date", values["exam_date"], "Exam date") if values["when"] == "date" else None
    hours = {key: _hours(values[key], key, faults) for key in LIMITS}
    off = []
    for place, row in enumerate(values["off"]):
        if not (row["first"].strip() or row["last"].strip()):
            continue
        first = date(f"off.{place}.first", row["first"], "First day")
        last = date(f"off.{place}.last", row["last"], "Last day")
        if not faults and last < first:
            faults[f"off.{place}.last"] = "The last day comes before the first one. Change one of them."
        off.append((first, last))
    if faults:
        return None, faults
    years = float(values["experience"]) if values["experience"] in ("0", "1", "2") else 0
    return Wish(values["exam"], start, **hours, exam_date=wished, off=tuple(off), experience=years), {}


def _hours(text: str, key: str, faults: dict[str, str]) -> float:
    label, least, most = LIMITS[key]
    plain = text.strip()
    if _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    elif _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"\d{1,6}(\.\d*)?|\.\d+", plain):
        faults[key] = f"{label}: write a number in figures, such as 10 or 7.5."
        return 1
    value = float(plain)
    if not least <= value <= most:
        faults[key] = f"{label}: enter {number(least)} to {number(most)}."
    return value


def answer(values: object, today: dt.date, known: frozenset[str] | None = None) -> dict[str, Any]:
    """What the card shows for these values; ``known``: the lessons that are there (None: all)."""
    asked = clean(values, today)
    wished, faults = wish(asked)
    if wished is not None:
        try:
            made = make(wished)
        except Fault as fault:
            faults = {fault.field: fault.sentence}
        else:
            return {"state": "done", "faults": {}, "values": asked, **shown(made, known)}
    return {"state": "unfinished", "faults": faults, "values": asked, "sentence": next(iter(faults.values()))}


def shown(plan: Plan, known: frozenset[str] | None) -> dict[str, Any]:
    """A plan as JSON."""
    steps = plan_steps.steps(plan, known)
    return {
        "sentence": sentence(plan),
        "cash": [[text, list(sources)] for text, sources in [fees.remark(plan.wish.exam)]],
        "phases": _phases(steps),
        "weeks": [
            [
                *(week.number, span(week.start, week.end), number(week.hours) if week.hours else ""),
                plan_steps.week_words(week, plan.mocks, known),
            ]
            for week in plan.weeks
        ],
        "warnings": [[one.text, list(one.sources)] for one in plan_remarks.warnings(plan, known)],
        "rules": [[text, list(sources)] for text, sources in fees.rules(plan.wish.exam)],
        "roads": [[one.text, list(one.sources)] for one in plan_remarks.after_passing(plan)],
        "note": NOTE,
    }


def sentence(plan: Plan) -> str:
    """The plan in two sentences."""
    wish = plan.wish
    hours = wish.training_hours + wish.study_hours
    done = f"{count(hours, 'hour')} with {count(wish.hours_a_week, 'hour')} a week" if hours else "No hours are planned"
    by = f" take you to {said(plan.ready)}" if plan.ready and hours else ""
    ahead = "apply while you study" if rules.body(wish.exam) == "AHIMA" else "book it while you study"
    if plan.ready is None or plan.booked > plan.ready:
        ahead = "time to get a seat"
    wished = "your date" if wish.exam_date else "before the books change" if plan.hurried else ahead
    return f"{done}{by}. The {wish.exam} is on {said(plan.exam_date)} ({wished})."


def _phases(steps: Sequence[plan_steps.Step]) -> list[dict[str, Any]]:
    """The steps by phase. ``when`` is said of a phase that begins before the one above it ends: its dates go back."""
    found: list[dict[str, Any]] = []
    ended = dt.date.min
    for place, name in enumerate(plan_steps.PHASES):
        own = [one for one in steps if one.phase == place]
        back = bool(own) and own[0].start < ended
        when = f"begins on {said(own[0].start)}, before the step above ends" if back else ""
        found.append({"title": name, "when": when, "steps": [_step(one) for one in own]})
        ended = max([ended, *(one.end for one in own)])
    return found


def entered(values: Mapping[str, Any]) -> list[str]:
    """What a plan is made of, in words, for paper: hours, breaks, work. Empty where the form is not finished."""
    asked, _ = wish(values)
    if asked is None:
        return []
    hours = f"{count(asked.training_hours, 'hour')} of training and {count(asked.study_hours, 'hour')} of study"
    work = {"0": "none yet", "1": "one year", "2": "two years or more"}.get(values["experience"], "none yet")
    breaks = "; ".join(span(*one) for one in asked.off) or "none"
    return [
        f"Start: {said(asked.start)}. {count(asked.hours_a_week, 'hour').capitalize()} a week for {hours}.",
        f"Breaks: {breaks}. Coding work so far: {work}.",
    ]


def _step(one: plan_steps.Step) -> dict[str, Any]:
    return {
        "key": one.key,
        "date": span(one.start, one.end),
        "iso": one.start.isoformat(),
        "title": one.title,
        "text": one.text,
        "sources": list(one.sources),
    }


def span(first: dt.date, last: dt.date) -> str:
    """ "November 22, 2026", "November 22 to 28, 2026", "December 28, 2026 to January 3, 2027"."""
    if first == last:
        return said(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.day} to {last.day}, {last.year}"
    if first.year == last.year:
        return f"{first:%B} {first.day} to {last:%B} {last.day}, {last.year}"
    return f"{said(first)} to {said(last)}"


def file(
    values: object, today: dt.date, now: dt.datetime, known: frozenset[str] | None = None
) -> dict[str, str] | None:
    """Name and text of the calendar file, or None where there is no plan."""
    wished, _ = wish(clean(values, today))
    if wished is None:
        return None
    try:
        plan = make(wished)
    except Fault:
        return None
    events = [
        calendar_file.Event(_uid(one.key), one.start, one.end, one.title, _text(one.text, one.sources))
        for one in plan_steps.steps(plan, known)
    ]
    events.append(_series(plan, known))
    events.sort(key=lambda one: one.first)
    name = f"The way to the {wished.exam}"
    return {
        "name": f"plan-{wished.exam.lower()}.ics",
        "text": calendar_file.calendar(name, events, now, AGAIN),
        "again": AGAIN,
    }


def _series(plan: Plan, known: frozenset[str] | None) -> calendar_file.Event:
    """The weeks as one event that comes each week: a new plan replaces it whole, and no old week is left over."""
    lines = []
    for week in plan.weeks:
        hours = f", {count(week.hours, 'hour')}" if week.hours else ""
        words = plan_steps.week_words(week, plan.mocks, known)
        lines.append(f"Week {week.number} ({span(week.start, week.end)}){hours}: {words}")
    first, *_ = [week.start for week in plan.weeks if week.task != "off"] or [plan.weeks[0].start]
    after = [week for week in plan.weeks if week.start >= first]
    title = f"{plan.wish.exam}: the plan for this week"
    return calendar_file.Event(
        *(_uid("weeks"), first, first, title, "\n".join(lines), len(after)),
        tuple(week.start for week in after if week.task == "off"),
    )


def _uid(key: str) -> str:
    """The same for every plan: a learner has one, and a calendar takes the next file as its new form."""
    return f"plan-{key}@medical-coding-course.invalid"


def _text(text: str, sources: Sequence[str]) -> str:
    return f"{text}\nSource: {'; '.join(sources)}." if sources else text


def planned(store: kept.EventStore, today: dt.date) -> tuple[str, dt.date] | None:
    """Exam and date of the plan that a learner keeps, or None: for a forecast to that date."""
    values = kept.latest(store, STREAM)
    wished, _ = wish(clean(values, today)) if values else (None, {})
    try:
        return (wished.exam, make(wished).exam_date) if wished else None
    except Fault:
        return None
