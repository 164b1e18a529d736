"""Ordering: steps into the right sequence. Raw response: all step ids, first to last, ``["s2", "s1", "s3"]``; None is
untouched.

Step ids go by position on the screen, which is shuffled and never the right order. Score: of the steps that are
already in the right order among themselves take the longest run; 1 when it holds all, 0 when it holds only one
(everything reversed). The rest are the steps to move, and the first of them, from the left, is explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Fault, ItemBase, Line, Strict, duplicates
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Put the steps in order, first to last."


class Step(Strict):
    text: Line
    why: Line = Field(description="Why it stands at its place; shown when it is the first one out of place.")


class Ordering(ItemBase):
    kind: Literal["ordering"] = "ordering"
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=10)]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from duplicates([step.text for step in self.steps], "steps")


Model = Ordering


def shown(item: Ordering) -> dict[str, int]:
    """Step id -> place in the right order, in the order on the screen."""
    order = common.shuffled(item, "steps", len(item.steps), never_sorted=True)
    return {f"s{n + 1}": place for n, place in enumerate(order)}


def view(item: Ordering) -> dict[str, Any]:
    """``steps``: [{id, html}], shuffled."""
    steps = [{"id": name, "html": text.inline(item.steps[place].text)} for name, place in shown(item).items()]
    return common.frame(item, INSTRUCTION, steps=steps)


def parse(item: Ordering, raw: Any) -> Parsed:
    """Every step id once; ``Answer.value`` is the tuple of them."""
    if raw is None or raw in ([], (), ""):
        return Blank("Move the steps into order, then check.")
    names = shown(item)
    if (
        not isinstance(raw, list | tuple)
        or not all(isinstance(one, str) for one in raw)
        or sorted(raw) != sorted(names)
    ):
        return Invalid("Each step must stand in the order exactly once.")
    return Answer(tuple(raw))


def grade(item: Ordering, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """The steps that stand at their own place are right; of those to move the first is explained.

    A step that need not move and is not yet at its place (it gets there when others move) is not marked at all.
    """
    places = shown(item)
    kept = longest_run([places[name] for name in answer.value])
    parts: list[Part] = []
    explained = False
    for at, name in enumerate(answer.value):
        if places[name] == at:
            parts.append(Part(name, "right", ""))
        elif places[name] not in kept:
            parts.append(Part(name, "order", "Also out of place." if explained else item.steps[places[name]].why))
            explained = True
    score = (len(kept) - 1) / (len(item.steps) - 1)
    to_move = len(item.steps) - len(kept)
    if not to_move:
        return scored(1, "Yes, that is the order.", parts)
    return scored(score, f"Move {common.counted(to_move, 'step')} and the order is right.", parts)


def longest_run(places: Sequence[int]) -> frozenset[int]:
    """The longest set of places that already stand in rising order; of several the one with most steps at their own
    place (nobody should be told to move those), then the one that comes first in order of places."""

    def rank(run: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        return -len(run), -sum(places[place] == place for place in run), run

    best: list[tuple[int, ...]] = []
    for n, place in enumerate(places):
        before: list[tuple[int, ...]] = [best[k] for k in range(n) if places[k] < place] or [()]
        longest = min(before, key=rank)
        best.append((*longest, place))
    run = min(best or [()], key=rank)
    return frozenset(run)


def solution(item: Ordering) -> dict[str, Any]:
    """The steps in order, each with its reason."""
    ids = {place: name for name, place in shown(item).items()}
    rows = "".join(
        f"<li><strong>{text.inline(step.text)}</strong>: {text.inline(step.why)}</li>" for step in item.steps
    )
    return {"response": [ids[place] for place in range(len(item.steps))], "html": f"<ol>{rows}</ol>"}


def static_html(item: Ordering) -> str:
    """Title, stem, note and the shuffled steps with a place for the number."""
    lines = "".join(f"<li>____ {text.inline(item.steps[place].text)}</li>\n" for place in shown(item).values())
    return common.static_frame(item, INSTRUCTION, f"<ul>\n{lines}</ul>")
