"""Chapter 15: the trimester from the weeks, and the fetus from the note."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare
from course.questions.generators import common
from course.questions.generators.trimester_facts import (
    DAYS,
    MULTIPLE,
    SINGLE,
    URGENT,
    Visit,
    age,
    families,
    trimester_of,
    visited,
    written,
)
from course.questions.kinds.code_entry import CodeAnswer, CodeEntry
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.questions.base import Source

OBJECTIVE = "choose trimester and fetus in a code of chapter 15"
TITLES = {1: "Which trimester?", 2: "Which trimester?", 3: "Which trimester, which fetus?"}
_WHOLE = ("twins", "triplets")
#: After this day nobody is told to carry twins, and nobody triplets: they are born by then.
_LAST = (37 * 7, 34 * 7)


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice | CodeEntry:
    """Level 1: weeks well inside a trimester. Level 2: the days around the boundaries, and stays across one. Level 3:
    the fetus as well, typed with its placeholders."""
    family, below = rng.choice(families(codes, level))
    visit = visited(rng, family, [name for name in below if name in DAYS], level)
    trimester = trimester_of(visit.begun)
    lines = written(rng, visit, level, family.code.startswith(URGENT))
    if level == 3:
        return _entry(rng, codes, family, below, trimester, visit, lines)
    key = below[trimester]
    wrong = [(common.named(code), _why_not(name)) for name, code in below.items() if name != trimester]
    return SingleChoice(
        slug="trimester-and-fetus",
        title=TITLES[level],
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
    fetus = f"fetus {number}" if number else "not applicable or unspecified"
    return [code.code for code in fitting if code.title.endswith(f", {fetus}")] == list(item.answer.codes)


def _entry(
    rng: random.Random,
    codes: CodeSet,
    family: Code,
    below: dict[str, Code],
    trimester: str,
    visit: Visit,
    lines: list[str],
) -> CodeEntry:
    stem = below[trimester]
    char, told, why = _fetus(rng, family, visit.begun)
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
        title=TITLES[3],
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


def _fetus(rng: random.Random, family: Code, days: int) -> tuple[str, str, str]:
    """7th character, the line of the note and the reason."""
    cases = ("number", "number", "number", "unknown")
    case = rng.choice(cases if family.code.startswith(MULTIPLE) else (*cases, "single"))
    if family.code.startswith(SINGLE) or days > _LAST[0]:
        case = "single"
    whole = rng.choice(_WHOLE if days <= _LAST[1] else _WHOLE[:1])
    if case == "single":
        line = rng.choice(("Single fetus.", "Singleton pregnancy.", "One fetus on the scan."))
        return "0", line, "With a single fetus there is nothing to tell apart: 7th character 0 (Guidelines I.C.15.a.6)."
    if case == "unknown":
        told = (
            "Carries {0}; which fetus is affected cannot be told.",
            "{0}. The affected fetus could not be made out.",
        )
        line = rng.choice(told).format(whole)
        why = "Which fetus is affected cannot be found out: 7th character 0 (Guidelines I.C.15.a.6)."
        return "0", line[0].upper() + line[1:], why
    told = ("Carries {0}. Affected: fetus {1}.", "Pregnant with {0}; it concerns fetus {1}.")
    number = rng.randint(1, 2 if whole == "twins" else 3)
    line = rng.choice(told).format(whole, number)
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


def _reason(visit: Visit, trimester: str) -> str:
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


def _rules(visit: Visit, fetus: bool) -> list[Source]:
    found = ["I.C.15.a.3"] + (["I.C.15.a.4"] if visit.later is not None else []) + (["I.C.15.a.6"] if fetus else [])
    return [common.guideline(one) for one in found]
