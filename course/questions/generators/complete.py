"""Complete a code with its 7th character, with X in the empty places."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.codesets.icd10cm.model import bare
from course.questions.generators import common
from course.questions.kinds.code_entry import CodeAnswer, CodeEntry

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "complete a code with placeholder X and 7th character"


def draw(rng: random.Random, codes: CodeSet, level: int) -> CodeEntry:
    """Level 1: six characters and three choices. Level 2: placeholders. Level 3: long lists of 7th characters."""
    pool = common.categories_with(codes, {1: "plain", 2: "any", 3: "many"}[level], level)
    stem = common.draw_until(rng, codes, level, lambda family: _stem(rng, codes, family, level), pool)
    meanings = codes.valid_seventh(stem.code)
    char, meaning = rng.choice(list(meanings.items()))
    key = codes.normalise(bare(stem.code).ljust(6, "X") + char)
    empty = 6 - len(bare(stem.code))
    rule = codes.seventh(stem.code)
    owner = rule.owner if rule else stem.code
    twins = "fetus" in meaning
    rules = ("I.A.4", "I.A.5", "I.C.15.a.6") if "fetus 1" in meanings.values() else ("I.A.4", "I.A.5")
    fill = (
        f"{stem.code} has {len(bare(stem.code))} characters, so {empty} {'place is' if empty == 1 else 'places are'} "
        "filled with X to let the 7th character stand in seventh place."
        if empty
        else f"{stem.code} already has six characters, so the 7th character follows at once."
    )
    return CodeEntry(
        slug="complete-the-code",
        title="Complete the code",
        stem=f"The Index and the Tabular List have led you to {common.named(stem)}. It still lacks its 7th character, "
        f"which tells here {common.seventh_asks(meanings)}. From the record of this visit:\n\n**{meaning}**\n\n"
        "Enter the complete code." + (" A code of category O30 is not asked for." if twins else ""),
        system="icd10cm",
        answer=CodeAnswer(codes=(key,)),
        hints=(
            f"The list of 7th characters stands at {owner} in the Tabular List.",
            "Count the characters you have. The one you add must land in the seventh place.",
        ),
        rationale=f"At {owner} the Tabular List gives **{char}** the meaning *{meaning}*. {fill} That makes **{key}**."
        + (
            f" For fetus 1 to 9 the note at {owner} wants a code from O30.- (multiple gestation) as well."
            if twins
            else ""
        ),
        sources=common.tabular(codes, f"7th characters at {owner}", *(common.guideline(one) for one in rules)),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def law(item: CodeEntry, codes: CodeSet) -> bool:
    """Of all codes below the incomplete one, exactly one has the 7th character that the stem names, and it is
    the key."""
    heading = common.leading_code(item.stem[item.stem.index("**") :])
    asked = item.stem.split("\n\n")[1].strip("*")
    rule = codes.seventh(heading)
    assert rule is not None
    fitting = [
        leaf.code
        for leaf in codes.billable_below(heading)
        if len(bare(leaf.code)) == 7
        and bare(leaf.code)[:6] == bare(heading).ljust(6, "X")
        and rule.meanings.get(leaf.code[-1]) == asked
    ]
    return fitting == list(item.answer.codes)


def _stem(rng: random.Random, codes: CodeSet, family: str, level: int) -> Code | None:
    stems = common.headings(codes, family)
    rng.shuffle(stems)
    for code in stems:
        length = len(bare(code.code))
        if (level == 1 and length != 6) or (level == 2 and length == 6) or not code.title_known:
            continue
        chars = codes.valid_seventh(code.code)
        if (
            chars
            and (len(chars) <= 3 if level == 1 else len(chars) > 3 or level == 2)
            and common.distinct(list(chars.values()))
        ):
            return code
    return None
