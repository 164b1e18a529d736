"""Which exam fits: a few answers in, a ranking with its reasons out, and what would change it. Pure.

Questions, options and points stand in ``data/exams/chooser.yaml``; nothing else counts. ``choose(answers)`` takes
{question: option}; what is not answered is left out, what is unknown is not counted. The four main exams are ranked;
one that cannot be taken with an answer comes last, whatever its points. A neighbor is named where it is made for the
place that was chosen, or has more points than all four.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from course import paths
from course.exams import facts, fees

#: {CPC.items} or {CPC.fee:one}: a fact, or the price for one way of buying.
_FACT = re.compile(r"\{([A-Z-]+)\.(\w+)(?::([\w-]+))?\}")


class Reason(NamedTuple):
    """Why an answer counts for an exam, or against it. ``sources``: who says so, and when. ``bar``: with this answer
    the exam cannot be taken."""

    exam: str
    points: int
    text: str
    sources: tuple[str, ...]
    bar: bool = False


class Note(NamedTuple):
    """A sentence that counts for no exam, and who says so."""

    text: str
    sources: tuple[str, ...] = ()


class Option(NamedTuple):
    """An answer one can give. ``note`` is said where it counts for none of the four; ``made_for``: the neighbor that is
    made for this place; ``clashes``: (question, value, sentence) of answers that do not go with it."""

    value: str
    label: str
    reasons: tuple[Reason, ...]
    note: Note | None
    made_for: str
    clashes: tuple[tuple[str, str, str], ...]


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
    was answered. ``neighbors``: (exam, points, reasons) of the one ``made_for`` the chosen place and of those with more
    points than all four. ``barred``: why an exam cannot be taken; ``clashes``: answers that contradict each other."""

    answered: int
    of: int
    ranked: tuple[tuple[int, str, int, tuple[Reason, ...]], ...]
    neighbors: tuple[tuple[str, int, tuple[Reason, ...]], ...]
    notes: tuple[Note, ...]
    changes: tuple[Change, ...]
    barred: tuple[Reason, ...] = ()
    clashes: tuple[str, ...] = ()
    made_for: str = ""

    @property
    def first(self) -> tuple[str, ...]:
        """The exams on the first place."""
        return tuple(exam for place, exam, _, _ in self.ranked if place == 1)

    @property
    def lead(self) -> int:
        """Points between the first place and the next one; 0 when all are equal."""
        points = sorted({points for _, _, points, why in self.ranked if not is_barred(why)}, reverse=True)
        return points[0] - points[1] if len(points) > 1 else 0


def is_barred(reasons: Sequence[Reason]) -> bool:
    """Whether one of the reasons keeps the exam from being taken."""
    return any(one.bar for one in reasons)


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
                    Note(*_filled(option["note"])) if "note" in option else None,
                    option.get("made_for", ""),
                    tuple((one["question"], one["value"], one["says"]) for one in option.get("clashes", ())),
                )
                for option in one["options"]
            ),
        )
        for one in yaml.safe_load(text)
    )


def _reason(row: Mapping[str, Any]) -> Reason:
    text, sources = _filled(row["because"])
    for name in row.get("facts", ()):
        exam, _, fact = name.partition(".")
        known = [one for one in facts.facts(exam, fact) if one.status in ("now", "conflict")]
        sources = (*sources, *(one.told for one in known or told(exam, fact)))
    return Reason(row["exam"], row["points"], text, tuple(dict.fromkeys(sources)), row.get("bar", False))


def _filled(words: str) -> tuple[str, tuple[str, ...]]:
    """A text with its facts put in, and who tells them."""
    used: list[str] = []

    def put(found: re.Match[str]) -> str:
        exam, name, way = found[1], found[2], found[3] or ""
        if name == "cash":
            (sum_,) = (one for one in fees.cash(exam) if one.way == way)
            used.extend(sum_.sources)
            return fees.said(sum_.low, sum_.high)
        rows = told(exam, name, way)
        used.extend(one.told for one in rows)
        return span([one.value for one in rows], fees.WAYS.get(way, ""))

    text = _FACT.sub(put, words)
    return text, tuple(dict.fromkeys(used))


def told(exam: str, name: str, way: str = "") -> list[facts.Fact]:
    """The rows of a fact that a reason may use: the one the course goes by, or all prices for one way of buying that
    sources tell. KeyError when there is none."""
    known = [one for one in facts.facts(exam, name) if one.status in ("now", "conflict")]
    known = [one for one in known if one.value.endswith(fees.WAYS.get(way, ""))]
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
    chosen = _chosen(given)
    notes = tuple(one.note for one in chosen if one.note)
    barred = tuple(reason for *_, why in (*ranked, *neighbors) for reason in why if reason.bar)
    clashes = tuple(says for one in chosen for question, value, says in one.clashes if given.get(question) == value)
    made_for = next((one.made_for for one in chosen if one.made_for), "")
    return Choice(
        len(given), len(questions()), ranked, neighbors, notes, tuple(changes), barred, clashes, made_for
    )  # fmt: skip


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
    barred = {exam for exam, found in reasons.items() if is_barred(found)}
    rank = {exam: (exam in barred, -points[exam]) for exam in facts.MAIN}
    ranked = tuple(
        (1 + sum(rank[other] < rank[exam] for other in facts.MAIN), exam, points[exam], tuple(reasons[exam]))
        for exam in sorted(facts.MAIN, key=lambda exam: rank[exam])
    )
    best = max(points[exam] for exam in facts.MAIN)
    made_for = {option.made_for for option in _chosen(given)}
    near = [exam for exam in facts.NEIGHBORS if exam in made_for or (points[exam] > best and exam not in barred)]
    near.sort(key=lambda exam: (exam not in made_for, -points[exam]))
    return ranked, tuple((exam, points[exam], tuple(reasons[exam])) for exam in near)
