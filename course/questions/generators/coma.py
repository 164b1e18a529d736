"""The Glasgow coma scale: total or three parts, when it was taken, and where it stands in the sequence."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from course.questions.generators import common, scenes
from course.questions.generators.scenes import Finding
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.kinds.code_entry import CodeEntry

#: Points of each part: what the chart says, and the words of the titles.
_EYES = {
    1: ("eyes never open", "never"),
    2: ("eyes open to pain", "to pain"),
    3: ("eyes open to sound", "to sound"),
    4: ("eyes open spontaneously", "spontaneous"),
}
_VERBAL = {
    1: ("no verbal response", "none"),
    2: ("incomprehensible sounds", "incomprehensible"),
    3: ("inappropriate words", "inappropriate"),
    4: ("confused conversation", "confused"),
    5: ("oriented answers", "oriented"),
}
_MOTOR = {
    1: ("no motor response", "none"),
    2: ("extension to pain", "response, extension"),
    3: ("abnormal flexion to pain", "abnormal flexion"),
    4: ("withdraws from pain", "flexion withdrawal"),
    5: ("localizes pain", "localizes"),
    6: ("obeys commands", "obeys"),
}
_PARTS = (("R40.21", "eyes", _EYES), ("R40.22", "verbal", _VERBAL), ("R40.23", "motor", _MOTOR))
#: When it was taken, by the 7th character.
_TIMES = {
    "1": Finding("1", "", "in the field", ("by the ambulance crew in the field",), ("in the field, EMS",)),
    "2": Finding("2", "", "at arrival to emergency", ("on arrival in the emergency department",), ("on ED arrival",)),
    "3": Finding("3", "", "at hospital admission", ("at hospital admission",), ("at admission to the floor",)),
}
_READ_TIME = scenes.Lexicon.of(_TIMES)
_INJURIES = {
    "subdural short": Finding(
        "S06.5X1A",
        "S06.5X1",
        "initial",
        ("traumatic subdural hemorrhage, unconscious for 20 minutes",),
        ("traumatic SDH, LOC 20 min",),
    ),
    "subdural long": Finding(
        "S06.5X2A",
        "S06.5X2",
        "initial",
        ("traumatic subdural hemorrhage, unconscious for 45 minutes",),
        ("traumatic SDH, LOC 45 min",),
    ),
    "subarachnoid": Finding(
        "S06.6X1A",
        "S06.6X1",
        "initial",
        ("traumatic subarachnoid hemorrhage, unconscious for 10 minutes",),
        ("traumatic SAH, LOC 10 min",),
    ),
    "concussion": Finding(
        "S06.0X1A", "S06.0X1", "initial", ("concussion, unconscious for 15 minutes",), ("concussion, LOC 15 min",)
    ),
    "subdural awake": Finding(
        "S06.5X0A",
        "S06.5X0",
        "initial",
        ("traumatic subdural hemorrhage, never unconscious",),
        ("traumatic SDH, no LOC",),
    ),
}
_SCALP = Finding(
    "S01.01XA",
    "S01.01",
    "^Laceration without foreign body.*initial",
    ("laceration of the scalp, no foreign body",),
    ("scalp laceration, no FB",),
)
_READ_INJURY = scenes.Lexicon.of(_INJURIES)
SEDATED = ("sedated and intubated before any score was taken", "sedated, intubated, no score before sedation")


class Score(NamedTuple):
    """Points for eyes (1-4), speech (1-5) and movement (1-6)."""

    eyes: int
    verbal: int
    motor: int

    @property
    def total(self) -> int:
        return self.eyes + self.verbal + self.motor

    def codes(self, time: str) -> list[str]:
        """One code of R40.21, R40.22 and R40.23 each, with the 7th character of the time."""
        return [f"{family}{points}{time}" for (family, _, _), points in zip(_PARTS, self, strict=True)]


def total_code(total: int, time: str) -> str:
    """The code of R40.24 for a total of 3 to 15. Raises ValueError for other totals."""
    if not 3 <= total <= 15:
        raise ValueError(f"{total} is no total of the scale")
    return f"R40.24{1 if total >= 13 else 2 if total >= 9 else 3}{time}"


def choice(rng: random.Random, codes: CodeSet, shared: dict[str, Any]) -> SingleChoice:
    """Level 1: a total alone, taken at one time."""
    one, time, injury = scenes.person(rng, 18, 84), rng.choice(list(_TIMES)), rng.choice(list(_INJURIES))
    total = _score(rng, injury).total
    key = total_code(total, time)
    other = rng.choice([one for one in _TIMES if one != time])
    wrong = {key[:-1] + other: "Right score, another time. The 7th character tells when it was taken."}
    for near in rng.sample((4, 10, 14), 3):
        code = total_code(near, time)
        if code != key:
            wrong[code] = f"Another band of the scale. Which one holds {total}?"
    found = {code: codes.get(code) for code in [key, *list(wrong)[:3]]}
    return SingleChoice(
        title="One score, one code",
        stem="The injury is coded. Which code reports the **coma scale**?",
        note=f"Trauma. {scenes.who(rng, one, 1).rstrip(',')}. {scenes.capital(_INJURIES[injury].say(rng, 1))}. "
        f"Glasgow coma scale {total} {_TIMES[time].say(rng, 1)}; the single parts are not recorded.",
        options=common.options(
            rng,
            [(common.named(one), "Band and time both fit.") for one in [found[key]] if one],
            [(common.named(one), wrong[code]) for code, one in found.items() if one and code != key],
        ),
        rationale=f"Only the total is known, so one code of R40.24: {total} is in the band of {key[:-1]}, and the 7th "
        f"character {time} tells when it was taken. Together {key} (Guidelines I.C.18.e.1).",
        **{**shared, "sources": _sources(codes), "hints": _HINTS},
        **common.common_fields(codes, 1),
    )


def several(rng: random.Random, codes: CodeSet, level: int, shared: dict[str, Any]) -> CodeEntry:
    """Level 2: the injury with the total or the three parts. Level 3: also a score that is not reported, or none at
    all, and a wound of the scalp."""
    one, time = scenes.person(rng, 18, 84), rng.choice("12" if level == 2 else "22213")
    name = rng.choice(list(_INJURIES))
    score, injury = _score(rng, name), _INJURIES[name]
    sedated = level == 3 and rng.random() < 0.12
    wound = [_SCALP] if level == 3 and (sedated or rng.random() < 0.25) else []
    whole = rng.random() < (0.4 if level == 2 else 0.25)
    scale = [] if sedated else [total_code(score.total, time)] if whole else score.codes(time)
    when = _TIMES[time].say(rng, level)
    told = "; ".join(found.say(rng, level) for found in (injury, *wound))
    lines = [f"Trauma. {scenes.who(rng, one, level).rstrip(',')}.", f"{scenes.capital(told)}."]
    if sedated:
        lines.append(f"{scenes.capital(SEDATED[rng.randint(0, 1)])}.")
    else:
        lines.append(f"{_told(rng, score, whole, level)}, {when}.")
    why = _why(score, scale, whole, time) if scale else ""
    if sedated:
        why = "A score of a sedated patient is not coded (Guidelines I.C.18.e)."
    elif level == 3 and time == "3" and rng.random() < 0.6:
        lines.append(f"GCS {rng.randint(3, 15)} {rng.randint(4, 20)} hours after admission.")
        why += " A score from after admission but within 24 hours is not coded."
    lead = f"{injury.code} first: the note at R40.2 wants the injury before the scale." if scale else injury.code + "."
    beside = f" The wound is coded beside it, {_SCALP.code}." if wound else ""
    return scenes.entry(
        codes,
        level,
        title="Head injury and coma scale",
        stem="Initial encounter. Code every injury and, as far as it is reported, the coma scale. No external causes.",
        note=scenes.chart(rng, level, lines, rng.randint(0, 1) if level == 3 else 0),
        key=[injury.code, *(found.code for found in wound), *scale],
        order=[(injury.code, code) for code in scale],
        reasons=_reasons(whole, sedated),
        rationale=f"{lead}{beside} {why}",
        **{**shared, "sources": _sources(codes), "hints": _HINTS},
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the titles of R40.2 say about the score that is reported, after the injury."""
    note = re.sub(r"GCS \d+ \d+ hours after admission", "", item.note)
    times, injuries = _READ_TIME.find(note), _READ_INJURY.find(note)
    if len(injuries) != 1 or len(times) > 1:
        return False
    wanted: set[str] = set()
    try:
        if times:
            when = _TIMES[times[0]].title
            points = _points(note)
            if points:
                for (family, _, table), number in zip(_PARTS, points, strict=True):
                    wanted.add(scenes.titled(codes, family, table[number][1], when))
            else:
                total = int(re.findall(r"(?:scale|GCS)(?: total)? (\d+)", note)[0])
                wanted.add(scenes.titled(codes, "R40.24", _band(codes, total), when))
        if item.kind == "single_choice":
            return len(wanted) == 1 and scenes.chosen(item, *wanted)
        wanted.add(_INJURIES[injuries[0]].find(codes))
        if re.search(r"laceration", note, re.IGNORECASE):
            wanted.add(_SCALP.find(codes))
    except LookupError:
        return False
    return scenes.holds(item, codes, wanted)


_HINTS = (
    "Is only the total written, or are the three parts?",
    "Then: when was it taken? One character tells that, the same one in all codes of the scale.",
)


def _points(note: str) -> list[int]:
    """The three parts as points, by figures or by words; nothing when they are not recorded."""
    if figures := re.search(r"E(\d) ?V(\d) ?M(\d)", note):
        return [int(figure) for figure in figures.groups()]
    out = []
    for _, _, table in _PARTS:
        said = [points for points, (words, _) in table.items() if words in note.lower()]
        out += said if len(said) == 1 else []
    return out if len(out) == len(_PARTS) else []


def _band(codes: CodeSet, total: int) -> str:
    """The words of the title whose band holds a total."""
    for code in codes.children("R40.24"):
        span = re.search(r"(\d+)-(\d+)", code.title)
        if span and int(span[1]) <= total <= int(span[2]):
            return span[0]
    raise LookupError(f"no band for {total}")


def _score(rng: random.Random, injury: str) -> Score:
    """Points that go together: somebody who talks opens the eyes, and a light injury leaves a high score."""
    light = injury in ("concussion", "subdural awake")
    share = rng.uniform(0.8, 1.0) if light else rng.random()

    def points(most: int) -> int:
        return min(most, max(1, round(1 + (most - 1) * share + rng.uniform(-0.6, 0.6) * (not light))))

    return Score(points(4), points(5), points(6))


def _told(rng: random.Random, score: Score, whole: bool, level: int) -> str:
    if whole:
        return f"GCS total {score.total}, parts not recorded"
    if level == 3 and rng.random() < 0.6:
        parts = f"GCS E{score.eyes} V{score.verbal} M{score.motor}"
    else:
        parts = ", ".join(table[points][0] for (_, _, table), points in zip(_PARTS, score, strict=True))
        parts = f"Glasgow coma scale: {parts}"
    return parts + (f" (total {score.total})" if rng.random() < 0.4 else "")


def _why(score: Score, scale: list[str], whole: bool, time: str) -> str:
    if whole:
        return (
            f"Only the total of {score.total} is known: {scale[0]}, with {time} for the time (Guidelines I.C.18.e.1)."
        )
    return (
        f"The parts are recorded, so three codes, one of each subcategory: {scenes.listed(scale)}. The 7th character "
        f"{time}, for the time, is the same in all three, and no code for the total is added (Guidelines I.C.18.e.1)."
    )


def _reasons(whole: bool, sedated: bool) -> dict[str, str]:
    own = {
        "R40.20": "A coma code without a score is for when no score is known.",
        "R40.2A": "R40.2A is for coma from a disease, not from an injury.",
        "R40.244*": "R40.244 is for a coma whose score is not, or only in part, documented.",
        "S09.90*": "Head injury without detail. The note names the injury.",
    }
    if sedated:
        own["R40*"] = "A sedated patient gets no code of the scale."
    elif whole:
        own["R40.21*"] = own["R40.22*"] = own["R40.23*"] = "The single parts are not recorded; the total is."
        own["R40.24*"] = "Check the band of the total, and the time in the 7th character."
    else:
        own["R40.24*"] = "The parts are recorded. Three codes tell more than the total, and replace it."
        own["R40.21*"] = own["R40.22*"] = own["R40.23*"] = (
            "Check the points of this part, and the time in the 7th character."
        )
    return own


def _sources(codes: CodeSet) -> tuple[common.Source, ...]:
    return common.tabular(codes, "notes at R40.2 and R40.24", common.guideline("I.C.18.e"))
