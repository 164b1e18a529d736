"""A note asks for another code: which code does it name?"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare
from course.questions.generators import common, pairs, systems
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Note, NoteKind

OBJECTIVE = "find the partner code that a note asks for"
_ASKING: tuple[NoteKind, ...] = ("use_additional", "code_first")
_LETTERS = "ABCDEFGHIJKLMNR"

#: What drugs (families of chapter 19) are known to do: conditions -> drugs. The course's own choice.
DRUGS = {
    "D59": ("T36.0X", "T36.1X"),
    "D61.1": ("T37.0X", "T42.6X"),
    "D70.2": ("T37.0X", "T42.6X"),
    "D72.12": ("T37.0X", "T42.6X"),
    "G21": ("T43.59",),
    "G24": ("T43.59", "T43.3X"),
    "G25": ("T43.59",),
    "G44.4": ("T39.31", "T39.1X"),
    "G62.0": ("T45.1X",),
    "G72.0": ("T46.6X", "T38.0X"),
    "H26.3": ("T38.0X",),
    "H40.6": ("T38.0X",),
    "H91.0": ("T36.5X", "T50.1X", "T45.1X"),
    "I42.7": ("T45.1X",),
    "I95.2": ("T46.4X", "T46.5X", "T44.7X", "T46.1X", "T50.1X"),
    "J70": ("T45.1X", "T46.2X"),
    "K52.1": ("T36.0X", "T36.1X"),
    "K59.03": ("T40.2X",),
    "K71": ("T39.1X", "T37.1X", "T46.6X"),
    "K85.3": ("T42.6X", "T50.2X"),
    "L27": ("T36.0X", "T36.1X", "T37.0X", "T42.6X", "T39.31"),
    "L51": ("T36.0X", "T37.0X", "T42.6X", "T39.31"),
    "M1A.2": ("T50.1X", "T50.2X"),
    "M10.2": ("T50.1X", "T50.2X"),
    "M32.0": ("T46.5X",),
    "M83.5": ("T42.6X",),
    "M87.1": ("T38.0X",),
    "N14": ("T39.31", "T36.5X"),
    "R33.0": ("T40.2X", "T45.0X"),
    "R50.2": ("T36.0X", "T37.0X"),
}
#: What the 6th character of a drug code says (5th where the 6th is X): the same in all of T36 to T50.
INTENTS = {
    "1": "an accidental poisoning",
    "2": "a poisoning with intent to harm oneself",
    "3": "a poisoning by another person with intent",
    "4": "a poisoning of unknown intent",
    "5": "an adverse effect of a drug taken as prescribed",
    "6": "underdosing",
}
#: Keys -> other codes of the same kind.
KIN: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("F17", "Z72.0", "Z57.31", "Z77.22"),
        (
            *("F10.10", "F10.20", "F11.10", "F11.20", "F12.10", "F12.20", "F14.10", "F14.20", "F15.10", "F19.10"),
            *("Z72.3", "Z72.4", "Z72.820", "Z57.2", "Z57.1", "Z57.39", "Z77.090", "Z77.110", "Z77.120"),
        ),
    ),
    (("F10",), ("F11.10", "F11.20", "F12.10", "F12.20", "F14.10", "F15.10", "F17.210", "F17.220", "Z72.0", "Z72.4")),
    (("Z87.891",), ("Z86.711", "Z86.73", "Z87.01", "Z87.11", "Z87.442", "Z86.010", "Z86.14", "Z87.440", "Z91.81")),
    (("Z79.0",), ("Z79.1", "Z79.4", "Z79.51", "Z79.52", "Z79.82", "Z79.84", "Z79.890", "Z79.891", "Z79.83")),
    (("A40", "A41"), ("R78.81", "A49.01", "A49.02", "B95.61", "B95.62", "B96.20", "L03.311", "R65.20", "R57.1")),
    (("B95", "B96", "B97"), ("A49.01", "A49.1", "A41.01", "A41.51", "A40.3", "B34.9", "B37.0", "A04.72", "R78.81")),
)
_ADVERSE = "T36-T50 with fifth or sixth character 5"


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: the note stands at the code or its category, common codes. Level 2: any code. Level 3: the note is about
    drugs, and the options differ in their intent, or it stands at a heading and the options are close."""
    drug = level == 3 and rng.random() < 0.25
    for _ in range(common.TRIES):
        found = _drug(rng, codes) if drug else _partner(rng, codes, level)
        if found and not _gives_away(found[0], found[1], [code for code, _ in found[3]]):
            return _item(rng, codes, level, *found)
    raise RuntimeError(f"no note that asks for a partner in {codes.label}")


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """Of the codes offered exactly one lies in what a "use additional code" or "code first" note at or above the given
    code names, found by spelling and place."""
    given = item.stem.split("**")[1]
    return sum(one.correct for one in item.options) == 1 and all(
        one.correct == bool(pairs.named_by(codes, given, common.leading_code(one.text), (*_ASKING, "code_also")))
        for one in item.options
    )


def _item(
    rng: random.Random, codes: CodeSet, level: int, a: Code, b: Code, note: Note, wrong: Sequence[tuple[Code, str]]
) -> SingleChoice:
    where = pairs.owned(codes, note, a.code)
    name = pairs.KIND_NAMES[note.kind]
    order = (
        f"It goes before {a.code}: that is what “code first” says."
        if note.kind == "code_first"
        else f"It follows {a.code}: an additional code comes second."
    )
    return SingleChoice(
        slug="partner-required",
        title="Which partner does the note name?",
        stem=f"You have this code:\n\n{common.named(a)}\n\nA note at the code or at a heading above it asks for "
        "another code when the record supports it. Which of the codes below does the note name?",
        options=common.options(
            rng,
            [(common.named(b), f"The {name} note {where} names it. {order}")],
            [(common.named(code), why) for code, why in wrong],
        ),
        hints=(
            "Open the code in the code browser. Read what “use additional code” and “code first” say at the code, then "
            "at the headings above it.",
            "The code in brackets at the end of a note can be a whole family. See which option lies in it.",
        ),
        rationale=f"The {name} note stands {where}: {pairs.cited(note)}. **{b.code}** lies in the family that it "
        f"names; none of the other three does. {order[:-1]} (Guidelines I.A.13 and I.B.7).",
        sources=common.tabular(codes, f"{name} at {note.owner}", common.guideline("I.A.13"), common.guideline("I.B.7")),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def _partner(rng: random.Random, codes: CodeSet, level: int) -> tuple[Code, Code, Note, list[tuple[Code, str]]] | None:
    shown = min(level, 2)
    notes = pairs.noted(codes, rng.choice(_ASKING), _LETTERS, 90, (3, 5 if level == 3 else 7), common_only=level == 1)
    note = rng.choice(notes)
    mine, b = pairs.below(codes, note.owner, note.owner, shown), pairs.inside(rng, codes, note, shown)
    if not mine or b is None or b.code[0] == "T" or not systems.likely(b, shown):
        return None
    a = rng.choice(mine)
    if (level == 3 and a.code == note.owner) or a.code[:3] == b.code[:3] or not _may_meet(codes, a, b):
        return None
    if not systems.likely(a, level):
        return None
    wrong: list[tuple[Code, str]] = []
    kin = _kin(rng, codes, b)
    near = [pairs.neighbours(rng, codes, b.code, shown, widen=0), pairs.neighbours(rng, codes, b.code, shown)]
    for turn in range(30):
        # From the same category as the key where there is one: the family must be read to its last character.
        known = bool(kin)
        code = kin.pop() if kin else next(near[turn % 2], None)
        if code is None or not (known or _alike(a, b, code, level)):
            continue
        if _stranger(codes, a, code, [b, *(one for one, _ in wrong)]):
            wrong.append((code, _why_not(codes, a, code, note)))
        if len(wrong) == 3:
            return a, b, note, wrong
    return None


def _kin(rng: random.Random, codes: CodeSet, b: Code) -> list[Code]:
    """Codes of the key's kind that stand far from it in the book: tobacco is met among habits and exposures."""
    names = next((some for families, some in KIN if b.code.startswith(families)), ())
    out = [code for name in names if (code := codes.get(name)) is not None and code.billable]
    rng.shuffle(out)
    return out


def _gives_away(a: Code, b: Code, wrong: Sequence[Code]) -> bool:
    """Whether the key can be told from its title: by its length, or since it repeats more words of the given code than
    any other option does."""
    most = max(len(_stems(a) & _stems(one)) for one in wrong)
    return pairs.stands_out(b, wrong) or len(_stems(a) & _stems(b)) > most


def _stems(code: Code) -> set[str]:
    """The words of a title by their first letters, so that *gallbladder* meets *gallbladders*."""
    return {word[:6] for word in re.findall(r"[a-z]{4,}", code.title.lower())} - {"with", "withou", "other", "unspec"}


def _alike(a: Code, b: Code, code: Code, level: int) -> bool:
    """Whether a code can tempt beside the key: of its category, or an everyday one about the organs of the case."""
    if code.code[:3] == b.code[:3]:
        return systems.likely(code, 3)
    return code.code[0] not in "FZ" and systems.likely(code, max(level, 2)) and systems.together(a, code)


def _may_meet(codes: CodeSet, a: Code, b: Code) -> bool:
    return pairs.one_patient(a, b) and codes.excludes1(a.code, b.code) is None


def _stranger(codes: CodeSet, a: Code, code: Code, others: list[Code]) -> bool:
    """No note at or above `a` asks for `code`, and it is none of the others."""
    if code.code[:3] == a.code[:3] or any(code.code == one.code or code.title == one.title for one in others):
        return False
    asking = codes.notes(a.code, kinds=(*_ASKING, "code_also"))
    return not any(codes.refers(note, code.code) for note in asking) and pairs.one_patient(a, code)


def _why_not(codes: CodeSet, a: Code, code: Code, note: Note) -> str:
    if conflict := codes.excludes1(a.code, code.code):
        mine, _ = pairs.whose(codes, conflict, a.code, code.code)
        return f"An Excludes1 note {pairs.owned(codes, conflict, mine)} even keeps the two apart."
    if any(one.kind == "excludes2" for one in pairs.speaking(codes, a.code, code.code)):
        return "An Excludes2 note allows this one beside it, but no note asks for it."
    return f"No note at {a.code} or above it asks for this one. Read the family in brackets once more."


def _drug(rng: random.Random, codes: CodeSet) -> tuple[Code, Code, Note, list[tuple[Code, str]]] | None:
    """A code whose note wants the drug with "fifth or sixth character 5", and one drug with four intents."""
    note = rng.choice(_drug_notes(codes))
    mine = pairs.below(codes, note.owner, note.owner, 3)
    if not mine:
        return None
    a = rng.choice(mine)
    if not re.search(r"\b(drug|drugs|medicament|medicaments|medication)\b", re.sub("-", " ", a.title.lower())):
        return None  # "for adverse effect, if applicable": nothing says that it applies
    stem = bare(rng.choice(next(some for family, some in DRUGS.items() if a.code.startswith(family))))
    found = {sort: codes.get(f"{stem}{sort}A") for sort in INTENTS}
    right, under = found.pop("5"), found.pop("6")
    others = [(code, sort) for sort, code in found.items() if code is not None and _stranger(codes, a, code, [])]
    if right is None or under is None or len(others) < 2 or not codes.refers(note, right.code):
        return None
    wrong = [
        (code, f"This one is {INTENTS[sort]}: the character says {sort}, and the note wants another.")
        for code, sort in [(under, "6"), *rng.sample(others, 2)]  # the one title that is shorter than the key
    ]
    return a, right, note, wrong


@lru_cache(maxsize=4)
def _drug_notes(codes: CodeSet) -> tuple[Note, ...]:
    notes = pairs.noted(codes, "use_additional", _LETTERS, 90, (3, 7))
    return tuple(note for note in notes if _ADVERSE in note.text and note.owner.startswith(tuple(DRUGS)))
