"""How a code is written: bring any spelling to the book's one."""

from __future__ import annotations

import re
import unicodedata

_CHAPTER = re.compile(r"(?:CHAPTER)?0?([1-9]|1\d|2\d)")
_BLOCK = re.compile(r"[A-Z][0-9A-Z]{2}-[A-Z][0-9A-Z]{2}")
_NOT_PART_OF_A_CODE = re.compile(r"[\s.]+")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"})

#: Longer than any code, block or chapter in any sensible spelling.
LONGEST = 40


def normalise(text: object) -> str:
    """A code in the book's spelling: ``" s52521a "`` -> ``"S52.521A"``, ``"i11.-"`` -> ``"I11"``, ``"chapter 19"``
    -> ``"19"``.

    Any input is accepted; what does not look like a code comes back in capitals without spaces and dots.
    """
    cleaned = unicodedata.normalize("NFKC", str(text)).upper().translate(_DASHES)
    cleaned = _NOT_PART_OF_A_CODE.sub("", cleaned)
    if _BLOCK.fullmatch(cleaned):
        return cleaned
    if chapter := _CHAPTER.fullmatch(cleaned):
        return chapter[1]
    cleaned = cleaned.rstrip("-") or cleaned
    return cleaned if len(cleaned) <= 3 else f"{cleaned[:3]}.{cleaned[3:]}"


def key(text: object) -> str:
    """The spelling to look up; empty for what cannot be a code (too long, or with letters that no code has)."""
    written = text if isinstance(text, str) else str(text)
    if len(written) > LONGEST:
        return ""
    found = normalise(written)
    return found if found.isascii() else ""


def listed(words: list[str], last: str = "or") -> str:
    """``["A", "D", "S"]`` -> ``"A, D or S"``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
