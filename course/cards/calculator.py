"""``course.calculator("anesthesia")``: the sums of procedure coding, worked out step by step while one types.

Browser to Python: ``{"verb": "sum", "values", "seq"}``. Python answers with one custom message ``{"seq", "answer"}``
(what :func:`course.calculators.model.run` gives) and ``trouble``, a sentence. ``view`` holds the fields, the example
and its answer; ``state`` the last values, so that a page that is drawn again shows them. Nothing goes into the store.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from html import escape
from typing import Any

from course import calculators
from course.calculators.model import Field, Spec, run
from course.cards import esm
from course.cards.widget import LOG, Card, fault_text

STYLES = ("tokens.css", "card.css", "kinds.css", "deck.css", "calculator.css", "media.css")
#: Calculators with a card of their own: name -> module with ``card()``.
OWN: dict[str, str] = {"em-level": "course.cards.em_level", "career": "course.cards.career_card"}
RUN = "To work with values of your own, open this page in JupyterLab and press Run All."


class SumCard(Card):
    """A form whose sum Python works out anew at each change. ``sum_of``: the values of the form -> the answer."""

    answered = False

    def __init__(self, sum_of: Callable[[Any], Any], view: dict[str, Any]) -> None:
        self.sum_of = sum_of
        super().__init__(view=view, state={})
        self.on_msg(lambda _, content, __: self.handle(content))

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""
        if not isinstance(content, Mapping) or content.get("verb") != "sum":
            return
        values = content.get("values")
        answer, trouble = self.guarded("work this out", lambda: self.sum_of(values))
        if answer is not None:
            self.state = {"values": values, "answer": answer}
        self.send({"seq": content.get("seq"), "answer": answer, "trouble": trouble})


class Calculator(SumCard):
    """One calculator, open with its example."""

    _esm = esm.bundle("calculator.js", *STYLES)

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.label = spec.name
        answer = run(spec, spec.example)
        self.static_form = static_form(spec, answer)
        super().__init__(
            lambda values: run(self.spec, values),
            {
                "title": spec.title,
                "intro": spec.intro,
                "source": spec.source,
                "units_head": spec.units_head,
                "fields": [asdict(one) for one in spec.fields],
                "example": dict(spec.example),
                "answer": answer,
            },
        )


def names() -> tuple[str, ...]:
    """All names of calculators."""
    return (*OWN, *calculators.names())


def calculator(name: object = "") -> Card:
    """A calculator by its name: ``calculator("repair")``. Another name shows those there are. Never raises."""
    from course.cards.panels import NoticeCard

    wanted = str(name).strip().lower().replace("_", "-").replace(" ", "-")
    if wanted not in names():
        near = difflib.get_close_matches(wanted, names(), n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}? There are:" if near else "There are:"
        return NoticeCard(f"There is no calculator called \u201c{str(name)[:60]}\u201d", [hint], names())
    try:
        if wanted in OWN:
            own: Card = importlib.import_module(OWN[wanted]).card()
            return own
        return Calculator(calculators.get(wanted))
    except Exception as error:
        LOG.debug("calculator failed", exc_info=True)
        return NoticeCard("The course could not open this calculator", [fault_text("open it", error, answered=False)])


# -- where nothing runs


def static_form(spec: Spec, answer: Mapping[str, Any]) -> str:
    """The example as plain HTML: what was entered, the sum in words, the lines."""
    entered = "\n".join(f"<li>{escape(one)}</li>" for one in _entered(spec.fields, spec.example))
    steps = "\n".join(f"<li>{escape(one)}</li>" for one in answer["steps"])
    lines = "\n".join(f"<li>{escape(_line(*one))}</li>" for one in answer["lines"])
    return (
        f'<div class="course-static course-static-calculator">\n<p><em>Calculator</em></p>\n'
        f"<p><strong>{escape(spec.title)}</strong></p>\n<p>{escape(spec.intro)}</p>\n"
        f"<p>Example:</p>\n<ul>\n{entered}\n</ul>\n<p>Step by step:</p>\n<ol>\n{steps}\n</ol>\n"
        f"<p>Lines:</p>\n<ul>\n{lines}\n</ul>\n<p><strong>{escape(answer['sentence'])}</strong></p>\n"
        f"<p><em>Rule: {escape(spec.source)} {RUN}</em></p>\n</div>"
    )


def _line(code: str, modifiers: list[str], units: str, words: str) -> str:
    head = "-".join([code, *modifiers])
    return f"{head}, {units}" + (f" ({words})" if words else "")


def _entered(fields: tuple[Field, ...], values: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> list[str]:
    """Label and value of each field that is filled in and shown."""
    around = {**(above or {}), **values}
    said = []
    for one in fields:
        value = values.get(one.key)
        if (one.when and around.get(one.when[0]) not in one.when[1]) or value in ("", None, [], False):
            continue
        if one.kind == "rows":
            for place, row in enumerate(value or (), 1):
                said.append(f"{one.row} {place}: {'; '.join(_entered(one.columns, row, values))}")
            continue
        said.append(one.label if one.kind == "tick" else f"{one.label}: {_value(one, value, around, fields)}")
    return said


def _value(one: Field, value: Any, around: Mapping[str, Any], fields: tuple[Field, ...]) -> str:
    labels = {option.value: option.label for option in one.options}
    if one.kind == "ticks":
        return ", ".join(labels[each] for each in value)
    unit = one.unit
    for other in fields:
        if other.key == one.unit_of:
            unit = next((option.unit for option in other.options if option.value == around.get(other.key)), "") or unit
    return f"{labels.get(value, value)}{f' {unit}' if unit else ''}"
