"""Scenes at the operating table and after it, each with the modifiers that its line takes.

A scene says what was done and by whom; whether a code can take a modifier at all stands in ``cpt.csv`` (bilateral,
assistant and co-surgeon indicators, global days), and the law of the generator holds the scene against it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple

from course.codesets import cpt
from course.questions.generators.scenes import capital


class Scene(NamedTuple):
    """A line of the claim and what the note tells. ``fits``: modifier -> why it belongs; empty when none does and then
    ``none`` says why. ``slips``: modifier -> why not here, the likeliest first."""

    sort: str
    code: str
    told: tuple[str, ...]
    fits: Mapping[str, str]
    slips: Mapping[str, str]
    none: str = ""
    male: bool | None = None
    ages: tuple[int, int] = (24, 88)


#: Paired: code -> (part of the body, what is done). The second modifier of many lines is the side.
PAIRED = {
    "29881": ("knee", "torn inner meniscus trimmed through the scope"),
    "64721": ("wrist", "median nerve freed through a cut in the palm"),
    "49505": ("groin", "hernia that goes back in, repaired open, first repair"),
    "27447": ("knee", "inner and outer halves of the joint replaced"),
    "27130": ("hip", "ball and socket replaced"),
    "29827": ("shoulder", "rotator cuff repaired through the scope"),
    "25605": ("wrist", "broken radius pulled straight and put in a cast"),
    "20610": ("shoulder", "steroid put into the joint, needle led by touch"),
    "67028": ("eye", "drug injected into the vitreous"),
    "31256": ("maxillary sinus", "window cut through the nasal scope"),
}
#: Done on both sides in one session often enough to be a fair scene.
BOTH = ("64721", "49505", "27447", "20610", "67028", "31256")
#: Not paired: code -> what is done.
SINGLE = {
    "47562": "gallbladder removed by laparoscope",
    "44140": "part of the colon removed through an open cut, ends joined",
    "44970": "appendix removed by laparoscope",
    "60240": "whole thyroid removed",
    "58150": "uterus and cervix removed through an open cut",
}
WOMEN = ("58150",)
FINGERS = ("thumb", "index finger", "middle finger", "ring finger", "little finger")
TOES = ("great toe", "second toe", "third toe", "fourth toe", "fifth toe")
_DIGITS = {
    "26055": ("trigger finger set free through a small cut", FINGERS),
    "28285": ("hammer toe straightened", TOES[1:]),
    "11730": ("nail plate pulled off under a block", TOES),
    "11750": ("ingrown nail removed with its root, for good", TOES),
}
_SURGEONS = ("Dr. Adler", "Dr. Banks", "Dr. Cole", "Dr. Dietz", "Dr. Ekwall")
#: Two surgeons of two trades for one number: code -> (who opens, who does the rest, the two parts).
_TWO = {
    "22558": ("vascular surgeon", "spine surgeon", "opens the way to the front of the lumbar spine",
              "takes the disc out and fuses the level"),
    "22551": ("ear, nose and throat surgeon", "spine surgeon", "opens the way at the front of the neck",
              "takes the disc out, frees the cord and fuses the level"),
}  # fmt: skip


def side_modifier(side: str) -> str:
    return {"right": "RT", "left": "LT"}[side]


def digit_modifier(side: str, digit: str) -> str:
    """FA, F1 … on the left hand, F5 … on the right, TA and T… of the feet alike."""
    letter, names = ("F", FINGERS) if digit in FINGERS else ("T", TOES)
    at = names.index(digit) + 5 * (side == "right")
    return f"{letter}{'A' if not at else at}"


def _side(rng: random.Random, code: str) -> tuple[str, str, dict[str, str]]:
    """A side, the note's words for the procedure there, and what the side modifier is for."""
    part, done = PAIRED[code]
    side = rng.choice(("right", "left"))
    return side, f"{capital(side)} {part}: {done}.", {side_modifier(side): f"The {side} {part} and no other."}


def _procedure(
    rng: random.Random, two: bool, wanted: str = "", level_codes: tuple[str, ...] = ()
) -> tuple[str, str, dict[str, str]]:
    """(code, words, side modifiers): a paired one for a line with two modifiers, else a single one. ``wanted``: the
    assistant indicator it needs."""
    table = PAIRED if two else SINGLE
    found = [code for code in level_codes or table if not wanted or _number(code).assistant == wanted]
    code = rng.choice(found)
    if two:
        _, words, fits = _side(rng, code)
        return code, words, fits
    return code, f"{capital(SINGLE[code])}.", {}


def _number(code: str) -> cpt.Number:
    found = cpt.get(code)
    assert found is not None
    return found


def _sex(code: str) -> bool | None:
    return False if code in WOMEN else None


def one_side(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(list(PAIRED))
    side, words, fits = _side(rng, code)
    part = PAIRED[code][0]
    other = side_modifier("left" if side == "right" else "right")
    slips = {
        other: f"The other {part}. The note says {side}.",
        "50": "Both sides would have to be treated in one session. The note names one.",
        "59": "There is no second procedure to set this one apart from.",
    }
    return Scene("side", code, (words,), fits, slips)


def both_sides(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(BOTH)
    part, done = PAIRED[code]
    parts = f"{part}es" if part.endswith("s") else f"{part}s"
    told = (f"Both {parts}, same session: {done}.", "The payer wants one line.")
    slips = {
        "RT": "RT alone leaves the left side unpaid, and the payer wants one line.",
        "LT": "LT alone leaves the right side unpaid, and the payer wants one line.",
        "51": "51 is for different procedures of one session. This is the same one twice.",
        "76": "76 is for the same procedure again on one day, not for the other side.",
    }
    return Scene("side", code, told, {"50": f"The same on both {parts}, on one line."}, slips)


def digit(rng: random.Random, two: bool) -> Scene:
    code = "26055" if two else rng.choice(list(_DIGITS))
    done, digits = _DIGITS[code]
    side, which = rng.choice(("right", "left")), rng.choice(digits)
    key = digit_modifier(side, which)
    mirror = digit_modifier("left" if side == "right" else "right", which)
    near = digit_modifier(side, digits[digits.index(which) - 1])
    names = FINGERS if which in FINGERS else TOES
    fits = {key: f"The {side} {which}: counted from the {names[0]}, left before right."}
    slips = {
        mirror: f"The same digit of the other {'hand' if which in FINGERS else 'foot'}.",
        near: f"The digit beside it. Count from the {names[0]}, which comes first.",
        side_modifier(side): "True of the side. For a digit there is a modifier that says more.",
        "59": "There is no second procedure to set this one apart from.",
    }
    told = [f"{capital(side)} {which}: {done}."]
    if two:
        day = rng.randint(20, 80)
        told.append(f"Day {day} after another trigger finger was set free (90 days); this one is a new complaint.")
        fits["79"] = f"Day {day} of 90, same surgeon, and nothing to do with the first finger."
        slips |= {
            "58": "58 is for a step that was planned, is larger, or follows from the first. This is a new complaint.",
            "78": "78 is for a complication that leads back to the operating room.",
        }
    return Scene("digit", code, tuple(told), fits, slips)


def assistant(rng: random.Random, two: bool) -> Scene:
    code, words, fits = _procedure(rng, two, "2")
    surgeon, helper = rng.sample(_SURGEONS, 2)
    sort = rng.choice(("80", "82", "AS"))
    told, why = {
        "80": (f"{helper}, a surgeon of the same group, assists from cut to closure. No residents in this hospital.",
               "A physician assists from beginning to end."),
        "82": (f"Teaching hospital. No qualified resident was free, so {helper}, a surgeon, assists throughout.",
               "A physician assists because no qualified resident was to be had."),
        "AS": ("Medicare. A physician assistant of the group assists throughout. No residents in this hospital.",
               "Medicare has a modifier of its own for a PA, NP or CNS who assists."),
    }[sort]  # fmt: skip
    who = "the physician assistant" if sort == "AS" else helper
    slips = {
        "80": "80 is a physician who assists where no rule about residents is in play.",
        "82": "82 needs a teaching hospital in which no qualified resident was free.",
        "AS": "AS is for a PA, NP or CNS. Here a physician assists.",
        "62": "62 is for two surgeons, each with a part of their own. This one assists.",
        "81": "81 is for help with a small part. The note has it throughout.",
    }
    if sort == "AS":
        slips["80"] = "80 is for a physician who assists."
        slips["81"] = "81 is for a physician's help with a small part."
    slips.pop(sort)
    lines = (f"Surgeon {surgeon}. {words}", told, f"The line is that of {who}.")
    return Scene("surgeon", code, lines, {sort: why, **fits}, slips, male=_sex(code))


def two_surgeons(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(list(_TWO))
    opener, other, first, second = _TWO[code]
    mine = rng.choice((opener, other))
    told = (
        f"The {opener} {first}; the {other} {second}.",
        f"Each dictates a report of that part. Both bill the same number; the line is that of the {mine}.",
    )
    slips = {
        "80": "An assistant helps with another surgeon's work. Here each does one part.",
        "66": "A team takes several surgeons of different trades. Here are two.",
        "51": "51 is for several procedures of one surgeon. This is one, shared by two.",
        "52": "Each did a part, true. But two surgeons who share one number say so in another way.",
    }
    why = "Two surgeons of different trades, each leads a share of the work, one number."
    return Scene("surgeon", code, told, {"62": why}, slips, ages=(35, 75))


def own_numbers(rng: random.Random, two: bool) -> Scene:
    """Two surgeons at one table, each with an operation and a number of his own: no 62."""
    code, words, fits = _procedure(rng, False, "", ("47562", "44140", "58150"))
    mine, other = rng.sample(_SURGEONS, 2)
    told = (
        f"{mine}: {words[0].lower()}{words[1:]}",
        f"In the same anesthesia {other}, a urologist, resects a 3 cm bladder tumor through the scope (52235).",
        f"The line is that of {mine}.",
    )
    slips = {
        "62": "Two surgeons, but two operations: each reports a different number, and nobody shares one.",
        "80": "Neither assists the other.",
        "51": "51 looks at the further procedures of one surgeon. This one did a single one.",
        "66": "No team: two operations by two surgeons.",
    }
    none = "Each surgeon did a different operation and bills its number. Nothing has to be added."
    return Scene("surgeon", code, told, {}, slips, none, male=_sex(code))


def more_work(rng: random.Random, two: bool) -> Scene:
    code, words, fits = _procedure(rng, two, level_codes=("29827", "27130", "27447", "49505") if two else ())
    usual = rng.choice((60, 75, 90, 100))
    took = usual * rng.choice((2, 3)) + rng.choice((5, 10, 20))
    told = (
        words,
        f"Dense scars of earlier operations everywhere; skin to skin {took} minutes, usually {usual}. The report "
        "describes the difficulty step by step.",
    )
    slips = {
        "52": "52 is for less than usual.",
        "51": "51 is for further procedures of the session. This is one, and a hard one.",
        "58": "The earlier operations are long over; no package is running.",
        "59": "Nothing here is set apart from another procedure. One was harder than usual.",
    }
    why = f"{took} minutes instead of {usual}, and the report says why: clearly more work."
    return Scene("extent", code, told, {"22": why, **fits}, slips, male=_sex(code))


def a_little_more(rng: random.Random, two: bool) -> Scene:
    code, words, _ = _procedure(rng, False)
    minutes = rng.choice((5, 8, 10))
    told = (words, f"Some filmy scars, freed in {minutes} minutes. The rest as usual.")
    slips = {
        "22": f"{minutes} minutes of filmy scars are within what the code expects.",
        "51": "Freeing scars on the way in is no procedure of its own.",
        "59": "Freeing scars on the way in is no procedure of its own, so there is nothing to set apart.",
        "52": "Nothing was left out.",
    }
    none = f"Scars freed in {minutes} minutes belong to the operation; 22 needs clearly more work than usual."
    return Scene("extent", code, told, {}, slips, none, male=_sex(code))


_STOPPED = {
    "45378": ("colonoscopy", "the scope had passed the left colon", "oxygen fell"),
    "43235": ("upper endoscopy", "the scope had reached the stomach", "the heart rate fell to 34"),
    "47562": ("gallbladder by laparoscope", "the ports were in", "ventricular tachycardia set in"),
    "52000": ("bladder scope", "the scope was in the urethra", "blood pressure fell to 70/40"),
}


def stopped(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(list(_STOPPED))
    name, point, trouble = _STOPPED[code]
    sort = rng.choice(("53", "73", "74"))
    if sort == "53":
        told = (f"{capital(name)}: {point} when {trouble}; stopped for safety.", "The line is the physician's.")
        why = f"The physician had begun and gave up since {trouble}."
    elif sort == "73":
        told = (f"{capital(name)}: in the room, prepared, no anesthesia given yet when {trouble}; canceled.",
                "The line is that of the surgery center.")  # fmt: skip
        why = "A facility's line, and the stop came before any anesthesia."
    else:
        told = (f"{capital(name)}: anesthesia given, {point} when {trouble}; stopped for safety.",
                "The line is that of the surgery center.")  # fmt: skip
        why = "A facility's line, and the stop came after anesthesia had been given."
    slips = {
        "53": "53 is the physician's. This line is the facility's, which has two of its own.",
        "73": "73 is a facility's, for a stop before anesthesia.",
        "74": "74 is a facility's, for a stop after anesthesia was given.",
        "52": "52 is for less by choice. This was given up for the patient's safety.",
        "22": "22 is for more work than usual.",
    }
    slips.pop(sort)
    return Scene("extent", code, told, {sort: why}, slips)
