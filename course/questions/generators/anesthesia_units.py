"""Anesthesia: base, time, physical status and circumstances to units, and units to money."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.codesets.rules import anesthesia
from course.questions.generators import anesthesia_facts as facts
from course.questions.generators import figures, scenes, services
from course.questions.generators.anesthesia_facts import Case
from course.questions.kinds.number import NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "work out anesthesia units from a record"
DOMAINS = ("CPC: Anesthesia",)
_HINTS = (
    "Time runs while the anesthesia provider is with the patient, from getting ready to the handover in recovery. "
    "Incision and closure are the surgeon's times.",
    "Add the parts that this payer counts: base, time, and perhaps status and circumstances. Several operations share "
    "one base, the highest.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: base and time for Medicare. Level 2: a payer's policy with its extra units. Level 3: a whole record,
    with an interruption or two operations, to units or to a charge."""

    def one() -> Any:
        return _item(rng, codes, level, facts.case(rng, level))

    return services.again(one)


def law(item: Any, codes: CodeSet) -> bool:
    """The key follows from the times, numbers and words of the record, counted minute by minute and in whole tenths."""
    note, stem = item.note, item.stem
    minutes = figures.between(_time(note, "start"), _time(note, "end"))
    away = re.search(rf"away ({figures.TIME}) to ({figures.TIME})", note)
    minutes -= figures.between(away[1], away[2]) if away else 0
    found = [cpt.get(code) for code in re.findall(r"\b0\d{4}\b", note)]
    base = max(one.base_units or 0 for one in found if one)
    per = int(re.search(r"each (\d+) minutes", stem)[1])  # type: ignore[index]
    if "one decimal" in stem:
        tenths = sum(1 for step in range(1, minutes * 10) if 2 * step * per <= 20 * minutes + per)
    elif "begins a whole one" in stem:
        tenths = 10 * (-(-minutes // per))
    else:
        tenths = 10 * ((2 * minutes + per) // (2 * per))
    total = Decimal(10 * base + tenths) / 10
    if "Medicare" not in stem:
        status = re.search(r"\bP(\d)\b", note)
        total += max(0, int(status[1]) - 2) if status else 0
        total += int(re.search(r"\d+", note)[0]) > 70  # type: ignore[index]
        total += 2 * ("Emergency: yes" in note) + 5 * ("lowered on purpose" in note)
    if money := re.search(r"\$(\d+\.\d\d)", stem):
        total = figures.rounded(total * Decimal(money[1]), 2)
    if item.kind == "single_choice":
        return services.marked(item) == f"{figures.grouped(total)} units"
    return isinstance(item.answer, NumberKey) and item.answer.value == total


def _time(note: str, which: str) -> str:
    label = {"start": r"[Aa]nesthesia start\b", "end": r"[Aa]nesthesia end\b"}[which]
    found = re.search(rf"({figures.TIME}) {label}|{label}:? ({figures.TIME})", note)
    assert found is not None
    return found[1] or found[2]


def _policy(one: Case) -> str:
    unit = f"one time unit for each {one.per} minutes; {facts.ROUNDING[one.rounding]}"
    if one.payer == "medicare":
        payer = "Medicare counts" if one.age > 64 else "A plan counts, as Medicare does,"
        return f"{payer} base and time alone: {unit}."
    payer = "A commercial plan" if one.age < 65 else "The group plan of a working spouse, which pays first,"
    return f"{payer} counts {unit}."


def _item(rng: random.Random, codes: CodeSet, level: int, one: Case) -> Any:
    total = one.units()
    policy = _policy(one)
    if one.payer == "commercial":
        policy += f" {facts.EXTRAS}"
    note = _record(rng, one) if level == 3 else _summary(rng, one, level)
    rest: dict[str, Any] = {
        "slug": "anesthesia-units",
        "note": note,
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": _sources(one),
    }
    slips = _slips(one, level == 3)
    if level == 1 and rng.random() < 0.5:
        wrong = [(f"{figures.grouped(value)} units", why) for value, why in slips if value > 0]
        return services.choice(
            rng, codes, level, DOMAINS, (f"{figures.grouped(total)} units", "Base and time, and nothing else."), wrong,
            title="Base and time",
            stem=f"{policy} How many **units** are counted in all?",
            rationale=_reason(one),
            **rest,
        )  # fmt: skip
    if level == 3 and rng.random() < 0.4:
        factor = Decimal(rng.randint(380, 1290) if one.payer == "commercial" else rng.randint(395, 430)) / 20
        return figures.number(
            codes, level, DOMAINS, anesthesia.charge(total, factor), "dollars",
            [(anesthesia.charge(units, factor), why) for units, why in slips],
            2,
            title="From the record to the money",
            stem=f"{policy} One unit is paid at {figures.money(factor)}. How many **dollars** does the case come to?",
            rationale=f"{_reason(one)} {figures.grouped(total)} × {figures.money(factor)} = "
            f"**{figures.money(anesthesia.charge(total, factor))}**.",
            **rest,
        )  # fmt: skip
    return figures.number(
        codes, level, DOMAINS, total, "units", slips,
        1 if one.rounding == "tenths" else None,
        title=("Base and time", "What this plan counts", "Units from a whole record")[level - 1],
        stem=f"{policy} How many **units** are counted in all?",
        rationale=_reason(one),
        **rest,
    )  # fmt: skip


def _sources(one: Case) -> tuple[Any, ...]:
    manual = services.claims_manual(12, "50")
    if one.payer == "medicare":
        return (manual,)
    return (services.book("anesthesia guidelines, time, physical status and qualifying circumstances"), manual)


def _patient(rng: random.Random, one: Case, level: int) -> str:
    return scenes.who(rng, scenes.Person(one.age, one.male), level).rstrip(",")


def _listed(one: Case) -> str:
    return " and ".join(f"{op.name} ({op.code}, base {op.base})" for op in one.operations)


def _facts(one: Case, level: int) -> list[str]:
    out = [f"Physical status {one.status}: {one.ill}."] if level > 1 else []
    if one.operations[0].name in facts.EMERGENCIES and level > 1:
        out.append(f"Emergency: {'yes' if one.emergency else 'no'}.")
    if one.lowered:
        out.append("Blood pressure lowered on purpose to keep the field dry.")
    return out


def _surgery(one: Case) -> tuple[str, str]:
    return ("Scope in", "Scope out") if one.operations[0].code in facts.SCOPES else ("Incision", "Closure done")


def _summary(rng: random.Random, one: Case, level: int) -> str:
    style = figures.style(rng)
    start, cut, closed, end = (figures.clock(at, style) for at in (one.start, one.cut, one.closed, one.end))
    begun, done = _surgery(one)
    times = [f"Anesthesia start {start}, anesthesia end {end}."]
    if one.times:
        times = [f"Anesthesia start {start}. {begun} {cut}. {done} {closed}. Anesthesia end {end}."]
    lines = [f"{_patient(rng, one, level)}.", f"Operation: {_listed(one)}.", *_facts(one, level), *times]
    return services.chart(rng, lines, one.noise, level - 1, level)


def _record(rng: random.Random, one: Case) -> str:
    style = rng.choice(("military", "colon"))

    def at(minutes: int) -> str:
        return figures.clock(minutes, style)

    begun, done = _surgery(one)
    icu = one.operations[0].name == facts.BYPASS
    waits = "Room is being set up." if one.emergency else "Anesthesiologist leaves for another case."
    events = [
        (one.holding, f"Seen in holding: chart reviewed, consent signed. {waits}"),
        (one.start, rng.choice(("Anesthesia start: monitors on, preparing.", "Anesthesia start, with patient."))),
        (one.cut, f"{begun}."),
        (one.closed, f"{done}."),
        (one.end, f"Anesthesia end: report given to the {'ICU' if icu else 'PACU'} nurse."),
        (one.pacu, "ICU: first blood gas drawn." if icu else f"Left PACU for {'home' if one.home else 'the floor'}."),
    ]
    if one.away:
        gone, back = one.away
        events.insert(
            2,
            (
                gone,
                "Block in place. Surgeon late. Holding nurse stays; anesthesiologist away "
                f"{at(gone)} to {at(back)} with another patient.",
            ),
        )
    elif one.closed - one.cut > 60 and rng.random() < 0.6:
        relief = (one.cut + one.closed) // 2
        events.insert(3, (relief, "Relief: Dr. B takes over from Dr. A after report at the table, no break in care."))
    times = [f"{at(minutes)} {told}" for minutes, told in events]
    head = [f"{_patient(rng, one, 3)}.", f"{scenes.capital(_listed(one))}.", *_facts(one, 3)]
    return "\n".join([*head, *rng.sample(one.noise, 2), *times])


def _slips(one: Case, recovery: bool) -> list[tuple[Decimal, str]]:
    """Wrong totals, the likeliest first."""
    right, status = one.units(), int(one.status[1])
    out: list[tuple[Decimal, str]] = []
    if len(one.operations) > 1:
        both = one.units(base=sum(op.base for op in one.operations))
        low = one.units(base=min(op.base for op in one.operations))
        out.append((both, "Both bases are in this. Several operations under one anesthetic share the highest base."))
        out.append((low, "The base of the smaller operation is in this. The highest one counts."))
    if one.away:
        gone = one.away[1] - one.away[0]
        out.append((one.units(one.minutes + gone), "This counts the minutes with another patient, too."))
    if one.payer == "medicare" and one.units(payer="commercial") != right:
        out.append((one.units(payer="commercial"), "Medicare's way has no units for physical status or circumstances."))
    if one.payer == "commercial":
        out.append((one.units(payer="medicare"), "Look again at the policy: it adds units for what the note says."))
        if status > 2:
            out.append((right + 2, f"{one.status} is a name, not a number of units. See what the policy gives it."))
        if one.age == 70:
            out.append((right + 1, "99100 is for patients older than 70. This one is 70."))
        if one.age > 70:
            out.append((right - 1, "Look at the age once more, and at what 99100 is for."))
    if one.times:
        out.append(
            (one.units(one.closed - one.cut), "Those are the surgeon's minutes. Anesthesia has times of its own.")
        )
        out.append(
            (one.units(one.end - one.cut), "That begins with the surgeon. The anesthesia provider was there before.")
        )
    out.append((right - one.base, "The base units are missing."))
    if one.rounding == "tenths":
        whole = anesthesia.time_units(one.minutes, one.per, "up") - anesthesia.time_units(one.minutes, one.per)
        out.append((right + whole, "The time was rounded up to a whole unit. This payer keeps one decimal place."))
    else:
        exact = right - anesthesia.time_units(one.minutes, one.per, one.rounding)
        out.append((exact + anesthesia.time_units(one.minutes, one.per, "down"), "See how the plan rounds the time."))
        out.append((exact + anesthesia.time_units(one.minutes, one.per), "See how the plan rounds the time."))
    if recovery:
        out.append((one.units(one.pacu - one.start), "After the handover the time belongs to the nurses there."))
    other = 15 if one.per == 10 else 10
    out.append((one._replace(per=other).units(), f"A time unit has {one.per} minutes here, not {other}."))
    out.append((Decimal(one.base + one.minutes), "Those are minutes. They have to be turned into units first."))
    return [(value, why) for value, why in out if value != right]


def _reason(one: Case) -> str:
    span = f"{one.end - one.start} minutes from start to end"
    if one.away:
        span += f", less {one.away[1] - one.away[0]} with another patient, make {one.minutes}"
    parts = [f"{one.base} base", f"{figures.grouped(anesthesia.time_units(one.minutes, one.per, one.rounding))} time"]
    said = f"Time: {span}. {scenes.capital(facts.time_words(one))}. "
    if len(one.operations) > 1:
        said += f"Two operations, one anesthetic: the higher base, {one.base}. "
    if one.payer == "commercial":
        status = anesthesia.STATUS_UNITS[one.status]
        parts += [f"{status} for {one.status}"] if status else []
        parts += [f"{anesthesia.CIRCUMSTANCE_UNITS[code]} for {code}" for code in one.circumstances]
    elif one.circumstances or int(one.status[1]) > 2:
        said += "Medicare's way adds nothing for status and circumstances. "
    return f"{said}{' + '.join(parts)} = **{figures.grouped(one.units())} units**."
