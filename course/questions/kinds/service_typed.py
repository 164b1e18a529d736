"""What a learner types into the fields of service lines, read as lines. No input makes it raise.

A row is ``{"code": …, "modifiers": …, "units": …}`` or one text, which may say all at once and more than one line:
"29881-RT-59", "j1885 x 15", "99213,25". White space, hyphens, commas, slashes and plus signs part the pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from course.grading.services import Entered
from course.grading.services.books import is_modifier

#: More lines than a paper claim has many times over, and more units than any line.
MOST_LINES = 30
MOST_UNITS = 99999

#: Words that say what a piece is, or join two of them.
_SKIPPED = frozenset(
    "AND WITH PLUS THEN ALSO MODIFIER MODIFIERS MOD MODS CODE CODES CPT HCPCS LINE LINES TIMES UNIT UNITS QTY".split()
)
_CODE = r"\d{4}[0-9A-Z]|[A-Z]\d{4}"
_UNITS = re.compile(r"X(\d{1,5})", re.ASCII)
#: A code with its modifiers set close: 29881RT59.
_CLOSE = re.compile(rf"({_CODE})((?:[0-9A-Z]{{2}}){{1,4}})", re.ASCII)


class Unreadable(ValueError):
    """Something that cannot be read; its text is the sentence for the learner."""


def read_rows(raw: list[Any], *, modifiers: bool, units: bool) -> tuple[Entered, ...]:
    """The lines of all rows; empty rows are passed over. Raises Unreadable."""
    lines: list[Entered] = []
    row = 0
    for one in raw:
        fields = _fields(one)
        if not any(text.strip() for text in fields):
            continue
        lines += _row(*fields, row=row, modifiers=modifiers, units=units)
        row += 1
    if len(lines) > MOST_LINES:
        raise Unreadable(f"That is {len(lines)} lines; at most {MOST_LINES} are read.")
    return tuple(lines)


def _fields(one: Any) -> tuple[str, str, str]:
    """(code, modifiers, units) of a row as texts. Raises Unreadable."""
    if one is None:
        return "", "", ""
    if isinstance(one, Mapping):
        if not set(one) <= {"code", "modifiers", "units"}:
            raise Unreadable("I could not make out the fields of a line. Use the fields on the card.")
        return _text(one.get("code")), _text(one.get("modifiers")), _text(one.get("units"))
    return _text(one), "", ""


def _text(value: Any) -> str:
    """A field as text in capitals, full-width characters and odd dashes made plain. Raises Unreadable."""
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        value = " ".join(value)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unreadable("Write codes as text, such as 29881 or J1885.")
    if isinstance(value, int) and abs(value) > 10**12:
        raise Unreadable("That number is too long for a code.")
    folded = unicodedata.normalize("NFKC", str(value)).upper()
    return re.sub(r"[\u2010-\u2015\u2212\u00ad]", "-", folded).replace("\u00d7", "X").replace("\u2715", "X")


def _row(code: str, marks: str, count: str, *, row: int, modifiers: bool, units: bool) -> list[Entered]:
    lines = _lines(code, row, modifiers=modifiers, units=units)
    more, number = _modifiers(marks), _units(count)
    if not lines:
        raise Unreadable(f"Row {row + 1} has no code. Write it in the first field of the row.")
    if len(lines) > 1 and (more or number is not None):
        raise Unreadable(f"Row {row + 1} holds {len(lines)} codes. Give each its own row.")
    if len(lines) == 1:
        one = lines[0]
        if number is not None and one.units is not None and number != one.units:
            raise Unreadable(f"Row {row + 1} says two things about units: {one.units} and {number}.")
        both = (*one.modifiers, *(mark for mark in more if mark not in one.modifiers))
        lines = [Entered(one.code, both, one.units if number is None else number, row)]
    return lines


def _lines(text: str, row: int, *, modifiers: bool, units: bool) -> list[Entered]:
    """The lines in one text."""
    text = re.sub(r"(?m)^\s*\d{1,2}[.)]\s+", " ", text)  # the number of a list
    text = re.sub(r"\b(?:UNITS?|QTY)\s*[:=]?\s*(\d{1,5})\b", r" X\1 ", text)
    text = re.sub(r"\b(\d{1,5})\s*UNITS?\b|\b(\d{1,3})X(?=\s|$)", lambda m: f" X{m[1] or m[2]} ", text)
    text = re.sub(r"(?<![0-9A-Z])[X*]\s*(\d{1,5})\b(?!\.\d)", _spaced_units, text)
    text = re.sub(r"(?<![0-9A-Z])([A-WYZ])\s(\d{4})(?![0-9A-Z])", r"\1\2", text)
    found: list[_Line] = []
    for piece in re.split(r"[\s,;/|+&()\[\]:\"'#=_-]+", text):
        piece = piece.strip(".*")
        if not piece or piece in _SKIPPED or piece == "X":
            continue
        _take(piece, found, modifiers=modifiers, units=units)
    return [Entered(one.code, tuple(one.modifiers), one.units, row) for one in found]


def _spaced_units(match: re.Match[str]) -> str:
    """ "x 15" as one piece. A five-digit number after a free-standing x is a code: "29881 x 29877"."""
    return f" X{match[1]} " if len(match[1]) < 5 else f" {match[1]} "


class _Line:
    """A line while it is read."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.modifiers: list[str] = []
        self.units: int | None = None

    def count(self, units: int) -> None:
        """Set the units, once."""
        if not 1 <= units <= MOST_UNITS:
            raise Unreadable("Units are whole numbers from 1 on.")
        if self.units not in (None, units):
            raise Unreadable(f"{self.code} has two numbers of units, {self.units} and {units}.")
        self.units = units


def _take(piece: str, found: list[_Line], *, modifiers: bool, units: bool) -> None:
    """Read one piece: a code, a modifier or units of the last code, or a word. Raises Unreadable."""
    counted, close = _UNITS.fullmatch(piece), _CLOSE.fullmatch(piece)
    digits = piece.isascii() and piece.isdigit()
    if counted and found:
        found[-1].count(int(counted[1]))
    elif counted:
        raise Unreadable("Units stand after their code: J1885 x2.")
    elif close and all(is_modifier(mark) for mark in _pairs(close[2])):
        found.append(_Line(close[1]))
        found[-1].modifiers += _pairs(close[2])
    elif found and units and digits and len(piece) <= 3 and not (modifiers and is_modifier(piece)):
        found[-1].count(int(piece))
    elif len(piece) == 2 and found and piece.isascii() and piece.isalnum():
        found[-1].modifiers.append(piece)
    elif len(piece) >= 3 and any(char.isdigit() for char in piece):
        found.append(_Line(piece))
    elif len(piece) <= 2 and not found:
        raise Unreadable(f"{_short(piece)} is no code. A line begins with its code; modifiers follow: 29881-RT.")
    elif len(piece) == 1:
        raise Unreadable(f"I could not place {_short(piece)} after {found[-1].code}. Modifiers have two characters.")
    else:
        raise Unreadable(
            f"I can grade codes, not words ({_short(piece.lower())}). Write the code alone; the list finds it by words."
        )


def _modifiers(text: str) -> list[str]:
    """The modifiers in their own field. Raises Unreadable."""
    found: list[str] = []
    for piece in re.split(r"[\s,;/|+&()\[\].:\"'_-]+", text):
        if not piece or piece in _SKIPPED:
            continue
        marks = _pairs(piece) if len(piece) % 2 == 0 else [piece]
        if len(piece) != 2 and not (len(marks) > 1 and all(is_modifier(mark) for mark in marks)):
            raise Unreadable(f"Modifiers have two characters, such as 25 or RT; I read {_short(piece)}.")
        if not (piece.isascii() and piece.isalnum()):
            raise Unreadable(f"Modifiers are made of letters and digits; I read {_short(piece)}.")
        found += marks
    return found


def _units(text: str) -> int | None:
    """The units in their own field, None when it is empty. Raises Unreadable."""
    bare = text.strip().removeprefix("X").removesuffix("UNITS").removesuffix("UNIT").removesuffix("X").strip()
    if not text.strip():
        return None
    whole = re.fullmatch(r"(\d{1,5}|\d{1,2},\d{3})(?:\.0*)?", bare, re.ASCII)
    if whole is None or not 1 <= int(whole[1].replace(",", "")) <= MOST_UNITS:
        raise Unreadable(f"Units are whole numbers from 1 on; I read {_short(text.strip().lower())}.")
    return int(whole[1].replace(",", ""))


def _pairs(text: str) -> list[str]:
    return [text[n : n + 2] for n in range(0, len(text), 2)]


def _short(text: str) -> str:
    shown = text if len(text) <= 30 else text[:29] + "…"
    return f"“{shown}”"
