"""The model of an E/M leveling item, and what its fields mean (:mod:`course.questions.kinds.em_leveling`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from course.codesets.cpt import em
from course.questions.base import Chart, Fault, ItemBase, Line, Strict

#: What the parts are called on a card.
TITLES = {"problems": "Problems", "data": "Data", "risk": "Risk"}
#: What the elements of a part are called, for counting.
THINGS = {
    "problems": ("problem", "problems"),
    "data": ("item of data", "items of data"),
    "risk": ("decision", "decisions"),
}
#: Name of the minutes among traps and marks.
MINUTES = "minutes"
#: Most of a thing that the card can count.
MOST = 9

_Count = Annotated[int, Field(ge=1, le=MOST)]


class Held(Strict):
    """What a note holds. Numbers where it matters how many there are, otherwise 1."""

    problems: dict[str, _Count] = {}
    data: dict[str, _Count] = {}
    risk: tuple[str, ...] = ()


class Trap(Strict):
    """Something a beginner ticks although it does not count here."""

    element: str
    why: Line


def _as_list(value: Any) -> Any:
    return [{"element": name, "why": why} for name, why in value.items()] if isinstance(value, dict) else value


_Traps = Annotated[
    tuple[Trap, ...],
    BeforeValidator(_as_list),
    Field(description="Element (or `minutes`): why it does not count here. Shown when it is ticked."),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}, mode="validation"),
]


class EmLeveling(ItemBase):
    kind: Literal["em_leveling"] = "em_leveling"
    note: Chart
    category: str = Field(description="A category of data/codesets/em_codes.csv, such as office-established.")
    elements: Held = Field(description="Ids of data/codesets/em_elements.csv.")
    optional: Annotated[tuple[str, ...], Field(description="Elements that may be ticked or not, without harm.")] = ()
    traps: _Traps = ()
    minutes: Annotated[
        int | None, Field(ge=1, le=1440, description="Total time that counts, where the note gives it.")
    ] = None
    code: str = Field(description="What the elements and minutes lead to, whichever is higher.")

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        if self.category not in em.leveled():
            advice = f"Categories: {', '.join(em.leveled())}."
            yield Fault(("category",), f"is {self.category!r}, which is no category with levels", advice)
            return
        faults = [*self._elements(), *self._others()]
        yield from faults
        if self.minutes is not None and not timed(self):
            yield Fault(("minutes",), "cannot count: this category knows no time", "Take the line away.")
        elif not faults:
            yield from self._proof()

    def _elements(self) -> Iterator[Fault]:
        known = em.elements()
        held: list[tuple[str, str, int]] = [
            *(("problems", name, count) for name, count in self.elements.problems.items()),
            *(("data", name, count) for name, count in self.elements.data.items()),
            *(("risk", name, 1) for name in self.elements.risk),
        ]
        for part, name, count in held:
            if name not in known or known[name].part != part:
                ids = ", ".join(one.id for one in known.values() if one.part == part)
                yield Fault(("elements", part), f"has {name!r}, which is no element of {part}", f"There are: {ids}.")
            elif count > 1 and not known[name].counted:
                yield Fault(("elements", part, name), "is ticked, not counted", "Write 1.")
        for n, name in enumerate(self.elements.risk):
            if name in self.elements.risk[:n]:
                yield Fault(("elements", "risk", n), f"{name} is listed twice", "Keep one.")
        if not held:
            yield Fault(("elements",), "holds nothing", "Name what the note holds.")

    def _others(self) -> Iterator[Fault]:
        known, key = em.elements(), key_of(self)
        for n, name in enumerate(self.optional):
            if name not in known or name in key:
                yield Fault(("optional", n), f"is {name!r}, which is no element, or one of the key", "Mend it.")
        for trap in self.traps:
            if trap.element == MINUTES and not timed(self):
                yield Fault(("traps", MINUTES), "cannot be shown: this category knows no time", "Take it away.")
            if trap.element != MINUTES and (trap.element not in known or trap.element in (*key, *self.optional)):
                message = f"has {trap.element!r}, which is no element, or may be ticked"
                yield Fault(("traps", trap.element), message, "A trap is an element that does not count here.")

    def _proof(self) -> Iterator[Fault]:
        """The code follows from the rules; what may be ticked or not leaves it alone."""
        found = found_code(self.category, key_of(self), self.minutes)
        if found != self.code:
            mdm = mdm_of(self)
            parts = ", ".join(f"{part} {level.word}" for part, level in mdm_parts(mdm))
            message = f"is {self.code}, but the elements ({parts}) and minutes lead to {found or 'no code'}"
            yield Fault(("code",), message, "Mend the code, the elements or the minutes.")
            return
        for n, name in enumerate(self.optional):
            if found_code(self.category, {**key_of(self), name: 1}, self.minutes) != self.code:
                yield Fault(("optional", n), f"{name} would lead to another code", "It cannot be ticked or not.")


def key_of(item: EmLeveling) -> dict[str, int]:
    """Element -> how many, in the order of the card."""
    held = {**item.elements.problems, **item.elements.data, **dict.fromkeys(item.elements.risk, 1)}
    return {name: held[name] for name in em.elements() if name in held}


def outranked(item: EmLeveling, name: str, ticked: Mapping[str, int]) -> bool:
    """Whether what the note bears out in this part, at this level or above, is ticked beside an optional element."""
    known = em.elements()
    same = [other for other in key_of(item) if known[other].part == known[name].part]
    higher = [other for other in same if known[other].level >= known[name].level]
    return any(other in ticked for other in higher) if higher else all(other in ticked for other in same)


def levels_of(elements: Mapping[str, int]) -> em.Mdm:
    """The levels that elements of all parts lead to."""
    known = em.elements()
    parts = ({name: count for name, count in elements.items() if known[name].part == part} for part in em.PARTS)
    return em.level_of(*parts)


def mdm_of(item: EmLeveling) -> em.Mdm:
    """The levels of the key."""
    return levels_of(key_of(item))


def found_code(category: str, elements: Mapping[str, int], minutes: int | None) -> str | None:
    """The code that elements and minutes lead to."""
    return em.visit_code(category, levels_of(elements).overall, minutes)


def timed(item: EmLeveling) -> bool:
    """Whether minutes can count in the item's category."""
    return any(row.first is not None for row in em.in_category(item.category))


def mdm_parts(mdm: em.Mdm) -> list[tuple[str, em.Level]]:
    """Part and level, in order."""
    return list(zip(em.PARTS, mdm[:3], strict=True))


def rules_view(category: str) -> dict[str, Any]:
    """What a card needs for computing: ``parts`` [{id, title, entries [{id, words, level, two, category, counted}]}],
    ``levels`` (words), ``codes`` [{code, levels, first}], ``timed``, ``category_label``."""
    entries = em.elements().values()
    return {
        "category_label": em.categories()[category],
        "parts": [
            {
                "id": part,
                "title": TITLES[part],
                "entries": [
                    {
                        "id": one.id,
                        "words": one.words,
                        "level": int(one.level),
                        "two": int(one.level_of_two),
                        "category": one.category,
                        "counted": one.counted,
                    }
                    for one in entries
                    if one.part == part
                ],
            }
            for part in em.PARTS
        ],
        "levels": [level.word for level in em.LEVELS],
        "codes": [
            {"code": row.code, "levels": [int(level) for level in row.levels], "first": row.first}
            for row in em.in_category(category)
        ],
        "timed": any(row.first is not None for row in em.in_category(category)),
        "most": MOST,
    }
