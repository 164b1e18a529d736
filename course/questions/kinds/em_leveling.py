"""E/M leveling: tick what a note holds, then choose the code. Raw response: ``{"elements": {"stable-chronic": 2,
"prescription-drug": 1}, "minutes": "34", "code": "99214"}``; what is left out is open.

The card computes level and code from the ticks as they are made (it is a trainer); what is graded is whether the ticks
are those of the note, and the code. Ticks and code are worth half each. Ticks: for each element of the key (and the
minutes, where the note has them) 1 when it is right and a half when only the number is not, less 1 for each tick that
the note does not bear out, over the number of the key's elements, never below 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from course.codesets.cpt import em
from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.kinds import common
from course.questions.kinds.em_model import (
    MINUTES,
    MOST,
    THINGS,
    TITLES,
    EmLeveling,
    found_code,
    key_of,
    mdm_of,
    mdm_parts,
    outranked,
    rules_view,
    timed,
)

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

Model = EmLeveling

#: Minutes of a day.
LONGEST = 1440
RULE = "CPT 2026, E/M guidelines: two of three parts must reach a level"
TIME_RULE = "CPT 2026, E/M guidelines: level by decision making or by time"
PROMPT = "Tick what the note holds, choose the code, then check."
UNREADABLE = "I could not make out what is ticked. Answer on the card."

NO_MINUTES = (
    "No total time of the billing professional on this date stands in the note that counts. Leave the field empty."
)
OTHER_MINUTES = (
    "Count again: the minutes of the billing professional on this date, without those of staff and without those of "
    "what is billed by itself."
)
OPEN_MINUTES = "The note gives a time that counts. Look for it."
OTHER_NUMBER = "It is in the note, but not so often. Count once more: each one that was dealt with today, once."
MORE_OF_IT = "It is in the note, and more than once. Count once more: each one that was dealt with today."
HARMLESS = "It may be ticked or not: beside the rest it changes nothing."
MORE = "There is more to it: look once more at the {}."


class Response(NamedTuple):
    """What was answered: element -> how many, minutes or None, code or ""."""

    elements: Mapping[str, int]
    minutes: int | None = None
    code: str = ""


def _instruction(item: EmLeveling) -> str:
    time = ", enter the minutes if any count," if timed(item) else ""
    return f"Tick what the note holds{time} and choose the code. The table shows what your ticks lead to."


def view(item: EmLeveling) -> dict[str, Any]:
    """The rules of ``rules_view``; nothing of it depends on the note."""
    return common.frame(item, _instruction(item), **rules_view(item.category))


def parse(item: EmLeveling, raw: Any) -> Parsed:
    """A map of ``elements``, ``minutes`` and ``code``; ``Answer.value`` is a ``Response``."""
    if raw is None or raw in ("", []):
        return Blank(PROMPT)
    if not isinstance(raw, dict) or not all(name in ("elements", "minutes", "code") for name in raw):
        return Invalid(UNREADABLE)
    ticked = raw.get("elements") or {}
    if not isinstance(ticked, dict) or not all(_is_tick(name, count) for name, count in ticked.items()):
        return Invalid(UNREADABLE)
    minutes = _minutes(raw.get("minutes")) if timed(item) else None
    if isinstance(minutes, Invalid):
        return minutes
    code = raw.get("code") or ""
    if code and code not in [row.code for row in em.in_category(item.category)]:
        return Invalid(f"That code is not among those of this category: {em.categories()[item.category]}.")
    elements = {name: count for name, count in ticked.items() if count}
    return Answer(Response(elements, minutes, code)) if elements or minutes is not None or code else Blank(PROMPT)


def _is_tick(name: Any, count: Any) -> bool:
    one = em.elements().get(name) if isinstance(name, str) else None
    if one is None or isinstance(count, bool) or not isinstance(count, int):
        return False
    return 0 <= count <= (MOST if one.counted else 1)


def _minutes(raw: Any) -> int | Invalid | None:
    """Whole minutes; None for an empty field."""
    typed = raw.casefold().replace("minutes", "").replace("min", "").strip(" .") if isinstance(raw, str) else raw
    if typed in (None, "", []):
        return None
    if isinstance(typed, str) and typed.isascii() and typed.isdigit() and len(typed) <= 4:
        typed = int(typed)
    if isinstance(typed, int) and not isinstance(typed, bool) and 0 <= typed <= LONGEST:
        return typed
    return Invalid("I could not read the minutes. Write whole minutes, such as 34, or leave the field empty.")


def grade(item: EmLeveling, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """What each tick is worth and why; how many are missing in each part, but not which; the code."""
    response: Response = answer.value
    key = key_of(item)
    parts = [_tick(item, name, count, response.elements) for name, count in _in_order(response.elements)]
    parts += _open(key, response.elements)
    told = _time(item, response.minutes)
    parts += [told] if told else []
    marks = {part.target: part for part in parts if part.target in em.elements() or part.target == MINUTES}
    size = len(key) + (item.minutes is not None)
    good = Fraction(0)
    for name, part in marks.items():
        known = name in key or (name == MINUTES and item.minutes is not None)
        if part.mark == "right":
            good += 1
        elif known and name in response.elements:
            good += Fraction(1, 2)
        elif part.mark == "wrong" and not known:
            good -= 1
    ticks = max(Fraction(0), good / size)
    all_right = ticks == 1 and all(part.mark in ("right", "note") for part in parts)
    held_right = all(part.mark in ("right", "note") for part in parts if part.target != MINUTES)
    code = _code(item, response, all_right, held_right)
    score = (ticks + (code.mark == "right")) / 2
    return scored(float(score), _headline(item, response, ticks, all_right, held_right, code), [*parts, code])


def _in_order(elements: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    yield from ((name, elements[name]) for name in em.elements() if name in elements)


def _tick(item: EmLeveling, name: str, count: int, ticked: Mapping[str, int]) -> Part:
    """What is said of one tick: the author's reason first, then what this element takes."""
    one = em.elements()[name]
    wanted = key_of(item).get(name)
    if wanted == count:
        return Part(name, "right", "Counts.")
    if wanted is not None:
        return Part(name, "wrong", f"**{one.words}.** {OTHER_NUMBER if count > wanted else MORE_OF_IT}")
    if name in item.optional or (name == "minimal" and item.elements.risk):
        return Part(name, "note", HARMLESS if outranked(item, name, ticked) else MORE.format(one.part))
    trap = next((trap.why for trap in item.traps if trap.element == name), None)
    return Part(name, "wrong", f"**{one.words}.** {trap or one.why}")


def _open(key: Mapping[str, int], ticked: Mapping[str, int]) -> Iterator[Part]:
    """How many elements of each part are not ticked yet."""
    known = em.elements()
    for part in em.PARTS:
        wanted = [name for name in key if known[name].part == part]
        missing = sum(name not in ticked for name in wanted)
        if missing:
            told = common.counted(missing, *THINGS[part])
            verb = "counts is" if missing == 1 else "count are"
            yield Part(part, "missing", f"{told} that {verb} not ticked yet. Read the note once more.")


def _time(item: EmLeveling, minutes: int | None) -> Part | None:
    if minutes == item.minutes:
        return None if minutes is None else Part(MINUTES, "right", "These minutes count.")
    if minutes is None:
        return Part(MINUTES, "missing", OPEN_MINUTES)
    trap = next((trap.why for trap in item.traps if trap.element == MINUTES), None)
    return Part(MINUTES, "wrong", trap or (NO_MINUTES if item.minutes is None else OTHER_MINUTES))


def _code(item: EmLeveling, response: Response, all_right: bool, held_right: bool) -> Part:
    """What is said of the code: one that follows from wrong ticks or minutes is no slip of its own."""
    chosen = response.code
    if not chosen:
        return Part("code", "missing", "Still open: choose the code that the ticks lead to.")
    if chosen == item.code:
        if not all_right:
            where = "minutes" if held_right else "ticks"
            return Part("code", "right", f"The right code. Look once more at the {where}.")
        return Part("code", "right", f"**{chosen}.** {_sum(item)}", RULE if item.minutes is None else TIME_RULE)
    if all_right:
        return _off(item, chosen)
    follows = chosen == found_code(item.category, response.elements, response.minutes)
    if held_right and follows:
        return Part("code", "note", "**The ticks are right; the minutes decide.** Mend the minutes first.")
    if held_right:
        return Part("code", "wrong", "**The ticks are right.** Mend the minutes first, then look at the table.")
    if follows:
        return Part("code", "note", "**It follows from your ticks.** Mend those first.")
    return Part("code", "wrong", "**Your ticks lead to another code.** Mend them first, then look at the table.")


def _off(item: EmLeveling, chosen: str) -> Part:
    """Right ticks and another code: in which direction it is off, and why."""
    rows, mdm = em.in_category(item.category), mdm_of(item)
    order = [row.code for row in rows]
    steps = order.index(chosen) - order.index(item.code)
    size = (
        f"{('One step', 'Two steps', 'Three steps', 'Four steps')[abs(steps) - 1]} too {'high' if steps > 0 else 'low'}"
    )
    if steps < 0:
        by_level = em.code_for(item.category, mdm.overall) == item.code
        more = "Two of the three parts reach" if by_level else "The provider may choose by time, and the minutes reach"
        return Part("code", "wrong", f"**{size}.** {more} more than this.", RULE if by_level else TIME_RULE)
    reach = [TITLES[part].lower() for part, level in mdm_parts(mdm) if level >= min(rows[order.index(chosen)].levels)]
    told = f"Of the three parts only one, {reach[0]}, is that high; two must be" if reach else "No part is that high"
    time = "" if item.minutes is None else f", and {item.minutes} minutes do not lead there"
    return Part("code", "wrong", f"**{size}.** {told}{time}.", RULE)


def _sum(item: EmLeveling) -> str:
    """Why the code is the code: the three parts, the middle one, and the time where it is known."""
    mdm = mdm_of(item)
    parts = ", ".join(f"{TITLES[part].lower()} {level.word}" for part, level in mdm_parts(mdm))
    by_level = em.code_for(item.category, mdm.overall)
    reach = "all three" if min(mdm[:3]) >= mdm.overall else "two of three"
    said = f"{parts.capitalize()}: {reach} reach {mdm.overall.word}, which is {by_level}."
    if item.minutes is None:
        return said
    by_time = em.code_by_time(item.category, item.minutes)
    said += f" By time, {item.minutes} minutes lead to {by_time or 'no code'}."
    return said if by_time == by_level else f"{said} The provider may choose; the higher one is {item.code}."


def _headline(
    item: EmLeveling, response: Response, ticks: Fraction, all_right: bool, held_right: bool, code: Part
) -> str:
    if all_right and code.mark == "right":
        return f"Yes: {item.code}."
    if all_right:
        return (
            "The ticks are right. Now the code."
            if code.mark == "missing"
            else "The ticks are right, the code is not yet."
        )
    if held_right and code.mark == "right":
        return "The right code and the right ticks; the minutes are not yet."
    if held_right:
        decide = found_code(item.category, response.elements, response.minutes) != item.code
        return (
            f"The ticks are right. {'The minutes decide: look at them' if decide else 'Look at the minutes'} once more."
        )
    if code.mark == "right":
        return "The right code; not all ticks are those of the note."
    return (
        "Part of it stands in the note; look again at the rest." if ticks else "Read the note once more, part by part."
    )


def solution(item: EmLeveling) -> dict[str, Any]:
    """The elements by part with the level they reach, then the code, and what does not count."""
    key, mdm, known = key_of(item), mdm_of(item), em.elements()
    rows = []
    for part, level in mdm_parts(mdm):
        names = [
            known[name].words + (f" (× {count})" if count > 1 else "")
            for name, count in key.items()
            if known[name].part == part
        ]
        listed = text.escape("; ".join(names)) or "nothing that counts"
        rows.append(f"<li><strong>{TITLES[part]}, {level.word}:</strong> {listed}</li>")
    html = f"<ul>{''.join(rows)}</ul><p>{text.escape(_sum(item))}</p>"
    if item.traps:
        words = {**{one.id: one.words for one in known.values()}, MINUTES: "Other minutes"}
        traps = "".join(
            f"<li><strong>{text.escape(words[trap.element])}:</strong> {text.inline(trap.why)}</li>"
            for trap in item.traps
        )
        html += f"<p>This does not count here:</p><ul>{traps}</ul>"
    minutes = {} if item.minutes is None else {"minutes": str(item.minutes)}
    return {"response": {"elements": dict(key), **minutes, "code": item.code}, "html": html}


def static_html(item: EmLeveling) -> str:
    """Title, stem and note; the elements of each part with a place for a tick or a number; the codes to choose from."""
    shown = rules_view(item.category)
    blocks = []
    for part in shown["parts"]:
        lines = [f"{'__' if one['counted'] else '☐'} {text.escape(one['words'])}" for one in part["entries"]]
        blocks.append(f"<p><strong>{part['title']}</strong><br>\n" + "<br>\n".join(lines) + "</p>")
    if shown["timed"]:
        blocks.append("<p><strong>Minutes that count:</strong> ____</p>")
    codes = " / ".join(row["code"] for row in shown["codes"])
    blocks.append(f"<p><strong>Code</strong> ({text.escape(shown['category_label'])}): {codes}</p>")
    instruction = "Tick what the note holds, or write how many, and choose the code."
    return common.static_frame(item, instruction, "\n".join(blocks))
