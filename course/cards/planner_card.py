"""``course.plan()``: the four steps to a credential as a dated plan, kept, printed and saved as a calendar file.

Messages: :mod:`course.cards.kept_form`; values and answer: :mod:`course.exams.plan_form`. The plan is kept in the
stream "plan" of the learner's store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from course import paths
from course.cards import esm, lessons
from course.cards.kept_form import KeptForm
from course.cards.widget import LOG, fault_text
from course.exams import facts, plan_form
from course.learner.store import Store, shared_store

STYLES = ("tokens.css", "card.css", "kinds.css", "calculator.css", "certification.css", "media.css")
TITLE = "Your way to the exam, with dates"
INTRO = "Say when you begin and how many hours a week you have. The dates follow each change."
RUN = "To plan for yourself, open this page in JupyterLab and press Run All."
#: What the static form shows: fixed, so that a stored page is the same on every day.
EXAMPLE_DAY = dt.date(2027, 1, 4)
EXAMPLE = {"exam": "CPC", "start": EXAMPLE_DAY.isoformat()}


class PlannerCard(KeptForm):
    """The form on the left, the plan on the right."""

    stream = plan_form.STREAM
    _esm = esm.bundle("planner.js", *STYLES)

    def __init__(self, store: Store) -> None:
        self.static_form = static_form()
        super().__init__(store, {"title": TITLE, "intro": INTRO, "fields": fields(), "note": plan_form.NOTE})

    def cleaned(self, values: object) -> dict[str, Any]:
        return plan_form.clean(values, paths.today())

    def answer_of(self, values: dict[str, Any]) -> dict[str, Any]:
        return plan_form.answer(values, paths.today(), known())

    def paper(self, values: dict[str, Any], answer: dict[str, Any]) -> str:
        refs = References()
        entered = "\n".join(f"<p>{escape(one)}</p>" for one in plan_form.entered(values))
        body = html(answer, refs.mark)
        parts = [f"<h1>{escape(values['exam'])}: {TITLE.lower()}</h1>", entered, body, weeks(answer), refs.listing()]
        return "\n".join(one for one in parts if one)

    def file(self, values: dict[str, Any]) -> dict[str, str] | None:
        return plan_form.file(values, paths.today(), paths.now(), known())


def known() -> frozenset[str]:
    """Lessons that are on this computer."""
    return frozenset(lessons.titles())


def fields() -> list[dict[str, Any]]:
    """The form as ``calculator_form.js`` takes it."""
    exams = [[one, f"{one} ({facts.value(one, 'body')})"] for one in facts.MAIN]
    work = [["0", "None yet"], ["1", "One year"], ["2", "Two years or more"]]
    days = [_field("date", "first", "First day"), _field("date", "last", "Last day")]
    return [
        _field("choice", "exam", "Exam", options=exams),
        _field("date", "start", "Start"),
        _field("number", "hours_a_week", "Hours a week", unit="hours"),
        _field("number", "training_hours", "Training still to do", unit="hours",
               help="AAPC counts a course of 80 hours; this course is none. Nothing left to do: 0."),
        _field("number", "study_hours", "Study and practice", unit="hours",
               help="Prep sites tell of 60 to 180 hours for most."),
        _field("choice", "when", "When to sit", options=[["ready", "As soon as ready"], ["date", "On a date"]]),
        _field("date", "exam_date", "Exam date", when=["when", ["date"]]),
        _field("choice", "experience", "Coding work so far", options=work),
        _field("rows", "off", "Days without study", row="Break", most=plan_form.MOST_OFF, columns=days,
               wide=True, none=True),
    ]  # fmt: skip


def _field(kind: str, key: str, label: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "label": label, "unit": "", "help": "", "suggest": [], **more}


# -- where nothing runs, and on paper


class References:
    """Sources as numbers, so that a plan with all of them stands on one sheet."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def mark(self, sources: list[str]) -> str:
        """ " [1, 4]": the numbers of these sources."""
        found = [str(self.numbers.setdefault(one, len(self.numbers) + 1)) for one in sources]
        return f" <small>[{', '.join(found)}]</small>" if found else ""

    def listing(self) -> str:
        """Each number with its source."""
        rows = "; ".join(f"[{number}] {escape(one)}" for one, number in self.numbers.items())
        return f"<p><small>Sources: {rows}.</small></p>" if rows else ""


def html(answer: Mapping[str, Any], told: Callable[[list[str]], str] | None = None) -> str:
    """A plan as plain HTML; ``told`` writes down who says a thing, in full where it is None."""
    told = told or _sources
    if answer["state"] != "done":
        return f"<p>{escape(answer['sentence'])}</p>"
    parts = [f"<p><strong>{escape(answer['sentence'])}</strong></p>"]
    parts += [f"<p>{escape(text)}{told(names)}</p>" for text, names in (*answer["cash"], *answer["warnings"])]
    for phase in answer["phases"]:
        items = "\n".join(
            f"<li><strong>{escape(one['date'])}: {escape(one['title'])}.</strong> {escape(one['text'])}"
            f"{told(one['sources'])}</li>"
            for one in phase["steps"]
        )
        if items:
            when = f" ({escape(phase['when'])})" if phase["when"] else ""
            parts.append(f"<p>{escape(phase['title'])}{when}:</p>\n<ul>\n{items}\n</ul>")
    for title, rows in (("Rules that cost a fee", answer["rules"]), ("From CPC-A to CPC", answer["roads"])):
        items = "\n".join(f"<li>{escape(text)}{told(names)}</li>" for text, names in rows)
        if items:
            parts.append(f"<p>{title}:</p>\n<ul>\n{items}\n</ul>")
    return "\n".join([*parts, f"<p>{escape(answer['note'])}</p>"])


def weeks(answer: Mapping[str, Any]) -> str:
    """The weeks of a plan as a table."""
    rows = "\n".join(
        f"<tr><td>{number}</td><td>{escape(span)}</td><td>{hours}</td><td>{escape(text)}</td></tr>"
        for number, span, hours, text in answer.get("weeks", ())
    )
    head = "<tr><th>Week</th><th>Days</th><th>Hours</th><th>What for</th></tr>"
    return f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>" if rows else ""


def _sources(sources: list[str]) -> str:
    return f" <small>({escape('; '.join(sources))})</small>" if sources else ""


def static_form() -> str:
    """The example as plain HTML; its weeks are left to the live card, as lessons come and go."""
    shown = plan_form.answer(EXAMPLE, EXAMPLE_DAY)
    return (
        f'<div class="course-static course-static-planner">\n<p><strong>{TITLE}</strong></p>\n<p>{INTRO}</p>\n'
        f"<p>Example:</p>\n{html(shown)}\n<p><em>{RUN}</em></p>\n</div>"
    )


def plan() -> Any:
    """The step planner, with the plan that was kept. Never raises."""
    from course.cards.panels import NoticeCard

    try:
        return PlannerCard(shared_store())
    except Exception as error:
        LOG.debug("planner failed", exc_info=True)
        return NoticeCard("The course could not open the planner", [fault_text("open it", error, answered=False)])
