"""The word builder: a word from its meaning. Raw response: the parts in a row, ``["poly-", "arthr", "-itis"]``.

A part is written as on its button: ``peri-`` opens a word, ``-itis`` closes it, ``arthr`` is a root and ``o`` alone a
combining vowel. The built row is laid beside the key so that as many parts as possible stand at their place; the rest
are wrong, needless, at another place, or missing. Score: parts that fit less those that do not, over the parts of the
key, never below 0. What is said comes from the author's ``reasons`` or from the table of word parts; a missing part is
pointed at by its meaning and never named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from course.grading.verdict import Part, Verdict, scored
from course.language import word_parts, words
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Fault, ItemBase, Line
from course.questions.kinds import common, word_rows

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Press the parts in the order of the word. A part may be used more than once, and not all are needed."
#: A word of medicine has no more parts than this, and a response has no more.
LONGEST = 12
_KINDS = ("prefix", "root", "vowel", "suffix")

Token = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(?:[a-z]{1,20}-?|-[a-z]{1,20})$")]
Build = Annotated[tuple[Token, ...], Field(min_length=2, max_length=LONGEST)]


class WordBuilder(ItemBase):
    kind: Literal["word_builder"] = "word_builder"
    tray: Annotated[tuple[Token, ...], Field(min_length=4, max_length=10)]
    answer: Annotated[Build, Field(description="The parts of the word in order, with the combining vowels.")]
    also: Annotated[tuple[Build, ...], Field(description="Other builds that are right.")] = ()
    reasons: Annotated[
        dict[Token, Line],
        Field(description="Wrong part (or a needless vowel) -> sentence. Without one the table of word parts speaks."),
    ] = {}

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        for n, token in enumerate(self.tray):
            if token in self.tray[:n]:
                yield Fault(("tray", n), f"{token} is listed twice", "A part may be used more than once anyway.")
            elif not word_parts.is_vowel(token) and word_parts.by_token(token) is None and token not in self.reasons:
                advice = "Add a row to data/flashcards/word-parts.csv, or give it a sentence in `reasons`."
                yield Fault(("tray", n), f"{token} is not among the word parts", advice)
        for path, build in self.builds():
            for token in dict.fromkeys(build):
                if token not in self.tray:
                    yield Fault(path, f"needs {token}, which is not in the tray", "Add it to `tray`.")
        used = {token for _, build in self.builds() for token in build}
        if len(set(self.tray) - used) < 2:
            yield Fault(("tray",), "offers fewer than two parts that are not needed", "Add what a beginner would take.")
        for token in self.reasons:
            if token not in self.tray:
                yield Fault(("reasons", token), f"is about {token}, which is not in the tray", "Add it to `tray`.")
            elif token in used and not word_parts.is_vowel(token):
                yield Fault(("reasons", token), f"is about {token}, which is right", "Take it away.")

    def builds(self) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
        """Path and tokens of each build that is right."""
        yield ("answer",), self.answer
        for n, other in enumerate(self.also):
            yield ("also", n), other

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        for path, build in self.builds():
            ruled = word_parts.with_vowels(build)
            if ruled != build:
                yield Fault(path, f"by the rules of the combining vowel it would be {' '.join(ruled)}", "Look again.")
            for token in build:
                if not word_parts.is_vowel(token) and word_parts.by_token(token) is None:
                    yield Fault(path, f"{token} is not among the word parts", "Add a row to word-parts.csv.")
        for field in ("title", "stem", "objective"):
            if word_parts.spell(self.answer) in getattr(self, field).casefold():
                yield Fault((field,), "names the word that is to be built", "Say what it means.")


Model = WordBuilder


def view(item: WordBuilder) -> dict[str, Any]:
    """``tray``: [{id, sort}], prefixes first, then roots, vowels and suffixes, shuffled among themselves."""
    order = common.shuffled(item, "tray", len(item.tray))
    rows = [{"id": item.tray[n], "sort": word_parts.kind_of(item.tray[n])} for n in order]
    rows.sort(key=lambda row: _KINDS.index(row["sort"]))
    return common.frame(item, INSTRUCTION, tray=rows, longest=LONGEST)


def parse(item: WordBuilder, raw: Any) -> Parsed:
    """A list of parts of the tray, or one string with spaces between them; ``Answer.value`` is a tuple of parts."""
    if isinstance(raw, str):
        raw = raw.split()
    if raw is None or (isinstance(raw, list | tuple) and not raw):
        return Blank("Press the parts of the word, then check.")
    invalid = Invalid("Build the word from the parts on the card.")
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        return invalid
    if len(raw) > LONGEST:
        return Invalid(f"No word here has more than {LONGEST} parts. Take some away.")
    return Answer(tuple(raw)) if set(raw) <= set(item.tray) else invalid


def grade(item: WordBuilder, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Each part that does not fit with its reason; what is missing by its meaning. ``target``: "n0" is the first."""
    row: tuple[str, ...] = answer.value
    laid = max((word_rows.lay(row, build) for _, build in item.builds()), key=lambda found: found.score)
    built = word_parts.spell(row)
    if laid.score == 1:
        parts = [Part(f"n{n}", "right", "") for n in range(len(row))]
        # What the parts say stands in the rationale, which the card shows now.
        parts += [Part("", "note", seam)] if (seam := word_parts.met(row)) else []
        return scored(1, f"Yes: **{built}**.", parts)
    parts = [_part(item, laid, n) for n in range(len(row))]
    parts += _missing(item, laid)
    known = words.get(built)
    if known is not None:
        parts.append(Part("", "note", f"**{built}** is a word, too. It says: {known.meaning}."))
    fit = sum(part.mark == "right" for part in parts)
    if not laid.score:
        return scored(0, f"**{built}** is not the word yet.", parts)
    # Of the word's parts: "2 of 2" would sound finished where one is missing.
    whole = max(len(row), len(laid.key))
    return scored(laid.score, f"**{built}**: {fit} of {common.counted(whole, 'part')} in place.", parts)


def read(row: Sequence[str]) -> str:
    """ "**poly-** many, **arthr** joint, **-itis** inflammation": what a word says, part by part."""
    found = [(token, word_parts.by_token(token)) for token in row if not word_parts.is_vowel(token)]
    return ", ".join(f"**{token}** {one.meaning}" for token, one in found if one is not None) + "."


def _part(item: WordBuilder, laid: word_rows.Laid, n: int) -> Part:
    """What becomes of one part of the row."""
    token, wanted, state = laid.row[n], laid.wanted[n], laid.states[n]
    if state == "right":
        return Part(f"n{n}", "right", "")
    if word_parts.is_vowel(token):
        own = item.reasons.get(token)
        message = own if own and state != "wrong" else word_rows.about_vowel(laid.row, n, state)
        return Part(f"n{n}", "extra" if state != "wrong" else "wrong", message)
    if state == "order":
        return Part(f"n{n}", "order", word_rows.about_place(token, laid.row, n))
    told = f"**{token}**: {item.reasons[token]}" if token in item.reasons else ""
    if state == "extra":
        return Part(f"n{n}", "extra", told or _needless(laid, token))
    return Part(
        f"n{n}", "wrong", told or f"{_says(token)} Find the {_noun(wanted)} that says **{_sense(item, wanted)}**."
    )


def _says(token: str) -> str:
    """ "**peri-** means around." """
    found = word_parts.by_token(token)
    return f"**{token}** means *{found.meaning}*." if found is not None else f"**{token}** does not fit here."


def _needless(laid: word_rows.Laid, token: str) -> str:
    if token in laid.key:
        return f"**{token}** stands in the word already; once is enough."
    return f"{_says(token)} Nothing in the question says that."


def _noun(token: str) -> str:
    return word_parts.kind_of(token)


def _sense(item: WordBuilder, token: str) -> str:
    """The sense of a part that the question uses, otherwise its first."""
    found = word_parts.by_token(token)
    if found is None:
        return "what is still open in the question"
    asked = text.plain(item.stem).casefold()
    return next((one for one in found.senses if one in asked), found.senses[0])


def _missing(item: WordBuilder, laid: word_rows.Laid) -> list[Part]:
    """Parts that nothing stands for, by their meaning; and bridges between two parts that do fit."""
    out = []
    open_ones = [f"**{_sense(item, token)}**" for token in laid.missing if not word_parts.is_vowel(token)]
    if open_ones:
        count = "One part" if len(open_ones) == 1 else f"{len(open_ones)} parts"
        out.append(Part("", "missing", f"{count} too few: nothing says {' or '.join(open_ones)} yet."))
    for left, right in laid.gaps:
        out.append(Part("", "missing", word_rows.about_gap(left, right)))
    return out


def solution(item: WordBuilder) -> dict[str, Any]:
    """The word; its parts with their meanings; why each combining vowel stands or falls."""
    rows = []
    for token in item.answer:
        found = word_parts.by_token(token)
        if found is not None:
            rows.append(f"<li><strong>{text.escape(found.shown)}</strong>: {text.escape(found.meaning)}</li>")
    bridges = "".join(f"<li>{text.inline(one)}</li>" for one in word_parts.seams(item.answer))
    shown = f"<p>The word is <strong>{text.escape(word_parts.spell(item.answer))}</strong>.</p><ul>{''.join(rows)}</ul>"
    return {"response": list(item.answer), "html": shown + (f"<ul>{bridges}</ul>" if bridges else "")}


def static_html(item: WordBuilder) -> str:
    """Title, stem, the parts by their sort, how they are spelled where that is another way, and a line to write on."""
    lines = []
    for sort in _KINDS:
        found = [row["id"] for row in view(item)["tray"] if row["sort"] == sort]
        if found:
            lines.append(f"{word_rows.HEADS[sort]}: **{'**, **'.join(found)}**")
    body = common.static_list(lines, "")
    # Told by the parts that are offered, not by the key: paper does not show the word as it grows.
    if any(word_parts.shares_i(left, right) for left in item.tray for right in item.tray):
        body += "\n<p>Where two i meet, write one.</p>"
    return common.static_frame(item, INSTRUCTION, f"{body}\n<p>The word: ____________________</p>")
