"""Places, rides and crews of ambulance trips, as run sheets tell them.

Letters come from ``course.codesets.rules.ambulance``; levels of care are those of 42 CFR 414.605.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
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
    "E": {"N": "N is a skilled nursing facility. This home gives no skilled nursing.",
          "R": "R is the patient's own home."},
    "N": {"E": "E is a home without skilled nursing.", "R": "R is the patient's own home."},
    "H": {"D": "D is a place for tests or treatment that is no hospital.",
          "I": "I is a transfer point such as an airport. Here the place is a hospital."},
    "P": {"D": "D is a place for tests or treatment that is no doctor's office.", "X": "X is a stop on the way, and a "
          "second letter alone."},
    "D": {"P": "P is a doctor's office.", "H": "H is a hospital, and this place belongs to none."},
    "G": {"J": "J is a dialysis unit that stands on its own.", "H": "H is the hospital itself. Its dialysis unit has a "
          "letter of its own."},
    "J": {"G": "G is a dialysis unit of a hospital.", "D": "Dialysis units have letters of their own."},
    "I": {"S": "S is the scene itself.", "H": "H is a hospital. This is where the patient changes vehicles."},
    "S": {"R": "R is the patient's home. It did not happen there.", "I": "I is where the patient changes vehicles."},
}  # fmt: skip


def near(letter: str, first: bool) -> dict[str, str]:
    """The slips for a letter in the first or second place; nobody would end a ride at a scene."""
    return {other: why for other, why in NEAR[letter].items() if first or other != "S"}


class Ride(NamedTuple):
    """Sorts of trips: letters of origin and destination, what sort it is, and why the patient rides. ``at``: letter ->
    which of its places fit this sort, where not all do."""

    origins: str
    destinations: str
    sort: str
    reasons: tuple[str, ...]
    at: Mapping[str, tuple[str, ...]] = {}

    @property
    def emergency(self) -> bool:
        """Whether 911 was called."""
        return self.sort in ("sudden", "injury", "by air")


_CRASH, _AISLE, _SIDEWALK, _FIELD = PLACES["S"]
_SUDDEN = ("chest pain", "short of breath", "sudden weakness of one arm", "fainted", "severe belly pain", "dizzy, pale")
_AIRPORT = {"I": PLACES["I"][:1]}
EMERGENCY = Ride("RENPD", "H", "sudden", _SUDDEN)
COLLAPSE = Ride("S", "H", "sudden", ("fainted", "sudden weakness of one arm"), {"S": (_AISLE, _FIELD)})
CRASH = Ride(
    "S",
    "H",
    "injury",
    ("in a car that was hit, neck and chest pain", "front passenger, broken forearm"),
    {"S": (_CRASH,)},
)
FALL = Ride("S", "H", "injury", ("hip pain, cannot stand", "cut on the head, dazed"), {"S": (_SIDEWALK,)})
TRANSFER = Ride("H", "H", "transfer", ("stable, transfer for heart bypass surgery, not done here",
                                       "stable, transfer for spine surgery, not done here"))  # fmt: skip
DISCHARGE = Ride("H", "RNE", "booked", ("discharged, bedbound", "discharged after hip surgery, cannot sit up"))
RIDES = (
    EMERGENCY,
    EMERGENCY,
    EMERGENCY,
    COLLAPSE,
    CRASH,
    FALL,
    Ride("S", "I", "by air", ("head injury, to go on by helicopter", "both legs crushed, to go on by helicopter"),
         {"S": (_CRASH,)}),
    Ride("I", "H", "transfer", ("flown in for planned valve surgery", "flown in after surgery abroad"), _AIRPORT),
    DISCHARGE,
    Ride("RNE", "JG", "booked", ("dialysis day, bedbound", "dialysis day, cannot sit up")),
    Ride("JG", "RNE", "booked", ("back from dialysis, bedbound", "back from dialysis, cannot sit up")),
    Ride("RNE", "D", "booked", ("outpatient appointment, bedbound", "outpatient appointment, spine immobilized")),
    TRANSFER,
)  # fmt: skip
#: Rides that may be 100 miles and more.
FAR = (TRANSFER, DISCHARGE)
THERE_AND_BACK = (
    Ride("RNE", "JG", "booked", ("dialysis, bedbound", "dialysis, cannot sit up")),
    Ride("RNE", "D", "booked", ("outpatient appointment, bedbound", "outpatient appointment, spine immobilized")),
)


class Care(NamedTuple):
    """A level of care and how a run sheet tells it. ``sorts``: the sorts of ride it goes with. ``reason``: why the
    patient rides, where the care asks for one of its own. ``rule``: what the rationale says of the level."""

    level: str
    told: str
    sorts: tuple[str, ...]
    reason: str = ""
    rule: str = ""


#: 42 CFR 414.605: an emergency that was dispatched as ALS, with an ALS assessment, is ALS level 1.
_ASSESSED = (
    "By Medicare's ALS assessment rule (42 CFR 414.605) an emergency dispatched as ALS, with an assessment by an ALS "
    "crew, is level 1 even when no ALS care is needed. "
)
_INJURED = ("injury", "by air")
CARE = (
    Care("BLS", "Two EMTs: oxygen by mask, vital signs every 10 minutes", ("sudden", "injury")),
    Care("BLS", "Two EMTs: vital signs, fingerstick glucose, blanket", ("sudden",)),
    Care("BLS", "Two EMTs: cold pack, blanket, vital signs", ("injury",)),
    Care("BLS", "Two EMTs: sheet transfer, vital signs, side rails up", ("booked", "transfer")),
    Care("BLS", "Two EMTs: lifted to the stretcher, home oxygen continued", ("booked",)),
    Care("ALS1", "Paramedic: IV line, heart monitor, 12-lead ECG", ("sudden",)),
    Care("ALS1", "Paramedic: IV line, IV pain medicine once, heart monitor", _INJURED),
    Care("ALS1", "Paramedic: heart monitor and running IV fluids watched en route", ("transfer",)),
    Care("ALS1", "Paramedic: one IV push of dextrose, glucose checked twice", ("sudden",), "confused, sweating, "
         "glucose 38"),
    Care("ALS1", "Dispatched ALS; full assessment by the paramedic, no ALS care needed", ("sudden",), "felt faint, "
         "better now", _ASSESSED),
    Care("ALS2", "Paramedic: intubated (breathing tube), bagged en route", ("sudden",), "barely breathing"),
    Care("ALS2", "Paramedic: intubated (breathing tube), bagged en route", _INJURED),
    Care("ALS2", "Paramedic: manual defibrillation twice, IV, monitor", ("sudden",), "no pulse on arrival of the crew"),
    Care("ALS2", "Paramedic: CPR, three separate IV pushes of epinephrine", ("sudden",), "no pulse on arrival of the "
         "crew"),
    Care("ALS2", "Paramedic: needle decompression of the chest", ("injury",), "short of breath, blow to the chest"),
    Care("ALS2", "Paramedic: intraosseous line in the shin, fluids", ("sudden", "injury"), "in shock, no vein found"),
)  # fmt: skip


def base(level: str, emergency: bool) -> str:
    """The base code of a ground ambulance."""
    return {"BLS": ("A0428", "A0429"), "ALS1": ("A0426", "A0427"), "ALS2": ("A0433", "A0433")}[level][emergency]


class Trip(NamedTuple):
    """A ride with its places. Miles: to the patient, and with the patient on board."""

    origin: str
    destination: str
    origin_told: str
    destination_told: str
    sort: str
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
    """Care that fits the sort of ride; after an injury also one that brings a reason of its own."""
    return rng.choice([one for one in CARE if trip.sort in one.sorts and _fits(trip, one)])


def _fits(trip: Trip, care: Care) -> bool:
    """A paramedic's worst cases of injury come from a crash, not from a fall on the sidewalk."""
    return trip.sort != "injury" or care.level != "ALS2" or trip.origin_told == _CRASH


def trip(rng: random.Random, rides: tuple[Ride, ...] = RIDES) -> Trip:
    ride = rng.choice(rides)
    origin, destination = rng.choice(ride.origins), rng.choice(ride.destinations)
    one = rng.choice(ride.at.get(origin, PLACES[origin]))
    other = rng.choice([told for told in ride.at.get(destination, PLACES[destination]) if told != one])
    empty, loaded = (Decimal(rng.randint(low, high)) / 10 for low, high in ((11, 140), (14, 320)))
    reason = rng.choice(ride.reasons)
    return Trip(origin, destination, one, other, ride.sort, ride.emergency, reason, empty, loaded)


def billed_miles(loaded: Decimal) -> Decimal:
    """Miles as Medicare takes them: up to the tenth, from 100 miles on up to the whole mile (Medicare Claims Processing
    Manual, chapter 15)."""
    step = Decimal("0.1") if loaded < 100 else Decimal(1)
    return loaded.quantize(step, ROUND_CEILING)


def who(rng: random.Random, level: int) -> str:
    return services.who(rng, level, 48, 92)


def way(trip: Trip) -> list[str]:
    return [f"Picked up: {trip.origin_told}.", f"Taken to: {trip.destination_told}."]
