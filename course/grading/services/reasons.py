"""The item's own sentences for expected slips on service lines.

A pattern is one of: ``29880`` (a code), ``298*`` (a family of codes), ``-51`` (a modifier that is not wanted, on any
line), ``29881-59`` (on this line), ``29881+RT`` (a wanted modifier that is missing), ``J1885 x1`` (units of this line).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: A CPT number or a HCPCS Level II code, by its shape.
CODE = r"\d{4}[0-9A-Z]|[A-Z]\d{4}"

_FORMS = re.compile(
    rf"(?P<code>{CODE})"
    rf"|(?P<family>[0-9A-Z]{{1,4}})\*"
    rf"|(?P<on>{CODE})?-(?P<surplus>[0-9A-Z]{{2}})"
    rf"|(?P<at>{CODE})\+(?P<missing>[0-9A-Z]{{2}})"
    rf"|(?P<counted>{CODE})\s+X(?P<units>[1-9]\d{{0,3}})",
    re.ASCII,
)

#: What a sentence says that sends the learner to the other code set.
_SET = re.compile(r"\b(?:CPT|HCPCS|Level II|(?:an)?other code|(?:an)?other set|code set)\b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a sentence is about. ``code``: "" for any line. ``detail``: the modifier, or the units as text."""

    about: Literal["code", "family", "surplus", "missing", "units"]
    code: str
    detail: str = ""


def read(text: str) -> Pattern | None:
    """A pattern as an author writes it, or None when it is none."""
    found = _FORMS.fullmatch(" ".join(text.upper().replace("×", "X").split()))
    if found is None:
        return None
    if found["code"]:
        return Pattern("code", found["code"])
    if found["family"]:
        return Pattern("family", found["family"])
    if found["surplus"]:
        return Pattern("surplus", found["on"] or "", found["surplus"])
    if found["missing"]:
        return Pattern("missing", found["at"], found["missing"])
    return Pattern("units", found["counted"], found["units"])


def pick(reasons: Mapping[str, str], about: str, code: str, details: tuple[str, ...] = ()) -> str:
    """The sentence for a slip, "" when there is none.

    ``about`` "code": the exact code wins, then the longest family. Otherwise one of ``details`` must fit (a modifier,
    or any of those that would do; the units), and a sentence for the line wins over one for all lines.
    """
    best, rank = "", -1
    for text, why in reasons.items():
        pattern = read(text)
        if pattern is None:
            continue
        if about == "code" and pattern.about == "code" and pattern.code == code:
            return why.strip()
        if about == "code" and pattern.about == "family" and code.startswith(pattern.code):
            fits = len(pattern.code)
        elif about == pattern.about and pattern.detail in details and pattern.code in ("", code):
            fits = len(pattern.code)
        else:
            continue
        if fits > rank:
            best, rank = why.strip(), fits
    return best


def of_set(text: str) -> bool:
    """Whether an author's sentence says that another code, or the other code set, has the service."""
    return _SET.search(text) is not None
