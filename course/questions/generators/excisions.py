"""Excision of a skin lesion: which diameter counts, and which number it leads to."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.codesets.rules import excision, repair
from course.codesets.rules.common import plain
from course.questions.generators import scenes, services
from course.questions.generators.excision_facts import (
    ONE_ROW,
    Lesion,
    added,
    bare,
    cm,
    length_words,
    lesion,
    margin_words,
    numbed,
    size_words,
    slips,
)
from course.questions.kinds.number import Mistake, NumberItem, NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "size a skin excision and find its code"
DOMAINS = ("CPC: 10,000 series",)
NOISE = (
    "NKDA.",
    "Time-out done, site marked.",
    "Bleeding controlled with cautery.",
    "Consent signed.",
    "Blood loss minimal.",
    "Takes lisinopril and a statin.",
    "Wound care explained, return in 10 days.",
    "Nonsmoker.",
)
_HINTS = (
    "Two figures make the diameter: the lesion at its widest, and the margin, which lies on both sides. Length of the "
    "ellipse and of the specimen do not count.",
    "The pathology report decides between the two families, the place decides the group, the sum decides the size.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the diameter, or the code, from plain figures. Level 2: the code, with lengths that lead astray and a
    first impression that may be wrong. Level 3: two lesions, or a closure in layers that has a number of its own."""
    if level == 3:
        return services.again(lambda: _claim(rng, codes))
    one = services.again(lambda: lesion(rng, level))
    return _typed(rng, codes, one) if level == 2 else _first(rng, codes, one)


def law(item: Any, codes: CodeSet) -> bool:
    """Of all excision numbers those of the key alone have words that fit the pathology, the place and the diameter in
    the note; so for the closures in layers."""
    parts = re.split(r"^(?=[AB][:.] )", item.note, flags=re.M)
    found: list[tuple[tuple[str, str], Decimal]] = []
    layered: dict[str, list[Decimal]] = {}
    for part in parts[1:] or parts:
        words, size = _facts(part)
        found.append((words, size))
        closed = re.search(r"in layers, ([\d.]+) cm", part)
        if closed:
            layered.setdefault(_closed_group(part), []).append(Decimal(closed[1]))
    if item.kind == "number":
        return isinstance(item.answer, NumberKey) and item.answer.value == found[0][1]
    key = {
        code
        for code, own in services.worded("11400", "11646").items()
        for words, size in found
        if (ends := services.span(own)) and all(word in own for word in words) and ends[0] < size <= ends[1]
    }
    key |= {
        code
        for code, own in services.worded("12031", "12057").items()
        for group, lengths in layered.items()
        if (ends := services.span(own)) and group in own and ends[0] < sum(lengths) <= ends[1]
    }
    if item.kind == "single_choice":
        return {services.marked(item)} == key
    return sorted(code for code, _, _ in services.claimed(item)) == sorted(key)


_MALIGNANT = r"carcinoma|melanoma"


def _facts(part: str) -> tuple[tuple[str, str], Decimal]:
    """Words that our name of the code must have, and the diameter in cm."""
    low = part.lower()
    report = re.findall(r"path(?:ology)?(?: report)?: ([^.\n]*)", low)[-1]
    kind = "skin cancer" if re.search(_MALIGNANT, report) else "harmless"
    if re.search(r"\b(?:hand|foot|neck|scalp)\b", low):
        place = "hand, foot, neck"
    else:
        place = "face" if re.search(r"\b(?:cheek|temple|forehead|chin|nose|ear|lip)\b", low) else "trunk or limb"
    size = re.search(r"lesion[^.\d;]*([\d.]+) x ([\d.]+) (mm|cm)", low)
    assert size is not None
    after = low[size.end() :]
    margins = re.findall(r"([\d.]+) (mm|cm)", re.split(r"ellipse|specimen|gross|path", after)[0])
    assert 1 <= len(margins) <= 2
    sides = [_length(*one) for one in margins]
    return (kind, place), max(_length(size[1], size[3]), _length(size[2], size[3])) + sum(sides * (3 - len(sides)))


def _length(figure: str, unit: str) -> Decimal:
    return Decimal(figure) / (10 if unit == "mm" else 1)


def _closed_group(part: str) -> str:
    low = part.lower()
    if re.search(r"\b(?:hand|foot|neck)\b", low):
        return "neck, genitals"
    return "face" if re.search(r"\b(?:cheek|temple|forehead|chin|nose|ear|lip)\b", low) else "trunk, limb or scalp"


def _said(rng: random.Random, one: Lesion, level: int) -> list[str]:
    """The lesion as a note tells it, from the impression to the report."""
    first = rng.choice(one.disease.first) if level > 1 else one.disease.first[0]
    lines = [
        f"{scenes.capital(one.site.name)}: {first} suspected.",
        f"{size_words(rng, one, level)}, {margin_words(rng, one, level)}.",
    ]
    if level > 1:
        lines += length_words(rng, one)
    report = rng.choice(("Pathology: {}, margins clear.", "Pathology report: {}, completely removed.", "Path: {}."))
    return [*lines, report.format(one.disease.name)]


def _shared(level: int, *, closure: bool = False) -> dict[str, Any]:
    more = (services.book("surgery guidelines, repair (closure)"), services.ncci(3)) if closure else ()
    return {
        "slug": "lesion-excision",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": (
            services.book("integumentary system, excision of benign and malignant lesions"),
            *more,
        ),
    }


def _letter(side: re.Match[str]) -> str:
    return side[0][0].upper()


def _reason(one: Lesion) -> str:
    words = excision.size_words(excision.size_of(Decimal(one.excised) / 10))
    said = f"{scenes.capital(one.site.name)}: {added(one)}, which is {words}. "
    if one.margins[0] != one.margins[1]:
        said += f"(The narrower margin on both sides makes {cm(one.long + 2 * one.margins[0])}: the same code.) "
    return said + f"The report says {one.disease.name}, so the {one.disease.kind} family: **{one.code}**."


def _opening(rng: random.Random, level: int) -> str:
    where = rng.choice(("Office procedure", "Dermatology clinic", "Minor surgery room"))
    return f"{where}. {services.who(rng, level)}."


def _first(rng: random.Random, codes: CodeSet, one: Lesion) -> Any:
    note = " ".join([_opening(rng, 1), *_said(rng, one, 1)])
    if rng.random() < 0.4:
        wrong = {
            one.long + one.margins[0]: "The margin is counted once here. It lies on both sides of the lesion.",
            one.long: "That is the lesion alone. The margins belong to the excised diameter.",
            one.short + sum(one.margins): "That starts from the smaller diameter. The greatest one counts.",
            sum(one.margins): "Those are the margins alone.",
        }
        wrong.pop(one.excised, None)
        return NumberItem(
            title="How large was the excision?",
            stem="How many centimeters is the **excised diameter** that chooses the code?",
            note=note,
            answer=NumberKey(value=Decimal(one.excised) / 10, unit="cm"),
            mistakes=tuple(Mistake(value=Decimal(size) / 10, why=why) for size, why in wrong.items()),
            rationale=f"The widest part of the lesion and the margin on both sides: {added(one)}. It would lead to "
            f"{one.code}.",
            **_shared(1),
            **services.fields(codes, 1, DOMAINS),
        )
    slip = list(slips(one).items())
    sizes = [pair for pair in slip if pair[0] in excision.family(one.disease.kind, one.site.part)]
    tempting = sizes[: rng.choice((1, 2, 2))] + rng.sample(slip, len(slip))
    return services.choice(
        rng, codes, 1, DOMAINS, (one.code, "Kind, place and sum fit this size."), tempting,
        title="Which size of excision?",
        stem="Which code reports the **excision**? The closure is not asked for.",
        note=note,
        rationale=_reason(one),
        **_shared(1),
    )  # fmt: skip


def _idle(one: Lesion) -> bool:
    """Whether the margins change nothing."""
    return excision.code_for(one.disease.kind, one.site.part, Decimal(one.long) / 10) == one.code


def _typed(rng: random.Random, codes: CodeSet, one: Lesion) -> Any:
    lines = [_opening(rng, 2), *_said(rng, one, 2)]
    return services.claim(
        codes, 2, DOMAINS, [services.line(one.code)],
        title="One lesion, several lengths",
        stem="Enter the code of the **excision**. The closure is not asked for.",
        note=services.chart(rng, lines[:-1], NOISE, 1, 2) + " " + lines[-1],
        reasons=slips(one),
        rationale=_reason(one),
        **_shared(2),
    )  # fmt: skip


def _claim(rng: random.Random, codes: CodeSet) -> Any:
    two = rng.random() < 0.6
    lesions = [services.again(lambda: lesion(rng, 3)) for _ in range(2 if two else 1)]
    layers = [not two or one.ellipse > ONE_ROW or rng.random() < 0.25 for one in lesions]
    lesions = [one._replace(layers=in_layers) for one, in_layers in zip(lesions, layers, strict=True)]
    if len({one.code for one in lesions}) < len(lesions) or len({one.site.name for one in lesions}) < len(lesions):
        return None
    if len({one.disease for one in lesions}) < len(lesions) or all(_idle(one) for one in lesions):
        return None
    closed: list[tuple[repair.Wound, Lesion]] = []
    for one in lesions:
        if one.layers and (one.excised > 40 or (one.disease.kind == "benign" and one.excised <= 5)):
            return None  # too wide to be closed so; too small to be paid beside the excision (NCCI)
        if one.layers:
            part = "cheek" if one.site.part == "face" else one.site.part
            closed.append((repair.wound(bare(one.ellipse), "intermediate", part), one))
    sums = repair.sums(wound for wound, _ in closed)
    lines = [_opening(rng, 3)]
    for mark, one in zip("AB", lesions, strict=False):
        told = [re.sub(r"\b(?:right|left)(?= side)?\b", _letter, text, flags=re.I) for text in _said(rng, one, 3)]
        how = f"in layers, {cm(one.ellipse)}" if one.layers else rng.choice(("in one layer", "with one row of nylon"))
        told.insert(-1, f"Closed {how}.")
        lines.append(f"{mark}: " * two + " ".join(text for text in told if not (one.layers and "llipse" in text)))
    key = [services.line(one.code) for one in lesions]
    key += [services.line(one.lines[0].code) for one in sums]
    reasons: dict[str, str] = {}
    for one in lesions:
        reasons |= {code: why for code, why in slips(one).items() if code not in reasons}
    if two:
        both = sum(one.excised for one in lesions)
        for one in lesions:
            sum_of = excision.code_for(one.disease.kind, one.site.part, Decimal(both) / 10)
            reasons.setdefault(
                sum_of, "The two diameters added up lead here. Each lesion is coded by itself; sums are for closures."
            )
    reasons["120*" if sums else "12*"] = "A closure in one layer is part of the excision and has no line of its own."
    reasons["131*"] = "Nothing in the note makes a closure complex: no wide undermining, no stay sutures."
    said = " ".join(_reason(one) for one in lesions)
    for part in sums:
        lengths = " + ".join(plain(wound.length) for wound in part.wounds)
        total = f"{lengths} = {part.total} cm" if len(part.wounds) > 1 else f"{part.total} cm"
        said += f" The closure in layers is intermediate and has its own code: {total}, **{part.lines[0].code}**."
    if not all(layers):
        said += " A closure in one layer is part of the excision."
    return services.claim(
        codes, 3, DOMAINS, key,
        title="Two lesions, one claim" if two else "The lesion and its closure",
        stem="Enter all codes for the surgeon: excisions, and closures where they count. No modifiers.",
        note=services.chart(rng, lines[:1], NOISE, 0, 3) + "\n" + services.chart(rng, lines[1:], (), 0, 3)
        + "\n" + "\n".join([numbed(rng, lesions), rng.choice(NOISE)]),
        reasons=reasons,
        rationale=said,
        **_shared(3, closure=bool(sums)),
    )  # fmt: skip
