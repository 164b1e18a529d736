"""Single choice: several options, one of them right. Raw response: the id of an option, ``"b"`` (a, b, c, … by
position)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import LETTERS, Fault, ItemBase, Option, duplicates
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Choose one answer."


class SingleChoice(ItemBase):
    kind: Literal["single_choice"] = "single_choice"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=8)]

    @property
    def key(self) -> int:
        """Position of the right option."""
        return next(n for n, option in enumerate(self.options) if option.correct)

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from duplicates([option.text for option in self.options], "options")
        right = [n for n, option in enumerate(self.options) if option.correct]
        if not right:
            yield Fault(("options",), "no option is correct", "Put `correct: true` under the right one.")
        for n in right[1:]:
            yield Fault(
                ("options", n, "correct"),
                f"a second option is marked correct (number {right[0] + 1} is, too)",
                "Leave one, or use `kind: multiple_choice`.",
            )

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        key = len(self.options[self.key].text)
        longest = max(len(option.text) for option in self.options if not option.correct)
        if key > 1.5 * longest and key - longest >= 25:
            yield Fault(
                ("options", self.key, "text"),
                f"the right option gives itself away: {key} characters, the longest wrong one has {longest}",
                "Shorten it, or give a wrong option as much detail.",
            )


Model = SingleChoice


def view(item: SingleChoice) -> dict[str, Any]:
    """``options``: [{id, html}] in the order in which they are shown."""
    options = [{"id": LETTERS[n], "html": text.inline(one.text)} for n, one in enumerate(item.options)]
    return common.frame(item, INSTRUCTION, options=options)


def parse(item: SingleChoice, raw: Any) -> Parsed:
    """An option id, in any case; ``Answer.value`` is its position."""
    if raw is None or raw in ("", []) or (isinstance(raw, str) and not raw.strip()):
        return Blank("Pick the option that fits best, then check.")
    if isinstance(raw, str):
        place = LETTERS[: len(item.options)].find(raw.strip().lower())
        if len(raw.strip()) == 1 and place >= 0:
            return Answer(place)
    return Invalid(f"Choose one of the options A to {LETTERS[len(item.options) - 1].upper()}.")


def grade(item: SingleChoice, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Right or not, with the reason of the option that was picked."""
    chosen = item.options[answer.value]
    mark, headline = ("right", "Yes, that is it.") if chosen.correct else ("wrong", "Not this one yet.")
    return scored(int(chosen.correct), headline, [Part(LETTERS[answer.value], mark, chosen.why)])  # type: ignore[arg-type]


def solution(item: SingleChoice) -> dict[str, Any]:
    """The right option, why it is right, and why each of the others is not."""
    key = item.options[item.key]
    others = "".join(
        f"<li><strong>{LETTERS[n].upper()}</strong> {text.inline(one.text)}: {text.inline(one.why)}</li>"
        for n, one in enumerate(item.options)
        if not one.correct
    )
    html = (
        f"<p><strong>{LETTERS[item.key].upper()}. {text.inline(key.text)}</strong></p><p>{text.inline(key.why)}</p>"
        f"<p>Why not the others:</p><ul>{others}</ul>"
    )
    return {"response": LETTERS[item.key], "html": html}


def static_html(item: SingleChoice) -> str:
    """Title, stem, note and a lettered list."""
    return common.static_frame(item, INSTRUCTION, common.static_list(option.text for option in item.options))
