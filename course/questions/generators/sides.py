"""The note gives the side: which of the sisters of a code says it?"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "choose the code by the side"

_SIDE = re.compile(r"\b(right|left|bilateral|unspecified)\b", re.IGNORECASE)
_ASKED = {
    "right": "The record says **right**.",
    "left": "The record says **left**.",
    "bilateral": "The record says **both sides**.",
    "unspecified": "The record names no side, and the provider cannot be reached.",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1 asks for left or right, level 2 for both sides too, level 3 for the side that the record does
    not give."""
    asked = {1: ("right", "left"), 2: ("right", "left", "bilateral"), 3: ("unspecified", "bilateral")}[level]
    pool = _sided_categories(codes, level)
    family, sisters, side = common.draw_until(rng, codes, level, lambda name: _sisters(rng, codes, name, asked), pool)
    key = sisters[side]
    words = {
        one: f"This one says {'no side' if one == 'unspecified' else one}. Read the record again." for one in sisters
    }
    if side == "unspecified":
        words.update(
            {one: f"This one says {one}, and the record does not. A coder never guesses a side." for one in words}
        )
    elif "unspecified" in words:
        words["unspecified"] = (
            "The record names the side, so the code must too. Unspecified is for when nobody wrote it down."
        )
    return SingleChoice(
        slug="laterality",
        title="Left, right, both, or not said?",
        stem=f"You are at {common.named(family)}. {_ASKED[side]} Which code is it?",
        options=common.options(
            rng,
            [(common.named(key), "The title says what the record says.")],
            [(common.named(code), words[one]) for one, code in sisters.items() if one != side],
        ),
        hints=("Read each title to its end and look for the word of the side.",),
        rationale=f"Among the codes of {family.code} only **{key.code}** says *{side}*. "
        + (
            "An unspecified side is reported only when the record does not give it and it cannot be found out."
            if side == "unspecified"
            else "The side is part of the code whenever the category offers it."
        ),
        sources=common.tabular(codes, family.code, common.guideline("I.B.13")),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """Only the right option's title carries the side that was asked, and all options share one heading."""
    asked = next(side for side, text in _ASKED.items() if text in item.stem)
    found = [codes.get(common.leading_code(one.text)) for one in item.options]
    return len({code.parent for code in found if code}) == 1 and all(
        one.correct == (code is not None and code.billable and _side(code.title) == asked)
        for one, code in zip(item.options, found, strict=True)
    )


@lru_cache(maxsize=8)
def _sided_categories(codes: CodeSet, level: int) -> tuple[str, ...]:
    rows = codes.connection.execute(
        "SELECT DISTINCT substr(code, 1, 3) FROM code WHERE billable AND title LIKE '%right%' ORDER BY 1"
    )
    found = tuple(name for (name,) in rows)
    return tuple(name for name in found if name in common.teaching_categories()) if level == 1 else found


def _side(title: str) -> str | None:
    sides = {match.lower() for match in _SIDE.findall(title)}
    return sides.pop() if len(sides) == 1 else None


def _sisters(
    rng: random.Random, codes: CodeSet, name: str, asked: tuple[str, ...]
) -> tuple[Code, dict[str, Code], str] | None:
    fitting = [(head, sisters) for head, sisters in _families(codes, name) if any(side in sisters for side in asked)]
    if not fitting:
        return None
    head, sisters = rng.choice(fitting)
    return head, sisters, rng.choice([side for side in asked if side in sisters])


@lru_cache(maxsize=2048)
def _families(codes: CodeSet, name: str) -> tuple[tuple[Code, dict[str, Code]], ...]:
    """The headings in category `name` whose billable children differ in the side alone, with one child for
    each side."""
    out = []
    for head in common.headings(codes, name):
        by_side: dict[str, list[Code]] = {}
        for child in codes.children(head.code):
            side = _side(child.title)
            if side and child.billable:
                by_side.setdefault(side, []).append(child)
        sisters = {side: found[0] for side, found in by_side.items() if len(found) == 1}
        bases = {_SIDE.sub("", code.title).replace(" ", "") for code in sisters.values()}
        if head.title_known and len(sisters) >= 3 and len(bases) == 1:
            out.append((head, sisters))
    return tuple(out)
