"""The lines of an ambulance run: base and miles, each with two letters."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.codesets.rules import ambulance
from course.questions.generators import ambulance_facts as facts
from course.questions.generators import common, services
from course.questions.generators.ambulance_facts import Care, Trip
from course.questions.kinds.service_model import ServiceLine

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.base import Source

OBJECTIVE = "write an ambulance trip as base code, letters and miles"
DOMAINS = ("CPC: HCPCS Level II",)
_LINE_HINTS = (
    "Each ride has a line for the base and one for the miles, and both carry the same two letters.",
    "Base: basic or advanced, how far advanced, and was it a 911 call? Miles: those with the patient on board.",
)
NOISE = (
    "Allergies: penicillin.",
    "Fuel and oxygen checked.",
    "Signature form on file.",
    "Belongings handed over.",
    "Weather clear.",
    "Insurance card copied.",
    "Stretcher straps checked.",
)


def odometer(rng: random.Random, trip: Trip) -> tuple[str, Decimal]:
    """The line of the odometer, in tenths as odometers have them, and the empty miles back to the station."""
    start = Decimal(rng.randint(8_000, 96_000)) + Decimal(rng.randint(0, 9)) / 10
    there, end = start + trip.empty, start + trip.empty + trip.loaded
    back = _home(rng)
    stations = zip(
        ("left the station", "at pick-up", "at drop-off", "back at the station"),
        (start, there, end, end + back),
        strict=True,
    )
    return "Odometer: " + "; ".join(f"{where} {figure:,.1f}" for where, figure in stations) + ".", back


def _home(rng: random.Random) -> Decimal:
    """Miles from the drop-off to the station."""
    return Decimal(rng.randint(11, 150)) / 10


def legs(rng: random.Random, trip: Trip) -> list[Decimal]:
    """The miles with the patient, at times as two stretches (a road is closed)."""
    if not 4 <= trip.loaded < 100 or rng.random() < 0.5:
        return [trip.loaded]
    first = Decimal(rng.randint(101, int(trip.loaded * 100) - 101)) / 100
    return [first, trip.loaded - first]


def gps(rng: random.Random, trip: Trip, stretches: Sequence[Decimal]) -> tuple[str, Decimal]:
    """The line of the GPS, in hundredths, and the empty miles back to the station."""
    back = _home(rng) + Decimal(rng.randint(0, 9)) / 100
    first, *rest = stretches
    ride = f"{first:.2f} mi" + "".join(f" to a closed road, then {leg:.2f} mi by the detour" for leg in rest)
    return f"GPS: to the patient {trip.empty:.2f} mi; with the patient {ride}; to the station {back:.2f} mi.", back


def lines(rng: random.Random, codes: CodeSet) -> Any:
    """Base and miles; at times the way back as well."""
    both = rng.random() < 0.3
    trip = facts.trip(rng, facts.THERE_AND_BACK if both else facts.RIDES)
    care = facts.care_for(rng, trip)
    trip = trip._replace(reason=care.reason or trip.reason)
    base, letters, miles = facts.base(care.level, trip.emergency), trip.letters, trip.whole_miles
    call = "911 call, immediate response" if trip.emergency else "Scheduled, booked the day before"
    told = [f"{facts.who(rng, 3)}, {trip.reason}. {call}.", *facts.way(trip), f"{care.told}."]
    key = [ServiceLine(code=base, modifiers=(letters,)), ServiceLine(code="A0425", modifiers=(letters,), units=miles)]
    log, _ = odometer(rng, trip)
    reasons = _reasons(trip, care, base, miles)
    if both:
        back = trip._replace(loaded=trip.loaded + Decimal(rng.randint(-9, 12)) / 10)
        told += [log, f"Return trip 3 hours later, places reversed, same crew and care: {back.loaded} loaded miles."]
        turned = letters[::-1]
        key += [
            ServiceLine(code=base, modifiers=(turned,)),
            ServiceLine(code="A0425", modifiers=(turned,), units=back.whole_miles),
        ]
        reasons = {code: why for code, why in reasons.items() if not code.endswith(f"-{turned}")}
        reasons[f"{base} x2"] = "Each ride has a line of its own, since the letters differ."
        reasons[f"A0425 x{miles + back.whole_miles}"] = (
            "The miles of the two rides stand on two lines, each with its letters."
        )
        if back.whole_miles != miles:
            reasons.pop(f"A0425 x{back.whole_miles}", None)
    else:
        told.append(log)
    return services.claim(
        codes, 3, DOMAINS, key,
        asks=("modifiers", "units"),
        slug="ambulance-modifiers",
        title="An ambulance trip, line by line",
        stem="Enter the lines of this run: base and miles, each with its two letters. The payer follows "
        "Medicare's codes and rules, but takes whole miles; a begun mile counts as one.",
        note=services.chart(rng, told, NOISE, 2, 3),
        reasons=reasons,
        rationale=_told(trip, care, base, both),
        hints=_LINE_HINTS,
        objective=OBJECTIVE,
        sources=_sources(),
    )  # fmt: skip


def _reasons(trip: Trip, care: Care, base: str, miles: int) -> dict[str, str]:
    letters = trip.letters
    call = "a 911 call with immediate response" if trip.emergency else "a booked ride"
    out = {
        "A0428": f"Basic, and not an emergency. Look at the care, and at the call: {call}.",
        "A0429": f"Basic, and an emergency. Look at the care, and at the call: {call}.",
        "A0426": f"Advanced level 1, and not an emergency. Look at the care, and at the call: {call}.",
        "A0427": f"Advanced level 1, and an emergency. Look at the care, and at the call: {call}.",
        "A0433": "Level 2 takes three drugs by vein, or a procedure such as a breathing tube or manual defibrillation.",
        "A0888": "That is for miles past the nearest fitting place.",
        "A0998": "That is for treating at the scene and driving nobody.",
    }
    out.pop(base)
    counts = [
        (
            int((trip.empty + trip.loaded).to_integral_value("ROUND_CEILING")),
            "The way to the patient was driven empty.",
        ),
        (int(trip.empty.to_integral_value("ROUND_CEILING")), "Those are the miles to the patient."),
        (int(trip.loaded), "A begun mile counts as a whole one here."),
    ]
    for count, why in counts:
        if count and count != miles:
            out.setdefault(f"A0425 x{count}", why)
    for code in (base, "A0425"):
        out[f"{code}+{letters}"] = (
            "Two letters belong here: what sort of place is the pick-up, and what sort the drop-off?"
        )
        if letters[0] != letters[1]:
            out[f"{code}-{letters[::-1]}"] = "Where it began stands first."
        for at in (0, 1):
            for letter, why in facts.near(letters[at], at == 0).items():
                pair = f"{letter}{letters[1]}" if at == 0 else f"{letters[0]}{letter}"
                if pair != letters:
                    out[f"{code}-{pair}"] = why
    return out


def _told(trip: Trip, care: Care, base: str, both: bool) -> str:
    level = {"BLS": "Basic care", "ALS1": "Advanced care, level 1", "ALS2": "Advanced care, level 2"}[care.level]
    call = "" if care.level == "ALS2" else ", an emergency" if trip.emergency else ", no emergency"
    said = (
        f"{level}{call}: **{base}**. {care.rule}From {ambulance.PLACES[trip.origin].words} to "
        f"{ambulance.PLACES[trip.destination].words}: **{trip.letters}**. On board {trip.loaded} miles, "
        f"so **A0425 x{trip.whole_miles}**; the way there and back to the station is empty."
    )
    back = f" The way back has two lines of its own, with **{trip.letters[::-1]}**."
    return said + (back if both else "")


def _sources() -> tuple[Source, ...]:
    from course.questions.base import Source

    levels = Source(ref="42 CFR 414.605, levels of ambulance service", edition="2025", checked=common.CHECKED)
    return (services.claims_manual(15, "30"), levels)
