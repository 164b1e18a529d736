"""``course.readiness("CPC")``: the chance to pass if one sat the exam today, and what would raise it most.

Browser to Python: ``{"verb": "exam", "exam", "seq"}`` chooses another exam; with the same exam it brings the card up to
date. Python answers by ``state``, the words and figures of one exam (:func:`told`). Nothing is kept.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import esm
from course.cards.amounts import many
from course.cards.goal import exams, goal, in_exam
from course.cards.hall_report import lesson
from course.cards.panels import NoticeCard
from course.cards.widget import LOG, Card, fault_text
from course.exams import blueprint, readiness_words
from course.exams.readiness import Readiness, estimate
from course.learner import log
from course.learner.store import shared_store
from course.questions import bank

if TYPE_CHECKING:
    from course.exams.readiness import DomainEstimate
    from course.learner.store import Store

STYLES = ("tokens.css", "card.css", "kinds.css", "deck.css", "flash_cards.css", "readiness.css", "media.css")
TITLE = "Are you ready?"
INTRO = "From all your answers: the chance to pass if you sat the exam today."
#: How many lessons a domain names.
LESSONS = 3


class ReadinessCard(Card):
    """One exam at a time; the others are a choice away."""

    _esm = esm.bundle("readiness.js", *STYLES)
    answered = False

    def __init__(self, store: Store, exam: str) -> None:
        self.store, self.exam = store, exam
        self.label, self.static_form = exam, static_form(exam)
        super().__init__(
            view={
                "title": TITLE,
                "intro": INTRO,
                "exams": [[name, f"{name}: {title}"] for name, title in exams().items()],
                "rests": list(readiness_words.RESTS_ON),
                "cannot": list(readiness_words.CANNOT_KNOW),
            }
        )
        self.refresh()
        self.on_msg(lambda _, content, __: self.handle(content))

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""
        if isinstance(content, Mapping) and content.get("verb") == "exam":
            if content.get("exam") in exams():
                self.exam = str(content["exam"])
            self.refresh(str(content.get("seq", "")))

    def refresh(self, seq: str = "") -> None:
        """Show what is true now."""
        found, trouble = self.guarded("work out how ready you are", self.read)
        self.state = {**(found if found is not None else self.state), "seq": seq, "trouble": trouble}

    def read(self) -> dict[str, Any]:
        """JSON of ``state``."""
        items = {item.id: item for item in bank.sound_items()}
        plan = blueprint.load(self.exam)
        found = estimate(log.attempts(self.store), plan, items, paths.now())
        return {**told(found), "warning": self.store.warning or ""}


def told(found: Readiness) -> dict[str, Any]:
    """An estimate in words and figures for the screen. ``chance``: {low, middle, high} in percent, None
    while it is too early; ``middle`` None where there is none to tell."""
    chances = (found.chance_low, found.chance, found.chance_high)
    base = {
        "exam": found.exam,
        "enough": found.enough,
        "headline": found.words if found.enough else readiness_words.EARLY,
        "missing": list(found.missing),
        "counted": f"From {many(found.answers, 'answer')} to {many(found.distinct, 'different question')}. A question "
        "of two domains counts in both. Drawn exercises that name no domain, and flash cards, are not in."
        if found.answers
        else "",
        "domains": [_domain(one, found) for one in found.domains],
        "chance": None,
        "expected": "",
        "range": "",
        "best": [],
    }
    if not found.enough:
        return base
    low, high = round(100 * found.expected_low), round(100 * found.expected_high)
    return {
        **base,
        # Where the pass line is not public there is a range, and no best guess in it.
        "chance": {**_ends(*(100 * one for one in chances)), **({"middle": None} if found.line.assumed else {})},
        "chance_words": readiness_words.between(chances),
        "range": readiness_words.range_words(chances, found.line),
        "expected": (
            f"In such an exam about {round(100 * found.expected)} percent of the {found.scored} questions that count "
            f"would be right; in 9 of 10 exams, between {low} and {high} percent."
        ),
        "best": [_worth(one) for one in found.worth_most()],
    }


def _ends(low: float, middle: float, high: float) -> dict[str, float | None]:
    return {"low": round(low, 1), "middle": round(middle, 1), "high": round(high, 1)}


def _domain(one: DomainEstimate, found: Readiness) -> dict[str, Any]:
    """``words``: "68 percent (55 to 80)"; ``about``: "23 answers; 6 of 100 questions in the exam"."""
    ends = [round(100 * share) for share in (one.share, one.low, one.high)]
    shown = found.enough and one.answers > 0
    return {
        "name": one.name,
        "words": f"{ends[0]} percent ({ends[1]} to {ends[2]})" if shown else "",
        "ends": _ends(100 * one.low, 100 * one.share, 100 * one.high) if shown else None,
        "about": f"{many(one.answers, 'answer')}; {in_exam(found.exam, one.name)}",
    }


def _worth(one: DomainEstimate) -> dict[str, Any]:
    lost = max(1, round(one.lost))
    return {
        "name": one.name,
        "words": f"about {lost} of its {many(one.items, 'question')} would be wrong today",
        "lessons": [found for found in map(lesson, one.lessons) if found["file"]][:LESSONS],
    }


def static_form(exam: str) -> str:
    """What a page without a kernel shows: what the card does, what it rests on, what it cannot know."""
    rests, cannot = (
        "\n".join(f"<li>{escape(one)}</li>" for one in lines)
        for lines in (readiness_words.RESTS_ON, readiness_words.CANNOT_KNOW)
    )
    return (
        f'<div class="course-static course-static-readiness">\n<p><strong>{TITLE} {escape(exam)}</strong></p>\n'
        f"<p>{INTRO}</p>\n<p>What it rests on:</p>\n<ul>\n{rests}\n</ul>\n<p>What it cannot know:</p>\n"
        f"<ul>\n{cannot}\n</ul>\n<p><em>To see yours, open this page in JupyterLab and press Run All.</em></p>\n</div>"
    )


def readiness(exam: object = "") -> Card:
    """How ready one is for an exam: ``readiness("CCA")``; without a name, the exam one works for. Never raises."""
    try:
        store = shared_store()
        wanted = str(exam).strip().upper() or goal(store).exam
        if wanted not in exams():
            near = difflib.get_close_matches(wanted, exams(), n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}? There are:" if near else "There are:"
            return NoticeCard(f"There is no exam called \u201c{str(exam)[:60]}\u201d", [hint], exams())
        return ReadinessCard(store, wanted)
    except Exception as error:
        LOG.debug("readiness failed", exc_info=True)
        return NoticeCard("The course could not open this card", [fault_text("open it", error, answered=False)])
