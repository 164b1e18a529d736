"""Infusions, pushes and injections: which service is initial, and what the clock makes of each."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.codesets.rules import infusion
from course.codesets.rules.common import RuleError
from course.questions.generators import figures, scenes, services
from course.questions.generators import infusion_facts as facts
from course.questions.generators.infusion_facts import Case

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "code a medication record by hierarchy and time"
DOMAINS = ("CPC: Medicine",)
_HINTS = (
    "One service through the line is initial. In a facility rank decides: chemotherapy, other drugs, fluid, and within "
    "each a drip before a push. In an office it is what the patient came for.",
    "15 minutes or less is a push. One hour more begins with its 31st minute, and so does the first hour of fluid. "
    "What goes into muscle stands by itself.",
)
_SETTINGS = {
    "facility": "Hospital outpatient claim.",
    "office": "Physician office claim. The reason for the visit leads.",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one drip or bag of fluid by the clock. Level 2: two or three things. Level 3: a whole record, with what
    runs alongside, repeated pushes, and lines that are no service."""

    def one() -> Any:
        try:
            drawn = facts.case(rng, level)
            result = drawn.result
        except RuleError:
            return None
        if level == 1:
            return _first(rng, codes, drawn)
        return _lines(rng, codes, level, drawn) if 1 < len(drawn.rows) < 7 and len(result.lines) < 9 else None

    return services.again(one)


# -- law ------------------------------------------------------------------------------------------------------------

#: What our words for a number say of it -> the sort of service, and whether it is initial.
_BY_WORDS = {
    ("chemo", "drip", True): "main chemotherapy drip",
    ("chemo", "drip", False): "different chemotherapy drug dripped",
    ("chemo", "hour", False): "one more hour of a chemotherapy",
    ("chemo", "push", True): "main chemotherapy drug pushed",
    ("chemo", "push", False): "different chemotherapy drug pushed",
    ("drug", "drip", True): "main drug drip",
    ("drug", "drip", False): "different drug dripped in after",
    ("drug", "hour", False): "one more hour of a drug drip",
    ("drug", "push", True): "main drug of the visit pushed",
    ("drug", "push", False): "a different drug pushed",
    ("fluid", "drip", True): "first hour of plain fluid",
    ("fluid", "hour", False): "a further hour of plain fluid",
    ("drug", "beside", False): "while another one runs",
    ("drug", "again", False): "same drug pushed again",
    ("drug", "shot", False): "one shot of a drug",
}
_CANCER = (
    r"paclitaxel|docetaxel|oxaliplatin|irinotecan|gemcitabine|carboplatin|cisplatin|pemetrexed|doxorubicin|vinblast"
    "|fluorouracil"
)
_ROW = re.compile(rf"^({figures.TIME})(?:-({figures.TIME}))?(?: and ({figures.TIME}))? (.+)$")


def law(item: Any, codes: CodeSet) -> bool:
    """The record read line by line, each number found by our words for it, and the initial service by trying them all:
    in a facility none of higher rank may be left, in an office it is what the visit was for."""
    found: dict[str, int] = {}
    rows = []
    for text in re.split(r"\n|(?<=[.;])\s", item.note):
        read = _ROW.match(text.strip(" ."))
        if read:
            rows.append(_read(*read.groups()))
    extra = sum(1 for sort, _, _, _ in rows if sort == ("drug", "beside"))
    if extra:
        found[_code("drug", "beside", False)] = 1
    rows = [row for row in rows if row[0][1] in ("drip", "push", "shot")]
    able = [row for row in rows if row[0][1] != "shot" and not (row[0][0] == "fluid" and row[1] < 31)]
    order = [("chemo", "drip"), ("chemo", "push"), ("drug", "drip"), ("drug", "push"), ("fluid", "drip")]
    ranked = sorted(able, key=lambda row: (order.index(row[0]), -row[1]))
    first = ranked[0] if ranked else None
    if "office" in item.stem:
        came_for = re.search(r"[Cc]omes? for ([\w ]+?)(?: today)?[.;\n]", item.note)
        named = came_for[1] if came_for else ""
        first = next((row for row in able if row[3] in named or (row[3] == "fluids" and "fluid" in named)), first)
    for row in rows:
        for code, units in _billed(row, row is first, "office" in item.stem):
            found[code] = found.get(code, 0) + units
    if item.kind == "single_choice":
        return services.marked(item) == _told(sorted(found.items()))
    return item.kind == "service_lines" and sorted(services.claimed(item)) == sorted(
        (c, (), n) for c, n in found.items()
    )


def _read(start: str, stop: str | None, again: str | None, rest: str) -> tuple[tuple[str, str], int, int, str]:
    """Sort, minutes, how often, and the name of what a line gave."""
    minutes = figures.between(start, stop) if stop else 0
    name = rest.split()[0]
    if "saline" in rest:
        return ("fluid", "idle" if "alongside" in rest else "drip"), minutes, 1, "fluids"
    if " IM" in rest:
        return ("drug", "shot"), 0, 1, name
    if "alongside" in rest:
        return ("drug", "beside"), minutes, 1, name
    sort = "chemo" if re.match(_CANCER, name) else "drug"
    return (sort, "drip" if minutes > 15 else "push"), minutes, 2 if again else 1, name


def _billed(row: tuple[tuple[str, str], int, int, str], initial: bool, office: bool) -> list[tuple[str, int]]:
    (sort, way), minutes, times, _ = row
    if way == "shot":
        return [(_code(sort, way, False), 1)]
    if way == "push":
        again = [(_code(sort, "again", False), times - 1)] if times > 1 and not office else []
        return [(_code(sort, way, initial), 1), *again]
    hours = len(range(91 if sort != "fluid" else 31, minutes + 1, 60))
    if sort == "fluid":
        if not initial:
            return [(_code(sort, "hour", False), hours)] if hours else []
        return [(_code(sort, way, True), 1)] + ([(_code(sort, "hour", False), hours - 1)] if hours > 1 else [])
    return [(_code(sort, way, initial), 1)] + ([(_code(sort, "hour", False), hours)] if hours else [])


def _code(sort: str, way: str, initial: bool) -> str:
    found = [
        code for code, words in services.worded("96360", "96549").items() if _BY_WORDS[sort, way, initial] in words
    ]
    assert len(found) == 1, (sort, way, initial)
    return found[0]


# -- items ----------------------------------------------------------------------------------------------------------


def _told(lines: Any) -> str:
    """``96365, 96366 × 2``"""
    parts = [f"{code} × {units}" if units > 1 else code for code, units in lines]
    return ", ".join(parts) or "No line"


def _note(rng: random.Random, case: Case, level: int) -> str:
    style = rng.choice(("military", "colon"))
    where = "Office" if case.setting == "office" else "Hospital outpatient department"
    reason = case.rows[case.reason].given
    for_what = "fluids" if reason.kind == "hydration" else reason.drug
    head = f"{where}. {scenes.who(rng, case.who, level).rstrip(',')}. {case.told}."
    if "comes for" not in case.told and case.setting == "office":
        head += f" Comes for {for_what} today."
    rows = [scenes.capital(row.told(style)) + ("" if level == 3 else ".") for row in case.rows]
    if level == 3:
        extra = rng.sample(facts.NOISE, 3)
        return "\n".join([head, *extra[:1], *rows, *extra[1:]])
    return "\n".join([head, *rows, *rng.sample(facts.NOISE, level - 1)])


def _shared() -> dict[str, Any]:
    return {
        "slug": "infusion-hierarchy",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": (
            services.book("medicine, guidelines of hydration, infusions and injections"),
            services.ncci(11),
        ),
    }


def _why(case: Case) -> str:
    parts = []
    for one in case.result.coded:
        name = "Fluid" if one.given.kind == "hydration" else scenes.capital(one.given.drug)
        minutes = f" ({one.given.minutes} minutes)" if one.given.minutes else ""
        lines = ", ".join(f"{line.code} × {line.units}" if line.units > 1 else line.code for line in one.lines)
        parts.append(f"{name}{minutes}: {one.why[0].lower() + one.why[1:-1]}{f', so **{lines}**' if lines else ''}.")
    return " ".join(parts)


def _first(rng: random.Random, codes: CodeSet, case: Case) -> Any:
    row = case.rows[0]
    given = row.given
    if len(case.rows) > 1 or (given.route == "push" and rng.random() < 0.7):
        return None
    key = _told([(line.code, line.units) for line in case.result.lines])
    minutes, kind = given.minutes, given.kind
    kinds = {"therapeutic": ("96365", "96366", "96374"), "chemotherapy": ("96413", "96415", "96409")}
    drip, hour, push = kinds.get(kind, ("96360", "96361", "96374"))
    more = infusion.more_hours(minutes) if kind != "hydration" else max(0, infusion.hydration_hours(minutes) - 1)
    begun = max(0, -(-minutes // 60) - 1)
    other = kinds["chemotherapy" if kind != "chemotherapy" else "therapeutic"]

    def hours(count: int) -> list[tuple[str, int]]:
        return [(drip, 1)] + ([(hour, count)] if count > 0 else [])

    short = f"{minutes} minutes are too short for a drip. What are 15 minutes or less?"
    began = "Here each hour that began was counted. One hour more begins with its 31st minute."
    pushed = "A push takes 15 minutes or less." if kind != "hydration" else "That is for a drug. This was plain fluid."
    quick = infusion.route_of(given) == "push"
    wrong: list[tuple[str, str]] = [
        (_told(hours(begun)), short if quick else began),
        (_told(hours(0)), f"One hour alone? {minutes} minutes went by."),
        (
            _told(hours(more + 1)),
            short if quick else "That is one hour too many. Look at the rest beyond the full hours.",
        ),
        (_told([(push, 1)]), pushed),
        (_told([(other[0], 1)]), "That family is for another sort of drug. See what was given."),
        (_told([("96372", 1)]), "That is for muscle or skin. This went into a vein."),
    ]
    if kind == "hydration":
        wrong += [("No line", "Fluid counts from 31 minutes on."), ("96361", "An add-on cannot stand alone.")]
    if given.route == "push":
        wrong = wrong[3:]
        wrong.insert(0, ("96375" if kind == "therapeutic" else "96411", "That follows an initial service. What did?"))
        wrong.insert(0, (drip, "Nothing ran in over time. It was pushed."))
    why = case.result.coded[0].why
    right = "Pushed, and nothing else leads." if given.route == "push" else f"By the clock: {why[0].lower()}{why[1:]}"
    return services.choice(
        rng, codes, 1, DOMAINS, (key, right), wrong,
        title="One line of the medication record",
        stem=f"{_SETTINGS[case.setting].split('. ')[0].rstrip('.')}. Which lines report the **administration**? "
        "Drugs and supplies are billed elsewhere.",
        note=_note(rng, case, 1),
        rationale=_why(case),
        **_shared(),
    )  # fmt: skip


def _lines(rng: random.Random, codes: CodeSet, level: int, case: Case) -> Any:
    lines = case.result.lines
    numbers = {line.code for line in lines}
    if not lines or ("96417" in numbers and "96413" not in numbers):
        return None  # the add-on of a chemotherapy drip has no main code but the drip's own
    return services.claim(
        codes, level, DOMAINS, [services.line(line.code, units=line.units) for line in lines],
        asks=("units",),
        title="A short medication record" if level == 2 else "The medication record of a visit",
        stem=f"{_SETTINGS[case.setting]} One IV line. Enter the lines for the **administration** with their units, "
        "without modifiers. Drugs and supplies are billed elsewhere.",
        note=_note(rng, case, level),
        reasons=_reasons(case),
        rationale=_why(case),
        **_shared(),
    )  # fmt: skip


def _reasons(case: Case) -> dict[str, str]:
    lines = {line.code: line.units for line in case.result.lines}
    rows = [row.given for row in case.rows]
    initial = next((one.given for one in case.result.coded if one.initial), None)
    lead = "Rank decides here: chemotherapy, other drugs, fluid." if case.setting == "facility" else (
        "In an office the reason for the visit leads."
    )  # fmt: skip
    other = f"Another service is the initial one. {lead}"
    out = {"96360": other, "96365": other, "96374": other}
    if any(one.kind == "chemotherapy" for one in rows):
        out["96413"] = "That is for a drip of chemotherapy that leads."
        out["96409"] = "That is for a push of chemotherapy that leads."
    elif initial:
        out["964*"] = "No chemotherapy was given."
    if any(one.concurrent for one in rows):
        out["96368"] = "That is for a drug that drips in beside another. Plain fluid does not count there."
        out["96361"] = "Fluid counts from 31 minutes on, and not while a drug drips in beside it."
    elif any(one.kind == "hydration" for one in rows):
        out["96361"] = "Fluid counts from 31 minutes on. See how long it ran, and what leads."
    if any(one.times > 1 for one in rows):
        again = "The office does not report the same drug again." if case.setting == "office" else ""
        out["96376"] = again or "That is for the same drug once more. See what was pushed how often."
    out |= {
        "96367": "That is for a new drug that drips in after the initial service. See which did, and for how long.",
        "96372": "That is for muscle or skin. Read how each drug was given.",
        "96375": "That is for a new drug pushed after the initial service.",
        "96366": "One hour more begins with the 31st minute beyond the first hour.",
        "96415": "One hour more begins with the 31st minute beyond the first hour.",
        "36*": "Starting the line and drawing from it belong to the service.",
    }
    for code in ("96366", "96361", "96415"):
        if code in lines:
            ran = [one for one in rows if one.route == "infusion" and not one.concurrent]
            begun = sum(max(0, -(-one.minutes // 60) - 1) for one in ran if infusion.HOURS[one.kind] == code)
            if begun and begun != lines[code]:
                out[f"{code} x{begun}"] = "Each hour that began was counted here. It takes 31 minutes of it."
    if any(one.route == "push" and one.times > 1 for one in rows) and "96375" in lines:
        out[f"96375 x{lines['96375'] + 1}"] = "The same drug pushed again is not a new drug."
    return {code: why for code, why in out.items() if code not in lines}
