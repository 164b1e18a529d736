"""``course.practice(minutes=20)``: items one after another, each the one that a minute is best spent on now.

Which one comes is course.exams.adaptive's to say: by the weight of its domain in the exam, by what is known there, and
by what is about to be forgotten. The card says why it came.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import esm
from course.cards.amounts import local, many, until, worked
from course.cards.goal import choose, exams, goal, weights
from course.cards.run_card import RunCard
from course.cards.standing import standings
from course.cards.widget import STYLES as BASE
from course.exams import adaptive
from course.exams.pool import is_hall
from course.learner import log
from course.learner.cards import LONG, SECONDS, unit_of
from course.learner.deck import FIRST, OPEN
from course.questions import bank

if TYPE_CHECKING:
    from course.learner.store import Store
    from course.questions.base import ItemBase

STYLES = (*BASE[:-1], "flash_cards.css", "run.css", "media.css")
MINUTES = 20
#: A share right from which on a domain is called strong.
STRONG = 0.8
#: A share of forgetting from which an item is called due.
DUE = 0.1


class PracticeCard(RunCard):
    """Practice for one exam."""

    _esm = esm.bundle("practice.js", *STYLES)
    NAME = "practice"
    MOVES = {
        "plan": "change the exam",
        "begin": "begin this practice",
        "next": "choose the next exercise",
        "stop": "end this practice",
        "anew": "plan another practice",
    }

    def __init__(self, store: Store, minutes: int, *, on_check: Callable[[], None] | None = None) -> None:
        self._candidates: dict[str, dict[str, str]] = {}
        super().__init__(store, minutes=minutes, label="practice", static_form=STATIC, on_check=on_check)

    # -- what there is ------------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> dict[str, ItemBase]:
        """What may be asked: the bank without turns (they need their cell), and without the exam hall's own items that
        were not met there."""
        met = {one.question_id for one in log.attempts(self.store)}
        return {
            item.id: item
            for item in bank.sound_items()
            if item.kind != "your_turn" and item.lesson != "00" and (item.id in met or not is_hall(item))
        }

    @property
    def exam(self) -> str:
        """The exam that is practiced for."""
        return self.run.choice if self.run.choice in exams() else goal(self.store).exam

    def domains(self, exam: str) -> dict[str, str]:
        """Item -> its domain in an exam (of several the one with the fewest items), for the items that have one."""
        if exam not in self._candidates:
            known = weights(exam)
            named = {item.id: [one for one in item.domains if one in known] for item in self.items.values()}
            sizes = Counter(one for domains in named.values() for one in domains)
            self._candidates[exam] = {
                item: min(found, key=lambda one: sizes[one]) for item, found in named.items() if found
            }
        return self._candidates[exam]

    def mastery(self) -> dict[str, float]:
        """Share known by domain, 0 to 1."""
        attempts = log.attempts(self.store)
        return adaptive.mastery(attempts, self.items, list(weights(self.exam)), paths.now())

    def candidates(self) -> list[adaptive.Candidate]:
        """Everything that could come next."""
        memory, now = log.memory(self.store), paths.now()
        found = []
        for item_id, domain in self.domains(self.exam).items():
            item, state = self.items[item_id], memory.state(item_id)
            forgotten = 0.0 if state is None else 1 - state.retrievability(now)
            seconds = LONG.get(item.kind) or memory.likely(item.kind, SECONDS["item"])
            found.append(
                adaptive.Candidate(item_id, domain, item.difficulty, forgotten, state is not None, seconds=seconds)
            )
        return found

    # -- moves --------------------------------------------------------------------------------------------------------

    def move(self, verb: str, content: Mapping[str, Any]) -> None:
        run = self.run
        if verb in ("plan", "begin") and content.get("exam") in exams():
            run.choice = str(content["exam"])
            choose(self.store, exam=run.choice)
        if verb == "begin":
            self.set_minutes(content.get("minutes"))
            run.choice = self.exam
            run.begin([], {})
            self.draw()
        elif verb == "next":
            if run.stage == "run" and run.used < run.minutes * 60:
                self.draw()
                run.at = len(run.ids) - 1
            else:
                run.stage = "end"
        elif verb == "stop":
            run.stage = "end"
        else:
            self.set_minutes(content.get("minutes", run.minutes))
            run.stage = "start"

    def draw(self) -> None:
        """Choose the next item and say why it came."""
        run = self.run
        candidates, known = self.candidates(), self.mastery()
        if not candidates:
            run.stage = "end"
            return
        rng = random.Random(f"{run.since.isoformat()}/{len(run.ids)}")
        shares = {name: float(count) for name, count in weights(self.exam).items()}
        chosen = adaptive.choose(candidates, known, shares, rng, done=set(run.ids))
        one = next(candidate for candidate in candidates if candidate.id == chosen)
        run.ids.append(chosen)
        run.why[chosen] = self.reason(one)
        run.stage = "run"

    def reason(self, one: adaptive.Candidate) -> str:
        """ "Weak: HCPCS Level II, 3 of 100 items on the CPC"."""
        shares = weights(self.exam)
        name = one.domain.removeprefix(f"{self.exam}: ")
        share = f"{name}, {shares[one.domain]} of {sum(shares.values())} items on the {self.exam}"
        if one.seen and one.due >= DUE:
            return f"Due again: {share}"
        standing = standings(log.attempts(self.store), [one.domain])[one.domain]
        word = standing.word() or ("To keep it" if standing.share >= STRONG else "Not safe yet")
        return f"{word}: {share}"

    # -- screens ------------------------------------------------------------------------------------------------------

    def screen(self) -> dict[str, Any]:
        run, stage = self.run, self.stage
        done = run.used / 60
        return {
            "stage": stage,
            "at": run.at,
            "total": max(1, len(run.ids)),
            "minutes": run.minutes,
            "share": min(1.0, done / run.minutes),
            "place": f"Exercise {run.at + 1}",
            "used": run.used,
            "why": run.why.get(run.here, ""),
            **getattr(self, f"_{stage}")(),
        }

    def _start(self) -> dict[str, Any]:
        ready = len(self.domains(self.exam))
        shares = weights(self.exam)
        none = [one for one in shares if one not in set(self.domains(self.exam).values())]
        names = ", ".join(one.removeprefix(f"{self.exam}: ") for one in none)
        return {
            "exams": [[name, title] for name, title in exams().items()],
            "exam": self.exam,
            "told": f"{many(ready, 'exercise')} for the {self.exam}. Each counts once, in one of its domains; drawn "
            "exercises and flash cards are not among them."
            + (f" The course has none yet for: {names}." if none else "")
            if ready
            else f"The course has no exercises for the {self.exam} yet. Choose another exam.",
            "ready": ready,
        }

    def _item(self) -> dict[str, Any]:
        tried = self.run.standing(self.run.here) != OPEN
        state = log.memory(self.store).state(unit_of(self.run.here)) if tried else None
        return {
            "tried": tried,
            "later": f"The review brings it back {until(local(state.due))}." if state else "",
            "last": self.run.used + self.spent() >= self.run.minutes * 60,
        }

    def _end(self) -> dict[str, Any]:
        run = self.run
        named = self.domains(self.exam)
        rows: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for one in run.ids:
            if run.standing(one) != OPEN:
                row = rows[named.get(one, "")]
                row[0] += run.standing(one) == FIRST
                row[1] += 1
        right, of = sum(row[0] for row in rows.values()), sum(row[1] for row in rows.values())
        shares = weights(self.exam)
        whole = sum(shares.values())
        return {
            "done": f"{right} of {of} right at the first try, in {worked(run.used)}."
            if of
            else "Nothing was answered this time.",
            "rows": [
                {
                    "name": domain.removeprefix(f"{self.exam}: ") or "Other",
                    "right": row[0],
                    "total": row[1],
                    "words": f"{row[0]} of {row[1]}",
                    "share": f"{shares.get(domain, 0)} of {whole} items on the {self.exam}",
                }
                for domain, row in sorted(rows.items(), key=lambda one: (one[1][0] / one[1][1], -shares.get(one[0], 0)))
            ],
        }


STATIC = (
    '<div class="course-static">\n<p><strong>Practice for your exam</strong></p>\n'
    "<p>Choose the exam and how many minutes you have. The exercises come from what counts most there "
    "and what you know least.</p>\n"
    "<p><em>To practice, open this page in JupyterLab and press Run All.</em></p>\n</div>"
)
