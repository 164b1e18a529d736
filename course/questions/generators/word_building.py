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
#: Level -> wrong parts in the tray.
_LURES = {1: 3, 2: 4, 3: 5}
_MOST = 10


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: two parts. Level 2: three parts, or a vowel that is needed. Level 3: several roots, and a second vowel
    in the tray."""
    word = rng.choice(word_facts.to_build(level))
    vowels = {token for token in word.tokens if word_parts.is_vowel(token)} | {"o"}
    if level == 3 and len(vowels) == 1:
        vowels.add(rng.choice("ei"))
    own = [*dict.fromkeys(word.meant)]
    wrong = word_facts.lures(rng, word, min(_LURES[level], _MOST - len(own) - len(vowels)))
    tray = [*own, *sorted(vowels), *(one.token for one in wrong)]
    rng.shuffle(tray)
    bridges = word_parts.seams(word.tokens)
    return word_builder.WordBuilder(
        slug="build-a-word",
        title="Build a word from its meaning",
        stem=rng.choice(_STEMS).format(meaning=word.meaning),
        tray=tuple(tray),
        answer=word.tokens,
        hints=(
            "Begin at the end of the word: is it a disease, an operation, a picture, or does it only say where?",
            f"Not counting combining vowels, the word has {len(word.meant)} parts.",
        ),
        rationale=f"**{word.word}**: {word_builder.read(word.tokens)} {' '.join(bridges)}".strip(),
        sources=word_facts.SOURCES,
        objective=OBJECTIVE,
        **common.common_fields(codes, level) | {"domains": word_facts.DOMAINS},
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The word in use with the asked meaning is spelled by the answer, letter by letter, and by no other word of the
    tray; no other part of the tray has a sense of a part of the key."""
    asked = re.findall(r"\*\*(.+?)\*\*", item.stem)
    found = [one for one in words.words() if asked == [one.meaning]]
    if len(found) != 1 or item.also or not _spells(item.answer, found[0].word):
        return False
    if any(one != found[0] and set(one.tokens) <= set(item.tray) and one.meaning == asked[0] for one in words.words()):
        return False
    table = {one.token: one.meaning for one in word_parts.parts()}
    own = set().union(*(_senses(table[token]) for token in item.answer if len(token) > 1))
    other = [token for token in item.tray if token not in item.answer and len(token) > 1]
    return len(other) >= 3 and not any(_senses(table[token]) & own for token in other)


def _senses(meaning: str) -> set[str]:
    return set(re.split(r"[;,] ", re.sub(r" \(.*?\)", "", meaning)))


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
