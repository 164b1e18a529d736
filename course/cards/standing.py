"""How a learner stands in the domains of an exam, in one word: what review and practice say when they ask something.

Counted are different questions, each by its latest answer: nothing is weak after one answer, nor where most is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from course.learner.records import Attempt

#: Answers in a domain from which on it may be called weak, and the share right below which it then is.
ENOUGH, WEAK_BELOW = 5, 0.7


class Standing(NamedTuple):
    """Questions of a domain whose latest answer is right, and all that were answered."""

    right: int = 0
    answers: int = 0

    @property
    def share(self) -> float:
        """The share right, 0 to 1; 0 without answers."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def weak(self) -> bool:
        """Enough was answered, and too little of it is right."""
        return self.answers >= ENOUGH and self.share < WEAK_BELOW

    def word(self) -> str:
        """ "New", "Little answered yet", "Weak", or "" where neither is so."""
        if not self.answers:
            return "New"
        if self.answers < ENOUGH:
            return "Little answered yet"
        return "Weak" if self.weak else ""


def standings(attempts: Iterable[Attempt], domains: Iterable[str]) -> dict[str, Standing]:
    """By domain, as the items name it ("CPC: Anatomy"). ``attempts``: oldest first."""
    latest = {one.question_id: one for one in attempts}
    counts = {domain: [0, 0] for domain in domains}
    for one in latest.values():
        for domain in one.domains:
            if domain in counts:
                counts[domain][0] += one.outcome == "correct"
                counts[domain][1] += 1
    return {domain: Standing(*count) for domain, count in counts.items()}


def why_new(domains: Iterable[str], known: Mapping[str, Standing]) -> str:
    """Why something new comes: "Little answered yet: ICD-10-CM"; "New" where its domain is well known or none of the
    exam's."""
    found = [(known[one].answers, one) for one in domains if one in known]
    if not found:
        return "New"
    _, domain = min(found)
    word = known[domain].word()
    return f"{word}: {short(domain)}" if word else f"New question: {short(domain)}"


def why_weak(domains: Iterable[str], known: Mapping[str, Standing]) -> str:
    """Why something of a weak domain comes: "Weak: ICD-10-CM, 8 of 14 right"."""
    found = [(known[one].share, one) for one in domains if one in known and known[one].weak]
    if not found:
        return "From a weak area"
    domain = min(found)[1]
    return f"Weak: {short(domain)}, {known[domain].right} of {known[domain].answers} right"


def short(domain: str) -> str:
    """ "CPC: Anatomy" -> "Anatomy"."""
    return domain.partition(": ")[2] or domain
