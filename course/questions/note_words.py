"""The words of a chart note: cut, found, and told apart by what they do (:mod:`course.questions.kinds.highlight`).

A word is a run without white space; punctuation at its ends belongs to the picture and not to the meaning.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from course.questions import text

#: Words that carry no meaning of their own beside a phrase. "No", "not", "or", "without" and "due" do.
SMALL = frozenset(
    "a an the of to in on at for by and from into with is was are were be been as her his their its this that".split()
)
#: More runs than these are counted and not shown.
MOST_QUOTED = 8
_NUMBERED = re.compile(r"[(#]*\d{1,2}[.):]+|#\d{1,2}")


class Layout(NamedTuple):
    """A note cut up: each word's role, and what every phrase needs."""

    words: list[str]
    #: Per phrase, per place in the note that says it: the numbers of its deciding words.
    phrases: list[list[frozenset[int]]]
    #: Per trap: the numbers of its words that are not small.
    traps: list[frozenset[int]]
    #: Words that may be marked or not: small ones, labels ("Dx:"), and those of ``optional``.
    free: frozenset[int]

    @property
    def needed(self) -> int:
        """How many deciding words the key has."""
        return sum(len(places[0]) for places in self.phrases)

    @property
    def meant(self) -> frozenset[int]:
        """Words of phrases and traps that are not small."""
        return frozenset().union(*(place for places in self.phrases for place in places), *self.traps)

    @property
    def strays(self) -> int:
        """How many words of the note change nothing."""
        return len(self.words) - len(self.free | self.meant)


def split(note: str) -> tuple[list[str], list[str]]:
    """(words, gaps): the note is gap 0, word 0, gap 1, … and the last gap. Controls that HTML cannot carry are out."""
    clean = html.unescape(text.pre(note))
    return re.findall(r"\S+", clean), re.split(r"\S+", clean)


def spans(words: list[str], wanted: str) -> list[range]:
    """Where a phrase stands among the words: letter by letter; only punctuation may surround it in its outer words."""
    size, found = len(wanted.split()), []
    for start in range(len(words) - size + 1):
        before, hit, after = " ".join(words[start : start + size]).partition(" ".join(wanted.split()))
        if hit and not any(char.isalnum() for char in before + after):
            found.append(range(start, start + size))
    return found if any(char.isalnum() for char in wanted) else []


def unplaced(words: list[str], wanted: str, count: int) -> tuple[str, str]:
    """(message, advice) for a phrase that does not stand in the note exactly once."""
    if count > 1:
        return f"{wanted!r} stands in the note {count} times", "Add the word before or after it, or change the note."
    whole = " ".join(words)
    if wanted in whole:
        advice = "Name whole words; a word ends at a space. Put spaces into the note where it should be cut."
        return f"{wanted!r} is only a part of a word of the note", advice
    if wanted.casefold() in whole.casefold():
        return f"{wanted!r} stands in the note with other capitals", "Copy it from the note as it stands."
    return f"{wanted!r} does not stand in the note", "Copy it from the note, letter by letter."


def small(word: str) -> bool:
    """Whether a word has no meaning of its own: an article, a preposition, a dash. "A" of hepatitis A has."""
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", word)
    return not bare or (bare.casefold() in SMALL and not (bare.isupper() and len(bare) < 3))


@lru_cache(maxsize=256)
def layout(
    note: str, phrases: tuple[tuple[str, ...], ...], traps: tuple[str, ...], optional: tuple[str, ...]
) -> Layout:
    """The roles of the words of a note. ``phrases``: per phrase the texts that say it. Every text is in it once."""
    words, gaps = split(note)
    light = {n for n, word in enumerate(words) if small(word)}
    light |= {n for n, word in enumerate(words) if (not n or "\n" in gaps[n]) and _NUMBERED.fullmatch(word)}

    def place(wanted: str) -> frozenset[int]:
        whole = frozenset(spans(words, wanted)[0])
        return whole - light or whole  # a phrase of small words alone ("with") needs them

    cut = [[place(one) for one in texts] for texts in phrases]
    lured = [place(one) for one in traps]
    meant = frozenset().union(*(one for places in cut for one in places), *lured)
    labels = {n for n, word in enumerate(words) if word.endswith(":")}
    free = light | labels | {n for one in optional for n in spans(words, one)[0]}
    return Layout(words, cut, lured, frozenset(free - meant))


def quoted(words: list[str], numbers: Iterable[int], between: frozenset[int] = frozenset()) -> str:
    """The words as runs: “buckle fracture”, “film”. Small words inside a run are shown with it."""
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and all(gap in between or small(words[gap]) for gap in range(runs[-1][-1] + 1, n)):
            runs[-1] += range(runs[-1][-1] + 1, n + 1)
        else:
            runs.append([n])
    # Stars and backticks of a chart are not marks of ours.
    bare = [re.sub(r"[*`\\]", "", " ".join(words[n] for n in run)).strip(' .,;:()[]“”"') for run in runs]
    more = f" and {len(bare) - MOST_QUOTED} more" if len(bare) > MOST_QUOTED else ""
    return ", ".join(f"“{one}”" for one in bare[:MOST_QUOTED]) + more
