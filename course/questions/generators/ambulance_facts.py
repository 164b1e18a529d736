"""Places, rides and crews of ambulance trips, as run sheets tell them.

Letters come from ``course.codesets.rules.ambulance``; levels of care are those of 42 CFR 414.605.
"""

from __future__ import annotations

import random
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from course.codesets.rules import ambulance
from course.questions.generators import services

#: Letter -> how a run sheet names such a place.
PLACES = {
    "R": ("own house, bedroom", "own apartment, third floor", "own mobile home"),
    "E": ("assisted living residence, no nursing", "board-and-care home", "group home for adults"),
    "N": ("skilled nursing facility, room 12", "SNF, rehab wing", "skilled nursing facility, day room"),
    "H": ("community hospital", "university hospital, main building", "county hospital, east entrance",
          "regional hospital"),
    "P": ("family doctor's office", "cardiologist's private office", "internist's practice"),
    "D": ("freestanding MRI center", "freestanding radiation therapy center", "independent imaging center"),
    "G": ("dialysis unit on the hospital campus, run by the hospital", "the hospital's own dialysis unit"),
    "J": ("freestanding dialysis center", "independent dialysis clinic at the mall"),
    "I": ("county airport, runway gate", "helicopter pad beside the highway"),
    "S": ("crash on Route 9, lane 2", "supermarket, aisle 5, collapsed there", "sidewalk of Main Street, fell there",
          "softball field, collapsed there"),
}  # fmt: skip
#: Letter -> the letters that a hurried reader takes for it, and what tells them apart.
NEAR = {
    "R": {"E": "E is a home run for residents. This is the patient's own.", "S": "S is the scene of an accident or a "
          "sudden illness away from home."},
    "E": {"N": "N is a skilled nursing facility. Here nobody nurses.", "R": "R is the patient's own home."},
    "N": {"E": "E is a home without skilled nursing.", "H": "H is a hospital.", "R": "R is the patient's own home."},
    "H": {"P": "P is a doctor's office.", "D": "D is a place for tests or treatment that is no hospital.",
          "N": "N is a skilled nursing facility."},
    "P": {"D": "D is a place for tests or treatment that is no doctor's office.", "X": "X is a stop on the way, and a "
          "second letter alone.", "H": "H is a hospital."},
    "D": {"P": "P is a doctor's office.", "H": "H is a hospital, and this place belongs to none."},
    "G": {"J": "J is a dialysis unit that stands on its own.", "H": "H is the hospital itself. Its dialysis unit has a "
          "letter of its own."},
    "J": {"G": "G is a dialysis unit of a hospital.", "D": "Dialysis units have letters of their own."},
    "I": {"S": "S is the scene itself.", "H": "H is a hospital. This is where the patient changes vehicles."},
    "S": {"R": "R is the patient's home. It did not happen there.", "I": "I is where the patient changes vehicles."},
}  # fmt: skip


class Ride(NamedTuple):
    """Sorts of trips: letters of origin and destination, whether 911 was called, and why the patient rides."""

    origins: str
    destinations: str
    emergency: bool
    reasons: tuple[str, ...]


_SUDDEN = ("chest pain", "short of breath", "sudden weakness of one arm", "fainted", "severe belly pain", "dizzy, pale")
EMERGENCY = Ride("SRENPD", "H", True, _SUDDEN)
RIDES = (
    EMERGENCY,
    EMERGENCY,
    EMERGENCY,
    EMERGENCY,
    EMERGENCY,
    Ride("S", "I", True, ("head injury, to go on by air", "both legs crushed, to go on by air")),
    Ride("I", "H", False, ("arrived by air for a transplant", "arrived by air, burns")),
    Ride("H", "RNE", False, ("discharged, bedbound", "discharged after hip surgery, cannot sit up")),
    Ride("RNE", "JG", False, ("dialysis day, bedbound", "dialysis day, cannot sit up")),
    Ride("JG", "RNE", False, ("back from dialysis, bedbound", "back from dialysis, cannot sit up")),
    Ride("RNEH", "D", False, ("appointment, bedbound", "appointment, spine kept still")),
    Ride("H", "H", False, ("no heart surgery here, transfer for a bypass", "no stroke unit here, transfer")),
)
THERE_AND_BACK = (
    Ride("RNE", "JG", False, ("dialysis, bedbound", "dialysis, cannot sit up")),
    Ride("RNE", "D", False, ("appointment, bedbound", "appointment, spine kept still")),
)


class Care(NamedTuple):
    """A level of care and how a run sheet tells it. ``emergency``: after a 911 call, or not.
    ``reason``: why the patient rides, where the care asks for one of its own."""

    level: str
    told: str
    emergency: bool
    reason: str = ""


CARE = (
    Care("BLS", "Two EMTs: oxygen by mask, vital signs every 10 minutes", True),
    Care("BLS", "Two EMTs: vital signs, glucose strip, blanket", True),
    Care("BLS", "Two EMTs: moved by sheet, vital signs, side rails up", False),
    Care("BLS", "Two EMTs: lifted over, oxygen as at home, strapped in", False),
    Care("ALS1", "Paramedic: IV line, heart monitor, 12-lead ECG", True),
    Care("ALS1", "Paramedic: heart monitor and IV line watched all the way", False),
    Care("ALS1", "Paramedic: one IV push of dextrose, sugar checked twice", True, "confused, sweating, sugar 38"),
    Care("ALS1", "Sent out as an advanced call; the paramedic's full assessment finds nothing that needs more", True),
    Care("ALS2", "Paramedic: breathing tube placed, bagged all the way", True, "barely breathing"),
    Care("ALS2", "Paramedic: shocked by hand twice, IV, monitor", True, "no pulse when found"),
    Care("ALS2", "Paramedic: three IV pushes of epinephrine, one after the other", True, "no pulse when found"),
    Care("ALS2", "Paramedic: needle into the chest to let trapped air out", True, "short of breath, hit on the chest"),
    Care("ALS2", "Paramedic: line into the shin bone, fluids", True, "in shock, no vein to be found"),
)


def base(level: str, emergency: bool) -> str:
    """The base code of a ground ambulance."""
    return {"BLS": ("A0428", "A0429"), "ALS1": ("A0426", "A0427"), "ALS2": ("A0433", "A0433")}[level][emergency]


class Trip(NamedTuple):
    """A ride with its places. Miles: to the patient, and with the patient on board."""

    origin: str
    destination: str
    origin_told: str
    destination_told: str
    emergency: bool
    reason: str
    empty: Decimal
    loaded: Decimal

    @property
    def letters(self) -> str:
        return ambulance.modifier(self.origin, self.destination)

    @property
    def whole_miles(self) -> int:
        """A begun mile counts as one (payers that take no fractions)."""
        return int(self.loaded.to_integral_value(ROUND_CEILING))


def care_for(rng: random.Random, trip: Trip) -> Care:
    """Care that fits the call; between hospitals, and from the airport, also a paramedic who watches."""
    watched = trip.emergency or (trip.origin in "HI" and trip.destination == "H")
    return rng.choice([one for one in CARE if one.emergency == trip.emergency and (one.level == "BLS" or watched)])


def trip(rng: random.Random, rides: tuple[Ride, ...] = RIDES, step: str = "0.1") -> Trip:
    ride = rng.choice(rides)
    origin, destination = rng.choice(ride.origins), rng.choice(ride.destinations)
    one = rng.choice(PLACES[origin])
    other = rng.choice([told for told in PLACES[destination] if told != one])
    grain = Decimal(step)
    empty, loaded = (Decimal(rng.randint(low, high)) / 10 for low, high in ((11, 140), (14, 320)))
    if grain < Decimal("0.1"):
        loaded += Decimal(rng.randint(1, 9)) / 100
    return Trip(origin, destination, one, other, ride.emergency, rng.choice(ride.reasons), empty, loaded)


def billed_miles(loaded: Decimal) -> Decimal:
    """Miles as Medicare takes them: up to the tenth, from 100 miles on up to the whole mile (Medicare Claims Processing
    Manual, chapter 15)."""
    step = Decimal("0.1") if loaded < 100 else Decimal(1)
    return loaded.quantize(step, ROUND_CEILING)


def who(rng: random.Random, level: int) -> str:
    return services.who(rng, level, 48, 92)


def way(trip: Trip) -> list[str]:
    return [f"Picked up: {trip.origin_told}.", f"Taken to: {trip.destination_told}."]
