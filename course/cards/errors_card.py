"""``course.errors()``: what was answered wrong, to do again: the same question, or a fresh one like it.

A row is mended when it is answered right. Nothing is counted against anybody: the list is a place to work in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import esm, lessons
from course.cards.amounts import ago, local
from course.cards.frame_card import FrameCard, load
from course.cards.goal import exams
from course.cards.panels import follow
from course.cards.run import Run, RunStore
from course.cards.widget import STYLES as BASE
from course.language import flashcards
from course.learner import cards, log
from course.learner.error_log import Missed, error_log, redraw
from course.learner.exercise import Exercise
from course.learner.records import Kept
from course.questions import bank
from course.questions.generators import GENERATORS

if TYPE_CHECKING:
    from course.learner.store import Store

STYLES = (*BASE[:-1], "flash_cards.css", "run.css", "errors.css", "media.css")
#: What the list counts.
COUNTED = (
    "Counted are questions of the lessons and of the exam hall, drawn exercises and flash cards; all draws of one "
    "exercise at one level are one line."
)
#: What a kind is called where its name is no word.
KINDS = {"em_leveling": "E/M leveler", "flashcard": "Flash card", "highlight": "Mark the words"}


class FreshStore(RunStore):
    """What is answered here goes into the log as everywhere; where the card stood is not kept."""

    def save(self) -> Kept:
        return Kept.SAVED


class ErrorsCard(FrameCard):
    """The error log."""

    _esm = esm.bundle("errors.js", *STYLES)
    MOVES = {"open": "open this exercise", "fresh": "draw a fresh exercise", "list": "show the list"}

    def __init__(self, store: Store, *, on_check: Callable[[], None] | None = None) -> None:
        self.store = store
        self.opened = ""  # id of the row that is open
        self.turns = 0
        self.run = Run("errors", 0, [])  # what was answered since the exercise was opened
        self.drawn: set[str] = set()  # a fresh one is another each time, answered or not
        self.seen = -1  # how many answers there were when the list was shown
        super().__init__(label="errors", static_form=STATIC, on_check=on_check)
        follow(self)

    def update(self) -> None:
        """Something was answered on the page: the list is read anew; an open exercise stays as it is."""
        if self.asked is None and self.seen != len(log.attempts(self.store)):
            self.__dict__.pop("units", None)
            self.refresh(str(self.state.get("seq", "")), str(self.state.get("trouble", "")))

    @cached_property
    def units(self) -> dict[str, Any]:
        """Everything that can be missed, by id: questions as the bank has them, the rest as units."""
        met = {one.question_id for one in log.attempts(self.store)}
        units = {unit.id: unit for unit in cards.units(paths.now(), met)}
        return units | {item.id: item for item in bank.sound_items()}

    def missed(self) -> list[Missed]:
        """The log as it is now, the latest first."""
        return error_log(log.attempts(self.store), self.units)

    def moved(self, verb: str, content: Mapping[str, Any]) -> None:
        self.turns += 1
        if verb == "list":
            self.opened = ""
            self.__dict__.pop("units", None)
            self.ask(None)
            return
        found = {one.id: one for one in self.missed()}.get(str(content.get("id") or self.opened))
        if found is None or (verb == "open" and self.is_card(found.id)):
            return
        question_id: str | None = found.question_id
        if verb == "fresh":
            question_id = redraw(found, paths.now(), {one.question_id for one in log.attempts(self.store)} | self.drawn)
        if question_id is None:
            return
        self.drawn.add(question_id)
        self.opened = found.id
        self.run = Run("errors", 0, [])
        self.ask(Exercise(load(question_id), FreshStore(self.store, self.run)))  # type: ignore[arg-type]

    def later(self, here: Missed | None) -> str:
        """What the answer that is on the card did; "" while there is none, or it is not right."""
        if here is None or self.asked is None or (self.run.outcomes.get(self.asked.item.id) or [""])[-1] != "correct":
            return ""
        if here.mended:
            return f"Mended: \u201c{here.title}\u201d is answered right."
        if cards.unit_of(self.asked.item.id) == here.id:
            return "Right, with the solution seen. Answer it once more without it to mend it."
        return (
            f"Right. This was a fresh one like \u201c{here.title}\u201d, which stays to mend: go back to the list and "
            "do it again. The fresh one counts in your memory and your days of work."
        )

    @staticmethod
    def is_card(unit_id: str) -> bool:
        """A flash card is read here and rated in the review."""
        return unit_id.startswith("card/")

    # -- the screen ---------------------------------------------------------------------------------------------------

    def screen(self) -> dict[str, Any]:
        missed = self.missed()
        here = next((one for one in missed if one.id == self.opened), None)
        mended, self.seen = sum(one.mended for one in missed), len(log.attempts(self.store))
        return {
            "stage": "item" if self.asked is not None else "list",
            "at": self.turns,
            "place": "From your error log",
            "opened": self.opened,
            "tools": here is not None and here.generator is not None,
            "later": self.later(here),
            "told": f"{mended} of {len(missed)} mended" if missed else "",
            "counted": COUNTED if missed else "",
            "rows": [self.row(one) for one in missed],
            "lessons": {one: lessons.title_of(one) for one in sorted({one.lesson for one in missed if one.lesson})},
            "exams": [name for name in exams() if any(_of(name, one) for one in missed)],
        }

    def row(self, one: Missed) -> dict[str, Any]:
        """One line of the list, and what it can be filtered by."""
        last = ago(local(one.last_missed))
        drawn = one.id.startswith("gen/")  # its fresh ones are of its own objective
        card = cards.card_of(one.id) if self.is_card(one.id) else None
        return {
            "id": one.id,
            "title": one.title,
            "objective": one.objective,
            "lesson": one.lesson,
            "domains": list(one.domains),
            "kind": KINDS.get(one.kind, one.kind.replace("_", " ").capitalize()),
            "times": f"missed {last}" if one.times_missed == 1 else f"missed {one.times_missed} times, last {last}",
            "mended": one.mended,
            "fresh": one.generator is not None,
            "practices": GENERATORS[one.generator[0]].objective if one.generator and not drawn else "",
            "card": {
                "deck": flashcards.DECKS[card.deck].title, "back": card.back, "more": card.more,
            } if card else None,
        }  # fmt: skip


def _of(exam: str, one: Missed) -> bool:
    return any(domain.startswith(f"{exam}: ") for domain in one.domains)


STATIC = (
    '<div class="course-static">\n<p><strong>Your error log</strong></p>\n'
    "<p>Every exercise that was not right comes here, to do again or with fresh figures.</p>\n"
    "<p><em>To see yours, open this page in JupyterLab and press Run All.</em></p>\n</div>"
)
