"""What does the 7th character of this code say?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "read a 7th character with the list that governs it"

#: Wrong answers where a rule has fewer than four characters: meanings of the lists that beginners mix up.
_STRANGERS = {
    "the first visit to any provider, however far treatment has come": "No 7th character counts visits. Read "
    "the list that governs this code.",
    "a complication of the treatment": "No list of 7th characters stands for complications of care; they have "
    "codes of their own.",
    "the second time that it has happened": "No 7th character counts how often. Read the list that governs this code.",
    "the left side": "Some lists of 7th characters tell a side. The one that governs this code does not.",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: A, D, S. Level 2: fracture lists. Level 3: the other lists (fetus, stage of glaucoma, gout,
    coma scale …)."""
    sort = {1: "plain", 2: "fracture", 3: "other"}[level]
    pool = common.categories_with(codes, sort, level)
    code, owner, meaning, others = common.draw_until(
        rng, codes, level, lambda family: _choice(rng, codes, family, sort), pool
    )
    char = code.code[-1]
    wrong = [
        (text, f"At {owner} that is the meaning of {other}, and this code ends in {char}.")
        for other, text in others[:3]
    ]
    strangers = list(_STRANGERS.items())
    rng.shuffle(strangers)
    wrong += strangers[: 3 - len(wrong)]
    return SingleChoice(
        slug="seventh-character-meaning",
        title="What does the 7th character say?",
        stem=f"**{code.code}** stands below *{_title_above(codes, code)}*. What does its last character, "
        f"**{char}**, say?",
        options=common.options(rng, [(meaning, f"The list at {owner} gives {char} this meaning.")], wrong),
        hints=(
            "Open the code in the browser and read the list of 7th characters that governs it.",
            "The same letter can mean different things in different categories. The nearest list above the code "
            "counts.",
        ),
        rationale=f"The 7th-character list that governs {code.code} stands at {owner}. There **{char}** means "
        f"*{meaning}*.",
        sources=common.tabular(codes, f"7th characters at {owner}", common.guideline("I.A.5")),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """The right option is what the official title of the code ends with, or the governing list says; no other
    option is."""
    code = item.stem.split("**")[1]
    rule = codes.seventh(code)
    assert rule is not None
    return all(one.correct == (one.text == rule.meanings[code[-1]]) for one in item.options)


def _title_above(codes: CodeSet, code: Code) -> str:
    above = codes.parent(code.code)
    return above.title if above else code.title


def _choice(
    rng: random.Random, codes: CodeSet, family: str, sort: str
) -> tuple[Code, str, str, list[tuple[str, str]]] | None:
    stems = common.headings(codes, family)
    rng.shuffle(stems)
    for stem in stems:
        meanings = codes.valid_seventh(stem.code)
        if not meanings or common.seventh_sort(meanings) != sort or not common.distinct(list(meanings.values())):
            continue
        rule = codes.seventh(stem.code)
        char = rng.choice(list(meanings))
        leaf = next(code for code in codes.children(stem.code) if code.code.endswith(char) and code.billable)
        others = [(c, m) for c, m in meanings.items() if c != char]
        rng.shuffle(others)
        return leaf, rule.owner if rule else stem.code, meanings[char], others
    return None
