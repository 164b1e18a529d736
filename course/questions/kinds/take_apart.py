"""Take a word apart, then say what each part means.

Raw response: ``{"cuts": [4, 5], "meanings": {"0": "m2", "5": "m1"}}``. A cut is the number of letters before it; a
meaning belongs to the piece that begins at that letter. A combining vowel is a piece of its own and means nothing.

Score: half for the cuts (right ones less wrong ones, over those of the key, never below 0) and half for the meanings
(the share of the parts that are cut out and have their meaning).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints

from course.grading.verdict import Part, Verdict, scored
from course.language import word_parts
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Fault, ItemBase, Line, duplicates
from course.questions.kinds import common
from course.questions.kinds.word_builder import Build, Token

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Click a dotted line to cut there. A combining vowel is a part of its own. Then say what each part means."
ON_PAPER = "Draw a line between the parts, combining vowels too, and write the meaning under each part."
_MEANINGS = "The cuts are right; look at the meanings again."
UNREADABLE = "I could not make out where the word is cut. Cut it on the card."


class TakeApart(ItemBase):
    kind: Literal["take_apart"] = "take_apart"
    word: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z]{4,40}$")]
    answer: Annotated[Build, Field(description="The parts in order; their letters are those of the word.")]
    also: Annotated[tuple[Build, ...], Field(description="Other ways to cut that are right.")] = ()
    meanings: Annotated[dict[Token, Line], Field(min_length=1, description="Part -> meaning; none for a vowel.")]
    extra: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6, description="Wrong meanings offered besides.")]
    reasons: Annotated[
        dict[Line, Line],
        Field(
            description="Wrong meaning -> sentence that fits every part. Without one the table of word parts speaks."
        ),
    ] = {}

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        for path, build in self.builds():
            spelled = "".join(map(word_parts.bare, build))
            if spelled != self.word:
                yield Fault(path, f"makes {spelled}, not {self.word}", "The letters of the parts must be the word's.")
        for token in dict.fromkeys(self.answer):
            if not word_parts.is_vowel(token) and token not in self.meanings:
                yield Fault(("meanings",), f"says nothing about {token}", "Give a meaning to each part.")
        used = {token for _, build in self.builds() for token in build}
        for token in self.meanings:
            if token not in used or word_parts.is_vowel(token):
                yield Fault(("meanings", token), f"is about {token}, which means nothing here", "Take it away.")
        yield from duplicates([*self.meanings.values(), *self.extra], "extra", "")
        for meaning in self.reasons:
            if meaning not in self.extra:
                yield Fault(("reasons", meaning), f"is about {meaning!r}, which is not in `extra`", "Add it there.")

    def builds(self) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
        """Path and tokens of each way to cut that is right."""
        yield ("answer",), self.answer
        for n, other in enumerate(self.also):
            yield ("also", n), other

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        ruled = word_parts.with_vowels(self.answer)
        if ruled != self.answer:
            yield Fault(("answer",), f"by the rules of the vowel it would be {' '.join(ruled)}", "Look again.")
        for n, meaning in enumerate(self.extra):
            if meaning not in self.reasons and not _sayers(meaning):
                advice = "Give it a sentence in `reasons`, or use a meaning of word-parts.csv."
                yield Fault(("extra", n), f"{meaning!r} is the meaning of no word part", advice)


Model = TakeApart


class Piece(NamedTuple):
    """A part of a build, as letters ``start`` to ``stop``; ``meaning``: the right one, "" where none is asked."""

    token: str
    start: int
    stop: int
    meaning: str


def pieces(item: TakeApart, build: tuple[str, ...]) -> list[Piece]:
    """The parts of a build with what is asked of each.

    A part of another way to cut that has no meaning of its own takes that of the part of ``answer`` it is cut from,
    the first such part alone: path + -y for -pathy.
    """
    stops = list(accumulate(len(word_parts.bare(token)) for token in build))
    spans = list(zip([0, *stops], stops, strict=False))
    owners = [] if build == item.answer else [one for one in pieces(item, item.answer) if one.meaning]
    out: list[Piece] = []
    for token, (start, stop) in zip(build, spans, strict=True):
        meaning = "" if word_parts.is_vowel(token) else item.meanings.get(token, "")
        if not meaning and not word_parts.is_vowel(token):
            meaning = next((one.meaning for one in owners if one.start == start and stop <= one.stop), "")
        out.append(Piece(token, start, stop, meaning))
    return out


def offered(item: TakeApart) -> dict[str, str]:
    """Id -> meaning, in the order of the alphabet, which gives nothing away."""
    listed = sorted({*item.meanings.values(), *item.extra}, key=str.casefold)
    return {f"m{n + 1}": meaning for n, meaning in enumerate(listed)}


def view(item: TakeApart) -> dict[str, Any]:
    """``word``, and ``meanings`` [{id, html}], which are offered for each piece."""
    rows = [{"id": name, "html": text.inline(meaning)} for name, meaning in offered(item).items()]
    return common.frame(item, INSTRUCTION, word=item.word, meanings=rows)


def parse(item: TakeApart, raw: Any) -> Parsed:
    """``Answer.value`` is (frozenset of cuts, start of a piece -> meaning); a meaning without its piece is dropped."""
    prompt = Blank("Cut the word into its parts, then check.")
    if raw in (None, "", [], {}, ()):
        return prompt
    if not isinstance(raw, dict):
        return Invalid(UNREADABLE)
    cuts, chosen = raw.get("cuts") or [], raw.get("meanings") or {}
    if not isinstance(cuts, list | tuple | set | frozenset) or not isinstance(chosen, dict):
        return Invalid(UNREADABLE)
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 < one < len(item.word) for one in cuts):
        return Invalid(UNREADABLE)
    if not cuts:
        return prompt
    names, starts, found = offered(item), {0, *cuts}, {}
    for start, name in chosen.items():
        if name in (None, ""):
            continue
        readable = isinstance(start, str) and isinstance(name, str) and re.fullmatch(r"[0-9]{1,2}", start)
        if not readable or name not in names:
            return Invalid("Choose the meanings from the lists on the card.")
        if int(start) in starts:
            found[int(start)] = names[name]
    return Answer((frozenset(cuts), found))


def grade(item: TakeApart, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Each wrong cut, each piece that is more than one part, each meaning. ``target``: "c5" a cut, "p5" a piece."""
    cuts, chosen = answer.value
    ways = [pieces(item, build) for _, build in item.builds()]
    way = max(ways, key=lambda one: sum(_halves(one, cuts, chosen, len(item.word))))
    for_cuts, for_meanings = _halves(way, cuts, chosen, len(item.word))
    key = {one.start for one in way[1:]}
    parts = [Part(f"c{cut}", "right", "") for cut in sorted(cuts & key)]
    parts += [Part(f"c{cut}", "wrong", _through(item, way, cut)) for cut in sorted(cuts - key)]
    starts = sorted({0, *cuts})
    for start, stop in zip(starts, [*starts[1:], len(item.word)], strict=True):
        inside = [one for one in way if start <= one.start and one.stop <= stop]
        if any(start < cut < stop for cut in key):
            parts.append(Part(f"p{start}", "missing", _too_long(item.word[start:stop], inside)))
        elif inside and inside[0].meaning and (inside[0].start, inside[0].stop) == (start, stop):
            parts.append(_meant(item, inside[0], chosen.get(start)))
    if for_cuts == for_meanings == 1:
        return scored(1, "Yes: every cut, and every meaning.", parts)
    return scored((for_cuts + for_meanings) / 2, _headline(cuts, key, for_meanings), parts)


def _halves(way: list[Piece], cuts: frozenset[int], chosen: dict[int, str], length: int) -> tuple[float, float]:
    """What the cuts and the meanings are worth, 0 to 1 each."""
    key = {one.start for one in way[1:]}
    edges = {0, length, *cuts}
    asked = [one for one in way if one.meaning]
    right = sum(
        {one.start, one.stop} <= edges
        and not any(one.start < cut < one.stop for cut in cuts)
        and chosen.get(one.start) == one.meaning
        for one in asked
    )
    return max(0, len(cuts & key) - len(cuts - key)) / len(key), right / len(asked)


def _through(item: TakeApart, way: list[Piece], cut: int) -> str:
    """What a wrong cut goes through: the part by its meaning, not by its letters."""
    one = next(one for one in way if one.start < cut < one.stop)
    what = {"prefix": "a prefix", "suffix": "a suffix"}.get(word_parts.kind_of(one.token), "a root")
    sense = one.meaning or item.meanings.get(one.token, "")
    said = f"{what} that means *{sense}*" if sense else what
    message = f"Between **{item.word[cut - 1]}** and **{item.word[cut]}** you cut inside {said}."
    if word_parts.kind_of(one.token) == "suffix" and cut == one.start + 1 and item.word[one.start] in word_parts.OPEN:
        return f"{message} Its first vowel is its own and no bridge."
    if word_parts.kind_of(one.token) == "root" and cut == one.stop - 1 and item.word[cut] in word_parts.VOWELS:
        return f"{message} Its last vowel is its own and no bridge."
    return message


def _too_long(letters: str, inside: list[Piece]) -> str:
    if len(inside) > 1 and any(word_parts.is_vowel(one.token) for one in inside):
        return f"**{letters}** is more than one part. A combining vowel is a part of its own: cut before and after it."
    return f"**{letters}** is more than one part."


def _meant(item: TakeApart, one: Piece, meaning: str | None) -> Part:
    """A piece that is rightly cut out, with the meaning that was chosen for it."""
    target, letters = f"p{one.start}", word_parts.bare(one.token)
    if meaning is None:
        return Part(target, "missing", "Its meaning is still open.")
    if meaning == one.meaning:
        return Part(target, "right", "")
    told = [f"**{letters}** does not mean *{meaning}*."]
    if meaning in item.reasons:
        return Part(target, "wrong", f"{told[0]} {item.reasons[meaning]}")
    if meaning in item.meanings.values():
        told.append("Another part of this word says that.")
    elif sayers := [found for found in _sayers(meaning) if found.token != one.token]:
        told.append(f"That would be {' or '.join(f'**{found.shown}**' for found in sayers[:2])}.")
    known = word_parts.by_token(one.token)
    if known is not None and known.example != item.word:
        told.append(f"Think of *{known.example}*.")
    return Part(target, "wrong", " ".join(told))


def _sayers(meaning: str) -> list[word_parts.WordPart]:
    """The parts that mean this, by the table."""
    wanted = {meaning.casefold(), *word_parts.senses(meaning)}
    return [one for one in word_parts.parts() if one.meaning.casefold() in wanted or wanted & {*one.senses}]


def _headline(cuts: frozenset[int], key: set[int], for_meanings: float) -> str:
    one, right = len(cuts) == 1, len(cuts & key)
    if cuts == key:
        return "The cuts are right. Now the meanings." if not for_meanings else _MEANINGS
    if cuts < key:
        return f"{'This cut is' if one else 'These cuts are'} right, and there are more."
    if not right:
        return f"{'This cut is' if one else 'These cuts are'} not right yet."
    return f"{right} of your {len(cuts)} cuts {'is' if right == 1 else 'are'} right."


def solution(item: TakeApart) -> dict[str, Any]:
    """The parts with their meanings, and why each combining vowel stands or falls."""
    ids = {meaning: name for name, meaning in offered(item).items()}
    way = pieces(item, item.answer)
    rows = "".join(
        f"<li><strong>{text.escape(one.token)}</strong>: {text.inline(one.meaning) or 'combining vowel'}</li>"
        for one in way
    )
    bridges = "".join(f"<li>{text.inline(one)}</li>" for one in word_parts.seams(item.answer))
    response = {
        "cuts": [one.start for one in way[1:]],
        "meanings": {str(one.start): ids[one.meaning] for one in way if one.meaning},
    }
    return {"response": response, "html": f"<ul>{rows}</ul>" + (f"<ul>{bridges}</ul>" if bridges else "")}


def static_html(item: TakeApart) -> str:
    """Title, stem, the word with room between its letters, and the meanings that are offered."""
    spaced = "&nbsp;".join(item.word)
    listed = text.inline("; ".join(offered(item).values()))
    return common.static_frame(item, ON_PAPER, f"<p><strong>{spaced}</strong></p>\n<p>Meanings: {listed}</p>")
