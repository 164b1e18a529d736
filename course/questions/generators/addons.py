"""Add-on codes: which numbers cannot stand alone, and which primary code they need."""

from __future__ import annotations

import csv
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.paths import data_dir
from course.questions.generators import common, services
from course.questions.kinds.multiple_choice import MultipleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "see which codes need a primary code beside them"
DOMAINS = ("CPC: Coding guidelines", "CCA: Clinical classification systems")
_HINTS = (
    "Open each number in the browser. Which of them are marked as add-on codes?",
    "Add-on codes have ZZZ in the column of global days, with few exceptions.",
)
_SETTINGS = ("Office", "Hospital outpatient", "Ambulatory surgery center", "Hospital inpatient, professional claim")
_NOISE = (
    "Claim typed by a temp.",
    "Diagnoses linked, accepted.",
    "Secondary insurance on file.",
    "Time of each service on the face sheet.",
    "Signed by the surgeon the same evening.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: which of these are add-on codes. Level 2: which primary code may this add-on follow. Level 3: a claim, and
    which of its lines has nothing to stand beside."""
    return services.again(lambda: {1: _which, 2: _primary, 3: _orphan}[level](rng, codes))


@cache
def _addons() -> tuple[cpt.Number, ...]:
    """Add-on codes with our words, whose primary codes are listed and partly taught."""
    return tuple(one for one in cpt.numbers() if one.addon and one.words and _known(one))


def _known(addon: cpt.Number) -> tuple[cpt.Number, ...]:
    found = (cpt.get(code) for code in addon.primaries)
    return tuple(one for one in found if one is not None and one.words and not one.addon)


@cache
def _alone() -> tuple[cpt.Number, ...]:
    return tuple(
        one for one in cpt.numbers() if one.words and not one.addon and one.global_days in ("000", "010", "090", "XXX")
    )


def _near(addon: cpt.Number) -> list[cpt.Number]:
    """Codes of the same part of the book that stand alone and are none of its primary codes.

    A list of twelve may be cut short: then the add-on is not asked about in this way.
    """
    return [one for one in _alone() if one.subsection.key == addon.subsection.key and one.code not in addon.primaries]


def _which(rng: random.Random, codes: CodeSet) -> Any:
    part = rng.choice(_addons()).subsection.key
    adding = [one for one in cpt.numbers() if one.addon and one.words and one.subsection.key == part]
    alone = [one for one in _alone() if one.subsection.key == part]
    if len(adding) < 2 or len(alone) < 2:
        return None
    count = rng.randint(2, 3)
    yes = rng.sample(adding, min(count, len(adding)))
    no = rng.sample(alone, min(5 - len(yes), len(alone)))
    right = [(one.code, f"An add-on: {one.words}. {_days(one)}") for one in yes]
    wrong = [(one.code, f"It stands by itself: {one.words}. {_days(one)}") for one in no]
    return MultipleChoice(
        slug="addon-or-alone",
        title="Which cannot stand alone?",
        stem="Look the numbers up. Which of them are **add-on codes**, reported beside a primary code and never alone?",
        options=common.options(rng, right, wrong),
        hints=_HINTS,
        rationale=" ".join(f"**{one.code}**: {one.words}." for one in yes)
        + " These describe extra work beside a primary code. They take no modifier 51.",
        objective=OBJECTIVE,
        sources=_sources(),
        **services.fields(codes, 1, DOMAINS),
    )


def _days(one: cpt.Number) -> str:
    return f"The fee schedule gives it {one.global_days}." if one.global_days else ""


def _primary(rng: random.Random, codes: CodeSet) -> Any:
    addon = rng.choice(_addons())
    near = _near(addon)
    if len(addon.primaries) >= 12 or len(near) < 3:
        return None
    right = rng.choice(_known(addon))
    wrong = rng.sample(near, 3)
    return services.choice(
        rng, codes, 2, DOMAINS,
        (right.code, f"In our words: {right.words}. The list of {addon.code} names it."),
        [(one.code, f"In our words: {one.words}. The list of primary codes of {addon.code} does not name it.") for one in wrong],
        slug="addon-or-alone",
        title="Beside which code?",
        stem=f"**{addon.code}** is an add-on code; in our words: {addon.words}. Beside which of these may it stand?",
        hints=("Open the add-on code in the browser: it lists primary codes.", "Ask which service the extra work belongs to."),
        rationale=f"{addon.code} ({addon.words}) follows **{right.code}** ({right.words}). NCCI lists the primary codes of each add-on "
        "code; with none of them on the claim, the add-on is denied.",
        objective=OBJECTIVE,
        sources=_sources(),
    )  # fmt: skip


def _orphan(rng: random.Random, codes: CodeSet) -> Any:
    """A claim of three or four lines, one of them an add-on whose primary code is missing, or none."""
    good = rng.choice(_addons())
    primary = rng.choice(_known(good))
    missing = rng.random() < 0.75
    lost = rng.choice([one for one in _addons() if one.subsection.key != good.subsection.key])
    if (
        len(good.primaries) >= 12
        or len(lost.primaries) >= 12
        or primary.code in lost.primaries
        or good.code in lost.primaries
    ):
        return None
    fill = rng.choice(_alone())
    if fill.code in lost.primaries or fill.code in (primary.code, lost.code) or fill.code in good.primaries:
        return None
    lines = [primary.code, good.code, fill.code] + ([lost.code] if missing else [])
    lines.sort()
    said = {one.code: one.words for one in (primary, good, fill, lost)}
    whole = "All lines can stand as they are"
    whys = {
        primary.code: f"In our words: {primary.words}. It stands by itself.",
        fill.code: f"In our words: {fill.words}. It stands by itself.",
        good.code: f"An add-on ({good.words}), and {primary.code}, one of its primary codes, is on the claim.",
        lost.code: f"An add-on ({lost.words}). None of its primary codes is on the claim.",
        whole: "Look each add-on up, and then its primary codes."
        if missing
        else f"{good.code} is the one add-on, and {primary.code} is among its primary codes.",
    }
    key = lost.code if missing else whole
    note = services.chart(
        rng, [f"{rng.choice(_SETTINGS)}, one date, one provider.", *lines], _NOISE, 2, 3
    )  # fmt: skip
    return services.choice(
        rng, codes, 3, DOMAINS,
        (key, whys[key]),
        [(text, whys[text]) for text in (good.code, whole, primary.code, fill.code) if text != key],
        slug="addon-or-alone",
        title="Which line has no partner?",
        stem="A claim before it goes out. Which line will come back, since its **primary code** is missing?",
        note=note,
        hints=(_HINTS[0], "For each add-on code, open its list of primary codes and look for one of them on the claim."),
        rationale=" ".join(f"{code}: {said[code]}." for code in lines)
        + (f" The add-on **{lost.code}** has none of its primary codes beside it." if missing else " Each add-on has its primary code."),
        objective=OBJECTIVE,
        sources=_sources(),
    )  # fmt: skip


def _sources() -> tuple[Any, ...]:
    from course.questions.base import Source

    edits = Source(ref="Medicare NCCI add-on code edits", edition="July 2024", checked=common.CHECKED)
    return (edits, services.fees("global days"))


@cache
def _table() -> dict[str, tuple[bool, tuple[str, ...]]]:
    with (data_dir() / "codesets" / "cpt.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (row["addon"] == "1", tuple(row["primaries"].split())) for row in csv.DictReader(lines)}


def law(item: Any, codes: CodeSet) -> bool:
    """Read from the table itself: add-on marks, lists of primary codes, and what stands on the claim."""
    table = _table()
    if item.kind == "multiple_choice":
        return all(one.correct == table[one.text][0] for one in item.options)
    right = services.marked(item)
    if right is None:
        return False
    if item.note is None:
        addon = re.search(r"\*\*(\w{5})\*\* is an add-on", item.stem)
        listed = table[addon[1]][1] if addon else ()
        return {one.text for one in item.options if one.text in listed} == {right}
    lines = re.findall(r"^(\w{5})$", item.note, re.M)
    lost = [code for code in lines if table[code][0] and not set(table[code][1]) & set(lines)]
    return [right] == lost or (not lost and right.startswith("All lines"))
