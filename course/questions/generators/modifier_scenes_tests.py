"""Scenes of pictures, tests and what is told by its payer, each with the modifiers that its line takes.

As in ``modifier_scenes``; the halves of a test (professional, technical) stand in ``cpt.csv``.
"""

from __future__ import annotations

import random

from course.codesets import cpt
from course.questions.generators import figures
from course.questions.generators.modifier_scenes import Scene, side_modifier
from course.questions.generators.scenes import capital

#: Pictures and tests with two halves: code -> words of a note. The second table has a side.
_TESTS = {
    "71046": "chest film, two views",
    "70450": "CT of the head without dye",
    "76700": "ultrasound of the whole belly",
    "76856": "ultrasound of the pelvis over the belly, all parts",
    "94010": "spirometry",
    "74177": "CT of belly and pelvis, dye given first",
}
_SIDED_TESTS = {
    "73562": "knee film, three views",
    "73030": "shoulder film, two views",
    "73130": "hand film, three views",
}
_AGAIN = {"71045": "one-view chest film", "93010": "ECG, twelve leads"}
_RADIOLOGISTS = ("Dr. Frost", "Dr. Gomez", "Dr. Hale", "Dr. Ito")
_TALKS = {"90832": (20, 34), "90834": (40, 50), "90837": (54, 64)}
_WAIVED = {"87880": "quick strep test, read by eye", "83036": "hemoglobin A1c on a small analyzer",
           "80061": "fat panel on a small analyzer", "85610": "prothrombin time on a small analyzer"}  # fmt: skip
_NO_QW = {"81002": "urine dipstick, read by eye", "81025": "pregnancy strip dipped in urine",
          "82962": "fingerstick sugar on a meter"}  # fmt: skip
_SENT = {"80053": "chemistry panel of fourteen tests", "85025": "blood count with sorted white cells",
         "84443": "TSH", "83036": "hemoglobin A1c"}  # fmt: skip
_SERIAL = {"84484": "troponin", "82947": "blood sugar", "85610": "prothrombin time"}
_BOTH_HELD = (
    ("77067", "Screening mammogram, both breasts"),
    ("77066", "Mammogram for a lump, both breasts"),
    ("92557", "Full hearing test, both ears"),
)


def components(rng: random.Random, two: bool) -> Scene:
    """The reading, the machine, or both."""
    table = _SIDED_TESTS if two else _TESTS
    code = rng.choice(list(table))
    side = rng.choice(("right", "left")) if two else ""
    sided = {side_modifier(side): f"The {side} side was filmed."} if two else {}
    test = f"{capital(side)} {table[code]}" if two else capital(table[code])
    reader = rng.choice(_RADIOLOGISTS)
    slips = {
        "26": "26 is the reading alone. Look at whose line this is.",
        "TC": "TC is the machine and staff alone. Look at whose line this is.",
        "52": "The two halves of a test have modifiers of their own.",
        "59": "There is no second service to set this one apart from.",
        "77": "Nothing was repeated.",
    }
    told: tuple[str, ...]
    if rng.random() < 0.6:
        told = (
            f"{test}, made on the hospital's machine.",
            f"{reader} reads it and signs a report; the line is {reader}'s.",
        )
        fits = {"26": "The machine is the hospital's; the physician bills the reading alone."}
    else:
        told = (f"{test}, made at an imaging center.",
                f"{reader}, no part of the center, reads it and bills for that; the line is the center's.")  # fmt: skip
        fits = {"TC": "The center gives machine and staff; the reading is billed by another."}
    slips.pop(next(iter(fits)))
    return Scene("component", code, told, {**fits, **sided}, slips, male=False if code == "76856" else None)


def whole_test(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(list(_TESTS))
    reader = rng.choice(_RADIOLOGISTS)
    told = (f"{capital(_TESTS[code])}, made on the machine of the practice.",
            f"{reader}, who owns the practice, reads and signs a report; the line is the practice's.")  # fmt: skip
    slips = {
        "26": "26 would leave the machine unpaid, and it is theirs, too.",
        "TC": "TC would leave the reading unpaid, and it is theirs, too.",
        "52": "Nothing was left out.",
        "59": "There is no second service to set this one apart from.",
    }
    none = "Machine and reading are both of the practice: the bare code stands for the two."
    return Scene("component", code, told, {}, slips, none, male=False if code == "76856" else None)


def repeated(rng: random.Random, two: bool) -> Scene:
    code = "71045" if two else "93010"
    first, second = rng.randint(5 * 60, 10 * 60), rng.randint(12 * 60, 20 * 60)
    one, other = rng.sample(_RADIOLOGISTS, 2)
    same = rng.random() < 0.5
    at = f"{figures.clock(first)} and again at {figures.clock(second)}"
    told = (
        f"{capital(_AGAIN[code])} at {at}, same date, for a change in the patient's state.",
        f"{one} reads both on the ward." if same else f"{one} reads the first, {other} the second.",
        "The machine is the hospital's. The line is that of the second reading.",
    )
    key = "76" if same else "77"
    fits = {key: f"The same again on one date, by {'the same' if same else 'another'} physician."}
    slips = {
        "77" if same else "76": f"The second was read by {'the same' if same else 'another'} physician.",
        "91": "91 is for laboratory tests.",
        "59": "The same service again has modifiers of its own.",
        "50": "Two times, not two sides.",
    }
    if two:
        fits["26"] = "The machine is the hospital's; the reading alone is billed."
        slips["TC"] = "TC is the machine, and that is the hospital's."
    else:
        slips["26"] = "This number is the reading already."
        slips["TC"] = "This number is the reading alone; it has no other half."
    return Scene("repeat", code, told, fits, slips, ages=(48, 90))


def laboratory(rng: random.Random, two: bool) -> Scene:
    sort = rng.choice(("90", "91", "QW"))
    slips = {
        "90": "90 is for a test that an outside laboratory runs for the one who bills.",
        "91": "91 is for the same test again on one day, to follow the course.",
        "QW": "QW marks a waived test at a site with a certificate of waiver.",
        "76": "76 is for procedures. Laboratory tests have a modifier of their own.",
        "26": "These tests have no reading by a physician to be paid apart.",
        "59": "There is no second service to set this one apart from.",
    }
    if sort == "90":
        code = rng.choice(list(_SENT))
        told = (f"{capital(_SENT[code])}: drawn in the office, run by an outside laboratory, which bills the practice.",
                "A commercial payer; the practice bills the test.")  # fmt: skip
        why = "Another laboratory ran the test for the practice that bills."
    elif sort == "91":
        code = rng.choice(list(_SERIAL))
        at = f"{rng.randint(6, 10)} AM and {rng.randint(1, 6)} PM"
        told = (f"{capital(_SERIAL[code])} at {at}, same date, ordered to follow the course; both runs were sound.",
                "The hospital laboratory ran both; the line is that of the second.")  # fmt: skip
        why = "The same test on one date, wanted for a further result."
    else:
        code = rng.choice(list(_WAIVED))
        told = (f"{capital(_WAIVED[code])}, run in the office. Medicare.",
                "The office holds a CLIA certificate of waiver; the kit is on the waived list.")  # fmt: skip
        why = "A waived test in an office with a certificate of waiver."
    slips.pop(sort)
    return Scene("laboratory", code, told, {sort: why}, slips)


def waived_bare(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(list(_NO_QW))
    payer = "Medicare by disability" if code == "81025" else "Medicare"
    told = (f"{capital(_NO_QW[code])}, run in the office. {payer}.", "The office holds a CLIA certificate of waiver.")
    slips = {
        "QW": "Waived, yes. But this number is one of the few that stand on the waived list without QW.",
        "90": "No outside laboratory took part.",
        "91": "It was done once.",
        "26": "This test has no reading by a physician to be paid apart.",
    }
    none = f"{code} is waived by its number alone: CMS lists it without QW."
    return Scene("laboratory", code, told, {}, slips, none, male=False if code == "81025" else None, ages=(22, 44))


def distance(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(list(_TALKS))
    minutes = rng.randint(*_TALKS[code])
    video = rng.random() < 0.5
    way = "by live video" if video else "by telephone; the patient has no camera"
    told = (f"Talk therapy, {minutes} minutes, {way}.",
            "A commercial payer that takes the CPT modifiers for telehealth.")  # fmt: skip
    why = "Live, with sound and picture." if video else "Live, with sound alone."
    slips = {
        "93" if video else "95": "That one is for sound without a picture."
        if video
        else "That one needs a picture as well.",
        "GQ": "GQ is for records sent and looked at later. This was live.",
        "25": "There is no procedure beside this.",
        "52": "The time of the code was reached; nothing was left out.",
    }
    return Scene("telehealth", code, told, {"95" if video else "93": why}, slips)


def screening_turned(rng: random.Random, two: bool) -> Scene:
    code = rng.choice(("45385", "45380"))
    medicare = rng.random() < 0.5
    found = {"45385": "a polyp of {} mm taken off with a wire loop", "45380": "forceps samples of a patch of {} mm"}[
        code
    ]
    told = (f"Colonoscopy for screening, no complaints; {found.format(rng.randint(4, 12))}.",
            "Medicare." if medicare else "A commercial payer under the health law: screening is free.")  # fmt: skip
    why = ("Medicare: a screening that turned into a treatment." if medicare
           else "It began as a preventive service, and the payer waives the patient's share.")  # fmt: skip
    slips = {
        "33" if medicare else "PT": "Right idea. Look at the payer.",
        "59": "One service, not two to be set apart.",
        "52": "Nothing was left out.",
        "53": "The scope went all the way; nothing was given up.",
        "22": "Finding a polyp is not more work than the code holds.",
    }
    return Scene(
        "payment", code, told, {"PT" if medicare else "33": why}, slips, ages=(66, 80) if medicare else (46, 63)
    )


def both_already(rng: random.Random, two: bool) -> Scene:
    code, words = rng.choice(_BOTH_HELD)
    owner = "The practice owns the machine and reads." if code[0] == "7" else "Done by the audiologist of the practice."
    slips = {
        "50": "The number stands for both sides already.",
        "RT": "Both sides were done, and the number says both.",
        "LT": "Both sides were done, and the number says both.",
        "52": "Both sides were done: nothing was left out.",
        "26": "The reading alone? Look at whose work and machine it was.",
    }
    found = cpt.get(code)
    assert found is not None
    none = f"Both sides stand in the number itself (bilateral indicator {found.bilateral}): no 50."
    return Scene(
        "side", code, (f"{words}.", owner), {}, slips, none, male=False if code[0] == "7" else None, ages=(42, 80)
    )


def anesthesia(rng: random.Random, two: bool) -> Scene:
    code, words = rng.choice((("00790", "gallbladder by laparoscope"), ("00840", "open removal of part of the colon"),
                              ("01402", "total knee replacement")))  # fmt: skip
    alone = rng.random() < 0.5
    status, state = rng.choice((("P1", "healthy but for this"), ("P2", "mild asthma, well controlled"),
                                ("P3", "heart failure that limits what can be done in a day")))  # fmt: skip
    told = [f"Anesthesia for {words}.", "An anesthesiologist gave it in person from beginning to end." if alone
            else "A nurse anesthetist gave it without any direction by a physician."]  # fmt: skip
    fits = {
        "AA" if alone else "QZ": "Given by the anesthesiologist in person." if alone else "A CRNA without direction."
    }
    slips = {
        "QX": "QX is a CRNA under a physician's direction. Nobody was directed.",
        "QZ" if alone else "AA": "Look at who gave it.",
        "QK": "QK is for directing two to four cases at once.",
        "47": "47 is for a surgeon who gives the anesthesia as well.",
    }
    if two:
        told += [f"ASA {status[1]}: {state}.", "A commercial payer that wants the physical status, too."]
        fits[status] = f"ASA {status[1]}, as the record says."
        slips |= {one: "Look at the ASA class in the record." for one in ("P1", "P2", "P3") if one != status}
    return Scene("anesthesia", code, tuple(told), fits, slips)


def one_breast_or_ear(rng: random.Random, two: bool) -> Scene:
    """Less than the code stands for, by choice."""
    hours = rng.choice(("4 hours", "5 hours", "3 hours 40 minutes"))
    side, other = rng.sample(("right", "left"), 2)
    code, told, why, sex = rng.choice((
        ("92557", f"Full hearing test, {side} ear alone; the {other} ear is deaf since birth.",
         "The number stands for both ears, and one was tested.", None),
        ("77067", f"Screening mammogram of the {side} breast; the {other} was removed years ago.",
         "The number stands for both breasts, and one was filmed.", False),
        ("95810", f"Watched sleep study, recorded for {hours}; then the patient chose to go home.",
         f"A study that records fewer than 6 hours is a reduced one, and this one had {hours}.", None),
    ))  # fmt: skip
    slips = {
        "53": "53 is for a procedure given up since it became unsafe. Nobody was at risk here.",
        "50": "The number already stands for both sides, or has none.",
        "22": "22 is for more than usual.",
        "76": "Nothing was done a second time.",
    }
    return Scene("extent", code, (told,), {"52": why}, slips, male=sex, ages=(42, 80))
