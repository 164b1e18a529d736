"""Scenes of later days, of visits and of bundles, each with the modifiers that its line takes.

As in ``modifier_scenes``; global days stand in ``cpt.csv``, the bundles in ``ncci_pairs.csv``.
"""

from __future__ import annotations

import random

from course.questions.generators.modifier_scenes import SINGLE, WOMEN, Scene, side_modifier
from course.questions.generators.scenes import capital

_OPERATIONS = {
    "47562": ("gallbladder removal", "35840", "Belly opened again in the operating room for bleeding"),
    "44140": ("removal of part of the colon", "35840", "Belly opened again in the operating room for bleeding"),
    "60240": ("thyroid removal", "35800", "Neck opened again in the operating room for bleeding"),
    "49505": ("groin hernia repair", "10180", "Infected wound opened and drained in the operating room"),
    "58150": ("removal of the uterus", "35840", "Belly opened again in the operating room for bleeding"),
}
_ELSEWHERE = {
    "11402": "Harmless growth of 1.4 cm cut from the back, nothing to do with it",
    "10060": "Abscess of the thigh opened and drained, nothing to do with it",
    "46221": "Rubber bands put on internal hemorrhoids, nothing to do with it",
}
#: What a surgeon may see, too.
_LUMPS = ("a new lump in the breast", "a swollen gland in the armpit", "a cyst of the scalp", "varicose veins")
_COMPLAINTS = ("migraine", "a sprained ankle", "asthma", "knee pain", "high blood pressure", "a rash on the hands")
_SMALL = {
    "20610": "the shoulder joint injected with a steroid",
    "17110": "six warts of the hand frozen",
    "11102": "a mole of the back sampled by a shave",
    "69210": "packed wax taken out of the ear with instruments",
    "12001": "a 2 cm cut of the forearm stitched in one layer",
}
_MAJOR = {"47562": "gallbladder removal", "44970": "appendix removal", "27236": "repair of the broken hip"}
#: A second, bundled procedure somewhere else: (code of the line, its words, the other code, its words).
_APART = (
    ("11102", "shave sample of a mole on the {}", "11400", "harmless growth of 0.4 cm cut from the {}"),
    ("11102", "shave sample of a mole on the {}", "11600", "skin cancer of 0.4 cm cut from the {}"),
    ("11102", "shave sample of a mole on the {}", "17110", "six warts frozen on the {}"),
    ("17000", "one precancerous spot frozen on the {}", "17110", "six warts frozen on the {}"),
    ("17000", "one precancerous spot frozen on the {}", "11042", "a wound cleared of dead fat on the {}, 12 sq cm"),
)
_PLACES = ("back", "chest", "left forearm", "right forearm", "left calf", "right thigh", "belly")
_ADDONS = (
    ("22552", "22551", "Neck fused from the front at C5-C6, and in the same session at C6-C7."),
    ("17003", "17000", "Five precancerous spots frozen, the first and four more."),
    ("11103", "11102", "Two moles sampled by a shave, the first and one more."),
    ("11045", "11042", "A wound of 34 sq cm cleared of dead fat, the first 20 and the rest."),
)


#: Number -> ages of those who commonly need it.
_AGES = {
    **dict.fromkeys(("27447", "27130", "67028", "17000", "17003"), (52, 86)),
    **dict.fromkeys(("29827", "22551", "22552", "22558", "11602"), (40, 80)),
}


def ages(scene: Scene) -> tuple[int, int]:
    """Ages that fit the procedure and the payer: Medicare's patients are 65 and older, those of others younger."""
    low, high = _AGES.get(scene.code, scene.ages)
    told = " ".join(scene.told)
    low = max(low, 52) if "heart failure" in told else low
    if "Medicare" in told and "disability" not in told:
        return max(low, 65), max(high, 84)
    return (min(low, 60), min(high, 64)) if "commercial payer" in told else (low, high)


def _later(rng: random.Random) -> tuple[str, str, int, bool | None]:
    """An operation of 90 days: (code, name, day of today, sex)."""
    code = rng.choice(list(_OPERATIONS))
    return code, _OPERATIONS[code][0], rng.randint(6, 85), False if code in WOMEN else None


def back_to_table(rng: random.Random, two: bool) -> Scene:
    first, name, _, sex = _later(rng)
    _, code, words = _OPERATIONS[first]
    day = rng.randint(1, 9)
    told = (f"{words}.", f"Day {day} after {name} ({first}, 90 days) by the same surgeon.")
    slips = {
        "58": "58 is for a step that was planned or is larger. This is a complication.",
        "79": "79 is for something that has nothing to do with the operation. This comes from it.",
        "76": "76 is for the same procedure again. This is another number.",
        "59": "59 is about bundles of one day, not about the days of a package.",
    }
    why = f"Day {day} of 90, same surgeon, and a complication leads back to the operating room."
    return Scene("global", code, told, {"78": why}, slips, male=sex)


def something_else(rng: random.Random, two: bool) -> Scene:
    first, name, day, sex = _later(rng)
    code = rng.choice(list(_ELSEWHERE))
    fits = {"79": f"Day {day} of 90, same surgeon, and nothing to do with the operation."}
    told = (f"Day {day} after {name} ({first}, 90 days) by the same surgeon.", f"{_ELSEWHERE[code]}.")
    if two:
        side = rng.choice(("right", "left"))
        other = "left" if side == "right" else "right"
        code, first = "66984", "66984"
        told = (f"{capital(side)} eye: cataract out, lens in, routine.",
                f"Day {day} after the same on the {other} eye (66984, 90 days) by the same surgeon; the eyes "
                "are each a matter of their own.")  # fmt: skip
        fits = {"79": f"Day {day} of 90 after the {other} eye; the other eye has nothing to do with it.",
                side_modifier(side): f"Today the {side} eye."}  # fmt: skip
        sex = None
    slips = {
        "78": "78 is for a complication that leads back to the operating room.",
        "58": "58 is for a further step of the same matter.",
        "59": "59 is about bundles of one day, not about the days of a package.",
        "51": "51 is for further procedures of one session. These are two dates.",
    }
    return Scene("global", code, told, fits, slips, male=sex, ages=(56, 88) if two else (30, 85))


def staged(rng: random.Random, two: bool) -> Scene:
    day = rng.randint(8, 40)
    side = rng.choice(("right", "left"))
    told = (f"Day {day} after part of the {side} breast was removed for cancer (19301, 90 days), same surgeon.",
            f"The edges were not clear. {capital(side)} breast: now removed whole, muscles left.")  # fmt: skip
    code = "19303"
    fits = {"58": f"Day {day} of 90: a larger operation for the same cancer, by the same surgeon.",
            side_modifier(side): f"The {side} breast."}  # fmt: skip
    if not two:
        day = rng.randint(3, 10)
        told = (f"Day {day} after a skin cancer was cut from the back (11602, 10 days), same surgeon.",
                "The edges were not clear, and more is cut away at the same place, as had been agreed.")  # fmt: skip
        code = "11602"
        fits = {"58": f"Day {day} of 10: the agreed next step of the same treatment."}
    slips = {
        "78": "78 is for a complication. Edges that are not clear are none.",
        "79": "79 is for something that has nothing to do with the first operation.",
        "76": "76 is for the same again on one day. This is the next step.",
        "59": "59 is about bundles of one day, not about the days of a package.",
    }
    return Scene("global", code, told, fits, slips, male=False if two else None, ages=(38, 78))


def aftercare(rng: random.Random, two: bool) -> Scene:
    side = rng.choice(("right", "left"))
    mine = rng.random() < 0.5
    if two:
        code, who = "66984", "The optometrist at home"
        first = f"{capital(side)} eye: cataract out, lens in, routine, by the eye surgeon."
        fits = {side_modifier(side): f"The {side} eye."}
    else:
        code = rng.choice(("44970", "47562"))
        who, fits = "A surgeon at home", {}
        first = f"Away on vacation: {SINGLE[code]}, by the surgeon there."
    told = (first, f"{who} takes over the whole aftercare by written agreement, from day 1.",
            f"The line is that of {'the one who operated' if mine else 'the one at home'}.")  # fmt: skip
    why = "Operated and handed the aftercare over." if mine else "Gives the aftercare and did not operate."
    slips = {
        "55" if mine else "54": "Look at whose line this is: who operated, and who sees the patient later?",
        "56": "56 is the care before the operation, by someone who does not operate.",
        "52": "A package that two share has modifiers of its own.",
        "24": "24 goes on a visit, and this line is the operation.",
    }
    return Scene("global", code, told, {"54" if mine else "55": why, **fits}, slips, ages=(58, 88) if two else (24, 70))


def visit(rng: random.Random, two: bool) -> Scene:
    """A visit beside a small procedure, at which an operation was decided, or within a package."""
    sort = "both" if two else rng.choice(("24", "25", "57"))
    first, name, day, sex = _later(rng)
    about = rng.choice(_COMPLAINTS if sort == "25" else _LUMPS)
    small = rng.choice(list(_SMALL) if sort == "25" else ["17110", "11102", "12001"])
    beside = f"Beside that {_SMALL[small]} ({small}), a matter of its own; the visit was about {about} alone."
    code, told = rng.choice(("99213", "99214")), tuple[str, ...]()
    fits = {}
    if sort in ("24", "both"):
        inside = f"day {day} after {name} ({first}, 90 days), by the same surgeon"
        told = (f"Office visit for {about}, {inside}. Nothing to do with the operation.",)
        fits["24"] = f"Day {day} of 90, same physician, and the visit for {about} has nothing to do with the operation."
    if sort in ("25", "both"):
        told = (*told, beside) if two else (f"Office visit for {about}: history, findings, plan. {beside}",)
        fits["25"] = f"The visit about {about} stands beside {small}, a small procedure of the same day."
    if sort == "57":
        major = rng.choice(list(_MAJOR))
        when = rng.choice(("the same evening", "the next morning"))
        code, sex = rng.choice(("99222", "99223")), None
        told = (f"Seen in the emergency department and admitted by the surgeon; {_MAJOR[major]} decided, "
                f"done {when} ({major}, 90 days).",)  # fmt: skip
        fits["57"] = f"An operation of 90 days was decided at this visit and done {when}."
    slips = {
        "24": "24 needs a package that is running. No operation lies behind.",
        "25": "25 needs a small procedure on the same day beside the visit.",
        "57": "57 needs a visit at which an operation of 90 days was decided.",
        "59": "59 goes on procedures, not on visits.",
        "79": "79 goes on procedures. For a visit there is another.",
    }
    if sort == "57":
        slips["25"] = "25 is for the day of a small procedure. This operation has 90 days."
    return Scene("visit", code, told, fits, {mark: why for mark, why in slips.items() if mark not in fits}, male=sex)


def outside_package(rng: random.Random, two: bool) -> Scene:
    """A visit after the last day of the package, or by another practice."""
    first, name, day, sex = _later(rng)
    about = rng.choice(_LUMPS)
    if rng.random() < 0.5:
        day = rng.randint(91, 130)
        who, why = "by the same surgeon", f"Day {day}: the package ended with day 90."
    else:
        who, why = (
            f"by {rng.choice(('a dermatologist', 'an internist', 'a family physician'))} of another practice",
            "A package binds the surgeon's group, not others.",
        )
    told = (f"Office visit for {about}, day {day} after {name} ({first}, 90 days), {who}.",)
    slips = {
        "24": f"24 is for the surgeon's own visit inside the package. {why}",
        "25": "No procedure was done that day.",
        "79": "79 goes on procedures, and this is a visit.",
        "57": "No operation was decided.",
    }
    return Scene("visit", rng.choice(("99213", "99214")), told, {}, slips, f"{why} The visit needs no modifier.", sex)


def apart(rng: random.Random, two: bool) -> Scene:
    code, words, other, others = rng.choice(_APART)
    here, there = rng.sample(_PLACES, 2)
    exact = rng.random() < 0.5
    payer = "The payer wants the exact X modifier." if exact else "The payer does not know the X modifiers."
    told = (f"{capital(others.format(there))} ({other}); {words.format(here)} ({code}).",
            f"NCCI bundles {code} into {other} and allows a modifier. {payer}")  # fmt: skip
    why = f"The {here} is another place than the {there}: a site of its own."
    slips = {
        "51": "51 tells the rank of procedures. It does not open an edit.",
        "76": "76 is for the same procedure again.",
        "25": "25 goes on a visit.",
    }
    if exact:
        slips |= {
            "XE": "XE is another session of the day. Both were done in one.",
            "XU": "XU is the last resort of the four. Another site has a better one.",
            "XP": "XP is another practitioner.",
        }
    else:
        slips |= {"58": "58 is about the days after an operation.", "50": "Two different procedures, not two sides."}
    return Scene("distinct", code, told, {"XS" if exact else "59": why}, slips)


def addon_beside(rng: random.Random, two: bool) -> Scene:
    code, first, words = rng.choice(_ADDONS)
    told = (words, f"The line is that of the add-on, {code}, beside {first}.")
    slips = {
        "51": "An add-on code takes no 51: it is priced as work beside another.",
        "59": "An add-on belongs beside its code. There is nothing to set apart.",
        "76": "Nothing was repeated; the add-on stands for the rest.",
        "50": "More of the same, not the other side.",
    }
    return Scene("distinct", code, told, {}, slips, f"{code} is an add-on code: it stands beside {first} as it is.")
