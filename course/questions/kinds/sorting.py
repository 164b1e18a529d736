"""Sorting: each entry into its group. Raw response: ``{"e1": "g2"}``.

Groups keep the order of the file; entries are shuffled, and their ids go by position on the screen.
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
from course.questions.problems import did_you_mean, listed

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Put each entry into its group."


class Entry(Strict):
    text: Line
    group: Line
    why: Line = Field(description="Shown when the entry is in the wrong group.")


class Sorting(ItemBase):
    kind: Literal["sorting"] = "sorting"
    groups: Annotated[tuple[Line, ...], Field(min_length=2, max_length=6)]
    entries: Annotated[tuple[Entry, ...], Field(min_length=2, max_length=16)]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from duplicates(list(self.groups), "groups", "")
        yield from duplicates([entry.text for entry in self.entries], "entries")
        for n, entry in enumerate(self.entries):
            if entry.group not in self.groups:
                advice = did_you_mean(entry.group, self.groups) or f"Groups: {listed(self.groups)}."
                yield Fault(("entries", n, "group"), f"is {entry.group!r}, which is not one of the groups", advice)
        if len({entry.group for entry in self.entries}) == 1:
            yield Fault(("entries",), "all belong to the same group", "Add one that belongs elsewhere.")


Model = Sorting


def shown(item: Sorting) -> dict[str, Entry]:
    """Entry id -> entry, in the order on the screen."""
    order = common.shuffled(item, "entries", len(item.entries), never_sorted=True)
    return {f"e{n + 1}": item.entries[place] for n, place in enumerate(order)}


def view(item: Sorting) -> dict[str, Any]:
    """``groups`` and ``entries``: [{id, html}]."""
    return common.frame(
        item,
        INSTRUCTION,
        groups=[{"id": f"g{n + 1}", "html": text.inline(one)} for n, one in enumerate(item.groups)],
        entries=[{"id": name, "html": text.inline(entry.text)} for name, entry in shown(item).items()],
    )


def parse(item: Sorting, raw: Any) -> Parsed:
    """A map of entry id to group id; ``Answer.value`` is the same map without the entries that are in no group."""
    groups = [f"g{n + 1}" for n in range(len(item.groups))]
    return common.parse_map(raw, list(shown(item)), groups, "Put at least one entry into a group, then check.")


def grade(item: Sorting, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Share of entries in their group; the reason of each that is not; which are still open."""
    parts = []
    for name, entry in shown(item).items():
        if name not in answer.value:
            parts.append(Part(name, "missing", "Still open."))
        elif item.groups[int(answer.value[name][1:]) - 1] == entry.group:
            parts.append(Part(name, "right", "Belongs here."))
        else:
            parts.append(Part(name, "wrong", entry.why))
    return common.verdict_of_parts(parts, "entry", "entries")


def solution(item: Sorting) -> dict[str, Any]:
    """The groups with their entries and the reasons."""
    html = ""
    for group in item.groups:
        rows = "".join(
            f"<li><strong>{text.inline(entry.text)}</strong>{common.told(entry.why)}</li>"
            for entry in item.entries
            if entry.group == group
        )
        html += f"<p>{text.inline(group)}</p>" + (f"<ul>{rows}</ul>" if rows else "")
    response = {name: f"g{item.groups.index(entry.group) + 1}" for name, entry in shown(item).items()}
    return {"response": response, "html": html}


def static_html(item: Sorting) -> str:
    """Title, stem, note, the groups and the shuffled entries."""
    groups = "<p>Groups: " + " · ".join(f"<strong>{text.inline(one)}</strong>" for one in item.groups) + "</p>\n"
    entries = common.static_list((entry.text for entry in shown(item).values()), "1")
    return common.static_frame(item, INSTRUCTION, groups + entries)
