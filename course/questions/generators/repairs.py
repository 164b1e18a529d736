"""Closure of several wounds: what is added up, what is kept apart, and which codes that makes."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.codesets.rules import repair
from course.codesets.rules.common import RuleError
from course.questions.generators import repair_facts as facts
from course.questions.generators import scenes, services
from course.questions.generators.repair_facts import Cut

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "add up closures of wounds by class and site"
DOMAINS = ("CPC: 10,000 series",)
_HINTS = (
    "Name the class of each closure first: simple, intermediate or complex. Then look which sites share a code range "
    "in that class. Only lengths that agree in both are added.",
    "The neck, the hands and the feet change their company from class to class. Look at the ranges.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: wounds of one class, in one group or two. Level 2: two classes, typed. Level 3: three classes, an add-on
    with its units, a wound that has no closure code."""
    return services.again(lambda: _first(rng, codes) if level == 1 else _claim(rng, codes, level))


def law(item: Any, codes: CodeSet) -> bool:
    """The key holds those codes, and no others, whose words fit class, place and sum of the wounds in the note."""
    wounds = [_read(line) for line in re.findall(r"[^.:]*?(?:[\d.]+ cm)?[^.:]*?: [^.]*\.", _wounds(item.note))]
    key: dict[str, int] = {}
    for code, words in services.worded("12001", "13153").items():
        ends = services.span(words)
        fitting = sum(length for kind, place, length in wounds if kind and _fits(words, kind, place))
        if "every further 5" in words:
            if fitting > Decimal("7.5"):
                key[code] = math.ceil((fitting - Decimal("7.5")) / 5)
        elif ends and ends[0] < fitting <= (10**6 if "difficult" in words and ends[1] == Decimal("7.5") else ends[1]):
            key[code] = 1
    if item.kind == "single_choice":
        return services.marked(item) == _joined(sorted(key))
    classes = {code: services.worded(code, code)[code].split(",")[0] for code in key}
    rank = {"difficult wound": 0, "layered stitching": 1, "one-layer stitching": 2}
    order = {(a, b) for a in key for b in key if rank[classes[a]] < rank[classes[b]]}
    order |= {(str(int(a) - 1), a) for a in key if "every further 5" in services.worded(a, a)[a]}
    lines = {code: units for code, _, units in services.claimed(item)}
    return lines == key and len(item.answer.lines) == len(key) and set(item.answer.order) == order


_FACE = ("forehead", "cheek", "chin", "nose", "ear", "lip", "eyelid")
_HANDS = ("neck", "palm", "hand", "sole", "foot")
_TRUNK = ("chest", "abdomen", "back")
#: Beginning of our words -> words of a note that name its places.
_PLACES = {
    "one-layer stitching, body": ("scalp", "arm", "forearm", "thigh", "knee", "shin", *_HANDS, *_TRUNK),
    "one-layer stitching, face": _FACE,
    "layered stitching, trunk": ("scalp", "arm", "forearm", "thigh", "knee", "shin", *_TRUNK),
    "layered stitching, neck": _HANDS,
    "layered stitching, face": _FACE,
    "difficult wound, trunk": _TRUNK,
    "difficult wound, scalp": ("scalp", "arm", "forearm", "thigh", "knee", "shin"),
    "difficult wound, cheek": ("forehead", "cheek", "chin", *_HANDS),
    "difficult wound, eyelid": ("nose", "ear", "lip", "eyelid"),
}


def _wounds(note: str) -> str:
    return " ".join(re.findall(r"[^.\n]*\d\.\d cm[^:]*:[^.]*\.", note))


def _read(line: str) -> tuple[str, str, Decimal]:
    """Class, place and length of a wound; the class is empty where nothing was sewn."""
    low = line.lower()
    size = re.search(r"(\d+\.\d) cm", low)
    assert size is not None
    place = re.sub("back of the", "", low.split(":")[0])
    kind = "layered stitching" if re.search("layers|deep|gravel", low) else "one-layer stitching"
    if re.search("undermin", low):
        kind = "difficult wound"
    return ("" if "strips" in low else kind), place, Decimal(size[1])


def _fits(words: str, kind: str, place: str) -> bool:
    head = next(start for start in _PLACES if words.startswith(start))
    return words.startswith(kind) and re.search(rf"\b(?:{'|'.join(_PLACES[head])})\b", place) is not None


def _joined(some: Sequence[str]) -> str:
    return scenes.listed(list(some))


def _shared() -> dict[str, Any]:
    return {
        "slug": "repair-sum",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": (services.book("integumentary system, guidelines on repair (closure)"), services.ncci(3)),
    }


def _note(rng: random.Random, some: Sequence[Cut], accident: str, level: int) -> str:
    oldest = 60 if "Motorcycle" in accident else 80
    opening = f"{facts.setting(rng, some, level)}. {services.who(rng, level, 18, oldest)}. {accident}."
    noise = facts.noise(rng, some, level)
    wounds = [facts.told(rng, one) for one in some]
    rng.shuffle(wounds)
    if level == 3:
        return "\n".join([opening, noise[0], *wounds, *noise[1:]])
    return " ".join([opening, *wounds, *noise[1:]])


def _first(rng: random.Random, codes: CodeSet) -> Any:
    kind = rng.choice(("simple", "simple", "intermediate"))
    accident = rng.choice(list(facts.ACCIDENTS))
    some = facts.cuts(rng, [kind] * rng.randint(2, 3), accident)
    sums = facts.sums(some)
    key = sorted(line.code for part in sums for line in part.lines)
    alone = sorted(code for one in some for code, _ in facts.lines([one]))
    total = sum(one.length for one in some)
    groups = list(dict.fromkeys(one.group for one in some))
    wrong = []
    if len(groups) > 1:
        for group in groups:
            code = repair.lines_for(kind, group, facts.bare(total))[0].code
            wrong.append((code, f"{facts.bare(total)} cm adds up sites that do not share a code range in this class."))
    else:
        other = next(group for group in repair.GROUPS[kind] if group != groups[0])
        code = repair.lines_for(kind, other, facts.bare(total))[0].code
        wrong.append((code, f"That range is for {facts.GROUP_WORDS[kind, other]}. No wound of the note is there."))
    if len(some) > len(sums):
        wrong.append(
            (_joined(alone), "Each wound was coded by itself. Those of one class and site group are added up.")
        )
    longest = max(some, key=lambda one: one.length)
    code = facts.lines([longest])[0][0]
    wrong.append((code, f"That is the longest wound alone, {facts.bare(longest.length)} cm. The others count, too."))
    class_ = "intermediate" if kind == "simple" else "simple"
    mixed = sorted(code for code, _ in facts.lines([one._replace(kind=class_) for one in some]))
    wrong.append((_joined(mixed), f"Those are for {class_} closures. Read how many layers were closed."))
    rng.shuffle(wrong)
    return services.choice(
        rng, codes, 1, DOMAINS,
        (_joined(key), "Lengths are added where class and site group agree, and kept apart elsewhere."), wrong,
        title="What is added up?",
        stem="Which code or codes report the **closures**?",
        note=_note(rng, some, accident, 1),
        rationale=" ".join(facts.reason(part) for part in sums)
        + " Lengths are added within one class and one group of sites, never across.",
        **_shared(),
    )  # fmt: skip


def _claim(rng: random.Random, codes: CodeSet, level: int) -> Any:
    kinds = {
        2: (["simple", "simple", "intermediate"], ["simple", "intermediate", "intermediate"],
            ["simple", "simple", "intermediate", "intermediate"]),
        3: (["simple", "intermediate", "complex", "complex"], ["simple", "simple", "intermediate", "complex"],
            ["intermediate", "intermediate", "complex", "complex"],
            ["simple", "simple", "intermediate", "complex", "complex"]),
    }[level]  # fmt: skip
    accident = rng.choice(list(facts.ACCIDENTS))
    some = facts.cuts(rng, rng.choice(kinds), accident, soiled=level == 3)
    try:
        sums = facts.sums(some)
    except RuleError:
        return None
    units = any(len(part.lines) > 1 for part in sums)
    if len(sums) == len(some) or (level == 3 and not units and rng.random() < 0.6):
        return None
    extra = []
    if level == 3 and rng.random() < 0.6:
        place = rng.choice([place for place in facts.ACCIDENTS[accident] if place not in {one.place for one in some}])
        extra = [Cut(place, rng.randint(5, 12), "", rng.choice(facts.STRIPS))]
    order = [
        (first.code, then.code)
        for part in sums for other in sums
        if repair.CLASSES.index(part.kind) > repair.CLASSES.index(other.kind)
        for first in part.lines for then in other.lines
    ]  # fmt: skip
    order += [(part.lines[0].code, extra_line.code) for part in sums for extra_line in part.lines[1:]]
    said = " ".join(facts.reason(part) for part in sums)
    if extra:
        said += " Strips alone are no closure with a code of its own."
    if any(one.how == facts.SOILED for one in some):
        said += " One layer after cleaning at length is intermediate."
    asks = ("units",) if level == 3 else ()
    return services.claim(
        codes, level, DOMAINS, [services.line(line.code, units=line.units) for part in sums for line in part.lines],
        asks=asks,
        order=order,
        title="Several wounds, several sums" if level == 2 else "All the closures of one accident",
        stem="Enter the codes of the **closures**"
        + (", with units" if asks else "")
        + ". No modifiers, no visit. The most complex class stands first"
        + (", an add-on after its main code" if units else "")
        + "; within a class any order will do.",
        note=_note(rng, some + extra, accident, level),
        reasons=facts.slips(some + extra),
        rationale=f"{said} The class that is harder to close stands first.",
        **_shared(),
    )  # fmt: skip
