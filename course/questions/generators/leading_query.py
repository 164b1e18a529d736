"""Is this query leading, and if so, how: a line of one, a whole one, or the one of four that may be sent."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from course.questions.base import Source
from course.questions.generators import common, leading_query_reading
from course.questions.generators import leading_query_lines as lines
from course.questions.generators.leading_query_facts import SITUATIONS, Situation
from course.questions.kinds.multiple_choice import MultipleChoice
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell a compliant query from a leading one"
DOMAINS = ("CCS: Provider queries",)
FIT = "Nothing: it may be sent as it stands"
#: Fault -> (what an option says, what a rationale says).
FAULTS = {
    "impact": (
        "It names payment, severity or a quality figure",
        "Payment, severity and quality figures never stand in a query.",
    ),
    "told": ("It tells the provider which answer to give", "A query asks. It does not dictate the answer."),
    "yesno": (
        "It asks yes or no about a diagnosis that nobody documented",
        "Yes or no may not introduce a diagnosis for which there are findings alone.",
    ),
    "options": ("Its answers leave no way out", "A list of answers needs *other* and *unable to determine*."),
    "unsupported": (
        "It offers an answer that the findings do not support",
        "Every answer that is offered needs findings of the record behind it.",
    ),
    "title": (
        "Its subject line names a diagnosis that is not documented",
        "A subject line is part of the query and may lead like any other line.",
    ),
    "earlier": (
        "It rests on another stay alone",
        "Another stay may be quoted where it bears on this one. It cannot be the only ground.",
    ),
    "bare": ("It gives no findings of this stay", "A query shows the findings on which its question rests."),
}  # fmt: skip
#: Fault -> where to look, for somebody who thinks that all is well.
_LOOK = {
    "impact": "One sentence is not about this patient.",
    "told": "Is there a question at all?",
    "yesno": "What would a yes put into the record?",
    "options": "Try to answer it with “I do not know”.",
    "unsupported": "Hold each answer against the findings.",
    "title": "Begin with the first line.",
    "earlier": "From when is the information?",
    "bare": "On what does the question rest?",
}
#: Purpose -> the faults that a query of this sort can have.
_CAN = {
    "new": ("impact", "told", "yesno", "options", "unsupported", "earlier", "title", "bare"),
    "specify": ("impact", "told", "options", "unsupported", "bare"),
    "poa": ("impact", "told", "options", "bare"),
    "cause": ("impact", "told", "options", "bare"),
    "report": ("impact", "told", "options", "bare"),
    "conflict": ("impact", "told", "options", "unsupported", "bare"),
    "validate": ("impact", "told", "options", "bare"),
}
#: Faults that a careful reader could take for one another: never together on one card.
_ALIKE = tuple(map(frozenset, (
    ("told", "options"), ("told", "yesno"), ("told", "title"), ("told", "earlier"), ("earlier", "bare"),
    ("earlier", "unsupported"), ("earlier", "yesno"),
)))  # fmt: skip
#: Faults of the question itself, of which a query has one.
_ASKED = frozenset(("told", "yesno", "options", "unsupported", "earlier"))
_LINES = ("impact", "told", "yesno", "options", "earlier")
_BRIEF = Source(
    ref="AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice",
    edition="2022 update",
    checked=common.CHECKED,
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one line of a query. Level 2: a whole query, with one fault or none. Level 3: a whole query with two
    faults or three, or four wordings of which one may be sent."""
    if level == 3 and rng.random() < 0.5:
        return _wordings(rng, codes)
    one = rng.choice(SITUATIONS)
    can = [fault for fault in _CAN[one.purpose] if level > 1 or fault in _LINES]
    if level == 3:
        return _several(rng, codes, one, can)
    fault = "" if rng.random() < 0.3 else rng.choice(can)
    days = _days(rng)
    record = lines.record(one, days)
    shown = lines.below(lines.line(rng, one, fault)) if level == 1 else lines.query(rng, one, {fault} - {""}, days)
    others = [name for name in FAULTS if name != fault and (level > 1 or name in _LINES)]
    others = [name for name in others if frozenset((name, fault)) not in _ALIKE]
    wrong = [(FAULTS[name][0], _unlike(name, one, shown)) for name in rng.sample(others, min(len(others), 3))]
    right = (FAULTS[fault][0], FAULTS[fault][1]) if fault else (FIT, "It tells, asks, and leaves the answer open.")
    if fault:
        wrong = [*wrong[:2], (FIT, f"Look once more. {_LOOK[fault]}")]
    what = "line of a query" if level == 1 else "query"
    return SingleChoice(
        title="One line of a query" if level == 1 else "A query before it is sent",
        stem=f"Beside the record stands a {what}. **What, if anything, is wrong with it?**",
        note=f"{record}\nQUERY\n{shown}",
        options=common.options(rng, [right], wrong),
        rationale=_rationale([fault] if fault else [], one),
        **_shared(codes, level),
    )


def law(item: Any, codes: CodeSet) -> bool:
    """Reading the query beside its record finds just what the key says, and nothing that another option says."""
    record, query = leading_query_reading.parts(item.note)
    said = {text: fault for fault, (text, _) in FAULTS.items()}
    right = {one.text for one in item.options if one.correct}
    if not query:
        fit = {one.text for one in item.options if not leading_query_reading.faults(record, one.text)}
        return len(right) == 1 and fit == right
    found = leading_query_reading.faults(record, query)
    true = {one.text for one in item.options if (said.get(one.text) in found if one.text != FIT else not found)}
    return bool(right) and right == true and found == {said[text] for text in right if text != FIT}


def _shared(codes: CodeSet, level: int) -> dict[str, Any]:
    return {
        "slug": "leading-query",
        "objective": OBJECTIVE,
        "hints": (
            "Which condition has a provider documented, and which does the query bring in?",
            "Read each line by itself: subject, findings, question, each answer, and what is said besides.",
        ),
        "sources": (_BRIEF,),
        **common.common_fields(codes, level, domains=DOMAINS),
    }


def _several(rng: random.Random, codes: CodeSet, one: Situation, can: list[str]) -> MultipleChoice:
    """A query with two faults, or three where the situation allows."""
    faults: list[str] = []
    can = [fault for fault in can if fault != "earlier"]  # without findings of this stay little else can be told
    for fault in rng.sample(can, len(can)):
        taken = any(fault in _ASKED and other in _ASKED for other in faults)
        if len(faults) < 3 and not taken and not any(frozenset((fault, other)) in _ALIKE for other in faults):
            faults.append(fault)
    faults = faults[: rng.choice((2, 2, 3))]
    days = _days(rng)
    shown = lines.query(rng, one, set(faults), days)
    others = [
        name
        for name in FAULTS
        if name not in faults and not any(frozenset((name, fault)) in _ALIKE for fault in faults)
    ]
    wrong = [(FAULTS[name][0], _unlike(name, one, shown)) for name in rng.sample(others, min(len(others), 3))]
    return MultipleChoice(
        title="More than one thing is wrong",
        stem="Beside the record stands a query that may not be sent. **Which statements about it are true?**",
        note=f"{lines.record(one, days)}\nQUERY\n{shown}",
        options=common.options(rng, [FAULTS[fault] for fault in faults], wrong),
        rationale=_rationale(faults, one),
        **_shared(codes, 3),
    )


def _wordings(rng: random.Random, codes: CodeSet) -> SingleChoice:
    """Four ways to ask about one record, one of them compliant."""
    one = rng.choice(SITUATIONS)
    can = [fault for fault in _CAN[one.purpose] if fault in ("impact", "told", "yesno", "options", "unsupported")]
    wrong = [(lines.line(rng, one, fault), f"{FAULTS[fault][0]}.") for fault in rng.sample(can, 3)]
    return SingleChoice(
        title="Which wording may be sent?",
        stem="The findings of the record will stand above the question. **Which question may be sent?**",
        note=lines.record(one, _days(rng)),
        options=common.options(
            rng, [(lines.line(rng, one, ""), "It asks, and leaves the answer to the provider.")], wrong
        ),
        rationale=_rationale([], one),
        **_shared(codes, 3),
    )


def _days(rng: random.Random) -> list[str]:
    month, day = rng.randint(1, 12), rng.randint(1, 26)
    return [f"{month:02}/{day + n:02}" for n in range(3)]


def _unlike(fault: str, one: Situation, shown: str) -> str:
    """Why a fault that the query does not have is not there."""
    boxes = "☐" in shown
    if fault == "yesno":
        if "☐ Yes" in shown:
            return (
                "Yes or no is allowed here: what the question is about is documented, and a yes brings in no diagnosis."
            )
        return "There is no yes and no among its answers."
    if fault == "options":
        return (
            "Other and unable to determine are both offered." if boxes else "An open question needs no list of answers."
        )
    if fault == "unsupported":
        return "Each answer has findings of this record behind it." if boxes else "It offers no answers at all."
    if fault == "earlier":
        past = "A figure from before stands beside findings of this stay, which is allowed where it bears on them."
        return past if "before this stay" in shown else "Nothing of another stay is in it."
    return {
        "impact": "Read every sentence once more: each is about the patient and the record.",
        "told": "It asks. No sentence dictates what to write.",
        "title": "Its subject line names findings, a report or a documented condition.",
        "bare": "The findings are there, each with its date.",
    }[fault]


_FORMS = {
    "new": "Here are findings without a diagnosis: an open question, or several supported answers.",
    "specify": "The condition is documented and not specific: ask for its type, with supported answers.",
    "poa": "The condition is documented and its time is open: yes or no is allowed.",
    "cause": "Both facts are documented and their link is open: yes or no is allowed.",
    "report": "A physician has interpreted and documented the finding: yes or no is allowed.",
    "conflict": "Two providers differ: both diagnoses may be offered side by side, to the attending.",
    "validate": "The diagnosis is documented and weakly supported: confirmed, ruled out, other, unable to determine.",
}


def _rationale(faults: list[str], one: Situation) -> str:
    return " ".join([*(FAULTS[fault][1] for fault in faults), _FORMS[one.purpose]])
