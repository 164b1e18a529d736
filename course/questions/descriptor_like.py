"""Finds words beside CPT numbers that read like a descriptor of the code book.

The AMA's descriptors must not be in the course (NOTICE), and they are not at hand to compare with. They have a style
of their own, though: noun phrases without a verb, chained by commas and semicolons, with set turns of phrase. What
reads so and stands next to a CPT number is refused, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Turns of phrase of code descriptors. None of them is needed to teach.
_TURNS = re.compile(
    r"list separately|separate procedure\)|in addition to code for|when performed\b|requires these|any method\b"
    r"|for the evaluation and management of|unilateral or bilateral|with or without [a-z]+ \(|\(eg,|\(e\.g\.,"
    r"|not otherwise specified|each additional [^.;]{3,60} or part thereof|physician or other qualified",
    re.IGNORECASE,
)
#: A CPT number, and what follows up to the end of the sentence or cell. A hyphen is a modifier or a range.
_NEXT = re.compile(
    r"(?<![\w.$/-])(\d{4}[0-9FT])(?![\w%/-])[\s\"'`*]*(?:[:;,=(–—|\t-]|\bis\b|\bmeans\b)?[\s\"'`*]*([^.!?\n|]*)"
)
#: Words that a descriptor has not: finite verbs, pronouns, words of address and of reasoning.
_TELLING = frozenset(
    """
    is are was were be been has have had does do did can cannot may must should would will needs need takes take
    covers counts count stands stand asks ask says say tells tell belongs belong goes go comes come ends begins
    follows follow holds hold adds add means mean names name pays pay bills bill starts start lies lie describes
    describe applies wants want fits fit gets get makes make leaves leave reports report reported uses use gives
    give keeps keep shows show lets let look see read became become you your it its they their this that these those
    here there which who whose when where why because so but then not no nor never only both same than if while
    until unless whether instead too also as one codes code number numbers family line lines note chart record payer
    coder
    """.split()
)
#: A phrase that begins so goes on with a sentence of ours; no descriptor does.
_JOINTS = frozenset("for with and or on in at to by from of after before since beside about".split())
#: Longest run beside a number that may do without any of those words.
LONGEST_RUN = 14


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that reads like a descriptor: the number beside it, the passage, and why it was taken for one."""

    number: str
    passage: str
    why: str

    def __str__(self) -> str:
        return f"{self.number}: {self.passage!r} reads like a code descriptor ({self.why}). Say it in your own words."


def findings(text: str) -> Iterator[Finding]:
    """Passages beside CPT numbers that read like a descriptor."""
    from course.codesets import cpt

    for found in _NEXT.finditer(text):
        number, passage = found[1], " ".join(found[2].split())
        if cpt.section_of(number) is None or not passage:
            continue
        turn = _TURNS.search(passage)
        words = re.findall(r"[A-Za-z][A-Za-z'-]*", passage)
        if turn:
            yield Finding(number, passage, f"the turn {turn[0]!r}")
        elif run := _bare_run(words):
            yield Finding(number, passage, f"{run} words without a verb")


def paraphrase_faults(words: str) -> Iterator[str]:
    """What is wrong with a paraphrase of a CPT number: too long, or in the style of a descriptor."""
    if len(words.split()) > LONGEST_RUN:
        yield f"is longer than {LONGEST_RUN} words"
    if ";" in words:
        yield "has a semicolon"
    if turn := _TURNS.search(words):
        yield f"has the turn {turn[0]!r}"
    if not words.strip():
        yield "is empty"


def _bare_run(words: list[str]) -> int:
    """Length of the run of words from the number on that has no telling word, if it is too long; otherwise 0."""
    if words and words[0].lower() in _JOINTS and words[0].islower():
        return 0
    for n, word in enumerate(words):
        if word.lower() in _TELLING:
            return n if n > LONGEST_RUN else 0
    return len(words) if len(words) > LONGEST_RUN else 0
