"""Myocardial infarctions and the four weeks after them: I21, I22, I23 or I25.2 by the dates in the note."""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import TYPE_CHECKING, Any

from course.questions.generators import common, scenes
from course.questions.generators import infarction_facts as book
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "code infarctions by their dates, types and sites"
_DATE = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December) (\d+), (\d{4})"
)
_MONTHS = {dt.date(2000, month, 1).strftime("%B"): month for month in range(1, 13)}
_HINTS = (
    "Count the days from each onset to the visit, and from one onset to the next. Four weeks are 28 days.",
    "Then ask of each infarction: which type? I22 is for a second one of type 1, or no named type, within the 28 days.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one infarction, one visit. Level 2: one or two infarctions, one or two codes. Level 3: a second one of
    the same or of another type, complications, dates at the edge."""
    if level == 1 or (level == 2 and rng.random() < 0.5):
        return _one(rng, codes, level)
    kind = (
        rng.choice(("again", "again", "late"))
        if level == 2
        else rng.choice(("again", "late", "type2", "type2", "complication"))
    )
    return _two(rng, codes, level, kind)


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the dates in the note make of each infarction, by the official titles."""
    lines = re.split(r"\n|(?<=\.) ", item.note)
    events: list[tuple[str, dt.date]] = []
    seen = None
    for line in lines:
        dates = [dt.date(int(year), _MONTHS[month], int(day)) for month, day, year in _DATE.findall(line)]
        if dates and (names := book.READ.find(line)):
            events.append((names[0], dates[0]))
        elif dates:
            seen = dates[0]
    if seen is None or not events:
        return False
    events.sort(key=lambda event: event[1])
    try:
        if item.kind == "single_choice":
            (event,) = events
            return scenes.chosen(item, _coded(codes, *event, seen, None))
        before, wanted = [], set()
        last = None
        for name, onset in events:
            code = _coded(codes, name, onset, seen, last)
            wanted.add(code)
            last = onset if name != "type2" else last
            if name == "type2":
                cause = book.READ_CAUSE.find(item.note)
                wanted.add(book.CAUSES[cause[0]].find(codes))
                before.append((book.CAUSES[cause[0]].find(codes), code))
        wanted |= {book.COMPLICATIONS[name].find(codes) for name in book.READ_COMPLICATION.find(item.note)}
    except LookupError:
        return False
    return scenes.holds(item, codes, wanted, before)


def _coded(codes: CodeSet, name: str, onset: dt.date, seen: dt.date, last: dt.date | None) -> str:
    """The code of one infarction at a visit, by title; ``last``: the onset of a type 1 infarction before it."""
    old = onset + dt.timedelta(weeks=4) < seen
    if name == "type2":
        return scenes.titled(codes, "I21", "type 2")
    if old:
        return scenes.titled(codes, "I25", "^Old myocardial")
    if last is not None and last + dt.timedelta(weeks=4) >= onset:
        words = [book.ALL[name].later] if name == "nstemi" else ["^Subsequent ST elevation", book.ALL[name].later]
        return scenes.titled(codes, "I22", *words)
    return scenes.titled(codes, "I21", book.ALL[name].title)


def _today(rng: random.Random, codes: CodeSet) -> dt.date:
    """A day of the edition's year, from October to September."""
    return dt.date(codes.edition - 1, 10, 1) + dt.timedelta(days=rng.randint(0, 360))


def _days(rng: random.Random, old: bool) -> int:
    if old:
        return rng.choice((29, 30, rng.randint(31, 45), rng.randint(46, 1500)))
    return rng.choice((0, rng.randint(1, 26), rng.randint(1, 26), 27, 28))


def _said(rng: random.Random, name: str, level: int) -> str:
    if name in book.CHANGED and level > 1 and rng.random() < 0.4:
        return book.CHANGED[name][level == 3]
    one = book.ALL[name]
    return rng.choice(one.brief if level == 3 else one.plain)


def _dated(day: dt.date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _one(rng: random.Random, codes: CodeSet, level: int) -> Any:
    seen, old = _today(rng, codes), rng.random() < 0.4
    days = _days(rng, old)
    name = rng.choice(list(book.ALL))
    key = "I25.2" if old else book.ALL[name].first
    onset = seen - dt.timedelta(days=days)
    where = _where(rng, old, days)
    told = scenes.capital(_said(rng, name, level))
    state = (
        rng.choice(book.PAST)
        if old
        else rng.choice(("Still treated for it.", "Care for it goes on.") if days > 2 else ("Treatment started.",))
    )
    who = scenes.who(rng, scenes.person(rng, 41, 89), level).rstrip(",")
    shared: dict[str, Any] = {
        "slug": "mi-four-weeks",
        "note": f"{where}, {_dated(seen)}. {who}. {told}, onset {_dated(onset)}. {state}",
        "hints": _HINTS,
        "rationale": scenes.capital(_counted(onset, seen)) + _named(key, told),
        "sources": _sources(codes),
        "objective": OBJECTIVE,
    }
    if level == 2:
        return scenes.entry(
            codes,
            2,
            title="Four weeks",
            stem="Code the infarction at this visit. No other codes.",
            key=[key],
            reasons=_reasons([name]),
            **shared,
        )
    other = rng.choice(
        [one.first for code, one in book.ALL.items() if one.first not in (key, "I21.9") and code != name]
    )
    again = book.ALL[name].again or "I22.8"
    wrong = {
        "I25.2"
        if not old
        else book.ALL[name].first: f"Count the days from the onset to this visit: {days}. Four weeks are 28.",
        again: "I22 is for a second infarction within four weeks of a first one. The note has one.",
        other: "Another site or type than the one in the note.",
    }
    found = {code: codes.get(code) for code in [key, *wrong]}
    return SingleChoice(
        title="Acute or old?",
        stem="Which code reports the infarction **at this visit**?",
        options=common.options(
            rng,
            [(common.named(one), "Dates, type and site all fit.") for one in [found[key]] if one],
            [(common.named(one), why) for code, why in wrong.items() if (one := found[code])],
        ),
        **shared,
        **common.common_fields(codes, 1),
    )


def _two(rng: random.Random, codes: CodeSet, level: int, kind: str) -> Any:
    """``again``: two of type 1 within four weeks. ``late``: the second after more than four. ``type2``: the second of
    another type. ``complication``: one with its complication."""
    seen = _today(rng, codes)
    name, second = rng.choice(list(book.TYPES)), rng.choice(list(book.TYPES))
    to_visit = rng.choice((0, rng.randint(1, 12)))
    cause = rng.choice(list(book.CAUSES))
    lines, key, order = [], [], []
    if kind == "complication":
        to_visit = _days(rng, old=False)
        onset = seen - dt.timedelta(days=to_visit)
        what = rng.choice(list(book.COMPLICATIONS))
        lines = [
            _event(rng, name, onset, level, lead="Infarction"),
            f"{scenes.capital(book.COMPLICATIONS[what].say(rng, level))} found today.",
        ]
        key = [book.TYPES[name].first, book.COMPLICATIONS[what].code]
        why = f"{scenes.capital(_counted(onset, seen))}{_named(key[0], lines[0])} "
        why += f"Within the four weeks the complication is a code of I23: {key[1]}, together with the infarction."
    elif kind == "type2":
        recent = seen - dt.timedelta(days=to_visit)
        gap = rng.randint(2, max(3, book.ACUTE_DAYS - to_visit))
        onset = recent - dt.timedelta(days=gap)
        event = rng.choice(book.SECOND).format(book.CAUSES[cause].say(rng, level))
        lines = [_event(rng, name, onset, level), f"Now {event}, onset {_dated(recent)}."]
        key = [book.CAUSES[cause].code, "I21.A1", book.TYPES[name].first]
        order = [(key[0], "I21.A1")]
        why = (
            f"The second infarction is of type 2, so it is I21.A1, never I22 nor I21.4, with its cause first: {key[0]} "
        )
        why += f"(Guidelines I.C.9.e.4 and 5). The first one: {_counted(onset, seen)}{_named(key[2], lines[0])}"
    else:
        recent = seen - dt.timedelta(days=to_visit)
        gap = _days(rng, old=True) if kind == "late" else rng.randint(2, book.ACUTE_DAYS)
        if kind == "again":
            gap = rng.randint(2, book.ACUTE_DAYS - to_visit)
        onset = recent - dt.timedelta(days=gap)
        lines = [
            _event(rng, name, onset, level, kind == "late"),
            f"New event: {_said(rng, second, level)}, onset {_dated(recent)}.",
        ]
        if kind == "late":
            key = [book.TYPES[second].first, "I25.2"]
            why = (
                f"From the first to the second: {gap} days, more than 28. So the second is a new infarction, {key[0]}, "
            )
            why += "and the first is an old one, I25.2."
        else:
            key = [book.TYPES[second].again, book.TYPES[name].first]
            why = (
                f"From the first to the second: {gap} days, within 28. Both of type 1 or unspecified, so the second is "
            )
            why += f"{key[0]} (Guidelines I.C.9.e.4). The first at this visit: {_counted(onset, seen)}"
            why += _named(key[1], lines[0])
    where = _where(rng, False, 0 if to_visit < 3 else to_visit)
    who = scenes.who(rng, scenes.person(rng, 41, 89), level).rstrip(",")
    lines = [f"{where}, {_dated(seen)}. {who}.", *lines]
    return scenes.entry(
        codes,
        level,
        slug="mi-four-weeks",
        title="Two infarctions and a calendar" if kind != "complication" else "An infarction and what came of it",
        stem="Code each infarction at this visit"
        + {"type2": ", and what caused the second", "complication": ", and its complication"}.get(kind, "")
        + ". No other codes.",
        note=scenes.chart(rng, level, lines, rng.randint(0, 1) if level == 3 else 0),
        key=key,
        order=order,
        hints=_HINTS,
        reasons=_reasons([name, second]),
        rationale=why,
        sources=_sources(codes),
        objective=OBJECTIVE,
    )


def _where(rng: random.Random, old: bool, days: int) -> str:
    if days < 3:
        return rng.choice(("Hospital admission", "Emergency department"))
    if old:
        return rng.choice(("Office visit", "Clinic visit"))
    late = ("Office follow-up", "Post-acute unit", "Readmission") if days > 7 else ()
    return rng.choice(("Transfer to another acute hospital", "Readmission", *late))


def _event(rng: random.Random, name: str, onset: dt.date, level: int, over: bool = False, lead: str = "") -> str:
    lead = lead or rng.choice(("First event", "Earlier event", "Before this"))
    return f"{lead}: {_said(rng, name, level)}, onset {_dated(onset)}{', no symptoms since' if over else ''}."


def _counted(onset: dt.date, seen: dt.date) -> str:
    days = (seen - onset).days
    if not days:
        return "the visit is on the day of the onset. "
    limit = "more than 28. " if book.age_class(onset, seen) == "old" else "so within 28. "
    return f"from {_dated(onset)} to the visit of {_dated(seen)} it is {days} days, {limit}"


def _named(key: str, told: str) -> str:
    if key == "I25.2":
        return "Past the four weeks and without further care: old, I25.2 (Guidelines I.C.9.e.1)."
    more = ""
    if re.search("evolved|converted", told):
        more = " One that evolved to STEMI, or was a STEMI before lysis, is coded as STEMI."
    return f"It is still acute: {key} (Guidelines I.C.9.e.1).{more}"


def _reasons(names: list[str]) -> dict[str, str]:
    own = {
        "I25.2": "Old means more than 28 days after the onset. Count again.",
        "I21.9": "I21.9 is for an infarction of which neither type nor site is written down.",
        "I22*": "I22 needs a first infarction at most 28 days before, and both of type 1 or of no named type.",
        "I21.A9": "I21.A9 is for types 3, 4 and 5.",
        "I24.89": "The demand ischemia is inside the code of a type 2 infarction.",
        "I23*": "I23 is for a complication that the note names, within the 28 days.",
    }
    if "nstemi" not in names:
        own["I21.4"] = "What is decisive: type 1 or type 2, ST elevation or not, and what it evolved to."
    return own


def _sources(codes: CodeSet) -> tuple[common.Source, ...]:
    return common.tabular(codes, "I21, I22, I23 and I25.2 with their notes", common.guideline("I.C.9.e"))
