"""Chapter 15: the trimester from the weeks, and the fetus from the note."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from course.codesets.icd10cm.model import bare
from course.questions.generators import common
from course.questions.kinds.code_entry import CodeAnswer, CodeEntry
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.questions.base import Source

OBJECTIVE = "choose trimester and fetus in a code of chapter 15"
TITLE = "Which trimester, which fetus?"

#: First and last day of each trimester, counted from the last menstrual period (note at the head of chapter 15). The
#: last trimester ends with the delivery; nobody is drawn beyond 39 weeks.
DAYS = {"first": (0, 14 * 7 - 1), "second": (14 * 7, 28 * 7 - 1), "third": (28 * 7, 39 * 7)}
#: The days on both sides of the two boundaries.
BOUNDARIES = tuple(limit + step for limit in (14 * 7, 28 * 7) for step in (-2, -1, 0, 1))
_EARLIEST = 7 * 7
_TRIMESTER = re.compile(r"\b(first|second|third|unspecified) trimester\b")
#: Diagnoses that nobody makes before 20 weeks, and those that are no longer so from 37 weeks on.
_LATE = ("O11", "O13", "O14", "O15", "O36.5", "O36.6", "O36.81", "O45", "O46", "O47", "O60")
_LATE_START = 20 * 7
_PRETERM = re.compile(r"preterm|before 37 completed", re.IGNORECASE)
#: Diagnoses that only a pregnancy with more than one fetus can have.
_MULTIPLE = ("O31",)
#: Diagnoses that are no reason for a stay.
_NO_STAY = ("O09", "O30")
_WHOLE = ("twins", "triplets", "quadruplets", "quintuplets", "sextuplets")


class _Visit(NamedTuple):
    """``begun``: the age in days that counts, on the day of the visit or of the admission; ``later``: the age at the
    discharge of a stay, otherwise None."""

    begun: int
    later: int | None


def trimester_of(days: int) -> str:
    """The trimester of a gestational age in completed days: less than 14 weeks 0 days is the first, less than 28 weeks
    0 days the second. Raises ValueError for a negative age."""
    if days < 0:
        raise ValueError(f"a gestational age is not negative: {days}")
    return "first" if days < 98 else "second" if days < 196 else "third"


def age(days: int) -> str:
    """``13 weeks 6 days``, as charts write it."""
    weeks, rest = divmod(days, 7)
    return f"{weeks} weeks {rest} {'day' if rest == 1 else 'days'}"


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice | CodeEntry:
    """Level 1: weeks well inside a trimester. Level 2: the days around the boundaries, and stays across one. Level 3:
    the fetus as well, typed with its placeholders."""
    family, below = rng.choice(_families(codes, level))
    visit = _visit(rng, family, [name for name in below if name in DAYS], level)
    trimester = trimester_of(visit.begun)
    lines = _lines(rng, visit, level)
    if level == 3:
        return _entry(rng, codes, family, below, trimester, visit, lines)
    key = below[trimester]
    wrong = [(common.named(code), _why_not(name)) for name, code in below.items() if name != trimester]
    return SingleChoice(
        slug="trimester-and-fetus",
        title=TITLE,
        stem=f"The diagnosis leads to {common.named(family)}. The patient has not delivered. Which code fits the note?",
        note="\n".join(lines),
        options=common.options(rng, [(common.named(key), "The weeks of the note lie in this trimester.")], wrong[:4]),
        hints=_hints(),
        rationale=_reason(visit, trimester) + f" That makes **{key.code}**.",
        sources=common.tabular(codes, "note at the head of chapter 15", *_rules(visit, False)),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice | CodeEntry, codes: CodeSet) -> bool:
    """Of the codes below the given heading exactly one has the trimester and the fetus that the note's figures and
    words lead to, by its official title, and it is the key."""
    given = item.stem.split("**")[1]
    note = item.note or ""
    ages = [(int(weeks), int(days)) for weeks, days in re.findall(r"(\d+) weeks (\d) day", note)]
    began = ages[0] if "Admitted" in note else ages[-1]
    words = "first" if began < (14, 0) else "second" if began < (28, 0) else "third"
    fitting = [code for code in codes.billable_below(given) if f"{words} trimester" in code.title]
    if isinstance(item, SingleChoice):
        return {code.code for code in fitting} == {
            common.leading_code(one.text) for one in item.options if one.correct
        } and len(fitting) == 1
    named = re.search(r"\bfetus (\d)\b", note)
    number = int(named[1]) if named and re.search("|".join(_WHOLE), note) else 0
    fetus = "not applicable or unspecified" if not number else f"fetus {number}" if number < 6 else "other fetus"
    return [code.code for code in fitting if code.title.endswith(f", {fetus}")] == list(item.answer.codes)


def _visit(rng: random.Random, family: Code, offered: list[str], level: int) -> _Visit:
    """A gestational age that the diagnosis can have and for which the family has a code."""
    start = _LATE_START if family.code.startswith(_LATE) else _EARLIEST
    end = 37 * 7 - 1 if _PRETERM.search(family.title) else DAYS["third"][1]
    spans = [(max(DAYS[name][0], start), min(DAYS[name][1], end)) for name in offered]
    spans = [(low, high) for low, high in spans if low <= high]
    near = [day for day in BOUNDARIES if any(low <= day <= high for low, high in spans)]
    if level > 1 and near and rng.random() < 0.75:
        day = rng.choice(near)
        if level == 2 and not family.code.startswith(_NO_STAY) and rng.random() < 0.4:
            return _Visit(day, day + rng.randint(3, 12))
        return _Visit(day, None)
    low, high = rng.choice(spans)
    margin = 10 if level == 1 and high - low > 30 else 0
    return _Visit(rng.randint(low + margin, high - margin), None)


def _lines(rng: random.Random, visit: _Visit, level: int) -> list[str]:
    """The note: where, how far, and what does not matter."""
    if visit.later is not None:
        return [
            rng.choice(("Hospital stay, ready to go home.", "Discharge summary.", "Antepartum unit, last day.")),
            f"Admitted at {age(visit.begun)} with this diagnosis.",
            rng.choice(("Discharged today at {0}.", "Goes home today, at {0}.")).format(age(visit.later)),
        ]
    where = ("Prenatal visit.", "Obstetric triage.", "Prenatal clinic, follow-up.", "Seen in the high-risk clinic.")
    told = ("Gestational age {0}.", "{0} by dates.", "Dating scan agrees: {0} today.", "EGA today {0}.")
    lines = [rng.choice(where), rng.choice(told).format(age(visit.begun))]
    if level > 1:
        lines.append(
            rng.choice(
                ("Prenatal vitamins.", "Not allergic to anything.", "Next visit in a week.", "Lives near the hospital.")
            )
        )
    return lines


def _entry(
    rng: random.Random,
    codes: CodeSet,
    family: Code,
    below: dict[str, Code],
    trimester: str,
    visit: _Visit,
    lines: list[str],
) -> CodeEntry:
    stem = below[trimester]
    char, told, why = _fetus(rng, family)
    lines.insert(2, told)
    key = codes.normalise(bare(stem.code).ljust(6, "X") + char)
    empty = 6 - len(bare(stem.code))
    fill = f" X fills the {'empty place' if empty == 1 else 'empty places'} before the 7th character." if empty else ""
    reasons = {
        codes.normalise(bare(code.code).ljust(6, "X") + char): _why_not(name)
        for name, code in below.items()
        if name != trimester
    }
    reasons |= {
        codes.normalise(bare(stem.code).ljust(6, "X") + other): sentence
        for other, sentence in _slips(char).items()
        if other != char
    }
    return CodeEntry(
        slug="trimester-and-fetus",
        title=TITLE,
        stem=f"The diagnosis leads to {common.named(family)}. The patient has not delivered. Enter the complete code. "
        "Codes of categories O30 and Z3A are not asked for.",
        note="\n".join(lines),
        answer=CodeAnswer(codes=(key,)),
        reasons=reasons,
        hints=(*_hints(), f"The 7th characters stand at {family.code[:3]}. Read what 0 is for."),
        rationale=f"{_reason(visit, trimester)} {why}{fill} That makes **{key}**."
        + (f" A code of O30.- would go with it: the note at {family.code[:3]} asks for it." if char != "0" else ""),
        sources=common.tabular(
            codes, f"note at the head of chapter 15; 7th characters at {family.code[:3]}", *_rules(visit, True)
        ),
        objective=OBJECTIVE,
        **common.common_fields(codes, 3),
    )


def _fetus(rng: random.Random, family: Code) -> tuple[str, str, str]:
    """7th character, the line of the note and the reason."""
    cases = ("number", "number", "other", "unknown")
    case = rng.choice(cases if family.code.startswith(_MULTIPLE) else (*cases, "single"))
    if case == "single":
        line = rng.choice(("Single fetus.", "Singleton pregnancy.", "One fetus on the scan."))
        return "0", line, "With a single fetus there is nothing to tell apart: 7th character 0 (Guidelines I.C.15.a.6)."
    if case == "unknown":
        told = (
            "Carries {0}; which fetus is affected cannot be told.",
            "{0}. The affected fetus could not be made out.",
        )
        line = rng.choice(told).format(rng.choice(_WHOLE[:2]))
        why = "Which fetus is affected cannot be found out: 7th character 0 (Guidelines I.C.15.a.6)."
        return "0", line[0].upper() + line[1:], why
    told = ("Carries {0}. Affected: fetus {1}.", "Pregnant with {0}; it concerns fetus {1}.")
    if case == "other":
        why = "The list has numbers up to 5. Fetus 6 is *other fetus*: 7th character 9."
        return "9", rng.choice(told).format(_WHOLE[4], 6), why
    count = rng.randint(2, 5)
    number = rng.randint(1, count)
    line = rng.choice(told).format(_WHOLE[count - 2], number)
    return str(number), line, f"Fetus {number} of several is affected: 7th character {number}."


def _slips(char: str) -> dict[str, str]:
    """7th character -> a sentence for who takes it here by mistake."""
    if char == "0":
        return {
            "1": "1 is for fetus 1 of several, when the record says so. Read how many there are, and which is meant."
        }
    return {"0": "0 is for a single fetus, or when nobody can tell which one is affected. Read the note again."}


def _why_not(name: str) -> str:
    if name in DAYS:
        low, high = DAYS[name]
        span = {
            "first": f"ends at {age(high)}",
            "second": f"goes from {age(low)} to {age(high)}",
            "third": f"begins at {age(low)}",
        }[name]
        return f"The {name} trimester {span}. Look which age counts here."
    if name == "unspecified":
        return "The note gives the weeks, so the trimester is known. Unspecified is for when nobody wrote them down."
    return f"This one is for another time: {name}. The note tells of a visit before delivery."


def _hints() -> tuple[str, ...]:
    return (
        "The trimesters are defined in a note at the head of chapter 15. Open the chapter in the code browser.",
        "Which day counts? At a visit it is the day of the visit. For a stay, think of the day on which the patient "
        "came in with the condition.",
    )


def _reason(visit: _Visit, trimester: str) -> str:
    span = {
        "first": "the first trimester is everything before 14 weeks 0 days",
        "second": "the second trimester goes from 14 weeks 0 days to 27 weeks 6 days",
        "third": "the third trimester begins at 28 weeks 0 days",
    }[trimester]
    start = f"By the note at the head of chapter 15, {span}, so {age(visit.begun)} belongs to it."
    if visit.later is None:
        return start
    return (
        f"{start} The stay went on to {age(visit.later)}, but what counts is the trimester in which the patient was "
        "admitted with the condition, not that of the discharge (Guidelines I.C.15.a.4)."
    )


def _rules(visit: _Visit, fetus: bool) -> list[Source]:
    found = ["I.C.15.a.3"] + (["I.C.15.a.4"] if visit.later is not None else []) + (["I.C.15.a.6"] if fetus else [])
    return [common.guideline(one) for one in found]


@lru_cache(maxsize=8)
def _families(codes: CodeSet, level: int) -> tuple[tuple[Code, dict[str, Code]], ...]:
    """Headings of chapter 15 whose entries differ in nothing but the time; at level 3 those that go on to a fetus."""
    out = []
    rows = codes.connection.execute(
        "SELECT code FROM code WHERE chapter = '15' AND NOT billable AND level NOT IN ('chapter', 'block') ORDER BY n"
    ).fetchall()
    for (name,) in rows:
        family = codes.get(name)
        if family is None or not family.title_known or re.search(r"(?<!without )\bdelivery\b", family.title):
            continue
        below = _by_time(codes, family)
        if below is None:
            continue
        if all(code.billable for code in below.values()) != (level < 3):
            continue
        if level == 3 and not all(codes.valid_seventh(code.code) for code in below.values()):
            continue
        out.append((family, below))
    return tuple(out)


def _by_time(codes: CodeSet, family: Code) -> dict[str, Code] | None:
    """Trimester (or "complicating childbirth", …) -> entry; None where something else differs, or little does."""
    below: dict[str, Code] = {}
    for code in codes.children(family.code):
        found = _TRIMESTER.findall(code.title)
        rest = re.search(r"complicating (childbirth|the puerperium)", code.title)
        name = found[0] if len(found) == 1 else rest[0] if rest and not found else ""
        if not name or name in below or not code.title_known or not code.notes_known:
            return None
        below[name] = code
    return below if sum(name in DAYS for name in below) >= 2 and len(below) >= 3 else None
