"""Pairs of the NCCI edits: which code is reported, and may a modifier separate the two?"""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.paths import data_dir
from course.questions.generators import common, scenes, services
from course.questions.generators import edit_pair_facts as facts
from course.questions.generators.edit_pair_facts import Done, Fact
from course.questions.kinds.service_model import ServiceLine

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.base import Source

OBJECTIVE = "decide whether two codes of an NCCI pair may both be billed"
DOMAINS = ("CPC: Coding guidelines", "CCS: Coding knowledge and skills")
_HINTS = (
    "Find the pair in the edit list: which code is in column 1, and what is the indicator?",
    "With indicator 0 nothing helps on one date. With 1 ask whether the second was another place, side, session or a "
    "visit of its own.",
)
#: What may set two services apart -> the modifiers that say so.
_MARKS = {"site": ("59", "XS"), "side": ("59", "XS"), "session": ("59", "XE"), "visit": ("25",), "whole": ("59", "XU")}
_NOISE = (
    "NKDA.",
    "Seen with the interpreter.",
    "Secondary insurance on file.",
    "Ride home arranged.",
    "Med list reconciled.",
    "Consent signed.",
    "Vital signs as charted.",
)
_PAYER = "The payer wants the modifier on the code of column 2."


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: pair and indicator are told. Level 2: they stand in an excerpt of the edits. Level 3: lines are typed
    from a chart, now and then with two dates."""
    return services.again(lambda: _draw(rng, codes, level))


def _draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    fact = rng.choice(facts.FACTS)
    if fact.indicator == "0" and rng.random() < 0.4:
        return None  # pairs that can be opened ask more
    two_dates = level == 3 and fact.kind in ("site", "side") and _no_package(fact) and rng.random() < 0.4
    apart = two_dates or (fact.kind != "whole" and rng.random() < 0.6)
    here, there = facts.labels(rng, fact, apart)
    done = [Done(here, fact.first, fact.column1), Done(there, fact.apart if apart else fact.inside, fact.column2)]
    if level == 3:
        return _claim(rng, codes, fact, done, apart, two_dates)
    return _choice(rng, codes, level, fact, done, apart)


def _no_package(fact: Fact) -> bool:
    found = (cpt.get(fact.column1), cpt.get(fact.column2))
    return all(one is not None and one.global_days in ("000", "XXX") for one in found)


def _note(rng: random.Random, level: int, fact: Fact, lines: list[str], days: str = "one date") -> str:
    person = scenes.person(rng, *facts.AGES.get(fact.column1, (24, 84)))
    if fact.column1 in facts.WOMEN:
        person = scenes.Person(person.age, False)
    who = scenes.who(rng, person, level).rstrip(",")
    note = services.chart(rng, [f"{who}; {days}, one provider.", *lines], _NOISE, 3 if level == 3 else 0, 3)
    return note if level == 1 else f"{note}\n{_excerpt(rng, fact)}"


def _excerpt(rng: random.Random, fact: Fact) -> str:
    """The pair among others that are near it, as rows of an edit list."""
    near = [
        one
        for one in cpt.pairs().values()
        if {one.column1, one.column2} & {fact.column1, fact.column2}
        and {one.column1, one.column2} != {fact.column1, fact.column2}
    ]
    rows = [(one.column1, one.column2, one.indicator) for one in rng.sample(near, min(2, len(near)))]
    rows.append((fact.column1, fact.column2, fact.indicator))
    return "Edits (column 1, column 2, indicator): " + "; ".join(", ".join(row) for row in sorted(rows)) + "."


def _why(fact: Fact, apart: bool, two_dates: bool = False) -> str:
    """The ruling, with what the note says."""
    if two_dates:
        return "The edit looks at one date. These are two, so both stand as they are."
    if not apart:
        locked = " Indicator 0: no modifier opens the pair." if fact.indicator == "0" else ""
        unfit = "" if locked else " The indicator is 1, but no modifier would be true here."
        return f"{fact.why}{locked}{unfit}"
    how = {
        "site": "Another place than the first",
        "side": "The other side",
        "session": "Another session of the day",
        "visit": "A visit about something else",
    }[fact.kind]
    return f"{how}, and indicator 1 lets a modifier say so: {' or '.join(_MARKS[fact.kind])} on {fact.column2}."


def _rationale(fact: Fact, apart: bool, two_dates: bool = False) -> str:
    return (
        f"The pair: **{fact.column1}** in column 1, **{fact.column2}** in column 2, indicator {fact.indicator}. "
        f"Column 1 is paid, column 2 is denied beside it. {_why(fact, apart, two_dates)}"
    )


def _choice(rng: random.Random, codes: CodeSet, level: int, fact: Fact, done: list[Done], apart: bool) -> Any:
    one, two, mark = fact.column1, fact.column2, " or ".join(_MARKS[fact.kind])
    first, second, both = f"{one} alone", f"{two} alone", f"{one} and {two} as they stand"
    opened, turned = f"{one}, and {two} with {mark}", f"{one} with {mark}, and {two}"
    if apart:
        right = (opened, _why(fact, True))
        told = (
            "a visit about something else"
            if fact.kind == "visit"
            else f"{done[1].label.lower()}, not {done[0].label.lower()}"
        )
        wrong = [
            (first, f"{two} was a service of its own: {told}."),
            (turned, "25 goes on the visit." if mark == "25" else f"The edit denies {two}, column 2. {_PAYER}"),
            (both, f"Without a modifier the edit denies {two}."),
            (second, f"The code of column 1 is the one that is paid: {one}."),
        ]  # fmt: skip
    else:
        right = (first, fact.why)
        closed = "Indicator 0: no modifier opens this pair on one date."
        wrong = [
            (opened, closed if fact.indicator == "0" else f"A modifier has to be true. {fact.why}"),
            (both, f"The edit denies {two} beside {one}."),
            (second, f"Of a pair the code of column 1 is paid: {one}."),
            (turned, closed if fact.indicator == "0" else f"A modifier has to be true. {fact.why}"),
        ]
    lines = [line.told() for line in done]
    rng.shuffle(lines)
    ask = (
        f"NCCI pairs **{one}** (column 1) with **{two}** (column 2), indicator **{fact.indicator}**. "
        if level == 1
        else ""
    )
    return services.choice(
        rng, codes, level, DOMAINS, right, wrong,
        title="A pair of the edits" if level == 1 else "Find the pair, then decide",
        stem=f"{ask}What is billed? Where a modifier is due, the payer wants it on the code of column 2.",
        note=_note(rng, level, fact, lines),
        rationale=_rationale(fact, apart),
        **_shared(),
    )  # fmt: skip


def _claim(rng: random.Random, codes: CodeSet, fact: Fact, done: list[Done], apart: bool, two_dates: bool) -> Any:
    one, two, marks = fact.column1, fact.column2, _MARKS[fact.kind]
    key, days = [services.line(one)], "one date"
    reasons = {f"{one}-{mark}": _PAYER if mark != "25" else "25 goes on the visit." for mark in marks}
    lines = [line.told() for line in done]
    if two_dates:
        start = dt.date(2026, 1, 5) + dt.timedelta(days=7 * rng.randint(0, 30) + rng.randint(0, 4))
        later = start + dt.timedelta(days=7 * rng.randint(2, 6))
        lines = [
            line.told(f"{date:%m/%d/%Y}, ") for line, date in zip(done, rng.sample([start, later], 2), strict=True)
        ]
        lines.sort()
        key.append(services.line(two))
        days = "two dates"
        why = "Look at the dates. An edit is about one of them."
        reasons |= {f"{code}-{mark}": why for code in (one, two) for mark in ("59", "XS", "XE")}
    elif apart:
        spare = () if "25" in marks else ("RT", "LT", "51")
        key.append(ServiceLine(code=two, modifiers=("|".join(marks),), optional_modifiers=spare))
        reasons[f"{two}+{marks[0]}"] = (
            "As it stands the edit denies this line. What does the note say that sets it apart?"
        )
        wrong = {"59", "25", "XS", "XE", "XU", "XP"} - set(marks)
        reasons |= {f"{two}-{mark}": _unfit(mark, fact) for mark in sorted(wrong)}
        rng.shuffle(lines)
    else:
        reasons[two] = f"{'Indicator 0 opens for nothing. ' if fact.indicator == '0' else ''}{fact.why}"
        rng.shuffle(lines)
    if not two_dates:
        reasons |= {f"{one}-51": "The first line takes no 51."}
    return services.claim(
        codes, 3, DOMAINS, key,
        asks=("modifiers",),
        title="Two services and the edits",
        stem="The payer uses NCCI edits. Enter what is billed, with the modifier that an edit asks for; leave RT and "
        "LT aside. Where one is due, the payer wants 25, 59 or an X modifier on the code of column 2.",
        note=_note(rng, 3, fact, lines, days),
        reasons=reasons,
        rationale=_rationale(fact, apart, two_dates),
        **_shared(),
    )  # fmt: skip


def _unfit(mark: str, fact: Fact) -> str:
    if mark == "25":
        return "25 goes on a visit, and this is a procedure."
    if fact.kind == "visit":
        return "Visits have a modifier of their own for this."
    return {
        "XS": "XS is another place or organ. What sets these apart is the session.",
        "XE": "XE is another session. Both were done in one, at two places.",
        "XU": "XU is the last of the four. Here another says exactly what it was.",
        "XP": "XP is another practitioner. The note has one.",
    }.get(mark, "Look at what sets the two apart.")


def _shared() -> dict[str, Any]:
    from course.questions.base import Source

    edits = Source(ref="Medicare NCCI practitioner edits", edition="July 2024", checked=common.CHECKED)
    sources: tuple[Source, ...] = (edits, services.ncci(1))
    return {"slug": "ncci-pair", "hints": _HINTS, "objective": OBJECTIVE, "sources": sources}


# -- the law ------------------------------------------------------------------------------------------------------


@cache
def _table() -> dict[frozenset[str], tuple[str, str, str]]:
    with (data_dir() / "codesets" / "ncci_pairs.csv").open(encoding="utf-8", newline="") as rows:
        return {
            frozenset((row["column1"], row["column2"])): (row["column1"], row["column2"], row["indicator"])
            for row in csv.DictReader(rows)
        }


def law(item: Any, codes: CodeSet) -> bool:
    """Lines, places and dates read back; the pair looked up in the table; what is printed of it must agree."""
    done = re.findall(r"^(?:(\d\d/\d\d/\d{4}), )?([A-Z][^:;\n]*): (.*) \((\d{5})\)\.$", item.note, re.M)
    if len(done) != 2:
        return False
    one, two, indicator = _table()[frozenset(code for *_, code in done)]
    shown = re.findall(r"(\d{5}), (\d{5}), ([01])", item.note)
    told = re.search(r"\*\*(\d{5})\*\* \(column 1\) with \*\*(\d{5})\*\* \(column 2\), indicator \*\*([01])", item.stem)
    if (one, two, indicator) not in (shown or [told.groups() if told else ()]):
        return False
    if any(row != _table()[frozenset(row[:2])] for row in shown):
        return False
    (date, place, words, _), (other_date, other_place, other_words, _) = done
    visit = [text for text, code in ((words, done[0][3]), (other_words, done[1][3])) if code.startswith("99")]
    dates = date != other_date
    apart = "on the spot" not in visit[0] if visit else place != other_place
    mark = "25" if visit else "59|XE" if {place, other_place} & {"Office, 8 AM", "Urgent visit, 4 PM"} else "59|XS"
    due: dict[str, tuple[str, ...]]
    if dates:
        due = {one: (), two: ()}
    elif indicator == "1" and apart:
        due = {one: (), two: (mark,)}
    else:
        due = {one: ()}
    if item.kind == "service_lines":
        return {code: marks for code, marks, _ in services.claimed(item)} == due and len(item.answer.lines) == len(due)
    text = f"{one}, and {two} with {mark.replace('|', ' or ')}" if two in due else f"{one} alone"
    return not dates and services.marked(item) == text and sum(option.text == text for option in item.options) == 1
