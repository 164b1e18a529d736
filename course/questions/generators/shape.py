"""Which of these could be ICD-10-CM codes at all, by their shape?"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare, dotted
from course.questions.generators import common
from course.questions.kinds.multiple_choice import MultipleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "recognize the shape of an ICD-10-CM code"

#: Guidelines I.A.2 and the Tabular List: a letter and two more characters, then up to four more behind a
#: point. The second character is a digit in all families but the newest (QA0, QA1), so a second letter is no sign of
#: a mistake.
SHAPE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?")


def draw(rng: random.Random, codes: CodeSet, level: int) -> MultipleChoice:
    """Six strings, two to four of them codes. Higher levels make smaller mistakes."""
    wanted = rng.randint(2, 4)
    right: dict[str, str] = {}
    wrong: dict[str, str] = {}
    while len(right) < wanted:
        code = _a_code(rng, codes, level)
        right[code] = f"A letter and two more characters, then {_behind(code)}. It is a code of this edition."
    spoil = _SPOIL[: 4 if level == 1 else 6 if level == 2 else None]
    while len(wrong) < 6 - wanted:
        text, why = rng.choice(spoil)(rng, _a_code(rng, codes, level))
        if not SHAPE.fullmatch(text) and text not in wrong:
            wrong[text] = why
    return MultipleChoice(
        slug="code-shape",
        title="Could this be an ICD-10-CM code?",
        stem="Tick every string that has the **shape** of an ICD-10-CM code as the code book writes it, with "
        "its point. You need no code book for this.",
        options=common.options(rng, right.items(), wrong.items()),
        hints=(
            "A letter first. The point comes after the third character.",
            "Never more than seven characters, the point not counted.",
        ),
        rationale="The shape is: a letter, two more characters (mostly digits, now and then letters), then a "
        "point and one to four more when there is more to say. So three to seven characters in all, and the "
        "point always after the third.",
        sources=common.tabular(codes, "format of codes", common.guideline("I.A.2")),
        objective=OBJECTIVE,
        not_codes=tuple(wrong),
        **common.common_fields(codes, level),
    )


def law(item: MultipleChoice, codes: CodeSet) -> bool:
    """An option is right exactly when it has the shape; what is right is a code of the edition, spelled as in
    the book."""
    return all(
        one.correct == bool(SHAPE.fullmatch(one.text))
        and (not one.correct or (codes.is_billable(one.text) and codes.normalise(one.text) == one.text))
        for one in item.options
    )


def _a_code(rng: random.Random, codes: CodeSet, level: int) -> str:
    return common.draw_until(rng, codes, level, lambda family: _any_below(rng, codes, family))


def _any_below(rng: random.Random, codes: CodeSet, family: str) -> str | None:
    below = codes.billable_below(family, limit=400)
    return rng.choice(below).code if below else None


def _behind(code: str) -> str:
    more = len(bare(code)) - 3
    return "nothing more" if not more else f"{more} more behind the point"


def _five_digits(rng: random.Random, code: str) -> tuple[str, str]:
    return str(rng.randint(10021, 99499)), "Five digits and no letter in front: that is the shape of a CPT code."


def _hcpcs(rng: random.Random, code: str) -> tuple[str, str]:
    return (
        f"{rng.choice('AEGJL')}{rng.randint(1000, 9999)}",
        "A letter and four digits without a point: that is how HCPCS Level II is written.",
    )


def _digit_first(rng: random.Random, code: str) -> tuple[str, str]:
    text = f"{rng.randint(1, 9)}{code[1:]}"
    return text, "It begins with a digit. Every ICD-10-CM code begins with a letter."


def _too_long(rng: random.Random, code: str) -> tuple[str, str]:
    text = dotted(bare(code).ljust(6, "X") + "AD")
    return text, "Eight characters without the point. Seven is the most there can be."


def _early_point(rng: random.Random, code: str) -> tuple[str, str]:
    text = bare(code).ljust(5, "0")
    return f"{text[:2]}.{text[2:5]}", "The point stands after the second character. It comes after the third."


def _late_point(rng: random.Random, code: str) -> tuple[str, str]:
    text = bare(code).ljust(6, "0")
    return f"{text[:4]}.{text[4:6]}", "The point stands after the fourth character. It comes after the third."


def _end_point(rng: random.Random, code: str) -> tuple[str, str]:
    return f"{code[:3]}.", "A point with nothing behind it. A code of three characters has no point."


_SPOIL = [_five_digits, _hcpcs, _digit_first, _too_long, _early_point, _late_point, _end_point]
