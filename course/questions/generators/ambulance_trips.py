"""Ambulance trips: two letters for the way, a base code, and miles."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.codesets.rules import ambulance
from course.questions.generators import ambulance_claims as claims
from course.questions.generators import ambulance_facts as facts
from course.questions.generators import figures, services
from course.questions.generators.ambulance_facts import Trip

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE, DOMAINS = claims.OBJECTIVE, claims.DOMAINS
_LETTER_HINTS = (
    "One letter for where the ride began, one for where it ended, in this order.",
    "Then ask what sort of place each is: whose home, whose dialysis unit, hospital or something else?",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the letters of a trip. Level 2: letters from a run sheet, letters that may not stand, or miles. Level 3:
    the lines of a trip, now and then there and back."""

    def one() -> Any:
        if level == 3:
            return claims.lines(rng, codes)
        sort = rng.random() if level == 2 else 0
        return (
            _letters(rng, codes, level) if sort < 0.5 else _miles(rng, codes) if sort < 0.8 else _forbidden(rng, codes)
        )

    return services.again(one)


def _letters(rng: random.Random, codes: CodeSet, level: int) -> Any:
    trip = facts.trip(rng)
    key = trip.letters
    wrong = [(key[::-1], "Where it began stands first, where it ended second.")] if key[0] != key[1] else []
    near = [(f"{letter}{key[1]}", why) for letter, why in facts.NEAR[key[0]].items()]
    near += [(f"{key[0]}{letter}", why) for letter, why in facts.NEAR[key[1]].items()]
    rng.shuffle(near)
    lines = [f"{facts.who(rng, level)}, {trip.reason}.", *facts.way(trip)]
    lives = (
        "Lives in an assisted living residence." if level == 2 and trip.origin in "SPD" and rng.random() < 0.6 else ""
    )
    return services.choice(
        rng, codes, level, DOMAINS, (key, _why(trip)), near[:2] + wrong + near[2:],
        slug="ambulance-modifiers",
        title="From where to where?" if level == 1 else "Two letters from a run sheet",
        stem="Which two letters go on this ambulance trip?",
        note=services.chart(rng, [*lines, lives], claims.NOISE, 0 if level == 1 else 2, level),
        rationale=f"From {_place(trip.origin)} to {_place(trip.destination)}: **{key}**.",
        hints=_LETTER_HINTS,
        objective=OBJECTIVE,
        sources=(services.claims_manual(15, "30"),),
    )  # fmt: skip


def _place(letter: str) -> str:
    return f"{ambulance.PLACES[letter].words} (**{letter}**)"


def _why(trip: Trip) -> str:
    first, last = (ambulance.PLACES[letter] for letter in trip.letters)
    return f"It began at {first.words} ({first.letter}) and ended at {last.words} ({last.letter})."


def _forbidden(rng: random.Random, codes: CodeSet) -> Any:
    """Three pairs that can stand, and one that cannot."""
    fine = [
        (f"{one}{other}", f"It can stand: from {ambulance.PLACES[one].words} to {ambulance.PLACES[other].words}.")
        for one, other in (
            (rng.choice(ambulance.ORIGINS), rng.choice(ambulance.DESTINATIONS)) for _ in range(3)
        )
    ]  # fmt: skip
    if len({pair for pair, _ in fine}) < 3:
        return None
    if rng.random() < 0.5:
        key = f"{rng.choice([letter for letter in ambulance.ORIGINS if letter != 'S'])}S"
        why = "S stands first alone: one is taken from the scene of an accident, not to it."
    else:
        key = f"X{rng.choice(ambulance.DESTINATIONS)}"
        why = "X stands second alone: it is a stop on the way to the hospital."
    return services.choice(
        rng, codes, 2, DOMAINS, (key, why), fine,
        slug="ambulance-modifiers",
        title="Letters that cannot stand so",
        stem="Which of these can **not** stand on a line of an ambulance trip, whoever pays for it or not?",
        rationale=f"{why} All others have an origin and a destination that can be one.",
        hints=("Read each pair as a way: from where, to where?", "Two letters have one place only: S and X."),
        objective=OBJECTIVE,
        sources=(services.claims_manual(15, "30"),),
    )  # fmt: skip


def _miles(rng: random.Random, codes: CodeSet) -> Any:
    trip = facts.trip(rng, step="0.01")
    if rng.random() < 0.25:
        trip = trip._replace(loaded=trip.loaded + rng.randint(98, 130))
    billed = facts.billed_miles(trip.loaded)
    line, back = claims.odometer(rng, trip)
    slips = [
        (trip.loaded, "The log has hundredths. Round up as the payer wants."),
        (trip.empty + trip.loaded, "The way to the patient was driven without the patient."),
        (facts.billed_miles(trip.empty + trip.loaded), "The way to the patient was driven without the patient."),
        (facts.billed_miles(trip.loaded + back), "The way back to the station was driven without the patient."),
        (trip.loaded.quantize(Decimal("0.1"), "ROUND_DOWN"), "A rest is rounded up, not dropped."),
        (Decimal(trip.whole_miles), "Below 100 miles Medicare takes tenths."),
        (trip.empty, "Those are the miles to the patient."),
    ]
    rest: dict[str, Any] = {
        "slug": "ambulance-modifiers",
        "title": "Miles with the patient on board",
        "stem": "How many miles go on the line **A0425**? Medicare wants them rounded up: to the tenth of a mile, from "
        "100 miles on to the whole mile.",
        "note": services.chart(
            rng, [f"{facts.who(rng, 3)}, {trip.reason}.", *facts.way(trip), line], claims.NOISE, 1, 3
        ),
        "rationale": f"Only miles with the patient on board count: {trip.loaded}. "
        + (
            f"From 100 on, up to the whole mile: **{billed}**."
            if trip.loaded >= 100
            else f"Up to the tenth: **{billed}**."
        ),
        "hints": ("Which stretch was driven with the patient on board?", "Subtract, then round up as the payer wants."),
        "objective": OBJECTIVE,
        "sources": (services.claims_manual(15, "30.1.2"),),
    }
    return figures.number(codes, 2, DOMAINS, billed, "miles", slips, **rest)


# -- the law ------------------------------------------------------------------------------------------------------

#: Words of a place -> its letter, the first that is found.
_SIGNS = (
    ("dialysis unit", "G"),
    ("dialysis", "J"),
    ("skilled nursing|snf", "N"),
    ("assisted living|care home|group home", "E"),
    ("own ", "R"),
    ("imaging|mri|radiation", "D"),
    ("office|practice", "P"),
    ("airport|helicopter", "I"),
    ("hospital", "H"),
    ("crash|supermarket|sidewalk|field", "S"),
)


def law(item: Any, codes: CodeSet) -> bool:
    """Places and miles read back; letters, level and miles by signs and counting of the law's own."""
    note = item.note or ""
    if not note:  # which cannot stand: S only first, X only second
        right = services.marked(item)
        barred = [one.text for one in item.options if one.text[1] == "S" or one.text[0] == "X"]
        return [right] == barred and all(set(one.text) <= set("DEGHIJNPRSX") for one in item.options)
    places = [_letter(re.search(rf"{word}: ([^.]*)\.", note)) for word in ("Picked up", "Taken to")]
    letters = "".join(places)
    if item.kind == "single_choice":
        return services.marked(item) == letters and sum(one.text == letters for one in item.options) == 1
    read = [Decimal(figure.replace(",", "")) for figure in re.findall(r"(\d[\d,]*\.\d+)[;.]", note)][:4]
    loaded = read[2] - read[1]
    if item.kind == "number":
        tenths = _count(loaded, Decimal("0.1")) * Decimal("0.1")
        return bool(item.answer.value == (_count(loaded, Decimal(1)) if loaded >= 100 else tenths))
    base = _base(note.lower())
    due = [(base, (letters,), 1), ("A0425", (letters,), _count(loaded, Decimal(1)))]
    back = re.search(r"same way back.*; ([\d.]+) miles with the patient", note)
    if back:
        due += [(base, (letters[::-1],), 1), ("A0425", (letters[::-1],), _count(Decimal(back[1]), Decimal(1)))]
    return item.kind == "service_lines" and sorted(services.claimed(item)) == sorted(due)


def _letter(found: re.Match[str] | None) -> str:
    text = found[1].lower() if found else ""
    return next((letter for sign, letter in _SIGNS if re.search(sign, text)), "?")


def _count(miles: Decimal, step: Decimal) -> int:
    """Steps until the miles are driven; a begun one counts."""
    count = 0
    while miles > count * step:
        count += 1
    return count


def _base(text: str) -> str:
    emergency = "911 call" in text
    if re.search(r"breathing tube|shocked by hand|three iv pushes|needle into the chest|shin bone", text):
        return "A0433"
    if "paramedic" in text:
        return "A0427" if emergency else "A0426"
    return "A0429" if emergency else "A0428"
