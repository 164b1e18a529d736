"""What a calculator is made of: fields, an example, and a pure function from values to a result.

Values come from a page: numbers and texts as strings, a choice as one string, tick boxes as a list of strings, one tick
as a bool, rows as a list of dicts. :class:`Reader` turns them into checked values and gathers what is wrong or missing,
field by field, so that the learner reads all of it at once. A path names a field: "minutes", "wounds.0.length".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from course.codesets.rules.common import Line, RuleError, decimal, label, plain

#: Kinds of field. "tick" is one box, "ticks" a group of them, "rows" repeats its columns.
KINDS = ("number", "text", "choice", "ticks", "tick", "rows")
_COMMA = re.compile(r"(\d+),(\d{1,2})")
LONGEST = 200


class Option(NamedTuple):
    """A choice: what is sent, what is read, and the unit that it brings to other fields ("mg")."""

    value: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to enter.

    ``name``: what a sentence calls it ("the length"). ``when``: (key, values): shown only while the field `key` (of the
    same row, or of the calculator) has one of the values. ``unit_of``: key of the choice whose unit stands beside it.
    ``suggest``: texts offered while typing. Rows: ``columns``, ``row`` ("Wound") and the most rows there may be.
    """

    kind: str
    key: str
    label: str
    name: str = ""
    unit: str = ""
    unit_of: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    suggest: tuple[Option, ...] = ()
    columns: tuple[Field, ...] = ()
    row: str = ""
    most: int = 12
    optional: bool = False
    wide: bool = False
    when: tuple[str, tuple[str, ...]] | None = None


class Row(NamedTuple):
    """A line of the claim as the card shows it. ``units`` is text: some claims count minutes there."""

    code: str
    modifiers: tuple[str, ...]
    units: str
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """Claim lines, the sum in words step by step, a sentence that holds the answer, and notes."""

    lines: tuple[Row, ...]
    steps: tuple[str, ...]
    sentence: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """A calculator. ``example`` are values that it opens with; ``source`` names the rule."""

    name: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    example: Mapping[str, Any]
    compute: Callable[[Reader], Result]
    source: str
    units_head: str = "Units"


class Unfinished(Exception):
    """The values make no sum yet: sentences by path, and names of what is still needed."""

    def __init__(self, faults: Mapping[str, str], missing: tuple[str, ...]) -> None:
        super().__init__("; ".join([*faults.values(), *missing]))
        self.faults, self.missing = dict(faults), missing


@dataclass(slots=True)
class Reader:
    """Values of one form (or one row of it), checked against its fields."""

    values: Mapping[str, Any]
    fields: tuple[Field, ...]
    prefix: str = ""
    of: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def field(self, key: str) -> Field:
        return next(one for one in self.fields if one.key == key)

    def fault(self, key: str, sentence: str) -> None:
        """Say what is wrong with a field."""
        self.faults.setdefault(self.prefix + key, sentence)

    def lacks(self, key: str) -> None:
        one = self.field(key)
        self.missing.append((one.name or one.label.lower()) + self.of)

    def text(self, key: str) -> str:
        """A text without the space around it; "" when there is none."""
        value = str(self.values.get(key) or "").strip()[:LONGEST]
        if not value and not self.field(key).optional:
            self.lacks(key)
        return value

    def number(
        self, key: str, *, whole: bool = False, least: int = 0, most: int | None = None, positive: bool = False
    ) -> Decimal | None:
        """A number, or None when it is missing or wrong (which is then told)."""
        text = str(self.values.get(key) or "").strip()[:LONGEST]
        if not text:
            if not self.field(key).optional:
                self.lacks(key)
            return None
        named, unit = label(self.field(key).name or self.field(key).label), self.field(key).unit
        if "," in text:
            if not _COMMA.fullmatch(text):
                self.fault(key, "Write the number without a comma: 1000, or 2.5.")
                return None
            text = text.replace(",", ".")
        try:
            value = decimal(text, named)
        except RuleError as error:
            self.fault(key, str(error))
            return None
        sentence = ""
        if whole and value != value.to_integral_value():
            sentence = f"{named}: whole numbers only."
        elif positive and not value:
            sentence = f"{named}: more than 0 is needed."
        elif value < least:
            sentence = f"{named}: {least} or more is needed."
        elif most is not None and value > most:
            sentence = f"{named}: more than {most}{f' {unit}' if unit else ''}. Check this figure."
        if sentence:
            self.fault(key, sentence)
            return None
        return value

    def choice(self, key: str) -> str:
        """One of the options; the first when nothing fits."""
        values = [one.value for one in self.field(key).options]
        value = str(self.values.get(key) or "")
        return value if value in values else values[0]

    def ticks(self, key: str) -> tuple[str, ...]:
        """Those of the options that are ticked, in the order of the options."""
        chosen = self.values.get(key)
        chosen = chosen if isinstance(chosen, list | tuple) else ()
        return tuple(one.value for one in self.field(key).options if one.value in chosen)

    def tick(self, key: str) -> bool:
        return self.values.get(key) is True

    def rows(self, key: str) -> list[Reader]:
        """A reader for each row in which something was written; at least one is needed."""
        one = self.field(key)
        given = self.values.get(key)
        made = []
        for place, row in enumerate(given[: one.most] if isinstance(given, list | tuple) else ()):
            if not isinstance(row, Mapping):
                continue
            written = [c.key for c in one.columns if c.kind in ("number", "text") and str(row.get(c.key) or "").strip()]
            if not written:
                continue
            made.append(
                Reader(
                    row,
                    one.columns,
                    f"{self.prefix}{key}.{place}.",
                    f" of {one.row.lower()} {place + 1}",
                    self.faults,
                    self.missing,
                )
            )
        if not made:
            self.missing.append(f"at least one {one.row.lower()}")
        return made

    def done(self) -> None:
        """Raise Unfinished when anything was wrong or missing."""
        if self.faults or self.missing:
            raise Unfinished(self.faults, tuple(self.missing))


def row(line: Line, words: str = "") -> Row:
    """A claim line of the rules, for the card."""
    return Row(line.code, line.modifiers, str(line.units), words)


def run(spec: Spec, values: object) -> dict[str, Any]:
    """What the card shows for `values`: a result, or the faults and what is still needed. Plain JSON."""
    reader = Reader(values if isinstance(values, Mapping) else {}, spec.fields)
    empty: dict[str, Any] = {"lines": [], "steps": [], "notes": [], "faults": {}}
    try:
        result = spec.compute(reader)
    except Unfinished as unfinished:
        return {**empty, "faults": unfinished.faults, "sentence": _still(unfinished), "state": "unfinished"}
    except RuleError as error:
        return {**empty, "sentence": str(error), "state": "refused"}
    return {
        "lines": [list(one) for one in result.lines],
        "steps": list(result.steps),
        "sentence": result.sentence,
        "notes": list(result.notes),
        "faults": {},
        "state": "done",
    }


def _still(unfinished: Unfinished) -> str:
    said = []
    if count := len(unfinished.faults):
        said.append("One entry needs another look." if count == 1 else f"{count} entries need another look.")
    if unfinished.missing:
        said.append(f"Still needed: {listed(unfinished.missing)}.")
    return " ".join(said)


def listed(names: tuple[str, ...] | list[str]) -> str:
    """a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def added(numbers: list[Decimal] | tuple[Decimal, ...]) -> str:
    """1.2 + 0.4 + 0.4."""
    return " + ".join(map(plain, numbers))


def many(count: int | Decimal, word: str) -> str:
    """1 unit, 2 units, 0.5 units."""
    return f"{plain(Decimal(count))} {word}{'' if count == 1 else 's'}"
