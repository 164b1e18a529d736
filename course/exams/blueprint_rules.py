"""What the types of a blueprint cannot say: sums that add up, domains that exist, facts that have a source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from course.questions.base import Fault
from course.questions.problems import did_you_mean, listed

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint, Domain, Sourced

_LESSON = re.compile(r"\d\d[a-z]?")


def faults(blueprint: Blueprint) -> Iterator[Fault]:
    """Everything that is wrong, with the place of each."""
    yield from _figures(blueprint)
    if not any(isinstance(getattr(blueprint.figures, name).value, str) for name in ("items", "scored", "minutes")):
        yield from _sums(blueprint)
    yield from _names(blueprint)
    yield from _kinds(blueprint.kinds, ())
    for n, one in enumerate(blueprint.domains):
        yield from _domain(one, ("domains", n), blueprint)


def _figures(blueprint: Blueprint) -> Iterator[Fault]:
    for name in type(blueprint.figures).model_fields:
        yield from _sourced(getattr(blueprint.figures, name), ("figures", name))
    for name in ("items", "scored", "minutes"):
        value = getattr(blueprint.figures, name).value
        if isinstance(value, str) or value < 1:
            yield Fault(("figures", name, "value"), f"is {value!r}; it must be a whole number, 1 or more", "")
    line = blueprint.figures.passing
    ends = {"percent": (1, 100), "scaled": (1, 1000)}.get(line.unit or "")
    if ends is None:
        yield Fault(("figures", "passing", "unit"), f"is {line.unit!r}", "Write percent or scaled.")
    elif isinstance(line.value, str) or not ends[0] <= line.value <= ends[1]:
        yield Fault(("figures", "passing", "value"), f"is {line.value!r}", f"A number from {ends[0]} to {ends[1]}.")
    try:
        dt.date.fromisoformat(f"2024-{blueprint.books_change}")
    except ValueError:
        message = f"is {blueprint.books_change!r}, which is no day of the year"
        yield Fault(("books_change",), message, 'Write month and day: "01-01".')


def _kinds(names: Iterable[str], path: tuple[str | int, ...]) -> Iterator[Fault]:
    from course.questions.kinds import KINDS

    for n, name in enumerate(names):
        if name not in KINDS:
            advice = did_you_mean(name, KINDS) or f"Kinds: {listed(KINDS)}."
            yield Fault((*path, "kinds", n), f"is {name!r}, which the course does not have", advice)


def _sourced(one: Sourced, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Either a whole source, or an assumption with a note."""
    if one.assumption:
        if one.note is None:
            yield Fault(path, "is an assumption without a note", "Say in `note:` what is assumed.")
        if one.confirmed:
            yield Fault((*path, "confirmed"), "an assumption cannot be confirmed", "Write `confirmed: false`.")
        return
    missing = [name for name in ("source", "url", "as_of", "trust") if getattr(one, name) is None]
    if missing:
        advice = "Add it, or write `assumption: true` and a note where no source gives the figure."
        yield Fault(path, f"lacks {' and '.join(missing)}", advice)


def _sums(blueprint: Blueprint) -> Iterator[Fault]:
    """The domains make the exam."""
    items, scored = blueprint.items, blueprint.scored
    if scored > items:
        yield Fault(("figures", "scored", "value"), f"is {scored}, more than the {items} items of the exam", "")
        return
    count = sum(one.count for one in blueprint.domains)
    unscored = sum(one.unscored for one in blueprint.domains)
    if count != items:
        yield Fault(("domains",), f"add up to {count} items; the exam has {items}", "Mend a count.")
    if unscored != items - scored:
        message = f"leave {unscored} items unscored; the exam has {items - scored} such ({items} less {scored})"
        yield Fault(("domains",), message, "Mend `unscored:` of a domain.")


def _names(blueprint: Blueprint) -> Iterator[Fault]:
    """The domains are those of domains.csv, each once and none left out."""
    from course.questions.proof import domains

    front = f"{blueprint.exam}: "
    known = [name.removeprefix(front) for name in domains() if name.startswith(front)]
    firsts: dict[str, int] = {}
    for n, one in enumerate(blueprint.domains):
        if one.name not in known:
            advice = did_you_mean(one.name, known) or f"data/questions/domains.csv has: {', '.join(known)}."
            yield Fault(
                ("domains", n, "name"), f"is {one.name!r}, which is not a domain of the {blueprint.exam}", advice
            )
        if firsts.setdefault(one.name, n) != n:
            yield Fault(("domains", n, "name"), f"is {one.name!r} a second time", "Keep one of them.")
    for name in known:
        if name not in firsts:
            yield Fault(("domains",), f"leave {name!r} out", "Add it, or take it from data/questions/domains.csv.")


def _domain(one: Domain, path: tuple[str | int, ...], blueprint: Blueprint) -> Iterator[Fault]:
    yield from _sourced(one, path)
    yield from _kinds(one.kinds, path)
    apart = sum(scenario.count for scenario in one.scenarios)
    if apart + one.unscored > one.count:
        message = f"is {one.count}; {one.unscored} unscored and {apart} scenarios are more than that"
        yield Fault((*path, "count"), message, "Mend one of the three.")
    if one.percent is not None and isinstance(blueprint.figures.scored.value, int) and blueprint.scored > 0:
        low, high = one.percent
        share = 100 * one.scored / blueprint.scored
        if not low <= share <= high:
            message = f"makes {share:.1f} percent of the scored items; published are {low} to {high}"
            yield Fault((*path, "count"), message, "Mend the count, or `unscored:`.")
    for n, lesson in enumerate(one.lessons):
        if not _LESSON.fullmatch(lesson):
            yield Fault(
                (*path, "lessons", n), f"is {lesson!r}, which is no lesson", 'Two digits, maybe a letter: "05a".'
            )
    for n, scenario in enumerate(one.scenarios):
        yield from _sourced(scenario, (*path, "scenarios", n))
        yield from _kinds(scenario.kinds, (*path, "scenarios", n))
