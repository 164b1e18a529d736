"""The string alone: does it look like an ICD-10-CM code, and if not, what does it look like?

Shape of an ICD-10-CM code, dot left out: a letter, then two to six letters or digits; the second is a digit in all but
a few categories new in 2026 (QA1), so it is not insisted on. 3 to 7 characters in all (Guidelines I.A.2, I.B.2).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Most characters a code has.
FULL = 7
#: Longest piece of a learner's text that a message repeats.
ECHO = 16

_ICD10CM = re.compile(r"[A-Z][0-9A-Z]{2,}", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_SEPARATORS = re.compile(r"\b[,;/+&]\s|\s(?:and|und|y)\s|[;+&]", re.ASCII | re.IGNORECASE)
_DOTS = str.maketrans("", "", ".\u00b7\u2024\u2022,' \t\r\n\"")

# Shapes of other code sets, tried on the text without spaces and in capitals. Order matters.
_LOOKALIKES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("icd9", re.compile(r"[0-9]{3}\.[0-9]{1,2}|E[0-9]{3}\.[0-9]")),
    ("cpt", re.compile(r"[0-9]{5}|[0-9]{4}[FTUMA]")),
    ("cpt_modifier", re.compile(r"[0-9]{5}-[0-9A-Z]{2}")),
    (
        "modifier",
        re.compile(r"-?(?:2[2-9]|5[0-9]|6[23]|7[6-9]|8[0-2]|9[0-9])|-(?:[A-Z][A-Z0-9])|LT|RT|GT|GA|GY|XE|XS|XP|XU"),
    ),
    ("number", re.compile(r"[0-9][0-9.,-]*")),
    ("pcs", re.compile(r"[0-9BCDFGHX][0-9A-HJ-NP-Z]{6}")),
)
#: Letter and four digits without a dot: the shape of HCPCS Level II, and of a five-character ICD-10-CM code as well.
HCPCS = re.compile(r"[ABCDEGHJKLMPQRSTUV][0-9]{4}", re.ASCII)
#: Seven characters without a dot that end in letters of the qualifier place: the shape of ICD-10-PCS, and sometimes of
#: ICD-10-CM.
PCS = re.compile(r"[BCDFGHX][0-9A-HJ-NP-Z]{6}", re.ASCII)
#: V and two digits, then one or two after a dot: the shape of an ICD-9-CM V code, and of ICD-10-CM as well.
ICD9_V = re.compile(r"V[0-9]{2}(?:\.[0-9]{1,2})?", re.ASCII)

# Characters that hands and eyes mix up, as (typed, meant): letters O, I, L for the digits, and the digits for the first
# letter.
_TWINS = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a learner typed, read as a string.

    ``compact``: capitals without dot ("S52521A"), "" when it cannot be a code. ``dash``: a trailing dash was typed
    ("S52.5-"). ``problem``: "" or why it cannot be a code: blank, several, words, icd9, cpt, cpt_modifier, modifier,
    pcs, number, strange. ``undotted``: no dot was typed. ``echo``: the text, short enough to be repeated in a message.
    """

    compact: str
    problem: str = ""
    dash: bool = False
    undotted: bool = False
    echo: str = ""

    @property
    def dotted(self) -> str:
        """Official spelling: a dot after the third character when there are more."""
        return dot(self.compact)


def dot(compact: str) -> str:
    """Put the dot in: "S52521A" gives "S52.521A", "I10" stays."""
    return f"{compact[:3]}.{compact[3:]}" if len(compact) > 3 else compact


def undot(code: str) -> str:
    """Leave the dot out: "S52.521A" gives "S52521A"."""
    return code.replace(".", "")


def clean(text: object) -> str:
    """The text, unusual forms of letters and dashes made usual, invisible characters gone. Never raises."""
    if not isinstance(text, str):
        text = "" if text is None else str(text)
    if len(text) < 40 and text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFKC", text[:2000]).translate(_DASHES)
    text = "".join(
        ch for ch in text if unicodedata.category(ch) not in ("Cf", "Cc", "Cs", "Co", "Cn") or ch in "\t\r\n"
    )
    return text.strip()


def read(text: object) -> Shape:
    """Read one entry. A misplaced, doubled or missing dot, spaces and small letters are accepted. Never raises."""
    seen = clean(text)
    echo = " ".join(seen.split())
    echo = echo if len(echo) <= ECHO else echo[: ECHO - 1] + "…"
    bare = seen.upper().strip(" .,;:'\"`()[]{}<>*#")
    if not bare:
        return Shape("", "blank" if not seen else "strange", echo=echo)
    joined = "".join(bare.split())
    for name, pattern in _LOOKALIKES:
        if pattern.fullmatch(joined):
            return Shape("", name, echo=echo)
    if re.fullmatch(r"[A-Z][0-9][0-9A-Z]-[A-Z][0-9][0-9A-Z]", joined):
        return Shape("", "block", echo=echo)
    dash = joined.endswith("-")
    compact = joined.rstrip("-").translate(_DOTS)
    if _ICD10CM.fullmatch(compact) and any(ch.isdigit() for ch in compact) and not _several(bare):
        return Shape(compact, dash=dash, undotted="." not in joined, echo=echo)
    if twin := _first_letter_twin(compact):
        return Shape(twin, undotted="." not in joined, echo=echo)
    return Shape("", _strange(bare, compact), echo=echo)


def _several(bare: str) -> bool:
    """Are there two or more pieces that each could be a code?"""
    pieces = [piece for piece in re.split(r"[\s,;/+&|]+", bare) if piece]
    return len(pieces) > 1 and sum(_whole(piece) for piece in pieces) > 1


def _whole(piece: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?", piece))


def _first_letter_twin(compact: str) -> str:
    """Keep "110" or "552.521A" readable: a digit in the first place that is the twin of a letter. Left as typed; see
    `twins`.
    """
    return compact if re.fullmatch(r"[01258][0-9][0-9A-Z]{1,5}", compact) and not compact.isdigit() else ""


def _strange(bare: str, compact: str) -> str:
    if _several(bare):
        return "several"
    if re.search(r"[A-Z]{3,}|[^\W\d_]{3,}", bare):
        return "words"
    return "strange" if not re.fullmatch(r"[A-Z][0-9]?", compact) else "short"


def twins(compact: str) -> list[tuple[int, str, str]]:
    """Places (from 1) where characters may be mixed up: (place, typed, meant). Letters are suspect from place 2 on."""
    found = []
    for place, typed in enumerate(compact[:7], start=1):
        meant = _TWINS.get(typed)
        if meant and (meant.isalpha() if place == 1 else meant.isdigit()):
            found.append((place, typed, meant))
    return found
