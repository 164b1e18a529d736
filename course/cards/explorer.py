"""``course.explore("wages")``: choose occupation, place, year and dollars; chart and sentence follow.

The choices are drop-downs of ipywidgets: labelled, safe by keyboard, native on every device. The answer below them is
a card whose live region is there from the start, so that a screen reader says each new sentence. What can be picked
and what is said comes from :mod:`course.labor.explore`; here is only the wiring. Nothing is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets

from course.cards import esm
from course.cards.chart_card import view_of
from course.cards.dollars import isolated
from course.cards.say import html_of
from course.cards.widget import LOG, Card, fault_text
from course.labor import explore as explorers
from course.labor.drawing import Drawing
from course.labor.explore import Answer, Pick

STYLES = ("tokens.css", "card.css", "chart.css", "explorer.css", "media.css")
RUN = "To choose for yourself, open this page in JupyterLab and press Run All."
IMPORTS = "import pandas as pd\nimport course\n"
#: So many views are kept ready; one is about 50 kB.
KEPT = 64


class Part(Card):
    """The head of an explorer, or its answer: ``view["face"]`` says which."""

    answered = False
    _esm = esm.bundle("explorer.js", *STYLES)


class Explorer(ipywidgets.VBox):
    """Head, drop-downs, answer."""

    def __init__(self, model: explorers.Explorer, asked: Mapping[str, object]) -> None:
        self.model = model
        self.label = model.name
        self.pick, told = explorers.opening(model, asked)
        answer = model.answer(self.pick)
        drawing = draw(answer)
        self.static_form = static_form(model, answer, drawing, told)
        self.kept = ""  # the state chosen last
        self._quiet = False
        self._ready: OrderedDict[tuple[str, ...], dict[str, Any]] = OrderedDict()
        self.fields = {
            name: ipywidgets.Dropdown(
                options=model.choices(self.pick)[name],
                value=self.pick[name],
                description=label,
                layout=ipywidgets.Layout(flex_flow="column", align_items="stretch", width="auto", height="auto"),
                style={"description_width": "auto"},
            )
            for name, label in model.fields.items()
        }
        for name, one in self.fields.items():
            one.add_class("course-explorer-field")
            one.observe(lambda _, name=name: self.chosen(name), "value")
        row = ipywidgets.Box(list(self.fields.values()))
        row.add_class("course-explorer-choices")
        self.head = Part(view={"face": "head", "title": model.title, "intro": model.intro})
        self.answer = Part(view={"face": "answer", "told": told, **self._keep(self.pick, answer, drawing)})
        super().__init__([self.head, row, self.answer])
        self.add_class("course-explorer")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(data or {}), "text/plain": repr(self), "text/html": isolated(self.static_form)}, metadata

    def chosen(self, name: str) -> None:
        """A field was changed. Never raises; a fault is told where the sentence stands."""
        if self._quiet:
            return
        _, trouble = self.answer.guarded("show this", lambda: self._show(name))
        if trouble:
            self.answer.view = {**self.answer.view, "told": [], "trouble": trouble}

    def _show(self, name: str) -> None:
        wish = {field: str(one.value) for field, one in self.fields.items()}
        pick, moved = self.model.settle({**wish, "kept": self.kept}, {name})
        view = self._view(pick)
        self._offer(pick)
        self.pick = pick
        if pick.get("place", explorers.NATION) != explorers.NATION:
            self.kept = pick["place"]
        self.answer.view = {"face": "answer", "told": moved, **view}

    def _offer(self, pick: Pick) -> None:
        """Bring the drop-downs in line with a pick."""
        options = self.model.choices(pick)
        self._quiet = True
        try:
            for name, one in self.fields.items():
                with one.hold_sync():
                    if one.options != options[name]:
                        one.options = options[name]
                    if one.value != pick[name]:
                        one.value = pick[name]
        finally:
            self._quiet = False

    def _view(self, pick: Pick) -> dict[str, Any]:
        """What the answer shows of a pick, drawn or from those kept ready."""
        key = tuple(pick.values())
        if key in self._ready:
            self._ready.move_to_end(key)
            return self._ready[key]
        answer = self.model.answer(pick)
        return self._keep(pick, answer, draw(answer))

    def _keep(self, pick: Pick, answer: Answer, drawing: Drawing) -> dict[str, Any]:
        view = shown(answer, drawing)
        self._ready[tuple(pick.values())] = view
        while len(self._ready) > KEPT:
            self._ready.popitem(last=False)
        return view


def draw(answer: Answer) -> Drawing:
    """The chart of an answer; its reading is what one should know of the view."""
    from course.labor import plots

    reading = " ".join(answer.notes)
    return plots.draw(
        answer.kind, answer.frame, title=answer.title, source=answer.source, reading=reading, **answer.options
    )


def shown(answer: Answer, drawing: Drawing) -> dict[str, Any]:
    """What ``explorer.js`` shows of an answer, as JSON."""
    return {
        "sentence": answer.sentence,
        "about": answer.about,
        "chart": view_of(drawing),
        "code": IMPORTS + answer.code,
        "trouble": "",
    }


def static_form(model: explorers.Explorer, answer: Answer, drawing: Drawing, told: list[str]) -> str:
    """The view it opens with as plain HTML: the sentence, and the chart as an image."""
    notes = "".join(f"{html_of(one)}\n" for one in told)
    return (
        f'<div class="course-static course-static-explorer">\n<p><em>Explorer</em></p>\n'
        f"<p><strong>{escape(model.title)}</strong></p>\n{notes}{html_of(answer.sentence)}\n"
        f"{drawing.html(html_of(drawing.reading) if drawing.reading else '')}\n<p><em>{RUN}</em></p>\n</div>"
    )


def explore(name: object = "", **asked: object) -> Any:
    """An explorer by its name: ``explore("wages", state="OH", year=2023)``. Another name shows those there are; words
    it does not understand are told in it. Never raises."""
    from course.cards.panels import NoticeCard

    wanted = str(name).strip().lower().replace("_", "-").replace(" ", "-")
    try:
        if wanted in explorers.names():
            return Explorer(explorers.get(wanted), asked)
        near = explorers.nearest(wanted)
    except Exception as error:
        LOG.debug("explorer failed", exc_info=True)
        return NoticeCard("The course could not open this explorer", [fault_text("open it", error, answered=False)])
    hint = f"Did you mean {near}? There are:" if near else "There are:"
    return NoticeCard(f"There is no explorer called \u201c{str(name)[:60]}\u201d", [hint], explorers.names())
