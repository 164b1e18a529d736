"""Highlight: the words of the note that decide the code. Raw response: word numbers from 0, in order, ``[3, 4, 9]``.

A word is a run without white space; punctuation at its ends belongs to the picture and not to the meaning. Each word
that is not *small* (an article, a preposition, a list number, a label with a colon: marked or not, it is free) either
decides, belongs to a trap, may be marked or not (``optional``), or is a stray: it changes nothing.

Score: the mean over the phrases of the share of their deciding words that are marked, less 1 / phrases for each trap
that is touched, less 1 / min(2 x deciding words, strays in the note) for each stray, never below 0. So a deciding word
more never lowers it, a trap or a stray more never raises it, and the whole note marked scores 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from course.grading.verdict import Part, Verdict, scored
from course.questions import note_words, text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Chart, Fault, ItemBase, Line, Strict
from course.questions.kinds import common
from course.questions.kinds.code_entry import Code, titles
from course.questions.note_words import Layout, quoted, spans, split, unplaced

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Click a word to mark it, or drag over several. Once more takes the mark away."
ON_PAPER = "Underline the words in the note."

UNREADABLE = "I could not make out which words are marked. Mark them in the note on the card."


class Phrase(Strict):
    """Words that decide. All of them are needed but the small ones."""

    text: Line = Field(description="As it stands in the note, where it occurs once.")
    why: Line = Field(description="What these words decide. Shown when they are marked, and with the solution.")
    also: tuple[Line, ...] = Field((), description="Other words of the note that say the same: either will do.")


class Trap(Strict):
    """Words that a beginner marks."""

    text: Line = Field(description="As it stands in the note, where it occurs once.")
    why: Line = Field(description="Why they do not matter here. Shown when one of them is marked.")


class Highlight(ItemBase):
    kind: Literal["highlight"] = "highlight"
    note: Chart
    phrases: Annotated[tuple[Phrase, ...], Field(min_length=2, max_length=8)]
    traps: Annotated[tuple[Trap, ...], Field(min_length=1, max_length=6)]
    optional: Annotated[
        tuple[Line, ...], Field(description="Words of the note that may be marked or not, without harm.")
    ] = ()
    codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=12)]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        words = split(self.note)[0]
        owner: dict[int, str] = {}
        for path, wanted in self._texts():
            places = spans(words, wanted)
            if len(places) != 1:
                yield Fault(path, *unplaced(words, wanted, len(places)))
                continue
            taken = next((owner[n] for n in places[0] if n in owner), None)
            if taken is not None:
                advice = "Let each word of the note belong to one of them."
                yield Fault(path, f"{wanted!r} shares a word with {taken!r}", advice)
            owner.update(dict.fromkeys(places[0], wanted))
        for n, code in enumerate(self.codes):
            if code in self.codes[:n]:
                yield Fault(("codes", n), f"{code} is listed twice", "Keep one.")

    def _texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every text that must stand in the note, with its path."""
        for n, phrase in enumerate(self.phrases):
            yield ("phrases", n, "text"), phrase.text
            for m, other in enumerate(phrase.also):
                yield ("phrases", n, "also", m), other
        for n, trap in enumerate(self.traps):
            yield ("traps", n, "text"), trap.text
        for n, other in enumerate(self.optional):
            yield ("optional", n), other

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        found = layout(self)
        if found.strays < found.needed:
            message = f"needs {found.needed} words that decide and has {found.strays} others"
            yield Fault(("note",), message, "Let the note say more that does not matter, or name fewer words.")

    def key_codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for n, code in enumerate(self.codes):
            yield ("codes", n), code


Model = Highlight


def layout(item: Highlight) -> Layout:
    """The roles of the words of an item's note."""
    texts = tuple((phrase.text, *phrase.also) for phrase in item.phrases)
    return note_words.layout(item.note, texts, tuple(trap.text for trap in item.traps), item.optional)


def view(item: Highlight) -> dict[str, Any]:
    """``words`` and the ``gaps`` around them, as plain text; the note stands there and nowhere else."""
    words, gaps = split(item.note)
    return common.frame(item, INSTRUCTION, words=words, gaps=gaps, note_html="")


def parse(item: Highlight, raw: Any) -> Parsed:
    """A list of word numbers; ``Answer.value`` is a frozenset of them. Small words alone are no answer yet."""
    if raw is None or raw == "" or (isinstance(raw, list | tuple | set | frozenset) and not raw):
        return Blank("Mark the words that decide, then check.")
    if not isinstance(raw, list | tuple | set | frozenset):
        return Invalid(UNREADABLE)
    found = layout(item)
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < len(found.words) for one in raw):
        return Invalid(UNREADABLE)
    if found.free.issuperset(raw):
        return Blank("Those words alone decide nothing. Mark the words that do, then check.")
    return Answer(frozenset(raw))


def grade(item: Highlight, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """What each mark is worth and why; how many phrases are missing, but not which. ``target``: "w3 w4"."""
    marked: frozenset[int] = answer.value
    found = layout(item)
    strays = marked - found.free - found.meant
    parts, shares = [], []
    for phrase, places in zip(item.phrases, found.phrases, strict=True):
        share = max(Fraction(len(place & marked), len(place)) for place in places)
        hits = marked & frozenset().union(*places)
        shares.append(share)
        if share == 1:
            parts.append(Part(_target(hits), "right", f"**{quoted(found.words, hits)}** {phrase.why}"))
        elif share:
            message = "The phrase that decides is longer: look at the words beside it."
            parts.append(Part(_target(hits), "missing", f"**{quoted(found.words, hits)}** {message}"))
    touched = [(trap, place & marked) for trap, place in zip(item.traps, found.traps, strict=True) if place & marked]
    for trap, hits in touched:
        parts.append(Part(_target(hits), "wrong", f"**{quoted(found.words, hits)}** {trap.why}"))
    if strays:
        verb = "This word does" if len(strays) == 1 else "These words do"
        message = f"{verb} not change the code: {quoted(found.words, strays, found.free)}."
        parts.append(Part(_target(strays), "extra", message))
    parts.sort(key=lambda part: int(part.target.split()[0][1:]) if part.mark != "extra" else len(found.words))
    missing = sum(not share for share in shares)
    cost = Fraction(len(touched), len(shares))
    if strays:
        cost += Fraction(len(strays), min(2 * found.needed, found.strays))
    score = max(Fraction(0), sum(shares) / len(shares) - cost)
    if len(strays) > max(found.needed, 4):  # what decides among so many marks would be told, not found
        message = "Keep only the words without which the code would be another, and take the other marks away."
        return scored(float(score), "More is marked than decides.", [Part("", "note", message)])
    if missing:
        one, more = ("One phrase", "phrases") if missing == len(shares) else ("One more phrase", "more phrases")
        told = f"{one} decides." if missing == 1 else f"{missing} {more} decide."
        parts.append(Part("", "missing", told))
    if score == 1:
        official = titles(item)
        named = ", ".join(f"**{code}** {official.get(code, '')}".strip() for code in item.codes)
        parts.append(Part("", "note", f"They lead to {named}."))
    return scored(float(score), _headline(shares, bool(touched or strays)), parts)


def _headline(shares: list[Fraction], more: bool) -> str:
    whole = sum(share == 1 for share in shares)
    if whole == len(shares):
        return "All of them, and something more." if more else "Yes, these words decide, and no others."
    if not whole:
        return "Near, but no phrase is whole yet." if any(shares) else "Not these yet."
    said = f"{common.counted(whole, 'phrase')} found"
    return f"{said}; look again at the other marks." if more else f"{said}, and there is more."


def _target(numbers: Iterable[int]) -> str:
    return " ".join(f"w{n}" for n in sorted(numbers))


def solution(item: Highlight) -> dict[str, Any]:
    """The phrases and what each decides, the codes they lead to, and what only looks as if it mattered."""
    words = split(item.note)[0]

    def rows(entries: Iterable[Phrase | Trap]) -> str:
        lines = (f"<li><strong>{text.escape(one.text)}</strong>: {text.inline(one.why)}</li>" for one in entries)
        return f"<ul>{''.join(lines)}</ul>"

    known = titles(item)
    named = "".join(
        f"<li><strong>{text.escape(code)}</strong> {text.escape(known.get(code, ''))}</li>" for code in item.codes
    )
    shown = (
        f"<p>These words decide:</p>{rows(item.phrases)}<p>They lead to:</p><ul>{named}</ul>"
        f"<p>These do not matter here:</p>{rows(item.traps)}"
    )
    return {"response": sorted(n for one in item.phrases for n in spans(words, one.text)[0]), "html": shown}


def static_html(item: Highlight) -> str:
    """Title, stem and note: to be marked with a pen."""
    return common.static_frame(item, "", f"<p><em>{ON_PAPER}</em></p>")
