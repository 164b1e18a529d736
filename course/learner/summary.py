"""What has been done, counted by lesson, objective or exam domain. Pure; takes attempts, gives numbers and text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.learner.phrases import answers

if TYPE_CHECKING:
    from course.learner.records import Attempt
    from course.learner.store import Store

#: How attempts can be grouped: name -> the groups that an attempt belongs to.
GROUPS: dict[str, Callable[[Attempt], Iterable[str]]] = {
    "lesson": lambda one: [one.lesson],
    "objective": lambda one: [one.objective],
    "domain": lambda one: one.domains,
}


@dataclass(frozen=True, slots=True)
class Row:
    """Questions of one group. ``first_try``: the first answer was correct and the solution had not been looked at.
    ``correct_now``: the latest answer is correct. ``tries``: answers in all."""

    name: str
    seen: int
    first_try: int
    correct_now: int
    tries: int


def by(what: str, attempts: Iterable[Attempt], versions: Mapping[str, str] | None = None) -> list[Row]:
    """One row for each group ("lesson", "objective", "domain"), in order of name; attempts that name none are in none.

    ``versions`` (question id -> content version): answers to an earlier form of one of these questions are left out.
    """
    groups: dict[str, dict[str, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(attempts, key=lambda one: one.at):
        if versions is None or versions.get(one.question_id, one.content_version) == one.content_version:
            for name in dict.fromkeys(GROUPS[what](one)):
                if name:
                    groups[name][one.question_id].append(one)
    return [_row(name, list(groups[name].values())) for name in sorted(groups)]


def _row(name: str, questions: list[list[Attempt]]) -> Row:
    return Row(
        name=name,
        seen=len(questions),
        first_try=sum(tries[0].outcome == "correct" and not tries[0].solution_seen for tries in questions),
        correct_now=sum(tries[-1].outcome == "correct" for tries in questions),
        tries=sum(map(len, questions)),
    )


def summary(store: Store, versions: Mapping[str, str] | None = None) -> dict[str, Any]:
    """For a progress card: ``{"total": row, "lesson": [row, …], "objective": […], "domain": […], "warning": …}``, each
    row a dict with the fields of :class:`Row`."""
    attempts = store.attempts()
    data: dict[str, Any] = {what: [_data(row) for row in by(what, attempts, versions)] for what in GROUPS}
    data["total"] = _data(_total(attempts, versions))
    data["warning"] = store.warning
    return data


def _total(attempts: Iterable[Attempt], versions: Mapping[str, str] | None) -> Row:
    questions: dict[str, list[Attempt]] = defaultdict(list)
    for one in sorted(attempts, key=lambda one: one.at):
        if versions is None or versions.get(one.question_id, one.content_version) == one.content_version:
            questions[one.question_id].append(one)
    return _row("", list(questions.values()))


def _data(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Row.__slots__}


def summary_text(store: Store | None = None) -> str:
    """The summary as plain text of at most 79 columns (ASCII, for any console)."""
    if store is None:
        from course.learner.store import open_store

        store = open_store()
    attempts = store.attempts()
    parts = [store.warning] if store.warning else []
    if not attempts:
        return "\n\n".join([*parts, "Nothing answered yet. Open a lesson and check an answer: it is kept here."])
    total = _total(attempts, None)
    first, last = (f"{act(one.at for one in attempts).astimezone():%Y-%m-%d}" for act in (min, max))
    when = f"on {first}" if first == last else f"from {first} to {last}"
    parts.append(f"{answers(total.tries)} to {total.seen} question{'' if total.seen == 1 else 's'}, {when}.")
    for what, title in (("lesson", "Lesson"), ("objective", "You can ..."), ("domain", "Exam domain")):
        if rows := by(what, attempts):
            parts.append("\n".join([_line(title, "seen", "1st try", "right now"), *map(_row_line, rows)]))
    parts.append(f"Kept in {store.folder}")
    return "\n\n".join(parts)


def _row_line(row: Row) -> str:
    return _line(row.name, str(row.seen), str(row.first_try), str(row.correct_now))


def _line(name: str, *numbers: str) -> str:
    name = name.encode("ascii", "replace").decode("ascii")
    shown = name if len(name) <= 46 else name[:43] + "..."
    return f"{shown:<46}" + "".join(f"{number:>11}" for number in numbers)
