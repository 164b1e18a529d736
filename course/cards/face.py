"""What a notebook calls. Each name returns something to look at and never raises: what is wrong is told in a card.

lesson("03")   ask("03-structure/buckle-fracture")   practice("laterality", level=2)   checkpoint("03")   progress()
review(minutes=15)   practice(minutes=20)   errors()   dashboard()
"""

from __future__ import annotations

import csv
import difflib
import functools
import re
from collections.abc import Callable
from typing import Any

from course import labor, paths
from course.cards import lessons, turn
from course.cards.deck_card import DeckCard
from course.cards.panels import LessonCard, NoticeCard, ProgressCard, update_all
from course.cards.question_card import QuestionCard
from course.cards.run import minutes_of
from course.cards.widget import LOG, Card, fault_text
from course.codesets import icd10cm
from course.learner.deck import Card as Candidate
from course.learner.exercise import Exercise
from course.learner.store import shared_store
from course.questions import bank, generators, kinds
from course.questions.base import ItemBase
from course.questions.kinds.common import SERVICE_LESSONS

#: Lessons about jobs and wages.
LABOR_LESSONS = frozenset(("15", "16"))
#: Lessons about credentials, exams and memory: their questions are about any book, and each says of when.
EXAM_LESSONS = frozenset(("14", "17", "18"))
#: Numbers of the exercises that a checkpoint draws begin here, so that they are not those of ``practice``.
CHECKPOINT_SEEDS = 900_000


def _spoken(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turn what a function raises into a card that says so."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception as error:
                LOG.debug("%s failed", what, exc_info=True)
                return NoticeCard(f"The course could not {what}", [fault_text(what, error)])

        return call

    return decorate


@_spoken("show this exercise")
def ask(question_id: str, *, chart_above: bool = False) -> Card:
    """One exercise. An unknown id shows the nearest ones. ``chart_above``: the chart that it asks about stands just
    above on the page, so the card keeps its own folded."""
    try:
        item = bank.load_item(str(question_id))
    except bank.BankError as error:
        return no_question(str(question_id), error)
    return QuestionCard(Exercise(item, shared_store()), chart_above=chart_above, on_check=update_all)


def no_question(question_id: str, error: bank.BankError) -> Card:
    """What to say of an exercise that cannot be shown: its faults, or the nearest names."""
    if any(problem.line for problem in error.problems):
        return NoticeCard(f"The exercise {question_id} has a mistake in its file", [str(one) for one in error.problems])
    known = [item.id for item in bank.sound_items()]
    near = difflib.get_close_matches(question_id, known, n=5, cutoff=0.3)
    return NoticeCard(
        f"There is no exercise called “{question_id}”",
        ["The nearest there are:" if near else "An exercise is named like 03-structure/buckle-fracture."],
        near,
    )


@_spoken("draw this exercise")
def practice(name: str | float = "", level: int = 1, *, minutes: float | None = None) -> Card:
    """Fresh exercises of one sort without end: shows the one that was answered last, or the first. Without a name, or
    with a number of minutes, what helps most for the exam, until the minutes are over."""
    if name == "" or (isinstance(name, int | float) and not isinstance(name, bool)):
        from course.cards.practice_card import MINUTES, PracticeCard

        return PracticeCard(shared_store(), minutes_of(minutes or name, MINUTES), on_check=update_all)
    name = str(name)
    known = generators.GENERATORS.get(name)
    if known is None:
        near = difflib.get_close_matches(name, generators.GENERATORS, n=3, cutoff=0.3)
        return NoticeCard(f"There is no practice called “{name}”", ["There are:"], near or list(generators.GENERATORS))
    if level not in known.levels:
        levels = ", ".join(map(str, known.levels))
        return NoticeCard(f"{name} has no level {level}", [f"Its levels are {levels}; 1 is the easiest."])
    store = shared_store()
    seeds = [
        one.seed
        for one in store.attempts(lesson=known.lesson)
        if one.generator == name and one.level == level and one.seed is not None and 0 < one.seed < CHECKPOINT_SEEDS
    ]
    counter = iter(range(max(seeds, default=1) + 1, CHECKPOINT_SEEDS))
    item = generators.make(name, seeds[-1] if seeds else 1, level)
    return QuestionCard(
        Exercise(item, store, again=lambda: generators.make(name, next(counter), level)),
        label=f"practice {name} level {level}",
        static_form=kinds.static_html(generators.make(name, 1, level)),
        on_check=update_all,
    )


@_spoken("open this checkpoint")
def checkpoint(lesson: str) -> Card:
    """Ten questions across a lesson, one after another, with a result at the end."""
    number = _number(lesson)
    items = [one for one in lessons.items_of(number) if one.kind != "your_turn"]  # a turn needs its cell
    drawn = [one for one in generators.GENERATORS.values() if one.lesson == number]
    if not items and not drawn:
        there = lessons.lessons()
        return NoticeCard(f"There are no questions for lesson “{lesson}”", ["Lessons with questions:"], there)
    by_id = {item.id: item for item in items}

    def candidates(seed: int) -> list[Candidate]:
        fresh = [
            Candidate(f"gen/{one.name}/{min(2, max(one.levels))}/{CHECKPOINT_SEEDS + seed}", one.objective, one.title)
            for one in drawn
        ]
        return [Candidate(item.id, item.objective, item.title) for item in items] + fresh

    def load(question_id: str) -> ItemBase:
        return by_id[question_id] if question_id in by_id else generators.from_id(question_id)

    return DeckCard(number, candidates, load, shared_store(), on_check=update_all)


@_spoken("open the review")
def review(minutes: float = 15) -> Card:
    """What is due today, in so many minutes."""
    from course.cards.review_card import MINUTES, ReviewCard

    return ReviewCard(shared_store(), minutes_of(minutes, MINUTES), on_check=update_all)


@_spoken("open the error log")
def errors() -> Card:
    """What was answered wrong, to do again."""
    from course.cards.errors_card import ErrorsCard

    return ErrorsCard(shared_store(), on_check=update_all)


@_spoken("show the dashboard")
def dashboard() -> Card:
    """Lessons, domains, time, memory, and what is likely on the day of the exam."""
    from course.cards.dashboard_card import DashboardCard

    return DashboardCard(shared_store())


@_spoken("show your progress")
def progress() -> Card:
    """Where the learner stands, over all lessons."""
    return ProgressCard(shared_store())


@_spoken("open this lesson")
def lesson(number: str) -> Card | None:
    """The header of a lesson: makes the code set ready (once, with a progress bar) and shows how far one is."""
    turn.install()
    known = {**lessons.titles(), **dict.fromkeys(lessons.lessons())}
    if _number(number) not in known:
        return NoticeCard(f"There is no lesson “{number}”", ["The lessons are:"], known)
    card = LessonCard(_number(number), shared_store())
    edition = icd10cm.edition_on(paths.today())
    _display(card)
    if _number(number) in LABOR_LESSONS:
        card.update(_labor_figures())
        return None
    codes = icd10cm.open_edition(edition, on_progress=card.building)
    if _number(number) in EXAM_LESSONS:
        card.update("")
    else:
        card.update(_procedure_books() if _number(number)[:2] in SERVICE_LESSONS else _diagnosis_book(codes))
    return None


def _diagnosis_book(codes: icd10cm.CodeSet) -> str:
    return f"{codes.label}: {codes.count():,} billable codes"


def _labor_figures() -> str:
    """Which wages are at hand, by the table itself. Read without pandas: the header must not wait for it."""
    with open(labor.file("wages_national"), encoding="utf-8", newline="") as lines:
        years = {int(row["year"]) for row in csv.DictReader(lines)}
    return f"Figures: BLS OEWS, May {min(years)} to May {max(years)}"


def _procedure_books() -> str:
    from course.codesets import cpt, hcpcs

    return f"{cpt.EDITION}. {hcpcs.EDITION}: {len(hcpcs.codes()):,} codes at hand"


def _number(lesson: object) -> str:
    """``3``, ``"3"`` and ``"03"`` are the same lesson; so are ``"5A"`` and ``"05a"``."""
    text = str(lesson).strip().lower()
    return re.sub(r"^\d(?!\d)", r"0\g<0>", text)


def _display(card: Card) -> None:
    """Show a card now, before the cell has finished."""
    from IPython.display import display

    display(card)
