"""A number with its unit. Raw response: text, ``"12.5"``, ``"1,250 codes"``, ``"$1,234.50"``.

How numbers are read (``read_number``): digits with or without separators. A comma or a space before exactly three
digits separates thousands (1,250 is twelve hundred and fifty, as in the US); a comma in any other place is a decimal
comma (12,5 is 12.5). With both signs in it, the last one is the decimal sign (1.234,50 and 1,234.50 are the same).
Any script's digits are read. What is in doubt or is no number is ``Invalid`` with a sentence on how to write it; it
never counts as wrong.

How they are compared: exactly, in decimal arithmetic, within ``tolerance`` (both ends included). ``decimals`` asks
for a rounded number: the answer and the response are both rounded (half up) to that many decimals first, so more
decimals do no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Fault, ItemBase, Line, Strict
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

Number = Annotated[Decimal, Field(allow_inf_nan=False, ge=-(10**15), le=10**15)]

#: Units that people write in several ways.
_UNITS = [
    {"$", "usd", "us$", "dollar", "dollars"},
    {"%", "percent", "per cent", "pct"},
    {"s", "sec", "secs", "second", "seconds"},
    {"min", "mins", "minute", "minutes"},
    {"h", "hr", "hrs", "hour", "hours"},
    {"d", "day", "days"},
    {"mg", "milligram", "milligrams"},
    {"ml", "milliliter", "milliliters", "millilitre", "millilitres", "cc"},
]
_SHAPE = re.compile(
    r"(?P<before>[^\d.,+-]*)(?P<sign>[+-]?)\s*(?P<mid>\$?)\s*(?P<body>[\d.,][\d., ']*)(?P<after>.*)", re.DOTALL
)


class NumberKey(Strict):
    """The right number. ``tolerance`` is absolute, in the same unit."""

    value: Number
    tolerance: Annotated[Decimal, Field(ge=0, allow_inf_nan=False)] = Decimal(0)
    unit: Line
    decimals: Annotated[int, Field(ge=0, le=9)] | None = None


class Mistake(Strict):
    """A wrong number that a known slip leads to, and what the slip is."""

    value: Number
    why: Line


class NumberItem(ItemBase):
    kind: Literal["number"] = "number"
    answer: NumberKey
    mistakes: tuple[Mistake, ...] = ()

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        seen: dict[Decimal, int] = {}
        for n, mistake in enumerate(self.mistakes):
            if fits(self, mistake.value):
                yield Fault(("mistakes", n, "value"), "is accepted as the right answer", "Change it, or the tolerance.")
            first = seen.setdefault(mistake.value, n)
            if first != n:
                yield Fault(("mistakes", n, "value"), f"is the same as number {first + 1}", "Keep one of them.")


Model = NumberItem


def fits(item: NumberItem, value: Decimal, target: Decimal | None = None) -> bool:
    """Whether a number is the key (or ``target``), within the tolerance and after rounding."""
    key = item.answer
    target = key.value if target is None else target
    if key.decimals is not None:
        step = Decimal(1).scaleb(-key.decimals)
        value, target = (one.quantize(step, ROUND_HALF_UP) for one in (value, target))
    return abs(value - target) <= key.tolerance


def view(item: NumberItem) -> dict[str, Any]:
    """``unit`` (text after the field) and ``decimals`` (how many are asked for, or None)."""
    return common.frame(item, _instruction(item), unit=item.answer.unit, decimals=item.answer.decimals)


def _instruction(item: NumberItem) -> str:
    decimals = item.answer.decimals
    rounding = (
        ""
        if decimals is None
        else " as a whole number"
        if decimals == 0
        else f" with {common.counted(decimals, 'decimal')}"
    )
    return f"Enter a number ({item.answer.unit}){rounding}."


def parse(item: NumberItem, raw: Any) -> Parsed:
    """Text (or a number) to a Decimal; a unit, where one is written, must be the one that is asked for."""
    if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
        return Blank("Enter a number, then check.")
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return Invalid("Write a number, such as 12.5 or 1,250.")
    written = (
        unicodedata.normalize("NFKC", str(raw)).replace("\u2212", "-").strip()
    )  # NFKC: full-width digits, odd spaces
    value, unit, trouble = read_number(written)
    if value is None:
        return Invalid(trouble)
    if unit and not same_unit(unit, item.answer.unit):
        return Invalid(f"The answer is asked in {item.answer.unit}; you wrote {_cut(unit)!r}.")
    return Answer(value)


def read_number(written: str) -> tuple[Decimal | None, str, str]:
    """A number and the unit around it: (value, unit, ""), or (None, "", what to do). Never raises."""
    shape = _SHAPE.fullmatch(written.strip())
    if not shape or len(written) > 60:
        return None, "", "Write a number, such as 12.5 or 1,250."
    body = shape["body"].strip().replace("'", "")
    unit = " ".join(part.strip() for part in (shape["before"], shape["mid"], shape["after"]) if part.strip())
    if re.search(r"\d", unit) or unit[:1] in ("-", "/", "^", "*", "+", "(", "=", "<", ">", "~"):
        return None, "", f"I can read one plain number; {_cut(written)!r} has more in it. Write it out, such as 0.5."
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in body)
    plain = _plain(digits)
    if plain is None:
        return None, "", f"I am not sure how to read {_cut(body)!r}. Write 1250 or 1,250.50."
    value = Decimal(plain)
    if abs(value) > 10**15:
        return None, "", "That number is too large."
    return (-value if shape["sign"] == "-" else value), unit, ""


def _plain(body: str) -> str | None:
    """Digits with separators to what Decimal reads, or None where they are in doubt."""
    if re.fullmatch(r"\d+\.?\d*|\.\d+", body):  # 1250, 12.5, .5
        return body
    if re.fullmatch(r"\d{1,3}([, ])\d{3}(\1\d{3})*(\.\d*)?", body):  # 1,250.50 and 1 250.50
        return body.replace(",", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}([. ])\d{3}(\1\d{3})*,\d+", body):  # 1.234,50 and 1 234,5
        return body.replace(".", "").replace(" ", "").replace(",", ".")
    if re.fullmatch(r"\d+,\d+", body):  # 12,5: three digits after a comma were thousands above
        return body.replace(",", ".")
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", body):  # 1.234.567
        return body.replace(".", "")
    return None


def same_unit(written: str, unit: str) -> bool:
    """Whether two units are the same, in any spelling: case, plural, "$" for "USD"."""
    mine, asked = (" ".join(one.casefold().strip(" .:").split()) for one in (written, unit))
    if mine == asked or mine.removesuffix("s") == asked.removesuffix("s"):
        return True
    return any(mine in family and asked in family for family in _UNITS)


def grade(item: NumberItem, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Right or not; a known slip is named, otherwise the direction is."""
    value: Decimal = answer.value
    shown = f"{value:,f}"
    if fits(item, value):
        return scored(1, "Yes, that is the number.", [Part("", "right", f"{shown} {item.answer.unit}.")])
    for mistake in item.mistakes:
        if fits(item, value, mistake.value):
            return scored(0, "Not this number yet.", [Part("", "wrong", mistake.why)])
    return scored(0, "Not this number yet.", [Part("", "wrong", _direction(value, item.answer.value))])


def _direction(value: Decimal, key: Decimal) -> str:
    if key and value == -key:
        return "The digits fit; look at the sign."
    if key and value and any(value == key.scaleb(shift) for shift in (-3, -2, -1, 1, 2, 3)):
        return "The digits fit; look at the decimal point."
    return "It is less than that." if value > key else "It is more than that."


def solution(item: NumberItem) -> dict[str, Any]:
    """The number, with its unit."""
    value = item.answer.value
    if item.answer.decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-item.answer.decimals), ROUND_HALF_UP)
    html = f"<p><strong>{value:,f} {text.inline(item.answer.unit)}</strong></p>"
    return {"response": f"{value:f}", "html": html}


def static_html(item: NumberItem) -> str:
    """Title, stem, note and a line to write on."""
    return common.static_frame(item, _instruction(item), f"<p>______________ {text.inline(item.answer.unit)}</p>")


def _cut(value: str) -> str:
    return value if len(value) <= 30 else value[:29] + "…"
