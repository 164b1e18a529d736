"""Burns of several sites: which depth counts, which code comes first, and the arithmetic of T31 and T32."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.questions.generators import burn_extent, burn_sites, common, scenes
from course.questions.kinds.number import Mistake, NumberItem, NumberKey
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.kinds.code_entry import CodeEntry

OBJECTIVE = burn_extent.OBJECTIVE

#: Parts of an adult's body surface by the rule of nines, in percent (Guidelines I.C.19.d.6).
NINES = {
    "head and neck": 9,
    "right arm": 9,
    "left arm": 9,
    "right leg": 18,
    "left leg": 18,
    "front of the trunk": 18,
    "back of the trunk": 18,
    "front half of the right leg": 9,
    "back half of the left leg": 9,
    "genital area": 1,
}
#: So that no part of an area is left to guess.
_WHOLE = (
    "Each area named is burned over its whole surface.",
    "The burn diagram shows every area named burned in full.",
    "All of each area is affected.",
)
_OVERLAP = {"right leg": "front half of the right leg", "left leg": "back half of the left leg"}
_OPENING = (
    "Burn unit, first day.",
    "Admitted to the burn center.",
    "Burn unit admission.",
    "Emergency department, for transfer.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: percentages to a T31 or T32 code. Level 2: the rule of nines, as a number or a code. Level 3: all
    codes of several burns, in sequence."""
    if level == 1:
        return _percentages(rng, codes)
    return _nines(rng, codes) if level == 2 else burn_sites.draw(rng, codes)


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the titles of T20 to T25, T31 and T32 say about the depths, sites and percentages in the note."""
    family = "T32" if re.search("acid|caustic", item.note) else "T31"
    try:
        if item.kind == "single_choice":
            deep, rest = (int(re.findall(rf"{word} degree (\d+) %", item.note)[0]) for word in ("third", "second"))
            return scenes.chosen(item, burn_extent.by_title(codes, family, deep + rest, deep))
        if item.difficulty == 2:
            deep, rest = (_area(part) for part in _halves(item.note))
            if item.kind == "number":
                return isinstance(item.answer, NumberKey) and int(item.answer.value) == deep + rest
            return scenes.holds(item, codes, {burn_extent.by_title(codes, family, deep + rest, deep)})
        return burn_sites.law(item, codes, family)
    except LookupError:
        return False


def _percentages(rng: random.Random, codes: CodeSet) -> SingleChoice:
    one, small = scenes.person(rng, 18, 79), rng.random() < 0.5
    second, third = (rng.randint(4, 24), rng.randint(2, 18)) if small else (rng.randint(4, 48), rng.randint(2, 38))
    total = second + third
    source = burn_extent.source(rng, total, third)
    family, word = ("T32", "Corrosions") if source in burn_extent.CHEMICALS else ("T31", "Burns")
    key = burn_extent.extent(total, third, family)
    wrong = {
        burn_extent.extent(total, total, family): "This one takes the whole burned area for third degree.",
        burn_extent.extent(
            max(second, third), min(second, third), family
        ): "This one does not add the two depths up first.",
        burn_extent.extent(total, 0, family): "This one leaves the third degree out of the last character.",
        burn_extent.extent(
            total, third, "T31" if family == "T32" else "T32"
        ): "T31 is for heat, T32 for chemicals. Read what did the damage.",
        burn_extent.extent(total + 10, third, family): f"Add again: {second} and {third} make {total}.",
        burn_extent.extent(total + 10, third + 10, family): "Both tens are one too high here.",
        burn_extent.extent(total + 20, third, family): f"Add again: {second} and {third} make {total}.",
    }
    wrong.pop(key, None)
    options = [
        (common.named(code), why) for name, why in rng.sample(list(wrong.items()), 3) if (code := codes.get(name))
    ]
    found = codes.get(key)
    assert found is not None and len(options) == 3
    depths = [f"second degree {second} %", f"third degree {third} %"]
    if rng.random() < 0.4:
        depths.reverse()
    scene = f"{scenes.who(rng, one, 1)}, {burn_extent.SOURCE[source]}".replace(",,", ",")
    adult = rng.choice(["Body surface", "Extent, as the surgeon charts it", "Burn diagram"])
    return SingleChoice(
        slug="burn-extent",
        title="How much of the body is burned?",
        stem="Which code reports the **extent**?",
        note=f"{rng.choice(_OPENING)} {scene}. {adult}: {rng.choice([', ', '; ']).join(depths)}.",
        options=common.options(rng, [(common.named(found), "Both characters fit the sums.")], options),
        hints=(
            "Two numbers are needed: all of the burned surface, and the part of it with third-degree burns.",
            "Add the depths up. The tens of the sum choose the 4th character, the tens of the third degree the 5th.",
        ),
        rationale=f"{word} by extent are in {family}. All of the surface: {second} + {third} = {total} %. "
        + _reading(key, total, third),
        sources=burn_extent.sources(codes, family),
        objective=OBJECTIVE,
        **common.common_fields(codes, 1),
    )


def _reading(key: str, total: int, third: int) -> str:
    if key.endswith(".0"):
        return f"Below 10 % there is one code for every depth: {key} (Guidelines I.C.19.d.6)."
    return (
        f"{total} % chooses the 4th character {key[4]}; third degree on {third} % chooses the 5th character {key[5]}. "
        f"Together {key} (Guidelines I.C.19.d.6)."
    )


def _nines(rng: random.Random, codes: CodeSet) -> CodeEntry | NumberItem:
    one = scenes.person(rng, 18, 79)
    parts = rng.sample(list(NINES), rng.randint(2, 4))
    parts = [part for part in parts if _OVERLAP.get(part) not in parts]
    while len(parts) < 2:
        parts += [part for part in rng.sample(list(NINES), 1) if part not in parts and "leg" not in part]
    cut = rng.randint(1, len(parts) - 1)
    deep, rest = parts[:cut], parts[cut:]
    third, total = sum(NINES[part] for part in deep), sum(NINES[part] for part in parts)
    source = burn_extent.source(rng, total, third)
    family = "T32" if source in burn_extent.CHEMICALS else "T31"
    key = burn_extent.extent(total, third, family)
    sentence = rng.choice(
        ["third degree: {deep}. Second degree: {rest}", "second degree: {rest}. Third degree: {deep}"]
    )
    told = sentence.format(deep=scenes.listed(deep), rest=scenes.listed(rest))
    sums = " + ".join(f"{NINES[part]} ({part})" for part in parts)
    shared: dict[str, Any] = {
        "slug": "burn-extent",
        "title": "Rule of nines",
        "note": f"Burn unit. {scenes.who(rng, one, 2)}, {burn_extent.SOURCE[source]}. ".replace(",,", ",")
        + f"{scenes.capital(told)}. {rng.choice(_WHOLE)}",
        "hints": (
            "An adult's surface in parts of nine: head and neck, each arm; twice nine for each leg, the front and the "
            "back of the trunk; one for the genitals. Half a leg is nine.",
            "Add up all areas for the whole extent. Add up the third-degree areas alone for the last character.",
        ),
        "objective": OBJECTIVE,
    }
    rationale = f"Rule of nines: {sums} = {total} %. Third degree alone: {third} %. "
    if rng.random() < 0.35:
        slips = {
            third: "That is the third degree alone. The extent counts every depth.",
            total - third: "That is the second degree alone. The extent counts every depth.",
            total + 9: "One area too many. Each arm is nine in all, front and back together.",
            total - 9: "One area too few. A whole leg is eighteen.",
        }
        slips.pop(total, None)
        return NumberItem(
            stem="By the **rule of nines**, how much of the body surface is burned in all, both depths together?",
            answer=NumberKey(value=Decimal(total), unit="percent"),
            mistakes=tuple(Mistake(value=Decimal(value), why=why) for value, why in slips.items()),
            rationale=rationale + f"The question asks for both depths: {total}.",
            sources=burn_extent.sources(codes, family),
            **shared,
            **common.common_fields(codes, 2),
        )
    return scenes.entry(
        codes,
        2,
        stem="Use the **rule of nines**. Which code reports the **extent**? No other codes.",
        key=[key],
        reasons=_extent_reasons(total, third, family),
        rationale=rationale + _reading(key, total, third),
        sources=burn_extent.sources(codes, family),
        **shared,
    )


def _extent_reasons(total: int, third: int, family: str) -> dict[str, str]:
    other = "T31" if family == "T32" else "T32"
    own = {
        burn_extent.extent(
            total, total, family
        ): "The last character counts third degree alone, not all that is burned.",
        burn_extent.extent(third, third, family): "The 4th character counts every depth, not the third degree alone.",
        f"{other}*": "T31 is for burns by heat, T32 for corrosions by chemicals. Read what did the damage.",
        "T30*": "T30 is for burns whose site nobody recorded, and it says nothing of the extent.",
    }
    return own


def _halves(note: str) -> tuple[str, str]:
    """What the note says of third and of second degree."""
    deep = re.search(r"third degree: ([^.]*)", note, re.IGNORECASE)
    rest = re.search(r"second degree: ([^.]*)", note, re.IGNORECASE)
    assert deep and rest
    return deep[1], rest[1]


def _area(text: str) -> int:
    """Percent of the surface that the areas in `text` make up: nines counted from words, not from the table."""
    nines = 0
    text, halves = re.subn(r"(front|back) half of the (right|left) leg", "", text)
    nines += halves
    nines += 2 * len(re.findall(r"leg|trunk", text)) + len(re.findall(r"arm|head and neck", text))
    return 9 * nines + len(re.findall("genital", text))
