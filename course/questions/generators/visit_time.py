"""E/M by time: which minutes count, and which code they reach."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from course.codesets.cpt import em, em_tables
from course.codesets.cpt.em_time import Payer
from course.questions.generators import scenes, services
from course.questions.generators import visit_time_facts as facts
from course.questions.generators.visit_time_facts import Entry, Place

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "add up the minutes of a visit and choose its code"
DOMAINS = ("CPC: Evaluation and management",)
_HINTS = (
    "Whose minutes, on which day, and for what? Leave out staff, other days, general teaching, and what has its own "
    "code.",
    "A code is reached when its minutes are met. Nothing is rounded.",
)
#: Share of draws that end on a threshold or a minute before it.
_AT_THE_EDGE = 0.55


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the office, all minutes count. Level 2: more places, some minutes do not count. Level 3: typed, with
    prolonged time where there is any."""
    return services.again(lambda: _item(rng, codes, level))


def law(item: Any, codes: CodeSet) -> bool:
    """The minutes of the log that count, added up once more, lie between the key's threshold and the next one."""
    note = item.note
    category = next(name for words, name in _HEADS if words in note)
    total = 0
    for words, minutes in re.findall(r"([^;\n]*?), (\d+) min\b", note.split("Time log:")[-1]):
        if not _NO_TIME.search(words):
            total += int(minutes)
    table = _FROM[category]
    reached = [code for code, first in table if first <= total]
    if not reached:
        return False
    key = {reached[-1]: 1}
    top, first = table[-1]
    if category != "hospital-discharge" and reached[-1] == top:
        medicare = "Medicare" in item.stem
        begin = first + (29 if medicare else 15)
        if total >= begin:
            extra = "G2212" if medicare else "99418" if category.startswith(("hospital", "nursing")) else "99417"
            key[extra] = (total - begin) // 15 + 1
    if item.kind == "single_choice":
        return {services.marked(item)} == set(key)
    return {code: units for code, _, units in services.claimed(item)} == key


#: Words that begin a note -> category; thresholds in minutes. Written down for the law alone.
_HEADS = (
    ("Discharge day", "hospital-discharge"),
    ("day of discharge", "hospital-discharge"),
    ("first visit of the stay", "hospital-initial"),
    ("day 3 of the stay", "hospital-subsequent"),
    ("second day", "hospital-subsequent"),
    ("Nursing facility", "nursing-subsequent"),
    ("House call, new", "home-new"),
    ("Assisted living", "home-new"),
    ("House call, est", "home-established"),
    ("Seen at home", "home-established"),
    ("new patient", "office-new"),
    ("established patient", "office-established"),
)
_FROM = {
    "office-new": (("99202", 15), ("99203", 30), ("99204", 45), ("99205", 60)),
    "office-established": (("99212", 10), ("99213", 20), ("99214", 30), ("99215", 40)),
    "hospital-initial": (("99221", 40), ("99222", 55), ("99223", 75)),
    "hospital-subsequent": (("99231", 25), ("99232", 35), ("99233", 50)),
    "nursing-subsequent": (("99307", 10), ("99308", 20), ("99309", 30), ("99310", 45)),
    "home-new": (("99341", 15), ("99342", 30), ("99344", 60), ("99345", 75)),
    "home-established": (("99347", 20), ("99348", 30), ("99349", 40), ("99350", 60)),
    "hospital-discharge": (("99238", 1), ("99239", 31)),
}
_NO_TIME = re.compile(r"\b(?:MA|nurse|evening before|next morning|the student|billed by itself|drive|waiting)\b")


def _item(rng: random.Random, codes: CodeSet, level: int) -> Any:
    place = rng.choice(facts.AT[level])
    payer: Payer = "Medicare" if level == 3 and place.category.startswith("office") and rng.random() < 0.4 else "CPT"
    total = _total(rng, place, payer, level)
    left_out = 0 if level == 1 else rng.randint(1, level)
    patient = scenes.person(rng, *place.ages)
    parts = rng.randint(2, 3 if level == 1 else 5)
    entries = facts.log(rng, place.category, total, parts, left_out, patient.age)
    if entries is None:
        return None
    code, extra = _key(place.category, total, payer)
    if code is None or (level < 3 and extra is not None):
        return None
    if left_out and _key(place.category, sum(one.minutes for one in entries), payer) == (code, extra):
        return None  # then it would not matter what counts
    note = _note(rng, place, patient, entries, level)
    rationale = _reason(place, entries, code, extra, payer)
    slips = _slips(place, entries, code, extra, payer)
    shared: dict[str, Any] = {
        "slug": "em-by-time",
        "note": note,
        "hints": _HINTS,
        "rationale": rationale,
        "sources": (
            services.book("E/M guidelines, time"),
            *((services.claims_manual(12, "30.6.15"),) if level == 3 else ()),
        ),
        "objective": OBJECTIVE,
    }
    if level == 3:
        prolonged = [services.line(extra.code, units=extra.units)] if extra else []
        rule = "The payer follows CPT." if payer == "CPT" else "The payer is Medicare."
        return services.claim(
            codes, 3, DOMAINS, [services.line(code), *prolonged],
            asks=("units",),
            title="The visit and the time beyond it",
            stem="The level is chosen by **time**. Enter the code, and prolonged time if there is any, with units. "
            + rule,
            reasons=slips,
            **shared,
        )  # fmt: skip
    offered = {row.code for row in em.in_category(place.category)} | {"99232", "99233"}
    wrong = [pair for pair in slips.items() if pair[0] in offered]
    return services.choice(
        rng, codes, level, DOMAINS, (code, "The minutes that count reach this code and not the next."), wrong,
        most=min(4, len(wrong) + 1),
        title="Which code by time?" if level == 1 else "Which minutes count?",
        stem="The level is chosen by **time**. Which code do the minutes reach?",
        **shared,
    )  # fmt: skip


def _total(rng: random.Random, place: Place, payer: Payer, level: int) -> int:
    """Minutes that count: often a threshold, or a minute before it. At home they end before prolonged time: payers
    differ there in the days that count."""
    rows = [row for row in em.in_category(place.category) if row.first is not None]
    edges = [row.first for row in rows if row.first] + ([31] if "discharge" in place.category else [])
    first, last = min(edges), place.last if level == 3 else max(edges) + 14
    if level == 3 and "discharge" not in place.category and "home" not in place.category:
        begin = _begin(place.category, payer)
        edges += [begin, begin + 15] * 2
    if rng.random() < _AT_THE_EDGE:
        return min(last + 20, max(first, rng.choice(edges) + rng.choice((-1, 0, 0, 1))))
    return rng.randint(max(first, 8), last)


def _key(category: str, total: int, payer: Payer) -> tuple[str | None, em.Extra | None]:
    code = em.code_by_time(category, total)
    if "discharge" in category:
        return code, None
    top = em.in_category(category)[-1].code
    return code, em.prolonged_units(category, total, payer) if code == top else None


def _begin(category: str, payer: Payer) -> int:
    """The minute at which prolonged time begins beside the top code."""
    return em_tables.prolonged()[payer, em.in_category(category)[-1].code].first


def _note(rng: random.Random, place: Place, patient: scenes.Person, entries: Sequence[Entry], level: int) -> str:
    opening = f"{rng.choice(place.heads)}. {scenes.who(rng, patient, level).rstrip(',')}."
    noise = facts.noise(rng, place, patient.age, level - 1)
    if level == 3:
        return "\n".join([opening, *noise, "Time log:", facts.told(entries, 3)])
    return " ".join([opening, *noise, facts.told(entries, level)])


def _needs(category: str, code: str) -> str:
    row = next(row for row in em.in_category(category) if row.code == code)
    if row.first is None:
        return "has no time of its own"
    if "discharge" in category:
        return "is for 30 minutes or less" if code.endswith("8") else "needs more than 30 minutes"
    return f"needs {row.first} minutes"


def _reason(place: Place, entries: Sequence[Entry], code: str, extra: em.Extra | None, payer: Payer) -> str:
    said = f"What counts: {facts.added(entries)}. {code} {_needs(place.category, code)}"
    rows = [row for row in em.in_category(place.category) if row.first is not None]
    at = [row.code for row in rows].index(code)
    if at + 1 < len(rows):
        said += f", and {rows[at + 1].code} {_needs(place.category, rows[at + 1].code)}"
    said += f". So **{code}**."
    if extra is not None:
        first = _begin(place.category, payer)
        times = {1: "once", 2: "twice"}.get(extra.units, f"{extra.units} times")
        said += f" Beside it **{extra.code}** begins at {first} minutes and comes again with each full 15: {times}."
    dropped = [
        f"{one.words.split(', billed')[0].removeprefix(facts.DOCTOR)} ({one.minutes})" for one in entries if one.why
    ]
    if dropped:
        said += f" Left out: {'; '.join(dropped)}."
    return said


def _slips(place: Place, entries: Sequence[Entry], code: str, extra: em.Extra | None, payer: Payer) -> dict[str, str]:
    """Wrong codes and units -> what leads there, the likeliest first."""
    out: dict[str, str] = {}
    total = sum(one.minutes for one in entries if not one.why)

    def slip(minutes: int, why: str) -> None:
        found, more = _key(place.category, minutes, payer)
        if found and found != code:
            out.setdefault(found, f"{minutes} minutes lead here. {why}")
        elif more and extra and more.units != extra.units:
            out.setdefault(f"{more.code} x{more.units}", f"{minutes} minutes lead here. {why}")
        elif more and not extra:
            out.setdefault(more.code, f"{minutes} minutes would bring prolonged time. {why}")

    for one in entries:
        if one.why:
            slip(total + one.minutes, one.why)
    slip(sum(one.minutes for one in entries), "That is the whole log, and not all of it counts.")
    for row in em.in_category(place.category):
        if row.code != code:
            more = row.first is not None and row.first > total
            hint = "Add up what counts again." if more else "The minutes that count reach further."
            out.setdefault(row.code, f"{row.code} {_needs(place.category, row.code)}. {hint}")
    if "discharge" in place.category:
        for name in ("99232", "99233"):
            out[name] = "That is a visit on an earlier day of the stay. The day of discharge has codes of its own."
    elif not place.category.startswith("home"):
        begin, taken = _begin(place.category, payer), extra.code if extra else ""
        for name in sorted({"99417", "99418", "G2212"} - {taken}):
            out.setdefault(
                name,
                f"Prolonged time beside the top code begins at {begin} minutes for this payer; place and payer decide "
                "which code it has.",
            )
        for units in {extra.units - 1, extra.units + 1} - {0} if extra else ():
            out.setdefault(
                f"{taken} x{units}",
                f"It begins at {begin} minutes, and each full 15 minutes more are another unit. Count once more.",
            )
    return out
