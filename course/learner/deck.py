"""A checkpoint: ten questions across a lesson, one after another. Pure sequencing; no widget, no question content.

    ids = draw(candidates, size=10, seed=1)      which questions: spread over the objectives, the same for a seed
    deck = Deck("03", seed=1, ids=ids)           where the learner stands in them
    deck.note(id, "incorrect"); deck.go(3)       what happened
    deck.summary(cards)                          by objective, with what to look at again

A deck is a sitting of its own: a question that was answered in the lesson starts fresh here. :class:`SittingStore` sees
to that; every answer is still recorded with all the others.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from course.learner.records import Attempt, Draft, Kept

if TYPE_CHECKING:
    import datetime as dt

#: What became of a question of the deck, as a key for the screen.
OPEN, FIRST, LATER, TRIED = "open", "first", "later", "tried"


class Card(NamedTuple):
    """What the deck needs to know of a question."""

    id: str
    objective: str
    title: str


def draw(candidates: Sequence[Card], size: int = 10, seed: int = 1, asked: Container[str] = ()) -> list[str]:
    """Ids of up to ``size`` questions: every objective once before any comes twice. The same for the same input.

    Questions that the lesson's page has ``asked`` already come only where there are too few others.
    """
    rng = random.Random(f"checkpoint/{seed}")
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in candidates:
        groups[card.objective].append(card)
    order = sorted(groups)
    rng.shuffle(order)
    for objective in order:
        rng.shuffle(groups[objective])
    rounds = max((len(cards) for cards in groups.values()), default=0)
    chosen = [groups[objective][turn] for turn in range(rounds) for objective in order if turn < len(groups[objective])]
    chosen.sort(key=lambda card: card.id in asked)  # stable: the turn of the objectives stays
    return [card.id for card in chosen[:size]]


@dataclass
class Deck:
    """Where a learner stands in a checkpoint. ``at`` runs from 0 to ``len(ids)``; the last is the result.

    ``outcomes`` holds what was answered in this sitting, by question, in order; ``uids`` the attempts it consists of.
    """

    lesson: str
    seed: int
    ids: list[str]
    at: int = 0
    outcomes: dict[str, list[str]] = field(default_factory=dict)
    uids: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """The result is shown."""
        return self.at >= len(self.ids)

    def go(self, to: Any) -> None:
        """Move to a question (from 0) or to the result (``len(ids)``). Nonsense stays within bounds or does nothing."""
        if isinstance(to, int) and not isinstance(to, bool):
            self.at = min(max(to, 0), len(self.ids))

    def note(self, question_id: str, outcome: str) -> None:
        """A checked answer."""
        self.outcomes.setdefault(question_id, []).append(outcome)

    def standing(self, question_id: str) -> str:
        """``open``, ``first`` (right at the first try), ``later`` (right in the end) or ``tried``."""
        told = self.outcomes.get(question_id)
        if not told:
            return OPEN
        if told[0] == "correct":
            return FIRST
        return LATER if "correct" in told else TRIED

    def count(self, *standings: str) -> int:
        """How many questions stand so."""
        return sum(self.standing(one) in standings for one in self.ids)

    def summary(self, cards: Mapping[str, Card]) -> dict[str, Any]:
        """JSON of the result: totals, and a row for each objective (those to look at again first)."""
        rows: dict[str, dict[str, Any]] = {}
        for place, question_id in enumerate(self.ids):
            card = cards[question_id]
            row = rows.setdefault(card.objective, {"objective": card.objective, "right": 0, "of": 0, "again": []})
            row["of"] += 1
            standing = self.standing(question_id)
            if standing == FIRST:
                row["right"] += 1
            else:
                row["again"].append({"at": place, "title": card.title, "standing": standing})
        return {
            "total": len(self.ids),
            "first": self.count(FIRST),
            "later": self.count(LATER),
            "tried": self.count(TRIED),
            "open": self.count(OPEN),
            "rows": sorted(rows.values(), key=lambda row: row["right"] / row["of"]),
        }

    def to_json(self) -> dict[str, Any]:
        """What is kept between two openings of the notebook."""
        return {"seed": self.seed, "ids": self.ids, "at": self.at, "uids": self.uids, "outcomes": self.outcomes}

    @classmethod
    def from_json(cls, lesson: str, data: Any, known: Iterable[str]) -> Deck | None:
        """The deck that was kept, or None when it cannot be used: damaged, or with questions that are gone."""
        try:
            ids = [str(one) for one in data["ids"]]
            deck = cls(lesson, int(data["seed"]), ids, uids=[str(one) for one in data["uids"]])
            deck.outcomes = {str(key): [str(one) for one in told] for key, told in data["outcomes"].items()}
            deck.go(int(data["at"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        return deck if ids and set(ids) <= set(known) else None


class _Store(Protocol):
    """What a sitting needs of :class:`course.learner.store.Store`."""

    @property
    def warning(self) -> str | None: ...
    def record(self, attempt: Attempt) -> Kept: ...
    def save_draft(self, draft: Draft) -> Kept: ...
    def attempts(
        self, lesson: str | None = ..., since: dt.datetime | None = ..., question_id: str | None = ...
    ) -> list[Attempt]: ...
    def draft(self, question_id: str) -> Draft | None: ...


class SittingStore:
    """The store as one sitting sees it: only its own answers, and drafts under names of its own."""

    def __init__(self, store: _Store, deck: Deck) -> None:
        self._store = store
        self.deck = deck

    @property
    def key(self) -> str:
        """Under which name the deck itself is kept."""
        return f"checkpoint/{self.deck.lesson}"

    @property
    def warning(self) -> str | None:
        return self._store.warning

    def record(self, attempt: Attempt) -> Kept:
        kept = self._store.record(attempt)
        self.deck.uids.append(attempt.uid)
        self.deck.note(attempt.question_id, attempt.outcome)
        self.save()
        return kept

    def attempts(
        self, lesson: str | None = None, since: dt.datetime | None = None, question_id: str | None = None
    ) -> list[Attempt]:
        own = set(self.deck.uids)
        return [one for one in self._store.attempts(lesson, since, question_id) if one.uid in own]

    def save_draft(self, draft: Draft) -> Kept:
        return self._store.save_draft(replace(draft, question_id=self._name(draft.question_id)))

    def draft(self, question_id: str) -> Draft | None:
        return self._store.draft(self._name(question_id))

    def _name(self, question_id: str) -> str:
        return f"{self.key}/{self.deck.seed}/{question_id}"

    def kept(self) -> Any:
        """JSON of the deck as it was when it was last saved, or None."""
        draft = self._store.draft(self.key)
        return draft.response if draft else None

    def save(self) -> Kept:
        """Keep where the deck stands."""
        return self._store.save_draft(Draft(question_id=self.key, content_version="deck", response=self.deck.to_json()))
