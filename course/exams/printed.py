"""An exam on paper: the questions, an answer sheet, and the key with its reasons. Three pages of HTML that print well.

    printed(load("CPC"), form)      {"cpc-7-exam.html": html, "cpc-7-answer-sheet.html": …, "cpc-7-key.html": …}

The exam names no domains and tells no titles, which would give answers away. The pages load nothing from anywhere, and
are the same for the same form and bank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import Template
from typing import TYPE_CHECKING, Any

from course import paths
from course.bootstrap.errors import UserError
from course.exams import pool as pools
from course.exams import printed_key, printed_parts
from course.exams.printed_parts import counted, esc, figure_rows, table, time_words
from course.questions import text
from course.questions.base import LETTERS

if TYPE_CHECKING:
    from course.exams.assemble import Form
    from course.exams.blueprint import Blueprint

#: Kinds that are answered with bubbles; the others are written out.
CHOICES = ("single_choice", "multiple_choice")
#: An item with more lines than this may be longer than a page, and is then allowed to break.
LONG = 60


def printed(blueprint: Blueprint, form: Form, load: Callable[[str], Any] = pools.load) -> dict[str, str]:
    """Name of a file -> HTML. Raises UserError when an item of the form cannot be loaded."""
    try:
        items = [load(entry.id) for entry in form.entries]
    except KeyError as problem:
        raise UserError(f"The exam cannot be printed. {problem.args[0]}", "Draw another one: --seed 2") from None
    if not items:
        raise UserError(f"The question bank has no question for the {blueprint.exam} yet.")
    name = f"{form.exam.lower()}-{form.seed}" + ("" if form.part == 1 else f"-{printed_parts.part_words(form.part)}")
    code = f"{form.exam} {form.seed}" + ("" if form.part == 1 else f", {printed_parts.part_words(form.part)}")
    year = pools.book_year(blueprint, paths.today())
    made = {
        "exam": (f"{form.exam} practice exam", _exam(blueprint, form, items, code, year)),
        "answer-sheet": (f"{form.exam} answer sheet", _sheet(blueprint, form, items, code)),
        "key": (f"{form.exam} key with reasons", printed_key.body(blueprint, form, items, code)),
    }
    template = Template((paths.data_dir() / "exams" / "printed.html").read_text(encoding="utf-8"))
    return {
        f"{name}-{kind}.html": template.substitute(
            title=esc(f"{title}, form {code}"), foot=f"Form {_css(code)}, code books of {year}", kind=kind, body=body
        )
        for kind, (title, body) in made.items()
    }


def _css(words: str) -> str:
    """Words for a string in a style sheet."""
    return "".join(one for one in words if one.isalnum() or one in " ,./-")


def _exam(blueprint: Blueprint, form: Form, items: Sequence[Any], code: str, year: int) -> str:
    """Cover and questions."""
    plan = [("Questions", str(len(items))), ("Time", time_words(form.minutes))]
    if form.part != 1:
        whole = f"{blueprint.items} questions, {time_words(blueprint.minutes)}"
        plan.append((f"The whole {form.exam}", whole))
    parts = [
        f"<h1>{esc(blueprint.title)} ({esc(form.exam)}): practice exam</h1>",
        f'<p class="form">Form {esc(code)}. Code books of {year}.</p>',
        table(("facts", ""), [], [(esc(name), esc(value)) for name, value in plan]),
        *_short(blueprint, form),
        "<h2>How to take it</h2>",
        _bullets(_instructions(blueprint, form, items)),
        "<h2>The real exam</h2>",
        figure_rows(blueprint, ("passing", "books", "aids", "navigation", "delivery")),
        f'<p class="small">{esc(printed_parts.DISCLAIMER)}</p>',
        '<h2 class="start">Questions</h2>',
    ]
    parts += [_item(place, item) for place, item in enumerate(items, start=1)]
    parts.append("<p>End of the exam.</p>")
    return "\n".join(parts)


def _short(blueprint: Blueprint, form: Form) -> list[str]:
    """What the bank could not fill, or nothing."""
    if not form.short:
        return []
    missing = "; ".join(f"{label} ({count})" for label, count in form.short.items())
    return [f"<p><strong>This exam is not complete.</strong> The question bank is short of: {esc(missing)}.</p>"]


def _instructions(blueprint: Blueprint, form: Form, items: Sequence[Any]) -> list[str]:
    pace = form.minutes * 60 / len(items)
    told = [
        f"Set a clock to {time_words(form.minutes)}. That leaves {_pace(pace)} for a question.",
        "Fill one circle for each question on the answer sheet, unless the question asks for more.",
        "Answer every question. A blank counts as wrong, and a guess costs nothing.",
        "Use your own code books, and nothing that the real exam does not allow.",
        "When the time is over, compare the sheet with the key. The reasons stand beside each answer.",
    ]
    if any(item.kind not in CHOICES for item in items):
        told.insert(2, "Where a question asks for codes, write them on the line of the answer sheet.")
    return told


def _pace(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return " ".join(
        part
        for part in (counted(minutes, "minute") if minutes else "", counted(rest, "second") if rest else "")
        if part
    )


def _bullets(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{esc(line)}</li>" for line in lines) + "</ul>"


def _item(place: int, item: Any) -> str:
    """One question without its title, its domain and its key."""
    note = f'<pre class="note">{text.pre(item.note)}</pre>' if item.note else ""
    length = len(item.stem) // 90 + (item.note or "").count("\n") + len(item.note or "") // 90
    return (
        f'<article class="item{" long" if length > LONG else ""}"><div class="place">{place}.</div><div>'
        f'<div class="stem">{text.block(item.stem)}</div>{note}{_answer_part(item)}</div></article>'
    )


def _answer_part(item: Any) -> str:
    """What is chosen from, or where to write."""
    if item.kind not in CHOICES:
        return '<p class="ask">Write the codes on the answer sheet.</p>'
    ask = '<p class="ask">Choose all that fit.</p>' if item.kind == "multiple_choice" else ""
    rows = "".join(
        f"<li><b>{LETTERS[n].upper()}.</b><span>{text.inline(one.text)}</span></li>"
        for n, one in enumerate(item.options)
    )
    return f'{ask}<ol class="options">{rows}</ol>'


def _sheet(blueprint: Blueprint, form: Form, items: Sequence[Any], code: str) -> str:
    """Name, date, and a row for each question."""
    choices = [(place, item) for place, item in enumerate(items, start=1) if item.kind in CHOICES]
    typed = [place for place, item in enumerate(items, start=1) if item.kind not in CHOICES]
    columns = 4 if all(len(item.options) <= 5 for _, item in choices) else 3
    dense = " dense" if len(choices) > 27 * columns else ""
    rows = "".join(
        f'<div class="row"><span class="place">{place}</span>'
        + "".join(f'<span class="bubble">{one.upper()}</span>' for one in LETTERS[: max(4, len(item.options))])
        + "</div>"
        for place, item in choices
    )
    several = any(item.kind == "multiple_choice" for _, item in choices)
    lines = "".join(f'<div><b>{place}.</b><span class="line"></span></div>' for place in typed)
    person = "".join(f"<div><span>{name}</span></div>" for name in ("Name", "Date", "Right answers"))
    return "\n".join(
        part
        for part in (
            f"<h1>{esc(form.exam)} answer sheet</h1>",
            f'<p class="form">Form {esc(code)}. {counted(len(items), "question")}, {time_words(form.minutes)}.</p>',
            f'<div class="person">{person}</div>',
            "<p>Fill the circle of your answer. To change it, cross the old one out.</p>",
            "<p>Some questions have more than one right answer; they say so.</p>" if several else "",
            f'<div class="rows{dense}" style="columns: {columns}">{rows}</div>' if choices else "",
            f'<h2>Codes</h2><div class="typed">{lines}</div>' if typed else "",
        )
        if part
    )
