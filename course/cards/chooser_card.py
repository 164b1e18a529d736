"""``course.choose()``: a few questions, and which exam what one answers speaks for, with reasons and their sources.

Messages: :mod:`course.cards.kept_form`; the values are {question: option} (:mod:`course.exams.chooser`). Answers are
kept in the stream "choice" of the learner's store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from course.cards import esm
from course.cards.kept_form import KeptForm
from course.cards.widget import LOG, fault_text
from course.exams import chooser, facts
from course.exams.plan_steps import listed
from course.learner.store import Store, shared_store

STYLES = ("tokens.css", "card.css", "kinds.css", "calculator.css", "certification.css", "media.css")
TITLE = "Which exam fits you?"
INTRO = (
    "Answer what you can; leave the rest. Each answer counts points for or against an exam, and each point has its "
    "reason. The points are this course's own judgment."
)
BLANK = "No answer yet"
EMPTY = "Answer one question or more. Nothing is ranked before that."
NO_PROMISE = "An exam that fits is no promise of a job: look at what employers near you ask for."
#: What the static form shows.
EXAMPLE = {"place": "office", "experience": "none", "records": "outpatient"}
RUN = "To answer for yourself, open this page in JupyterLab and press Run All."
#: Said of an exam that cannot be taken with the answers given.
BARRED = "not with your answers"
#: So many sources stand behind a note; more are a heap.
MOST_SOURCES = 4
MINUS = "\u2212"


class ChooserCard(KeptForm):
    """Questions on the left, the ranking on the right."""

    stream = "choice"
    _esm = esm.bundle("chooser.js", *STYLES)

    def __init__(self, store: Store) -> None:
        self.static_form = static_form()
        view = {"title": TITLE, "intro": INTRO, "fields": fields(), "no_promise": NO_PROMISE, "barred": BARRED}
        super().__init__(store, view)

    def cleaned(self, values: object) -> dict[str, Any]:
        return chooser.clean(values if isinstance(values, Mapping) else {})

    def answer_of(self, values: dict[str, Any]) -> dict[str, Any]:
        return answer(values)

    def paper(self, values: dict[str, Any], answer: dict[str, Any]) -> str:
        return f"<h1>{TITLE}</h1>\n{said(values)}\n{html(answer)}"


def fields() -> list[dict[str, Any]]:
    """The questions as ``calculator_form.js`` takes them."""
    return [
        {
            "kind": "choice",
            "key": one.key,
            "label": one.title,
            "help": one.help,
            "wide": True,
            "options": [["", BLANK], *([option.value, option.label] for option in one.options)],
        }
        for one in chooser.questions()
    ]


def answer(values: Mapping[str, Any]) -> dict[str, Any]:
    """The choice as JSON: ``state`` "blank" or "done"."""
    made = chooser.choose(values)
    if not made.answered:
        return {"state": "blank", "faults": {}, "sentence": EMPTY}
    asked = {one.key: one for one in chooser.questions()}
    changes: dict[str, list[list[str]]] = {}
    for one in made.changes:
        option = asked[one.question].option(one.value)
        changes.setdefault(asked[one.question].title, []).append([option.label if option else "", listed([*one.first])])
    return {
        "state": "done",
        "faults": {},
        "sentence": sentence(made),
        "sure": sure(made),
        "top": _top(made),
        "ranked": [_row(*one) for one in made.ranked],
        "neighbors": [{**_row(0, *one), "fit": _fit(made, one[0])} for one in made.neighbors],
        "notes": [[one.text, _brief(one.sources)] for one in made.notes],
        "changes": [[title, rows] for title, rows in changes.items()],
        "firm": "" if changes else "No other single answer would put another exam first.",
    }


def _top(made: chooser.Choice) -> list[list[Any]]:
    """What comes before the ranking: ["warn" or "note", sentence, sources]."""
    found: list[list[Any]] = [["warn", one.text, list(one.sources)] for one in made.barred]
    found += [["warn", text, []] for text in made.clashes]
    if made.made_for:
        name = facts.first(made.made_for, "full_name")
        text = f"The {made.made_for} ({name.value}) is made for the place you chose. It stands below, beside the four."
        found.append(["note", text, [name.told]])
    return found


def _brief(sources: Sequence[str]) -> list[str]:
    """The sources of a note; of many prices at once, the file that names them all."""
    return [*sources] if len(sources) <= MOST_SOURCES else ["data/exams/costs.csv, with source and date of each price"]


def _fit(made: chooser.Choice, exam: str) -> str:
    """Why a neighbor is shown."""
    return "Made for the place you chose" if exam == made.made_for else "More points than the four"


def _row(place: int, exam: str, points: int, why: Iterable[chooser.Reason]) -> dict[str, Any]:
    """An exam with its points and their reasons."""
    return {
        "place": place,
        "exam": exam,
        "name": facts.value(exam, "full_name"),
        "points": many(points),
        "barred": chooser.is_barred([*why]),
        "reasons": [[signed(one.points), one.text, list(one.sources)] for one in why],
    }


def sentence(made: chooser.Choice) -> str:
    """Who is first, or that nobody is."""
    first = list(made.first)
    if len(first) == len(facts.MAIN):
        return "What you said does not decide between the four."
    if len(first) > 1:
        return f"What you said speaks equally for {listed(first)}."
    return f"What you said speaks most for the {first[0]}."


def sure(made: chooser.Choice) -> str:
    """How firm that is."""
    count = "All" if made.answered == made.of else str(made.answered)
    said = f"{count} of {made.of} questions answered." if count != "All" else f"All {made.of} questions answered."
    if len(made.first) > 1:
        return said
    close = f"It leads by {many(made.lead)}{': that is close' if made.lead < 2 else ''}."
    return f"{said} {close}"


def many(points: int) -> str:
    """ "1 point", "−2 points"."""
    return f"{str(points).replace('-', MINUS)} point{'' if abs(points) == 1 else 's'}"


def signed(points: int) -> str:
    """ "+2" or "−1"."""
    return f"+{points}" if points > 0 else f"{MINUS}{-points}"


# -- where nothing runs, and on paper


def said(values: Mapping[str, Any]) -> str:
    """What was answered, as a list."""
    rows = [(one.title, one.option(values.get(one.key))) for one in chooser.questions()]
    items = "\n".join(f"<li>{escape(title)} {escape(option.label)}</li>" for title, option in rows if option)
    return f"<ul>\n{items}\n</ul>"


def html(answer: Mapping[str, Any]) -> str:
    """An answer as plain HTML."""
    if answer["state"] == "blank":
        return f"<p>{escape(answer['sentence'])}</p>"
    parts = [f"<p><strong>{escape(answer['sentence'])}</strong> {escape(answer['sure'])}</p>"]
    parts += [f"<p>{escape(text)}{_sources(names)}</p>" for _, text, names in answer["top"]]
    parts += [_exam(f"{one['place']}. {one['exam']}", one) for one in answer["ranked"]]
    if answer["neighbors"]:
        parts.append("<p>Beside the four:</p>")
        parts += [_exam(one["exam"], one) for one in answer["neighbors"]]
    parts += [f"<p>{escape(text)}{_sources(names)}</p>" for text, names in answer["notes"]]
    parts.append("<p>What would put another exam first:</p>")
    rows = [(title, label, then) for title, labels in answer["changes"] for label, then in labels]
    items = [f"<li>{escape(title)} {escape(label)}: {escape(then)}</li>" for title, label, then in rows]
    parts.append("<ul>\n" + "\n".join(items) + "\n</ul>" if items else f"<p>{escape(answer['firm'])}</p>")
    return "\n".join([*parts, f"<p>{NO_PROMISE}</p>"])


def _exam(head: str, one: Mapping[str, Any]) -> str:
    items = "\n".join(
        f"<li>{points}: {escape(text)}{_sources(sources)}</li>" for points, text, sources in one["reasons"]
    )
    body = f"<ul>\n{items}\n</ul>" if items else ""
    more = ", ".join(
        [one["points"], *([one["fit"].lower()] if "fit" in one else []), *([BARRED] if one["barred"] else [])]
    )
    return f"<p><strong>{escape(head)}</strong> ({escape(one['name'])}): {more}</p>\n{body}"


def _sources(sources: list[str]) -> str:
    return f" <small>({escape('; '.join(sources))})</small>" if sources else ""


def static_form() -> str:
    """The example as plain HTML, and all questions with their options."""
    questions = "\n".join(
        f"<li>{escape(one.title)} {escape('; '.join(option.label for option in one.options))}.</li>"
        for one in chooser.questions()
    )
    return (
        f'<div class="course-static course-static-chooser">\n<p><strong>{TITLE}</strong></p>\n<p>{INTRO}</p>\n'
        f"<ol>\n{questions}\n</ol>\n<p>Example, answered with:</p>\n{said(EXAMPLE)}\n{html(answer(EXAMPLE))}\n"
        f"<p><em>{RUN}</em></p>\n</div>"
    )


def choose() -> Any:
    """The chooser, with what was answered before. Never raises."""
    from course.cards.panels import NoticeCard

    try:
        return ChooserCard(shared_store())
    except Exception as error:
        LOG.debug("chooser failed", exc_info=True)
        return NoticeCard("The course could not open the chooser", [fault_text("open it", error, answered=False)])
