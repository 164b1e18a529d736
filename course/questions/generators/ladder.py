"""Put a code's family in order, from the chapter down to the code."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.questions.generators import common
from course.questions.kinds.ordering import Ordering, Step

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "find the way from chapter to code"
_STEPS = {1: (4, 4), 2: (5, 5), 3: (6, 8)}
_NAMES = {
    "chapter": "A chapter is the widest step of all.",
    "block": "A block gathers categories within a chapter.",
    "category": "A category has three characters and gathers the codes of one group of conditions.",
    "subcategory": "A subcategory adds detail to what stands above it.",
    "code": "Nothing stands below it: this one can go on a claim.",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Ordering:
    """Four steps at level 1, five at level 2, six to eight at level 3. Titles only: the codes would give the
    order away."""
    ladder = common.draw_until(rng, codes, level, lambda family: _ladder(rng, codes, family, level))
    return Ordering(
        slug="specificity-ladder",
        title="From chapter down to code",
        stem="These are the steps of one path through the Tabular List. Put them in order, the **widest "
        "first**, the code itself last.",
        steps=tuple(Step(text=_title(code), why=_why(codes, code)) for code in ladder),
        hints=(
            "Which one covers the most diseases? It goes on top.",
            "Each step takes in less than the one above it.",
        ),
        rationale="From wide to narrow: " + ", then ".join(f"*{_title(code)}* ({code.code})" for code in ladder) + ".",
        sources=common.tabular(codes, ladder[-1].code, common.guideline("I.A.2")),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: Ordering, codes: CodeSet) -> bool:
    """Each step's title belongs to an ancestor of the next; no other order has that property (ancestry is a
    strict order)."""
    leaf = item.sources[0].ref.rsplit(", ", 1)[1]
    path = [_title(code) for code in reversed(codes.ancestors(leaf))]
    found = codes.get(leaf)
    assert found is not None
    path.append(found.title)
    places = [path.index(step.text) for step in item.steps]
    return places == sorted(set(places)) and len(set(path)) == len(path)


def _why(codes: CodeSet, code: Code) -> str:
    if not code.billable and codes.valid_seventh(code.code):
        return f"All that this one lacks is its 7th character. It is {code.code}."
    return f"{_NAMES[code.level]} This one is {'chapter ' if code.level == 'chapter' else ''}{code.code}."


def _title(code: Code) -> str:
    """The title; a chapter's without its range, which would give the order away."""
    return code.title.rpartition(" (")[0] if code.level == "chapter" else code.title


def _ladder(rng: random.Random, codes: CodeSet, family: str, level: int) -> list[Code] | None:
    below = codes.billable_below(family)
    if not below:
        return None
    leaf = rng.choice(below)
    path = [*reversed(codes.ancestors(leaf.code)), leaf]
    titles = [_title(code) for code in path]
    low, high = _STEPS[level]
    if not common.distinct(titles) or not all(code.title_known for code in path) or len(path) < low:
        return None
    while len(path) > high:  # leave out steps in the middle; the ends stay
        path.pop(rng.randrange(1, len(path) - 1))
    return path
