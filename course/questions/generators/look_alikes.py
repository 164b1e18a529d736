"""Two words that differ by a letter or two, and by a chapter: which one belongs in the line?"""

from __future__ import annotations

import csv
import difflib
import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from course.language import flashcards
from course.questions.base import Source
from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell words that look alike by the rest of the note"
DOMAINS = ("CPC: Medical terminology",)
WORDS = Source(
    ref="The course's table of look-alike words (data/flashcards/SOURCES.md)", edition="2026", checked=common.CHECKED
)


#: Share of letters in common from which two words are spelled alike.
ALIKE = 0.5
#: What stands before a noun. In its gap a noun would be wrong by grammar alone.
ADJECTIVES = frozenset(
    "perineal peroneal facial fascial vesical carpal tarsal oral aural mucous viscous prostrate antepartum "
    "postpartum".split()
)
#: Words of a meaning that say nothing of it.
_SMALL = frozenset("the for and from too that its one not being with used once making small large".split())


class Word(NamedTuple):
    """``lines``: chart lines with a gap where the word belongs. ``category``: where its ICD-10-CM codes begin, or "".
    ``cues``: beginnings of words in its lines that stand in no line of its twin."""

    word: str
    twin: str
    meaning: str
    category: str
    cues: tuple[str, ...]
    lines: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> dict[str, Word]:
    """All words of the pairs."""
    found: dict[str, Word] = {}
    with flashcards.path("look-alikes").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            before = found.get(row["word"])
            told = (*(before.lines if before else ()), row["line"])
            cues = tuple(row["cues"].split())
            found[row["word"]] = Word(row["word"], row["twin"], row["meaning"], row["category"], cues, told)
    return found


def cue_in(word: Word, line: str) -> str:
    """The word of a line that speaks for this one of the pair, or ""."""
    for cue in word.cues:
        if found := re.search(rf"(?<!\w){re.escape(cue)}\w*", line, re.IGNORECASE):
            return found[0]
    return ""


def filled(line: str, word: str) -> str:
    """A line with the word in its gap, with a capital at its start."""
    text = line.format(f"**{word}**")
    return text if not line.startswith("{}") else f"**{word[0].upper()}{word[1:]}**" + line[2:]


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: what the word in a line means. Level 2: which word fills the gap. Level 3: which of several dictated
    lines holds the twin by mistake."""
    if level == 3:
        return _slip(rng, codes)
    all_words = words()
    word = all_words[rng.choice(list(all_words))]
    twin = all_words[word.twin]
    # Where the meaning is asked, the line must not say it.
    line = rng.choice([one for one in word.lines if level > 1 or not echoes(one, word.meaning)])
    strangers = _strangers(rng, word, line, level)
    if level == 1:
        stem = f"A line of a chart:\n\n{filled(line, word.word)}\n\nWhat does **{word.word}** mean?"
        right = (word.meaning, f"*{cue_in(word, line)}* in the line fits.")
        wrong = [(twin.meaning, f"That is *{twin.word}*, the look-alike. Compare them letter by letter.")]
        wrong += [(one.meaning, f"That is *{one.word}*.") for one in strangers]
        title = "One of two words that look alike"
    else:
        stem = f"Dictation, one word not understood:\n\n*{line.format('____')}*\n\nWhich word belongs in the gap?"
        right = (word.word, f"It means {word.meaning}: *{cue_in(word, line)}* fits.")
        wrong = [(twin.word, f"That means {twin.meaning}. What does *{cue_in(word, line)}* in the line point to?")]
        wrong += [(one.word, f"That means {one.meaning}.") for one in strangers]
        title = "Which word did they say?"
    return SingleChoice(
        slug="look-alike",
        title=title,
        stem=stem,
        options=common.options(rng, [right], wrong),
        hints=(
            "What part of the body, or what kind of trouble, is the rest of the line about?",
            "Take the words apart: a letter or two make another root.",
        ),
        rationale=_told(codes, word, twin, cue_in(word, line)),
        sources=_sources(codes, word, twin),
        objective=OBJECTIVE,
        **_fields(codes, level),
    )


def _strangers(rng: random.Random, word: Word, line: str, level: int) -> list[Word]:
    """Two other words that could stand in the gap by their grammar. Where words are asked they are spelled alike, as
    far as there are such; where meanings are, or no more are spelled alike, they mean something near."""
    pair, kind = (word.word, word.twin), word.word in ADJECTIVES
    able = [one for name, one in words().items() if name not in pair and (name in ADJECTIVES) == kind]
    able = [one for one in able if not _fits(one.word, line)]
    alike = [one for one in able if level > 1 and _unlike(one.word, word.word) <= 1 - ALIKE]
    found = rng.sample(alike, min(2, len(alike)))
    near = sorted((_unlike(one.meaning, word.meaning), one) for one in able if one not in found)
    return [*found, *(one for _, one in rng.sample(near[:8], 2 - len(found)))]


def echoes(line: str, meaning: str) -> bool:
    """Whether a line says a word of a meaning."""
    said = {one[:5] for one in re.findall(r"[a-z]{3,}", line.casefold())}
    return any(one[:5] in said for one in re.findall(r"[a-z]{3,}", meaning.casefold()) if one not in _SMALL)


def _unlike(one: str, other: str) -> float:
    """0 for the same spelling, 1 for nothing in common."""
    return 1 - difflib.SequenceMatcher(None, one, other).ratio()


def _slip(rng: random.Random, codes: CodeSet) -> SingleChoice:
    """Four dictated lines, one with the twin in its place."""
    heads = sorted({min(one.word, one.twin) for one in words().values()})
    chosen = [words()[rng.choice((head, words()[head].twin))] for head in rng.sample(heads, 4)]
    wrong_word, *fine = chosen
    twin = words()[wrong_word.twin]
    line = rng.choice(twin.lines)
    options = [(filled(rng.choice(one.lines), one.word), one) for one in fine]
    return SingleChoice(
        slug="look-alike",
        title="Where did the dictation slip?",
        stem="Four lines as a speech program wrote them. Which marked word is a **mistake** for its look-alike?",
        options=common.options(
            rng,
            [(filled(line, wrong_word.word), f"*{cue_in(twin, line)}* asks for *{twin.word}*, {twin.meaning}.")],
            [
                (text, f"*{one.word[0].upper()}{one.word[1:]}* means {one.meaning}; *{cue_in(one, text)}* fits it.")
                for text, one in options
            ],
        ),
        hints=(
            "For each marked word say what it means, then look whether the line is about that.",
            "One line speaks of another part of the body, or of the opposite, than its marked word.",
        ),
        rationale=_told(codes, twin, wrong_word, cue_in(twin, line))
        + " A coder who meets such a slip asks for a correction of the record and does not code from the wrong word.",
        sources=_sources(codes, twin, wrong_word),
        objective=OBJECTIVE,
        **_fields(codes, 3),
    )


def _told(codes: CodeSet, word: Word, twin: Word, cue: str) -> str:
    told = f"**{word.word}**: {word.meaning}. **{twin.word}**: {twin.meaning}. Here *{cue}* decides."
    if word.category and twin.category and word.category != twin.category:
        told += f" Not spelling alone: one leads toward {word.category}, the other toward {twin.category}."
    return told


def _sources(codes: CodeSet, word: Word, twin: Word) -> tuple[Source, ...]:
    if word.category and twin.category and word.category != twin.category:
        return (WORDS, *common.tabular(codes, f"{word.category} and {twin.category}"))
    return (WORDS,)


def _fields(codes: CodeSet, level: int) -> dict[str, Any]:
    return {**common.common_fields(codes, level), "domains": DOMAINS}


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """By cue words: a word fits a line when the line has a cue of it and none of its twin. Level 1 also asks that the
    meaning is that of the marked word alone, and that the line does not say it."""
    if item.stem.startswith("Four lines"):
        return all(one.correct == (not _fits(*_marked(one.text))) for one in item.options)
    if item.stem.startswith("Dictation"):
        line = item.stem.split("\n\n")[1]
        return all(one.correct == _fits(one.text, line) for one in item.options)
    marked, line = _marked(item.stem.split("\n\n")[1])
    means = {one.meaning: name for name, one in words().items()}
    if echoes(line, words()[marked].meaning):
        return False
    return _fits(marked, line) and all(one.correct == (means[one.text] == marked) for one in item.options)


def _marked(text: str) -> tuple[str, str]:
    found = re.search(r"\*\*(.+?)\*\*", text)
    assert found is not None
    return found[1].lower(), text.replace(found[0], "____")


def _fits(word: str, line: str) -> bool:
    own = words()[word]
    return bool(cue_in(own, line)) and not cue_in(words()[own.twin], line)
