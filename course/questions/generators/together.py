"""Two codes: may both be reported, and which note decides it?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.questions.generators import common, pairs, systems
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Note, NoteKind

OBJECTIVE = "decide by the notes whether two codes may stand together"

#: What the record says about the two conditions of an Excludes1 pair (level 3), and what follows from it.
RECORD = {
    "related": (
        "The assessment lists them together, as one clinical problem.",
        "The provider documents the two as related.",
        "The provider links the two in the assessment.",
    ),
    "unrelated": (
        "The provider documents that the two are unrelated.",
        "Assessment: two separate problems, unrelated to each other.",
        "The provider states that neither is connected with the other.",
    ),
    "open": (
        "Whether the two are related is not documented.",
        "The record does not say whether the two are related.",
        "The provider neither links the two nor calls them unrelated.",
    ),
}
#: How the two are introduced: nothing in it bears on the answer.
_DOCUMENTED = (
    "Both conditions are documented for one visit:",
    "The assessment of one visit has these two conditions:",
    "One record, two documented conditions:",
)
ANSWERS = {
    "excludes1": "No, unless they are unrelated: the note is an Excludes1",
    "excludes2": "Yes: the note between them is an Excludes2",
    "partner": "Yes: a note at one of them asks for the other",
    "none": "Yes: no note at either of them names the other",
    "related": "No: an Excludes1 note keeps them apart",
    "unrelated": "Yes: the Excludes1 note does not hold for two unrelated conditions",
    "open": "Not yet: ask the provider whether the two are related",
}
_PARTNER: tuple[NoteKind, ...] = ("code_first", "use_additional")
_LETTERS = {1: "ABCDEFGHIJKLMNR", 2: "ABCDEFGHIJKLMNR", 3: "ABCDEFGHIJKLMNRS"}
_CASES = {
    1: ("excludes1", "excludes2", "none"),
    2: ("excludes1", "excludes2", "partner", "none"),
    3: ("related", "unrelated", "open", "excludes2", "partner"),
}
#: Level 3 draws so that no sentence of the record settles the answer without a look at the notes.
_SAID = {"excludes2": ("unrelated", "open"), "partner": ("related",)}


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: Excludes1, Excludes2 or neither. Level 2: also notes that ask for a partner. Level 3: what an Excludes1
    note means depends on what the record says about the two conditions (Guidelines I.A.12.a)."""
    case = rng.choice((*_CASES[level], "excludes2") if level == 3 else _CASES[level])
    a, b, note = _pair(rng, codes, level, "excludes1" if case in RECORD else case)
    first, second = rng.sample((a, b), 2)
    record = rng.choice(RECORD[rng.choice(_SAID.get(case, (case,)))]) if level == 3 else ""
    return SingleChoice(
        slug="together-or-not",
        title="Together or not?",
        stem=f"{rng.choice(_DOCUMENTED)}\n\n- {common.named(first)}\n- {common.named(second)}\n\n"
        + (f"{record} " if record else "")
        + "May both codes be reported?",
        options=common.options(
            rng,
            [(ANSWERS[case], _why_right(codes, case, note, a, b))],
            [(ANSWERS[other], _why_wrong(codes, case, other, note, a, b)) for other in _CASES[level] if other != case],
        ),
        hints=(
            "Read the notes at both codes and at the headings above them: a note at either of the two counts.",
            "Excludes1: not coded here. Excludes2: not included here.",
        ),
        rationale=_rationale(codes, case, note, a, b),
        sources=common.tabular(
            codes,
            f"notes at {note.owner}" if note else f"{a.code} and {b.code} with the headings above them",
            common.guideline(
                "I.A.12.b" if case in ("excludes2", "none") else "I.A.13" if case == "partner" else "I.A.12.a"
            ),
        ),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """The option marked right is the one that the notes, found by spelling and place, and the words of the record
    lead to."""
    two = [line.split("**")[1] for line in item.stem.splitlines() if line.startswith("- ")]
    kinds = pairs.kinds_between(codes, *two)
    said = next((name for name, said in RECORD.items() if any(words in item.stem for words in said)), None)
    if kinds == {"excludes1"}:
        case = said or "excludes1"
    elif kinds == {"excludes2"}:
        case = "excludes2"
    elif kinds and kinds <= set(_PARTNER):
        case = "partner"
    else:
        case = "none" if not kinds else ""
    return len(two) == 2 and [one.text for one in item.options if one.correct] == [ANSWERS.get(case)]


def _pair(rng: random.Random, codes: CodeSet, level: int, case: str) -> tuple[Code, Code, Note | None]:
    for _ in range(common.TRIES):
        found = _silent(rng, codes, level) if case == "none" else _spoken(rng, codes, level, case)
        if found:
            return found
    raise RuntimeError(f"no pair for {case} in {codes.label}")


def _spoken(rng: random.Random, codes: CodeSet, level: int, case: str) -> tuple[Code, Code, Note | None] | None:
    """Two codes and the note of one of them that names the other; no note of another sort speaks of the two."""
    kinds: tuple[NoteKind, ...] = (
        _PARTNER if case == "partner" else ("excludes1",) if case == "excludes1" else ("excludes2",)
    )
    letters, apart = _LETTERS[level], level == 3 and case == "excludes1"
    note = rng.choice(systems.notes(codes, rng.choice(kinds), letters, (3, 7), level == 1, apart))
    shown = min(level, 2)
    mine, b = pairs.below(codes, note.owner, note.owner, shown), pairs.inside(rng, codes, note, shown)
    if not mine or b is None or b.code[0] not in letters + "Z" or not systems.likely(b, max(level, 2)):
        return None
    a = rng.choice(mine)
    if a.code[:3] == b.code[:3] or not pairs.one_patient(a, b):
        return None
    if not systems.likely(a, level) or not systems.together(a, b):
        return None
    if not (pairs.understood(codes, a.code) and pairs.understood(codes, b.code)):
        return None
    if (apart and not _can_be_unrelated(a, b)) or (case == "excludes1" and not systems.one_site(a, b)):
        return None
    speaking = pairs.speaking(codes, a.code, b.code)
    if {one.kind for one in speaking} - set(kinds) or not speaking:
        return None
    return a, b, note


def _silent(rng: random.Random, codes: CodeSet, level: int) -> tuple[Code, Code, Note | None] | None:
    """Two codes of the same organs, in different categories, of which no note speaks."""
    family = rng.choice(common.teaching_categories())
    if family[0] not in _LETTERS[level] or family[0] in "AB":  # chapter 1 has a note for all at its head
        return None
    mine = pairs.below(codes, family, family, min(level, 2))
    if not mine:
        return None
    a = rng.choice(mine)
    if rng.random() < 0.5:
        b = next(pairs.neighbours(rng, codes, a.code, min(level, 2)), None)
    else:
        other = rng.choice(systems.everyday(systems.systems(a.code)) or (family,))
        some = pairs.below(codes, other, other, min(level, 2))
        b = rng.choice(some) if some else None
    if b is None or a.code[:3] == b.code[:3] or not pairs.one_patient(a, b):
        return None
    if not (systems.likely(a, level) and systems.likely(b, max(level, 2)) and systems.together(a, b)):
        return None
    if not (pairs.understood(codes, a.code) and pairs.understood(codes, b.code)):
        return None
    return None if pairs.speaking(codes, a.code, b.code) else (a, b, None)


def _can_be_unrelated(a: Code, b: Code) -> bool:
    """A symptom or an injury beside a disease, or diseases of two organ systems: one patient can have both by
    chance. A habit (Z72) is no second condition."""
    return a.chapter != b.chapter and not {a.code[0], b.code[0]} & {"Q", "Z"}


def _why_right(codes: CodeSet, case: str, note: Note | None, a: Code, b: Code) -> str:
    if note is None:
        return f"No note at {a.code}, at {b.code} or above them names the other code."
    mine, named = pairs.whose(codes, note, a.code, b.code)
    where = pairs.owned(codes, note, mine)
    return {
        "unrelated": f"The Excludes1 note {where} names {named}, and the record uses its one exception.",
        "open": f"The Excludes1 note {where} names {named}. Whether the exception holds, only the provider can say.",
    }.get(case, f"The {pairs.KIND_NAMES[note.kind]} note {where} names {named}.")


def _why_wrong(codes: CodeSet, case: str, other: str, note: Note | None, a: Code, b: Code) -> str:
    if case in RECORD and other in RECORD:
        return {
            "related": "The provider has not called them one problem. Read the sentence about the two again.",
            "unrelated": "The exception needs words in the record that the two are unrelated. There are none.",
            "open": "The record answers this already: no question to the provider is needed.",
        }[other]
    if note is None:
        return f"Neither {a.code} nor {b.code}, nor a heading above them, has such a note about the other."
    mine, _ = pairs.whose(codes, note, a.code, b.code)
    where = pairs.owned(codes, note, mine)
    return f"There is one {where}." if other == "none" else f"There is a note {where}. Read which sort it is."


def _article(note: Note) -> str:
    return "an" if note.kind.startswith("ex") else "a"


def _rationale(codes: CodeSet, case: str, note: Note | None, a: Code, b: Code) -> str:
    if note is None:
        return (
            f"From {a.code} up to its chapter no note names {b.code}, and from {b.code} upwards none names {a.code}. "
            "Where no note speaks, nothing is forbidden: what is documented and treated may be reported."
        )
    mine, named = pairs.whose(codes, note, a.code, b.code)
    start = (
        f"It is a note of **{mine}**: {pairs.owned(codes, note, mine)} stands {_article(note)} "
        f"{pairs.KIND_NAMES[note.kind]} note, {pairs.cited(note)}, and **{named}** is one of the codes that it names. "
    )
    return (
        start
        + {
            "excludes1": "So only one of the two is reported for this illness (Guidelines I.A.12.a).",
            "excludes2": "It says that the other condition is not part of this one. A patient can have both, and then "
            "both are reported (Guidelines I.A.12.b).",
            "partner": "It forbids nothing, it asks for company: "
            + (f"{named} goes before {mine}" if note.kind == "code_first" else f"{named} follows {mine}")
            + " (Guidelines I.A.13).",
            "related": "The provider sees one problem, so only one code is reported (Guidelines I.A.12.a).",
            "unrelated": "The rule has one exception: two conditions that are unrelated to each other. The record says "
            "so, and both are reported (Guidelines I.A.12.a).",
            "open": "The exception is for unrelated conditions. When the record leaves that open, the provider is "
            "asked (Guidelines I.A.12.a).",
        }[case]
    )
