"""Several codes of one encounter: which of them does an Excludes1 note keep apart?"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.questions.generators import common, pairs, sexes, systems
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Note

OBJECTIVE = "spot the two codes that an Excludes1 note keeps apart"
TITLE = "Which codes may not stand together?"

#: Chapters whose pairs are drawn: level 1 keeps to diseases and symptoms.
_LETTERS = {1: "ABCDEFGHIJKLMNR", 2: "ABCDEFGHIJKLMNR", 3: "ABCDEFGHIJKLMNPRS"}

#: Words that a stem may have, the list of codes among them.
_MOST_WORDS = 90


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: one code is given, which of four cannot join it? Level 2: four codes in any pairs. Level 3: five codes,
    and the note stands higher up, at a heading."""
    for _ in range(common.TRIES):
        found = _conflict(rng, codes, level)
        others = found and _company(rng, codes, found[0], found[1], 3 if level < 3 else 4, level)
        if found and others and not (level == 1 and pairs.stands_out(found[1], others)):
            item = _one(rng, codes, level, *found, others[: {1: 3, 2: 2, 3: 3}[level]])
            if len(item.stem.split()) <= _MOST_WORDS:
                return item
    raise RuntimeError(f"no Excludes1 conflict to draw in {codes.label}")


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """Of all the pairs that the question speaks of exactly one is forbidden, and it is the one marked right."""
    listed = [common.leading_code(line[2:]) for line in item.stem.splitlines() if line.startswith("- ")]
    if not listed:
        given = item.stem.split("**")[1]
        asked = [(given, common.leading_code(one.text)) for one in item.options]
        spoken = asked
    else:
        asked = [(one.text.split()[0], one.text.split()[-1]) for one in item.options]
        spoken = list(itertools.combinations(listed, 2))
    conflicts = {frozenset(pair) for pair in spoken if pairs.kinds_between(codes, *pair, kinds=("excludes1",))}
    return len(conflicts) == 1 and all(
        one.correct == (frozenset(pair) in conflicts) for one, pair in zip(item.options, asked, strict=True)
    )


def _one(
    rng: random.Random, codes: CodeSet, level: int, a: Code, b: Code, note: Note, others: list[Code]
) -> SingleChoice:
    mine, named = pairs.whose(codes, note, a.code, b.code)
    where = pairs.owned(codes, note, mine)
    why = f"The Excludes1 note {where} names {named}."
    if level == 1:
        right = [(common.named(b), why)]
        wrong = [(common.named(code), pairs.why_allowed(codes, a.code, code.code)) for code in others]
        stem = (
            f"This code is on the claim of a visit:\n\n{common.named(a)}\n\nWhich of the codes below does an Excludes1 "
            "note keep off the same claim? Nothing in the record says that any of the conditions are unrelated."
        )
    else:
        everything = [a, b, *others]
        rng.shuffle(everything)
        ring = [(a, b), *itertools.pairwise([b, *others, a])]
        right = [(_pair(rng, *ring[0]), why)]
        wrong = [
            (_pair(rng, *pair), pairs.why_allowed(codes, pair[0].code, pair[1].code)) for pair in ring[1:]
        ]  # a ring: every code is offered twice, so that counting gives nothing away
        stem = (
            "The draft of a claim lists these codes:\n\n"
            + "\n".join(f"- {common.named(code)}" for code in everything)
            + "\n\nNothing in the record says that any of the conditions are unrelated. Which pair does an Excludes1 "
            "note keep apart?"
        )
    return SingleChoice(
        slug="excludes1-conflict",
        title=TITLE,
        stem=stem,
        options=common.options(rng, right, wrong),
        hints=(
            "Open the codes in the code browser and read the Excludes notes, also those that stand at the headings "
            "above.",
            "An Excludes1 note works in both directions, so it may stand at either code of the pair. Excludes2 "
            "forbids nothing.",
        ),
        rationale=f"**{mine}** ({_title(codes, mine)}) and **{named}** ({_title(codes, named)}): the Excludes1 note "
        f"{where} reads {pairs.cited(note)}. {_reach(note, mine)}For one and the same illness only one of the two "
        "is reported. Both could stand only if the two conditions had nothing to do with each other (Guidelines "
        "I.A.12.a).",
        sources=common.tabular(codes, f"Excludes1 at {note.owner}", common.guideline("I.A.12.a")),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def _pair(rng: random.Random, *two: Code) -> str:
    first, second = rng.sample(two, 2)
    return f"{first.code} and {second.code}"


def _title(codes: CodeSet, code: str) -> str:
    found = codes.get(code)
    return found.title if found else code


def _reach(note: Note, mine: str) -> str:
    return "" if note.owner == mine else f"What stands at {note.owner} counts for every code below it. "


def _conflict(rng: random.Random, codes: CodeSet, level: int) -> tuple[Code, Code, Note] | None:
    """Two codes and the Excludes1 note between them."""
    lengths = {1: (3, 7), 2: (3, 7), 3: (3, 4)}[level]
    note = rng.choice(systems.notes(codes, "excludes1", _LETTERS[level], lengths, level == 1))
    mine = pairs.below(codes, note.owner, note.owner, min(level, 2))
    b = pairs.inside(rng, codes, note, min(level, 2))
    if not mine or b is None:
        return None
    a = rng.choice(mine)
    if a.code[:3] == b.code[:3] or (level == 3 and note.owner == a.code):
        return None
    if b.code[0] not in _LETTERS[level]:
        return None
    if not (systems.likely(a, min(level, 2)) and systems.likely(b, 2) and systems.together(a, b)):
        return None  # rare diseases teach nothing more about a note than those that are seen
    if not systems.one_site(a, b) or not (systems.systems(a.code) and systems.systems(b.code)):
        return None
    if not pairs.one_patient(a, b) or codes.excludes1(a.code, b.code) is None:
        return None
    return a, b, note


def _company(rng: random.Random, codes: CodeSet, a: Code, b: Code, count: int, level: int) -> list[Code] | None:
    """Codes that may stand with both, about the same organs: neighbours of either code, partners by other notes, and
    what a newcomer meets."""
    found: list[Code] = []
    shown = min(level, 2)
    near = [
        pairs.neighbours(rng, codes, b.code, shown),
        pairs.neighbours(rng, codes, a.code, shown),
        _partners(rng, codes, a, shown),
        *[_everyday(rng, codes, systems.systems(a.code) | systems.systems(b.code), shown)] * (3 if level == 3 else 1),
    ]
    for _ in range(60):
        code = next(rng.choice(near), None)
        if code is None or not systems.likely(code, min(level, 2)) or systems.tumor(code.code):
            continue
        if not systems.systems(code.code) or not (systems.together(a, code) and systems.together(b, code)):
            continue  # who carries a germ, or what a specimen shows, is of no organ and would stand oddly in any list
        if sexes.concerned(code) and "sex" not in systems.systems(a.code) | systems.systems(b.code):
            continue  # a genital finding in a list about knees or lungs
        if not _may_join(codes, code, [a, b, *found], alone=level == 1):
            continue
        found.append(code)
        if len(found) == count:
            return found
    return None


def _partners(rng: random.Random, codes: CodeSet, a: Code, level: int) -> Iterator[Code | None]:
    """Codes that other notes of `a` name: those notes forbid nothing."""
    notes = [
        note
        for note in codes.notes(a.code, kinds=("excludes2", "use_additional", "code_first"))
        if note.parsed and not note.owner.isdigit()  # a chapter's note names half of the book
    ]
    while notes:
        yield pairs.inside(rng, codes, rng.choice(notes), level)


def _everyday(rng: random.Random, codes: CodeSet, organs: frozenset[str], level: int) -> Iterator[Code | None]:
    """Codes that a newcomer meets, of the same organs."""
    families = systems.everyday(organs)
    while families:
        family = rng.choice(families)
        some = pairs.below(codes, family, family, level)
        yield rng.choice(some) if some else None


def _may_join(codes: CodeSet, code: Code, others: list[Code], alone: bool) -> bool:
    """Whether `code` conflicts with none of the others (`alone`: with the first of them), and differs from all."""
    names = [one.code for one in others]
    if any(code.code[:3] == name[:3] for name in names) or not pairs.one_patient(code, *others):
        return False
    if not pairs.understood(codes, code.code):
        return False
    return all(codes.excludes1(code.code, name) is None for name in (names[:1] if alone else names))
