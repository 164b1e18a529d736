"""The 7th character of a fracture, from what the note says about treatment, healing and skin."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from course.codesets.icd10cm.model import bare
from course.questions.generators import common, fracture_words
from course.questions.generators.fracture_words import Facts
from course.questions.kinds.code_entry import CodeAnswer, CodeEntry
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Seventh
    from course.questions.base import Source

OBJECTIVE = "choose the 7th character of a fracture from the note"
TITLE = "Which 7th character does the fracture take?"

_TRAUMA = ("S42", "S49", "S52", "S59", "S62", "S72", "S79", "S82", "S89", "S92")
_DISEASE = ("M80", "M84")
#: The letters of the long list by stage of care; within a stage: closed, open type I or II, open type III.
LETTERS = {
    "initial": "ABC",
    "late": "ABC",
    "routine": "DEF",
    "delayed": "GHJ",
    "nonunion": "KMN",
    "malunion": "PQR",
    "sequela": "SSS",
}
_SKIN_PLACE = {"none": 0, "closed": 0, "unsaid": 0, "open": 1, "low": 1, "high": 2}


class _Stem(NamedTuple):
    """A code that lacks its 7th character, and the heading whose sides and displacements it is one of."""

    code: Code
    family: Code
    side: str
    moved: str


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice | CodeEntry:
    """Level 1: choose, short lists. Level 2: type the code, long lists and what the note leaves unsaid. Level 3: side
    and displacement as well."""
    stem = rng.choice(_stems(codes, level)[rng.choice(list(_stems(codes, level)))])
    meanings = codes.valid_seventh(stem.code.code)
    facts = _facts(rng, stem, meanings, level)
    char = letter(facts, "".join(meanings))
    note = fracture_words.note(
        rng, facts, stem.code.code[:3], stem.code.title, _diagnosis(stem) if level == 3 else "", level
    )
    key = _full(codes, stem.code, char)
    rule = codes.seventh(stem.code.code)
    owner = rule.owner if rule else stem.code.code
    rationale = " ".join(
        [
            *fracture_words.reasons(facts, meanings, owner),
            _fill(stem.code, owner, char, meanings),
            f"The code is **{key}**.",
        ]
    )
    sources = common.tabular(codes, f"7th characters at {owner}", *_rules(facts))
    hints = (
        f"The list of 7th characters stands at {owner}. It asks first where the treatment stands, then, in some "
        "categories, whether the fracture was open.",
        "Count no visits and no doctors. Ask: is this still active treatment, or is the bone healing now, and how?",
    )
    shared = common.common_fields(codes, level)
    if level == 1:
        others = rng.sample([one for one in meanings if one != char], 3)
        wrong = [
            (_full(codes, stem.code, one), f"At {owner} {one} means *{meanings[one]}*. The note tells something else.")
            for one in others
        ]
        return SingleChoice(
            slug="fracture-seventh",
            title=TITLE,
            stem=f"The fracture belongs to {common.named(stem.code)}, and the 7th character is still missing. Which "
            "code fits the note of this visit?",
            note=note,
            options=common.options(rng, [(key, f"At {owner} {char} means *{meanings[char]}*.")], wrong),
            hints=hints,
            rationale=rationale,
            sources=sources,
            objective=OBJECTIVE,
            **shared,
        )
    given = common.named(stem.code if level == 2 else stem.family)
    return CodeEntry(
        slug="fracture-seventh",
        title=TITLE,
        stem=f"You are at {given}. From the note of this visit, enter the complete code of the fracture. "
        "No other code is asked for.",
        note=note,
        answer=CodeAnswer(codes=(key,)),
        reasons=_mistakes(codes, stem, facts, char, meanings),
        hints=hints,
        rationale=rationale,
        sources=sources,
        objective=OBJECTIVE,
        **shared,
    )


def letter(facts: Facts, offered: str) -> str:
    """The 7th character for the facts, in a list that offers these characters: the long list where type III has
    letters of its own, otherwise the first letter of the stage (B for the first treatment of an open fracture)."""
    letters = LETTERS[facts.stage]
    place = _SKIN_PLACE[facts.skin]
    if "C" in offered:
        return letters[place]
    return letters[1] if place and letters[1] in offered else letters[0]


def law(item: SingleChoice | CodeEntry, codes: CodeSet) -> bool:
    """Of all codes below the given one exactly one has the side, the displacement and the 7th-character meaning that
    the words of the note lead to, and it is the key."""
    given = item.stem.split("**")[1]
    facts = fracture_words.read(item.note or "")
    leaves = [leaf for leaf in codes.billable_below(given) if len(bare(leaf.code)) == 7]
    rules = {leaf.parent: codes.seventh(leaf.parent) for leaf in leaves}
    fitting = [leaf.code for leaf in leaves if _fits(rules[leaf.parent], leaf, facts, item.difficulty == 3)]
    if isinstance(item, CodeEntry):
        return fitting == list(item.answer.codes)
    return fitting == [one.text for one in item.options if one.correct]


def _fits(rule: Seventh | None, leaf: Code, facts: Facts, whole: bool) -> bool:
    if rule is None:
        return False
    if whole:
        title = leaf.title.lower()
        asked = "nondisplaced" if facts.moved == "nondisplaced" else "displaced"
        graded = re.search(r"\b(non)?displaced\b", title)
        if not re.search(rf"\b{facts.side}\b", title) or (graded and graded[0] != asked):
            return False
    return fracture_words.means(rule.meanings[leaf.code[-1]], facts)


@lru_cache(maxsize=8)
def _stems(codes: CodeSet, level: int) -> dict[str, tuple[_Stem, ...]]:
    """What can be drawn, by category, so that the many codes of the fingers do not crowd out the rest."""
    found: dict[str, list[_Stem]] = {}
    for category in (*_TRAUMA, *_DISEASE):
        for family in common.headings(codes, category):
            for stem in _of_family(codes, family):
                offered = "".join(codes.valid_seventh(stem.code.code))
                short = "C" not in offered
                if (level == 1 and not short) or (level == 2 and short and "B" not in offered):
                    continue
                found.setdefault(category, []).append(stem)
    return {name: tuple(some) for name, some in found.items()}


def _of_family(codes: CodeSet, family: Code) -> list[_Stem]:
    """The codes below a heading that lack a 7th character and differ in nothing but side and displacement."""
    out: dict[tuple[str, str], _Stem] = {}
    for code in codes.children(family.code):
        title = code.title.lower()
        side = re.search(r"\b(right|left)\b", title)
        moved = re.search(r"\b(non)?displaced\b", title)
        if "G" not in codes.valid_seventh(code.code) or side is None or not (code.title_known and family.title_known):
            if "unspecified" in title:
                continue
            return []  # a site more, a bone more: side and displacement would not settle it
        place = (side[0], moved[0] if moved else "")
        if place in out or re.search(r"\b(right|left|other|unspecified)\b", family.title.lower()):
            return []
        out[place] = _Stem(code, family, *place)
    graded = {stem.moved for stem in out.values()}
    return list(out.values()) if len(graded) == 1 or graded == {"displaced", "nondisplaced"} else []


def _facts(rng: random.Random, stem: _Stem, meanings: Mapping[str, str], level: int) -> Facts:
    offered = "".join(meanings)
    trauma = stem.code.code[0] == "S"
    waits = trauma and stem.code.code[:3] not in ("S72", "S79") and not fracture_words.young(stem.code.title)
    stages = list(LETTERS) if level == 3 and waits else [one for one in LETTERS if one != "late"]
    if re.search("torus|greenstick|incomplete|bent bone", stem.code.title.lower()):
        stages = ["initial", "routine", "delayed", "sequela"]
    if fracture_words.young(stem.code.title):
        stages = [one for one in stages if one != "nonunion"]
    if stem.moved == "nondisplaced" and level == 3:
        stages = [one for one in stages if one != "malunion"]
    skins = ["closed", "unsaid"] if level > 1 else ["closed"]
    if "bent bone" in stem.code.title.lower() or stem.code.code.startswith(("S72.0", "S72.1")):  # deep in the flesh
        skins = ["closed", "unsaid"]
    elif "C" in offered:
        skins = ["closed", "unsaid", "open", "low", "low", "high", "high"]
    elif "B" in offered:
        skins += ["low" if level > 1 else "open", "open"]
    elif level == 1:  # the list does not ask: a line about the skin would be idle
        skins = ["unsaid"]
    moved = stem.moved
    if moved == "nondisplaced":  # what tears the flesh that wide moves the bone as well
        skins = [one for one in skins if one != "high"]
    if level == 3 and moved == "displaced" and rng.random() < 0.6:
        moved = "unsaid"
    stage = rng.choice(stages)
    if stage == "late":  # nobody walks about for months with an open fracture
        skins = ["closed", "unsaid"]
    return Facts(stage, rng.choice(skins) if trauma else "none", stem.side, moved if level == 3 else "", trauma)


def _full(codes: CodeSet, stem: Code, char: str) -> str:
    return codes.normalise(bare(stem.code).ljust(6, "X") + char)


def _diagnosis(stem: _Stem) -> str:
    return f"{stem.family.title}, {stem.side} side."


def _fill(stem: Code, owner: str, char: str, meanings: Mapping[str, str]) -> str:
    empty = 6 - len(bare(stem.code))
    fill = f", and X fills the {'place' if empty == 1 else 'places'} before it" if empty else ""
    return f"In the list at {owner} **{char}** means *{meanings[char]}*{fill}."


def _rules(facts: Facts) -> tuple[Source, ...]:
    rules = ("I.C.19.c", "I.C.19.c.1") if facts.trauma else ("I.C.13.c",)
    found = tuple(common.guideline(rule) for rule in rules)
    return (*found, common.guideline("I.B.10")) if facts.stage == "sequela" else found


def _mistakes(codes: CodeSet, stem: _Stem, facts: Facts, char: str, meanings: Mapping[str, str]) -> dict[str, str]:
    """Sentences for the codes a beginner enters here."""
    out: dict[str, str] = {}
    for other, sentence in fracture_words.slips(facts, "".join(meanings), char).items():
        out[_full(codes, stem.code, other)] = sentence
    if facts.moved == "unsaid":
        out |= {
            _full(codes, one.code, char): "The note does not say whether the fragments have moved. Then there is a "
            "rule for which of the two it is."
            for one in _of_family(codes, stem.family)
            if one.moved == "nondisplaced" and one.side == stem.side
        }
    return out
