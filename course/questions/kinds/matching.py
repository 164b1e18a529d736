"""Matching: each line on the left with its partner on the right. Raw response: ``{"l1": "r2"}``.

Left ids go by position in the file; right ids go by position on the screen, which is shuffled, so they give nothing
away. Partners with the same text are one partner that is used more than once. ``extra`` partners fit nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from course.grading.verdict import Part, Verdict
from course.questions import text
from course.questions.answers import Answer, Parsed
from course.questions.base import Fault, ItemBase, Line, Strict, duplicates
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet


class Pair(Strict):
    left: Line
    right: Line
    why: Line = Field(description="Shown when this line has a wrong partner: what to look at to find the right one.")


class Extra(Strict):
    """A partner that fits nothing."""

    text: Line
    why: Line


class Matching(ItemBase):
    kind: Literal["matching"] = "matching"
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=12)]
    extra: Annotated[tuple[Extra, ...], Field(max_length=6)] = ()

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from duplicates([pair.left for pair in self.pairs], "pairs", "left")
        yield from duplicates([one.text for one in self.extra], "extra")
        used = {pair.right for pair in self.pairs}
        for n, one in enumerate(self.extra):
            if one.text in used:
                yield Fault(("extra", n, "text"), "is the right partner of a pair", "Change it or take it away.")
        if len(used) == 1:
            yield Fault(("pairs",), "every line has the same partner", "Add a second partner, or use another kind.")


Model = Matching


def rights(item: Matching) -> dict[str, str]:
    """Right id -> text, in the order on the screen."""
    texts = list(dict.fromkeys([*(pair.right for pair in item.pairs), *(one.text for one in item.extra)]))
    order = common.shuffled(item, "rights", len(texts), never_sorted=True)
    return {f"r{n + 1}": texts[place] for n, place in enumerate(order)}


def view(item: Matching) -> dict[str, Any]:
    """``lefts`` and ``rights``: [{id, html}]; ``reuse``: whether a partner may be used more than once."""
    return common.frame(
        item,
        _instruction(item),
        lefts=[{"id": f"l{n + 1}", "html": text.inline(pair.left)} for n, pair in enumerate(item.pairs)],
        rights=[{"id": name, "html": text.inline(one)} for name, one in rights(item).items()],
        reuse=_reuse(item),
    )


def _reuse(item: Matching) -> bool:
    return len({pair.right for pair in item.pairs}) < len(item.pairs)


def _instruction(item: Matching) -> str:
    hints = [
        " A partner may be used more than once." if _reuse(item) else "",
        " Not every partner is needed." if item.extra else "",
    ]
    return "Give each line its partner." + "".join(hints)


def parse(item: Matching, raw: Any) -> Parsed:
    """A map of left id to right id; empty partners are left open. ``Answer.value`` is the same map without them."""
    lefts = [f"l{n + 1}" for n in range(len(item.pairs))]
    return common.parse_map(raw, lefts, list(rights(item)), "Give at least one line its partner, then check.")


def grade(item: Matching, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Share of right partners; the reason of each wrong one; which lines are still open."""
    names = rights(item)
    why_extra = {one.text: one.why for one in item.extra}
    parts = []
    for n, pair in enumerate(item.pairs):
        left = f"l{n + 1}"
        if left not in answer.value:
            parts.append(Part(left, "missing", "Still open."))
            continue
        chosen = names[answer.value[left]]
        if chosen == pair.right:
            parts.append(Part(left, "right", "Fits."))
        else:
            parts.append(Part(left, "wrong", why_extra.get(chosen, pair.why)))
    return common.verdict_of_parts(parts, "line")


def solution(item: Matching) -> dict[str, Any]:
    """Every line with its partner and the reason; then what fits nothing."""
    ids = {one: name for name, one in rights(item).items()}
    rows = "".join(
        f"<li><strong>{text.inline(pair.left)}</strong> → {text.inline(pair.right)}{common.told(pair.why)}</li>"
        for pair in item.pairs
    )
    left_over = "".join(f"<li>{text.inline(one.text)}: {text.inline(one.why)}</li>" for one in item.extra)
    html = f"<ul>{rows}</ul>" + (f"<p>Fits nothing:</p><ul>{left_over}</ul>" if left_over else "")
    return {"response": {f"l{n + 1}": ids[pair.right] for n, pair in enumerate(item.pairs)}, "html": html}


def static_html(item: Matching) -> str:
    """Title, stem, note and a table of two columns, the right one lettered and shuffled."""
    partners = list(rights(item).values())
    rows = []
    for n in range(max(len(item.pairs), len(partners))):
        left = f"{n + 1}. {text.inline(item.pairs[n].left)}" if n < len(item.pairs) else ""
        right = f"{chr(65 + n)}. {text.inline(partners[n])}" if n < len(partners) else ""
        rows.append(f"<tr><td>{left}</td><td>{right}</td></tr>")
    table = (
        "<table>\n<thead><tr><th>Line</th><th>Partner</th></tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>"
    )
    return common.static_frame(item, _instruction(item), table)
