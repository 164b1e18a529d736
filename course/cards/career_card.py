"""``course.calculator("career")``: how many months until an exam has paid for itself, from ranges that one can change.

Browser to Python: ``{"verb": "sum", "values", "seq"}``; Python answers with ``{"seq", "answer", "trouble"}``, as the
other calculators do (values and answer: :mod:`course.labor.career_form`). Nothing goes into the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from typing import Any

from course.calculators.model import Field, Option
from course.cards import esm
from course.cards.calculator import SumCard
from course.labor import career_data as data
from course.labor import career_form as forms
from course.labor.career_limits import LIMITS, POINTS
from course.labor.career_words import RUN as RUN_IS

STYLES = ("tokens.css", "card.css", "kinds.css", "calculator.css", "career.css", "media.css")
TITLE = "Does the exam pay for itself, and when?"
INTRO = (
    "Nobody knows the figures exactly, so ranges go in and a range comes out: what would follow from them, not what "
    "will happen. The example studies for the CPC and earns the median of medical secretaries now. Put in your own "
    "figures."
)
RUN = "To work with figures of your own, open this page in JupyterLab and press Run All."
PRESENT = "Before tax. Until you enter yours: the median of medical secretaries there."
#: Heading -> ranges below it, in the order of the form. The course stands with the exam.
GROUPS = {
    "What it costs": (
        *("books_usd", "exam_fee_usd", "further_sitting_usd", "membership_usd", "renewal_usd", "ceu_usd"),
        "hour_value_usd",
    ),
    "How long it takes": ("study_hours", "seat_months", "retake_months", "search_months"),
    "How it turns out": ("pass_percent", "find_percent", "first_wage_usd", "tax_percent"),
}


class CareerCard(SumCard):
    """The calculator, open with its example."""

    _esm = esm.bundle("career.js", *STYLES)

    def __init__(self) -> None:
        self.label = "career"
        answer = forms.answer(forms.EXAMPLE)
        self.static_form = static_form(answer)
        super().__init__(
            lambda values: forms.answer(values),
            {
                "title": TITLE,
                "intro": INTRO,
                "you": [asdict(one) for one in you()],
                "exam": [asdict(one) for one in exam()],
                "plan": [asdict(one) for one in plan()],
                "groups": [[head, list(keys)] for head, keys in GROUPS.items()],
                "labels": {key: label for key, (label, _, _) in LIMITS.items()},
                "start": start(),
                "answer": answer,
            },
        )


def card() -> CareerCard:
    """The card, for ``course.calculator``."""
    return CareerCard()


def start() -> dict[str, Any]:
    """What the form holds before anything is typed; wages and ranges come with the answer."""
    return {**forms.EXAMPLE, **{key: f"{value:g}" for key, value in POINTS.items()}}


def you() -> tuple[Field, ...]:
    """State and work."""
    places = tuple(Option(key, one.name) for key, one in data.states().items())
    return (
        Field("choice", "state", "State", options=places),
        _number("present_wage_usd", "Present wage", "dollars", help=PRESENT),
        Field(
            "choice", "per", "Wage is for", options=(Option("hour", "an hour"), Option("year", "a year of full time"))
        ),
        _number("work_hours", "Work hours a week", "hours"),
        _number("study_hours_a_week", "Study hours a week", "hours"),
    )


def exam() -> tuple[Field, ...]:
    """The exam and how it is bought."""
    names = tuple(Option(key, name) for key, name in forms.EXAMS.items())
    by_body = {body: tuple(one for one in data.BODIES if data.BODIES[one] == body) for body in data.CHOICES}
    ways = {body: tuple(Option(way, forms.WAYS[way]) for way in data.CHOICES[body]) for body in data.CHOICES}
    return (
        Field("choice", "exam", "Exam", options=names, wide=True),
        Field("choice", "sittings_bought", "Bought as", options=ways["AAPC"], when=("exam", by_body["AAPC"])),
        Field("choice", "membership", "AHIMA price for", options=ways["AHIMA"], when=("exam", by_body["AHIMA"])),
    )


def plan() -> tuple[Field, ...]:
    """Choices among the assumptions that are no ranges."""
    from course.labor.prices import may_index

    dollars = (
        Option("latest", f"dollars of May {max(may_index())}, by consumer prices"),
        Option("published", "as published"),
    )
    return (
        Field("choice", "wages", "First wage in", options=dollars, wide=True),
        _number("sittings", "Sittings at most", "sittings", help="After the last one you stop."),
        _number("horizon_years", "Years to look ahead", "years"),
    )


def _number(key: str, label: str, unit: str, help: str = "") -> Field:
    return Field("number", key, label, unit=unit, help=help)


def static_form(answer: Mapping[str, Any]) -> str:
    """The example as plain HTML: the answer and what a run is, the assumptions with their sources, the steps."""
    rows = "\n".join(
        f"<li>{LIMITS[key][0]}: {low if low == high else f'{low} to {high}'} {unit} ({escape(source)})</li>"
        for key, low, high, unit, source, _ in answer["ranges"]
    )
    swings = "\n".join(f"<li>{escape(one['label'])}: {escape(one['text'])}</li>" for one in answer["swings"])
    steps = "\n".join(f"<li>{escape(one)}</li>" for one in answer["steps"])
    notes = "\n".join(f"<p>{escape(one)}</p>" for one in answer["notes"])
    return (
        f'<div class="course-static course-static-career">\n<p><em>Calculator</em></p>\n'
        f"<p><strong>{TITLE}</strong></p>\n<p>{INTRO}</p>\n<p><strong>{escape(answer['sentence'])}</strong></p>\n"
        f"<p>{RUN_IS}</p>\n"
        f"<p>What moves the result most:</p>\n<ul>\n{swings}\n</ul>\n<p>Step by step:</p>\n<ol>\n{steps}\n</ol>\n"
        f"<p>{escape(answer['experience'])}</p>\n<p>Assumptions:</p>\n<ul>\n{rows}\n</ul>\n{notes}\n"
        f"<p><em>{escape(answer['source'])} {RUN}</em></p>\n</div>"
    )
