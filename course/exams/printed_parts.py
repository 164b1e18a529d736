"""Pieces of the printed pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.questions import text

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint, Figure

DISCLAIMER = (
    "This is a practice exam of an open course, not an exam of a certifying body. No certifying body has a part in it "
    "or endorses it. All patients are invented. CPT is a trademark of the American Medical Association, which holds "
    "all rights in the code set; no descriptor of it is printed here. The codes are for learning and are no advice."
)

#: Figure of a blueprint -> what it is called.
FIGURES = {
    "items": "Questions",
    "scored": "Questions that count",
    "minutes": "Time",
    "passing": "Pass line",
    "kinds": "Kinds of questions",
    "books": "Code books",
    "aids": "What may lie on the desk",
    "navigation": "Moving about",
    "delivery": "Where",
}

esc = text.escape


def counted(number: int, one: str) -> str:
    """ "1 question", "100 questions"."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def time_words(minutes: int) -> str:
    """ "4 hours", "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = (counted(hours, "hour") if hours else "", counted(rest, "minute") if rest or not hours else "")
    return " ".join(part for part in parts if part)


def part_words(part: float) -> str:
    """ "quarter" for 0.25."""
    return {1: "full", 2: "half", 4: "quarter", 10: "tenth"}.get(round(1 / part), f"{part:g}")


def figure_words(blueprint: Blueprint, name: str) -> str:
    """A figure as people say it."""
    figure: Figure = getattr(blueprint.figures, name)
    if name == "minutes":
        return time_words(blueprint.minutes)
    if name == "passing":
        if figure.unit == "percent":
            return f"{figure.value} percent of the questions that count"
        return f"{figure.value} points on the scale of {blueprint.body}"
    return str(figure.value)


def figure_rows(blueprint: Blueprint, names: Sequence[str]) -> str:
    """Figures of the real exam, each with its source, or marked as the course's own assumption."""
    rows = []
    for name in names:
        figure: Figure = getattr(blueprint.figures, name)
        words = figure_words(blueprint, name)
        told = figure.words if figure.assumption else " ".join(filter(None, (f"{figure.words}.", figure.note)))
        rows.append(
            (esc(FIGURES[name]), f'{esc(words[:1].upper() + words[1:])}<br><span class="small">{esc(told)}</span>')
        )
    return table(("facts", ""), [], rows)


def table(names: tuple[str, str], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of HTML cells; the first of each row is its head. ``names``: class and caption."""
    style, caption = names
    top = "".join(f'<th scope="col"{_number(n)}>{esc(head)}</th>' for n, head in enumerate(heads))
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f"<td{_number(n) if heads else ''}>{cell}</td>" for n, cell in enumerate(row[1:], start=1))
        + "</tr>"
        for row in rows
    )
    said = f"<caption>{esc(caption)}</caption>" if caption else ""
    head = f"<thead><tr>{top}</tr></thead>" if heads else ""
    return f'<table class="{style}">{said}{head}<tbody>{body}</tbody></table>'


def _number(column: int) -> str:
    return ' class="number"' if column == 1 else ""
