"""Multiple choice: every option that fits. Raw response: a list of option ids, ``["a", "c"]``, in any order.

Partial credit: right picks less wrong picks, over the number of right options, never below 0.
"""

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

INSTRUCTION = "Choose all that fit."


class MultipleChoice(ItemBase):
    kind: Literal["multiple_choice"] = "multiple_choice"
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=10)]

    @property
    def key(self) -> frozenset[int]:
        """Positions of the right options."""
        return frozenset(n for n, option in enumerate(self.options) if option.correct)

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from duplicates([option.text for option in self.options], "options")
        if not self.key:
            yield Fault(("options",), "no option is correct", "Put `correct: true` under each right one.")
        elif len(self.key) == 1:
            yield Fault(("options",), "only one option is correct", "Use `kind: single_choice`, or mark a second one.")
        elif len(self.key) == len(self.options):
            yield Fault(("options",), "every option is correct", "Add one that is not.")


Model = MultipleChoice


def view(item: MultipleChoice) -> dict[str, Any]:
    """``options``: [{id, html}]. How many fit is not told."""
    options = [{"id": LETTERS[n], "html": text.inline(one.text)} for n, one in enumerate(item.options)]
    return common.frame(item, INSTRUCTION, options=options)


def parse(item: MultipleChoice, raw: Any) -> Parsed:
    """A list of option ids (or one string such as "A, C"); ``Answer.value`` is a frozenset of positions."""
    if isinstance(raw, str):
        raw = raw.replace(",", " ").replace(";", " ").split()
    if raw is None or (isinstance(raw, list | tuple | set | frozenset) and not raw):
        return Blank("Pick every option that fits, then check.")
    last = LETTERS[len(item.options) - 1].upper()
    invalid = Invalid(f"Choose among the options A to {last}.")
    if not isinstance(raw, list | tuple | set | frozenset):
        return invalid
    picked = set()
    for one in raw:
        place = LETTERS[: len(item.options)].find(one.strip().lower()) if isinstance(one, str) else -1
        if place < 0 or len(one.strip()) != 1:
            return invalid
        picked.add(place)
    return Answer(frozenset(picked))


def grade(item: MultipleChoice, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Each pick with its reason; how many are still missing, but not which."""
    picked: frozenset[int] = answer.value
    hits, wrong, missing = len(picked & item.key), len(picked - item.key), len(item.key - picked)
    parts = [Part(LETTERS[n], "right" if n in item.key else "wrong", item.options[n].why) for n in sorted(picked)]
    if missing:
        one = "One more option fits." if hits else "One option fits."
        more = f"{missing} more options fit." if hits else f"{missing} options fit."
        parts.append(Part("", "missing", one if missing == 1 else more))
    score = max(0, hits - wrong) / len(item.key)
    if score == 1:
        headline = "Yes, all of them and nothing else."
    elif not hits:
        headline = "Not these yet."
    elif wrong:
        headline = f"{hits} of your {len(picked)} picks {'fits' if hits == 1 else 'fit'}."
    else:
        headline = "Right so far, and there is more."
    return scored(score, headline, parts)


def solution(item: MultipleChoice) -> dict[str, Any]:
    """The right options and why; then the others and why not."""

    def lines(wanted: bool) -> str:
        return "".join(
            f"<li><strong>{LETTERS[n].upper()}. {text.inline(one.text)}</strong>: {text.inline(one.why)}</li>"
            for n, one in enumerate(item.options)
            if one.correct == wanted
        )

    html = f"<p>These fit:</p><ul>{lines(True)}</ul><p>These do not:</p><ul>{lines(False)}</ul>"
    return {"response": [LETTERS[n] for n in sorted(item.key)], "html": html}


def static_html(item: MultipleChoice) -> str:
    """Title, stem, note and a lettered list."""
    return common.static_frame(item, INSTRUCTION, common.static_list(option.text for option in item.options))
