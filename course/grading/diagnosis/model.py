"""What a diagnosis is made of: the key, a finding, the whole.

Pure data. Nothing here knows the code set, a widget or a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from course.grading.verdict import Outcome


class Kind(StrEnum):
    """What is the matter with one entered code, or with the set of codes. Listed in the order they are looked for."""

    RIGHT = "right"
    BLANK = "blank"
    #: not the shape of an ICD-10-CM code, or no such code in any edition at hand
    NOT_A_CODE = "not_a_code"
    DELETED = "deleted"
    NOT_YET = "not_yet"
    HEADING = "heading"
    MISSING_SEVENTH = "missing_seventh"
    PLACEHOLDER_MISSING = "placeholder_missing"
    #: a 7th character is given, but a place before it that carries meaning (not an X) is still empty
    SEVENTH_TOO_EARLY = "seventh_too_early"
    OVER_LONG = "over_long"
    WRONG_SEVENTH = "wrong_seventh"
    X_WHERE_DETAIL = "x_where_detail"
    # from here on the entered code is valid and billable
    WRONG_SIDE = "wrong_side"
    UNSPECIFIED_BUT_NOTE_SAYS = "unspecified_but_note_says"
    TOO_SPECIFIC = "too_specific"
    OTHER_VS_UNSPECIFIED = "other_vs_unspecified"
    WRONG_DETAIL = "wrong_detail"
    SYMPTOM_CODE = "symptom_code"
    WRONG_CATEGORY = "wrong_category"
    WRONG_BLOCK = "wrong_block"
    WRONG_CHAPTER = "wrong_chapter"
    # about several codes together
    EXCLUDES1_CONFLICT = "excludes1_conflict"
    ORDER_BROKEN = "order_broken"
    PARTNER_MISSING = "partner_missing"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    EXTRA = "extra"
    #: accepted without being required
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class CodeKey:
    """The right answer of a code-entry item. All codes in any accepted spelling.

    ``order``: pairs (first, later) that must stand in this order. ``ordered``: the codes must stand as listed.
    ``optional``: codes that may be entered without being asked for.
    """

    codes: tuple[str, ...]
    order: tuple[tuple[str, str], ...] = ()
    ordered: bool = False
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the learner.

    ``code``: the entered code it is about, in official spelling where it has one ("" when it is about something not
    entered). ``headline``: at most eight words. ``message``: at most sixty words, plain text. ``basis``: the official
    note or rule it rests on, with its owner, plain text, or None.
    """

    code: str
    kind: Kind
    headline: str
    message: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything the engine has to say about one answer.

    ``right``: key codes that were entered. ``missing``: key codes that were not (hold them back until the solution is
    shown). ``score``: 0 to 1, see ``score.py`` for the formula.
    """

    findings: tuple[Finding, ...] = ()
    right: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    score: float = 0.0
    outcome: Outcome = Outcome.NOT_ATTEMPTED

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of the findings, in their order."""
        return tuple(finding.kind for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Said:
    """A finding before it is put into words for the learner: sentences still apart, so that a reason can take the lead.

    ``lead``: the engine's own sentences, most important first. ``extra``: an official fact worth telling even after an
    author's own reason (such as the list of 7th characters). ``basis``: see `Finding`.
    """

    kind: Kind
    headline: str
    lead: Sequence[str] = field(default_factory=tuple)
    extra: str = ""
    basis: str | None = None
