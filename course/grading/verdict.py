"""What a check says: an outcome, a score and the parts it rests on. Plain values, no widgets, no storage.

``headline``, ``Part.message`` and ``Verdict.invalid`` are Markdown-lite text (see ``course.questions.text``), never
HTML: whoever shows them turns them into HTML with ``course.questions.text.verdict_html``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

Mark = Literal["right", "wrong", "missing", "extra", "order", "note"]
MARKS: tuple[Mark, ...] = ("right", "wrong", "missing", "extra", "order", "note")


class Outcome(StrEnum):
    """The four outcomes. A blank or unreadable response is ``not_attempted``: it never counts as wrong."""

    NOT_ATTEMPTED = "not_attempted"
    CORRECT = "correct"
    PARTLY = "partly"
    INCORRECT = "incorrect"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a response and what is to be said about it.

    ``target`` is what the piece is in the response (an option id, a code, ``"l2"``, …) or ``""`` for the whole
    response.
    ``basis`` names what the message rests on ("Tabular List, note at S52.52"), or is None.
    """

    target: str
    mark: Mark
    message: str
    basis: str | None = None

    def __post_init__(self) -> None:
        if self.mark not in MARKS:
            raise ValueError(f"a part is marked one of {', '.join(MARKS)}, not {self.mark!r}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "check".

    Laws: correct exactly when ``score`` is 1; partly exactly when it lies between 0 and 1; incorrect and not
    attempted score 0;
    only a response that was not attempted can be ``invalid`` (the sentence that says why it could not be read).
    """

    outcome: Outcome
    score: float
    headline: str
    parts: tuple[Part, ...] = ()
    invalid: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", Outcome(self.outcome))
        object.__setattr__(self, "parts", tuple(self.parts))
        if self.outcome is not Outcome.NOT_ATTEMPTED and self.outcome is not outcome_of(self.score):
            raise ValueError(f"a score of {self.score} is {outcome_of(self.score)}, not {self.outcome}")
        if self.outcome is Outcome.NOT_ATTEMPTED and self.score != 0:
            raise ValueError("what was not attempted scores 0")
        if self.invalid is not None and self.outcome is not Outcome.NOT_ATTEMPTED:
            raise ValueError("an unreadable response is not attempted")

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready copy; ``outcome`` becomes its plain string."""
        return asdict(self) | {"outcome": str(self.outcome), "parts": [asdict(part) for part in self.parts]}


def outcome_of(score: float) -> Outcome:
    """The outcome that belongs to the score of an attempted response. Raises ValueError outside 0..1."""
    if not 0 <= score <= 1:
        raise ValueError(f"a score lies between 0 and 1, not {score}")
    if score == 1:
        return Outcome.CORRECT
    return Outcome.PARTLY if score > 0 else Outcome.INCORRECT


def scored(score: float, headline: str, parts: Iterable[Part] = ()) -> Verdict:
    """The verdict on an attempted response; the outcome follows from the score."""
    return Verdict(outcome_of(score), float(score), headline, tuple(parts))


def not_attempted(headline: str, invalid: str | None = None, parts: Iterable[Part] = ()) -> Verdict:
    """The verdict on a blank response, or on one that could not be read (``invalid`` says why)."""
    return Verdict(Outcome.NOT_ATTEMPTED, 0.0, headline, tuple(parts), invalid)
