"""A form whose values are kept, change by change: the chooser and the step planner.

Browser to Python: ``{"verb", "values", "seq"}``. Verbs: "sum" (work out, keep nothing), "keep" (and keep it), "undo"
(take the last kept change back), "over" (begin anew; that, too, can be undone), "paper" (a page to print, and the same
as text) and, where the form has a calendar, "file". Python answers each with one custom message of that ``seq``:
``answer``, ``values``, ``kept`` ({"saving", "warning", "undo"}), ``html`` and ``text``, ``file``, and ``trouble``, a
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from course.cards.widget import Card
from course.exams import kept
from course.learner.store import Store

VERBS = ("sum", "keep", "undo", "over", "paper", "file")
SAVED = "Saved on this computer."
UNFINISHED = "Your entries are saved. A marked field keeps the rest from being worked out."
#: A page of its own: small type, so that a plan of half a year stands on the two sides of a sheet, Letter or A4.
SHEET = """@page { margin: 11mm; }
body { font: 8.5pt/1.3 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #000; background: #fff; margin: 0;
  columns: 2; column-gap: 8mm; }
h1 { font-size: 14pt; margin: 0 0 4pt; column-span: all; } p { margin: 4pt 0 2pt; }
ul { margin: 0 0 2pt; padding-left: 12pt; } li { break-inside: avoid; } small { font-size: 7.2pt; }
table { border-collapse: collapse; width: 100%; margin-top: 4pt; } tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 0.5pt 5pt 0.5pt 0; border-bottom: 0.4pt solid #999; }"""


def page(body: str) -> str:
    """A whole page of HTML around a body."""
    head = f'<meta charset="utf-8"><title>Print</title><style>{SHEET}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def text_of(body: str) -> str:
    """The body as plain text: a line for each paragraph, item and row."""
    lines = re.sub(r"</(?:p|li|h1|tr)>", "\n", body.replace("\n", " "))
    lines = re.sub(r"<li>", "- ", lines)
    lines = re.sub(r"</t[hd]>\s*<t[hd][^>]*>", " | ", lines)
    plain = unescape(re.sub(r"<[^>]+>", "", lines))
    return "\n".join(" ".join(one.split()) for one in plain.splitlines() if one.strip()) + "\n"


class KeptForm(Card):
    """Below it a card gives ``stream``, :meth:`answer_of`, :meth:`cleaned`, :meth:`paper` and, if any, :meth:`file`."""

    stream = ""

    def __init__(self, store: Store, view: dict[str, Any]) -> None:
        self.store = store
        super().__init__(view=view, state={})
        self.show()
        self.on_msg(lambda _, content, __: self.handle(content))

    def cleaned(self, values: object) -> dict[str, Any]:
        """The values as they are kept: known fields only."""
        raise NotImplementedError

    def answer_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the card shows for clean values."""
        raise NotImplementedError

    def paper(self, values: dict[str, Any], answer: dict[str, Any]) -> str:
        """The body of a page to print, as HTML."""
        raise NotImplementedError

    def file(self, values: dict[str, Any]) -> dict[str, str] | None:
        """Name and text of a file to save, or None."""
        return None

    def show(self) -> None:
        """Set the state to what is kept, or to a form that was not touched."""
        stands = self.stands()
        answer = self.answer_of(stands)
        self.state = {"values": stands, "answer": answer, "kept": self.saving(answer)}

    def stands(self) -> dict[str, Any]:
        """The values that are kept, or those of a form that was not touched."""
        return self.cleaned(kept.latest(self.store, self.stream))

    def saving(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Whether what was entered is kept, in words, and whether a change can be taken back."""
        many = len(kept.stack(self.store.events(self.stream)))
        words = UNFINISHED if answer.get("faults") else SAVED
        saving = words if many and self.store.durable else ""
        return {"saving": saving, "warning": (self.store.warning or "") if many else "", "undo": many > 0}

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""
        if not isinstance(content, Mapping) or content.get("verb") not in VERBS:
            return
        verb, seq = content["verb"], content.get("seq")
        reply, trouble = self.guarded("work this out", lambda: self.reply(verb, content.get("values")))
        self.send({"seq": seq, **(reply or {"answer": None}), "trouble": trouble})

    def reply(self, verb: str, given: object) -> dict[str, Any]:
        """What Python answers to a verb."""
        values = self.cleaned(given)
        if verb == "undo":
            kept.undo(self.store, self.stream)
            values = self.stands()
        elif verb == "over":
            values = self.cleaned(None)
        if verb in ("keep", "over"):
            kept.keep(self.store, self.stream, values)
        answer = self.answer_of(values)
        if verb == "paper":
            body = self.paper(values, answer)
            return {"html": page(body), "text": text_of(body)}
        if verb == "file":
            return {"file": self.file(values)}
        self.state = {"values": values, "answer": answer, "kept": self.saving(answer)}
        return dict(self.state)
