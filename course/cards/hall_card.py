"""``course.exam("CPC")``: the exam hall. A lobby, an exam being taken, its score report.

Browser to Python: ``{"verb", "seq", …}``; Python answers each with one custom message ``{"seq", "trouble", …}``:

    lobby                                        lobby: what was begun and done (course.cards.hall_lobby.rows)
    begin    exam, part, timed, confidence       sitting, views, books, books_words, aids
    open     sitting                             the same; or report, when it is handed in or its time is over
    save     sitting, changes [{place, field, value}]     saved: {saved, saved_message, remaining, closed,
                                                      others}: what another page did meanwhile
    pause, resume    sitting                     saved
    submit, report   sitting                     report (course.cards.hall_report)
    abandon  sitting                             lobby
    book     book                                model: the id of a code browser to draw in the pane

A change's ``field`` is one of :meth:`course.exams.sitting.Sitting.change`, or ``go``: the learner turned to ``place``.
All questions go out when a sitting is opened, so that the learner can go on while the kernel is silent. Before it is
handed in nothing goes out that tells a key: views of questions, and what the learner did.

``view`` holds the exams; ``state`` says where a page that is drawn again opens: the ``sitting``, or "" for the lobby.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from course import paths
from course.bootstrap.errors import UserError
from course.cards import esm, hall_books, hall_desk, hall_lobby, hall_report, hall_static
from course.cards.widget import LOG, Card, fault_text, where
from course.exams import assemble, assemble_share, blueprint, pool
from course.exams.sitting import Sitting, sittings

if TYPE_CHECKING:
    from course.learner.store import Store

STYLES = (
    *("tokens.css", "card.css", "kinds.css", "modifier_choice.css", "service_lines.css", "chart.css", "deck.css"),
    *("hall.css", "media.css"),
)

#: Verb -> what the course could not do, for the sentence after a fault.
VERBS = {
    "lobby": "open the lobby",
    "begin": "begin this exam",
    "open": "open this exam",
    "save": "save this",
    "pause": "stop the clock",
    "resume": "go on",
    "submit": "hand the exam in",
    "report": "open this report",
    "abandon": "give this exam up",
    "book": "open the code book",
}
#: Names of the parts in words.
PARTS = {"full": 1.0, "whole": 1.0, "half": 0.5, "quarter": 0.25, "tenth": 0.1}


class Told(Exception):
    """Something to tell the learner that is no fault of the course."""


class HallCard(Card):
    """The hall over one store. ``exam``, ``part``: what the lobby offers first; without a part it is a tenth for who
    was never here, else the whole."""

    label = "exam hall"
    _esm = esm.bundle("hall.js", *STYLES)

    def __init__(self, store: Store, exam: str = "CPC", part: float | None = None) -> None:
        self.store = store
        self.static_form = hall_static.static_form()
        self.taken: Sitting | None = None
        self.books: dict[tuple[str, str], Card] = {}
        self.pages = hall_desk.Pages()
        found, _ = self.guarded(VERBS["lobby"], self._lobby)
        part = part or (1.0 if found else 0.1)
        super().__init__(
            view={
                "exams": hall_lobby.exams(),
                "choice": {"exam": exam, "part": part, "timed": True, "confidence": False},
            },
            state={"sitting": hall_desk.running(found or []), "sittings": found or []},
        )
        self.on_msg(lambda _, content, __: self.handle(content))

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""
        if not isinstance(content, Mapping) or str(content.get("verb")) not in VERBS:
            return
        verb = str(content["verb"])
        answer, trouble = self.guarded(VERBS[verb], lambda: self.act(verb, content))
        self.send({"seq": content.get("seq"), **(answer or {}), "trouble": trouble})

    def guarded(self, what: str, call: Any) -> tuple[Any, str]:
        """As every card's; what is to be told is told as it is."""
        try:
            return call(), ""
        except (Told, UserError) as told:
            return None, str(told)
        except Exception as error:
            LOG.debug("%s failed", what, exc_info=True)
            return None, (
                f"The course could not {what}. What you answered is kept. Try once more; if it happens again, run this "
                f"cell again, and report this to the course: {where(error)}."
            )

    def act(self, verb: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one message. Raises :class:`Told`, or whatever fails."""
        if verb == "lobby":
            return self._to_lobby()
        if verb == "begin":
            return self._begin(content)
        if verb == "book":
            return self._book(content.get("book"))
        sitting, page = self._sitting(content.get("sitting")), hall_desk.page_of(content)
        if verb in ("submit", "report"):
            return self._report(sitting, hand_in=verb == "submit")
        if verb == "open":
            closed = sitting.state(paths.now())["closed_by"]
            return self._report(sitting, hand_in=False) if closed else self._desk(sitting, page)
        if verb == "abandon":
            sitting.abandon(paths.now())
            return self._to_lobby()
        strange = self.pages.strange(page, sitting)
        if verb == "save":
            self._save(sitting, content.get("changes"))
        elif verb == "pause":
            sitting.pause(paths.now())
        else:
            sitting.resume(paths.now())
        return {"saved": self.pages.saved(page, sitting, strange)}

    # -- the lobby ----------------------------------------------------------------------------------------------------

    def _lobby(self) -> list[dict[str, Any]]:
        """What was begun and done. Sittings whose time ran out meanwhile are completed here."""
        now = paths.now()
        for one in sittings(self.store, now=now):
            if one.state == "submitted" and one.score is None:
                self.guarded(VERBS["report"], partial(Sitting.open, self.store, one.id, now=now))
        found = sittings(self.store, now=now)
        left: dict[str, dict[str, Any]] = {}
        for one in found:
            if one.state in ("open", "paused") and one.timed:
                left[one.id] = Sitting.open(self.store, one.id, now=now).state(now)
        return hall_lobby.rows(found, left)

    def _to_lobby(self) -> dict[str, Any]:
        rows = self._lobby()
        self.taken = None
        self.state = {"sitting": "", "sittings": rows}
        return {"lobby": rows}

    # -- a sitting ----------------------------------------------------------------------------------------------------

    def _begin(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Draw a form of items not met yet, or met longest ago, and start. Twice at once starts one exam."""
        plan, now = blueprint.load(str(content.get("exam"))), paths.now()
        part = part_of(content.get("part"))
        page, timed = hall_desk.page_of(content), content.get("timed") is not False
        if twin := hall_desk.just_begun(self.store, plan.exam, part, timed, now):
            return self._desk(self._sitting(twin), page)
        seen: dict[str, Any] = {}
        for attempt in self.store.attempts():
            seen[attempt.question_id] = attempt.at
        form = assemble.form(plan, seed=int(now.timestamp() * 1000) % 2**31, part=part, seen=seen)
        if not form.entries:
            raise Told(f"The course has no questions for the {plan.exam} exam yet. Choose another exam.")
        self.taken = Sitting.begin(
            self.store,
            form,
            timed=timed,
            confidence=content.get("confidence") is True,
            now=now,
        )
        return self._desk(self.taken, page)

    def _sitting(self, sitting_id: object) -> Sitting:
        """The sitting of a message. One that is open here stays so: it knows what is saved."""
        if self.taken is None or self.taken.id != sitting_id:
            try:
                self.taken = Sitting.open(self.store, str(sitting_id), now=paths.now())
            except KeyError as error:
                raise Told(str(error.args[0])) from error
        return self.taken

    def _desk(self, sitting: Sitting, page: str) -> dict[str, Any]:
        """A sitting with all its questions, and what lies on the desk beside them."""
        now = paths.now()
        state = sitting.state(now)
        plan = blueprint.load(state["exam"])
        year = pool.book_year(plan, paths.today())
        self.state = {**self.state, "sitting": sitting.id}
        self.pages.saved(page, sitting, [])
        kept = {name: value for name, value in state.items() if name not in ("items", "deadline")}
        return {
            "sitting": {**kept, "items": hall_desk.rows(state)},
            "views": [hall_desk.question(row["id"], row["domain"], plan, year) for row in state["items"]],
            "books": hall_books.shelf(plan),
            "books_words": hall_books.words(plan),
            "aids": hall_books.aids(plan),
        }

    def _save(self, sitting: Sitting, changes: Any) -> None:
        """Keep the changes of one message, in their order; what makes no sense is left out by the sitting."""
        now = paths.now()
        for one in changes if isinstance(changes, list) else ():
            if not isinstance(one, Mapping):
                continue
            place: Any = one.get("place")
            if one.get("field") == "go":
                sitting.go(place, now)
            else:
                sitting.change(place, str(one.get("field")), one.get("value"), now)
        self.store.flush()

    def _report(self, sitting: Sitting, *, hand_in: bool) -> dict[str, Any]:
        now = paths.now()
        closed = sitting.state(now)["closed_by"]
        if closed == "abandoned":
            raise Told("This exam was given up, so it has no report.")
        if not (hand_in or closed):
            raise Told("This exam is not handed in yet. Its report comes after that.")
        report = hall_report.shown(sitting.submit(now))
        self.state = {"sitting": sitting.id, "sittings": []}
        return {"report": report}

    # -- the desk -----------------------------------------------------------------------------------------------------

    def _book(self, book: object) -> dict[str, Any]:
        """A code browser of its own for the pane; the same one when it is asked for again."""
        if self.taken is None:
            raise Told("The code books lie on the desk of an exam. Begin one first.")
        exam = self.taken.state(paths.now())["exam"]
        key = (exam, str(book))
        if key not in self.books:
            plan = blueprint.load(exam)
            card = hall_books.opened(plan, book, pool.book_year(plan, paths.today()))
            if card is None:
                raise Told("This book is not allowed in this exam.")
            self.books[key] = card
        return {"model": self.books[key].model_id}


def part_of(part: object) -> float:
    """0.25 for 0.25, "1/4", "a quarter" or Fraction(1, 4). Raises :class:`Told` for what is no part of an exam."""
    text = " ".join(str(part).lower().split()).removeprefix("a ").removesuffix(" length")
    try:
        return float(assemble_share.part_of(PARTS.get(text, part)))
    except Exception as error:  # a UserError with words for the terminal, or whatever a strange object does
        raise Told(
            f"There is no exam of the length \u201c{str(part)[:40]}\u201d. Write 1, 1/2, 1/4 or 1/10."
        ) from error


def exam(exam: object = "", part: object = "") -> Card:
    """The exam hall: ``exam()``, ``exam("CPC")``, ``exam("CCA", "1/2")``. Never raises: what is wrong is told in
    a card.

    ``part``: 1, 1/2, 1/4 or 1/10 of an exam, chosen beforehand; the lobby offers all of them. Without one it is a tenth
    for the first exam, then the whole.
    """
    from course.cards.panels import NoticeCard
    from course.learner.store import shared_store

    try:
        chosen = part_of(part) if part != "" else None
        return HallCard(shared_store(), blueprint.known(exam) if str(exam).strip() else "CPC", chosen)
    except Told as told:
        return NoticeCard("The exam hall cannot open like this", [str(told)])
    except blueprint.UnknownExam as error:
        return NoticeCard(str(error), ["There are:"], blueprint.names())
    except Exception as error:
        LOG.debug("exam failed", exc_info=True)
        return NoticeCard("The course could not open the exam hall", [fault_text("open it", error, answered=False)])
