"""Pressure ulcers: site, side and stage, and what healing, hidden and worsening ulcers are coded as."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from course.questions.generators import common, scenes
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.kinds.code_entry import CodeEntry

#: Where: the code up to the stage, and the words of the titles.
_PLACES = {
    "right elbow": ("L89.01", "right elbow"),
    "left elbow": ("L89.02", "left elbow"),
    "right upper back": ("L89.11", "right upper back"),
    "left upper back": ("L89.12", "left upper back"),
    "right lower back": ("L89.13", "right lower back"),
    "left lower back": ("L89.14", "left lower back"),
    "sacrum": ("L89.15", "sacral region"),
    "coccyx": ("L89.15", "sacral region"),
    "right hip": ("L89.21", "right hip"),
    "left hip": ("L89.22", "left hip"),
    "right buttock": ("L89.31", "right buttock"),
    "left buttock": ("L89.32", "left buttock"),
    "right ankle": ("L89.51", "right ankle"),
    "left ankle": ("L89.52", "left ankle"),
    "right heel": ("L89.61", "right heel"),
    "left heel": ("L89.62", "left heel"),
    "back of the head": ("L89.81", "head"),
}
#: Stages by the character that tells them; the words after the first are those of the Tabular List.
_STAGES = {
    "1": ("stage 1", "intact skin with persistent focal edema"),
    "2": ("stage 2", "partial-thickness skin loss into the dermis"),
    "3": ("stage 3", "full-thickness skin loss with damage to the subcutaneous tissue"),
    "4": ("stage 4", "necrosis through to the bone"),
    "0": ("unstageable under eschar", "covered by eschar, unstageable"),
    "6": ("pressure-induced deep tissue damage", "deep tissue pressure injury"),
    "9": ("stage not documented", "no stage documented"),
}
_TITLES = {"0": ", unstageable$", "6": "^Pressure-induced deep tissue", "9": ", unspecified stage$"}
_READ_STAGE = scenes.Lexicon(_STAGES)


class Ulcer(NamedTuple):
    """``how``: ``plain``, ``healing``, ``worse`` (``stage`` on admission, ``then`` later), ``bared`` (hidden, then
    ``then`` after debridement), ``closed`` (healed by discharge), ``gone`` (healed before admission)."""

    place: str
    stage: str
    how: str = "plain"
    then: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        stem = _PLACES[self.place][0]
        stages = {"gone": "", "bared": self.then, "worse": self.stage + self.then}.get(self.how, self.stage)
        return tuple(stem + one for one in stages)


def _short(place: str) -> str:
    return re.sub(r"^(right|left) ", lambda side: f"{side[1][0].upper()} ", place)


_READ_PLACE = scenes.Lexicon({name: (name, _short(name)) for name in _PLACES})
_RULES = {
    "plain": "",
    "healing": "A healing ulcer has the stage that is written, or unspecified when none is (I.C.12.a.5).",
    "worse": "One that gets deeper during the stay has two codes: the stage on admission and the deepest one "
    "(I.C.12.a.6).",
    "bared": "What debridement lays bare is the stage; unstageable is then not coded (I.C.12.a.2).",
    "closed": "Healed by discharge: coded as it was on admission (I.C.12.a.5).",
    "gone": "Healed before admission: no code (I.C.12.a.4).",
}


def choice(rng: random.Random, codes: CodeSet, shared: dict[str, Any]) -> SingleChoice:
    """Level 1: one ulcer, one code."""
    one = scenes.person(rng, 58, 96)
    place = rng.choice(list(_PLACES))
    stage = rng.choice("12340692")
    how = "healing" if stage in "2349" and rng.random() < 0.35 else "plain"
    ulcer = Ulcer(place, stage, how)
    (key,) = ulcer.codes
    stem = key[:-1]
    mirror = {"1": "2", "2": "1", "3": "4", "4": "3"}
    other = stem[:-1] + mirror[stem[-1]] if place.startswith(("right", "left")) else ""
    wrong = {
        f"{stem}{char}": _missed(char, stage) for char in rng.sample([char for char in _STAGES if char != stage], 3)
    }
    if other:
        wrong.popitem()
        wrong[f"{other}{stage}"] = "Same stage, other side. Read the side again."
    found = {code: codes.get(code) for code in [key, *wrong]}
    who = scenes.who(rng, one, 1).rstrip(",")
    where = rng.choice(("Hospital stay.", "Skilled nursing facility.", "Wound clinic."))
    return SingleChoice(
        title="Site, side and stage",
        stem="Which code reports this pressure ulcer?",
        note=f"{where} {who}. {_told(rng, ulcer, 1)}",
        options=common.options(
            rng,
            [(common.named(right), "Site, side and stage as written.") for right in [found[key]] if right],
            [(common.named(near), why) for code, why in wrong.items() if (near := found[code])],
        ),
        rationale=_rationale([ulcer]),
        **{**shared, "sources": _sources(codes)},
        **common.common_fields(codes, 1),
    )


def several(rng: random.Random, codes: CodeSet, level: int, shared: dict[str, Any]) -> CodeEntry:
    """Level 2: two ulcers, or one that gets worse. Level 3: two to four, each with a rule of its own. Always two codes
    at least: an instruction for one code would tell what becomes of the rest."""
    one = scenes.person(rng, 58, 96)
    key: list[str] = []
    while len(key) < 2:
        ulcers: list[Ulcer] = []
        for place in rng.sample(list(_PLACES), rng.choice((1, 2, 2, 3) if level == 2 else (2, 3, 3, 4))):
            if all(_PLACES[place][0] != _PLACES[there.place][0] for there in ulcers):
                ulcers.append(_ulcer(rng, place))
        key = [code for ulcer in ulcers for code in ulcer.codes]
    who = scenes.who(rng, one, level).rstrip(",")
    lines = [
        f"{rng.choice(('Inpatient.', 'Discharge summary.'))} {who}.",
        *(_told(rng, ulcer, level) for ulcer in ulcers),
    ]
    if level == 3:
        lines.append(
            rng.choice(
                (
                    "Stages by the wound nurse; ulcers confirmed by the provider.",
                    "Stages from nursing notes, provider documents the ulcers.",
                )
            )
        )
    return scenes.entry(
        codes,
        level,
        title="Pressure ulcers through a stay",
        stem="Code the pressure ulcers of this inpatient stay, as many codes as are needed. No other diagnoses.",
        note=scenes.chart(rng, level, lines, rng.randint(0, 2) if level == 3 else 0),
        key=key,
        reasons=_reasons(ulcers),
        rationale=_rationale(ulcers),
        **{**shared, "sources": _sources(codes)},
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the titles of L89 say about each line of the note, by the rules for healing and change."""
    wanted: set[str] = set()
    for line in re.split(r"\n|(?<=\.) ", item.note):
        places, stages = _READ_PLACE.find(line), _READ_STAGE.find(line)
        if not places:
            continue
        if re.search("healed before|closed before", line):
            continue
        if "debridement" in line:
            stages = stages[-1:]
        for stage in stages:
            title = _TITLES.get(stage, f", stage {stage}$")
            try:
                wanted.add(scenes.titled(codes, "L89", rf" of {_PLACES[places[0]][1]}(,|$)", title))
            except LookupError:
                return False
    if item.kind == "single_choice":
        return len(wanted) == 1 and scenes.chosen(item, *wanted)
    return scenes.holds(item, codes, wanted)


def _ulcer(rng: random.Random, place: str) -> Ulcer:
    how = rng.choice(("plain", "plain", "healing", "worse", "worse", "bared", "closed", "gone"))
    if how == "worse":
        stage = rng.choice("123")
        return Ulcer(place, stage, how, rng.choice([one for one in "234" if 0 < int(one) - int(stage) < 3]))
    if how == "bared":
        return Ulcer(place, "0", how, rng.choice("34"))
    return Ulcer(place, rng.choice("1234069" if how == "plain" else "2349" if how == "healing" else "123"), how)


def _told(rng: random.Random, ulcer: Ulcer, level: int) -> str:
    place = _short(ulcer.place) if level == 3 and rng.random() < 0.6 else ulcer.place
    words = _STAGES[ulcer.stage]
    stage = rng.choice(words) if level > 1 and ulcer.how in ("plain", "worse", "closed") else words[0]
    name = rng.choice(("Pressure ulcer", "Decubitus ulcer", "Pressure sore") if level == 3 else ("Pressure ulcer",))
    if ulcer.stage == "6":
        return f"{scenes.capital(stage)}, {place}."
    if ulcer.how == "healing":
        return f"Healing pressure ulcer of the {place}, {stage}."
    then = _STAGES[ulcer.then][0] if ulcer.then else ""
    after = {
        "worse": f", {stage} on admission, {then} by day {rng.randint(5, 14)}",
        "bared": f", {stage} on admission; after debridement {then}",
        "closed": f", {stage} on admission, healed at discharge",
        "gone": f", {stage}, healed before this admission",
    }.get(ulcer.how, f", {stage}")
    return f"{name} of the {place}{after}."


def _missed(stage: str, right: str) -> str:
    if stage == "0":
        return "Unstageable is for an ulcer whose depth cannot be seen, such as one under eschar."
    if stage == "9":
        return "Unspecified is for when no stage is written down."
    if stage == "6":
        return "Deep tissue damage is a finding of its own. Is it in the note?"
    return "Another stage than the one in the note." if right in "1234" else f"No stage {stage} is in the note."


def _reasons(ulcers: list[Ulcer]) -> dict[str, str]:
    own = {"L97*": "L97 is for ulcers that are not from pressure.", "L89.9*": "The site is in the note."}
    own["L98*"] = "Pressure ulcers have a category of their own, L89."
    for ulcer in ulcers:
        stem = _PLACES[ulcer.place][0]
        own[f"{stem}*"] = {
            "gone": "This one had healed before the admission, so nothing is coded.",
            "bared": "Once debridement has shown the depth, that stage alone is coded.",
            "worse": "Two stages of this ulcer are coded: on admission, and the deepest of the stay.",
        }.get(ulcer.how, "Right place. Read its stage again.")
    return own


def _rationale(ulcers: list[Ulcer]) -> str:
    out: list[str] = []
    for ulcer in ulcers:
        said = f"{scenes.capital(ulcer.place)}: {' and '.join(ulcer.codes) or 'nothing'}."
        rule = _RULES[ulcer.how]
        out.append(said if any(rule in text for text in out) else f"{said} {rule}".strip())
    if any(ulcer.stage in "09" and ulcer.how == "plain" for ulcer in ulcers):
        out.append("Unstageable (0) means that it was looked at and could not be staged; unspecified (9), not written.")
    if any(ulcer.stage == "6" for ulcer in ulcers):
        out.append("Deep tissue damage has the character 6 (I.C.12.a.7).")
    return " ".join(out) + (" The character at the end tells the stage." if len(ulcers) == 1 else "")


def _sources(codes: CodeSet) -> tuple[common.Source, ...]:
    return common.tabular(codes, "L89", common.guideline("I.C.12.a"), common.guideline("I.B.14"))
