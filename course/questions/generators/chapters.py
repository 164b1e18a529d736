"""A category's title is shown: in which chapter does it stand?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "know which chapter to open"

#: Chapters that newcomers confuse with each other, by number. Wrong answers are drawn from here first.
_NEIGHBOURS = {
    "1": ("10", "11", "12"), "2": ("3", "12", "14"), "3": ("2", "9", "1"), "4": ("3", "11", "14"), "5": ("6", "18", "21"),
    "6": ("5", "13", "9"), "7": ("8", "6", "19"), "8": ("7", "10", "6"), "9": ("10", "6", "3"), "10": ("1", "9", "18"),
    "11": ("1", "14", "18"), "12": ("1", "13", "19"), "13": ("19", "6", "12"), "14": ("15", "11", "2"), "15": ("14", "16", "21"),
    "16": ("15", "17", "18"), "17": ("16", "13", "6"), "18": ("10", "11", "21"), "19": ("20", "13", "12"), "20": ("19", "21", "18"),
    "21": ("18", "20", "15"), "22": ("1", "10", "21"),
}  # fmt: skip


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1 takes common categories and far chapters, level 2 neighbours, level 3 any category and neighbours."""
    found = common.draw_until(rng, codes, 1 if level < 3 else 3, codes.get)
    chapters = {chapter.code: chapter for chapter in codes.chapters()}
    key = chapters[found.chapter]
    near = [number for number in _NEIGHBOURS.get(key.code, ()) if number in chapters]
    far = [number for number in chapters if number != key.code and number not in near]
    others = rng.sample(far, 3) if level == 1 else near + rng.sample(far, 3 - len(near))
    return SingleChoice(
        slug="which-chapter",
        title="Which chapter is it in?",
        stem=f"You look for *{found.title}*. In which chapter of the Tabular List does its category stand?",
        options=common.options(
            rng,
            [
                (
                    _named(key),
                    f"Its category is {found.code}, inside the range of chapter {key.code}.",
                )
            ],
            [
                (
                    _named(chapters[n]),
                    f"Its category is {found.code}, which does not fall into the range of chapter {n}.",
                )
                for n in others
            ],
        ),
        hints=(
            "Ask first what kind of thing it is: a disease of an organ, an infection, an injury, a sign, a reason for a visit?",
        ),
        rationale=f"*{found.title}* is category **{found.code}**, in chapter {key.code}, {key.title}.",
        sources=common.tabular(codes, f"chapter {key.code}, {found.code}"),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """The right option is the chapter at the top of the category's ancestors; no other option is."""
    category = item.sources[0].ref.rsplit(", ", 1)[1]
    top = codes.ancestors(category)[-1].code
    return all(one.correct == (one.text.split()[1].rstrip(":") == top) for one in item.options)


def _named(chapter: Code) -> str:
    return f"Chapter {chapter.code}: {chapter.title}"
