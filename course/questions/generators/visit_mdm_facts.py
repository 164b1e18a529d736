"""Visits for leveling by medical decision making: what a note says, and which element of the table each sentence is.

Each sentence stands for one element and no other, so that a note can be read back. What a beginner ticks without need
is in ``TRAPS``.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from course.codesets.cpt import em
from course.questions.generators.visit_mdm_cases import CASES

Told = tuple[str, str]  # element, sentence


class Trap(NamedTuple):
    """A sentence that counts for nothing, the element that it is taken for, and why it is none."""

    element: str
    words: str
    why: str
    places: tuple[str, ...] = ("office", "emergency", "hospital")


TRAPS = (
    Trap(
        "stable-chronic",
        "History of migraine, not a topic today.",
        "The migraine was not dealt with today; what only stands in the history is no problem of the visit.",
    ),
    Trap(
        "stable-chronic",
        "Asthma as a child, no trouble for years.",
        "The asthma was not dealt with today; what only stands in the history is no problem of the visit.",
    ),
    Trap(
        "independent-historian",
        "A friend came along and nods.",
        "The patient can tell the story; a companion adds nothing that was needed.",
        ("office", "emergency"),
    ),
    Trap(
        "external-discussion",
        "Message left for the pharmacist, no answer yet.",
        "A message without an answer is no talk.",
    ),
    Trap(
        "independent-interpretation",
        "ECG done here, read and billed with its reading.",
        "The ECG is paid with its reading, so it counts for nothing here.",
    ),
    Trap(
        "independent-historian",
        "A neighbor drove the patient here and waits outside.",
        "The neighbor told nothing; the patient gave the history.",
        ("office", "emergency"),
    ),
    Trap(
        "external-discussion",
        "Voice mail left for a physician of another practice.",
        "A voice mail is no talk.",
    ),
    Trap(
        "external-discussion",
        "Copy of this note sent to the other physicians.",
        "A copy that goes out is no talk.",
        ("office", "hospital"),
    ),
    Trap(
        "prescription-drug",
        "Medicine list copied from the last note.",
        "A copied list is no decision about a drug.",
        ("office-established", "hospital-subsequent"),
    ),
    Trap(
        "unique-result",
        "Vitamin D, ordered here at the last visit, is back: normal.",
        "The vitamin D was counted at the visit that ordered it.",
        ("office-established",),
    ),
    Trap(
        "external-note",
        "Own note of the last visit reread.",
        "The provider's own note is no outside note.",
        ("office-established",),
    ),
    Trap(
        "hospitalization",
        "Was in the hospital in spring for another reason.",
        "The stay in spring is past; nobody decides on admission today.",
    ),
)
#: An ECG is taken where the illness calls for one.
_ECG_FOR = {"hypertension", "diabetes", "lipids", "heart", "breath", "lung", "belly", "head", "sepsis", "stroke", "hip"}
#: Who is too ill to tell much, and would not be asked beside a friend.
_TOO_ILL = {"threat-to-life", "chronic-severe-exacerbation"}
#: First word of a trap -> illnesses that it would contradict.
_AGAINST = {"Asthma": ("asthma", "breath", "lung"), "History": ("migraine",)}
HEADS = {
    "office-new": "Office, new patient.",
    "office-established": "Office, established patient.",
    "emergency": "Emergency department.",
    "hospital-initial": "Hospital, first visit of the stay.",
    "hospital-subsequent": "Hospital, third day of the stay.",
}
NOISE = (
    "NKDA.",
    "Interpreter present.",
    "Height and weight as charted.",
    "Heart and lungs examined, skin warm.",
    "Emergency contact confirmed.",
)


class Visit(NamedTuple):
    """A drawn visit. ``told``: (element, sentence), part by part. ``traps``: sentences that count for nothing."""

    category: str
    ages: tuple[int, int]
    told: tuple[Told, ...]
    traps: tuple[Trap, ...]

    def held(self, part: str) -> dict[str, int]:
        """Elements of a part with how many there are; 1 where that does not matter."""
        found: dict[str, int] = {}
        known = em.elements()
        for element, _ in self.told:
            if known[element].part == part:
                found[element] = found.get(element, 0) + 1 if known[element].counted else 1
        return found


def visit(rng: random.Random, categories: Sequence[str], most_traps: int) -> Visit | None:
    """A visit of one of the categories; None when problems and plan do not go together."""
    case = rng.choice([one for one in CASES if set(one.categories) & set(categories)])
    category = rng.choice([one for one in case.categories if one in categories])
    pool = list(case.problems)
    rng.shuffle(pool)
    problems = list({name: (name, element, words) for name, element, words in pool}.values())
    problems = problems[: rng.randint(*case.take)]
    marks = {mark for name, element, _ in problems for mark in (name, element)} | {""}
    plans = [(element, words) for element, words, needs in case.risks if marks & set(needs.split("|"))]
    data = [(element, words) for element, words, needs in case.data if marks & set(needs.split("|"))]
    if urgent := {mark for name, element, _ in problems if element in _TOO_ILL for mark in (name, element)}:
        # what threatens life is what the plan is about
        plans = [(element, words) for element, words, needs in case.risks if urgent & set(needs.split("|"))]
    if not plans:
        return None
    data = rng.sample(data, rng.randint(0, min(4, len(data))))
    told = [(element, words) for _, element, words in problems] + data + [rng.choice(plans)]
    taken = {element for element, _ in told}
    place = category.split("-")[0]
    free = [one for one in TRAPS if one.element not in taken and {place, category} & set(one.places)]
    named = {name for name, _, _ in problems}
    if not named & _ECG_FOR:
        free = [one for one in free if "ECG" not in one.words]
    if taken & _TOO_ILL:
        free = [one for one in free if one.element != "independent-historian"]
    free = [one for one in free if not any(name in named for name in _AGAINST.get(one.words.split()[0], ()))]
    if case.ages[1] < 18:
        free = [one for one in free if one.element in ("external-discussion", "prescription-drug", "hospitalization")]
    return Visit(category, case.ages, tuple(told), _apart(rng.sample(free, len(free)), most_traps))


def _apart(traps: Sequence[Trap], most: int) -> tuple[Trap, ...]:
    """The first `most` traps, each for another element."""
    return tuple({one.element: one for one in reversed(traps)}.values())[:most]


def sentences() -> Iterator[Told]:
    """Every sentence with its element, "" for a trap."""
    for case in CASES:
        yield from ((element, words) for _, element, words in case.problems)
        yield from ((element, words) for element, words, _ in (*case.data, *case.risks))
    yield from (("", trap.words) for trap in TRAPS)
