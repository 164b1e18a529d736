"""Minutes of drawn visits: where the visit is, what was done, and which minutes count."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A category of visits. ``heads``: how a note begins. ``last``: the longest time that is drawn (minutes). ``ages``:
    youngest and oldest patient (years)."""

    category: str
    heads: tuple[str, ...]
    last: int
    ages: tuple[int, int] = (26, 88)

    @property
    def first_time(self) -> bool:
        """Whether nobody can compare with a visit before."""
        return self.category.endswith(("new", "initial"))


class Share(NamedTuple):
    """A sort of entry in a time log. ``low`` and ``high``: minutes that it takes. ``why`` it does not count; "" when it
    does. ``places``: the only sort of place where it happens; "" for all. ``youngest``: age from which it is usual."""

    words: str
    low: int
    high: int
    why: str = ""
    places: str = ""
    youngest: int = 0


PLACES = (
    Place("office-new", ("Office, new patient", "Clinic, new patient"), 112),
    Place("office-established", ("Office, established patient", "Clinic follow-up, established patient"), 96),
    Place("hospital-initial", ("Hospital, first visit of the stay", "Observation unit, first visit of the stay"), 128),
    Place(
        "hospital-subsequent",
        ("Hospital, day 3 of the stay, stays another night", "Observation unit, second day, stays another night"),
        104,
    ),
    Place("home-new", ("House call, new patient", "Assisted living, new patient"), 88, (72, 96)),
    Place("home-established", ("House call, established patient", "Seen at home, established patient"), 74, (68, 96)),
    Place("nursing-subsequent", ("Nursing facility, monthly visit", "Nursing facility, later visit"), 98, (66, 97)),
    Place("hospital-discharge", ("Hospital, day of discharge", "Discharge day, medical floor"), 58),
)
#: Categories by level.
AT = {1: PLACES[:2], 2: (*PLACES[:4], PLACES[6], PLACES[7]), 3: PLACES}

#: What is done at each visit, and takes what the rest leaves.
MAIN = {"hospital-discharge": "last examination and talk with the patient"}
MAIN_ELSEWHERE = "history and examination"
#: Who worked, when nobody else is named in an entry.
DOCTOR = "physician: "
#: What else the billing professional did that day; all of it counts.
COUNTS = (
    Share("reading outside records (same day, before the visit)", 3, 18),
    Share("talking over the choices with patient and family", 5, 30),
    Share("ordering tests and medicines", 2, 6),
    Share("phone call with the cardiologist about the plan", 3, 12),
    Share("writing the note (same day)", 4, 12),
    Share("arranging home health care", 3, 12),
    Share("going over the results with the patient", 3, 15),
    Share("teaching the patient how to use the inhaler", 3, 8),
)
_STAFF = "Minutes of staff do not count; time is that of the billing professional."
_OTHER_DAY = "Another day: only minutes of the date of the visit count."
_BILLED = "That has a code of its own on the claim, so its minutes are left out."
#: What does not count, with the reason.
LEFT_OUT = (
    Share("MA: vital signs and medicine list", 4, 12, _STAFF),
    Share("nurse: wound care teaching", 6, 15, _STAFF),
    Share("nurse: calling the pharmacy", 4, 15, _STAFF),
    Share("physician, evening before: reading the chart", 5, 20, _OTHER_DAY),
    Share("physician, next morning: finishing the note", 5, 20, _OTHER_DAY),
    Share(
        "physician: teaching the student about the disease",
        5,
        15,
        "General teaching is not this patient's care: left out.",
    ),
    Share("physician: 12-lead ECG read, billed by itself", 3, 6, _BILLED, "office"),
    Share("physician: knee injection, billed by itself", 6, 12, _BILLED, "office"),
    Share("physician: advance care planning, billed by itself", 16, 28, _BILLED, "", 65),
    Share("physician: drive to the house", 10, 30, "Travel does not count, there or back.", "home"),
    Share(
        "physician: waiting for the room to be cleaned",
        4,
        12,
        "Waiting is no work for the patient and does not count.",
        "office",
    ),
)
NOISE = (
    "BP 134/82, pulse 76.",
    "Med list reconciled.",
    "NKDA.",
    "Interpreter present.",
    "Allergy list checked.",
)
#: For a patient who was seen before, for the old, and for those who are seen at home.
UNCHANGED, DAUGHTER, HOMEBOUND = (
    "Weight unchanged.",
    "Lives with a daughter.",
    "Leaves the house only with help of two.",
)


#: In an office, the time that everybody remembers.
IN_THE_HOUSE = "Checked in 9:05, left 10:40."


class Entry(NamedTuple):
    """An entry of the time log: minutes, what for, why it does not count ("" when it does)."""

    minutes: int
    words: str
    why: str


def noise(rng: random.Random, place: Place, age: int, count: int) -> list[str]:
    """Lines that change no minutes and fit the patient and the place."""
    lines = [*NOISE, *[UNCHANGED] * (not place.first_time)]
    if age >= 65 and not place.category.startswith("nursing"):
        lines.append(DAUGHTER)
    some = rng.sample(lines, count)
    if some and place.category.startswith("office"):
        some[0] = IN_THE_HOUSE
    elif place.category.startswith("home"):
        some[:1] = [HOMEBOUND]
    return some


def log(rng: random.Random, category: str, total: int, parts: int, left_out: int, age: int) -> list[Entry] | None:
    """`parts` entries whose minutes count and make `total`, and `left_out` that do not count; None when the minutes do
    not go together. Home care is arranged only for somebody who is, or goes, home."""
    stays = category in ("nursing-subsequent", "hospital-subsequent", "hospital-initial")
    others = [one for one in COUNTS if not stays or "home health" not in one.words]
    entries = [Entry(rng.randint(one.low, one.high), DOCTOR + one.words, "") for one in rng.sample(others, parts - 1)]
    rest = total - sum(one.minutes for one in entries)
    if not 5 <= rest <= 45:
        return None
    entries.append(Entry(rest, DOCTOR + MAIN.get(category, MAIN_ELSEWHERE), ""))
    rng.shuffle(entries)
    fitting = [one for one in LEFT_OUT if one.places in ("", category.split("-")[0]) and age >= one.youngest]
    for one in rng.sample(fitting, left_out):
        entries.insert(rng.randint(0, len(entries)), Entry(rng.randint(one.low, one.high), one.words, one.why))
    return entries


def told(entries: Sequence[Entry], level: int) -> str:
    """The log as it stands in the note."""
    said = [f"{one.words}, {one.minutes} min" for one in entries]
    if level == 3:
        return "\n".join(f"- {one}" for one in said)
    return f"Time log: {'; '.join(said)}."


def added(entries: Sequence[Entry]) -> str:
    """ "12 + 9 + 7 = 28 minutes"."""
    minutes = [one.minutes for one in entries if not one.why]
    total = f"{sum(minutes)} minutes"
    return f"{' + '.join(map(str, minutes))} = {total}" if len(minutes) > 1 else total
