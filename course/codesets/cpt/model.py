"""What is known of a CPT number: its place in the book and the figures that CMS publishes for it. No AMA descriptor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """A section of CPT or a part of one. ``parent``: key of its section, "" for a section itself. ``first`` and
    ``last`` are numbers. ``series``: the ten-thousand series of surgery that the CPC outline counts, or ""."""

    key: str
    parent: str
    category: str
    title: str
    first: str
    last: str
    series: str

    @property
    def numbers(self) -> str:
        """ "29881" or "20100-29999"."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"

    def holds(self, number: str) -> bool:
        """Whether the number lies in the range. A last letter (F, M, T, U) must be that of the range."""
        ends = {mark[-1] if mark[-1].isalpha() else "" for mark in (self.first, number)}
        return len(ends) == 1 and self.first <= number <= self.last


@dataclass(frozen=True, slots=True)
class Number:
    """A CPT number with its place and its figures.

    ``category``: I, II or III. ``section``, ``subsection``: where it stands (``subsection`` is the section itself where
    that has no parts). ``global_days``: 000, 010, 090, MMM, XXX, YYY or ZZZ; "" when the fee schedule does not say.
    ``addon`` and ``primaries``: whether it only stands beside another, and some of those; empty when any may be.
    ``pctc``, ``multiple``, ``bilateral``, ``assistant``, ``cosurgeon``, ``team``: indicators of the fee schedule as
    printed. ``mue``, ``mai``: most units for one patient and day, and the kind of that edit. ``base_units``: of an
    anesthesia code. ``words``: a paraphrase of our own, or "". ``descriptor``: the AMA's, only from the learner's own
    licensed file.
    """

    code: str
    category: str
    section: Range
    subsection: Range
    status: str
    global_days: str
    addon: bool
    primaries: tuple[str, ...]
    pctc: str
    multiple: str
    bilateral: str
    assistant: str
    cosurgeon: str
    team: str
    mue: int | None
    mai: str
    base_units: int | None
    words: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A procedure-to-procedure edit of the NCCI: ``column2`` is taken as part of ``column1``. ``indicator``: 0 never
    separable, 1 separable with a fitting modifier and a record that proves it, 9 no longer in force."""

    column1: str
    column2: str
    indicator: str
