"""From the answers of a closed sitting to outcomes and attempts.

An item is graded as the bank has it now. Where it is no longer the one that was asked (another ``content_version``), or
is gone, its answer says nothing: it is left out of the share and no attempt is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course import paths
from course.exams.sitting_fold import Folded, Item, is_blank
from course.learner.records import Attempt, origin
from course.questions.answers import Blank, Invalid

if TYPE_CHECKING:
    from course.grading.verdict import Verdict
    from course.questions.base import ItemBase

    Load = Callable[[str], ItemBase]

CORRECT, PARTLY, INCORRECT, BLANK = "correct", "partly", "incorrect", "blank"
#: Outcomes that are left out of the share: the item was changed since, is gone, or could not be graded.
CHANGED, GONE, FAULT = "changed", "gone", "fault"
LEFT_OUT = (CHANGED, GONE, FAULT)


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one answer. ``invalid``: why it could not be read (then it counts as wrong), or ""."""

    outcome: str
    score: float = 0.0
    verdict: Verdict | None = None
    invalid: str = ""


def default_load() -> Load:
    """Items by their id, as the exam hall draws them."""
    from course.exams import pool

    return pool.load


def item_of(entry: Item, load: Load) -> ItemBase | None:
    """The item of a place; None when there is none of that id, or it is faulty."""
    try:
        return load(entry.id)
    except Exception:  # whatever is wrong with one item, the others are graded
        return None


def mark(item: ItemBase | None, version: str, response: Any) -> Mark:
    """Grade one answer to the item that was asked."""
    if item is None:
        return Mark(GONE)
    if item.content_version != version:
        return Mark(CHANGED)
    return grade(item, response)


def grade(item: ItemBase, response: Any) -> Mark:
    """Grade one answer to the item as it is now."""
    from course.codesets import icd10cm
    from course.questions.kinds import KINDS

    if is_blank(response):
        return Mark(BLANK)
    kind = KINDS[item.kind]
    try:
        parsed = kind.parse(item, response)
        if isinstance(parsed, Blank):
            return Mark(BLANK)
        if isinstance(parsed, Invalid):
            return Mark(INCORRECT, invalid=parsed.reason)
        needed = getattr(kind, "NEEDS_CODES", item.kind == "code_entry")
        verdict = kind.grade(item, parsed, icd10cm.open_edition(edition_of(item)) if needed else None)
    except Exception:
        return Mark(FAULT)
    return Mark(str(verdict.outcome), verdict.score, verdict)


def edition_of(item: ItemBase) -> int:
    """The edition that an item is graded with today."""
    from course.codesets import icd10cm

    return item.edition_for(icd10cm.edition_on(paths.today()))


def marks(folded: Folded, load: Load) -> list[Mark]:
    """Grade every place."""
    both = zip(folded.head.items, folded.places, strict=True)
    return [mark(item_of(entry, load), entry.version, place.response) for entry, place in both]


def share(entries: Sequence[Item], outcomes: Sequence[str]) -> tuple[int, int]:
    """Right and all of the scored items, without those that are left out. Right is wholly right, as in the exam."""
    counted = [one for entry, one in zip(entries, outcomes, strict=True) if entry.scored and one not in LEFT_OUT]
    return counted.count(CORRECT), len(counted)


def attempts(sitting_id: str, folded: Folded, found: Sequence[Mark], load: Load) -> list[Attempt]:
    """One for each answer that was graded. Sitting and place give the ``uid``, so that grading twice records once."""
    out = []
    begun = folded.closed or folded.last
    for number, (entry, place, one) in enumerate(zip(folded.head.items, folded.places, found, strict=True)):
        item = item_of(entry, load) if one.outcome in (CORRECT, PARTLY, INCORRECT) else None
        if item is None:
            continue
        name, level, seed = origin(item.id)
        out.append(
            Attempt(
                question_id=item.id,
                content_version=item.content_version,
                kind=item.kind,
                response=place.response,
                outcome=one.outcome,
                score=one.score,
                lesson=item.lesson,
                objective=item.objective,
                domains=tuple(item.domains),
                edition=edition_of(item),
                seconds=round(place.seconds, 1),
                generator=name,
                seed=seed,
                level=level,
                at=begun + dt.timedelta(microseconds=number),
                uid=uid_of(sitting_id, number),
            )
        )
    return out


def uid_of(sitting_id: str, what: object) -> str:
    """A ``uid`` that is always the same for one thing of one sitting. 32 hex digits."""
    return hashlib.blake2b(f"sitting/{sitting_id}/{what}".encode(), digest_size=16).hexdigest()
