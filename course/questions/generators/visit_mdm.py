"""E/M by medical decision making: from the words of a note to elements, to a level, to a code."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

from course.codesets.cpt import em
from course.questions.generators import scenes, services
from course.questions.generators import visit_mdm_facts as facts
from course.questions.generators.visit_mdm_facts import Visit
from course.questions.kinds.em_leveling import EmLeveling
from course.questions.kinds.em_model import Held, Trap

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "level a visit by problems, data and risk"
DOMAINS = ("CPC: Evaluation and management",)
_OFFICE = ("office-new", "office-established")
_AT = {1: _OFFICE, 2: (*_OFFICE, "emergency"), 3: tuple(facts.HEADS)}
_HINTS = (
    "Three parts: the problems that were dealt with, the data that were ordered or read, the risk of what was decided. "
    "Find the level of each.",
    "Two of the three must reach a level. The highest part alone does not carry it.",
)
_SOURCES = (services.book("E/M guidelines, medical decision making"),)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the code from a plain office note. Level 2: tick the elements. Level 3: the code, typed, from a chart
    note of any place, with sentences that count for nothing."""
    return services.again(lambda: _item(rng, codes, level))


def law(item: Any, codes: CodeSet) -> bool:
    """Read back sentence by sentence and leveled once more by a table of the law's own, the note leads to one code of
    its category, and that is the key."""
    found = [element for element in _lexicon().find_all(item.note) if element]
    category = next(name for name, words in facts.HEADS.items() if words in item.note)
    reached = _levels(found)
    fitting = [
        code
        for code, levels in _CODES[category].items()
        if any(
            sum(one >= level for one in reached) >= 2 and sum(one > level for one in reached) < 2 for level in levels
        )
    ]
    if len(fitting) != 1:
        return False
    if isinstance(item, EmLeveling):
        held = {**item.elements.problems, **item.elements.data, **dict.fromkeys(item.elements.risk, 1)}
        return item.code == fitting[0] and held == {
            name: found.count(name) if name in _COUNTED else 1 for name in found
        }
    if item.kind == "single_choice":
        return services.marked(item) == fitting[0]
    return [code for code, _, _ in services.claimed(item)] == fitting


#: 1 straightforward to 4 high. Written down for the law alone.
_CODES: dict[str, dict[str, tuple[int, ...]]] = {
    "office-new": {"99202": (1,), "99203": (2,), "99204": (3,), "99205": (4,)},
    "office-established": {"99212": (1,), "99213": (2,), "99214": (3,), "99215": (4,)},
    "emergency": {"99282": (1,), "99283": (2,), "99284": (3,), "99285": (4,)},
    "hospital-initial": {"99221": (1, 2), "99222": (3,), "99223": (4,)},
    "hospital-subsequent": {"99231": (1, 2), "99232": (3,), "99233": (4,)},
}
_PROBLEMS = {
    "minor": 1, "acute-uncomplicated": 2, "stable-chronic": 2, "acute-inpatient": 2, "stable-acute": 2,
    "chronic-exacerbation": 3, "undiagnosed-uncertain": 3, "acute-systemic": 3, "acute-complicated-injury": 3,
    "chronic-severe-exacerbation": 4, "threat-to-life": 4,
}  # fmt: skip
_COUNTED = ("minor", "stable-chronic", "external-note", "unique-result", "unique-test-ordered")
_RISKS = {
    "minimal": 1, "low": 2, "prescription-drug": 3, "elective-major-no-risk": 3, "social-determinants": 3,
    "toxicity-monitoring": 4, "elective-major-risk": 4, "emergency-major": 4, "hospitalization": 4, "de-escalation": 4,
    "parenteral-controlled": 4,
}  # fmt: skip


def _levels(found: list[str]) -> tuple[int, int, int]:
    problems = max((_PROBLEMS[name] for name in found if name in _PROBLEMS), default=0)
    problems = max(problems, 3 if found.count("stable-chronic") > 1 else 0)
    listed = sum(found.count(name) for name in ("external-note", "unique-result", "unique-test-ordered"))
    told = "independent-historian" in found
    groups = [listed + told > 2, "independent-interpretation" in found, "external-discussion" in found]
    data = min(4, 2 + sum(groups)) if any(groups) else 2 if told or listed > 1 else 1
    return problems, data, max((_RISKS[name] for name in found if name in _RISKS), default=0)


class _Sentences(scenes.Lexicon):
    """Every sentence as often as it stands there."""

    def find_all(self, text: str) -> list[str]:
        read = " ".join(text.lower().split())
        return [self._fact[match[0]] for match in self._pattern.finditer(read)]


@cache
def _lexicon() -> _Sentences:
    table: dict[str, list[str]] = {}
    for element, words in facts.sentences():
        table.setdefault(element, []).append(words.rstrip("."))
    return _Sentences(table)


def _item(rng: random.Random, codes: CodeSet, level: int) -> Any:
    visit = facts.visit(rng, _AT[level], 0 if level == 1 else rng.randint(1, 2))
    if visit is None:
        return None
    parts = {part: visit.held(part) for part in em.PARTS}
    mdm = em.level_of(*(parts[part] for part in em.PARTS))
    code = em.code_for(visit.category, mdm.overall)
    if code is None:
        return None
    shared: dict[str, Any] = {
        "slug": "em-by-mdm",
        "note": _note(rng, visit, level),
        "hints": _HINTS,
        "rationale": _reason(visit, parts, mdm, code),
        "sources": _SOURCES,
        "objective": OBJECTIVE,
    }
    if level == 2:
        return EmLeveling(
            title="Tick what the note holds",
            stem="Tick what the note holds and choose the code. No time is recorded.",
            category=visit.category,
            elements=Held(problems=parts["problems"], data=parts["data"], risk=tuple(parts["risk"])),
            traps=tuple(Trap(element=one.element, why=one.why) for one in visit.traps),
            code=code,
            **shared,
            **services.fields(codes, 2, DOMAINS),
        )
    slips = _slips(visit, parts, mdm, code)
    if level == 3:
        return services.claim(
            codes, 3, DOMAINS, [services.line(code)],
            title="The level of a visit, from the chart",
            stem="Level the visit by **medical decision making** and enter its code. No time is recorded.",
            reasons=slips,
            **shared,
        )  # fmt: skip
    likely, *others = slips.items()
    rng.shuffle(others)
    return services.choice(
        rng, codes, 1, DOMAINS, (code, "Two of the three parts reach this level, and no higher one."),
        [likely, *others],
        title="Which level has the visit?",
        stem="Which code fits the **medical decision making**? No time is recorded.",
        **shared,
    )  # fmt: skip


def _note(rng: random.Random, visit: Visit, level: int) -> str:
    if visit.ages[1] < 18:
        age = rng.randint(*visit.ages)
        who = f"{rng.choice(('Boy', 'Girl'))} of {age}" if level < 3 else f"{age} y/o {rng.choice('MF')}"
    else:
        who = services.who(rng, level, *visit.ages)
    told = [words for _, words in visit.told]
    extra = [one.words for one in visit.traps] + rng.sample(facts.NOISE, level - 1)
    for words in extra:
        told.insert(rng.randint(0, len(told)), words)
    return ("\n" if level == 3 else " ").join([f"{facts.HEADS[visit.category]} {who}.", *told])


def _reason(visit: Visit, parts: dict[str, dict[str, int]], mdm: em.Mdm, code: str) -> str:
    known = em.elements()
    said = []
    for part, level in zip(em.PARTS, mdm, strict=False):
        names = [
            known[name].words.lower() + (f" ({count})" if count > 1 else "") for name, count in parts[part].items()
        ]
        said.append(f"{scenes.capital(part)}: {'; '.join(names) or 'nothing that counts'}, which is {level.word}.")
    said.append(f"Two of the three reach {mdm.overall.word}: **{code}**.")
    said += [one.why for one in visit.traps]
    return " ".join(said)


def _slips(visit: Visit, parts: dict[str, dict[str, int]], mdm: em.Mdm, code: str) -> dict[str, str]:
    """Every other code of the category -> what leads there."""
    out: dict[str, str] = {}
    known = em.elements()
    for trap in visit.traps:
        more = {part: dict(held) for part, held in parts.items()}
        more[known[trap.element].part][trap.element] = 1
        other = em.code_for(visit.category, em.level_of(*(more[part] for part in em.PARTS)).overall)
        if other and other != code:
            out.setdefault(other, f"One sentence too many was counted. {trap.why}")
    levels = dict(zip(em.PARTS, mdm, strict=False))
    high, low = max(levels, key=lambda part: levels[part]), min(levels, key=lambda part: levels[part])
    for part, verb, rest in (
        (high, "reach", "two of the three are needed"),
        (low, "stay at", "one part may lag behind the other two"),
    ):
        other = em.code_for(visit.category, levels[part])
        if other and other != code:
            verb = verb.replace("reach", "reaches").replace("stay", "stays") if part == "risk" else verb
            out.setdefault(other, f"The {part} alone {verb} {levels[part].word}; {rest}.")
    for row in em.in_category(visit.category):
        if row.code != code and not row.levels:
            out.setdefault(row.code, "That one is for a visit with staff and has no level.")
        elif row.code != code:
            words = " or ".join(one.word for one in row.levels)
            out.setdefault(row.code, f"That one is for {words} decision making. Level the three parts once more.")
    return out
