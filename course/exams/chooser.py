"""Which exam fits: a few answers in, a ranking with its reasons out, and what would change it. Pure.

Questions, options and points stand in ``data/exams/chooser.yaml``; nothing else counts. ``choose(answers)`` takes
{question: option}; what is not answered is left out, what is unknown is not counted. The four main exams are ranked;
a neighbor is named where it has more points than all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from course import paths
from course.exams import facts

#: {CPC.items} or {CPC.fee:one}: a fact, or the price for one way of buying.
_FACT = re.compile(r"\{([A-Z-]+)\.(\w+)(?::([\w-]+))?\}")
#: Way of buying -> how the words of that price end.
_WAYS = {
    "one": "for one sitting",
    "two": "for two sittings together",
    "member": "for members",
    "non-member": "for others",
}


class Reason(NamedTuple):
    """Why an answer counts for an exam, or against it. ``sources``: who says so, and when."""

    exam: str
    points: int
    text: str
    sources: tuple[str, ...]


class Option(NamedTuple):
    """An answer one can give. ``note`` is said where it counts for none of the four."""

    value: str
    label: str
    reasons: tuple[Reason, ...]
    note: str


class Question(NamedTuple):
    """A question with its options."""

    key: str
    title: str
    help: str
    options: tuple[Option, ...]

    def option(self, value: object) -> Option | None:
        """The option with that value, or None."""
        return next((one for one in self.options if one.value == value), None)


class Change(NamedTuple):
    """One other answer, and the exams that would then be first."""

    question: str
    value: str
    first: tuple[str, ...]


class Choice(NamedTuple):
    """``ranked``: (place, exam, points, reasons) from first to last, equal points on equal places; empty when nothing
    was answered. ``neighbors``: (exam, points, reasons) of those with more points than all four."""

    answered: int
    of: int
    ranked: tuple[tuple[int, str, int, tuple[Reason, ...]], ...]
    neighbors: tuple[tuple[str, int, tuple[Reason, ...]], ...]
    notes: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """The exams on the first place."""
        return tuple(exam for place, exam, _, _ in self.ranked if place == 1)

    @property
    def lead(self) -> int:
        """Points between the first place and the next one; 0 when all are equal."""
        points = sorted({points for _, _, points, _ in self.ranked}, reverse=True)
        return points[0] - points[1] if len(points) > 1 else 0


@cache
def questions() -> tuple[Question, ...]:
    """The questions of chooser.yaml. KeyError where a reason names a fact that facts.csv does not hold."""
    import yaml

    text = (paths.data_dir() / "exams" / "chooser.yaml").read_text(encoding="utf-8")
    return tuple(
        Question(
            one["key"],
            one["title"],
            one.get("help", ""),
            tuple(
                Option(
                    option["value"],
                    option["label"],
                    tuple(_reason(row) for row in option["counts"]),
                    option.get("note", ""),
                )
                for option in one["options"]
            ),
        )
        for one in yaml.safe_load(text)
    )


def _reason(row: Mapping[str, Any]) -> Reason:
    used: list[facts.Fact] = []

    def put(found: re.Match[str]) -> str:
        rows = told(found[1], found[2], found[3] or "")
        used.extend(rows)
        return span([one.value for one in rows], _WAYS.get(found[3] or "", ""))

    text = _FACT.sub(put, row["because"])
    for name in row.get("facts", ()):
        exam, _, fact = name.partition(".")
        known = [one for one in facts.facts(exam, fact) if one.status in ("now", "conflict")]
        used += known or told(exam, fact)
    return Reason(row["exam"], row["points"], text, tuple(dict.fromkeys(one.told for one in used)))


def told(exam: str, name: str, way: str = "") -> list[facts.Fact]:
    """The rows of a fact that a reason may use: the one the course goes by, or all prices for one way of buying that
    sources tell. KeyError when there is none."""
    known = [one for one in facts.facts(exam, name) if one.status in ("now", "conflict")]
    known = [one for one in known if one.value.endswith(_WAYS.get(way, ""))]
    if not known:
        raise KeyError(f"facts.csv and costs.csv have no {name} {way} for {exam}")
    return known if known[0].value.startswith("$") else known[:1]


def span(values: Sequence[str], ending: str) -> str:
    """ "$399 to $425" from prices that differ; one value without the words of its way of buying."""
    short = sorted(dict.fromkeys(one.removesuffix(f" {ending}") for one in values))
    unit = " a year" if short[0].endswith(" a year") else ""
    return " to ".join([*(one.removesuffix(unit) for one in short[:1] if len(short) > 1), short[-1]])


def choose(answers: Mapping[str, object]) -> Choice:
    """The ranking for these answers, and every single other answer that would change who is first."""
    given = clean(answers)
    ranked, neighbors = _rank(given)
    first = {exam for place, exam, _, _ in ranked if place == 1}
    changes = []
    for question in questions():
        for option in question.options:
            if ranked and option.value != given.get(question.key):
                other, _ = _rank({**given, question.key: option.value})
                then = tuple(exam for place, exam, _, _ in other if place == 1)
                if set(then) != first:
                    changes.append(Change(question.key, option.value, then))
    notes = tuple(one.note for one in _chosen(given) if one.note)
    return Choice(len(given), len(questions()), ranked, neighbors, notes, tuple(changes))


def clean(answers: Mapping[str, object]) -> dict[str, str]:
    """The answers that are options of a question."""
    return {
        one.key: str(answers[one.key]) for one in questions() if one.option(answers.get(one.key)) is not None
    }  # fmt: skip


def _chosen(given: Mapping[str, str]) -> list[Option]:
    found = (one.option(given.get(one.key)) for one in questions())
    return [one for one in found if one is not None]


def _rank(given: Mapping[str, str]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """(ranked, neighbors) as in :class:`Choice`."""
    if not given:
        return (), ()
    reasons: dict[str, list[Reason]] = {exam: [] for exam in (*facts.MAIN, *facts.NEIGHBORS)}
    for option in _chosen(given):
        for one in option.reasons:
            reasons[one.exam].append(one)
    points = {exam: sum(one.points for one in found) for exam, found in reasons.items()}
    order = sorted(facts.MAIN, key=lambda exam: -points[exam])
    ranked = tuple(
        (1 + sum(points[other] > points[exam] for other in facts.MAIN), exam, points[exam], tuple(reasons[exam]))
        for exam in order
    )
    best = max(points[exam] for exam in facts.MAIN)
    near = sorted((exam for exam in facts.NEIGHBORS if points[exam] > best), key=lambda exam: -points[exam])
    return ranked, tuple((exam, points[exam], tuple(reasons[exam])) for exam in near)
