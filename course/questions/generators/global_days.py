"""The surgical package: is a later service billable, and with which modifier?"""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.codesets.rules import global_package
from course.questions.generators import global_facts as facts
from course.questions.generators import services
from course.questions.generators.global_facts import Event, Operation
from course.questions.kinds.modifier_choice import ModifierChoice
from course.questions.kinds.modifier_choice import ServiceLine as ChoiceLine
from course.questions.kinds.service_model import ServiceLine

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "decide what may be billed inside a surgical package"
DOMAINS = ("CPC: Coding guidelines",)
_HINTS = (
    "Count the days from the operation: it is day 0. The code browser shows how many belong to its package.",
    "Then ask what the service has to do with the operation: usual care, a complication, something planned, or "
    "something else? And was there an operating room?",
)
_NO = "Not billable"
_BARE = "Billable without a modifier"
_WITH = "Billable with {}"
#: What a modifier is for, in the terms of these notes.
_MEANS = {
    "24": "24 is for a visit within the days after an operation, about something else",
    "25": "25 is for a visit of its own on the day of a minor procedure",
    "57": "57 is for the visit at which a major operation was decided, the day before or the same day",
    "58": "58 is for a second procedure that was planned, is larger, or treats what the first one found",
    "78": "78 is for a complication that leads back to the operating room",
    "79": "79 is for a second procedure that has nothing to do with the first",
}
_VISIT, _PROCEDURE = ("24", "25", "57"), ("58", "78", "79")


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one later service, the global days given. Level 2: days to look up and often close to the end; or the
    modifier alone. Level 3: several services, typed, those in the package left out."""
    if level == 3:
        return services.again(lambda: _claim(rng, codes))
    return services.again(lambda: _one(rng, codes, level))


def law(item: Any, codes: CodeSet) -> bool:
    """Dates subtracted once more and words read back: what the key says of each service is true, and what the other
    options say is not."""
    head, *rest = re.findall(r"(\d\d/\d\d/\d{4}): (\d{5}), ([^.]*)\.", item.note)
    entries = [head, *rest]
    at = next(n for n, entry in enumerate(entries) if "not about" not in entry[2] and _is_operation(item, entry[1]))
    start, operation = _date(entries[at][0]), entries[at][1]
    days = {"000": 0, "010": 10, "090": 90}[_number(operation).global_days]
    truth = {}
    for n, (date, code, words) in enumerate(entries):
        if n != at:
            truth[code] = _truth((_date(date) - start).days, days, words, code)
    if item.kind == "service_lines":
        billed = {code: (mark,) if mark else () for code, mark in truth.items() if mark is not None}
        return {code: marks for code, marks, _ in services.claimed(item)} == billed
    ((_, mark),) = truth.items()
    if item.kind == "modifier_choice":
        return mark is not None and list(item.answer) == ([mark] if mark else [])
    text = _NO if mark is None else _WITH.format(mark) if mark else _BARE
    return services.marked(item) == text and sum(one.text == text for one in item.options) == 1


def _truth(day: int, days: int, words: str, code: str) -> str | None:
    """The modifier of a service, "" for none, None where it is not billable. A table of the law's own."""
    visit = code.startswith("99")
    if "another practice" in words:
        return ""
    if "operation decided" in words:
        return "57" if days == 90 and -1 <= day <= 0 else ""
    if "treated at once" in words:
        return None
    if "beyond the procedure" in words:
        return "25"
    if day > days:
        return ""
    if "not about" in words:
        return "24" if visit else "79"
    if visit or "no operating room" in words:
        return None
    return "78" if "operating room" in words else "58"


def _is_operation(item: Any, code: str) -> bool:
    return f"{code}, {_done(code)}" in item.note


def _done(code: str) -> str:
    return next((one.done for one in facts.OPERATIONS if one.code == code), "-")


def _date(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%m/%d/%Y").date()


def _number(code: str) -> Any:
    return cpt.get(code)


def _shared(one: Operation) -> dict[str, Any]:
    return {
        "slug": "global-period",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": (
            services.claims_manual(12, "40.1"),
            services.claims_manual(12, "40.2"),
            services.fees("global days"),
        ),
    }


def _note(rng: random.Random, one: Operation, events: list[Event], start: dt.date, level: int) -> str:
    given = f" (global days {one.days})" if level == 1 else ""
    lines = {start: [f"{facts.us(start)}: {one.code}, {one.done}{given}."]}
    for event in events:
        date = facts.date_of(start, event)
        line = f"{facts.us(date)}: {event.code}, {event.words}."
        at = lines.setdefault(date, [])
        at.insert(0 if event.sort == "decided" else len(at), line)
    who = f"{services.who(rng, level, 65, 88)}, Medicare. All by the same physician unless said otherwise."
    noise = ("Allergies: none known.", "Pharmacy updated.", "Emergency contact confirmed.", "Ride home arranged.")
    return "\n".join([who, *rng.sample(noise, level - 1), *(line for date in sorted(lines) for line in lines[date])])


def _start(rng: random.Random, events: list[Event]) -> dt.date | None:
    """A day of the operation on which nothing planned falls on a weekend; None when there is none."""
    day = dt.date(2026, 1, 5) + dt.timedelta(days=rng.randint(0, 190))
    for _ in range(7):
        planned = [day] + [facts.date_of(day, event) for event in events if event.sort not in ("again", "trouble")]
        if all(one.weekday() < 5 for one in planned):
            return day
        day += dt.timedelta(days=1)
    return None


def _event(rng: random.Random, one: Operation) -> Event:
    sort = rng.choice(facts.sorts(one))
    return facts.event(rng, one, sort, inside=rng.random() < 0.7)


def _why(one: Operation, event: Event) -> str:
    """The ruling with its figures."""
    ruling, last = facts.ruling(one, event), facts.last_day(one)
    when = {0: "on the day of the operation", -1: "the day before the operation"}.get(event.day, f"day {event.day}")
    package = {0: "the day alone", 10: "10 days", 90: "90 days"}[last]
    said = f"{event.code}: {when}; the package of {one.code} is {package}. {ruling.why}"
    if ruling.billable and ruling.modifier:
        said += f" So {ruling.modifier}."
    return said


def _one(rng: random.Random, codes: CodeSet, level: int) -> Any:
    one = rng.choice(facts.OPERATIONS)
    event = _event(rng, one)
    start = _start(rng, [event])
    if start is None:
        return None
    ruling = facts.ruling(one, event)
    right = _WITH.format(ruling.modifier) if ruling.modifier else _BARE if ruling.billable else _NO
    note = _note(rng, one, [event], start, level)
    if level == 2 and ruling.billable and rng.random() < 0.5:
        return _modifier(rng, codes, one, event, ruling, note)
    group = _VISIT if event.visit else _PROCEDURE
    wrong = [(_NO, f"It may be billed. {_why(one, event)}"), (_BARE, _bare(one, event, ruling))]
    wrong += [(_WITH.format(mark), f"{_MEANS[mark]}. {_count(one, event)}") for mark in group]
    wrong = [pair for pair in wrong if pair[0] != right]
    rng.shuffle(wrong)
    likely = (_NO, _BARE, _WITH.format(_tempting(one, event)))
    wrong.sort(key=lambda pair: pair[0] not in likely)
    return services.choice(
        rng, codes, level, DOMAINS, (right, ruling.why), wrong,
        title="In the package or not?" if level == 1 else "Count the days",
        stem=f"How does {'the other practice' if event.stranger else 'the physician'} bill **{event.code}**?",
        note=note,
        rationale=_why(one, event),
        **_shared(one),
    )  # fmt: skip


def _tempting(one: Operation, event: Event) -> str:
    """The modifier that a beginner would think of first."""
    if event.sort == "decided":
        return "57" if one.days == "090" else "25"
    return {"beside": "25", "elsewhere": "79", "again": "78", "bedside": "78", "staged": "58"}.get(event.sort, "24")


def _count(one: Operation, event: Event) -> str:
    last = facts.last_day(one)
    if event.day in (0, -1):
        return "Look at the day, and at what the service was for."
    inside = "inside" if event.day <= last else "after the end of"
    return f"Day {event.day} is {inside} the package; then ask what the service was for."


def _other_sort(mark: str) -> str:
    """A modifier of visits on a procedure, or the other way round."""
    return f"{mark} goes on a visit, and this is a procedure." if mark in _VISIT else (
        f"{mark} goes on a procedure, and this is a visit."
    )  # fmt: skip


def _bare(one: Operation, event: Event, ruling: global_package.Ruling) -> str:
    if ruling.billable:
        return f"Without a modifier the payer takes it for part of the package. {_count(one, event)}"
    return f"A line without a modifier would be refused. {_count(one, event)}"


def _modifier(
    rng: random.Random, codes: CodeSet, one: Operation, event: Event, ruling: global_package.Ruling, note: str
) -> Any:
    offered = [*_VISIT, *_PROCEDURE, *rng.sample(("51", "59", "22", "52"), 2)]
    reasons = {mark: f"{_MEANS[mark]}. {_count(one, event)}" for mark in (*_VISIT, *_PROCEDURE)}
    reasons |= {mark: _other_sort(mark) for mark in (_PROCEDURE if event.visit else _VISIT)}
    reasons |= {
        "51": "51 is for several procedures of one session. These are two dates, or a visit.",
        "59": "59 is for what is bundled on one day. A package of days has modifiers of its own.",
        "22": "22 is for clearly more work than usual. Nothing in the note says so.",
        "52": "52 is for less work than usual. Nothing in the note says so.",
    }
    if ruling.modifier:
        reasons[ruling.modifier] = ruling.why
    rng.shuffle(offered)
    return ModifierChoice(
        title="Which modifier lets it through?",
        stem=f"**{event.code}** may be billed here. Which modifiers go on its line, if any?",
        note=note,
        line=ChoiceLine(code=event.code),
        offered=tuple(offered),
        answer=(ruling.modifier,) if ruling.modifier else (),
        reasons={mark: reasons[mark] for mark in offered},
        rationale=_why(one, event) + ("" if ruling.modifier else " No modifier is needed."),
        **_shared(one),
        **services.fields(codes, 2, DOMAINS),
    )


def _claim(rng: random.Random, codes: CodeSet) -> Any:
    one = rng.choice(facts.OPERATIONS)
    events = [_event(rng, one) for _ in range(rng.randint(3, 4))]
    visits = [event for event in events if event.visit and event.sort != "stranger"]
    others = [event for event in events if not event.visit]
    events = visits + others[:1]
    marks = ("99212", "99213", "99214")
    events = [
        event._replace(code=marks[n]) if event.code == "99213" and n < 3 else event for n, event in enumerate(events)
    ]
    rulings = [facts.ruling(one, event) for event in events]
    if len(events) < 3 or len({event.code for event in (*events, Event("routine", 0, one.code, ""))}) <= len(events):
        return None
    if len({event.sort for event in events}) < len(events) or len({event.day for event in events}) < len(events):
        return None
    if not 1 <= sum(ruling.billable for ruling in rulings) < len(events):
        return None
    if others and any(event.day >= others[0].day for event in visits):
        return None  # a second package would begin before the visit
    start = _start(rng, events)
    if start is None:
        return None
    key, reasons = [], {}
    for event, ruling in sorted(zip(events, rulings, strict=True), key=lambda pair: pair[0].day):
        if ruling.billable:
            key.append(ServiceLine(code=event.code, modifiers=(ruling.modifier,) if ruling.modifier else ()))
            if ruling.modifier:
                reasons[f"{event.code}+{ruling.modifier}"] = (
                    f"As it stands the payer takes it for part of the package. {_count(one, event)}"
                )
            for mark in {*_VISIT, *_PROCEDURE} - {ruling.modifier}:
                own = event.visit == (mark in _VISIT)
                reasons[f"{event.code}-{mark}"] = f"{_MEANS[mark]}. {_count(one, event)}" if own else _other_sort(mark)
        else:
            reasons[event.code] = f"{_count(one, event)} {ruling.why}"
    reasons[one.code] = "The operation itself has been billed; the later services are asked for."
    return services.claim(
        codes, 3, DOMAINS, key,
        asks=("modifiers",),
        title="What is left to bill?",
        stem=f"The physician has billed **{one.code}**. Enter what else may be billed, each line with the modifier "
        "that the package asks for.",
        note=_note(rng, one, events, start, 3),
        reasons=dict(sorted(reasons.items())),
        rationale=" ".join(_why(one, event) for event in sorted(events, key=lambda event: event.day)),
        **_shared(one),
    )  # fmt: skip
