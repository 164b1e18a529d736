"""Which modifier does the scene ask for: one, two, or none?"""

from __future__ import annotations

import csv
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from course.paths import data_dir
from course.questions.generators import modifier_scenes as table
from course.questions.generators import modifier_scenes_later as later
from course.questions.generators import modifier_scenes_tests as tests
from course.questions.generators import scenes, services
from course.questions.generators.modifier_scenes import Scene
from course.questions.kinds.modifier_choice import ModifierChoice
from course.questions.kinds.modifier_choice import ServiceLine as ChoiceLine

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell from a scene which modifiers a line needs"
DOMAINS = ("CPC: Coding guidelines", "CCS: Coding knowledge and skills")
NO_MODIFIER = "No modifier"
_ONE = (
    table.one_side, table.both_sides, table.digit, table.assistant, table.two_surgeons, table.more_work,
    tests.one_breast_or_ear, table.stopped, tests.components, tests.repeated, later.back_to_table, later.something_else,
    later.staged, later.aftercare, later.visit, later.visit, later.apart, tests.laboratory, tests.distance,
    tests.screening_turned, tests.anesthesia,
)  # fmt: skip
_TWO = (
    table.digit, table.assistant, table.more_work, tests.components, tests.repeated, later.something_else, later.staged,
    later.aftercare, later.visit, tests.anesthesia,
)  # fmt: skip
_NONE = (
    table.own_numbers, table.a_little_more, tests.whole_test, later.outside_package, tests.waived_bare,
    later.addon_beside, tests.both_already,
)  # fmt: skip
#: Further offers, and what each is for.
_USE = {
    "22": "22 is for clearly more work than usual. The note has none.",
    "52": "52 is for less than the code stands for. Nothing was left out.",
    "53": "53 is for a procedure given up since it became unsafe. Nothing was given up.",
    "62": "62 is for two surgeons who share one number.",
    "66": "66 is for a team of surgeons of several trades.",
    "76": "76 is for the same service again by the same provider. Nothing was repeated.",
    "77": "77 is for the same service again by another provider. Nothing was repeated.",
    "80": "80 is for a physician who assists throughout.",
    "90": "90 is for a test that an outside laboratory runs. None took part.",
    "91": "91 is for a laboratory test wanted again on one day.",
    "57": "57 goes on the visit at which an operation of 90 days was decided.",
    "24": "24 goes on a visit within a package, about something else.",
    "32": "32 is for a service that an authority demanded. None did.",
}
_HINTS = {
    "side": "Which side does the note name, and does the number already hold both?",
    "digit": "Count from the thumb or the great toe, the left hand or foot first.",
    "surgeon": "Who did what at the table, and whose line is it?",
    "extent": "More or less than usual? By choice, or for safety? And whose line is it?",
    "component": "Who owns the machine, who reads, and whose line is it?",
    "repeat": "Who read the first and who the second, and whose is the machine?",
    "global": "Count the days of the package; then ask what today has to do with the operation.",
    "visit": "Is a package running? Was something done beside the visit? Was an operation decided?",
    "distinct": "Does the second line need to be set apart, and by what?",
    "laboratory": "Where was the test run, how often, and on what kind of certificate?",
    "telehealth": "How did patient and provider meet?",
    "payment": "How did the service begin, how did it end, and who pays?",
    "anesthesia": "Who gave the anesthesia, and does this payer ask for more?",
}
_ASK = "Ask in turn: whose line is it, where was it done, how much of it, and on which day after what?"
#: Earlier operations, and the words of a scene that they would contradict.
_HISTORY = {
    "Hx: right hip replaced in 2016.": ("hip",),
    "Hx: left cataract out in 2019.": ("cataract", "eye"),
    "Hx: tonsils out as a child.": (),
}
_NOISE = (
    *_HISTORY,
    "NKDA.",
    "Seen with the interpreter.",
    "Emergency contact confirmed.",
    "Secondary insurance on file.",
    "Ride home arranged.",
    "Med list reconciled.",
    "Copay collected at the desk.",
)
_TABLE_NOISE = ("Site marked, time-out done.", "Consent signed, two copies.", "Counts correct.", "Blood loss small.")


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one of four. Level 2: to be ticked among many, now and then none. Level 3: a note with lines of no
    matter, and two modifiers, one, or none."""

    def one() -> Any:
        chance = rng.random()
        if level == 3:
            two = chance < 0.5
            scene = rng.choice(_TWO if two else _NONE if chance < 0.75 else _ONE)(rng, two)
        else:
            scene = rng.choice(_NONE if chance < 0.15 else _ONE)(rng, False)
        return _choice(rng, codes, scene) if level == 1 else _ticks(rng, codes, level, scene)

    return services.again(one)


def _note(rng: random.Random, level: int, scene: Scene) -> str:
    male = rng.random() < 0.5 if scene.male is None else scene.male
    person = scenes.Person(rng.randint(*later.ages(scene)), male)
    noise = [*_NOISE, *(_TABLE_NOISE if scene.code < "45" and scene.sort not in ("payment", "distinct") else ())]
    told = " ".join(scene.told).lower()
    noise = [text for text in noise if not (text.startswith("Hx") and any(part in told for part in _HISTORY[text]))]
    who = scenes.who(rng, person, level).rstrip(",")
    return services.chart(rng, [f"{who}.", *scene.told], noise, 3 if level == 3 else 0, level)


def _choice(rng: random.Random, codes: CodeSet, scene: Scene) -> Any:
    bare = (NO_MODIFIER, scene.none or "The note tells something that the number alone does not say.")
    right = next(iter(scene.fits.items()), bare)
    slips = list(scene.slips.items())
    bare_too = not scene.fits or rng.random() < 0.4
    if scene.fits and bare_too:
        slips.insert(2, bare)
    return services.choice(
        rng, codes, 1, DOMAINS, right, slips,
        title="One line, one modifier",
        stem=f"Which modifier{', if any,' if bare_too else ''} belongs on the line **{scene.code}**?",
        note=_note(rng, 1, scene),
        **_shared(scene),
    )  # fmt: skip


def _ticks(rng: random.Random, codes: CodeSet, level: int, scene: Scene) -> Any:
    reasons = {**scene.slips, **scene.fits}
    for side, other in (("RT", "LT"), ("LT", "RT")):
        if side in scene.fits:
            reasons.setdefault(other, "The other side.")
    spare = [mark for mark in _USE if mark not in reasons]
    reasons |= {mark: _USE[mark] for mark in rng.sample(spare, max(0, rng.randint(7, 8) - len(reasons)))}
    ask = "None, one or two may belong." if level == 3 else "Perhaps none does."
    return ModifierChoice(
        title="The modifier for this line" if level == 2 else "Modifiers from the chart",
        stem=f"Tick what belongs on the line **{scene.code}**. {ask}",
        note=_note(rng, level, scene),
        line=ChoiceLine(code=scene.code),
        offered=tuple(sorted(reasons)),
        answer=tuple(sorted(scene.fits)),
        reasons=dict(sorted(reasons.items())),
        **_shared(scene),
        **services.fields(codes, level, DOMAINS),
    )


def _shared(scene: Scene) -> dict[str, Any]:
    said = " ".join(f"**{mark}**: {why}" for mark, why in scene.fits.items()) or scene.none
    plain = [(mark, why) for mark, why in scene.slips.items() if not re.search("Look |Right idea", why)]
    for mark, why in plain[:1] if scene.fits else ():
        said += f" {why}" if why.startswith(mark) else f" Not {mark}: {_lowered(why)}"
    return {
        "slug": "modifier-by-scenario",
        "hints": (_ASK, _HINTS[scene.sort]),
        "rationale": said,
        "objective": OBJECTIVE,
        "sources": _sources(scene.sort),
    }


def _lowered(sentence: str) -> str:
    """As it stands within a sentence; a modifier such as RT stays as it is."""
    return sentence[0].lower() + sentence[1:] if sentence[1].islower() or sentence[1] == " " else sentence


def _sources(sort: str) -> tuple[Any, ...]:
    rest = {
        "side": services.fees("bilateral indicator"),
        "surgeon": services.fees("assistant and co-surgeon indicators"),
        "component": services.fees("professional and technical component"),
        "global": services.claims_manual(12, "40.2"),
        "visit": services.claims_manual(12, "40.2"),
        "distinct": services.ncci(1),
        "anesthesia": services.claims_manual(12, "50"),
    }
    return (services.book("appendix A, modifiers"), *([rest[sort]] if sort in rest else []))


# -- the law ------------------------------------------------------------------------------------------------------


@cache
def _table() -> dict[str, dict[str, str]]:
    with (data_dir() / "codesets" / "cpt.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


@cache
def _edits() -> dict[tuple[str, str], str]:
    with (data_dir() / "codesets" / "ncci_pairs.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["column1"], row["column2"]): row["indicator"] for row in csv.DictReader(lines)}


#: Words of the note -> the modifier they call for. The first that is found in a row decides.
_CUES = (
    (
        ("physician assistant of the group assists", "AS"),
        ("no qualified resident was free", "82"),
        ("assists from", "80"),
    ),
    (("both bill the same number", "62"),),
    (("ear alone", "52"), ("mammogram of the", "52"), (r"recorded for [0-5] hours", "52")),
    (("physician's", ""), ("no anesthesia given yet", "73"), ("anesthesia given", "74")),
    (("stopped for safety.*the line is the physician's", "53"),),
    (("on the hospital's machine", "26"), ("line is the center's", "TC")),
    (("reads both", "76"), ("reads the first", "77")),
    (("aftercare.*the one who operated", "54"), ("aftercare.*the one at home", "55")),
    (("which bills the practice", "90"), ("both runs were sound", "91"), ("on the waived list", "QW")),
    (("live video", "95"), ("by telephone", "93")),
    (("for screening, .*medicare", "PT"), ("for screening, ", "33")),
    (("anesthesiologist gave it in person", "AA"), ("without any direction", "QZ")),
)
_HAND = "FA F1 F2 F3 F4 F5 F6 F7 F8 F9".split()
_FOOT = "TA T1 T2 T3 T4 T5 T6 T7 T8 T9".split()
_DIGIT = {
    "thumb": 0, "index finger": 1, "middle finger": 2, "ring finger": 3, "little finger": 4,
    "great toe": 0, "second toe": 1, "third toe": 2, "fourth toe": 3, "fifth toe": 4,
}  # fmt: skip
_PARTS = "knee|wrist|groin|hip|shoulder|eye|maxillary sinus|breast"


def law(item: Any, codes: CodeSet) -> bool:
    """The note read again by cues of the law's own, each held against the figures of the code."""
    code = item.line.code if item.kind == "modifier_choice" else re.search(r"\d{5}", item.stem)[0]  # type: ignore[index]
    due = _due(" ".join(line for line in item.note.lower().split("\n") if not line.startswith("hx:")), code)
    if item.kind == "modifier_choice":
        return due == set(item.answer) and len(item.answer) == len(due) and due <= set(item.offered)
    return len(due) < 2 and services.marked(item) == (next(iter(due)) if due else NO_MODIFIER)


def _due(text: str, code: str) -> set[str]:
    row = _table()[code]
    due = {
        mark
        for cues in _CUES
        for mark in [next((mark for words, mark in cues if re.search(words, text)), "")]
        if mark and _can(mark, row)
    }
    if "both" in text and "same session" in text and row["bilateral"] == "1":
        due.add("50")
    side = re.search(rf"\b(right|left) (?:{_PARTS}):|\b(right|left) (?:knee|shoulder|hand) film", text)
    if side and row["bilateral"] in "13":
        due.add({"right": "RT", "left": "LT"}[side[1] or side[2]])
    digit = re.search(rf"\b(right|left) ({'|'.join(_DIGIT)}):", text)
    if digit:
        due.add((_HAND if row["code"] == "26055" or "finger" in digit[2] or digit[2] == "thumb" else _FOOT)[
            _DIGIT[digit[2]] + 5 * (digit[1] == "right")
        ])  # fmt: skip
    took = re.search(r"skin to skin (\d+) minutes, usually (\d+)", text)
    if took and int(took[1]) >= 1.5 * int(took[2]):
        due.add("22")
    if "again at" in text and "machine is the hospital's" in text and row["pctc"] == "1":
        due.add("26")
    edit = re.search(r"ncci bundles (\d{5}) into (\d{5}) and allows", text)
    if edit and _edits().get((edit[2], edit[1])) == "1":
        due.add("XS" if "exact x" in text else "59")
    status = re.search(r"asa (\d).*wants the physical status", text)
    if status:
        due.add(f"P{status[1]}")
    return due | _by_day(text, code)


def _can(mark: str, row: dict[str, str]) -> bool:
    """Whether the figures of the code let the modifier stand."""
    if mark in ("26", "TC"):
        return row["pctc"] == "1"
    if mark in ("80", "82", "AS"):
        return row["assistant"] == "2"
    if mark == "62":
        return row["cosurgeon"] in "12"
    return mark not in ("54", "55") or row["global_days"] in ("010", "090")


def _by_day(text: str, code: str) -> set[str]:
    """What the days of a package ask for, and a visit beside a procedure."""
    due = set()
    ran = re.search(r"day (\d+) after [^.]*?\((?:\d{5}, )?(\d+) days\)", text)
    inside = ran is not None and int(ran[1]) <= int(ran[2])
    other = re.search(r"nothing to do|new complaint|matter of their own", text)
    if code.startswith("99"):
        small = re.search(r"beside that [^(]*\((\d{5})\)", text)
        major = re.search(r"decided, done [^(]*\((\d{5}), 90 days\)", text)
        if inside and other and "another practice" not in text:
            due.add("24")
        if small and _table()[small[1]]["global_days"] in ("000", "010"):
            due.add("25")
        if major and _table()[major[1]]["global_days"] == "090":
            due.add("57")
    elif inside:
        due.add("79" if other else "58" if "edges were not clear" in text else "78")
    return due
