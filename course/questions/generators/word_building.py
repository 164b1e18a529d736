"""Build a word from its meaning. The tray holds its parts, parts that are taken for them, and the combining vowel."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.language import word_parts, words
from course.questions.generators import common, word_facts
from course.questions.kinds import word_builder

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "build a medical word from its meaning"
_STEMS = (
    "Build the word for **{meaning}**.",
    "A report needs one word for **{meaning}**. Build it.",
    "Which word says **{meaning}**? Build it from the parts.",
)
#: Where a meaning names things side by side and use knows one order of the roots.
IN_A_ROW = "Keep to the order of the question."
#: Level -> wrong parts in the tray.
_LURES = {1: 3, 2: 4, 3: 5}
_MOST = 10


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: two parts. Level 2: three parts, or a vowel that is needed. Level 3: several roots."""
    word = rng.choice(word_facts.to_build(level))
    vowels = {token for token in word.tokens if word_parts.is_vowel(token)}
    if word_facts.roots(word):  # it tempts after a root, and nowhere else
        vowels.add("o")
    own = [*dict.fromkeys(word.meant)]
    wrong = word_facts.lures(rng, word, min(_LURES[level], _MOST - len(own) - len(vowels)))
    tray = [*own, *sorted(vowels), *(one.token for one in wrong)]
    rng.shuffle(tray)
    bridges = word_parts.seams(word.tokens)
    asked = rng.choice(_STEMS).format(meaning=word.meaning)
    also = word_facts.second(word)
    other = [f"In use is **{word_parts.spell(build)}**, too." for build in also]
    met = any(word_parts.shares_i(left, right) for left in tray for right in tray)
    return word_builder.WordBuilder(
        slug="build-a-word",
        title="Build a word from its meaning",
        stem=f"{asked} {IN_A_ROW}" if word_facts.in_a_row(word) else asked,
        tray=tuple(tray),
        answer=word.tokens,
        also=also,
        hints=(
            "Begin at the end of the word: is it a disease, an operation, a picture, or does it only say where?",
            f"Not counting combining vowels, the word has {len(word.meant)} parts.",
            *(["Where an i meets the i of an ending, one of the two is written."] if met else []),
        ),
        rationale=f"**{word.word}**: {word_builder.read(word.tokens)} {' '.join((*bridges, *other))}".strip(),
        sources=word_facts.SOURCES,
        objective=OBJECTIVE,
        **common.common_fields(codes, level) | {"domains": word_facts.DOMAINS},
    )


#: Words of a meaning that name nothing.
_SMALL = frozenset(("the", "and", "from", "with", "over", "into", "between", "behind"))
#: Words in use whose roots stand in another order than in the word of the list.
_TURNED = frozenset(
    "adenofibroma encephalomeningitis meningomyelocele myeloencephalitis myocardiopathy nephropyelitis "
    "oophorosalpingectomy pneumohemothorax splenohepatomegaly ureterovesical urethrocystoscopy".split()
)


def law(item: Any, codes: CodeSet) -> bool:
    """The word in use with the asked meaning is spelled by the answer, letter by letter, and by no other word of the
    tray but its own roots turned round where that is in use; no other part of the tray says what a part of the key
    says, or half of it; there is an ending to choose; and whoever is told to keep to the order can."""
    asked = re.findall(r"\*\*(.+?)\*\*", item.stem)
    found = [one for one in words.words() if asked == [one.meaning]]
    if len(found) != 1 or not _spells(item.answer, found[0].word):
        return False
    if any(one != found[0] and set(one.tokens) <= set(item.tray) and one.meaning == asked[0] for one in words.words()):
        return False
    meant = [token for token in item.answer if len(token) > 1]
    for build in item.also:
        turned = sorted(token for token in build if len(token) > 1) == sorted(meant) and build != item.answer
        if not turned or not any(_spells(build, word) for word in _TURNED):
            return False
    if sum("-" not in token for token in meant) > 1 and " and " in asked[0] and not item.also:
        if not item.stem.endswith(IN_A_ROW) or not in_order(meant, asked[0]):
            return False
    table = {one.token: one.meaning for one in word_parts.parts()}
    other = [token for token in item.tray if token not in item.answer and len(token) > 1]
    if any(overlap(table[one], table[token]) for one in other for token in meant):
        return False
    idle = all("-" in token for token in meant) and any(len(token) == 1 for token in item.tray)
    return len(other) >= 3 and sum(token.startswith("-") for token in item.tray) > 1 and not idle


def in_order(tokens: list[str], meaning: str) -> bool:
    """Whether a meaning names the roots of a word from left to right, told by the words of the table for each."""
    table = {one.token: one.meaning.casefold() for one in word_parts.parts()}
    places = []
    for token in tokens:
        names = re.findall(r"[a-z]{3,}", table[token]) if "-" not in token else []
        found = [re.search(rf"\b{name.rstrip('s')[:5]}", meaning) for name in names if name not in _SMALL]
        places += [min(one.start() for one in found if one)] if any(found) else []
    return places == sorted(places)


def overlap(one: str, other: str) -> bool:
    """Whether two meanings share a sense, or one names without more what the other names exactly (pelvis, renal
    pelvis)."""
    return any(
        left == right or left.endswith(f" {right}") or right.endswith(f" {left}")
        for left in _names(one)
        for right in _names(other)
    )


def _names(meaning: str) -> list[str]:
    """What a meaning calls a thing, without where it lies: "bone" for "(bone of a finger or toe)"."""
    found = [re.split(r" (?:of|to|in|on|over|under|between|behind|around|before|from|with|made) ", one)[0]
             for one in re.split(r"[;,()]+ ?", meaning)]  # fmt: skip
    return [re.sub(r"^(a|the) ", "", one.strip()) for one in found if one.strip()]


def _spells(tokens: tuple[str, ...], word: str) -> bool:
    """Whether the parts use up the word from left to right. A part may take its first letter from the one before."""
    at = 0
    for token in tokens:
        letters = token.replace("-", "")
        if word[at : at + 1] == "-":
            at += 1
        if word[at:].startswith(letters):
            at += len(letters)
        elif letters[0] == "i" == word[at - 1 : at] and word[at:].startswith(letters[1:]):
            at += len(letters) - 1
        else:
            return False
    return at == len(word)
