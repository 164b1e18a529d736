"""Take a word in use apart, and say what each part means."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from course.language import word_parts, words
from course.questions.generators import common, word_facts
from course.questions.generators.word_building import overlap
from course.questions.kinds import take_apart
from course.questions.kinds.word_builder import read

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "take a medical word apart and read it"
_STEMS = (
    "What does **{word}** say? Take it apart.",
    "You meet **{word}** in a report. Cut it into its parts and say what each means.",
    "Read **{word}** part by part.",
)
#: Level -> wrong meanings that are offered.
_LURES = {1: 3, 2: 4, 3: 5}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: two parts. Level 2: three parts, or a combining vowel. Level 3: several roots."""
    word = rng.choice(word_facts.to_cut(level))
    meanings = {token: _meaning(token) for token in word.meant}
    wrong = [one.meaning for one in word_facts.lures(rng, word, _LURES[level])]
    bridges = word_parts.seams(word.tokens)
    return take_apart.TakeApart(
        slug="take-a-word-apart",
        title="Take a word apart",
        stem=rng.choice(_STEMS).format(word=word.word),
        word=word.word,
        answer=word.tokens,
        also=word_facts.finer(word),
        meanings=meanings,
        extra=tuple(wrong),
        hints=(
            "Begin at the end: cut off the ending first, then look at what is left.",
            f"Combining vowels counted, there are {len(word.tokens)} parts.",
        ),
        rationale=f"{read(word.tokens)} Together: {word.meaning}. {' '.join(bridges)}".strip(),
        sources=word_facts.SOURCES,
        objective=OBJECTIVE,
        **common.common_fields(codes, level) | {"domains": word_facts.DOMAINS},
    )


def _meaning(token: str) -> str:
    found = word_parts.by_token(token)
    assert found is not None
    return found.meaning


def law(item: Any, codes: CodeSet) -> bool:
    """The cut letters are the word's, one by one; each part has the meaning that the table gives it and no wrong
    meaning says it, or half of it; and the letters can be read with no other cuts, as parts of the table or as books
    have them."""
    if "".join(item.answer).replace("-", "") != item.word or words.get(item.word) is None:
        return False
    table = {one.token: one.meaning for one in word_parts.parts()}
    meant = [token for token in item.answer if len(token) > 1]
    if {token: table.get(token) for token in meant} != item.meanings or f"**{item.word}**" not in item.stem:
        return False
    if any(overlap(one, other) for one in item.meanings.values() for other in item.extra):
        return False
    if set(item.extra) - set(table.values()) or re.search(r"phalang|periton", item.word):
        return False
    allowed = {_edges(way) for way in (item.answer, *item.also)}
    return _edges(item.answer) in allowed and _ways(item.word) <= allowed


def _edges(way: tuple[str, ...]) -> tuple[int, ...]:
    """Where each part of a way ends."""
    lengths = [len(token.replace("-", "")) for token in way]
    return tuple(sum(lengths[: n + 1]) for n in range(len(lengths)))


@lru_cache(maxsize=1024)
def _ways(word: str) -> set[tuple[int, ...]]:
    """The ends of the parts in every reading of the word by the rules: prefixes, roots, one suffix; a vowel after a
    root where a root or a consonant follows, and nowhere else (but for the roots that use joins without)."""
    out: set[tuple[int, ...]] = set()
    stack: list[tuple[int, str, str, tuple[int, ...]]] = [(0, "", "", ())]
    while stack:
        at, kind, last, ends = stack.pop()  # `last`: the root before, with "+" once its vowel is read
        if at == len(word) and kind == "suffix":
            out.add(ends)
        for one in word_facts.beginning(word[at : at + 1]):
            stop = at + len(one.part)
            if kind == "suffix" or word[at:stop] != one.part or (one.kind == "prefix" and kind == "root"):
                continue
            if not kind and one.kind == "suffix":
                continue
            bridged = last.endswith("+")
            needed = kind == "root" and (
                word[at] not in "aeiouy"
                if one.kind == "suffix"
                else (last.rstrip("+"), one.part) not in word_parts.DIRECT
            )
            if bridged != needed:
                continue
            stack.append((stop, one.kind, one.part if one.kind == "root" else "", (*ends, stop)))
            if one.kind == "root" and word[stop : stop + 1] == one.vowel:
                stack.append((stop + 1, "root", f"{one.part}+", (*ends, stop, stop + 1)))
    return out
