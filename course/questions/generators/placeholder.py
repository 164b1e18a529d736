"""Four spellings of one code: which has its X in the right places?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare, dotted
from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "put placeholder X where places are empty, and nowhere else"


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: two or three empty places. Level 2: one. Level 3: any, and a wrong spelling that merely swaps X
    and character."""
    pool = common.categories_with(codes, "any", level)
    stem = common.draw_until(rng, codes, level, lambda family: _stem(rng, codes, family, level), pool)
    head = bare(stem.code)
    char = rng.choice(list(codes.valid_seventh(stem.code)))
    key = head.ljust(6, "X") + char
    empty = 6 - len(head)
    spellings = {
        head + char: f"{char} is the 7th character, and here it stands in place {len(head) + 1}. The empty places "
        f"before it need an X each.",
        head
        + char
        + "X" * empty: f"The X's stand behind the {char}. They must fill the empty places before it, so that it comes "
        f"seventh.",
        head + "X" * (empty + 1) + char: f"One X too many: that makes eight characters, and {char} comes eighth.",
    }
    if empty > 1:
        spellings[head + "X" * (empty - 1) + char] = (
            f"One X too few: {char} comes in place {len(head) + empty}, not seventh."
        )
        if level == 3:
            spellings[head + "X" * (empty - 1) + char + "X"] = (
                f"Seven characters, but the last is X, and {char} stands in place 6."
            )
    else:
        spellings[head + "0" + char] = (
            "A zero is a character with a meaning of its own. The placeholder is always the letter X."
        )
    wrong = [(dotted(text), why) for text, why in spellings.items() if text != key and dotted(text) not in codes]
    rng.shuffle(wrong)
    right = (dotted(key), f"{len(head)} characters, {empty} X, and {char} in the seventh place.")
    return SingleChoice(
        slug="placeholder-x",
        title="Where does the X go?",
        stem=f"{common.named(stem)} is not complete. Its 7th character must be **{char}**. Which spelling is right?",
        options=common.options(rng, [right], wrong[:3]),
        hints=(
            "Count seven places and put the 7th character into the last one.",
            "Every place that stays empty gets an X.",
        ),
        rationale=f"{stem.code} fills {len(head)} of the seven places. The 7th character must stand in the seventh, so "
        f"{empty} {'place is' if empty == 1 else 'places are'} filled with X: **{dotted(key)}**.",
        sources=common.tabular(codes, stem.code, common.guideline("I.A.4"), common.guideline("I.A.5")),
        objective=OBJECTIVE,
        not_codes=tuple(text for text, _ in wrong[:3]),
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """Exactly the right option is a code of the edition."""
    return all(one.correct == codes.is_billable(one.text) for one in item.options)


def _stem(rng: random.Random, codes: CodeSet, family: str, level: int) -> Code | None:
    lengths = {1: (3, 4), 2: (5,), 3: (3, 4, 5)}[level]
    stems = [code for code in common.headings(codes, family) if len(bare(code.code)) in lengths and code.title_known]
    rng.shuffle(stems)
    return next((code for code in stems if codes.valid_seventh(code.code)), None)
