"""What the diagnosis of claim service lines is made of: the key, an entered line, a finding, the whole.

Pure data. Nothing here knows a code set, a widget or a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from course.grading.verdict import Mark


@dataclass(frozen=True, slots=True)
class Entered:
    """A line as the learner typed it. ``code`` in capitals, perhaps no code at all. ``units``: None when left empty,
    which counts as 1. ``row``: which row of the card it came from, counted from 0 without the empty ones.
    """

    code: str
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    row: int = 0

    @property
    def counted(self) -> int:
        """The units, an empty field read as 1."""
        return 1 if self.units is None else self.units


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of the right answer.

    ``modifiers``: what is needed, each a tuple of which any one will do: ``(("RT",), ("59", "XS"))``. ``optional``:
    modifiers that may be added without harm.
    """

    code: str
    modifiers: tuple[tuple[str, ...], ...] = ()
    optional: tuple[str, ...] = ()
    units: int = 1

    def unmet(self, modifiers: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The needed modifiers that are not among those given."""
        return tuple(wanted for wanted in self.modifiers if not set(wanted) & set(modifiers))

    def spare(self, modifiers: tuple[str, ...]) -> tuple[str, ...]:
        """The given modifiers that answer to nothing here: not asked for, or a second one where one will do."""
        left = list(self.modifiers)
        out: list[str] = []
        for one in modifiers:
            met = next((wanted for wanted in left if one in wanted), None)
            if met is not None:
                left.remove(met)
            elif one not in self.optional:
                out.append(one)
        return tuple(out)


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """The right answer of a question.

    ``optional``: lines that may be added without harm; of them only the code is looked at. ``order``: pairs of codes,
    the first before the second. ``ordered``: all lines as listed. ``modifiers``, ``units``: whether the question asks
    for them; what it does not ask for is not graded.
    """

    lines: tuple[KeyLine, ...]
    optional: tuple[KeyLine, ...] = ()
    order: tuple[tuple[str, str], ...] = ()
    ordered: bool = False
    modifiers: bool = False
    units: bool = False

    def codes(self) -> tuple[str, ...]:
        """The codes of the needed lines, each once."""
        return tuple(dict.fromkeys(line.code for line in self.lines))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the learner. ``row``: the row of the card it is about, None for what concerns several lines or
    is not there; ``code``: the code of the line. ``headline``: at most eight words, or "". ``message``: at most sixty
    words. ``basis``: the rule it rests on.
    """

    row: int | None
    code: str
    mark: Mark
    headline: str
    message: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A finding whose sentences are still apart, most important first."""

    headline: str
    sentences: tuple[str, ...]
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is to be said about an answer. ``right``: lines that are right in all that is asked. ``score``: 0 to 1,
    see ``score.py`` for the formula."""

    findings: tuple[Finding, ...] = field(default_factory=tuple)
    right: int = 0
    score: float = 0.0
