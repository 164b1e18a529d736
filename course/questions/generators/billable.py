"""Which of four may stand on a claim? One is billable, three are headings or still lack their 7th character."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "tell a billable code from a heading"


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1 mixes categories, level 2 stays in one category, level 3 takes headings as long as possible and
    short codes."""
    if level == 2:
        key, heads = common.draw_until(rng, codes, level, lambda family: _one_family(rng, codes, family))
    else:
        key = common.draw_until(rng, codes, level, lambda family: _billable(rng, codes, family, level))
        heads = []
        while len(heads) < 3:
            head = common.draw_until(rng, codes, level, lambda family: _heading(rng, codes, family, level))
            if head not in heads:
                heads.append(head)
    why = f"No character can be added to {key.code}: nothing stands below it in the Tabular List. It can go on a claim."
    wrong = [(common.named(head), common.not_complete(codes, head)) for head in heads]
    return SingleChoice(
        slug="billable-or-header",
        title="Heading or billable code?",
        stem=f"In FY{codes.edition}, three of these four still need more characters. Which one is a complete code that "
        "**can stand on a claim**?",
        options=common.options(rng, [(common.named(key), why)], wrong),
        hints=(
            "A code is complete when nothing stands below it. Its length alone tells you nothing: some are "
            "complete with three characters.",
            "Open each one in the code browser. Does anything stand below it, or does a note above it ask for a "
            "7th character?",
        ),
        rationale=f"{key.code} has nothing below it, so it is billable. "
        + " ".join(common.not_complete(codes, head) for head in heads)
        + " A claim with too few characters in a code comes back.",
        sources=common.tabular(
            codes,
            f"{key.code}; {', '.join(h.code for h in heads)}",
            common.guideline("I.A.2"),
            common.guideline("I.B.2"),
        ),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """An option is marked right exactly when the Tabular List has nothing below its code."""
    return all(one.correct == (not codes.children(common.leading_code(one.text))) for one in item.options)


def _billable(rng: random.Random, codes: CodeSet, family: str, level: int) -> Code | None:
    below = codes.billable_below(family)
    if level == 3:  # short and complete: the surprise of the Tabular List
        below = [code for code in below if len(code.code) <= 5] or below
    return rng.choice(below) if below else None


def _heading(rng: random.Random, codes: CodeSet, family: str, level: int) -> Code | None:
    found = [code for code in common.headings(codes, family) if code.title_known]
    if level == 3 and found:  # long and still not complete
        longest = max(len(code.code) for code in found)
        found = [code for code in found if len(code.code) == longest and longest >= 5]
    return rng.choice(found) if found else None


def _one_family(rng: random.Random, codes: CodeSet, family: str) -> tuple[Code, list[Code]] | None:
    heads = [code for code in common.headings(codes, family) if code.title_known]
    if len(heads) < 3:
        return None
    return rng.choice(codes.billable_below(family)), rng.sample(heads, 3)
