"""The model of a query workshop, and what its fields mean (:mod:`course.questions.kinds.query_workshop`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from course.questions import note_words, query_words
from course.questions.base import Chart, Fault, ItemBase, Line, Slug, Strict, duplicates
from course.questions.note_words import Layout, spans, split, unplaced

#: In which way words can lead -> what to look for, as the learner is told of a phrase that was missed.
SORTS = {
    "impact": "words that name money, a severity or a quality figure",
    "diagnosis": "words that hand the provider a diagnosis",
    "pressure": "words that push toward one answer",
    "options": "answers that leave no way out",
    "earlier": "words that bring in another stay",
    "beyond": "words that say more than the chart does",
}
Sort = Literal["impact", "diagnosis", "pressure", "options", "earlier", "beyond"]

#: What a part does in a query -> (what is said when it is missing, why it does not stand where it was put).
ROLES = {
    "addressee": (
        "Nothing says yet whom the query is for and which stay it is about.",
        "Whom it is for and which stay it is about comes first.",
    ),
    "indicators": (
        "Not all findings of the chart on which the question rests are there yet.",
        "The findings stand before the question that rests on them, with what the provider wrote about them.",
    ),
    "question": (
        "Nothing is asked yet that leaves the judgment to the provider.",
        "The question comes when the findings are told, and before its answers.",
    ),
    "choices": (
        "There are no answers yet that fit the chart and leave a way out.",
        "The answers stand right below the question that they answer.",
    ),
    "reply": (
        "Nothing says yet where the answer is to be written.",
        "Where to write the answer comes after the question.",
    ),
}
Role = Literal["addressee", "indicators", "question", "choices", "reply"]


class Lead(Strict):
    """Words of the draft that lead."""

    text: Line = Field(description="As it stands in the draft, where it occurs once.")
    sort: Sort = Field(description="In which way they lead: told of a phrase that was missed.")
    why: Line = Field(description="Why they lead. Shown when they are marked, and with the solution.")


class Fair(Strict):
    """Words of the draft that are fair and that a beginner marks."""

    text: Line = Field(description="As it stands in the draft, where it occurs once.")
    why: Line = Field(description="Why they may stay. Shown when they are marked.")


class QueryPart(Strict):
    """A part of the tray. With a place it belongs to the query; without one it stays out."""

    id: Slug
    text: Line
    place: Annotated[int | None, Field(ge=1, le=8, description="Parts of one place may stand in either order.")] = None
    role: Annotated[Role | None, Field(description="What it does in the query; needed with a place.")] = None
    why: Line | None = Field(None, description="Without a place: why it stays out. With one: why it stands there.")


class QueryWorkshop(ItemBase):
    kind: Literal["query_workshop"] = "query_workshop"
    note: Chart
    draft: Chart = Field(description="The query as somebody wrote it.")
    leading: Annotated[tuple[Lead, ...], Field(min_length=2, max_length=5)]
    traps: Annotated[tuple[Fair, ...], Field(min_length=1, max_length=4)]
    parts: Annotated[tuple[QueryPart, ...], Field(min_length=6, max_length=10)]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from self._draft()
        yield from duplicates([part.text for part in self.parts], "parts")
        yield from duplicates([part.id for part in self.parts], "parts", "id")
        for n, part in enumerate(self.parts):
            if part.place is None and part.why is None:
                yield Fault(("parts", n), "stays out and has no why", "Say why it leads or misses, or give it a place.")
            if (part.place is None) != (part.role is None):
                advice = f"Roles: {', '.join(ROLES)}."
                yield Fault(("parts", n), "has a place without a role, or a role without a place", advice)
        places = {part.place for part in self.parts if part.place is not None}
        if places != set(range(1, len(places) + 1)):
            yield Fault(("parts",), "have places with a gap", "Count 1, 2, 3; two parts may share a place.")
        fit = fitting(self)
        if len(fit) < 3 or len(self.parts) - len(fit) < 2:
            yield Fault(("parts",), f"has {len(fit)} that belong", "Three or more belong, and two or more stay out.")
        missing = {"indicators", "question"} - {part.role for part in fit}
        if missing:
            yield Fault(("parts",), f"has no {' and no '.join(sorted(missing))}", "A query needs both.")

    def _draft(self) -> Iterator[Fault]:
        words = split(self.draft)[0]
        owner: dict[int, str] = {}
        entries = [(("leading", n, "text"), one.text) for n, one in enumerate(self.leading)]
        entries += [(("traps", n, "text"), one.text) for n, one in enumerate(self.traps)]
        for path, wanted in entries:
            places = spans(words, wanted)
            if len(places) != 1:
                message, advice = unplaced(words, wanted, len(places))
                yield Fault(path, message.replace("the note", "the draft"), advice.replace("the note", "the draft"))
                continue
            taken = next((owner[at] for at in places[0] if at in owner), None)
            if taken is not None:
                advice = "Let each word of the draft belong to one of them."
                yield Fault(path, f"{wanted!r} shares a word with {taken!r}", advice)
            owner.update(dict.fromkeys(places[0], wanted))

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        found = layout(self)
        if found.strays < found.needed / 2:
            message = f"has {found.needed} words that lead and {found.strays} that do neither"
            yield Fault(("draft",), message, "Let the draft say more that is fair.")
        for n, part in enumerate(self.parts):
            if part.place is None:
                continue
            if named := query_words.names_impact(part.text):
                yield Fault(("parts", n, "text"), f"belongs and names {named[0]!r}", "No payment, no quality figure.")
            if query_words.answers(part.text) and not query_words.has_way_out(part.text):
                advice = "Offer ☐ Other: ____ and ☐ Unable to determine."
                yield Fault(("parts", n, "text"), "belongs and its answers leave no way out", advice)


def fitting(item: QueryWorkshop) -> list[QueryPart]:
    """The parts that belong, in their order."""
    return sorted((part for part in item.parts if part.place is not None), key=lambda part: part.place or 0)


def layout(item: QueryWorkshop) -> Layout:
    """The roles of the words of the draft."""
    texts = tuple((one.text,) for one in item.leading)
    return note_words.layout(item.draft, texts, tuple(one.text for one in item.traps), ())
