"""What ``parse`` makes of a raw response: an answer, nothing, or something that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """A readable response. ``value`` is of the kind's own type (an option id, a tuple of codes, a Decimal, …)."""

    value: Any


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was entered. ``prompt`` says what to do first; it becomes the headline."""

    prompt: str = "Nothing entered yet."


@dataclass(frozen=True, slots=True)
class Invalid:
    """Something was entered that cannot be read; ``reason`` says what and how to write it. Never counts as wrong."""

    reason: str


Parsed = Answer | Blank | Invalid
