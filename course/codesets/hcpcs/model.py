"""What is known of a HCPCS Level II code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"[A-CE-HJ-MP-V]\d{4}", re.ASCII)


def is_shape(text: str) -> bool:
    """Whether a text could be a HCPCS Level II code: one letter and four digits. D codes belong to the dental set."""
    return _SHAPE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A HCPCS Level II code.

    ``words``: our short wording, or the official one when the learner loaded the official file. ``amount``, ``unit``,
    ``per``: what one billing unit stands for ("15", "mg", "per" or "up to"; "" when the code has none). ``added``,
    ``ended``: ISO dates, "" when not known or still in force. ``replaced_by``: codes used since it ended. ``mue``,
    ``mai``: most units for one patient and day, and the kind of that edit. ``edition``: of the file it was read from.
    ``long``: the official long description, only when loaded.
    """

    code: str
    words: str
    amount: str
    unit: str
    per: str
    added: str
    ended: str
    replaced_by: tuple[str, ...]
    mue: int | None
    mai: str
    edition: str
    long: str = ""

    @property
    def letter(self) -> str:
        """The letter that tells the section."""
        return self.code[0]

    def in_force(self, day: str) -> bool:
        """Whether it can be reported for services on an ISO date."""
        return (not self.added or self.added <= day) and (not self.ended or day <= self.ended)
