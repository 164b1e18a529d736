"""Modifiers for sides, fingers, toes and eyelids; both sides on one line, on two, or in the number itself."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.codesets import cpt, modifiers
from course.questions.generators import services
from course.questions.generators import side_facts as facts
from course.questions.generators.side_facts import Place, Work
from course.questions.kinds.modifier_choice import ModifierChoice
from course.questions.kinds.modifier_choice import ServiceLine as ChoiceLine
from course.questions.kinds.service_model import ServiceLine

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "choose the modifier for side, finger, toe or eyelid"
DOMAINS = ("CPC: Coding guidelines",)
_HINTS = (
    "Does the note name a finger, a toe or an eyelid? Each has a modifier of its own, which names the side as well.",
    "For both sides look up the bilateral indicator of the number: 1 takes 50; with 2 the number is for both already.",
)
_ONE_LINE, _TWO_LINES = "The payer wants both sides on one line.", "The payer wants a line for each side."


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one place. Level 2: both sides as well, abbreviations, and an older place that does not count. Level 3:
    all lines of a session, typed."""
    if level == 3:
        return services.again(lambda: _claim(rng, codes))
    return services.again(lambda: _modifier(rng, codes, level))


def law(item: Any, codes: CodeSet) -> bool:
    """The places of the note, looked up in the words of ``modifiers.csv``, and the bilateral indicator of each number
    lead to the modifiers of the key and to no other."""
    due: list[tuple[str, tuple[str, ...]]] = []
    for code, places in re.findall(r"^Procedure[^:]*: (\d{5}), [^.]*\. Site: ([^.]*)\.$", item.note, flags=re.M):
        if re.match(r"both|bilat", places):
            if _indicator(code) == "2":
                due.append((code, ()))
            elif _TWO_LINES in item.stem:
                due += [(code, ("LT",)), (code, ("RT",))]
            else:
                due.append((code, ("50",)))
        else:
            due += [(code, (_mark(one),)) for one in re.split(r", | and ", places)]
    if item.kind == "modifier_choice":
        return [(item.line.code, tuple(item.answer))] == due and set(item.answer) <= set(item.offered)
    return sorted((code, marks) for code, marks, _ in services.claimed(item)) == sorted(due)


_ORDINALS = {
    "thumb": "thumb", "index": "2nd digit", "middle": "3rd digit", "ring": "4th digit", "little": "5th digit",
    "great": "great toe", "second": "2nd toe", "third": "3rd toe", "fourth": "4th toe", "fifth": "5th toe",
}  # fmt: skip


def _mark(place: str) -> str:
    """The modifier whose words in ``modifiers.csv`` name the place."""
    side, *rest = place.replace("R ", "right ").replace("L ", "left ").split()
    named = next((words for start, words in _ORDINALS.items() if rest[0] == start), "")
    if not named:
        named = f"{rest[0]} {side} eyelid" if "eyelid" in rest else f"{side} side"
    wanted = {f"{side} {named}", f"{side} hand {named}", named}
    (found,) = (one.code for one in modifiers.all_modifiers() if one.words in wanted and side in one.words)
    return found


def _indicator(code: str) -> str:
    number = cpt.get(code)
    return number.bilateral if number else ""


def _shared() -> dict[str, Any]:
    return {
        "slug": "sides-and-digits",
        "hints": _HINTS,
        "objective": OBJECTIVE,
        "sources": (services.fees("bilateral indicator"), services.claims_manual(12, "40.7")),
    }


def _line(work: Work, places: list[Place], level: int, number: str = "") -> str:
    words = [facts.brief(one.words) if level > 1 else one.words for one in places]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"Procedure{number}: {work.code}, {work.done.lower()}. Site: {listed}."


def _history(rng: random.Random, work: Work, place: Place) -> str:
    """An older place, so that the first one that is read is not always the one that counts."""
    if work.on in facts.NAMES:
        other = facts.place(rng, work, (place.mark,)).words
    elif work.on == "sides" and place.mark in ("RT", "LT"):
        other = f"{'left' if place.mark == 'RT' else 'right'} {work.part}"
    else:
        return "History: nothing of the kind before."
    return f"History: {facts.brief(other)} treated last year."


def _note(rng: random.Random, works: list[Work], lines: list[str], history: str, level: int) -> str:
    extra = [history] if level > 1 else []
    if any(one.code in facts.CHILDREN for one in works):
        age, noise = rng.randint(1, 7), ["Mother at the bedside.", "NKDA.", "Vaccines up to date."]
        who = f"{rng.choice(('Boy', 'Girl'))} of {age}" if level < 3 else f"{age} y/o {rng.choice('MF')}"
    else:
        who, noise = services.who(rng, level, 40, 84), ["Allergy list checked.", "Consent signed.", "NKDA."]
    return "\n".join([f"{who}.", *extra, *lines, *rng.sample(noise, level - 1)])


def _reason(work: Work, place: Place) -> str:
    if not place.mark:
        return f"The bilateral indicator of {work.code} is 2: the number is for both sides already. No modifier."
    if place.mark == "50":
        return f"Both sides, and the bilateral indicator of {work.code} is 1: 50 on one line."
    known = modifiers.get(place.mark)
    assert known is not None
    return f"{work.code}, {place.words}: **{place.mark}** ({known.words})."


def _modifier(rng: random.Random, codes: CodeSet, level: int) -> Any:
    pool = facts.DIGITS if rng.random() < 0.6 else facts.SIDED
    if level == 2 and rng.random() < 0.3:
        pool = facts.BOTH
    work = rng.choice(pool)
    if work.on == "both":
        place = facts.both_sides(work)
    elif work.on == "sides":
        place = (
            facts.both_sides(work)
            if level == 2 and rng.random() < 0.45 and _may_be_both(work)
            else facts.one_side(rng, work)
        )
    else:
        place = facts.place(rng, work)
    offered = facts.neighbors(rng, place.mark) if work.on in facts.NAMES else []
    offered += ["LT", "RT", "50", *([] if offered else ["51", "59", "76"])]
    offered += [place.mark] if place.mark and place.mark not in offered else []
    reasons = {mark: _wrong(mark, work, place) for mark in offered}
    if place.mark:
        reasons[place.mark] = f"It names the place: {place.words}."
    rng.shuffle(offered)
    return ModifierChoice(
        title="Which place, which modifier?" if level == 1 else "Side, digit, or both?",
        stem=f"Which modifiers say **where**, if any is needed? {_ONE_LINE if level == 2 else ''}".strip(),
        note=_note(rng, [work], [_line(work, [place], level)], _history(rng, work, place), level),
        line=ChoiceLine(code=work.code),
        offered=tuple(offered),
        answer=(place.mark,) if place.mark else (),
        reasons={mark: reasons[mark] for mark in offered},
        rationale=_reason(work, place),
        **_shared(),
        **services.fields(codes, level, DOMAINS),
    )


def _may_be_both(work: Work) -> bool:
    return work.code not in facts.ONE_AT_A_TIME


def _wrong(mark: str, work: Work, place: Place) -> str:
    """Why a modifier does not belong on a line for this place."""
    known = modifiers.get(mark)
    assert known is not None
    if mark in ("51", "59", "76"):
        return f"{mark} does not say where. There is one procedure, done once."
    if mark == "50":
        if place.words.startswith("both"):
            return f"50 does not go here: the bilateral indicator of {work.code} is 2, so the number is for both sides."
        return "50 is for both sides in one session. The note names one place."
    if mark in ("LT", "RT"):
        if work.on in facts.NAMES:
            return f"{mark} names a side alone. There is a modifier that names the very {_noun(work)}."
        if place.words.startswith("both"):
            return f"{mark} names one side, and both were done."
        return f"{mark} is the {known.words}. Read again which one was done."
    return f"{mark} is for: {known.words}. The note names another {_noun(work)}."


def _noun(work: Work) -> str:
    return {"fingers": "finger", "toes": "toe", "lids": "eyelid"}[work.on]


def _claim(rng: random.Random, codes: CodeSet) -> Any:
    firsts: list[Work | None] = [one for one in facts.DIGITS if one.field not in facts.ONE_PLACE]
    first = rng.choice([*firsts, None])
    works: list[tuple[Work, list[Place]]] = []
    if first is not None:
        places: list[Place] = []
        for _ in range(rng.randint(2, 3)):
            places.append(facts.place(rng, first, tuple(one.mark for one in places)))
        works.append((first, places))
    field = first.field if first else "sinus"
    others = [one for one in (*facts.SIDED, *facts.BOTH) if one.field == field]
    for work in rng.sample(others, min(len(others), 1 if first else 2)):
        both = work.on == "both" or (rng.random() < 0.6 and _may_be_both(work))
        works.append((work, [facts.both_sides(work) if both else facts.one_side(rng, work)]))
    codes_of = {work.code for work, _ in works}
    if codes_of == {"64721", "20526"} or {"31256", "31267"} <= codes_of:
        return None
    rng.shuffle(works)
    two_lines = rng.random() < 0.5
    key: list[ServiceLine] = []
    reasons: dict[str, str] = {}
    for work, some in works:
        for place in some:
            marks = ("LT", "RT") if place.mark == "50" and two_lines else (place.mark,)
            key += [ServiceLine(code=work.code, modifiers=(mark,) if mark else ()) for mark in marks]
        reasons |= _reasons(work, some, two_lines)
    said = [_reason(work, place) for work, some in works for place in some]
    if two_lines:
        said = [text.replace("50 on one line", "for this payer LT on one line and RT on the other") for text in said]
    return services.claim(
        codes, 3, DOMAINS, key,
        asks=("modifiers",),
        title="Where was it done?",
        stem="Enter the lines with the modifiers that say **where**, no others. Each finger, toe or eyelid has its own "
        f"line. {_TWO_LINES if two_lines else _ONE_LINE}",
        note=_note(
            rng,
            [work for work, _ in works],
            [_line(work, some, 3, f" {n}") for n, (work, some) in enumerate(works, 1)],
            _history(rng, works[0][0], works[0][1][0]) if len(works[0][1]) == 1 else "History: hypertension.",
            3,
        ),
        reasons=reasons,
        rationale=" ".join(said),
        **_shared(),
    )  # fmt: skip


def _reasons(work: Work, places: list[Place], two_lines: bool) -> dict[str, str]:
    code = work.code
    if work.on in facts.NAMES:
        out = {
            f"{code}-{mark}": f"That says less than the note. Each {_noun(work)} has a modifier of its own."
            for mark in ("LT", "RT", "50")
        }
        for one in places:
            near = facts.neighbors(random.Random(one.mark), one.mark)
            for mark in near:
                known = modifiers.get(mark)
                if mark not in [other.mark for other in places] and known is not None:
                    out[f"{code}-{mark}"] = f"{mark} is for: {known.words}. The note names others."
        return out
    (place,) = places
    if not place.mark:
        why = f"The bilateral indicator of {code} is 2: the number is for both sides already."
        return {f"{code}-{mark}": why for mark in ("50", "LT", "RT")}
    if place.mark == "50":
        if two_lines:
            return {f"{code}-50": "This payer wants a line for each side, and no 50."}
        return {f"{code}-{mark}": "This payer wants one line, and the note names both sides." for mark in ("LT", "RT")}
    other = "LT" if place.mark == "RT" else "RT"
    return {
        f"{code}-{other}": "That is the other side. Read the line of the procedure again.",
        f"{code}-50": "One side was done.",
        f"{code}+{place.mark}": "The number names no side, and the note does.",
    }
