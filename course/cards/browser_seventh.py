"""The 7th-character picker of the code browser: what can be chosen, and the code that the choice completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.cards.browser_notes import name_of
from course.codesets.icd10cm.model import bare, dotted

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

#: The longest text that is looked at: a pasted page is no code and no query.
LONGEST = 200


def clean(text: object) -> str:
    """Any value as one line of text, at most 200 characters."""
    try:
        written = "" if text is None else str(text)
    except Exception:  # an object whose __str__ fails is still no reason to raise
        return ""
    return " ".join(written.encode("utf-8", "replace").decode("utf-8").split())[:LONGEST]


def picker(codes: CodeSet, found: Code) -> dict[str, Any] | None:
    """The 7th characters that `found` can take, or takes. ``ready`` is False while characters before it are missing."""
    rule = codes.seventh(found.code)
    if rule is None:
        return None
    stem = codes.get(found.parent) if len(bare(found.code)) == 7 and found.parent else found
    chars = codes.valid_seventh(stem.code) if stem is not None else {}
    owner = codes.get(rule.owner)
    ready = bool(stem and chars)
    options = [
        seventh(codes, stem.code, char) if ready and stem else {"char": char, "meaning": meaning}
        for char, meaning in (chars or rule.meanings).items()
    ]
    return {
        "stem": stem.code if ready and stem else found.code,
        "ready": ready,
        "options": options,
        "chosen": found.code[-1] if ready and stem is not found else "",
        "fills": max(0, 6 - len(bare(stem.code))) if ready and stem else 0,
        "owner": rule.owner,
        "owner_name": name_of(owner) if owner else rule.owner,
        "text": rule.text,
    }


def seventh(codes: CodeSet, code: object, char: object) -> dict[str, Any]:
    """`code` completed with the 7th character `char`, X in the empty places.

    ``{"char", "meaning", "code", "title", "billable", "fills"}``; with ``"trouble"`` (a sentence) and without a code
    when that cannot be.
    """
    stem, letter = codes.get(clean(code)), clean(char).upper()
    chars = codes.valid_seventh(stem.code) if stem is not None else {}
    if stem is None or letter not in chars:
        what = (
            f"{stem.code} does not take {letter or 'this'} as its 7th character." if stem else "There is no such code."
        )
        return {"char": letter, "meaning": "", "trouble": what}
    full = codes.get(dotted(bare(stem.code).ljust(6, "X") + letter))
    if full is None:
        return {"char": letter, "meaning": chars[letter], "trouble": f"{stem.code} has no code that ends in {letter}."}
    return {
        "char": letter,
        "meaning": chars[letter],
        "code": full.code,
        "title": full.title,
        "billable": full.billable,
        "fills": 6 - len(bare(stem.code)),
    }
