"""The question card: one exercise, live in a notebook.

The exercise (:mod:`course.learner.exercise`) knows the question, the verdict and what was saved; the card only passes
messages. Run the cell again and the card is made anew from the exercise's state.

Browser to Python: ``{"verb": "check"|"hint"|"solution"|"another"|"again"|"draft"|"search", "response", "q", "seq"}``.
Python to browser: ``view`` and ``state`` (with the ``seq`` it answers); for draft and search a message with that
``seq``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import esm
from course.cards.widget import STYLES, Card
from course.codesets import icd10cm
from course.questions import kinds
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.learner.exercise import Exercise

#: How many hits the look-up list shows.
HITS = 8

#: Longest query that is searched; a pasted page is no query.
LONGEST_QUERY = 200

#: Verb -> what the course could not do, for the sentence after a fault.
VERBS = {
    "check": "check this answer",
    "hint": "show the hint",
    "solution": "show the solution",
    "another": "draw another exercise",
    "again": "clear the card",
}


class QuestionCard(Card):
    """Shows one exercise and passes on what the learner does.

    ``label`` and ``static_form`` stand for the card where nothing runs; by default those of the exercise's item.
    ``chart_above``: the page shows the chart of the question just above, so the card folds its own away.
    ``on_check`` is called after each check (a deck counts, a lesson's header is brought up to date).
    """

    _esm = esm.bundle("question.js", *STYLES)

    def __init__(
        self,
        exercise: Exercise,
        *,
        label: str = "",
        static_form: str = "",
        chart_above: bool = False,
        on_check: Callable[[], None] | None = None,
    ) -> None:
        self.exercise = exercise
        self.chart_above = chart_above
        self.label = label or exercise.item.id
        shown = exercise.item.model_copy(update={"plot": None}) if chart_above else exercise.item
        self.static_form = static_form or kinds.static_html(shown)
        self.on_check = on_check
        super().__init__()
        with self.hold_sync():
            self.view = self.look()
            self.refresh()
            self.state = {**self.state, "restored": bool(self.state.get("verdict"))}
        self.on_msg(lambda _, content, __: self.handle(content))

    def look(self) -> dict[str, Any]:
        """The question as the browser shows it: the edition is the one it is graded in."""
        item = self.exercise.item
        year = item.edition_for(paths.today().year) if common.about_services(item) else self.edition()
        view = {**self.exercise.view(), "edition_label": common.edition_label(item, (year,))}
        if "plot" in view:
            view["plot"] = {**view["plot"], "folded": self.chart_above}
        return view

    def edition(self) -> int:
        """Fiscal year of the code set this exercise is graded in."""
        return self.exercise.item.edition_for(icd10cm.edition_on(paths.today()))

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""
        if not isinstance(content, Mapping):
            return
        verb, seq = str(content.get("verb")), str(content.get("seq", ""))
        if verb == "search":
            self.send({"seq": seq, "hits": self.search(content.get("q"))})
        elif verb == "draft":
            _, trouble = self.guarded("keep your draft", lambda: self.exercise.draft(content.get("response")))
            self.send({"seq": seq, "trouble": trouble})
        elif verb in VERBS:
            _, trouble = self.guarded(VERBS[verb], lambda: self.act(verb, content.get("response")))
            self.refresh(seq, trouble, redraw=verb == "another")
            if verb == "check" and self.on_check is not None:
                self.guarded("bring the progress up to date", self.on_check)

    def act(self, verb: str, response: Any) -> None:
        """Call the exercise."""
        if verb == "check":
            self.exercise.check(response)
        elif verb == "hint":
            self.exercise.hint()
        elif verb == "solution":
            self.exercise.solution()
        elif verb == "again":
            self.exercise.again()
        else:
            self.exercise.another()

    def refresh(self, seq: str = "", trouble: str = "", *, redraw: bool = False) -> None:
        """Send the browser the present state, in one message. After a fault the card keeps what it showed."""
        state, fault = self.guarded("show the result", self.exercise.state)
        shown = {**(self.state if state is None else state), "seq": seq, "trouble": trouble or fault}
        with self.hold_sync():
            if redraw:
                self.view = self.look()
            self.state = shown

    def search(self, query: Any) -> list[dict[str, Any]]:
        """Hits for the look-up list; an item may switch it off, its kind may search itself; a fault finds nothing."""
        if not isinstance(query, str) or not self.view.get("lookup", True):
            return []
        own = getattr(kinds.KINDS[self.exercise.item.kind], "search", None)
        if own is not None:
            hits, _ = self.guarded("search", lambda: own(query[:LONGEST_QUERY], HITS))
            return list(hits or ())
        codes = icd10cm.open_edition
        found, _ = self.guarded("search", lambda: codes(self.edition()).search(query[:LONGEST_QUERY], limit=HITS))
        return [
            {"code": hit.code, "title": hit.title, "billable": bool(hit.billable), "matched": hit.matched or ""}
            for hit in found or ()
        ]
