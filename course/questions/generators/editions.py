"""What did the FY2027 update do? Which code is new, which became a heading, which is gone?"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import TYPE_CHECKING

from course.codesets import icd10cm
from course.questions.generators import common
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

OBJECTIVE = "tell what an edition changed"
EDITION = 2027


@lru_cache(maxsize=4)
def _changes(codes: CodeSet) -> dict[str, tuple[str, ...]]:
    rows = codes.connection.execute(
        "SELECT action, code FROM history WHERE edition = ? ORDER BY rowid", (EDITION,)
    ).fetchall()
    by_action = {action: [code for kind, code in rows if kind == action] for action in ("added", "deleted", "expanded")}
    # The history also names headings that went with their codes (T52.8X3 with T52.8X3A); they were never billable.
    gone = [
        code for code in by_action["deleted"] if not any(o != code and o.startswith(code) for o in by_action["deleted"])
    ]
    return {"added": tuple(by_action["added"]), "gone": (*gone, *by_action["expanded"])}


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: which code is new? Level 2: which left the list of billable codes? Level 3: either, with
    neighbours as distractors."""
    ask = {1: "added", 2: "gone", 3: rng.choice(("added", "gone"))}[level]
    changes = _changes(codes)
    key = rng.choice(changes[ask])
    others = _unchanged(rng, codes, key, 3, near=level == 3)
    titles = {name: _title(codes, name) for name in (key, *others)}
    what = (
        "is **new** in FY2027: billable since 1 October 2026, and not before"
        if ask == "added"
        else ("was billable in FY2026 and is **not billable any more** in FY2027")
    )
    return SingleChoice(
        slug="what-changed-fy2027",
        title="What changed in FY2027?",
        stem=f"Which of these codes {what}?",
        options=common.options(
            rng,
            [(f"**{key}** {titles[key]}", _why(codes, key))],
            [(f"**{name}** {titles[name]}", "This one is billable in FY2026 and in FY2027 alike.") for name in others],
        ),
        hints=(
            "The code browser shows the edition history of a code.",
            "Choose edition 2026 in the browser and see which of the four looks different there.",
        ),
        rationale=_why(codes, key)
        + " A visit is coded with the edition in force on its date, so for a while coders need both editions.",
        sources=(
            common.Source(
                ref=f"ICD-10-CM codes addenda, {key}", edition="FY2027 (1 October 2026)", checked=common.CHECKED
            ),
            common.Source(
                ref="45 CFR 162.1000(a) (codes valid when the care is given)", edition=None, checked=common.CHECKED
            ),
        ),
        objective=OBJECTIVE,
        **{**common.common_fields(codes, level), "editions": (EDITION,)},
    )


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """The right option, and no other, is billable in one of the two editions and not in the other, as the stem says."""
    before, after = (icd10cm.open_edition(edition) for edition in (EDITION - 1, EDITION))
    has, lacks = (after, before) if "**new**" in item.stem else (before, after)
    named = [(one, common.leading_code(one.text)) for one in item.options]
    return all(one.correct == (has.is_billable(code) and not lacks.is_billable(code)) for one, code in named)


def _why(codes: CodeSet, code: str) -> str:
    change = next(c for c in codes.history(code) if c.edition == EDITION and c.action != "revised")
    if change.action == "added":
        return f"{code} was added on 1 October 2026."
    if change.action == "expanded":
        return f"{code} became a heading on 1 October 2026. The detail is now in {', '.join(change.replaced_by)}."
    return f"{code} was deleted on 1 October 2026."


def _title(codes: CodeSet, code: str) -> str:
    found = codes.get(code)
    return found.title if found and found.title_known else codes.history(code)[-1].title


def _unchanged(rng: random.Random, codes: CodeSet, key: str, count: int, near: bool) -> list[str]:
    """Billable codes that no known FY2027 change touches; near ones share the key's chapter letter."""
    out: list[str] = []
    while len(out) < count:
        code: Code | None = common.draw_until(
            rng, codes, 2, lambda family: _one(rng, codes, family, key[0] if near else "")
        )
        if code and code.code not in out:
            out.append(code.code)
    return out


def _one(rng: random.Random, codes: CodeSet, family: str, letter: str) -> Code | None:
    if letter and family[0] != letter:
        return None
    below = [
        code
        for code in codes.billable_below(family, limit=200)
        if not any(c.edition == EDITION for c in codes.history(code.code))
    ]
    return rng.choice(below) if below else None
