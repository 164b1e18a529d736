"""``course.review()``: what is due today, unit after unit: questions to answer, flash cards to turn over and rate.

What comes, and when it comes again, is the memory's to say (course.learner.queue, course.learner.memory).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import esm
from course.cards.amounts import about, local, until
from course.cards.goal import goal, weights
from course.cards.panels import follow
from course.cards.review_words import ANEW, COUNTED, is_card, size, tomorrow
from course.cards.run_card import RunCard
from course.cards.standing import standings, why_new, why_weak
from course.cards.widget import STYLES as BASE
from course.language import flashcards
from course.learner import cards, log, memory, streak
from course.learner.queue import Queued, backlog, queue

if TYPE_CHECKING:
    from course.learner.cards import Unit
    from course.learner.memory import Memory
    from course.learner.store import Store

STYLES = (*BASE[:-1], "flash_cards.css", "run.css", "media.css")
MINUTES = 15
#: A card that was not known comes again after so many others, at most so often.
BACK_IN, BACK_MOST = 4, 3
RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
WHY = {"due": "Due today", "weak": "From a weak area", "new": "New"}


class ReviewCard(RunCard):
    """Today's review."""

    _esm = esm.bundle("review.js", *STYLES)
    NAME = "review"
    MOVES = {
        "plan": "plan this review",
        "begin": "begin this review",
        "rate": "keep this rating",
        "next": "go on",
        "undo": "take this rating back",
        "stop": "end this review",
        "resume": "go on with this review",
        "anew": "plan another review",
    }

    announced: frozenset[str] = frozenset()  # what the start screen counted, by id
    seen = -1  # how many answers there were then
    changed = False  # since then something was answered elsewhere

    def __init__(self, store: Store, minutes: int, *, on_check: Callable[[], None] | None = None) -> None:
        super().__init__(
            store,
            minutes=minutes,
            label="review",
            static_form=STATIC,
            on_check=on_check,
        )
        follow(self)

    def update(self) -> None:
        """Something was answered elsewhere on the page: the start screen counts anew. Nothing else changes under the
        learner's hands."""
        if self.stage == "start" and self.seen != len(log.attempts(self.store)):
            self.__dict__.pop("units", None)
            self.refresh(str(self.state.get("seq", "")), str(self.state.get("trouble", "")))

    # -- what there is ------------------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by id, as of the opening of the card."""
        met = {one.question_id for one in log.attempts(self.store)}
        return {unit.id: unit for unit in cards.units(paths.now(), met)}

    @property
    def memory(self) -> Memory:
        return log.memory(self.store)

    def queued(self) -> list[Queued]:
        """What today's minutes hold, without what was done in this run."""
        attempts = log.attempts(self.store)
        shares = weights(goal(self.store).exam)
        whole = sum(shares.values()) or 1
        known = standings(attempts, shares)
        return queue(
            list(self.units.values()),
            self.memory,
            now=paths.now(),
            minutes=self.run.minutes,
            weights={name: count / whole for name, count in shares.items()},
            mastery={name: one.share for name, one in known.items() if one.weak} or None,
            new_from=cards.begun(attempts),
        )

    def reason(self, one: Queued) -> str:
        """Why a unit comes, in words that stay as they are while the run lasts."""
        if one.why == "due":
            return "due"
        known = standings(log.attempts(self.store), weights(goal(self.store).exam))
        return (why_weak if one.why == "weak" else why_new)(self.units[one.id].domains, known)

    def is_card(self, unit_id: str) -> bool:
        return is_card(unit_id)

    # -- moves --------------------------------------------------------------------------------------------------------

    def move(self, verb: str, content: Mapping[str, Any]) -> None:
        run = self.run
        if verb == "rate":
            self.rate(content.get("rating"), str(content.get("id")))
        elif verb == "undo":
            self.undo()
        elif verb == "next":
            run.last = {}
            if run.here:
                run.step()
        elif verb == "stop":
            run.stage = "end"
        elif verb == "resume":
            run.stage = "run" if run.at < len(run.ids) else run.stage
        elif verb == "begin":
            self.set_minutes(content.get("minutes"))
            self.__dict__.pop("units", None)
            planned = self.queued()
            self.changed = self.stage == "start" and self.announced != {one.id for one in planned}
            met = {one.question_id for one in log.attempts(self.store)}
            drawn = {one.id: cards.draw(one.id, paths.now(), met) for one in planned}
            run.begin(list(drawn.values()), {drawn[one.id]: self.reason(one) for one in planned})
        else:
            self.set_minutes(content.get("minutes"))
            self.__dict__.pop("units", None)
            run.stage = "start"

    def rate(self, rating: Any, unit_id: str) -> None:
        """Record a rating of the card that is shown, and go on. A second click on the same card does nothing."""
        run = self.run
        if self.stage != "card" or unit_id != run.here or rating not in RATINGS:
            return
        word, back = self.word(rating), self.back_at() if rating == memory.AGAIN else None
        attempt = cards.rated(run.here, rating, self.spent())
        self.sitting.record(attempt)
        run.last = {"uid": attempt.uid, "id": run.here, "at": run.at, "word": word}
        if back is not None:
            run.ids.insert(back, run.here)
            run.last["back"] = back
        run.step()

    def back_at(self) -> int | None:
        """The place at which the card that is shown comes once more if it is not known, or None. Not at once: that
        would only be read off."""
        run = self.run
        place = min(run.at + 1 + BACK_IN, len(run.ids))
        return place if place > run.at + 1 and run.ids.count(run.here) < BACK_MOST else None

    def undo(self) -> None:
        """Take the last rating back, and show its card again."""
        run, last = self.run, self.run.last
        if not last:
            return
        log.take_back(self.store, last["uid"])
        run.uids = [uid for uid in run.uids if uid != last["uid"]]
        run.outcomes[last["id"]] = run.outcomes.get(last["id"], [])[:-1]
        if "back" in last:
            del run.ids[last["back"]]
        run.at, run.stage, run.last = last["at"], "run", {}

    def again_today(self) -> bool:
        """Whether the card that is shown was rated today: then only the first rating moves its day."""
        return any(review.day == paths.today() for review in self.memory.reviews(self.run.here)[-1:])

    def word(self, rating: int) -> str:
        """What a rating is called on its button."""
        if self.again_today():
            return "Not yet" if rating == memory.AGAIN else "I know it now"
        return RATINGS[rating]

    # -- screens ------------------------------------------------------------------------------------------------------

    def screen(self) -> dict[str, Any]:
        stage, run = self.stage, self.run
        why = run.why.get(run.here, "")
        first = f"{ANEW}: {size(run.ids)}. " if self.changed and not run.at else ""
        return {
            "stage": stage,
            "at": self.run.at,
            "total": len(self.run.ids),
            "minutes": self.run.minutes,
            "why": first + WHY.get(why, why),
            "undo": self.run.last.get("word", ""),
            **getattr(self, f"_{stage}")(),
        }

    def _start(self) -> dict[str, Any]:
        planned = self.queued()
        self.announced, self.seen = frozenset(one.id for one in planned), len(log.attempts(self.store))
        wait = backlog(list(self.units.values()), self.memory, planned, now=paths.now())
        seconds = sum(one.seconds for one in planned)
        return {
            "counts": {why: sum(one.why == why for one in planned) for why in WHY},
            "size": len(planned),
            "told": f"{size([one.id for one in planned])}, {about(seconds)}. {COUNTED}" if planned else "",
            "backlog": wait.words if wait.due else "",
            "empty": "" if planned else self._nothing(),
        }

    def _nothing(self) -> str:
        if not self.memory.unit_ids:
            return (
                "Nothing is here yet. Answer a few exercises in any lesson. From then on they come back here, "
                "each just before you would forget it."
            )
        return f"Nothing is due today. {self._tomorrow()}"

    def _item(self) -> dict[str, Any]:
        tried = self.run.standing(self.run.here) != "open"
        return {"tried": tried, "later": self._later(cards.unit_of(self.run.here)) if tried else ""}

    def _later(self, unit_id: str) -> str:
        state = self.memory.state(unit_id)
        return f"You will see it again {until(local(state.due))}." if state else ""

    def _card(self) -> dict[str, Any]:
        unit_id = self.run.here
        card = cards.card_of(unit_id)
        if card is None:
            return {"card": None, "ratings": []}
        deck = flashcards.DECKS[card.deck]
        return {
            "card": {
                "id": unit_id,
                "deck": deck.title,
                "asks": deck.asks,
                "front": card.front,
                "back": card.back,
                "more": card.more,
                "source": card.source,
            },
            "ratings": self._ratings(unit_id),
        }

    def _ratings(self, unit_id: str) -> list[dict[str, Any]]:
        """What the buttons say: the rating, and when the card comes next after it."""
        now, today = paths.now(), paths.today()
        past = self.memory.reviews(unit_id)
        soon = "in a few minutes" if self.back_at() is not None else ""
        if self.again_today():
            state = self.memory.state(unit_id)
            when = until(local(state.due)) if state else ""
            return [
                {"rating": 1, "word": self.word(1), "when": soon or when, "keys": [1]},
                {"rating": 3, "word": self.word(3), "when": when, "keys": [2, 3, 4]},
            ]
        shown = []
        for rating, word in RATINGS.items():
            state = memory.fold([*past, memory.Review(now, today, rating)])
            when = until(local(state.due)) if state else ""
            shown.append({"rating": rating, "word": word, "when": soon * (rating == 1) or when, "keys": [rating]})
        return shown

    def _end(self) -> dict[str, Any]:
        run = self.run
        done = [one for one, outcomes in run.outcomes.items() if outcomes]
        first = sum(run.outcomes[one][0] == "correct" for one in done)
        days = streak.streak(log.attempts(self.store), paths.today())
        left = len(set(run.ids[run.at :]))
        hard = " A flash card rated Hard counts as known." if any(map(is_card, done)) else ""
        return {
            "done": f"You went through {size(done)}; you knew {first} of {len(done)} at the first try.{hard}"
            if done
            else "Nothing was answered this time.",
            "left": f"You stopped with {left:,} still to come. Go on now or later today. What is due and stays undone "
            "comes again in the next review."
            if left
            else "",
            "tomorrow": self._tomorrow(),
            "streak": days.words,
            "more": len(self.queued()),
        }

    def _tomorrow(self) -> str:
        return tomorrow(self.units, self.memory, self.run.minutes)


STATIC = (
    '<div class="course-static">\n<p><strong>Today\'s review</strong></p>\n'
    "<p>What you answered in the lessons comes back here, each just before you would forget it.</p>\n"
    "<p><em>To see what is due today, open this page in JupyterLab and press Run All.</em></p>\n</div>"
)
