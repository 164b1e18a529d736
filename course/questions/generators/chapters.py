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
    "1": ("10", "11", "12"), "2": ("3", "12", "14"), "3": ("2", "9", "1"), "4": ("3", "11", "14"),
    "5": ("6", "18", "21"),
    "6": ("5", "13", "9"), "7": ("8", "6", "19"), "8": ("7", "10", "6"), "9": ("10", "6", "3"), "10": ("1", "9", "18"),
    "11": ("1", "14", "18"), "12": ("1", "13", "19"), "13": ("19", "6", "12"), "14": ("15", "11", "2"),
    "15": ("14", "16", "21"),
    "16": ("15", "17", "18"), "17": ("16", "13", "6"), "18": ("10", "11", "21"), "19": ("20", "13", "12"),
    "20": ("19", "21", "18"),
    "21": ("18", "20", "15"), "22": ("1", "10", "21"),
}  # fmt: skip

#: What each chapter is for, in our words.
_FOR = {
    "1": "infections and parasites, as long as no organ's own chapter claims them",
    "2": "tumors, benign and malignant, of any organ",
    "3": "the blood, the organs that make it, and the immune system",
    "4": "glands, nutrition and metabolism",
    "5": "the mind, behavior and the development of both",
    "6": "brain, spinal cord and nerves",
    "7": "the eye and what surrounds it",
    "8": "the ear and the bone behind it",
    "9": "the heart and the blood vessels",
    "10": "nose, throat, airways and lungs",
    "11": "the way of the food from mouth to anus, with liver, gallbladder and pancreas",
    "12": "skin, hair and nails",
    "13": "bones, joints, muscles and tendons, when no fresh injury is meant",
    "14": "kidneys, bladder, breasts and the organs of reproduction",
    "15": "pregnancy, birth and the weeks after it, on the mother's record",
    "16": "conditions of a child that began before, at or soon after birth",
    "17": "malformations and changes of chromosomes that one is born with",
    "18": "symptoms and findings, as long as nobody has named a disease",
    "19": "injuries, burns, poisonings and some complications of care",
    "20": "how an injury or another harm came about",
    "21": "reasons for a visit other than a disease, and circumstances that matter for health",
    "22": "a few conditions that were given a place apart, such as COVID-19",
}


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
                    f"Chapter {n} is for {_FOR[n]}. Read the title again: something else is meant.",
                )
                for n in others
            ],
        ),
        hints=(
            "Ask first what kind of thing it is: a disease of an organ, an infection, an injury, a sign, a "
            "reason for a visit?",
        ),
        rationale=f"*{found.title}* is category **{found.code}**, in {_named(key)}.",
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
    # Without the range: of FY2027 only codes are published, and new ones lie outside the range of FY2026 (QA1).
    return f"Chapter {chapter.code}: {chapter.title.rpartition(' (')[0]}"
