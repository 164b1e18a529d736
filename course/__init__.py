"""Learn medical coding in JupyterLab: the names a notebook uses.

    import course
    course.lesson("03")                         # the header of a lesson
    course.ask("03-structure/buckle-fracture")  # one exercise
    course.practice("complete-the-code")        # fresh exercises without end
    course.browse("S52.52")                     # the ICD-10-CM code browser
    course.calculator("anesthesia")             # a sum of procedure coding, step by step
    course.flashcards("word-parts")             # a deck to turn over
    course.diagram("heart")                     # a picture of the body with its parts
    course.labor.file("wages_national")         # a table about jobs and wages, for pandas
    course.chart("ladder", frame, …)            # a plot of a table, in words too
    course.turn("16-salaries/real-wage", mine)  # check what one computed oneself
    course.explore("wages")                     # choose occupation, state and year
    course.exams.file("costs")                  # a table about exams, for pandas
    course.credentials("CPC", "CCS")            # what the exams are, side by side
    course.choose()                             # which credential fits you, and why
    course.plan()                               # a dated plan to the exam
    course.checkpoint("03")                     # ten questions across a lesson
    course.exam("CPC")                          # the exam hall
    course.readiness("CPC")                     # the chance to pass if you sat it today
    course.review(minutes=15)                   # what is due today
    course.practice(minutes=20)                 # what helps most for your exam
    course.errors()                             # what you missed, to do again
    course.dashboard()                          # where you stand, over everything
    course.progress()                           # what you have done so far

Importing the package is instant: each name loads what it needs when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "2027.0.1"

#: Name in a notebook -> module that holds it. The one place where the face is listed.
_FACE = {
    "lesson": "course.cards.face",
    "ask": "course.cards.face",
    "practice": "course.cards.face",
    "checkpoint": "course.cards.face",
    "progress": "course.cards.face",
    "review": "course.cards.face",
    "errors": "course.cards.face",
    "dashboard": "course.cards.face",
    "browse": "course.cards.browser",
    "calculator": "course.cards.calculator",
    "diagram": "course.cards.diagram_card",
    "exam": "course.cards.hall_card",
    "flashcards": "course.cards.flash_cards",
    "chart": "course.cards.chart_card",
    "explore": "course.cards.explorer",
    "choose": "course.cards.chooser_card",
    "credentials": "course.cards.credentials_card",
    "plan": "course.cards.planner_card",
    "readiness": "course.cards.readiness_card",
    "say": "course.cards.say",
    "turn": "course.cards.turn",
}

#: Parts of the package that a notebook uses by their own name: ``course.labor.file("wages_national")``.
_PARTS = ("exams", "labor")

__all__ = [
    "__version__",
    "ask",
    "browse",
    "calculator",
    "chart",
    "checkpoint",
    "choose",
    "credentials",
    "dashboard",
    "diagram",
    "errors",
    "exam",
    "exams",
    "explore",
    "flashcards",
    "labor",
    "lesson",
    "plan",
    "practice",
    "progress",
    "readiness",
    "review",
    "say",
    "turn",
]

if TYPE_CHECKING:
    from course import exams, labor
    from course.cards.browser import browse
    from course.cards.calculator import calculator
    from course.cards.chart_card import chart
    from course.cards.chooser_card import choose
    from course.cards.credentials_card import credentials
    from course.cards.diagram_card import diagram
    from course.cards.explorer import explore
    from course.cards.face import ask, checkpoint, dashboard, errors, lesson, practice, progress, review
    from course.cards.flash_cards import flashcards
    from course.cards.hall_card import exam
    from course.cards.planner_card import plan
    from course.cards.readiness_card import readiness
    from course.cards.say import say
    from course.cards.turn import turn


def __getattr__(name: str) -> object:
    """Load a name of the face when it is first used (PEP 562)."""
    if name in _FACE:
        import importlib

        return getattr(importlib.import_module(_FACE[name]), name)
    if name in _PARTS:
        import importlib

        return importlib.import_module(f"course.{name}")
    raise AttributeError(f"the course has no {name!r}; it has: {', '.join(sorted([*_FACE, *_PARTS]))}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_FACE, *_PARTS})
