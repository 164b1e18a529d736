"""Therapy: minutes to units, by the total of the day (Medicare) or service by service (midpoint)."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from course.codesets.rules import therapy
from course.questions.generators import figures, scenes, services
from course.questions.generators import therapy_facts as facts
from course.questions.generators.therapy_facts import Day
from course.questions.kinds.number import NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "turn therapy minutes into units"
DOMAINS = ("CPC: Medicine",)
_HINTS = (
    "Which services count by the quarter hour, and which once a day however long they last?",
    "Medicare: add all timed minutes first. 8 to 22 make one unit, 23 to 37 two, and so on by 15. Full quarter hours "
    "stay with their service; a unit that is left goes to the largest rest. Midpoint: each service by itself, from 8 "
    "minutes on.",
)
_STEMS = {
    "medicare": "Medicare patient.",
    "midpoint": "A commercial payer takes CPT codes and counts each service by itself, by the midpoint rule.",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one service, or the units of a whole day. Level 2: two or three services to lines. Level 3: a daily note
    with an evaluation, clock times, and minutes that are nobody's service."""

    def one() -> Any:
        drawn = facts.day(rng, level)
        if drawn is None:
            return None
        return _first(rng, codes, drawn) if level == 1 else _lines(rng, codes, level, drawn)

    return services.again(one)


#: A word of the note that is a word of our paraphrase, too (for the law).
_WORDS = ("strength", "balance", "walking", "hands-on", "real tasks", "daily life", "sound waves", "massage")


def law(item: Any, codes: CodeSet) -> bool:
    """Units given out one by one, always to the service with the most minutes left, come to the lines of the key."""
    minutes: Counter[str] = Counter()
    once = set()
    for part in re.split(r"\n|(?<=[.;])\s", item.note or item.stem):
        low = part.lower()
        time = re.search(rf"({figures.TIME})-({figures.TIME})|(\d+) min", part)
        if time is None:
            continue
        spent = int(time[3]) if time[3] else figures.between(time[1], time[2])
        if "evaluation" in low:
            once.add(re.search(r"\d{5}", part)[0])  # type: ignore[index]
        elif "current" in low:
            once.add("G0283" if "Medicare" in item.stem else "97014")
        else:
            word = next((one for one in _WORDS if one in low), None)
            if word:
                worded = services.worded("97032", "97535")
                minutes[next(code for code in worded if word in worded[code])] += spent
    units: Counter[str] = Counter()
    if "Medicare" in item.stem:
        left, open_units, rest = minutes.copy(), len(range(8, sum(minutes.values()) + 1, 15)), 0
        for _ in range(open_units):
            code, rest = left.most_common(1)[0]
            units[code] += 1
            left[code] -= 15
        if open_units and rest < 15 and rest == max(left.values()):
            return False  # two services have the same claim to the last unit
    else:
        for code, spent in minutes.items():
            units[code] += len(range(8, spent + 1, 15))
    if item.kind == "number":
        return isinstance(item.answer, NumberKey) and item.answer.value == sum(units.values())
    if item.kind == "single_choice":
        return services.marked(item) == figures.counted(sum(units.values()), "unit")
    due = sorted([(code, (), count) for code, count in units.items() if count] + [(code, (), 1) for code in once])
    return item.kind == "service_lines" and sorted(services.claimed(item)) == due


def _sources(policy: str) -> tuple[Any, ...]:
    if policy == "medicare":
        return (services.claims_manual(5, "20.2"),)
    return (services.book("introduction, time"),)


def _first(rng: random.Random, codes: CodeSet, one: Day) -> Any:
    """One timed service, or two to add up."""
    if rng.random() < 0.5 and one.policy == "medicare":
        other = rng.choice([code for code in facts.services_at(one.part) if code != one.services[0][0]])
        one = one._replace(services=(*one.services, (other, facts.minutes_for(rng, other, 5, 30))))
    told = "; ".join(f"{facts.DONE[code][one.part]}, {minutes} minutes" for code, minutes in one.services)
    result = one.result()
    if result.tie:
        return None
    total, units = result.total, result.units
    many = len(one.services) > 1
    each = sum(therapy.units_for(minutes) for _, minutes in one.services)
    up = sum(-(-minutes // 15) for _, minutes in one.services)
    slips = [
        (total // 15, "A rest of 8 minutes and more is a unit, too."),
        (-(-total // 15), "A rest of 7 minutes or less is no unit."),
        (each, "Each service was counted alone. Medicare adds all timed minutes up first."),
        (up, "Each part of a quarter hour was made a unit here."),
        (units + 1, f"For {units + 1} units it takes {therapy.span_of(units + 1)[0]} minutes."),
        (units - 1, f"The minutes go beyond the {15 * units - 8} that {units - 1 or 'no'} units end with."),
        (total, "Those are minutes. A unit stands for a quarter hour."),
        (len(one.services), "That counts services. Time decides here."),
        (units + 2, "That is more quarter hours than there were."),
    ]
    rest: dict[str, Any] = {
        "slug": "therapy-units",
        "title": "Minutes to units",
        "stem": f"{_STEMS[one.policy]} How many **units** of timed therapy is this{' day' if many else ''}?",
        "note": f"{rng.choice(facts.OPENINGS)} {_who(rng, one, 1)}: {told}.",
        "rationale": _sum_words(one),
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": _sources(one.policy),
    }
    if rng.random() < 0.5:
        return figures.number(codes, 1, DOMAINS, units, "units", slips, **rest)
    wrong = [(figures.counted(count, "unit"), why) for count, why in slips if 0 < count != units]
    key = (figures.counted(units, "unit"), "The rest decides whether one unit more is earned.")
    return services.choice(rng, codes, 1, DOMAINS, key, wrong, **rest)


def _lines(rng: random.Random, codes: CodeSet, level: int, one: Day) -> Any:
    result = one.result()
    start = rng.randint(8 * 60, 16 * 60) if rng.random() < 0.5 else 0
    told, at = [], start
    order = list(one.services)
    if one.evaluation:
        code, minutes = one.evaluation
        told.append(f"First evaluation, {facts.EVALUATIONS[code]} case ({code}), {_spent(rng, level, at, minutes)}.")
        at += bool(at) * minutes
    for code, minutes in order:
        named = f" ({code})" if level == 2 else ""
        doing = scenes.capital(facts.DONE[code][one.part])
        told.append(f"{doing}{named}, {_spent(rng, level, at, minutes)}.")
        at += bool(at) * (minutes + rng.randint(0, 3))
    if one.current:
        doing = scenes.capital(facts.CURRENT_WORDS[one.part])
        told.append(f"{doing}, {_spent(rng, level, at, one.current)}.")
    idle = [rng.choice(facts.IDLE).format(m=rng.randint(4, 12))] if level == 3 else []
    noise = [text for text in facts.NOISE if not (one.evaluation and re.search("Visit|before", text))]
    note = services.chart(
        rng,
        [f"{rng.choice(facts.OPENINGS)} {_who(rng, one, level)}.", *told],
        [*noise, *idle],
        level - 1,
        level,
    )
    if idle and idle[0] not in note:
        note += f"\n{idle[0]}"
    sheet = ""
    if level == 3:
        used = sorted({code for code, _ in order})
        more = rng.sample([code for code in facts.DONE if code not in used], 2)
        sheet = f"\nCharge sheet lists: {', '.join(sorted(used + more))}."
    return services.claim(
        codes, level, DOMAINS, [services.line(line.code, units=line.units) for line in result.lines],
        asks=("units",),
        title="One day of therapy" if level == 2 else "Therapy, from the daily note",
        slug="therapy-units",
        stem=f"{_STEMS[one.policy]} Enter the lines of this day with their **units**. Leave modifiers "
        "aside; what earns no unit has no line.",
        note=note + sheet,
        reasons=_reasons(one),
        rationale=_sum_words(one),
        hints=_HINTS,
        objective=OBJECTIVE,
        sources=_sources(one.policy),
    )  # fmt: skip


def _who(rng: random.Random, one: Day, level: int) -> str:
    """The patient, old enough for the payer and for what is treated."""
    trouble = rng.choice(facts.TROUBLES[one.part])
    low, high = (65, 88) if one.policy == "medicare" else (50 if re.search(facts.LATE, trouble) else 19, 64)
    return f"{services.who(rng, level, low, high)}, {trouble}"


def _spent(rng: random.Random, level: int, at: int, minutes: int) -> str:
    return facts.spent(rng, level, at, minutes)


def _reasons(one: Day) -> dict[str, str]:
    """Slips of units on each line, and of codes."""
    result, other = one.result(), one.result("midpoint" if one.policy == "medicare" else "medicare")
    units = {share.code: share.units for share in result.shares}
    out: dict[str, str] = {}
    for share in result.shares:
        code, minutes = share.code, share.minutes
        theirs = next((line.units for line in other.lines if line.code == code), 0)
        slips = [
            (theirs, "Counted alone, yes. Medicare adds all timed minutes of the day first, then hands units out.")
            if one.policy == "medicare"
            else (theirs, "That is the share of a day's total. This payer looks at each service by itself."),
            (-(-minutes // 15), f"{minutes} minutes: not each part of a quarter hour earns a unit."),
            (minutes // 15, f"{minutes} minutes: look at the rest beyond the full quarter hours."),
            (minutes, "Those are minutes. A unit stands for a quarter hour."),
            (result.units, "That is the whole day on one line."),
            (share.units + 1, f"{minutes} minutes do not reach that far, whatever the others leave."),
        ]
        if not share.units:
            why = f"Look at its {minutes} minutes once more, and at what the others leave for it."
            out[code] = why if one.policy == "medicare" else f"{minutes} minutes do not pass the midpoint of 15."
            continue
        for count, why in slips:
            if count and count != units[code]:
                out.setdefault(f"{code} x{count}", why)
    if one.current:
        if one.policy == "medicare":
            out["97014"] = "Medicare does not take this number. It has a G code for current with nobody beside."
        else:
            out["G0283"] = "That is Medicare's code. This payer goes by CPT."
        billed = result.untimed[-1]
        out[f"{billed} x2"] = "Untimed: once a day, however long it ran."
        out["97032"] = "That one needs the therapist at the patient's side. The note says alone."
    if one.evaluation:
        out[f"{one.evaluation[0]} x2"] = "An evaluation is not counted in quarter hours."
        out[f"{one.evaluation[0]} x3"] = "An evaluation is not counted in quarter hours."
    return out


def _left(share: therapy.Share) -> str:
    parts = [f"{share.full} full"] if share.full else []
    return " and ".join([*parts, f"{share.left} left"] if share.left or not parts else parts)


def _sum_words(one: Day) -> str:
    result = one.result()
    if one.policy == "medicare":
        low, high = therapy.span_of(result.units)
        sums = " + ".join(str(share.minutes) for share in result.shares)
        total = f"{sums} = {result.total} timed minutes" if len(result.shares) > 1 else f"{result.total} timed minutes"
        said = f"{total}: {low} to {high} make {figures.counted(result.units, 'unit')}. "
        if len(result.shares) > 1:
            full = sum(share.full for share in result.shares)
            parts = ", ".join(f"{share.code} has {_left(share)}" for share in result.shares)
            more = result.units - full
            last = [share.code for share in result.shares if share.units > share.full]
            said += f"By quarter hours {parts}. "
            if more:
                said += f"{'One unit is' if more == 1 else f'{more} units are'} left for the largest rest: "
                said += f"{scenes.listed(last)}. "
    else:
        parts = " ".join(
            f"{share.code}: {share.minutes} minutes{f' are {_left(share)}' if share.full and share.left else ''}, so "
            f"{figures.counted(share.units, 'unit') if share.units else 'no unit'}."
            for share in result.shares
        )
        said = f"Each service by itself, from 8 minutes of a quarter hour on. {parts} "
    if one.current or one.evaluation:
        said += "What is untimed counts once, and its minutes are not added. "
    return said.strip()
