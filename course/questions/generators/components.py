"""Professional and technical component: 26, TC, neither, or a code that is one part by itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.questions.generators import component_facts as facts
from course.questions.generators import scenes, services
from course.questions.generators.component_facts import Share
from course.questions.kinds.modifier_choice import ModifierChoice
from course.questions.kinds.modifier_choice import ServiceLine as ChoiceLine
from course.questions.kinds.service_model import ServiceLine

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "bill the part of a test that was done"
DOMAINS = ("CPC: Radiology", "CPC: Medicine")
_HINTS = (
    "Two questions: whose machine and staff, and who read it and signed the report? A claim is for what one group did.",
    "Not every number is split by modifiers. Look up its PC/TC indicator: some families have a code for each part, and "
    "a physician's own work has no parts.",
)
_SOURCES = (services.fees("PC/TC indicator"), services.claims_manual(13, "20"))

#: What may stand beside a test and is not asked for.
_ASIDE = "Contrast, drugs and supplies are not asked for."


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: 26, TC or neither. Level 2: codes with families of their own and codes without parts. Level 3: all the
    tests of a morning, typed."""
    if level == 3:
        return services.again(lambda: _claim(rng, codes))
    return services.again(lambda: _modifier(rng, codes) if level == 1 else _one(rng, codes))


def law(item: Any, codes: CodeSet) -> bool:
    """For each test of the note: of all ways to report it, by code and modifier, one claims what the group did and
    nothing else; those are the key. What a code claims is read from its PC/TC indicator."""
    group = re.findall(r"Claim of (.*)\.", item.note)[0]
    due: list[tuple[str, tuple[str, ...]]] = []
    for line in re.findall(r"^[^\n]*: [^\n]*; [^\n]* by Dr[^\n]*$", item.note, flags=re.M):
        machine, read = line.split(": ", 1)[1].split("; ")
        did = {part for part, words in (("machine", machine), ("read", read)) if f"of {group}" in words}
        ways = [way for way, parts in _ways(line) if parts == did or (parts == {"work"} and "read" in did)]
        if did and len(ways) != 1:
            return False
        due += ways[0] if did else []
    if item.kind == "modifier_choice":
        return [(item.line.code, tuple(item.answer))] == due
    if item.kind == "single_choice":
        return services.marked(item) == _joined(due)
    return sorted((code, marks) for code, marks, _ in services.claimed(item)) == sorted(due)


def _ways(line: str) -> Iterator[tuple[list[tuple[str, tuple[str, ...]]], set[str]]]:
    """Every way to report the test of a line, with the parts that it claims."""
    head = line.split(":")[0].lower()
    family = {"ecg": ("93000", "93005", "93010"), "holter": ("93224", "93225", "93226", "93227"),
              "stress test": ("93015", "93016", "93017", "93018")}  # fmt: skip
    found = next((numbers for name, numbers in family.items() if head.startswith(name)), ())
    if not found:
        code = re.findall(r"\((\d{5})\)", line)[0] if "(" in line else _named(head)
        found = (code,)
    indicators = {code: _indicator(code) for code in found}
    for code, pctc in indicators.items():
        if pctc == "1":
            yield [(code, ())], {"machine", "read"}
            yield [(code, ("26",))], {"read"}
            yield [(code, ("TC",))], {"machine"}
        if pctc == "4":
            yield [(code, ())], {"machine", "read"}
        if pctc == "0":
            yield [(code, ())], {"work"}
    for pctc, part in (("2", "read"), ("3", "machine")):
        some = [(code, ()) for code, indicator in indicators.items() if indicator == pctc]
        if some:
            yield some, {part}  # type: ignore[misc]


def _indicator(code: str) -> str:
    number = cpt.get(code)
    return number.pctc if number else ""


def _named(head: str) -> str:
    return next(one.whole for one in (*facts.SPLIT, *facts.WHOLE) if one.name.lower() == head)


def _joined(lines: Any) -> str:
    return " and ".join("-".join((code, *marks)) for code, marks in lines)


def _shared() -> dict[str, Any]:
    return {"slug": "component-26-tc", "hints": _HINTS, "sources": _SOURCES, "objective": OBJECTIVE}


def _names(rng: random.Random) -> tuple[str, str]:
    return rng.choice(facts.GROUPS), rng.choice(facts.OTHERS)


def _note(rng: random.Random, shares: list[Share], group: str, other: str, level: int) -> str:
    tests = {one.test.whole for one in shares}
    patient = scenes.person(rng, 45, 84)
    if tests & set(facts.OF_WOMEN):
        patient = patient._replace(male=False)
    head = f"{scenes.who(rng, patient, level).rstrip(',')}, outpatient. Claim of {group}."
    noise = ["Phone number updated.", "Allergies: none known.", "Old reports on file."]
    if not tests & {one.whole for one in facts.WHOLE}:
        noise.append("Ordered by the family doctor.")
    lines = [facts.told(rng, one, group, other, number=level != 2) for one in shares]
    return "\n".join([head, *rng.sample(noise, level - 1), *lines])


def _share(rng: random.Random, test: facts.Test, *, idle: bool = False) -> Share:
    if not test.split and not test.parts:
        return Share(test, False, True)
    ways = [(True, True), (False, True), (False, True), (True, False)] + [(False, False)] * idle
    return Share(test, *rng.choice(ways))


def _modifier(rng: random.Random, codes: CodeSet) -> Any:
    one = _share(rng, rng.choice(facts.SPLIT))
    group, other = _names(rng)
    ((code, mark),) = one.lines
    did = "both parts" if not mark else "the reading" if mark == "26" else "machine and staff"
    reasons = {
        "26": f"26 is for the reading alone. Of this test {group} has {did}.",
        "TC": f"TC is for machine, staff and supplies alone. Of this test {group} has {did}.",
        "52": "52 is for work that was cut short. Doing one part of a test is something else.",
        "59": "59 sets two services apart that are usually one. Here there is one service.",
        "76": "76 is for the same service again on that day. It was done once.",
        "77": "77 is for the same service again by somebody else. It was done once.",
        "90": "90 is for laboratory tests sent elsewhere.",
    }
    offered = ["26", "TC", *rng.sample(("52", "59", "76", "77", "90"), 3)]
    rng.shuffle(offered)
    return ModifierChoice(
        title="26, TC, or neither?",
        stem=f"Which modifiers belong on the line of **{group}**, if any?",
        note=_note(rng, [one], group, other, 1),
        line=ChoiceLine(code=code),
        offered=tuple(offered),
        answer=(mark,) if mark else (),
        reasons={name: reasons[name] for name in offered},
        rationale=f"{facts.reason(one, group)} The PC/TC indicator of {code} is 1: it may be split.",
        **_shared(),
        **services.fields(codes, 1, DOMAINS),
    )


def _one(rng: random.Random, codes: CodeSet) -> Any:
    test = rng.choice(rng.choice((facts.SPLIT, facts.FAMILIES, facts.FAMILIES, facts.WHOLE)))
    one = _share(rng, test)
    group, other = _names(rng)
    lines = [(code, (mark,) if mark else ()) for code, mark in one.lines]
    wrong = []
    if test.parts:
        for name, part in (("machine", "the technical part"), ("read", "the physician's part")):
            text = _joined([(code, ()) for code in test.parts[name]])
            wrong.append((text, f"That is {part} alone. Read again who did what."))
        wrong += [
            (test.whole, f"That is the whole service. {group} did a part of it."),
            (f"{test.whole}-26", "This family has a code for each part, so it takes neither 26 nor TC."),
            (f"{test.whole}-TC", "This family has a code for each part, so it takes neither 26 nor TC."),
        ]
    elif test.split:
        wrong = [
            (test.whole, f"Without a modifier the line claims machine and reading. {group} did a part of it."),
            (f"{test.whole}-26", "26 is for the reading alone. Read again who did what."),
            (f"{test.whole}-TC", "TC is for machine and staff alone. Read again who did what."),
            (f"{test.whole}-52", "52 is for work that was cut short. This test was done in full."),
        ]
    else:
        wrong = [
            (f"{test.whole}-26", "The number is the physician's work already; there is no reading to set apart."),
            (f"{test.whole}-TC", "The room is the hospital's and on its own claim; this number has no technical part."),
            (f"{test.whole}-52", "Nothing was cut short. Where it was done does not reduce the work."),
        ]
    rng.shuffle(wrong)
    return services.choice(
        rng, codes, 2, DOMAINS, (_joined(lines), "That is what the group did, and no more."), wrong,
        title="Which line says what was done?",
        stem=f"How does **{group}** report the service? {_ASIDE}",
        note=_note(rng, [one], group, other, 2),
        rationale=facts.reason(one, group),
        **_shared(),
    )  # fmt: skip


def _claim(rng: random.Random, codes: CodeSet) -> Any:
    some, families, whole = rng.choice(facts.DAYS)
    numbers = [*rng.sample(some, 2), rng.choice(families)]
    if whole and rng.random() < 0.7:
        numbers.append(rng.choice(whole))
    known = {one.whole: one for one in (*facts.SPLIT, *facts.FAMILIES, *facts.WHOLE)}
    tests = [known[number] for number in numbers]
    rng.shuffle(tests)
    shares = [_share(rng, test, idle=True) for test in tests]
    group, other = _names(rng)
    key = [ServiceLine(code=code, modifiers=(mark,) if mark else ()) for one in shares for code, mark in one.lines]
    if len({bool(one.lines) for one in shares}) == 1 and rng.random() < 0.5:
        return None
    if len(key) < 2 or not any(line.modifiers for line in key):
        return None
    reasons: dict[str, str] = {}
    for one in shares:
        test = one.test
        if not one.lines:
            why = f"Neither machine nor reading is {group}'s here."
            reasons |= {code: why for code in (test.whole, *(code for part in test.parts.values() for code in part))}
        elif test.split:
            ((_, mark),) = one.lines
            for name, what in (("26", "the reading alone"), ("TC", "machine and staff alone")):
                if name == mark:
                    reasons[f"{test.whole}+{mark}"] = (
                        f"The bare number claims machine and reading. {group} did one of them."
                    )
                else:
                    reasons[f"{test.whole}-{name}"] = f"{name} is for {what}. Read again who did what."
        elif test.parts:
            for code in (test.whole, *(code for part in test.parts.values() for code in part)):
                reasons[code] = "That code is for another share of the work. Read again who did what."
            for code, _ in one.lines:
                reasons |= {f"{code}-{name}": "This family has a code for each part, so it takes no modifier for one."
                            for name in ("26", "TC")}  # fmt: skip
        else:
            reasons[f"{test.whole}-26"] = (
                "The number is the physician's work already; there is no reading to set apart."
            )
    return services.claim(
        codes, 3, DOMAINS, key,
        asks=("modifiers",),
        title="Whose machine, whose reading?",
        stem=f"Enter the lines of **{group}**, with modifiers where they are needed. What others did is theirs. "
        + _ASIDE,
        note=_note(rng, shares, group, other, 3),
        reasons=reasons,
        rationale=" ".join(facts.reason(one, group) for one in shares),
        **_shared(),
    )  # fmt: skip
