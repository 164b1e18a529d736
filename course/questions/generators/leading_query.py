"""Is this query leading, and if so, how: a short one, a whole one, or the one of four that may be sent."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from course.questions.base import Source
from course.questions.generators import common, leading_query_reading
from course.questions.generators import leading_query_lines as lines
from course.questions.generators.leading_query_documented import DOCUMENTED
from course.questions.generators.leading_query_facts import NEW, Situation
from course.questions.generators.leading_query_words import DOCTORS
from course.questions.kinds.multiple_choice import MultipleChoice
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell a compliant query from a leading one"
DOMAINS = ("CCS: Provider queries",)
SITUATIONS = NEW + DOCUMENTED
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
        "It offers an answer that the record does not support",
        "Every answer that is offered needs findings of the record behind it.",
    ),
    "misquote": (
        "It quotes a finding that does not stand so in the record",
        "Findings stand in a query as they stand in the record, with value and date.",
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
    "misquote": "Hold each finding against the record.",
    "title": "Begin with the first line.",
    "earlier": "From when is the information?",
    "bare": "On what does the question rest?",
}
#: Faults that a query of any sort can have, and those that depend on its purpose.
_ANY = ("impact", "told", "options", "misquote", "bare")
_CAN = {"new": ("yesno", "unsupported", "earlier", "title"), "specify": ("unsupported",), "cause": ("unsupported",),
        "conflict": ("unsupported",)}  # fmt: skip
#: Faults that show only to somebody who reads the record.
NEEDS_RECORD = frozenset(("yesno", "unsupported", "misquote", "title"))
#: Faults that a careful reader could take for one another: never together on one card.
_ALIKE = tuple(map(frozenset, (
    ("told", "options"), ("told", "yesno"), ("told", "title"), ("told", "earlier"), ("earlier", "bare"),
    ("earlier", "unsupported"), ("earlier", "yesno"), ("earlier", "misquote"), ("bare", "misquote"),
    ("bare", "unsupported"), ("misquote", "unsupported"),
)))  # fmt: skip
#: Faults of the question itself, of which a query has one.
_ASKED = frozenset(("told", "yesno", "options", "unsupported", "earlier"))
_SHORT = ("impact", "told", "yesno", "options", "unsupported", "bare")
_BRIEF = Source(
    ref="AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice",
    edition="2022 update",
    checked=common.CHECKED,
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: findings and question. Level 2: a whole query. Both have one fault, or none in a fourth of the draws.
    Level 3: a whole query with two faults or three, or four drafts of which one may be sent; most of what is wrong
    there shows only beside the record."""
    if level == 3:
        return (_wordings if rng.random() < 0.5 else _several)(rng, codes)
    offered = _SHORT if level == 1 else tuple(FAULTS)
    fault = "" if rng.random() < 0.25 else rng.choice(offered)
    one = rng.choice([each for each in SITUATIONS if not fault or fault in _possible(each)])
    days = _days(rng)
    near = level == 2 and rng.random() < 0.5
    shown = lines.query(rng, one, {fault} - {""}, days, near=near, short=level == 1)
    others = [name for name in offered if _apart(name, [fault])]
    wrong = [(FAULTS[name][0], _unlike(name, one, shown)) for name in rng.sample(others, min(len(others), 3))]
    right = (FAULTS[fault][0], FAULTS[fault][1]) if fault else (FIT, "It tells, asks, and leaves the answer open.")
    if fault:
        wrong = [*wrong[:2], (FIT, f"Look once more. {_LOOK[fault]}")]
    record = lines.record(one, days)
    return SingleChoice(
        title="A short query before it is sent" if level == 1 else "A query before it is sent",
        stem="Beside the record stands a query. **What, if anything, is wrong with it?**",
        note=f"{record}\nQUERY\n{shown}",
        options=common.options(rng, [right], wrong),
        rationale=_rationale([fault] if fault else [], one, _detail(fault, one, shown, days)),
        **_shared(codes, level),
    )


def law(item: Any, codes: CodeSet) -> bool:
    """Reading the query beside its record finds just what the key says, nothing that another option says, and no
    flaw besides. On level 3 what is wrong needs the record."""
    record, query = leading_query_reading.parts(item.note)
    said = {text: fault for fault, (text, _) in FAULTS.items()}
    right = {one.text for one in item.options if one.correct}
    if any(
        leading_query_reading.flaws(record, text) for text in ([query] if query else [o.text for o in item.options])
    ):
        return False
    if not query:
        read = {one.text: leading_query_reading.faults(record, one.text) for one in item.options}
        hidden = sum(bool(found & NEEDS_RECORD) for found in read.values())
        fits = len(right) == 1 and {text for text, found in read.items() if not found} == right and hidden >= 2
        return fits and all(_unmarked(text, [other for other in read if other != text]) for text in right)
    found = leading_query_reading.faults(record, query)
    true = {one.text for one in item.options if (said.get(one.text) in found if one.text != FIT else not found)}
    fits = bool(right) and right == true and found == {said[text] for text in right if text != FIT}
    return fits and (item.difficulty < 3 or bool(found & NEEDS_RECORD))


def _apart(fault: str, faults: list[str]) -> bool:
    """Whether a fault is none of these, and is not to be taken for one of them."""
    return fault not in faults and not any(frozenset((fault, other)) in _ALIKE for other in faults)


def _possible(one: Situation) -> tuple[str, ...]:
    return _ANY + _CAN.get(one.purpose, ())


def _shared(codes: CodeSet, level: int) -> dict[str, Any]:
    return {
        "slug": "leading-query",
        "objective": OBJECTIVE,
        "hints": (
            "Which condition has a provider documented, and which does the query bring in?",
            "Read each line by itself and hold it against the record: findings, question, each answer, and what is "
            "said besides.",
        ),
        "sources": (_BRIEF,),
        **common.common_fields(codes, level, domains=DOMAINS),
    }


def _several(rng: random.Random, codes: CodeSet) -> MultipleChoice:
    """A query with two faults, or three where the situation allows; one of them at least needs the record."""
    others: list[str] = []
    while len(others) < 2:
        first = rng.choice(sorted(NEEDS_RECORD))
        one = rng.choice([each for each in SITUATIONS if first in _possible(each)])
        faults, wanted = [first], rng.choice((2, 2, 3))
        for fault in rng.sample(_possible(one), len(_possible(one))):
            asked = fault in _ASKED and any(other in _ASKED for other in faults)
            # without findings of this stay little else can be told
            if len(faults) < wanted and fault != "earlier" and not asked and _apart(fault, faults):
                faults.append(fault)
        others = [name for name in FAULTS if _apart(name, faults)] if len(faults) > 1 else []
    days = _days(rng)
    shown = lines.query(rng, one, set(faults), days, near=True)
    wrong = [(FAULTS[name][0], _unlike(name, one, shown)) for name in rng.sample(others, min(len(others), 3))]
    return MultipleChoice(
        title="More than one thing is wrong",
        stem="Beside the record stands a query that may not be sent. **Which statements about it are true?**",
        note=f"{lines.record(one, days)}\nQUERY\n{shown}",
        options=common.options(rng, [FAULTS[fault] for fault in faults], wrong),
        rationale=_rationale(faults, one, " ".join(filter(None, (_detail(name, one, shown, days) for name in faults)))),
        **_shared(codes, 3),
    )


def _wordings(rng: random.Random, codes: CodeSet) -> SingleChoice:
    """Four drafts beside one record, one of them compliant; two of the others at least fail by the record alone."""
    while True:
        one = rng.choice([situation for situation in SITUATIONS if situation.near])
        easy = "yesno" if one.purpose == "new" and rng.random() < 0.6 else rng.choice(("impact", "told", "options"))
        days = _days(rng)
        wrong = []
        for fault in ("misquote", "unsupported", easy):
            text = lines.wording(rng, one, fault, days)
            wrong.append((text, " ".join(filter(None, (f"{FAULTS[fault][0]}.", _detail(fault, one, text, days))))))
        right = (
            lines.wording(rng, one, "", days),
            "Its findings are those of the record. It asks, and leaves it open.",
        )
        if _unmarked(right[0], [text for text, _ in wrong]):
            break
    return SingleChoice(
        title="Which wording may be sent?",
        stem=f"Beside the record stand four drafts of one query to {rng.choice(DOCTORS)}, the attending: findings and "
        "question. **Which may be sent?**",
        note=lines.record(one, days),
        options=common.options(rng, [right], wrong),
        rationale=_rationale([], one),
        **_shared(codes, 3),
    )


def _unmarked(right: str, wrong: list[str]) -> bool:
    """Whether the shape of the drafts does not tell which is right: it is neither the shortest nor alone in having no
    answers to tick."""
    boxed = "☐" in right or any("☐" not in text for text in wrong)
    return boxed and len(right) >= min(map(len, wrong))


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
        "misquote": "Each finding stands in the record so, with its value and its date.",
        "title": "Its subject line names findings, a report or a documented condition.",
        "bare": "The findings are there, each with its date.",
    }[fault]


def _detail(fault: str, one: Situation, shown: str, days: list[str]) -> str:
    """The very words of a fault that only the record shows."""
    if fault == "unsupported":
        alien = next(text for text in (*one.strangers, *one.near) if f"☐ {text}" in shown)
        return f"Nothing in this record bears out *{lines.small(alien)}*."
    if fault == "misquote":
        record = lines.record(one, days)
        pairs = ((old.format(*days), new.format(*days)) for old, new in one.misquote)
        old, new = next((old, new) for old, new in pairs if new in shown and new not in record)
        return f"The query has “{new}”, the record “{old}”."
    return ""


_FORMS = {
    "new": "Here are findings without a diagnosis: an open question, or several supported answers.",
    "specify": "The condition is documented and not specific: ask for its type, with supported answers.",
    "poa": "The condition is documented and its time is open: yes or no is allowed.",
    "cause": "Both facts are documented and their link is open: yes or no is allowed. Some houses want several answers "
    "instead.",
    "report": "A physician has interpreted and documented the finding: yes or no is allowed.",
    "conflict": "Two providers differ: both diagnoses may be offered side by side, to the attending.",
    "validate": "The diagnosis is documented and weakly supported: confirmed, ruled out, other, unable to determine.",
}


def _rationale(faults: list[str], one: Situation, detail: str = "") -> str:
    return " ".join(filter(None, [*(FAULTS[fault][1] for fault in faults), detail, _FORMS[one.purpose]]))
